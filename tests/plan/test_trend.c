/* A line through time and two groups, by hand. */
#include "tests/plan/plan.h"

/* Times -1.5, -0.5, 0.5, 1.5 about their mean: the slope is 4.5 / 5. */
static void
a_line_through_four_years_is_least_squares(void **state)
{
	struct plan_work w = work("y,t\n1,2021\n2,2022\n2,2023\n4,2024\n", NULL);
	const json_t *said = answered(op_trend, &w, "{'op': 'trend', 'of': 'y', 'over': 't'}");
	/* residuals 0.1, 0.2, -0.7, 0.4 times their time: the design's error of four rows */
	double z[] = { -1.5 * 0.1, -0.5 * 0.2, 0.5 * -0.7, 1.5 * 0.4 }, square = 0;

	(void)state;
	for (size_t i = 0; i < 4; i++)
		square += z[i] * z[i];
	assert_close(number_of(said, 0, "estimate"), 0.9, 1e-12);
	assert_close(number_of(said, 0, "se"), sqrt(4 / 3.0 * square) / 5, 1e-10);
	assert_close(number_of(said, 0, "t"), 0.9 / number_of(said, 0, "se"), 1e-12);
	assert_true(number_of(said, 0, "p_up") < 0.5);
	refused(op_trend, &w,
		"{'op': 'trend', 'of': 'y', 'over': 't', 'scale': [1, 5]}", FAULT_INPUT, "scale");
	refused(op_trend, &w, "{'op': 'trend', 'of': 'y'}", FAULT_INPUT, "over");
}

/* 1, 3 and 2, 4: a difference of 1, an error of root 2, two degrees of freedom,
 * whose t has a formula. */
static void
two_groups_of_a_simple_sample_are_welchs(void **state)
{
	struct plan_work w = work(PEOPLE, NULL);
	const json_t *said = answered(op_ttest, &w, "{'op': 'ttest', 'of': 'y', 'over': 'g'}");
	double t = 1 / sqrt(2);

	(void)state;
	assert_close(number_of(said, 0, "estimate"), 1, 1e-14);
	assert_close(number_of(said, 0, "se"), sqrt(2), 1e-14);
	assert_close(number_of(said, 0, "df"), 2, 1e-14);
	assert_close(number_of(said, 0, "p_two"), 1 - t / sqrt(2 + t * t), 1e-12);
	assert_string_equal(json_text_at(row_of(said, 0), "from"), "a");
	assert_string_equal(json_text_at(row_of(said, 0), "to"), "b");
	assert_close(json_number_value(
		json_array_get(json_array_get(json_object_get(said, "vcov"), 0), 0)), 2, 1e-14);
}

static void
every_group_is_tested_and_one_that_cannot_be_stops_no_other(void **state)
{
	struct plan_work w = work("y,g,k\n1,a,x\n3,a,x\n2,b,x\n4,b,x\n5,a,z\n6,a,z\n", NULL);
	const json_t *said =
		answered(op_ttest, &w, "{'op': 'ttest', 'of': 'y', 'over': 'g', 'by': 'k'}");

	(void)state;
	assert_close(number_of(said, 0, "estimate"), 1, 1e-14);
	assert_string_equal(json_text_at(json_object_get(row_of(said, 0), "by"), "k"), "x");
	assert_string_equal(json_text_at(json_object_get(row_of(said, 1), "error"), "code"),
		"input");
}

static void
what_cannot_be_tested_is_named(void **state)
{
	struct plan_work w = work("y,g,one\n1,a,p\n3,b,q\n2,c,q\n4,c,q\n", NULL),
		alike = work("y,g\n1,a\n1,a\n2,b\n2,b\n", NULL);

	(void)state;
	refused(op_ttest, &w, "{'op': 'ttest', 'of': 'y', 'over': 'g'}", FAULT_INPUT, "g");
	refused(op_ttest, &w, "{'op': 'ttest', 'of': 'y', 'over': 'one'}", FAULT_TOO_FEW, "p");
	refused(op_ttest, &alike, "{'op': 'ttest', 'of': 'y', 'over': 'g'}", FAULT_ALIKE, "a");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(a_line_through_four_years_is_least_squares, teardown),
	cmocka_unit_test_teardown(two_groups_of_a_simple_sample_are_welchs, teardown),
	cmocka_unit_test_teardown(every_group_is_tested_and_one_that_cannot_be_stops_no_other,
		teardown),
	cmocka_unit_test_teardown(what_cannot_be_tested_is_named, teardown),
};

CHECK_MAIN(tests)
