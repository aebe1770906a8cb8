/* Covariance of a sample's estimates from linearised rows, stage by stage. */
#include <math.h>
#include <string.h>

#include "stats/fault.h"
#include "stats/sample/stage.h"
#include "stats/sample/sums.h"

#define DENSE_MAX ((size_t)1 << 26)	/* numbers in the table of unit totals; beyond, domain by
					 * domain */

void
sample_domains(struct domains *d, const struct sample *s, const struct factor *const by[],
	size_t bys, const bool where[], struct pool *pool)
{
	struct factor cross;
	const bool *in = s->from->in;
	uint32_t *of, *count, next = 0;
	const char *const **part;
	size_t found = 0;

	factor_cross(&cross, &d->part, by, bys, s->n, pool);
	d->subset = where != NULL;
	d->n = cross.levels;
	d->of = cross.of;
	if (where == NULL && in == NULL)
		return;
	/* Only combinations that occur among the rows asked for. */
	of = (uint32_t *)cross.of;	/* made here, for nobody else */
	count = pool_array(pool, cross.levels + 1, sizeof(*count));
	part = pool_array(pool, cross.levels + 1, sizeof(*part));
	for (size_t i = 0; i < s->n && found < cross.levels; i++)
		if ((where == NULL || where[i]) && (in == NULL || in[i]) &&
				cross.of[i] != FACTOR_NONE) {
			found += count[cross.of[i]] == 0;
			count[cross.of[i]] = 1;
		}
	for (size_t l = 0; l < cross.levels; l++)
		if (count[l] != 0) {
			part[next] = d->part[l];
			count[l] = ++next;
		}
	for (size_t i = 0; i < s->n; i++)
		of[i] = (where == NULL || where[i]) && (in == NULL || in[i]) &&
			cross.of[i] != FACTOR_NONE ? count[cross.of[i]] - 1 : FACTOR_NONE;
	d->n = next;
	d->of = of;
	d->part = (const char *const *const *)part;
}

static double *
stage_totals(const struct stage_work *w, size_t stage)
{
	const struct linear_rows *r = w->rows;
	size_t units = w->s->stage[stage].psus, d;
	double *total = pool_array(w->pool, units * w->k + 1, sizeof(*total));

	for (size_t i = 0; r->sums != NULL && i < units; i++)
		for (d = 0; d < r->domains->n; d++)
			for (size_t j = 0; j < r->items; j++)
				total[i * w->k + d * r->items + j] = sums_total(r->sums, i, d, j);
	for (size_t i = 0; r->sums == NULL && i < w->s->n; i++) {
		d = r->domains->of[i];
		for (size_t j = 0; d != FACTOR_NONE && j < r->items; j++)
			total[w->s->unit[stage][i] * w->k + d * r->items + j] +=
				r->u[i * r->items + j];
	}
	if (w->residuals != NULL)
		residuals_take(w->residuals, total, w->s, stage, stage_exact(w), w->pool);
	return total;
}

/*
 * Under policy fail, columns that meet a lonely unit are at fault; the others do as if it were
 * not there.
 */
static void
stage_faults(const struct stage_work *w, size_t stage)
{
	const struct sample *s = w->s;
	const struct design *d = &s->stage[stage];
	const struct linear_rows *r = w->rows;
	int fault = stage == 0 && d->psus == 1 ? FAULT_ONE_PSU : FAULT_LONELY_PSU;

	for (size_t i = 0; r->sums != NULL && i < d->psus; i++) {
		if (!design_alone(d, s->stratum[stage][i]))
			continue;
		for (size_t p = 0; p < w->k; p++)
			if (w->residuals != NULL ||
					sums_member(r->sums->sums, i, p / r->items, p % r->items))
				w->fault[p] = fault;
	}
	for (size_t i = 0; r->sums == NULL && i < s->n; i++) {
		if (!design_alone(d, s->stratum[stage][s->unit[stage][i]]))
			continue;
		if (w->residuals != NULL)
			for (size_t p = 0; p < w->k; p++)
				w->fault[p] = fault;
		for (size_t j = 0; r->domains->of[i] != FACTOR_NONE && j < r->items; j++)
			if (r->member[i * r->items + j])
				w->fault[r->domains->of[i] * r->items + j] = fault;
	}
}

static void
stage_covariance(const struct stage_work *w, size_t stage)
{
	struct design d = w->s->stage[stage];
	double *cov = pool_array(w->pool, w->k * w->k + 1, sizeof(*cov));
	bool own = w->residuals == NULL &&
		(d.lonely == DESIGN_AVERAGE || (d.domain_lonely && d.lonely == DESIGN_ADJUST));

	if (d.lonely == DESIGN_FAIL) {
		stage_faults(w, stage);
		d.lonely = DESIGN_CERTAINTY;
	}
	if (!w->within && w->rows->domains->n > 1)
		design_covariance(&d, cov, stage_totals(w, stage), w->k, NULL, NULL);
	/* A domain's own is the same to the bit whoever asks for it beside which others. */
	stage_blocks(w, &d, stage, own, cov);
	for (size_t p = 0; p < w->k; p++) {
		size_t from = w->within ? p / w->rows->items * w->rows->items : 0,
			to = w->within ? from + w->rows->items : w->k;

		for (size_t q = from; q < to; q++)
			w->cov[p * w->k + q] += cov[p * w->k + q];
	}
}

/* Does a later stage add anything?  Not where the earlier ones were with replacement. */
static bool
stage_counts(const struct design *d)
{
	for (size_t h = 0; d->scale != NULL && h < d->strata; h++)
		if (d->scale[h] > 0)
			return true;
	return d->scale == NULL;
}

void
sample_covariance(const struct sample *s, const struct linear_rows *rows, double cov[],
	int fault[], struct table *keep, struct pool *pool)
{
	struct pool scratch = POOL_INIT;
	struct residuals residuals;
	struct stage_work w = { s, rows, NULL, rows->domains->n * rows->items, rows->within, cov,
		fault, &scratch };

	memset(cov, 0, w.k * w.k * sizeof(*cov));
	memset(fault, 0, w.k * sizeof(*fault));
	if (s->calibration != NULL) {
		residuals_make(&residuals, s->calibration, rows, s->n, &scratch);
		w.residuals = &residuals;
	}
	for (size_t stage = 0; stage < s->stages; stage++)
		w.within = w.within || s->stage[stage].psus > DENSE_MAX / (w.k + 1);
	for (size_t stage = 0; stage < s->stages; stage++)
		if (stage_counts(&s->stage[stage]))
			stage_covariance(&w, stage);
	if (keep != NULL && !w.within && s->from->stages == 1 && !s->alone) {
		w.pool = pool;
		keep->design = &s->stage[0];
		keep->total = stage_totals(&w, 0);
	}
	for (size_t p = 0; w.within && p < w.k; p++) {
		size_t own = p / rows->items * rows->items;

		for (size_t q = 0; q < w.k; q = q + 1 == own ? own + rows->items : q + 1)
			if (q < own || q >= own + rows->items)
				cov[p * w.k + q] = NAN;
	}
	for (size_t p = 0; p < w.k; p++)
		for (size_t q = 0; fault[p] != 0 && q < w.k; q++)
			cov[p * w.k + q] = cov[q * w.k + p] = NAN;
	pool_clear(&scratch);
}
