/* A figure as rows with their covariance, without the limits of size. */
#include <string.h>

#include "figure/figures_in.h"
#include "stats/fault.h"

int
figures_table(struct table *table, double **a, struct figures *f, const struct figures_ask *ask,
	const struct scores_figure *figure, enum stream stream, struct pool *pool)
{
	struct one o = { .f = f, .ask = ask, .stream = stream, .temp = pool, .pool = pool };
	struct err err = { 0 };
	int left_out;

	if (!one_open(&o) || o.survey == NULL || o.fault != NULL)
		return -1;
	return one_city(table, a, &left_out, &o, figure, &err) != 0 ? -1 : 0;
}

/* Rows of t combined: a[k * t->rows] are the coefficients of row k of out. */
static void
combine_covariance(struct table *out, const struct table *t, const double a[], struct pool *pool)
{
	size_t n = t->rows, k = out->rows;
	double *half = pool_array(pool, k * n + 1, sizeof(*half)), *total;

	out->cov = pool_array(pool, k * k + 1, sizeof(*out->cov));
	for (size_t i = 0; i < k; i++)
		for (size_t p = 0; p < n; p++)
			for (size_t q = 0; a[i * n + p] != 0 && q < n; q++)
				half[i * n + q] += a[i * n + p] * t->cov[p * n + q];
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < k; j++)
			for (size_t q = 0; q < n; q++)
				if (a[j * n + q] != 0)
					out->cov[i * k + j] += half[i * n + q] * a[j * n + q];
	if (t->total == NULL)
		return;
	total = pool_array(pool, t->design->psus * k + 1, sizeof(*total));
	for (size_t p = 0; p < t->design->psus; p++)
		for (size_t i = 0; i < k; i++)
			for (size_t q = 0; q < n; q++)
				if (a[i * n + q] != 0)
					total[p * k + i] += a[i * n + q] * t->total[p * n + q];
	out->design = t->design;
	out->total = total;
}

static struct table_row
figure_row(const struct one *o, const struct table *t, const double a[],
	const struct scores_figure *figure, const char *extra)
{
	struct table_row row = table_combine(t, a, figure->name, figure->share ? 1 : 100,
		one_interval(figure), o->pool);

	row.estimate.method = pool_fmt(o->pool, "%s%s%s", row.estimate.method == NULL ? "" :
		row.estimate.method, extra, o->stream == STREAM_OPEN ? ", model-based" : "");
	return row;
}

static int
rows_city(struct table *out, const struct one *o, const struct scores_figure *figure,
	struct err *err)
{
	struct table t;
	int left_out, rc;
	double *a;

	if ((rc = one_city(&t, &a, &left_out, o, figure, err)) != 0)
		return rc;
	*out = (struct table){ .df = t.df, .level = t.level, .rows = 1 };
	out->row = pool_take(o->pool, sizeof(*out->row));
	out->row[0] = figure_row(o, &t, a, figure,
		figure->by_sector ? one_sectors(o, a, &t, left_out) : "");
	combine_covariance(out, &t, a, o->pool);
	return 0;
}

static int
rows_domains(struct table *out, const struct one *o, const struct scores_figure *figure,
	struct err *err)
{
	struct one_scores scores;
	struct table t;
	size_t k;
	double *a;
	int rc;

	one_scores(&scores, figure, 1, o->temp);
	rc = one_estimate(&t, o, &scores, one_interval(figure), o->ask->by, false, err);
	if (rc != 0)
		return rc;
	k = t.rows / figure->parts;
	a = pool_array(o->pool, k * t.rows + 1, sizeof(*a));
	*out = (struct table){ .df = t.df, .level = t.level, .rows = k, .by = t.by, .bys = t.bys };
	out->row = pool_array(o->pool, k + 1, sizeof(*out->row));
	for (size_t i = 0; i < k; i++) {
		for (size_t p = 0; p < figure->parts; p++)
			a[i * t.rows + i * figure->parts + p] = figure->weight[p];
		out->row[i] = figure_row(o, &t, a + i * t.rows, figure, "");
		out->row[i].by = t.row[i * figure->parts].by;
	}
	combine_covariance(out, &t, a, o->pool);
	return 0;
}

int
figures_rows(struct table *out, struct figures *f, const struct figures_ask *ask,
	const struct scores_figure *figure, enum stream stream, struct pool *pool, struct err *err)
{
	struct one o = { .f = f, .ask = ask, .stream = stream, .temp = pool, .pool = pool };

	if (!one_open(&o))
		return fault_set(err, FAULT_EMPTY_DOMAIN, "这一轮没有 %s 答卷",
			"this wave has no answers of the %s stream", stream_name(stream));
	if (o.survey == NULL) {
		*err = o.err;
		return FAULT_NUMERIC;
	}
	return ask->by[0] == '\0' ? rows_city(out, &o, figure, err) :
		rows_domains(out, &o, figure, err);
}
