/*
 * One pass over the columns.  Rows are put in order of sampling unit and domain once; then every
 * sum is made in registers along a run of rows, and blocks of runs go to several threads.  Each sum
 * belongs to one block, so the number of threads changes nothing.
 */
#include "stats/sample/sums.h"

#include <math.h>
#include <stdlib.h>

#include "stats/parallel.h"
#include "stats/sample/pass.h"
#include "stats/sum.h"

enum { BLOCKS_MIN = 4, BLOCKS_MAX = 16 };
#define BLOCK_CELLS ((size_t)1 << 20)	/* numbers by domain and cell over all blocks */

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

/* Larger whole numbers are summed as numbers: their squares times weights would not fit. */
#define EXACT_REACH (1 << 19)
#define EXACT_ROWS ((size_t)1 << 28)

static bool
column_reaches(const struct column *c, size_t n)
{
	bool within = true;

	for (size_t k = 0; c->code != NULL && k < COLUMN_CODES; k++)
		within = within && (c->part[k] == COLUMN_MISSING ||
			(c->part[k] < EXACT_REACH && c->part[k] > -EXACT_REACH));
	for (size_t i = 0; c->code == NULL && i < n; i++)
		within = within && (c->whole[i] == COLUMN_MISSING ||
			(c->whole[i] < EXACT_REACH && c->whole[i] > -EXACT_REACH));
	return within;
}

bool
sums_exact(const struct sample *s, const struct column of[], size_t items)
{
	const struct calibration *c = s->calibration;

	for (size_t j = 0; j < items; j++)
		if (of[j].x != NULL || !column_reaches(&of[j], s->n))
			return false;
	return s->n < EXACT_ROWS && (c == NULL || c->cell != NULL);
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

	for (size_t b = 0; b < p->order.blocks; b++)
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

/* Of numbers; codes are added cell by cell. */
static void
cells_add(struct pass *p)
{
	struct sums *o = p->out;
	size_t n = o->domains->n * p->cells * o->items;

	for (size_t b = 0; p->cell_t != NULL && b < p->order.blocks; b++)
		for (size_t k = 0; k < n; k++) {
			o->cell_t[k] += p->cell_t[b * n + k];
			o->cell_w[k] += p->cell_w[b * n + k];
		}
}

/* Only where the sums leave it open are the answers themselves compared. */
static void
item_alike(void *arg, size_t j)
{
	struct pass *p = arg;
	struct sums *o = p->out;
	size_t domains = o->domains->n, candidates = 0;
	double *first = calloc(domains + 1, sizeof(*first)), x;

	if (first == NULL)
		err_die("out of memory");
	for (size_t d = 0; d < domains; d++) {
		struct sums_row *row = &o->row[d * o->items + j];

		first[d] = NAN;
		row->alike = row->n > 0 &&
			row->q * row->w - row->t * row->t <= 1e-9 * row->q * row->w;
		candidates += row->alike && row->q != 0;
	}
	for (size_t k = 0; candidates > 0 && k < p->order.n; k++) {
		size_t i = order_row(&p->order, k), d = o->domains->of[i];
		struct sums_row *row = &o->row[d * o->items + j];

		if (!row->alike || row->q == 0 || isnan(x = column_at(&p->of[j], i)))
			continue;
		if (isnan(first[d]))
			first[d] = x;
		row->alike = x == first[d];
	}
	free(first);
}

/* Few blocks where each has much to keep: fresh memory costs more than the sums. */
static size_t
blocks_room(const struct pass *p)
{
	size_t room = BLOCK_CELLS / (p->out->domains->n * p->out->items * (p->cells + 1));

	return room < BLOCKS_MIN ? BLOCKS_MIN : room > BLOCKS_MAX ? BLOCKS_MAX : room;
}

void
sums_make(struct sums *o, const struct sample *s, const struct domains *d, const struct column of[],
	size_t items, struct pool *pool)
{
	struct pool scratch = POOL_INIT;
	size_t places = s->stage[0].psus * d->n, *count,
		cells = s->calibration == NULL ? 0 : s->calibration->cells;
	struct pass p = { .out = o, .of = of, .cells = cells };

	*o = (struct sums){ .s = s, .domains = d, .items = items,
		.exact = sums_exact(s, of, items) };
	o->row = pool_array(pool, d->n * items + 1, sizeof(*o->row));
	o->t = pool_array(pool, places * items + 1, sizeof(*o->t));
	o->w = pool_array(pool, places * items + 1, sizeof(*o->w));
	if (cells > 0) {
		o->cell_t = pool_array(pool, cells * d->n * items + 1, sizeof(*o->cell_t));
		o->cell_w = pool_array(pool, cells * d->n * items + 1, sizeof(*o->cell_w));
	}
	pass_order(&p.order, o, pass_place, places, blocks_room(&p), &scratch);
	p.part = pool_array(&scratch, p.order.blocks * d->n * items + 1, sizeof(*p.part));
	if (o->exact)
		exact_sum(&p, pool);
	else
		numbers_sum(&p, pool);
	rows_add(&p);
	units_add(o, &scratch);
	cells_add(&p);
	parallel_each(items, item_alike, &p);
	count = pool_array(pool, places + 1, sizeof(*count));
	for (size_t k = 0; k < places; k++)
		count[k] = p.order.first[k + 1] - p.order.first[k];
	o->count = count;
	pool_clear(&scratch);
}
