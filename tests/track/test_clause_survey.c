/* track/clause_survey.c: form C's figures against a number signed before, rows 47, 44 and 27
 * through a real database. */
#include "tests/support/check.h"

#include "tests/track/board.h"

/* ---- 47 and 44 ---- */

static void
contract_and_funding(struct db *db)
{
	reading(db, "47", 1, 2024, "是");
	reading(db, "47", 2, 2024, "是");
	reading(db, "47", 3, 2024, "有");
}

static void
sign_dimensions(struct db *db, const char *score, const char *date)
{
	for (int i = 4; i <= 8; i++)
		threshold(db, "47", i, score, date);
}

static void
our_own_survey_never_meets_47(void **state)
{
	struct db *db = board_open();
	const struct track_row *row;

	(void)state;
	year_c(db, 2024, 9, 0, 0, N);	/* 94.4 on every dimension */
	contract_and_funding(db);
	assert_standing(db, "47", STANDING_UNSET);
	sign_dimensions(db, "75", "2024-01-15");
	external(db, "47", 2024, 3, "资质证 001");
	threshold(db, "47", 9, "10", "2024-01-15");
	assert_standing(db, "47", STANDING_AWAITING);
	row = track_find(&board, "47");
	for (int i = 3; i < 8; i++) {
		assert_int_equal(row->clause[i].literal, TRUTH_TRUE);
		assert_int_equal(row->clause[i].proven, TRUTH_TRUE);
		assert_int_equal(row->clause[i].standing, STANDING_AWAITING);
		assert_says(&row->clause[i].reason, "本市自己的调查");
	}
	assert_int_equal(row->clause[8].standing, STANDING_MET);
	assert_says(&row->headline, "不能据此判为达标");
	for (int i = 4; i <= 8; i++)
		reading_from(db, "47", i, 2024, "82.5", "某测评中心《2024 年测评报告》");
	assert_standing(db, "47", STANDING_MET);
	assert_says(&track_find(&board, "47")->clause[3].strength, "仅供对照");
	reading_from(db, "47", 8, 2024, "74", "某测评中心《2024 年测评报告》");
	assert_standing(db, "47", STANDING_MISSED);
	city_close(db);
}

static void
a_score_signed_too_late_does_not_count(void **state)
{
	struct db *db = board_open();
	const struct track_row *row;

	(void)state;
	year_c(db, 2024, 9, 0, 0, N);
	contract_and_funding(db);
	threshold(db, "47", 9, "10", "2024-01-15");
	external(db, "47", 2024, 3, "资质证 001");
	sign_dimensions(db, "75", "2024-05-01");	/* the day it opened */
	assert_standing(db, "47", STANDING_UNSET);
	row = track_find(&board, "47");
	assert_says(&row->clause[3].reason, "不早于 2024 年调查开始");
	sign_dimensions(db, "75", "2024-04-30");
	assert_standing(db, "47", STANDING_AWAITING);
	city_close(db);
}

static void
our_own_survey_may_show_a_miss(void **state)
{
	struct db *db = board_open();

	(void)state;
	year_c(db, 2024, 6, 0, 0, N);	/* 61.1 */
	contract_and_funding(db);
	sign_dimensions(db, "75", "2024-01-15");
	threshold(db, "47", 9, "10", "2024-01-15");
	external(db, "47", 2024, 3, "资质证 001");
	assert_standing(db, "47", STANDING_MISSED);
	city_close(db);
}

static void
awareness_is_held_against_a_number_signed_before(void **state)
{
	struct db *db = board_open();
	const struct track_row *row;

	(void)state;
	reading(db, "44", 1, 2024, "建成");
	reading(db, "44", 2, 2024, "畅通有效");
	year_c(db, 2024, 8, 300, 40, N);	/* 260 of 360 without over-claimers: 72.2% */
	assert_standing(db, "44", STANDING_UNSET);
	threshold(db, "44", 3, "60%", "2024-06-01");
	assert_standing(db, "44", STANDING_UNSET);
	assert_says(&track_find(&board, "44")->clause[2].reason, "无效");
	threshold(db, "44", 3, "60%", "2024-04-01");
	assert_standing(db, "44", STANDING_MET);
	row = track_find(&board, "44");
	assert_close(row->clause[2].series->year[0].estimate.value, 260.0 / 360, 1e-14);
	assert_says(&row->headline, "72.2%（");
	assert_says(&row->headline, "标准为 60%，张三 于 2024-04-01 审定");
	threshold(db, "44", 3, "71%", "2024-04-02");
	assert_standing(db, "44", STANDING_UNSET);	/* nobody has said which reading governs */
	governs(db, "44", "literal");
	assert_standing(db, "44", STANDING_MET);
	governs(db, "44", "statistical");
	assert_standing(db, "44", STANDING_UNPROVEN);	/* above, but the interval holds 71 */
	threshold(db, "44", 3, "75%", "2024-04-03");
	assert_standing(db, "44", STANDING_UNPROVEN);	/* below, but the interval holds 75 */
	threshold(db, "44", 3, "85%", "2024-04-04");
	assert_standing(db, "44", STANDING_MISSED);
	city_close(db);
}

/* ---- 27 ---- */

static void
the_experts_row_is_theirs(void **state)
{
	struct db *db = board_open();

	(void)state;
	year_c(db, 2024, 9, 300, 0, N);
	assert_standing(db, "27", STANDING_JUDGED);
	assert_says(&track_find(&board, "27")->headline, "程序不作判断");
	assert_says(&track_find(&board, "27")->headline, "城市质量满意度指数 94.4");
	reading(db, "27", 1, 2024, "8");
	assert_standing(db, "27", STANDING_JUDGED);
	assert_says(&track_find(&board, "27")->reason, "专家评分 8 已记录");
	threshold(db, "27", 1, "6", "2024-06-01");	/* the day of the mark: chosen to fit it */
	assert_standing(db, "27", STANDING_JUDGED);
	assert_says(&track_find(&board, "27")->reason, "及格分不是在评分之前审定的");
	threshold(db, "27", 1, "6", "2024-01-01");
	assert_standing(db, "27", STANDING_MET);
	reading(db, "27", 1, 2024, "5.5");
	assert_standing(db, "27", STANDING_MISSED);
	city_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(our_own_survey_never_meets_47),
	cmocka_unit_test(a_score_signed_too_late_does_not_count),
	cmocka_unit_test(our_own_survey_may_show_a_miss),
	cmocka_unit_test(awareness_is_held_against_a_number_signed_before),
	cmocka_unit_test(the_experts_row_is_theirs),
};

CHECK_MAIN(tests)
