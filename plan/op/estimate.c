/* The sample itself; means, totals, ratios, shares, quantiles, indices. */
#include <math.h>
#include <string.h>

#include "plan/many.h"
#include "plan/op/ops.h"
#include "plan/read.h"
#include "plan/say.h"
#include "stats/fault.h"
#include "stats/sample/quantile.h"

/* ---- the sample ---- */

int
op_design(json_t *result, const struct plan_work *w, const json_t *request, struct err *err)
{
	struct sample_summary m = sample_summarise(w->sample->sample);

	(void)request;
	(void)err;
	json_object_set_new(result, "rows",
		json_pack("[{s:o, s:o, s:o, s:o, s:o, s:o}]", "n", json_count(m.n), "df",
		json_count(m.df), "sum_w", json_number(m.sum_w), "sum_w2", json_number(m.sum_w2),
		"kish_deff", json_number(m.kish_deff), "kish_n", json_number(m.kish_n)));
	return 0;
}

static json_t *
say_report(const struct rake_report *r)
{
	return json_pack("{s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:i}", "iterations",
		r->iterations,
		"error", json_number(r->error), "deff_before", json_number(r->deff_before),
		"deff_after", json_number(r->deff_after), "g_low", json_number(r->g_low), "g_high",
		json_number(r->g_high), "sum", json_number(r->sum), "trimmed",
		json_number(r->trimmed), "cap", json_number(r->cap), "rounds", r->rounds);
}

/* One weight per row of the file; a row that was repeated has one, a row of frequency 0 none. */
int
op_weights(json_t *result, const struct plan_work *w, const json_t *request, struct err *err)
{
	const double *weight = sample_weights(w->sample->sample);
	size_t rows = frame_rows(w->data->frame);
	double *out = pool_array(w->pool, rows + 1, sizeof(*out));

	(void)request;
	(void)err;
	for (size_t i = 0; i < rows; i++)
		out[i] = NAN;
	for (size_t i = 0; i < w->data->n; i++)
		out[plan_data_row(w->data, i)] = weight[i];
	json_object_set_new(result, "weights", say_numbers(out, rows));
	if (w->sample->calibrated)
		json_object_set_new(result, "calibration", say_report(&w->sample->report));
	return 0;
}

/* ---- means, totals, ratios ---- */

static int
estimate_table(struct table *t, const struct plan_work *w, struct plan_ask *a, void *ctx,
	struct err *err)
{
	(void)ctx;
	return sample_estimate(t, w->sample->sample, &a->ask, w->pool, err);
}

static int
columns_table(struct table *t, json_t *result, const struct plan_work *w, const json_t *request,
	enum sample_statistic statistic, struct err *err)
{
	struct column *column;
	struct plan_ask a;
	int rc;

	if ((rc = plan_ask_read_many(&a, w, request, err)) != 0 ||
			(rc = plan_columns(&column, &a.ask.ofs, w, request, "of", err)) != 0)
		return rc;
	a.ask.statistic = statistic;
	a.ask.of = column;
	if (!a.interval)
		a.ask.interval = INTERVAL_WALD;
	return plan_each_choice(result, t, w, &a, estimate_table, NULL, err);
}

int
table_mean(struct table *t, json_t *result, const struct plan_work *w, const json_t *request,
	struct err *err)
{
	return columns_table(t, result, w, request, SAMPLE_MEAN, err);
}

int
table_total(struct table *t, json_t *result, const struct plan_work *w, const json_t *request,
	struct err *err)
{
	return columns_table(t, result, w, request, SAMPLE_TOTAL, err);
}

int
table_ratio(struct table *t, json_t *result, const struct plan_work *w, const json_t *request,
	struct err *err)
{
	struct column *num, *den;
	struct plan_ask a;
	size_t dens;
	int rc;

	if ((rc = plan_ask_read_many(&a, w, request, err)) != 0 ||
			(rc = plan_columns(&num, &a.ask.ofs, w, request, "num", err)) != 0 ||
			(rc = plan_columns(&den, &dens, w, request, "den", err)) != 0)
		return rc;
	if (dens != a.ask.ofs)
		return fault_set(err, FAULT_INPUT, "分子有 %zu 个，分母有 %zu 个",
			"there are %zu numerators and %zu denominators", a.ask.ofs, dens);
	a.ask.statistic = SAMPLE_RATIO;
	a.ask.of = num;
	a.ask.den = den;
	return plan_each_choice(result, t, w, &a, estimate_table, NULL, err);
}

/* ---- shares ---- */

static int
share_columns(struct column **column, size_t *n, const struct plan_work *w, const json_t *request,
	struct err *err)
{
	const char *const *name = NULL;
	int rc;

	*n = 0;
	if (read_required(request, "of", err) != 0 || read_required(request, "is", err) != 0 ||
			read_texts(&name, n, request, "of", w->pool, err) != 0)
		return FAULT_INPUT;
	*column = pool_array(w->pool, *n + 1, sizeof(**column));
	for (size_t k = 0; k < *n; k++) {
		if ((rc = plan_value_share(&(*column)[k], w->data, name[k] != NULL ? name[k] : "",
				json_object_get(request, "is"), err)) != 0)
			return rc;
	}
	return 0;
}

int
table_share(struct table *t, json_t *result, const struct plan_work *w, const json_t *request,
	struct err *err)
{
	struct column *column;
	struct plan_ask a;
	int rc;

	if ((rc = plan_ask_read_many(&a, w, request, err)) != 0 ||
			(rc = share_columns(&column, &a.ask.ofs, w, request, err)) != 0)
		return rc;
	a.ask.of = column;
	return plan_each_choice(result, t, w, &a, estimate_table, NULL, err);
}

/* ---- quantiles ---- */

static int
quantile_rule_read(enum quantile_rule *rule, const json_t *request, struct err *err)
{
	const char *name = "math";

	if (read_text(&name, request, "rule", err) != 0)
		return FAULT_INPUT;
	if (quantile_parse(rule, name) != 0)
		return fault_set(err, FAULT_INPUT,
			"“rule” 不能是 “%s”，只能是 math、school、hf1、hf2、hf4 至 hf9",
			"\"rule\" cannot be \"%s\", only math, school, hf1, hf2, hf4 to hf9", name);
	return 0;
}

/* What is asked of every column. */
struct quantiles {
	const struct column *column;	/* column[n] */
	size_t n;
	const double *p;		/* p[ps] */
	size_t ps;
	enum quantile_rule rule;
};

static int
quantile_table(struct table *t, const struct plan_work *w, struct plan_ask *a, void *ctx,
	struct err *err)
{
	const struct quantiles *ask = ctx;
	struct table *part = pool_array(w->pool, ask->n + 1, sizeof(*part));
	int rc;

	a->ask.ofs = 1;
	for (size_t i = 0; i < ask->n; i++) {
		a->ask.of = &ask->column[i];
		if ((rc = sample_quantile(&part[i], w->sample->sample, &a->ask, ask->p, ask->ps,
				ask->rule, w->pool, err)) != 0)
			return rc;
	}
	return plan_stack(t, part, ask->n, w->pool, err);
}

int
op_quantile(json_t *result, const struct plan_work *w, const json_t *request, struct err *err)
{
	struct column *column;
	struct quantiles ask = { .ps = 0 };
	struct plan_ask a;
	struct table all;
	int rc;

	if (read_required(request, "p", err) != 0 ||
			read_numbers(&ask.p, &ask.ps, request, "p", w->pool, err) != 0 ||
			quantile_rule_read(&ask.rule, request, err) != 0)
		return FAULT_INPUT;
	if ((rc = plan_ask_read_many(&a, w, request, err)) != 0 ||
			(rc = plan_columns(&column, &ask.n, w, request, "of", err)) != 0)
		return rc;
	if (ask.n == 0)
		return fault_set(err, FAULT_INPUT, "没有指定要估计的题目",
			"nothing to estimate was named");
	ask.column = column;
	if ((rc = plan_each_choice(result, &all, w, &a, quantile_table, &ask, err)) != 0)
		return rc;
	say_table(result, &all);
	return 0;
}

/* ---- indices ---- */

int
plan_scale(double *lo, double *hi, const json_t *request, struct pool *pool, struct err *err)
{
	const double *scale = NULL;
	size_t n = 0;

	if (read_required(request, "scale", err) != 0 ||
			read_numbers(&scale, &n, request, "scale", pool, err) != 0)
		return FAULT_INPUT;
	if (n != 2 || !(scale[0] < scale[1]))
		return fault_set(err, FAULT_INPUT, "“scale” 应为 [下限, 上限]，如 [1, 10]",
			"\"scale\" should be [low, high], as [1, 10]");
	*lo = scale[0];
	*hi = scale[1];
	return 0;
}

/* Can no code be off the scale?  Of a coded column, without asking row by row. */
static bool
codes_within(const struct column *x, double lo, double hi)
{
	for (size_t c = 0; x->code != NULL && c < COLUMN_CODES; c++)
		if (x->part[c] != COLUMN_MISSING && (x->part[c] < lo || x->part[c] > hi))
			return false;
	return x->code != NULL;
}

/* An answer off the scale is a code nobody declared, not a missing answer. */
static int
scale_check(const char *item, const struct plan_work *w, const struct column *x, double lo,
	double hi, struct err *err)
{
	for (size_t i = 0; !codes_within(x, lo, hi) && i < w->data->n; i++)
		if (column_at(x, i) < lo || column_at(x, i) > hi)
			return fault_set(err, FAULT_INPUT,
				"%s 列（第 %zu 行）：%g 不在 %g 至 %g 之间；"
				"若为特殊编码，请写入 codes",
				"column %s, line %zu: %g is not within %g to %g;"
				" a special code belongs into \"codes\"", item,
				frame_line(w->data->frame, plan_data_row(w->data, i)),
				column_at(x, i), lo, hi);
	return 0;
}

int
plan_index_read(struct plan_index *index, const struct plan_work *w, const json_t *request,
	struct err *err)
{
	const json_t *of;
	struct column x;
	const char *key;
	json_t *value;
	double lo, hi;
	int rc;

	if (read_required(request, "of", err) != 0 || read_object(&of, request, "of", err) != 0 ||
			plan_scale(&lo, &hi, request, w->pool, err) != 0)
		return FAULT_INPUT;
	index->n = 0;
	index->item = pool_array(w->pool, json_object_size(of) + 1, sizeof(*index->item));
	index->weight = pool_array(w->pool, json_object_size(of) + 1, sizeof(*index->weight));
	json_object_foreach((json_t *)of, key, value) {
		if (!json_is_number(value))
			return fault_set(err, FAULT_INPUT, "指数中 %s 的权数不是数",
				"index: the weight of %s is not a number", key);
		if ((rc = plan_data_item(&x, w->data, key, err)) != 0 ||
				(rc = scale_check(key, w, &x, lo, hi, err)) != 0)
			return rc;
		index->item[index->n] = column_points(&x, w->data->n, lo, hi, w->pool);
		index->weight[index->n++] = json_number_value(value);
	}
	return 0;
}

static int
index_table(struct table *t, const struct plan_work *w, struct plan_ask *a, void *ctx,
	struct err *err)
{
	const struct plan_index *index = ctx;

	return sample_index(t, w->sample->sample, &a->ask, index->weight, "index", w->pool, err);
}

int
table_index(struct table *t, json_t *result, const struct plan_work *w, const json_t *request,
	struct err *err)
{
	struct plan_index index;
	struct plan_ask a;
	int rc;

	if ((rc = plan_ask_read_many(&a, w, request, err)) != 0 ||
			(rc = plan_index_read(&index, w, request, err)) != 0)
		return rc;
	a.ask.of = index.item;
	a.ask.ofs = index.n;
	return plan_each_choice(result, t, w, &a, index_table, &index, err);
}
