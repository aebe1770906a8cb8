/* figure/memo.c: sampling units by their labels, sums by their number. */
#include "tests/support/check.h"

#include "figure/memo.h"

static void
units_are_numbered_as_they_come(void **state)
{
	struct memo m = { 0 };

	(void)state;
	assert_int_equal(memo_unit(&m, "h1", "c1"), 0);
	assert_int_equal(memo_unit(&m, "h1", "c2"), 1);
	assert_int_equal(memo_unit(&m, "h2", "c1"), 2);
	assert_int_equal(memo_unit(&m, "h1", "c1"), 0);
	/* The labels together are the same letters. */
	assert_int_equal(memo_unit(&m, "h1c", "1"), 3);
	assert_int_equal(memo_unit(&m, "", "h1c1"), 4);
	memo_clear(&m);
	assert_int_equal(memo_unit(&m, "h2", "c1"), 0);
	memo_clear(&m);
}

/* More than either table begins with. */
static void
growing_forgets_nothing(void **state)
{
	enum { N = 20000 };
	static int64_t sums[N];
	struct memo m = { 0 };
	char label[16];

	(void)state;
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < N; i++) {
			int64_t **slot = memo_sums(&m, (uint64_t)i * 4096);

			if (round == 0) {
				assert_null(*slot);
				*slot = &sums[i];
			}
			assert_ptr_equal(*slot, &sums[i]);
			snprintf(label, sizeof(label), "c%d", i);
			assert_int_equal(memo_unit(&m, "h", label), i);
		}
	assert_int_equal(m.units, N);
	assert_int_equal(m.entries, N);
	memo_clear(&m);
	memo_clear(&m);
}

static void
nought_is_a_number_too(void **state)
{
	struct memo m = { 0 };
	int64_t zero, one;

	(void)state;
	*memo_sums(&m, 0) = &zero;
	*memo_sums(&m, 1) = &one;
	assert_ptr_equal(*memo_sums(&m, 0), &zero);
	assert_ptr_equal(*memo_sums(&m, 1), &one);
	memo_clear(&m);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(units_are_numbered_as_they_come),
	cmocka_unit_test(growing_forgets_nothing),
	cmocka_unit_test(nought_is_a_number_too),
};

CHECK_MAIN(tests)
