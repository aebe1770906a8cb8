/* store/once.c: a bit for each row. */
#include "tests/support/check.h"

#include "store/once.h"

static void
a_mark_is_its_rows_alone(void **state)
{
	struct once once = { 0 };

	(void)state;
	assert_false(once_done(&once, 1));
	once_mark(&once, 9);
	assert_true(once_done(&once, 9));
	for (int64_t id = 1; id < 40; id++)
		assert_int_equal(once_done(&once, id), id == 9);
	once_mark(&once, 9);
	assert_true(once_done(&once, 9));
	once_clear(&once);
	assert_false(once_done(&once, 9));
}

static void
growing_keeps_what_was_marked(void **state)
{
	struct once once = { 0 };

	(void)state;
	for (int64_t id = 1; id < 100000; id += 7)
		once_mark(&once, id);
	for (int64_t id = 1; id < 100000; id++)
		assert_int_equal(once_done(&once, id), id % 7 == 1);
	assert_false(once_done(&once, INT64_C(1) << 40));
	assert_true(once.n < 100000 / 2);
	once_clear(&once);
}

static void
what_is_forgotten_may_be_done_again(void **state)
{
	struct once once = { 0 };

	(void)state;
	once_forget(&once, 3);
	once_mark(&once, 3);
	once_mark(&once, 4);
	once_forget(&once, 3);
	once_forget(&once, 0);
	once_forget(&once, 1000000);
	assert_false(once_done(&once, 3));
	assert_true(once_done(&once, 4));
	assert_false(once_done(&once, 0));
	once_clear(&once);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_mark_is_its_rows_alone),
	cmocka_unit_test(growing_keeps_what_was_marked),
	cmocka_unit_test(what_is_forgotten_may_be_done_again),
};

CHECK_MAIN(tests)
