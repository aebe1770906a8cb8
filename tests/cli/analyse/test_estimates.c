/* cli/analyse/estimates.c: answers of an analysis as tables. */
#include "tests/support/check.h"

#include "cli/analyse/estimates.h"

static void
shown_as(const char *json, enum lang lang, const char *const part[], size_t n)
{
	json_t *said = json_loads(json, 0, NULL);
	struct text out = TEXT_INIT;

	assert_non_null(said);
	lang_set(lang);
	estimates_show(&out, said);
	for (size_t i = 0; i < n; i++)
		if (strstr(text_str(&out), part[i]) == NULL)
			fail_msg("“%s” is not in\n%s", part[i], text_str(&out));
	text_clear(&out);
	json_decref(said);
}

static void
a_number_has_six_digits_at_most_and_null_is_empty(void **state)
{
	json_t *v = json_real(3.14159265), *shown = estimates_number(v),
		*none = estimates_number(json_null());

	(void)state;
	assert_string_equal(json_string_value(shown), "3.14159");
	assert_string_equal(json_string_value(none), "");
	json_decref(v);
	json_decref(shown);
	json_decref(none);
}

static void
a_result_is_headed_by_its_request(void **state)
{
	static const char *const en[] = { "mean  of \"sat\"  by \"sex\"", "estimate", "7.25",
		"0.125", "plan SHA-256: ab" };
	static const char *const zh[] = { "估计", "标准误", "计划 SHA-256：ab" };
	static const char json[] =
		"{\"results\": [{\"request\": {\"op\": \"mean\", \"of\": \"sat\", \"by\": \"sex\"},"
		" \"rows\": [{\"of\": \"sat\", \"by\": [\"1\"], \"estimate\": 7.25, \"se\": 0.125,"
		" \"low\": 7, \"high\": 7.5, \"df\": 9, \"n\": 10}]}], \"plan_sha256\": \"ab\"}";

	(void)state;
	shown_as(json, LANG_EN, en, sizeof(en) / sizeof(en[0]));
	shown_as(json, LANG_ZH, zh, sizeof(zh) / sizeof(zh[0]));
}

static void
what_has_no_figure_says_why(void **state)
{
	static const char *const part[] = { "mean  of \"none\"",
		"there is no column none", "a note" };
	static const char json[] =
		"{\"results\": [{\"request\": {\"op\": \"mean\", \"of\": \"none\"},"
		" \"error\": {\"code\": \"column\", \"message\": \"there is no column none\"}}],"
		" \"notes\": [\"a note\"]}";

	(void)state;
	shown_as(json, LANG_EN, part, sizeof(part) / sizeof(part[0]));
}

static void
few_degrees_of_freedom_are_pointed_out(void **state)
{
	static const char *const part[] = { "fewer than 8 degrees of freedom",
		"a rise in every step" };
	static const char json[] =
		"{\"results\": [{\"request\": {\"op\": \"steps\"}, \"p_iut\": 0.04, \"rows\": ["
		"{\"of\": \"sat\", \"estimate\": 1, \"uncertain\": {\"code\": \"few_df\"}}]}]}";

	(void)state;
	shown_as(json, LANG_EN, part, sizeof(part) / sizeof(part[0]));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_number_has_six_digits_at_most_and_null_is_empty),
	cmocka_unit_test(a_result_is_headed_by_its_request),
	cmocka_unit_test(what_has_no_figure_says_why),
	cmocka_unit_test(few_degrees_of_freedom_are_pointed_out),
};

CHECK_MAIN(tests)
