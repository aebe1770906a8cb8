/* view/resident_form: what a person gets to see, screen by screen. */
#include "tests/view/resident/resident_page.h"

static const char *const ids[] = { "A", "B", "C" };

/* ---- whole pages ---- */

static void
every_form_is_whole_html_in_both_languages(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++)
		for (int k = 0; k < 16; k++) {
			struct resident_form page =
				page_of(load(ids[i]), k & 1 ? LANG_EN : LANG_ZH);

			page.frame.elder = k & 2;
			page.frame.demo = k & 4;
			page.sector = k & 8 ? "S04" : NULL;
			shown(&page);
		}
}

static size_t
bytes_of(const struct resident_form *page)
{
	struct text css = TEXT_INIT;
	size_t n, total = strlen(shown(page));

	resident_form_css(&css, page->form);
	total += css.n;
	text_clear(&css);
	resident_css(&n);
	total += n;
	resident_js(&n);
	return total + n;
}

static void
a_page_with_style_and_script_is_below_64_kb(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++)
		for (int lang = 0; lang < LANG_MAX; lang++) {
			struct resident_form page = page_of(load(ids[i]), lang);
			size_t bytes;

			page.frame.demo = page.frame.elder = true;
			bytes = bytes_of(&page);
			print_message("# form %s %s: %zu bytes\n", ids[i], lang_tag(lang), bytes);
			assert_true(bytes < 64 * 1024);
		}
}

static void
the_script_is_small_and_needs_no_new_browser(void **state)
{
	size_t n;
	const char *js = resident_js(&n);

	(void)state;
	assert_true(n < 13 * 1024);
	assert_hides(js, "=>");
	assert_hides(js, "let ");
	assert_hides(js, "const ");
	assert_hides(js, "`");
	assert_hides(js, "localStorage");
}

static void
nothing_comes_from_elsewhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct resident_form page = page_of(load(ids[i]), LANG_ZH);
		const char *html = shown(&page);

		assert_hides(html, "http:");
		assert_hides(html, "https:");
		assert_hides(html, "//");
		assert_hides(html, "@import");
	}
}

/* ---- consent ---- */

static void
long_forms_open_with_the_consent_and_two_equal_buttons(void **state)
{
	struct resident_form page = page_of(load("C"), LANG_ZH);
	const char *html, *first;

	(void)state;
	html = shown(&page);
	first = between(html, "<section class=\"p p1 now\"", "</section>");
	assert_shows(first, "自愿参加，不登录、不记名");
	assert_shows(first, "表号：瓦质调01表");
	assert_shows(first, "约 4 分钟");
	assert_shows(first, "没有识别您手机的标记");
	assert_hides(first, "{");
	assert_shows(first, "<a class=\"even\" href=\"#s2\">同意并开始</a>");
	assert_shows(first, "<a class=\"even\" href=\"/Q/7K3M9P?consent=no\">不参加</a>");
	assert_hides(first, "<fieldset");
	assert_hides(html, "{");
}

static void
facts_nobody_entered_are_blanks_to_fill(void **state)
{
	struct resident_form page = page_of(load("A"), LANG_ZH);
	const char *html;

	(void)state;
	page.frame.approval = NULL;
	page.frame.table_number = "";
	html = shown(&page);
	assert_shows(html, "表号：____");
	assert_shows(html, "批准文号：____");
}

static void
the_one_minute_form_takes_two_taps(void **state)
{
	struct resident_form page = page_of(load("B"), LANG_ZH);
	const char *first;

	(void)state;
	first = between(shown(&page), "<section class=\"p p1 now\"", "</section>");
	assert_int_equal(count(first, "<input type=radio name=level "), 5);
	assert_int_equal(count(first, "<fieldset"), 1);
	assert_shows(first, "<button class=\"main\" name=\"_consent\" value=\"yes\">提交</button>");
	/* The notice is there before the tap that gives it, costs none, and
	 * stands in no answer's way. */
	assert_true(strstr(first, "</fieldset>") < strstr(first, "已满 18 周岁"));
	assert_true(strstr(first, "已满 18 周岁") < strstr(first, "提交</button>"));
	assert_shows(first, "<details");
}

static void
the_one_minute_form_may_be_sent_from_every_screen(void **state)
{
	const struct form *form = load("B");
	struct resident_form page = page_of(form, LANG_ZH);

	(void)state;
	assert_int_equal(count(shown(&page), "name=\"_consent\" value=\"yes\""), form->screens);
}

/* ---- screens ---- */

static void
screens_are_numbered_and_lead_on_to_the_next(void **state)
{
	const struct form *form = load("C");
	struct resident_form page = page_of(form, LANG_ZH);
	const char *html = shown(&page);
	size_t steps = form->screens + 1;

	(void)state;
	assert_int_equal(count(html, "<section "), steps);
	for (size_t step = 1; step <= steps; step++) {
		const char *says = pool_fmt(&pool, "第 %zu 屏，共 %zu 屏", step, steps);
		const char *target = pool_fmt(&pool, "<span class=\"at\" id=\"s%zu\">", step);
		const char *next = pool_fmt(&pool, "href=\"#s%zu\">下一屏</a>", step);

		assert_int_equal(count(html, says), 2);		/* its name, and in view */
		assert_int_equal(count(html, target), 1);
		assert_int_equal(count(html, next), step > 2);
	}
	assert_int_equal(count(html, "<button class=\"main\" name=\"_consent\""), 1);
}

static void
exactly_one_screen_is_shown_at_first_and_nothing_is_chosen(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct resident_form page = page_of(load(ids[i]), LANG_ZH);
		const char *html = shown(&page);

		assert_int_equal(count(html, " now\""), 1);
		assert_shows(html, "<section class=\"p p1 now\"");
		assert_hides(html, "checked");
		assert_hides(html, "selected");
	}
}

static void
every_item_and_choice_of_the_form_is_on_the_page(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const struct form *form = load(ids[i]);
		struct resident_form page = page_of(form, LANG_ZH);
		const char *html = shown(&page);

		for (size_t k = 0; k < form->items; k++)
			for (size_t c = 0; c < form->item[k].choices; c++) {
				const char *button = pool_fmt(&pool, " name=%s value=%s",
					form->item[k].name, form->item[k].choice[c].name);

				if (count(html, pool_fmt(&pool, "%s>", button)) +
						count(html, pool_fmt(&pool, "%s ", button)) != 1)
					fail_msg("form %s: %s", ids[i], button);
			}
	}
}

static void
ten_points_stand_in_one_grid_with_both_ends_in_words(void **state)
{
	struct resident_form page = page_of(load("C"), LANG_ZH);
	const char *html = shown(&page), *ten, *apart;

	(void)state;
	html = between(html, "本市产品质量总体", "</fieldset>");
	assert_shows(html, "<span>1 很差</span> <span>10 很好</span>");
	ten = between(html, "<div class=\"opts ten\">", "</div>");
	assert_int_equal(count(ten, "<input type=radio name=P "), 10);
	apart = between(html, "<div class=\"opts apart\">", "</div>");
	assert_shows(apart, "value=98><b>不清楚");
	assert_shows(apart, "value=99><b>跳过</b>");
}

static void
every_question_that_need_not_be_answered_can_be_skipped(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const struct form *form = load(ids[i]);
		struct resident_form page = page_of(form, LANG_ZH);
		const char *html = shown(&page);

		for (size_t k = 0; k < form->items; k++) {
			const struct item *item = &form->item[k];
			const char *skip =
				pool_fmt(&pool, "type=radio name=%s value=99>", item->name);
			bool radio = item->kind != KIND_MULTI && item->choices > 1;

			assert_int_equal(count(html, skip), radio && !item->required);
		}
	}
}

static void
townships_stand_by_kind_with_their_word_over_them(void **state)
{
	struct resident_form page = page_of(load("A"), LANG_ZH);
	const char *html = between(shown(&page), "您住在哪个乡镇、街道", "</fieldset>");
	const char *street = strstr(html, ">街道</p>"), *town = strstr(html, ">镇</p>"),
		*country = strstr(html, ">乡</p>"), *apart = strstr(html, "opts apart");

	(void)state;
	assert_int_equal(count(html, "<input type=radio name=town value=2102810"), 11);
	assert_int_equal(count(html, "<input type=radio name=town value=2102811"), 13);
	assert_int_equal(count(html, "<input type=radio name=town value=2102812"), 8);
	assert_true(street < strstr(html, "新华街道") && strstr(html, "交流岛街道") < town);
	assert_true(town < strstr(html, "复州城镇") && strstr(html, "瓦窝镇") < country);
	assert_true(country < strstr(html, "赵屯乡") && strstr(html, "杨家满族乡") < apart);
	assert_true(apart < strstr(html, "外地，来访"));
}

static void
the_return_key_sends_nothing(void **state)
{
	struct resident_form page = page_of(load("C"), LANG_ZH);
	const char *html = shown(&page);

	(void)state;
	/* A form's default button is the first submit button in the tree; a
	 * disabled one stops it. */
	assert_ptr_equal(strstr(html, "<button"), strstr(html, "<button disabled hidden>"));
}

static void
the_envelope_is_there_once(void **state)
{
	struct resident_form page = page_of(load("B"), LANG_EN);
	const char *html = shown(&page);

	(void)state;
	assert_int_equal(count(html,
		"<input type=\"hidden\" name=\"_key\" value=\"0123456789abcdef\">"), 1);
	assert_int_equal(count(html, "<input type=\"hidden\" name=\"_t\" value=\"1716000000\">"),
		1);
	assert_int_equal(count(html, "<input type=\"hidden\" name=\"_lang\" value=\"en\">"), 1);
	assert_shows(html,
		"method=\"post\" action=\"/Q/7K3M9P\" accept-charset=\"utf-8\""
		" autocomplete=\"off\"");
	assert_shows(html, "name=\"_switch\" value=\"zh-CN\"");
}

/* ---- the place ---- */

/* A survey of the city is not about the place its code hangs at, which still tells the sector. */
static void
a_city_survey_is_called_by_its_name(void **state)
{
	struct resident_form page = page_of(load("C"), LANG_ZH);
	const char *html = shown(&page), *head = between(html, "<h1", "</header>");
	const char *consent = between(html, "<section class=\"p p1 now\"", "</section>");

	(void)state;
	assert_shows(head, "<small>您正在参加</small> 城市质量满意度调查</h1>");
	assert_hides(head, "您正在评价");
	assert_hides(head, "瓦房店市政务服务中心");
	assert_shows(consent, "扫码地点：<span lang=\"zh-CN\">瓦房店市政务服务中心");
	assert_shows(consent, "<a class=\"tool\" href=\"/Q/\">不是这里？</a>");
	assert_hides(html, "邀请码");
}

static void
a_ticket_is_explained_before_it_is_used(void **state)
{
	struct resident_form page = page_of(load("C"), LANG_ZH);
	const char *html;

	(void)state;
	page.frame.self = "/V/K7Q29XMP4TDC";
	page.site_name = page.window = NULL;
	page.ticket = true;
	html = shown(&page);
	assert_shows(html, "action=\"/V/K7Q29XMP4TDC\"");
	assert_shows(between(html, "<section class=\"p p1 now\"", "</section>"), "只能用一次");
	assert_hides(html, "不是这里");
	assert_hides(html, "_open");
	page.open = true;
	html = shown(&page);
	assert_shows(html, "name=\"_open\" value=\"yes\"");
	assert_shows(html, "您没有用邀请码");
	assert_hides(html, "只能用一次");
}

static void
the_place_is_on_top_with_a_way_out(void **state)
{
	struct resident_form page = page_of(load("B"), LANG_ZH);
	const char *html = shown(&page), *head = between(html, "<h1", "</header>");

	(void)state;
	assert_shows(head, "您正在评价");
	assert_shows(head, "瓦房店市政务服务中心");
	assert_shows(head, "3号窗口");
	assert_shows(head, "<a class=\"tool\" href=\"/Q/\">不是这里？</a>");
	page.site_name = page.window = NULL;
	html = shown(&page);
	assert_hides(html, "不是这里");
	assert_shows(html, "<h1 class=\"place\"><small>您正在参加</small> 现场一分钟评价</h1>");
}

static void
a_known_sector_is_shown_sent_and_not_asked(void **state)
{
	const struct form *form = load("A");
	struct resident_form page = page_of(form, LANG_ZH);
	const char *html;

	(void)state;
	page.sector = "S04";
	html = shown(&page);
	assert_shows(html, "服务类别：餐饮");
	assert_shows(html, "<input type=\"radio\" name=\"sector\" value=\"S04\" checked hidden>");
	assert_int_equal(count(html, "name=sector "), 0);
	assert_int_equal(count(html, "<section "), form->screens);
	assert_shows(html, "<legend>食品卫生让人放心吗？\n");
	assert_hides(html, "排队等候时间怎么样");
}

static void
a_sector_the_form_does_not_know_is_asked(void **state)
{
	struct resident_form page = page_of(load("A"), LANG_ZH);
	const char *html;

	(void)state;
	page.sector = "S99";
	html = shown(&page);
	assert_int_equal(count(html, "<input type=radio name=sector "), 13);
	assert_shows(html, "排队等候时间怎么样");
	page = page_of(load("B"), LANG_ZH);
	page.sector = "S04";
	assert_int_equal(count(shown(&page), "<input type=radio name=level "), 5);
}

/* ---- attacks ---- */

static void
markup_in_what_others_wrote_stays_words(void **state)
{
	static const char attack[] = "\"><script>alert(1)</script><img src=x onerror='a'>&";

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct pair pair[] = {
			{ "text", 4, attack, sizeof(attack) - 1 },
			{ "unaided", 7, attack, sizeof(attack) - 1 },
			{ "phone", 5, attack, sizeof(attack) - 1 },
			{ "level", 5, attack, sizeof(attack) - 1 },
		};
		struct answers typed = { .pair = pair, .pairs = 4 };
		struct resident_form page = page_of(load(ids[i]), LANG_ZH);
		const char *html;

		page.frame = (struct resident_frame){ .city = attack, .self = attack,
			.table_number = attack, .agency = attack, .approval = attack,
			.valid_until = attack, .processor = attack, .contact = attack };
		page.site_name = page.window = page.key = attack;
		page.typed = &typed;
		html = shown(&page);
		assert_hides(html, "<script>");
		assert_hides(html, "<img");
		assert_shows(html, "&quot;&gt;&lt;script&gt;alert(1)");
	}
}

static void
garbage_that_was_typed_leaves_a_whole_page(void **state)
{
	struct pair pair[] = {
		{ "text", 4, "a\0b", 3 }, { "text", 4, "\xff\xfe", 2 },
		{ "phone", 5, "\x01\x02", 2 }, { "", 0, "", 0 }, { "\xc3\x28", 2, "x", 1 },
		{ "sex", 3, "7", 1 }, { "sex", 3, "2", 1 }, { "sex\0", 4, "1", 1 },
		{ "reason", 6, "-1", 2 }, { "unaided", 7, "好\xe5\xa5", 5 },
		{ "aided", 5, "none", 4 }, { "level", 5, "5 ", 2 },
	};
	struct answers typed = { .pair = pair, .pairs = sizeof(pair) / sizeof(pair[0]) };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct resident_form page = page_of(load(ids[i]), LANG_EN);
		const char *html;

		page.typed = &typed;
		html = shown(&page);
		assert_int_equal(count(html, "name=sex value=2 checked"), 1);
		assert_int_equal(count(html, "name=sex value=1 checked"), 0);
		assert_int_equal(count(html, "name=level value=5 checked"), 0);
		if (i == 2)
			assert_shows(html, "value=\"好\"");
		if (i == 1)
			assert_shows(html, ">a</textarea>");
	}
}

/* ---- a mistake ---- */

static void
after_a_mistake_its_screen_opens_with_everything_typed(void **state)
{
	const struct form *form = load("B");
	struct pair pair[] = { { "level", 5, "2", 1 }, { "reason", 6, "21", 2 },
		{ "reason", 6, "24", 2 }, { "text", 4, "慢\r\n<慢>", 10 },
		{ "callback", 8, "2", 1 }, { "phone", 5, "12", 2 } };
	struct answers typed = { .pair = pair, .pairs = 6 };
	struct issue issue = { ISSUE_PHONE, form_item(form, "phone"), "phone" };
	struct resident_form page = page_of(form, LANG_ZH);
	const char *html, *call;

	(void)state;
	page.typed = &typed;
	page.issue = &issue;
	page.issues = 1;
	html = shown(&page);
	assert_shows(html, "还没有提交：有 1 处要改");
	assert_shows(html, "<a class=\"tool\" href=\"#s4\">去第 4 屏</a>");
	assert_shows(html, "<section class=\"p p4 now\"");
	call = between(html, "<section class=\"p p4 now\"", "</section>");
	assert_shows(call, "<fieldset class=\"q bad\"");
	assert_shows(call, " aria-describedby=\"e");
	assert_shows(call, issue_words(ISSUE_PHONE, LANG_ZH));
	assert_shows(call, "value=\"12\"");
	assert_shows(call, "name=callback value=2 checked");
	assert_shows(html, "name=level value=2 checked");
	assert_shows(html, "name=reason value=21 checked");
	assert_shows(html, "name=reason value=24 checked");
	assert_shows(html, ">慢\r\n&lt;慢&gt;</textarea>");
	assert_int_equal(count(html, " checked"), 4);
}

static void
each_faulty_screen_is_named_once_and_the_first_one_opens(void **state)
{
	const struct form *form = load("C");
	struct issue issue[] = {
		{ ISSUE_TOGETHER, form_item(form, "aided"), "aided" },
		{ ISSUE_MISSING, form_item(form, "resid"), "resid" },
		{ ISSUE_CHOICE, form_item(form, "used"), "used" },
		{ ISSUE_UNKNOWN, -1, "evil" },
	};
	struct resident_form page = page_of(form, LANG_EN);
	const char *html;

	(void)state;
	page.issue = issue;
	page.issues = 4;
	html = shown(&page);
	assert_shows(html, "4 answers need a change");
	assert_int_equal(count(html, ">Go to screen 10</a>"), 1);
	assert_int_equal(count(html, ">Go to screen 2</a>"), 1);
	assert_shows(html, "<section class=\"p p2 now\"");
	assert_int_equal(count(html, " now\""), 1);
	assert_int_equal(count(html, "class=\"q bad\""), 3);
	assert_shows(html, issue_words(ISSUE_UNKNOWN, LANG_EN));
	assert_hides(html, "evil");
}

static void
what_is_wrong_with_the_whole_is_said_on_top(void **state)
{
	struct issue issue = { ISSUE_UNKNOWN, -1, "x" };
	struct resident_form page = page_of(load("B"), LANG_ZH);
	const char *html;

	(void)state;
	page.issue = &issue;
	page.issues = 1;
	html = shown(&page);
	assert_shows(html, issue_words(ISSUE_UNKNOWN, LANG_ZH));
	assert_shows(html, "<section class=\"p p1 now\"");
}

/* ---- editions ---- */

static void
large_print_and_the_demo_banner_are_there_when_asked_for(void **state)
{
	struct resident_form page = page_of(load("C"), LANG_ZH);
	const char *html = shown(&page);

	(void)state;
	assert_shows(html, "id=\"big\" name=\"_elder\" value=\"1\" class=\"sr\">");
	assert_hides(html, "演示数据");
	page.frame.elder = page.frame.demo = true;
	html = shown(&page);
	assert_shows(html, "id=\"big\" name=\"_elder\" value=\"1\" class=\"sr\" checked>");
	assert_shows(html, "演示数据");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_is_whole_html_in_both_languages),
		cmocka_unit_test(a_page_with_style_and_script_is_below_64_kb),
		cmocka_unit_test(the_script_is_small_and_needs_no_new_browser),
		cmocka_unit_test(nothing_comes_from_elsewhere),
		cmocka_unit_test(long_forms_open_with_the_consent_and_two_equal_buttons),
		cmocka_unit_test(facts_nobody_entered_are_blanks_to_fill),
		cmocka_unit_test(the_one_minute_form_takes_two_taps),
		cmocka_unit_test(the_one_minute_form_may_be_sent_from_every_screen),
		cmocka_unit_test(screens_are_numbered_and_lead_on_to_the_next),
		cmocka_unit_test(exactly_one_screen_is_shown_at_first_and_nothing_is_chosen),
		cmocka_unit_test(every_item_and_choice_of_the_form_is_on_the_page),
		cmocka_unit_test(ten_points_stand_in_one_grid_with_both_ends_in_words),
		cmocka_unit_test(every_question_that_need_not_be_answered_can_be_skipped),
		cmocka_unit_test(townships_stand_by_kind_with_their_word_over_them),
		cmocka_unit_test(the_return_key_sends_nothing),
		cmocka_unit_test(the_envelope_is_there_once),
		cmocka_unit_test(a_city_survey_is_called_by_its_name),
		cmocka_unit_test(a_ticket_is_explained_before_it_is_used),
		cmocka_unit_test(the_place_is_on_top_with_a_way_out),
		cmocka_unit_test(a_known_sector_is_shown_sent_and_not_asked),
		cmocka_unit_test(a_sector_the_form_does_not_know_is_asked),
		cmocka_unit_test(markup_in_what_others_wrote_stays_words),
		cmocka_unit_test(garbage_that_was_typed_leaves_a_whole_page),
		cmocka_unit_test(after_a_mistake_its_screen_opens_with_everything_typed),
		cmocka_unit_test(each_faulty_screen_is_named_once_and_the_first_one_opens),
		cmocka_unit_test(what_is_wrong_with_the_whole_is_said_on_top),
		cmocka_unit_test(large_print_and_the_demo_banner_are_there_when_asked_for),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, pages_done);
}
