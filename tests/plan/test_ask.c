/* What a request asks for, and of whom. */
#include "tests/plan/plan.h"

static void
words_of_a_request_have_their_defaults(void **state)
{
	struct plan_ask a;

	(void)state;
	assert_int_equal(plan_ask_words(&a, 0.9, json("{'of': 'y'}"), &err), 0);
	assert_true(a.ask.level == 0.9 && !a.ask.listwise && !a.interval &&
		a.ask.df == SAMPLE_DF_AUTO);
	assert_true(a.ask.deff == SAMPLE_DEFF_REPLACE);
	assert_int_equal(plan_ask_words(&a, 0.9, json(
		"{'level': 0.99, 'missing': 'listwise', 'df': 'domain',"
		" 'interval': 'beta', 'deff': true}"), &err), 0);
	assert_true(a.ask.level == 0.99 && a.ask.listwise && a.interval &&
		a.ask.df == SAMPLE_DF_DOMAIN);
	assert_true(a.ask.interval == INTERVAL_BETA && a.ask.deff == SAMPLE_DEFF_FINITE);
	assert_int_equal(plan_ask_words(&a, 0.9, json("{'deff': 'big'}"), &err), FAULT_INPUT);
	assert_int_equal(plan_ask_words(&a, 0.9, json("{'missing': 'ignore'}"), &err), FAULT_INPUT);
}

static void
columns_of_words_are_indicators(void **state)
{
	struct plan_sample s;
	struct plan_data *d = data(PEOPLE, NULL);
	struct plan_work w = { d, &s, 0.95, &pool, false };
	struct column *column;
	size_t n;

	(void)state;
	assert_int_equal(plan_columns(&column, &n, &w, json("{'of': ['y', 'g']}"), "of", &err), 0);
	assert_int_equal(n, 3);
	assert_string_equal(column[1].name, "ga");
	assert_true(column[1].upper == 1 && isnan(column[0].upper));
	assert_true(column_at(&column[2], 1) == 1 && column_at(&column[2], 0) == 0);
	assert_int_equal(plan_columns(&column, &n, &w, json("{}"), "of", &err), FAULT_INPUT);
	assert_int_equal(plan_columns(&column, &n, &w, json("{'of': 'z'}"), "of", &err),
		FAULT_COLUMN);
}

static void
groups_and_conditions_are_those_of_the_rows(void **state)
{
	struct plan_work w = work(PEOPLE, NULL);
	const struct factor *f;
	struct column c;
	struct plan_ask a;

	(void)state;
	assert_int_equal(plan_ask_read(&a, &w,
		json("{'by': ['g', 's'], 'where': {'c': [1, 2, 3], 's': 'n'}}"), &err), 0);
	assert_int_equal(a.ask.bys, 2);
	assert_string_equal(a.ask.by[1]->name, "s");
	assert_true(a.where[0] && a.where[1] && !a.where[2] && !a.where[3]);
	assert_int_equal(plan_ask_read(&a, &w, json("{'where': {'s': 'nobody'}}"), &err),
		FAULT_INPUT);
	assert_int_equal(plan_ask_read(&a, &w, json("{'by': 'nowhere'}"), &err), FAULT_COLUMN);
	assert_int_equal(plan_factor(&f, &w, json("{'over': 'g'}"), "over", &err), 0);
	assert_int_equal(f->levels, 2);
	assert_int_equal(plan_factor(&f, &w, json("{}"), "over", &err), FAULT_INPUT);
	assert_int_equal(plan_column(&c, &w, json("{'of': 'y'}"), "of", &err), 0);
	assert_true(c.x[3] == 4);
	assert_int_equal(plan_column(&c, &w, json("{'of': 'g'}"), "of", &err), FAULT_INPUT);
}

static void
groups_that_overlap_are_for_those_who_can_take_them(void **state)
{
	struct plan_work w = work("m,k,y\na b,x,1\nb,x,2\na,y,3\n", NULL);
	struct column *column;
	struct plan_ask a;
	size_t n;

	(void)state;
	w.data->many[0] = PLAN_MANY;
	assert_int_equal(plan_ask_read_many(&a, &w, json("{'by': ['k', 'm']}"), &err), 0);
	assert_string_equal(a.many, "m");
	assert_true(a.ask.bys == 1 && a.many_at == 1);
	assert_int_equal(plan_ask_read(&a, &w, json("{'by': ['k', 'm']}"), &err), FAULT_INPUT);
	/* A column for every choice: who ticked it. */
	assert_int_equal(plan_columns(&column, &n, &w, json("{'of': 'm'}"), "of", &err), 0);
	assert_int_equal(n, 2);
	assert_string_equal(column[1].name, "mb");
	assert_true(column_at(&column[1], 0) == 1 && column_at(&column[1], 1) == 1 &&
		column_at(&column[1], 2) == 0);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(words_of_a_request_have_their_defaults, teardown),
	cmocka_unit_test_teardown(columns_of_words_are_indicators, teardown),
	cmocka_unit_test_teardown(groups_and_conditions_are_those_of_the_rows, teardown),
	cmocka_unit_test_teardown(groups_that_overlap_are_for_those_who_can_take_them, teardown),
};

CHECK_MAIN(tests)
