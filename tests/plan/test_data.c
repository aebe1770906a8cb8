/* A file of answers by column. */
#include "tests/plan/plan.h"

static void
codes_and_blanks_are_missing_before_anything_else(void **state)
{
	struct plan_data *d = data("q,g\r\n1,a\r\n98,NA\r\n,b\r\n98.0,-9\r\n3,98\r\n",
		json("{'q': [98], '*': -9}"));
	const struct factor *g;
	const double *q;

	(void)state;
	assert_int_equal(plan_data_numbers(&q, d, "q", &err), 0);
	assert_true(q[0] == 1 && isnan(q[1]) && isnan(q[2]) && isnan(q[3]) && q[4] == 3);
	assert_int_equal(plan_data_factor(&g, d, "g", &err), 0);
	assert_int_equal(g->levels, 3);
	assert_true(g->of[1] == FACTOR_NONE && g->of[3] == FACTOR_NONE);
	assert_string_equal(g->level[g->of[4]], "98");
	assert_true(plan_data_words(d, 1) == false);
	assert_int_equal(plan_data_parse(d, "q\n1\n", 4, "d", json("{'r': 1}"), &pool, &err),
		FAULT_COLUMN);
	assert_non_null(strstr(err.text, "r"));
}

static void
a_cell_that_is_no_number_is_told_by_column_and_line(void **state)
{
	struct plan_data *d = data("a,b\n1,x\n\"two\nlines\",x\n3,y\n", NULL);
	const double *x;

	(void)state;
	assert_int_equal(plan_data_numbers(&x, d, "a", &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "a"));
	assert_non_null(strstr(err.text, "3"));
	assert_int_equal(plan_data_numbers(&x, d, "c", &err), FAULT_COLUMN);
	assert_true(plan_data_words(d, 1));
	err = (struct err){ 0 };
	assert_int_equal(plan_data_parse(d, "a\n", 2, "empty.csv", NULL, &pool, &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "empty.csv"));
}

static void
rows_stand_as_often_as_their_frequency_says(void **state)
{
	struct plan_data *d = data("y,f\n5,2\n7,0\n9,1\n", NULL);
	const double *y;

	(void)state;
	assert_int_equal(plan_data_repeat(d, "f", &err), 0);
	assert_int_equal(d->n, 3);
	assert_int_equal(plan_data_numbers(&y, d, "y", &err), 0);
	assert_true(y[0] == 5 && y[1] == 5 && y[2] == 9);
	assert_int_equal(d->row[2], 2);
	assert_int_equal(plan_data_repeat(data("y,f\n5,1.5\n", NULL), "f", &err), FAULT_WEIGHT);
	assert_int_equal(plan_data_repeat(data("y,f\n5,-1\n", NULL), "f", &err), FAULT_WEIGHT);
	assert_int_equal(plan_data_repeat(data("y,f\n5,NA\n", NULL), "f", &err), FAULT_WEIGHT);
	assert_int_equal(plan_data_repeat(data("y,f\n5,0\n", NULL), "f", &err), FAULT_WEIGHT);
	assert_int_equal(plan_data_repeat(data("y,f\n5,1e300\n", NULL), "f", &err), FAULT_WEIGHT);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(codes_and_blanks_are_missing_before_anything_else, teardown),
	cmocka_unit_test_teardown(a_cell_that_is_no_number_is_told_by_column_and_line, teardown),
	cmocka_unit_test_teardown(rows_stand_as_often_as_their_frequency_says, teardown),
};

CHECK_MAIN(tests)
