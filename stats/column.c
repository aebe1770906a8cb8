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

/* Whole units from a column's zero to lo; 0 where there are none such. */
static int32_t
units_to(const struct column *c, double lo)
{
	double units = (lo - c->zero) / c->unit;

	return units == floor(units) && fabs(units) < 1e6 ? (int32_t)units : 0;
}

/* The parts counted from the scale's low end, so that its ends are 0 and 100 exactly; those off the
 * scale are missing. */
static struct column
points_coded(const struct column *c, size_t n, double lo, double hi, struct pool *pool)
{
	struct column points = *c;
	int32_t from_lo = units_to(c, lo);
	size_t parts = c->code != NULL ? COLUMN_CODES : n;
	const int32_t *from = c->code != NULL ? c->part : c->whole;
	int32_t *part = pool_array(pool, parts + 1, sizeof(*part));

	for (size_t i = 0; i < parts; i++) {
		double x = c->zero + c->unit * from[i];

		part[i] = from[i] != COLUMN_MISSING && x >= lo && x <= hi ? from[i] - from_lo :
			COLUMN_MISSING;
	}
	points.part = c->code != NULL ? part : NULL;
	points.whole = c->code != NULL ? NULL : part;
	points.zero = 100 * (c->zero + c->unit * from_lo - lo) / (hi - lo);
	points.unit = 100 * c->unit / (hi - lo);
	points.upper = 100;
	return points;
}

struct column
column_points(const struct column *c, size_t n, double lo, double hi, struct pool *pool)
{
	const double *x = c->x;
	double *y;

	if (x == NULL)
		return points_coded(c, n, lo, hi, pool);
	y = pool_array(pool, n + 1, sizeof(*y));
	for (size_t i = 0; i < n; i++)
		y[i] = x[i] >= lo && x[i] <= hi ? 100 * (x[i] - lo) / (hi - lo) : NAN;
	return (struct column){ .name = c->name, .x = y, .upper = 100 };
}
