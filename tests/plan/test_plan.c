/* A plan and where its paths start. */
#include "tests/plan/plan.h"

#include "plan/plan.h"

static void
paths_start_in_the_plans_own_folder(void **state)
{
	(void)state;
	assert_string_equal(plan_folder("a/b/plan.json", &pool), "a/b");
	assert_string_equal(plan_folder("plan.json", &pool), ".");
	assert_string_equal(plan_folder("/plan.json", &pool), "/");
	assert_string_equal(plan_path("a/b", "d.csv", &pool), "a/b/d.csv");
	assert_string_equal(plan_path("a/b", "/d.csv", &pool), "/d.csv");
	assert_string_equal(plan_path("a/b", "-", &pool), "-");
}

static const json_t *
result(const json_t *said, size_t i)
{
	return json_array_get(json_object_get(said, "results"), i);
}

/* A plan beside its data; one request that cannot be answered stops no other. */
static void
a_plan_answers_its_requests_in_order(void **state)
{
	const char *path;
	size_t answered_n;
	json_t *said;

	(void)state;
	put("d.csv", "y,g\n1,a\n2,b\n98,b\n");
	path = put("plan.json",
		"{\"data\": \"d.csv\", \"codes\": {\"y\": [98]}, \"level\": 0.9, \"requests\": ["
		"{\"op\": \"mean\", \"of\": \"y\"}, {\"op\": \"mean\", \"of\": \"z\"},"
		" {\"op\": \"design\"}]}");
	said = plan_run_path(path, NULL, &answered_n, &pool, &err);
	if (said == NULL)
		fail_msg("%s", err.text);
	assert_int_equal(answered_n, 2);
	assert_int_equal(strlen(json_text_at(said, "plan_sha256")), 64);
	assert_close(number_of(result(said, 0), 0, "estimate"), 1.5, 1e-15);
	assert_close(number_of(result(said, 0), 0, "level"), 0.9, 1e-15);
	assert_string_equal(json_text_at(json_object_get(result(said, 1), "error"), "code"),
		"column");
	assert_string_equal(json_text_at(json_object_get(result(said, 1), "request"), "of"), "z");
	assert_close(number_of(result(said, 2), 0, "n"), 3, 0);
	assert_null(json_object_get(said, "notes"));
	json_decref(said);
}

static void
a_fault_of_the_sample_is_every_requests(void **state)
{
	const char *at = plan_folder(put("d.csv", "y,w\n1,-1\n2,1\n"), &pool);
	size_t answered_n = 9;
	json_t *said = plan_run(json(
		"{'data': 'd.csv', 'design': {'weight': 'w'}, 'requests': [{'op': 'mean',"
		" 'of': 'y'}, {'op': 'design'}]}"), at, "00", NULL, &answered_n, &pool, &err);

	(void)state;
	assert_int_equal(answered_n, 0);
	for (size_t i = 0; i < 2; i++)
		assert_string_equal(json_text_at(json_object_get(result(said, i), "error"), "code"),
			"weight");
	json_decref(said);
}

static void
codes_among_numbers_are_noted(void **state)
{
	const char *at = plan_folder(put("d.csv", "y,t\n1,70\n98,98\n5,60\n"), &pool);
	size_t n;
	json_t *said = plan_run(json("{'data': 'd.csv', 'requests': [{'op': 'mean', 'of': ['y',"
		" 't']}, {'op': 'total', 'of': 'y'}]}"), at, "00", NULL, &n, &pool, &err),
		*notes = json_object_get(said, "notes");

	(void)state;
	assert_int_equal(json_array_size(notes), 1);	/* y once; t has answers between */
	assert_non_null(strstr(json_string_value(json_array_get(notes, 0)), "y"));
	json_decref(said);
}

static void
a_plan_or_data_that_cannot_be_read_is_no_answer(void **state)
{
	size_t n;

	(void)state;
	assert_null(plan_run(json("{'data': 'none.csv', 'requests': []}"), "/nowhere", "00", NULL,
		&n, &pool, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_null(plan_run(json("{'requests': []}"), ".", "00", NULL, &n, &pool, &err));
	err = (struct err){ 0 };
	assert_null(plan_run_path(put("p.json", "{"), NULL, &n, &pool, &err));
	assert_int_equal(err.code, ERR_INPUT);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(paths_start_in_the_plans_own_folder, teardown),
	cmocka_unit_test_teardown(a_plan_answers_its_requests_in_order, teardown),
	cmocka_unit_test_teardown(a_fault_of_the_sample_is_every_requests, teardown),
	cmocka_unit_test_teardown(codes_among_numbers_are_noted, teardown),
	cmocka_unit_test_teardown(a_plan_or_data_that_cannot_be_read_is_no_answer, teardown),
};

CHECK_MAIN(tests)
