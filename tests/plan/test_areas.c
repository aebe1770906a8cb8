/* Small areas from a file. */
#include "tests/plan/plan.h"

#include "plan/areas.h"

/* Of one variance: the spread of the areas, 500/3, less 50; see stats/. */
static void
areas_of_a_file_are_drawn_to_their_mean(void **state)
{
	const struct plan_areas a = { .path = put("a.csv",
		"area,estimate,variance\n甲区,60,50\n乙区,70,50\n丙区,80,50\n丁区,90,50\n") };
	json_t *said = plan_area(&a, &pool, &err);
	double gamma = 1 - 50 / (500 / 3.0);

	(void)state;
	if (said == NULL)
		fail_msg("%s", err.text);
	assert_close(json_number_at(said, "refvar"), 500 / 3.0 - 50, 1e-9);
	assert_true(json_is_null(json_object_get(said, "boundary")));
	assert_close(json_number_at(json_object_get(said, "beta"), "(Intercept)"), 75, 1e-12);
	assert_string_equal(json_text_at(row_of(said, 1), "area"), "乙区");
	assert_close(number_of(said, 0, "gamma"), gamma, 1e-9);
	assert_close(number_of(said, 0, "eblup"), gamma * 60 + (1 - gamma) * 75, 1e-9);
	assert_close(number_of(said, 0, "direct"), 60, 0);
	assert_close(number_of(said, 0, "se") * number_of(said, 0, "se"),
		number_of(said, 0, "mse"), 1e-13);
	json_decref(said);
}

/* What explains comes from the file in its own order; a category less the first, and a number. */
static void
areas_in_memory_find_their_rows_in_the_file(void **state)
{
	static const char *const area[] = { "a", "b", "c", "d" };
	static const double y[] = { 1, 2, 11, 12 }, v[] = { 1, 1, 1, 1 };
	const struct plan_direct direct = { 4, area, y, v };
	const struct plan_areas a = { .path = put("x.csv", "area,k\nd,two\nc,two\nb,one\na,one\n"),
		.factor = "k" };
	json_t *said = plan_area_direct(&direct, &a, &pool, &err);

	(void)state;
	if (said == NULL)
		fail_msg("%s", err.text);
	/* Within a group they differ less than their errors: group means and nothing else. */
	assert_close(json_number_at(said, "refvar"), 0, 0);
	assert_non_null(strstr(json_text_at(said, "boundary"), "refvar"));
	assert_close(json_number_at(json_object_get(said, "beta"), "(Intercept)"), 1.5, 1e-9);
	assert_close(json_number_at(json_object_get(said, "beta"), "ktwo"), 10, 1e-9);
	json_decref(said);
	said = plan_area_direct(&direct, &(struct plan_areas){
		.path = put("n.csv", "area,k\nd,7\nc,7\nb,5\na,5\n"), .x = "k" }, &pool, &err);
	if (said == NULL)
		fail_msg("%s", err.text);
	assert_close(json_number_at(json_object_get(said, "beta"), "k"), 5, 1e-9);
	json_decref(said);
}

static void
what_is_missing_of_an_area_is_named(void **state)
{
	static const char *const area[] = { "a", "z" };
	static const double y[] = { 1, 2 }, v[] = { 1, 1 };
	const struct plan_direct direct = { 2, area, y, v };
	static const struct { const char *file, *x, *part; } bad[] = {
		{ "area,estimate,variance\na,1,1\nb,x,1\n", NULL, "estimate" },
		{ "area,estimate\na,1\n", NULL, "variance" },
		{ "name,estimate,variance\na,1,1\n", NULL, "area" },
		{ "area,estimate,variance\na,1,1\nb,2,0\nc,2,1\n", NULL, "b" },
		{ "area,estimate,variance\na,1,1\nb,2,1\nc,2,1\n", "size", "size" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		err = (struct err){ 0 };
		assert_null(plan_area(&(struct plan_areas){ .path = put("a.csv", bad[i].file),
			.x = bad[i].x }, &pool, &err));
		if (strstr(err.text, bad[i].part) == NULL)
			fail_msg("%zu: %s", i, err.text);
	}
	err = (struct err){ 0 };
	assert_null(plan_area_direct(&direct, &(struct plan_areas){
		.path = put("x.csv", "area,k\na,1\nb,2\n"), .x = "k" }, &pool, &err));
	assert_non_null(strstr(err.text, "z"));
	err = (struct err){ 0 };
	assert_null(plan_area_direct(&direct, &(struct plan_areas){ .x = "k" }, &pool, &err));
	assert_int_equal(err.code, ERR_INPUT);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(areas_of_a_file_are_drawn_to_their_mean, teardown),
	cmocka_unit_test_teardown(areas_in_memory_find_their_rows_in_the_file, teardown),
	cmocka_unit_test_teardown(what_is_missing_of_an_area_is_named, teardown),
};

CHECK_MAIN(tests)
