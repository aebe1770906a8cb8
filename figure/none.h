/* Why a question has no rows at all. */
#ifndef FIGURE_NONE_H
#define FIGURE_NONE_H

#include "db/survey.h"
#include "figure/figure.h"
#include "forms/stream.h"

/* Has the wave an answer of the stream that may count?  0; -1 with ERR_REFUSED where none. */
int none_answers(struct db *db, const struct wave *wave, enum stream stream, struct pool *pool,
	struct err *err);

/* Nobody of these waves ("A-2024, ...") can be in a group of `by`; stream NULL: any. */
int none_groups(const char *waves, const char *by, const char *stream, struct err *err);

/*
 * The reason why figure_index() had nothing: no such wave, no answers of the stream, nobody in any
 * group, or a form that then had no such figure.  Always -1.
 */
int none_figures(struct db *db, const struct figure_ask *ask, struct pool *pool, struct err *err);

#endif
