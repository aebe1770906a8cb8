/* Figures asked for together: each wave is read and computed at most once. */
#include "figure/session.h"

#include <inttypes.h>
#include <string.h>

#include "figure/keep.h"

/* What one wave was asked, and the answer. */
struct result {
	struct figures_ask ask;
	const struct figure *figure;
	size_t n;
	struct result *next;
};

struct room {
	struct figures *figures;	/* NULL until needed */
	struct margins margins;
	const char *state;		/* NULL until needed */
	struct result *result;
};

struct session {
	struct db *db;
	struct pool *pool;
	const struct wave *wave;
	struct room *room;
	size_t waves;
	const char *weights;		/* sector weights, "" equal */
	bool rows_only;
};

int
session_open(struct session **session, struct db *db, struct pool *pool, struct err *err)
{
	struct session *s = pool_take(pool, sizeof(*s));
	struct margin *margin;
	struct wave *wave;
	size_t margins;

	s->db = db;
	s->pool = pool;
	if (db_list_waves(db, NULL, &wave, &s->waves, pool, err) != 0 ||
			db_list_margins(db, &margin, &margins, pool, err) != 0)
		return -1;
	s->wave = wave;
	s->room = pool_array(pool, s->waves + 1, sizeof(*s->room));
	for (size_t i = 0; i < s->waves; i++)
		margins_make(&s->room[i].margins, &wave[i], margin, margins, pool);
	s->weights = db_setting(db, "sector_weights", pool);
	if (s->weights == NULL)
		s->weights = "";
	*session = s;
	return 0;
}

void
session_rows_only(struct session *s)
{
	s->rows_only = true;
}

bool
session_is_rows_only(const struct session *s)
{
	return s->rows_only;
}

const struct wave *
session_waves(const struct session *s, size_t *waves)
{
	*waves = s->waves;
	return s->wave;
}

struct db *
session_db(const struct session *s)
{
	return s->db;
}

struct pool *
session_pool(const struct session *s)
{
	return s->pool;
}

const struct margins *
session_margins(const struct session *s, size_t wave)
{
	return &s->room[wave].margins;
}

static const char *
state_text(const struct session *s, const struct room *room, const struct counted_state *state)
{
	return pool_fmt(s->pool, "method %d rows %" PRId64 " excluded %" PRId64 " batches %" PRId64
		" catalogue %" PRId64 " margins %s %s weights %s", FIGURES_METHOD_VERSION,
		state->rows, state->excluded, state->batches, state->catalogue, room->margins.hash,
		room->margins.fault == NULL ? "" : room->margins.fault, s->weights);
}

const char *
session_state(struct session *s, size_t wave, struct err *err)
{
	struct room *room = &s->room[wave];
	struct counted_state state;

	if (s->rows_only || !keep_on())
		return "";
	if (room->state != NULL)
		return room->state;
	if (counted_peek(&state, s->db, s->wave[wave].id, err) != 0)
		return NULL;
	room->state = state_text(s, room, &state);
	return room->state;
}

struct figures *
session_wave(struct session *s, size_t wave, struct err *err)
{
	struct room *room = &s->room[wave];
	struct figures *figures;

	if (room->figures != NULL)
		return room->figures;
	figures = pool_take(s->pool, sizeof(*figures));
	if (figures_open(figures, s->db, &s->wave[wave], s->rows_only, s->pool, err) != 0)
		return NULL;
	figures->margins = &room->margins;
	figures->weights = s->weights;
	room->figures = figures;
	return figures;
}

static bool
same_ask(const struct figures_ask *a, const struct figures_ask *b)
{
	bool only = a->only == NULL ? b->only == NULL :
		b->only != NULL && strcmp(a->only, b->only) == 0;

	return only && a->set == b->set && strcmp(a->by, b->by) == 0 &&
		a->unflagged == b->unflagged && a->level == b->level;
}

static const char *
cache_key(const struct session *s, size_t wave, const struct figures_ask *ask)
{
	return pool_fmt(s->pool, "measure %" PRId64 " %s %s %s %g%s%s", s->wave[wave].id,
		scores_set_name(ask->set), ask->by[0] == '\0' ? "city" : ask->by,
		ask->unflagged ? "all" : "main", ask->level, ask->only == NULL ? "" : " ",
		ask->only == NULL ? "" : ask->only);
}

/* From memory, if it was computed in the state the wave is in now. */
static bool
result_kept(struct session *s, size_t wave, struct result *r, const char *state)
{
	const char *json = state[0] == '\0' ? NULL :
		keep_get(s->db, cache_key(s, wave, &r->ask), s->pool);

	return json != NULL && cache_read(json, state, &r->figure, &r->n, s->pool) == 0;
}

static int
result_computed(struct session *s, size_t wave, struct result *r, const char *state,
	struct err *err)
{
	struct figures *figures = session_wave(s, wave, err);
	struct figure *m;

	if (figures == NULL || level_known(figures->answers.form, r->ask.by, err) != 0)
		return -1;
	if (figures->scores.figures[r->ask.set] == 0)
		return 0;
	figures_make(&m, &r->n, figures, &r->ask, s->pool);
	r->figure = m;
	if (state[0] != '\0')
		keep_put(s->db, cache_key(s, wave, &r->ask),
			cache_write(state, m, r->n, s->pool));
	return 0;
}

int
session_figures(struct session *s, size_t wave, const struct figures_ask *ask,
	const struct figure **figure, size_t *n, struct err *err)
{
	struct result *r = pool_take(s->pool, sizeof(*r));
	const char *state;

	r->ask = *ask;
	if (r->ask.by == NULL)
		r->ask.by = "";
	if (r->ask.level == 0)
		r->ask.level = 0.95;
	for (struct result *old = s->room[wave].result; old != NULL; old = old->next)
		if (same_ask(&old->ask, &r->ask)) {
			*figure = old->figure;
			*n = old->n;
			return 0;
		}
	state = session_state(s, wave, err);
	if (state == NULL)
		return -1;
	if (!result_kept(s, wave, r, state) && result_computed(s, wave, r, state, err) != 0)
		return -1;
	r->next = s->room[wave].result;
	s->room[wave].result = r;
	*figure = r->figure;
	*n = r->n;
	return 0;
}

int
session_table(struct session *s, size_t wave, const char *figure, enum stream stream,
	struct table *table, double **a)
{
	struct figures_ask city = { .by = "", .level = 0.95 };
	struct figures *figures = session_wave(s, wave, NULL);
	const struct scores_figure *f;

	f = figures == NULL ? NULL : scores_find(&figures->scores, figure, &city.set);
	if (f == NULL)
		return -1;
	return figures_table(table, a, figures, &city, f, stream, s->pool);
}
