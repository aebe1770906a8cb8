/* Residuals of calibrated estimates. */
#include <string.h>

#include "stats/linear.h"
#include "stats/parallel.h"
#include "stats/sample/fixed.h"
#include "stats/sample/stage.h"
#include "stats/sample/sums.h"

/* Entry e of a row: which auxiliary and its value. */
static inline size_t
entry_index(const struct calibration *c, size_t row, size_t e)
{
	if (c->index == NULL)
		return e;
	return c->index[(c->cell == NULL ? row : c->cell[row]) * c->entries + e];
}

static inline double
entry_value(const struct calibration *c, size_t row, size_t e)
{
	return c->x == NULL ? 1 : c->x[row * c->k + e];
}

static double
row_spread(const struct calibration *c, size_t row)
{
	return c->spread == NULL ? 1 : c->spread[row];
}

static void
normal_cells(double a[], const struct calibration *c)
{
	for (size_t i = 0; i < c->cells; i++)
		for (size_t e = 0; e < c->entries; e++)
			for (size_t f = 0; f < c->entries; f++)
				a[c->index[i * c->entries + e] * c->k +
					c->index[i * c->entries + f]] += c->cell_base[i];
}

static void
normal_matrix(double a[], const struct calibration *c, size_t n)
{
	memset(a, 0, c->k * c->k * sizeof(*a));
	if (c->cell != NULL && c->spread == NULL) {
		normal_cells(a, c);
		return;
	}
	for (size_t i = 0; i < n; i++)
		for (size_t e = 0; e < c->entries; e++)
			for (size_t f = 0; f < c->entries; f++)
				a[entry_index(c, i, e) * c->k + entry_index(c, i, f)] +=
					c->base[i] / row_spread(c, i) * entry_value(c, i, e) *
					entry_value(c, i, f);
}

/* What the slopes so far leave of row i's column p on the scale of u / g. */
static double
row_left(const struct residuals *r, const struct linear_rows *rows, size_t i, size_t p, size_t j)
{
	const struct calibration *c = r->c;
	double fit = 0;

	for (size_t e = 0; e < c->entries; e++)
		fit += entry_value(c, i, e) * r->slope[entry_index(c, i, e) * r->k + p];
	return (rows->domains->of[i] == p / rows->items && calibration_g(c, i) != 0
		? rows->u[i * rows->items + j] / calibration_g(c, i)
		: 0) -
		c->base[i] * fit;
}

static void
right_side(
	double b[], const struct residuals *r, const struct linear_rows *rows, size_t n, bool first)
{
	const struct calibration *c = r->c;
	size_t from, to;
	double left;

	memset(b, 0, c->k * r->k * sizeof(*b));
	for (size_t i = 0; i < n; i++) {
		from = first && rows->domains->of[i] != FACTOR_NONE
			? rows->domains->of[i] * rows->items
			: 0;
		to = !first ? r->k : rows->domains->of[i] == FACTOR_NONE ? 0 : from + rows->items;
		for (size_t p = from; p < to; p++) {
			left = row_left(r, rows, i, p, p % rows->items) / row_spread(c, i);
			for (size_t e = 0; e < c->entries; e++)
				b[entry_index(c, i, e) * r->k + p] += left * entry_value(c, i, e);
		}
	}
}

/* The same from sums by domain and cell. */
static void
right_cells(double b[], const struct residuals *r, const struct sums_linear *l)
{
	const struct calibration *c = r->c;
	double left;

	memset(b, 0, c->k * r->k * sizeof(*b));
	for (size_t p = 0; p < r->k; p++)
		for (size_t i = 0; i < c->cells; i++) {
			if (l->sums->cell_w[p * c->cells + i] == 0)
				continue;
			left = (l->sums->cell_t[p * c->cells + i] - l->centre[p] *
				l->sums->cell_w[p * c->cells + i]) / l->scale[p] / c->cell_g[i];
			for (size_t e = 0; e < c->entries; e++)
				b[c->index[i * c->entries + e] * r->k + p] += left;
		}
}

/* Design-weighted regression of the linearised variables; dense auxiliaries get one refinement. */
void
residuals_make(struct residuals *r, const struct calibration *c, const struct linear_rows *rows,
	size_t n, struct pool *pool)
{
	double *a = pool_array(pool, c->k * c->k + 1, sizeof(*a)), *b;

	r->c = c;
	r->k = rows->domains->n * rows->items;
	r->slope = pool_array(pool, c->k * r->k + 1, sizeof(*r->slope));
	b = pool_array(pool, c->k * r->k + 1, sizeof(*b));
	for (size_t turn = 0; turn < (c->x == NULL ? 1 : 2); turn++) {
		normal_matrix(a, c, n);
		if (rows->sums != NULL)
			right_cells(b, r, rows->sums);
		else
			right_side(b, r, rows, n, turn == 0);
		linear_solve(a, c->k, b, r->k);
		for (size_t i = 0; i < c->k * r->k; i++)
			r->slope[i] += b[i];
	}
}

/* Sums of some rows' weights by unit and auxiliary. */
struct auxiliary {
	const struct sample *s;
	size_t stage, sums, parts;
	double scale;
	__int128 *w;		/* w[parts * sums] */
};

enum { PARTS_MAX = 8, PART_ROWS = 1 << 15 };

static void
auxiliary_part(void *arg, size_t part)
{
	const struct auxiliary *a = arg;
	const struct calibration *c = a->s->calibration;
	size_t n = a->s->n, to = n * (part + 1) / a->parts;
	__int128 *w = a->w + part * a->sums;

	for (size_t i = n * part / a->parts; i < to; i++) {
		int64_t weight = fixed_of(c->base[i] * calibration_g(c, i), a->scale);
		size_t unit = a->s->unit[a->stage][i] * c->k;

		for (size_t e = 0; e < c->entries; e++)
			w[unit + entry_index(c, i, e)] += weight;
	}
}

/* Weights in fixed point: then the order of rows does not show. */
static void
auxiliary_fixed(double x[], const struct sample *s, size_t stage)
{
	struct pool scratch = POOL_INIT;
	struct auxiliary a = { .s = s, .stage = stage, .scale = fixed_scale(s->range),
		.sums = s->stage[stage].psus * s->calibration->k };

	a.parts = s->n / (PART_ROWS + a.sums) + 1;
	a.parts = a.parts < PARTS_MAX ? a.parts : PARTS_MAX;
	a.w = pool_array(&scratch, a.parts * a.sums + 1, sizeof(*a.w));
	parallel_each(a.parts, auxiliary_part, &a);
	for (size_t k = 0; k < a.sums; k++) {
		for (size_t part = 1; part < a.parts; part++)
			a.w[k] += a.w[part * a.sums + k];
		x[k] = fixed_number(a.w[k]) / a.scale;
	}
	pool_clear(&scratch);
}

double *
residuals_auxiliary(const struct sample *s, size_t stage, bool exact, struct pool *pool)
{
	const struct calibration *c = s->calibration;
	size_t units = s->stage[stage].psus;
	double *x = pool_array(pool, units * c->k + 1, sizeof(*x));

	/* Units of few rows have no order to speak of. */
	if (exact && c->cell != NULL && units <= (4 * s->n + 65536) / c->k) {
		auxiliary_fixed(x, s, stage);
		return x;
	}
	for (size_t i = 0; i < s->n; i++)
		for (size_t e = 0; e < c->entries; e++)
			x[s->unit[stage][i] * c->k + entry_index(c, i, e)] += c->base[i] *
				calibration_g(c, i) * entry_value(c, i, e);
	return x;
}

void
residuals_take(const struct residuals *r, double total[], const struct sample *s, size_t stage,
	bool exact, struct pool *pool)
{
	const struct calibration *c = r->c;
	double *x = residuals_auxiliary(s, stage, exact, pool);

	for (size_t u = 0; u < s->stage[stage].psus; u++)
		for (size_t e = 0; e < c->k; e++)
			for (size_t p = 0; x[u * c->k + e] != 0 && p < r->k; p++)
				total[u * r->k + p] -= x[u * c->k + e] * r->slope[e * r->k + p];
}
