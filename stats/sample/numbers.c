/*
 * Sums of numbers along runs of rows alike in unit and domain: made in registers, a few rows
 * plainly and those compensated.
 */
#include <math.h>

#include "stats/parallel.h"
#include "stats/sample/pass.h"
#include "stats/sum.h"

enum {
	CHUNK = 512,		/* rows added plainly before a compensated sum takes over */
	PIVOT_ROWS = 64
};

struct numbers {
	struct pass *p;
	const struct column *of;	/* all of numbers */
	const double *w;		/* w[n]: weights, in order */
	bool *whole;			/* whole[items]: no answer is missing */
	double *pivot;
};

/* ---- columns ---- */

static void
column_scan(void *arg, size_t j)
{
	struct numbers *u = arg;
	const double *x = u->of[j].x;
	size_t n = u->p->out->s->n;
	bool whole = true;

	for (size_t i = 0; i < n && whole; i += CHUNK) {
		size_t to = i + CHUNK < n ? i + CHUNK : n;
		int missing = 0;

		for (size_t k = i; k < to; k++)
			missing |= x[k] != x[k];
		whole = missing == 0;
	}
	u->whole[j] = whole;
}

/* The mean of a few answers: differences from it are exact where they need to be. */
static double
pivot_of(const struct numbers *u, size_t j)
{
	const struct pass *p = u->p;
	size_t stride = p->order.n / PIVOT_ROWS + 1;
	double sum = 0, n = 0, x;

	for (size_t k = 0; k < p->order.n; k += stride) {
		x = u->of[j].x[order_row(&p->order, k)];
		if (!isnan(x)) {
			sum += x;
			n++;
		}
	}
	for (size_t k = 0; n == 0 && k < p->order.n; k++) {
		x = u->of[j].x[order_row(&p->order, k)];
		if (!isnan(x)) {
			sum = x;
			n = 1;
		}
	}
	return n > 0 ? sum / n : 0;
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
run_cells(double t[], double cw[], const struct numbers *u, size_t j, size_t from, size_t to)
{
	const uint32_t *cell = u->p->out->s->calibration->cell;

	for (size_t k = from; k < to; k++) {
		size_t row = order_row(&u->p->order, k);
		double y = u->of[j].x[row] - u->pivot[j];

		if (isnan(y))
			continue;
		t[cell[row]] += u->w[k] * y;
		cw[cell[row]] += u->w[k];
	}
}

/* ---- a block ---- */

/* Rows from..to (in order) of one place, one item. */
static struct run
place_sum(const struct numbers *u, size_t from, size_t to, size_t j, const struct run *shared)
{
	const struct pass *p = u->p;
	struct sum t = { 0, 0 };
	struct run all = { 0 };
	size_t n;

	for (size_t k = from; k < to; k += n) {
		const double *x = p->order.row == NULL ? u->of[j].x + k : u->of[j].x;
		const uint32_t *row = p->order.row == NULL ? NULL : p->order.row + k;
		struct run r = { 0 };

		n = to - k < CHUNK ? to - k : CHUNK;
		if (u->whole[j])
			run_whole(&r, x, row, u->w + k, n, u->pivot[j]);
		else
			run_missing(&r, x, row, u->w + k, n, u->pivot[j]);
		sum_add(&t, r.t);
		all.q += r.q;
		all.n += r.n;
		all.w += r.w;
		all.ww += r.ww;
	}
	all.t = sum_of(&t);
	if (u->whole[j]) {
		all.n = shared->n;
		all.w = shared->w;
		all.ww = shared->ww;
	}
	return all;
}

static void
place_item(struct numbers *u, size_t b, size_t place, size_t j, const struct run *shared)
{
	struct pass *p = u->p;
	struct sums *o = p->out;
	size_t domain = place % o->domains->n, from = p->order.first[place],
		to = p->order.first[place + 1];
	struct sums_row *part = p->part + (b * o->domains->n + domain) * o->items + j;
	struct run r = place_sum(u, from, to, j, shared);
	size_t cells;

	o->t[place * o->items + j] = r.t;
	o->w[place * o->items + j] = r.w;
	part->n += r.n;
	part->ww += r.ww;
	part->s += r.q;
	if (p->cells == 0)
		return;
	cells = ((b * o->domains->n + domain) * o->items + j) * p->cells;
	run_cells(p->cell_t + cells, p->cell_w + cells, u, j, from, to);
}

static void
block_sum(void *arg, size_t b)
{
	struct numbers *u = arg;
	const struct pass *p = u->p;

	for (size_t place = p->order.from[b]; place < p->order.from[b + 1]; place++) {
		size_t from = p->order.first[place], n = p->order.first[place + 1] - from;
		struct run shared = { 0 };

		if (n == 0)
			continue;
		run_weights(&shared, u->w + from, n);
		for (size_t j = 0; j < p->out->items; j++)
			place_item(u, b, place, j, &shared);
	}
}

/* ---- all ---- */

static const double *
weights_order(const struct pass *p, struct pool *pool)
{
	const double *weight = p->out->s->weight;
	double *w;

	if (p->order.row == NULL)
		return weight;
	w = pool_array(pool, p->order.n + 1, sizeof(*w));
	for (size_t k = 0; k < p->order.n; k++)
		w[k] = weight[p->order.row[k]];
	return w;
}

/* Room for sums by domain and cell, block by block. */
static void
cells_take(struct pass *p, struct pool *pool)
{
	size_t n = p->order.blocks * p->out->domains->n * p->cells * p->out->items;

	if (p->cells == 0)
		return;
	p->cell_t = pool_array(pool, n + 1, sizeof(*p->cell_t));
	p->cell_w = pool_array(pool, n + 1, sizeof(*p->cell_w));
}

void
numbers_sum(struct pass *p, struct pool *pool)
{
	size_t items = p->out->items;
	struct column *of = pool_array(pool, items + 1, sizeof(*of));
	struct numbers u = { .p = p, .of = of, .w = weights_order(p, pool) };

	for (size_t j = 0; j < items; j++)
		of[j] = column_numbers(&p->of[j], p->out->s->n, pool);
	u.pivot = pool_array(pool, items + 1, sizeof(*u.pivot));
	u.whole = pool_array(pool, items + 1, sizeof(*u.whole));
	cells_take(p, pool);
	p->part = pool_array(pool, p->order.blocks * p->out->domains->n * items + 1,
		sizeof(*p->part));
	parallel_each(items, column_scan, &u);
	for (size_t j = 0; j < items; j++)
		u.pivot[j] = pivot_of(&u, j);
	p->out->pivot = u.pivot;
	parallel_each(p->order.blocks, block_sum, &u);
}
