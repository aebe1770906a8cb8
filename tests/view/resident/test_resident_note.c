/* view/resident_note, _privacy: every page that is not the form. */
#include "tests/view/resident/resident_page.h"

#define RECEIPT "7K3M9PXQ2ABCD4EF"

/* The page in out, checked as HTML with one heading; starts the next one. */
static const char *
page(void)
{
	const char *html = pool_strdup(&pool, text_str(&out)), *fault = markup_fault(html);

	if (fault != NULL)
		fail_msg("%s in %s", fault, html);
	assert_int_equal(count(html, "<h1>"), 1);
	text_reset(&out);
	return html;
}

static void
thanks_give_a_receipt_in_groups_of_four(void **state)
{
	struct resident_frame frame = frame_in(LANG_ZH);
	const char *html;

	(void)state;
	resident_thanks(&out, &frame, RECEIPT, 28600000, (struct resident_end){ 0 });
	html = page();
	assert_shows(html, "<h1>谢谢您</h1>");
	assert_shows(html,
		"<span>7K3M</span> <span>9PXQ</span> <span>2ABC</span> <span>D4EF</span>");
	assert_shows(html, "href=\"/r/" RECEIPT "\"");
	/* 28600000 minutes after 1970 is 2024-05-18 02:40 in Greenwich (date -u -d @1716000000). */
	assert_shows(html, "2024-05-18 10:40");
	assert_shows(html, "不会提供给被评价的单位");
	assert_shows(html, "href=\"/Q/7K3M9P?lang=en\"");
	assert_hides(html, "不在这次调查的范围内");
	resident_thanks(&out, &frame, RECEIPT, 28600000,
		(struct resident_end){ .screened_out = true });
	assert_shows(page(), "不在这次调查的范围内");
}

static void
links_keep_language_and_edition(void **state)
{
	struct resident_frame frame = frame_in(LANG_EN);
	const char *html;

	(void)state;
	frame.elder = true;
	resident_declined(&out, &frame);
	html = page();
	assert_shows(html, "<a class=\"button\" href=\"/Q/7K3M9P?lang=en&amp;elder=1\">");
	assert_shows(html,
		"<a class=\"tool\" href=\"/Q/7K3M9P?lang=zh-CN&amp;elder=1\""
		" lang=\"zh-CN\">中文</a>");
	assert_shows(html, "href=\"/privacy?lang=en&amp;elder=1\"");
}

static void
declining_keeps_nothing_and_leads_back(void **state)
{
	struct resident_frame frame = frame_in(LANG_ZH);
	const char *html;

	(void)state;
	resident_declined(&out, &frame);
	html = page();
	assert_shows(html, "没有保存您的任何回答");
	assert_shows(html, "href=\"/Q/7K3M9P\"");
	assert_hides(html, "<form");
}

static void
every_note_says_what_and_offers_one_thing_to_do(void **state)
{
	(void)state;
	for (int note = 0; note < NOTE_MAX; note++)
		for (int k = 0; k < 4; k++) {
			struct resident_frame frame = frame_in(k & 1);
			const char *html;

			if (k & 2)
				frame.self = frame.city = NULL;
			resident_note(&out, &frame, note);
			html = between(page(), "<main class=\"note\">", "</main>");
			assert_int_equal(count(html, "class=\"button\""), 1);
			assert_true(count(html, "<p>") >= 1);
			assert_hides(html, "(null)");
		}
}

static void
a_wrong_code_warns_of_stickers_and_asks_again(void **state)
{
	struct resident_frame frame = frame_in(LANG_ZH);
	const char *html;

	(void)state;
	resident_note(&out, &frame, NOTE_BAD_CODE);
	html = page();
	assert_shows(html, "另贴了别的码");
	assert_shows(html, "<form method=\"get\" action=\"/Q/\"");
	resident_code_form(&out, &frame, NULL);
	assert_hides(page(), "role=\"alert\"");
	resident_code_form(&out, &frame, "7k3<\"");
	html = page();
	assert_shows(html, "role=\"alert\"");
	assert_shows(html, "name=\"code\" value=\"7k3&lt;&quot;\" aria-describedby=\"wrong hint\"");
}

static void
busy_keeps_everything_that_was_typed(void **state)
{
	struct resident_frame frame = frame_in(LANG_ZH);
	struct pair pair[] = { { "_key", 4, "abc", 3 }, { "text", 4, "多\r\n\"<行>", 11 },
		{ "reason", 6, "21", 2 }, { "reason", 6, "22", 2 }, { "bad", 3, "\xff", 1 },
		{ "nul", 3, "a\0b", 3 } };
	struct answers typed = { .pair = pair, .pairs = 6 };
	const char *html;

	(void)state;
	resident_busy(&out, &frame, &typed);
	html = page();
	assert_shows(html, "<form method=\"post\" action=\"/Q/7K3M9P\"");
	assert_shows(html, "name=\"_key\" value=\"abc\"");
	assert_shows(html, "name=\"text\" value=\"多\r\n&quot;&lt;行&gt;\"");
	assert_shows(html, "name=\"reason\" value=\"21\"");
	assert_shows(html, "name=\"reason\" value=\"22\"");
	assert_hides(html, "name=\"bad\"");
	assert_hides(html, "name=\"nul\"");
	assert_shows(html, "再交一次");
}

/* To be copied: all of it, as it was written, and nothing that was not answered. */
static void
too_late_shows_everything_that_was_answered(void **state)
{
	static const char body[] =
		"level=2&reason=21&reason=22&text=%E7%AC%AC%E4%B8%80%E8%A1%8C%0D%0A%09second+"
		"%3Cline%3E&callback=99&_key=late-key-00000001";
	struct resident_late late = { .frame = frame_in(LANG_ZH), .form = load("B"),
		.minute = 28600000 };
	struct answers typed;
	struct err err = { 0 };
	const char *html;

	(void)state;
	assert_int_equal(answers_parse(&typed, body, strlen(body), &pool, &err), 0);
	late.typed = &typed;
	for (int known = 1; known >= 0; known--, late.form = NULL) {
		resident_late(&out, &late);
		html = page();
		assert_shows(html, "2024-05-18 10:40");
		assert_shows(html, "<dd>第一行\r\n\tsecond &lt;line&gt;</dd>");
		assert_int_equal(count(html, "<dt>"), known ? 3 : 0);
		assert_int_equal(count(html, "<dd>"), known ? 4 : 1);
		assert_hides(html, "late-key-00000001");
	}
}

static void
a_receipt_is_there_lost_or_changed(void **state)
{
	struct resident_frame frame = frame_in(LANG_ZH);
	const char *html;

	(void)state;
	resident_receipt(&out, &frame, RECEIPT, 1, 28600000, 42, 100);
	html = page();
	assert_shows(html, "这份回答还在，没有改动");
	assert_shows(html, "第 42 份");
	assert_shows(html, "第 100 份");
	resident_receipt(&out, &frame, RECEIPT, 1, 28600000, 101, 100);
	assert_shows(page(), "等待下一次存证签名");
	/* the newest that is signed */
	resident_receipt(&out, &frame, RECEIPT, 1, 28600000, 100, 100);
	assert_hides(page(), "等待下一次存证签名");
	resident_receipt(&out, &frame, RECEIPT, 0, 0, 0, 0);
	html = page();
	assert_shows(html, "没有查到");
	assert_hides(html, "1970");
	resident_receipt(&out, &frame, RECEIPT, -1, 28600000, 0, 0);
	html = page();
	assert_shows(html, "和提交时不一样");
	assert_shows(html, "0411-85610000");
}

static void
a_receipt_of_any_characters_is_shown_whole(void **state)
{
	struct resident_frame frame = frame_in(LANG_EN);

	(void)state;
	resident_receipt(&out, &frame, "<b>回执\"", 0, 0, 0, 0);
	assert_shows(page(), "<span>&lt;b&gt;回</span> <span>执&quot;</span>");
	resident_receipt(&out, &frame, "", 0, 0, 0, 0);
	page();
	resident_receipt_form(&out, &frame, "<i>");
	assert_shows(page(), "name=\"receipt\" value=\"&lt;i&gt;\"");
}

static void
privacy_names_who_what_why_how_long_and_the_rights(void **state)
{
	static const char *const says[] = { "市场监督管理局", "0411-85610000", "表号：瓦质调01表",
		"认不出是谁", "15 个工作日内删除", "自愿参加", "撤回同意", "未满 18 周岁", "不收费",
		"不写入磁盘", "随机编号" };
	struct resident_frame frame = frame_in(LANG_ZH);
	const char *html;

	(void)state;
	resident_privacy(&out, &frame);
	html = page();
	for (size_t i = 0; i < sizeof(says) / sizeof(says[0]); i++)
		assert_shows(html, says[i]);
	assert_hides(html, "{");
	frame = frame_in(LANG_EN);
	frame.contact = NULL;
	resident_privacy(&out, &frame);
	html = page();
	assert_shows(html, "telephone ____");
	assert_hides(html, "{");
}

static void
a_ticket_that_cannot_be_used_is_explained_in_both_languages(void **state)
{
	struct resident_frame frame = frame_in(LANG_ZH);
	struct answers typed;
	struct err err = { 0 };
	const char *html;

	(void)state;
	frame.self = "/V/K7Q29XMP4TDC";
	for (int why = 0; why < RESIDENT_TICKETS; why++) {
		resident_ticket(&out, &frame, why, NULL, false);
		html = page();
		assert_shows(html, "lang=\"en\">");
		assert_shows(html, "action=\"/V/\"");
		assert_hides(html, "open=1");
	}
	resident_ticket(&out, &frame, RESIDENT_TICKET_USED, NULL, true);
	html = page();
	assert_shows(html, "href=\"/V/K7Q29XMP4TDC?open=1\"");
	assert_shows(html, "自愿参与，不代表全体");
	assert_int_equal(answers_parse(&typed, "P=7&_key=k&_r=8&unaided=%3Cb%3E", 31, &pool, &err),
		0);
	resident_ticket(&out, &frame, RESIDENT_TICKET_USED, &typed, true);
	html = page();
	assert_shows(html, "name=\"P\" value=\"7\"");
	assert_shows(html, "name=\"unaided\" value=\"&lt;b&gt;\"");
	assert_shows(html, "name=\"_open\" value=\"yes\"");
	assert_int_equal(count(html, "name=\"_r\""), 1);
	assert_shows(html, "name=\"_r\" value=\"9\"");
	resident_ticket_form(&out, &frame, "<i>");
	html = page();
	assert_shows(html, "value=\"&lt;i&gt;\"");
	assert_shows(html, "这不是完整的邀请码");
}

/* Whoever comes late did nothing wrong, and whoever took the wrong slip did not come late. */
static void
a_ticket_of_a_survey_that_is_over_is_not_called_anothers(void **state)
{
	struct resident_frame frame = frame_in(LANG_ZH);

	(void)state;
	frame.self = "/V/K7Q29XMP4TDC";
	resident_ticket(&out, &frame, RESIDENT_TICKET_CLOSED, NULL, false);
	assert_shows(text_str(&out), "<h1>这次调查现在不收答卷</h1>");
	assert_shows(text_str(&out), "邀请码没有错");
	assert_hides(page(), "不是这一次调查的");
	resident_ticket(&out, &frame, RESIDENT_TICKET_OTHER, NULL, false);
	assert_shows(text_str(&out), "<h1>这个邀请码不是这一次调查的</h1>");
	assert_hides(page(), "结束");
}

static void
the_demo_says_so_on_every_page(void **state)
{
	struct resident_frame frame = frame_in(LANG_ZH);
	struct answers none = { .pair = NULL, .pairs = 0 };
	size_t pages = 0;

	(void)state;
	frame.demo = true;
	resident_thanks(&out, &frame, RECEIPT, 0, (struct resident_end){ 0 });
	resident_declined(&out, &frame);
	for (int note = 0; note < NOTE_MAX; note++)
		resident_note(&out, &frame, note);
	resident_busy(&out, &frame, &none);
	resident_code_form(&out, &frame, NULL);
	resident_receipt_form(&out, &frame, NULL);
	resident_receipt(&out, &frame, RECEIPT, 1, 0, 0, 0);
	resident_privacy(&out, &frame);
	resident_ticket(&out, &frame, RESIDENT_TICKET_VOID, NULL, true);
	resident_ticket_form(&out, &frame, NULL);
	pages = count(text_str(&out), "<!DOCTYPE html>");
	assert_int_equal(pages, NOTE_MAX + 9);
	assert_int_equal(count(text_str(&out), "<p class=\"demo\" role=\"note\">演示数据"), pages);
	text_reset(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(thanks_give_a_receipt_in_groups_of_four),
		cmocka_unit_test(links_keep_language_and_edition),
		cmocka_unit_test(declining_keeps_nothing_and_leads_back),
		cmocka_unit_test(every_note_says_what_and_offers_one_thing_to_do),
		cmocka_unit_test(a_wrong_code_warns_of_stickers_and_asks_again),
		cmocka_unit_test(busy_keeps_everything_that_was_typed),
		cmocka_unit_test(too_late_shows_everything_that_was_answered),
		cmocka_unit_test(a_receipt_is_there_lost_or_changed),
		cmocka_unit_test(a_receipt_of_any_characters_is_shown_whole),
		cmocka_unit_test(privacy_names_who_what_why_how_long_and_the_rights),
		cmocka_unit_test(a_ticket_that_cannot_be_used_is_explained_in_both_languages),
		cmocka_unit_test(a_ticket_of_a_survey_that_is_over_is_not_called_anothers),
		cmocka_unit_test(the_demo_says_so_on_every_page),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, pages_done);
}
