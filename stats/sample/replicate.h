/* Replicate weights: variance from how the estimate moves. */
#ifndef STATS_SAMPLE_REPLICATE_H
#define STATS_SAMPLE_REPLICATE_H

#include "stats/sample/sample.h"

enum replicate_type {
	REPLICATE_JK1, REPLICATE_JKN, REPLICATE_BRR, REPLICATE_FAY,
	REPLICATE_BOOTSTRAP, REPLICATE_OTHER, REPLICATE_MAX
};
/* "JK1", "JKn", "BRR", "Fay", "bootstrap", "other".  Returns 0, or -1 for an unknown name. */
int replicate_parse(enum replicate_type *type, const char *name);

/*
 * Stored replicate weights.  scale NAN and rscale NULL take the type's own:
 *   JK1 (R-1)/R, of factors 1 over the largest of the first column;  JKn
 *   rscale 1 over the largest factor of each column (only where not
 *   combined);  BRR 1/R;  Fay 1/(R (1 - rho)2);  bootstrap 1/(R-1);  other 1.
 */
struct replicate_spec {
	enum replicate_type type;
	const double *const *column;	/* column[r][n] */
	size_t r;
	double scale;			/* NAN: the type's */
	const double *rscale;		/* rscale[r]; NULL: the type's */
	double rho;			/* Fay */
	bool mse;			/* centre on the full estimate; otherwise on the mean of
					 * the replicates (R's default) */
	bool combined;			/* columns already hold the sampling weight; otherwise
					 * they are factors on it */
	double df;			/* NAN: rank of the weights less 1 */
};

/*
 * From now on the sample's errors come from these replicates.
 *
 * Fails:   FAULT_INPUT (no replicate, rho outside 0..1, rscales missing), FAULT_WEIGHT (a missing
 *          replicate weight).
 * Source:  Wolter (2007); Judkins (1990); Rust & Rao (1996); defaults as R's svrepdesign().
 */
int sample_replicate(struct sample *s, const struct replicate_spec *spec, struct err *err);

/*
 * cov[k * k] of estimates theta[r * k]; full[k] is used with mse.  A replicate where one is NAN
 * is left out for that pair.
 */
struct replicates;
void replicate_covariance(const struct replicates *r, double cov[], const double theta[],
	const double full[], size_t k);

/* Rank less 1 of the replicates of the rows a "where" keeps, as R's degf() of a subset; keep[n]. */
double replicate_domain_df(const struct replicates *r, const bool keep[], size_t n);

#endif
