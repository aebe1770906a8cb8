/* Replicate weights against R's survey. */
#include "tests/stats/weight/margins.h"

#include "stats/fault.h"
#include "stats/sample/quantile.h"
#include "stats/sample/replicate.h"
#include "stats/stats.h"

static json_t *replicates;

static int
load(void **state)
{
	(void)state;
	stats_init();
	replicates = oracle_load("tests/reference/survey/api_replicates.json");
	return 0;
}

static int
unload(void **state)
{
	(void)state;
	json_decref(replicates);
	pool_clear(&pool);
	return 0;
}

/* Delete-one factors made as the textbook says, so that the type's own scales are tested too. */
static struct replicate_spec
jackknife(const struct api *a, bool strata)
{
	const struct design *d = sample_psus(a->sample);
	size_t n = a->csv.rows, h, units = d->psus;
	const struct factor *psu = strata ? NULL : factor_column(&a->csv, "dnum");
	const struct factor *stratum = strata ? factor_column(&a->csv, "stype") : NULL;
	const double **column_ = pool_array(&pool, units, sizeof(*column_));

	for (size_t k = 0; k < units; k++) {
		double *w = pool_array(&pool, n, sizeof(*w));

		for (size_t i = 0; i < n; i++) {
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
	t = estimate(a->sample,
		&(struct sample_ask) { .statistic = SAMPLE_TOTAL, .of = &total, .ofs = 1 });
	check_rows(&t, oracle_at(want, "total"), 1e-9);
	t = estimate(a->sample,
		&(struct sample_ask) {
			.statistic = SAMPLE_RATIO, .of = &top, .den = &bottom, .ofs = 1 });
	check_rows(&t, oracle_at(want, "ratio"), 1e-9);
	assert_int_equal(sample_quantile(&t, a->sample, &(struct sample_ask) { .of = &mean,
		.ofs = 1 }, &half, 1, QUANTILE_MATH, &pool, &err), 0);
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
	struct api a;

	(void)state;
	a = api_open("clus1_nofpc");
	spec = jackknife(&a, false);
	assert_int_equal(sample_replicate(a.sample, &spec, &err), 0);
	check_replicates(
		&a, oracle_at(replicates, "results/jk1_clus1_nofpc"), "api00", "api00", "api99");
	spec.mse = true;
	assert_int_equal(sample_replicate(a.sample, &spec, &err), 0);
	check_replicates(&a, oracle_at(replicates, "results/jk1_clus1_nofpc_mse"), "api00",
		"api00", "api99");
	spec.mse = false;
	spec.scale = oracle_number(replicates, "results/jk1_clus1_fpc/scale");
	assert_int_equal(sample_replicate(a.sample, &spec, &err), 0);
	check_replicates(
		&a, oracle_at(replicates, "results/jk1_clus1_fpc"), "api00", "api00", "api99");
	a = api_open("strat_nofpc");
	spec = jackknife(&a, true);
	assert_int_equal(sample_replicate(a.sample, &spec, &err), 0);
	check_replicates(
		&a, oracle_at(replicates, "results/jkn_strat_nofpc"), "api00", "api00", "api99");
	rscale = pool_array(&pool, spec.r, sizeof(*rscale));
	fpc = oracle_column(&a.csv, "fpc", &pool);
	for (size_t k = 0; k < spec.r; k++) {
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
	a = api_open("clus1_nofpc");
	spec = jackknife(&a, false);
	assert_int_equal(sample_replicate(a.sample, &spec, &err), 0);
	calibrate_margins(&a, CALIBRATE_RAKE, two, 2, NAN);
	check_replicates(&a, oracle_at(replicates, "results/jk1_clus1_nofpc_raked"), "api00",
		"api00", "api99");
	a = api_open("clus1_nofpc");
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
	struct api a = api_open("clus1_nofpc");
	struct replicate_spec spec = jackknife(&a, false);
	struct column x[] = { column(&a, "api00"), column(&a, "api99") };
	const struct factor *stype = factor_column(&a.csv, "stype");
	struct table_row row;
	struct table t;

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
	for (size_t i = 0; i < 3; i++) {
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
	for (size_t k = 0; k < spec.r; k++) {
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
	struct api a = api_open("clus1_nofpc");
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jackknives_are_rs),
		cmocka_unit_test(replicates_are_weighted_one_by_one),
		cmocka_unit_test(replicates_give_domains_and_contrasts),
		cmocka_unit_test(stored_replicates_are_rs),
		cmocka_unit_test(replicates_that_make_no_sense_are_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, load, unload);
}
