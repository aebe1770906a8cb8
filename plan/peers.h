/* Places among peers, from a file of published scores. */
#ifndef PLAN_PEERS_H
#define PLAN_PEERS_H

#include "base/err.h"
#include "base/json.h"
#include "base/pool.h"
#include "stats/compare/rank.h"

/* Where the peers' figures are. */
struct plan_peers {
	const char *path;	/* columns name, score, se and, if known, n */
	const char *encoding;	/* as csv_load() */
	const char *vcov;	/* CSV of the scores' covariances, peers in the same order; a first
				 * line and a first column of names are skipped.  Then se may be
				 * missing.  NULL: independent */
};

/* What is known of the peers. */
struct plan_scores {
	size_t n;
	const char *const *name;
	const double *score, *se, *count;	/* se with cov, count always may be NULL: unknown */
};

/*
 * Returns {"rows": [{"name", "score", "se", "n", "rank", "low", "high", "low_simultaneous",
 * "high_simultaneous", "p_top"}], "level", "draws", "seed", "top"}, rows as in the file; the
 * caller's to release.
 * Fails: NULL with *err, naming the peer whose score or se is no number, or
 *        what the covariances lack.
 */
json_t *plan_rank(const struct plan_peers *peers, const struct rank_options *options,
	struct pool *pool, struct err *err);

/* The same of scores in memory; cov[n * n] or NULL. */
json_t *plan_rank_scores(const struct plan_scores *scores, const double cov[],
	const struct rank_options *options, struct pool *pool, struct err *err);

#endif
