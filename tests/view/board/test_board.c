/* Pages of the board: well made, whole in both languages, the same for
 * everybody who may see them. */
#include "tests/view/board_pages.h"
#include "view/board/words.h"

enum { PAGES = 18 };

/* Page i of all, in a language; NULL past the end. */
static char *
any_page(size_t i, enum lang lang)
{
	struct board_frame staff = fixture_frame(lang, false), open = fixture_frame(lang, true);
	struct text out = TEXT_INIT;

	switch (i) {
	case 0: return board(lang, NULL, -1);
	case 1: return board(lang, "市商务局", -1);
	case 2: return board(lang, "市商务局", STANDING_MISSED);
	case 3: return board(lang, "没有这个部门", -1);
	case 4: return indicator(lang, "43");
	case 5: return indicator(lang, "40");
	case 6: return indicator(lang, "47");
	case 7: return indicator(lang, "27");
	case 8: return indicator(lang, "44");
	case 9: return public_page(lang, city.published, FIXTURE_PUBLISHED);
	case 10: return public_page(lang, NULL, 0);
	case 11: board_departments(&out, &staff, &city.tracker); break;
	case 12: board_fieldwork(&out, &staff, city.fieldwork, FIXTURE_FIELDWORK, NULL, 0, NULL, 0);
		break;
	case 13: board_sites(&out, &staff, city.site, FIXTURE_SITES); break;
	case 14: board_login(&out, &open, LOGIN_WRONG, 0, "wang"); break;
	case 15: board_password(&out, &staff, PASSWORD_DIFFER, 0); break;
	case 16: board_ledger(&out, &open, city.head, FIXTURE_HEADS, "d75a980182b10ab7"); break;
	case 17: board_message(&out, &open, (struct words){ { "没有", "None" } },
		(struct words){ { "请回到首页。", "Please go back." } }); break;
	default: return NULL;
	}
	return out.s;
}

static void
every_page_is_well_made_in_both_languages(void **state)
{
	(void)state;
	for (int lang = 0; lang < LANG_MAX; lang++)
		for (size_t i = 0; i < PAGES; i++) {
			char *html = any_page(i, (enum lang)lang);
			const char *fault = markup_fault(html);

			if (fault != NULL)
				fail_msg("page %zu in %s: %s", i, lang_tag((enum lang)lang), fault);
			assert_null(strstr(html, "<script"));
			free(html);
		}
}

static void
every_word_exists_in_both_languages_with_the_same_holes(void **state)
{
	(void)state;
	for (int w = 0; w < WORD_MAX; w++) {
		const char *zh = board_word((enum word)w, LANG_ZH), *en = board_word((enum word)w,
			LANG_EN);

		assert_non_null(zh);
		assert_non_null(en);
		assert_false(has_chinese(en));
		if (w != WORD_NOTHING && w != WORD_AXIS_STARTS)
			assert_true(*zh != '\0' && *en != '\0');
		for (const char *hole = "{1}"; hole != NULL; hole = hole[1] == '1' ? "{2}" : NULL)
			assert_int_equal(markup_count(zh, hole), markup_count(en, hole));
		/* board_fill() adds the words around a hole unescaped. */
		assert_null(strpbrk(zh, "<>&\""));
		assert_null(strpbrk(en, "<>&\""));
	}
}

/* Names inside drawings cannot be marked: they stand in the table, too. */
static void
drop_drawings(char *html)
{
	char *from, *to;

	while ((from = strstr(html, "<svg class=\"chart")) != NULL && (to = strstr(from,
			"</g></svg>")) != NULL)
		memmove(from, to + 10, strlen(to + 10) + 1);
}

static void
english_pages_hold_no_chinese_but_what_is_marked(void **state)
{
	(void)state;
	for (size_t i = 0; i < PAGES; i++) {
		char *html = any_page(i, LANG_EN), *text, *title = strstr(html, "<title>");

		memset(title, ' ', (size_t)(strstr(title, "</title>") - title) + 8);
		drop_drawings(html);
		text = markup_text(html, false);
		for (char *s = text; *s != '\0'; s++)
			if ((unsigned char)*s >= 0xe3 && (unsigned char)*s <= 0xe9)
				fail_msg("page %zu: %.80s", i, s);
		free(text);
		free(html);
	}
}

static void
chinese_pages_hold_no_english_word_of_ours(void **state)
{
	char *html = indicator(LANG_ZH, "43"), *text = markup_text(html, true);

	(void)state;
	assert_null(strstr(text, "interval"));
	assert_null(strstr(text, "sampled"));
	assert_null(strstr(text, "verdict"));
	free(text);
	free(html);
}

static void
summary_counts_every_row_once(void **state)
{
	char *html = board(LANG_ZH, NULL, -1), *end, *text;
	char want[64];

	(void)state;
	end = strstr(html, "<form class=\"filter\"");
	*end = '\0';
	text = markup_text(strstr(html, "<p class=\"summary\">"), true);
	assert_non_null(strstr(text, "共 52 项："));
	for (int s = 0; s < STANDING_MAX; s++) {
		if (track_count(&city.tracker, NULL, DUTY_NONE).state[s] == 0)
			continue;
		assert_non_null(strstr(text, standing_words((enum standing)s).in[LANG_ZH]));
		snprintf(want, sizeof(want), " %zu ",
			track_count(&city.tracker, NULL, DUTY_NONE).state[s]);
		assert_non_null(strstr(text, want));
	}
	free(text);
	free(html);
}

static void
a_department_sees_its_rows_lead_before_cooperating(void **state)
{
	char *html = board(LANG_ZH, "市商务局", -1), *lead, *helps;
	size_t leads = 0, cooperates = 0;

	(void)state;
	for (size_t i = 0; i < city.tracker.rows; i++) {
		enum duty duty = track_duty(&city.tracker, &city.tracker.row[i], "市商务局");

		leads += duty == DUTY_LEAD;
		cooperates += duty == DUTY_COOPERATE;
	}
	lead = strstr(html, "<h2>牵头</h2>");
	helps = strstr(html, "<h2>配合</h2>");
	assert_true(lead != NULL && helps != NULL && lead < helps);
	assert_int_equal(markup_count(helps, "<tr><th scope=\"row\">"), cooperates);
	assert_int_equal(markup_count(lead, "<tr><th scope=\"row\">"), leads + cooperates);
	assert_int_equal(markup_count(html, "<a class=\"tile is-"), leads + cooperates);
	free(html);
}

static void
a_state_filter_leaves_only_that_state(void **state)
{
	char *html = board(LANG_ZH, NULL, STANDING_MISSED);

	(void)state;
	assert_int_equal(markup_count(html, "<a class=\"tile is-"),
		track_count(&city.tracker, NULL, DUTY_NONE).state[STANDING_MISSED]);
	assert_int_equal(markup_count(html, "<a class=\"tile is-missed"),
		track_count(&city.tracker, NULL, DUTY_NONE).state[STANDING_MISSED]);
	assert_non_null(strstr(html, "<option value=\"missed\" selected>"));
	free(html);
}

/* Two lines, led and helped; the matrix says the same numbers. */
static void
a_department_leads_and_helps_in_two_lines(void **state)
{
	struct track_count lead = track_count(&city.tracker, "市商务局", DUTY_LEAD);
	struct track_count help = track_count(&city.tracker, "市商务局", DUTY_COOPERATE);
	struct board_frame frame = fixture_frame(LANG_ZH, false);
	char *html = board(LANG_ZH, "市商务局", -1), want[64];
	struct text out = TEXT_INIT;

	(void)state;
	assert_int_equal(markup_count(html, "<p class=\"summary\">"), 2);
	snprintf(want, sizeof(want), "<p class=\"summary\"><span>牵头 %zu 项", lead.rows);
	assert_non_null(strstr(html, want));
	snprintf(want, sizeof(want), "<p class=\"summary\"><span>配合 %zu 项", help.rows);
	assert_non_null(strstr(html, want));
	snprintf(want, sizeof(want), "佐证齐全 %zu · 佐证不全 %zu", lead.documented,
		lead.state[STANDING_MET] - lead.documented);
	assert_non_null(strstr(html, want));
	free(html);
	board_departments(&out, &frame, &city.tracker);
	snprintf(want, sizeof(want), "<b>配合 %zu 项</b>", help.rows);
	assert_non_null(strstr(strstr(text_str(&out), "市商务局"), want));
	text_clear(&out);
}

static void
every_duty_of_the_table_is_in_the_matrix(void **state)
{
	struct board_frame frame = fixture_frame(LANG_ZH, false);
	struct text out = TEXT_INIT;
	struct pool pool = POOL_INIT;
	const char **name;
	size_t duties = 0, n = track_departments(&city.tracker, &name, &pool);

	(void)state;
	board_departments(&out, &frame, &city.tracker);
	assert_int_equal(n, 21);
	assert_int_equal(markup_count(out.s, "<tr><th scope=\"row\">"), n + 1);
	for (size_t i = 0; i < city.tracker.rows; i++) {
		const struct indicator *row = city.tracker.row[i].indicator;

		duties += 1 + markup_count(row->lead, ";");
		if (*row->cooperate != '\0')
			duties += 1 + markup_count(row->cooperate, ";");
	}
	assert_int_equal(markup_count(out.s, "<a class=\"tile is-"), duties);
	text_clear(&out);
	pool_clear(&pool);
}

static void
hostile_words_stay_words(void **state)
{
	static const char hostile[] = "\"><script>alert('x')</script>&lt;";
	struct track_row *row = (struct track_row *)track_find(&city.tracker, "43");
	struct indicator *wording = (struct indicator *)row->indicator,
		kept = *wording;
	struct evidence_row file = { .title = hostile, .document_no = hostile, .date = hostile,
		.period = hostile,
		.state = hostile, .reviewer = hostile, .note = hostile, .sha256 = hostile };
	const struct evidence_row *kept_file = row->file;
	struct board_frame frame = fixture_frame(LANG_EN, false);
	struct board_filter all = { hostile, -1 };
	struct board_indicator page;
	struct text out = TEXT_INIT;

	(void)state;
	wording->title = wording->lead = wording->cooperate = wording->content = hostile;
	row->file = &file;
	row->files = 1;
	frame.user = frame.department = frame.city = frame.made = frame.csrf = hostile;
	frame.self = "/desk/?department=\"><script>";
	board_page(&out, &frame, &city.tracker, &all);
	assert_null(markup_fault(out.s));
	text_reset(&out);
	page = fixture_page(&city, "43");
	board_indicator(&out, &frame, &page);
	assert_null(markup_fault(out.s));
	text_reset(&out);
	board_login(&out, &frame, LOGIN_WRONG, 0, hostile);
	assert_null(markup_fault(out.s));
	assert_null(strstr(out.s, "<script"));
	text_clear(&out);
	*wording = kept;
	row->file = kept_file;
	row->files = 4;
}

static void
a_simulated_city_says_so_on_every_page_and_a_real_one_on_none(void **state)
{
	struct board_frame frame = fixture_frame(LANG_ZH, false);
	struct board_filter all = { NULL, -1 };
	struct text out = TEXT_INIT;

	(void)state;
	for (size_t i = 0; i < PAGES; i++) {
		char *html = any_page(i, LANG_ZH);

		assert_non_null(strstr(html, "<p class=\"demo\" role=\"note\"><b>演示数据</b>"));
		/* On paper, at the head and at the foot of every sheet. */
		assert_int_equal(markup_count(html, "<b>演示数据</b>"), 3);
		free(html);
	}
	frame.demo = false;
	board_page(&out, &frame, &city.tracker, &all);
	assert_null(strstr(out.s, "演示数据"));
	text_clear(&out);
}

static void
nobody_is_shown_a_door_that_will_not_open(void **state)
{
	static const struct { const char *role; bool fieldwork, sites; } role[] = {
		{ "admin", true, true }, { "analyst", true, true }, { "official", true, false },
		{ "auditor", true, false }, { "department", false, false },
	};
	struct board_frame frame = fixture_frame(LANG_ZH, false);
	struct text out = TEXT_INIT;

	(void)state;
	frame.department = "市商务局";
	for (size_t i = 0; i < sizeof(role) / sizeof(*role); i++) {
		frame.role = role[i].role;
		text_reset(&out);
		board_departments(&out, &frame, &city.tracker);
		assert_int_equal(strstr(out.s, "href=\"/desk/fieldwork\"") != NULL,
			role[i].fieldwork);
		assert_int_equal(strstr(out.s, "href=\"/desk/sites\"") != NULL, role[i].sites);
	}
	text_clear(&out);
}

static void
the_language_link_replaces_the_language_and_keeps_the_rest(void **state)
{
	char *html = indicator(LANG_ZH, "43");
	struct board_frame frame = fixture_frame(LANG_EN, false);
	struct text out = TEXT_INIT;

	(void)state;
	assert_non_null(strstr(html, "href=\"/desk/indicator/43?x=1&amp;lang=en\""));
	free(html);
	frame.self = "/desk/?lang=en";
	board_message(&out, &frame, (struct words){ { "a", "a" } }, (struct words){ { "b", "b" } });
	assert_non_null(strstr(out.s, "href=\"/desk/?lang=zh-CN\""));
	text_clear(&out);
}

static void
forms_carry_their_token_and_no_password_comes_back(void **state)
{
	struct board_frame frame = fixture_frame(LANG_ZH, false);
	struct text out = TEXT_INIT;

	(void)state;
	board_password(&out, &frame, PASSWORD_WRONG, 0);
	/* The form itself, and the one to log out. */
	assert_int_equal(markup_count(out.s, "name=\"_csrf\" value=\"0123456789abcdef\""), 2);
	assert_int_equal(markup_count(out.s, "type=\"password\""), 3);
	assert_null(strstr(out.s,
		"type=\"password\" autocomplete=\"new-password\" required value"));
	assert_non_null(strstr(out.s, "role=\"alert\">原密码不对"));
	text_clear(&out);
}

static void
every_trouble_with_a_login_has_its_sentence(void **state)
{
	static const struct { enum board_login state; const char *says; } trouble[] = {
		{ LOGIN_WRONG, "用户名或密码不对" }, { LOGIN_SLOW_DOWN, "请 7 分钟后再试" },
		{ LOGIN_CROWDED, "请稍候几秒" }, { LOGIN_EXPIRED, "已过期" },
	};
	struct board_frame frame = fixture_frame(LANG_ZH, true);
	struct text out = TEXT_INIT;

	(void)state;
	board_login(&out, &frame, LOGIN_FRESH, 0, NULL);
	assert_null(strstr(out.s, "role=\"alert\""));
	for (size_t i = 0; i < sizeof(trouble) / sizeof(*trouble); i++) {
		text_reset(&out);
		board_login(&out, &frame, trouble[i].state, 7, "wang");
		assert_non_null(strstr(out.s, trouble[i].says));
		assert_non_null(strstr(out.s, "value=\"wang\""));
	}
	text_clear(&out);
}

static void
fieldwork_sums_each_wave_and_stream_by_itself(void **state)
{
	static const char *const warning[] = {
		"A-2026 的批准有效期到 2026-12-31，还有 31 天 <script>" };
	struct board_frame frame = fixture_frame(LANG_ZH, false);
	struct text out = TEXT_INIT;

	(void)state;
	board_fieldwork(&out, &frame, city.fieldwork, FIXTURE_FIELDWORK, NULL, 0, NULL, 0);
	/* A 2024, open: 1204 + 987 + 655 + 871 answers, 88 + 41 + 12 + 19 flagged. */
	assert_non_null(strstr(out.s, ">3,717</td>"));
	assert_non_null(strstr(out.s, ">160</td>"));
	assert_null(strstr(out.s, ">5,953</td>"));	/* sampled and open together */
	/* The newest wave lies open, older ones are closed; sampled answers
	 * have no site to list. */
	assert_int_equal(markup_count(out.s, "<details open>"), 1);
	assert_int_equal(markup_count(out.s, "<details>"), 2);
	assert_null(strstr(out.s, "<section class=\"sampled\">"));
	assert_non_null(strstr(out.s, "<section class=\"open\">"));
	text_reset(&out);
	board_fieldwork(&out, &frame, NULL, 0, NULL, 0, warning, 1);
	assert_non_null(strstr(out.s, "还没有收到答卷"));
	assert_non_null(strstr(out.s, "A-2026 的批准有效期到 2026-12-31，还有 31 天"));
	assert_null(strstr(out.s, "<script>"));
	text_clear(&out);
}

/* What came back of single-use tickets: AAPOR's RR1 counts every one that was not taken back. */
static void
fieldwork_tells_the_response_rate_of_tickets(void **state)
{
	static const struct board_ticket_row ticket[] = {
		{ .wave = "C-2026", .title = "城市质量满意度调查", .made = 1200, .used = 431,
			.taken_back = 200, .expired = 300 },
		{ .wave = "A-2026", .title = "", .made = 5, .taken_back = 5 },
	};
	struct board_frame frame = fixture_frame(LANG_ZH, false);
	struct text out = TEXT_INIT;

	(void)state;
	board_fieldwork(&out, &frame, NULL, 0, ticket, 2, NULL, 0);
	assert_non_null(strstr(out.s, "城市质量满意度调查"));
	assert_non_null(strstr(out.s, ">1,200</td>"));
	assert_non_null(strstr(out.s, ">43.1%</td>"));	/* 431 of 1200 - 200 */
	assert_non_null(strstr(out.s, ">269</td>"));	/* still out: 1200 - 431 - 200 - 300 */
	assert_non_null(strstr(out.s, ">—</td>"));	/* none was handed out: no rate */
	text_clear(&out);
}

static void
names_stand_before_codes(void **state)
{
	struct board_frame frame = fixture_frame(LANG_ZH, false);
	struct text out = TEXT_INIT;

	(void)state;
	board_sites(&out, &frame, city.site, FIXTURE_SITES);
	assert_non_null(strstr(out.s, "公共服务 <small>S00</small>"));
	assert_non_null(strstr(out.s, "岭东街道 <small>210281001</small>"));
	text_clear(&out);
}

static void
the_style_sheet_has_one_address_and_asks_nobody_else(void **state)
{
	struct text path = TEXT_INIT;
	char *html = board(LANG_ZH, NULL, -1);
	const char *css;
	size_t n;

	(void)state;
	css = board_css(&n);
	assert_int_equal(strlen(css), n);
	board_css_path(&path);
	assert_int_equal(strspn(path.s + 3, "0123456789abcdef"), 16);
	assert_string_equal(path.s + 19, ".css");
	assert_non_null(strstr(html, path.s));
	assert_null(strstr(css, "http"));
	assert_null(strstr(css, "url("));
	assert_null(strstr(css, "@import"));
	assert_non_null(strstr(css, "size: A4"));
	assert_int_equal(markup_count(html, "http"), 0);
	text_clear(&path);
	free(html);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_page_is_well_made_in_both_languages),
		cmocka_unit_test(every_word_exists_in_both_languages_with_the_same_holes),
		cmocka_unit_test(english_pages_hold_no_chinese_but_what_is_marked),
		cmocka_unit_test(chinese_pages_hold_no_english_word_of_ours),
		cmocka_unit_test(summary_counts_every_row_once),
		cmocka_unit_test(a_department_sees_its_rows_lead_before_cooperating),
		cmocka_unit_test(a_state_filter_leaves_only_that_state),
		cmocka_unit_test(a_department_leads_and_helps_in_two_lines),
		cmocka_unit_test(every_duty_of_the_table_is_in_the_matrix),
		cmocka_unit_test(hostile_words_stay_words),
		cmocka_unit_test(a_simulated_city_says_so_on_every_page_and_a_real_one_on_none),
		cmocka_unit_test(nobody_is_shown_a_door_that_will_not_open),
		cmocka_unit_test(the_language_link_replaces_the_language_and_keeps_the_rest),
		cmocka_unit_test(forms_carry_their_token_and_no_password_comes_back),
		cmocka_unit_test(every_trouble_with_a_login_has_its_sentence),
		cmocka_unit_test(fieldwork_sums_each_wave_and_stream_by_itself),
		cmocka_unit_test(fieldwork_tells_the_response_rate_of_tickets),
		cmocka_unit_test(names_stand_before_codes),
		cmocka_unit_test(the_style_sheet_has_one_address_and_asks_nobody_else),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
