/* Categories of rows: numbered, sorted, with room for "missing". */
#ifndef STATS_FACTOR_H
#define STATS_FACTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/pool.h"

#define FACTOR_NONE UINT32_MAX	/* the row's category is missing */

/* Plain; the arrays live in the pool it was made in. */
struct factor {
	const char *name;		/* of the column; "" where made up */
	size_t n;			/* rows */
	const char *const *level;	/* level[levels], sorted */
	size_t levels;
	const uint32_t *of;		/* of[n]: index of a level, or FACTOR_NONE */
};

/*
 * Number the distinct texts of a column.  "" and NULL are missing.  Levels
 * that are all numbers are sorted as numbers, others byte by byte (so the
 * order does not depend on the locale).  Texts are not copied.
 */
void factor_make(
	struct factor *f, const char *name, const char *const text[], size_t n, struct pool *pool);

/*
 * Every combination of levels that occurs, the first factor's levels
 * varying fastest; missing where any is missing.  level[] joins the names with '|';
 * part[i * factors + j] is the level of factor j in combination i.
 */
void factor_cross(struct factor *f, const char *const *const **part,
	const struct factor *const factor[], size_t factors, size_t n, struct pool *pool);

/* A number as people write one, in the whole of a level. */
bool factor_number(double *x, const char *level);

/* Index of a level, or FACTOR_NONE. */
size_t factor_level(const struct factor *f, const char *level);

#endif
