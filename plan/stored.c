/* Runs a plan on stored waves. */
#include "plan/waves.h"

#include <math.h>
#include <string.h>

#include "base/sha256.h"
#include "plan/many.h"
#include "plan/op/ops.h"
#include "plan/read.h"
#include "plan/say.h"
#include "stats/fault.h"

/* ---- what is added to an answer ---- */

/* Every interval says that it rests on a model. */
static void
mark(json_t *result, struct pool *pool)
{
	json_t *row;
	size_t i;

	json_array_foreach(json_object_get(result, "rows"), i, row) {
		const char *method = json_string_value(json_object_get(row, "method"));

		if (method != NULL && strstr(method, "model-based") == NULL)
			json_object_set_new(row, "method",
				json_string(pool_fmt(pool, "%s, model-based", method)));
	}
}

/* A test of several groups has a count for each, and no interval. */
static bool
counts_publishable(const json_t *counts)
{
	json_t *n;
	size_t i;

	json_array_foreach((json_t *)counts, i, n)
		if (json_number_value(n) < ESTIMATE_MIN_CELL)
			return false;
	return true;
}

/* A row as the publishing limits see it; one that tells no effective n is as large as its n. */
static bool
row_publishable(const json_t *row)
{
	struct estimate e = { .value = json_number_at(row, "estimate"),
		.low = json_number_at(row, "low"), .high = json_number_at(row, "high"),
		.n = json_number_at(row, "n"), .n_eff = json_number_at(row, "n_eff"),
		.kish = json_number_at(row, "kish_n") };

	if (json_is_array(json_object_get(row, "n")))
		return counts_publishable(json_object_get(row, "n"));
	if (isnan(e.n_eff) && isnan(e.kish))
		e.kish = e.n;
	return estimate_publishable(&e);
}

static bool
same_text(const json_t *a, const char *key, const json_t *b, const char *other)
{
	return json_equal(json_object_get(a, key), json_object_get(b, other)) != 0;
}

/* Is it one of the levels that a difference, or a line through all of them, is made of? */
static bool
level_of(const json_t *level, const json_t *row, const char *over)
{
	const json_t *by = json_object_get(level, "by");
	const char *key;
	json_t *value;

	json_object_foreach(json_object_get(row, "by"), key, value)
		if (!json_equal(json_object_get(by, key), value))
			return false;
	return same_text(level, "of", row, "of") && (json_object_get(row, "from") == NULL ||
		same_text(by, over, row, "from") || same_text(by, over, row, "to"));
}

/* A comparison is as thin as the thinnest of what it compares. */
static bool
levels_publishable(const json_t *result, const json_t *row)
{
	const char *over =
		json_string_value(json_object_get(json_object_get(result, "request"), "over"));
	json_t *level;
	size_t i;

	json_array_foreach(json_object_get(result, "levels"), i, level)
		if (json_object_get(level, "estimate") != NULL &&
				level_of(level, row, over != NULL ? over : "") &&
				!row_publishable(level))
			return false;
	return true;
}

/* Rows too thin to publish, by their place: an analyst may see them, a page may not. */
static void
limits(json_t *result)
{
	json_t *row, *thin = json_array();
	size_t i;

	json_array_foreach(json_object_get(result, "rows"), i, row)
		if (json_object_get(row, "estimate") != NULL &&
				(!row_publishable(row) || !levels_publishable(result, row)))
			json_array_append_new(thin, json_integer((json_int_t)i));
	if (json_array_size(thin) > 0)
		json_object_set(result, "below_limits", thin);
	json_decref(thin);
}

static json_t *
answer(struct waves *w, json_t *request)
{
	json_t *result = json_pack("{s:O}", "request", request);
	struct err err = { .code = ERR_NONE };
	int rc;

	if (w->stored->refusal != NULL && json_object_get(w->own, "calibrate") == NULL) {
		json_object_set_new(result, "error", json_pack("{s:s, s:s}", "code",
			w->stored->refusal, "message", w->stored->why.text));
		return result;
	}
	if ((rc = plan_request_check(request, &err)) == 0)
		rc = waves_request(result, w, request, &err);
	if (rc != 0)
		json_object_set_new(result, "error", say_fault(rc, &err));
	limits(result);
	if (w->stored->model_based)
		mark(result, w->pool);
	return result;
}

/* What the plan says in place of the wave; NULL: nothing. */
static json_t *
own_of(const json_t *plan)
{
	static const char *const member[] = { "design", "calibrate", "codes" };
	json_t *own = json_object();

	for (size_t i = 0; i < sizeof(member) / sizeof(member[0]); i++)
		if (json_object_get(plan, member[i]) != NULL)
			json_object_set(own, member[i], json_object_get(plan, member[i]));
	if (json_object_size(own) > 0)
		return own;
	json_decref(own);
	return NULL;
}

json_t *
plan_run_stored(const json_t *plan, const char *sha256, const struct plan_stored *stored,
	size_t *answered, struct pool *pool, struct err *err)
{
	struct waves w = { .plan = plan, .stored = stored, .level = 0.95, .pool = pool };
	json_t *results, *request, *said;
	size_t i;

	if (plan_check(plan, true, err) != 0 || read_level(&w.level, plan, "level", err) != 0)
		return NULL;
	w.own = own_of(plan);
	w.notes = json_array();
	w.one = pool_array(pool, stored->waves, sizeof(*w.one));
	*answered = 0;
	results = json_array();
	json_array_foreach(json_object_get(plan, "requests"), i, request) {
		json_t *result = answer(&w, request);

		*answered += json_object_get(result, "error") == NULL;
		json_array_append_new(results, result);
	}
	for (i = 0; i < stored->waves; i++)
		plan_wave_clear(&w.one[i].wave);
	said = json_pack("{s:s, s:o}", "plan_sha256", sha256, "results", results);
	if (w.own != NULL)
		json_object_set_new(said, "own", w.own);
	if (json_array_size(w.notes) > 0)
		json_object_set(said, "notes", w.notes);
	json_decref(w.notes);
	return said;
}

json_t *
plan_run_stored_path(const char *path, const struct plan_stored *stored, size_t *answered,
	struct pool *pool, struct err *err)
{
	const char *source;
	json_t *plan, *said;
	char digest[65];
	size_t n;

	plan = json_load_path(path, pool, &source, &n, err);
	if (plan == NULL)
		return NULL;
	sha256_hex(digest, source, n);
	said = plan_run_stored(plan, digest, stored, answered, pool, err);
	json_decref(plan);
	return said;
}
