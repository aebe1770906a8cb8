/* Columns made from answers. */
#include <math.h>

#include "stats/sample/sample.h"

struct column
column_numbers(const struct column *c, size_t n, struct pool *pool)
{
	struct column numbers = { .name = c->name, .upper = c->upper };
	double *x;

	if (c->x != NULL)
		return *c;
	x = pool_array(pool, n + 1, sizeof(*x));
	for (size_t i = 0; i < n; i++) {
		int32_t part = column_part(c, i);

		x[i] = part == COLUMN_MISSING ? NAN : c->zero + c->unit * part;
	}
	numbers.x = x;
	return numbers;
}

struct column
column_share(const char *name, const double x[], size_t n, const double is[], size_t iss,
	struct pool *pool)
{
	double *y = pool_array(pool, n + 1, sizeof(*y));

	for (size_t i = 0; i < n; i++) {
		y[i] = isnan(x[i]) ? NAN : 0;
		for (size_t j = 0; j < iss; j++)
			if (x[i] == is[j])
				y[i] = 1;
	}
	return (struct column){ .name = name, .x = y, .upper = 1 };
}

struct column *
column_levels(const struct factor *f, struct pool *pool)
{
	struct column *column = pool_array(pool, f->levels + 1, sizeof(*column));

	for (size_t l = 0; l < f->levels; l++) {
		double *y = pool_array(pool, f->n + 1, sizeof(*y));

		for (size_t i = 0; i < f->n; i++)
			y[i] = f->of[i] == FACTOR_NONE ? NAN : f->of[i] == l;
		column[l] = (struct column){ .name = f->level[l], .x = y, .upper = 1 };
	}
	return column;
}

struct column
column_points(const char *name, const double x[], size_t n, double lo, double hi, struct pool *pool)
{
	double *y = pool_array(pool, n + 1, sizeof(*y));

	for (size_t i = 0; i < n; i++)
		y[i] = x[i] >= lo && x[i] <= hi ? 100 * (x[i] - lo) / (hi - lo) : NAN;
	return (struct column){ .name = name, .x = y, .upper = 100 };
}
