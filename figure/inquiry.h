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

/* One stream of wave i, weighted to its margins where they may be used; 0 or a fault. */
int inquiry_survey(struct survey **s, const struct inquiry *q, size_t i, bool weighted,
	struct err *err);

/* Did the same sampling units serve all waves? */
bool inquiry_shared(const struct inquiry *q);

/* Is it a figure of a wave's form, and no question of any?  A question's name is the question. */
bool inquiry_named(const struct inquiry *q, const char *name);

/*
 * A figure of wave i's form by its name ("csi"), as the desk publishes it but without its limits of
 * size: the city's (by NULL), or one row per level of `by` with their covariance.
 */
int inquiry_figure(struct table *t, const struct inquiry *q, size_t i, const char *figure,
	const char *by, double level, struct err *err);

#endif
