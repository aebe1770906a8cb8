/* A form in three languages, one of them written from right to left, on the resident's page. */
#include "tests/view/resident/resident_page.h"

static const struct form *
three(void)
{
	struct err err = { 0 };
	const struct form *form = form_load(check_path("tests/data/three.json"), &pool, &err);

	if (form == NULL)
		fail_msg("%s", err.text);
	return form;
}

/* The page as intake makes it for a reader of that language. */
static struct resident_form
page_for(const char *tag)
{
	const struct form *form = three();
	const struct language *l = &form->languages.of[languages_find(&form->languages, tag)];
	struct resident_form page = page_of(form, l->frame);

	page.frame.tag = l->page;
	return page;
}

static void
the_page_is_in_the_third_language_and_says_so(void **state)
{
	static const char *const says[] = { "<html lang=\"ug\" dir=\"rtl\">",
		"<title>بازارنى باھالاش</title>", "نېمە سېتىۋالدىڭىز؟", "<b>مېۋە</b>",
		">بىرنى تاللاڭ</p>", "<h2>سودا</h2>", "ناندىن رازىمۇ سىز؟", "10 ناھايىتى ياخشى",
		"<b>بىلمەيمەن</b>", "aria-label=\"قايسى تېلېفون نومۇرىنى بىلىسىز؟\"",
		"تەخمىنەن 2 مىنۇت", "name=\"_lang\" value=\"ug\"" };
	static const char *const never[] = { "您买了什么", "What did you buy", "集市",
		"Rating the market" };
	struct resident_form page = page_for("ug");
	const char *html = shown(&page);

	(void)state;
	for (size_t i = 0; i < sizeof(says) / sizeof(says[0]); i++)
		assert_shows(html, says[i]);
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		assert_hides(html, never[i]);
}

/* Words of the frame stand in the language the file names, and are marked as what they are. */
static void
the_frame_falls_back_and_is_marked(void **state)
{
	struct resident_form page = page_for("ug");
	const char *html = shown(&page), *only;

	(void)state;
	assert_shows(html, "><span lang=\"zh-CN\" dir=\"ltr\">同意并开始</span></a>");
	assert_shows(html, "><span lang=\"zh-CN\" dir=\"ltr\">提交</span></button>");
	assert_shows(html, "data-sending=\"正在提交，请稍候……\"");
	assert_shows(html, "<span lang=\"zh-CN\" dir=\"ltr\">瓦房店市政务服务中心");
	only = between(html, "<p class=\"only\">", "</p>");
	assert_shows(only, "<span lang=\"zh-CN\" dir=\"ltr\">（只有“"
		"<span lang=\"ug\" dir=\"rtl\">رازىمۇ سىز؟</span>”选了");
	assert_hides(html, ">Next<");
	page = page_for("en");
	html = shown(&page);
	assert_shows(html, "<html lang=\"en\">");
	assert_shows(html, ">Agree and start</a>");
	assert_hides(html, "<span lang=\"en\"");
}

/* Each other language by its own name; what was typed goes along. */
static void
the_languages_are_offered_by_their_own_names(void **state)
{
#define BUTTON "<button class=\"tool\" name=\"_switch\" value="
	static const char zh[] = BUTTON "\"zh-CN\" lang=\"zh-CN\">中文</button>";
	static const char en[] = BUTTON "\"en\" lang=\"en\">English</button>";
	static const char ug[] = BUTTON "\"ug\" lang=\"ug\" dir=\"rtl\">ئۇيغۇرچە</button>";
	static const struct { const char *in, *shown[2], *hidden; } is[] = {
		{ "zh", { en, ug }, zh }, { "en", { zh, ug }, en }, { "ug", { zh, en }, ug },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(is) / sizeof(is[0]); i++) {
		struct resident_form page = page_for(is[i].in);
		const char *html = shown(&page);

		assert_int_equal(count(html, is[i].shown[0]), 2);
		assert_int_equal(count(html, is[i].shown[1]), 2);
		assert_int_equal(count(html, is[i].hidden), 0);
	}
}

static void
links_carry_the_language(void **state)
{
	struct resident_form page = page_for("ug");
	struct resident_frame frame = page.frame;
	const char *html = shown(&page);

	(void)state;
	assert_shows(html, "href=\"/privacy?lang=ug\"");
	assert_shows(html, "href=\"/Q/7K3M9P?consent=no&amp;lang=ug\"");
	text_reset(&out);
	resident_declined(&out, &frame);
	assert_shows(text_str(&out), "<html lang=\"zh-CN\">");
	assert_shows(text_str(&out), "href=\"/Q/7K3M9P?lang=ug\"");
	assert_shows(text_str(&out), "?lang=en\" lang=\"en\">English</a>");
	text_reset(&out);
	resident_code_form(&out, &frame, NULL);
	assert_shows(text_str(&out), "<input type=\"hidden\" name=\"lang\" value=\"ug\">");
	text_reset(&out);
	resident_receipt(&out, &frame, "K7Q29XMP4TDCABCD", 1, 29000000, 3, 9);
	/* the desk speaks the frame's two */
	assert_shows(text_str(&out), "href=\"/ledger\"");
}

static void
a_mistake_keeps_the_language(void **state)
{
	static const struct issue issue = { ISSUE_MISSING, 0, "kind" };
	struct resident_form page = page_for("ug");
	const char *html;

	(void)state;
	page.issue = &issue;
	page.issues = 1;
	html = shown(&page);
	assert_shows(html, "<p class=\"wrong\" id=\"e0\">"
		"<span lang=\"zh-CN\" dir=\"ltr\">请回答这一题</span></p>");
	assert_shows(html, "<span lang=\"zh-CN\" dir=\"ltr\">还没有提交：有 1 处要改");
	assert_shows(html, "data-one=\"还没有提交：有 1 处要改");
}

/* Came too late: the page is the frame's, the answers are shown in the words they were given to. */
static void
what_came_too_late_is_shown_in_its_words(void **state)
{
	struct resident_form page = page_for("ug");
	struct answers typed;
	struct resident_late late = { .frame = page.frame, .form = page.form, .typed = &typed,
		.why = LATE_OVER };
	static const char body[] = "kind=fruit&level=4";

	(void)state;
	assert_int_equal(answers_parse(&typed, body, strlen(body), &pool, NULL), 0);
	text_reset(&out);
	resident_late(&out, &late);
	assert_null(markup_fault(text_str(&out)));
	assert_shows(text_str(&out), "<html lang=\"zh-CN\">");
	assert_shows(text_str(&out), "<dl lang=\"ug\" dir=\"rtl\">\n"
		"<dt>نېمە سېتىۋالدىڭىز؟</dt>\n<dd>مېۋە</dd>");
	late.frame = frame_in(LANG_EN);
	text_reset(&out);
	resident_late(&out, &late);
	assert_shows(text_str(&out), "<dl>\n<dt>What did you buy?</dt>\n<dd>Fruit</dd>");
}

static void
each_language_is_kept_by_itself(void **state)
{
	static const char *const tag[] = { "ug", "zh", "en", "ug", "en", "zh" };
	struct resident_cache *cache = resident_cache_new();

	(void)state;
	for (size_t i = 0; i < sizeof(tag) / sizeof(tag[0]); i++) {
		struct resident_form page = page_for(tag[i]);
		const char *anew = pool_strdup(&pool, shown(&page));

		page.cache = cache;
		assert_string_equal(shown(&page), anew);
	}
	resident_cache_free(cache);
}

/* zh and en named in the file: the very page of a form that names none. */
static void
two_languages_by_name_are_the_two_without(void **state)
{
	const struct form *plain = load("B"), *named;
	char *body = pool_fmt(&pool, "{\"settings\":"
		" {\"languages\": [{\"tag\": \"zh\"}, {\"tag\": \"en\"}],%s",
		strstr(plain->body, "{\n\t\t\"form_id\"") + 1);

	(void)state;
	named = form_parse(body, strlen(body), "B", &pool, NULL);
	assert_non_null(named);
	for (int lang = 0; lang < LANG_MAX; lang++) {
		struct resident_form a = page_of(plain, lang), b = page_of(named, lang);
		const char *one = pool_strdup(&pool, shown(&a));

		assert_string_equal(shown(&b), one);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(the_page_is_in_the_third_language_and_says_so),
	cmocka_unit_test(the_frame_falls_back_and_is_marked),
	cmocka_unit_test(the_languages_are_offered_by_their_own_names),
	cmocka_unit_test(links_carry_the_language),
	cmocka_unit_test(a_mistake_keeps_the_language),
	cmocka_unit_test(what_came_too_late_is_shown_in_its_words),
	cmocka_unit_test(each_language_is_kept_by_itself),
	cmocka_unit_test(two_languages_by_name_are_the_two_without),
};
CHECK_MAIN(tests)
