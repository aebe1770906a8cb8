/* A verdict of a year uses what speaks of that year and before: every rule of
 * the table, every feed. */
#include "tests/support/check.h"

#include "base/entry.h"
#include "track/year.h"

#include "tests/track/board.h"

/* Something is known of each of these years, whatever else a test enters. */
static struct db *
known_open(int first, int last)
{
	struct db *db = board_open();
	struct peer_row peer = { .indicator = "1", .city = "某市", .score = 1, .se = NAN,
		.agency = "", .report_sha256 = "" };

	for (peer.year = first; peer.year <= last; peer.year++)
		must(db_put_peers(db, &peer, 1, oops));
	return db;
}

static const struct clause *
clause_in(struct db *db, const char *id, int year, size_t i)
{
	return &row_in(db, id, year)->clause[i];
}

/* ---- what people enter ---- */

static void
next_years_reading_leaves_this_year_as_it_was(void **state)
{
	struct db *db = board_open();

	(void)state;
	reading(db, "3", 1, 2024, "是");
	reading(db, "3", 2, 2024, "0.84‰");
	assert_standing(db, "3", STANDING_MISSED);
	reading(db, "3", 1, 2025, "是");
	reading(db, "3", 2, 2025, "1.2‰");
	assert_standing_in(db, "3", 2024, STANDING_MISSED);
	assert_string_equal(track_find(&board, "3")->clause[1].value, "0.84‰");
	assert_int_equal(track_find(&board, "3")->clause[1].year, 2024);
	assert_standing_in(db, "3", 2025, STANDING_MET);
	assert_standing(db, "3", STANDING_MET);		/* without a year: the newest known one */
	assert_int_equal(board.year, 2025);
	assert_int_equal(board.knowns, 2);
	city_close(db);
}

static void
what_is_done_once_holds_until_it_is_replaced(void **state)
{
	struct db *db = known_open(2021, 2025);

	(void)state;
	reading(db, "16", 1, 2022, "已召开");
	assert_standing_in(db, "16", 2021, STANDING_UNFILLED);
	assert_standing_in(db, "16", 2022, STANDING_MET);
	assert_standing_in(db, "16", 2024, STANDING_MET);
	/* and says of when it is */
	assert_int_equal(track_find(&board, "16")->clause[0].year, 2022);
	reading(db, "16", 1, 2025, "否");
	assert_standing_in(db, "16", 2024, STANDING_MET);
	assert_standing_in(db, "16", 2025, STANDING_MISSED);
	reading(db, "16", 1, 2022, "否");	/* a correction of 2022, entered last */
	assert_standing_in(db, "16", 2024, STANDING_MISSED);
	city_close(db);
}

/* A value that satisfies the rule, as somebody would type it. */
static const char *
good_value(const struct rule *rule, int year)
{
	switch (rule->op) {
	case RULE_IS:
		return rule->word;
	case RULE_EQUAL:
	case RULE_AT_LEAST:
	case RULE_AT_MOST:
		return pool_fmt(&city_pool, "%g%s", rule->threshold, rule->unit);
	case RULE_ABOVE:
		return pool_fmt(&city_pool, "%g%s", rule->threshold + 1, rule->unit);
	case RULE_BELOW_NATIONAL:
		return "0.2/0.5";
	case RULE_RANK:
	case RULE_FRONT:
		return "3/80";
	case RULE_RISING:
		return pool_fmt(&city_pool, "%d%%", year - 2000);
	case RULE_SATISFIED:
		return "90";
	case RULE_JUDGED:
		return "8";
	default:
		return NULL;
	}
}

/* Which rules are counted by the year: written out by hand, not asked of the program. */
static bool
annual_by_hand(const char *id, const struct rule *rule)
{
	static const char *const places =
		"2.2 3.1 5.2 11.2.2 13.1 20.5 22.1 23.1 23.2 23.3 23.4 24.1 25.1"
		" 30.1 30.2 30.3 30.4 31.1 34.1 34.2 ";
	char name[16];

	snprintf(name, sizeof(name), "%s.%d ", id, rule->number);
	return strncmp(places, name, strlen(name)) == 0 ||
		strstr(places, pool_fmt(&city_pool, " %s", name)) != NULL;
}

/* Does a person enter what this clause is judged by? */
static bool
is_entered(const struct clause *c)
{
	return c->feed == FEED_READING || c->feed == FEED_CONFIRMED;
}

/* A good value in each year from 2019 to 2022 for every rule that people feed,
 * signed where it is open. */
static void
enter_good_values(struct db *db)
{
	must(track_load(&board, db, NULL, &city_pool, oops));
	for (int y = 2019; y <= 2022; y++)
		external(db, "47", y, 3, "资质证 001");
	for (size_t r = 0; r < board.rows; r++) {
		const struct track_row *row = &board.row[r];

		for (size_t i = 0; i < row->rules; i++) {
			const struct rule *rule = &row->rule[i];

			if (!is_entered(&row->clause[i]))
				continue;
			if (rule_open(rule))
				threshold(db, row->indicator->id, rule->number,
					rule->op == RULE_JUDGED ? "6" :
					rule->op == RULE_SATISFIED ? "75" : "10", "2018-01-01");
			for (int y = 2019; y <= 2022; y++)
				reading_from(db, row->indicator->id, rule->number, y,
					good_value(rule, y), "某测评中心报告");
		}
	}
}

/* Is the clause judged in year y as it should be?  Returns whether it is of one year alone. */
static bool
check_clause(const char *id, const struct clause *c, int y)
{
	bool of_year = annual_by_hand(id, c->rule);
	enum truth want = y < 2019 || (y > 2022 && of_year) ? TRUTH_UNKNOWN : TRUTH_TRUE;

	if ((c->rule->op == RULE_RISING && y < 2022) || (c->rule->years > 0 && y < 2021))
		want = TRUTH_UNKNOWN;	/* not enough years yet */
	if (c->literal != want)
		fail_msg("%s.%d (%s) of %d: literal %d, want %d", id, c->rule->number,
			c->rule->text, y, c->literal, want);
	if (y >= 2019 && c->year != (y < 2022 ? y : 2022))
		fail_msg("%s.%d of %d says year %d", id, c->rule->number, y, c->year);
	assert_int_equal(rule_annual(c->rule), of_year);
	return of_year;
}

/* Every sub-target that people fill in: good values of 2019 to 2022 and of 2024, and what
 * they say of other years. */
static void
each_rule_of_the_table_is_of_its_year_or_holds(void **state)
{
	struct db *db = known_open(2017, 2025);
	size_t rules = 0, annual = 0;

	(void)state;
	enter_good_values(db);
	for (int y = 2018; y <= 2025; y++) {
		struct tracker at;

		rules = annual = 0;
		must(track_load(&at, db, &(struct track_ask){ .year = y }, &city_pool, oops));
		for (size_t r = 0; r < at.rows; r++)
			for (size_t i = 0; i < at.row[r].rules; i++) {
				if (!is_entered(&at.row[r].clause[i]))
					continue;
				annual += check_clause(at.row[r].indicator->id,
					&at.row[r].clause[i], y);
				rules++;
			}
		assert_true(rules > 120 && annual == 20);
	}
	city_close(db);
}

/* ---- outside results ---- */

static void
a_place_is_one_of_its_year(void **state)
{
	struct db *db = known_open(2022, 2025);

	(void)state;
	external(db, "40", 2024, 8, "资质证 001");
	assert_standing_in(db, "40", 2024, STANDING_MET);
	assert_standing_in(db, "40", 2023, STANDING_AWAITING);
	assert_null(track_find(&board, "40")->external);	/* nobody knew it in 2023 */
	assert_standing_in(db, "40", 2025, STANDING_AWAITING);
	assert_says(&track_find(&board, "40")->reason,
		"没有 2025 年的数；最近的是 2024 年 第 8 名");
	assert_int_equal(track_find(&board, "40")->external->rank, 8);
	external(db, "40", 2025, 12, "资质证 001");
	assert_standing_in(db, "40", 2024, STANDING_MET);
	assert_standing_in(db, "40", 2025, STANDING_MISSED);
	city_close(db);
}

/* ---- series and surveys ---- */

static const int rise[] = { 40, 100, 160, 220, 280 };
static const int64_t fall[] = { 2800, 2600, 2400, 2200, 2000 };

static void
a_series_ends_with_the_year(void **state)
{
	struct db *db = board_open();
	struct complaint_row row[5];
	const struct clause *c;

	(void)state;
	years_a(db, 2021, rise, 5);
	for (int i = 0; i < 5; i++)
		row[i] = (struct complaint_row){ .year = 2021 + i, .registered = fall[i],
			.residents = 800000, .national_per_10000 = 40, .source = "12315",
			.date = "2025-06-01", .break_note = "",
			.definition = "12315", .national_definition = "12315" };
	must(db_put_complaints(db, row, 5, "office", 1, oops));
	c = row_in(db, "43", 2024)->clause;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(c[i].series->years, 4);
		assert_int_equal(c[i].series->year[3].year, 2024);
		assert_int_equal(c[i].literal, TRUTH_TRUE);
		assert_int_equal(c[i].year, 2024);
	}
	assert_says(&track_find(&board, "43")->headline, "2024 年服务业满意度");
	c = row_in(db, "43", 2023)->clause;	/* two rises, two falls */
	assert_int_equal(c[0].literal, TRUTH_UNKNOWN);
	assert_int_equal(c[1].literal, TRUTH_UNKNOWN);
	assert_int_equal(c[3].year, 2023);	/* below the national rate of that year */
	assert_close(c[3].series->year[2].estimate.value, 30, 1e-12);
	assert_int_equal(row_in(db, "43", 2025)->clause[0].series->years, 5);
	city_close(db);
}

static void
a_series_needs_the_year_itself(void **state)
{
	struct db *db = known_open(2025, 2025);

	(void)state;
	years_a(db, 2021, rise, 4);
	complaints(db, falling, 4, 40);
	for (size_t i = 0; i < 4; i++) {
		if (i == 2)
			continue;
		assert_int_equal(clause_in(db, "43", 2024, i)->literal, TRUTH_TRUE);
		assert_int_equal(clause_in(db, "43", 2025, i)->literal, TRUTH_UNKNOWN);
		/* the test of another year */
		assert_null(clause_in(db, "43", 2025, i)->strength.in[LANG_ZH]);
		assert_null(clause_in(db, "43", 2025, i)->series);
		assert_says(&clause_in(db, "43", 2025, i)->reason, "没有 2025 年的");
	}
	city_close(db);
}

static void
a_level_of_a_survey_holds_and_says_its_year(void **state)
{
	struct db *db = known_open(2022, 2025);
	const struct clause *c;

	(void)state;
	year_c(db, 2023, 6, 300, 40, N);
	threshold(db, "44", 3, "60%", "2023-01-01");
	threshold(db, "47", 4, "75", "2023-01-01");
	c = clause_in(db, "44", 2022, 2);
	assert_int_equal(c->literal, TRUTH_UNKNOWN);
	c = clause_in(db, "44", 2025, 2);
	assert_int_equal(c->literal, TRUTH_TRUE);
	assert_int_equal(c->year, 2023);
	assert_says(&c->reason, "2023 年");
	assert_int_equal(clause_in(db, "47", 2025, 3)->literal, TRUTH_FALSE);
	assert_int_equal(clause_in(db, "47", 2025, 3)->year, 2023);
	year_c(db, 2025, 9, 40, 0, N);
	assert_int_equal(clause_in(db, "44", 2024, 2)->literal, TRUTH_TRUE);
	assert_int_equal(clause_in(db, "44", 2025, 2)->literal, TRUTH_FALSE);
	assert_int_equal(clause_in(db, "47", 2025, 3)->literal, TRUTH_TRUE);
	assert_int_equal(clause_in(db, "47", 2024, 3)->literal, TRUTH_FALSE);
	city_close(db);
}

static void
peers_are_those_of_the_year(void **state)
{
	struct db *db = board_open();
	struct peer_row peer = { .indicator = "40", .city = "某市", .se = 0.5, .agency = "",
		.report_sha256 = "" };

	(void)state;
	for (peer.year = 2023; peer.year <= 2024; peer.year++) {
		peer.score = peer.year == 2023 ? 99 : 1;
		must(db_put_peers(db, &peer, 1, oops));
	}
	year_a(db, 2023, 100, N, "");
	year_a(db, 2024, 100, N, "");
	assert_says(&clause_in(db, "40", 2023, 0)->strength, "名次为第 2 名");
	assert_says(&clause_in(db, "40", 2024, 0)->strength, "名次为第 1 名");
	city_close(db);
}

/* ---- documents ---- */

static void
a_document_speaks_from_its_period_on(void **state)
{
	static const struct { const char *period, *date; int year; } paper[] = {
		{ "2024 年度", "2025-03-01", 2024 },	/* handed in the year after */
		{ "2022—2024 年", "2025-03-01", 2022 },
		{ "", "2023-12-31", 2023 },		/* nothing said: when it is dated */
		{ "第 20240 号", "2023-01-01", 2023 },
		{ "", "", 0 },
		{ "2031", "2031-01-01", 0 },	/* an old entry ahead of time: from today on */
	};
	struct db *db = known_open(2021, 2025);

	(void)state;
	for (size_t i = 0; i < sizeof(paper) / sizeof(paper[0]); i++) {
		struct evidence_row e = { .indicator = "16", .title = "t", .document_no = "",
			.date = paper[i].date, .period = paper[i].period, .sha256 = "",
			.who = "office" };

		assert_int_equal(year_of_document(&e), i == 5 ? entry_year_last() : paper[i].year);
		must(db_put_evidence(db, &e, oops));
	}
	assert_int_equal(row_in(db, "16", 2021)->files, 1);
	assert_int_equal(row_in(db, "16", 2022)->files, 2);
	assert_int_equal(row_in(db, "16", 2023)->files, 4);
	assert_int_equal(row_in(db, "16", 2024)->files, 5);
	city_close(db);
}

/* ---- years there are ---- */

static void
refuses(struct db *db, int year, const char *says)
{
	const struct track_ask ask = { .year = year };
	struct err err = { 0 };

	assert_int_equal(track_load(&board, db, &ask, &city_pool, &err), -1);
	assert_int_equal(err.code, ERR_REFUSED);
	if (strstr(err.text, says) == NULL)
		fail_msg("“%s” does not say “%s”", err.text, says);
}

static void
a_year_to_come_or_without_data_has_no_board(void **state)
{
	struct db *db = board_open();
	int now = entry_year_last();

	(void)state;
	must(track_load(&board, db, NULL, &city_pool, oops));
	assert_int_equal(board.year, now);
	assert_int_equal(board.knowns, 0);
	refuses(db, 2019, "还没有任何年度的数据");
	reading(db, "16", 1, 2021, "已召开");
	reading(db, "16", 1, 2022, "已召开");
	external(db, "40", 2024, 8, "资质证 001");
	refuses(db, 2019, "2019 年没有任何数据，不能判定；有数据的年度：2021—2022、2024");
	refuses(db, 2023, "2021—2022、2024");
	refuses(db, now + 1, "还没有到");
	refuses(db, 2035, "2035 年还没有到，不能判定；有数据的年度：2021—2022、2024");
	/* an older program let it in: it opens no year and moves none */
	reading(db, "16", 1, 2035, "否");
	refuses(db, 2035, "还没有到");
	assert_standing(db, "16", STANDING_MET);
	assert_int_equal(board.year, 2024);
	assert_int_equal(track_find(&board, "16")->readings, 3);	/* and stays on record */
	city_close(db);
}

static void
a_wave_makes_its_year_known_with_its_first_answer(void **state)
{
	struct db *db = board_open();
	const struct form *form;
	struct wave w;

	(void)state;
	reading(db, "16", 1, 2024, "已召开");
	form = city_form(db, "A");
	w = city_wave(form, 2025);
	must(db_put_wave(db, &w, oops));
	must(track_load(&board, db, NULL, &city_pool, oops));
	assert_int_equal(board.year, 2024);
	city_row(db, &(struct response_row){ .wave = w.id, .stream = "open",
		.answers = city_answers(form, NULL, 0) });
	must(track_load(&board, db, NULL, &city_pool, oops));
	assert_int_equal(board.year, 2025);
	city_close(db);
}

/* ---- what may be entered ---- */

static void
a_year_that_cannot_be_is_refused(void **state)
{
	int now = entry_year_last(), bad[] = { now + 1, 2031, 1999, 2008, 0, -5 };
	struct db *db = board_open();
	struct reading_row r = { .indicator = "16", .subtarget = 1, .value = "已召开",
		.source = "s", .date = "2024-06-01" };
	struct external_row e = { .indicator = "40", .rank = 1, .of = 2, .agency = "a",
		.qualification = "q" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err err[2] = { { 0 } };

		r.year = e.year = bad[i];
		assert_int_equal(track_check_reading(db, &r, &err[0]), -1);
		assert_int_equal(track_check_external(db, &e, &err[1]), -1);
		assert_non_null(strstr(err[0].text, pool_fmt(&city_pool, "2009—%d", now)));
		assert_non_null(strstr(err[1].text, pool_fmt(&city_pool, "2009—%d", now)));
	}
	city_close(db);
}

static void
a_day_that_cannot_be_is_refused(void **state)
{
	static const char *const bad[] = { "2031-06-01", "2024-02-30", "1949-09-30", "2024-13-01",
		"20240101", "" };
	struct db *db = board_open();
	struct reading_row r = { .indicator = "16", .subtarget = 1, .year = 2024, .value = "已召开",
		.source = "s" };
	struct threshold_row t = { .indicator = "25", .clause = 1, .value = "10",
		.signed_by = "x" };
	struct evidence_row v = { .indicator = "16", .title = "t", .period = "" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		r.date = t.date = v.date = bad[i];
		assert_int_equal(track_check_reading(db, &r, NULL), -1);
		assert_int_equal(track_check_threshold(db, &t, NULL), -1);
		assert_int_equal(track_check_evidence(db, &v, NULL), -1);
	}
	/* a document may be older than what it still proves */
	r.date = t.date = v.date = "2008-05-01";
	/* a source says nothing of a year to come */
	assert_int_equal(track_check_reading(db, &r, NULL), -1);
	r.date = "2023-12-31";
	assert_int_equal(track_check_reading(db, &r, NULL), -1);
	r.date = "2024-01-01";
	must(track_check_reading(db, &r, oops));
	must(track_check_threshold(db, &t, oops));
	must(track_check_evidence(db, &v, oops));
	city_close(db);
}

static void
a_period_stands_for_a_day(void **state)
{
	int now = entry_year_last();
	struct db *db = board_open();
	struct evidence_row v = { .indicator = "16", .title = "t", .date = "",
		.period = "2024 年度" };

	(void)state;
	must(track_check_evidence(db, &v, oops));
	v.date = "2008-05-01";
	v.period = "全年";
	assert_int_equal(track_check_evidence(db, &v, NULL), -1);
	v.period = pool_fmt(&city_pool, "%d 年度", now + 1);
	assert_int_equal(track_check_evidence(db, &v, NULL), -1);
	v.period = pool_fmt(&city_pool, "%d—%d", now, now + 4);	/* a plan that has begun */
	must(track_check_evidence(db, &v, oops));
	city_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(next_years_reading_leaves_this_year_as_it_was),
	cmocka_unit_test(what_is_done_once_holds_until_it_is_replaced),
	cmocka_unit_test(each_rule_of_the_table_is_of_its_year_or_holds),
	cmocka_unit_test(a_place_is_one_of_its_year),
	cmocka_unit_test(a_series_ends_with_the_year),
	cmocka_unit_test(a_series_needs_the_year_itself),
	cmocka_unit_test(a_level_of_a_survey_holds_and_says_its_year),
	cmocka_unit_test(peers_are_those_of_the_year),
	cmocka_unit_test(a_document_speaks_from_its_period_on),
	cmocka_unit_test(a_year_to_come_or_without_data_has_no_board),
	cmocka_unit_test(a_wave_makes_its_year_known_with_its_first_answer),
	cmocka_unit_test(a_year_that_cannot_be_is_refused),
	cmocka_unit_test(a_day_that_cannot_be_is_refused),
	cmocka_unit_test(a_period_stands_for_a_day),
};

CHECK_MAIN(tests)
