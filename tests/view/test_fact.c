/* view/fact.c: the JSON that scripts rely on. */
#include "tests/support/check.h"

#include "view/fact.h"

static void
an_estimate_has_its_interval_and_what_is_undefined_is_null(void **state)
{
	struct figure m = { .form = "A", .index = "csi", .index_label = { { "指数", "Index" } },
		.domain = "all", .domain_label = { { "全市", "Whole city" } }, .year = 2024,
		.wave = 7, .stream = "sampled", .margins = "sex", .note = { { "", "" } },
		.estimate = { .value = 78.5, .se = 0.5, .low = 77.5, .high = 79.5, .level = 0.95,
		.df = INFINITY, .n = 900, .n_eff = NAN, .kish = NAN, .deff = NAN,
		.mapping = "acsi-1-10", .method = "logit t",
		.population = "居民", .stream = "sampled" } };
	json_t *o = fact_figure(&m);

	(void)state;
	assert_close(json_number_at(o, "value"), 78.5, 0);
	assert_close(json_number_at(o, "low"), 77.5, 0);
	assert_true(json_is_null(json_object_get(o, "n_eff")));
	assert_true(json_is_null(json_object_get(o, "deff")));
	assert_true(json_is_null(json_object_get(o, "indicator")));
	assert_true(json_is_null(json_object_get(o, "note")));
	assert_string_equal(json_text_at(o, "mapping"), "acsi-1-10");
	assert_string_equal(json_text_at(json_object_get(o, "label"), "zh"), "指数");
	assert_string_equal(json_text_at(o, "margins"), "sex");
	json_decref(o);
	err_set(&m.err, ERR_REFUSED, "太少", "too few");
	m.err_code = "too_few";
	o = fact_figure(&m);
	assert_null(json_object_get(o, "value"));
	assert_string_equal(json_text_at(json_object_get(o, "error"), "code"), "too_few");
	assert_string_equal(json_text_at(json_object_get(o, "error"), "zh"), "太少");
	assert_string_equal(json_text_at(json_object_get(o, "error"), "en"), "too few");
	json_decref(o);
}

static void
what_is_frozen_is_the_same_whoever_freezes_it(void **state)
{
	json_t *o = json_pack("{s:s, s:{s:s, s:s}, s:[{s:s, s:s, s:s}], s:s}", "reason",
		"this language", "reasons", "zh", "因", "en", "why", "clauses", "zh", "甲", "en",
		"a", "text", "this language", "text", "a rule");

	(void)state;
	fact_neutral(o);
	assert_string_equal(json_text_at(json_object_get(o, "reason"), "zh"), "因");
	assert_null(json_object_get(o, "reasons"));
	assert_null(json_object_get(json_array_get(json_object_get(o, "clauses"), 0), "text"));
	assert_string_equal(json_text_at(o, "text"), "a rule");	/* no pair of languages beside it */
	json_decref(o);
}

static void
lists_of_names_and_rows_are_read(void **state)
{
	json_t *names = fact_names("市商务局;市旅游局;"), *none = fact_names(""), *rows, *counted;
	struct track_count count;

	(void)state;
	assert_int_equal(json_array_size(names), 2);
	assert_string_equal(json_string_value(json_array_get(names, 1)), "市旅游局");
	assert_int_equal(json_array_size(none), 0);
	rows = json_pack("[{s:s, s:s, s:b}, {s:s, s:s, s:b}]", "result_state", "met",
		"evidence_state", "accepted", "late", 1,
		"result_state", "missed", "evidence_state", "none", "late", 0);
	count = fact_counted(rows);
	assert_int_equal(count.rows, 2);
	assert_int_equal(count.state[STANDING_MET], 1);
	assert_int_equal(count.documented, 1);
	counted = fact_count(&count);
	assert_int_equal(json_integer_value(json_object_get(counted, "missed")), 1);
	assert_true(fact_any(rows, "result_state", "missed"));
	assert_false(fact_any(rows, "result_state", "unset"));
	assert_true(fact_any(rows, "late", NULL));
	assert_false(fact_any(names, "late", NULL));
	json_decref(names);
	json_decref(none);
	json_decref(rows);
	json_decref(counted);
}

static void
an_outside_result_is_told_whole_or_not_at_all(void **state)
{
	struct external_row e = { .year = 2024, .rank = 7, .of = 50, .score = NAN, .se = NAN,
		.agency = "某机构", .qualification = "CNAS", .report = "r.pdf",
		.report_sha256 = "ab" };
	json_t *o = fact_external(&e), *none = fact_external(NULL);

	(void)state;
	assert_int_equal(json_integer_value(json_object_get(o, "rank")), 7);
	assert_true(json_is_null(json_object_get(o, "score")));
	assert_string_equal(json_text_at(o, "agency"), "某机构");
	assert_true(json_is_null(none));
	json_decref(o);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(an_estimate_has_its_interval_and_what_is_undefined_is_null),
	cmocka_unit_test(what_is_frozen_is_the_same_whoever_freezes_it),
	cmocka_unit_test(lists_of_names_and_rows_are_read),
	cmocka_unit_test(an_outside_result_is_told_whole_or_not_at_all),
};

CHECK_MAIN(tests)
