/* Steps along a variable, by hand. */
#include "tests/plan/plan.h"

#define THREE "y,t,g\n1,2022,a\n3,2022,a\n2,2023,a\n4,2023,a\n7,2024,a\n9,2024,a\n"

/* Means 2, 3, 8 of two people each, one from the mean: a step's variance is 6/5
 * (1/4 + 1/4 + 1/4 + 1/4). */
static void
steps_are_differences_with_their_errors(void **state)
{
	struct plan_work w = work(THREE, NULL);
	const json_t *said = answered(op_difference, &w,
		"{'op': 'difference', 'of': 'y', 'over': 't'}"), *series;
	double p;

	(void)state;
	assert_int_equal(json_array_size(json_object_get(said, "rows")), 2);
	assert_close(number_of(said, 0, "estimate"), 1, 1e-14);
	assert_close(number_of(said, 1, "estimate"), 5, 1e-14);
	assert_close(number_of(said, 0, "se"), sqrt(1.2), 1e-13);
	assert_close(number_of(said, 0, "t"), 1 / sqrt(1.2), 1e-13);
	assert_close(number_of(said, 0, "p_up") + number_of(said, 0, "p_down"), 1, 1e-13);
	assert_close(number_of(said, 0, "p_two"), 2 * number_of(said, 0, "p_up"), 1e-13);
	assert_string_equal(json_text_at(row_of(said, 1), "from"), "2023");
	assert_string_equal(json_text_at(row_of(said, 1), "to"), "2024");
	/* Two steps share the middle year. */
	assert_close(json_number_value(
		json_array_get(json_array_get(json_object_get(said, "vcov"), 0), 1)), -0.6, 1e-13);
	series = json_array_get(json_object_get(said, "series"), 0);
	p = number_of(said, 0, "p_up");
	assert_close(json_number_at(series, "p_iut"), p, 1e-14);	/* the weaker of the two */
	assert_close(json_number_at(series, "steps"), 2, 0);
	assert_close(json_number_at(said, "p_iut"), p, 1e-14);
	assert_int_equal(json_array_size(json_object_get(said, "levels")), 3);
}

static void
every_group_has_its_steps(void **state)
{
	struct plan_work w =
		work("y,t,g\n1,1,a\n2,1,a\n5,2,a\n6,2,a\n8,1,b\n9,1,b\n3,2,b\n4,2,b\n", NULL);
	const json_t *said = answered(op_difference, &w,
		"{'op': 'difference', 'of': 'y', 'over': 't', 'by': 'g'}"), *series;

	(void)state;
	assert_int_equal(json_array_size(json_object_get(said, "series")), 2);
	assert_close(number_of(said, 0, "estimate"), 4, 1e-14);
	assert_close(number_of(said, 1, "estimate"), -5, 1e-14);
	assert_string_equal(json_text_at(json_object_get(row_of(said, 1), "by"), "g"), "b");
	assert_null(json_object_get(said, "p_iut"));		/* of which of them? */
	series = json_object_get(said, "series");
	for (size_t i = 0; i < 2; i++) {
		assert_close(json_number_at(json_array_get(series, i), "p_iut"),
			number_of(said, i, "p_up"), 1e-14);
		assert_close(json_number_at(json_array_get(series, i), "p_iut_fall"),
			number_of(said, i, "p_down"), 1e-14);
	}
}

static void
what_cannot_be_compared_is_named(void **state)
{
	struct plan_work w = work(THREE, NULL);

	(void)state;
	refused(op_difference, &w, "{'op': 'difference', 'of': 'y'}", FAULT_INPUT, "over");
	refused(op_difference, &w,
		"{'op': 'difference', 'of': 'y', 'over': 'g'}", FAULT_TOO_FEW, "g");
	refused(op_difference, &w,
		"{'op': 'difference', 'of': 'y', 'over': 'year'}", FAULT_COLUMN, "year");
	refused(op_difference, &w,
		"{'op': 'difference', 'of': {'y': 1}, 'over': 't'}", FAULT_INPUT, "scale");
}

/* 4 and 5 with errors 0.3 and 0.4: Welch's degrees of freedom where nothing is shared, the table's
 * where something is. */
static void
independent_levels_have_welchs_freedom(void **state)
{
	static const char *const by[] = { "year" }, *const year[] = { "2023", "2024" };
	struct table_row row[2];
	double cov[4] = { 0.09, 0, 0, 0.16 };
	struct table t = { .row = row, .rows = 2, .by = by, .bys = 1, .cov = cov, .df = 20,
		.level = 0.95 };
	json_t *said = kept[kept_n++] = json_object(), *shared = kept[kept_n++] = json_object();

	(void)state;
	for (size_t i = 0; i < 2; i++)
		row[i] = (struct table_row){ .of = "q", .by = &year[i], .p = NAN, .upper = NAN,
			.kish = 100, .estimate = {
				.value = 4 + (double)i, .se = 0.3 + 0.1 * (double)i,
				.df = 20 + 10 * (double)i, .n = 100, .n_eff = 100, .deff = 1,
				.level = 0.95, .method = "" } };
	assert_int_equal(say_steps(said, &t, true, false, &pool, &err), 0);
	assert_close(number_of(said, 0, "se"), 0.5, 1e-14);
	assert_close(number_of(said, 0, "df"), 0.0625 / (0.0081 / 20 + 0.0256 / 30), 1e-12);
	cov[1] = cov[2] = 0.08;
	assert_int_equal(say_steps(shared, &t, true, false, &pool, &err), 0);
	assert_close(number_of(shared, 0, "se"), 0.3, 1e-13);
	assert_close(number_of(shared, 0, "df"), 20, 0);
}

/* Group b has one year alone: it is left out and told; only where none has two all is refused. */
static void
a_group_without_a_step_is_left_out(void **state)
{
	struct plan_work w = work("y,year,g\n1,1,a\n3,1,a\n2,2,a\n5,2,a\n4,2,b\n6,2,b\n", NULL);
	const json_t *said = answered(op_difference, &w,
		"{'op': 'difference', 'of': 'y', 'over': 'year', 'by': 'g'}"), *out;

	(void)state;
	assert_int_equal(json_array_size(json_object_get(said, "rows")), 1);
	assert_close(number_of(said, 0, "estimate"), 1.5, 1e-14);
	out = json_array_get(json_object_get(said, "left_out"), 0);
	assert_string_equal(json_text_at(json_object_get(out, "by"), "g"), "b");
	assert_string_equal(json_text_at(json_object_get(out, "error"), "code"), "too_few");
	assert_int_equal(json_array_size(json_object_get(said, "left_out")), 1);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(steps_are_differences_with_their_errors, teardown),
	cmocka_unit_test_teardown(every_group_has_its_steps, teardown),
	cmocka_unit_test_teardown(what_cannot_be_compared_is_named, teardown),
	cmocka_unit_test_teardown(independent_levels_have_welchs_freedom, teardown),
	cmocka_unit_test_teardown(a_group_without_a_step_is_left_out, teardown),
};

CHECK_MAIN(tests)
