/* Results as JSON. */
#include "tests/plan/plan.h"

#include "plan/say.h"

static const char *const by[] = { "g" }, *const level[] = { "a" };

static struct table_row
row(void)
{
	return (struct table_row){ .of = "q", .by = level, .p = NAN, .upper = NAN, .estimate = {
		.value = 0.1, .se = 0.02, .low = 0.06, .high = 0.14, .level = 0.95, .df = 12,
		.n = 200, .n_eff = 150.5, .kish = 190, .deff = NAN, .method = "logit t" } };
}

static const char *
text_of(const json_t *value)
{
	struct text t = TEXT_INIT;
	const char *s;

	json_put(&t, value, 0);
	s = pool_strdup(&pool, text_str(&t));
	text_clear(&t);
	return s;
}

static void
a_row_says_all_of_an_estimate(void **state)
{
	struct table_row r = row();
	json_t *said = kept[kept_n++] = say_row(&r, by, 1);

	(void)state;
	assert_string_equal(text_of(said),
		"{\"of\":\"q\",\"by\":{\"g\":\"a\"},\"estimate\":0.10000000000000001,\"se\":0.02,"
		"\"low\":0.059999999999999998,\"high\":0.14000000000000001,"
		"\"level\":0.94999999999999996,\"df\":12,\"n\":200,\"n_eff\":150.5,"
		"\"kish_n\":190.0,\"deff\":null,\"method\":\"logit t\"}\n");
	r.p = 0.5;
	said = kept[kept_n++] = say_row(&r, by, 0);
	assert_close(json_number_at(said, "quantile"), 0.5, 0);
	assert_int_equal(json_object_size(json_object_get(said, "by")), 0);
}

static void
a_row_without_a_figure_or_an_interval_says_why(void **state)
{
	struct table_row r = row();
	json_t *said;

	(void)state;
	err_set(&err, ERR_REFUSED, "为什么", "why");
	r.err = &err;
	r.span_fault = FAULT_LONELY_DOMAIN;
	r.estimate.low = r.estimate.high = NAN;
	said = kept[kept_n++] = say_row(&r, by, 1);
	assert_true(json_is_null(json_object_get(said, "low")));
	assert_string_equal(json_text_at(json_object_get(said, "no_interval"), "code"),
		"lonely_domain");
	assert_null(json_object_get(said, "uncertain"));
	r.span_fault = 0;
	r.estimate.df = 7;
	said = kept[kept_n++] = say_row(&r, by, 1);
	assert_string_equal(json_text_at(json_object_get(said, "uncertain"), "code"), "few_df");
	r.fault = FAULT_EMPTY_DOMAIN;
	said = kept[kept_n++] = say_row(&r, by, 1);
	assert_null(json_object_get(said, "estimate"));
	assert_string_equal(json_text_at(json_object_get(said, "error"), "code"), "empty_domain");
	assert_string_equal(json_text_at(json_object_get(said, "error"), "message"), "为什么");
}

static void
what_is_no_number_is_null(void **state)
{
	static const double x[] = { 1, NAN, 2.5, INFINITY };
	json_t *list = kept[kept_n++] = say_numbers(x, 4),
		*matrix = kept[kept_n++] = say_matrix(x, 2, 2);

	(void)state;
	assert_string_equal(text_of(list), "[1.0,null,2.5,null]\n");
	assert_string_equal(text_of(matrix), "[[1.0,null],[2.5,null]]\n");
}

static void
a_table_without_any_figure_is_an_error(void **state)
{
	struct table_row r[2] = { row(), row() };
	double cov[] = { 1, NAN, NAN, 2 };
	struct table t = { .row = r, .rows = 2, .by = by, .bys = 1, .cov = cov },
		none = { .by = by, .bys = 1, .cov = cov };
	json_t *said = kept[kept_n++] = json_object(), *wrong = kept[kept_n++] = json_object(),
		*nobody = kept[kept_n++] = json_object();

	(void)state;
	r[0].fault = FAULT_ALL_MISSING;
	r[0].err = &err;
	say_table(said, &t);
	assert_null(json_object_get(said, "error"));
	assert_int_equal(json_array_size(json_object_get(said, "rows")), 2);
	assert_string_equal(text_of(json_object_get(said, "vcov")), "[[1.0,null],[null,2.0]]\n");
	r[1].fault = FAULT_EMPTY_DOMAIN;
	r[1].err = &err;
	say_table(wrong, &t);
	/* the first row's */
	assert_string_equal(json_text_at(json_object_get(wrong, "error"), "code"), "all_missing");
	say_table(nobody, &none);
	assert_string_equal(json_text_at(json_object_get(nobody, "error"), "code"), "empty_domain");
	say_levels(said, &t);
	assert_int_equal(json_array_size(json_object_get(said, "levels")), 2);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(a_row_says_all_of_an_estimate, teardown),
	cmocka_unit_test_teardown(a_row_without_a_figure_or_an_interval_says_why, teardown),
	cmocka_unit_test_teardown(what_is_no_number_is_null, teardown),
	cmocka_unit_test_teardown(a_table_without_any_figure_is_an_error, teardown),
};

CHECK_MAIN(tests)
