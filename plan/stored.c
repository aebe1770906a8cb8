/* Runs a plan on stored waves. */
#include "plan/stored.h"

#include <math.h>
#include <string.h>

#include "base/sha256.h"
#include "plan/many.h"
#include "plan/op/ops.h"
#include "plan/read.h"
#include "plan/say.h"
#include "stats/fault.h"

/* A run; the rows are loaded once, when a request first needs them. */
struct run {
	const json_t *plan;
	const struct plan_stored *stored;
	json_t *own;			/* its own design, calibration and codes; NULL: none */
	double level;
	bool loaded;
	int fault;			/* of the rows or their sample */
	struct err why;
	struct stored_with with;
	struct plan_data data;
	struct plan_sample sample;
	struct pool *pool;
};

void
stored_with_clear(struct stored_with *with)
{
	json_decref(with->design);
	json_decref(with->calibrate);
	json_decref(with->multi);
	json_decref(with->choices);
	*with = (struct stored_with){ .in = NULL };
}

int
stored_load(struct plan_data *data, struct stored_with *with, const struct plan_stored *stored,
	const json_t *codes, struct pool *pool, struct err *err)
{
	const char *csv;
	size_t n;

	if (stored->rows(&csv, &n, with, stored->ctx, pool, err) != 0 ||
			plan_data_parse(data, csv, n, "wave", codes, pool, err) != 0)
		return FAULT_INPUT;
	data->in = with->in;
	return plan_many_form(data, with, err);
}

/* A member of the plan where it has one, else the wave's. */
static int
member(const json_t **value, const struct run *r, const char *key, const json_t *otherwise,
	struct err *err)
{
	*value = otherwise;
	return json_object_get(r->plan, key) == NULL ? 0 : read_object(value, r->plan, key, err);
}

static int
rows_load(struct run *r)
{
	const struct plan_stored *s = r->stored;
	const json_t *design, *calibrate, *codes;

	if (s->years)
		return fault_set(&r->why, FAULT_INPUT,
			"这一分析要逐份读答卷，一次只能用一个轮次；多个轮次之间能比较的是比例（share）、"
			"指数、量表题和多选题各选项的均值",
			"this analysis reads the answers one by one: name one wave at a time; over"
			" several, shares, indices and means of scales and of several choices"
			" can be compared");
	if (read_object(&codes, r->plan, "codes", &r->why) != 0 ||
			stored_load(&r->data, &r->with, s, codes, r->pool, &r->why) != 0 ||
			member(&design, r, "design", r->with.design, &r->why) != 0 ||
			member(&calibrate, r, "calibrate", r->with.calibrate, &r->why) != 0)
		return FAULT_INPUT;
	return plan_sample_make(&r->sample, &r->data, design, calibrate, &r->why);
}

static int
from_rows(json_t *result, struct run *r, const json_t *request, struct err *err)
{
	struct plan_work w = { &r->data, &r->sample, r->level, r->pool };

	if (!r->loaded)
		r->fault = rows_load(r);
	r->loaded = true;
	if (r->fault == 0)
		return plan_request(result, &w, request, err);
	*err = r->why;
	return r->fault;
}

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
answer(struct run *r, json_t *request)
{
	json_t *result = json_pack("{s:O}", "request", request);
	struct err err = { .code = ERR_NONE };
	int rc;

	if (r->stored->refusal != NULL && json_object_get(r->own, "calibrate") == NULL) {
		json_object_set_new(result, "error", json_pack("{s:s, s:s}", "code",
			r->stored->refusal, "message", r->stored->why.text));
		return result;
	}
	if ((rc = plan_request_check(request, &err)) == 0)
		rc = r->own != NULL ? STORED_ROWS :
			stored_request(result, r->stored, r->level, request, r->pool, &err);
	if (rc == STORED_ROWS)
		rc = from_rows(result, r, request, &err);
	if (rc != 0)
		json_object_set_new(result, "error", say_fault(rc, &err));
	limits(result);
	if (r->stored->model_based)
		mark(result, r->pool);
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
	struct run r = { .plan = plan, .stored = stored, .level = 0.95, .pool = pool };
	json_t *results, *request, *said;
	size_t i;

	if (plan_check(plan, true, err) != 0 || read_level(&r.level, plan, "level", err) != 0)
		return NULL;
	r.own = own_of(plan);
	*answered = 0;
	results = json_array();
	json_array_foreach(json_object_get(plan, "requests"), i, request) {
		json_t *result = answer(&r, request);

		*answered += json_object_get(result, "error") == NULL;
		json_array_append_new(results, result);
	}
	stored_with_clear(&r.with);
	said = json_pack("{s:s, s:o}", "plan_sha256", sha256, "results", results);
	if (r.own != NULL)
		json_object_set_new(said, "own", r.own);
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
