/* A population whose figures are known, and stratified cluster samples from it. */
#ifndef BENCH_WORLD_H
#define BENCH_WORLD_H

#include "stats/random.h"
#include "stats/sample/sample.h"

enum { WORLD_SHARES = 3, WORLD_ITEMS = 3, WORLD_YEARS = 4 };

/* Towns are strata, communities are drawn in each, people in each community. */
struct world_design {
	const char *name;
	int towns, clusters, least, most;	/* people asked in a community:
						 * least to most, evenly */
	double icc;				/* correlation of two people of one community */
};

/*
 * Items are 1 to 10 with a ceiling, three of each person; shares are 0 or 1 with a beta-binomial
 * community.  Towns differ in size (1 to 4), level and therefore weight; people by household (1 to
 * 3).  Years are new people in the same communities, whose effects correlate by a half.
 */
struct world {
	const struct world_design *design;
	int years;
	double share_truth[WORLD_SHARES], index_truth[WORLD_YEARS], town_truth[WORLD_YEARS];
	struct random random;
	size_t n;				/* people in the sample, all years */
	double *item[WORLD_ITEMS];		/* points 0..100 */
	double *share[WORLD_SHARES];		/* 0 or 1 in the first year, missing after */
	double *weight;
	uint32_t *stratum, *cluster, *when;
	struct factor stratum_f, cluster_f, year, town;
	double change[WORLD_YEARS];		/* of the latent level, in points on average */
	double *latent_change;
};

/* change[years]: roughly how many points a year lies above the first. */
struct world *world_make(const struct world_design *design, int years, const double change[],
	uint64_t seed);
/* A new sample, in the arrays above. */
void world_draw(struct world *w);
struct sample *world_sample(struct world *w, struct pool *pool, struct err *err);
void world_free(struct world *w);

/* The mark, 1 to 10, of who stands at z on the line; and the points 0..100 to expect of one who is
 * normal about level with sd 1. */
double world_mark(double z);
double world_points(double level);

#endif
