/* Yearly figures and what may be said of their steps. */
#ifndef FIGURE_SERIES_H
#define FIGURE_SERIES_H

#include "figure/session.h"

/* figure_series() within a session, so that several series share what is computed. */
int series_make(struct series *series, struct session *s, const char *form, const char *index,
	const char *stream, int until, int wanted, struct err *err);

/* Did the same sampling units serve both waves? */
bool series_shared(const struct wave *was, const struct wave *is, enum stream stream);

/* A step's p values and significance from its difference: Student's t on the difference's df. */
void series_test(struct step *step);

/* rises, falls and the intersection-union p from step[years - 1]. */
void series_finish(struct series *series);

#endif
