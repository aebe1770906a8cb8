/* Calibration and trimming against R's survey. */
#include "tests/stats/weight/margins.h"

#include "stats/fault.h"
#include "stats/stats.h"

static json_t *calibration;

static int
load(void **state)
{
	(void)state;
	stats_init();
	calibration = oracle_load("tests/reference/survey/api_calibration.json");
	return 0;
}

static int
unload(void **state)
{
	(void)state;
	json_decref(calibration);
	pool_clear(&pool);
	return 0;
}

static struct column
indicator(const struct api *a, const char *name, const char *factor, const char *yes)
{
	double *x = pool_array(&pool, a->csv.rows, sizeof(*x));

	for (size_t i = 0; i < a->csv.rows; i++)
		x[i] = strcmp(oracle_cell(&a->csv, i, factor), yes) == 0;
	return (struct column){ .name = name, .x = x, .upper = NAN };
}

static struct column
ones(const struct api *a)
{
	double *x = pool_array(&pool, a->csv.rows, sizeof(*x));

	for (size_t i = 0; i < a->csv.rows; i++)
		x[i] = 1;
	return (struct column){ .name = "(Intercept)", .x = x, .upper = NAN };
}

/* Weights and the five statistics that every entry of the reference has. */
static void
check_calibrated(const struct api *a, const char *name, double tolerance)
{
	const json_t *want = oracle_at(oracle_at(calibration, "results"), name);
	struct column api00 = column(a, "api00"), enroll = column(a, "enroll"),
		stu = column(a, "api.stu");
	const struct factor *stype = factor_column(&a->csv, "stype");
	struct sample_ask ask = { .of = &api00, .ofs = 1 };
	struct table t;

	for (size_t i = 0; i < a->csv.rows; i++)
		assert_close(
			sample_weights(a->sample)[i], oracle_nth(want, "weights", i), tolerance);
	assert_close(sample_summarise(a->sample).kish_deff,
		oracle_number(want, "kish_deff_w"), tolerance);
	t = estimate(a->sample, &ask);
	check_rows(&t, oracle_at(want, "mean_api00"), tolerance);
	ask = (struct sample_ask){ .statistic = SAMPLE_TOTAL, .of = &enroll, .ofs = 1 };
	t = estimate(a->sample, &ask);
	check_rows(&t, oracle_at(want, "total_enroll"), tolerance);
	ask.of = indicators(stype, &pool);
	ask.ofs = 3;
	t = estimate(a->sample, &ask);
	check_rows(&t, oracle_at(want, "total_stype"), tolerance);
	ask = (struct sample_ask) {
		.statistic = SAMPLE_RATIO, .of = &stu, .den = &enroll, .ofs = 1
	};
	t = estimate(a->sample, &ask);
	check_rows(&t, oracle_at(want, "ratio"), tolerance);
	ask = (struct sample_ask){ .of = &api00, .ofs = 1, .by = &stype, .bys = 1 };
	t = estimate(a->sample, &ask);
	check_rows(&t, oracle_at(want, "by"), tolerance);
}

static void
margins_are_met_as_r_meets_them(void **state)
{
	const struct rake_margin two[] = { stype_margin, wide_margin },
		strat[] = { awards_margin, wide_margin };
	struct rake_report report;
	struct api a;

	(void)state;
	a = api_open("clus1");
	calibrate_margins(&a, CALIBRATE_POSTSTRATIFY, two, 1, NAN);
	check_calibrated(&a, "poststratify_clus1", 1e-9);
	a = api_open("clus1");
	report = calibrate_margins(&a, CALIBRATE_RAKE, two, 2, NAN);
	check_calibrated(&a, "rake_clus1_tight", 1e-9);
	assert_true(report.error <= 1e-10 && report.iterations > 2);
	a = api_open("srs");
	calibrate_margins(&a, CALIBRATE_RAKE, two, 2, NAN);
	check_calibrated(&a, "rake_srs_tight", 1e-9);
	/* Weights differ here, so R's two regressions do: the design-weighted one is followed. */
	a = api_open("strat");
	calibrate_margins(&a, CALIBRATE_RAKE, strat, 2, NAN);
	check_calibrated(&a, "rake_strat_deville_sarndal", 1e-9);
}

/*
 * survey::rake()'s unweighted regression gives other errors from the same weights: within two per
 * cent.
 */
static void
the_other_regression_is_close(void **state)
{
	const struct rake_margin strat[] = { awards_margin, wide_margin };
	struct column api00;
	struct table t;
	struct api a;

	(void)state;
	a = api_open("strat");
	calibrate_margins(&a, CALIBRATE_RAKE, strat, 2, NAN);
	api00 = column(&a, "api00");
	t = estimate(a.sample, &(struct sample_ask){ .of = &api00, .ofs = 1 });
	assert_close(t.row[0].estimate.value,
		oracle_number(calibration, "results/rake_strat_tight/mean_api00/est"), 1e-9);
	assert_close(t.row[0].estimate.se,
		oracle_number(calibration, "results/rake_strat_tight/mean_api00/se"), 0.02);
}

static void
calibrate_totals(const struct api *a, enum calibrate_method method, const struct column x[],
	const double total[], size_t n, double low, double high)
{
	struct calibrate_spec spec = { .method = method,
		.x = x,
		.total = total,
		.xs = n,
		.low = low,
		.high = high,
		.cap = NAN };
	struct rake_report report;

	memset(&err, 0, sizeof(err));
	if (sample_calibrate(a->sample, &spec, &report, &err) != 0)
		fail_msg("%s", err.text);
}

static size_t
auxiliaries(const struct api *a, struct column x[])
{
	x[0] = ones(a);
	x[1] = indicator(a, "stypeH", "stype", "H");
	x[2] = indicator(a, "stypeM", "stype", "M");
	x[3] = column(a, "api99");
	return 4;
}

static const double totals[] = { 6194, 755, 1018, 3914069 };

static void
totals_are_met_as_r_meets_them(void **state)
{
	const double strat_total[] = { 6194, 3914069, 5122 }, low = -INFINITY, high = INFINITY;
	struct column x[4], y[3];
	struct api a;

	(void)state;
	a = api_open("clus1");
	auxiliaries(&a, x);
	calibrate_totals(&a, CALIBRATE_LINEAR, x, totals, 3, low, high);
	check_calibrated(&a, "calibrate_linear_clus1", 1e-9);
	a = api_open("clus1");
	calibrate_totals(&a, CALIBRATE_LINEAR, x, totals, 4, low, high);
	check_calibrated(&a, "calibrate_linear_api99", 1e-9);
	a = api_open("clus1");
	calibrate_totals(&a, CALIBRATE_RAKING, x, totals, 4, low, high);
	check_calibrated(&a, "calibrate_raking_api99", 1e-7);
	a = api_open("clus1");
	calibrate_totals(&a, CALIBRATE_LOGIT, x, totals, 4, 0.5, 2.5);
	check_calibrated(&a, "calibrate_logit_api99", 1e-7);
	a = api_open("clus2");
	auxiliaries(&a, x);
	calibrate_totals(&a, CALIBRATE_LINEAR, x, totals, 4, low, high);
	check_calibrated(&a, "calibrate_linear_clus2", 1e-9);
	a = api_open("strat");
	y[0] = ones(&a);
	y[1] = column(&a, "api99");
	y[2] = indicator(&a, "sch.wideYes", "sch.wide", "Yes");
	calibrate_totals(&a, CALIBRATE_LINEAR, y, strat_total, 3, 0.9, 1.1);
	check_calibrated(&a, "calibrate_linear_bounds_strat", 1e-7);
}

/* One auxiliary with variance in proportion to it: the ratio estimator. */
static void
a_ratio_estimator_is_a_calibration(void **state)
{
	const double total[] = { 3914069 };
	struct calibrate_spec spec = { .method = CALIBRATE_LINEAR,
		.total = total,
		.xs = 1,
		.low = -INFINITY,
		.high = INFINITY,
		.cap = NAN };
	struct rake_report report;
	struct column x;
	struct api a;

	(void)state;
	a = api_open("clus1");
	x = column(&a, "api99");
	spec.x = &x;
	spec.spread = x.x;
	assert_int_equal(sample_calibrate(a.sample, &spec, &report, &err), 0);
	check_calibrated(&a, "ratio_calibrate_variance_1", 1e-9);
}

static void
trimming_is_rs(void **state)
{
	struct column x[4];
	struct api a;

	(void)state;
	a = api_open("clus1");
	auxiliaries(&a, x);
	calibrate_totals(&a, CALIBRATE_LINEAR, x, totals, 4, -INFINITY, INFINITY);
	assert_int_equal(sample_trim(a.sample, 25, 60, false, &err), 0);
	check_calibrated(&a, "trimWeights_25_60_strict_FALSE", 1e-9);
	a = api_open("clus1");
	calibrate_totals(&a, CALIBRATE_LINEAR, x, totals, 4, -INFINITY, INFINITY);
	assert_int_equal(sample_trim(a.sample, 25, 60, true, &err), 0);
	check_calibrated(&a, "trimWeights_25_60_strict_TRUE", 1e-9);
	a = api_open("strat");
	assert_int_equal(sample_trim(a.sample, -INFINITY, 40, false, &err), 0);
	check_calibrated(&a, "trimWeights_strat_upper40", 1e-9);
	assert_int_equal(sample_trim(a.sample, 1e6, 2e6, true, &err), FAULT_NOT_CONVERGED);
}

/* After a cap the margins still hold, which R's trimWeights() gives up. */
static void
a_cap_keeps_the_margins(void **state)
{
	const struct rake_margin two[] = { stype_margin, wide_margin };
	struct rake_report report;
	struct column *level, wide;
	struct table t;
	struct api a;

	(void)state;
	a = api_open("clus1");
	report = calibrate_margins(&a, CALIBRATE_RAKE, two, 2, 60);
	assert_true(report.rounds > 0);
	assert_true(report.trimmed > 0 && report.trimmed < 1);
	assert_true(report.deff_after <
		oracle_number(calibration, "results/rake_clus1_tight/kish_deff_w"));
	for (size_t i = 0; i < a.csv.rows; i++)
		assert_true(sample_weights(a.sample)[i] <= 60 * (1 + 1e-6));
	level = indicators(factor_column(&a.csv, "stype"), &pool);
	t = estimate(a.sample,
		&(struct sample_ask) { .statistic = SAMPLE_TOTAL, .of = level, .ofs = 3 });
	for (size_t i = 0; i < 3; i++) {
		assert_close(t.row[i].estimate.value, stype_n[i], 1e-6);
		assert_near(t.row[i].estimate.se, 0, 1e-6, 1);
	}
	wide = indicator(&a, "wide", "sch.wide", "Yes");
	t = estimate(a.sample,
		&(struct sample_ask) { .statistic = SAMPLE_TOTAL, .of = &wide, .ofs = 1 });
	assert_close(t.row[0].estimate.value, 5122, 1e-6);
}

static int
calibrate_fault(struct calibrate_spec spec)
{
	struct api a = api_open("clus1");
	struct rake_report report;

	memset(&err, 0, sizeof(err));
	return sample_calibrate(a.sample, &spec, &report, &err);
}

static void
what_cannot_be_reached_is_named(void **state)
{
	const double wrong_total[] = { 6194, 755, 1018, 9000000 };
	struct api a = api_open("clus1");
	struct column x[4];
	struct calibrate_spec spec = { .method = CALIBRATE_LOGIT,
		.x = x,
		.total = wrong_total,
		.xs = 4,
		.low = 0.9,
		.high = 1.1,
		.cap = NAN };

	(void)state;
	auxiliaries(&a, x);
	assert_int_equal(calibrate_fault(spec), FAULT_NOT_CONVERGED);
	assert_true(strlen(err.text) > 30);
	spec.high = INFINITY;
	assert_int_equal(calibrate_fault(spec), FAULT_INPUT);
	spec.method = CALIBRATE_LINEAR;
	spec.low = 1.1;
	assert_int_equal(calibrate_fault(spec), FAULT_INPUT);
	spec.low = -INFINITY;
	x[3] = column(&a, "acs.46");
	assert_int_equal(calibrate_fault(spec), FAULT_INPUT);
	assert_non_null(strstr(err.text, "acs.46"));
	x[3] = indicator(&a, "stypeX", "stype", "X");
	assert_int_equal(calibrate_fault(spec), FAULT_MARGIN_EMPTY);
	assert_non_null(strstr(err.text, "stypeX"));
	spec = (struct calibrate_spec){ .method = CALIBRATE_RAKE, .cap = NAN };
	assert_int_equal(calibrate_fault(spec), FAULT_INPUT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(margins_are_met_as_r_meets_them),
		cmocka_unit_test(the_other_regression_is_close),
		cmocka_unit_test(totals_are_met_as_r_meets_them),
		cmocka_unit_test(a_ratio_estimator_is_a_calibration),
		cmocka_unit_test(trimming_is_rs),
		cmocka_unit_test(a_cap_keeps_the_margins),
		cmocka_unit_test(what_cannot_be_reached_is_named),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, load, unload);
}
