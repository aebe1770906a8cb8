/* Why there is no figure: one word for each reason. */
#include "tests/support/check.h"

#include "stats/fault.h"

static void
every_fault_has_a_word_of_its_own(void **state)
{
	(void)state;
	assert_string_equal(fault_word(FAULT_NONE), "");
	assert_string_equal(fault_word(FAULT_LONELY_PSU), "lonely_psu");
	assert_string_equal(fault_word(FAULT_ALIKE), "all_alike");
	assert_string_equal(fault_word(FAULT_NOT_CONVERGED), "not_converged");
	for (int f = FAULT_MIN; f < 0; f++) {
		assert_true(strlen(fault_word(f)) > 0);
		for (int g = f + 1; g < 0; g++)
			assert_string_not_equal(fault_word(f), fault_word(g));
	}
	assert_string_equal(fault_word(FAULT_MIN - 1), "input");
	assert_string_equal(fault_word(1), "input");
}

/* The data cannot give it, or the request is wrong. */
static void
what_the_data_cannot_give_is_refused(void **state)
{
	static const int refused[] = { FAULT_LONELY_PSU, FAULT_ONE_PSU, FAULT_EMPTY_DOMAIN,
		FAULT_ALL_MISSING, FAULT_CONSTANT, FAULT_MARGIN_EMPTY, FAULT_MARGIN_UNLISTED,
		FAULT_NOT_CONVERGED, FAULT_TOO_FEW, FAULT_NUMERIC, FAULT_LONELY_DOMAIN,
		FAULT_ALIKE }, wrong[] = { FAULT_INPUT, FAULT_NOT_NESTED, FAULT_WEIGHT, FAULT_FPC,
		FAULT_MARGIN_TOTALS, FAULT_MARGIN_TARGET, FAULT_COLUMN, FAULT_MISSING_DESIGN };

	(void)state;
	assert_int_equal(sizeof(refused) / sizeof(int) + sizeof(wrong) / sizeof(int), -FAULT_MIN);
	for (size_t i = 0; i < sizeof(refused) / sizeof(int); i++)
		assert_int_equal(fault_code(refused[i]), ERR_REFUSED);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(int); i++)
		assert_int_equal(fault_code(wrong[i]), ERR_INPUT);
}

static void
a_fault_fills_the_error_and_is_the_answer(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_int_equal(fault_set(&err, FAULT_EMPTY_DOMAIN, "%s 没有人", "nobody in %s", "S09"),
		FAULT_EMPTY_DOMAIN);
	assert_int_equal(err.code, ERR_REFUSED);
	assert_string_equal(err.text, "S09 没有人");
	assert_int_equal(fault_set(NULL, FAULT_COLUMN, "无", "none"), FAULT_COLUMN);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_fault_has_a_word_of_its_own),
	cmocka_unit_test(what_the_data_cannot_give_is_refused),
	cmocka_unit_test(a_fault_fills_the_error_and_is_the_answer),
};

CHECK_MAIN(tests)
