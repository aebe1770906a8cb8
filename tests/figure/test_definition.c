/* figure/definition.c: what a number of complaints counts. */
#include "tests/support/check.h"

#include "figure/definition.h"

static void
parts_come_in_any_order_and_are_written_in_one(void **state)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	unsigned counts;

	(void)state;
	assert_int_equal(definition_read(&counts, "举报+12345+12315", &err), 0);
	assert_int_equal(counts, COUNTS_12315 | COUNTS_12345 | COUNTS_REPORTS);
	assert_string_equal(definition_write(counts, &pool), "12315+12345+举报");
	assert_int_equal(definition_read(&counts, "12365+enquiries", &err), 0);
	assert_string_equal(definition_write(counts, &pool), "12365+咨询");
	pool_clear(&pool);
}

static void
unknown_is_nought_and_equal_to_nothing(void **state)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	unsigned counts = 7;

	(void)state;
	assert_int_equal(definition_read(&counts, NULL, &err), 0);
	assert_int_equal(counts, 0);
	assert_int_equal(definition_read(&counts, "", &err), 0);
	assert_string_equal(definition_write(0, &pool), "");
	assert_string_equal(definition_words(0, &pool).in[LANG_ZH], "口径未登记");
	assert_false(definition_same("", ""));
	assert_false(definition_same(NULL, "12315"));
	assert_false(definition_same("nonsense", "nonsense"));
	assert_true(definition_same("12315+12345", "12345+12315"));
	assert_false(definition_same("12315", "12315+举报"));
	pool_clear(&pool);
}

static void
what_is_no_definition_is_refused(void **state)
{
	static const char *const bad[] = { "12315+", "+12315", "12315+12315", "12316", "举报",
		"举报+咨询", "12315 12345" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err err = { 0 };
		unsigned counts;

		if (definition_read(&counts, bad[i], &err) == 0)
			fail_msg("%s was read", bad[i]);
		assert_int_equal(err.code, ERR_INPUT);
		assert_non_null(strstr(err.text, bad[i]));
	}
}

static void
it_is_said_in_the_offices_words(void **state)
{
	struct pool pool = POOL_INIT;
	struct words w = definition_words(COUNTS_12315 | COUNTS_12345 | COUNTS_REPORTS, &pool);

	(void)state;
	assert_string_equal(w.in[LANG_ZH], "12315、12345 登记的投诉，含举报");
	assert_string_equal(w.in[LANG_EN], "complaints registered by 12315, 12345 with reports");
	w = definition_words(COUNTS_12315, &pool);
	assert_string_equal(w.in[LANG_ZH], "12315 登记的投诉，不含举报");
	assert_string_equal(w.in[LANG_EN], "complaints registered by 12315, reports not counted");
	pool_clear(&pool);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(parts_come_in_any_order_and_are_written_in_one),
	cmocka_unit_test(unknown_is_nought_and_equal_to_nothing),
	cmocka_unit_test(what_is_no_definition_is_refused),
	cmocka_unit_test(it_is_said_in_the_offices_words),
};

CHECK_MAIN(tests)
