/* A sample made of a plan's columns. */
#include "tests/plan/plan.h"

static void
a_design_is_made_of_named_columns(void **state)
{
	struct plan_sample s;

	(void)state;
	assert_int_equal(plan_sample_make(&s, data(PEOPLE, NULL),
		json("{'cluster': 'c', 'strata': 's', 'weight': 'w', 'fpc': 'N'}"), NULL, &err), 0);
	assert_true(s.designed && !s.calibrated);
	assert_true(sample_df(s.sample) == 2);
	assert_int_equal(sample_psus(s.sample)->strata, 2);
	assert_true(sample_psus(s.sample)->fraction[0] == 0.5);
	assert_int_equal(plan_sample_make(&s, data(PEOPLE, NULL), NULL, NULL, &err), 0);
	assert_false(s.designed);
	assert_int_equal(plan_sample_make(&s, data(PEOPLE, NULL), json("{'frequency': 'w'}"),
		NULL, &err), 0);
	assert_false(s.designed);
	assert_int_equal(sample_rows(s.sample), 5);
}

static void
a_design_that_makes_no_sense_is_named(void **state)
{
	static const struct {
		const char *design, *part;
		int fault;
	} bad[] = {
		{ "{'clusters': 'c'}", "clusters", FAULT_INPUT },
		{ "{'cluster': 'nowhere'}", "nowhere", FAULT_COLUMN },
		{ "{'cluster': [null]}", "cluster", FAULT_INPUT },
		{ "{'strata': ['s', 's', 's', 's', 's']}", "strata", FAULT_INPUT },
		{ "{'lonely': 'ignore'}", "ignore", FAULT_INPUT },
		{ "{'weight': 'g'}", "g", FAULT_INPUT },
		{ "{'replicates': {'type': 'JK9', 'columns': 'w'}}", "JK9", FAULT_INPUT },
		{ "{'replicates': {'columns': 'w'}}", "type", FAULT_INPUT },
		{ "{'replicates': {'type': 'JK1', 'columns': ['w', 'N'], 'rscales': [1]}}", "1",
			FAULT_INPUT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct plan_sample s;

		assert_int_equal(plan_sample_make(&s, data(PEOPLE, NULL), json(bad[i].design), NULL,
			&err), bad[i].fault);
		if (strstr(err.text, bad[i].part) == NULL)
			fail_msg("%s: %s", bad[i].design, err.text);
	}
}

static void
policies_for_lonely_units_have_their_words(void **state)
{
	static const struct { const char *json;
		enum design_lonely is; } row[] = { { "{'x': 'fail'}", DESIGN_FAIL },
		{ "{'x': 'adjust'}", DESIGN_ADJUST }, { "{'x': 'average'}", DESIGN_AVERAGE },
		{ "{'x': 'remove'}", DESIGN_CERTAINTY },
		{ "{'x': 'certainty'}", DESIGN_CERTAINTY } };
	enum design_lonely lonely;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		assert_int_equal(plan_lonely(&lonely, json(row[i].json), "x", &err), 0);
		assert_int_equal(lonely, row[i].is);
	}
	assert_int_equal(plan_lonely(&lonely, json("{}"), "x", &err), 0);
	assert_int_equal(lonely, DESIGN_CERTAINTY);
	assert_int_equal(plan_lonely(&lonely, json("{'x': 'drop'}"), "x", &err), FAULT_INPUT);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(a_design_is_made_of_named_columns, teardown),
	cmocka_unit_test_teardown(a_design_that_makes_no_sense_is_named, teardown),
	cmocka_unit_test_teardown(policies_for_lonely_units_have_their_words, teardown),
};

CHECK_MAIN(tests)
