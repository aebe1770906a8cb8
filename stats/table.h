/* What an analysis gives: labelled estimates with their covariance. */
#ifndef STATS_TABLE_H
#define STATS_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/pool.h"
#include "stats/estimate.h"
#include "stats/interval.h"

/* One estimate with its labels.  In a pool with its table. */
struct table_row {
	struct estimate estimate;	/* all NAN where fault is set */
	const char *of;			/* score, item, "num/den", category or contrast */
	const char *const *by;		/* by[table.bys]: level of each by-variable */
	double p;			/* the quantile asked for; NAN otherwise */
	double upper;			/* upper bound of a 0..upper scale: 100 index, 1 share,
					 * NAN unbounded */
	double kish;			/* Kish's n_eff of its respondents */
	bool alike;			/* every answer is the same */
	int fault;			/* 0, or why there is no estimate (nobody): fault_word() */
	int span_fault;			/* 0, or why there is a value and an n, but no interval */
	const struct err *err;		/* the sentence of either; NULL if there is none */
};

struct table {
	struct table_row *row;		/* row[rows] */
	size_t rows;
	const char *const *by;		/* by[bys]: names of the by-variables */
	size_t bys;
	double *cov;			/* rows x rows, row-major; NAN where undefined */
	double *srs;			/* the same under simple random sampling with replacement;
					 * NAN unknown; or NULL */
	double df;			/* of the design, or of who was asked for: for contrasts */
	double level;			/* confidence */
	/* PSU totals of the linearised rows, to join tables on shared PSUs; NULL: elements. */
	const struct design *design;
	const double *total;		/* PSUs x rows, row-major */
};

/* Every row goes with every other in cov: so many, 800 MB of it, are as far as a table goes. */
enum { TABLE_ROWS_MAX = 10000 };
/* Have groups of so many rows each room?  0 or FAULT_INPUT. */
int table_room(size_t groups, size_t each, struct err *err);

/*
 * The published composite: sum of a[i] * row i with the full covariance
 * (never a sum of variances: answers of the same people are correlated).
 * CQI over five items; city index over sectors; a contrast.
 *
 * Shape:   a[t->rows].
 * Domain:  a is finite; upper as in table_row (NAN: unbounded, Wald interval).
 * Returns: one row labelled `of`; n is the sum over different `by`
 *          of the smallest n over rows of the same `by`; deff from t->srs
 *          where known, else NAN; kish is that of the worst part.
 * Fails:   with the fault of a row whose a[i] != 0 has no estimate; where one has a value but its
 *          error cannot be seen (one sampling unit), the combination has its value
 *          and that reason too.
 */
struct table_row table_combine(const struct table *t, const double a[], const char *of,
	double upper, enum interval interval, struct pool *pool);

/* Rows of the first group: items, where every group has the same. */
size_t table_items(const struct table *t);

/*
 * Set a[i] = 0 for rows nobody answered and scale the rest to sum 1:
 * "equal over the sectors present".  Returns how many rows were left out
 * (say so on the page), or -1 if nothing is left.  A row refused for another
 * reason stays in, and refuses the composite: leaving it out would hide it.
 */
int table_present(const struct table *t, double a[]);

/*
 * Tables of several waves as one, rows in order, with their full covariance.
 * shared: the same PSUs served all waves, matched by stratum and cluster
 * label; a PSU of one wave counts as zero in the others, with replacement
 * (population sizes are not joined), and rows keep their own se.  Otherwise
 * the samples are independent and covariances between them are 0.
 * Fails:   FAULT_INPUT for shared element samples, or tables of different levels.
 * Source:  Wolter (2007) ch. 6: the year is a domain of one design.
 */
int table_join(struct table *out, const struct table *const part[], size_t parts, bool shared,
	struct pool *pool, struct err *err);

/*
 * Fill se, interval, deff and n_eff of a row whose value, n, kish, upper and
 * alike are set, from its variance and that of a simple random sample (NAN
 * unknown): what every engine ends with.  Rounding below 0 counts as 0.  After
 * table_row_unseen() there is no se, no interval and no deff.
 * Where all are alike the estimated error of 0 says nothing and is NAN: at an
 * end of a bounded scale there is still an exact interval of the effective n
 * (Clopper-Pearson, Wilson), elsewhere span_fault FAULT_ALIKE and none.
 */
void table_row_finish(struct table_row *row, double variance, double srs, double df, double level,
	enum interval interval);
/* The error of a row cannot be seen, though its value can: before table_row_finish().  err is
 * copied into pool. */
void table_row_unseen(struct table_row *row, int fault, const struct err *err, struct pool *pool);
/* Say in a row of bys labels why it has no interval: all alike, or no degrees of
 * freedom (FAULT_TOO_FEW). */
void table_row_explain(struct table_row *row, size_t bys, struct pool *pool);
/* "item, level level": what a row is about; in pool. */
const char *table_row_label(const struct table_row *row, size_t bys, struct pool *pool);
/* All NAN with a fault; err is copied into pool. */
void table_row_fail(struct table_row *row, int fault, const struct err *err, struct pool *pool);

#endif
