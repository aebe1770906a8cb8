/* Places among peers: confidence sets for ranks, and chances of being near the top. */
#ifndef STATS_COMPARE_RANK_H
#define STATS_COMPARE_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/pool.h"

/* The peers.  Rank 1 is the largest score; equal scores share the better rank. */
struct rank_peers {
	size_t n;
	const double *score;	/* score[n] */
	const double *se;	/* se[n] >= 0; unused with cov */
	const double *cov;	/* cov[n * n] row-major; NULL: independent */
};

enum rank_side {
	RANK_BOTH,
	RANK_LOW,		/* how good can it be?  high is n */
	RANK_HIGH		/* how bad can it be?   low is 1 */
};

struct rank_options {
	double level;		/* 0: 0.95 */
	enum rank_side side;
	bool single;		/* no step-down: one critical value */
	size_t draws;		/* 0: RANK_DRAWS */
	uint64_t seed;		/* of random.h; the published default is 0 */
	const double *given;	/* given[draws * n]: standard normals in place of drawn ones */
	size_t top;		/* for p_top; 0: none */
};

enum { RANK_DRAWS = 20000 };

struct rank_set {
	size_t rank;					/* of the point estimate */
	size_t low, high;				/* this peer alone, at the level */
	size_t low_simultaneous, high_simultaneous;	/* all peers at once */
	double p_top;					/* share of draws around the scores in
							 * which it is among the top; NAN */
};

/*
 * Confidence sets for ranks by tests of all ordered pairs, critical values
 * from normal draws, step-down; marginal sets from the pairs of one peer.
 * The set of peers that may be among the top t is { low_simultaneous <= t }.
 *
 * Shape:   set[peers->n].
 * Fails:   FAULT_INPUT naming the peer (from 1) whose score or se is not a number; a cov that is
 *          not positive semidefinite.
 * Caution: with 1000 draws two seeds give different sets; hence RANK_DRAWS.
 *          Memory is n squared and twice draws times n.  A peer's published se is often that of a
 *          simple random sample: inflate it first.
 * Source:  Mogstad, Romano, Shaikh & Wilhelm (2024), Rev. Econ. Stud. 91:476-518; as R's csranks.
 */
int rank_sets(struct rank_set set[], const struct rank_peers *peers,
	const struct rank_options *options, struct err *err);

#endif
