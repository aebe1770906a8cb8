/* Our city among its peers: the scores on record, and what they say of the place. */
#include "figure/figure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/sha256.h"
#include "db/track.h"
#include "stats/compare/rank.h"
#include "figure/keep.h"
#include "figure/session.h"

/* The cities of one year, ours last unless the list has it. */
struct league {
	struct rank_row *row;
	size_t rows;
	bool ours;
};

static void
league_add(struct league *l, const char *city, double score, double se, bool ours)
{
	l->row[l->rows++] =
		(struct rank_row){ .city = city, .score = score, .se = se, .ours = ours };
	l->ours |= ours;
}

/* The agency's own score of our city: the same measurement as the peers'. */
static int
add_external(struct league *l, struct db *db, const char *indicator, int year, const char *city,
	struct pool *pool, struct err *err)
{
	struct external_row *row;
	size_t n;

	if (db_list_external(db, indicator, &row, &n, pool, err) != 0)
		return -1;
	for (size_t i = n; i-- > 0 && !l->ours;)
		if (row[i].year == year && !isnan(row[i].score))
			league_add(l, city, row[i].score, row[i].se, true);
	return 0;
}

/* Our own index of that year, where nobody else measured us. */
static int
add_own(struct league *l, struct session *s, const struct rank_ask *of, const char *city,
	struct err *err)
{
	struct figure_ask ask = { .form = of->form, .index = of->index, .year = of->year,
		.stream = "sampled" };
	const struct figure *m;
	struct err none = { 0 };
	size_t n;

	if (l->ours || of->index == NULL || session_index(s, &ask, &m, &n, &none) != 0)
		return none.code == ERR_NONE || none.code == ERR_MISSING ? 0 : (*err = none, -1);
	for (size_t i = n; i-- > 0 && !l->ours;)
		if (m[i].err_code[0] == '\0')
			league_add(l, city, m[i].estimate.value, m[i].estimate.se, true);
	return 0;
}

static int
league_load(struct league *l, struct session *s, const struct rank_ask *ask, struct err *err)
{
	struct pool *pool = session_pool(s);
	struct db *db = session_db(s);
	const char *city = db_setting(db, "city", pool);
	struct peer_row *peer;
	size_t n;

	if (db_list_peers(db, ask->indicator, ask->year, &peer, &n, pool, err) != 0)
		return -1;
	if (city == NULL)
		city = "";
	l->row = pool_array(pool, n + 1, sizeof(*l->row));
	for (size_t i = 0; i < n; i++)
		league_add(l, peer[i].city, peer[i].score, peer[i].se,
			strcmp(peer[i].city, city) == 0);
	if (n == 0)
		return 0;
	if (add_external(l, db, ask->indicator, ask->year, city, pool, err) != 0)
		return -1;
	return add_own(l, s, ask, city, err);
}

/* What the sets depend on, hashed. */
static const char *
league_state(const struct league *l, int top, struct pool *pool)
{
	struct text t = TEXT_INIT;
	char hex[65];

	text_fmt(&t, "places 2 %d %d\n", top, RANK_DRAWS);
	for (size_t i = 0; i < l->rows; i++)
		text_fmt(&t, "%s\t%.17g\t%.17g\n", l->row[i].city, l->row[i].score, l->row[i].se);
	sha256_hex(hex, t.s, t.n);
	text_clear(&t);
	return pool_strdup(pool, hex);
}

static bool
league_cached(struct league *l, struct db *db, const char *key, const char *state,
	struct pool *pool)
{
	const char *json = NULL;
	json_t *o, *list;
	bool ok;

	if ((json = keep_get(db, key, pool)) == NULL)
		return false;
	o = json_loads(json, 0, NULL);
	list = json_object_get(o, "places");
	ok = json_is_string(json_object_get(o, "state")) && json_array_size(list) == l->rows &&
		strcmp(json_string_value(json_object_get(o, "state")), state) == 0 &&
		strcmp(json_text_at(o, "sum"), cache_sum(state, list, pool)) == 0;
	for (size_t i = 0; ok && i < l->rows; i++) {
		json_t *p = json_array_get(list, i), *top = json_array_get(p, 3);
		struct rank_row *r = &l->row[i];

		r->rank = (int)json_integer_value(json_array_get(p, 0));
		r->low = (int)json_integer_value(json_array_get(p, 1));
		r->high = (int)json_integer_value(json_array_get(p, 2));
		r->p_top = json_is_number(top) ? json_number_value(top) : NAN;
		ok = r->rank >= 1 && r->low >= 1 && r->high >= r->low;
	}
	json_decref(o);
	return ok;
}

static void
league_keep(const struct league *l, struct db *db, const char *key, const char *state,
	struct pool *pool)
{
	json_t *o = json_object(), *list = json_array();
	struct text t = TEXT_INIT;

	for (size_t i = 0; i < l->rows; i++) {
		const struct rank_row *r = &l->row[i];

		json_array_append_new(list,
			json_pack("[i,i,i,o]", r->rank, r->low, r->high, json_number(r->p_top)));
	}
	json_object_set_new(o, "state", json_string(state));
	json_object_set_new(o, "sum", json_string(cache_sum(state, list, pool)));
	json_object_set_new(o, "places", list);
	json_put(&t, o, 0);
	keep_put(db, key, text_str(&t));
	json_decref(o);
	text_clear(&t);
}

static int
place_by_score(const struct league *l, size_t j)
{
	int rank = 1;

	for (size_t i = 0; i < l->rows; i++)
		rank += l->row[i].score > l->row[j].score;
	return rank;
}

/*
 * Sets among the cities that published a standard error.  One that did not may be above or below
 * anybody: it widens every set by a place at the lower end, its own place is anywhere,
 * and no chance is said.
 */
static int
league_compute(struct league *l, int top, struct pool *pool, struct err *err)
{
	double *score = pool_array(pool, l->rows, sizeof(*score)),
		*se = pool_array(pool, l->rows, sizeof(*se));
	struct rank_set *set = pool_array(pool, l->rows, sizeof(*set));
	struct rank_peers peers = { .score = score, .se = se };
	struct rank_options options = { .top = (size_t)top };
	size_t k = 0, unknown;

	for (size_t i = 0; i < l->rows; i++)
		if (!isnan(l->row[i].se)) {
			score[peers.n] = l->row[i].score;
			se[peers.n++] = l->row[i].se;
		}
	if (peers.n > 0 && rank_sets(set, &peers, &options, err) != 0)
		return -1;
	unknown = l->rows - peers.n;
	for (size_t i = 0; i < l->rows; i++) {
		struct rank_row *r = &l->row[i];
		bool known = !isnan(r->se);

		r->rank = place_by_score(l, i);
		r->low = known ? (int)set[k].low : 1;
		r->high = known ? (int)(set[k].high + unknown) : (int)l->rows;
		r->p_top = unknown == 0 ? set[k].p_top : NAN;
		k += known;
	}
	return 0;
}

static int
row_order(const void *a, const void *b)
{
	const struct rank_row *x = a, *y = b;

	return x->rank != y->rank ? x->rank - y->rank : strcmp(x->city, y->city);
}

int
ranks_make(struct session *s, const struct rank_ask *ask, const struct rank_row **row, size_t *rows,
	struct err *err)
{
	struct pool *pool = session_pool(s);
	struct db *db = session_db(s);
	struct league l = { NULL, 0, false };
	const char *key = pool_fmt(pool, "places %s %d %d", ask->indicator, ask->year, ask->top),
		*state;
	bool fresh = session_is_rows_only(s);

	if (league_load(&l, s, ask, err) == -1)
		return -1;
	if (l.rows > 0) {
		state = league_state(&l, ask->top, pool);
		if (fresh || !league_cached(&l, db, key, state, pool)) {
			if (league_compute(&l, ask->top, pool, err) != 0)
				return -1;
			if (!fresh)
				league_keep(&l, db, key, state, pool);
		}
		qsort(l.row, l.rows, sizeof(*l.row), row_order);
	}
	*row = l.row;
	*rows = l.rows;
	return 0;
}
