/* An analyst's questions to stored waves. */
#ifndef FIGURE_INQUIRY_H
#define FIGURE_INQUIRY_H

#include "figure/session.h"

/*
 * One wave of one stream, or several of one form in the order of their years; in its pool.  The
 * rows are those of the main estimate (flagged ones out, their sampling units counted), weighted to
 * the wave's margins.  The streams are never pooled; nobody drew the open one: its intervals rest
 * on a model, and whoever shows them says so.
 */
struct inquiry {
	struct session *session;
	struct pool *pool;
	enum stream stream;
	size_t waves;
	size_t *at;			/* at[waves]: place among session_waves() */
	const char *fault;		/* NULL, or why nothing may be weighted:
					 * "placeholder_margins", ... */
	struct err err;			/* the sentence for it */
};

/* names: "A-2024", or "A-2023,A-2024".  Fails: ERR_MISSING, ERR_INPUT for
 * waves of different forms. */
int inquiry_open(struct inquiry *q, struct session *session, const char *names, enum stream stream,
	struct err *err);

const struct wave *inquiry_wave(const struct inquiry *q, size_t i);
const struct margins *inquiry_margins(const struct inquiry *q, size_t i);
struct figures *inquiry_figures(const struct inquiry *q, size_t i, struct err *err);

/* Answers that count, as `manyi export` writes them: a choice's name. */
struct inquiry_is {
	const char *const *name;	/* name[names]; numbers are compared as numbers */
	size_t names;
};

/* variable is one of level[]; several must all hold. */
struct inquiry_where {
	const char *variable;
	const char *const *level;
	size_t levels;
};

/* What is asked; zeroed members: everybody, no groups, level 0.95. */
struct inquiry_ask {
	const char *const *item;	/* item[items]: ten-point and other scales, on their own
					 * scale; of several choices an indicator for each,
					 * of those who ticked any; for shares any item
					 * with choices */
	size_t items;
	const struct inquiry_is *is;	/* NULL: means; else the share with one of these */
	bool points;			/* means in points 0..100 of lo..hi, which
					 * must be the item's scale */
	int lo, hi;
	bool paired;			/* they will be combined: keep what a
					 * composite's design effect needs */
	const char *const *by;		/* by[bys]; "year" first where waves are compared */
	size_t bys;
	const struct inquiry_where *where;
	size_t wheres;
	double level;
	enum interval interval;
	enum sample_df_rule df;
};

/* Beside 0 and the faults: the question goes beyond columns of answers (words, groups that overlap)
 * and needs the rows as a file. */
enum { INQUIRY_ROWS = 1 };

/*
 * Rows by group, then item; groups in the order an analysis of the exported file has them, people
 * without a level of `by` in none.
 * Returns: 0, INQUIRY_ROWS, or a fault with *err.
 */
int inquiry_table(struct table *t, const struct inquiry *q, const struct inquiry_ask *ask,
	struct err *err);

/* Is it a figure of a wave's form, and no question of any?  A question's name is the question. */
bool inquiry_named(const struct inquiry *q, const char *name);

/*
 * A figure of the form by its name ("csi"), as the desk publishes it but without its limits of
 * size: the city's (by NULL), or one row per level of `by` with their covariance; over
 * waves, "year" first.
 */
int inquiry_figure(struct table *t, const struct inquiry *q, const char *figure, const char *by,
	double level, struct err *err);

#endif
