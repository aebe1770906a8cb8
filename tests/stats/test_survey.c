/* Estimates from a tally: designs and domains, and what has no error or no figure. */
#include "tests/stats/tally.h"

#include "stats/fault.h"

static void
a_lonely_psu_is_named_by_stratum(void **state)
{
	static const char *const variable[] = { "sector" };
	struct score q = scale("q", 0, 1, 10);
	struct score_layout l = layout_of(&q, 1, false, false);
	struct survey_options o = { 0 };
	struct survey_ask ask = { 0 };
	struct table table;
	struct survey *s;
	struct tally t;

	(void)state;
	tally_init(&t, &l, variable, 1, &pool);
	one_tally(&t, &l, "north", "c1", "S01", 5, 10);
	one_tally(&t, &l, "north", "c2", "S01", 7, 10);
	one_tally(&t, &l, "south", "c3", "S01", 6, 10);
	assert_int_equal(survey_open(&s, &t, &o, &pool, &err), 0);
	assert_int_equal(survey_estimate(&table, s, &ask, &pool, &err), 0);
	assert_int_equal(table.row[0].span_fault, FAULT_LONELY_PSU);
	assert_non_null(strstr(table.row[0].err->text, "south"));
	/* 5, 7 and 6, ten people each */
	assert_close(table.row[0].estimate.value, 500 / 9.0, 1e-14);
	assert_true(isnan(table.row[0].estimate.se) && isnan(table.row[0].estimate.low) &&
		isnan(table.cov[0]));
	/* Only who lives in that stratum is touched. */
	ask = (struct survey_ask){ .by = variable, .bys = 1 };
	one_tally(&t, &l, "north", "c1", "S02", 5, 10);
	one_tally(&t, &l, "north", "c2", "S02", 8, 10);
	assert_int_equal(survey_open(&s, &t, &o, &pool, &err), 0);
	assert_int_equal(survey_estimate(&table, s, &ask, &pool, &err), 0);
	assert_int_equal(table.row[0].span_fault, FAULT_LONELY_PSU);
	assert_int_equal(table.row[1].span_fault, 0);
	assert_true(table.row[1].estimate.se > 0);
	o.lonely = DESIGN_CERTAINTY;
	table = estimate(&t, &o, NULL);
	assert_true(table.row[0].estimate.se > 0);
}

static void
one_psu_in_all_has_no_error(void **state)
{
	struct score q = scale("q", 0, 1, 10);
	struct score_layout l = layout_of(&q, 1, false, false);
	struct survey_options o = { .lonely = DESIGN_ADJUST };
	struct survey_ask ask = { 0 };
	struct survey *s;
	struct table table;
	struct tally t;

	(void)state;
	tally_init(&t, &l, NULL, 0, &pool);
	one_tally(&t, &l, "", "c1", "", 5, 10);
	assert_int_equal(survey_open(&s, &t, NULL, &pool, &err), 0);
	assert_int_equal(survey_estimate(&table, s, &ask, &pool, &err), 0);
	assert_int_equal(table.row[0].span_fault, FAULT_ONE_PSU);
	assert_close(table.row[0].estimate.value, 400.0 / 9, 1e-14);
	table = estimate(&t, &o, NULL);
	assert_close(table.row[0].estimate.value, 400.0 / 9, 1e-14);
	assert_true(isnan(table.row[0].estimate.se));
	assert_true(isnan(table.row[0].estimate.low));
	assert_false(estimate_publishable(&table.row[0].estimate));
}

static void
an_empty_domain_and_an_unanswered_item_are_named(void **state)
{
	static const char *const variable[] = { "sector" }, *const s09[] = { "S09" };
	struct score q[] = { scale("q", 0, 1, 10) };
	struct score_layout l = layout_of(q, 1, false, false);
	struct survey_where where = { "sector", s09, 1, false };
	struct survey_ask ask = { .where = &where, .wheres = 1 };
	struct table table;
	struct tally t;

	(void)state;
	tally_init(&t, &l, variable, 1, &pool);
	one_tally(&t, &l, "", "c1", "S01", 98, 10);
	one_tally(&t, &l, "", "c2", "S02", 98, 10);
	table = estimate(&t, NULL, NULL);
	assert_int_equal(table.row[0].fault, FAULT_ALL_MISSING);
	assert_non_null(strstr(table.row[0].err->text, "q"));
	assert_true(isnan(table.row[0].estimate.value));
	table = estimate(&t, NULL, &ask);
	assert_int_equal(table.rows, 1);
	assert_int_equal(table.row[0].fault, FAULT_EMPTY_DOMAIN);
}

/* Flagged people are left out, but the blocks they live in were sampled all the same. */
static void
people_left_out_leave_their_psus_behind(void **state)
{
	static const char *const variable[] = { "flagged", "sector" }, *const yes[] = { "1" };
	static const char *const s01[] = { "S01" };
	struct score q = scale("q", 0, 0, 100);
	struct score_layout l = layout_of(&q, 1, false, false);
	struct survey_where unflagged = { "flagged", yes, 1, true },
		sector = { "sector", s01, 1, false };
	struct survey_options o = { .where = &unflagged, .wheres = 1 };
	struct survey_ask ask = { .where = &sector, .wheres = 1, .interval = INTERVAL_WALD };
	struct table table;
	struct tally t;

	(void)state;
	tally_init(&t, &l, variable, 2, &pool);
	one_tally(&t, &l, "", "a", "0|S01", 10, 1);
	one_tally(&t, &l, "", "b", "0|S01", 20, 1);
	one_tally(&t, &l, "", "c", "1|S01", 90, 1);
	one_tally(&t, &l, "", "d", "0|S02", 50, 1);
	table = estimate(&t, &o, &ask);
	assert_close(table.row[0].estimate.value, 15, 1e-14);
	assert_close(table.row[0].estimate.n, 2, 0);
	/* Totals -2.5, 2.5, 0, 0 of four PSUs. */
	assert_close(table.row[0].estimate.se, sqrt(4.0 / 3 * 12.5), 1e-14);
	assert_close(table.df, 3, 0);
	ask.domain_df = true;
	table = estimate(&t, &o, &ask);
	assert_close(table.df, 1, 0);
}

static void
unknown_names_and_impossible_populations_are_named(void **state)
{
	static const char *const variable[] = { "sector" }, *const by[] = { "colour" };
	struct score q = scale("q", 0, 1, 10);
	struct score_layout l = layout_of(&q, 1, false, false);
	struct design_stratum one = { "", 1.5 };
	struct survey_options o = { .population = &one, .populations = 1 };
	struct survey_ask ask = { .by = by, .bys = 1 };
	struct table table;
	struct survey *s;
	struct tally t;

	(void)state;
	tally_init(&t, &l, variable, 1, &pool);
	one_tally(&t, &l, "", "a", "S01", 5, 2);
	one_tally(&t, &l, "", "b", "S01", 6, 2);
	assert_int_equal(survey_open(&s, &t, &o, &pool, &err), FAULT_FPC);
	assert_int_equal(survey_open(&s, &t, NULL, &pool, NULL), 0);
	memset(&err, 0, sizeof(err));
	assert_int_equal(survey_estimate(&table, s, &ask, &pool, &err), FAULT_COLUMN);
	assert_non_null(strstr(err.text, "colour"));
	ask = (struct survey_ask){ .score = &at[5], .scores = 1 };
	assert_int_equal(survey_estimate(&table, s, &ask, &pool, NULL), FAULT_COLUMN);
}

/* An empty tally says so instead of dividing by nobody. */
static void
nobody_has_no_index(void **state)
{
	struct score q = scale("q", 0, 1, 10);
	struct score_layout l = layout_of(&q, 1, true, false);
	struct survey_options o = { .lonely = DESIGN_CERTAINTY };
	struct table table;
	struct tally t;

	(void)state;
	tally_init(&t, &l, NULL, 0, &pool);
	table = estimate(&t, &o, NULL);
	assert_int_equal(table.rows, 1);
	assert_int_equal(table.row[0].fault, FAULT_EMPTY_DOMAIN);
	assert_false(estimate_publishable(&table.row[0].estimate));
}

/* Nobody is old in the north: sex and place can be met alone, not with this table of zeros. */
static void
contradicting_margins_do_not_converge(void **state)
{
	static const char *const variable[] = { "a", "b" }, *const level[] = { "0", "1" };
	static const double a_n[] = { 10, 90 }, b_n[] = { 50, 50 };
	struct rake_margin m[] = { { "a", level, a_n, 2 }, { "b", level, b_n, 2 } };
	struct survey_options o = { .margin = m, .margins = 2 };
	struct score q = scale("q", 0, 1, 10);
	struct score_layout l = layout_of(&q, 1, false, false);
	struct survey *s;
	struct tally t;

	(void)state;
	tally_init(&t, &l, variable, 2, &pool);
	one_tally(&t, &l, "", "c1", "0|0", 5, 10);
	one_tally(&t, &l, "", "c2", "1|1", 5, 10);
	assert_int_equal(survey_open(&s, &t, &o, &pool, &err), FAULT_NOT_CONVERGED);
	assert_true(strlen(err.text) > 20);
}

/* Everyone gave the best mark: no logit, but an interval all the same. */
static void
all_at_the_top_still_has_an_interval(void **state)
{
	struct score q = scale("q", 0, 1, 10);
	struct score_layout l = layout_of(&q, 1, true, false);
	struct table table;
	struct tally t;

	(void)state;
	tally_init(&t, &l, NULL, 0, &pool);
	one_tally(&t, &l, "", "", "", 10, 60);
	table = estimate(&t, NULL, NULL);
	assert_close(table.row[0].estimate.high, 100, 0);
	/* Clopper-Pearson: (alpha/2)^(1/n). */
	assert_close(table.row[0].estimate.low, 100 * pow(0.025, 1 / 60.0), 1e-12);
	assert_true(isnan(table.row[0].estimate.n_eff));
	assert_close(table.row[0].estimate.kish, 60, 1e-12);
	assert_close(estimate_size(&table.row[0].estimate), 60, 1e-12);
	assert_true(isnan(table.row[0].estimate.deff));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_lonely_psu_is_named_by_stratum, setup, teardown),
		cmocka_unit_test_setup_teardown(one_psu_in_all_has_no_error, setup, teardown),
		cmocka_unit_test_setup_teardown(an_empty_domain_and_an_unanswered_item_are_named,
			setup, teardown),
		cmocka_unit_test_setup_teardown(people_left_out_leave_their_psus_behind,
			setup, teardown),
		cmocka_unit_test_setup_teardown(unknown_names_and_impossible_populations_are_named,
			setup, teardown),
		cmocka_unit_test_setup_teardown(nobody_has_no_index, setup, teardown),
		cmocka_unit_test_setup_teardown(contradicting_margins_do_not_converge,
			setup, teardown),
		cmocka_unit_test_setup_teardown(all_at_the_top_still_has_an_interval,
			setup, teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, NULL);
}
