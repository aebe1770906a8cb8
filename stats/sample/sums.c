/*
 * One pass over the columns.  Where there are few sums rows are added as they stand (spread.c);
 * else they are put in order of sampling unit and domain once, every sum is made in registers
 * along a run of rows, and blocks of runs go to several threads.  Each sum belongs to one block, or
 * is exact, so the number of threads changes nothing.
 */
#include "stats/sample/sums.h"

#include <math.h>
#include <stdlib.h>

#include "stats/parallel.h"
#include "stats/sample/fixed.h"
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

/* Of more rows, or of larger whole numbers, sums of squares times weights would not fit. */
#define EXACT_ROWS ((size_t)1 << 26)

static bool
column_within(const struct column *c, size_t n)
{
	const int32_t *part = c->code != NULL ? c->part : c->whole;
	size_t parts = c->code != NULL ? COLUMN_CODES : n;
	bool within = true;

	for (size_t k = 0; k < parts; k++)
		within = within && (part[k] == COLUMN_MISSING ||
			(part[k] < COLUMN_REACH && part[k] > -COLUMN_REACH));
	return within;
}

bool
sums_exact(const struct sample *s, const struct column of[], size_t items)
{
	const struct calibration *c = s->calibration;

	for (size_t j = 0; j < items; j++)
		if (of[j].x != NULL || !column_within(&of[j], s->n))
			return false;
	return s->n < EXACT_ROWS && (c == NULL || c->cell != NULL) &&
		fixed_holds(s->range);
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
			o->row[r].s += x->s;
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

/* Squares about the mean in the place of those about the pivot.  Only where they leave open whether
 * all answers are alike are the answers themselves compared. */
static void
item_centre(void *arg, size_t j)
{
	struct pass *p = arg;
	struct sums *o = p->out;
	size_t domains = o->domains->n, candidates = 0;
	double *first = calloc(domains + 1, sizeof(*first)), x;

	if (first == NULL)
		err_die("out of memory");
	for (size_t d = 0; d < domains; d++) {
		struct sums_row *row = &o->row[d * o->items + j];
		double about_pivot = row->s;

		first[d] = row->n > 0 ? o->pivot[j] : NAN;
		if (about_pivot == 0) {
			row->alike = row->n > 0;
			continue;
		}
		row->s -= row->t * row->t / row->w;
		row->alike = row->s <= 1e-9 * about_pivot;
		first[d] = NAN;
		candidates += row->alike;
	}
	for (size_t k = 0; candidates > 0 && k < p->order.n; k++) {
		size_t i = order_row(&p->order, k), d = o->domains->of[i];
		struct sums_row *row = &o->row[d * o->items + j];

		if (!row->alike || isnan(x = column_at(&p->of[j], i)))
			continue;
		if (isnan(first[d]))
			first[d] = x;
		row->alike = x == first[d];
	}
	free(first);
}

static void
numbers_rows(struct pass *p, struct pool *pool)
{
	numbers_sum(p, pool);
	rows_add(p);
	units_add(p->out, pool);
	cells_add(p);
	parallel_each(p->out->items, item_centre, p);
}

/* Few blocks where each has much to keep: fresh memory costs more than the sums. */
static size_t
blocks_room(const struct pass *p)
{
	size_t room = BLOCK_CELLS / (p->out->domains->n * p->out->items * (p->cells + 1));

	return room < BLOCKS_MIN ? BLOCKS_MIN : room > BLOCKS_MAX ? BLOCKS_MAX : room;
}

/* In order; how many rows each place has. */
static size_t *
runs_make(struct pass *p, size_t places, struct pool *pool)
{
	size_t *count = pool_array(pool, places + 1, sizeof(*count));
	struct pool scratch = POOL_INIT;

	pass_order(&p->order, p->out, pass_place, places, blocks_room(p), &scratch);
	if (p->out->exact)
		exact_sum(p, pool);
	else
		numbers_rows(p, pool);
	for (size_t k = 0; k < places; k++)
		count[k] = p->order.first[k + 1] - p->order.first[k];
	pool_clear(&scratch);
	return count;
}

void
sums_make(struct sums *o, const struct sample *s, const struct domains *d, const struct column of[],
	size_t items, struct pool *pool)
{
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
	if (o->exact && spread_fits(&p))
		spread_sum(&p, &count, pool);
	else
		count = runs_make(&p, places, pool);
	o->count = count;
}
