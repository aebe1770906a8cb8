/* What a plan can ask for, and groups that overlap. */
#include "tests/plan/plan.h"

static void
a_request_knows_its_members(void **state)
{
	struct plan_work w = work(PEOPLE, NULL);

	(void)state;
	assert_int_equal(plan_request_check(json("{'op': 'mean', 'of': 'y', 'note': 1}"), &err), 0);
	assert_int_equal(plan_request_check(json("{'op': 'mean', 'p': 0.5}"), &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "p"));
	assert_int_equal(plan_request_check(json("{'op': 'median'}"), &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "median"));
	assert_int_equal(plan_request_check(json("{'of': 'y'}"), &err), FAULT_INPUT);
	assert_int_equal(plan_request_check(json("5"), &err), FAULT_INPUT);
	/* Every operation is found by its name. */
	assert_close(number_of(answered(plan_request, &w, "{'op': 'mean', 'of': 'y'}"), 0,
		"estimate"), 2.5, 1e-15);
	assert_close(number_of(answered(plan_request, &w, "{'op': 'total', 'of': 'y'}"), 0,
		"estimate"), 10, 1e-15);
	assert_close(number_of(answered(plan_request, &w,
		"{'op': 'ratio', 'num': 'y', 'den': 'N'}"), 0, "estimate"), 10 / 16.0, 1e-15);
	assert_close(number_of(answered(plan_request, &w, "{'op': 'share', 'of': 'g', 'is': 'a'}"),
		0, "estimate"), 0.5, 1e-15);
	assert_close(number_of(answered(plan_request, &w, "{'op': 'quantile', 'of': 'y', 'p': 0}"),
		0, "estimate"), 1, 1e-15);
	assert_close(number_of(answered(plan_request, &w, "{'op': 'design'}"), 0, "n"), 4, 0);
	assert_close(number_of(answered(plan_request, &w,
		"{'op': 'ttest', 'of': 'y', 'over': 'g'}"), 0, "estimate"), 1, 1e-15);
	refused(plan_request, &w, "{'op': 'mean', 'is': 1}", FAULT_INPUT, "is");
}

static void
a_plan_has_its_members(void **state)
{
	static const struct { const char *plan; bool stored; int rc; const char *part; } row[] = {
		{ "{'data': 'd.csv', 'requests': []}", false, 0, "" },
		{ "{'requests': []}", true, 0, "" }, { "{'requests': []}", false, -1, "data" },
		{ "{'data': 'd.csv'}", false, -1, "requests" },
		{ "{'data': 'd.csv', 'requests': {}}", false, -1, "requests" },
		{ "[]", false, -1, "JSON" },
		{ "{'data': 'd.csv', 'requests': [], 'weights': 'w'}", false, -1, "weights" },
		{ "{'requests': [], 'multi': 'q'}", true, -1, "multi" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		if (plan_check(json(row[i].plan), row[i].stored, &err) != row[i].rc ||
				strstr(err.text, row[i].part) == NULL)
			fail_msg("%s: %s", row[i].plan, err.text);
}

static void
tables_stand_below_each_other_and_share_nothing(void **state)
{
	struct table_row one[1] = { { .of = "a" } }, two[2] = { { .of = "b" }, { .of = "c" } };
	double v1[] = { 4 }, v2[] = { 1, 0.5, 0.5, 9 };
	struct table part[2] = { { .row = one, .rows = 1, .cov = v1 },
		{ .row = two, .rows = 2, .cov = v2 } }, all;

	(void)state;
	assert_int_equal(plan_stack(&all, part, 2, &pool, &err), 0);
	assert_int_equal(all.rows, 3);
	assert_string_equal(all.row[2].of, "c");
	assert_true(all.cov[0] == 4 && all.cov[4] == 1 && all.cov[5] == 0.5 && all.cov[8] == 9);
	assert_true(isnan(all.cov[1]) && isnan(all.cov[3]) && isnan(all.cov[6]));
}

/* Who ticked two choices is in two groups: 1 and 3 ticked a, 1 and 2 ticked b. */
static void
every_choice_is_a_group_of_those_who_ticked_it(void **state)
{
	struct plan_work w = work("y,m\n1,a b\n2,b\n6,a\n", NULL);
	const json_t *said;

	(void)state;
	w.data->many[1] = PLAN_MANY;
	said = answered(plan_request, &w, "{'op': 'mean', 'of': 'y', 'by': 'm'}");
	assert_close(number_of(said, 0, "estimate"), 3.5, 1e-15);
	assert_close(number_of(said, 1, "estimate"), 1.5, 1e-15);
	assert_string_equal(json_text_at(json_object_get(row_of(said, 1), "by"), "m"), "b");
	assert_string_equal(json_text_at(json_object_get(said, "overlapping"), "by"), "m");
	assert_true(
		json_is_null(json_array_get(json_array_get(json_object_get(said, "vcov"), 0), 1)));
	said = answered(plan_request, &w, "{'op': 'mean', 'of': 'y'}");
	assert_null(json_object_get(said, "overlapping"));
}

static void
a_scale_is_two_rising_numbers(void **state)
{
	double lo, hi;

	(void)state;
	assert_int_equal(plan_scale(&lo, &hi, json("{'scale': [1, 10]}"), &pool, &err), 0);
	assert_true(lo == 1 && hi == 10);
	assert_int_equal(plan_scale(&lo, &hi, json("{'scale': [1, 1]}"), &pool, &err), FAULT_INPUT);
	assert_int_equal(plan_scale(&lo, &hi, json("{'scale': [1, 5, 10]}"), &pool, &err),
		FAULT_INPUT);
	assert_int_equal(plan_scale(&lo, &hi, json("{}"), &pool, &err), FAULT_INPUT);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(a_request_knows_its_members, teardown),
	cmocka_unit_test_teardown(a_plan_has_its_members, teardown),
	cmocka_unit_test_teardown(tables_stand_below_each_other_and_share_nothing, teardown),
	cmocka_unit_test_teardown(every_choice_is_a_group_of_those_who_ticked_it, teardown),
	cmocka_unit_test_teardown(a_scale_is_two_rising_numbers, teardown),
};

CHECK_MAIN(tests)
