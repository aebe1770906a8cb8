/* Numbers that name people, blotted out. */
#include "tests/forms/forms.h"

#include "base/utf8.h"
#include "forms/mask/mask.h"

struct example {
	const char *typed, *kept;
};

static void
each_is_kept_as(const struct example example[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char s[256];

		snprintf(s, sizeof(s), "%s", example[i].typed);
		mask_digits(s);
		if (strcmp(s, example[i].kept) != 0)
			fail_msg("%s: kept as \"%s\", want \"%s\"", example[i].typed, s,
				example[i].kept);
	}
}

#define EACH(list) each_is_kept_as(list, sizeof(list) / sizeof((list)[0]))

static void
phone_numbers_are_masked(void **state)
{
	static const struct example list[] = {
		{ "13812345678", "***********" }, { "打我13812345678谢谢", "打我***********谢谢" },
		{ "138 1234 5678", "*** **** ****" }, { "138-1234-5678", "***-****-****" },
		{ "138.1234.5678", "***.****.****" }, { "+86 138 1234 5678", "+** *** **** ****" },
		{ "(0411)85123456", "(****)********" }, { "85123456", "********" },
		{ "8512345", "*******" }, { "１３８１２３４５６７８", "***********" },
		{ "138　1234　5678", "***　****　****" },
		{ "1 3 8 1 2 3 4 5 6 7 8", "* * * * * * * * * * *" },
		{ "138 - 1234 - 5678", "*** - **** - ****" },
		{ "一三八一二三四五六七八", "***********" },
		{ "幺三八零〇一二三四五六", "***********" },
		{ "138\xe2\x80\x8b" "1234\xe2\x80\x8b" "5678", "***********" },
		{ "a13812345678b13912345678c", "a***********b***********c" },
		{ "微信同号：1381234567８", "微信同号：***********" },
	};

	(void)state;
	EACH(list);
}

static void
identity_numbers_are_masked_with_their_x(void **state)
{
	static const struct example list[] = {
		{ "210281199001011234", "******************" }, { "21028119900101123X",
			"*****************"
			"*" }, { "21028119900101123x。", "******************。" },
		{ "210281 19900101 123Ｘ", "****** ******** ****" },
		{ "210281900101123", "***************" },
		{ "6222 0212 3456 7890 123", "**** **** **** **** ***" },
		{ "２１０２８１１９９００１０１１２３Ｘ", "******************" },
	};

	(void)state;
	EACH(list);
}

static void
ordinary_numbers_stay(void **state)
{
	static const struct example list[] = {
		{ "等了45分钟", "等了45分钟" },
		{ "3号窗口 2024年5月12日", "3号窗口 2024年5月12日" },
		{ "收费 1280.50 元", "收费 1280.50 元" }, { "", "" }, { "没有数字", "没有数字" },
		{ "一心一意", "一心一意" }, { "跑了三四五六趟", "跑了三四五六趟" },
		{ "123456", "123456" }, { "9:30 到 11:45", "9:30 到 11:45" }, { "12345", "12345" },
		{ "打12315或者12345", "打12315或者12345" }, { "12345 12315", "12345 12315" },
		{ "12345/12315/12365", "12345/12315/12365" }, { "0411-12345", "0411-12345" },
		{ "110 120 119", "110 120 119" }, { "95588-10086", "95588-10086" },
		{ "123 abc 4567", "123 abc 4567" }, { "1    2345678901", "1    **********" },
		{ "12345    1", "12345    1" }, { "X 12", "X 12" },
	};

	(void)state;
	EACH(list);
}

/* A service number does not hide a private one beside it, and stays itself. */
static void
of_mixed_rows_the_private_number_is_masked(void **state)
{
	static const struct example list[] = {
		{ "12345 13812345678", "12345 ***********" }, { "0411-12345-1", "0411-12345-1" },
		{ "12345678", "********" }, { "0411 0411", "0411 0411" },
		{ "2024-05-12", "2024-05-12" },
	};

	(void)state;
	EACH(list);
}

/* A date is no telephone, however it is written; what cannot be one is. */
static void
dates_stay_and_what_is_no_date_goes(void **state)
{
	static const struct example list[] = {
		{ "从2024-05-12到2024-06-01", "从2024-05-12到2024-06-01" },
		{ "2024/05/12 2024.6.1", "2024/05/12 2024.6.1" }, { "20240512", "20240512" },
		{ "202405120930", "202405120930" }, { "20241312", "********" },
		{ "20240532", "********" }, { "202405122530", "************" },
		{ "2021 2022 2023 2024", "2021 2022 2023 2024" },
	};

	(void)state;
	EACH(list);
}

/* Whatever comes in, nine digits in a row (eight are a day at most) never come out, and no
 * character is lost. */
static void
no_long_row_survives(void **state)
{
	static const char *const piece[] = { "1", "9", "０", "三", "-", " ", "　", "x", "满",
		"12345", ".", "😀", "X" };
	uint64_t random = 99;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char s[256] = "", before[256];
		size_t row = 0, n = forms_below(&random, 30);

		for (size_t k = 0; k < n; k++)
			strcat(s, piece[forms_below(&random, sizeof(piece) / sizeof(piece[0]))]);
		memcpy(before, s, sizeof(s));
		mask_digits(s);
		assert_int_equal(utf8_valid(s, strlen(s)), strlen(s));
		assert_int_equal(utf8_count(s, strlen(s)), utf8_count(before, strlen(before)));
		for (const char *p = s; *p != '\0'; p++) {
			row = *p >= '0' && *p <= '9' ? row + 1 : 0;
			if (row >= 9)
				fail_msg("%s became %s", before, s);
		}
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(phone_numbers_are_masked),
	cmocka_unit_test(identity_numbers_are_masked_with_their_x),
	cmocka_unit_test(ordinary_numbers_stay),
	cmocka_unit_test(of_mixed_rows_the_private_number_is_masked),
	cmocka_unit_test(dates_stay_and_what_is_no_date_goes),
	cmocka_unit_test(no_long_row_survives),
};

CHECK_MAIN(tests)
