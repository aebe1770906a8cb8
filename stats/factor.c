/* Categories of rows. */
#include "stats/factor.h"

#include <math.h>
#include <stdbool.h>
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

static size_t
number_of(struct table *t, const char *key, struct pool *pool)
{
	size_t at = slot_of(t, key);

	if (t->key[at] == NULL) {
		t->key[at] = key;
		t->value[at] = t->used++;
		if (2 * t->used > t->size) {
			table_grow(t, pool);
			return t->used - 1;
		}
	}
	return t->value[at];
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

static bool
is_number(const char *s, double *x)
{
	char *end;

	*x = strtod(s, &end);
	return end != s && *end == '\0' && isfinite(*x);
}

static void
levels_sort(struct level *level, size_t n)
{
	bool numbers = true;

	for (size_t i = 0; i < n; i++)
		numbers = is_number(level[i].text, &level[i].number) && numbers;
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
	size_t *of = pool_array(pool, n + 1, sizeof(*of)), *rank;

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
		rank[level[i].first] = i;
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

/* One number per combination, the first factor counting fastest; FACTOR_NONE if one is missing. */
static size_t
code_of(const struct factor *const factor[], size_t factors, size_t row)
{
	size_t code = 0;

	for (size_t j = factors; j-- > 0;) {
		if (factor[j]->of[row] == FACTOR_NONE)
			return FACTOR_NONE;
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

/*
 * Combinations that occur, numbered in the order of their codes: of[] holds codes and gets the
 * numbers.  Returns a row of each combination, in pool.
 */
static size_t *
number_sorted(size_t of[], size_t n, size_t *levels, struct pool *pool)
{
	struct pool scratch = POOL_INIT;
	struct code *code = pool_array(&scratch, n + 1, sizeof(*code));
	size_t *row = pool_array(pool, n + 1, sizeof(*row)), m = 0;

	for (size_t i = 0; i < n; i++) {
		code[m] = (struct code){ of[i], i };
		m += of[i] != FACTOR_NONE;
	}
	qsort(code, m, sizeof(*code), by_code);
	for (size_t i = 0; i < m; i++) {
		if (i == 0 || code[i].code != code[i - 1].code)
			row[(*levels)++] = code[i].row;
		of[code[i].row] = *levels - 1;
	}
	pool_clear(&scratch);
	return row;
}

/* The same by counting, where all codes have room. */
static size_t *
number_counted(size_t of[], size_t n, size_t all, size_t *levels, struct pool *pool)
{
	struct pool scratch = POOL_INIT;
	size_t *seen = pool_array(&scratch, all + 1, sizeof(*seen)), *row;

	for (size_t i = 0; i < n; i++)
		if (of[i] != FACTOR_NONE && seen[of[i]] == 0) {
			seen[of[i]] = i + 1;
			(*levels)++;
		}
	row = pool_array(pool, *levels + 1, sizeof(*row));
	for (size_t code = 0, i = 0; code < all; code++)
		if (seen[code] != 0) {
			row[i] = seen[code] - 1;
			seen[code] = i++;
		}
	for (size_t i = 0; i < n; i++)
		if (of[i] != FACTOR_NONE)
			of[i] = seen[of[i]];
	pool_clear(&scratch);
	return row;
}

void
factor_cross(struct factor *f, const char *const *const **part, const struct factor *const factor[],
	size_t factors, size_t n, struct pool *pool)
{
	size_t *of = pool_array(pool, n + 1, sizeof(*of)), *row, levels = 0, all = 1;
	const char **level, **name, *const **parts;
	bool room = true;

	for (size_t j = 0; j < factors; j++)
		room = room && !__builtin_mul_overflow(all, factor[j]->levels, &all);
	for (size_t i = 0; i < n; i++)
		of[i] = code_of(factor, factors, i);
	if (room && all <= 8 * n + 65536)
		row = number_counted(of, n, all, &levels, pool);
	else
		row = number_sorted(of, n, &levels, pool);
	level = pool_array(pool, levels + 1, sizeof(*level));
	parts = pool_array(pool, levels + 1, sizeof(*parts));
	for (size_t i = 0; i < levels; i++) {
		name = pool_array(pool, factors + 1, sizeof(*name));
		for (size_t j = 0; j < factors; j++)
			name[j] = factor[j]->level[factor[j]->of[row[i]]];
		parts[i] = name;
		level[i] = joined(name, factors, pool);
	}
	*f = (struct factor){ "", n, level, levels, of };
	*part = parts;
}
