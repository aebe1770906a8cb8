/* Text that grows, and whole numbers in it. */
#include "tests/support/check.h"

#include <limits.h>

#include "base/text.h"

static void
text_grows_and_keeps_its_end(void **state)
{
	struct text t = TEXT_INIT;

	(void)state;
	assert_string_equal(text_str(&t), "");
	text_puts(&t, NULL);
	assert_string_equal(text_str(&t), "");
	for (int i = 0; i < 1000; i++)
		text_fmt(&t, "%03d,", i);
	text_add(&t, "\0x", 2);
	assert_int_equal(t.n, 4002);
	assert_memory_equal(t.s + 3996, "999,\0x", 7);
	text_reset(&t);
	assert_string_equal(text_str(&t), "");
	text_putc(&t, 'a');
	assert_string_equal(t.s, "a");
	for (int i = 0; i < TEXT_KEEP; i++)
		text_putc(&t, 'b');
	text_rest(&t);		/* so much room is not kept */
	assert_null(t.s);
	text_puts(&t, "a");
	text_rest(&t);
	assert_string_equal(t.s, "");
	assert_int_equal(t.n, 0);
	text_clear(&t);
	assert_null(t.s);
}

static void
whole_numbers_are_written_as_printf_writes_them(void **state)
{
	static const long long number[] = { 0, 7, -1, 10, -10, 999, 1000, LLONG_MAX, LLONG_MIN,
		LLONG_MIN + 1 };
	char out[DECIMAL_MAX], want[32];
	struct text t = TEXT_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(number) / sizeof(number[0]); i++) {
		snprintf(want, sizeof(want), "%lld", number[i]);
		assert_int_equal(text_decimal(out, number[i]), strlen(want));
		assert_string_equal(out, want);
		text_reset(&t);
		text_number(&t, number[i]);
		assert_string_equal(text_str(&t), want);
	}
	text_clear(&t);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(text_grows_and_keeps_its_end),
	cmocka_unit_test(whole_numbers_are_written_as_printf_writes_them),
};

CHECK_MAIN(tests)
