/* Items together: reliability; trends of proportions. */
#include <math.h>
#include <string.h>

#include "plan/ops.h"
#include "plan/read.h"
#include "plan/say.h"
#include "stats/fault.h"
#include "stats/reliability.h"
#include "stats/trend.h"

/* ---- alpha ---- */

/* Only the rows of where. */
static const double *
keep(const double x[], const bool where[], size_t n, struct pool *pool)
{
	double *out = pool_array(pool, n + 1, sizeof(*out));
	size_t i, kept = 0;

	if (where == NULL)
		return x;
	for (i = 0; i < n; i++)
		if (where[i])
			out[kept++] = x[i];
	return out;
}

static size_t
kept(const bool where[], size_t n)
{
	size_t i, k = 0;

	for (i = 0; i < n; i++)
		k += where == NULL || where[i];
	return k;
}

static json_t *
say_alpha(const struct reliability *r, const double drop[], const double rest[], const struct column item[], size_t k)
{
	json_t *o = json_pack("{s:o, s:o, s:o, s:i, s:o, s:o, s:o}", "alpha", json_number(r->alpha),
	    "standardized", json_number(r->standardized), "n", json_count(r->n), "k", (int)k,
	    "average_r", json_number(r->average_r), "low", json_number(r->feldt.low), "high", json_number(r->feldt.high));
	json_t *items = json_array();

	for (size_t i = 0; i < k; i++)
		json_array_append_new(items, json_pack("{s:s, s:o, s:o}", "item", item[i].name,
		    "alpha_without", json_number(drop[i]), "item_rest_r", json_number(rest[i])));
	json_object_set_new(o, "items", items);
	return o;
}

int
op_alpha(json_t *result, const struct plan_work *w, const json_t *request, struct err *err)
{
	static const char *const known[] = { "op", "of", "where", "missing", NULL };
	double *drop, *rest;
	const double **x, *weight = NULL;
	struct column *column;
	struct reliability r;
	struct plan_ask a;
	json_t *row;
	size_t k, i, n = w->data->n;
	int rc;

	if (read_known(request, known, err) != 0)
		return FAULT_INPUT;
	if ((rc = plan_ask_read(&a, w, request, err)) != 0 ||
	    (rc = plan_columns(&column, &k, w, request, "of", err)) != 0)
		return rc;
	x = pool_array(w->pool, k + 1, sizeof(*x));
	drop = pool_array(w->pool, k + 1, sizeof(*drop));
	rest = pool_array(w->pool, k + 1, sizeof(*rest));
	for (i = 0; i < k; i++)
		x[i] = keep(column[i].x, a.where, n, w->pool);
	if (w->sample->designed)
		weight = keep(sample_weights(w->sample->sample), a.where, n, w->pool);
	/* Rows with every item unless told otherwise. */
	a.ask.listwise = a.ask.listwise || json_object_get(request, "missing") == NULL;
	if ((rc = reliability_alpha(&r, drop, rest, x, k, weight, kept(a.where, n), a.ask.listwise, err)) != 0)
		return rc;
	row = say_alpha(&r, drop, rest, column, k);
	json_object_update(result, row);
	json_object_set_new(result, "rows", json_pack("[o]", row));
	return 0;
}

/* ---- Cochran-Armitage ---- */

/* The only member of an object: {"Infl": [...]}. */
static int
only_member(const char **name, const json_t **value, const json_t *request, const char *key, struct err *err)
{
	const json_t *object;

	if (read_required(request, key, err) != 0 || read_object(&object, request, key, err) != 0)
		return FAULT_INPUT;
	if (json_object_size(object) != 1)
		return fault_set(err, FAULT_INPUT, "“%s” 应恰好有一列", "\"%s\" should name exactly one column", key);
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
	g->is = pool_array(pool, json_array_size(scores) + json_object_size(scores) + 1, sizeof(*g->is));
	g->score = pool_array(pool, json_array_size(scores) + json_object_size(scores) + 1, sizeof(*g->score));
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
			return fault_set(err, FAULT_INPUT, "“scores” 的分值应为数", "every score in \"scores\" should be a number");
	return g->k >= 2 ? 0 : fault_set(err, FAULT_TOO_FEW, "“scores” 至少要有两组", "\"scores\" needs at least two groups");
}

static void
groups_clear(struct groups *g)
{
	for (size_t i = 0; i < g->k; i++)
		json_decref(g->is[i]);
}

/* Successes and answers of every group. */
static int
groups_count(double x[], double n[], const struct groups *g, const struct plan_work *w, const json_t *request,
	const bool where[], struct err *err)
{
	size_t rows = w->data->n, i, k;
	bool *win = pool_array(w->pool, rows + 1, sizeof(*win)), *none = pool_array(w->pool, rows + 1, sizeof(*none));
	bool *in = pool_array(w->pool, rows + 1, sizeof(*in));
	const char *success, *group;
	const json_t *is, *scores;
	int rc;

	if (only_member(&success, &is, request, "success", err) != 0 ||
	    only_member(&group, &scores, request, "scores", err) != 0)
		return FAULT_INPUT;
	if ((rc = plan_data_one_of(win, none, w->data, success, is, err)) != 0)
		return rc;
	for (k = 0; k < g->k; k++) {
		if ((rc = plan_data_one_of(in, NULL, w->data, group, g->is[k], err)) != 0)
			return rc;
		for (i = 0; i < rows; i++) {
			x[k] += in[i] && win[i] && (where == NULL || where[i]);
			n[k] += in[i] && !none[i] && (where == NULL || where[i]);
		}
		if (n[k] == 0)
			return fault_set(err, FAULT_EMPTY_DOMAIN, "%s 的第 %zu 组没有人", "%s: nobody is in group %zu", group,
			    k + 1);
	}
	return 0;
}

static void
say_armitage(json_t *result, const struct trend_armitage *a, const double x[], const double n[],
	const struct groups *g)
{
	json_t *row = json_pack("{s:o, s:i, s:o, s:o, s:o, s:o, s:o}", "chisq", json_number(a->chisq), "df", 1,
	    "p", json_number(a->p_two), "z", json_number(a->z), "z_unbiased", json_number(a->z_unbiased),
	    "p_two", json_number(a->p_two), "p_up", json_number(a->p_up));

	json_object_set_new(row, "x", say_numbers(x, g->k));
	json_object_set_new(row, "n", say_numbers(n, g->k));
	json_object_set_new(row, "scores", say_numbers(g->score, g->k));
	json_object_set_new(row, "method", json_string("cochran-armitage, simple random sample"));
	json_object_set_new(result, "rows", json_pack("[o]", row));
}

int
op_cochran_armitage(json_t *result, const struct plan_work *w, const json_t *request, struct err *err)
{
	static const char *const known[] = { "op", "success", "scores", "where", NULL };
	struct trend_armitage armitage;
	struct groups g = { .k = 0 };
	const json_t *scores;
	const char *group;
	struct plan_ask a;
	double *x, *n;
	int rc;

	if (read_known(request, known, err) != 0 || only_member(&group, &scores, request, "scores", err) != 0)
		return FAULT_INPUT;
	if ((rc = plan_ask_read(&a, w, request, err)) != 0 || (rc = groups_read(&g, scores, w->pool, err)) != 0)
		goto out;
	x = pool_array(w->pool, g.k + 1, sizeof(*x));
	n = pool_array(w->pool, g.k + 1, sizeof(*n));
	if ((rc = groups_count(x, n, &g, w, request, a.where, err)) != 0)
		goto out;
	armitage = trend_armitage(x, n, g.score, g.k);
	if (isnan(armitage.z))
		rc = fault_set(err, FAULT_CONSTANT, "各组答案全部相同，没有趋势可检验", "all answers are the same: no trend to test");
	else
		say_armitage(result, &armitage, x, n, &g);
out:
	groups_clear(&g);
	return rc;
}
