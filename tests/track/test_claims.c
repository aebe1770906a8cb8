/* What an office enters about itself must not outdo what others say, nor what was set before. */
#include "tests/support/check.h"

#include "tests/track/board.h"

/* Refused, with a sentence that says this. */
#define refused(call, zh) do {								\
	struct err err_ = { 0 };							\
	struct err *oops = &err_;							\
	lang_set(LANG_ZH);								\
	assert_int_equal((call), -1);							\
	if (strstr(err_.text, (zh)) == NULL)						\
		fail_msg("“%s” does not say “%s”", err_.text, (zh));			\
} while (0)

/* ---- the agency's scores ---- */

static void
a_citys_own_word_is_no_agencys_score(void **state)
{
	struct reading_row r = { .indicator = "47", .subtarget = 4, .year = 2025, .value = "95",
		.source = "自评", .date = "2026-02-20", .who = "office" };
	struct db *db = board_open();
	const struct clause *c;

	(void)state;
	year_c(db, 2025, 6, 0, 0, N);	/* 61.1 */
	threshold(db, "47", 4, "75", "2025-01-15");
	refused(track_check_reading(db, &r, oops), "先用 track external 47 登记该机构 2025 年");
	external(db, "47", 2024, 5, "证1");
	refused(track_check_reading(db, &r, oops), "2025 年");
	external(db, "47", 2025, 5, "");	/* an older program let it in */
	refused(track_check_reading(db, &r, oops), "资质");
	external(db, "47", 2025, 5, "证1");
	refused(track_check_reading(db, &r, oops), "“自评”没有写明测评机构“某测评中心”");
	/* on record from before: it still decides nothing and hides nothing */
	must(db_put_reading(db, &r, oops));
	c = &row_in(db, "47", 2025)->clause[3];
	assert_int_equal(c->standing, STANDING_MISSED);
	assert_says(&(struct words){ { c->value, "" } }, "61.1");
	r.source = "某测评中心 2025 年报告";
	must(track_check_reading(db, &r, oops));
	must(db_put_reading(db, &r, oops));
	c = &row_in(db, "47", 2025)->clause[3];
	assert_int_equal(c->standing, STANDING_MET);
	assert_says(&c->strength, "61.1");	/* the survey's figure stands beside it */
	city_close(db);
}

/* ---- standards ---- */

static void
a_standard_entered_after_the_survey_began_needs_its_document(void **state)
{
	struct threshold_row t = { .indicator = "44", .clause = 3, .value = "60%",
		.signed_by = "张市长", .date = "2024-04-01", .who = "office",
		.minute = noon("2024-12-01") };
	struct db *db = board_open();
	const struct track_row *row;

	(void)state;
	year_c(db, 2024, 8, 300, 40, N);
	refused(track_check_threshold(db, &t, oops), "2024 年的调查已经开始");
	must(db_put_threshold(db, &t, oops));	/* an older program let it in */
	assert_int_equal(row_of(db, "44")->clause[2].standing, STANDING_UNSET);
	assert_says(&row_of(db, "44")->clause[2].reason, "2024-12-01 才录入，没有写明审定它的文件");
	t.document = "瓦政办发〔2024〕7号";
	must(track_check_threshold(db, &t, oops));
	must(db_put_threshold(db, &t, oops));
	row = row_of(db, "44");
	assert_int_equal(row->clause[2].standing, STANDING_MET);
	assert_says(&row->clause[2].reason,
		"标准 60% 审定 2024-04-01，录入 2024-12-01（录入人"
		" office，依据 瓦政办发〔2024〕7号）");
	assert_says(&row->headline, "录入 2024-12-01");
	assert_string_equal(row->clause[2].entered, "2024-12-01");
	reading(db, "44", 1, 2024, "建成");
	reading(db, "44", 2, 2024, "畅通有效");
	assert_standing(db, "44", STANDING_MET);
	/* wherever it is called met */
	assert_says(&track_find(&board, "44")->reason, "录入 2024-12-01");
	t.document = NULL;
	t.date = "2024-05-01";	/* the day the survey opened: of no effect, so nothing to prove */
	must(track_check_threshold(db, &t, oops));
	t.date = "2024-04-01";
	t.minute = noon("2024-04-30");
	must(track_check_threshold(db, &t, oops));
	city_close(db);
}

static void
who_signs_is_told_what_it_is_not_for(void **state)
{
	struct threshold_row t = { .indicator = "44", .clause = 3, .value = "95%",
		.signed_by = "张市长", .date = "2024-11-30", .who = "office",
		.minute = noon("2024-11-30") };
	struct criterion_row c = { .indicator = "44", .name = "governs", .value = "literal",
		.signed_by = "李四", .date = "2020-01-01", .who = "office",
		.minute = noon("2024-12-01") };
	struct db *db = board_open();
	struct words w;

	(void)state;
	year_c(db, 2023, 8, 300, 40, N);
	year_c(db, 2024, 8, 300, 40, N);
	must(db_put_threshold(db, &t, oops));
	must(track_threshold_effect(&w, db, &t, &city_pool, oops));
	assert_says(&w, "不适用于 2024-11-30 已经开始的调查（2023、2024 年）");
	assert_says(&w, "从这一天以后开始的调查起适用");
	t.date = "2023-01-01";
	t.document = "文件";
	must(db_put_threshold(db, &t, oops));
	must(track_threshold_effect(&w, db, &t, &city_pool, oops));
	assert_string_equal(w.in[LANG_ZH], "已有 2024-11-30 审定的“95%”，日期更晚，仍以它为准。");
	governs(db, "44", "statistical");
	must(db_put_criterion(db, &c, oops));
	must(track_criterion_effect(&w, db, &c, &city_pool, oops));
	assert_says(&w, "已有 2024-01-01 审定的“统计检验”");
	reading(db, "27", 1, 2024, "8");
	t = (struct threshold_row){ .indicator = "27", .clause = 1, .value = "6", .signed_by = "x",
		.date = "2024-07-01", .who = "office", .minute = noon("2024-07-01") };
	must(db_put_threshold(db, &t, oops));
	must(track_threshold_effect(&w, db, &t, &city_pool, oops));
	assert_says(&w, "不适用于已经登记的 2024 年评分 8");
	t = (struct threshold_row){ .indicator = "25", .clause = 1, .value = "10", .signed_by = "x",
		.date = "2024-07-01", .who = "office", .minute = noon("2024-07-01") };
	must(db_put_threshold(db, &t, oops));
	must(track_threshold_effect(&w, db, &t, &city_pool, oops));
	assert_string_equal(w.in[LANG_ZH], "");
	city_close(db);
}

static void
the_last_day_of_signing_counts_whatever_is_typed_last(void **state)
{
	struct criterion_row c = { .indicator = "44", .name = "governs", .value = "literal",
		.signed_by = "李四", .date = "2020-01-01", .who = "office",
		.minute = noon("2024-12-01") };
	struct db *db = board_open();

	(void)state;
	reading(db, "25", 1, 2024, "7/50");
	threshold(db, "25", 1, "5", "2024-03-01");
	assert_int_equal(row_of(db, "25")->clause[0].standing, STANDING_MISSED);
	threshold(db, "25", 1, "10", "2020-01-01");
	assert_int_equal(row_of(db, "25")->clause[0].standing, STANDING_MISSED);
	threshold(db, "25", 1, "10", "2024-03-01");	/* of one day the last word */
	assert_int_equal(row_of(db, "25")->clause[0].standing, STANDING_MET);
	governs(db, "44", "statistical");	/* 2024-01-01 */
	must(db_put_criterion(db, &c, oops));
	assert_int_equal(row_of(db, "44")->governs, GOVERNS_STATISTICAL);
	city_close(db);
}

static void
what_is_abolished_comes_back_by_a_document_alone(void **state)
{
	struct threshold_row gone = { .indicator = "23", .clause = 2, .value = "评价依据已取消",
		.signed_by = "张三", .date = "2024-03-01", .who = "office",
		.minute = noon("2024-03-01"), .document = "公告〔2012〕120号" };
	struct threshold_row back = { .indicator = "23", .clause = 2, .value = "10",
		.signed_by = "张三", .date = "2024-06-01", .who = "office",
		.minute = noon("2024-06-01") };
	struct reading_row r = { .indicator = "23", .subtarget = 2, .year = 2024, .value = "7/50",
		.source = "名录", .date = "2024-12-20", .who = "office" };
	struct db *db = board_open();

	(void)state;
	must(track_check_threshold(db, &back, oops));
	must(db_put_threshold(db, &gone, oops));
	refused(track_check_threshold(db, &back, oops), "公告〔2012〕120号");
	refused(track_check_reading(db, &r, oops), "审定为“评价依据已取消”");
	threshold(db, "32", 1, "不适用", "2024-01-01");
	r.indicator = "32";
	r.subtarget = 1;
	r.value = "是";
	assert_int_equal(track_check_reading(db, &r, NULL), -1);
	back.document = "公告〔2024〕1号";
	must(track_check_threshold(db, &back, oops));
	must(db_put_threshold(db, &back, oops));
	r.indicator = "23";
	r.subtarget = 2;
	r.value = "7/50";
	must(track_check_reading(db, &r, oops));
	city_close(db);
}

static void
what_does_not_apply_can_be_signed_to_apply_again(void **state)
{
	struct threshold_row t = { .indicator = "14", .clause = 3, .value = "适用",
		.signed_by = "李四", .date = "2024-02-01", .who = "office",
		.minute = noon("2024-02-01") };
	struct reading_row r = { .indicator = "14", .subtarget = 3, .year = 2024, .value = "99.5%",
		.source = "年报", .date = "2024-12-20", .who = "office" };
	struct db *db = board_open();

	(void)state;
	refused(track_check_threshold(db, &t, oops), "用不着恢复");
	threshold(db, "14", 3, "不适用", "2024-01-01");
	assert_int_equal(row_of(db, "14")->clause[2].standing, STANDING_NONE);
	refused(track_check_reading(db, &r, oops), "重新审定为“适用”");
	must(track_check_threshold(db, &t, oops));
	must(db_put_threshold(db, &t, oops));
	must(track_check_reading(db, &r, oops));
	must(db_put_reading(db, &r, oops));
	assert_int_equal(row_of(db, "14")->clause[2].standing, STANDING_MET);
	assert_null(row_of(db, "14")->clause[2].signed_by);	/* the number is the table's */
	t.date = "2024-03-01";
	refused(track_check_threshold(db, &t, oops), "用不着恢复");
	threshold(db, "14", 3, "不适用", "2024-04-01");
	assert_int_equal(row_of(db, "14")->clause[2].standing, STANDING_NONE);
	t = (struct threshold_row){ .indicator = "32", .clause = 1, .value = "评价依据已取消",
		.signed_by = "李四", .date = "2024-02-01", .who = "office",
		.minute = noon("2024-02-01"), .document = "公告" };
	must(db_put_threshold(db, &t, oops));
	t.value = "适用";
	t.document = NULL;
	refused(track_check_threshold(db, &t, oops), "须用 --document");
	t.document = "公告〔2024〕1号";
	must(track_check_threshold(db, &t, oops));
	threshold(db, "25", 1, "不适用", "2024-01-01");
	t = (struct threshold_row){ .indicator = "25", .clause = 1, .value = "适用",
		.signed_by = "李四", .date = "2024-02-01" };
	refused(track_check_threshold(db, &t, oops), "没有写明的数字");
	city_close(db);
}

static void
clauses_that_dropped_out_are_called_what_they_are(void **state)
{
	struct threshold_row gone = { .indicator = "23", .clause = 2, .value = "评价依据已取消",
		.signed_by = "张三", .date = "2024-03-01", .who = "office",
		.minute = noon("2024-03-01"), .document = "公告" };
	struct db *db = board_open();

	(void)state;
	must(db_put_threshold(db, &gone, oops));
	for (int i = 1; i <= 4; i++)
		if (i != 2) {
			threshold(db, "23", i, "10", "2024-01-01");
			reading(db, "23", i, 2024, "7/50");
		}
	reading(db, "23", 5, 2024, "是");
	assert_string_equal(row_of(db, "23")->reason.in[LANG_ZH],
		"达标：5 条要求中符合 4 条，1 条的评价依据已取消。");
	threshold(db, "23", 5, "不适用", "2024-01-01");
	assert_string_equal(row_of(db, "23")->reason.in[LANG_ZH],
		"达标：5 条要求中符合 3 条，1 条的评价依据已取消，1 条审定为不适用。");
	assert_string_equal(row_of(db, "23")->reason.in[LANG_EN],
		"Met: of 5 requirements 3 hold, 1 whose yardstick no longer exists,"
		" 1 signed as not applicable.");
	reading(db, "9", 1, 2024, "否");
	reading(db, "9", 2, 2024, "11个");
	reading(db, "9", 3, 2024, "2项");
	reading(db, "9", 4, 2024, "是");
	assert_says(&row_of(db, "9")->reason, "可由别条代替");
	city_close(db);
}

/* ---- what leads nowhere ---- */

static void
a_place_nobody_asks_for_is_refused(void **state)
{
	struct external_row e = { .year = 2024, .rank = 7, .of = 20, .agency = "某中心",
		.qualification = "证1" };
	struct db *db = board_open();

	(void)state;
	e.indicator = "3";
	refused(track_check_external(db, &e, oops), "第 3 项不看名次");
	e.indicator = "23";	/* four places, and nobody could say which */
	refused(track_check_external(db, &e, oops), "逐条");
	e.indicator = "11.2";
	must(track_check_external(db, &e, oops));
	e.qualification = " ";
	must(track_check_external(db, &e, oops));
	e.indicator = "40";
	refused(track_check_external(db, &e, oops), "资质证书号");
	e.indicator = "47";
	refused(track_check_external(db, &e, oops), "资质证书号");
	city_close(db);
}

/* ---- documents ---- */

static int64_t
document(struct db *db, const char *id, int subtarget, const char *period, const char *date,
	const char *state_)
{
	struct evidence_row e = { .indicator = id, .subtarget = subtarget, .title = "文件",
		.document_no = "", .date = date, .period = period, .sha256 = "",
		.state = "uploaded", .reviewer = "", .note = "", .who = "office", .minute = 1 };

	must(db_put_evidence(db, &e, oops));
	if (state_ != NULL)
		must(db_set_evidence_state(db, e.id, state_, "审核员", "", 2, oops));
	return e.id;
}

static void
what_is_counted_by_the_year_is_proven_by_a_document_of_it(void **state)
{
	struct db *db = board_open();

	(void)state;
	for (int y = 2024; y <= 2025; y++) {
		reading(db, "3", 1, y, "是");	/* both of each year */
		reading(db, "3", 2, y, "1.2‰");
	}
	reading(db, "16", 1, 2024, "已召开");	/* done once */
	document(db, "3", 0, "2024 年度", "2025-03-01", "accepted");
	document(db, "16", 0, "2024 年度", "2025-03-01", "accepted");
	assert_int_equal(row_in(db, "3", 2024)->evidence, EVIDENCE_ACCEPTED);
	assert_int_equal(row_in(db, "3", 2025)->evidence, EVIDENCE_NONE);
	assert_int_equal(row_in(db, "16", 2025)->evidence, EVIDENCE_ACCEPTED);
	document(db, "3", 2, "", "2025-12-01", NULL);	/* no period: the year of its day */
	assert_int_equal(row_in(db, "3", 2025)->evidence, EVIDENCE_NONE);
	document(db, "3", 1, "2023—2025 年", "2026-01-01", NULL);
	assert_int_equal(row_in(db, "3", 2025)->evidence, EVIDENCE_WAITING);
	document(db, "3", 0, "2025 年度", "2026-01-01", "returned");
	/* newer, and of another year: replaces nothing */
	document(db, "3", 0, "2024 年度", "2026-01-02", "accepted");
	assert_int_equal(row_in(db, "3", 2025)->evidence, EVIDENCE_RETURNED);
	document(db, "3", 0, "", "", "accepted");	/* an older program let it in: of no year */
	assert_int_equal(row_in(db, "3", 2025)->evidence, EVIDENCE_RETURNED);
	city_close(db);
}

/* ---- the year of the board ---- */

static int
year_shown(struct db *db)
{
	must(track_load(&board, db, NULL, &city_pool, oops));
	return board.year;
}

static void
one_entry_does_not_move_the_board(void **state)
{
	static const char *const yearly[] = { "2", "3", "5", "11.2", "13", "20", "22", "23", "24",
		"25", "30", "31", "34" };
	struct db *db = board_open();
	size_t rows = sizeof(yearly) / sizeof(yearly[0]), i;

	(void)state;
	year_a(db, 2023, 100, N, "");
	for (i = 0; i < rows; i++)
		reading(db, yearly[i], 1, 2024, "是");
	assert_int_equal(year_shown(db), 2024);
	reading(db, "3", 2, 2025, "1.2‰");
	assert_int_equal(year_shown(db), 2024);
	assert_int_equal(board.known[board.knowns - 1], 2025);	/* but it can be asked for */
	for (i = 0; i < rows / 2; i++)
		reading(db, yearly[i], 1, 2025, "是");
	assert_int_equal(year_shown(db), 2024);		/* six of thirteen */
	reading(db, yearly[i], 1, 2025, "是");
	assert_int_equal(year_shown(db), 2025);		/* seven */
	city_close(db);
	db = board_open();
	reading(db, "3", 2, 2024, "1.2‰");		/* nothing is known for most */
	reading(db, "3", 2, 2025, "1.2‰");
	assert_int_equal(year_shown(db), 2025);
	year_a(db, 2023, 100, N, "");
	assert_int_equal(year_shown(db), 2023);
	external(db, "40", 2026, 3, "");		/* counts for nothing, so of no year */
	(void)year_shown(db);
	assert_int_equal(board.known[board.knowns - 1], 2025);
	external(db, "40", 2026, 3, "证1");
	(void)year_shown(db);
	assert_int_equal(board.known[board.knowns - 1], 2026);
	assert_int_equal(board.year, 2023);
	city_close(db);
}

/* 连续3年: three steps until somebody signs that three values are meant. */
static void
what_years_in_a_row_are_is_signed(void **state)
{
	struct criterion_row c = { .indicator = "34", .name = "years", .value = "values",
		.signed_by = "张三", .date = "2024-01-01", .who = "office", .minute = 28600000 };
	struct db *db = board_open();
	struct err err = { 0 };
	const struct clause *of;

	(void)state;
	reading(db, "34", 1, 2022, "61.2%");
	reading(db, "34", 1, 2023, "63%");
	reading(db, "34", 1, 2024, "64.8%");
	of = &row_in(db, "34", 2024)->clause[0];
	assert_int_equal(of->steps, 3);
	assert_int_equal(of->literal, TRUTH_UNKNOWN);
	assert_says(&of->reason, "连续 3 年要有 4 个年度的完成值，现有连续 3 个");
	must(track_check_criterion(db, &c, oops));
	must(db_put_criterion(db, &c, oops));
	of = &row_in(db, "34", 2024)->clause[0];
	assert_int_equal(of->steps, 2);
	assert_int_equal(of->literal, TRUTH_TRUE);
	assert_says(&of->reason,
		"按连续两次变化（3 个年度）计（张三 于 2024-01-01 审定），符合要求");
	c.indicator = "3";
	/* nothing of it asks for years in a row */
	assert_int_equal(track_check_criterion(db, &c, &err), -1);
	assert_int_equal(err.code, ERR_REFUSED);
	c = (struct criterion_row){ .indicator = "34", .name = "years", .value = "days",
		.signed_by = "张三", .date = "2024-01-01" };
	err = (struct err){ 0 };
	assert_int_equal(track_check_criterion(db, &c, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	city_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_citys_own_word_is_no_agencys_score),
	cmocka_unit_test(a_standard_entered_after_the_survey_began_needs_its_document),
	cmocka_unit_test(who_signs_is_told_what_it_is_not_for),
	cmocka_unit_test(the_last_day_of_signing_counts_whatever_is_typed_last),
	cmocka_unit_test(what_is_abolished_comes_back_by_a_document_alone),
	cmocka_unit_test(what_does_not_apply_can_be_signed_to_apply_again),
	cmocka_unit_test(clauses_that_dropped_out_are_called_what_they_are),
	cmocka_unit_test(a_place_nobody_asks_for_is_refused),
	cmocka_unit_test(what_is_counted_by_the_year_is_proven_by_a_document_of_it),
	cmocka_unit_test(one_entry_does_not_move_the_board),
	cmocka_unit_test(what_years_in_a_row_are_is_signed),
};

CHECK_MAIN(tests)
