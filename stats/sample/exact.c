/*
 * Sums of codes: weights in fixed point, times whole numbers, are whole, so that a sum is the same
 * whoever adds it in what order.
 */
#include <math.h>
#include <string.h>

#include "stats/parallel.h"
#include "stats/sample/fixed.h"
#include "stats/sample/items.h"
#include "stats/sample/pass.h"

/* Weights of HAND rows, each below 2^58, add up in 64 bits. */
enum { HAND = 63, PIECE = 4 * HAND, BLOCKS = 16 };

struct exact {
	struct pass *p;
	const struct order *order;
	const struct item *item;
	struct run *part;		/* part[blocks * domains * items] */
	double scale;			/* of weights in fixed point */
};

/* ---- a piece of a run ---- */

/* Rows that are added together, with their weights. */
struct piece {
	const uint32_t *row;	/* row[n]; NULL: first, first + 1 ... */
	size_t first, n;
	int64_t w[PIECE];
	__int128 all, square;	/* sums of them */
};

static inline size_t
piece_row(const struct piece *p, size_t k)
{
	return p->row == NULL ? p->first + k : p->row[k];
}

static void
piece_make(struct piece *piece, const struct exact *e, size_t from, size_t n)
{
	const double *weight = e->p->out->s->weight;
	double w[PIECE];

	piece->row = e->order->row == NULL ? NULL : e->order->row + from;
	piece->first = from;
	piece->n = n;
	piece->all = piece->square = 0;
	for (size_t k = 0; k < n; k++)
		w[k] = weight[piece_row(piece, k)];
	for (size_t k = 0; k < n; k++) {
		piece->w[k] = fixed_of(w[k], e->scale);
		piece->all += piece->w[k];
		piece->square += fixed_square(piece->w[k]);
	}
}

/* Sums of weights by code, all 0 between one use and the next. */
struct hand {
	uint64_t weight[2][COLUMN_CODES];
};

/* One row is not there. */
static inline void
run_without(struct run *r, int64_t w)
{
	r->n--;
	r->w -= w;
	r->ww -= fixed_square(w);
}

/* Those who did not say are not there. */
static void
run_missing(struct run *r, const uint8_t code[], const struct piece *p, const struct item *item)
{
	uint8_t gone[PIECE + 1];
	size_t n = 0;

	for (size_t k = 0; k < p->n; k++) {
		gone[n] = (uint8_t)k;
		n += item->none[code[k]];
	}
	for (size_t k = 0; k < n; k++)
		run_without(r, p->w[gone[k]]);
}

/* A few rows: each by itself. */
static void
run_rows(struct run *r, const uint8_t code[], const int64_t w[], size_t n, const struct item *item)
{
	__int128 t = 0, q = 0;

	for (size_t k = 0; k < n; k++) {
		int64_t x = item->part[code[k]];

		t += (__int128)w[k] * x;
		q += (__int128)w[k] * (x * x);
	}
	r->t += t;
	r->q += q;
}

/* A handful: the weights of each code together, in two lists since most people answer alike and one
 * sum would wait for the last.  weight[] is left 0 as it was. */
static void
run_levels(struct run *r, const uint8_t code[], const int64_t w[], size_t n,
	const struct item *item, struct hand *hand)
{
	size_t k = 0;

	for (; k + 1 < n; k += 2) {
		hand->weight[0][code[k]] += (uint64_t)w[k];
		hand->weight[1][code[k + 1]] += (uint64_t)w[k + 1];
	}
	if (k < n)
		hand->weight[0][code[k]] += (uint64_t)w[k];
	for (size_t l = 0; l < item->levels; l++) {
		uint8_t c = item->level[l];
		int64_t x = item->part[c];
		__int128 all = hand->weight[0][c] + hand->weight[1][c];

		r->t += all * x;
		r->q += all * (x * x);
		hand->weight[0][c] = hand->weight[1][c] = 0;
	}
}

/* Fetched first and added then: the fetches do not wait for each other. */
static void
run_codes(struct run *r, const struct piece *p, const struct item *item, struct hand *hand)
{
	uint8_t code[PIECE];

	for (size_t k = 0; k < p->n; k++)
		code[k] = item->code[piece_row(p, k)];
	if (item->missing)
		run_missing(r, code, p, item);
	for (size_t k = 0, n; k < p->n; k += n) {
		n = p->n - k < HAND ? p->n - k : HAND;
		if (n > 2 * item->levels)
			run_levels(r, code + k, p->w + k, n, item, hand);
		else
			run_rows(r, code + k, p->w + k, n, item);
	}
}

static void
run_wholes(struct run *r, const struct piece *p, const struct item *item)
{
	for (size_t k = 0; k < p->n; k++) {
		int32_t whole = item->whole[piece_row(p, k)];
		int64_t x = whole - item->pivot;

		if (whole == COLUMN_MISSING) {
			run_without(r, p->w[k]);
			continue;
		}
		r->t += (__int128)p->w[k] * x;
		r->q += (__int128)p->w[k] * (x * x);
	}
}

/* Rows from..to (in order) into run[items]. */
static void
runs_sum(struct run run[], struct hand *hand, const struct exact *e, size_t from, size_t to)
{
	size_t items = e->p->out->items;
	struct piece piece;

	memset(run, 0, items * sizeof(*run));
	for (size_t k = from; k < to; k += PIECE) {
		piece_make(&piece, e, k, to - k < PIECE ? to - k : PIECE);
		for (size_t j = 0; j < items; j++) {
			run[j].n += (int64_t)piece.n;
			run[j].w += piece.all;
			run[j].ww += piece.square;
			if (e->item[j].code != NULL)
				run_codes(&run[j], &piece, &e->item[j], hand);
			else
				run_wholes(&run[j], &piece, &e->item[j]);
		}
	}
}

/* ---- by place ---- */

/* In points and people. */
static void
place_put(const struct exact *e, size_t b, size_t place, size_t j, const struct run *r)
{
	struct pass *p = e->p;
	struct sums *o = p->out;
	size_t domain = place % o->domains->n;

	o->t[place * o->items + j] = e->item[j].unit * fixed_number(r->t) / e->scale;
	o->w[place * o->items + j] = fixed_number(r->w) / e->scale;
	run_add(&e->part[(b * o->domains->n + domain) * o->items + j], r);
}

static void
row_put(const struct exact *e, size_t domain, size_t j)
{
	struct sums *o = e->p->out;
	struct run all = { 0 };

	for (size_t b = 0; b < e->order->blocks; b++)
		run_add(&all, &e->part[(b * o->domains->n + domain) * o->items + j]);
	o->row[domain * o->items + j] = items_row(&all, &e->item[j], e->scale);
}

static void
block_places(void *arg, size_t b)
{
	const struct exact *e = arg;
	const struct order *order = e->order;
	struct pool scratch = POOL_INIT;
	struct run *run = pool_array(&scratch, e->p->out->items + 1, sizeof(*run));
	struct hand *hand = pool_array(&scratch, 1, sizeof(*hand));

	for (size_t place = order->from[b]; place < order->from[b + 1]; place++) {
		if (order->first[place] == order->first[place + 1])
			continue;
		runs_sum(run, hand, e, order->first[place], order->first[place + 1]);
		for (size_t j = 0; j < e->p->out->items; j++)
			place_put(e, b, place, j, &run[j]);
	}
	pool_clear(&scratch);
}

/* ---- by domain and margin cell ---- */

static void
block_cells(void *arg, size_t b)
{
	const struct exact *e = arg;
	const struct order *order = e->order;
	struct sums *o = e->p->out;
	struct pool scratch = POOL_INIT;
	struct run *run = pool_array(&scratch, o->items + 1, sizeof(*run));
	struct hand *hand = pool_array(&scratch, 1, sizeof(*hand));
	size_t cells = e->p->cells;

	for (size_t g = order->from[b]; g < order->from[b + 1]; g++) {
		if (order->first[g] == order->first[g + 1])
			continue;
		runs_sum(run, hand, e, order->first[g], order->first[g + 1]);
		for (size_t j = 0; j < o->items; j++) {
			size_t at = (g / cells * o->items + j) * cells + g % cells;

			o->cell_t[at] = e->item[j].unit * fixed_number(run[j].t) / e->scale;
			o->cell_w[at] = fixed_number(run[j].w) / e->scale;
		}
	}
	pool_clear(&scratch);
}

static void
cells_sum(struct exact *e)
{
	struct pool scratch = POOL_INIT;
	struct order order;

	pass_order(&order, e->p->out, pass_cell, e->p->out->domains->n * e->p->cells, BLOCKS,
		&scratch);
	e->order = &order;
	parallel_each(order.blocks, block_cells, e);
	e->order = NULL;
	pool_clear(&scratch);
}

void
exact_sum(struct pass *p, struct pool *pool)
{
	const struct sample *s = p->out->s;
	struct pool scratch = POOL_INIT;
	struct exact e = { .p = p, .order = &p->order, .scale = fixed_scale(s->range),
		.item = items_make(&p->out->pivot, p->of, p->out->items, s->n, pool) };

	e.part = pool_array(&scratch, p->order.blocks * p->out->domains->n * p->out->items + 1,
		sizeof(*e.part));
	parallel_each(p->order.blocks, block_places, &e);
	for (size_t d = 0; d < p->out->domains->n; d++)
		for (size_t j = 0; j < p->out->items; j++)
			row_put(&e, d, j);
	pool_clear(&scratch);
	if (p->cells > 0)
		cells_sum(&e);
}
