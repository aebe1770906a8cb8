/* Errors: a code and a sentence, in the process's language and printable. */
#include "tests/support/check.h"

#include <errno.h>

#include "base/err.h"
#include "base/lang.h"
#include "base/text.h"
#include "base/utf8.h"

static void
an_error_speaks_the_process_language(void **state)
{
	struct err zh = { 0 }, en = { 0 };

	(void)state;
	lang_set(LANG_ZH);
	assert_int_equal(err_set(&zh, ERR_INPUT, "%s：第 %d 行", "%s: line %d", "a.csv", 3), -1);
	lang_set(LANG_EN);
	err_set(&en, ERR_INPUT, "%s：第 %d 行", "%s: line %d", "a.csv", 3);
	lang_set(LANG_ZH);
	assert_string_equal(zh.text, "a.csv：第 3 行");
	assert_string_equal(en.text, "a.csv: line 3");
	assert_int_equal(en.code, ERR_INPUT);
}

static void
the_first_error_is_kept(void **state)
{
	struct err err = { 0 };

	(void)state;
	err_set(&err, ERR_FULL, "满", "full");
	assert_int_equal(err_set(&err, ERR_DB, "别的", "other"), -1);
	assert_int_equal(err.code, ERR_FULL);
	assert_string_equal(err.text, "满");
	assert_int_equal(err_set(NULL, ERR_DB, "无处可写", "nowhere to write"), -1);
}

static void
a_long_error_ends_on_a_whole_character_and_has_one_line(void **state)
{
	struct text t = TEXT_INIT;
	struct err err = { 0 };

	(void)state;
	for (int i = 0; i < 400; i++)
		text_puts(&t, "满");
	err_set(&err, ERR_IO, "a\n%s", "a\n%s", text_str(&t));
	assert_null(strchr(err.text, '\n'));
	assert_int_equal(utf8_valid(err.text, strlen(err.text)), strlen(err.text));
	assert_true(strlen(err.text) > 600);
	text_clear(&t);
}

static void
a_full_disk_is_told_apart_by_errno(void **state)
{
	struct err full = { 0 }, io = { 0 };

	(void)state;
	errno = ENOSPC;
	err_set_errno(&full, ERR_IO, "x", "x");
	errno = EACCES;
	err_set_errno(&io, ERR_IO, "x", "x");
	assert_int_equal(full.code, ERR_FULL);
	assert_int_equal(io.code, ERR_IO);
	assert_string_equal(io.text, "x：没有权限");
}

static void
every_code_has_a_name(void **state)
{
	(void)state;
	for (int i = 0; i < ERR_MAX; i++)
		assert_non_null(err_name((enum err_code)i));
	assert_string_equal(err_name(ERR_REFUSED), "refused");
	assert_string_equal(err_name(ERR_MAX), "system");
}

static void
an_error_is_text_whatever_it_quotes(void **state)
{
	char longer[2 * ERR_TEXT];
	struct err err = { 0 };

	(void)state;
	lang_set(LANG_EN);
	err_set(&err, ERR_INPUT, "%s：不对", "%s: wrong", "\xd2\xf8\x1b[2J\n");
	assert_string_equal(err.text, "\\xd2\\xf8\\u001b[2J : wrong");
	for (size_t n = ERR_TEXT - 20; n < ERR_TEXT + 20; n++) {
		memset(longer, 0xff, n);
		longer[n] = '\0';
		err = (struct err){ 0 };
		err_set(&err, ERR_INPUT, "%s", "%s", longer);
		assert_true(strlen(err.text) > ERR_TEXT / 2 && strlen(err.text) < ERR_TEXT);
		assert_int_equal(utf8_valid(err.text, strlen(err.text)), strlen(err.text));
	}
	lang_set(LANG_ZH);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(an_error_speaks_the_process_language),
	cmocka_unit_test(the_first_error_is_kept),
	cmocka_unit_test(a_long_error_ends_on_a_whole_character_and_has_one_line),
	cmocka_unit_test(a_full_disk_is_told_apart_by_errno),
	cmocka_unit_test(every_code_has_a_name),
	cmocka_unit_test(an_error_is_text_whatever_it_quotes),
};

CHECK_MAIN(tests)
