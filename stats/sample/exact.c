/*
 * Sums of codes under whole weights: integers, so that a sum is the same whoever adds it in what
 * order.  Weights that calibration changed are whole within a margin cell, times its factor.
 */
#include <math.h>
#include <string.h>

#include "stats/parallel.h"
#include "stats/sample/pass.h"

enum { PIECE = 256 };

/* Sums of a run of rows alike in unit, domain and cell, about the pivot. */
struct run {
	int64_t n;
	__int128 w, ww, t, q;
};

/* One column ready to be summed. */
struct item {
	const uint8_t *code;
	const int32_t *whole;
	int64_t part[COLUMN_CODES];	/* of a code, less the pivot */
	bool none[COLUMN_CODES];	/* it is missing */
	int64_t pivot;
	bool large;			/* a piece's products do not fit in 64 bits */
	double unit;
};

struct exact {
	struct pass *p;
	struct item *item;
	const double *weight;		/* base weights, by row; NULL: all alike */
	int64_t alike;
	const double *g;		/* g[cells]; NULL: not raked */
};

/* ---- getting ready ---- */

/* A whole number near the mean, whatever the order of rows: sums about it stay small. */
static int64_t
pivot_of(const struct column *c, size_t n)
{
	int64_t sum = 0, answers = 0, count[COLUMN_CODES] = { 0 };

	for (size_t i = 0; c->code != NULL && i < n; i++)
		count[c->code[i]]++;
	for (size_t k = 0; c->code != NULL && k < COLUMN_CODES; k++)
		if (c->part[k] != COLUMN_MISSING) {
			sum += count[k] * c->part[k];
			answers += count[k];
		}
	for (size_t i = 0; c->code == NULL && i < n; i++)
		if (c->whole[i] != COLUMN_MISSING) {
			sum += c->whole[i];
			answers++;
		}
	return answers > 0 ? sum / answers : 0;
}

/* The largest distance from the pivot. */
static int64_t
reach_of(const struct item *item, size_t n)
{
	int64_t most = 1, x;

	for (size_t i = 0; i < (item->code != NULL ? COLUMN_CODES : n); i++) {
		x = item->code != NULL ? item->part[i] : item->whole[i] == COLUMN_MISSING ? 0 :
			item->whole[i] - item->pivot;
		x = x < 0 ? -x : x;
		most = x > most ? x : most;
	}
	return most;
}

static void
item_make(void *arg, size_t j)
{
	struct exact *e = arg;
	const struct sample *s = e->p->out->s;
	const struct column *c = &e->p->of[j];
	struct item *item = &e->item[j];
	double most;

	*item = (struct item){ .code = c->code, .whole = c->whole, .unit = c->unit,
		.pivot = pivot_of(c, s->n) };
	for (size_t k = 0; c->code != NULL && k < COLUMN_CODES; k++) {
		item->none[k] = c->part[k] == COLUMN_MISSING;
		item->part[k] = item->none[k] ? 0 : c->part[k] - item->pivot;
	}
	most = (double)reach_of(item, s->n);
	item->large = most * most * (double)s->exact_most * PIECE > 0x1p62;
}

/* ---- a piece of a run ---- */

/* Rows that are added together, with their weights. */
struct piece {
	const uint32_t *row;	/* row[n]; NULL: first, first + 1 ... */
	size_t first, n;
	int64_t w[PIECE];
	int64_t all;		/* their sum */
	__int128 square;
};

static inline size_t
piece_row(const struct piece *p, size_t k)
{
	return p->row == NULL ? p->first + k : p->row[k];
}

static void
piece_make(struct piece *piece, const struct exact *e, size_t from, size_t n)
{
	piece->row = e->p->row == NULL ? NULL : e->p->row + from;
	piece->first = from;
	piece->n = n;
	piece->all = 0;
	piece->square = 0;
	for (size_t k = 0; k < n; k++) {
		int64_t w = e->weight == NULL ? e->alike :
			sample_millionths(e->weight[piece_row(piece, k)]);

		piece->w[k] = w;
		piece->all += w;
		piece->square += (__int128)w * w;
	}
}

/* One row is not there. */
static inline void
run_without(struct run *r, int64_t w)
{
	r->n--;
	r->w -= w;
	r->ww -= (__int128)w * w;
}

static void
run_codes(struct run *r, const struct piece *p, const struct item *item)
{
	int64_t t = 0, q = 0;

	for (size_t k = 0; k < p->n; k++) {
		uint8_t code = item->code[piece_row(p, k)];
		int64_t at = p->w[k] * item->part[code];

		if (item->none[code])
			run_without(r, p->w[k]);
		t += at;
		q += at * item->part[code];
	}
	r->t += t;
	r->q += q;
}

static void
run_numbers(struct run *r, const struct piece *p, const struct item *item)
{
	int64_t t = 0, q = 0;

	for (size_t k = 0; k < p->n; k++) {
		int32_t whole = item->whole[piece_row(p, k)];
		int64_t x = whole - item->pivot;

		if (whole == COLUMN_MISSING) {
			run_without(r, p->w[k]);
			continue;
		}
		t += p->w[k] * x;
		q += p->w[k] * x * x;
	}
	r->t += t;
	r->q += q;
}

/* Products too large for 64 bits. */
static void
run_slow(struct run *r, const struct piece *p, const struct item *item)
{
	for (size_t k = 0; k < p->n; k++) {
		size_t row = piece_row(p, k);
		bool none = item->code != NULL ? item->none[item->code[row]] :
			item->whole[row] == COLUMN_MISSING;
		int64_t x = item->code != NULL ? item->part[item->code[row]] :
			item->whole[row] - item->pivot;

		if (none) {
			run_without(r, p->w[k]);
			continue;
		}
		r->t += (__int128)p->w[k] * x;
		r->q += (__int128)p->w[k] * x * x;
	}
}

static void
run_add(struct run *r, const struct piece *p, const struct item *item)
{
	r->n += (int64_t)p->n;
	r->w += p->all;
	r->ww += p->square;
	if (item->large)
		run_slow(r, p, item);
	else if (item->code != NULL)
		run_codes(r, p, item);
	else
		run_numbers(r, p, item);
}

/* ---- blocks ---- */

/* The same number either way; most sums are short. */
static inline double
number(__int128 x)
{
	return x == (int64_t)x ? (double)(int64_t)x : (double)x;
}

/* The run's sums in points and people, where they belong. */
static void
run_put(const struct exact *e, size_t b, size_t place, size_t j, size_t cell, const struct run *r)
{
	struct pass *p = e->p;
	struct sums *o = p->out;
	size_t domain = place % o->domains->n, at;
	struct sums_row *part = p->part + (b * o->domains->n + domain) * o->items + j;
	double g = e->g == NULL ? 1 : e->g[cell], unit = e->item[j].unit, people = g * 1e-6,
		w = people * number(r->w), t = people * unit * number(r->t);

	o->t[place * o->items + j] += t;
	o->w[place * o->items + j] += w;
	part->n += (double)r->n;
	part->ww += people * people * number(r->ww);
	part->q += people * unit * unit * number(r->q);
	if (p->cells == 0)
		return;
	at = ((b * o->domains->n + domain) * o->items + j) * p->cells + cell;
	p->cell_t[at] += t;
	p->cell_w[at] += w;
}

/* Rows from..to (in order) of one place and cell. */
static void
run_sum(const struct exact *e, size_t b, size_t place, size_t from, size_t to, struct run run[])
{
	size_t items = e->p->out->items, cell = e->p->cell == NULL ? 0 : e->p->cell[from];
	struct piece piece;

	memset(run, 0, items * sizeof(*run));
	for (size_t k = from; k < to; k += PIECE) {
		piece_make(&piece, e, k, to - k < PIECE ? to - k : PIECE);
		for (size_t j = 0; j < items; j++)
			run_add(&run[j], &piece, &e->item[j]);
	}
	for (size_t j = 0; j < items; j++)
		run_put(e, b, place, j, cell, &run[j]);
}

static void
block_sum(void *arg, size_t b)
{
	const struct exact *e = arg;
	const struct pass *p = e->p;
	struct pool scratch = POOL_INIT;
	struct run *run = pool_array(&scratch, p->out->items + 1, sizeof(*run));

	for (size_t place = p->from[b]; place < p->from[b + 1]; place++) {
		size_t end = p->first[place + 1], to;

		for (size_t k = p->first[place]; k < end; k = to) {
			for (to = k + 1; p->cell != NULL && to < end && p->cell[to] == p->cell[k];
					to++)
				;
			if (p->cell == NULL)
				to = end;
			run_sum(e, b, place, k, to, run);
		}
	}
	pool_clear(&scratch);
}

void
exact_sum(struct pass *p, struct pool *pool)
{
	const struct sample *s = p->out->s;
	struct item *item = pool_array(pool, p->out->items + 1, sizeof(*item));
	double *pivot = pool_array(pool, p->out->items + 1, sizeof(*pivot));
	struct exact e = { .p = p, .item = item, .alike = s->exact_most,
		.g = p->cells == 0 ? NULL : s->calibration->cell_g };

	if (!s->exact_alike)
		e.weight = s->calibration == NULL ? s->weight : s->calibration->base;
	parallel_each(p->out->items, item_make, &e);
	for (size_t j = 0; j < p->out->items; j++)
		pivot[j] = p->of[j].zero + p->of[j].unit * (double)item[j].pivot;
	p->out->pivot = pivot;
	parallel_each(p->blocks, block_sum, &e);
}
