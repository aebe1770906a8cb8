/* Text and telephones as people type them, brought into one form. */
#include "tests/forms/forms.h"

#include "forms/clean.h"

struct example {
	const char *typed, *kept;
};

static struct pool pool;

static void
text_is_brought_into_one_form(void **state)
{
	static const struct example list[] = {
		{ "  a  ", "a" }, { "a\r\nb\rc\nd", "a\nb\nc\nd" }, { "a\tb", "a b" },
		{ "\n\n a \n\n", "a" }, { "　满　意　", "满　意" }, { "\xc2\xa0x\xc2\xa0", "x" },
		{ "\xef\xbb\xbfx", "x" }, { "a\xe2\x80\xae"
			"b\xe2\x81\xa6"
			"c",
			"abc" }, { "a\xe2\x80\xa8"
			"b",
			"a\nb" }, { "", "" }, { " \n　", "" }, { "👨‍👩‍👧", "👨‍👩‍👧" },
		{ "cafe\xcc\x81", "caf\xc3\xa9" }, { "\xef\xa4\x80", "\xe8\xb1\x88" },
		{ "１①", "１①" },
		/* Nothing to see is no answer. */
		{ "\xe2\x80\x8b\xe2\x80\x8b", "" }, { "\xe2\x81\xa0", "" }, { "\xe3\x85\xa4", "" },
		{ "\xe2\xa0\x80", "" }, { "\xef\xb8\x8f \xe2\x80\x8d", "" }, { "\xc2\xad", "" },
		{ "\xcd\x8f\n\xe2\x80\x83", "" }, { "\xf3\xa0\x80\xa0", "" },
		{ "\xe1\x9a\x80", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
		const char *got = clean_text(list[i].typed, strlen(list[i].typed), &pool);

		assert_non_null(got);
		assert_string_equal(got, list[i].kept);
	}
	assert_null(clean_text("a\0b", 3, &pool));
	assert_null(clean_text("\xed\xa0\x80", 3, &pool));
	assert_null(clean_text("\x1b[0m", 4, &pool));
	assert_null(clean_text("\xef\xb7\x90", 3, &pool));
}

static void
telephones_are_understood(void **state)
{
	static const struct example good[] = {
		{ "13812345678", "13812345678" }, { "138 1234 5678", "13812345678" },
		{ "+86-138-1234-5678", "13812345678" }, { "8613812345678", "13812345678" },
		{ "0086 13812345678", "13812345678" }, { "１９９１２３４５６７８", "19912345678" },
		{ "0411-85123456", "041185123456" }, { "（0411）85123456", "041185123456" },
		{ "010-62345678", "01062345678" }, { "024 23456789", "02423456789" },
		{ "0427-2345678", "04272345678" }, { "85123456", "85123456" },
	};
	static const char *const bad[] = { "", "12345", "10000000000", "12812345678", "1381234567",
		"138123456789", "abc", "13812345678x", "13812345678 13912345678", "0411",
		"04111234567890", "00000000000", "138123O5678", "+", "8613812345",
		"123456789012345678901234567890", "0041185123456", "011-62345678" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		const char *got = clean_phone(good[i].typed, &pool);

		if (got == NULL || strcmp(got, good[i].kept) != 0)
			fail_msg("%s: \"%s\", want \"%s\"", good[i].typed,
				got != NULL ? got : "NULL", good[i].kept);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (clean_phone(bad[i], &pool) != NULL)
			fail_msg("%s was taken for a telephone", bad[i]);
	pool_clear(&pool);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(text_is_brought_into_one_form),
	cmocka_unit_test(telephones_are_understood),
};

CHECK_MAIN(tests)
