/* Tables of an inquiry: order, units, figures by name. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/fault.h"
#include "figure/inquiry_in.h"

/* ---- order ---- */

static bool
number_of(double *x, const char *s)
{
	char *end;

	*x = strtod(s, &end);
	return end != s && *end == '\0' && isfinite(*x);
}

/* A level of one by-variable, with its row. */
struct placed {
	const char *level;
	double number;
	size_t row;
};

static int
by_text(const void *x, const void *y)
{
	const struct placed *a = x, *b = y;
	int c = strcmp(a->level, b->level);

	return c != 0 ? c : (a->row > b->row) - (a->row < b->row);
}

static int
by_number(const void *x, const void *y)
{
	const struct placed *a = x, *b = y;

	return a->number < b->number ? -1 : a->number > b->number ? 1 : by_text(x, y);
}

/* rank[row]: which level of by-variable v it has, in order. */
static size_t
ranks_of(size_t rank[], const struct table *t, size_t v, const size_t keep[], size_t n,
	struct pool *pool)
{
	struct placed *p = pool_array(pool, n + 1, sizeof(*p));
	bool numbers = true;
	size_t levels = 0;

	for (size_t i = 0; i < n; i++) {
		p[i] = (struct placed){ t->row[keep[i]].by[v], 0, i };
		numbers = number_of(&p[i].number, p[i].level) && numbers;
	}
	qsort(p, n, sizeof(*p), numbers ? by_number : by_text);
	for (size_t i = 0; i < n; i++) {
		levels += i == 0 || strcmp(p[i].level, p[i - 1].level) != 0;
		rank[p[i].row] = levels - 1;
	}
	return levels;
}

struct coded {
	size_t code, row;
};

static int
by_code(const void *x, const void *y)
{
	const struct coded *a = x, *b = y;

	if (a->code != b->code)
		return a->code < b->code ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

static double *
picked(const double *from, size_t old, const size_t row[], size_t n, struct pool *pool)
{
	double *to = pool_array(pool, n * n + 1, sizeof(*to));

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			to[i * n + j] = from[row[i] * old + row[j]];
	return to;
}

/* Only these rows, in this order. */
static void
table_pick(struct table *t, const size_t row[], size_t n, struct pool *pool)
{
	struct table_row *rows = pool_array(pool, n + 1, sizeof(*rows));
	double *total;

	for (size_t i = 0; i < n; i++)
		rows[i] = t->row[row[i]];
	t->cov = picked(t->cov, t->rows, row, n, pool);
	if (t->srs != NULL)
		t->srs = picked(t->srs, t->rows, row, n, pool);
	if (t->total != NULL) {
		total = pool_array(pool, t->design->psus * n + 1, sizeof(*total));
		for (size_t c = 0; c < t->design->psus; c++)
			for (size_t i = 0; i < n; i++)
				total[c * n + i] = t->total[c * t->rows + row[i]];
		t->total = total;
	}
	t->row = rows;
	t->rows = n;
}

static bool
placed_everywhere(const struct table *t, size_t i)
{
	for (size_t v = 0; v < t->bys; v++)
		if (t->row[i].by == NULL || t->row[i].by[v][0] == '\0')
			return false;
	return true;
}

void
inquiry_arrange(struct table *t, struct pool *pool)
{
	size_t *keep = pool_array(pool, t->rows + 1, sizeof(*keep)),
		*rank = pool_array(pool, t->rows + 1, sizeof(*rank));
	struct coded *coded = pool_array(pool, t->rows + 1, sizeof(*coded));
	size_t n = 0, times = 1;

	if (t->bys == 0)
		return;
	for (size_t i = 0; i < t->rows; i++)
		if (placed_everywhere(t, i))
			keep[n++] = i;
	for (size_t i = 0; i < n; i++)
		coded[i].row = i;
	for (size_t v = 0; v < t->bys; v++) {
		size_t levels = ranks_of(rank, t, v, keep, n, pool);

		for (size_t i = 0; i < n; i++)
			coded[i].code += times * rank[i];
		times *= levels;
	}
	qsort(coded, n, sizeof(*coded), by_code);
	for (size_t i = 0; i < n; i++)
		rank[i] = keep[coded[i].row];
	table_pick(t, rank, n, pool);
}

/* ---- units ---- */

static void
row_rescale(struct table *t, size_t i, const struct inquiry_ask *ask, const struct score *score)
{
	double unit = (score->hi - score->lo) / 100.0;
	struct table_row *row = &t->row[i];

	row->upper = NAN;
	if (row->fault != 0)
		return;
	row->estimate.value = score->lo + row->estimate.value * unit;
	table_row_finish(row, t->cov[i * t->rows + i] * unit * unit,
		t->srs != NULL ? t->srs[i * t->rows + i] * unit * unit : NAN, row->estimate.df,
		t->level, ask->interval);
}

static void
table_rescale(struct table *t, const struct inquiry_ask *ask, const struct score score[])
{
	size_t n = t->rows;

	for (size_t i = 0; i < n; i++)
		row_rescale(t, i, ask, &score[i % ask->items]);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			const struct score *a = &score[i % ask->items], *b = &score[j % ask->items];
			double unit = (a->hi - a->lo) / 100.0 * ((b->hi - b->lo) / 100.0);

			t->cov[i * n + j] *= unit;
			if (t->srs != NULL)
				t->srs[i * n + j] *= unit;
		}
}

/* PSU totals are in the units of the rows they belong to. */
static void
totals_rescale(struct table *t, const struct inquiry_ask *ask, const struct score score[],
	struct pool *pool)
{
	double *total;

	if (t->total == NULL)
		return;
	total = pool_array(pool, t->design->psus * t->rows + 1, sizeof(*total));
	for (size_t c = 0; c < t->design->psus; c++)
		for (size_t i = 0; i < t->rows; i++)
			total[c * t->rows + i] = t->total[c * t->rows + i] *
				((score[i % ask->items].hi - score[i % ask->items].lo) / 100.0);
	t->total = total;
}

void
inquiry_finish(struct table *t, const struct inquiry_ask *ask, const struct score score[],
	struct pool *pool)
{
	if (ask->is != NULL || ask->points)
		return;
	totals_rescale(t, ask, score, pool);
	table_rescale(t, ask, score);
}
