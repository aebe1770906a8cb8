/* A line through time; two groups: once, or for every group. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan/op/ops.h"
#include "plan/read.h"
#include "plan/say.h"
#include "stats/fault.h"
#include "stats/compare/regress.h"
#include "stats/compare/trend.h"

/* ---- results ---- */

static json_t *
test_row(const struct estimate *e, const char *of, double p_up, double p_down)
{
	struct table_row row = { .estimate = *e, .of = of, .p = NAN };
	json_t *o = say_row(&row, NULL, 0);

	json_object_set_new(o, "t", json_number(e->value / e->se));
	json_object_set_new(o, "p_up", json_number(p_up));
	json_object_set_new(o, "p_down", json_number(p_down));
	json_object_set_new(o, "p_two",
		json_number(isnan(p_up) ? NAN : fmin(1, 2 * fmin(p_up, p_down))));
	return o;
}

/* ---- for every group ---- */

/* One test among the people of ask.where: its row, or a fault with *err. */
struct test {
	const struct plan_work *w;
	const json_t *request;
	struct column y;
};
typedef int test_run(json_t **row, double *se, const struct test *test, const struct plan_ask *a,
	struct err *err);

static json_t *
row_fault(const struct test *test, int fault, const struct err *err)
{
	return json_pack("{s:s, s:o}", "of", test->y.name, "error", say_fault(fault, err));
}

static json_t *
group_labels(const struct plan_ask *a, const char *const part[])
{
	json_t *by = json_object();

	for (size_t i = 0; i < a->ask.bys; i++)
		json_object_set_new(by, a->ask.by[i]->name, json_string(part[i]));
	return by;
}

/* Groups hold different people, of the same sampling units: nothing is told of how their
 * tests vary together. */
static json_t *
variances(const double se[], size_t n, struct pool *pool)
{
	double *cov = pool_array(pool, n * n + 1, sizeof(*cov));

	for (size_t i = 0; i < n * n; i++)
		cov[i] = i % (n + 1) == 0 ? se[i / (n + 1)] * se[i / (n + 1)] : NAN;
	return say_matrix(cov, n, n);
}

static int
test_groups(json_t *result, test_run *run, const struct test *test, const struct plan_ask *a,
	struct err *err)
{
	size_t n = test->w->data->n;
	struct pool *pool = test->w->pool;
	const char *const *const *part;
	json_t *rows = json_array(), *row;
	struct plan_ask one = *a;
	struct factor cross;
	struct err why = { 0 };
	bool *in = pool_array(pool, n + 1, sizeof(*in));
	double *se;
	size_t answered = 0;
	int rc = 0;

	factor_cross(&cross, &part, a->ask.by, a->ask.bys, n, pool);
	if ((rc = table_room(cross.levels, 1, err)) != 0) {
		json_decref(rows);
		return rc;
	}
	se = pool_array(pool, cross.levels + 1, sizeof(*se));
	one.where = in;
	one.ask.where = in;
	one.ask.bys = 0;
	for (size_t g = 0; g < cross.levels; g++) {
		for (size_t i = 0; i < n; i++)
			in[i] = cross.of[i] == g && (a->where == NULL || a->where[i]);
		se[g] = NAN;
		rc = run(&row, &se[g], test, &one, &why);
		answered += rc == 0;
		if (rc != 0)
			row = row_fault(test, rc, &why);
		json_object_set_new(row, "by", group_labels(a, part[g]));
		json_array_append_new(rows, row);
	}
	json_object_set_new(result, "rows", rows);
	json_object_set_new(result, "vcov", variances(se, cross.levels, pool));
	if (answered > 0)
		return 0;
	*err = why;
	return cross.levels > 0 ? rc : fault_set(err, FAULT_EMPTY_DOMAIN, "没有人有分组变量的取值",
		"nobody has a level of the groups");
}

static int
test_answer(json_t *result, test_run *run, const struct plan_work *w, const json_t *request,
	struct err *err)
{
	struct test test = { .w = w, .request = request };
	struct plan_ask a;
	double se;
	json_t *row;
	int rc;

	if ((rc = plan_ask_read(&a, w, request, err)) != 0 ||
			(rc = plan_column(&test.y, w, request, "of", err)) != 0)
		return rc;
	if (a.ask.bys > 0)
		return test_groups(result, run, &test, &a, err);
	if ((rc = run(&row, &se, &test, &a, err)) != 0)
		return rc;
	json_object_set_new(result, "rows", json_pack("[o]", row));
	json_object_set_new(result, "vcov", json_pack("[[o]]", json_number(se * se)));
	return 0;
}

/* ---- a line through time ---- */

static int
trend_run_one(json_t **row, double *se, const struct test *test, const struct plan_ask *a,
	struct err *err)
{
	const struct plan_work *w = test->w;
	struct trend_slope slope;
	struct column time;
	int rc;

	if ((rc = plan_column(&time, w, test->request, "over", err)) != 0 ||
			(rc = sample_slope(&slope, w->sample->sample, &test->y, time.x, &a->ask,
			w->pool, err)) != 0)
		return rc;
	*row = test_row(&slope.slope, test->y.name, slope.p_up, slope.p_down);
	*se = slope.slope.se;
	return 0;
}

int
op_trend(json_t *result, const struct plan_work *w, const json_t *request, struct err *err)
{
	if (json_object_get(request, "scale") != NULL)
		return fault_set(err, FAULT_INPUT, "“scale” 只用于跨轮次比较的指数",
			"\"scale\" belongs to an index over waves");
	return test_answer(result, trend_run_one, w, request, err);
}

/* ---- a line through waves ---- */

int
say_trend(json_t *result, const struct table *t, struct pool *pool, struct err *err)
{
	double *time = pool_array(pool, t->rows + 1, sizeof(*time));
	struct trend_slope slope;

	if (table_items(t) != 1 || t->bys != 1)
		return fault_set(err, FAULT_INPUT, "逐年趋势一次只看一个题目或指数，不再分组",
			"a trend over waves is of one item or index, without groups");
	for (size_t i = 0; i < t->rows; i++)
		time[i] = strtod(t->row[i].by[0], NULL) - strtod(t->row[0].by[0], NULL);
	slope = trend_slope(t, time);
	slope.slope.method = "line through the waves, weighted by 1/se2, with their covariance";
	json_object_set_new(result, "rows", json_pack("[o]",
		test_row(&slope.slope, t->row[0].of, slope.p_up, slope.p_down)));
	json_object_set_new(result, "vcov", json_pack("[[o]]",
		json_number(slope.slope.se * slope.slope.se)));
	say_levels(result, t);
	return 0;
}

/* ---- two groups ---- */

/* Answers of the first and the second category that occur; -1 where there are not two. */
static int
two_groups(double *group[2], size_t n[2], const char *label[2], const struct column *y,
	const struct factor *f, const bool where[], struct pool *pool)
{
	size_t *place = pool_array(pool, f->levels + 1, sizeof(*place)), found = 0;

	for (size_t i = 0; i < f->n; i++)
		if (f->of[i] != FACTOR_NONE && !isnan(y->x[i]) && (where == NULL || where[i]))
			place[f->of[i]] = 1;
	for (size_t l = 0; l < f->levels; l++)
		if (place[l] != 0) {
			if (found < 2)
				label[found] = f->level[l];
			place[l] = ++found;
		}
	if (found != 2)
		return -1;
	for (size_t l = 0; l < 2; l++) {
		group[l] = pool_array(pool, f->n + 1, sizeof(**group));
		n[l] = 0;
		for (size_t i = 0; i < f->n; i++)
			if (f->of[i] != FACTOR_NONE && place[f->of[i]] == l + 1 &&
					!isnan(y->x[i]) && (where == NULL || where[i]))
				group[l][n[l]++] = y->x[i];
	}
	return 0;
}

static int
welch(struct trend_step *step, double *group[2], const size_t n[2], const char *label[2],
	double level, struct err *err)
{
	for (size_t l = 0; l < 2; l++)
		if (n[l] < 2)
			return fault_set(err, FAULT_TOO_FEW, "类别 %s 只有一个回答",
				"category %s has only one answer", label[l]);
	*step = trend_welch(group[0], n[0], group[1], n[1], level);
	if (step->difference.se == 0)
		return fault_set(err, FAULT_ALIKE, "%s 与 %s 两类各自的结果全部相同，误差无从估计",
			"in %s and in %s all results are alike, so no error can be estimated",
			label[0], label[1]);
	step->difference.method = "welch";
	return 0;
}

static int
ttest_run(json_t **row, double *se, const struct test *test, const struct plan_ask *a,
	struct err *err)
{
	const struct plan_work *w = test->w;
	const struct factor *over;
	const char *label[2] = { "", "" };
	struct trend_step step;
	double *group[2];
	size_t n[2];
	int rc;

	if ((rc = plan_factor(&over, w, test->request, "over", err)) != 0)
		return rc;
	if (two_groups(group, n, label, &test->y, over, a->where, w->pool) != 0)
		return fault_set(err, FAULT_INPUT, "分组变量 %s 须恰好有两个类别",
			"%s must have exactly two categories", over->name);
	rc = w->sample->designed ? sample_ttest(&step, w->sample->sample, &test->y, over, &a->ask,
		w->pool, err) : welch(&step, group, n, label, a->ask.level, err);
	if (rc != 0)
		return rc;
	*row = test_row(&step.difference, test->y.name, step.p_up, step.p_down);
	*se = step.difference.se;
	json_object_set_new(*row, "from", json_string(label[0]));
	json_object_set_new(*row, "to", json_string(label[1]));
	return 0;
}

int
op_ttest(json_t *result, const struct plan_work *w, const json_t *request, struct err *err)
{
	return test_answer(result, ttest_run, w, request, err);
}
