/* Names that are printed: one line that can be seen. */
#include "tests/support/check.h"

#include "base/name.h"

static const struct words window = { { "窗口名称", "the window's name" } };

static void
a_name_is_one_line_that_can_be_seen(void **state)
{
	static const char *const good[] = { "3号窗口", "a", "Jo's & Co <1>", "𠮷野家",
		"一 二", "　甲" };
	static const struct { const char *name, *said; } bad[] = {
		{ "", "空" }, { "   ", "空" }, { "\u3000\u00a0\u2003", "空" },
		{ "a\nb", "第 2 个字符（U+000A）" }, { "\t", "U+0009" },
		{ "甲乙\u202e丙", "第 3 个字符（U+202E）" }, { "x\u200b", "U+200B" },
		{ "\x1b[1m", "U+001B" }, { "a\xff", "UTF-8" },
		{ "一二三四五六七", "7 个字，最多 6 个" },
	};
	struct err err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (name_check(&window, good[i], 15, &err) != 0)
			fail_msg("%s: %s", good[i], err.text);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		err = (struct err){ 0 };
		assert_int_equal(name_check(&window, bad[i].name, 6, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		if (strncmp(err.text, "窗口名称", strlen("窗口名称")) != 0 ||
				strstr(err.text, bad[i].said) == NULL)
			fail_msg("\"%s\" does not say %s", err.text, bad[i].said);
	}
}

/* Characters count, not bytes. */
static void
a_name_may_be_as_long_as_it_says(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_int_equal(name_check(&window, "一二三四五六", 6, &err), 0);
	assert_int_equal(name_check(&window, "𠮷𠮷𠮷𠮷𠮷𠮷", 6, &err), 0);
	assert_int_equal(name_check(&window, "abcdefg", 6, &err), -1);
}

static void
a_name_may_be_left_out_where_that_is_said(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_int_equal(name_check_or_none(&window, "", 6, &err), 0);
	assert_int_equal(name_check_or_none(&window, "甲", 6, &err), 0);
	assert_int_equal(name_check_or_none(&window, " ", 6, &err), -1);
	err = (struct err){ 0 };
	lang_set(LANG_EN);
	assert_int_equal(name_check_or_none(&window, "a\rb", 6, &err), -1);
	lang_set(LANG_ZH);
	assert_int_equal(strncmp(err.text, "the window's name: character 2 (U+000D)", 39), 0);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_name_is_one_line_that_can_be_seen),
	cmocka_unit_test(a_name_may_be_as_long_as_it_says),
	cmocka_unit_test(a_name_may_be_left_out_where_that_is_said),
};

CHECK_MAIN(tests)
