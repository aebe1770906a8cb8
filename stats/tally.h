/* A sample as exact sums in cells: all that any estimate needs, however many answers. */
#ifndef STATS_TALLY_H
#define STATS_TALLY_H

#include "stats/score.h"

/*
 * A cell is one (stratum, cluster, key); its key is the levels of the
 * tally's variables in their order, joined by '|': "S01|210281001|1|3".
 * Variables are what one may weight to, ask by, or select on: sector,
 * town, sex, age, flagged ...  A level may be "" (unknown) but holds no '|'.
 * cluster "" means the row is its own PSU (score_layout.elements must be set);
 * stratum "" is a stratum like any other.  One tally holds one stream.
 */
struct tally_cell {
	const char *stratum, *cluster, *key;	/* in the tally */
	int64_t *words;				/* layout->words of them */
};

/* Opaque but for what loops need. */
struct tally {
	const struct score_layout *layout;
	const char *const *variable;	/* variable[variables] */
	size_t variables;
	struct tally_cell *cell;	/* cell[cells], in order of first appearance */
	size_t cells;
	struct tally_hash *hash;	/* private */
	struct pool *pool;
};

/*
 * An empty tally whose cells live in pool; layout and pool must outlive it, variable[] is copied.
 */
void tally_init(struct tally *t, const struct score_layout *layout,
	const char *const variable[], size_t variables, struct pool *pool);

/*
 * The words of a cell, zeroed when it is new: then score_add() a response, or
 * score_merge() a stored array.  The pointer stays valid as the tally grows.
 * NULL when key has not exactly the tally's number of levels, or cluster is
 * "" in a layout without elements.
 */
int64_t *tally_cell(struct tally *t, const char *stratum, const char *cluster, const char *key);

/* Position of a variable, or -1. */
int tally_variable(const struct tally *t, const char *name);

/* Join levels into a key; in pool.  NULL if a level holds '|'. */
const char *tally_key(struct pool *pool, const char *const level[], size_t levels);

/* Respondents in all cells. */
int64_t tally_n(const struct tally *t);

#endif
