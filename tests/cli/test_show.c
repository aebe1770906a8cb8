/* cli/show.c: tables whose columns line up, Chinese or not. */
#include "tests/support/check.h"

#include "cli/show.h"

static void
says(struct text *out, const char *want)
{
	if (strcmp(text_str(out), want) != 0)
		fail_msg("got\n%swant\n%s", text_str(out), want);
	text_clear(out);
}

static void
padding_counts_columns_of_the_terminal(void **state)
{
	struct text out = TEXT_INIT;

	(void)state;
	show_pad(&out, "满意", 6, false);
	text_putc(&out, '|');
	show_pad(&out, "12", 4, true);
	text_putc(&out, '|');
	show_pad(&out, "longer", 3, false);
	says(&out, "满意  |  12|longer");
}

static void
an_interval_is_said_or_a_dash(void **state)
{
	struct text out = TEXT_INIT;

	(void)state;
	lang_set(LANG_ZH);
	show_interval(&out, 78.44, 76.9, 79.8, 1);
	says(&out, "78.4（76.9–79.8）");
	show_interval(&out, 78.44, NAN, NAN, 1);
	says(&out, "78.4");
	show_interval(&out, NAN, 1, 2, 1);
	says(&out, "—");
	lang_set(LANG_EN);
	show_interval(&out, 0.5, 0.25, 0.75, 2);
	says(&out, "0.50 (0.25–0.75)");
	show_line(&out, "共 %d 行", "%d rows", 3);
	says(&out, "3 rows\n");
}

static void
members_are_read_or_missing(void **state)
{
	json_t *o =
		json_pack("{s:s, s:f, s:i, s:n}", "word", "好", "number", 2.5, "whole", 7, "null");

	(void)state;
	assert_string_equal(show_string(o, "word"), "好");
	assert_string_equal(show_string(o, "none"), "");
	assert_close(show_number(o, "number"), 2.5, 0);
	assert_true(isnan(show_number(o, "null")));
	assert_int_equal(show_whole(o, "whole"), 7);
	assert_int_equal(show_whole(o, "none"), 0);
	json_decref(o);
}

static const struct show_column column[] = {
	{ "name", { { "名称", "name" } }, SHOW_PLAIN },
	{ "n", { { "份数", "n" } }, SHOW_COUNT },
	{ "gone", { { "空", "gone" } }, SHOW_PLAIN },
	{ NULL, { { "数字", "figure" } }, SHOW_ESTIMATE },
	{ "stream", { { "来源", "stream" } }, SHOW_STREAM },
};

static void
a_table_lines_up_and_leaves_empty_columns_out(void **state)
{
	struct text out = TEXT_INIT;
	json_t *rows = json_pack(
		"[{s:s, s:i, s:s, s:f, s:f, s:f, s:s}, {s:s, s:i, s:s, s:f, s:f, s:f, s:s}]",
		"name", "甲", "n", 5, "mapping", "acsi-1-10", "value", 80.0, "low", 70.0, "high",
		90.0, "stream", "sampled", "name", "bcd", "n", 1234, "mapping", "share", "value",
		0.5, "low", 0.25, "high", 0.75, "stream", "open");

	(void)state;
	lang_set(LANG_EN);
	show_table(&out, rows, column, 5);
	assert_null(strstr(text_str(&out), "gone"));
	assert_non_null(strstr(text_str(&out), "甲       5  80.0 (70.0–90.0)"));
	assert_non_null(strstr(text_str(&out), "bcd   1234  50.0 (25.0–75.0) %"));
	text_clear(&out);
	json_decref(rows);
	rows = json_array();
	show_table(&out, rows, column, 5);
	assert_int_equal(strcspn(text_str(&out), "\n") + 1, out.n);	/* one line that says so */
	assert_true(out.n > 1);
	text_clear(&out);
	json_decref(rows);
}

static void
an_object_is_a_line_a_member(void **state)
{
	struct text out = TEXT_INIT;
	json_t *o = json_pack("{s:s, s:b, s:[i,i]}", "file", "a.csv", "open", 1, "list", 1, 2);

	(void)state;
	lang_set(LANG_EN);
	show_members(&out, o);
	assert_non_null(strstr(text_str(&out), "a.csv"));
	assert_non_null(strstr(text_str(&out), "yes"));
	assert_int_equal(out.s[out.n - 1], '\n');
	text_clear(&out);
	json_decref(o);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(padding_counts_columns_of_the_terminal),
	cmocka_unit_test(an_interval_is_said_or_a_dash),
	cmocka_unit_test(members_are_read_or_missing),
	cmocka_unit_test(a_table_lines_up_and_leaves_empty_columns_out),
	cmocka_unit_test(an_object_is_a_line_a_member),
};

CHECK_MAIN(tests)
