/* Categories of rows: numbered, sorted, crossed. */
#include "tests/support/check.h"

#include "stats/factor.h"

static struct pool pool;

static int
clear(void **state)
{
	(void)state;
	pool_clear(&pool);
	return 0;
}

static void
texts_are_sorted_as_bytes_and_numbers_as_numbers(void **state)
{
	static const char *const text[] = { "b", "", "a", NULL, "b", "城区", "B" },
		*const level[] = { "B", "a", "b", "城区" },
		*const number[] = { "10", "9", "-1", "9", "1e1", "2.5" },
		*const sorted[] = { "-1", "2.5", "9" };
	struct factor f;

	(void)state;
	factor_make(&f, "place", text, 7, &pool);
	assert_string_equal(f.name, "place");
	assert_int_equal(f.n, 7);
	assert_int_equal(f.levels, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(f.level[i], level[i]);
	assert_true(f.of[1] == FACTOR_NONE && f.of[3] == FACTOR_NONE);
	assert_int_equal(f.of[0], 2);
	assert_int_equal(f.of[0], f.of[4]);
	factor_make(&f, "", number, 6, &pool);
	assert_int_equal(f.levels, 5);		/* 10 and 1e1 are two texts */
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(f.level[i], sorted[i]);
	factor_make(&f, "", number, 0, &pool);
	assert_int_equal(f.levels, 0);
}

static void
a_level_is_found_by_its_text(void **state)
{
	static const char *const text[] = { "S01", "S03", "S02" };
	struct factor f;

	(void)state;
	factor_make(&f, "sector", text, 3, &pool);
	assert_int_equal(factor_level(&f, "S03"), 2);
	assert_true(factor_level(&f, "S04") == FACTOR_NONE);
	assert_true(factor_level(&f, "") == FACTOR_NONE);
}

/* Few combinations are counted, many sorted: the numbers are the same, the first factor fastest. */
static void
combinations_are_numbered_in_order_however_many(void **state)
{
	enum { MOST = 400 };
	static char text[MOST][8];
	const char *a[MOST], *b[MOST];
	struct factor one, two, cross;
	const struct factor *const both[] = { &one, &two };
	const char *const *const *part;
	size_t i;

	(void)state;
	for (i = 0; i < MOST; i++)
		snprintf(text[i], sizeof(text[i]), "%zu", i);
	/* 100 x 100 codes are counted, 400 x 400 sorted */
	for (size_t n = 100; n <= MOST; n += 300) {
		for (i = 0; i < n; i++) {
			a[i] = text[i];
			b[i] = i == 7 ? NULL : text[i * 7 % n];
		}
		factor_make(&one, "one", a, n, &pool);
		factor_make(&two, "two", b, n, &pool);
		factor_cross(&cross, &part, both, 2, n, &pool);
		assert_int_equal(cross.levels, n - 1);
		for (i = 0; i < n; i++) {
			if (i == 7) {
				assert_true(cross.of[i] == FACTOR_NONE);
				continue;
			}
			assert_string_equal(part[cross.of[i]][0], a[i]);
			assert_string_equal(part[cross.of[i]][1], b[i]);
		}
		for (size_t k = 1, last = 0; k < cross.levels; k++, last = i) {
			i = (size_t)atoi(part[k][1]) * n + (size_t)atoi(part[k][0]);
			assert_true(k == 1 || i > last);
		}
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(texts_are_sorted_as_bytes_and_numbers_as_numbers, clear),
	cmocka_unit_test_teardown(a_level_is_found_by_its_text, clear),
	cmocka_unit_test_teardown(combinations_are_numbered_in_order_however_many, clear),
};

CHECK_MAIN(tests)
