/* Figures asked for together: each wave is opened, folded and computed at most once. */
#include "figure/session.h"

#include <inttypes.h>
#include <string.h>

#include "db/track.h"

/* What one wave was asked, and the answer. */
struct result {
	struct session_ask ask;
	const struct figure *figure;
	size_t n;
	struct result *next;
};

struct room {
	struct fold *fold;		/* NULL until needed */
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

const char *
session_weights(const struct session *s)
{
	return s->weights;
}

static const char *
state_text(const struct session *s, const struct room *room, const struct fold_state *state)
{
	return pool_fmt(s->pool, "method %d rows %" PRId64 " excluded %" PRId64 " batches %" PRId64
		" margins %s %s weights %s", FIGURES_METHOD_VERSION, state->rows, state->excluded,
		state->batches, room->margins.hash,
		room->margins.fault == NULL ? "" : room->margins.fault, s->weights);
}

const char *
session_state(struct session *s, size_t wave, struct err *err)
{
	struct room *room = &s->room[wave];
	struct fold_state state;

	if (s->rows_only)
		return "";
	if (room->state != NULL)
		return room->state;
	if (fold_peek(&state, s->db, s->wave[wave].id, s->pool, err) != 0)
		return NULL;
	/* Without a tally nobody has counted the exclusions: what is cached
	 * may be older than one. */
	room->state = state.folded < 0 ? "" : state_text(s, room, &state);
	return room->state;
}

struct fold *
session_fold(struct session *s, size_t wave, struct err *err)
{
	struct room *room = &s->room[wave];
	struct fold *fold;

	if (room->fold != NULL)
		return room->fold;
	fold = pool_take(s->pool, sizeof(*fold));
	if ((s->rows_only ? fold_open_rows : fold_open)(fold, s->db, &s->wave[wave],
			s->pool, err) == -1)
		return NULL;
	room->fold = fold;
	return fold;
}

static struct figures_ask
figures_of(const struct session *s, size_t wave, const struct session_ask *ask)
{
	return (struct figures_ask){
		.set = ask->set, .by = ask->by, .unflagged = ask->unflagged, .level = ask->level,
		.weights = s->weights, .margins = &s->room[wave].margins,
	};
}

/* The city's indices and shares are folded in one pass, for who wants one mostly wants both. */
static int
room_slices(struct session *s, size_t wave, const struct figures_ask *ask, struct err *err)
{
	struct fold *fold = s->room[wave].fold;
	struct figures_ask each = *ask;
	struct fold_slice slice[SCORES_ITEM];

	if (ask->by[0] != '\0' || ask->unflagged || ask->set == SCORES_ITEM) {
		slice[0] = figures_slice(fold, ask);
		return fold_slices(fold, slice, 1, false, s->pool, err);
	}
	for (int set = 0; set < SCORES_ITEM; set++) {
		each.set = (enum scores_set)set;
		slice[set] = figures_slice(fold, &each);
	}
	return fold_slices(fold, slice, SCORES_ITEM, false, s->pool, err);
}

static bool
same_ask(const struct session_ask *a, const struct session_ask *b)
{
	return a->set == b->set && strcmp(a->by, b->by) == 0 && a->unflagged == b->unflagged &&
		a->level == b->level;
}

static const char *
cache_key(const struct session *s, size_t wave, const struct session_ask *ask)
{
	return pool_fmt(s->pool, "measure %" PRId64 " %s %s %s %g", s->wave[wave].id,
		scores_set_name(ask->set), ask->by[0] == '\0' ? "city" : ask->by,
		ask->unflagged ? "all" : "main", ask->level);
}

/* From the cache, if it was computed in the state the wave is in now. */
static bool
result_cached(struct session *s, size_t wave, struct result *r, const char *state)
{
	const char *json = NULL;

	return state[0] != '\0' &&
		db_get_cached(s->db, cache_key(s, wave, &r->ask), &json, s->pool, NULL) == 0 &&
		json != NULL && cache_read(json, state, &r->figure, &r->n, s->pool) == 0;
}

static int
result_computed(struct session *s, size_t wave, struct result *r, struct err *err)
{
	struct figures_ask ask = figures_of(s, wave, &r->ask);
	struct room *room = &s->room[wave];
	struct fold *fold = session_fold(s, wave, err);
	struct figure *m;

	if (fold == NULL || fold_by_known(fold, ask.by, err) != 0)
		return -1;
	if (fold->scores.figures[ask.set] == 0)
		return 0;
	if (room_slices(s, wave, &ask, err) != 0)
		return -1;
	figures_make(&m, &r->n, fold, &ask, s->pool);
	r->figure = m;
	if (s->rows_only)
		return 0;
	/* A cache only: a database that cannot be written now is no reason to hide the figure. */
	room->state = state_text(s, room, &fold->state);
	db_put_cached(s->db, cache_key(s, wave, &r->ask),
		cache_write(room->state, m, r->n, s->pool), NULL);
	return 0;
}

int
session_figures(struct session *s, size_t wave, const struct session_ask *ask,
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
	if (!result_cached(s, wave, r, state) && result_computed(s, wave, r, err) != 0)
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
	struct session_ask city = { .by = "", .level = 0.95 };
	struct figures_ask ask;
	struct fold *fold = session_fold(s, wave, NULL);
	const struct scores_figure *f;

	f = fold == NULL ? NULL : scores_find(&fold->scores, figure, &city.set);
	if (f == NULL)
		return -1;
	ask = figures_of(s, wave, &city);
	if (room_slices(s, wave, &ask, NULL) != 0)
		return -1;
	return figures_table(table, a, fold, &ask, f, stream, s->pool);
}
