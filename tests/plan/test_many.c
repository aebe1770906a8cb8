/* Cells that are sets of choices. */
#include "tests/plan/plan.h"

#include "plan/many.h"

#define CELLS "m,k\na b,1\nb、c,2\n,3\n98,4\na,5\n"

static void
choices_are_those_declared_or_met(void **state)
{
	struct plan_data *d = data(CELLS, json("{'m': 98}"));
	const char *const *choice;
	size_t n;

	(void)state;
	assert_false(plan_many(d, "m"));
	assert_int_equal(plan_many_declare(d, json("'m'"), &err), 0);
	assert_true(plan_many(d, "m") && !plan_many(d, "k") && !plan_many(d, "nowhere"));
	assert_int_equal(plan_many_choices(&choice, &n, d, "m", &err), 0);
	assert_int_equal(n, 3);
	assert_string_equal(choice[2], "c");
	d = data(CELLS, json("{'m': 98}"));
	assert_int_equal(plan_many_declare(d,
		json("{'m': ['c', 'b', 'a', 'd'], 'k': false}"), &err), 0);
	assert_int_equal(plan_many_choices(&choice, &n, d, "m", &err), 0);
	assert_int_equal(n, 4);
	assert_string_equal(choice[0], "c");		/* as they were declared */
	assert_int_equal(plan_many_declare(d, json("['m', 'z']"), &err), FAULT_COLUMN);
	assert_int_equal(plan_many_declare(d, json("{'m': 5}"), &err), FAULT_INPUT);
	assert_int_equal(plan_many_declare(d, json("5"), &err), FAULT_INPUT);
}

static void
who_ticked_one_of_them_and_who_ticked_none(void **state)
{
	struct plan_data *d = data(CELLS, json("{'m': 98}"));
	bool is[5], missing[5];

	(void)state;
	assert_int_equal(plan_many_declare(d, json("'m'"), &err), 0);
	assert_int_equal(plan_value_one_of(is, missing, d, "m", json("['a', 'c']"), &err), 0);
	assert_true(is[0] && is[1] && !is[2] && !is[3] && is[4]);
	/* a code that is missing is no tick */
	assert_true(!missing[0] && missing[2] && missing[3]);
	assert_int_equal(plan_value_one_of(is, NULL, d, "m", json("'d'"), &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "a b c"));
}

static void
cells_that_look_like_sets_are_no_groups_until_somebody_says(void **state)
{
	struct plan_data *d = data("m,p\na b,New York\nb,York\na,Leeds\n", NULL);
	const struct factor *f;

	(void)state;
	assert_int_equal(plan_many_groups(&f, d, "m", &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "--multi m"));
	err = (struct err){ 0 };
	/* New is met in one cell alone */
	assert_int_equal(plan_many_groups(&f, d, "p", &err), 0);
	assert_int_equal(f->levels, 3);
	assert_int_equal(plan_many_declare(d, json("{'m': false}"), &err), 0);
	assert_int_equal(plan_many_groups(&f, d, "m", &err), 0);
}

static void
a_value_nobody_has_is_named(void **state)
{
	struct plan_data *d = data("g,n\na,1\nb,2\n", NULL);
	bool is[2];

	(void)state;
	assert_int_equal(plan_value_one_of(is, NULL, d, "g", json("['a', 'b']"), &err), 0);
	assert_int_equal(plan_value_one_of(is, NULL, d, "g", json("'c'"), &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "a b"));
	/* nobody need have given the best mark */
	assert_int_equal(plan_value_one_of(is, NULL, d, "n", json("10"), &err), 0);
	assert_int_equal(plan_value_one_of(is, NULL, d, "n", json("'x'"), &err), FAULT_INPUT);
}

static void
other_marks_than_spaces_are_said(void **state)
{
	struct plan_data *d = data(CELLS, NULL);
	json_t *notes = kept[kept_n++] = json_array();

	(void)state;
	assert_int_equal(plan_many_declare(d, json("'m'"), &err), 0);
	plan_many_notes(notes, d);
	assert_int_equal(json_array_size(notes), 1);
	assert_non_null(strstr(json_string_value(json_array_get(notes, 0)), "b、c"));
	d = data("m\na b\nb\n", NULL);
	assert_int_equal(plan_many_declare(d, json("'m'"), &err), 0);
	plan_many_notes(notes, d);
	assert_int_equal(json_array_size(notes), 1);
}

static void
a_waves_form_says_which_are_sets(void **state)
{
	struct plan_data *d = data(CELLS, NULL);
	json_t *multi = json_pack("{s:b, s:b}", "m", 1, "k", 0),
		*choices = json_pack("{s:[s, s, s], s:[i]}", "m", "a", "b", "c", "q", 1);

	(void)state;
	plan_many_form(d, multi, choices);
	assert_true(plan_many(d, "m") && !plan_many(d, "k"));
	assert_int_equal(d->many[1], PLAN_SINGLE);
	assert_int_equal(json_array_size(d->choices[0]), 3);
	json_decref(multi);
	json_decref(choices);
}

static void
a_condition_compares_numbers_as_numbers_and_texts_as_texts(void **state)
{
	struct plan_data *d = data("g\n1\n1.0\n01\nx\nNA\n", NULL);
	bool is[5], missing[5];

	(void)state;
	assert_int_equal(plan_value_one_of(is, missing, d, "g", json("1"), &err), 0);
	assert_true(is[0] && is[1] && is[2] && !is[3] && !is[4]);
	assert_true(missing[4] && !missing[3]);
	assert_int_equal(plan_value_one_of(is, NULL, d, "g", json("['1', 'x']"), &err), 0);
	assert_true(is[0] && !is[1] && !is[2] && is[3]);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(choices_are_those_declared_or_met, teardown),
	cmocka_unit_test_teardown(who_ticked_one_of_them_and_who_ticked_none, teardown),
	cmocka_unit_test_teardown(cells_that_look_like_sets_are_no_groups_until_somebody_says,
		teardown),
	cmocka_unit_test_teardown(a_value_nobody_has_is_named, teardown),
	cmocka_unit_test_teardown(other_marks_than_spaces_are_said, teardown),
	cmocka_unit_test_teardown(a_waves_form_says_which_are_sets, teardown),
	cmocka_unit_test_teardown(a_condition_compares_numbers_as_numbers_and_texts_as_texts,
		teardown),
};

CHECK_MAIN(tests)
