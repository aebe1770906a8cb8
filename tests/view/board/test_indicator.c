/* The page of an indicator: honest about every number. */
#include "tests/view/board_pages.h"

static void
first_words_of_a_page_answer_its_question(void **state)
{
	char *html = indicator(LANG_ZH, "43"), *h1 = strstr(html, "<h1>"), *lead = strstr(html,
		"<p class=\"lead\">");

	(void)state;
	assert_true(h1 != NULL && lead != NULL && h1 < lead);
	assert_true(lead < strstr(html, "<h2>"));
	assert_true(strncmp(lead + 16, city.tracker.row[0].indicator->title, 4) != 0);
	assert_non_null(strstr(lead, "尚不能认定“连续三年提高”"));
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

/* A refused figure's number, however it got there, is nowhere on the page. */
static void
a_refused_figure_shows_its_reason_and_no_number(void **state)
{
	struct figure *year = (struct figure *)city.csi.year;
	struct figure kept = year[3];
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
	struct figure *year = (struct figure *)city.csi.year;
	struct figure kept = year[3];
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
	 * the sentence and in the table.  The open stream rises by 1.4 with se
	 * 0.39 and claims nothing. */
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
	struct figure part[FIXTURE_SECTORS];
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
	assert_non_null(strstr(out.s,
		"<section class=\"series open\"><h2>分行业 <small>2024 年 群众扫码（自愿参与）"));
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

		assert_null(strstr(text, c->rule->text));
		assert_non_null(strstr(text, c->reason.in[LANG_ZH]));
	}
	assert_non_null(strstr(text, "城市服务业满意度连续 3 年提高"));
	assert_non_null(strstr(text, "消费者投诉率连续 3 年递减"));
	assert_non_null(strstr(text, "服务业顾客满意度位居全国同级城市前列"));
	assert_non_null(strstr(text, "消费者投诉率低于全国平均水平"));
	assert_non_null(strstr(text, "条件一：下列各条，其中一项符合即可"));
	assert_non_null(strstr(text, "条件二：下列各条，其中一项符合即可"));
	assert_non_null(strstr(text, "综合判定：各组条件须同时满足"));
	assert_non_null(strstr(text, "三步中最弱的一步 p = 0.38"));
	assert_non_null(strstr(text, "2024 年 系统计算："));
	/* Literally: yes, no, unknown, unknown; the first condition yes, the second
	 * unknown, all unknown. */
	assert_int_equal(markup_count(table, "<span>符合</span>"), 2);
	assert_int_equal(markup_count(table, "<span>不符合</span>"), 1);
	assert_int_equal(markup_count(table, "<span>尚不能判断</span>"), 4);
	assert_int_equal(markup_count(table, "<b>尚不能认定</b>"), 2);
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
	assert_non_null(strstr(html, "第 12 名，共 46 个城市"));
	assert_non_null(strstr(html,
		"7be5a3380c6f1e27d94ab85c03e7716fd2a94b8e5510c3fa7768d21b9f2c41d0"));
	/* A rank never without its set. */
	assert_non_null(strstr(html, "第 8 名（考虑抽样误差，可能在第 4–13 名之间）"));
	assert_int_equal(markup_count(html, "名之间）"), FIXTURE_CITIES + 1);
	assert_non_null(strstr(html, ">大于 99%</td>"));	/* simulated: never sure */
	assert_null(strstr(html, ">100%<"));
	free(html);
}

/* Scores far apart leave one place: no "between 1 and 1". */
static void
a_set_of_one_place_is_that_place(void **state)
{
	struct rank_row kept = city.rank[0];
	char *html;

	(void)state;
	assert_int_equal(city.rank[0].rank, 1);
	city.rank[0].low = city.rank[0].high = 1;
	html = indicator(LANG_ZH, "40");
	assert_non_null(strstr(html, "第 1 名（考虑抽样误差仍是这一名）"));
	assert_null(strstr(html, "第 1–1 名"));
	free(html);
	city.rank[0] = kept;
}

static void
the_method_names_all_that_a_second_agency_needs(void **state)
{
	static const char *const need[] = { "抽样调查（电话、入户、邀请码）", "acsi-1-10",
		"logit 变换后的 t 区间，泰勒线性化方差，按性别、年龄、文化程度迭代比例加权，12"
		" 个行业等权合成",
		"<dd>性别、年龄、文化程度",
		"9f2c41d07be5a3380c6f1e27d94ab85c03e7716fd2a94b8e5510c3fa7768d21b",
		"e1c2b49d87a6f10b5c38e2974d6fa1c0283b7e5d914f66a80e2d914c6b7f5530", "王建国",
		"0.1.0", "manyi index --indicator 43 --json",
		"瓦房店市 18 岁及以上常住居民", "模拟的人口结构" };
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
	struct figure *year = (struct figure *)city.csi.year;
	struct figure kept = year[3];
	char *html;

	(void)state;
	year[3].estimate.method = "logit t, jackknife <2>, raked to sex shoesize";
	html = indicator(LANG_ZH, "43");
	assert_non_null(strstr(html,
		"logit 变换后的 t 区间，jackknife &lt;2&gt;，按性别、shoesize迭代比例加权"));
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
	assert_non_null(strstr(html, "（36.2%–41.0%）</span>，比上年 "));
	assert_non_null(strstr(html, "）</span>分，比上年 "));
	assert_non_null(strstr(html, "<b>38.6%</b>（36.2%–41.0%）"));
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

/* The line a rate is judged by stands in its drawing and its table; one that counts
 * something else is not drawn. */
static void
the_national_rate_is_drawn_and_listed(void **state)
{
	char *html = indicator(LANG_ZH, "43"), *section = strstr(html, "投诉率（置信区间）");

	(void)state;
	assert_non_null(section);
	*strstr(section, "</table>") = '\0';
	assert_non_null(strstr(section, "全国（件/万人）"));
	assert_non_null(strstr(section, ">18.20<"));
	assert_non_null(strstr(section, ">19.10<span class=\"note\">口径不可比"));
	free(html);
	html = indicator(LANG_ZH, "43");
	section = strstr(html, "<section class=\"series\"><h2>消费者投诉率");
	assert_non_null(section);
	*strstr(section, "</figure>") = '\0';
	assert_non_null(strstr(section, "全国平均"));
	/* 2021 and 2022; 2024 counts something else */
	assert_int_equal(markup_count(section, " r=\"3\""), 2);
	free(html);
}

static void
a_signed_standard_is_drawn_and_listed(void **state)
{
	struct series *s = &city.dimension_series[0];
	char *html, *many;

	(void)state;
	s->target = 75;
	html = indicator(LANG_ZH, "47");
	many = strstr(html, "各指数历年走势");
	*strstr(many, "</section>") = '\0';
	assert_int_equal(markup_count(many, ">标准 75</text>"), 1);
	assert_non_null(strstr(many, "审定的标准"));
	assert_int_equal(markup_count(many, ">75.0</td>"), FIXTURE_YEARS);
	free(html);
	s->target = NAN;
	html = indicator(LANG_ZH, "47");
	assert_null(strstr(html, "审定的标准"));
	free(html);
}

static void
both_readings_stand_under_the_verdict(void **state)
{
	struct track_row *row = (struct track_row *)track_find(&city.tracker, "43");
	struct words kept;
	char *html;

	(void)state;
	row->both = (struct words){ { "条文口径：符合 · 统计检验：尚不能认定",
		"Literal reading: met · statistical test: not confirmed" } };
	html = indicator(LANG_ZH, "43");
	assert_non_null(strstr(html, "条文口径：符合 · 统计检验：尚不能认定"));
	free(html);
	row->governs = GOVERNS_LITERAL;
	row->governs_by = "王市长";
	row->literal = TRUTH_TRUE;
	row->tested = TRUTH_UNKNOWN;
	html = indicator(LANG_ZH, "43");
	assert_non_null(strstr(html, "；以条文口径为准（王市长 审定）"));
	free(html);
	row->tested = TRUTH_TRUE;	/* nothing to decide */
	html = indicator(LANG_ZH, "43");
	assert_null(strstr(html, "以条文口径为准"));
	free(html);
	kept = row->reason;		/* which has it: not twice */
	row->reason = (struct words){ {
		"标准未定。条文口径：符合 · 统计检验：尚不能认定，以哪个为准尚未审定。", "" } };
	html = indicator(LANG_ZH, "43");
	assert_int_equal(markup_count(html, "条文口径：符合 · 统计检验：尚不能认定"), 1);
	free(html);
	row->reason = kept;
	row->both = (struct words){ { NULL, NULL } };
	row->governs = GOVERNS_UNSIGNED;
	row->governs_by = NULL;
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
	assert_null(strstr(html, "无法检验"));
	assert_null(strstr(html, "两者都列出"));
	free(html);
	clause[0].strength = kept;
}

static void
evidence_counts_and_states_are_said(void **state)
{
	char *html = indicator(LANG_ZH, "43");

	(void)state;
	assert_non_null(strstr(html, "共 4 件，已通过 2 件。"));
	assert_non_null(strstr(html, "<span class=\"mark file-returned\">"));
	assert_non_null(strstr(html, "已退回"));
	assert_non_null(strstr(html, "瓦商发〔2024〕37 号"));
	assert_non_null(strstr(html, " · 46 页</span></th>"));
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
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
		cmocka_unit_test(
			row_40_rests_on_the_outside_result_and_says_that_our_index_does_not_count),
		cmocka_unit_test(a_set_of_one_place_is_that_place),
		cmocka_unit_test(the_method_names_all_that_a_second_agency_needs),
		cmocka_unit_test(methods_unknown_to_the_page_are_named_as_they_came),
		cmocka_unit_test(many_series_share_one_scale_and_one_table),
		cmocka_unit_test(the_national_rate_is_drawn_and_listed),
		cmocka_unit_test(a_signed_standard_is_drawn_and_listed),
		cmocka_unit_test(both_readings_stand_under_the_verdict),
		cmocka_unit_test(what_an_agency_decides_needs_no_proof_of_ours),
		cmocka_unit_test(evidence_counts_and_states_are_said),
		cmocka_unit_test(an_unpublished_page_says_so),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
