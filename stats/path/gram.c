/* Gram matrices of answers under changing weights. */
#include "stats/path/gram.h"

#include <math.h>
#include <string.h>

#include "stats/fault.h"
#include "stats/wide.h"

enum {
	LANES = 4,		/* partial sums of a product */
	SMALL = 64,		/* largest whole number of the fast way, so that no sum
				 * of a block overflows */
	FACTOR_MAX = 511	/* SMALL times this fits 16 bits */
};
/* numbers kept per unit, all units together: 256 MiB */
static const size_t SUMS_MAX = (size_t)1 << 25;

/* ---- columns ---- */

static bool
counts(const struct pls_gram *g, const double row[], double w)
{
	bool any = g->missing != PLS_LISTWISE;

	for (size_t i = 0; !any && i < g->model->items; i++)
		if (isnan(row[i]))
			return false;
	return w > 0;
}

/* Shift of an item: near its mean, and whole where all its answers are, so that
 * their products are exact. */
static double
shift_of(const double x[], size_t rows, size_t items, size_t i, bool *gap)
{
	double sum = 0, n = 0, first = NAN;
	bool whole = true;

	*gap = false;
	for (size_t r = 0; r < rows; r++) {
		double y = x[r * items + i];

		if (isnan(y)) {
			*gap = true;
			continue;
		}
		if (isnan(first))
			first = y;
		whole = whole && y == rint(y);
		sum += y - first;
		n++;
	}
	return whole ? first + rint(sum / n) : first + sum / n;
}

/* Which columns there are. */
static void
plan_columns(struct pls_gram *g, const double x[], size_t rows, struct pool *pool)
{
	size_t items = g->model->items;
	bool gap;

	g->flag = pool_array(pool, items, sizeof(*g->flag));
	g->shift = pool_array(pool, items, sizeof(*g->shift));
	g->columns = 1 + items;
	for (size_t i = 0; i < items; i++) {
		g->shift[i] = shift_of(x, rows, items, i, &gap);
		if (gap && g->missing != PLS_LISTWISE)
			g->flag[i] = g->columns++;
	}
	if (g->missing == PLS_PAIRWISE) {
		g->square = g->columns;
		g->columns += items;
	}
	g->size = g->columns * (g->columns + 1) / 2;
}

/* Where column c of a row lies. */
static size_t
place(const struct pls_gram *g, size_t row, size_t c)
{
	return (row / PLS_BLOCK * g->columns + c) * PLS_BLOCK + row % PLS_BLOCK;
}

static void
put_row(struct pls_gram *g, size_t at, const double x[])
{
	g->column[place(g, at, 0)] = 1;
	for (size_t i = 0; i < g->model->items; i++) {
		double d = isnan(x[i]) ? 0 : x[i] - g->shift[i];

		g->column[place(g, at, 1 + i)] = d;
		if (g->flag[i] != 0)
			g->column[place(g, at, g->flag[i])] = !isnan(x[i]);
		if (g->square != 0)
			g->column[place(g, at, g->square + i)] = d * d;
	}
}

/* The columns in 16 bits, where nothing is lost by that. */
static void
shrink(struct pls_gram *g, struct pool *pool)
{
	size_t n = g->blocks * g->columns * PLS_BLOCK;

	for (size_t r = 0; r < g->rows; r++)
		if (g->weight[r] != g->weight[0])
			return;
	for (size_t i = 0; i < n; i++)
		if (!(fabs(g->column[i]) <= SMALL) || g->column[i] != rint(g->column[i]))
			return;
	g->small = pool_array(pool, n, sizeof(*g->small));
	for (size_t i = 0; i < n; i++)
		g->small[i] = (int16_t)g->column[i];
	for (size_t r = 0; r < g->rows; r++)
		g->weight[r] = 1;
}

/* ---- products ---- */

/* LANES partial sums, whatever the width of the machine's vectors. */
struct lanes {
	double x __attribute__((vector_size(LANES * sizeof(double))));
} __attribute__((packed, aligned(sizeof(double))));

static inline double
lanes_sum(const struct lanes *s)
{
	double all = 0;

	for (size_t l = 0; l < LANES; l++)
		all += s->x[l];
	return all;
}

/* sum[0..3] += products of a column with four neighbours: what is loaded once serves four times. */
static inline void
dot_four(double sum[], const struct lanes *a, const double *column)
{
	const struct lanes *b = (const struct lanes *)column;
	struct lanes s[4] = { 0 };
	enum { N = PLS_BLOCK / LANES };

	for (size_t i = 0; i < N; i++) {
		s[0].x += a[i].x * b[i].x;
		s[1].x += a[i].x * b[N + i].x;
		s[2].x += a[i].x * b[2 * N + i].x;
		s[3].x += a[i].x * b[3 * N + i].x;
	}
	for (size_t d = 0; d < 4; d++)
		sum[d] += lanes_sum(&s[d]);
}

static inline double
dot_one(const struct lanes *a, const double *column)
{
	const struct lanes *b = (const struct lanes *)column;
	struct lanes s = { 0 };

	for (size_t i = 0; i < PLS_BLOCK / LANES; i++)
		s.x += a[i].x * b[i].x;
	return lanes_sum(&s);
}

static inline void
dot_small_four(double sum[], const int16_t *restrict a, const int16_t *restrict b)
{
	int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;

	for (size_t i = 0; i < PLS_BLOCK; i++) {
		s0 += (int32_t)a[i] * b[i];
		s1 += (int32_t)a[i] * b[PLS_BLOCK + i];
		s2 += (int32_t)a[i] * b[2 * PLS_BLOCK + i];
		s3 += (int32_t)a[i] * b[3 * PLS_BLOCK + i];
	}
	sum[0] += s0;
	sum[1] += s1;
	sum[2] += s2;
	sum[3] += s3;
}

static inline int32_t
dot_small(const int16_t *restrict a, const int16_t *restrict b)
{
	int32_t s = 0;

	for (size_t i = 0; i < PLS_BLOCK; i++)
		s += (int32_t)a[i] * b[i];
	return s;
}

/* One block's share, f[PLS_BLOCK] being how much each row counts. */
WIDE static void
add_block(double sum[], const struct pls_gram *g, size_t block, const double f[], double scaled[])
{
	const double *column = g->column + block * g->columns * PLS_BLOCK;
	size_t d;

	for (size_t c = 0; c < g->columns; c++, sum += c) {
		for (size_t i = 0; i < PLS_BLOCK; i++)
			scaled[i] = f[i] * column[c * PLS_BLOCK + i];
		for (d = 0; d + 4 <= c + 1; d += 4)
			dot_four(sum + d, (const struct lanes *)scaled, column + d * PLS_BLOCK);
		for (; d <= c; d++)
			sum[d] += dot_one((const struct lanes *)scaled, column + d * PLS_BLOCK);
	}
}

WIDE static void
add_block_small(double sum[], const struct pls_gram *g, size_t block, const int16_t f[],
	int16_t scaled[])
{
	const int16_t *column = g->small + block * g->columns * PLS_BLOCK;
	size_t d;

	for (size_t c = 0; c < g->columns; c++, sum += c) {
		for (size_t i = 0; i < PLS_BLOCK; i++)
			scaled[i] = (int16_t)(f[i] * column[c * PLS_BLOCK + i]);
		for (d = 0; d + 4 <= c + 1; d += 4)
			dot_small_four(sum + d, scaled, column + d * PLS_BLOCK);
		for (; d <= c; d++)
			sum[d] += dot_small(scaled, column + d * PLS_BLOCK);
	}
}

/* Can every factor be a small whole number? */
static bool
small_factors(const struct pls_gram *g, const double factor[])
{
	if (g->small == NULL)
		return false;
	for (size_t u = 0; u < g->units; u++)
		if (!(factor[u] <= FACTOR_MAX) || factor[u] != rint(factor[u]))
			return false;
	return true;
}

static size_t
block_rows(const struct pls_gram *g, size_t block)
{
	size_t left = g->rows - block * PLS_BLOCK;

	return left < PLS_BLOCK ? left : PLS_BLOCK;
}

static void
sum_rows(double sum[], const struct pls_gram *g, const double factor[], struct pool *pool)
{
	double *f = pool_array(pool, PLS_BLOCK, sizeof(*f)),
		*scaled = pool_array(pool, PLS_BLOCK, sizeof(*scaled));

	for (size_t b = 0; b < g->blocks; b++) {
		const uint32_t *unit = g->unit + b * PLS_BLOCK;
		size_t n = block_rows(g, b);

		for (size_t i = 0; i < n; i++)
			f[i] = factor[unit[i]] * g->weight[b * PLS_BLOCK + i];
		memset(f + n, 0, (PLS_BLOCK - n) * sizeof(*f));
		add_block(sum, g, b, f, scaled);
	}
}

static void
sum_rows_small(double sum[], const struct pls_gram *g, const double factor[], struct pool *pool)
{
	int16_t *f = pool_array(pool, PLS_BLOCK, sizeof(*f)),
		*scaled = pool_array(pool, PLS_BLOCK, sizeof(*scaled));

	for (size_t b = 0; b < g->blocks; b++) {
		const uint32_t *unit = g->unit + b * PLS_BLOCK;
		size_t n = block_rows(g, b);

		for (size_t i = 0; i < n; i++)
			f[i] = (int16_t)factor[unit[i]];
		memset(f + n, 0, (PLS_BLOCK - n) * sizeof(*f));
		add_block_small(sum, g, b, f, scaled);
	}
}

void
pls_gram_sums(double sum[], const struct pls_gram *g, const double factor[], struct pool *pool)
{
	memset(sum, 0, g->size * sizeof(*sum));
	if (g->sums == NULL) {
		(small_factors(g, factor) ? sum_rows_small : sum_rows)(sum, g, factor, pool);
		return;
	}
	for (size_t u = 0; u < g->units; u++) {
		const double *restrict z = g->sums + u * g->size;

		for (size_t i = 0; factor[u] != 0 && i < g->size; i++)
			sum[i] += factor[u] * z[i];
	}
}

/* ---- units ---- */

void
pls_gram_units(struct pls_gram_units *by, const struct pls_gram *g, struct pool *pool)
{
	size_t *first = pool_array(pool, g->units + 2, sizeof(*first));
	size_t *row = pool_array(pool, g->rows + 1, sizeof(*row));

	for (size_t r = 0; r < g->rows; r++)
		first[g->unit[r] + 2]++;
	for (size_t u = 2; u <= g->units; u++)
		first[u] += first[u - 1];
	for (size_t r = 0; r < g->rows; r++)
		row[first[g->unit[r] + 1]++] = r;
	*by = (struct pls_gram_units){ first, row };
}

static void
add_row(double sum[], const struct pls_gram *g, size_t row, double factor, double a[])
{
	factor *= g->weight[row];
	for (size_t c = 0; c < g->columns; c++)
		a[c] = g->column[place(g, row, c)];
	for (size_t c = 0; c < g->columns; c++)
		for (size_t d = 0; d <= c; d++)
			*sum++ += factor * a[c] * a[d];
}

void
pls_gram_add_unit(double sum[], const struct pls_gram *g, const struct pls_gram_units *by, size_t u,
	double factor, struct pool *pool)
{
	double *a;

	if (g->sums != NULL) {
		for (size_t i = 0; i < g->size; i++)
			sum[i] += factor * g->sums[u * g->size + i];
		return;
	}
	a = pool_array(pool, g->columns, sizeof(*a));
	for (size_t r = by->first[u]; r < by->first[u + 1]; r++)
		add_row(sum, g, by->row[r], factor, a);
}

/* Units of several rows: add them up once, not in every replicate. */
static void
keep_sums(struct pls_gram *g, struct pool *pool)
{
	double *a = pool_array(pool, g->columns, sizeof(*a));

	if (g->units > g->rows / 2 || g->units > SUMS_MAX / g->size)
		return;
	g->sums = pool_array(pool, g->units * g->size, sizeof(*g->sums));
	for (size_t r = 0; r < g->rows; r++)
		add_row(g->sums + g->unit[r] * g->size, g, r, 1, a);
}

void
pls_gram_make(struct pls_gram *g, const double x[], size_t rows, const struct pls_model *model,
	const double w[],
	const uint32_t unit[], size_t units, enum pls_missing missing, struct pool *pool)
{
	size_t at = 0;

	*g = (struct pls_gram){ .model = model, .missing = missing, .units = units };
	plan_columns(g, x, rows, pool);
	for (size_t r = 0; r < rows; r++)
		g->rows += counts(g, x + r * model->items, w != NULL ? w[r] : 1);
	g->blocks = (g->rows + PLS_BLOCK - 1) / PLS_BLOCK;
	g->column = pool_array(pool, g->blocks * g->columns * PLS_BLOCK, sizeof(*g->column));
	g->weight = pool_array(pool, g->blocks * PLS_BLOCK, sizeof(*g->weight));
	g->unit = pool_array(pool, g->rows + 1, sizeof(*g->unit));
	for (size_t r = 0; r < rows; r++) {
		double one = w != NULL ? w[r] : 1;

		if (!counts(g, x + r * model->items, one))
			continue;
		put_row(g, at, x + r * model->items);
		g->weight[at] = one;
		g->unit[at++] = unit[r];
	}
	shrink(g, pool);
	keep_sums(g, pool);
}

/* ---- moments ---- */

static double
gram(const double sum[], size_t a, size_t b)
{
	return a >= b ? sum[a * (a + 1) / 2 + b] : sum[b * (b + 1) / 2 + a];
}

/* Correlation of the rows that have both. */
static double
pair_cor(const struct pls_gram *g, const double sum[], size_t i, size_t j)
{
	size_t fi = g->flag[i], fj = g->flag[j];
	double n = gram(sum, fi, fj), si = gram(sum, 1 + i, fj), sj = gram(sum, fi, 1 + j);
	double ii = gram(sum, g->square + i, fj) - si * si / n,
		jj = gram(sum, fi, g->square + j) - sj * sj / n;

	return (gram(sum, 1 + i, 1 + j) - si * sj / n) / sqrt(ii * jj);
}

/* Products of deviations, a missing one counting as 0. */
static double
product(const struct pls_gram *g, const double sum[], const double mean[], size_t i, size_t j)
{
	size_t fi = g->flag[i], fj = g->flag[j];

	return gram(sum, 1 + i, 1 + j) - mean[i] * gram(sum, fi, 1 + j) -
		mean[j] * gram(sum, 1 + i, fj) + mean[i] * mean[j] * gram(sum, fi, fj);
}

/* Means (less shift) and sds; a spread that is rounding alone is none. */
static int
spreads(struct pls_moments *m, const struct pls_gram *g, const double sum[])
{
	double all = gram(sum, 0, 0);

	for (size_t i = 0; i < g->model->items; i++) {
		double n = gram(sum, g->flag[i], 0), ss, of;

		if (!(n > 0))
			return FAULT_TOO_FEW;
		m->mean[i] = gram(sum, 1 + i, 0) / n;
		ss = product(g, sum, m->mean, i, i);
		if (!(ss > 1e-12 * gram(sum, 1 + i, 1 + i)))
			return FAULT_CONSTANT;
		/* How many respondents this stands for: all, or those who answered. */
		of = g->missing == PLS_PAIRWISE ? m->n * n / all : m->n;
		m->sd[i] = sqrt(ss / (g->missing == PLS_PAIRWISE ? n : all) * of / (of - 1));
	}
	return 0;
}

int
pls_gram_moments(struct pls_moments *m, const struct pls_gram *g, const double sum[])
{
	size_t k = g->model->items;
	double all = gram(sum, 0, 0);
	int rc;

	m->n = (double)g->rows;
	if (!(all > 0))
		return FAULT_TOO_FEW;
	if ((rc = spreads(m, g, sum)) != 0)
		return rc;
	for (size_t i = 0; i < k; i++) {
		double ii = product(g, sum, m->mean, i, i);

		m->cor[i * k + i] = 1;
		for (size_t j = 0; j < i; j++)
			m->cor[i * k + j] = m->cor[j * k + i] = g->missing == PLS_PAIRWISE ?
				pair_cor(g, sum, i, j) : product(g, sum, m->mean, i,
				j) / sqrt(ii * product(g, sum, m->mean, j, j));
	}
	for (size_t i = 0; i < k; i++)
		m->mean[i] += g->shift[i];
	return 0;
}
