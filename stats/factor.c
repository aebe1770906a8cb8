/* Categories of rows. */
#include "stats/factor.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"

/* Open addressing from text to a number. */
struct table {
	const char **key;
	size_t *value;
	size_t size;		/* a power of two */
	size_t used;
};

static uint64_t
hash(const char *s)
{
	uint64_t h = hash_text(HASH_START, s);

	return h ^ h >> 32;
}

static size_t
slot_of(const struct table *t, const char *key)
{
	size_t at = hash(key) & (t->size - 1);

	while (t->key[at] != NULL && strcmp(t->key[at], key) != 0)
		at = (at + 1) & (t->size - 1);
	return at;
}

static void
table_grow(struct table *t, struct pool *pool)
{
	struct table old = *t;
	size_t at;

	t->size = old.size == 0 ? 64 : 2 * old.size;
	t->key = pool_array(pool, t->size, sizeof(*t->key));
	t->value = pool_array(pool, t->size, sizeof(*t->value));
	for (size_t i = 0; i < old.size; i++)
		if (old.key[i] != NULL) {
			at = slot_of(t, old.key[i]);
			t->key[at] = old.key[i];
			t->value[at] = old.value[i];
		}
}

static uint32_t
number_of(struct table *t, const char *key, struct pool *pool)
{
	size_t at = slot_of(t, key);

	if (t->key[at] == NULL) {
		t->key[at] = key;
		t->value[at] = t->used++;
		if (2 * t->used > t->size) {
			table_grow(t, pool);
			return (uint32_t)(t->used - 1);
		}
	}
	return (uint32_t)t->value[at];
}

/* ---- sorted levels ---- */

struct level {
	const char *text;
	double number;
	size_t first;	/* number in order of appearance */
};

static int
by_text(const void *x, const void *y)
{
	return strcmp(((const struct level *)x)->text, ((const struct level *)y)->text);
}

static int
by_number(const void *x, const void *y)
{
	double a = ((const struct level *)x)->number, b = ((const struct level *)y)->number;

	return a < b ? -1 : a > b ? 1 : by_text(x, y);
}

/*
 * Up to 15 digits with a point: digits and power of ten are exact, so their quotient is rounded
 * once, to what strtod() gives.  Source: Clinger (1990), PLDI 25:92-101.
 */
static bool
short_number(double *x, const char *cell)
{
	static const double ten[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
		1e12, 1e13, 1e14, 1e15 };
	const char *p = cell + (*cell == '-' || *cell == '+'), *point = NULL;
	int64_t digits = 0;
	int n = 0;

	for (;; p++) {
		if (*p >= '0' && *p <= '9' && n < 15) {
			digits = 10 * digits + (*p - '0');
			n++;
		} else if (*p == '.' && point == NULL) {
			point = p;
		} else {
			break;
		}
	}
	if (*p != '\0' || n == 0)
		return false;
	*x = (double)digits / ten[point == NULL ? 0 : p - point - 1];
	if (*cell == '-')
		*x = -*x;
	return true;
}

bool
factor_number(double *x, const char *cell)
{
	char *end;

	if (short_number(x, cell))
		return true;
	/* strtod() alone would also take "inf", "nan" and "0x1f". */
	if (*cell == '\0' || cell[strspn(cell, "0123456789+-.eE")] != '\0')
		return false;
	*x = strtod(cell, &end);
	return *end == '\0' && isfinite(*x);
}

static void
levels_sort(struct level *level, size_t n)
{
	bool numbers = true;

	for (size_t i = 0; i < n; i++)
		numbers = factor_number(&level[i].number, level[i].text) && numbers;
	qsort(level, n, sizeof(*level), numbers ? by_number : by_text);
}

static bool
missing(const char *s)
{
	return s == NULL || *s == '\0';
}

void
factor_make(
	struct factor *f, const char *name, const char *const text[], size_t n, struct pool *pool)
{
	struct table t = { NULL, NULL, 0, 0 };
	struct level *level;
	const char **sorted;
	uint32_t *of = pool_array(pool, n + 1, sizeof(*of)), *rank;

	table_grow(&t, pool);
	for (size_t i = 0; i < n; i++)
		of[i] = missing(text[i]) ? FACTOR_NONE : number_of(&t, text[i], pool);
	level = pool_array(pool, t.used + 1, sizeof(*level));
	sorted = pool_array(pool, t.used + 1, sizeof(*sorted));
	rank = pool_array(pool, t.used + 1, sizeof(*rank));
	for (size_t i = 0; i < t.size; i++)
		if (t.key[i] != NULL)
			level[t.value[i]] = (struct level){ t.key[i], NAN, t.value[i] };
	levels_sort(level, t.used);
	for (size_t i = 0; i < t.used; i++) {
		sorted[i] = level[i].text;
		rank[level[i].first] = (uint32_t)i;
	}
	for (size_t i = 0; i < n; i++)
		if (of[i] != FACTOR_NONE)
			of[i] = rank[of[i]];
	*f = (struct factor){ name, n, sorted, t.used, of };
}

size_t
factor_level(const struct factor *f, const char *level)
{
	for (size_t i = 0; i < f->levels; i++)
		if (strcmp(f->level[i], level) == 0)
			return i;
	return FACTOR_NONE;
}

/* ---- combinations ---- */

#define CODE_NONE ((size_t)-1)

struct code {
	size_t code, row;
};

static int
by_code(const void *x, const void *y)
{
	const struct code *a = x, *b = y;

	if (a->code != b->code)
		return a->code < b->code ? -1 : 1;
	return a->row < b->row ? -1 : a->row > b->row;
}

/* One number per combination, the first factor counting fastest; CODE_NONE if one is missing. */
static size_t
code_of(const struct factor *const factor[], size_t factors, size_t row)
{
	size_t code = 0;

	for (size_t j = factors; j-- > 0;) {
		if (factor[j]->of[row] == FACTOR_NONE)
			return CODE_NONE;
		code = code * factor[j]->levels + factor[j]->of[row];
	}
	return code;
}

static const char *
joined(const char *const part[], size_t parts, struct pool *pool)
{
	struct text t = TEXT_INIT;
	const char *s;

	for (size_t j = 0; j < parts; j++) {
		if (j > 0)
			text_putc(&t, '|');
		text_puts(&t, part[j]);
	}
	s = pool_strdup(pool, text_str(&t));
	text_clear(&t);
	return s;
}

/* Factors to be crossed, and what comes of it. */
struct crossing {
	const struct factor *const *factor;
	size_t factors, n;
	uint32_t *of;
	size_t *row, levels;	/* row[levels]: one of each combination */
	struct pool *pool;
};

/* Combinations that occur, numbered in the order of their codes. */
static void
number_sorted(struct crossing *x)
{
	struct pool scratch = POOL_INIT;
	struct code *code = pool_array(&scratch, x->n + 1, sizeof(*code));
	size_t m = 0;

	x->row = pool_array(x->pool, x->n + 1, sizeof(*x->row));
	for (size_t i = 0; i < x->n; i++) {
		code[m] = (struct code){ code_of(x->factor, x->factors, i), i };
		x->of[i] = FACTOR_NONE;
		m += code[m].code != CODE_NONE;
	}
	qsort(code, m, sizeof(*code), by_code);
	for (size_t i = 0; i < m; i++) {
		if (i == 0 || code[i].code != code[i - 1].code)
			x->row[x->levels++] = code[i].row;
		x->of[code[i].row] = (uint32_t)(x->levels - 1);
	}
	pool_clear(&scratch);
}

/* The codes of all rows, factor by factor, onto zeros; those of rows without one level are not
 * asked for. */
static void
codes_put(const struct crossing *x)
{
	size_t times = 1;

	for (size_t j = 0; j < x->factors; j++) {
		const uint32_t *of = x->factor[j]->of;

		for (size_t i = 0; i < x->n; i++)
			x->of[i] = of[i] == FACTOR_NONE || x->of[i] == FACTOR_NONE ? FACTOR_NONE :
				(uint32_t)(x->of[i] + times * of[i]);
		times *= x->factor[j]->levels;
	}
}

/* The same by counting, where all codes have room. */
static void
number_counted(struct crossing *x, size_t all)
{
	struct pool scratch = POOL_INIT;
	uint32_t *seen = pool_array(&scratch, all + 1, sizeof(*seen));

	codes_put(x);
	for (size_t i = 0; i < x->n && x->levels < all; i++)
		if (x->of[i] != FACTOR_NONE && seen[x->of[i]] == 0) {
			seen[x->of[i]] = (uint32_t)i + 1;
			x->levels++;
		}
	x->row = pool_array(x->pool, x->levels + 1, sizeof(*x->row));
	for (size_t code = 0, i = 0; code < all; code++)
		if (seen[code] != 0) {
			x->row[i] = seen[code] - 1;
			seen[code] = (uint32_t)i++;
		}
	for (size_t i = 0; x->levels < all && i < x->n; i++)
		if (x->of[i] != FACTOR_NONE)
			x->of[i] = seen[x->of[i]];
	pool_clear(&scratch);
}

void
factor_cross(struct factor *f, const char *const *const **part, const struct factor *const factor[],
	size_t factors, size_t n, struct pool *pool)
{
	struct crossing x = { .factor = factor, .factors = factors, .n = n, .pool = pool };
	const char **level, **name, *const **parts;
	size_t all = 1;
	bool room = true;

	x.of = pool_array(pool, n + 1, sizeof(*x.of));
	for (size_t j = 0; j < factors; j++)
		room = room && !__builtin_mul_overflow(all, factor[j]->levels, &all);
	if (room && all <= 8 * n + 65536 && all < FACTOR_NONE)
		number_counted(&x, all);
	else
		number_sorted(&x);
	level = pool_array(pool, x.levels + 1, sizeof(*level));
	parts = pool_array(pool, x.levels + 1, sizeof(*parts));
	for (size_t i = 0; i < x.levels; i++) {
		name = pool_array(pool, factors + 1, sizeof(*name));
		for (size_t j = 0; j < factors; j++)
			name[j] = factor[j]->level[factor[j]->of[x.row[i]]];
		parts[i] = name;
		level[i] = joined(name, factors, pool);
	}
	*f = (struct factor){ "", n, level, x.levels, x.of };
	*part = parts;
}
