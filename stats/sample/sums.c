/*
 * One pass over the columns.  Rows are put in order of sampling unit and domain once; then every
 * sum is made in registers along a run of rows, and blocks of runs go to several threads.  Each sum
 * belongs to one block, so the number of threads changes nothing.
 */
#include "stats/sample/sums.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "stats/parallel.h"
#include "stats/sum.h"

enum {
	CHUNK = 512,		/* rows added plainly before a compensated sum takes over */
	BLOCK_ROWS = 1 << 14,
	BLOCKS_MAX = 64,
	PIVOT_ROWS = 64
};
#define CELLS_ROOM ((size_t)1 << 22)	/* numbers by domain and cell, over all blocks */
#define PLACES_ROOM ((size_t)1 << 26)	/* numbers by unit, domain and item */

struct pass {
	struct sums *out;
	const struct column *of;
	size_t places, n;	/* units * domains; rows that count */
	size_t *first;		/* first[places + 1]: in order */
	uint32_t *row;		/* row[n], in order; NULL: as they stand */
	double *w;		/* w[n]: their weights, in order */
	uint32_t *cell;		/* cell[n], in order; NULL: not raked */
	bool *whole;		/* whole[items]: no answer is missing */
	size_t cells;
	size_t blocks;
	size_t *from;		/* from[blocks + 1]: places */
	struct sums_row *part;	/* part[blocks * rows] */
	double *cell_t, *cell_w;	/* [blocks * domains * cells * items] */
};

static size_t least = 4096;

void
sums_least(size_t rows)
{
	least = rows;
}

bool
sums_suffice(const struct sample *s, const struct domains *d, size_t items)
{
	const struct calibration *c = s->calibration;
	size_t units = s->stage[0].psus;

	if (s->n < least)
		return false;
	for (size_t stage = 1; stage < s->stages; stage++)
		for (size_t h = 0; h < s->stage[stage].strata; h++)
			if (s->stage[stage].scale == NULL || s->stage[stage].scale[h] > 0)
				return false;
	if (s->replicates != NULL || s->n >= UINT32_MAX || units * 2 > s->n ||
			d->n == 0 || items == 0)
		return false;
	if (c != NULL && (c->cell == NULL || c->cells > CELLS_ROOM / 4 / d->n / items))
		return false;
	return units <= (4 * s->n + 65536) / d->n && units <= PLACES_ROOM / d->n / items;
}

/* ---- rows in order ---- */

static bool
counts(const struct sums *o, size_t i)
{
	return o->domains->of[i] != FACTOR_NONE && o->s->weight[i] != 0;
}

static size_t
place_of(const struct sums *o, size_t i)
{
	return o->s->unit[0][i] * o->domains->n + o->domains->of[i];
}

static void
order_make(struct pass *p, struct pool *pool)
{
	const struct sums *o = p->out;
	size_t n = o->s->n, k, last = 0, *next;
	bool sorted = true;

	p->first = pool_array(pool, p->places + 2, sizeof(*p->first));
	for (size_t i = 0; i < n; i++) {
		if (!counts(o, i)) {
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
	p->w = o->s->weight;
	if (sorted)
		return;
	p->row = pool_array(pool, p->n + 1, sizeof(*p->row));
	p->w = pool_array(pool, p->n + 1, sizeof(*p->w));
	next = pool_array(pool, p->places + 1, sizeof(*next));
	memcpy(next, p->first, p->places * sizeof(*next));
	for (size_t i = 0; i < n; i++)
		if (counts(o, i)) {
			k = next[place_of(o, i)]++;
			p->row[k] = (uint32_t)i;
			p->w[k] = o->s->weight[i];
		}
}

static size_t
row_at(const struct pass *p, size_t k)
{
	return p->row == NULL ? k : p->row[k];
}

static void
cells_order(struct pass *p, struct pool *pool)
{
	const struct calibration *c = p->out->s->calibration;

	if (c == NULL)
		return;
	p->cells = c->cells;
	p->cell = pool_array(pool, p->n + 1, sizeof(*p->cell));
	for (size_t k = 0; k < p->n; k++)
		p->cell[k] = c->cell[row_at(p, k)];
}

/* Blocks of whole places, cut by the data alone. */
static void
blocks_make(struct pass *p, struct pool *pool)
{
	const struct sums *o = p->out;
	size_t room = CELLS_ROOM / (o->domains->n * o->items * (p->cells + 1)), most, k = 0;

	most = p->n / BLOCK_ROWS + 1;
	if (most > BLOCKS_MAX)
		most = BLOCKS_MAX;
	if (most > room)
		most = room > 0 ? room : 1;
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

/* ---- columns ---- */

static void
column_scan(void *arg, size_t j)
{
	struct pass *p = arg;
	const double *x = p->of[j].x;
	size_t n = p->out->s->n;
	bool whole = true;

	for (size_t i = 0; i < n && whole; i += CHUNK) {
		size_t to = i + CHUNK < n ? i + CHUNK : n;
		int missing = 0;

		for (size_t k = i; k < to; k++)
			missing |= x[k] != x[k];
		whole = missing == 0;
	}
	p->whole[j] = whole;
}

/* The mean of a few answers: differences from it are exact where they need to be. */
static double
pivot_of(const struct pass *p, size_t j)
{
	size_t stride = p->n / PIVOT_ROWS + 1;
	double sum = 0, n = 0, x;

	for (size_t k = 0; k < p->n; k += stride) {
		x = p->of[j].x[row_at(p, k)];
		if (!isnan(x)) {
			sum += x;
			n++;
		}
	}
	for (size_t k = 0; n == 0 && k < p->n; k++) {
		x = p->of[j].x[row_at(p, k)];
		if (!isnan(x)) {
			sum = x;
			n = 1;
		}
	}
	return n > 0 ? sum / n : 0;
}

static void
columns_make(struct pass *p, struct pool *pool)
{
	double *pivot = pool_array(pool, p->out->items + 1, sizeof(*pivot));

	p->whole = pool_array(pool, p->out->items + 1, sizeof(*p->whole));
	parallel_each(p->out->items, column_scan, p);
	for (size_t j = 0; j < p->out->items; j++)
		pivot[j] = pivot_of(p, j);
	p->out->pivot = pivot;
}

/* ---- sums of a run ---- */

/* What a run of rows adds up to. */
struct run {
	double n, w, ww, t, q;
};

/* Four sums side by side: quick, and less rounding than one. */
static inline void
run_whole(struct run *r, const double x[], const uint32_t row[], const double w[],
	size_t n, double pivot)
{
	double t[4] = { 0 }, q[4] = { 0 }, y;
	size_t k;

	for (k = 0; k + 4 <= n; k += 4)
		for (size_t l = 0; l < 4; l++) {
			y = x[row == NULL ? k + l : row[k + l]] - pivot;
			t[l] += w[k + l] * y;
			q[l] += w[k + l] * y * y;
		}
	for (size_t l = 0; k < n; k++, l++) {
		y = x[row == NULL ? k : row[k]] - pivot;
		t[l] += w[k] * y;
		q[l] += w[k] * y * y;
	}
	r->t = (t[0] + t[1]) + (t[2] + t[3]);
	r->q = (q[0] + q[1]) + (q[2] + q[3]);
}

static void
run_weights(struct run *r, const double w[], size_t n)
{
	r->n = (double)n;
	for (size_t k = 0; k < n; k++) {
		r->w += w[k];
		r->ww += w[k] * w[k];
	}
}

static void
run_missing(struct run *r, const double x[], const uint32_t row[], const double w[],
	size_t n, double pivot)
{
	double y;

	for (size_t k = 0; k < n; k++) {
		y = x[row == NULL ? k : row[k]] - pivot;
		if (isnan(y))
			continue;
		r->n++;
		r->w += w[k];
		r->ww += w[k] * w[k];
		r->t += w[k] * y;
		r->q += w[k] * y * y;
	}
}

/* By margin cell besides. */
static void
run_cells(double t[], double cw[], size_t stride, const double x[], const uint32_t row[],
	const double w[], const uint32_t cell[], size_t n, double pivot)
{
	size_t at;
	double y;

	for (size_t k = 0; k < n; k++) {
		y = x[row == NULL ? k : row[k]] - pivot;
		if (isnan(y))
			continue;
		at = cell[k] * stride;
		t[at] += w[k] * y;
		cw[at] += w[k];
	}
}

/* ---- a block ---- */

/* Rows from..to (in order) of one place, one item. */
static struct run
place_sum(const struct pass *p, size_t from, size_t to, size_t j, const struct run *shared)
{
	double pivot = p->out->pivot[j];
	struct sum t = { 0, 0 };
	struct run all = { 0 };
	size_t n;

	for (size_t k = from; k < to; k += n) {
		const double *x = p->row == NULL ? p->of[j].x + k : p->of[j].x;
		const uint32_t *row = p->row == NULL ? NULL : p->row + k;
		struct run r = { 0 };

		n = to - k < CHUNK ? to - k : CHUNK;
		if (p->whole[j])
			run_whole(&r, x, row, p->w + k, n, pivot);
		else
			run_missing(&r, x, row, p->w + k, n, pivot);
		sum_add(&t, r.t);
		all.q += r.q;
		all.n += r.n;
		all.w += r.w;
		all.ww += r.ww;
	}
	all.t = sum_of(&t);
	if (p->whole[j]) {
		all.n = shared->n;
		all.w = shared->w;
		all.ww = shared->ww;
	}
	return all;
}

static void
place_item(struct pass *p, size_t b, size_t place, size_t j, const struct run *shared)
{
	struct sums *o = p->out;
	size_t domain = place % o->domains->n, from = p->first[place], to = p->first[place + 1];
	struct sums_row *part = p->part + (b * o->domains->n + domain) * o->items + j;
	struct run r = place_sum(p, from, to, j, shared);
	size_t cells;

	o->t[place * o->items + j] = r.t;
	o->w[place * o->items + j] = r.w;
	part->n += r.n;
	part->ww += r.ww;
	part->q += r.q;
	if (p->cells == 0)
		return;
	cells = (b * o->domains->n + domain) * p->cells * o->items + j * p->cells;
	run_cells(p->cell_t + cells, p->cell_w + cells, 1, p->row == NULL ? p->of[j].x + from :
		p->of[j].x, p->row == NULL ? NULL : p->row + from, p->w + from, p->cell + from,
		to - from, o->pivot[j]);
}

static void
block_sum(void *arg, size_t b)
{
	struct pass *p = arg;

	for (size_t place = p->from[b]; place < p->from[b + 1]; place++) {
		size_t from = p->first[place], n = p->first[place + 1] - from;
		struct run shared = { 0 };

		if (n == 0)
			continue;
		run_weights(&shared, p->w + from, n);
		for (size_t j = 0; j < p->out->items; j++)
			place_item(p, b, place, j, &shared);
	}
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
		for (size_t j = 0, d = o->domains->of[row_at(p, k)]; j < o->items; j++) {
			r = d * o->items + j;
			x = p->of[j].x[row_at(p, k)];
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
	struct pass p = { .out = o, .of = of, .places = s->stage[0].psus * d->n };
	size_t *count;

	*o = (struct sums){ .s = s, .domains = d, .items = items };
	o->row = pool_array(pool, d->n * items + 1, sizeof(*o->row));
	o->t = pool_array(pool, p.places * items + 1, sizeof(*o->t));
	o->w = pool_array(pool, p.places * items + 1, sizeof(*o->w));
	order_make(&p, &scratch);
	cells_order(&p, &scratch);
	blocks_make(&p, &scratch);
	columns_make(&p, pool);
	parallel_each(p.blocks, block_sum, &p);
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
