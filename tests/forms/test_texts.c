/* A form's own languages: which text a reader gets, and what a file that lacks some is told. */
#include "tests/forms/form_small.h"

static struct pool pool;

static const struct form *
three(void)
{
	struct err err = { 0 };
	const struct form *form = form_load(check_path("tests/data/three.json"), &pool, &err);

	if (form == NULL)
		fail_msg("%s", err.text);
	return form;
}

/* The same file with one place changed; its faults. */
static size_t
faults_of(const struct fault_case *c, const struct fault **fault, size_t *line, size_t *column)
{
	size_t n = 0;
	const char *s = broken_of(three()->body, c, line, column, &pool);

	lang_set(LANG_EN);
	check(s, strlen(s), fault, &n, &pool);
	lang_set(LANG_ZH);
	return n;
}

static void
a_form_that_names_none_speaks_chinese_and_english(void **state)
{
	const struct form *form = form_parse(good, strlen(good), "t", &pool, NULL);

	(void)state;
	assert_int_equal(form->languages.n, 2);
	assert_string_equal(form->languages.of[0].page, "zh-CN");
	assert_string_equal(form->languages.of[1].name, "English");
	assert_string_equal(texts_in(&form->title, 1), "Try");
	assert_string_equal(form->sha256, form_parse(good, strlen(good), "t", &pool, NULL)->sha256);
}

static void
every_text_is_there_in_a_third(void **state)
{
	const struct form *form = three();
	const struct item *kind = forms_item(form, "kind"), *again = forms_item(form, "again");
	const struct item *hotline = forms_item(form, "hotline");
	const struct item *level = forms_item(form, "level");

	(void)state;
	assert_int_equal(form->languages.n, 3);
	assert_true(form->languages.of[2].rtl && form->languages.of[2].frame == LANG_ZH);
	assert_string_equal(texts_in(&form->title, 2), "بازارنى باھالاش");
	assert_string_equal(texts_in(&kind->choice[1].label, 2), "مېۋە");
	assert_string_equal(texts_in(&kind->hint, 2), "بىرنى تاللاڭ");
	assert_string_equal(texts_in(&again->high_words, 2), "ناھايىتى ياخشى");
	assert_string_equal(texts_in(&hotline->choice[0].label, 2), "بىلمەيمەن");
	assert_string_equal(texts_in(form_label(form, level, "bread"), 2), "ناندىن رازىمۇ سىز؟");
	assert_string_equal(texts_in(form_label(form, level, "fruit"), 2), "رازىمۇ سىز؟");
	assert_string_equal(texts_in(&form->screen[0].label, 2), "سودا");
}

/* The getter is total: no index, no language and no missing text leads anywhere else. */
static void
a_text_that_is_not_there_is_empty(void **state)
{
	const struct form *form = three();
	const struct texts none = { NULL, NULL };

	(void)state;
	assert_false(texts_given(&form->screen[1].label));
	assert_string_equal(texts_in(&form->screen[1].label, 0), "");
	assert_string_equal(texts_in(&form->title, 3), "");
	assert_string_equal(texts_for(&none, LANG_EN), "");
	assert_string_equal(texts_words(&none).in[LANG_ZH], "");
	assert_true(texts_same(&none, &form->screen[1].hint));
	assert_false(texts_same(&none, &form->title));
}

static void
a_reader_gets_his_language_or_the_form_s_own(void **state)
{
	static const struct { const char *tag; size_t want; } is[] = {
		{ "ug", 2 }, { "UG", 2 }, { "ug-CN", 2 }, { "ug_CN.UTF-8", 2 }, { "en-GB", 1 },
		{ "zh-CN", 0 }, { "zh-Hant-TW", 0 },
		{ "ko", 0 }, { "", 0 }, { "u", 0 }, { "uga", 0 },
	};
	const struct languages *l = &three()->languages;

	(void)state;
	for (size_t i = 0; i < sizeof(is) / sizeof(is[0]); i++)
		if (languages_find(l, is[i].tag) != is[i].want)
			fail_msg("%s: %zu", is[i].tag, languages_find(l, is[i].tag));
	assert_int_equal(languages_find(l, NULL), 0);
}

/* Staff read zh and en; of a form that speaks neither they see its own. */
static void
staff_see_the_form_s_own_where_it_lacks_theirs(void **state)
{
	struct words words;
	const struct form *form;
	char *s = pool_strdup(&pool, good), *p;

	(void)state;
	while ((p = strstr(s, "\"zh\"")) != NULL)
		memcpy(p, "\"ko\"", 4);
	s = pool_fmt(&pool, "{\"settings\": {\"languages\": ["
		"{\"tag\": \"ko\", \"name\": \"한국어\", \"direction\": \"ltr\", \"frame\": \"zh\"}"
		", {\"tag\": \"en\"}],%s", s + strlen("{\"settings\": {"));
	form = form_parse(s, strlen(s), "ko", &pool, NULL);
	assert_non_null(form);
	words = texts_words(&form->title);
	assert_string_equal(words.in[LANG_ZH], "试");
	assert_string_equal(words.in[LANG_EN], "Try");
}

static void
check_case(const struct fault_case *c)
{
	const struct fault *f;
	size_t line, column, n = faults_of(c, &f, &line, &column), k = 0;

	if (n != c->faults)
		fail_msg("%s: %zu faults, %s", c->to, n, n > 0 ? f[0].what : "");
	while (k + 1 < n && strstr(f[k].what, c->what) == NULL)
		k++;
	if (n > 0 && (strstr(f[k].what, c->what) == NULL ||
			strstr(f[k].instead, c->instead) == NULL))
		fail_msg("%s: %s; %s", c->to, f[k].what, f[k].instead);
	if (line > 0 && (f[k].line != line || f[k].column != column))
		fail_msg("%s: %zu:%zu, not %zu:%zu", c->to, f[k].line, f[k].column, line, column);
}

static void
what_is_missing_is_named_by_language_and_place(void **state)
{
	static const struct fault_case cases[] = {
		{ "\"ug\": \"بازارنى باھالاش\"", "\"ko\": \"x\"", 2,
			"title lacks the language ug", "all languages" },
		{ "{\"zh\": \"水果\", \"en\": \"Fruit\", \"ug\": \"مېۋە\"}",
			"@{\"zh\": \"水果\", \"en\": \"Fruit\"}", 1,
			"label lacks the language ug", "add \"ug\"" },
		{ "\"hint\": {\"zh\": \"选一个\", ", "\"hint\": @{", 1,
			"hint lacks the language zh", "add \"zh\"" },
		{ "تەخمىنەن {minutes}", "{minute}", 1, "unknown {minute}", "minutes" },
		{ ",\n   \"dont_know\": {\"zh\": \"不知道\", \"en\": \"I don't know\","
			" \"ug\": \"بىلمەيمەن\"}", "", 1, "dont_know is missing", "" },
		{ "\"appearance\": \"unaided\",", "", 1, "unknown key dont_know", "" },
		{ ", \"ug\": \"ناندىن رازىمۇ سىز؟\"", "", 1, "lacks the language ug", "" },
		{ ", \"ug\": \"بازاردىن رازىلىق\"", ", \"ug\": @\"\"", 1, "ug is empty", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_case(&cases[i]);
}

static void
a_list_of_languages_is_held_to_its_shape(void **state)
{
	static const struct fault_case cases[] = {
		{ "\"tag\": \"ug\"", "\"tag\": @\"u\"", 1, "u is no language tag", "BCP 47" },
		{ "\"tag\": \"ug\"", "\"tag\": @\"ug cn\"", 1, "no language tag", "BCP 47" },
		{ "\"tag\": \"ug\"", "\"tag\": @\"ug--cn\"", 1, "no language tag", "BCP 47" },
		{ "\"rtl\"", "@\"left\"", 1, "direction does not know left", "rtl" },
		{ "\"frame\": \"zh\"", "\"frame\": @\"ug\"", 1, "frame does not know ug", "zh" },
		{ "{\"tag\": \"ug\", \"name\": \"ئۇيغۇرچە\",", "@{\"tag\": \"ug\",", 1,
			"name is missing", "" },
		{ "\"direction\": \"rtl\", ", "", 1, "direction is missing", "" },
		{ ", \"frame\": \"zh\"", "", 1, "frame is missing", "" },
		{ "{\"tag\": \"en\"}", "{\"tag\": \"en\", \"direction\": @\"ltr\"}", 1,
			"unknown key direction", "" },
		{ "\"tag\": \"ug\"", "\"tag\": @\"ZH-cn\"", 1, "ZH-cn stands twice", "" },
		{ "{\"tag\": \"en\"},", "{\"tag\": \"en\"}, {\"tag\": @\"en\"},", 1,
			"en stands twice", "" },
		{ "{\"tag\": \"zh\"}", "@\"zh\"", 1, "list the form's languages", "\"tag\"" },
		{ "{\"tag\": \"zh\"}", "{\"tag\": \"zh\", \"name\": \"汉语\"}", 0, NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_case(&cases[i]);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_form_that_names_none_speaks_chinese_and_english),
	cmocka_unit_test(every_text_is_there_in_a_third),
	cmocka_unit_test(a_text_that_is_not_there_is_empty),
	cmocka_unit_test(a_reader_gets_his_language_or_the_form_s_own),
	cmocka_unit_test(staff_see_the_form_s_own_where_it_lacks_theirs),
	cmocka_unit_test(what_is_missing_is_named_by_language_and_place),
	cmocka_unit_test(a_list_of_languages_is_held_to_its_shape),
};
CHECK_MAIN(tests)
