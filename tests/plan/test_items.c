/* Reliability and trends of proportions, by hand. */
#include "tests/plan/plan.h"

/* Variances 4/3 and 2/3, covariance 2/3: alpha is 2 (1 - 2 / (10 / 3)). */
static void
alpha_of_two_items_is_four_fifths(void **state)
{
	struct plan_work w = work("a,b,k,g\n0,0,3,x\n2,1,3,x\n0,1,3,x\n2,2,3,x\n9,0,1,y\n", NULL);
	const json_t *said = answered(op_alpha, &w,
		"{'op': 'alpha', 'of': ['a', 'b'], 'where': {'g': 'x'}}"), *item;

	(void)state;
	assert_close(json_number_at(said, "alpha_raw"), 0.8, 1e-14);
	assert_close(json_number_at(said, "average_r"), 1 / sqrt(2), 1e-14);
	assert_close(json_number_at(said, "n"), 4, 0);
	assert_close(json_number_at(said, "k"), 2, 0);
	item = json_array_get(json_object_get(said, "items"), 1);
	assert_string_equal(json_text_at(item, "item"), "b");
	assert_close(json_number_at(item, "item_rest_r"), 1 / sqrt(2), 1e-14);
	assert_true(json_is_null(json_object_get(item, "alpha_without")));
	assert_close(number_of(said, 0, "alpha_raw"), 0.8, 1e-14);
	refused(op_alpha, &w, "{'op': 'alpha', 'of': 'a'}", FAULT_TOO_FEW, "两题");
	refused(op_alpha, &w,
		"{'op': 'alpha', 'of': ['a', 'k'], 'where': {'g': 'x'}}", FAULT_CONSTANT, "k");
}

/* 1, 2 and 3 of 4 in groups scored 1, 2, 3: T = 2 of variance 1/4 (56 - 48). */
static void
three_groups_of_four_have_a_trend_of_root_two(void **state)
{
	struct plan_work w =
		work("win,g\ny,L\nn,L\nn,L\nn,L\ny,M\ny,M\nn,M\nn,M\ny,H\ny,H\ny,H\nn,H\n", NULL);
	const json_t *said = answered(op_cochran_armitage, &w,
		"{'op': 'cochran_armitage', 'success': {'win': 'y'},"
		" 'scores': {'g': ['L', 'M', 'H']}}");

	(void)state;
	assert_close(number_of(said, 0, "z"), sqrt(2), 1e-13);
	assert_close(number_of(said, 0, "chisq"), 2, 1e-13);
	assert_close(number_of(said, 0, "z_unbiased"), sqrt(2.0 * 11 / 12), 1e-13);
	assert_close(json_number_value(json_array_get(json_object_get(row_of(said, 0), "x"), 2)), 3,
		0);
	/* Scores of one's own: 0, 0, 1 is the last group against the rest. */
	said = answered(op_cochran_armitage, &w,
		"{'op': 'cochran_armitage', 'success': {'win': 'y'}, 'scores': {'g': {'L': 0,"
		" 'M': 0, 'H': 1}}}");
	assert_close(number_of(said, 0, "z"), 1 / sqrt(0.25 * (4 - 16 / 12.0)), 1e-13);
}

static void
what_has_no_trend_is_named(void **state)
{
	struct plan_work w = work("win,g\ny,L\ny,L\ny,H\n", NULL);

	(void)state;
	refused(op_cochran_armitage, &w,
		"{'success': {'win': 'y'}, 'scores': {'g': ['L', 'H']}}", FAULT_CONSTANT, "");
	refused(op_cochran_armitage, &w,
		"{'success': {'win': 'y'}, 'scores': {'g': ['L']}}", FAULT_TOO_FEW, "scores");
	refused(op_cochran_armitage, &w,
		"{'success': {'win': 'y', 'g': 'L'}, 'scores': {'g': ['L', 'H']}}",
		FAULT_INPUT, "success");
	refused(op_cochran_armitage, &w, "{'success': {'win': 'y'}}", FAULT_INPUT, "scores");
	refused(op_cochran_armitage, &w,
		"{'success': {'win': 'y'}, 'scores': {'g': {'L': 1, 'H': 'x'}}}",
		FAULT_INPUT, "scores");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(alpha_of_two_items_is_four_fifths, teardown),
	cmocka_unit_test_teardown(three_groups_of_four_have_a_trend_of_root_two, teardown),
	cmocka_unit_test_teardown(what_has_no_trend_is_named, teardown),
};

CHECK_MAIN(tests)
