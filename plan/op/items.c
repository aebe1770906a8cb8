/* Items together: reliability; trends of proportions. */
#include <math.h>
#include <string.h>

#include "plan/many.h"
#include "plan/op/ops.h"
#include "plan/read.h"
#include "plan/say.h"
#include "stats/fault.h"
#include "stats/compare/regress.h"
#include "stats/reliability.h"
#include "stats/compare/trend.h"

/* ---- alpha ---- */

/* Only the rows of where. */
static const double *
keep(const double x[], const bool where[], size_t n, struct pool *pool)
{
	double *out = pool_array(pool, n + 1, sizeof(*out));
	size_t kept = 0;

	if (where == NULL)
		return x;
	for (size_t i = 0; i < n; i++)
		if (where[i])
			out[kept++] = x[i];
	return out;
}

static size_t
kept(const bool where[], size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		k += where == NULL || where[i];
	return k;
}

static json_t *
say_alpha(const struct reliability *r, const double drop[], const double rest[],
	const struct column item[], size_t k)
{
	json_t *o = json_pack("{s:o, s:o, s:o, s:i, s:o, s:o, s:o}", "alpha_raw",
		json_number(r->alpha), "alpha_standardised", json_number(r->standardized), "n",
		json_count(r->n), "k", (int)k, "average_r", json_number(r->average_r), "low",
		json_number(r->feldt.low), "high", json_number(r->feldt.high));
	json_t *items = json_array();

	for (size_t i = 0; i < k; i++)
		json_array_append_new(items,
			json_pack("{s:s, s:o, s:o}", "item", item[i].name, "alpha_without",
			json_number(drop[i]), "item_rest_r", json_number(rest[i])));
	json_object_set_new(o, "items", items);
	return o;
}

/* An item everybody answers alike has no part in a reliability: named here,
 * where names are known. */
static int
varies_check(const struct column *item, const double x[], size_t n, struct err *err)
{
	size_t first = n;

	for (size_t i = 0; i < n; i++) {
		if (isnan(x[i]))
			continue;
		if (first == n)
			first = i;
		else if (x[i] != x[first])
			return 0;
	}
	return first == n ? 0 :
		fault_set(err, FAULT_CONSTANT, "题目 %s 的回答全部相同，不能计算信度",
		"item %s: every answer is the same, so there is no reliability", item->name);
}

int
op_alpha(json_t *result, const struct plan_work *w, const json_t *request, struct err *err)
{
	double *drop, *rest;
	const double **x, *weight = NULL;
	struct column *column;
	struct reliability r;
	struct plan_ask a;
	json_t *row;
	size_t k, n = w->data->n;
	int rc;

	if ((rc = plan_ask_read(&a, w, request, err)) != 0 ||
			(rc = plan_columns(&column, &k, w, request, "of", err)) != 0)
		return rc;
	x = pool_array(w->pool, k + 1, sizeof(*x));
	drop = pool_array(w->pool, k + 1, sizeof(*drop));
	rest = pool_array(w->pool, k + 1, sizeof(*rest));
	for (size_t i = 0; i < k; i++) {
		x[i] = keep(column_numbers(&column[i], n, w->pool).x, a.where, n, w->pool);
		if ((rc = varies_check(&column[i], x[i], kept(a.where, n), err)) != 0)
			return rc;
	}
	if (w->sample->designed)
		weight = keep(sample_weights(w->sample->sample), a.where, n, w->pool);
	/* Rows with every item unless told otherwise. */
	a.ask.listwise = a.ask.listwise || json_object_get(request, "missing") == NULL;
	if ((rc = reliability_alpha(&r, drop, rest, x, k, weight, kept(a.where, n),
			a.ask.listwise, err)) != 0)
		return rc;
	row = say_alpha(&r, drop, rest, column, k);
	json_object_update(result, row);
	json_object_set_new(result, "rows", json_pack("[o]", row));
	return 0;
}

/* ---- Cochran-Armitage ---- */

/* The only member of an object: {"Infl": [...]}. */
static int
only_member(const char **name, const json_t **value, const json_t *request, const char *key,
	struct err *err)
{
	const json_t *object;

	if (read_required(request, key, err) != 0 || read_object(&object, request, key, err) != 0)
		return FAULT_INPUT;
	if (json_object_size(object) != 1)
		return fault_set(err, FAULT_INPUT, "“%s” 应恰好有一列",
			"\"%s\" should name exactly one column", key);
	*name = json_object_iter_key(json_object_iter((json_t *)object));
	*value = json_object_get(object, *name);
	return 0;
}

/* Groups in order and their scores: ["Low", "High"] is 1, 2; {"Low": 0, "High": 5} says them. */
struct groups {
	size_t k;
	json_t **is;		/* is[k]: the cell's value, owned by the caller */
	double *score;
};

static int
groups_read(struct groups *g, const json_t *scores, struct pool *pool, struct err *err)
{
	const char *key;
	json_t *value;

	g->k = 0;
	g->is = pool_array(pool, json_array_size(scores) + json_object_size(scores) + 1,
		sizeof(*g->is));
	g->score = pool_array(pool, json_array_size(scores) + json_object_size(scores) + 1,
		sizeof(*g->score));
	for (size_t i = 0; i < json_array_size(scores); i++) {
		g->is[g->k] = json_incref(json_array_get(scores, i));
		g->score[g->k++] = (double)i + 1;
	}
	json_object_foreach((json_t *)scores, key, value) {
		g->is[g->k] = json_string(key);
		g->score[g->k++] = json_is_number(value) ? json_number_value(value) : NAN;
	}
	for (size_t i = 0; i < g->k; i++)
		if (isnan(g->score[i]))
			return fault_set(err, FAULT_INPUT, "“scores” 的分值应为数",
				"every score in \"scores\" should be a number");
	return g->k >= 2 ? 0 : fault_set(err, FAULT_TOO_FEW, "“scores” 至少要有两组",
		"\"scores\" needs at least two groups");
}

static void
groups_clear(struct groups *g)
{
	for (size_t i = 0; i < g->k; i++)
		json_decref(g->is[i]);
}

/* Successes, groups and answers. */
struct armitage {
	struct groups groups;
	double *x, *n;		/* x[k] successes of n[k] answers, rows counted once */
	double *win, *time;	/* of every row: success or not, its group's score; NAN outside */
};

static int
armitage_group(struct armitage *a, const struct plan_work *w, const bool win[], const bool none[],
	const bool in[], size_t k, const bool where[])
{
	for (size_t i = 0; i < w->data->n; i++) {
		if (!in[i] || none[i] || (where != NULL && !where[i]))
			continue;
		a->x[k] += win[i];
		a->n[k]++;
		a->win[i] = win[i];
		a->time[i] = a->groups.score[k];
	}
	return a->n[k] > 0 ? 0 : -1;
}

static int
armitage_read(struct armitage *a, const struct plan_work *w, const json_t *request,
	const bool where[], struct err *err)
{
	size_t rows = w->data->n;
	bool *win = pool_array(w->pool, rows + 1, sizeof(*win)),
		*none = pool_array(w->pool, rows + 1, sizeof(*none));
	bool *in = pool_array(w->pool, rows + 1, sizeof(*in));
	const char *success, *group;
	const json_t *is, *scores;
	int rc;

	a->x = pool_array(w->pool, a->groups.k + 1, sizeof(*a->x));
	a->n = pool_array(w->pool, a->groups.k + 1, sizeof(*a->n));
	a->win = pool_array(w->pool, rows + 1, sizeof(*a->win));
	a->time = pool_array(w->pool, rows + 1, sizeof(*a->time));
	for (size_t i = 0; i < rows; i++)
		a->win[i] = a->time[i] = NAN;
	if (only_member(&success, &is, request, "success", err) != 0 ||
			only_member(&group, &scores, request, "scores", err) != 0)
		return FAULT_INPUT;
	if ((rc = plan_value_one_of(win, none, w->data, success, is, err)) != 0)
		return rc;
	for (size_t k = 0; k < a->groups.k; k++) {
		if ((rc = plan_value_one_of(in, NULL, w->data, group, a->groups.is[k], err)) != 0)
			return rc;
		if (armitage_group(a, w, win, none, in, k, where) != 0)
			return fault_set(err, FAULT_EMPTY_DOMAIN, "%s 的第 %zu 组没有人",
				"%s: nobody is in group %zu", group, k + 1);
	}
	return 0;
}

static json_t *
say_armitage(const struct armitage *a, double z, double z_unbiased, double p_two, double p_up,
	const char *method)
{
	json_t *row = json_pack("{s:o, s:i, s:o, s:o, s:o, s:o}", "chisq", json_number(z * z), "df",
		1, "z", json_number(z), "z_unbiased", json_number(z_unbiased),
		"p_two", json_number(p_two), "p_up", json_number(p_up));

	json_object_set_new(row, "x", say_numbers(a->x, a->groups.k));
	json_object_set_new(row, "n", say_numbers(a->n, a->groups.k));
	json_object_set_new(row, "scores", say_numbers(a->groups.score, a->groups.k));
	json_object_set_new(row, "method", json_string(method));
	return row;
}

/* The test of a simple random sample. */
static int
armitage_simple(json_t **row, const struct armitage *a, struct err *err)
{
	struct trend_armitage t = trend_armitage(a->x, a->n, a->groups.score, a->groups.k);

	if (isnan(t.z))
		return fault_set(err, FAULT_CONSTANT, "各组答案全部相同，没有趋势可检验",
			"all answers are the same: no trend to test");
	*row = say_armitage(a, t.z, t.z_unbiased, t.p_two, t.p_up,
		"cochran-armitage, simple random sample");
	return 0;
}

/*
 * Under a design: the weighted slope of the share over the scores and its linearised error, so that
 * z is Student's t and chisq Wald's F with 1 and ddf degrees of freedom.  In a simple random sample
 * it is z_unbiased but for the variance, taken about the line instead of about one share for all.
 */
static int
armitage_design(json_t **row, const struct armitage *a, const struct plan_work *w,
	const struct plan_ask *ask, struct err *err)
{
	struct column y = { .name = "success", .x = a->win, .upper = NAN };
	struct trend_slope s;
	int rc = sample_slope(&s, w->sample->sample, &y, a->time, &ask->ask, w->pool, err);

	if (rc != 0)
		return rc;
	if (!(s.slope.se > 0))
		return fault_set(err, FAULT_CONSTANT, "各组答案全部相同，没有趋势可检验",
			"all answers are the same: no trend to test");
	*row = say_armitage(a, s.slope.value / s.slope.se, NAN, fmin(1, 2 * fmin(s.p_up, s.p_down)),
		s.p_up, "slope of the share over the scores, linearised");
	json_object_set_new(*row, "ddf", json_count(s.slope.df));
	json_object_set_new(*row, "estimate", json_number(s.slope.value));
	json_object_set_new(*row, "se", json_number(s.slope.se));
	return 0;
}

int
op_cochran_armitage(json_t *result, const struct plan_work *w, const json_t *request,
	struct err *err)
{
	struct armitage a = { .groups = { .k = 0 } };
	const json_t *scores;
	const char *group;
	struct plan_ask ask;
	json_t *row;
	int rc;

	if (only_member(&group, &scores, request, "scores", err) != 0)
		return FAULT_INPUT;
	if ((rc = plan_ask_read(&ask, w, request, err)) == 0 &&
			(rc = groups_read(&a.groups, scores, w->pool, err)) == 0 &&
			(rc = armitage_read(&a, w, request, ask.where, err)) == 0)
		rc = w->sample->designed ? armitage_design(&row, &a, w, &ask, err) :
			armitage_simple(&row, &a, err);
	if (rc == 0)
		json_object_set_new(result, "rows", json_pack("[o]", row));
	groups_clear(&a.groups);
	return rc;
}
