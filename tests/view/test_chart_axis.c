/* view/chart_axis.c: an axis has round ends around what is drawn. */
#include "tests/support/check.h"

#include "view/chart_axis.h"

static void
axis_has_round_ends_around_the_data(void **state)
{
	struct chart_axis a = chart_axis_fit(75.6, 79.8, 0, 100);

	(void)state;
	assert_close(a.low, 75, 1e-12);
	assert_close(a.high, 80, 1e-12);
	assert_close(a.step, 1, 1e-12);
	assert_int_equal(a.decimals, 0);
	assert_true(a.cut);
	a = chart_axis_fit(12.27, 13.02, 0, NAN);
	assert_close(a.step, 0.2, 1e-12);
	assert_close(a.low, 12.2, 1e-12);
	assert_close(a.high, 13.2, 1e-12);
	assert_int_equal(a.decimals, 1);
}

static void
axis_stays_inside_the_scale(void **state)
{
	struct chart_axis a = chart_axis_fit(0.5, 99.7, 0, 100);

	(void)state;
	assert_close(a.low, 0, 1e-12);
	assert_close(a.high, 100, 1e-12);
	assert_false(a.cut);
	a = chart_axis_fit(97.2, 99.9, 0, 98);
	assert_close(a.high, 98, 1e-12);
}

static void
axis_of_one_value_or_none_is_still_an_axis(void **state)
{
	struct chart_axis a = chart_axis_fit(80, 80, 0, 100);

	(void)state;
	assert_true(a.low < 80 && a.high > 80 && a.step > 0);
	a = chart_axis_fit(0, 0, 0, 100);
	assert_true(a.high > a.low && a.step > 0);
	a = chart_axis_fit(NAN, NAN, 0, 100);
	assert_close(a.low, 0, 1e-12);
	assert_close(a.high, 1, 1e-12);
}

static void
axis_ends_become_zero_and_one(void **state)
{
	struct chart_axis a = chart_axis_fit(75.6, 79.8, 0, 100);

	(void)state;
	assert_close(chart_axis_at(&a, 75), 0, 1e-12);
	assert_close(chart_axis_at(&a, 80), 1, 1e-12);
	assert_close(chart_axis_at(&a, 76.5), 0.3, 1e-12);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(axis_has_round_ends_around_the_data),
	cmocka_unit_test(axis_stays_inside_the_scale),
	cmocka_unit_test(axis_of_one_value_or_none_is_still_an_axis),
	cmocka_unit_test(axis_ends_become_zero_and_one),
};

CHECK_MAIN(tests)
