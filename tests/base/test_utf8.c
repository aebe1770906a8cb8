/* What is UTF-8, and what can be shown of it. */
#include "tests/support/check.h"

#include "base/text.h"
#include "base/utf8.h"

/* Markus Kuhn's UTF-8 decoder capability and stress test, sections 1 to 5. */
static void
utf8_is_judged_as_rfc_3629_does(void **state)
{
	static const struct { const char *s; size_t n, valid; } row[] = {
		{ "\xce\xba\xe1\xbd\xb9\xcf\x83", 7, 7 },
		{ "\xf4\x8f\xbf\xbf", 4, 4 },			/* U+10FFFF */
		{ "\xf4\x90\x80\x80", 4, 0 },			/* beyond */
		{ "a\x80", 2, 1 }, { "a\xbf", 2, 1 },		/* continuation alone */
		{ "\xc0\xaf", 2, 0 }, { "\xe0\x80\xaf", 3, 0 },	/* overlong "/" */
		{ "\xf0\x80\x80\xaf", 4, 0 }, { "\xc1\xbf", 2, 0 },
		{ "\xe0\x9f\xbf", 3, 0 }, { "\xf0\x8f\xbf\xbf", 4, 0 },
		{ "\xed\xa0\x80", 3, 0 }, { "\xed\xbf\xbf", 3, 0 },	/* surrogates */
		{ "\xe6\xbb", 2, 0 }, { "\xf8\x88\x80\x80\x80", 5, 0 }, { "\xfe", 1, 0 },
		{ "\xff", 1, 0 }, { "a\0b", 3, 3 }, { "", 0, 0 },
	};
	size_t len;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		assert_int_equal(utf8_valid(row[i].s, row[i].n), row[i].valid);
	assert_int_equal(utf8_next("\xe6\xbb\xa1", 3, &len), 0x6ee1);
	assert_int_equal(len, 3);
	assert_int_equal(utf8_next("\xe6\xbb", 2, &len), 0xfffd);
	assert_int_equal(len, 1);
	assert_int_equal(utf8_next("", 0, &len), 0xfffd);	/* none left: as one that is bad */
	assert_int_equal(len, 1);
}

/* Wherever it stands among plain letters, which are looked at eight at a time. */
static void
a_bad_byte_is_found_anywhere(void **state)
{
	char s[128];

	(void)state;
	for (size_t at = 0; at < 40; at++) {
		memset(s, 'a', sizeof(s));
		s[64 + at] = '\x80';
		assert_int_equal(utf8_valid(s + 64, 40), at);
	}
	memset(s, 'a', sizeof(s));
	assert_int_equal(utf8_valid(s + 64, 40), 40);
}

static void
what_cannot_be_shown_is_named(void **state)
{
	static const struct { const char *s, *shown; } row[] = {
		{ "满意 ok", "满意 ok" }, { "", "" }, { "\xd2\xf8", "\\xd2\\xf8" },
		{ "a\xc3", "a\\xc3" }, { "a\xe6\xbb"
			"b",
			"a\\xe6\\xbb"
			"b" }, { "\x1b[31m", "\\u001b[31m" }, { "a\n\tb", "a\\u000a\\u0009b" },
		{ "x\u202ey", "x\\u202ey" }, { "x\u200by", "x\\u200by" }, { "\ufeffx", "\\ufeffx" },
		{ "\U000e0041", "\\ue0041" },
		{ "𠮷🙂é\u3000", "𠮷🙂é\u3000" },
	};
	struct text t = TEXT_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		text_reset(&t);
		utf8_show(&t, row[i].s);
		assert_string_equal(text_str(&t), row[i].shown);
	}
	text_reset(&t);
	utf8_repair(&t, "a\0\xff" "b\n\u202e", 8);
	assert_string_equal(text_str(&t), "a\\x00\\xff" "b\n\u202e");
	text_clear(&t);
}

static void
characters_and_columns_are_counted(void **state)
{
	(void)state;
	assert_int_equal(utf8_count("满意abc", 9), 5);
	assert_int_equal(utf8_width("满意abc"), 7);
	assert_int_equal(utf8_width("（é）"), 5);
	assert_int_equal(utf8_width(""), 0);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(utf8_is_judged_as_rfc_3629_does),
	cmocka_unit_test(a_bad_byte_is_found_anywhere),
	cmocka_unit_test(what_cannot_be_shown_is_named),
	cmocka_unit_test(characters_and_columns_are_counted),
};

CHECK_MAIN(tests)
