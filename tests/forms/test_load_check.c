/* Broken form files as a whole: many faults, floods of them, limits, and files
 * that are no form at all. */
#include "tests/forms/form_small.h"

static void
all_faults_are_reported_at_once_in_file_order(void **state)
{
	static const char three[] =
		"{\"settings\": {\"form_id\": \"T\"},\n"
		" \"choices\": {\"c\": [{\"name\": \"1\"}]},\n"
		" \"survey\": [{\"type\": \"dance\"}],\n"
		" \"extra\": 1}\n";
	struct pool pool = POOL_INIT;
	const struct fault *f;
	size_t n, last = 0;

	(void)state;
	check(three, strlen(three), &f, &n, &pool);
	assert_true(n >= 9);
	for (size_t i = 0; i < n; i++) {
		assert_true(f[i].line >= last);
		last = f[i].line;
	}
	assert_int_equal(last, 4);
	pool_clear(&pool);
}

static void
the_first_fault_becomes_the_error(void **state)
{
	static const char body[] = "{\"settings\": {},\n \"survey\": [], \"x\": 1}";
	struct pool pool = POOL_INIT;
	struct err err = { 0 };

	(void)state;
	lang_set(LANG_EN);
	assert_null(form_parse(body, strlen(body), "t.json", &pool, &err));
	lang_set(LANG_ZH);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(strncmp(err.text, "t.json:1:", 9), 0);
	assert_non_null(strstr(err.text, "more)"));
	pool_clear(&pool);
}

/* Alone, it says nothing of others. */
static void
a_single_fault_is_the_whole_error(void **state)
{
	static const struct fault_case c = { "\"minutes\": 1", "\"minutes\": 61", 1, "", "" };
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	size_t line, column;
	const char *s = broken(&c, &line, &column, &pool);

	(void)state;
	lang_set(LANG_EN);
	assert_null(form_parse(s, strlen(s), "t.json", &pool, &err));
	lang_set(LANG_ZH);
	assert_string_equal(err.text,
		"t.json:4:14: minutes is out of range; write a whole number from 0 to 60");
	pool_clear(&pool);
}

static void
five_levels_and_ten_points_never_share_an_index(void **state)
{
	struct pool pool = POOL_INIT;
	const struct fault *f;
	struct text t = TEXT_INIT;
	const char *lists = strstr(good, "  \"reasons\""),
		*y = strstr(good, "levels\", \"name\": \"y\"");
	size_t n;

	(void)state;
	text_add(&t, good, (size_t)(lists - good));
	text_puts(&t, "  \"tens\": [");
	for (int i = 1; i <= 10; i++)
		text_fmt(&t, "%s{\"name\": \"%d\", \"label\": {\"zh\": \"%d\", \"en\": \"%d\"}}",
			i > 1 ? "," : "", i, i, i);
	text_puts(&t, "],\n");
	text_add(&t, lists, (size_t)(y - lists));
	text_puts(&t, "tens");
	text_puts(&t, y + strlen("levels"));
	check(t.s, t.n, &f, &n, &pool);
	assert_int_equal(n, 1);
	assert_string_equal(f[0].where, "/indices/0/items/1");
	assert_non_null(strstr(f[0].what, "级数和前面的不同"));
	text_clear(&t);
	pool_clear(&pool);
}

static void
arrays_without_end_are_refused(void **state)
{
	static const struct { const char *key, *one; int n; } floods[] = {
		{ "indices", "{}", 33 }, { "variants", "{}", 1001 }, { "survey", "{}", 1001 },
	};
	struct text t = TEXT_INIT;

	(void)state;
	for (int k = 0; k < 3; k++) {
		struct pool pool = POOL_INIT;
		const struct fault *f;
		bool found = false;
		size_t n;

		text_reset(&t);
		text_fmt(&t, "{\"%s\": [", floods[k].key);
		for (int i = 0; i < floods[k].n; i++)
			text_fmt(&t, "%s%s", i > 0 ? "," : "", floods[k].one);
		text_puts(&t, "]}");
		check(t.s, t.n, &f, &n, &pool);
		assert_true(n < 10);
		for (size_t i = 0; i < n; i++)
			found |= strstr(f[i].what, "太多") != NULL &&
				strstr(f[i].where, floods[k].key) != NULL;
		assert_true(found);
		pool_clear(&pool);
	}
	text_clear(&t);
}

static void
long_texts_and_large_files_are_refused(void **state)
{
	struct pool pool = POOL_INIT;
	struct text t = TEXT_INIT;
	struct err err = { 0 };
	const struct fault *f;
	bool found = false;
	size_t n;

	(void)state;
	text_puts(&t, "{\"settings\": {\"form_id\": \"");
	for (int i = 0; i < 8001; i++)
		text_putc(&t, 'x');
	text_puts(&t, "\"}}");
	check(t.s, t.n, &f, &n, &pool);
	for (size_t i = 0; i < n; i++)
		found |= strstr(f[i].what, "form_id 太长") != NULL;
	assert_true(found);
	while (t.n <= FORM_FILE_MAX)
		text_putc(&t, ' ');
	assert_null(form_parse(t.s, t.n, "big.json", &pool, &err));
	assert_non_null(strstr(err.text, "big.json"));
	err = (struct err){ 0 };
	assert_null(form_load("/nonexistent/form.json", &pool, &err));
	assert_true(err.code != ERR_NONE);
	text_clear(&t);
	pool_clear(&pool);
}

static void
a_file_that_cannot_be_read_is_an_error_not_a_fault(void **state)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	const struct fault *f;
	size_t n = 9;

	(void)state;
	assert_null(form_check("/nonexistent/form.json", &f, &n, &pool, &err));
	assert_int_equal(n, 0);
	assert_true(err.code != ERR_NONE && err.code != ERR_INPUT);
	pool_clear(&pool);
}

static void
a_flood_of_faults_is_cut_and_counted(void **state)
{
	struct pool pool = POOL_INIT;
	struct text t = TEXT_INIT;
	const struct fault *f;
	size_t n;

	(void)state;
	text_puts(&t, "{\"survey\": [");
	for (int i = 0; i < 900; i++)
		text_fmt(&t, "%s{\"type\": \"x%d\"}", i > 0 ? ",\n" : "", i);
	text_puts(&t, "]}");
	check(t.s, t.n, &f, &n, &pool);
	assert_int_equal(n, FORM_FAULTS_MAX + 1);
	assert_int_equal(f[n - 1].line, 0);
	assert_non_null(strstr(f[n - 1].what, "702"));
	text_clear(&t);
	pool_clear(&pool);
}

/* n questions in groups of four, each with a list of so many choices. */
static void
large_form(struct text *t, size_t items, size_t choices)
{
	const char *cut = strstr(good, " \"choices\"");

	text_reset(t);
	text_add(t, good, (size_t)(cut - good));
	text_puts(t, "\"choices\": {\"c\": [");
	for (size_t i = 0; i < choices; i++)
		text_fmt(t, "%s{\"name\": \"c%zu\", \"label\": {\"zh\": \"选%zu\", \"en\": \"c\"}}",
			i > 0 ? "," : "", i, i);
	text_puts(t, "]},\n\"survey\": [");
	for (size_t i = 0; i < items; i++)
		text_fmt(t,
			"%s{\"type\": \"begin_group\", \"name\": \"g%zu\"}, {\"type\": \"select_one"
			" c\", \"name\": \"%s%zu\", \"label\": {\"zh\": \"问\", \"en\": \"q\"}},"
			" {\"type\": \"end_group\"}\n", i > 0 ? "," : "", i,
			i == 0 ? "kind" : "q", i);
	text_puts(t, "]}\n");
}

static void
limits_are_kept_to_the_last_one(void **state)
{
	static const struct { size_t items, choices; const char *what; } sizes[] = {
		{ FORM_ITEMS_MAX, FORM_CHOICES_MAX, NULL }, { FORM_ITEMS_MAX + 1, 3, "题目太多" },
		{ 3, FORM_CHOICES_MAX + 1, "选项太多" }, { 0, 3, "问卷里没有题目" },
	};
	struct text t = TEXT_INIT;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct pool pool = POOL_INIT;
		const struct fault *f;
		/* flag and variant_by name "kind", the first item is kind0 */
		size_t n, expected = 2;
		bool found = false;

		large_form(&t, sizes[i].items, sizes[i].choices);
		check(t.s, t.n, &f, &n, &pool);
		for (size_t k = 0; sizes[i].what != NULL && k < n; k++)
			found |= strstr(f[k].what, sizes[i].what) != NULL;
		assert_int_equal(found, sizes[i].what != NULL);
		if (sizes[i].what == NULL)
			assert_int_equal(n, expected);
		pool_clear(&pool);
	}
	text_clear(&t);
}

static void
nested_groups_have_a_limit(void **state)
{
	struct pool pool = POOL_INIT;
	struct text t = TEXT_INIT;
	const struct fault *f;
	bool found = false;
	size_t n;

	(void)state;
	text_puts(&t, "{\"survey\": [");
	for (int i = 0; i < 200; i++)
		text_fmt(&t, "{\"type\": \"begin_group\", \"name\": \"g%d\"},\n", i);
	text_puts(&t,
		"{\"type\": \"text\", \"name\": \"t\", \"label\": {\"zh\": \"问\","
		" \"en\": \"q\"}}]}");
	check(t.s, t.n, &f, &n, &pool);
	for (size_t i = 0; i < n; i++)
		found |= strstr(f[i].what, "太深") != NULL;
	assert_true(found);
	text_clear(&t);
	pool_clear(&pool);
}

/* A group too deep is passed over with all in it, its end too: what comes after is judged as
 * if it were not there. */
static void
what_is_nested_too_deeply_leaves_the_rest_in_order(void **state)
{
	static const char question[] =
		"{\"type\": \"text\", \"name\": \"%s\", \"label\": {\"zh\": \"问\","
		" \"en\": \"q\"}},\n";
	enum { LIMIT = 8 };

	(void)state;
	for (int deep = LIMIT; deep <= LIMIT + 2; deep++) {
		const char *cut = strstr(good, " \"survey\""),
			*rest = strstr(good, "  {\"type\": \"begin_group\", \"name\": \"one\"}");
		struct pool pool = POOL_INIT;
		struct text t = TEXT_INIT;
		const struct fault *f;
		size_t n;

		text_add(&t, good, (size_t)(cut - good));
		text_puts(&t, "\"survey\": [");
		for (int i = 0; i < deep; i++)
			text_fmt(&t, "{\"type\": \"begin_group\", \"name\": \"g%d\"},\n", i);
		text_fmt(&t, question, "inner");
		for (int i = 0; i < deep; i++)
			text_puts(&t, "{\"type\": \"end_group\"},\n");
		text_puts(&t, rest);
		check(t.s, t.n, &f, &n, &pool);
		if (deep == LIMIT) {
			assert_int_equal(n, 0);
		} else {
			/* the groups beyond, and the last one within is left without a question */
			assert_int_equal(n, (size_t)(deep - LIMIT) + 1);
			for (size_t i = 0; i < n; i++)
				assert_true(strstr(f[i].what, "太深") != NULL ||
					strstr(f[i].what, "g7 是空的") != NULL);
		}
		text_clear(&t);
		pool_clear(&pool);
	}
}

static void
odd_files_are_refused_quietly(void **state)
{
	static const struct { const char *body; size_t n; } odd[] = {
		{ "[]", 2 }, { "null", 4 }, { "\"x\"", 3 }, { "{}", 2 },
		{ "\xef\xbb\xbf{}", 5 }, { "{\"survey\": {}}", 14 },
		{ "{\"survey\": [[], 1, null, {}]}", 29 }, { "{\"choices\": []}", 15 },
		{ "{\"settings\": [], \"survey\": [{\"type\": 3, \"name\": []}]}", 53 },
		{ "{\"indices\": [3], \"variants\": [null]}", 36 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		struct pool pool = POOL_INIT;
		struct err err = { 0 };
		const struct fault *f;
		size_t n;

		assert_null(check(odd[i].body, odd[i].n, &f, &n, &pool));
		assert_true(n > 0 && f[0].what[0] != '\0');
		/* From memory, as the intake reads it, the same. */
		assert_null(form_parse(odd[i].body, odd[i].n, "odd.json", &pool, &err));
		assert_int_equal(err.code, ERR_INPUT);
		assert_int_equal(strncmp(err.text, "odd.json:1:", 11), 0);
		pool_clear(&pool);
	}
}

/* An empty file, or one with a NUL, is no text: it is refused as it is read, before anybody looks
 * for faults; bytes from memory are at theirs. */
static void
what_is_no_text_makes_no_form(void **state)
{
	static const struct { const char *body; size_t n; } odd[] = {
		{ "", 0 }, { "\0", 1 }, { "{\"a\": \"b\0\"}", 11 },
		{ "{\"a\": 8\0, \"survey\": []}", 22 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		struct pool pool = POOL_INIT;
		struct err read = { 0 }, parsed = { 0 };
		char path[] = "/tmp/manyi-form-XXXXXX";
		const struct fault *f;
		size_t n;

		write_file(path, odd[i].body, odd[i].n);
		assert_null(form_check(path, &f, &n, &pool, &read));
		unlink(path);
		assert_int_equal(read.code, ERR_INPUT);
		assert_int_equal(n, 0);
		assert_non_null(strstr(read.text, path));
		assert_null(form_parse(odd[i].body, odd[i].n, "odd.json", &pool, &parsed));
		assert_int_equal(parsed.code, ERR_INPUT);
		assert_int_equal(strncmp(parsed.text, "odd.json:1:", 11), 0);
		pool_clear(&pool);
	}
}

static void
html_in_texts_is_text(void **state)
{
	static const struct fault_case c = { "\"en\": \"Try\"",
		"\"en\": \"<b>Try</b> & <script>\"", 0, "", "" };
	struct pool pool = POOL_INIT;
	const struct fault *f;
	size_t n, line, column;
	const char *s = broken(&c, &line, &column, &pool);
	const struct form *form = check(s, strlen(s), &f, &n, &pool);

	(void)state;
	assert_non_null(form);
	assert_string_equal(texts_for(&form->title, LANG_EN), "<b>Try</b> & <script>");
	pool_clear(&pool);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_faults_are_reported_at_once_in_file_order),
		cmocka_unit_test(the_first_fault_becomes_the_error),
		cmocka_unit_test(a_single_fault_is_the_whole_error),
		cmocka_unit_test(five_levels_and_ten_points_never_share_an_index),
		cmocka_unit_test(arrays_without_end_are_refused),
		cmocka_unit_test(long_texts_and_large_files_are_refused),
		cmocka_unit_test(a_file_that_cannot_be_read_is_an_error_not_a_fault),
		cmocka_unit_test(a_flood_of_faults_is_cut_and_counted),
		cmocka_unit_test(limits_are_kept_to_the_last_one),
		cmocka_unit_test(nested_groups_have_a_limit),
		cmocka_unit_test(what_is_nested_too_deeply_leaves_the_rest_in_order),
		cmocka_unit_test(odd_files_are_refused_quietly),
		cmocka_unit_test(what_is_no_text_makes_no_form),
		cmocka_unit_test(html_in_texts_is_text),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
