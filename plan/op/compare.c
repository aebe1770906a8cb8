/* Comparisons: steps over time, trends, t tests. */
#include <math.h>
#include <string.h>

#include "plan/op/ops.h"
#include "plan/read.h"
#include "plan/say.h"
#include "stats/fault.h"
#include "stats/compare/trend.h"

/* ---- steps ---- */

/* Levels of one item in one group, in order: rows at[levels] of the table. */
struct series {
	const struct table *t;
	size_t *at;
	size_t levels;
	const char *const *group;	/* labels other than the level's */
};

/* All rows of a table as series: by[0] is what the steps go over, the rest are groups. */
static struct series *
series_find(size_t *n, const struct table *t, size_t items, struct pool *pool)
{
	struct series *s = pool_array(pool, t->rows + 1, sizeof(*s));
	size_t k, b;

	*n = 0;
	for (size_t i = 0; i < t->rows; i++) {
		for (k = 0; k < *n; k++) {
			if (s[k].at[0] % items != i % items)
				continue;
			for (b = 1; b < t->bys &&
					strcmp(t->row[i].by[b], s[k].group[b - 1]) == 0; b++)
				;
			if (b >= t->bys)
				break;
		}
		if (k == *n)
			s[(*n)++] = (struct series){ t, pool_array(pool, t->rows, sizeof(*s->at)),
				0, t->row[i].by + 1 };
		s[k].at[s[k].levels++] = i;
	}
	return s;
}

/* Levels without covariance are independent samples: their difference has
 * Welch's degrees of freedom. */
static void
step_apart(struct table_row *row, const struct table *t, size_t from, size_t to)
{
	if (row->fault != 0 || t->cov[from * t->rows + to] != 0)
		return;
	row->estimate = trend_difference(&t->row[from].estimate, &t->row[to].estimate, 0,
		t->level).difference;
	row->estimate.method = "difference of independent samples, Welch t";
}

static struct trend_step
row_test(const struct table_row *row)
{
	struct trend_step step = { .difference = row->estimate };

	trend_test(&step);
	return step;
}

static json_t *
say_step(const struct table_row *row, const struct table *t, const char *from, const char *to)
{
	json_t *o = say_row(row, t->by + 1, t->bys - 1);
	struct trend_step step;

	json_object_set_new(o, "from", json_string(from));
	json_object_set_new(o, "to", json_string(to));
	if (row->fault != 0)
		return o;
	step = row_test(row);
	json_object_set_new(o, "t", json_number(step.t));
	json_object_set_new(o, "p_up", json_number(step.p_up));
	json_object_set_new(o, "p_down", json_number(step.p_down));
	json_object_set_new(o, "p_two", json_number(step.p_two));
	return o;
}

/* All steps of all series, and their covariance. */
struct steps {
	struct table_row *row;
	double *p_up, *p_down;
	double *a;		/* a[n * rows]: each as a contrast */
	size_t n;
	bool apart, own;
	struct table contrasts;
	json_t *rows, *series;
};

/* Later less earlier, as a contrast of the rows with their full covariance. */
static struct table_row
step_row(struct steps *steps, const struct table *t, size_t from, size_t to, struct pool *pool)
{
	double *a = steps->a + steps->n * t->rows;
	struct table_row *of = steps->contrasts.row, row;

	if (!steps->own)
		of[from].estimate.df = of[to].estimate.df = trend_df(t, from, to);
	a[from] = -1;
	a[to] = 1;
	row = table_combine(&steps->contrasts, a, t->row[to].of, NAN, INTERVAL_WALD, pool);
	row.by = t->row[to].by;
	row.estimate.method = "wald t, difference with covariance";
	return row;
}

static void
series_steps(struct steps *steps, const struct series *s, struct pool *pool)
{
	const struct table *t = s->t;
	size_t first = steps->n;
	json_t *o = json_pack("{s:s, s:o}", "of", t->row[s->at[0]].of, "by", json_object());

	for (size_t i = 0; i + 1 < s->levels; i++, steps->n++) {
		struct table_row row = step_row(steps, t, s->at[i], s->at[i + 1], pool);

		row.by = s->group;
		if (steps->apart)
			step_apart(&row, t, s->at[i], s->at[i + 1]);
		steps->row[steps->n] = row;
		steps->p_up[steps->n] = row.fault != 0 ? NAN : row_test(&row).p_up;
		steps->p_down[steps->n] = row.fault != 0 ? NAN : row_test(&row).p_down;
		json_array_append_new(steps->rows,
			say_step(&row, t, t->row[s->at[i]].by[0], t->row[s->at[i + 1]].by[0]));
	}
	for (size_t b = 1; b < t->bys; b++)
		json_object_set_new(json_object_get(o, "by"), t->by[b],
			json_string(s->group[b - 1]));
	json_object_set_new(o, "steps", json_count((double)(steps->n - first)));
	json_object_set_new(o, "p_iut",
		json_number(trend_iut(steps->p_up + first, steps->n - first)));
	json_object_set_new(o, "p_iut_fall",
		json_number(trend_iut(steps->p_down + first, steps->n - first)));
	json_array_append_new(steps->series, o);
}

static json_t *
steps_vcov(const struct steps *s, const struct table *t, struct pool *pool)
{
	double *cov = pool_array(pool, s->n * s->n + 1, sizeof(*cov));
	size_t n = t->rows;

	for (size_t i = 0; i < s->n; i++)
		for (size_t j = 0; j < s->n; j++)
			for (size_t k = 0; k < n; k++)
				for (size_t l = 0; s->a[i * n + k] != 0 && l < n; l++)
					if (s->a[j * n + l] != 0)
						cov[i * s->n + j] += s->a[i * n + k] *
							s->a[j * n + l] * t->cov[k * n + l];
	return say_matrix(cov, s->n, s->n);
}

/* A copy of a table, whose rows' degrees of freedom are made those of each step. */
static struct table
table_of_contrasts(const struct table *t, struct pool *pool)
{
	struct table_row *row = pool_array(pool, t->rows + 1, sizeof(*row));
	struct table c = *t;

	memcpy(row, t->row, t->rows * sizeof(*row));
	c.row = row;
	return c;
}

/* Series that have a step, in front; the others are told in "left_out". */
static size_t
series_keep(json_t *result, struct series s[], size_t n, const struct table *t)
{
	json_t *out = json_array();
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		const struct table_row *row = &t->row[s[i].at[0]];
		struct err err = { 0 };
		json_t *one;

		if (s[i].levels >= 2) {
			s[kept++] = s[i];
			continue;
		}
		err_set(&err, fault_code(FAULT_TOO_FEW), "%s 只有 %s 一个取值，没有变化可比",
			"of %s there is %s alone: no step to compare", t->by[0], row->by[0]);
		one = json_pack("{s:s, s:o, s:o}", "of", row->of, "by", json_object(), "error",
			say_fault(FAULT_TOO_FEW, &err));
		for (size_t b = 1; b < t->bys; b++)
			json_object_set_new(json_object_get(one, "by"), t->by[b],
				json_string(row->by[b]));
		json_array_append_new(out, one);
	}
	if (kept > 0 && kept < n)
		json_object_set(result, "left_out", out);
	json_decref(out);
	return kept;
}

int
say_steps(json_t *result, const struct table *t, bool apart, bool own, struct pool *pool,
	struct err *err)
{
	size_t n, i, all;
	struct series *s = series_find(&all, t, table_items(t), pool);
	struct steps steps = { .apart = apart, .own = own,
		.contrasts = table_of_contrasts(t, pool) };

	if (all == 0)
		return fault_set(err, FAULT_EMPTY_DOMAIN, "没有人有 %s 的取值",
			"nobody has a value of %s", t->by[0]);
	if ((n = series_keep(result, s, all, t)) == 0)
		return fault_set(err, FAULT_TOO_FEW, "%s 只有一个取值，没有变化可比",
			"%s has only one value: no step to compare", t->by[0]);
	steps.row = pool_array(pool, t->rows + 1, sizeof(*steps.row));
	steps.p_up = pool_array(pool, t->rows + 1, sizeof(*steps.p_up));
	steps.p_down = pool_array(pool, t->rows + 1, sizeof(*steps.p_down));
	steps.a = pool_array(pool, t->rows * t->rows + 1, sizeof(*steps.a));
	steps.rows = json_array();
	steps.series = json_array();
	for (i = 0; i < n; i++)
		series_steps(&steps, &s[i], pool);
	for (i = 0; i < steps.n && steps.row[i].fault != 0; i++)
		;
	if (i == steps.n)
		json_object_set_new(result, "error",
			say_fault(steps.row[0].fault, steps.row[0].err));
	if (n == 1)
		json_object_set(result, "p_iut",
			json_object_get(json_array_get(steps.series, 0), "p_iut"));
	json_object_set_new(result, "rows", steps.rows);
	json_object_set_new(result, "vcov", steps_vcov(&steps, t, pool));
	json_object_set_new(result, "series", steps.series);
	say_levels(result, t);
	return 0;
}

/* Means, or an index where "of" is an object, for every group of the request. */
static int
levels_estimate(struct table *t, const struct plan_work *w, struct plan_ask *a,
	const json_t *request, struct err *err)
{
	struct plan_index index;
	struct column *column;
	int rc;

	if (json_is_object(json_object_get(request, "of"))) {
		if ((rc = plan_index_read(&index, w, request, err)) != 0)
			return rc;
		a->ask.of = index.item;
		a->ask.ofs = index.n;
		return sample_index(t, w->sample->sample, &a->ask, index.weight, "index",
			w->pool, err);
	}
	if ((rc = plan_columns(&column, &a->ask.ofs, w, request, "of", err)) != 0)
		return rc;
	a->ask.of = column;
	if (!a->interval)
		a->ask.interval = INTERVAL_WALD;
	return sample_estimate(t, w->sample->sample, &a->ask, w->pool, err);
}

int
table_levels(struct table *t, json_t *result, const struct plan_work *w, const json_t *request,
	struct err *err)
{
	const struct factor **by;
	struct plan_ask a;
	int rc;

	(void)result;
	if ((rc = plan_ask_read(&a, w, request, err)) != 0)
		return rc;
	by = pool_array(w->pool, a.ask.bys + 2, sizeof(*by));
	if (json_object_get(request, "over") != NULL) {
		if ((rc = plan_factor(&by[0], w, request, "over", err)) != 0)
			return rc;
		memcpy(by + 1, a.ask.by, a.ask.bys * sizeof(*by));
		a.ask.by = by;
		a.ask.bys++;
	}
	return levels_estimate(t, w, &a, request, err);
}

int
say_difference(json_t *result, const struct table *t, bool apart, double level,
	const json_t *request, struct pool *pool, struct err *err)
{
	struct plan_ask a;
	int rc = plan_ask_words(&a, level, request, err);

	return rc != 0 ? rc : say_steps(result, t, apart, a.ask.df == SAMPLE_DF_DOMAIN,
		pool, err);
}

int
op_difference(json_t *result, const struct plan_work *w, const json_t *request, struct err *err)
{
	struct table t;
	int rc;

	if (read_required(request, "over", err) != 0)
		return FAULT_INPUT;
	rc = table_levels(&t, result, w, request, err);
	return rc != 0 ? rc : say_difference(result, &t, false, w->level, request, w->pool, err);
}
