/* The board's rows that people fill in, what is checked at the door, duties, and complaints. */
#include "tests/support/check.h"

#include "stats/dist.h"

#include "tests/track/board.h"

/* ---- rows people fill in ---- */

static void
documents_meet_or_miss_as_they_read(void **state)
{
	struct db *db = board_open();

	(void)state;
	reading(db, "11.1", 1, 2024, "有");
	reading(db, "11.1", 2, 2024, "有");
	assert_standing(db, "11.1", STANDING_UNFILLED);
	assert_says(&track_find(&board, "11.1")->reason, "未填报：第 3 条“无标生产”，还没有填报。");
	reading(db, "11.1", 3, 2024, "基本消灭");
	assert_standing(db, "11.1", STANDING_MET);
	reading(db, "11.1", 3, 2024, "否");	/* a later word on the same year counts */
	assert_standing(db, "11.1", STANDING_MISSED);
	/* and the earlier stays visible */
	assert_int_equal(track_find(&board, "11.1")->readings, 4);
	city_close(db);
}

static void
a_place_in_front_waits_for_a_signature(void **state)
{
	struct db *db = board_open();

	(void)state;
	reading(db, "11.2", 1, 2024, "35%");
	reading(db, "11.2", 2, 2023, "12/80");
	assert_standing(db, "11.2", STANDING_UNSET);
	threshold(db, "11.2", 2, "10", "2023-01-01");
	assert_standing(db, "11.2", STANDING_UNFILLED);	/* a place of another year */
	assert_standing_in(db, "11.2", 2023, STANDING_MISSED);
	assert_int_equal(track_find(&board, "11.2")->clause[1].literal, TRUTH_FALSE);
	external(db, "11.2", 2024, 9, "");	/* a newer place from outside */
	assert_standing(db, "11.2", STANDING_MET);
	reading(db, "11.2", 1, 2024, "29.9%");
	assert_standing(db, "11.2", STANDING_MISSED);
	city_close(db);
}

static void
alternatives_need_one_alone(void **state)
{
	struct db *db = board_open();

	(void)state;
	reading(db, "9", 1, 2024, "否");
	reading(db, "9", 2, 2024, "11个");
	reading(db, "9", 3, 2024, "2项");
	assert_standing(db, "9", STANDING_UNFILLED);
	reading(db, "9", 4, 2024, "是");
	assert_standing(db, "9", STANDING_MET);
	city_close(db);
}

static void
yearly_promises_hold_every_year(void **state)
{
	struct db *db = board_open();

	(void)state;
	year_a(db, 2024, 100, N, "");	/* the board's year */
	reading(db, "3", 1, 2024, "是");
	reading(db, "3", 2, 2024, "1.2‰");
	assert_standing(db, "3", STANDING_MET);
	reading(db, "3", 1, 2022, "是");
	assert_standing(db, "3", STANDING_UNFILLED);	/* 2023 is missing between */
	reading(db, "3", 1, 2023, "否");
	assert_standing(db, "3", STANDING_MISSED);
	reading(db, "3", 1, 2023, "是");
	assert_standing(db, "3", STANDING_MET);
	city_close(db);
	db = board_open();
	year_a(db, 2024, 100, N, "");
	reading(db, "3", 1, 2021, "是");
	reading(db, "3", 2, 2024, "1.2‰");
	assert_standing(db, "3", STANDING_UNFILLED);	/* nothing said of the last years */
	city_close(db);
}

static void
administrative_trends_are_taken_literally(void **state)
{
	static const char *const up[] = { "8.1%", "9.4%", "9.5%", "10.6%" };
	struct db *db = board_open();

	(void)state;
	reading(db, "34", 3, 2024, "100%");
	reading(db, "34", 4, 2024, "是");
	for (int i = 0; i < 4; i++) {
		reading(db, "34", 1, 2021 + i, up[i]);
		if (i > 0)
			reading(db, "34", 2, 2021 + i, up[i]);
	}
	assert_standing(db, "34", STANDING_UNFILLED);	/* three values are two rises */
	reading(db, "34", 2, 2021, "8.0%");
	assert_standing(db, "34", STANDING_MET);
	assert_string_equal(track_find(&board, "34")->clause[0].value,
		"2021 年 8.1% → 2022 年 9.4% → 2023 年 9.5% → 2024 年 10.6%");
	reading(db, "34", 2, 2023, "9.4%");
	assert_standing(db, "34", STANDING_MISSED);
	reading(db, "34", 2, 2023, "0.095");
	assert_standing(db, "34", STANDING_UNFILLED);	/* another unit: not comparable */
	city_close(db);
}

static void
ranks_of_three_years_need_three_years(void **state)
{
	struct db *db = board_open();

	(void)state;
	for (int y = 2022; y <= 2024; y++) {
		reading(db, "30", 1, y, "9/300");
		if (y > 2022)
			reading(db, "30", 2, y, "10/300");
	}
	reading(db, "30", 3, 2024, "0起");
	reading(db, "30", 4, 2024, "0.2‰/0.5‰");
	reading(db, "30", 5, 2024, "及时有效");
	assert_standing(db, "30", STANDING_UNFILLED);
	reading(db, "30", 2, 2022, "11/300");
	assert_standing(db, "30", STANDING_MISSED);
	reading(db, "30", 2, 2022, "10/300");
	assert_standing(db, "30", STANDING_MET);
	reading(db, "30", 4, 2024, "0.2‰");	/* no national average beside it */
	assert_standing(db, "30", STANDING_UNFILLED);
	city_close(db);
}

static void
a_signed_waiver_takes_a_sub_target_out(void **state)
{
	struct threshold_row bad = { .indicator = "40", .clause = 1, .value = "不适用",
		.signed_by = "张三", .date = "2024-01-01", .who = "office" };
	struct db *db = board_open();
	struct err err = { 0 };

	(void)state;
	threshold(db, "14", 1, "不适用", "2024-01-01");
	for (int i = 4; i <= 6; i++)
		reading(db, "14", i, 2024, "有");
	assert_standing(db, "14", STANDING_UNFILLED);
	reading(db, "14", 3, 2024, "99.5%");
	assert_standing(db, "14", STANDING_MET);
	assert_int_equal(track_find(&board, "14")->clause[0].standing, STANDING_NONE);
	assert_says(&track_find(&board, "14")->clause[0].reason, "不适用");
	threshold(db, "32", 1, "不适用", "2024-01-01");
	assert_standing(db, "32", STANDING_NONE);
	assert_int_equal(track_check_threshold(db, &bad, &err), -1);
	assert_int_equal(err.code, ERR_REFUSED);
	city_close(db);
}

/* ---- checks at the door ---- */

static void
what_the_program_computes_cannot_be_typed_in(void **state)
{
	static const struct { const char *id; int subtarget; const char *value; } refused[] = {
		{ "40", 1, "3" }, { "43", 1, "90" }, { "43", 2, "20" }, { "43", 3, "2" },
		{ "43", 4, "20/30" }, { "44", 3, "90%" }, { "47", 9, "1" }, { "1", 1, "好" },
		{ "1", 3, "是" }, { "51", 1, "是" },
		{ "28", 1, "101%" },
	};
	struct reading_row r = { .year = 2024, .source = "报告", .date = "2024-06-01",
		.who = "office" };
	struct db *db = board_open();

	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		struct err err = { 0 };

		r.indicator = refused[i].id;
		r.subtarget = refused[i].subtarget;
		r.value = refused[i].value;
		if (track_check_reading(db, &r, &err) == 0)
			fail_msg("%s.%d took %s", refused[i].id, refused[i].subtarget,
				refused[i].value);
		assert_true(err.text[0] != '\0');
	}
	external(db, "47", 2024, 3, "资质证 001");
	r = (struct reading_row){ .indicator = "47", .subtarget = 4, .year = 2024, .value = "82.5",
		.source = "某测评中心《测评报告》", .date = "2024-06-01", .who = "office" };
	must(track_check_reading(db, &r, oops));
	r.source = " ";
	assert_int_equal(track_check_reading(db, &r, NULL), -1);
	r.source = "某测评中心《测评报告》";
	r.date = "2024-13-01";
	assert_int_equal(track_check_reading(db, &r, NULL), -1);
	r.date = "2024-06-01";
	r.year = 24;
	assert_int_equal(track_check_reading(db, &r, NULL), -1);
	city_close(db);
}

static void
signatures_and_results_are_checked(void **state)
{
	struct threshold_row t = { .indicator = "44", .clause = 3, .value = "60%",
		.signed_by = "张三", .date = "2024-01-01" };
	struct external_row e = { .indicator = "40", .year = 2024, .rank = 7, .of = 20,
		.agency = "某中心", .qualification = "资质证 001" };
	struct db *db = board_open();

	(void)state;
	must(track_check_threshold(db, &t, oops));
	t.signed_by = "";
	assert_int_equal(track_check_threshold(db, &t, NULL), -1);
	t.signed_by = "张三";
	t.value = "120%";
	assert_int_equal(track_check_threshold(db, &t, NULL), -1);
	t.indicator = "28";
	t.clause = 1;
	t.value = "90%";
	assert_int_equal(track_check_threshold(db, &t, NULL), -1);
	must(track_check_external(db, &e, oops));
	e.rank = 21;
	assert_int_equal(track_check_external(db, &e, NULL), -1);
	e.rank = 7;
	e.agency = "";
	assert_int_equal(track_check_external(db, &e, NULL), -1);
	city_close(db);
}

/* ---- evidence and duties ---- */

static void
evidence_is_a_state_of_its_own(void **state)
{
	struct db *db = board_open();
	struct evidence_row e = { .indicator = "1", .title = "规划",
		.document_no = "瓦政发〔2024〕1号", .date = "2024-01-01", .period = "2024",
		.sha256 = "", .state = "uploaded", .reviewer = "", .note = "", .who = "office",
		.minute = 1 };

	(void)state;
	assert_int_equal(row_of(db, "1")->evidence, EVIDENCE_NONE);
	must(db_put_evidence(db, &e, oops));
	assert_int_equal(row_of(db, "1")->evidence, EVIDENCE_WAITING);
	must(db_set_evidence_state(db, e.id, "accepted", "审核员", "", 2, oops));
	assert_int_equal(row_of(db, "1")->evidence, EVIDENCE_ACCEPTED);
	assert_standing(db, "1", STANDING_UNFILLED);	/* a document is not a result */
	must(db_put_evidence(db, &e, oops));
	assert_int_equal(row_of(db, "1")->evidence, EVIDENCE_WAITING);
	must(db_set_evidence_state(db, e.id, "returned", "审核员", "缺章", 3, oops));
	assert_int_equal(row_of(db, "1")->evidence, EVIDENCE_RETURNED);
	city_close(db);
}

/* One document of row 11.1 (three conditions, all wanted), with its state. */
static int64_t
document(struct db *db, int subtarget, const char *state_)
{
	struct evidence_row e = { .indicator = "11.1", .subtarget = subtarget, .title = "文件",
		.document_no = "", .date = "", .period = "", .sha256 = "", .state = "uploaded",
		.reviewer = "", .note = "", .who = "office", .minute = 1 };

	must(db_put_evidence(db, &e, oops));
	if (state_ != NULL)
		must(db_set_evidence_state(db, e.id, state_, "审核员", "", 2, oops));
	return e.id;
}

static void
a_tile_shows_the_worst_document_that_counts(void **state)
{
	struct db *db = board_open();
	int64_t returned;

	(void)state;
	document(db, 1, "accepted");
	document(db, 2, "accepted");
	assert_int_equal(row_of(db, "11.1")->evidence, EVIDENCE_NONE);	/* nothing for the third */
	document(db, 3, NULL);
	assert_int_equal(row_of(db, "11.1")->evidence, EVIDENCE_WAITING);
	returned = document(db, 2, "returned");
	assert_int_equal(row_of(db, "11.1")->evidence, EVIDENCE_RETURNED);
	document(db, 1, NULL);			/* of another sub-target: replaces nothing */
	assert_int_equal(row_of(db, "11.1")->evidence, EVIDENCE_RETURNED);
	document(db, 2, "returned");		/* itself returned */
	assert_int_equal(row_of(db, "11.1")->evidence, EVIDENCE_RETURNED);
	document(db, 2, NULL);
	assert_int_equal(row_of(db, "11.1")->evidence, EVIDENCE_WAITING);
	must(db_set_evidence_state(db, returned, "accepted", "审核员", "", 3, oops));
	assert_int_equal(row_of(db, "11.1")->evidence, EVIDENCE_WAITING);
	city_close(db);
}

static void
a_document_of_the_whole_row_speaks_for_every_part(void **state)
{
	struct db *db = board_open();

	(void)state;
	document(db, 0, "accepted");
	assert_int_equal(row_of(db, "11.1")->evidence, EVIDENCE_ACCEPTED);
	document(db, 3, "returned");
	assert_int_equal(row_of(db, "11.1")->evidence, EVIDENCE_RETURNED);
	document(db, 3, "accepted");
	assert_int_equal(row_of(db, "11.1")->evidence, EVIDENCE_ACCEPTED);
	city_close(db);
}

static void
what_is_met_is_counted_with_and_without_documents(void **state)
{
	struct db *db = board_open();
	struct track_count count;

	(void)state;
	reading(db, "11.1", 1, 2024, "有");
	reading(db, "11.1", 2, 2024, "有");
	reading(db, "11.1", 3, 2024, "基本消灭");
	reading(db, "33", 1, 2024, "99%");
	assert_standing(db, "11.1", STANDING_MET);
	count = track_count(&board, NULL, DUTY_NONE);
	assert_int_equal(count.rows, 52);
	assert_int_equal(count.state[STANDING_MET], 2);
	assert_int_equal(count.documented, 0);
	document(db, 0, "accepted");
	row_of(db, "1");
	count = track_count(&board, NULL, DUTY_NONE);
	assert_int_equal(count.documented, 1);
	assert_non_null(strstr(track_count_words(&count, &city_pool).in[LANG_ZH],
		"达标 2（佐证齐全 1 · 佐证不全 1） · 未达标 0"));
	city_close(db);
}

/* Led and helped apart, everybody's rows among the helped: over all departments every
 * duty is counted once. */
static void
duties_are_counted_apart(void **state)
{
	struct db *db = board_open();
	const char **name;
	size_t n, leads, helps;
	struct track_count count;

	(void)state;
	row_of(db, "1");
	n = track_departments(&board, &name, &city_pool);
	for (size_t i = 0; i < n; i++) {
		leads = helps = 0;
		for (size_t k = 0; k < board.rows; k++) {
			leads += track_duty(&board, &board.row[k], name[i]) == DUTY_LEAD;
			helps += track_duty(&board, &board.row[k], name[i]) == DUTY_COOPERATE;
		}
		assert_int_equal(track_count(&board, name[i], DUTY_LEAD).rows, leads);
		assert_int_equal(track_count(&board, name[i], DUTY_COOPERATE).rows, helps);
	}
	count = track_count(&board, "市商务局", DUTY_LEAD);
	assert_int_equal(count.rows, 10);
	reading(db, "38", 1, 2024, "2个");	/* led */
	reading(db, "16", 1, 2024, "已召开");	/* everybody's */
	row_of(db, "1");
	assert_int_equal(track_count(&board, "市商务局", DUTY_LEAD).state[STANDING_MET], 1);
	assert_int_equal(track_count(&board, "市商务局", DUTY_COOPERATE).state[STANDING_MET], 1);
	city_close(db);
}

static void
a_yardstick_that_is_gone_drops_out_with_its_document(void **state)
{
	struct threshold_row t = { .indicator = "23", .clause = 2, .value = "评价依据已取消",
		.signed_by = "张三", .date = "2024-03-01", .who = "office", .minute = 1 };
	struct db *db = board_open();
	const struct clause *c;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(track_check_threshold(db, &t, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	t.document = "质检总局公告 2012 年第 120 号";
	t.successor = "省名牌产品";
	must(track_check_threshold(db, &t, oops));
	must(db_put_threshold(db, &t, oops));
	c = &row_of(db, "23")->clause[1];
	assert_int_equal(c->standing, STANDING_CANCELLED);
	assert_says(&c->reason,
		"质检总局公告 2012 年第 120 号（2024-03-01，张三 审定）：评价依据已取消。"
		"现以“省名牌产品”替代。");
	for (int i = 1; i <= 4; i++)
		if (i != 2) {
			threshold(db, "23", i, "10", "2024-01-01");
			reading(db, "23", i, 2024, "7/50");
		}
	reading(db, "23", 5, 2024, "是");
	assert_standing(db, "23", STANDING_MET);
	t = (struct threshold_row){ .indicator = "38", .clause = 1, .value = "评价依据已取消",
		.signed_by = "张三",
		.date = "2024-03-01", .who = "office", .minute = 1, .document = "公告" };
	must(db_put_threshold(db, &t, oops));
	assert_standing(db, "38", STANDING_CANCELLED);
	t.indicator = "43";
	/* a survey is not signed away */
	assert_int_equal(track_check_threshold(db, &t, NULL), -1);
	t = (struct threshold_row){ .indicator = "25", .clause = 1, .value = "10",
		.signed_by = "张三",
		.date = "2024-03-01", .who = "office", .successor = "省名牌产品" };
	/* a successor of a number */
	assert_int_equal(track_check_threshold(db, &t, NULL), -1);
	city_close(db);
}

static void
twenty_one_departments_share_the_rows(void **state)
{
	struct db *db = board_open();
	const char **name;
	size_t n, lead = 0;

	(void)state;
	row_of(db, "1");
	n = track_departments(&board, &name, &city_pool);
	assert_int_equal(n, 21);
	assert_string_equal(name[0], "市市场监管局");
	for (size_t i = 0; i < board.rows; i++)
		lead += track_duty(&board, &board.row[i], "市市场监管局") == DUTY_LEAD;
	assert_int_equal(lead, 33);
	assert_int_equal(track_duty(&board, track_find(&board, "43"), "市旅游局"), DUTY_LEAD);
	/* 各成员单位 */
	assert_int_equal(track_duty(&board, track_find(&board, "1"), "市公安局"), DUTY_COOPERATE);
	assert_int_equal(track_duty(&board, track_find(&board, "43"), "市公安局"), DUTY_NONE);
	assert_int_equal(track_duty(&board, track_find(&board, "13"), "人民银行瓦支行"),
		DUTY_COOPERATE);
	assert_int_equal(track_duty(&board, track_find(&board, "11.2"), "市农发"), DUTY_NONE);
	city_close(db);
}

/* ---- complaints ---- */

/* Garwood by its definition: the tails of the Poisson at the ends are 2.5% each. */
static void
complaint_rates_have_exact_intervals(void **state)
{
	static const int64_t count[] = { 0, 12, 2000 };
	struct db *db = board_open();
	struct series s;

	(void)state;
	complaints(db, count, 3, 30);
	must(figure_complaints(db, 0, 3, &s, &city_pool, oops));
	assert_int_equal(s.years, 3);
	for (size_t i = 0; i < 3; i++) {
		const struct estimate *e = &s.year[i].estimate;
		double k = (double)count[i];

		assert_close(e->value, k / 80, 1e-14);
		assert_close(dist_poisson_lower(k, e->high * 80), 0.025, 1e-9);
		if (k > 0)
			assert_close(1 - dist_poisson_lower(k - 1, e->low * 80), 0.025, 1e-9);
		else
			assert_close(e->low, 0, 0);
		assert_close(s.reference[i], 30, 0);
	}
	/* -ln 0.025: Hanley & Lippman-Hand's cousin */
	assert_close(s.year[0].estimate.high, 3.688879454113936 / 80, 1e-12);
	city_close(db);
}

/* 12 against 24 in equal populations: P(X <= 12 | 36, 1/2), by adding up binomial points. */
static void
complaint_steps_are_tested_exactly(void **state)
{
	static const int64_t count[] = { 24, 12 };
	struct db *db = board_open();
	struct series s;
	double p = 0, choose = 1;

	(void)state;
	complaints(db, count, 2, NAN);
	must(figure_complaints(db, 0, 3, &s, &city_pool, oops));
	for (int i = 0; i <= 12; i++) {
		p += choose;
		choose = choose * (36 - i) / (i + 1);
	}
	assert_close(s.step[0].p_down, p / 68719476736.0, 1e-12);
	assert_true(s.step[0].p_up > 0.95);
	assert_true(isnan(s.iut_down));
	assert_int_equal(s.falls, 1);
	city_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(documents_meet_or_miss_as_they_read),
	cmocka_unit_test(a_place_in_front_waits_for_a_signature),
	cmocka_unit_test(alternatives_need_one_alone),
	cmocka_unit_test(yearly_promises_hold_every_year),
	cmocka_unit_test(administrative_trends_are_taken_literally),
	cmocka_unit_test(ranks_of_three_years_need_three_years),
	cmocka_unit_test(a_signed_waiver_takes_a_sub_target_out),
	cmocka_unit_test(what_the_program_computes_cannot_be_typed_in),
	cmocka_unit_test(signatures_and_results_are_checked),
	cmocka_unit_test(evidence_is_a_state_of_its_own),
	cmocka_unit_test(a_tile_shows_the_worst_document_that_counts),
	cmocka_unit_test(a_document_of_the_whole_row_speaks_for_every_part),
	cmocka_unit_test(what_is_met_is_counted_with_and_without_documents),
	cmocka_unit_test(duties_are_counted_apart),
	cmocka_unit_test(a_yardstick_that_is_gone_drops_out_with_its_document),
	cmocka_unit_test(twenty_one_departments_share_the_rows),
	cmocka_unit_test(complaint_rates_have_exact_intervals),
	cmocka_unit_test(complaint_steps_are_tested_exactly),
};

CHECK_MAIN(tests)
