/* Calibration, trimming and replicate weights against R's survey; rows against tallies. */
#include "tests/stats_oracle.h"

#include "stats/calibrate.h"
#include "stats/fault.h"
#include "stats/quantile.h"
#include "stats/replicate.h"
#include "stats/stats.h"
#include "stats/survey.h"

static struct pool pool;
static struct err err;
static json_t *calibration, *replicates;

static int
load(void **state)
{
	(void)state;
	stats_init();
	calibration = oracle_load("tests/reference/survey/api_calibration.json");
	replicates = oracle_load("tests/reference/survey/api_replicates.json");
	return 0;
}

static int
unload(void **state)
{
	(void)state;
	json_decref(calibration);
	json_decref(replicates);
	pool_clear(&pool);
	return 0;
}

static const struct factor *
factor_column(const struct csv *csv, const char *name)
{
	const char **text = pool_array(&pool, csv->rows + 1, sizeof(*text));
	struct factor *f = pool_take(&pool, sizeof(*f));
	size_t i;

	for (i = 0; i < csv->rows; i++)
		text[i] = oracle_cell(csv, i, name);
	factor_make(f, name, text, csv->rows, &pool);
	return f;
}

struct api {
	struct csv csv;
	struct sample *sample;
};

/* design: srs, strat, clus1 or clus2, with fpc unless said otherwise. */
static struct api
api_open(const char *design, bool fpc)
{
	struct sample_design d = { 0 };
	struct api a;
	char path[128];

	snprintf(path, sizeof(path), "tests/reference/survey/api%s.csv", design);
	oracle_csv(&a.csv, path, &pool);
	d.n = a.csv.rows;
	if (strcmp(design, "strat") == 0)
		d.stratum[0] = factor_column(&a.csv, "stype");
	if (strncmp(design, "clus", 4) == 0) {
		d.stages = 1;
		d.cluster[0] = factor_column(&a.csv, "dnum");
	}
	if (strcmp(design, "clus2") == 0) {
		d.stages = 2;
		d.cluster[1] = factor_column(&a.csv, "snum");
		d.fpc[0] = oracle_column(&a.csv, "fpc1", &pool);
		d.fpc[1] = oracle_column(&a.csv, "fpc2", &pool);
	} else {
		d.weight = oracle_column(&a.csv, "pw", &pool);
		if (fpc)
			d.fpc[0] = oracle_column(&a.csv, "fpc", &pool);
	}
	memset(&err, 0, sizeof(err));
	if (sample_open(&a.sample, &d, &pool, &err) != 0)
		fail_msg("%s", err.text);
	return a;
}

static struct column
column(const struct api *a, const char *name)
{
	return (struct column){ name, oracle_column(&a->csv, name, &pool), NAN };
}

static struct column
indicator(const struct api *a, const char *name, const char *factor, const char *yes)
{
	double *x = pool_array(&pool, a->csv.rows, sizeof(*x));
	size_t i;

	for (i = 0; i < a->csv.rows; i++)
		x[i] = strcmp(oracle_cell(&a->csv, i, factor), yes) == 0;
	return (struct column){ name, x, NAN };
}

static struct column
ones(const struct api *a)
{
	double *x = pool_array(&pool, a->csv.rows, sizeof(*x));
	size_t i;

	for (i = 0; i < a->csv.rows; i++)
		x[i] = 1;
	return (struct column){ "(Intercept)", x, NAN };
}

static struct table
estimate(const struct sample *s, const struct sample_ask *ask)
{
	struct table t;

	memset(&err, 0, sizeof(err));
	if (sample_estimate(&t, s, ask, &pool, &err) != 0)
		fail_msg("%s", err.text);
	return t;
}

static void
check_rows(const struct table *t, const json_t *want, double tolerance)
{
	double size = 0;
	size_t i;

	for (i = 0; i < t->rows; i++)
		size = fmax(size, fabs(oracle_nth(want, "est", i)));
	for (i = 0; i < t->rows; i++) {
		assert_int_equal(t->row[i].fault, 0);
		assert_close(t->row[i].estimate.value, oracle_nth(want, "est", i), tolerance);
		assert_near(t->row[i].estimate.se, oracle_nth(want, "se", i), tolerance, size);
	}
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
	size_t i;

	for (i = 0; i < a->csv.rows; i++)
		assert_close(
		    sample_weights(a->sample)[i], oracle_nth(want, "weights", i), tolerance);
	assert_close(
	    sample_summarise(a->sample).kish_deff, oracle_number(want, "kish_deff_w"), tolerance);
	t = estimate(a->sample, &ask);
	check_rows(&t, oracle_at(want, "mean_api00"), tolerance);
	ask = (struct sample_ask){ .statistic = SAMPLE_TOTAL, .of = &enroll, .ofs = 1 };
	t = estimate(a->sample, &ask);
	check_rows(&t, oracle_at(want, "total_enroll"), tolerance);
	ask.of = column_levels(stype, &pool);
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

static const char *const stypes[] = { "E", "H", "M" }, *const yesno[] = { "No", "Yes" };
static const double stype_n[] = { 4421, 755, 1018 }, wide_n[] = { 1072, 5122 },
		    awards_n[] = { 2027, 4167 };
static const struct rake_margin stype_margin = { "stype", stypes, stype_n, 3 },
				wide_margin = { "sch.wide", yesno, wide_n, 2 },
				awards_margin = { "awards", yesno, awards_n, 2 };

static struct rake_report
calibrate_margins(const struct api *a, enum calibrate_method method,
    const struct rake_margin margin[], size_t n, double cap)
{
	const struct factor *factor[3];
	struct calibrate_spec spec = { .method = method,
		.margin = margin,
		.factor = factor,
		.margins = n,
		.low = -INFINITY,
		.high = INFINITY,
		.cap = cap };
	struct rake_report report;
	size_t i;

	for (i = 0; i < n; i++)
		factor[i] = factor_column(&a->csv, margin[i].variable);
	memset(&err, 0, sizeof(err));
	if (sample_calibrate(a->sample, &spec, &report, &err) != 0)
		fail_msg("%s", err.text);
	return report;
}

static void
margins_are_met_as_r_meets_them(void **state)
{
	const struct rake_margin two[] = { stype_margin, wide_margin },
				 strat[] = { awards_margin, wide_margin };
	struct rake_report report;
	struct api a;

	(void)state;
	a = api_open("clus1", true);
	calibrate_margins(&a, CALIBRATE_POSTSTRATIFY, two, 1, NAN);
	check_calibrated(&a, "poststratify_clus1", 1e-9);
	a = api_open("clus1", true);
	report = calibrate_margins(&a, CALIBRATE_RAKE, two, 2, NAN);
	check_calibrated(&a, "rake_clus1_tight", 1e-9);
	assert_true(report.error <= 1e-10 && report.iterations > 2);
	a = api_open("srs", true);
	calibrate_margins(&a, CALIBRATE_RAKE, two, 2, NAN);
	check_calibrated(&a, "rake_srs_tight", 1e-9);
	/* Weights differ here, so R's two regressions do: the design-weighted one is followed. */
	a = api_open("strat", true);
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
	a = api_open("strat", true);
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
	a = api_open("clus1", true);
	auxiliaries(&a, x);
	calibrate_totals(&a, CALIBRATE_LINEAR, x, totals, 3, low, high);
	check_calibrated(&a, "calibrate_linear_clus1", 1e-9);
	a = api_open("clus1", true);
	calibrate_totals(&a, CALIBRATE_LINEAR, x, totals, 4, low, high);
	check_calibrated(&a, "calibrate_linear_api99", 1e-9);
	a = api_open("clus1", true);
	calibrate_totals(&a, CALIBRATE_RAKING, x, totals, 4, low, high);
	check_calibrated(&a, "calibrate_raking_api99", 1e-7);
	a = api_open("clus1", true);
	calibrate_totals(&a, CALIBRATE_LOGIT, x, totals, 4, 0.5, 2.5);
	check_calibrated(&a, "calibrate_logit_api99", 1e-7);
	a = api_open("clus2", true);
	auxiliaries(&a, x);
	calibrate_totals(&a, CALIBRATE_LINEAR, x, totals, 4, low, high);
	check_calibrated(&a, "calibrate_linear_clus2", 1e-9);
	a = api_open("strat", true);
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
	a = api_open("clus1", true);
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
	a = api_open("clus1", true);
	auxiliaries(&a, x);
	calibrate_totals(&a, CALIBRATE_LINEAR, x, totals, 4, -INFINITY, INFINITY);
	assert_int_equal(sample_trim(a.sample, 25, 60, false, &err), 0);
	check_calibrated(&a, "trimWeights_25_60_strict_FALSE", 1e-9);
	a = api_open("clus1", true);
	calibrate_totals(&a, CALIBRATE_LINEAR, x, totals, 4, -INFINITY, INFINITY);
	assert_int_equal(sample_trim(a.sample, 25, 60, true, &err), 0);
	check_calibrated(&a, "trimWeights_25_60_strict_TRUE", 1e-9);
	a = api_open("strat", true);
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
	size_t i;

	(void)state;
	a = api_open("clus1", true);
	report = calibrate_margins(&a, CALIBRATE_RAKE, two, 2, 60);
	assert_true(report.rounds > 0);
	assert_true(report.trimmed > 0 && report.trimmed < 1);
	assert_true(
	    report.deff_after < oracle_number(calibration, "results/rake_clus1_tight/kish_deff_w"));
	for (i = 0; i < a.csv.rows; i++)
		assert_true(sample_weights(a.sample)[i] <= 60 * (1 + 1e-6));
	level = column_levels(factor_column(&a.csv, "stype"), &pool);
	t = estimate(
	    a.sample, &(struct sample_ask) { .statistic = SAMPLE_TOTAL, .of = level, .ofs = 3 });
	for (i = 0; i < 3; i++) {
		assert_close(t.row[i].estimate.value, stype_n[i], 1e-6);
		assert_near(t.row[i].estimate.se, 0, 1e-6, 1);
	}
	wide = indicator(&a, "wide", "sch.wide", "Yes");
	t = estimate(
	    a.sample, &(struct sample_ask) { .statistic = SAMPLE_TOTAL, .of = &wide, .ofs = 1 });
	assert_close(t.row[0].estimate.value, 5122, 1e-6);
}

static int
calibrate_fault(struct calibrate_spec spec)
{
	struct api a = api_open("clus1", true);
	struct rake_report report;

	memset(&err, 0, sizeof(err));
	return sample_calibrate(a.sample, &spec, &report, &err);
}

static void
what_cannot_be_reached_is_named(void **state)
{
	const double wrong_total[] = { 6194, 755, 1018, 9000000 };
	struct api a = api_open("clus1", true);
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

/* ---- replicates ---- */

/* Delete-one factors made as the textbook says, so that the type's own scales are tested too. */
static struct replicate_spec
jackknife(const struct api *a, bool strata)
{
	const struct design *d = sample_psus(a->sample);
	size_t n = a->csv.rows, k, i, h, units = d->psus;
	const struct factor *psu = strata ? NULL : factor_column(&a->csv, "dnum");
	const struct factor *stratum = strata ? factor_column(&a->csv, "stype") : NULL;
	const double **column_ = pool_array(&pool, units, sizeof(*column_));

	for (k = 0; k < units; k++) {
		double *w = pool_array(&pool, n, sizeof(*w));

		for (i = 0; i < n; i++) {
			size_t unit = strata ? i : psu->of[i];
			double nh;

			for (h = 0; strata && h < d->strata &&
			     strcmp(d->stratum[h], stratum->level[stratum->of[k]]) != 0;)
				h++;
			nh = strata ? (double)(d->first[h + 1] - d->first[h]) : (double)units;
			w[i] = unit == k				  ? 0
			    : !strata || stratum->of[i] == stratum->of[k] ? nh / (nh - 1)
									  : 1;
		}
		column_[k] = w;
	}
	return (struct replicate_spec) { .type = strata ? REPLICATE_JKN : REPLICATE_JK1,
		.column = column_,
		.r = units,
		.scale = NAN,
		.df = NAN };
}

static void
check_replicates(
    const struct api *a, const json_t *want, const char *y, const char *x, const char *z)
{
	struct column mean = column(a, y), top = column(a, x), bottom = column(a, z);
	struct table t = estimate(a->sample, &(struct sample_ask){ .of = &mean, .ofs = 1 });
	const char *names = json_string_value(oracle_at(want, "total/names"));
	static const double half = 0.5;
	struct column total = column(a, names);

	check_rows(&t, oracle_at(want, "mean"), 1e-9);
	assert_close(t.df, oracle_number(want, "df"), 0);
	assert_close(t.row[0].estimate.low, oracle_number(want, "mean/ci/0/0"), 1e-9);
	t = estimate(
	    a->sample, &(struct sample_ask) { .statistic = SAMPLE_TOTAL, .of = &total, .ofs = 1 });
	check_rows(&t, oracle_at(want, "total"), 1e-9);
	t = estimate(a->sample,
	    &(struct sample_ask) {
		.statistic = SAMPLE_RATIO, .of = &top, .den = &bottom, .ofs = 1 });
	check_rows(&t, oracle_at(want, "ratio"), 1e-9);
	assert_int_equal(
	    sample_quantile(&t, a->sample, &(struct sample_ask) { .of = &mean, .ofs = 1 }, &half, 1,
		QUANTILE_MATH, &pool, &err),
	    0);
	assert_close(t.row[0].estimate.value, oracle_number(want, "median/est"), 1e-9);
	assert_close(t.row[0].estimate.low, oracle_nth(want, "median/ci", 0), 1e-9);
	assert_close(t.row[0].estimate.high, oracle_nth(want, "median/ci", 1), 1e-9);
	assert_close(t.row[0].estimate.se, oracle_number(want, "median/se"), 1e-9);
}

static void
jackknives_are_rs(void **state)
{
	struct replicate_spec spec;
	double *rscale, *fpc;
	size_t k;
	struct api a;

	(void)state;
	a = api_open("clus1", false);
	spec = jackknife(&a, false);
	assert_int_equal(sample_replicate(a.sample, &spec, &err), 0);
	check_replicates(
	    &a, oracle_at(replicates, "results/jk1_clus1_nofpc"), "api00", "api00", "api99");
	spec.mse = true;
	assert_int_equal(sample_replicate(a.sample, &spec, &err), 0);
	check_replicates(
	    &a, oracle_at(replicates, "results/jk1_clus1_nofpc_mse"), "api00", "api00", "api99");
	spec.mse = false;
	spec.scale = oracle_number(replicates, "results/jk1_clus1_fpc/scale");
	assert_int_equal(sample_replicate(a.sample, &spec, &err), 0);
	check_replicates(
	    &a, oracle_at(replicates, "results/jk1_clus1_fpc"), "api00", "api00", "api99");
	a = api_open("strat", false);
	spec = jackknife(&a, true);
	assert_int_equal(sample_replicate(a.sample, &spec, &err), 0);
	check_replicates(
	    &a, oracle_at(replicates, "results/jkn_strat_nofpc"), "api00", "api00", "api99");
	rscale = pool_array(&pool, spec.r, sizeof(*rscale));
	fpc = oracle_column(&a.csv, "fpc", &pool);
	for (k = 0; k < spec.r; k++) {
		double n = strcmp(oracle_cell(&a.csv, k, "stype"), "E") == 0 ? 100 : 50;

		rscale[k] = (n - 1) / n * (1 - n / fpc[k]);
	}
	spec.rscale = rscale;
	assert_int_equal(sample_replicate(a.sample, &spec, &err), 0);
	check_replicates(
	    &a, oracle_at(replicates, "results/jkn_strat_fpc"), "api00", "api00", "api99");
}

/*
 * Every replicate brought to the margins, as R's rake() and postStratify() of a replicate design.
 */
static void
replicates_are_weighted_one_by_one(void **state)
{
	const struct rake_margin two[] = { stype_margin, wide_margin };
	struct replicate_spec spec;
	struct api a;

	(void)state;
	a = api_open("clus1", false);
	spec = jackknife(&a, false);
	assert_int_equal(sample_replicate(a.sample, &spec, &err), 0);
	calibrate_margins(&a, CALIBRATE_RAKE, two, 2, NAN);
	check_replicates(
	    &a, oracle_at(replicates, "results/jk1_clus1_nofpc_raked"), "api00", "api00", "api99");
	a = api_open("clus1", false);
	assert_int_equal(sample_replicate(a.sample, &spec, &err), 0);
	calibrate_margins(&a, CALIBRATE_POSTSTRATIFY, two, 1, NAN);
	check_replicates(&a, oracle_at(replicates, "results/jk1_clus1_nofpc_poststrat"), "api00",
	    "api00", "api99");
}

/* R's svyby() and svycontrast() of replicates. */
static void
replicates_give_domains_and_contrasts(void **state)
{
	const json_t *want = oracle_at(replicates, "results/jk1_clus1_fpc/by");
	const double high_less_low[] = { 1, -1 };
	struct api a = api_open("clus1", false);
	struct replicate_spec spec = jackknife(&a, false);
	struct column x[] = { column(&a, "api00"), column(&a, "api99") };
	const struct factor *stype = factor_column(&a.csv, "stype");
	struct table_row row;
	struct table t;
	size_t i;

	(void)state;
	assert_int_equal(sample_replicate(a.sample, &spec, &err), 0);
	t = estimate(a.sample, &(struct sample_ask){ .of = x, .ofs = 2 });
	row = table_combine(&t, high_less_low, "rise", NAN, INTERVAL_DEFAULT, &pool);
	assert_close(
	    row.estimate.value, oracle_number(replicates, "results/svycontrast_jk1/est"), 1e-9);
	assert_close(
	    row.estimate.se, oracle_number(replicates, "results/svycontrast_jk1/se"), 1e-9);
	spec.scale = oracle_number(replicates, "results/jk1_clus1_fpc/scale");
	assert_int_equal(sample_replicate(a.sample, &spec, &err), 0);
	t = estimate(a.sample, &(struct sample_ask){ .of = x, .ofs = 1, .by = &stype, .bys = 1 });
	for (i = 0; i < 3; i++) {
		assert_close(t.row[i].estimate.value, oracle_nth(want, "est", i), 1e-9);
		assert_close(t.row[i].estimate.se, oracle_nth(want, "se", i), 1e-9);
	}
}

/* Replicates from a stored file: column w, then one per replicate. */
static void
check_stored(const char *design, const char *file, const char *name, enum replicate_type type,
    bool combined, bool given_scales)
{
	const json_t *want = oracle_at(oracle_at(replicates, "results"), name);
	struct replicate_spec spec = {
		.type = type, .scale = NAN, .rho = 0.3, .combined = combined, .df = NAN
	};
	struct sample_design d = { 0 };
	const double **c;
	double *rscale;
	struct csv csv;
	struct api a;
	char path[128];
	size_t k;

	snprintf(path, sizeof(path), "tests/reference/survey/%s.csv", design);
	oracle_csv(&a.csv, path, &pool);
	snprintf(path, sizeof(path), "tests/reference/survey/repweights_%s.csv", file);
	oracle_csv(&csv, path, &pool);
	d.n = csv.rows;
	d.weight = oracle_column(&csv, "w", &pool);
	assert_int_equal(sample_open(&a.sample, &d, &pool, &err), 0);
	spec.r = csv.columns - 1;
	c = pool_array(&pool, spec.r, sizeof(*c));
	rscale = pool_array(&pool, spec.r, sizeof(*rscale));
	for (k = 0; k < spec.r; k++) {
		c[k] = oracle_column(&csv, csv.header[k + 1], &pool);
		rscale[k] = oracle_nth(want, "rscales", k);
	}
	spec.column = c;
	if (given_scales) {
		spec.scale = oracle_number(want, "scale");
		spec.rscale = rscale;
	}
	memset(&err, 0, sizeof(err));
	if (sample_replicate(a.sample, &spec, &err) != 0)
		fail_msg("%s", err.text);
	if (strcmp(design, "scd") == 0)
		check_replicates(&a, want, "alive", "alive", "arrests");
	else
		check_replicates(&a, want, "api00", "api00", "api99");
}

static void
stored_replicates_are_rs(void **state)
{
	(void)state;
	check_stored("scd", "brr_scd", "brr_scd", REPLICATE_BRR, false, false);
	check_stored("scd", "fay03_scd", "fay03_scd", REPLICATE_FAY, false, false);
	check_stored("apiclus1", "subboot_clus1_R100", "subbootstrap_clus1_R100",
	    REPLICATE_BOOTSTRAP, true, false);
	check_stored("apiclus1", "subboot_clus1_R100", "subbootstrap_clus1_R100",
	    REPLICATE_BOOTSTRAP, true, true);
	check_stored("apistrat", "subboot_strat_R60", "subbootstrap_strat_R60", REPLICATE_BOOTSTRAP,
	    true, true);
	check_stored("apistrat", "cantyboot_strat_R60", "bootstrap_cantydavison_strat_R60",
	    REPLICATE_BOOTSTRAP, true, true);
	check_stored(
	    "apistrat", "mrb_strat_R60", "mrbbootstrap_strat_R60", REPLICATE_OTHER, true, true);
	check_stored(
	    "apiclus1", "jk1_clus1_raked", "jk1_clus1_nofpc_raked", REPLICATE_JK1, true, false);
}

static void
replicates_that_make_no_sense_are_refused(void **state)
{
	struct api a = api_open("clus1", false);
	struct replicate_spec spec = jackknife(&a, false), bad = spec;
	const double **c = pool_array(&pool, spec.r, sizeof(*c));
	double *gap = pool_array(&pool, a.csv.rows, sizeof(*gap));
	enum replicate_type type;

	(void)state;
	bad.r = 1;
	assert_int_equal(sample_replicate(a.sample, &bad, NULL), FAULT_INPUT);
	bad = spec;
	bad.type = REPLICATE_FAY;
	bad.rho = 1;
	assert_int_equal(sample_replicate(a.sample, &bad, NULL), FAULT_INPUT);
	memcpy(c, spec.column, spec.r * sizeof(*c));
	gap[4] = NAN;
	c[2] = gap;
	bad = spec;
	bad.column = c;
	memset(&err, 0, sizeof(err));
	assert_int_equal(sample_replicate(a.sample, &bad, &err), FAULT_WEIGHT);
	assert_non_null(strstr(err.text, "5"));
	assert_int_equal(replicate_parse(&type, "JKn"), 0);
	assert_int_equal(type, REPLICATE_JKN);
	assert_int_equal(replicate_parse(&type, "jack"), -1);
}

/* ---- the two engines ---- */

enum { PEOPLE = 3000 };

/* The same made-up people as rows and as a tally. */
struct twin {
	struct column x[3];
	const struct factor *stratum, *cluster, *sector, *sex;
	double *weight;
	struct tally tally;
	struct score_layout *layout;
};

static const size_t item_at[] = { 0, 1, 2 };
static const char *const variables[] = { "sector", "sex" };

static struct twin
twin_make(bool clustered)
{
	struct score score[3] = { { .name = "a",
				      .kind = SCORE_SCALE,
				      .item = &item_at[0],
				      .items = 1,
				      .lo = 1,
				      .hi = 10 },
		{ .name = "b",
		    .kind = SCORE_SCALE,
		    .item = &item_at[1],
		    .items = 1,
		    .lo = 1,
		    .hi = 10 },
		{ .name = "csi",
		    .kind = SCORE_MEAN,
		    .item = item_at,
		    .items = 3,
		    .least = 2,
		    .lo = 1,
		    .hi = 10 } };
	const char **text[4];
	struct factor *f = pool_array(&pool, 4, sizeof(*f));
	struct twin t;
	double *x[3];
	uint64_t seed = 7;
	int i, j, values[3];

	t.layout = pool_take(&pool, sizeof(*t.layout));
	assert_int_equal(score_layout(t.layout, score, 3, !clustered, true, &pool, &err), 0);
	tally_init(&t.tally, t.layout, variables, 2, &pool);
	for (j = 0; j < 4; j++)
		text[j] = pool_array(&pool, PEOPLE, sizeof(**text));
	for (j = 0; j < 3; j++)
		x[j] = pool_array(&pool, PEOPLE, sizeof(**x));
	t.weight = pool_array(&pool, PEOPLE, sizeof(*t.weight));
	for (i = 0; i < PEOPLE; i++) {
		int64_t weight;

		seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
		text[0][i] = pool_fmt(&pool, "h%d", (int)((seed >> 33) % 5));
		text[1][i] = pool_fmt(&pool, "%s-c%d", text[0][i], (int)((seed >> 40) % 9));
		text[2][i] = pool_fmt(&pool, "S%02d", (int)((seed >> 20) % 4));
		text[3][i] = pool_fmt(&pool, "%d", 1 + (int)((seed >> 50) % 2));
		weight = 1000000 + (int64_t)(seed >> 30) % 9000000;
		t.weight[i] = (double)weight / 1e6;
		for (j = 0; j < 3; j++) {
			values[j] = 1 + (int)((seed >> (11 + 9 * j)) % 10);
			if ((seed >> (5 + j)) % 11 == 0)
				values[j] = 98;
			x[j][i] = values[j] == 98 ? NAN : 100.0 * (values[j] - 1) / 9;
		}
		assert_int_equal(
		    score_add(t.layout,
			tally_cell(&t.tally, text[0][i], clustered ? text[1][i] : "",
			    tally_key(&pool, (const char *const[]) { text[2][i], text[3][i] }, 2)),
			values, weight),
		    0);
		x[2][i] = score_points(t.layout, 2, values);
	}
	for (j = 0; j < 4; j++)
		factor_make(&f[j], j < 2 ? "design" : variables[j - 2], text[j], PEOPLE, &pool);
	t.stratum = &f[0];
	t.cluster = &f[1];
	t.sector = &f[2];
	t.sex = &f[3];
	t.x[0] = (struct column){ "a", x[0], 100 };
	t.x[1] = (struct column){ "b", x[1], 100 };
	t.x[2] = (struct column){ "csi", x[2], 100 };
	return t;
}

static void
check_tables_equal(const struct table *a, const struct table *b)
{
	size_t i, j;

	assert_int_equal(a->rows, b->rows);
	assert_close(a->df, b->df, 0);
	for (i = 0; i < a->rows; i++) {
		const struct estimate *e = &a->row[i].estimate, *f = &b->row[i].estimate;

		assert_string_equal(a->row[i].of, b->row[i].of);
		assert_close(e->value, f->value, 1e-12);
		assert_close(e->se, f->se, 1e-12);
		assert_close(e->low, f->low, 1e-12);
		assert_close(e->high, f->high, 1e-12);
		assert_close(e->n, f->n, 0);
		assert_close(e->deff, f->deff, 1e-11);
		assert_close(e->n_eff, f->n_eff, 1e-11);
		assert_close(a->row[i].kish, b->row[i].kish, 1e-12);
		for (j = 0; j < a->rows; j++)
			assert_near(
			    a->cov[i * a->rows + j], b->cov[i * a->rows + j], 1e-11, e->se * e->se);
		for (j = 0; j < a->rows; j++)
			assert_near(a->srs[i * a->rows + j], b->srs[i * a->rows + j], 1e-10,
			    a->srs[i * a->rows + i]);
	}
}

static void
check_twin(bool clustered, bool raked)
{
	static const char *const by[] = { "sector" }, *const sexes[] = { "1", "2" },
				 *const sectors[] = { "S00", "S01", "S02", "S03" };
	static const double sex_n[] = { 5000, 5000 }, sector_n[] = { 1000, 2000, 3000, 4000 };
	const struct rake_margin margin[] = { { "sex", sexes, sex_n, 2 },
		{ "sector", sectors, sector_n, 4 } };
	struct twin t = twin_make(clustered);
	struct survey_options o = { .margin = margin, .margins = raked ? 2 : 0 };
	struct survey_ask ask = { .by = by, .bys = 1 };
	struct sample_design d = { .n = PEOPLE,
		.stages = clustered,
		.cluster = { t.cluster },
		.stratum = { t.stratum },
		.weight = t.weight };
	const struct factor *factor[] = { t.sex, t.sector };
	struct calibrate_spec spec = { .method = CALIBRATE_RAKE,
		.margin = margin,
		.factor = factor,
		.margins = 2,
		.low = -INFINITY,
		.high = INFINITY,
		.cap = NAN };
	struct rake_report report;
	struct table sums, rows;
	struct survey *survey;
	struct sample *sample;

	memset(&err, 0, sizeof(err));
	assert_int_equal(survey_open(&survey, &t.tally, &o, &pool, &err), 0);
	assert_int_equal(survey_estimate(&sums, survey, &ask, &pool, &err), 0);
	assert_int_equal(sample_open(&sample, &d, &pool, &err), 0);
	if (raked) {
		assert_int_equal(sample_calibrate(sample, &spec, &report, &err), 0);
		assert_close(report.deff_after, survey_rake_report(survey)->deff_after, 1e-12);
	}
	rows = estimate(sample,
	    &(struct sample_ask) {
		.of = t.x, .ofs = 3, .by = &t.sector, .bys = 1, .paired = true });
	check_tables_equal(&sums, &rows);
}

/* Domain by domain is the same as all at once, within domains. */
static void
check_within(bool clustered, bool raked)
{
	static const char *const sexes[] = { "1", "2" };
	static const double sex_n[] = { 5000, 5000 };
	const struct rake_margin margin = { "sex", sexes, sex_n, 2 };
	struct twin t = twin_make(clustered);
	struct sample_design d = { .n = PEOPLE,
		.stages = clustered,
		.cluster = { t.cluster },
		.stratum = { t.stratum },
		.weight = t.weight };
	struct calibrate_spec spec = { .method = CALIBRATE_RAKE,
		.margin = &margin,
		.factor = &t.sex,
		.margins = 1,
		.low = -INFINITY,
		.high = INFINITY,
		.cap = NAN };
	struct sample_ask ask = { .of = t.x, .ofs = 3, .by = &t.sector, .bys = 1 };
	struct rake_report report;
	struct table all, within;
	struct sample *sample;
	size_t i, j;

	assert_int_equal(sample_open(&sample, &d, &pool, &err), 0);
	if (raked)
		assert_int_equal(sample_calibrate(sample, &spec, &report, &err), 0);
	all = estimate(sample, &ask);
	ask.within = true;
	within = estimate(sample, &ask);
	for (i = 0; i < all.rows; i++)
		for (j = 0; j < all.rows; j++) {
			double v = within.cov[i * all.rows + j];

			if (i / 3 == j / 3)
				assert_near(
				    v, all.cov[i * all.rows + j], 1e-11, all.cov[i * all.rows + i]);
			else
				assert_true(isnan(v));
		}
}

static void
domains_one_by_one_are_the_same(void **state)
{
	(void)state;
	check_within(true, false);
	check_within(false, false);
	check_within(true, true);
	check_within(false, true);
}

static void
sums_and_rows_agree(void **state)
{
	(void)state;
	check_twin(true, false);
	check_twin(false, false);
	check_twin(true, true);
	check_twin(false, true);
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
		cmocka_unit_test(jackknives_are_rs),
		cmocka_unit_test(replicates_are_weighted_one_by_one),
		cmocka_unit_test(replicates_give_domains_and_contrasts),
		cmocka_unit_test(stored_replicates_are_rs),
		cmocka_unit_test(replicates_that_make_no_sense_are_refused),
		cmocka_unit_test(domains_one_by_one_are_the_same),
		cmocka_unit_test(sums_and_rows_agree),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, load, unload);
}
