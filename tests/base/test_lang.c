/* Languages by their names. */
#include "tests/support/check.h"

#include "base/lang.h"

static void
languages_are_known_by_locale_names(void **state)
{
	enum lang lang = LANG_EN;

	(void)state;
	assert_int_equal(lang_parse(&lang, "zh_CN.UTF-8"), 0);
	assert_int_equal(lang, LANG_ZH);
	assert_int_equal(lang_parse(&lang, "EN-us"), 0);
	assert_int_equal(lang, LANG_EN);
	assert_int_equal(lang_parse(&lang, "C"), -1);
	assert_int_equal(lang_parse(&lang, "zha"), -1);
	assert_int_equal(lang_parse(&lang, ""), -1);
	assert_int_equal(lang, LANG_EN);
	assert_string_equal(lang_tag(LANG_ZH), "zh-CN");
}

/* Its very tag first, then another of its language; never by the mere beginning of a word. */
static void
a_name_means_one_of_several_tags(void **state)
{
	static const char *const tag[] = { "zh-Hant", "zh", "ug", "sr-Latn" };
	static const struct { const char *name; size_t want; } is[] = {
		{ "zh", 1 }, { "ZH-HANT", 0 }, { "zh-CN", 1 }, { "zh-Hant-TW", 0 },
		{ "ug_CN.UTF-8", 2 }, { "sr", 3 }, { "sr-Latn-RS", 3 }, { "sr-Cyrl", 3 },
		{ "uga", 4 }, { "u", 4 }, { "", 4 }, { "-", 4 }, { NULL, 4 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(is) / sizeof(is[0]); i++)
		assert_int_equal(lang_match(is[i].name, tag, 4), is[i].want);
	assert_int_equal(lang_match("zh", NULL, 0), 0);
}

static void
a_literal_is_picked_by_the_process_language(void **state)
{
	(void)state;
	lang_set(LANG_EN);
	assert_int_equal(lang_get(), LANG_EN);
	assert_string_equal(LANG_PICK("满意", "satisfied"), "satisfied");
	assert_string_equal(lang_tag(lang_get()), "en");
	lang_set(LANG_ZH);
	assert_string_equal(LANG_PICK("满意", "satisfied"), "满意");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(languages_are_known_by_locale_names),
	cmocka_unit_test(a_name_means_one_of_several_tags),
	cmocka_unit_test(a_literal_is_picked_by_the_process_language),
};

CHECK_MAIN(tests)
