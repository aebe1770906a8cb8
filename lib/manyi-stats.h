/*
 * libmanyi-stats: survey statistics with the interval each figure deserves.
 *
 *     cc example.c $(pkg-config --cflags --libs manyi-stats)
 *
 * This header is the manual.  C99 and C++.
 *
 * The idea.  A sample is rows with a design (clusters, strata, weights).  Open it, bring its
 * weights to known totals if there are any, ask for estimates, read them from a table, free both.
 * Every estimate comes with standard error, interval and n; what is undefined is NAN, never 0; what
 * cannot be estimated says why.
 *
 * Failing.  Functions that can fail return 0, or a negative MANYI_FAULT_... and fill *error, whose
 * text names the stratum, item or category.  error may be NULL.  On failure results are untouched.
 *
 * Memory.  What manyi_..._open() or manyi_..._estimate() hands out is freed by its
 * manyi_..._free(); NULL is fine.  Strings inside a table live as long as the table.  Arrays and
 * labels handed in are not copied: those of a design, its margins and its replicates must stay as
 * they are until the sample is freed, all others until the call returns.  When memory runs out the
 * process ends with one line on standard error.
 *
 * Threads.  manyi_init() once, before any.  A sample is for one thread at a time; different samples
 * do not meet.
 *
 * Missing.  An answer that is NAN is missing; a label that is NULL or "" is missing.  Turn special
 * codes (98 don't know, 99 skipped) into NAN first: a code that reaches a mean is the caller's
 * mistake.
 *
 * Stability.  Numbers of enums and the shape of structs stay as they are within one soname.  Zeroed
 * structs mean the usual: set what you need.
 */
#ifndef MANYI_STATS_H
#define MANYI_STATS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define MANYI_API __attribute__((visibility("default")))
#else
#define MANYI_API
#endif

/* ---- start ---- */

/*
 * Call once before anything else and before any thread: turns GSL's error handler off, which would
 * end the process over a quantile that underflows.
 */
MANYI_API void manyi_init(void);

/* "0.1.0": of the library, for a figure's provenance. */
MANYI_API const char *manyi_version(void);

/* Language of error texts: "zh" (the default) or "en".  Returns 0, or -1 for another. */
MANYI_API int manyi_language(const char *name);

enum manyi_fault {
	MANYI_FAULT_INPUT = -1,			/* a number or name makes no sense */
	MANYI_FAULT_LONELY_PSU = -2,		/* one PSU in a stratum */
	MANYI_FAULT_ONE_PSU = -3,		/* one PSU in all: no variance */
	MANYI_FAULT_EMPTY_DOMAIN = -4,		/* nobody belongs to it */
	MANYI_FAULT_ALL_MISSING = -5,		/* nobody in it answered */
	MANYI_FAULT_CONSTANT = -6,		/* a constant item where variation is needed */
	MANYI_FAULT_NOT_NESTED = -7,		/* a cluster in two strata */
	MANYI_FAULT_WEIGHT = -8,		/* a weight is missing, negative or not finite */
	MANYI_FAULT_FPC = -9,			/* population sizes that cannot be */
	MANYI_FAULT_MARGIN_EMPTY = -10,		/* a margin category without respondents */
	MANYI_FAULT_MARGIN_UNLISTED = -11,	/* respondents in a category without a target */
	MANYI_FAULT_MARGIN_TOTALS = -12,	/* margins of different totals */
	MANYI_FAULT_MARGIN_TARGET = -13,	/* a target that is not positive */
	MANYI_FAULT_NOT_CONVERGED = -14,	/* calibration or model cannot reach its end */
	MANYI_FAULT_TOO_FEW = -15,		/* too few values for this method */
	MANYI_FAULT_COLUMN = -16,		/* no such variable */
	MANYI_FAULT_MISSING_DESIGN = -17,	/* a stratum, cluster or population
						 * size is missing in a row */
	MANYI_FAULT_NUMERIC = -18,		/* a singular system or a number out of range */
	MANYI_FAULT_LONELY_DOMAIN = -19,	/* all of a domain's answers come from one PSU */
	MANYI_FAULT_ALIKE = -20			/* all answers are alike: no interval without
						 * further assumptions */
};
/* "lonely_psu", "empty_domain", ...; "" for 0. */
MANYI_API const char *manyi_fault_word(int fault);

struct manyi_error {
	int fault;		/* enum manyi_fault; 0: nothing wrong */
	char text[640];		/* UTF-8, one line, no final period */
};

/* ---- a figure ---- */

/* Plain value.  NAN: undefined.  Units are those of the item: points 0..100,
 * shares 0..1, or its own. */
struct manyi_estimate {
	double value;
	double se;		/* standard error */
	double low, high;	/* interval of the level; inside the bounds of a bounded scale */
	double level;		/* 0.95 */
	double df;		/* PSUs less strata, unless the method says otherwise */
	double n;		/* respondents who entered */
	double n_eff;		/* n / deff, at most n; NAN where deff is undefined */
	double kish;		/* Kish's n of the weights alone, (sum w)2 / sum w2 */
	double deff;		/* variance over that of simple random sampling */
};

/* ---- a sample ---- */

#define MANYI_STAGES 4

/* What a stratum with one sampled PSU adds to the variance. */
enum manyi_lonely {
	MANYI_LONELY_FAIL,	/* no error and no interval, naming the stratum */
	MANYI_LONELY_ADJUST,	/* its distance from the mean of all PSUs: conservative */
	MANYI_LONELY_AVERAGE,	/* the mean of the other strata's contributions */
	MANYI_LONELY_CERTAINTY	/* nothing: it was taken with certainty */
};

/*
 * How the rows were drawn.  Zeroed but for n: simple random sampling with replacement, equal
 * weights.  With stages 0 every row is its own PSU; stratum[0] and fpc[0] then still apply.
 */
struct manyi_design {
	size_t n;					/* rows */
	size_t stages;					/* cluster columns, at most MANYI_STAGES */
	const char *const *cluster[MANYI_STAGES];	/* cluster[s][n]: label of the row's unit */
	const char *const *stratum[MANYI_STAGES];	/* stratum[s][n];
							 * NULL: none at that stage */
	const double *fpc[MANYI_STAGES];		/* fpc[s][n]: population sizes where any
							 * exceeds 1, else sampling fractions;
							 * NULL: with replacement */
	const double *weight;				/* weight[n] >= 0; NULL: from fpc, else 1 */
	int nest;					/* cluster names start again in each
							 * stratum; otherwise a name in
							 * two strata is a fault */
	enum manyi_lonely lonely;
	int domain_lonely;				/* the policy also where a
							 * domain leaves one PSU */
};

/* Opaque. */
struct manyi_sample;

/*
 * Fails:   MANYI_FAULT_INPUT (no rows, too many stages), _WEIGHT, _MISSING_DESIGN (with the row,
 *          from 1), _NOT_NESTED, _FPC.
 */
MANYI_API int manyi_sample_open(struct manyi_sample **sample, const struct manyi_design *design,
	struct manyi_error *error);
MANYI_API void manyi_sample_free(struct manyi_sample *sample);

/* Analysis weights weight[n]: the base weights until calibrated.  Valid until the weights
 * change or the sample goes. */
MANYI_API const double *manyi_sample_weights(const struct manyi_sample *sample);

struct manyi_summary {
	double n;		/* rows with a weight above 0 */
	double df;		/* PSUs less strata; of replicates: their rank less 1 */
	double sum_w, sum_w2;
	double kish_deff;	/* n sum w2 / (sum w)2.  Source: Kish (1965) */
	double kish_n;		/* n / kish_deff */
};
MANYI_API struct manyi_summary manyi_sample_summary(const struct manyi_sample *sample);

/* ---- weights ---- */

/* The population by the categories of one variable. */
struct manyi_margin {
	const char *variable;		/* "sex", for messages */
	const char *const *label;	/* label[n]: the rows' categories */
	const char *const *category;	/* category[categories] */
	const double *target;		/* target[categories] > 0: persons */
	size_t categories;
};

enum manyi_method {
	MANYI_POSTSTRATIFY,	/* one margin */
	MANYI_RAKE,		/* margins in turn until each is met */
	MANYI_LINEAR,		/* g = 1 + x'l, cut off at bounds; may be negative without */
	MANYI_RAKING,		/* g = exp(x'l), cut off at bounds */
	MANYI_LOGIT		/* g between finite bounds */
};

struct manyi_calibration {
	enum manyi_method method;
	const struct manyi_margin *margin;	/* margin[margins]; every method */
	size_t margins;
	const double *const *x;			/* x[xs][n] with total[xs]: LINEAR, RAKING, LOGIT; a
						 * column of ones for the intercept */
	const double *total;
	size_t xs;
	double low, high;			/* bounds on g; both 0: none */
	double cap;				/* largest weight wanted,
						 * POSTSTRATIFY and RAKE; 0: none */
	double tolerance;			/* largest relative error of a total; 0: 1e-10 */
};

/* What was done, for the page that must say it. */
struct manyi_calibrated {
	int iterations;
	double error;			/* largest relative error reached */
	double deff_before, deff_after;	/* Kish's */
	double g_low, g_high;		/* range of the factor on base weights */
	double sum;			/* of the weights after */
	double trimmed;			/* share of respondents at the cap */
	int rounds;			/* of trimming and raking again */
};

/*
 * Replace the weights by those that meet the totals; errors then come from the g-weighted residuals
 * of the design-weighted regression on the auxiliaries.  Once per sample; give replicates first,
 * each is then calibrated too.
 *
 * report may be NULL.
 * Fails:   MANYI_FAULT_MARGIN_..., _NOT_CONVERGED (naming the total), _INPUT.
 * Source:  Deville & Sarndal (1992), JASA 87:376-382; Deming & Stephan (1940), Ann.
 *          Math. Stat. 11:427-444.
 */
MANYI_API int manyi_sample_calibrate(struct manyi_sample *sample,
	const struct manyi_calibration *calibration,
	struct manyi_calibrated *report, struct manyi_error *error);

enum manyi_replicate_type {
	MANYI_JK1, MANYI_JKN, MANYI_BRR, MANYI_FAY, MANYI_BOOTSTRAP, MANYI_OTHER
};

/* Stored replicate weights; defaults as R's svrepdesign(). */
struct manyi_replicates {
	enum manyi_replicate_type type;
	const double *const *column;	/* column[replicates][n] */
	size_t replicates;
	double rho;			/* MANYI_FAY */
	double scale;			/* 0: the type's: JK1 (R-1)/R, BRR 1/R, Fay 1/(R(1-rho)2),
					 * bootstrap 1/(R-1), other 1 */
	const double *rscale;		/* rscale[replicates]; NULL: the type's */
	int mse;			/* centre on the full estimate, not on the
					 * mean of the replicates */
	int factors;			/* columns are factors on the weight; otherwise
					 * they hold it already */
};

/*
 * From now on errors come from these replicates.
 * Fails:   MANYI_FAULT_INPUT, MANYI_FAULT_WEIGHT.
 * Caution: the jackknife does not suit quantiles.
 * Source:  Wolter (2007); Judkins (1990); Rust & Rao (1996).
 */
MANYI_API int manyi_sample_replicate(struct manyi_sample *sample,
	const struct manyi_replicates *replicates, struct manyi_error *error);

/* ---- estimates ---- */

enum manyi_scale {
	MANYI_PLAIN,	/* as it is; unbounded */
	MANYI_POINTS,	/* 100 (x - low) / (high - low); outside low..high is missing */
	MANYI_SHARE	/* is x one of is[]?  0..1 */
};

struct manyi_item {
	const char *name;		/* in the rows of the table */
	const double *x;		/* x[n] */
	enum manyi_scale scale;
	double low, high;		/* MANYI_POINTS: the questionnaire's scale, 1 and 10 */
	const double *is;		/* MANYI_SHARE: is[iss] */
	size_t iss;
};

struct manyi_group {
	const char *name;
	const char *const *label;	/* label[n]; a row without one belongs to no domain */
};

enum manyi_statistic {
	MANYI_MEAN,		/* of each item, over those who answered it */
	MANYI_TOTAL,
	MANYI_RATIO,		/* total of[i] / total den[i] */
	MANYI_INDEX,		/* sum of a[i] * mean of[i], a scaled to sum 1: one row a domain,
				 * with the items' covariance */
	MANYI_QUANTILE		/* p[ps] of of[0]; interval after Woodruff
				 * (1952), JASA 47:635-646 */
};

enum manyi_interval {
	MANYI_INTERVAL_DEFAULT,		/* logit where the scale is bounded, else Wald */
	MANYI_INTERVAL_WALD,
	MANYI_INTERVAL_LOGIT,
	MANYI_INTERVAL_WILSON,		/* Wilson (1927), effective n */
	MANYI_INTERVAL_BETA,		/* Korn & Graubard (1998), Survey Methodology 24:193-201 */
	MANYI_INTERVAL_BETA_CAPPED,	/* the same, effective n at most n:
					 * Parker et al. (2017), NCHS */
	MANYI_INTERVAL_ASIN,
	MANYI_INTERVAL_KORN		/* BETA, and where all agree exact with n shrunk for few
					 * degrees of freedom */
};

enum manyi_df {
	MANYI_DF_AUTO,		/* the domain's with where, else the design's: as R's survey */
	MANYI_DF_DESIGN,
	MANYI_DF_DOMAIN		/* PSUs and strata with a member */
};

struct manyi_ask {
	enum manyi_statistic statistic;
	const struct manyi_item *of;	/* of[ofs] */
	size_t ofs;
	const struct manyi_item *den;	/* den[ofs], MANYI_RATIO */
	const double *a;		/* a[ofs], MANYI_INDEX; NULL: equal */
	const char *name;		/* of the index; NULL: "index" */
	const double *p;		/* p[ps], MANYI_QUANTILE, each within 0..1 */
	size_t ps;
	const struct manyi_group *by;	/* by[bys]: a domain for every combination that occurs */
	size_t bys;
	const unsigned char *where;	/* where[n]: 0 is outside; NULL: everyone.  Rows are zeroed
					 * out, never deleted */
	int listwise;			/* only rows with every item; otherwise each item's own */
	int finite;			/* design effect against sampling without
					 * replacement, R's default */
	enum manyi_df df;
	double level;			/* 0: 0.95 */
	enum manyi_interval interval;
};

/* One line of a table. */
struct manyi_row {
	struct manyi_estimate estimate;	/* all NAN where fault is set */
	const char *of;			/* item or index */
	const char *const *by;		/* by[bys]: the domain's labels; NULL without */
	double quantile;		/* which one; NAN otherwise */
	int fault;			/* 0, or why there is no estimate */
	int no_interval;		/* 0, or why there is a value and an n but no interval */
	const char *why;		/* the sentence of either; NULL */
};

/* Opaque: rows by domain (the first group varies fastest), then item, with their covariance. */
struct manyi_table;

/*
 * Linearised standard errors, from residuals after calibration or from replicates where the sample
 * has them.  A domain nobody answered in carries its fault in its rows and leaves the others be;
 * one whose error cannot be seen (one PSU, or a stratum of one under policy fail) keeps its value
 * and n.  Intervals go by the degrees of freedom of the row's own domain where there is by or
 * where, unless df says otherwise.
 *
 * Numerics: 1e9 + {0, 1} is as good as {0, 1}; row order and the scale of the weights change
 * nothing beyond 1e-12.
 * Fails:    MANYI_FAULT_INPUT (nothing asked).
 * Source:   Binder (1983); Wolter (2007); Lumley (2010), and the behaviour of R's survey 4.5.
 */
MANYI_API int manyi_sample_estimate(struct manyi_table **table, const struct manyi_sample *sample,
	const struct manyi_ask *ask, struct manyi_error *error);
MANYI_API void manyi_table_free(struct manyi_table *table);

MANYI_API size_t manyi_table_rows(const struct manyi_table *table);
/* Row i < manyi_table_rows(). */
MANYI_API struct manyi_row manyi_table_row(const struct manyi_table *table, size_t i);
/* Covariance of rows i and j; NAN where undefined. */
MANYI_API double manyi_table_covariance(const struct manyi_table *table, size_t i, size_t j);

/*
 * Sum of a[i] * row i with the full covariance: a composite, a difference of domains or years.
 *
 * Shape:   a[rows].
 * Units:   upper: bound of the result's scale, 100 for an index, 1 for a share; NAN: unbounded,
 *          Wald interval.
 * Fails:   with the fault of a row whose a[i] is not 0.  A part without an error leaves
 *          the sum without one.
 */
MANYI_API int manyi_table_combine(struct manyi_estimate *estimate, const struct manyi_table *table,
	const double a[], double upper, struct manyi_error *error);

/* ---- years ---- */

struct manyi_step {
	struct manyi_estimate difference;	/* later less earlier; n of both;
						 * Wald interval, no deff */
	double p_up, p_down, p_two;		/* of H0: no rise; no fall; no change.  NAN
						 * where se is unknown or 0 */
};

/*
 * Difference of two published estimates with covariance cov (0: independent samples, then
 * Satterthwaite's df).
 * Source:  Welch (1947); Satterthwaite (1946), Biometrics Bulletin 2:110-114.
 */
MANYI_API struct manyi_step manyi_step_between(const struct manyi_estimate *from,
	const struct manyi_estimate *to, double cov, double level);

/*
 * "Every step went this way": the largest p[n].  Level alpha without correction, whatever the
 * dependence; NAN if one is unknown.  Three rises need four years.
 * Source:  Berger (1982), Technometrics 24:295-300.
 */
MANYI_API double manyi_every_step(const double p[], size_t n);

/* ---- places among peers ---- */

struct manyi_rank_options {
	double level;		/* 0: 0.95 */
	size_t draws;		/* 0: 20000 */
	uint64_t seed;		/* the published default is 0 */
	size_t top;		/* for p_top; 0: none */
	const double *cov;	/* cov[n * n] of the scores; NULL: independent */
	const double *given;	/* given[draws * n]: standard normals in place of drawn ones */
};

struct manyi_rank {
	size_t rank;					/* of the point estimate; 1
							 * is the largest score */
	size_t low, high;				/* this peer alone, at the level */
	size_t low_simultaneous, high_simultaneous;	/* all peers at once */
	double p_top;					/* P(among the top); NAN */
};

/*
 * Confidence sets for ranks.
 *
 * Shape:   rank[n], score[n], se[n] >= 0.  options NULL: all zero.
 * Fails:   MANYI_FAULT_INPUT naming the peer, from 1.
 * Caution: a peer's published se is often that of a simple random sample: inflate it first.
 * Source:  Mogstad, Romano, Shaikh & Wilhelm (2024), Rev. Econ. Stud. 91:476-518; as R's csranks.
 */
MANYI_API int manyi_rank_sets(struct manyi_rank rank[], const double score[], const double se[],
	size_t n, const struct manyi_rank_options *options, struct manyi_error *error);

/* ---- counts over exposure ---- */

/*
 * Exact interval of a rate: count events (whole, >= 0) over exposure > 0.  n is the count, df
 * infinite.
 * Source:  Garwood (1936), Biometrika 28:437-442.
 */
MANYI_API struct manyi_estimate manyi_rate(double count, double exposure, double level);

struct manyi_rate_change {
	double ratio, low, high;	/* later rate over earlier, exact interval */
	double p_fall, p_rise, p_two;	/* one-sided; two-sided as R's poisson.test() */
};
/* Two periods, given their total.  Source: Przyborowski & Wilenski (1940),
 * Biometrika 31:313-323. */
MANYI_API struct manyi_rate_change manyi_rate_compare(double count_from, double exposure_from,
	double count_to, double exposure_to, double level);

/* ---- several items, one thing ---- */

struct manyi_alpha {
	double alpha;		/* raw: from covariances */
	double standardized;	/* from correlations */
	double n;		/* rows used */
	double low, high;	/* 95 % interval for simple random samples.  Source: Feldt (1965) */
};

/*
 * Cronbach's alpha.
 *
 * Shape:   x[k][n]; weight[n], NULL: equal.  listwise: rows with every item; otherwise pairs.
 * Fails:   MANYI_FAULT_TOO_FEW, MANYI_FAULT_CONSTANT naming the item, from 1.
 * Source:  Cronbach (1951), Psychometrika 16:297-334.
 */
MANYI_API int manyi_alpha_of(struct manyi_alpha *alpha, const double *const x[], size_t k,
	const double weight[], size_t n, int listwise, struct manyi_error *error);

/* ---- small areas ---- */

struct manyi_area {
	double eblup;		/* gamma * direct + (1 - gamma) * what x predicts */
	double mse;
	double gamma;		/* trust in the area's own estimate, 0..1 */
};

/*
 * Fay-Herriot by restricted likelihood.
 *
 * Shape:   area[n], beta[k] (may be NULL), direct[n], variance[n] > 0 (taken as known), x[n * k]
 *          row-major with the intercept.  *between: variance x does not explain; 0 is the boundary:
 *          every figure is then the model's.
 * Fails:   MANYI_FAULT_TOO_FEW, _INPUT naming the area (from 1), _NUMERIC.
 * Source:  Fay & Herriot (1979), JASA 74:269-277; mse: Prasad & Rao (1990), JASA 85:163-171.
 */
MANYI_API int manyi_area_fit(struct manyi_area area[], double *between, double beta[],
	const double direct[],
	const double variance[], size_t n, const double x[], size_t k, struct manyi_error *error);

/* ---- satisfaction models ---- */

enum manyi_scheme { MANYI_PATH, MANYI_CENTROID, MANYI_FACTORIAL };
enum manyi_missing { MANYI_MISSING_MEAN, MANYI_MISSING_LISTWISE, MANYI_MISSING_PAIRWISE };

/* What causes what, and what measures it. */
struct manyi_model {
	const char *const *block;	/* block[blocks]: constructs */
	size_t blocks;
	const char *const *item;	/* item[items] */
	size_t items;
	const size_t *of;		/* of[items]: construct each item measures */
	const unsigned char *path;	/* path[from * blocks + to]; no circles */
	enum manyi_scheme scheme;
	int formative;			/* mode B; otherwise items reflect the construct (mode A) */
	double low, high;		/* ends of the questionnaire's scale; both
					 * 0: unknown, no index */
	enum manyi_missing missing;
};

/* Where results go: the caller's arrays, each may be NULL. */
struct manyi_model_fit {
	double *weight;		/* weight[items]: its construct has variance 1 */
	double *loading;	/* loading[items] */
	double *path;		/* path[blocks * blocks], [from * blocks + to] */
	double *r2;		/* r2[blocks] */
	double *alpha_standardised, *rho_c, *ave;	/* [blocks]: reliability */
	double *index;		/* index[blocks]: 0..100.  Source: Fornell et al. (1996), J.
				 * Marketing 60:7-18 */
	int iterations;
};

/*
 * Partial least squares path model of answers x[rows * items], weight[rows] or NULL.
 *
 * Fails:   MANYI_FAULT_CONSTANT, _INPUT (circle, empty block), _TOO_FEW, _ALL_MISSING,
 *          _NOT_CONVERGED, _NUMERIC; all name the item or block.
 * Caution: mode A estimates are attenuated; errors need resampling of whole clusters.
 * Source:  Wold (1982); Lohmoeller (1989).
 */
MANYI_API int manyi_model_fit_to(struct manyi_model_fit *fit, const struct manyi_model *model,
	const double x[], size_t rows, const double weight[], struct manyi_error *error);

#ifdef __cplusplus
}
#endif

#endif
