/* Rows in order, and cut into blocks. */
#include "stats/sample/pass.h"

#include <string.h>

enum { BLOCK_ROWS = 1 << 14, BLOCKS_MIN = 4, BLOCKS_MAX = 16 };

/* Numbers by domain and cell over all blocks: fresh memory costs more than the sums. */
#define BLOCK_CELLS ((size_t)1 << 20)

static size_t
place_of(const struct sums *o, size_t i)
{
	return o->s->unit[0][i] * o->domains->n + o->domains->of[i];
}

/* How many rows each place has; do they stand in order already? */
static bool
places_count(struct pass *p)
{
	const struct sums *o = p->out;
	size_t n = o->s->n, k, last = 0;
	bool sorted = p->cells == 0;

	for (size_t i = 0; i < n; i++) {
		if (!pass_counts(o, i)) {
			sorted = false;
			continue;
		}
		k = place_of(o, i);
		sorted = sorted && k >= last;
		last = k;
		p->first[k + 1]++;
	}
	for (k = 0; k < p->places; k++)
		p->first[k + 1] += p->first[k];
	p->n = p->first[p->places];
	return sorted;
}

/* Rows that count in order of their cells: the second key, so it goes first.  NULL: as they are. */
static uint32_t *
cells_order(const struct pass *p, struct pool *pool)
{
	const struct sums *o = p->out;
	const uint32_t *cell = p->cells == 0 ? NULL : o->s->calibration->cell;
	size_t *next;
	uint32_t *row;

	if (cell == NULL)
		return NULL;
	next = pool_array(pool, p->cells + 2, sizeof(*next));
	row = pool_array(pool, p->n + 1, sizeof(*row));
	for (size_t i = 0; i < o->s->n; i++)
		if (pass_counts(o, i))
			next[cell[i] + 1]++;
	for (size_t c = 0; c < p->cells; c++)
		next[c + 1] += next[c];
	for (size_t i = 0; i < o->s->n; i++)
		if (pass_counts(o, i))
			row[next[cell[i]]++] = (uint32_t)i;
	return row;
}

static void
order_make(struct pass *p, struct pool *pool)
{
	struct pool scratch = POOL_INIT;
	const struct sums *o = p->out;
	uint32_t *by_cell;
	size_t *next;

	p->first = pool_array(pool, p->places + 2, sizeof(*p->first));
	if (places_count(p))
		return;
	by_cell = cells_order(p, &scratch);
	p->row = pool_array(pool, p->n + 1, sizeof(*p->row));
	next = pool_array(&scratch, p->places + 1, sizeof(*next));
	memcpy(next, p->first, p->places * sizeof(*next));
	for (size_t i = 0; by_cell == NULL && i < o->s->n; i++)
		if (pass_counts(o, i))
			p->row[next[place_of(o, i)]++] = (uint32_t)i;
	for (size_t k = 0; by_cell != NULL && k < p->n; k++)
		p->row[next[place_of(o, by_cell[k])]++] = by_cell[k];
	p->cell = by_cell == NULL ? NULL : pool_array(pool, p->n + 1, sizeof(*p->cell));
	for (size_t k = 0; p->cell != NULL && k < p->n; k++)
		p->cell[k] = o->s->calibration->cell[p->row[k]];
	pool_clear(&scratch);
}

/* Blocks of whole places, cut by the data alone. */
static void
blocks_make(struct pass *p, struct pool *pool)
{
	const struct sums *o = p->out;
	size_t room = BLOCK_CELLS / (o->domains->n * o->items * (p->cells + 1)), most, k = 0;

	if (room < BLOCKS_MIN)
		room = BLOCKS_MIN;
	most = p->n / BLOCK_ROWS + 1;
	if (most > BLOCKS_MAX)
		most = BLOCKS_MAX;
	if (most > room)
		most = room;
	p->blocks = most;
	p->from = pool_array(pool, most + 1, sizeof(*p->from));
	for (size_t b = 1; b < most; b++) {
		while (k < p->places && p->first[k] * most < p->n * b)
			k++;
		p->from[b] = k;
	}
	p->from[most] = p->places;
	p->part = pool_array(pool, most * o->domains->n * o->items + 1, sizeof(*p->part));
	if (p->cells == 0)
		return;
	k = most * o->domains->n * p->cells * o->items;
	p->cell_t = pool_array(pool, k + 1, sizeof(*p->cell_t));
	p->cell_w = pool_array(pool, k + 1, sizeof(*p->cell_w));
}

void
pass_make(struct pass *p, struct pool *pool)
{
	const struct calibration *c = p->out->s->calibration;

	p->places = p->out->s->stage[0].psus * p->out->domains->n;
	p->cells = c == NULL ? 0 : c->cells;
	order_make(p, pool);
	blocks_make(p, pool);
}
