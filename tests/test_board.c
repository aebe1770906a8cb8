/* Pages of the board: well made, honest about every number, whole in both languages. */
#include "tests/check.h"

#include "tests/board_fixture.h"
#include "tests/markup.h"
#include "view/board_words.h"

static struct fixture city;

static int
set_up(void **state)
{
	(void)state;
	fixture_fill(&city, check_path("data/indicators.tsv"),
	    check_path("tests/data/published_43.json"));
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	fixture_clear(&city);
	return 0;
}

/* ---- pages by name ---- */

static char *
indicator(enum lang lang, const char *id)
{
	struct board_frame frame = fixture_frame(lang, false);
	struct board_indicator page = fixture_page(&city, id);
	struct text out = TEXT_INIT;

	board_indicator(&out, &frame, &page);
	return out.s;
}

static char *
board(enum lang lang, const char *department, int standing)
{
	struct board_frame frame = fixture_frame(lang, false);
	struct board_filter filter = { department, standing };
	struct text out = TEXT_INIT;

	board_page(&out, &frame, &city.tracker, &filter);
	return out.s;
}

static char *
public_page(enum lang lang, const struct published_row published[], size_t n)
{
	struct board_frame frame = fixture_frame(lang, true);
	struct text out = TEXT_INIT;

	board_public(&out, &frame, &city.tracker, published, n);
	return out.s;
}

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
	case 12: board_fieldwork(&out, &staff, city.fieldwork, FIXTURE_FIELDWORK, NULL, 0); break;
	case 13: board_sites(&out, &staff, city.site, FIXTURE_SITES); break;
	case 14: board_login(&out, &open, LOGIN_WRONG, "wang"); break;
	case 15: board_password(&out, &staff, PASSWORD_DIFFER); break;
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

static bool
has_chinese(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s >= 0xe3 && (unsigned char)*s <= 0xe9)
			return true;
	return false;
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
every_tile_has_number_shape_word_and_evidence_mark(void **state)
{
	char *html = board(LANG_ZH, NULL, -1), *tile = html;
	size_t tiles = 0;

	(void)state;
	while ((tile = strstr(tile + 1, "<a class=\"tile is-")) != NULL) {
		char name[16], want[256], *end = strstr(tile, "</a>");
		const char *shape;

		sscanf(tile, "<a class=\"tile is-%15[a-z]", name);
		*end = '\0';
		snprintf(want, sizeof(want), "<use href=\"#%s\"/></svg><span>", name);
		shape = strstr(tile, want);
		assert_non_null(shape);
		assert_true(has_chinese(shape));
		assert_non_null(strstr(tile, "<use href=\"#file-"));
		assert_non_null(strstr(tile, "<span class=\"tip\">"));
		*end = '<';
		tiles++;
	}
	assert_int_equal(tiles, TRACK_ROWS);
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
	for (int s = 0; s < STANDING_MAX; s++) {
		if (city.tracker.count[s] == 0)
			continue;
		assert_non_null(strstr(text, standing_words((enum standing)s).in[LANG_ZH]));
		snprintf(want, sizeof(want), " %zu ", city.tracker.count[s]);
		assert_non_null(strstr(text, want));
	}
	free(text);
	free(html);
}

static void
all_fifty_two_titles_stand_in_the_list_verbatim(void **state)
{
	char *html = board(LANG_ZH, NULL, -1), *text = markup_text(strstr(html,
	    "<table class=\"list"), true);

	(void)state;
	for (size_t i = 0; i < city.tracker.rows; i++)
		assert_non_null(strstr(text, city.tracker.row[i].indicator->title));
	assert_int_equal(markup_count(html, "scope=\"rowgroup\""), 10);
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
		enum duty duty = track_duty(&city.tracker.row[i], "市商务局");

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
	    city.tracker.count[STANDING_MISSED]);
	assert_int_equal(markup_count(html, "<a class=\"tile is-missed"),
	    city.tracker.count[STANDING_MISSED]);
	assert_non_null(strstr(html, "<option value=\"missed\" selected>"));
	free(html);
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
		const struct indicator_row *row = city.tracker.row[i].indicator;

		duties += 1 + markup_count(row->lead, ";");
		if (*row->cooperate != '\0')
			duties += 1 + markup_count(row->cooperate, ";");
	}
	assert_int_equal(markup_count(out.s, "<a class=\"tile is-"), duties);
	text_clear(&out);
	pool_clear(&pool);
}

static void
first_words_of_a_page_answer_its_question(void **state)
{
	char *html = indicator(LANG_ZH, "43"), *h1 = strstr(html, "<h1>"), *lead = strstr(html,
	    "<p class=\"lead\">");

	(void)state;
	assert_true(h1 != NULL && lead != NULL && h1 < lead);
	assert_true(lead < strstr(html, "<h2>"));
	assert_true(strncmp(lead + 16, city.tracker.row[0].indicator->title, 4) != 0);
	assert_non_null(strstr(lead, "统计上未证实（p = 0.38）"));
	free(html);
}

static void
a_value_never_stands_without_its_interval(void **state)
{
	char *html = indicator(LANG_ZH, "43"), *value = html;
	size_t values = 0;

	(void)state;
	while ((value = strstr(value + 1, "<span class=\"value\">")) != NULL) {
		char *end = strstr(value, "</span>");
		const char *open = strstr(value, "（"), *close = strstr(value, "）");

		assert_true(open != NULL && close != NULL && open < close && close < end);
		*end = '\0';
		assert_true(strstr(open, "–") != NULL || strstr(open, " 至 ") != NULL);
		*end = '<';
		values++;
	}
	/* 12 yearly values, 9 changes, 3 sentences of two each, 11 sectors shown. */
	assert_int_equal(values, 12 + 9 + 6 + 11);
	free(html);
}

static void
the_table_under_a_line_has_n_beside_every_value(void **state)
{
	char *html = indicator(LANG_ZH, "43");

	(void)state;
	assert_non_null(strstr(html, ">2,210</td>"));
	assert_non_null(strstr(html, ">1,567</td>"));
	assert_non_null(strstr(html, ">1.41</td>"));
	assert_non_null(strstr(html, "data-label=\"登记件数\">1,083</td>"));
	free(html);
}

/* A refused measure's number, however it got there, is nowhere on the page. */
static void
a_refused_figure_shows_its_reason_and_no_number(void **state)
{
	struct measure *year = (struct measure *)city.csi.year;
	struct measure kept = year[3];
	char *html;

	(void)state;
	year[3].estimate = fixture_estimate(55.5555, 0.7, 2210, 1.41);
	year[3].err.code = ERR_REFUSED;
	snprintf(year[3].err.text, sizeof(year[3].err.text), "边际是占位数据，不公布");
	html = indicator(LANG_ZH, "43");
	assert_null(strstr(html, "55.5"));
	assert_null(strstr(html, "55.6"));
	assert_non_null(strstr(html, "— 边际是占位数据，不公布"));
	free(html);
	year[3] = kept;
}

static void
a_figure_below_the_limits_is_refused_even_without_an_error(void **state)
{
	struct measure *year = (struct measure *)city.csi.year;
	struct measure kept = year[3];
	char *html;

	(void)state;
	year[3].estimate = fixture_estimate(55.5555, 0.7, 60, 1.41);	/* n_eff 42.6 */
	html = indicator(LANG_ZH, "43");
	assert_null(strstr(html, "55.5"));
	assert_null(strstr(html, "55.6"));
	assert_non_null(strstr(html, "有效样本量不足 50"));
	free(html);
	year[3].estimate = fixture_estimate(NAN, NAN, 0, NAN);
	html = indicator(LANG_ZH, "43");
	assert_non_null(strstr(html, "— 没有定义"));
	assert_null(strstr(html, "nan"));
	free(html);
	year[3] = kept;
}

static void
a_change_across_a_hidden_year_is_hidden_too(void **state)
{
	char *html = indicator(LANG_ZH, "44"), *row = strstr(html, "<th scope=\"row\">2022</th>");

	(void)state;
	*strstr(row, "</tr>") = '\0';
	assert_non_null(strstr(row, "75.9"));
	assert_non_null(strstr(row, "data-label=\"比上年（区间）\">—</td>"));
	free(html);
}

static void
a_break_gives_its_reason_and_no_difference(void **state)
{
	char *html = indicator(LANG_ZH, "44"), *row = strstr(html, "<th scope=\"row\">2023</th>");

	(void)state;
	assert_non_null(strstr(html, "2022 → 2023 口径变化：问卷由 2022-1 改为 2023-1"));
	*strstr(row, "</tr>") = '\0';
	assert_non_null(strstr(row, "口径变化，不可比"));
	assert_null(strstr(row, "▲"));
	assert_null(strstr(row, "+0."));
	free(html);
}

static void
arrows_only_where_the_change_is_significant(void **state)
{
	char *html = indicator(LANG_ZH, "43");

	(void)state;
	/* Of nine steps one is significant: complaints of 2024 (z = -1.16 / 0.573 = -2.02), said in
	 * the sentence and in the table.  The open stream rises by 1.4 with se 0.39 and claims nothing. */
	assert_int_equal(markup_count(html, "▼ 显著下降"), 2);
	assert_int_equal(markup_count(html, "▲"), 0);
	assert_int_equal(markup_count(html, "↔ 无显著变化"), 3 + 1 + 2);
	free(html);
}

static void
the_open_stream_stands_apart_and_says_what_it_is_not(void **state)
{
	char *html = indicator(LANG_ZH, "43"), *open = strstr(html,
	    "<section class=\"series open\">");

	(void)state;
	assert_non_null(open);
	assert_true(open > strstr(html, "达标判定"));
	*strstr(open, "</section>") = '\0';
	assert_non_null(strstr(open, "自愿参与，不代表全体"));
	assert_non_null(strstr(open, "model-based"));
	assert_non_null(strstr(open, "模型推断区间"));
	assert_null(strstr(open, "置信区间"));
	assert_null(strstr(open, "显著"));
	assert_non_null(strstr(open, "<b>84.6"));
	*open = '\0';
	assert_null(strstr(html, "<b>84.6"));
	free(html);
}

static void
parts_of_the_open_stream_have_no_confidence_interval(void **state)
{
	struct board_frame frame = fixture_frame(LANG_ZH, false);
	struct board_indicator page = fixture_page(&city, "43");
	struct measure part[FIXTURE_SECTORS];
	struct text out = TEXT_INIT;

	(void)state;
	page.series_n = 0;
	board_indicator(&out, &frame, &page);
	assert_int_equal(markup_count(out.s, "数值（置信区间）"), 1 + 11);
	assert_null(strstr(out.s, "模型推断"));
	memcpy(part, page.domain, sizeof(part));
	for (size_t i = 0; i < FIXTURE_SECTORS; i++)
		part[i].stream = "open";
	page.domain = part;
	text_reset(&out);
	board_indicator(&out, &frame, &page);
	assert_null(markup_fault(out.s));
	assert_int_equal(markup_count(out.s, "数值（模型推断区间）"), 1 + 11);
	assert_null(strstr(out.s, "数值（置信区间）"));
	assert_non_null(strstr(out.s, "<section class=\"series open\"><h2>分行业 <small>2024 年 自愿填答"));
	assert_non_null(strstr(out.s, "自愿参与，不代表全体"));
	text_clear(&out);
}

static void
the_truth_table_of_43_has_both_conditions_and_four_clauses(void **state)
{
	char *html = indicator(LANG_ZH, "43"), *table = strstr(html, "<table class=\"clauses"),
	    *text;

	(void)state;
	*strstr(table, "</table>") = '\0';
	text = markup_text(table, true);
	for (size_t i = 0; i < 4; i++) {
		const struct clause *c = &track_find(&city.tracker, "43")->clause[i];

		assert_non_null(strstr(text, c->rule->text));
		assert_non_null(strstr(text, c->reason.in[LANG_ZH]));
	}
	assert_non_null(strstr(text, "条件一：下列任一条成立即可"));
	assert_non_null(strstr(text, "条件二：下列任一条成立即可"));
	assert_non_null(strstr(text, "三步中最弱的一步 p = 0.38"));
	/* Literally: yes, no, unknown, unknown; the first condition yes, the second unknown, all unknown. */
	assert_int_equal(markup_count(table, "<span>是</span>"), 2);
	assert_int_equal(markup_count(table, "<span>否</span>"), 1);
	assert_int_equal(markup_count(table, "<span>未知</span>"), 4);
	assert_int_equal(markup_count(table, "<b>未证实</b>"), 2);
	free(text);
	free(html);
}

static void
row_40_rests_on_the_outside_result_and_says_that_our_index_does_not_count(void **state)
{
	char *html = indicator(LANG_ZH, "40"), *judged = strstr(html, "达标判定");

	(void)state;
	assert_non_null(strstr(html, "只作自查对照"));
	assert_true(judged < strstr(html, "<section class=\"series\">"));
	assert_non_null(strstr(html, "第 12 位，共 46 个城市"));
	assert_non_null(strstr(html,
	    "7be5a3380c6f1e27d94ab85c03e7716fd2a94b8e5510c3fa7768d21b9f2c41d0"));
	/* A rank never without its set. */
	assert_non_null(strstr(html, "第 8 位（可能在第 4–13 位之间）"));
	assert_int_equal(markup_count(html, "位之间）"), FIXTURE_CITIES + 1);
	free(html);
}

static void
the_method_names_all_that_a_second_agency_needs(void **state)
{
	static const char *const need[] = { "抽样调查（电话、入户、凭票）", "acsi-1-10",
	    "logit 变换后的 t 区间，泰勒线性化方差，按性别、年龄、文化程度迭代加权，12 个行业等权合成",
	    "<dd>性别、年龄、文化程度",
	    "9f2c41d07be5a3380c6f1e27d94ab85c03e7716fd2a94b8e5510c3fa7768d21b",
	    "e1c2b49d87a6f10b5c38e2974d6fa1c0283b7e5d914f66a80e2d914c6b7f5530", "王建国", "0.1.0",
	    "manyi index --indicator 43 --json", "瓦房店市 18 岁及以上常住居民", "模拟边际" };
	char *html = indicator(LANG_ZH, "43"), *method = strstr(html, "<section class=\"method\">");

	(void)state;
	assert_non_null(strstr(method, "<details open>"));
	for (size_t i = 0; i < sizeof(need) / sizeof(*need); i++)
		assert_non_null(strstr(method, need[i]));
	free(html);
}

static void
methods_unknown_to_the_page_are_named_as_they_came(void **state)
{
	struct measure *year = (struct measure *)city.csi.year;
	struct measure kept = year[3];
	char *html;

	(void)state;
	year[3].estimate.method = "logit t, jackknife <2>, raked to sex shoesize";
	html = indicator(LANG_ZH, "43");
	assert_non_null(strstr(html,
	    "logit 变换后的 t 区间，jackknife &lt;2&gt;，按性别、shoesize迭代加权"));
	free(html);
	html = indicator(LANG_EN, "43");
	assert_non_null(strstr(html, "logit t, jackknife &lt;2&gt;, raked to sex, shoesize"));
	free(html);
	year[3] = kept;
}

static void
many_series_share_one_scale_and_one_table(void **state)
{
	char *html = indicator(LANG_ZH, "47"), *many = strstr(html, "各指数历年走势");

	(void)state;
	assert_true(many > strstr(html, "达标判定"));
	/* A share is no index: it stands by itself, in percent. */
	assert_non_null(strstr(html, "<b>38.6</b>（36.2–41.0）"));
	*strstr(many, "</section>") = '\0';
	assert_null(strstr(many, "38.6"));
	assert_int_equal(markup_count(many, "<svg class=\"chart\""), FIXTURE_DIMENSIONS);
	assert_int_equal(markup_count(many, "<table"), 1);
	assert_int_equal(markup_count(many, "scope=\"rowgroup\""), FIXTURE_DIMENSIONS);
	assert_int_equal(markup_count(many, "<span class=\"value\"><b>"), 4 * FIXTURE_DIMENSIONS);
	/* 71.1 (public administration, 73.0 - 1.96 * 0.9 = 71.2) to 79.7: the same axis on all. */
	assert_int_equal(markup_count(many, "纵轴从 70 起"), FIXTURE_DIMENSIONS);
	free(html);
}

static void
what_an_agency_decides_needs_no_proof_of_ours(void **state)
{
	struct clause *clause = (struct clause *)track_find(&city.tracker, "40")->clause;
	struct words kept = clause[0].strength;
	char *html;

	(void)state;
	clause[0].strength = (struct words){ { "居前 10 的概率 0.86", "P(rank <= 10) 0.86" } };
	html = indicator(LANG_ZH, "40");
	assert_non_null(strstr(html, "<b>供参考</b>"));
	assert_null(strstr(html, "无法判断"));
	assert_null(strstr(html, "二者都成立"));
	free(html);
	clause[0].strength = kept;
}

static void
evidence_counts_and_states_are_said(void **state)
{
	char *html = indicator(LANG_ZH, "43");

	(void)state;
	assert_non_null(strstr(html, "共 4 件，已通过 2 件。"));
	assert_non_null(strstr(html, "↩ 已退回"));
	assert_non_null(strstr(html, "瓦商发〔2024〕37 号"));
	assert_non_null(strstr(html, "<code>51ab0c77d2e9</code>"));
	free(html);
}

static void
an_unpublished_page_says_so(void **state)
{
	char *html = indicator(LANG_ZH, "47");

	(void)state;
	assert_non_null(strstr(html, "尚未公布"));
	assert_non_null(strstr(html, "尚未签发"));
	free(html);
}

static void
hostile_words_stay_words(void **state)
{
	static const char hostile[] = "\"><script>alert('x')</script>&lt;";
	struct track_row *row = (struct track_row *)track_find(&city.tracker, "43");
	struct indicator_row *indicator_row = (struct indicator_row *)row->indicator,
	    kept = *indicator_row;
	struct evidence_row file = { .title = hostile, .document_no = hostile, .date = hostile,
	    .period = hostile,
	    .state = hostile, .reviewer = hostile, .note = hostile, .sha256 = hostile };
	const struct evidence_row *kept_file = row->file;
	struct board_frame frame = fixture_frame(LANG_EN, false);
	struct board_filter all = { hostile, -1 };
	struct board_indicator page;
	struct text out = TEXT_INIT;

	(void)state;
	indicator_row->title = indicator_row->lead = indicator_row->cooperate = indicator_row->content = hostile;
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
	board_login(&out, &frame, LOGIN_WRONG, hostile);
	assert_null(markup_fault(out.s));
	assert_null(strstr(out.s, "<script"));
	text_clear(&out);
	*indicator_row = kept;
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
public_pages_lead_nowhere_inside(void **state)
{
	char *html = public_page(LANG_ZH, city.published, FIXTURE_PUBLISHED);

	(void)state;
	assert_null(strstr(html, "/desk/"));
	assert_null(strstr(html, "login"));
	assert_null(strstr(html, "_csrf"));
	assert_non_null(strstr(html, "href=\"/ledger\""));
	assert_non_null(strstr(html, "href=\"/privacy\""));
	free(html);
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
published_figures_keep_their_streams_apart(void **state)
{
	char *html = public_page(LANG_ZH, city.published, FIXTURE_PUBLISHED);
	char *sampled = strstr(html, "78.4</b>（77.0–79.7）"), *open = strstr(html,
	    "84.6</b>（84.1–85.1）"),
	    *caution = strstr(html, "自愿参与，不代表全体");

	(void)state;
	assert_true(sampled != NULL && open != NULL && caution != NULL);
	assert_true(sampled < caution && caution < open);
	assert_non_null(strstr(html, "— 有效样本量 32，不足 50，不公布"));
	assert_non_null(strstr(html, "王建国"));
	/* The newest in full, the two before it folded. */
	assert_int_equal(markup_count(html, "<section class=\"series\">"), 1);
	assert_int_equal(markup_count(html, "<h2><span class=\"no\">43</span>"), 1);
	assert_non_null(strstr(html, "<details><summary>以前公布的 2 个版本</summary>"));
	assert_int_equal(markup_count(html, "<h3><span class=\"no\">43</span>"), 2);
	assert_non_null(strstr(html, "第 2 版"));
	free(html);
}

/* Two years by one mapping make a line of two points; a third year by another does not join. */
static void
published_years_make_a_line_of_their_newest_versions(void **state)
{
#define YEAR(y, v, map) "{\"estimates\":[{\"form\":\"A\",\"index\":\"csi\",\"domain\":\"all\",\"stream\":" \
	"\"sampled\",\"year\":" #y ",\"value\":" #v ",\"low\":70,\"high\":80,\"level\":0.95,\"n\":900,\"n_eff\":800," \
	"\"deff\":1.1,\"mapping\":\"" map "\"}]}"
	const struct published_row row[] = {
		{ .indicator = "43", .year = 2021, .version = 1, .body = YEAR(2021, 71.25, "old"), .signed_by = "x" },
		{ .indicator = "43", .year = 2023, .version = 1, .body = YEAR(2023, 73.25, "m"), .signed_by = "x" },
		{ .indicator = "43", .year = 2023, .version = 2, .body = YEAR(2023, 74.75, "m"), .signed_by = "x" },
		{ .indicator = "43", .year = 2024, .version = 1, .body = YEAR(2024, 75.5, "m"), .signed_by = "x" },
	};
	char *html = public_page(LANG_ZH, row, 4), *chart = strstr(html, "<svg class=\"chart\"");

	(void)state;
	assert_null(markup_fault(html));
	assert_non_null(chart);
	*strstr(chart, "</figure>") = '\0';
	assert_int_equal(markup_count(chart, "<circle"), 2);
	assert_non_null(strstr(chart, ">74.8</text>"));
	assert_non_null(strstr(chart, ">75.5</text>"));
	free(html);
	html = public_page(LANG_ZH, row, 1);
	assert_null(strstr(html, "<svg class=\"chart\""));
	free(html);
}

static void
published_json_that_is_broken_or_bare_shows_no_number(void **state)
{
	const struct published_row bad[] = {
		{ .indicator = "40", .year = 2024, .version = 1, .body = "{", .provenance = "",
		    .signed_by = "" },
		{ .indicator = "43", .year = 2024, .version = 1, .provenance = "[]",
		    .signed_by = NULL,
		    .body = "{\"standing\":7,\"headline\":[],\"clauses\":{},\"estimates\":[{\"value\":66.6,\"n\":900,"
		    "\"n_eff\":800},{\"value\":66.6,\"low\":60,\"high\":70,\"n\":\"900\",\"n_eff\":800},{\"value\":66.6,"
		    "\"low\":60,\"high\":70,\"n\":900,\"n_eff\":49.9},3,null]}" },
		{ .indicator = "99", .year = 2024, .version = 1, .body = NULL, .provenance = NULL,
		    .signed_by = "x" },
	};
	char *html = public_page(LANG_ZH, bad, 3);

	(void)state;
	assert_null(markup_fault(html));
	assert_null(strstr(html, "66.6"));
	assert_null(strstr(html, "nan"));
	free(html);
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
	board_password(&out, &frame, PASSWORD_WRONG);
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
		{ LOGIN_WRONG, "用户名或密码不对" }, { LOGIN_SLOW_DOWN, "请等一分钟" },
		    { LOGIN_EXPIRED, "已过期" },
	};
	struct board_frame frame = fixture_frame(LANG_ZH, true);
	struct text out = TEXT_INIT;

	(void)state;
	board_login(&out, &frame, LOGIN_FRESH, NULL);
	assert_null(strstr(out.s, "role=\"alert\""));
	for (size_t i = 0; i < sizeof(trouble) / sizeof(*trouble); i++) {
		text_reset(&out);
		board_login(&out, &frame, trouble[i].state, "wang");
		assert_non_null(strstr(out.s, trouble[i].says));
		assert_non_null(strstr(out.s, "value=\"wang\""));
	}
	text_clear(&out);
}

static void
fieldwork_sums_each_wave_and_stream_by_itself(void **state)
{
	struct board_frame frame = fixture_frame(LANG_ZH, false);
	struct text out = TEXT_INIT;

	(void)state;
	board_fieldwork(&out, &frame, city.fieldwork, FIXTURE_FIELDWORK, NULL, 0);
	/* A 2024, open: 1204 + 987 + 655 + 871 answers, 88 + 41 + 12 + 19 flagged. */
	assert_non_null(strstr(out.s, ">3,717</td>"));
	assert_non_null(strstr(out.s, ">160</td>"));
	assert_null(strstr(out.s, ">5,953</td>"));	/* sampled and open together */
	/* The newest wave lies open, older ones are closed; sampled answers have no site to list. */
	assert_int_equal(markup_count(out.s, "<details open>"), 1);
	assert_int_equal(markup_count(out.s, "<details>"), 2);
	assert_null(strstr(out.s, "<section class=\"sampled\">"));
	assert_non_null(strstr(out.s, "<section class=\"open\">"));
	text_reset(&out);
	board_fieldwork(&out, &frame, NULL, 0, NULL, 0);
	assert_non_null(strstr(out.s, "还没有收到答卷"));
	text_clear(&out);
}

/* What came back of single-use tickets: AAPOR's RR1 counts every one that was not taken back. */
static void
fieldwork_tells_the_response_rate_of_tickets(void **state)
{
	static const struct board_ticket_row ticket[] = {
		{ .wave = "C-2026", .title = "城市质量满意度调查", .made = 1200, .used = 431, .taken_back = 200, .expired = 300 },
		{ .wave = "A-2026", .title = "", .made = 5, .taken_back = 5 },
	};
	struct board_frame frame = fixture_frame(LANG_ZH, false);
	struct text out = TEXT_INIT;

	(void)state;
	board_fieldwork(&out, &frame, NULL, 0, ticket, 2);
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

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_page_is_well_made_in_both_languages),
	cmocka_unit_test(every_word_exists_in_both_languages_with_the_same_holes),
	cmocka_unit_test(english_pages_hold_no_chinese_but_what_is_marked),
	cmocka_unit_test(chinese_pages_hold_no_english_word_of_ours),
	cmocka_unit_test(every_tile_has_number_shape_word_and_evidence_mark),
	cmocka_unit_test(summary_counts_every_row_once),
	cmocka_unit_test(all_fifty_two_titles_stand_in_the_list_verbatim),
	cmocka_unit_test(a_department_sees_its_rows_lead_before_cooperating),
	cmocka_unit_test(a_state_filter_leaves_only_that_state),
	cmocka_unit_test(every_duty_of_the_table_is_in_the_matrix),
	cmocka_unit_test(first_words_of_a_page_answer_its_question),
	cmocka_unit_test(a_value_never_stands_without_its_interval),
	cmocka_unit_test(the_table_under_a_line_has_n_beside_every_value),
	cmocka_unit_test(a_refused_figure_shows_its_reason_and_no_number),
	cmocka_unit_test(a_figure_below_the_limits_is_refused_even_without_an_error),
	cmocka_unit_test(a_change_across_a_hidden_year_is_hidden_too),
	cmocka_unit_test(a_break_gives_its_reason_and_no_difference),
	cmocka_unit_test(arrows_only_where_the_change_is_significant),
	cmocka_unit_test(the_open_stream_stands_apart_and_says_what_it_is_not),
	cmocka_unit_test(parts_of_the_open_stream_have_no_confidence_interval),
	cmocka_unit_test(the_truth_table_of_43_has_both_conditions_and_four_clauses),
	cmocka_unit_test(row_40_rests_on_the_outside_result_and_says_that_our_index_does_not_count),
	cmocka_unit_test(the_method_names_all_that_a_second_agency_needs),
	cmocka_unit_test(methods_unknown_to_the_page_are_named_as_they_came),
	cmocka_unit_test(many_series_share_one_scale_and_one_table),
	cmocka_unit_test(what_an_agency_decides_needs_no_proof_of_ours),
	cmocka_unit_test(evidence_counts_and_states_are_said),
	cmocka_unit_test(an_unpublished_page_says_so),
	cmocka_unit_test(hostile_words_stay_words),
	cmocka_unit_test(a_simulated_city_says_so_on_every_page_and_a_real_one_on_none),
	cmocka_unit_test(public_pages_lead_nowhere_inside),
	cmocka_unit_test(nobody_is_shown_a_door_that_will_not_open),
	cmocka_unit_test(published_figures_keep_their_streams_apart),
	cmocka_unit_test(published_years_make_a_line_of_their_newest_versions),
	cmocka_unit_test(published_json_that_is_broken_or_bare_shows_no_number),
	cmocka_unit_test(the_language_link_replaces_the_language_and_keeps_the_rest),
	cmocka_unit_test(forms_carry_their_token_and_no_password_comes_back),
	cmocka_unit_test(every_trouble_with_a_login_has_its_sentence),
	cmocka_unit_test(fieldwork_sums_each_wave_and_stream_by_itself),
	cmocka_unit_test(fieldwork_tells_the_response_rate_of_tickets),
	cmocka_unit_test(names_stand_before_codes),
	cmocka_unit_test(the_style_sheet_has_one_address_and_asks_nobody_else),
};

int
main(void)
{
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
