/* Labelled estimates with their covariance, combined and joined. */
#include "stats/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "stats/design.h"
#include "stats/fault.h"

/*
 * Has this kind an interval where everyone is at one end of the scale?  That of a share of none or
 * all; on a longer scale it is the bound for those not at that end, were they all at the other.
 */
static bool
exact_when_alike(const struct table_row *row, enum interval interval)
{
	double p = row->estimate.value / row->upper;

	if (isnan(p) || (fabs(p) > 1e-14 && fabs(1 - p) > 1e-14))
		return false;
	return interval == INTERVAL_DEFAULT || interval == INTERVAL_BETA ||
		interval == INTERVAL_BETA_CAPPED || interval == INTERVAL_WILSON ||
		interval == INTERVAL_KORN;
}

/* One sampling unit, or a stratum of one: the value is as good as any, its error is undefined. */
static bool
unseen(int fault)
{
	return fault == FAULT_LONELY_DOMAIN || fault == FAULT_LONELY_PSU || fault == FAULT_ONE_PSU;
}

static void
row_without_error(struct table_row *row, double df, double level)
{
	struct estimate *e = &row->estimate;

	e->df = df;
	e->level = level;
	e->se = e->low = e->high = e->deff = e->n_eff = NAN;
	e->kish = fmin(row->kish, e->n);
}

void
table_row_finish(struct table_row *row, double variance, double srs, double df, double level,
	enum interval interval)
{
	struct estimate *e = &row->estimate;
	struct span s;

	if (unseen(row->span_fault)) {
		row_without_error(row, df, level);
		return;
	}
	e->se = variance > 0 ? sqrt(variance) : variance == 0 || variance < 0 ? 0 : NAN;
	if (row->alike)
		e->se = 0;
	e->df = df;
	e->level = level;
	e->deff = srs > 0 && !row->alike ? e->se * e->se / srs : NAN;
	e->n_eff = e->deff > 0 ? fmin(e->n, e->n / e->deff) : NAN;
	e->kish = fmin(row->kish, e->n);
	s = interval_of(interval, e->value, e->se, df,
		row->alike && row->kish < e->n ? row->kish : e->n, level, row->upper);
	if (row->alike && !exact_when_alike(row, interval)) {
		row->span_fault = FAULT_ALIKE;
		s.low = s.high = NAN;
	}
	/* Nothing was left to chance: no degrees of freedom are needed. */
	if (e->se == 0 && !row->alike && !(df > 0))
		s.low = s.high = e->value;
	if (row->alike)
		e->se = NAN;
	e->low = s.low;
	e->high = s.high;
}

const char *
table_row_label(const struct table_row *row, size_t bys, struct pool *pool)
{
	const char *label = row->of;

	for (size_t i = 0; i < bys && row->by != NULL; i++)
		label = pool_fmt(pool, "%s%s%s", label,
			i > 0 ? " " : LANG_PICK("，", ", "), row->by[i]);
	return label;
}

/* No more units than strata: each stratum shows one value, and nothing of how values spread. */
static void
row_without_freedom(struct table_row *row, size_t bys, struct pool *pool)
{
	struct err *err = pool_take(pool, sizeof(*err));

	row->span_fault =
		fault_set(err, FAULT_TOO_FEW, "%s：抽样单元不比层多，自由度为 0，给不出区间",
		"%s: no more sampling units than strata, so 0 degrees of freedom and no interval",
		table_row_label(row, bys, pool));
	row->err = err;
}

void
table_row_explain(struct table_row *row, size_t bys, struct pool *pool)
{
	struct err *err;

	if (row->fault == 0 && row->span_fault == 0 && !(row->estimate.df > 0) &&
			isnan(row->estimate.low))
		row_without_freedom(row, bys, pool);
	if (row->alike && row->fault == 0 && row->span_fault == 0)
		row->estimate.method = "exact Clopper-Pearson on effective n, all answers alike";
	if (row->span_fault != FAULT_ALIKE)
		return;
	err = pool_take(pool, sizeof(*err));
	err_set(err, fault_code(row->span_fault), "%s：结果全部相同，误差无从估计，不给区间",
		"%s: all results are alike, so no error can be estimated and there is no interval",
		table_row_label(row, bys, pool));
	row->err = err;
}

void
table_row_unseen(struct table_row *row, int fault, const struct err *err, struct pool *pool)
{
	struct err *copy = pool_take(pool, sizeof(*copy));

	*copy = *err;
	row->span_fault = fault;
	row->err = copy;
	row->estimate.method = "no error can be estimated";
}

void
table_row_fail(struct table_row *row, int fault, const struct err *err, struct pool *pool)
{
	struct estimate *e = &row->estimate;
	struct err *copy = pool_take(pool, sizeof(*copy));

	*copy = *err;
	row->fault = fault;
	row->err = copy;
	e->value = e->se = e->low = e->high = e->df = e->n_eff = e->kish = e->deff = NAN;
}

static bool
same_by(const struct table *t, const struct table_row *a, const struct table_row *b)
{
	for (size_t i = 0; i < t->bys; i++)
		if (strcmp(a->by[i], b->by[i]) != 0)
			return false;
	return true;
}

/* Smallest n among parts of the same people, summed over different people. */
static double
combined_n(const struct table *t, const double a[])
{
	double n = 0, least;
	size_t j;

	for (size_t i = 0; i < t->rows; i++) {
		if (a[i] == 0)
			continue;
		for (j = 0; j < i; j++)
			if (a[j] != 0 && same_by(t, &t->row[i], &t->row[j]))
				break;
		if (j < i)
			continue;
		least = t->row[i].estimate.n;
		for (j = i + 1; j < t->rows; j++)
			if (a[j] != 0 && same_by(t, &t->row[i], &t->row[j]))
				least = fmin(least, t->row[j].estimate.n);
		n += least;
	}
	return n;
}

static double
quadratic(const double m[], const double a[], size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; a[i] != 0 && j < n; j++)
			if (a[j] != 0)
				sum += a[i] * a[j] * m[i * n + j];
	return sum;
}

/*
 * Does nothing vary in what is combined?  In a contrast one side without spread is enough: its
 * error is as unknown as if both had none.
 */
static bool
combined_alike(const struct table *t, const double a[])
{
	bool contrast = false, any = false, group;

	for (size_t i = 0; i < t->rows; i++)
		contrast = contrast || a[i] < 0;
	for (size_t i = 0; i < t->rows; i++) {
		if (a[i] == 0)
			continue;
		group = true;
		for (size_t j = 0; j < t->rows; j++)
			if (a[j] != 0 && (!contrast || same_by(t, &t->row[i], &t->row[j])))
				group = group && t->row[j].alike;
		any = any || group;
	}
	return any;
}

struct table_row
table_combine(const struct table *t, const double a[], const char *of, double upper,
	enum interval interval, struct pool *pool)
{
	struct table_row row = { .of = of, .p = NAN, .upper = upper };
	double value = 0, worst = 0, df = INFINITY;
	bool any = false;

	for (size_t i = 0; i < t->rows; i++) {
		const struct table_row *r = &t->row[i];

		if (a[i] == 0)
			continue;
		if (r->fault != 0) {
			row.estimate = r->estimate;
			table_row_fail(&row, r->fault, r->err, pool);
			return row;
		}
		if (!any)
			row.estimate = r->estimate;
		if (unseen(r->span_fault) && row.span_fault == 0)
			table_row_unseen(&row, r->span_fault, r->err, pool);
		any = true;
		value += a[i] * r->estimate.value;
		worst = fmax(worst, r->estimate.n / r->kish);
		df = fmin(df, r->estimate.df);
	}
	row.estimate.value = any ? value : NAN;
	row.estimate.n = combined_n(t, a);
	row.kish = row.estimate.n / worst;
	row.alike = row.span_fault == 0 && combined_alike(t, a);
	table_row_finish(&row, any ? quadratic(t->cov, a, t->rows) : NAN,
		t->srs == NULL ? NAN : quadratic(t->srs, a, t->rows), df, t->level, interval);
	table_row_explain(&row, 0, pool);
	return row;
}

static bool
unanswered(int fault)
{
	return fault == FAULT_EMPTY_DOMAIN || fault == FAULT_ALL_MISSING;
}

int
table_room(size_t groups, size_t each, struct err *err)
{
	return each == 0 || groups <= TABLE_ROWS_MAX / each ? 0 : fault_set(err, FAULT_INPUT,
		"分得太细：%zu 组，每组 %zu 行，一次最多 %d 行；请换一个取值少的分组，或分几次问",
		"too many groups: %zu of %zu rows each, and at most %d rows are answered at once;"
		" group by something with fewer values, or ask in parts", groups, each,
		TABLE_ROWS_MAX);
}

size_t
table_items(const struct table *t)
{
	size_t n = 0;

	while (n < t->rows && same_by(t, &t->row[0], &t->row[n]))
		n++;
	return n;
}

int
table_present(const struct table *t, double a[])
{
	double sum = 0;
	int left_out = 0;

	for (size_t i = 0; i < t->rows; i++) {
		if (a[i] != 0 && unanswered(t->row[i].fault)) {
			a[i] = 0;
			left_out++;
		}
		sum += a[i];
	}
	if (!(sum > 0))
		return -1;
	for (size_t i = 0; i < t->rows; i++)
		a[i] /= sum;
	return left_out;
}

/* ---- several waves as one ---- */

/* One PSU of one part. */
struct join_psu {
	const char *stratum, *psu;
	size_t part, index;
};

static int
join_compare(const void *x, const void *y)
{
	const struct join_psu *a = x, *b = y;
	int c = strcmp(a->stratum, b->stratum);

	return c != 0 ? c : strcmp(a->psu, b->psu);
}

static size_t
join_psus(struct join_psu **list, const struct table *const part[], size_t parts, struct pool *pool)
{
	size_t n = 0;

	for (size_t p = 0; p < parts; p++)
		n += part[p]->design->psus;
	*list = pool_array(pool, n, sizeof(**list));
	n = 0;
	for (size_t p = 0; p < parts; p++) {
		const struct design *d = part[p]->design;

		for (size_t h = 0; h < d->strata; h++)
			for (size_t i = d->first[h]; i < d->first[h + 1]; i++)
				(*list)[n++] = (struct join_psu){ d->stratum[h], d->psu[i], p, i };
	}
	qsort(*list, n, sizeof(**list), join_compare);
	return n;
}

/* The union of the parts' designs, and every row's PSU totals in it. */
static void
join_shared(struct design *d, double **total, const struct table *const part[], size_t parts,
	size_t rows, const size_t at[], struct pool *pool)
{
	struct join_psu *list;
	size_t n = join_psus(&list, part, parts, pool);
	size_t *first = pool_array(pool, n + 1, sizeof(*first));
	const char **stratum = pool_array(pool, n + 1, sizeof(*stratum));
	const char **psu = pool_array(pool, n + 1, sizeof(*psu));

	*d = *part[0]->design;
	d->psus = d->strata = 0;
	d->fraction = NULL;
	d->first = first;
	d->stratum = stratum;
	d->psu = psu;
	*total = pool_array(pool, n * rows + 1, sizeof(**total));
	for (size_t i = 0; i < n; i++) {
		const struct table *t = part[list[i].part];

		if (i == 0 || strcmp(list[i].stratum, list[i - 1].stratum) != 0) {
			first[d->strata] = d->psus;
			stratum[d->strata++] = list[i].stratum;
		}
		if (i == 0 || join_compare(&list[i], &list[i - 1]) != 0)
			psu[d->psus++] = list[i].psu;
		for (size_t j = 0; j < t->rows; j++)
			(*total)[(d->psus - 1) * rows + at[list[i].part] + j] =
				t->total[list[i].index * t->rows + j];
	}
	first[d->strata] = d->psus;
}

static void
block_put(double into[], size_t n, size_t at, const double from[], size_t k)
{
	for (size_t i = 0; i < k; i++)
		memcpy(into + (at + i) * n + at, from + i * k, k * sizeof(*into));
}

static void
join_rows(struct table *out, const struct table *const part[], size_t parts, const size_t at[],
	struct pool *pool)
{
	size_t n = out->rows;
	bool srs = true;

	out->row = pool_array(pool, n + 1, sizeof(*out->row));
	out->cov = pool_array(pool, n * n + 1, sizeof(*out->cov));
	for (size_t p = 0; p < parts; p++) {
		memcpy(out->row + at[p], part[p]->row, part[p]->rows * sizeof(*out->row));
		block_put(out->cov, n, at[p], part[p]->cov, part[p]->rows);
		srs = srs && part[p]->srs != NULL;
	}
	if (!srs)
		return;
	out->srs = pool_array(pool, n * n + 1, sizeof(*out->srs));
	for (size_t p = 0; p < parts; p++)
		block_put(out->srs, n, at[p], part[p]->srs, part[p]->rows);
}

/* Covariances of all rows from the union design: a contrast's variance cannot be negative. */
static int
join_covariance(struct table *out, const struct table *const part[], size_t parts,
	const size_t at[], struct pool *pool, struct err *err)
{
	size_t n = out->rows;
	double *cov = pool_array(pool, n * n + 1, sizeof(*cov)), *total;
	struct design *d = pool_take(pool, sizeof(*d));
	int rc;

	join_shared(d, &total, part, parts, n, at, pool);
	rc = design_covariance(d, cov, total, n, NULL, err);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			if (out->row[i].fault != 0 || out->row[j].fault != 0)
				cov[i * n + j] = NAN;
	out->cov = cov;
	out->design = d;
	out->total = total;
	return 0;
}

int
table_join(struct table *out, const struct table *const part[], size_t parts, bool shared,
	struct pool *pool, struct err *err)
{
	size_t *at = pool_array(pool, parts + 1, sizeof(*at));

	memset(out, 0, sizeof(*out));
	if (parts == 0)
		return fault_set(err, FAULT_INPUT, "没有可以合并的结果",
			"there is nothing to join");
	out->level = part[0]->level;
	out->by = part[0]->by;
	out->bys = part[0]->bys;
	out->df = INFINITY;
	for (size_t p = 0; p < parts; p++) {
		if (part[p]->level != out->level || part[p]->bys != out->bys)
			return fault_set(err, FAULT_INPUT, "合并的结果置信水平或分组不同",
				"joined results differ in level or grouping");
		if (shared &&
				(part[p]->total == NULL || part[p]->design == NULL ||
				part[p]->design->psu == NULL))
			return fault_set(err, FAULT_INPUT, "没有群的样本不能按相同抽样单元合并",
				"samples without clusters cannot share sampling units");
		at[p] = out->rows;
		out->rows += part[p]->rows;
		out->df = fmin(out->df, part[p]->df);
	}
	if (table_room(out->rows, 1, err) != 0)
		return FAULT_INPUT;
	join_rows(out, part, parts, at, pool);
	return shared ? join_covariance(out, part, parts, at, pool, err) : 0;
}
