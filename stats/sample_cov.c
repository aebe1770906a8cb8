/* Covariance of a sample's estimates from linearised rows, stage by stage. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/fault.h"
#include "stats/linear.h"
#include "stats/sample_in.h"

void
sample_domains(struct domains *d, const struct sample *s, const struct factor *const by[], size_t bys,
	const bool where[], struct pool *pool)
{
	struct factor cross;
	size_t *of, *count, i, next = 0, l;
	const char *const **part;

	factor_cross(&cross, &d->part, by, bys, s->n, pool);
	d->subset = where != NULL;
	d->n = cross.levels;
	d->of = cross.of;
	if (where == NULL)
		return;
	/* Only combinations that occur among the rows asked for. */
	of = pool_array(pool, s->n + 1, sizeof(*of));
	count = pool_array(pool, cross.levels + 1, sizeof(*count));
	part = pool_array(pool, cross.levels + 1, sizeof(*part));
	for (i = 0; i < s->n; i++)
		if (where[i] && cross.of[i] != FACTOR_NONE)
			count[cross.of[i]] = 1;
	for (l = 0; l < cross.levels; l++)
		if (count[l] != 0) {
			part[next] = d->part[l];
			count[l] = ++next;
		}
	for (i = 0; i < s->n; i++)
		of[i] = where[i] && cross.of[i] != FACTOR_NONE ? count[cross.of[i]] - 1 : FACTOR_NONE;
	d->n = next;
	d->of = of;
	d->part = (const char *const *const *)part;
}

/* ---- calibration ---- */

/* Regression of the linearised rows on the auxiliaries. */
struct residuals {
	const struct calibration *c;
	double *slope;		/* slope[c->k * k] */
	size_t k;
};

/* Entry e of a row: which auxiliary and its value. */
static inline size_t
entry_index(const struct calibration *c, size_t row, size_t e)
{
	return c->index == NULL ? e : c->index[row * c->entries + e];
}

static inline double
entry_value(const struct calibration *c, size_t row, size_t e)
{
	return c->x == NULL ? 1 : c->x[row * c->k + e];
}

static double
row_spread(const struct calibration *c, size_t row)
{
	return c->spread == NULL ? 1 : c->spread[row];
}

static void
normal_matrix(double a[], const struct calibration *c, size_t n)
{
	size_t i, e, f;

	memset(a, 0, c->k * c->k * sizeof(*a));
	for (i = 0; i < n; i++)
		for (e = 0; e < c->entries; e++)
			for (f = 0; f < c->entries; f++)
				a[entry_index(c, i, e) * c->k + entry_index(c, i, f)] += c->base[i] /
				    row_spread(c, i) * entry_value(c, i, e) * entry_value(c, i, f);
}

/* What the slopes so far leave of row i's column p on the scale of u / g. */
static double
row_left(const struct residuals *r, const struct linear_rows *rows, size_t i, size_t p, size_t j)
{
	const struct calibration *c = r->c;
	double fit = 0;
	size_t e;

	for (e = 0; e < c->entries; e++)
		fit += entry_value(c, i, e) * r->slope[entry_index(c, i, e) * r->k + p];
	return (rows->domains->of[i] == p / rows->items && c->g[i] != 0 ? rows->u[i * rows->items + j] / c->g[i] : 0) -
	    c->base[i] * fit;
}

static void
right_side(double b[], const struct residuals *r, const struct linear_rows *rows, size_t n, bool first)
{
	const struct calibration *c = r->c;
	size_t i, e, p, from, to;
	double left;

	memset(b, 0, c->k * r->k * sizeof(*b));
	for (i = 0; i < n; i++) {
		from = first && rows->domains->of[i] != FACTOR_NONE ? rows->domains->of[i] * rows->items : 0;
		to = !first ? r->k : rows->domains->of[i] == FACTOR_NONE ? 0 : from + rows->items;
		for (p = from; p < to; p++) {
			left = row_left(r, rows, i, p, p % rows->items) / row_spread(c, i);
			for (e = 0; e < c->entries; e++)
				b[entry_index(c, i, e) * r->k + p] += left * entry_value(c, i, e);
		}
	}
}

/* Design-weighted regression of the linearised variables; dense auxiliaries get one refinement. */
static void
calibration_regress(struct residuals *r, const struct calibration *c, const struct linear_rows *rows,
	size_t n, struct pool *pool)
{
	double *a = pool_array(pool, c->k * c->k + 1, sizeof(*a)), *b;
	size_t i, turn;

	r->c = c;
	r->k = rows->domains->n * rows->items;
	r->slope = pool_array(pool, c->k * r->k + 1, sizeof(*r->slope));
	b = pool_array(pool, c->k * r->k + 1, sizeof(*b));
	for (turn = 0; turn < (c->x == NULL ? 1 : 2); turn++) {
		normal_matrix(a, c, n);
		right_side(b, r, rows, n, turn == 0);
		linear_solve(a, c->k, b, r->k);
		for (i = 0; i < c->k * r->k; i++)
			r->slope[i] += b[i];
	}
}

/* Totals of the weighted auxiliaries by unit. */
static double *
auxiliary_totals(const struct calibration *c, const size_t unit[], size_t n, size_t units, struct pool *pool)
{
	double *x = pool_array(pool, units * c->k + 1, sizeof(*x));
	size_t i, e;

	for (i = 0; i < n; i++)
		for (e = 0; e < c->entries; e++)
			x[unit[i] * c->k + entry_index(c, i, e)] += c->base[i] * c->g[i] * entry_value(c, i, e);
	return x;
}

static void
calibration_residual(const struct residuals *r, double total[], const size_t unit[], size_t n, size_t units,
	struct pool *pool)
{
	const struct calibration *c = r->c;
	double *x = auxiliary_totals(c, unit, n, units, pool);
	size_t e, p, u;

	for (u = 0; u < units; u++)
		for (e = 0; e < c->k; e++)
			for (p = 0; x[u * c->k + e] != 0 && p < r->k; p++)
				total[u * r->k + p] -= x[u * c->k + e] * r->slope[e * r->k + p];
}

#define DENSE_MAX ((size_t)1 << 26)	/* numbers in the table of unit totals; beyond, domain by domain */

/* ---- one stage ---- */

struct stage_work {
	const struct sample *s;
	const struct linear_rows *rows;
	const struct residuals *residuals;	/* NULL: not calibrated */
	size_t k;
	bool within;
	double *cov;
	int *fault;
	struct pool *pool;
};

static double *
stage_totals(const struct stage_work *w, size_t stage)
{
	const struct linear_rows *r = w->rows;
	size_t units = w->s->stage[stage].psus, i, j, d;
	double *total = pool_array(w->pool, units * w->k + 1, sizeof(*total));

	for (i = 0; i < w->s->n; i++) {
		d = r->domains->of[i];
		for (j = 0; d != FACTOR_NONE && j < r->items; j++)
			total[w->s->unit[stage][i] * w->k + d * r->items + j] += r->u[i * r->items + j];
	}
	if (w->residuals != NULL)
		calibration_residual(w->residuals, total, w->s->unit[stage], w->s->n, units, w->pool);
	return total;
}

static bool
lonely(const struct design *d, size_t h)
{
	return d->first[h + 1] - d->first[h] == 1 && (d->fraction == NULL || d->fraction[h] < 1 - 1e-7) &&
	    (d->scale == NULL || d->scale[h] > 0);
}

/* Under policy fail, columns that meet a lonely unit are at fault; the others do as if it were not there. */
static void
stage_faults(const struct stage_work *w, size_t stage)
{
	const struct sample *s = w->s;
	const struct design *d = &s->stage[stage];
	const struct linear_rows *r = w->rows;
	int fault = stage == 0 && d->psus == 1 ? FAULT_ONE_PSU : FAULT_LONELY_PSU;
	size_t i, j, p;

	for (i = 0; i < s->n; i++) {
		if (!lonely(d, s->stratum[stage][s->unit[stage][i]]))
			continue;
		if (w->residuals != NULL)
			for (p = 0; p < w->k; p++)
				w->fault[p] = fault;
		for (j = 0; r->domains->of[i] != FACTOR_NONE && j < r->items; j++)
			if (r->member[i * r->items + j])
				w->fault[r->domains->of[i] * r->items + j] = fault;
	}
}

/* ---- one domain at a time: only the units it touches are ever looked at ---- */

struct block {
	size_t items;
	size_t units;		/* touched, in order of stratum */
	size_t *unit;		/* unit[units] */
	double *total;		/* total[units * items] */
	bool *member;		/* member[units * items]: a row that counts for the item */
	double *mean, *spread, *far, *centre;
	double *auxiliary;	/* auxiliary[units * c->k] of all units; NULL: not calibrated */
};

static int
by_index(const void *x, const void *y)
{
	size_t a = *(const size_t *)x, b = *(const size_t *)y;

	return a < b ? -1 : a > b;
}

/* Rows of every domain, one list after the other: row[first[d]] .. row[first[d + 1] - 1]. */
static size_t *
rows_by_domain(const struct stage_work *w, size_t first[])
{
	const struct domains *d = w->rows->domains;
	size_t *row = pool_array(w->pool, w->s->n + 1, sizeof(*row)), i, k, next = 0;

	for (i = 0; i < w->s->n; i++)
		if (d->of[i] != FACTOR_NONE)
			first[d->of[i] + 1]++;
	for (k = 0; k < d->n; k++)
		first[k + 1] += first[k];
	for (i = 0; i < w->s->n; i++)
		if (d->of[i] != FACTOR_NONE) {
			row[first[d->of[i]]++] = i;
			next++;
		}
	for (k = d->n; k > 0; k--)
		first[k] = first[k - 1];
	first[0] = 0;
	return row;
}

/* Which units the domain's rows are in; all of them where calibration reaches everywhere. */
static void
block_units(struct block *b, const struct stage_work *w, size_t stage, const size_t row[], size_t n)
{
	size_t i, last = FACTOR_NONE;

	b->units = 0;
	if (w->residuals != NULL) {
		for (i = 0; i < w->s->stage[stage].psus; i++)
			b->unit[b->units++] = i;
		return;
	}
	for (i = 0; i < n; i++)
		b->unit[i] = w->s->unit[stage][row[i]];
	qsort(b->unit, n, sizeof(*b->unit), by_index);
	for (i = 0; i < n; i++)
		if (b->unit[i] != last)
			last = b->unit[b->units++] = b->unit[i];
}

/* A unit's totals less what calibration explains of them, for the block's columns. */
static void
block_residual(struct block *b, const struct stage_work *w, size_t domain)
{
	const struct residuals *r = w->residuals;
	size_t u, e, j;

	for (u = 0; u < b->units; u++)
		for (e = 0; e < r->c->k; e++) {
			double x = b->auxiliary[u * r->c->k + e];
			const double *at = r->slope + e * w->k + domain * b->items;

			for (j = 0; x != 0 && j < b->items; j++)
				b->total[u * b->items + j] -= x * at[j];
		}
}

static void
block_totals(struct block *b, const struct stage_work *w, size_t stage, size_t domain, const size_t row[], size_t n)
{
	const struct linear_rows *r = w->rows;
	size_t i, j, *at;

	memset(b->total, 0, b->units * b->items * sizeof(*b->total));
	memset(b->member, 0, b->units * b->items * sizeof(*b->member));
	for (i = 0; i < n; i++) {
		at = bsearch(&w->s->unit[stage][row[i]], b->unit, b->units, sizeof(*b->unit), by_index);
		for (j = 0; j < b->items; j++) {
			b->total[(size_t)(at - b->unit) * b->items + j] += r->u[row[i] * b->items + j];
			b->member[(size_t)(at - b->unit) * b->items + j] |= r->member[row[i] * b->items + j];
		}
	}
	if (w->residuals != NULL)
		block_residual(b, w, domain);
}

/* Sums of products of touched units about a centre; each untouched one of the stratum adds the centre itself. */
static void
block_products(double out[], const struct block *b, size_t from, size_t to, double untouched, const double centre[])
{
	size_t k = b->items, i, j, l;

	for (j = 0; j < k; j++)
		for (l = 0; l <= j; l++)
			out[j * k + l] = untouched * centre[j] * centre[l];
	for (i = from; i < to; i++)
		for (j = 0; j < k; j++) {
			double x = b->total[i * k + j] - centre[j];

			for (l = 0; l <= j; l++)
				out[j * k + l] += x * (b->total[i * k + l] - centre[l]);
		}
	for (j = 0; j < k; j++)
		for (l = 0; l < j; l++)
			out[l * k + j] = out[j * k + l];
}

static void
block_mean(double mean[], const struct block *b, size_t from, size_t to, double n)
{
	size_t i, j;

	memset(mean, 0, b->items * sizeof(*mean));
	for (i = from; i < to; i++)
		for (j = 0; j < b->items; j++)
			mean[j] += b->total[i * b->items + j] / n;
}

/* item: whose members count for the lonely policies; items: everyone. */
static void
block_covariance(const struct block *b, const struct stage_work *w, size_t stage, const struct design *d, size_t item,
	double cov[])
{
	struct design_sum sum;
	size_t from, to, h, i, members;
	double n;

	block_mean(b->centre, b, 0, b->units, (double)d->psus);
	design_begin(&sum, d, cov, b->items, b->centre);
	for (from = 0; from < b->units; from = to) {
		h = w->s->stratum[stage][b->unit[from]];
		for (to = from, members = 0; to < b->units && w->s->stratum[stage][b->unit[to]] == h; to++)
			members += item == b->items || b->member[to * b->items + item];
		n = (double)(d->first[h + 1] - d->first[h]);
		block_mean(b->mean, b, from, to, n);
		block_products(b->spread, b, from, to, n - (double)(to - from), b->mean);
		if (d->lonely == DESIGN_ADJUST && (n == 1 || members == 1))
			block_products(b->far, b, from, to, n - (double)(to - from), b->centre);
		design_add(&sum, h, b->spread, b->far, members);
	}
	design_end(&sum, NULL);
	for (i = 0; i < b->items * b->items && b->units == 0; i++)
		cov[i] = 0;
}

static void
block_take(struct block *b, const struct stage_work *w, size_t most)
{
	size_t k = b->items = w->rows->items;

	b->unit = pool_array(w->pool, most + 1, sizeof(*b->unit));
	b->total = pool_array(w->pool, most * k + 1, sizeof(*b->total));
	b->member = pool_array(w->pool, most * k + 1, sizeof(*b->member));
	b->mean = pool_array(w->pool, k + 1, sizeof(*b->mean));
	b->centre = pool_array(w->pool, k + 1, sizeof(*b->centre));
	b->spread = pool_array(w->pool, k * k + 1, sizeof(*b->spread));
	b->far = pool_array(w->pool, k * k + 1, sizeof(*b->far));
}

/*
 * Each domain's own block of cov[].  own: the lonely policy looks at the
 * strata a column's own members are in, column by column.
 */
static void
stage_blocks(const struct stage_work *w, const struct design *d, size_t stage, bool own, double cov[])
{
	size_t items = w->rows->items, k = w->k, domain, a, c, most = 0, n;
	size_t *first = pool_array(w->pool, w->rows->domains->n + 2, sizeof(*first)), *row = rows_by_domain(w, first);
	double *block = pool_array(w->pool, items * items + 1, sizeof(*block));
	struct block b;

	for (domain = 0; domain < w->rows->domains->n; domain++)
		most = first[domain + 1] - first[domain] > most ? first[domain + 1] - first[domain] : most;
	block_take(&b, w, w->residuals != NULL ? d->psus : most);
	b.auxiliary = w->residuals == NULL ? NULL :
	    auxiliary_totals(w->residuals->c, w->s->unit[stage], w->s->n, d->psus, w->pool);
	for (domain = 0; domain < w->rows->domains->n; domain++) {
		n = first[domain + 1] - first[domain];
		block_units(&b, w, stage, row + first[domain], n);
		block_totals(&b, w, stage, domain, row + first[domain], n);
		for (a = 0; a < items; a++) {
			if (own || a == 0)
				block_covariance(&b, w, stage, d, own ? a : items, block);
			for (c = 0; c < items; c++)
				cov[(domain * items + a) * k + domain * items + c] = block[a * items + c];
		}
	}
}

/* ---- a stage ---- */

static void
stage_covariance(const struct stage_work *w, size_t stage)
{
	struct design d = w->s->stage[stage];
	double *cov = pool_array(w->pool, w->k * w->k + 1, sizeof(*cov));
	bool own = w->residuals == NULL && (d.lonely == DESIGN_AVERAGE || (d.domain_lonely && d.lonely == DESIGN_ADJUST));
	size_t i;

	if (d.lonely == DESIGN_FAIL) {
		stage_faults(w, stage);
		d.lonely = DESIGN_CERTAINTY;
	}
	if (!w->within)
		design_covariance(&d, cov, stage_totals(w, stage), w->k, NULL, NULL);
	if (w->within || own)
		stage_blocks(w, &d, stage, own, cov);
	for (i = 0; i < w->k * w->k; i++)
		w->cov[i] += cov[i];
}

/* Does a later stage add anything?  Not where the earlier ones were with replacement. */
static bool
stage_counts(const struct design *d)
{
	size_t h;

	for (h = 0; d->scale != NULL && h < d->strata; h++)
		if (d->scale[h] > 0)
			return true;
	return d->scale == NULL;
}

void
sample_covariance(const struct sample *s, const struct linear_rows *rows, double cov[], int fault[])
{
	struct pool scratch = POOL_INIT;
	struct residuals residuals;
	struct stage_work w = { s, rows, NULL, rows->domains->n * rows->items, rows->within, cov, fault, &scratch };
	size_t stage, p, q;

	memset(cov, 0, w.k * w.k * sizeof(*cov));
	memset(fault, 0, w.k * sizeof(*fault));
	if (s->calibration != NULL) {
		calibration_regress(&residuals, s->calibration, rows, s->n, &scratch);
		w.residuals = &residuals;
	}
	for (stage = 0; stage < s->stages; stage++)
		w.within = w.within || s->stage[stage].psus > DENSE_MAX / (w.k + 1);
	for (stage = 0; stage < s->stages; stage++)
		if (stage_counts(&s->stage[stage]))
			stage_covariance(&w, stage);
	for (p = 0; w.within && p < w.k; p++)
		for (q = 0; q < w.k; q++)
			if (p / rows->items != q / rows->items)
				cov[p * w.k + q] = NAN;
	for (p = 0; p < w.k; p++)
		for (q = 0; fault[p] != 0 && q < w.k; q++)
			cov[p * w.k + q] = cov[q * w.k + p] = NAN;
	pool_clear(&scratch);
}
