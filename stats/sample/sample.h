/* A sample as rows: its design, its weights, and estimates from columns of numbers. */
#ifndef STATS_SAMPLE_SAMPLE_H
#define STATS_SAMPLE_SAMPLE_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/pool.h"
#include "stats/design.h"
#include "stats/factor.h"
#include "stats/table.h"

enum { SAMPLE_STAGES = 4 };

/*
 * How the rows were drawn.  Zeroed but for n: simple random sampling with
 * replacement, equal weights.  With stages 0 every row is its own PSU;
 * stratum[0] and fpc[0] then still apply.  fpc are population sizes where
 * any number exceeds 1 (then all must be at least 1), else sampling
 * fractions; over all stages together, as in R.  A stage without fpc is with
 * replacement (so nothing is added from later stages).  Clusters of a later
 * stage are nested in those before it.  Rows that stand for several people
 * by frequency are to be repeated by the caller.
 */
struct sample_design {
	size_t n;					/* rows */
	size_t stages;					/* cluster columns, at most SAMPLE_STAGES */
	const struct factor *cluster[SAMPLE_STAGES];
	const struct factor *stratum[SAMPLE_STAGES];	/* NULL: none at that stage */
	const double *fpc[SAMPLE_STAGES];		/* fpc[n]; NULL: none */
	const double *weight;				/* weight[n] >= 0; NULL: from fpc, else 1 */
	const bool *in;					/* in[n]: NULL: all; others are no
							 * part of the sample but count as
							 * people of their unit: it was drawn */
	bool alone;					/* rows without a cluster are units of
							 * their own; otherwise a fault */
	bool nest;					/* cluster names start again in each
							 * stratum; otherwise a name in two
							 * strata is a fault */
	enum design_lonely lonely;
	bool domain_lonely;
};

/* Opaque; in the pool it was opened in, with pointers into the design's columns. */
struct sample;

/*
 * Fails: FAULT_WEIGHT, FAULT_MISSING_DESIGN (with the row, from 1),
 *        FAULT_NOT_NESTED naming cluster and strata, FAULT_FPC naming the stratum.
 */
int sample_open(struct sample **sample, const struct sample_design *design, struct pool *pool,
	struct err *err);

/* Analysis weights: the base weights until calibrated. */
const double *sample_weights(const struct sample *s);
size_t sample_rows(const struct sample *s);
/*
 * First stage; and PSUs less strata among those with a weight above 0 (of replicates: their rank
 * less 1).
 */
const struct design *sample_psus(const struct sample *s);
/* of[rows]: which of them a row is in. */
const uint32_t *sample_psu_of(const struct sample *s);
double sample_df(const struct sample *s);

/* What "op": "design" tells. */
struct sample_summary {
	double n, df, sum_w, sum_w2, kish_deff, kish_n;	/* n: rows with a weight above 0 */
};
struct sample_summary sample_summarise(const struct sample *s);

/*
 * One item or indicator: numbers, or codes with the whole number each of them counts.  Sums of
 * codes are exact, so neither the order of rows nor the number of threads shows in them.
 */
enum { COLUMN_CODES = 256 };
#define COLUMN_MISSING INT32_MIN
#define COLUMN_REACH (1 << 19)	/* parts beyond are summed as numbers are */
struct column {
	const char *name;
	const double *x;	/* x[n]; NAN is missing; NULL: coded */
	double upper;		/* bounded 0..upper: 1 share, 100 index; NAN unbounded */
	const uint8_t *code;	/* code[n] */
	const int32_t *part;	/* part[COLUMN_CODES]: of each code, or COLUMN_MISSING */
	const int32_t *whole;	/* whole[n] in place of both, with more values than codes */
	double zero, unit;	/* a part's value is zero + unit * part */
};

/* ---- stats/column.c ---- */
/* The same as numbers, in pool: the column itself where it is one of numbers. */
struct column column_numbers(const struct column *c, size_t n, struct pool *pool);
/* What a row counts, or COLUMN_MISSING: of coded columns. */
static inline int32_t
column_part(const struct column *c, size_t i)
{
	return c->code != NULL ? c->part[c->code[i]] : c->whole[i];
}
static inline double
column_at(const struct column *c, size_t i)
{
	int32_t part;

	if (c->x != NULL)
		return c->x[i];
	part = column_part(c, i);
	return part == COLUMN_MISSING ? NAN : c->zero + c->unit * part;
}
/* 0/1 by a predicate made here: is x one of is[]?  NAN stays NAN.  In pool. */
struct column column_share(const char *name, const double x[], size_t n, const double is[],
	size_t iss, struct pool *pool);
/* Points 100 (x - lo) / (hi - lo); outside lo..hi is missing. */
struct column column_points(
	const struct column *c, size_t n, double lo, double hi, struct pool *pool);

enum sample_statistic {
	SAMPLE_MEAN,
	SAMPLE_TOTAL,
	SAMPLE_RATIO		/* of[i] / den[i] */
};
/* Design effect against simple random sampling with, or without replacement (R's default). */
enum sample_deff { SAMPLE_DEFF_REPLACE, SAMPLE_DEFF_FINITE };
enum sample_df_rule {
	SAMPLE_DF_AUTO,		/* the domain's with where or by, else the design's */
	SAMPLE_DF_DESIGN,
	SAMPLE_DF_DOMAIN	/* units less strata with a member: of each
				 * row's own domain with by */
};

struct sample_ask {
	enum sample_statistic statistic;
	const struct column *of;		/* of[ofs] */
	size_t ofs;
	const struct column *den;		/* den[ofs], SAMPLE_RATIO */
	const struct factor *const *by;		/* by[bys]; rows with a missing level belong to no
						 * domain */
	size_t bys;
	const bool *where;			/* where[n]; NULL: everyone.  Others are zeroed
						 * out, never deleted */
	bool within;				/* covariances within a domain only, NAN between:
						 * for many domains.  Also where PSUs times rows
						 * of the table exceed 2^26 */
	bool listwise;				/* only rows with no item missing; otherwise each
						 * item's own */
	enum sample_deff deff;
	bool paired;				/* covariances under SRS of every pair of items
						 * too (at most 64 items), so that contrasts and
						 * composites have a design effect */
	const bool *pair;			/* pair[ofs * ofs]: of these alone; NULL: of all */
	enum sample_df_rule df;
	double level;				/* 0: 0.95 */
	enum interval interval;
	bool totals;				/* keep what table_join() needs of shared units */
};

/* ---- estimate.c ---- */
/*
 * Estimates by domain, items within domain, with their covariance and
 * standard errors: linearised, from residuals after calibration, or from
 * replicates where the sample has them.  A domain (a combination of levels
 * that occurs, first factor fastest) without an answer carries its fault in its
 * rows and leaves the others be; one whose error cannot be seen (all of it in one
 * PSU, or policy fail and a lonely PSU) keeps value and n, with span_fault.
 * The table's df is that of everybody asked for, a row's that of its interval.
 *
 * Numerics: 1e9 + {0, 1} is as good as {0, 1}; row order and the scale of
 *           the weights change nothing beyond 1e-12.
 * Fails:    FAULT_INPUT (nothing asked, or more rows than TABLE_ROWS_MAX).
 * Caution:  without `within`, memory grows with PSUs times rows of the table.
 * Source:   Binder (1983); Wolter (2007); Lumley (2010), and the behaviour of R survey 4.5.
 */
int sample_estimate(struct table *t, const struct sample *s, const struct sample_ask *ask,
	struct pool *pool, struct err *err);

/* ---- index.c ---- */
/*
 * The published index: sum of a[i] * mean of of[i], a scaled to sum 1, one
 * row per domain, from the items' full covariance.  of[] are points 0..100
 * (column_points()).  cov is that of the rows.
 */
int sample_index(struct table *t, const struct sample *s, const struct sample_ask *ask,
	const double a[], const char *name, struct pool *pool, struct err *err);

/*
 * The same from a table of items within domains that another engine made: a[n], rows
 * by domain, then item.
 */
int sample_index_of(struct table *t, const struct table *items, const double a[], size_t n,
	const char *name, enum interval interval, struct pool *pool, struct err *err);

#endif
