/* Codes of places, tickets and receipts, as people type them and as messages carry them. */
#include "tests/support/check.h"

#include "base/code.h"

static void
a_code_comes_back_from_what_people_type(void **state)
{
	char code[7], back[7], typed[32];

	(void)state;
	for (uint64_t v = 0; v < 1u << 25; v += 9973) {
		code_make(code, 6, v);
		assert_int_equal(strlen(code), 6);
		assert_int_equal(code_normal(back, 6, code), 0);
		assert_string_equal(back, code);
	}
	code_make(code, 6, 0x1 << 20 | 0x0 << 15 | 10 << 10);
	assert_memory_equal(code, "10A00", 5);
	snprintf(typed, sizeof(typed), " lo-a oO %c", code[5]);
	assert_int_equal(code_normal(back, 6, typed), 0);
	assert_string_equal(back, code);
	/* broken by a line end, with a mark that nobody sees */
	snprintf(typed, sizeof(typed), "10A\r\n\u206a00%c", code[5]);
	assert_int_equal(code_normal(back, 6, typed), 0);
	assert_string_equal(back, code);
	snprintf(typed, sizeof(typed), "１０ＡＯ０—%c", code[5]);
	assert_int_equal(code_normal(back, 6, typed), 0);
	assert_string_equal(back, code);
}

/* %s is the code; what messages, apps and people put around it. */
static const char *const around[] = {
	"%s", "%s/", "%s//", "%s.", "%s。", "%s，只能用一次", "%s只能用一次，请勿转发",
	"%s ，2026-12-31前有效，只能用一次", "%s&from=groupmessage",
	"%s&from=groupmessage&isappinstalled=0", "%s?from=timeline", "%s#s2", "(%s)", "（%s）",
	"【%s】", "<%s>", "\"%s\"", "“%s”", "[%s]", "%s)", "%s]", "%s;", "%s,", "%s:", "%s!", "%s…",
	"%s、", "  %s  ", "\xe2\x80\x8b%s\xe2\x80\x8b", "\xef\xbb\xbf%s", "%s\xc2\xa0",
	"%s\xe2\x80\x8e", "https://example.cn/Q/%s", "HTTPS://EXAMPLE.CN/V/%s.",
	"请打开 https://example.cn/Q/%s，约1分钟", "%s 谢谢", "%s thank you", "码：%s",
	"code %s please", "/Q/%s/", "%s\r\n",
};

static void
a_code_is_found_in_what_came_along(void **state)
{
	char code[7], long_code[13], typed[200], out[13];

	(void)state;
	code_make(code, 6, 1234567);
	code_make(long_code, 12, 987654321012345);
	for (size_t i = 0; i < sizeof(around) / sizeof(around[0]); i++) {
		snprintf(typed, sizeof(typed), around[i], code);
		if (code_find(out, 6, typed) != 0)
			fail_msg("\"%s\"", typed);
		assert_string_equal(out, code);
		snprintf(typed, sizeof(typed), around[i], long_code);
		assert_int_equal(code_find(out, 12, typed), 0);
		assert_string_equal(out, long_code);
	}
}

/* Longer or shorter runs are none, nor is one whose check character does not fit;
 * groups and full width are. */
static void
nothing_else_is_taken_for_a_code(void **state)
{
	char code[7], typed[64], out[13];

	(void)state;
	code_make(code, 6, 1234567);
	snprintf(typed, sizeof(typed), "（%.3s-%s），", code, code + 3);
	assert_int_equal(code_find(out, 6, typed), 0);
	assert_string_equal(out, code);
	snprintf(typed, sizeof(typed), "%sX", code);
	assert_int_equal(code_find(out, 6, typed), -1);
	snprintf(typed, sizeof(typed), "X%s", code);
	assert_int_equal(code_find(out, 6, typed), -1);
	code[5] = code[5] == '0' ? '1' : '0';
	snprintf(typed, sizeof(typed), "%s，", code);
	assert_int_equal(code_find(out, 6, typed), -1);
	assert_int_equal(code_find(out, 6, ""), -1);
	assert_int_equal(code_find(out, 6, "，。/"), -1);
	code_make(code, 6, 0x1 << 20 | 0x0 << 15 | 10 << 10);
	snprintf(typed, sizeof(typed), "【ｌｏａｏ０%c】", code[5]);
	assert_int_equal(code_find(out, 6, typed), 0);
	assert_string_equal(out, code);
}

static void
a_key_is_of_few_characters_and_not_too_long(void **state)
{
	static const char all[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-";
	char key[KEY_MAX + 2];

	(void)state;
	assert_int_equal(code_key(""), 0);
	for (size_t n = 1; n < sizeof(key); n++) {
		memset(key, 'k', n);
		key[n] = '\0';
		assert_int_equal(code_key(key), n <= KEY_MAX ? n : 0);
	}
	for (int c = 1; c < 256; c++) {
		strcpy(key, "abc");
		key[1] = (char)c;
		assert_int_equal(code_key(key), strchr(all, c) != NULL ? 3 : 0);
	}
}

static void
every_single_wrong_character_is_found(void **state)
{
	static const char all[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	char code[7], wrong[7], out[7];

	(void)state;
	for (uint64_t v = 7; v < 1u << 25; v += 1234577) {
		code_make(code, 6, v);
		for (int i = 0; i < 6; i++)
			for (const char *c = all; *c != '\0'; c++) {
				memcpy(wrong, code, 7);
				wrong[i] = *c;
				assert_int_equal(code_normal(out, 6, wrong),
					*c == code[i] ? 0 : -1);
			}
	}
}

/* Luhn finds every neighbouring swap but that of the lowest and the highest digit. */
static void
neighbouring_swaps_are_found_but_for_one_pair(void **state)
{
	char code[7], out[7], c;
	int missed = 0, tried = 0;

	(void)state;
	for (uint64_t v = 3; v < 1u << 25; v += 7919) {
		code_make(code, 6, v);
		for (int i = 0; i < 5; i++) {
			if (code[i] == code[i + 1])
				continue;
			c = code[i], code[i] = code[i + 1], code[i + 1] = c;
			tried++;
			if (code_normal(out, 6, code) == 0) {
				missed++;
				assert_true((code[i] == '0' && code[i + 1] == 'Z') ||
					(code[i] == 'Z' && code[i + 1] == '0'));
			}
			c = code[i], code[i] = code[i + 1], code[i + 1] = c;
		}
	}
	assert_true(tried > 10000);
	assert_true(missed * 200 < tried);
}

static void
what_is_no_code_is_refused(void **state)
{
	static const char *const bad[] = { "", "12345", "1234567", "12345U", "12345!",
		"满意满意满意", "12345\x80", "\xff", "      " };
	char out[7], code[7];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(code_normal(out, 6, bad[i]), -1);
	code_make(code, 6, 12345);
	assert_int_equal(code_normal(out, 5, code), -1);
}

static void
long_codes_carry_the_bits_of_bytes(void **state)
{
	const unsigned char bytes[10] = { 0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54,
		0xb6, 0x35, 0xcf };
	char out[17], back[17];

	(void)state;
	code_from_bytes(out, 16, bytes, 10);
	assert_memory_equal(out, "0123456789ABCDE", 15);	/* the bits of 0, 1, 2, ... 14 */
	assert_int_equal(code_normal(back, 16, out), 0);
	assert_string_equal(out, back);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_code_comes_back_from_what_people_type),
	cmocka_unit_test(a_code_is_found_in_what_came_along),
	cmocka_unit_test(nothing_else_is_taken_for_a_code),
	cmocka_unit_test(a_key_is_of_few_characters_and_not_too_long),
	cmocka_unit_test(every_single_wrong_character_is_found),
	cmocka_unit_test(neighbouring_swaps_are_found_but_for_one_pair),
	cmocka_unit_test(what_is_no_code_is_refused),
	cmocka_unit_test(long_codes_carry_the_bits_of_bytes),
};

CHECK_MAIN(tests)
