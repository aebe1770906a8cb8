/* Whatever way one comes to a form, no question speaks of something that was not named before. */
#include "tests/view/resident/resident_page.h"

/* A word that points back, and what must stand before it or in the same question: one of two. */
struct reference {
	const char *word, *to, *or_to;
};

static const struct reference back[LANG_MAX][10] = {
	[LANG_ZH] = {
		{ "这家单位", "“这家单位”，是您最近一次用的那一家", NULL },
		{ "这类服务", "您最近 6 个月用过下面哪类服务？", "服务类别：" },
		{ "这个行业", "您最近一次用", NULL },
		{ "这次服务", "您正在评价", "现场一分钟评价" },
		{ "它的服务", "这家单位", NULL },
		{ "用它", "这家单位", NULL },
		{ "投诉处理结果", "遇到过质量问题吗", NULL },
		{ "实际用过后", "消费前，", NULL },
	},
	[LANG_EN] = {
		{ "this provider", "“this provider” is the one you used last", NULL },
		{ "of this kind", "Which of these services did you use", "Kind of service: " },
		{ "this sector", "did you last use", "Which of these services did you use" },
		{ "this service", "You are rating", "One-minute rating" },
		{ "your complaint", "any problem with quality", NULL },
		{ "Before using it", "“this provider” is the one you used last", NULL },
		{ "Having used it", "Before using it", NULL },
		{ "ago was that", "\1", NULL },		/* of what? */
	},
};

/* The page from its beginning to the end of one legend; next: where to look on. */
static const char *
upto_legend(const char *html, const char **legend, const char **next)
{
	const char *begin = strstr(*next, "<legend>"), *end;

	if (begin == NULL)
		return NULL;
	end = strstr(begin, "</legend>");
	*legend = pool_strndup(&pool, begin, (size_t)(end - begin));
	*next = end;
	return pool_strndup(&pool, html, (size_t)(end - html));
}

static void
check_page(const struct resident_form *page)
{
	const char *html = pool_strdup(&pool, shown(page)), *next = html, *legend, *upto;

	while ((upto = upto_legend(html, &legend, &next)) != NULL)
		for (const struct reference *r = back[page->frame.lang]; r->word != NULL; r++)
			if (strstr(legend, r->word) != NULL && strstr(upto, r->to) == NULL &&
					(r->or_to == NULL || strstr(upto, r->or_to) == NULL))
				fail_msg("form %s, sector %s, %s: \"%s\" of what? %s",
					page->form->id, page->sector != NULL ? page->sector : "-",
					page->ticket ? "ticket" : "poster", r->word, legend);
}

static const char *const sectors[] = { NULL, "S99", "S01", "S02", "S03", "S04", "S05", "S06", "S07",
	"S08", "S09", "S10", "S11", "S12" };

static void
no_question_speaks_of_what_was_not_named(void **state)
{
	static const char *const ids[] = { "A", "B", "C" };

	(void)state;
	for (size_t i = 0; i < 3; i++)
		for (size_t s = 0; s < sizeof(sectors) / sizeof(sectors[0]); s++)
			for (int k = 0; k < 8; k++) {
				struct resident_form page =
					page_of(load(ids[i]), k & 1 ? LANG_EN : LANG_ZH);

				page.sector = sectors[s];
				page.ticket = k & 2;
				if (k & 4)
					page.site_name = page.window = NULL;
				check_page(&page);
			}
}

/* A poster that has answered which service it is: the first question names it, and does
 * so in each language. */
static void
the_first_question_of_a_sectors_poster_names_the_sector(void **state)
{
	static const struct { const char *sector, *named[LANG_MAX]; } first[] = {
		{ "S01", { "您最近一次用金融（银行、保险）服务，大约是多久以前？",
			"a financial service (bank, insurance)?" } },
		{ "S04", { "您最近一次用餐饮服务，大约是多久以前？", "a catering service?" } },
		{ "S12", { "您最近一次用水电气暖服务，大约是多久以前？",
			"water, electricity, gas or heating?" } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++)
		for (int lang = 0; lang < LANG_MAX; lang++) {
			struct resident_form page = page_of(load("A"), lang);

			page.sector = first[i].sector;
			assert_shows(between(shown(&page), "<legend>", "</legend>"),
				first[i].named[lang]);
		}
}

static void
every_sector_has_its_words(void **state)
{
	const struct form *form = load("A");
	const struct item *item = &form->item[form_item(form, "last_use")];
	const struct item *by = &form->item[form_item(form, "sector")];

	(void)state;
	for (size_t i = 0; i < by->choices; i++) {
		const struct texts *words = form_label(form, item, by->choice[i].name);

		if (by->choice[i].code == FORM_DONT_KNOW)
			continue;
		if (strstr(texts_for(words, LANG_ZH), texts_for(&by->choice[i].label, LANG_ZH)) ==
				NULL)
			fail_msg("%s: %s", texts_for(&by->choice[i].label, LANG_ZH),
				texts_for(words, LANG_ZH));
		assert_string_not_equal(texts_for(words, LANG_EN),
			texts_for(&item->label, LANG_EN));
	}
}

/* The privacy page speaks of all forms at once. */
static void
the_privacy_page_promises_what_every_form_keeps(void **state)
{
	static const char *const ids[] = { "A", "B", "C" };
	struct resident_frame frame = frame_in(LANG_ZH);

	(void)state;
	text_reset(&out);
	resident_privacy(&out, &frame);
	assert_hides(text_str(&out), "任何题都可以跳过");
	assert_shows(text_str(&out), "每份问卷最多有一题必须答");
	assert_shows(text_str(&out), "扫的码已经说明是哪类服务的，一题也没有");
	assert_shows(text_str(&out), "除了您自己要求回访时留的电话，也不收集手机号");
	for (size_t i = 0; i < 3; i++) {
		const struct form *form = load(ids[i]);
		size_t required = 0;

		for (size_t k = 0; k < form->items; k++)
			required += form->item[k].required && form->item[k].kind != KIND_PHONE;
		assert_int_equal(required, 1);
	}
}

/* Questions of a page that must be answered, the telephone number's aside. */
static size_t
must_answer(const struct resident_form *page)
{
	return count(shown(page), " data-need") - (form_item(page->form, "phone") >= 0);
}

static void
no_more_must_be_answered_than_the_privacy_page_says(void **state)
{
	static const char *const ids[] = { "A", "B", "C" };

	(void)state;
	for (size_t i = 0; i < 3; i++)
		for (int k = 0; k < 8; k++) {
			struct resident_form page =
				page_of(load(ids[i]), k & 1 ? LANG_EN : LANG_ZH);

			page.sector = k & 2 ? "S04" : NULL;
			page.ticket = k & 4;
			assert_int_equal(must_answer(&page), i == 0 && k & 2 ? 0 : 1);
		}
}

/* Where people write in their own words a name gets in, whatever is asked: nothing
 * may say that it cannot. */
static void
the_privacy_page_says_what_words_can_hold(void **state)
{
	static const char *const says[LANG_MAX][5] = {
		{ "没有专门的题目问姓名", "您写进文字里的会原样保存，只有号码会遮住",
			"姓名、微信名、住址认不出来，不会遮", "回访电话栏里的号码和邀请码不存",
			"您写在文字里的（连同里面的号码）原样存着" },
		{ "No question asks for a name",
			"kept as you wrote it, and numbers alone are masked",
			"Names, WeChat names and addresses cannot be told"
			" from other words and are not masked",
			"the number in the callback field and invitation codes are not kept",
			"what you write in words is, with any number in it" },
	};
	static const char *const never[LANG_MAX][2] = {
		{ "没有地方可以存", "不收集姓名" }, { "could be stored", "collect no name" },
	};

	(void)state;
	for (int lang = 0; lang < LANG_MAX; lang++) {
		struct resident_frame frame = frame_in(lang);

		text_reset(&out);
		resident_privacy(&out, &frame);
		for (size_t i = 0; i < 5; i++)
			assert_shows(text_str(&out), says[lang][i]);
		for (size_t i = 0; i < 2; i++) {
			assert_hides(text_str(&out), never[lang][i]);
			assert_hides(texts_for(&load("A")->consent, lang), never[lang][i]);
			assert_hides(texts_for(&load("B")->consent, lang), never[lang][i]);
			assert_hides(texts_for(&load("C")->consent, lang), never[lang][i]);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_question_speaks_of_what_was_not_named),
		cmocka_unit_test(the_first_question_of_a_sectors_poster_names_the_sector),
		cmocka_unit_test(every_sector_has_its_words),
		cmocka_unit_test(the_privacy_page_promises_what_every_form_keeps),
		cmocka_unit_test(no_more_must_be_answered_than_the_privacy_page_says),
		cmocka_unit_test(the_privacy_page_says_what_words_can_hold),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, pages_done);
}
