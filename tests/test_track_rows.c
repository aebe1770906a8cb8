/* The board's rows that people fill in, what is checked at the door, duties, and complaints. */
#include "tests/check.h"

#include "stats/dist.h"

#include "tests/track_board.h"

/* ---- rows people fill in ---- */

static void
documents_meet_or_miss_as_they_read(void **state)
{
	struct db *db = board_open();

	(void)state;
	reading(db, "11.1", 1, 2024, "有");
	reading(db, "11.1", 2, 2024, "有");
	assert_standing(db, "11.1", STANDING_UNPROVEN);
	assert_says(&track_find(&board, "11.1")->reason, "暂不能认定：第 3 条“无标生产”，还没有填报。");
	reading(db, "11.1", 3, 2024, "基本消灭");
	assert_standing(db, "11.1", STANDING_MET);
	reading(db, "11.1", 3, 2024, "否");	/* a later word on the same year counts */
	assert_standing(db, "11.1", STANDING_MISSED);
	assert_int_equal(track_find(&board, "11.1")->readings, 4);	/* and the earlier stays visible */
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
	assert_standing(db, "11.2", STANDING_UNPROVEN);	/* a place of another year */
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
	assert_standing(db, "9", STANDING_UNPROVEN);
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
	assert_standing(db, "3", STANDING_UNPROVEN);	/* 2023 is missing between */
	reading(db, "3", 1, 2023, "否");
	assert_standing(db, "3", STANDING_MISSED);
	reading(db, "3", 1, 2023, "是");
	assert_standing(db, "3", STANDING_MET);
	city_close(db);
	db = board_open();
	year_a(db, 2024, 100, N, "");
	reading(db, "3", 1, 2021, "是");
	reading(db, "3", 2, 2024, "1.2‰");
	assert_standing(db, "3", STANDING_UNPROVEN);	/* nothing said of the last years */
	city_close(db);
}

static void
administrative_trends_are_taken_literally(void **state)
{
	static const char *const up[] = { "8.1%", "9.4%", "9.5%", "10.6%" };
	struct db *db = board_open();
	int i;

	(void)state;
	reading(db, "34", 3, 2024, "100%");
	reading(db, "34", 4, 2024, "是");
	for (i = 0; i < 4; i++) {
		reading(db, "34", 1, 2021 + i, up[i]);
		if (i > 0)
			reading(db, "34", 2, 2021 + i, up[i]);
	}
	assert_standing(db, "34", STANDING_UNPROVEN);	/* three values are two rises */
	reading(db, "34", 2, 2021, "8.0%");
	assert_standing(db, "34", STANDING_MET);
	assert_string_equal(track_find(&board, "34")->clause[0].value, "8.1% → 9.4% → 9.5% → 10.6%");
	reading(db, "34", 2, 2023, "9.4%");
	assert_standing(db, "34", STANDING_MISSED);
	reading(db, "34", 2, 2023, "0.095");
	assert_standing(db, "34", STANDING_UNPROVEN);	/* another unit: not comparable */
	city_close(db);
}

static void
ranks_of_three_years_need_three_years(void **state)
{
	struct db *db = board_open();
	int y;

	(void)state;
	for (y = 2022; y <= 2024; y++) {
		reading(db, "30", 1, y, "9/300");
		if (y > 2022)
			reading(db, "30", 2, y, "10/300");
	}
	reading(db, "30", 3, 2024, "0起");
	reading(db, "30", 4, 2024, "0.2‰/0.5‰");
	reading(db, "30", 5, 2024, "及时有效");
	assert_standing(db, "30", STANDING_UNPROVEN);
	reading(db, "30", 2, 2022, "11/300");
	assert_standing(db, "30", STANDING_MISSED);
	reading(db, "30", 2, 2022, "10/300");
	assert_standing(db, "30", STANDING_MET);
	reading(db, "30", 4, 2024, "0.2‰");	/* no national average beside it */
	assert_standing(db, "30", STANDING_UNPROVEN);
	city_close(db);
}

static void
a_signed_waiver_takes_a_sub_target_out(void **state)
{
	struct threshold_row bad = { .indicator = "40", .clause = 1, .value = "不适用", .signed_by = "张三",
		.date = "2024-01-01", .who = "office" };
	struct db *db = board_open();
	struct err err = { 0 };
	int i;

	(void)state;
	threshold(db, "14", 1, "不适用", "2024-01-01");
	for (i = 4; i <= 6; i++)
		reading(db, "14", i, 2024, "有");
	assert_standing(db, "14", STANDING_UNPROVEN);
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
		{ "40", 1, "3" }, { "43", 1, "90" }, { "43", 2, "20" }, { "43", 3, "2" }, { "43", 4, "20/30" },
		{ "44", 3, "90%" }, { "47", 9, "1" }, { "1", 1, "好" }, { "1", 3, "是" }, { "51", 1, "是" },
		{ "28", 1, "101%" },
	};
	struct reading_row r = { .year = 2024, .source = "报告", .date = "2024-06-01", .who = "office" };
	struct db *db = board_open();
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		struct err err = { 0 };

		r.indicator = refused[i].id;
		r.subtarget = refused[i].subtarget;
		r.value = refused[i].value;
		if (track_check_reading(db, &r, &err) == 0)
			fail_msg("%s.%d took %s", refused[i].id, refused[i].subtarget, refused[i].value);
		assert_true(err.text[0] != '\0');
	}
	r = (struct reading_row){ .indicator = "47", .subtarget = 4, .year = 2024, .value = "82.5",
		.source = "测评报告", .date = "2024-06-01", .who = "office" };
	must(track_check_reading(db, &r, oops));
	r.source = " ";
	assert_int_equal(track_check_reading(db, &r, NULL), -1);
	r.source = "测评报告";
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
	struct threshold_row t = { .indicator = "44", .clause = 3, .value = "60%", .signed_by = "张三", .date = "2024-01-01" };
	struct external_row e = { .indicator = "40", .year = 2024, .rank = 7, .of = 20, .agency = "某中心" };
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
	struct evidence_row e = { .indicator = "1", .title = "规划", .document_no = "瓦政发〔2024〕1号", .date = "2024-01-01",
		.period = "2024", .sha256 = "", .state = "uploaded", .reviewer = "", .note = "", .who = "office", .minute = 1 };

	(void)state;
	assert_int_equal(row_of(db, "1")->evidence, EVIDENCE_NONE);
	must(db_put_evidence(db, &e, oops));
	assert_int_equal(row_of(db, "1")->evidence, EVIDENCE_WAITING);
	must(db_set_evidence_state(db, e.id, "accepted", "审核员", "", 2, oops));
	assert_int_equal(row_of(db, "1")->evidence, EVIDENCE_ACCEPTED);
	assert_standing(db, "1", STANDING_UNPROVEN);	/* a document is not a result */
	must(db_put_evidence(db, &e, oops));
	assert_int_equal(row_of(db, "1")->evidence, EVIDENCE_WAITING);
	must(db_set_evidence_state(db, e.id, "returned", "审核员", "缺章", 3, oops));
	assert_int_equal(row_of(db, "1")->evidence, EVIDENCE_RETURNED);
	city_close(db);
}

static void
twenty_one_departments_share_the_rows(void **state)
{
	struct db *db = board_open();
	const char **name;
	size_t n, i, lead = 0;

	(void)state;
	row_of(db, "1");
	n = track_departments(&board, &name, &city_pool);
	assert_int_equal(n, 21);
	assert_string_equal(name[0], "市市场监管局");
	for (i = 0; i < board.rows; i++)
		lead += track_duty(&board.row[i], "市市场监管局") == DUTY_LEAD;
	assert_int_equal(lead, 33);
	assert_int_equal(track_duty(track_find(&board, "43"), "市旅游局"), DUTY_LEAD);
	assert_int_equal(track_duty(track_find(&board, "1"), "市公安局"), DUTY_COOPERATE);	/* 各成员单位 */
	assert_int_equal(track_duty(track_find(&board, "43"), "市公安局"), DUTY_NONE);
	assert_int_equal(track_duty(track_find(&board, "13"), "人民银行瓦支行"), DUTY_COOPERATE);
	assert_int_equal(track_duty(track_find(&board, "11.2"), "市农发"), DUTY_NONE);
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
	size_t i;

	(void)state;
	complaints(db, count, 3, 30);
	must(measure_complaints(db, 0, 3, &s, &city_pool, oops));
	assert_int_equal(s.years, 3);
	for (i = 0; i < 3; i++) {
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
	assert_close(s.year[0].estimate.high, 3.688879454113936 / 80, 1e-12);	/* -ln 0.025: Hanley & Lippman-Hand's cousin */
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
	int i;

	(void)state;
	complaints(db, count, 2, NAN);
	must(measure_complaints(db, 0, 3, &s, &city_pool, oops));
	for (i = 0; i <= 12; i++) {
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
	cmocka_unit_test(twenty_one_departments_share_the_rows),
	cmocka_unit_test(complaint_rates_have_exact_intervals),
	cmocka_unit_test(complaint_steps_are_tested_exactly),
};

CHECK_MAIN(tests)
