/* Open answers about complaint channels, coded by rule unaided-1. */
#include "forms/code_unaided.h"
#include "tests/forms/forms.h"

static const struct {
	const char *text, *code;
} examples[] = {
	/* numbers, however written */
	{ "12345", "12345" }, { "12315", "12315" }, { "12365", "12365" },
	{ "打12315投诉", "12315" }, { "１２３４５", "12345" }, { "12 345", "12345" },
	{ "12-315", "12315" }, { "1 2 3 4 5", "12345" }, { "0411-12345", "12345" },
	{ "041112345", "12345" }, { "一二三一五", "12315" }, { "幺二三四五热线", "12345" },
	{ "12345热线或者12315", "12345" }, { "先打12315，不行再打12345", "12315" },
	{ "12315/12345", "12315" }, { "拨打12345！", "12345" }, { "Call 12345", "12345" },
	{ "315", "12315" }, { "打315", "12315" },
	/* not numbers of their own */
	{ "123456", "other" }, { "112345", "other" }, { "13812345123", "other" },
	{ "1234", "other" }, { "2315", "other" }, { "110", "other" }, { "12306", "other" },
	/* names of the lines */
	{ "市长热线", "12345" }, { "市民热线", "12345" }, { "消费者投诉热线", "12315" },
	{ "质监热线", "12365" }, { "市长热线，或者12315", "12345" }, { "12315，市长热线", "12315" },
	{ "mayor's hotline", "12345" },
	/* the seller and the platforms */
	{ "找商家", "merchant" }, { "去店里退", "merchant" }, { "联系客服", "merchant" },
	{ "淘宝平台", "merchant" }, { "原来的超市", "merchant" }, { "the Shop", "merchant" },
	{ "商家不理就打12315", "12315" },
	/* the city's name holds the word for shop */
	{ "瓦房店市场监管局", "other" }, { "瓦房店的店", "merchant" }, { "瓦房店12345", "12345" },
	/* offices without a number, other things */
	{ "市场监管局", "other" }, { "消协", "other" }, { "报警", "other" },
	{ "网上曝光", "other" }, { "一个都不打", "other" },
	/* nothing known */
	{ "不知道", "98" }, { "不清楚打哪个", "98" }, { "没想过", "98" }, { "I don't know", "98" },
	{ "98", "98" }, { "不知道，12345吧", "12345" }, { "", "" }, { " \n ", "" },
	{ "其他", "other" }, { "other", "other" },
	{ "merchant", "merchant" },
};

static void
answers_are_coded_by_the_rule(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		const char *got = code_unaided(examples[i].text);

		if (strcmp(got, examples[i].code) != 0)
			fail_msg("%s: \"%s\", want \"%s\"", examples[i].text, got,
				examples[i].code);
	}
	assert_string_equal(code_unaided(NULL), "");
}

/* What interviewers' files hold is its own code, so coding twice changes nothing. */
static void
codes_code_as_themselves(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++)
		assert_string_equal(code_unaided(examples[i].code), examples[i].code);
}

static void
masked_text_codes_as_before(void **state)
{
	static const char body[] =
		"resid=1&unaided=12345+12315%EF%BC%8C%E6%88%91%E7%9A%8413812345678";
	struct pool pool = POOL_INIT;
	const struct form *form = forms_load("C", &pool);
	struct issue issue[ISSUES_MAX];
	struct response r;
	const struct item *item = forms_item(form, "unaided");

	(void)state;
	assert_int_equal(forms_submit(form, &r, issue, body, sizeof(body) - 1, NULL, &pool), 0);
	assert_string_equal(item->coding, CODE_UNAIDED_RULE);
	assert_string_equal(r.value[item - form->item].text, "12345 12315，我的***********");
	assert_string_equal(code_unaided(r.value[item - form->item].text), "12345");
	pool_clear(&pool);
}

static void
long_and_odd_texts_are_safe(void **state)
{
	static const char *const piece[] = { "1", "2", "3", "4", "5", "一", "店", "瓦房店", " ",
		"-", "😀", "A", "0" };
	static char s[60000];
	uint64_t random = 5;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		size_t n = forms_below(&random, 40), at = 0;

		for (size_t k = 0; k < n; k++)
			at += (size_t)snprintf(s + at, sizeof(s) - at, "%s",
				piece[forms_below(&random, sizeof(piece) / sizeof(piece[0]))]);
		assert_non_null(code_unaided(s));
		s[0] = '\0';
	}
	memset(s, '1', sizeof(s) - 1);
	assert_string_equal(code_unaided(s), "other");
	for (size_t i = 0; i + 3 < sizeof(s); i += 3)
		memcpy(s + i, "满", 3);
	assert_string_equal(code_unaided(s), "other");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(answers_are_coded_by_the_rule),
	cmocka_unit_test(codes_code_as_themselves),
	cmocka_unit_test(masked_text_codes_as_before),
	cmocka_unit_test(long_and_odd_texts_are_safe),
};

CHECK_MAIN(tests)
