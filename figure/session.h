/* Figures asked for together: each wave is read and computed at most once. */
#ifndef FIGURE_SESSION_H
#define FIGURE_SESSION_H

#include "base/json.h"
#include "figure/figures.h"
#include "figure/figure.h"

/* Lives in its pool; for one thread, while the database stays open. */
struct session;
int session_open(struct session **session, struct db *db, struct pool *pool, struct err *err);

/*
 * For what is signed: from now on every figure is computed from the answers themselves, and nothing
 * that was derived from them and kept (blocks, figures) is read or written.
 * Before the first question.
 */
void session_rows_only(struct session *s);
bool session_is_rows_only(const struct session *s);

/* Every wave, by form, year, id. */
const struct wave *session_waves(const struct session *s, size_t *waves);

/*
 * The wave's figures, from the process's memory (keep.h) where the wave's state is still the same,
 * else computed and, where it keeps anything, kept there.  Order: figure, stream, domain.  Of the
 * ask by may be NULL ("") and level 0 (0.95).
 */
int session_figures(struct session *s, size_t wave, const struct figures_ask *ask,
	const struct figure **figure, size_t *n, struct err *err);

/* One figure as a table with coefficients (figures_table); -1 when it has none. */
int session_table(struct session *s, size_t wave, const char *figure, enum stream stream,
	struct table *table, double **a);

/* The state of a wave as text, for keys of what is derived from several waves; NULL with *err.
 * "" where nothing is kept: session_rows_only(), or a process that keeps nothing. */
const char *session_state(struct session *s, size_t wave, struct err *err);

/* The wave, read once, with its margins and the sectors' weights; NULL with *err. */
struct figures *session_wave(struct session *s, size_t wave, struct err *err);
const struct margins *session_margins(const struct session *s, size_t wave);

struct db *session_db(const struct session *s);
struct pool *session_pool(const struct session *s);

/* figure.c: figure_index() within a session; what it was told of rows holds, not ask->rows. */
int session_index(struct session *s, const struct figure_ask *ask, const struct figure **figure,
	size_t *n, struct err *err);

/* ranks.c: the places of a year, struct rank_row. */
int ranks_make(struct session *s, const struct rank_ask *ask, const struct rank_row **row,
	size_t *rows, struct err *err);

/* cache.c: figures as JSON text and back; NULL or -1 for text that is not what it should be. */
const char *cache_write(const char *state, const struct figure figure[], size_t n,
	struct pool *pool);
/* What a kept list is checked against when it is read again. */
const char *cache_sum(const char *state, const json_t *list, struct pool *pool);
int cache_read(const char *json, const char *state, const struct figure **figure, size_t *n,
	struct pool *pool);

#endif
