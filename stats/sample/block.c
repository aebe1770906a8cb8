/* Covariance domain by domain: only the units a domain touches are ever looked at. */
#include <stdlib.h>
#include <string.h>

#include "stats/parallel.h"
#include "stats/sample/stage.h"
#include "stats/sample/sums.h"

enum { PRODUCTS_RUN = 1024 };

struct block {
	size_t items;
	size_t units;		/* touched, in order of stratum */
	size_t *unit;		/* unit[units] */
	double *total;		/* total[units * items] */
	bool *member;		/* member[units * items]: a row that counts for the item */
	double *mean, *spread, *far, *centre, *part;
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
	size_t *row = pool_array(w->pool, w->s->n + 1, sizeof(*row));

	for (size_t i = 0; i < w->s->n; i++)
		if (d->of[i] != FACTOR_NONE)
			first[d->of[i] + 1]++;
	for (size_t k = 0; k < d->n; k++)
		first[k + 1] += first[k];
	for (size_t i = 0; i < w->s->n; i++)
		if (d->of[i] != FACTOR_NONE)
			row[first[d->of[i]]++] = i;
	for (size_t k = d->n; k > 0; k--)
		first[k] = first[k - 1];
	first[0] = 0;
	return row;
}

/* Which units the domain's rows are in; all of them where calibration reaches everywhere. */
static void
block_units(struct block *b, const struct stage_work *w, size_t stage, size_t domain,
	const size_t row[], size_t n)
{
	size_t last = FACTOR_NONE;

	b->units = 0;
	if (w->residuals != NULL) {
		for (size_t i = 0; i < w->s->stage[stage].psus; i++)
			b->unit[b->units++] = i;
		return;
	}
	if (w->rows->sums != NULL) {
		for (size_t i = 0; i < w->s->stage[stage].psus; i++)
			if (w->rows->sums->sums->count[i * w->rows->domains->n + domain] > 0)
				b->unit[b->units++] = i;
		return;
	}
	for (size_t i = 0; i < n; i++)
		b->unit[i] = w->s->unit[stage][row[i]];
	qsort(b->unit, n, sizeof(*b->unit), by_index);
	for (size_t i = 0; i < n; i++)
		if (b->unit[i] != last)
			last = b->unit[b->units++] = b->unit[i];
}

/* A unit's totals less what calibration explains of them, for the block's columns. */
static void
block_residual(struct block *b, const struct stage_work *w, size_t domain)
{
	const struct residuals *r = w->residuals;

	for (size_t u = 0; u < b->units; u++)
		for (size_t e = 0; e < r->c->k; e++) {
			double x = b->auxiliary[u * r->c->k + e];
			const double *at = r->slope + e * w->k + domain * b->items;

			for (size_t j = 0; x != 0 && j < b->items; j++)
				b->total[u * b->items + j] -= x * at[j];
		}
}

static void
block_sums(struct block *b, const struct sums_linear *l, size_t domain)
{
	for (size_t i = 0; i < b->units; i++)
		for (size_t j = 0; j < b->items; j++) {
			b->total[i * b->items + j] = sums_total(l, b->unit[i], domain, j);
			b->member[i * b->items + j] = sums_member(l->sums, b->unit[i], domain, j);
		}
}

static void
block_totals(struct block *b, const struct stage_work *w, size_t stage, size_t domain,
	const size_t row[], size_t n)
{
	const struct linear_rows *r = w->rows;
	size_t *at, unit;

	memset(b->total, 0, b->units * b->items * sizeof(*b->total));
	memset(b->member, 0, b->units * b->items * sizeof(*b->member));
	if (r->sums != NULL)
		block_sums(b, r->sums, domain);
	for (size_t i = 0; r->sums == NULL && i < n; i++) {
		unit = w->s->unit[stage][row[i]];
		at = bsearch(&unit, b->unit, b->units, sizeof(*b->unit), by_index);
		for (size_t j = 0; j < b->items; j++) {
			b->total[(size_t)(at - b->unit) * b->items + j] +=
				r->u[row[i] * b->items + j];
			b->member[(size_t)(at - b->unit) * b->items + j] |=
				r->member[row[i] * b->items + j];
		}
	}
	if (w->residuals != NULL)
		block_residual(b, w, domain);
}

/* Units from..to into part[], the lower triangle. */
static void
products_run(double part[], const struct block *b, size_t from, size_t to, const double centre[])
{
	size_t k = b->items;

	memset(part, 0, k * k * sizeof(*part));
	for (size_t i = from; i < to; i++)
		for (size_t j = 0; j < k; j++) {
			double x = b->total[i * k + j] - centre[j];

			for (size_t l = 0; l <= j; l++)
				part[j * k + l] += x * (b->total[i * k + l] - centre[l]);
		}
}

/*
 * Sums of products of touched units about a centre, in runs, so that a million terms lose no more
 * digits than a thousand; each untouched one of the stratum adds the centre itself.
 */
static void
block_products(double out[], const struct block *b, size_t from, size_t to, double untouched,
	const double centre[])
{
	size_t k = b->items, next;

	for (size_t j = 0; j < k; j++)
		for (size_t l = 0; l <= j; l++)
			out[j * k + l] = untouched * centre[j] * centre[l];
	for (size_t i = from; i < to; i = next) {
		next = to - i > PRODUCTS_RUN ? i + PRODUCTS_RUN : to;
		products_run(b->part, b, i, next, centre);
		for (size_t j = 0; j < k; j++)
			for (size_t l = 0; l <= j; l++)
				out[j * k + l] += b->part[j * k + l];
	}
	for (size_t j = 0; j < k; j++)
		for (size_t l = 0; l < j; l++)
			out[l * k + j] = out[j * k + l];
}

static void
block_mean(double mean[], const struct block *b, size_t from, size_t to, double n)
{
	memset(mean, 0, b->items * sizeof(*mean));
	for (size_t i = from; i < to; i++)
		for (size_t j = 0; j < b->items; j++)
			mean[j] += b->total[i * b->items + j];
	for (size_t j = 0; j < b->items; j++)
		mean[j] /= n;
}

/* item: whose members count for the lonely policies; items: everyone. */
static void
block_covariance(const struct block *b, const struct stage_work *w, size_t stage,
	const struct design *d, size_t item, double cov[])
{
	struct design_sum sum;
	size_t to, h, members;
	double n;

	block_mean(b->centre, b, 0, b->units, (double)d->psus);
	design_begin(&sum, d, cov, b->items, b->centre);
	for (size_t from = 0; from < b->units; from = to) {
		h = w->s->stratum[stage][b->unit[from]];
		for (to = from, members = 0;
				to < b->units && w->s->stratum[stage][b->unit[to]] == h; to++)
			members += item == b->items || b->member[to * b->items + item];
		n = (double)(d->first[h + 1] - d->first[h]);
		block_mean(b->mean, b, from, to, n);
		block_products(b->spread, b, from, to, n - (double)(to - from), b->mean);
		if (d->lonely == DESIGN_ADJUST && (n == 1 || members == 1))
			block_products(b->far, b, from, to, n - (double)(to - from), b->centre);
		design_add(&sum, h, b->spread, b->far, members);
	}
	design_end(&sum, NULL);
	for (size_t i = 0; i < b->items * b->items && b->units == 0; i++)
		cov[i] = 0;
}

static void
block_take(struct block *b, size_t items, size_t most, struct pool *pool)
{
	b->items = items;
	b->unit = pool_array(pool, most + 1, sizeof(*b->unit));
	b->total = pool_array(pool, most * items + 1, sizeof(*b->total));
	b->member = pool_array(pool, most * items + 1, sizeof(*b->member));
	b->mean = pool_array(pool, items + 1, sizeof(*b->mean));
	b->centre = pool_array(pool, items + 1, sizeof(*b->centre));
	b->spread = pool_array(pool, items * items + 1, sizeof(*b->spread));
	b->far = pool_array(pool, items * items + 1, sizeof(*b->far));
	b->part = pool_array(pool, items * items + 1, sizeof(*b->part));
}

/* All blocks of a stage. */
struct blocks {
	const struct stage_work *w;
	const struct design *d;
	size_t stage;
	bool own;
	double *cov;
	size_t *first, *row;	/* rows of each domain; row NULL: by sums */
	double *auxiliary;
};

static void
domain_block(void *arg, size_t domain)
{
	const struct blocks *all = arg;
	const struct stage_work *w = all->w;
	size_t items = w->rows->items, from = all->first[domain], n = all->first[domain + 1] - from;
	const size_t *row = all->row == NULL ? NULL : all->row + from;
	struct pool scratch = POOL_INIT;
	struct block b = { .auxiliary = all->auxiliary };
	double *cov = pool_array(&scratch, items * items + 1, sizeof(*cov));

	block_take(&b, items, w->residuals != NULL || row == NULL ? all->d->psus : n, &scratch);
	block_units(&b, w, all->stage, domain, row, n);
	block_totals(&b, w, all->stage, domain, row, n);
	for (size_t a = 0; a < items; a++) {
		if (all->own || a == 0)
			block_covariance(&b, w, all->stage, all->d, all->own ? a : items, cov);
		for (size_t c = 0; c < items; c++)
			all->cov[(domain * items + a) * w->k + domain * items + c] =
				cov[a * items + c];
	}
	pool_clear(&scratch);
}

void
stage_blocks(
	const struct stage_work *w, const struct design *d, size_t stage, bool own, double cov[])
{
	struct blocks all = { .w = w, .d = d, .stage = stage, .own = own, .cov = cov };

	all.first = pool_array(w->pool, w->rows->domains->n + 2, sizeof(*all.first));
	if (w->rows->sums == NULL)
		all.row = rows_by_domain(w, all.first);
	if (w->residuals != NULL)
		all.auxiliary = residuals_auxiliary(w->s, stage, stage_exact(w), w->pool);
	parallel_each(w->rows->domains->n, domain_block, &all);
}
