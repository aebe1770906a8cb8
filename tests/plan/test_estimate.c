/* Means, totals, ratios, shares, quantiles and indices of four people, by hand. */
#include "tests/plan/plan.h"

#define FOUR "y,x,g,d\n1,2,a,1\n2,2,b,2\n3,6,a,3\n4,10,b,9\n"

static void
means_and_totals_have_the_textbook_errors(void **state)
{
	struct plan_work w = work(FOUR, NULL);
	const json_t *said = answered(plan_request, &w, "{'op': 'mean', 'of': ['y', 'x']}");
	double s2 = 5 / 3.0;

	(void)state;
	assert_close(number_of(said, 0, "estimate"), 2.5, 1e-15);
	assert_close(number_of(said, 0, "se"), sqrt(s2 / 4), 1e-14);
	assert_close(number_of(said, 0, "n"), 4, 0);
	assert_close(number_of(said, 0, "df"), 3, 0);
	assert_close(number_of(said, 1, "estimate"), 5, 1e-15);
	assert_string_equal(json_text_at(row_of(said, 1), "of"), "x");
	/* covariance of the two means: the sample's, 5, over 4 */
	assert_close(json_number_value(json_array_get(json_array_get(json_object_get(said, "vcov"),
		0), 1)), (14 / 3.0) / 4, 1e-14);
	said = answered(plan_request, &w, "{'op': 'total', 'of': 'y', 'by': 'g'}");
	assert_close(number_of(said, 0, "estimate"), 4, 1e-15);
	assert_close(number_of(said, 1, "estimate"), 6, 1e-15);
	/* y of group a and nought elsewhere: 1, 0, 3, 0 of variance 2, times 4 people */
	assert_close(number_of(said, 0, "se"), sqrt(4 * 2), 1e-14);
	refused(plan_request, &w, "{'op': 'mean'}", FAULT_INPUT, "of");
	refused(plan_request, &w, "{'op': 'total', 'of': 'z'}", FAULT_COLUMN, "z");
}

static void
a_ratio_is_of_totals(void **state)
{
	struct plan_work w = work(FOUR, NULL);
	const json_t *said = answered(plan_request, &w, "{'op': 'ratio', 'num': 'x', 'den': 'y'}");

	(void)state;
	assert_close(number_of(said, 0, "estimate"), 2, 1e-15);
	/* residuals x - 2 y: 0, -2, 0, 2 */
	assert_close(number_of(said, 0, "se"), sqrt(8 / 3.0 / 4) / 2.5, 1e-14);
	assert_string_equal(json_text_at(row_of(said, 0), "of"), "x/y");
	refused(plan_request, &w,
		"{'op': 'ratio', 'num': ['x', 'y'], 'den': 'y'}", FAULT_INPUT, "2");
}

static void
a_share_counts_who_is_one_of_these(void **state)
{
	struct plan_work w = work("q,g\n1,a\n2,a\n98,b\n,b\n1,b\n", NULL);
	const json_t *said = answered(plan_request, &w,
		"{'op': 'share', 'of': 'q', 'is': [1, 98]}");

	(void)state;
	/* who said nothing is not counted */
	assert_close(number_of(said, 0, "estimate"), 0.75, 1e-15);
	assert_close(number_of(said, 0, "n"), 4, 0);
	/* (1, -3, 1, -, 1) / 4 about the share, over four; nought for who said nothing */
	assert_close(number_of(said, 0, "se"), sqrt(5 / 4.0 * (12 / 16.0)) / 4, 1e-13);
	refused(plan_request, &w, "{'op': 'share', 'of': 'q'}", FAULT_INPUT, "is");
	refused(plan_request, &w, "{'op': 'share', 'of': 'g', 'is': 'c'}", FAULT_INPUT, "c");
}

static void
quantiles_follow_the_rule_that_was_named(void **state)
{
	struct plan_work w = work(FOUR, NULL);
	const json_t *said =
		answered(op_quantile, &w, "{'op': 'quantile', 'of': 'y', 'p': [0.5, 1]}");

	(void)state;
	assert_close(number_of(said, 0, "estimate"), 2, 0);
	assert_close(number_of(said, 0, "quantile"), 0.5, 0);
	assert_close(number_of(said, 1, "estimate"), 4, 0);
	said = answered(op_quantile, &w,
		"{'op': 'quantile', 'of': 'y', 'p': 0.5, 'rule': 'school'}");
	assert_close(number_of(said, 0, "estimate"), 2.5, 1e-15);
	refused(op_quantile, &w, "{'op': 'quantile', 'of': 'y'}", FAULT_INPUT, "p");
	refused(op_quantile, &w,
		"{'op': 'quantile', 'of': 'y', 'p': 0.5, 'rule': 'hf3'}", FAULT_INPUT, "hf3");
	refused(op_quantile, &w, "{'op': 'quantile', 'of': 'y', 'p': 2}", FAULT_INPUT, "2");
}

/* Points 100 (y - 1) / 9 and the same of d, in proportion 3 to 1. */
static void
an_index_is_made_of_points_and_weights(void **state)
{
	struct plan_work w = work(FOUR, NULL);
	const json_t *said =
		answered(plan_request, &w,
			"{'op': 'index', 'of': {'y': 3, 'd': 1}, 'scale': [1, 10]}");

	(void)state;
	assert_close(number_of(said, 0, "estimate"),
		(3 * 100 * 1.5 / 9 + 100 * 2.75 / 9) / 4, 1e-13);
	assert_string_equal(json_text_at(row_of(said, 0), "of"), "index");
	refused(plan_request, &w, "{'op': 'index', 'of': {'y': 1}}", FAULT_INPUT, "scale");
	refused(plan_request, &w,
		"{'op': 'index', 'of': {'y': 1}, 'scale': [5, 1]}", FAULT_INPUT, "[1, 10]");
	refused(plan_request, &w,
		"{'op': 'index', 'of': {'y': 'x'}, 'scale': [1, 10]}", FAULT_INPUT, "y");
	refused(plan_request, &w,
		"{'op': 'index', 'of': {'d': 1}, 'scale': [1, 5]}", FAULT_INPUT, "9");
	assert_non_null(strstr(err.text, "5"));		/* the line of the file */
}

static void
the_sample_tells_of_itself(void **state)
{
	struct plan_work w = work(PEOPLE, "{'weight': 'w', 'strata': 's'}");
	const json_t *said = answered(op_design, &w, "{'op': 'design'}");

	(void)state;
	assert_close(number_of(said, 0, "n"), 4, 0);
	assert_close(number_of(said, 0, "df"), 2, 0);
	assert_close(number_of(said, 0, "sum_w"), 5, 0);
	assert_close(number_of(said, 0, "kish_n"), 25 / 7.0, 1e-14);
	w = work("y,f\n5,2\n7,0\n9,1\n", "{'frequency': 'f'}");
	said = answered(op_weights, &w, "{'op': 'weights'}");
	assert_int_equal(json_array_size(json_object_get(said, "weights")), 3);
	assert_true(json_is_null(json_array_get(json_object_get(said, "weights"), 1)));
	assert_null(json_object_get(said, "calibration"));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(means_and_totals_have_the_textbook_errors, teardown),
	cmocka_unit_test_teardown(a_ratio_is_of_totals, teardown),
	cmocka_unit_test_teardown(a_share_counts_who_is_one_of_these, teardown),
	cmocka_unit_test_teardown(quantiles_follow_the_rule_that_was_named, teardown),
	cmocka_unit_test_teardown(an_index_is_made_of_points_and_weights, teardown),
	cmocka_unit_test_teardown(the_sample_tells_of_itself, teardown),
};

CHECK_MAIN(tests)
