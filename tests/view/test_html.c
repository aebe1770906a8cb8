/* view/html: what is escaped and how numbers look. */
#include "tests/support/check.h"

#include <limits.h>

#include "view/html.h"

static struct text out = TEXT_INIT;

static const char *
text_of(const char *s)
{
	text_reset(&out);
	html_text(&out, s);
	return text_str(&out);
}

static const char *
number(double x, int decimals)
{
	text_reset(&out);
	html_number(&out, x, decimals);
	return text_str(&out);
}

static const char *
integer(long long n)
{
	text_reset(&out);
	html_int(&out, n);
	return text_str(&out);
}

static const char *
url(const char *s)
{
	text_reset(&out);
	html_url(&out, s);
	return text_str(&out);
}

static void
the_five_characters_of_markup_are_escaped(void **state)
{
	(void)state;
	assert_string_equal(text_of("<b a='1' c=\"2\">&</b>"),
		"&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;&lt;/b&gt;");
	assert_string_equal(text_of("&&"), "&amp;&amp;");
	assert_string_equal(text_of("3 号窗口"), "3 号窗口");
	assert_string_equal(text_of(""), "");
	assert_string_equal(text_of(NULL), "");
}

static void
words_are_in_the_readers_language_and_escaped(void **state)
{
	struct words w = { { "甲<乙", "a<b" } }, none = { { NULL, NULL } };

	(void)state;
	text_reset(&out);
	html_words(&out, &w, LANG_ZH);
	html_words(&out, &w, LANG_EN);
	html_words(&out, &none, LANG_EN);
	assert_string_equal(text_str(&out), "甲&lt;乙a&lt;b");
}

static void
a_number_has_its_decimals_and_a_true_minus(void **state)
{
	(void)state;
	assert_string_equal(number(78.44, 1), "78.4");
	assert_string_equal(number(-0.6, 1), "−0.6");
	assert_string_equal(number(100, 0), "100");
	assert_string_equal(number(NAN, 1), "—");
	assert_string_equal(number(-INFINITY, 1), "−∞");
	/* -0.04 shown with one decimal is zero, and zero has no sign. */
	assert_string_equal(number(-0.04, 1), "0.0");
	assert_string_equal(number(-0.0, 0), "0");
}

static void
an_integer_keeps_every_digit(void **state)
{
	(void)state;
	assert_string_equal(integer(0), "0");
	assert_string_equal(integer(-12), "−12");
	assert_string_equal(integer(LLONG_MIN), "−9223372036854775808");
	assert_string_equal(integer(LLONG_MAX), "9223372036854775807");
}

static void
a_path_segment_holds_only_unreserved_characters(void **state)
{
	(void)state;
	assert_string_equal(url("a/b?c=d&e#f g%"), "a%2Fb%3Fc%3Dd%26e%23f%20g%25");
	assert_string_equal(url("7K3M9P-._~"), "7K3M9P-._~");
	assert_string_equal(url("市"), "%E5%B8%82");
	assert_string_equal(url(NULL), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_five_characters_of_markup_are_escaped),
		cmocka_unit_test(words_are_in_the_readers_language_and_escaped),
		cmocka_unit_test(a_number_has_its_decimals_and_a_true_minus),
		cmocka_unit_test(an_integer_keeps_every_digit),
		cmocka_unit_test(a_path_segment_holds_only_unreserved_characters),
	};
	int failed;

	cmocka_set_message_output(CM_OUTPUT_TAP);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	text_clear(&out);
	return failed;
}
