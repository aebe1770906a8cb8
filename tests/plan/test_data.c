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

/* An item for an estimate is the column's numbers, whichever way they are held. */
static void
item_is(struct plan_data *d, const char *name, bool code, bool whole)
{
	const double *x;
	struct column c;

	assert_int_equal(plan_data_item(&c, d, name, &err), 0);
	assert_int_equal(plan_data_numbers(&x, d, name, &err), 0);
	assert_string_equal(c.name, name);
	assert_true((c.code != NULL) == code && (c.whole != NULL) == whole);
	assert_true((c.x == NULL) == (code || whole));
	for (size_t i = 0; i < d->n; i++)
		if (isnan(x[i]) ? !isnan(column_at(&c, i)) : column_at(&c, i) != x[i])
			fail_msg("%s, row %zu", name, i);
}

static void
whole_numbers_are_coded_others_not(void **state)
{
	struct plan_data *d = data("q,z,w,b,f\n1,3.0,.5,1,1\n98,-7,1,524288,0\nNA,,2,,3\n",
		json("{'q': 98}"));
	struct text t = TEXT_INIT;
	struct column c;

	(void)state;
	item_is(d, "q", true, false);
	item_is(d, "z", true, false);
	item_is(d, "w", false, false);
	item_is(d, "b", false, false);
	assert_int_equal(plan_data_repeat(d, "f", &err), 0);
	item_is(d, "q", true, false);
	item_is(d, "w", false, false);
	assert_int_equal(plan_data_item(&c, data("a\n1\nx\n", NULL), "a", &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "3"));
	err = (struct err){ 0 };
	text_puts(&t, "k,id,s,f\n");
	for (unsigned i = 0; i < 70000; i++)
		text_fmt(&t, "%u,%u,x%u,%u\n", i % 300, i, i, i % 3);
	d = data(text_str(&t), NULL);
	item_is(d, "k", false, true);
	item_is(d, "id", false, true);
	/* The same once its levels are known. */
	d = data(text_str(&t), NULL);
	assert_true(frame_apart(d->frame, 1));
	frame_column(d->frame, 1);
	assert_false(frame_apart(d->frame, 1));
	item_is(d, "id", false, true);
	assert_int_equal(plan_data_repeat(d, "f", &err), 0);
	item_is(d, "k", false, true);
	item_is(d, "id", false, true);
	assert_true(plan_data_words(d, 2) && !plan_data_words(d, 1));
	assert_int_equal(plan_data_item(&c, d, "s", &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "x0"));
	text_clear(&t);
}

static void
fill_q(struct frame *f, size_t column, void *ctx)
{
	static const char *const level[] = { "NA", "2", "10" };
	static const uint8_t code[] = { 2, 0, 1, FRAME_NONE8 };

	(void)ctx;
	frame_put_codes(f, column, code, NULL, level, 3);
}

static void
columns_of_somebody_else_are_data(void **state)
{
	static const char *const name[] = { "q" };
	struct frame *f = frame_make(name, 1, 4, fill_q, NULL, &pool);
	const struct factor *q;
	struct plan_data d;

	(void)state;
	assert_int_equal(plan_data_frame(&d, f, "wave", NULL, &pool, &err), 0);
	item_is(&d, "q", true, false);
	assert_int_equal(plan_data_factor(&q, &d, "q", &err), 0);
	assert_int_equal(q->levels, 2);
	assert_string_equal(q->level[0], "2");
	assert_true(q->of[0] == 1 && q->of[1] == FACTOR_NONE && q->of[2] == 0);
	f = frame_make(name, 1, 0, fill_q, NULL, &pool);
	assert_int_equal(plan_data_frame(&d, f, "wave", NULL, &pool, &err), FAULT_INPUT);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(whole_numbers_are_coded_others_not, teardown),
	cmocka_unit_test_teardown(columns_of_somebody_else_are_data, teardown),
	cmocka_unit_test_teardown(codes_and_blanks_are_missing_before_anything_else, teardown),
	cmocka_unit_test_teardown(a_cell_that_is_no_number_is_told_by_column_and_line, teardown),
	cmocka_unit_test_teardown(rows_stand_as_often_as_their_frequency_says, teardown),
};

CHECK_MAIN(tests)
