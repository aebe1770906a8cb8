/* JSON read with its place, and written so that nothing vanishes. */
#include "tests/base/folder.h"

#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/lang.h"
#include "base/pool.h"
#include "base/text.h"

static void
a_pointer_leads_to_line_and_column(void **state)
{
	static const char s[] =
		"{\"名\": 1,\n"
		"  \"a/b\": {\"m~n\": [10, {\"x\": \"]}\\\"\"},\n"
		"\t\t[]]},\n"
		"  \"\\u6ee1\\ud840\\udc87\": true, \"中文\": 7}";
	static const struct { const char *pointer; size_t line, column; } row[] = {
		{ "", 1, 1 }, { "/名", 1, 7 }, { "/a~1b", 2, 10 }, { "/a~1b/m~0n", 2, 18 },
		{ "/a~1b/m~0n/0", 2, 19 }, { "/a~1b/m~0n/1", 2, 23 }, { "/a~1b/m~0n/1/x", 2, 29 },
		{ "/a~1b/m~0n/2", 3, 3 }, { "/满\xf0\xa0\x82\x87", 4, 25 }, { "/中文", 4, 37 },
		{ "/nothing", 1, 1 }, { "/a~1b/m~0n/9", 2, 18 }, { "/a~1b/m~0n/x", 2, 18 },
		{ "/a~1b/m~0n/1/x/deeper", 2, 29 }, { "/a~1b/", 2, 10 }, { "/a~1b/m~0n/", 2, 18 },
		{ "/a~1b/m~0n/99999999999999999999999", 2, 18 },
	};
	size_t line, column;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		json_where(s, row[i].pointer, &line, &column);
		if (line != row[i].line || column != row[i].column)
			fail_msg("%s: %zu:%zu, want %zu:%zu", row[i].pointer, line, column,
				row[i].line, row[i].column);
	}
}

/* Names as they may be written, and pointers that lead nowhere: then the nearest
 * value that is there. */
static void
a_pointer_is_followed_through_any_spelling(void **state)
{
	static const char s[] =
		"\t[{\"\\\"\\\\\\/\\b\\f\\n\\r\\t\": 1, \"\\uE000\": 2, \"\\uffFF\": 3,"
		" \"a\": {\"ab\": 4, \"\": 5, \"~\": 6,\n"
		"\"b\" : [ true , null,-1.5e+3 , \"[{\\\\\" ] }},[],{}, \"s\"]";
	static const struct { const char *pointer; size_t line, column; } row[] = {
		{ "", 1, 2 }, { "/0", 1, 3 }, { "/0/\"\\~1\b\f\n\r\t", 1, 24 },
		{ "/0/\xee\x80\x80", 1, 37 }, { "/0/\xef\xbf\xbf", 1, 50 }, { "/0/a", 1, 58 },
		{ "/0/a/ab", 1, 65 }, { "/0/a/", 1, 72 }, { "/0/a/~0", 1, 80 }, { "/0/a/~", 1, 80 },
		{ "/0/a/b", 2, 7 }, { "/0/a/b/0", 2, 9 }, { "/0/a/b/1", 2, 16 },
		{ "/0/a/b/2", 2, 21 }, { "/0/a/b/3", 2, 31 }, { "/3", 2, 50 },
		/* nowhere */
		{ "/0/a/b/4", 2, 7 }, { "/0/a/b/-", 2, 7 }, { "/0/a/b/:", 2, 7 },
		{ "/0/a/b/1x", 2, 7 }, { "/0/a/b/2/0", 2, 21 }, { "/0/a/a", 1, 58 },
		{ "/0/a/abc", 1, 58 }, { "/0/A", 1, 3 }, { "/1/0", 2, 43 }, { "/2/a", 2, 46 },
		{ "/3/0", 2, 50 }, { "/4", 1, 2 }, { "0", 1, 2 }, { "/0/~2", 1, 3 }, { "//", 1, 2 },
		{ "/18446744073709551616", 1, 2 },
	};
	json_t *value = json_loads(s, 0, NULL);
	size_t line, column;

	(void)state;
	assert_non_null(value);		/* what json_where() asks of its text */
	json_decref(value);
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		json_where(s, row[i].pointer, &line, &column);
		if (line != row[i].line || column != row[i].column)
			fail_msg("%s: %zu:%zu, want %zu:%zu", row[i].pointer, line, column,
				row[i].line, row[i].column);
	}
}

static void
faulty_json_is_worded_in_both_languages(void **state)
{
	static const struct { const char *s, *zh, *en; } row[] = {
		{ "[1, 1e999]", "数太大", "overflow" },
		{ "{\"a\": 1, \"a\": 2}", "重复的名字", "duplicate" },
		{ "{\"a\\u0000b\": 1}", "空字符", "NUL" }, { "[1", "断了", "']' expected" },
		{ "[1] 2", "不应再有", "end of file expected" },
		{ "[1,]", "逗号", "unexpected token" },
		{ "[\"\xc0\xaf\"]", "UTF-8", "decode byte" }, { "[nul]", "逗号", "invalid token" },
	};
	struct pool pool = POOL_INIT;
	struct text deep = TEXT_INIT;
	struct err err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		for (int lang = 0; lang < LANG_MAX; lang++) {
			const char *said = lang == LANG_ZH ? row[i].zh : row[i].en;

			err = (struct err){ 0 };
			lang_set((enum lang)lang);
			put_file("bad.json", row[i].s);
			assert_null(json_load_path(in_folder("bad.json"), &pool, NULL, NULL, &err));
			assert_int_equal(err.code, ERR_INPUT);
			if (strstr(err.text, said) == NULL)
				fail_msg("\"%s\" does not say %s", err.text, said);
		}
	lang_set(LANG_ZH);
	for (int i = 0; i < 100000; i++)
		text_putc(&deep, '[');
	put_file("bad.json", deep.s);
	err = (struct err){ 0 };
	assert_null(json_load_path(in_folder("bad.json"), &pool, NULL, NULL, &err));
	assert_non_null(strstr(err.text, "套得太深"));
	err = (struct err){ 0 };
	assert_null(json_load_path(in_folder("none.json"), &pool, NULL, NULL, &err));
	assert_int_equal(err.code, ERR_MISSING);
	text_clear(&deep);
	pool_clear(&pool);
}

static void
a_nul_byte_is_no_json_wherever_it_stands(void **state)
{
	static const struct { const char *bytes; size_t n; int line, column; } row[] = {
		{ "[8\0]", 4, 1, 3 }, { "{\"a\": 8\0, \"b\": 9}", 16, 1, 8 },
		{ "\xef\xbb\xbf[\"满\",\n1\0]", 13, 2, 2 }, { "\0", 1, 1, 1 }, { "[]\0", 3, 1, 3 },
		{ "[\"\0\"]", 5, 1, 3 }, { "[1.5\0]", 6, 1, 5 }, { "[true\0]", 7, 1, 6 },
	};
	json_error_t e;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		assert_null(json_parse(row[i].bytes, row[i].n, &e));
		assert_int_equal(json_error_code(&e), json_error_null_character);
		assert_int_equal(e.line, row[i].line);
		assert_int_equal(e.column, row[i].column);
	}
	assert_null(json_parse("", 0, &e));
	assert_int_equal(json_error_code(&e), json_error_premature_end_of_input);
}

static void
faulty_json_is_named_by_line_and_column(void **state)
{
	static const struct { const char *s, *said; } row[] = {
		{ "{\"a\": 1,\n \"a\": 2}", ":2:" }, { "[1,\n2", ":2:" },
		{ "{\"a\": \"\\u0000\"}", ":1:" }, { "[\"\xff\"]", "UTF-8" }, { "", "JSON" },
		{ "[1] x", ":1:" },
	};
	struct pool pool = POOL_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct err err = { 0 };

		put_file("bad.json", row[i].s);
		assert_null(json_load_path(in_folder("bad.json"), &pool, NULL, NULL, &err));
		assert_int_equal(err.code, ERR_INPUT);
		if (strstr(err.text, "bad.json") == NULL || strstr(err.text, row[i].said) == NULL)
			fail_msg("\"%s\" does not say %s", err.text, row[i].said);
	}
	pool_clear(&pool);
}

static void
good_json_comes_back_with_its_source(void **state)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct text t = TEXT_INIT;
	const char *source;
	size_t n;
	json_t *value;

	(void)state;
	put_file("good.json", "\xef\xbb\xbf{\"b\": 1, \"a\": [0.1, null, \"满\"]}");
	value = json_load_path(in_folder("good.json"), &pool, &source, &n, &err);
	assert_non_null(value);
	assert_int_equal(n, strlen(source));
	json_put(&t, value, 0);
	assert_string_equal(text_str(&t), "{\"b\":1,\"a\":[0.10000000000000001,null,\"满\"]}\n");
	json_decref(value);
	/* Who does not ask for the source gets the value alone. */
	value = json_load_path(in_folder("good.json"), &pool, NULL, NULL, &err);
	text_reset(&t);
	json_put(&t, value, 2);
	assert_string_equal(text_str(&t),
		"{\n  \"b\": 1,\n  \"a\": [\n    0.10000000000000001,\n"
		"    null,\n    \"满\"\n  ]\n}\n");
	json_decref(value);
	text_clear(&t);
	pool_clear(&pool);
}

static void
members_are_read_or_are_nothing(void **state)
{
	json_t *v = json_pack("{s:s, s:f, s:i, s:b, s:[], s:n}", "text", "满意", "real", 2.5,
		"whole", -3, "true", 1, "list", "null");

	(void)state;
	assert_non_null(v);
	assert_string_equal(json_text_at(v, "text"), "满意");
	assert_string_equal(json_text_at(v, "whole"), "");
	assert_string_equal(json_text_at(v, "none"), "");
	assert_string_equal(json_text_at(NULL, "text"), "");
	assert_true(json_number_at(v, "real") == 2.5);
	assert_true(json_number_at(v, "whole") == -3);
	for (const char *const *name = (const char *const[]){ "text", "true", "list", "null",
			"none", NULL }; *name; name++)
		assert_true(isnan(json_number_at(v, *name)));
	assert_true(isnan(json_number_at(NULL, "real")));
	json_decref(v);
}

static void
what_is_undefined_is_null_never_zero(void **state)
{
	json_t *v = json_pack("[o,o,o,o,o,o,o]", json_number(NAN), json_number(INFINITY),
		json_count(1000000), json_count(2.5), json_count(NAN),
		json_count(-9007199254740991), json_count(1e300));
	struct text t = TEXT_INIT;

	(void)state;
	assert_non_null(v);
	json_put(&t, v, 0);
	assert_string_equal(text_str(&t),
		"[null,null,1000000,2.5,null,-9007199254740991,1.0000000000000001e300]\n");
	json_decref(v);
	text_clear(&t);
}

/* Each of these made the whole value NULL, and the answer with it. */
static void
no_text_and_no_number_makes_an_answer_vanish(void **state)
{
	json_t *none = NULL, *two = json_integer(2);
	json_t *v = json_pack("{s:s, s:s, s:s?, s:f, s:o, s:[i, I, b, n], s:{s:O}}", "bad", "m\xff",
		"null", (char *)NULL, "perhaps", (char *)NULL, "nan", (double)NAN, "nothing", none,
		"list", 1, (json_int_t)1 << 40, 1, "in", "two", two);
	struct text t = TEXT_INIT;

	(void)state;
	json_put(&t, v, 0);
	assert_string_equal(text_str(&t),
		"{\"bad\":\"m\\\\xff\",\"null\":null,\"perhaps\":null,\"nan\":null,"
		"\"nothing\":null,\"list\":[1,1099511627776,true,null],\"in\":{\"two\":2}}\n");
	json_decref(v);
	assert_int_equal(two->refcount, 1);
	json_decref(two);
	v = json_string("a\xd2");
	assert_string_equal(json_string_value(v), "a\\xd2");
	json_decref(v);
	v = json_stringn("a\0b", 3);
	assert_string_equal(json_string_value(v), "a\\x00b");
	json_decref(v);
	v = json_sprintf("%s-%d", "B\xff", 7);
	assert_string_equal(json_string_value(v), "B\\xff-7");
	json_decref(v);
	text_clear(&t);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pointer_leads_to_line_and_column),
		cmocka_unit_test(a_pointer_is_followed_through_any_spelling),
		cmocka_unit_test(a_nul_byte_is_no_json_wherever_it_stands),
		cmocka_unit_test(faulty_json_is_worded_in_both_languages),
		cmocka_unit_test(faulty_json_is_named_by_line_and_column),
		cmocka_unit_test(good_json_comes_back_with_its_source),
		cmocka_unit_test(members_are_read_or_are_nothing),
		cmocka_unit_test(what_is_undefined_is_null_never_zero),
		cmocka_unit_test(no_text_and_no_number_makes_an_answer_vanish),
	};
	char command[64];
	int failed;

	if (mkdtemp(folder) == NULL)
		return 99;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command) == 0 ? failed : 99;
}
