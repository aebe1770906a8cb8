/* A wave's answers into figures: weights, domains, limits. */
#ifndef FIGURE_FIGURES_H
#define FIGURE_FIGURES_H

#include "figure/figure.h"
#include "figure/survey.h"
#include "stats/table.h"

/*
 * Moves by one whenever the same answers would give another number, interval, p or refusal than
 * before, by a change in this folder or in stats/.  It is a part of every kept figure's key and of
 * what is published. tests/figure/test_method.c holds a digest of many figures for each version and
 * fails when they differ from it.
 *     1	until 0.1.0
 *     2	n_eff at most n and unknown errors apart from values; series and verdicts end with
 *		the board's year
 *     3	sums of whole numbers: last digits; composites by domain have their design effect
 */
enum { FIGURES_METHOD_VERSION = 3 };

/* What is asked of a wave. */
struct figures_ask {
	enum scores_set set;
	const char *by;			/* "": the city */
	const char *only;		/* one figure of the set; NULL: all */
	bool unflagged;			/* flagged rows too */
	double level;
};

/* A wave open for figures; lives in a pool.  What was opened for one ask serves the next. */
struct figures {
	struct counted answers;
	struct scores scores;
	const struct margins *margins;	/* the caller's */
	const char *weights;		/* of sectors, "S01=2 S02=1"; "": equal */
	struct figures_stream *stream;	/* private */
	struct pool *pool;
};
/* margins and weights are for the caller to set. */
int figures_open(struct figures *f, struct db *db, const struct wave *wave, bool rows_only,
	struct pool *pool, struct err *err);

/* ---- figures_one.c ---- */
/* A stream of the wave, opened this way once.  0 or the fault with *err. */
int figures_survey(struct survey **survey, struct figures *f, const struct survey_how *how,
	struct err *err);

/* ---- figures.c ---- */
/*
 * Every figure of the set in both streams (a stream without answers has none), by figure, stream,
 * domain. *figure[*n] lives in pool.  A figure that cannot or must not be shown carries its err.
 */
void figures_make(struct figure **figure, size_t *n, struct figures *f,
	const struct figures_ask *ask, struct pool *pool);

/* ---- figures_rows.c ---- */
/*
 * One figure of the city as a table with coefficients: value = sum of a[i] * row i.  For
 * contrasts of years.  Returns 0, or -1 when the wave has no such figure or it has a fault.
 */
int figures_table(struct table *table, double **a, struct figures *f,
	const struct figures_ask *ask,
	const struct scores_figure *figure, enum stream stream, struct pool *pool);

/* ---- figures_rows.c ---- */
/*
 * The figure's values without the limits of size: the city's, or a row per level of ask->by, with
 * their covariance.  Returns 0 or a fault with *err.
 */
int figures_rows(struct table *out, struct figures *f, const struct figures_ask *ask,
	const struct scores_figure *figure, enum stream stream, struct pool *pool, struct err *err);

/* ---- figures_city.c ---- */
/* Row of the sector weights' text, checked: "S01=2 S02=1.5".  0 or -1 with *err. */
int figures_weight(double *weight, const char *weights, const char *sector, struct err *err);

#endif
