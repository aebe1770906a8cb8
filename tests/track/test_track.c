/* The board's rows with a series or a place: every verdict of 40 and 43,
 * through a real database. */
#include "tests/support/check.h"

#include "stats/dist.h"

#include "tests/track/board.h"

/* steps of +2.2 with a standard error near 0.36 */
static const int proven_rise[] = { 40, 120, 200, 280 };
static const int unproven_rise[] = { 200, 204, 208, 212 };	/* steps of +0.1 */
static const int late_fall[] = { 40, 120, 280, 276 };
static const int64_t rising[] = { 2000, 2200, 2400, 2600 };
static const int64_t barely_falling[] = { 2003, 2002, 2001, 2000 };

/* ---- 43 ---- */

static void
nothing_known_is_not_reported(void **state)
{
	struct db *db = board_open();

	(void)state;
	assert_standing(db, "43", STANDING_UNFILLED);
	assert_standing(db, "40", STANDING_AWAITING);
	assert_standing(db, "47", STANDING_UNSET);
	assert_standing(db, "44", STANDING_UNSET);
	assert_standing(db, "27", STANDING_JUDGED);
	assert_standing(db, "11.1", STANDING_UNFILLED);
	assert_standing(db, "11.2", STANDING_UNSET);
	assert_int_equal(board.rows, 52);
	assert_int_equal(count_of(STANDING_MET) + count_of(STANDING_MISSED) +
		count_of(STANDING_UNPROVEN), 0);
	assert_int_equal(count_of(STANDING_AWAITING) + count_of(STANDING_JUDGED), 2);
	assert_int_equal(count_of(STANDING_UNSET) + count_of(STANDING_UNFILLED), 50);
	city_close(db);
}

static void
rises_that_are_proven_meet_the_first_half(void **state)
{
	struct db *db = board_open();
	const struct track_row *row;

	(void)state;
	years_a(db, 2021, proven_rise, 4);
	complaints(db, rising, 4, 40);	/* rate 32.5 below 40 for certain */
	assert_standing(db, "43", STANDING_MET);
	row = track_find(&board, "43");
	assert_int_equal(row->clause[0].literal, TRUTH_TRUE);
	assert_int_equal(row->clause[0].proven, TRUTH_TRUE);
	assert_int_equal(row->clause[1].standing, STANDING_MISSED);
	assert_int_equal(row->clause[2].standing, STANDING_UNSET);
	assert_int_equal(row->clause[3].standing, STANDING_MET);
	assert_int_equal(row->literal, TRUTH_TRUE);
	assert_says(&row->headline, "2024 年服务业满意度 85.6（");
	assert_says(&row->headline,
		"比上年 +2.2，上升超出抽样误差；四年数字逐年上升，涨幅超出抽样误差，"
		"可以认定“连续三年提高”。");
	assert_int_equal(board.year, 2024);
	city_close(db);
}

/* Each step by hand from its two years; returns the largest p, the one that decides. */
static double
check_steps(const struct series *s)
{
	double p = 0;

	assert_int_equal(s->years, 4);
	assert_int_equal(s->rises, 3);
	for (size_t i = 0; i < 3; i++) {
		double a = s->year[i].estimate.se, b = s->year[i + 1].estimate.se;
		double d = s->year[i + 1].estimate.value - s->year[i].estimate.value,
			se = sqrt(a * a + b * b);
		double df = se * se * se * se / (a * a * a * a / (N - 1) + b * b * b * b / (N - 1));

		assert_close(d, 100.0 * 4 / N / 9, 1e-11);
		assert_close(s->step[i].difference.se, se, 1e-12);
		assert_close(s->step[i].difference.df, df, 1e-12);
		assert_close(s->step[i].p_up, dist_t_upper(d / se, df), 1e-12);
		p = fmax(p, s->step[i].p_up);
	}
	assert_close(s->iut_up, p, 0);
	return p;
}

/* The sentence of LOOK.md, with this city's numbers. */
static void
rises_that_are_not_proven_are_said_to_be_so(void **state)
{
	struct db *db = board_open();
	const struct track_row *row;
	char want[400];
	double p;

	(void)state;
	years_a(db, 2021, unproven_rise, 4);
	complaints(db, rising, 4, 40);
	assert_standing(db, "43", STANDING_UNSET);
	assert_says(&track_find(&board, "43")->both, "条文口径：符合 · 统计检验：尚不能认定");
	row = track_find(&board, "43");
	p = check_steps(row->clause[0].series);
	assert_says(&row->headline,
		"比上年 +0.1，在抽样误差之内；四年数字逐年上升，但涨幅未超出抽样误差，"
		"尚不能认定“连续三年提高”。");
	assert_null(strstr(row->headline.in[LANG_ZH], "p = "));	/* p is for the table */
	snprintf(want, sizeof(want), "尚不能认定（p = %.2f，", p);
	assert_says(&row->clause[0].strength, want);
	assert_non_null(strstr(row->headline.in[LANG_EN],
		"“three rises in a row” is not confirmed"));
	assert_int_equal(row->clause[0].literal, TRUTH_TRUE);
	assert_int_equal(row->clause[0].proven, TRUTH_FALSE);
	assert_int_equal(row->clause[0].standing, STANDING_UNSET);
	city_close(db);
}

static void
a_fall_with_no_other_way_is_missed(void **state)
{
	struct db *db = board_open();
	const struct track_row *row;

	(void)state;
	years_a(db, 2021, late_fall, 4);
	complaints(db, rising, 4, 40);
	assert_standing(db, "43", STANDING_MISSED);
	row = track_find(&board, "43");
	assert_int_equal(row->clause[0].literal, TRUTH_FALSE);
	assert_int_equal(row->literal, TRUTH_FALSE);
	assert_says(&row->headline, "没有逐年上升，不符合“连续三年提高”");
	city_close(db);
}

static void
complaints_are_the_other_way(void **state)
{
	struct db *db = board_open();

	(void)state;
	years_a(db, 2021, late_fall, 4);
	complaints(db, falling, 4, 40);
	assert_standing(db, "43", STANDING_MET);
	complaints(db, barely_falling, 4, 40);	/* a fall of one a year proves nothing */
	assert_standing(db, "43", STANDING_UNSET);
	governs(db, "43", "statistical");
	assert_standing(db, "43", STANDING_UNPROVEN);
	governs(db, "43", "literal");
	assert_standing(db, "43", STANDING_MET);
	city_close(db);
}

static void
the_second_half_needs_a_signature_or_a_lower_rate(void **state)
{
	struct db *db = board_open();

	(void)state;
	years_a(db, 2021, proven_rise, 4);
	complaints(db, rising, 4, 20);	/* above the national rate */
	assert_standing(db, "43", STANDING_UNSET);
	external(db, "43", 2024, 5, "");
	assert_standing(db, "43", STANDING_UNSET);
	threshold(db, "43", 3, "10", "2023-01-01");
	assert_standing(db, "43", STANDING_MET);
	external(db, "43", 2024, 11, "");
	assert_standing(db, "43", STANDING_MISSED);
	complaints(db, rising, 4, 33);	/* 32.5 below 33: literally, not for certain */
	assert_standing(db, "43", STANDING_UNSET);
	assert_says(&track_find(&board, "43")->headline,
		"低于全国的 33.0 件，但差距未超出随机波动，尚不能认定");
	complaints(db, rising, 4, NAN);
	assert_standing(db, "43", STANDING_UNFILLED);
	city_close(db);
}

/* p < 0.05 is no policy: which reading decides is signed, by name, and the
 * last signature counts. */
static void
a_leader_signs_which_reading_governs(void **state)
{
	struct db *db = board_open();
	const struct track_row *row;

	(void)state;
	years_a(db, 2021, unproven_rise, 4);
	complaints(db, rising, 4, 40);
	assert_standing(db, "43", STANDING_UNSET);
	row = track_find(&board, "43");
	assert_int_equal(row->literal, TRUTH_TRUE);
	assert_int_equal(row->tested, TRUTH_UNKNOWN);
	assert_true(row->clause[0].differ && !row->clause[3].differ);
	assert_says(&row->clause[0].reason, "以哪个为准尚未审定");
	assert_int_equal(row->governs, GOVERNS_UNSIGNED);
	assert_says(&row->reason, "以哪个为准尚未审定");
	governs(db, "43", "literal");
	assert_standing(db, "43", STANDING_MET);
	row = track_find(&board, "43");
	assert_string_equal(row->governs_by, "张三");
	assert_string_equal(row->governs_date, "2024-01-01");
	assert_says(&row->both, "条文口径：符合 · 统计检验：尚不能认定");
	assert_says(&row->clause[0].reason, "以条文口径为准（张三 于 2024-01-01 审定）");
	governs(db, "43", "statistical");
	assert_standing(db, "43", STANDING_UNPROVEN);
	assert_says(&track_find(&board, "43")->both, "条文口径：符合 · 统计检验：尚不能认定");
	city_close(db);
}

static void
readings_that_agree_need_no_signature(void **state)
{
	struct db *db = board_open();
	const struct track_row *row;

	(void)state;
	years_a(db, 2021, proven_rise, 4);
	complaints(db, rising, 4, 40);
	assert_standing(db, "43", STANDING_MET);
	row = track_find(&board, "43");
	assert_says(&row->both, "条文口径：符合 · 统计检验：认定");
	assert_string_equal(row_of(db, "1")->both.in[LANG_ZH], "");
	city_close(db);
}

static void
a_criterion_is_refused_where_it_decides_nothing(void **state)
{
	struct criterion_row c = { .indicator = "33", .name = "governs", .value = "literal",
		.signed_by = "张三", .date = "2024-01-01", .who = "office" };
	struct db *db = board_open();
	struct err err = { 0 };

	(void)state;
	assert_int_equal(track_check_criterion(db, &c, &err), -1);
	assert_int_equal(err.code, ERR_REFUSED);
	c.indicator = "43";
	must(track_check_criterion(db, &c, oops));
	c.value = "both";
	assert_int_equal(track_check_criterion(db, &c, NULL), -1);
	c.value = "statistical";
	c.signed_by = " ";
	assert_int_equal(track_check_criterion(db, &c, NULL), -1);
	c.signed_by = "张三";
	c.date = "2024-13-01";
	assert_int_equal(track_check_criterion(db, &c, NULL), -1);
	city_close(db);
}

/* 12345 added to 12315, reports counted in, or nobody knows: lower is not lower. */
static void
a_rate_of_another_definition_is_not_compared(void **state)
{
	static const char *const other[] = { "12315+12345", "12315+举报", "" };
	struct complaint_row row = { .year = 2024, .registered = 1000, .residents = 800000,
		.national_per_10000 = 40, .source = "12315", .date = "2024-06-01", .break_note = "",
		.definition = "12315" };
	struct db *db = board_open();
	const struct track_row *of;

	(void)state;
	years_a(db, 2021, proven_rise, 4);
	complaints(db, rising, 4, 40);
	assert_standing(db, "43", STANDING_MET);
	for (size_t i = 0; i < 3; i++) {
		row.national_definition = other[i];
		must(db_put_complaints(db, &row, 1, "office", 2, oops));
		assert_standing(db, "43", STANDING_UNPROVEN);
		of = track_find(&board, "43");
		assert_int_equal(of->clause[3].literal, TRUTH_UNKNOWN);
		assert_int_equal(of->clause[3].standing, STANDING_UNPROVEN);
		assert_says(&of->clause[3].reason, "口径不可比");
		assert_false(of->clause[3].series->comparable[3]);
		assert_true(of->clause[3].series->comparable[2]);
	}
	row.national_definition = "12315";
	must(db_put_complaints(db, &row, 1, "office", 3, oops));
	assert_standing(db, "43", STANDING_MET);
	city_close(db);
}

static void
a_count_of_something_else_breaks_the_series(void **state)
{
	struct complaint_row row = { .year = 2024, .registered = 900, .residents = 800000,
		.national_per_10000 = 40, .source = "12315", .date = "2024-06-01", .break_note = "",
		.definition = "12315+12345", .national_definition = "12345+12315" };
	struct db *db = board_open();
	const struct clause *c;

	(void)state;
	complaints(db, falling, 4, 40);
	c = row_of(db, "43")->clause;
	assert_int_equal(c[1].literal, TRUTH_TRUE);
	must(db_put_complaints(db, &row, 1, "office", 2, oops));
	c = row_of(db, "43")->clause;
	assert_int_equal(c[1].literal, TRUTH_UNKNOWN);
	assert_true(c[1].series->step[2].broken);
	assert_says(&c[1].reason, "统计口径改变");
	assert_true(c[3].series->comparable[3]);	/* in another order, the same */
	city_close(db);
}

static void
three_waves_are_two_steps(void **state)
{
	struct db *db = board_open();
	const struct track_row *row;

	(void)state;
	years_a(db, 2022, proven_rise, 3);
	complaints(db, rising, 4, 40);
	assert_standing(db, "43", STANDING_UNPROVEN);
	row = track_find(&board, "43");
	assert_int_equal(row->clause[0].literal, TRUTH_UNKNOWN);
	assert_says(&row->clause[0].reason, "要有 4 个年度的数据，现有 3 个");
	city_close(db);
	db = board_open();
	years_a(db, 2022, late_fall + 1, 3);	/* with a fall in sight no fourth wave can help */
	complaints(db, rising, 4, 40);
	assert_standing(db, "43", STANDING_MISSED);
	city_close(db);
}

static void
no_claim_goes_across_a_break(void **state)
{
	struct db *db = board_open();
	const struct track_row *row;

	(void)state;
	years_a(db, 2021, proven_rise, 2);
	year_a(db, 2023, 200, N, "改为电话调查");
	year_a(db, 2024, 280, N, "");
	complaints(db, rising, 4, 40);
	assert_standing(db, "43", STANDING_UNPROVEN);
	row = track_find(&board, "43");
	assert_says(&row->clause[0].reason, "2023 年起序列中断（改为电话调查）");
	assert_true(isnan(row->clause[0].series->iut_up));
	assert_true(row->clause[0].series->step[1].broken);
	assert_false(row->clause[0].series->step[1].significant);
	assert_int_equal(row->clause[0].series->rises, 1);
	city_close(db);
}

static void
a_missing_year_is_a_break(void **state)
{
	struct db *db = board_open();
	const struct track_row *row;

	(void)state;
	year_a(db, 2020, 40, N, "");
	year_a(db, 2022, 120, N, "");
	year_a(db, 2023, 200, N, "");
	year_a(db, 2024, 280, N, "");
	assert_standing(db, "43", STANDING_UNFILLED);
	row = track_find(&board, "43");
	assert_true(row->clause[0].series->step[0].broken);
	assert_int_equal(row->clause[0].literal, TRUTH_UNKNOWN);
	city_close(db);
}

static void
voluntary_answers_decide_nothing(void **state)
{
	struct db *db = board_open();
	const struct form *form;
	const struct track_row *row;

	(void)state;
	form = city_form(db, "A");
	for (int y = 2021; y <= 2024; y++) {
		struct wave w = city_wave(form, y);

		must(db_put_wave(db, &w, oops));
		must(db_begin(db, oops));
		for (int i = 0; i < N; i++) {
			const char *x = i < proven_rise[y - 2021] ? "9" : "8";
			struct city_value v[] = { { "sector", "\"S01\"" }, { "sat", x },
				{ "sat_exp", x }, { "sat_ideal", x } };
			struct response_row r = { .wave = w.id, .stream = "open",
				.answers = city_answers(form, v, 4) };

			city_row(db, &r);
		}
		must(db_commit(db, oops));
		close_wave(db, &w);
	}
	complaints(db, rising, 4, 40);
	assert_standing(db, "43", STANDING_UNFILLED);
	row = track_find(&board, "43");
	assert_int_equal(row->clause[0].literal, TRUTH_UNKNOWN);
	assert_says(&row->headline, "还没有抽样的服务业满意度数据");
	assert_says(&row->headline, "不代表全体），不作判定依据");
	city_close(db);
}

/* ---- 40 ---- */

static void
an_index_of_our_own_never_meets_40(void **state)
{
	struct db *db = board_open();
	const struct track_row *row;

	(void)state;
	year_a(db, 2024, N, N, "");
	reading(db, "40", 1, 2024, "1");	/* typed past the check: counts for nothing */
	assert_standing(db, "40", STANDING_AWAITING);
	external(db, "40", 2023, 1, "资质证 001");	/* a place of another year */
	assert_standing(db, "40", STANDING_AWAITING);
	assert_says(&track_find(&board, "40")->reason, "没有 2024 年的数");
	external(db, "40", 2024, 7, "");
	assert_standing(db, "40", STANDING_AWAITING);
	assert_says(&track_find(&board, "40")->reason, "资质");
	external(db, "40", 2024, 7, "资质证 001");
	assert_standing(db, "40", STANDING_MET);
	row = track_find(&board, "40");
	assert_int_equal(row->external->rank, 7);
	assert_says(&row->headline, "第 7 名，共 20 个城市");
	external(db, "40", 2024, 11, "资质证 001");
	assert_standing(db, "40", STANDING_MISSED);
	city_close(db);
}

/* Twelve peers a point apart. */
static void
put_peers(struct db *db, struct peer_row peer[12])
{
	for (size_t i = 0; i < 12; i++)
		peer[i] = (struct peer_row){ .indicator = "40", .year = 2024,
			.city = pool_fmt(&city_pool, "城市%02zu", i), .score = 85 - (double)i,
			.se = 0.1, .n = 1000, .agency = "某测评中心", .report_sha256 = "" };
	must(db_put_peers(db, peer, 12, oops));
}

static size_t
ranks_of(struct db *db, int year, const struct rank_row **rank)
{
	const struct rank_ask ask = { .indicator = "40", .year = year, .top = 10, .form = "A",
		.index = "csi" };
	size_t n;

	must(ranks_make(city_session(db), &ask, rank, &n, oops));
	return n;
}

static void
the_place_comes_with_its_confidence_set(void **state)
{
	struct db *db = board_open();
	struct peer_row peer[12];
	const struct rank_row *rank;
	size_t n, ours = 0;

	(void)state;
	put_peers(db, peer);
	year_a(db, 2024, 100, N, "");	/* 80.6: between the fifth and the sixth */
	external(db, "40", 2024, 6, "资质证 001");
	n = ranks_of(db, 2024, &rank);
	assert_int_equal(n, 13);
	for (size_t i = 0; i < n; i++)
		if (rank[i].ours)
			ours = i;
	assert_string_equal(rank[ours].city, "瓦房店市");
	assert_int_equal(rank[ours].rank, 6);
	assert_true(rank[ours].low <= 6 && rank[ours].high >= 6);
	assert_close(rank[ours].p_top, 1, 1e-3);
	assert_standing(db, "40", STANDING_MET);
	assert_says(&track_find(&board, "40")->headline, "名次可能在第 ");
	/* never sure */
	assert_says(&track_find(&board, "40")->headline, "居前 10 名的概率大于 99%。");
	assert_says(&track_find(&board, "40")->headline, "所以只供参考");
	assert_says(&track_find(&board, "40")->headline, "仅供对照");
	peer[3].se = NAN;
	must(db_put_peers(db, peer, 12, oops));
	n = ranks_of(db, 2024, &rank);
	for (size_t i = 0; i < n; i++) {
		assert_true(isnan(rank[i].p_top));
		assert_true(!isnan(rank[i].se) || (rank[i].low == 1 && rank[i].high == 13));
		assert_true(rank[i].low <= rank[i].rank && rank[i].rank <= rank[i].high);
	}
	assert_int_equal(ranks_of(db, 2019, &rank), 0);
	city_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(nothing_known_is_not_reported),
	cmocka_unit_test(rises_that_are_proven_meet_the_first_half),
	cmocka_unit_test(rises_that_are_not_proven_are_said_to_be_so),
	cmocka_unit_test(a_fall_with_no_other_way_is_missed),
	cmocka_unit_test(complaints_are_the_other_way),
	cmocka_unit_test(the_second_half_needs_a_signature_or_a_lower_rate),
	cmocka_unit_test(a_leader_signs_which_reading_governs),
	cmocka_unit_test(readings_that_agree_need_no_signature),
	cmocka_unit_test(a_criterion_is_refused_where_it_decides_nothing),
	cmocka_unit_test(a_rate_of_another_definition_is_not_compared),
	cmocka_unit_test(a_count_of_something_else_breaks_the_series),
	cmocka_unit_test(three_waves_are_two_steps),
	cmocka_unit_test(no_claim_goes_across_a_break),
	cmocka_unit_test(a_missing_year_is_a_break),
	cmocka_unit_test(voluntary_answers_decide_nothing),
	cmocka_unit_test(an_index_of_our_own_never_meets_40),
	cmocka_unit_test(the_place_comes_with_its_confidence_set),
};

CHECK_MAIN(tests)
