/* Digits in the writing of the world, and what people put between them: by Unicode's own tables. */
#include "tests/support/check.h"

#include "forms/mask/digit.h"

static void
digits_of_every_script_are_digits(void **state)
{
	/* Noughts of general category Nd, whose nine followers are 1 to 9
	 * (UnicodeData.txt 14.0). */
	static const uint32_t nought[] = { '0', 0x660, 0x6f0, 0x966, 0xe50, 0xff10, 0x104a0,
		0x1d7ce, 0x1d7f6, 0x1fbf0 };
	bool word = true;

	(void)state;
	for (size_t i = 0; i < sizeof(nought) / sizeof(nought[0]); i++) {
		for (uint32_t d = 0; d < 10; d++) {
			assert_int_equal(digit_of(nought[i] + d, &word), d);
			assert_false(word);
		}
		assert_int_equal(digit_of(nought[i] - 1, &word), nought[i] == 0x1d7f6 ? 9 : -1);
	}
	assert_int_equal(digit_of(0xb2, &word), 2);	/* raised */
	assert_int_equal(digit_of(0x2089, &word), 9);	/* lowered */
	assert_false(word);
}

static void
numerals_are_digits_that_may_be_words(void **state)
{
	static const struct { uint32_t c; int digit; } row[] = {
		{ 0x3007, 0 }, { 0x96f6, 0 }, { 0x4e00, 1 }, { 0x5e7a, 1 }, { 0x4e24, 2 },
		{ 0x4e5d, 9 }, { 0x58f9, 1 }, { 0x7396, 9 }, { 0x2460, 1 }, { 0x2468, 9 },
		{ 0x2776, 1 }, { 0x247c, 9 }, { 0x2488, 1 }, { 0x3220, 1 }, { 0x3228, 9 },
	};
	static const uint32_t none[] = { 0x5341 /* ten */, 0x767e, 'a', 'O', 'l',
		0x2469 /* ten in a ring */, ' ', 0x6ee1 };
	bool word;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		word = false;
		if (digit_of(row[i].c, &word) != row[i].digit || !word)
			fail_msg("U+%04X: %d", (unsigned)row[i].c, digit_of(row[i].c, &word));
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_int_equal(digit_of(none[i], &word), -1);
}

static void
what_stands_between_digits_is_folded_to_one_sign(void **state)
{
	static const struct { uint32_t c; char sign; } row[] = {
		{ ' ', ' ' }, { '\n', ' ' }, { 0x3000, ' ' }, { 0x2009, ' ' }, { '-', '-' },
		{ 0x2014, '-' }, { 0xff0d, '-' }, { '.', '.' }, { 0xb7, '.' }, { 0xff1a, ':' },
		{ ',', ',' }, { 0x3001, ',' }, { 0xff0f, '/' }, { 0xff08, '(' }, { 0xff09, ')' },
		{ '+', '+' }, { 0xff1d, '=' }, { '_', '_' }, { '#', '_' }, { 'a', 0 }, { '5', 0 },
		{ 0x6ee1, 0 }, { '%', 0 }, { 0x3002, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		if (digit_separator(row[i].c) != row[i].sign)
			fail_msg("U+%04X: '%c'", (unsigned)row[i].c, digit_separator(row[i].c));
}

/* Each character is at most one of: a sign, a letter, nothing to the eye. */
static void
signs_letters_and_what_is_not_seen_are_told_apart(void **state)
{
	static const uint32_t sign[] = { '!', '/', '~', 0x3001, 0x2192, 0x1f600, 0xff01 },
		letter[] = { 'a', 'Z', 0xe9, 0x6ee1, 0xac00, 0x430 },
		glue[] = { 0xad, 0x300, 0x200b, 0x20e3, 0xfe0f, 0xfeff, 0x202e },
		neither[] = { '%', '$', '5', ' ', 0xffe5 };

	(void)state;
	for (size_t i = 0; i < sizeof(sign) / sizeof(sign[0]); i++)
		assert_true(digit_sign(sign[i]) && !digit_letter(sign[i]) && !digit_glue(sign[i]));
	for (size_t i = 0; i < sizeof(letter) / sizeof(letter[0]); i++)
		assert_true(digit_letter(letter[i]) && !digit_sign(letter[i]) &&
			!digit_glue(letter[i]));
	for (size_t i = 0; i < sizeof(glue) / sizeof(glue[0]); i++)
		assert_true(digit_glue(glue[i]) && !digit_letter(glue[i]));
	for (size_t i = 0; i < sizeof(neither) / sizeof(neither[0]); i++)
		assert_true(!digit_sign(neither[i]) && !digit_letter(neither[i]) &&
			!digit_glue(neither[i]));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(digits_of_every_script_are_digits),
	cmocka_unit_test(numerals_are_digits_that_may_be_words),
	cmocka_unit_test(what_stands_between_digits_is_folded_to_one_sign),
	cmocka_unit_test(signs_letters_and_what_is_not_seen_are_told_apart),
};

CHECK_MAIN(tests)
