/* A sampling design over PSUs, and the covariance of estimates under it. */
#ifndef STATS_DESIGN_H
#define STATS_DESIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/pool.h"

/* What a stratum with one sampled PSU adds to the variance. */
enum design_lonely {
	DESIGN_FAIL,		/* refuse, naming the stratum */
	DESIGN_ADJUST,		/* its distance from the mean of all PSUs: conservative */
	DESIGN_AVERAGE,		/* the mean of the other strata's contributions */
	DESIGN_CERTAINTY	/* nothing: it was taken with certainty */
};

/* Population of one stratum, by label. */
struct design_stratum {
	const char *label;
	double psus;		/* PSUs in the population, or the sampling fraction where <= 1 */
};

/*
 * PSUs grouped by stratum: stratum h has PSUs first[h] .. first[h + 1] - 1.
 * Plain; the arrays live in the pool it was made in.
 */
struct design {
	size_t psus, strata;
	const size_t *first;		/* first[strata + 1] */
	const char *const *stratum;	/* stratum[strata]: label, for messages; "" where there is
					 * one */
	const char *const *psu;		/* psu[psus]: label within its stratum; "" unknown */
	const double *fraction;		/* fraction[strata]: sampled, 0 with replacement; NULL:
					 * all 0 */
	const double *scale;		/* scale[strata]: product of the fractions of earlier
					 * stages; NULL: all 1 */
	int stage;			/* 1 for PSUs, 2 for their units ...; for messages */
	enum design_lonely lonely;
	bool domain_lonely;		/* the policy also where a domain leaves one PSU */
};

/* PSUs less strata. */
double design_df(const struct design *d);

/* Is anything of the stratum left unsampled, so that it has a variance? */
bool design_open(const struct design *d, size_t h);
/* One PSU of a stratum that is open: its variance cannot be seen. */
bool design_alone(const struct design *d, size_t h);

/*
 * Labels of strata with one PSU and a fraction below 1, at most five and "...", in pool; NULL if
 * there is none.
 */
const char *design_lonely_strata(const struct design *d, struct pool *pool);

/*
 * cov = sum over h of scale_h (1 - f_h) n_h / (n_h - 1) sum_i (z_hi - mean)(z_hi - mean)'.
 *
 * Shape:   cov[k * k] row-major, total[psus * k] row-major: the sum in each PSU of
 *          the weighted linearised variables; a PSU without members has a row of 0.
 *          member[psus]: PSUs with a member of the domain; NULL: all.  Strata
 *          without a member are as if not there for the lonely policies.
 * Returns: cov NAN where it is undefined: one PSU in all, under any policy but fail.
 * Fails:   FAULT_LONELY_PSU naming strata, FAULT_ONE_PSU (policy fail).
 * Source:  Wolter (2007) eq. 6.2; lonely PSUs as R survey's options.
 */
int design_covariance(const struct design *d, double cov[], const double total[], size_t k,
	const bool member[], struct err *err);

/*
 * The same stratum by stratum, for callers that have sums instead of PSU
 * totals: begin, add every stratum in order, end.
 */
struct design_sum {
	const struct design *design;
	double *cov;		/* k x k */
	const double *centre;	/* centre[k]: mean PSU total over all strata; for ADJUST */
	size_t k;
	size_t seen, usable;	/* strata with a member; those with a contribution of their own */
};
void design_begin(struct design_sum *s, const struct design *d, double cov[], size_t k,
	const double centre[]);
/*
 * spread[k * k]: centred sums of products over the stratum's PSUs; far[k * k]: the same about
 * centre; members: PSUs with a member of the domain.
 */
void design_add(
	struct design_sum *s, size_t h, const double spread[], const double far[], size_t members);
int design_end(struct design_sum *s, struct err *err);

#endif
