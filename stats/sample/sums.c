/*
 * One pass over the columns.  Rows are put in order of sampling unit and domain once; then every
 * sum is made in registers along a run of rows, and blocks of runs go to several threads.  Each sum
 * belongs to one block, so the number of threads changes nothing.
 */
#include "stats/sample/sums.h"

#include <math.h>

#include "stats/sample/pass.h"
#include "stats/sum.h"

static size_t least = 4096;

void
sums_least(size_t rows)
{
	least = rows;
}

/* Only the first stage has a variance. */
static bool
one_stage(const struct sample *s)
{
	for (size_t stage = 1; stage < s->stages; stage++)
		for (size_t h = 0; h < s->stage[stage].strata; h++)
			if (s->stage[stage].scale == NULL || s->stage[stage].scale[h] > 0)
				return false;
	return true;
}

bool
sums_exact(const struct sample *s, const struct column of[], size_t items)
{
	const struct calibration *c = s->calibration;

	for (size_t j = 0; j < items; j++)
		if (of[j].x != NULL)
			return false;
	return s->exact_most > 0 && (c == NULL || c->cell != NULL);
}

bool
sums_suffice(const struct sample *s, const struct domains *d, const struct column of[],
	size_t items)
{
	const struct calibration *c = s->calibration;
	size_t units = s->stage[0].psus;

	if (s->replicates != NULL || s->n >= UINT32_MAX || d->n == 0 || items == 0 ||
			!one_stage(s))
		return false;
	if (!sums_exact(s, of, items) && (s->n < least || units * 2 > s->n))
		return false;
	if (c != NULL && (c->cell == NULL || c->cells > PASS_CELLS / 4 / d->n / items))
		return false;
	return units <= (4 * s->n + 65536) / d->n && units <= PASS_PLACES / d->n / items;
}

/* ---- blocks together ---- */

static void
rows_add(struct pass *p)
{
	struct sums *o = p->out;
	size_t rows = o->domains->n * o->items;

	for (size_t b = 0; b < p->blocks; b++)
		for (size_t r = 0; r < rows; r++) {
			const struct sums_row *x = &p->part[b * rows + r];

			o->row[r].n += x->n;
			o->row[r].ww += x->ww;
			o->row[r].q += x->q;
		}
}

/* Units of a domain, compensated: there may be many. */
static void
units_add(struct sums *o, struct pool *pool)
{
	size_t rows = o->domains->n * o->items, units = o->s->stage[0].psus;
	struct sum *t = pool_array(pool, rows + 1, sizeof(*t)),
		*w = pool_array(pool, rows + 1, sizeof(*w));

	for (size_t u = 0; u < units; u++)
		for (size_t r = 0; r < rows; r++) {
			sum_add(&t[r], o->t[u * rows + r]);
			sum_add(&w[r], o->w[u * rows + r]);
		}
	for (size_t r = 0; r < rows; r++) {
		o->row[r].t = sum_of(&t[r]);
		o->row[r].w = sum_of(&w[r]);
	}
}

static void
cells_add(struct pass *p, struct pool *pool)
{
	struct sums *o = p->out;
	size_t n = o->domains->n * p->cells * o->items;

	if (p->cells == 0)
		return;
	o->cell_t = pool_array(pool, n + 1, sizeof(*o->cell_t));
	o->cell_w = pool_array(pool, n + 1, sizeof(*o->cell_w));
	for (size_t b = 0; b < p->blocks; b++)
		for (size_t k = 0; k < n; k++) {
			o->cell_t[k] += p->cell_t[b * n + k];
			o->cell_w[k] += p->cell_w[b * n + k];
		}
}

/* Only where the sums leave it open are the answers themselves compared. */
static void
alike_make(struct pass *p, struct pool *pool)
{
	struct sums *o = p->out;
	size_t rows = o->domains->n * o->items, r, n = 0;
	double *first = pool_array(pool, rows + 1, sizeof(*first)), x;

	for (r = 0; r < rows; r++) {
		const struct sums_row *row = &o->row[r];

		first[r] = NAN;
		o->row[r].alike = row->n > 0 &&
			row->q * row->w - row->t * row->t <= 1e-9 * row->q * row->w;
		n += o->row[r].alike;
	}
	for (size_t k = 0; n > 0 && k < p->n; k++)
		for (size_t j = 0, d = o->domains->of[pass_row(p, k)]; j < o->items; j++) {
			r = d * o->items + j;
			x = column_at(&p->of[j], pass_row(p, k));
			if (!o->row[r].alike || isnan(x))
				continue;
			if (isnan(first[r]))
				first[r] = x;
			o->row[r].alike = x == first[r];
		}
}

void
sums_make(struct sums *o, const struct sample *s, const struct domains *d, const struct column of[],
	size_t items, struct pool *pool)
{
	struct pool scratch = POOL_INIT;
	struct pass p = { .out = o, .of = of };
	size_t *count;

	*o = (struct sums){ .s = s, .domains = d, .items = items };
	pass_make(&p, &scratch);
	o->row = pool_array(pool, d->n * items + 1, sizeof(*o->row));
	o->t = pool_array(pool, p.places * items + 1, sizeof(*o->t));
	o->w = pool_array(pool, p.places * items + 1, sizeof(*o->w));
	if (sums_exact(s, of, items))
		exact_sum(&p, pool);
	else
		numbers_sum(&p, pool);
	rows_add(&p);
	units_add(o, &scratch);
	cells_add(&p, pool);
	alike_make(&p, &scratch);
	count = pool_array(pool, p.places + 1, sizeof(*count));
	for (size_t k = 0; k < p.places; k++)
		count[k] = p.first[k + 1] - p.first[k];
	o->count = count;
	pool_clear(&scratch);
}
