/* Requests answered from the sums of stored waves. */
#include <math.h>
#include <string.h>

#include "plan/op/ops.h"
#include "plan/read.h"
#include "plan/say.h"
#include "stats/fault.h"
#include "stats/compare/trend.h"

/* One request being answered. */
struct asking {
	const struct plan_stored *stored;
	const json_t *request;
	json_t *result;
	struct stored_ask ask;
	struct plan_ask words;
	struct pool *pool;
};

/* ---- what all have in common ---- */

/* The texts a condition lists; numbers as cells would write them.  NULL for anything else. */
static const char *const *
levels_of(size_t *n, const json_t *value, struct pool *pool)
{
	size_t many = json_is_array(value) ? json_array_size(value) : 1;
	const char **level = pool_array(pool, many + 1, sizeof(*level));

	for (*n = 0; *n < many; (*n)++) {
		const json_t *v = json_is_array(value) ? json_array_get(value, *n) : value;

		if (!json_is_string(v) && !json_is_number(v))
			return NULL;
		level[*n] = json_is_string(v) ? json_string_value(v) :
			pool_fmt(pool, "%.15g", json_number_value(v));
	}
	return level;
}

static int
where_read(struct asking *a, struct err *err)
{
	const json_t *where;
	struct stored_where *w;
	const char *key;
	json_t *value;

	if (read_object(&where, a->request, "where", err) != 0)
		return FAULT_INPUT;
	w = pool_array(a->pool, json_object_size(where) + 1, sizeof(*w));
	json_object_foreach((json_t *)where, key, value) {
		struct stored_where *one = &w[a->ask.wheres++];

		*one = (struct stored_where){ .variable = key };
		if ((one->level = levels_of(&one->levels, value, a->pool)) == NULL)
			return STORED_ROWS;
	}
	a->ask.where = w;
	return 0;
}

/* over, or NULL, stands before the names of "by". */
static int
by_read(struct asking *a, const char *over, struct err *err)
{
	const char *const *name = NULL;
	const char **by;
	size_t n = 0;

	if (read_texts(&name, &n, a->request, "by", a->pool, err) != 0)
		return FAULT_INPUT;
	by = pool_array(a->pool, n + 2, sizeof(*by));
	if (over != NULL)
		by[a->ask.bys++] = over;
	for (size_t i = 0; i < n; i++)
		by[a->ask.bys++] = name[i] != NULL ? name[i] : "";
	a->ask.by = by;
	return 0;
}

static int
common_read(struct asking *a, double level, const char *over, enum interval otherwise,
	struct err *err)
{
	int rc = plan_ask_words(&a->words, level, a->request, err);

	if (rc != 0 || (rc = by_read(a, over, err)) != 0 || (rc = where_read(a, err)) != 0)
		return rc;
	a->ask.level = a->words.ask.level;
	a->ask.interval = a->words.interval ? a->words.ask.interval : otherwise;
	a->ask.df = a->words.ask.df;
	return a->words.ask.deff == SAMPLE_DEFF_FINITE ? STORED_ROWS : 0;
}

/* Items of "of"; a list answered by everybody together is beyond sums. */
static int
items_read(struct asking *a, struct err *err)
{
	const char *const *name = NULL;

	if (read_required(a->request, "of", err) != 0 ||
			read_texts(&name, &a->ask.items, a->request, "of", a->pool, err) != 0)
		return FAULT_INPUT;
	for (size_t i = 0; i < a->ask.items; i++)
		if (name[i] == NULL)
			return STORED_ROWS;
	a->ask.item = name;
	return a->words.ask.listwise && a->ask.items > 1 ? STORED_ROWS : 0;
}

static int
table_get(struct table *t, const struct asking *a, struct err *err)
{
	return a->stored->table(t, a->stored->ctx, &a->ask, err);
}

/* ---- the operations ---- */

static int
stored_mean(struct asking *a, double level, struct err *err)
{
	struct table t;
	int rc;

	if ((rc = common_read(a, level, NULL, INTERVAL_WALD, err)) != 0 ||
			(rc = items_read(a, err)) != 0 || (rc = table_get(&t, a, err)) != 0)
		return rc;
	say_table(a->result, &t);
	return 0;
}

static int
stored_share(struct asking *a, double level, struct err *err)
{
	struct table t;
	int rc;

	if ((rc = common_read(a, level, NULL, INTERVAL_DEFAULT, err)) != 0 ||
			(rc = items_read(a, err)) != 0)
		return rc;
	if (read_required(a->request, "is", err) != 0)
		return FAULT_INPUT;
	a->ask.is = levels_of(&a->ask.iss, json_object_get(a->request, "is"), a->pool);
	if (a->ask.is == NULL || a->ask.iss == 0 || a->ask.items != 1)
		return STORED_ROWS;
	if ((rc = table_get(&t, a, err)) != 0)
		return rc;
	say_table(a->result, &t);
	return 0;
}

/* Items and weights of an index, as one table of the index. */
static int
index_get(struct table *t, struct asking *a, struct err *err)
{
	size_t n = json_object_size(json_object_get(a->request, "of"));
	const char **name = pool_array(a->pool, n + 1, sizeof(*name)), *key;
	double *weight = pool_array(a->pool, n + 1, sizeof(*weight));
	struct table items;
	json_t *value;
	int rc;

	if (plan_scale(&a->ask.lo, &a->ask.hi, a->request, a->pool, err) != 0)
		return FAULT_INPUT;
	json_object_foreach(json_object_get(a->request, "of"), key, value) {
		if (!json_is_number(value))
			return STORED_ROWS;
		name[a->ask.items] = key;
		weight[a->ask.items++] = json_number_value(value);
	}
	if (a->words.ask.listwise && n > 1)
		return STORED_ROWS;
	a->ask.item = name;
	a->ask.points = a->ask.paired = true;
	if ((rc = table_get(&items, a, err)) != 0)
		return rc;
	return sample_index_of(t, &items, weight, n, "index", a->ask.interval, a->pool, err);
}

/* A published figure by its name, by one variable at most. */
static int
figure_get(struct table *t, const struct asking *a, struct err *err)
{
	const char *name = json_string_value(json_object_get(a->request, "of"));
	size_t first = a->ask.bys > 0 && strcmp(a->ask.by[0], "year") == 0;

	if (a->ask.wheres > 0 || a->ask.bys > first + 1 || a->words.interval ||
			json_object_get(a->request, "missing") != NULL)
		return fault_set(err, FAULT_INPUT,
			"按名称取指数 %s 时，只能再说 by（一个变量）和 level",
			"figure %s by its name goes with \"by\" (one variable) and \"level\" alone",
			name);
	return a->stored->figure(t, a->stored->ctx, name,
		a->ask.bys > first ? a->ask.by[first] : NULL, a->ask.level, err);
}

static int
stored_index(struct asking *a, double level, struct err *err)
{
	struct table t;
	int rc = common_read(a, level, NULL, INTERVAL_DEFAULT, err);

	if (rc != 0)
		return rc;
	if (json_is_string(json_object_get(a->request, "of")))
		rc = figure_get(&t, a, err);
	else if (json_is_object(json_object_get(a->request, "of")))
		rc = index_get(&t, a, err);
	else
		return STORED_ROWS;
	if (rc == 0)
		say_table(a->result, &t);
	return rc;
}

/* Levels of "over": an index, a figure by its name, or means of items. */
static int
levels_get(struct table *t, struct asking *a, struct err *err)
{
	const json_t *of = json_object_get(a->request, "of");
	int rc;

	if (json_is_object(of)) {
		if (!a->words.interval)
			a->ask.interval = INTERVAL_DEFAULT;
		return index_get(t, a, err);
	}
	if (json_is_string(of) && a->stored->named(a->stored->ctx, json_string_value(of)))
		return figure_get(t, a, err);
	return (rc = items_read(a, err)) != 0 ? rc : table_get(t, a, err);
}

static int
stored_difference(struct asking *a, double level, struct err *err)
{
	const char *over = NULL;
	struct table t;
	int rc;

	if (read_required(a->request, "over", err) != 0 ||
			read_text(&over, a->request, "over", err) != 0)
		return FAULT_INPUT;
	if ((rc = common_read(a, level, over, INTERVAL_WALD, err)) != 0 ||
			(rc = levels_get(&t, a, err)) != 0)
		return rc;
	return say_steps(a->result, &t, table_items(&t), over, strcmp(over, "year") == 0,
		a->words.ask.df == SAMPLE_DF_DOMAIN, a->pool, err);
}

/* A line through the waves' figures; within one wave the rows must be asked. */
static int
stored_trend(struct asking *a, double level, struct err *err)
{
	const char *over = NULL;
	struct trend_slope slope;
	struct table t;
	double *time;
	int rc;

	if (read_required(a->request, "over", err) != 0 ||
			read_text(&over, a->request, "over", err) != 0)
		return FAULT_INPUT;
	if (!a->stored->years || strcmp(over, "year") != 0)
		return STORED_ROWS;
	if ((rc = common_read(a, level, over, INTERVAL_WALD, err)) != 0 ||
			(rc = levels_get(&t, a, err)) != 0)
		return rc;
	if (table_items(&t) != 1 || a->ask.bys != 1)
		return fault_set(err, FAULT_INPUT, "逐年趋势一次只看一个题目或指数，不再分组",
			"a trend over waves is of one item or index, without groups");
	time = pool_array(a->pool, t.rows + 1, sizeof(*time));
	for (size_t i = 0; i < t.rows; i++)
		time[i] = strtod(t.row[i].by[0], NULL) - strtod(t.row[0].by[0], NULL);
	slope = trend_slope(&t, time);
	slope.slope.method = "line through the waves, weighted by 1/se2, with their covariance";
	say_test(a->result, &slope.slope, t.row[0].of, slope.p_up, slope.p_down);
	say_levels(a->result, &t);
	return 0;
}

static const struct {
	const char *op;
	int (*run)(struct asking *a, double level, struct err *err);
} ops[] = {
	{ "mean", stored_mean },
	{ "share", stored_share },
	{ "index", stored_index },
	{ "difference", stored_difference },
	{ "trend", stored_trend },
};

int
stored_request(json_t *result, const struct plan_stored *stored, double level,
	const json_t *request, struct pool *pool, struct err *err)
{
	const char *op = json_string_value(json_object_get(request, "op"));
	struct asking a = { .stored = stored, .request = request, .result = result, .pool = pool };

	for (size_t i = 0; op != NULL && i < sizeof(ops) / sizeof(ops[0]); i++)
		if (strcmp(ops[i].op, op) == 0)
			return ops[i].run(&a, level, err);
	return STORED_ROWS;
}
