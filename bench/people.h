/* A population whose figures are known, and samples of people drawn one by one, as by telephone. */
#ifndef BENCH_PEOPLE_H
#define BENCH_PEOPLE_H

#include "stats/random.h"
#include "stats/sample/sample.h"

enum { PEOPLE_ITEMS = 5, PEOPLE_STRATA = 4, PEOPLE_DOMAINS = 3 };

/*
 * Four strata of sizes 1 to 4 and different levels, equally many people asked in each; one person
 * of a household of 1 to 3, with as many times the weight and a level that rises with it.  So
 * weights run from 1 to 12 and tell of the answers.  Five items of 1 to 10 with a ceiling and means
 * of their own, correlated by a half within the person; 3 of 100 answers are missing, each by
 * itself.  Domains, of a half, three tenths and a fifth of the people, cut across the strata.
 */
struct people {
	double truth, domain_truth[PEOPLE_DOMAINS];	/* of the composite with equal weights */
	struct random random;
	size_t n;
	uint8_t *item[PEOPLE_ITEMS];			/* mark less 1, PEOPLE_MISSING */
	double *weight;
	uint32_t *stratum, *domain;
	struct factor stratum_f, domain_f;
};

enum { PEOPLE_MISSING = 10 };

/* n: people in a sample, a multiple of PEOPLE_STRATA. */
struct people *people_make(size_t n, uint64_t seed);
/* A new sample, in the arrays above. */
void people_draw(struct people *p);
struct sample *people_sample(struct people *p, struct pool *pool, struct err *err);
/* Item k in points 0..100, by codes as a wave has them. */
struct column people_item(const struct people *p, size_t k);
void people_free(struct people *p);

#endif
