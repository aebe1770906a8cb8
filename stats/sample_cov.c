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
void
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

void
calibration_residual(const struct residuals *r, double total[], const size_t unit[], size_t n, size_t units)
{
	const struct calibration *c = r->c;
	double *x = calloc(units * c->k + 1, sizeof(*x));
	size_t i, e, p, u;

	if (x == NULL)
		err_die("out of memory");
	for (i = 0; i < n; i++)
		for (e = 0; e < c->entries; e++)
			x[unit[i] * c->k + entry_index(c, i, e)] += c->base[i] * c->g[i] * entry_value(c, i, e);
	for (u = 0; u < units; u++)
		for (e = 0; e < c->k; e++)
			for (p = 0; x[u * c->k + e] != 0 && p < r->k; p++)
				total[u * r->k + p] -= x[u * c->k + e] * r->slope[e * r->k + p];
	free(x);
}

/* ---- one stage ---- */

struct stage_work {
	const struct sample *s;
	const struct linear_rows *rows;
	const struct residuals *residuals;	/* NULL: not calibrated */
	size_t k;
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
		calibration_residual(w->residuals, total, w->s->unit[stage], w->s->n, units);
	return total;
}

/* Units with a counting row of column p. */
static void
stage_members(const struct stage_work *w, size_t stage, size_t p, bool member[])
{
	const struct linear_rows *r = w->rows;
	size_t i;

	memset(member, 0, w->s->stage[stage].psus * sizeof(*member));
	for (i = 0; i < w->s->n; i++)
		if (r->domains->of[i] == p / r->items && r->member[i * r->items + p % r->items])
			member[w->s->unit[stage][i]] = true;
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

static void
columns_copy(double out[], const double total[], size_t units, size_t k, size_t from, size_t n)
{
	size_t u;

	for (u = 0; u < units; u++)
		memcpy(out + u * n, total + u * k + from, n * sizeof(*out));
}

/* Lonely policies look at the strata a domain is in: block by block, with its own members. */
static void
stage_blocks(const struct stage_work *w, const struct design *d, size_t stage, const double total[], double cov[])
{
	size_t items = w->rows->items, k = w->k, p, a, b;
	double *part = pool_array(w->pool, d->psus * items + 1, sizeof(*part));
	double *block = pool_array(w->pool, items * items + 1, sizeof(*block));
	bool *member = pool_array(w->pool, d->psus + 1, sizeof(*member));

	for (p = 0; p < k; p += items) {
		columns_copy(part, total, d->psus, k, p, items);
		for (a = 0; a < items; a++) {
			stage_members(w, stage, p + a, member);
			design_covariance(d, block, part, items, member, NULL);
			for (b = 0; b < items; b++)
				cov[(p + a) * k + p + b] = cov[(p + b) * k + p + a] = block[a * items + b];
		}
	}
}

static void
stage_covariance(const struct stage_work *w, size_t stage)
{
	struct design d = w->s->stage[stage];
	double *total = stage_totals(w, stage), *cov = pool_array(w->pool, w->k * w->k + 1, sizeof(*cov));
	size_t i;

	if (d.lonely == DESIGN_FAIL) {
		stage_faults(w, stage);
		d.lonely = DESIGN_CERTAINTY;
	}
	design_covariance(&d, cov, total, w->k, NULL, NULL);
	if (w->residuals == NULL && (d.lonely == DESIGN_AVERAGE || (d.domain_lonely && d.lonely == DESIGN_ADJUST)))
		stage_blocks(w, &d, stage, total, cov);
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
	struct stage_work w = { s, rows, NULL, rows->domains->n * rows->items, cov, fault, &scratch };
	size_t stage, p, q;

	memset(cov, 0, w.k * w.k * sizeof(*cov));
	memset(fault, 0, w.k * sizeof(*fault));
	if (s->calibration != NULL) {
		calibration_regress(&residuals, s->calibration, rows, s->n, &scratch);
		w.residuals = &residuals;
	}
	for (stage = 0; stage < s->stages; stage++)
		if (stage_counts(&s->stage[stage]))
			stage_covariance(&w, stage);
	for (p = 0; p < w.k; p++)
		for (q = 0; fault[p] != 0 && q < w.k; q++)
			cov[p * w.k + q] = cov[q * w.k + p] = NAN;
	pool_clear(&scratch);
}
