/* Sums of R's api data against R's survey on its rows: estimates, raking, residual errors. */
#include "tests/stats/tally.h"

#include "stats/fault.h"

static json_t *basic, *calibration;

static int
load(void **state)
{
	(void)state;
	stats_init();
	basic = oracle_load("tests/reference/survey/api_basic.json");
	calibration = oracle_load("tests/reference/survey/api_calibration.json");
	return 0;
}

static int
unload(void **state)
{
	(void)state;
	json_decref(basic);
	json_decref(calibration);
	return 0;
}

static const int first_of[] = { 1 };

/* api00 on 0..1000 (so points are api00 / 10), enroll on 0..5000, sch.wide and stype as shares. */
static const struct score api[] = {
	{ .name = "api00",
		.kind = SCORE_SCALE,
		.item = &at[0],
		.items = 1,
		.lo = 0,
		.hi = 1000,
		.paired = true },
	{ .name = "api99",
		.kind = SCORE_SCALE,
		.item = &at[1],
		.items = 1,
		.lo = 0,
		.hi = 1000,
		.paired = true },
	{ .name = "wide",
		.kind = SCORE_SHARE,
		.item = &at[2],
		.items = 1,
		.lo = 0,
		.hi = 1,
		.in = first_of,
		.ins = 1 },
	{ .name = "acs", .kind = SCORE_SCALE, .item = &at[3], .items = 1, .lo = 0, .hi = 100 },
};
static const char *const api_variable[] = { "stype", "sch.wide" };

static int
whole(const char *cell)
{
	return *cell == '\0' ? SCORE_MISSING : atoi(cell);
}

static void
api_fold(struct tally *t, const char *file, const char *strata, const char *cluster,
	const struct score_layout *l)
{
	struct csv csv;

	oracle_csv(&csv, file, &pool);
	tally_init(t, l, api_variable, 2, &pool);
	for (size_t i = 0; i < csv.rows; i++) {
		int values[] = { whole(oracle_cell(&csv, i, "api00")),
			whole(oracle_cell(&csv, i, "api99")),
			strcmp(oracle_cell(&csv, i, "sch.wide"), "Yes") == 0,
			whole(oracle_cell(&csv, i, "acs.46")) };
		const char *key = tally_key(&pool,
			(const char *const[]) {
				oracle_cell(&csv, i, "stype"), oracle_cell(&csv, i, "sch.wide") },
				2);
		int64_t weight = (int64_t)(strtod(oracle_cell(&csv, i, "pw"), NULL) * 1e6 + 0.5);

		assert_int_equal(
			score_add(l,
			tally_cell(t, strata == NULL ? "" : oracle_cell(&csv, i, strata),
			cluster == NULL ? "" : oracle_cell(&csv, i, cluster), key),
			values, weight),
			0);
	}
}

static void
check_row(const struct table_row *row, const json_t *want, size_t i, double unit, double tolerance)
{
	assert_int_equal(row->fault, 0);
	assert_close(row->estimate.value * unit, oracle_nth(want, "est", i), tolerance);
	assert_close(row->estimate.se * unit, oracle_nth(want, "se", i), tolerance);
}

static void
check_api(
	const struct tally *t, const struct survey_options *o, const char *design, double tolerance)
{
	static const char *const stype[] = { "stype" }, *const both[] = { "stype", "sch.wide" };
	const json_t *want = oracle_at(oracle_at(basic, "results"), design);
	struct survey_ask ask = { .by = stype, .bys = 1, .interval = INTERVAL_WALD };
	struct table table = estimate(t, o, &(struct survey_ask){ .interval = INTERVAL_WALD });

	check_row(&table.row[0], oracle_at(want, "mean_api00"), 0, 10, tolerance);
	check_row(&table.row[1], oracle_at(want, "mean_multi"), 1, 10, tolerance);
	check_row(&table.row[3], oracle_at(want, "covmat_missing"), 0, 1, tolerance);
	assert_close(table.cov[1] * 100,
		oracle_nth(oracle_at(want, "mean_multi/vcov/0"), "", 1), tolerance);
	assert_close(table.row[0].estimate.low * 10,
		oracle_number(want, "mean_api00/ci/0/0"), tolerance);
	assert_close(table.row[0].estimate.high * 10,
		oracle_number(want, "mean_api00/ci/0/1"), tolerance);
	assert_close(table.row[0].estimate.df, oracle_number(want, "df"), 0);
	assert_close(table.row[0].estimate.deff,
		oracle_number(want, "mean_api00_deff_replace"), tolerance);
	assert_close(table.row[0].kish, oracle_number(want, "kish_neff"), 1e-6);
	table = estimate(t, o, &ask);
	assert_int_equal(table.rows, 12);
	for (size_t i = 0; i < 3; i++)
		check_row(&table.row[4 * i], oracle_at(want, "by_stype"), i, 10, tolerance);
	ask.by = both;
	ask.bys = 2;
	table = estimate(t, o, &ask);
	for (size_t i = 0; i < 6; i++)
		check_row(&table.row[4 * i], oracle_at(want, "by_stype_schwide"), i, 10, tolerance);
}

static void
the_sums_give_what_r_gives_from_the_rows(void **state)
{
	struct score_layout clustered = layout_of(api, 4, false, false),
		elements = layout_of(api, 4, true, false);
	struct design_stratum one = { "", 757 }, srs = { "", 6194 },
		strat[] = { { "E", 4421 }, { "H", 755 }, { "M", 1018 } };
	struct tally t;

	(void)state;
	api_fold(&t, "tests/reference/survey/apiclus1.csv", NULL, "dnum", &clustered);
	check_api(&t, NULL, "clus1_nofpc", 1e-9);
	check_api(&t, &(struct survey_options) { .population = &one, .populations = 1 },
		"clus1", 1e-9);
	api_fold(&t, "tests/reference/survey/apisrs.csv", NULL, NULL, &elements);
	check_api(
		&t, &(struct survey_options) { .population = &srs, .populations = 1 }, "srs", 1e-9);
	/* Weights of this file are not whole millionths. */
	api_fold(&t, "tests/reference/survey/apistrat.csv", "stype", NULL, &elements);
	check_api(&t, &(struct survey_options) { .population = strat, .populations = 3 },
		"strat", 3e-8);
	check_api(&t, NULL, "strat_nofpc", 3e-8);
}

static void
a_share_has_rs_intervals(void **state)
{
	static const char *const kind[] = { "xlogit", "beta", "asin", "wilson", "mean" };
	static const enum interval interval[] = { INTERVAL_LOGIT, INTERVAL_BETA, INTERVAL_ASIN,
		INTERVAL_WILSON, INTERVAL_WALD };
	struct score_layout l = layout_of(api, 4, false, false);
	struct tally t;

	(void)state;
	api_fold(&t, "tests/reference/survey/apiclus1.csv", NULL, "dnum", &l);
	for (size_t i = 0; i < 5; i++) {
		struct survey_ask ask = { .score = &at[2], .scores = 1, .interval = interval[i] };
		struct table table = estimate(&t, NULL, &ask);
		const json_t *want = oracle_at(
			oracle_at(basic, "results/clus1_nofpc/ciprop"), kind[i]);

		assert_close(table.row[0].estimate.low, oracle_nth(want, "ci", 0), 1e-9);
		assert_close(table.row[0].estimate.high, oracle_nth(want, "ci", 1), 1e-9);
	}
}

static const char *const stypes[] = { "E", "H", "M" }, *const wides[] = { "No", "Yes" };
static const double stype_n[] = { 4421, 755, 1018 }, wide_n[] = { 1072, 5122 };
static const struct rake_margin margins[] = { { "stype", stypes, stype_n, 3 },
	{ "sch.wide", wides, wide_n, 2 } };

static void
check_raked(const struct tally *t, const struct survey_options *o, const char *name)
{
	static const char *const stype[] = { "stype" };
	const json_t *want = oracle_at(oracle_at(calibration, "results"), name);
	struct survey_ask ask = { .interval = INTERVAL_WALD };
	struct table table = estimate(t, o, &ask);

	check_row(&table.row[0], oracle_at(want, "mean_api00"), 0, 10, 1e-9);
	ask.by = stype;
	ask.bys = 1;
	table = estimate(t, o, &ask);
	for (size_t i = 0; i < 3; i++) {
		check_row(&table.row[4 * i], oracle_at(want, "by"), i, 10, 1e-9);
		for (size_t j = 0; j < 3; j++)
			assert_close(table.cov[4 * i * table.rows + 4 * j] * 100,
				oracle_nth(json_array_get(oracle_at(want, "by/vcov"), i), "", j),
				1e-8);
	}
}

static void
raking_gives_rs_weights_and_residual_errors(void **state)
{
	struct score_layout l = layout_of(api, 4, false, false),
		elements = layout_of(api, 4, true, false);
	struct design_stratum one = { "", 757 }, srs = { "", 6194 };
	struct survey_options o = {
		.population = &one, .populations = 1, .margin = margins, .margins = 1
	};
	struct survey *s;
	struct tally t;

	(void)state;
	api_fold(&t, "tests/reference/survey/apiclus1.csv", NULL, "dnum", &l);
	check_raked(&t, &o, "poststratify_clus1");
	o.margins = 2;
	check_raked(&t, &o, "rake_clus1_tight");
	assert_int_equal(survey_open(&s, &t, &o, &pool, &err), 0);
	assert_close(survey_rake_report(s)->deff_after,
		oracle_number(calibration, "results/rake_clus1_tight/kish_deff_w"), 1e-9);
	assert_close(survey_rake_report(s)->deff_before, 1, 1e-12);
	assert_close(survey_rake_report(s)->sum, 6194, 1e-12);
	/* Rows that are PSUs: the same from sums of squares. */
	api_fold(&t, "tests/reference/survey/apisrs.csv", NULL, NULL, &elements);
	o.population = &srs;
	check_raked(&t, &o, "rake_srs_tight");
}

static void
margins_that_cannot_be_met_are_named(void **state)
{
	static const char *const four[] = { "E", "H", "M", "K" }, *const two[] = { "E", "H" };
	static const double four_n[] = { 4000, 755, 1018, 421 }, two_n[] = { 4421, 1773 },
		bad[] = { 4421, -1, 1774 };
	struct score_layout l = layout_of(api, 4, false, false);
	struct rake_margin m[] = { { "stype", four, four_n, 4 }, { "sch.wide", wides, wide_n, 2 } };
	struct survey_options o = { .margin = m, .margins = 2 };
	struct survey *s;
	struct tally t;

	(void)state;
	api_fold(&t, "tests/reference/survey/apiclus1.csv", NULL, "dnum", &l);
	assert_int_equal(survey_open(&s, &t, &o, &pool, &err), FAULT_MARGIN_EMPTY);
	assert_non_null(strstr(err.text, "stype"));
	assert_non_null(strstr(err.text, "K"));
	m[0] = (struct rake_margin){ "stype", two, two_n, 2 };
	memset(&err, 0, sizeof(err));
	assert_int_equal(survey_open(&s, &t, &o, &pool, &err), FAULT_MARGIN_UNLISTED);
	assert_non_null(strstr(err.text, "M"));
	o.rake.aside = true;
	assert_int_equal(survey_open(&s, &t, &o, &pool, &err), 0);
	assert_close(survey_rake_report(s)->aside, 25.0 / 183, 1e-12);
	m[0] = (struct rake_margin){ "stype", stypes, bad, 3 };
	assert_int_equal(survey_open(&s, &t, &o, &pool, NULL), FAULT_MARGIN_TARGET);
	m[0] = (struct rake_margin){ "stype", stypes, four_n, 3 };
	assert_int_equal(survey_open(&s, &t, &o, &pool, NULL), FAULT_MARGIN_TOTALS);
	m[0] = (struct rake_margin){ "colour", stypes, stype_n, 3 };
	assert_int_equal(survey_open(&s, &t, &o, &pool, NULL), FAULT_COLUMN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(the_sums_give_what_r_gives_from_the_rows),
		T(a_share_has_rs_intervals),
		T(raking_gives_rs_weights_and_residual_errors),
		T(margins_that_cannot_be_met_are_named),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, load, unload);
}
