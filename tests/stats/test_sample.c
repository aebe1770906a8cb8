/* Estimates from rows against R's survey on its api data, all seven designs. */
#include "tests/stats/api.h"

#include "stats/fault.h"
#include "stats/sample/quantile.h"
#include "stats/compare/regress.h"
#include "stats/reliability.h"
#include "stats/stats.h"

static json_t *basic;

static int
load(void **state)
{
	(void)state;
	stats_init();
	basic = oracle_load("tests/reference/survey/api_basic.json");
	return 0;
}

static int
unload(void **state)
{
	(void)state;
	json_decref(basic);
	pool_clear(&pool);
	return 0;
}

static const char *const design_name[] = { "srs", "strat", "clus1", "clus2", "clus2_wr",
	"strat_nofpc", "clus1_nofpc" };

static struct api
answered(const char *name)
{
	struct api a = api_open(name);

	a.want = oracle_at(oracle_at(basic, "results"), name);
	return a;
}

static struct column
share(const struct api *a, const char *name, const char *yes)
{
	double *x = pool_array(&pool, a->csv.rows, sizeof(*x));
	size_t i;

	for (i = 0; i < a->csv.rows; i++)
		x[i] = strcmp(oracle_cell(&a->csv, i, name), yes) == 0;
	return (struct column){ name, x, 1 };
}

/* Estimates, errors, covariance and intervals of a whole block of the reference. */
static void
check_block(const char *design, const struct table *t, const json_t *want)
{
	double size = 0;
	size_t i, j;

	for (i = 0; i < t->rows; i++)
		size = fmax(size, fabs(oracle_nth(want, "est", i)));
	for (i = 0; i < t->rows; i++) {
		const struct estimate *e = &t->row[i].estimate;

		if (t->row[i].fault != 0)
			fail_msg("%s: %s", design, t->row[i].err->text);
		assert_close(e->value, oracle_nth(want, "est", i), 1e-9);
		assert_near(e->se, oracle_nth(want, "se", i), 1e-9, 1e-4 * size);
		assert_near(e->low, oracle_nth(json_array_get(oracle_at(want, "ci"), i), "", 0),
		    1e-9, size);
		assert_near(e->high, oracle_nth(json_array_get(oracle_at(want, "ci"), i), "", 1),
		    1e-9, size);
		for (j = 0; j < t->rows; j++) {
			double v = oracle_nth(json_array_get(oracle_at(want, "vcov"), i), "", j);

			/*
			 * Covariances that are zero are rounding in R too: judge them by the
			 * variances.
			 */
			if (!isnan(v))
				assert_near(t->cov[i * t->rows + j], v, 1e-9,
				    e->se * t->row[j].estimate.se + 1e-8 * size * size);
		}
	}
	assert_close(t->df, oracle_number(want, "df"), 0);
}

static void
every_design_describes_itself_as_r_does(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < 7; i++) {
		struct api a = answered(design_name[i]);
		struct sample_summary m = sample_summarise(a.sample);

		assert_close(m.n, oracle_number(a.want, "n"), 0);
		assert_close(m.df, oracle_number(a.want, "df"), 0);
		assert_close(m.sum_w, oracle_number(a.want, "sum_w"), 1e-12);
		assert_close(m.sum_w2, oracle_number(a.want, "sum_w2"), 1e-12);
		assert_close(m.kish_n, oracle_number(a.want, "kish_neff"), 1e-12);
	}
}

static void
means_totals_and_shares_are_rs(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < 7; i++) {
		struct api a = answered(design_name[i]);
		struct column x[] = { column(&a, "api00"), column(&a, "api99"),
			column(&a, "enroll") };
		struct column acs = column(&a, "acs.46");
		struct sample_ask ask = {
			.of = x, .ofs = 1, .deff = SAMPLE_DEFF_FINITE, .interval = INTERVAL_WALD
		};
		struct table t = estimate(a.sample, &ask);

		check_block(a.name, &t, oracle_at(a.want, "mean_api00"));
		assert_close(
		    t.row[0].estimate.deff, oracle_number(a.want, "mean_api00/deff"), 1e-9);
		ask.deff = SAMPLE_DEFF_REPLACE;
		t = estimate(a.sample, &ask);
		assert_close(
		    t.row[0].estimate.deff, oracle_number(a.want, "mean_api00_deff_replace"), 1e-9);
		/* R takes the rows that have all three. */
		ask.ofs = 3;
		ask.listwise = true;
		t = estimate(a.sample, &ask);
		check_block(a.name, &t, oracle_at(a.want, "mean_multi"));
		ask.of = &acs;
		ask.ofs = 1;
		t = estimate(a.sample, &ask);
		check_block(a.name, &t, oracle_at(a.want, "covmat_missing"));
		assert_close(
		    t.row[0].estimate.n, oracle_number(a.want, "covmat_missing/n_nonmiss"), 0);
		ask = (struct sample_ask) {
			.statistic = SAMPLE_TOTAL, .of = &x[2], .ofs = 1, .deff = SAMPLE_DEFF_FINITE
		};
		t = estimate(a.sample, &ask);
		check_block(a.name, &t, oracle_at(a.want, "total_enroll"));
		assert_close(
		    t.row[0].estimate.deff, oracle_number(a.want, "total_enroll/deff"), 1e-9);
		ask.of = column_levels(factor_column(&a.csv, "stype"), &pool);
		ask.ofs = 3;
		t = estimate(a.sample, &ask);
		check_block(a.name, &t, oracle_at(a.want, "total_stype"));
		ask.statistic = SAMPLE_MEAN;
		ask.interval = INTERVAL_WALD;
		t = estimate(a.sample, &ask);
		check_block(a.name, &t, oracle_at(a.want, "mean_factor"));
	}
}

static void
ratios_are_rs(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < 7; i++) {
		struct api a = answered(design_name[i]);
		struct column top[] = { column(&a, "api00"), column(&a, "api.stu"),
			column(&a, "api00"), column(&a, "api.stu") };
		struct column bottom[] = { column(&a, "api99"), column(&a, "api99"),
			column(&a, "enroll"), column(&a, "enroll") };
		struct sample_ask ask = {
			.statistic = SAMPLE_RATIO, .of = top, .den = bottom, .ofs = 1
		};
		struct table t = estimate(a.sample, &ask);

		check_block(a.name, &t, oracle_at(a.want, "ratio"));
		assert_string_equal(t.row[0].of, "api00/api99");
		ask.ofs = 4;
		ask.listwise = true;
		t = estimate(a.sample, &ask);
		check_block(a.name, &t, oracle_at(a.want, "ratio_multi"));
	}
}

static void
domains_keep_the_whole_design(void **state)
{
	size_t i, k;

	(void)state;
	for (i = 0; i < 7; i++) {
		struct api a = answered(design_name[i]);
		struct column api00 = column(&a, "api00");
		const struct factor *by[] = { factor_column(&a.csv, "stype"),
			factor_column(&a.csv, "sch.wide") };
		bool *where = pool_array(&pool, a.csv.rows, sizeof(*where));
		struct sample_ask ask = {
			.of = &api00, .ofs = 1, .by = by, .bys = 1, .interval = INTERVAL_WALD,
			.df = SAMPLE_DF_DESIGN
		};
		struct table t = estimate(a.sample, &ask);

		check_block(a.name, &t, oracle_at(a.want, "by_stype"));
		ask.bys = 2;
		t = estimate(a.sample, &ask);
		check_block(a.name, &t, oracle_at(a.want, "by_stype_schwide"));
		for (k = 0; k < t.rows; k++) {
			const json_t *keys = oracle_at(a.want, "by_stype_schwide/keys");

			assert_string_equal(t.row[k].by[0],
			    json_string_value(json_array_get(oracle_at(keys, "stype"), k)));
			assert_string_equal(t.row[k].by[1],
			    json_string_value(json_array_get(oracle_at(keys, "sch.wide"), k)));
		}
		ask = (struct sample_ask) {
			.statistic = SAMPLE_TOTAL, .of = &api00, .ofs = 1, .by = by, .bys = 1, .df = SAMPLE_DF_DESIGN
		};
		t = estimate(a.sample, &ask);
		check_block(a.name, &t, oracle_at(a.want, "by_stype_total"));
		for (k = 0; k < a.csv.rows; k++)
			where[k] = strcmp(oracle_cell(&a.csv, k, "stype"), "E") == 0;
		ask = (struct sample_ask){ .of = &api00, .ofs = 1, .where = where };
		t = estimate(a.sample, &ask);
		assert_close(t.df, oracle_number(a.want, "subset_E_df"), 0);
		ask.df = SAMPLE_DF_DESIGN;
		t = estimate(a.sample, &ask);
		check_block(a.name, &t, oracle_at(a.want, "subset_E"));
	}
}

static void
share_intervals_are_rs(void **state)
{
	static const char *const kind[] = { "xlogit", "beta", "asin", "wilson", "mean" };
	static const enum interval interval[] = { INTERVAL_LOGIT, INTERVAL_BETA, INTERVAL_ASIN,
		INTERVAL_WILSON, INTERVAL_WALD };
	size_t i, k;

	(void)state;
	for (i = 0; i < 7; i++) {
		struct api a = answered(design_name[i]);
		struct column wide = share(&a, "sch.wide", "Yes");

		for (k = 0; k < 5; k++) {
			struct sample_ask ask = { .of = &wide, .ofs = 1, .interval = interval[k] };
			struct table t = estimate(a.sample, &ask);
			const json_t *want = oracle_at(oracle_at(a.want, "ciprop"), kind[k]);

			assert_close(t.row[0].estimate.value, oracle_number(want, "est"), 1e-9);
			assert_close(t.row[0].estimate.low, oracle_nth(want, "ci", 0), 1e-9);
			assert_close(t.row[0].estimate.high, oracle_nth(want, "ci", 1), 1e-9);
		}
	}
}

/* ---- quantiles, lines, tests ---- */

static void
quantiles_and_woodruffs_intervals_are_rs(void **state)
{
	static const char *const rule[] = { "math", "school", "hf7", "hf1", "hf2", "hf6" };
	const double p[] = { 0.1, 0.25, 0.5, 0.75, 0.9 };
	enum quantile_rule q;
	size_t i, k, j;

	(void)state;
	for (i = 0; i < 7; i++) {
		struct api a = answered(design_name[i]);
		struct column api00 = column(&a, "api00");
		struct sample_ask ask = { .of = &api00, .ofs = 1 };
		const json_t *want;
		struct table t;

		for (k = 0; k < 6; k++) {
			want = oracle_at(oracle_at(a.want, "quantile"), rule[k]);
			assert_int_equal(quantile_parse(&q, rule[k]), 0);
			assert_int_equal(
			    sample_quantile(&t, a.sample, &ask, p, 5, q, &pool, &err), 0);
			assert_int_equal(t.rows, 5);
			for (j = 0; j < 5; j++) {
				assert_close(t.row[j].p, p[j], 0);
				assert_close(
				    t.row[j].estimate.value, oracle_nth(want, "est", j), 1e-9);
				assert_close(t.row[j].estimate.low,
				    oracle_nth(json_array_get(oracle_at(want, "ci"), j), "", 0),
				    1e-9);
				assert_close(t.row[j].estimate.high,
				    oracle_nth(json_array_get(oracle_at(want, "ci"), j), "", 1),
				    1e-9);
				assert_close(t.row[j].estimate.se, oracle_nth(want, "se", j), 1e-9);
			}
		}
		ask.interval = INTERVAL_LOGIT;
		assert_int_equal(
		    sample_quantile(&t, a.sample, &ask, p + 1, 3, QUANTILE_MATH, &pool, &err), 0);
		want = oracle_at(a.want, "quantile_xlogit");
		for (j = 0; j < 3; j++) {
			assert_close(t.row[j].estimate.value, oracle_nth(want, "est", j), 1e-9);
			assert_close(t.row[j].estimate.se, oracle_nth(want, "se", j), 1e-9);
		}
	}
	assert_int_equal(quantile_parse(&q, "hf3"), -1);
}

/* A handful of values: every rule by hand. */
static void
quantiles_of_four_values_by_hand(void **state)
{
	static const double x[] = { 40, 10, 30, 20 }, p[] = { 0, 0.25, 0.4, 1 }, bad[] = { 1.5 };
	struct column c = { "x", x, NAN };
	struct sample_design d = { .n = 4 };
	struct sample_ask ask = { .of = &c, .ofs = 1 };
	struct sample *s = open_sample(&d);
	struct table t;

	(void)state;
	assert_int_equal(sample_quantile(&t, s, &ask, p, 4, QUANTILE_MATH, &pool, &err), 0);
	assert_close(t.row[0].estimate.value, 10, 0);
	assert_close(t.row[1].estimate.value, 10, 0);
	assert_close(t.row[2].estimate.value, 20, 0);
	assert_close(t.row[3].estimate.value, 40, 0);
	assert_int_equal(sample_quantile(&t, s, &ask, p, 4, QUANTILE_SCHOOL, &pool, &err), 0);
	assert_close(t.row[1].estimate.value, 15, 0);
	assert_int_equal(sample_quantile(&t, s, &ask, p, 4, QUANTILE_HF7, &pool, &err), 0);
	assert_close(t.row[1].estimate.value, 17.5, 1e-15);
	assert_close(t.row[2].estimate.value, 22, 1e-15);
	assert_int_equal(sample_quantile(&t, s, &ask, p, 4, QUANTILE_HF5, &pool, &err), 0);
	assert_close(t.row[1].estimate.value, 15, 1e-15);
	assert_int_equal(
	    sample_quantile(&t, s, &ask, bad, 1, QUANTILE_MATH, &pool, NULL), FAULT_INPUT);
}

static void
regressions_and_t_tests_are_rs(void **state)
{
	size_t i, j;

	(void)state;
	for (i = 0; i < 7; i++) {
		struct api a = answered(design_name[i]);
		struct column y = column(&a, "api00"), api99 = column(&a, "api99"),
			      growth;
		struct column x[] = { column(&a, "api00"), column(&a, "ell"),
			column(&a, "meals"), column(&a, "mobility") };
		double *one = pool_array(&pool, a.csv.rows, sizeof(*one)),
		       *diff = pool_array(&pool, a.csv.rows, sizeof(*diff));
		const json_t *want = oracle_at(a.want, "glm_gauss");
		struct sample_ask ask = { .df = SAMPLE_DF_AUTO };
		struct trend_step step;
		struct table t;

		for (j = 0; j < a.csv.rows; j++) {
			one[j] = 1;
			diff[j] = y.x[j] - api99.x[j];
		}
		x[0] = (struct column){ "(Intercept)", one, NAN };
		assert_int_equal(sample_regress(&t, a.sample, &y, x, 4, &ask, &pool, &err), 0);
		for (j = 0; j < 4; j++) {
			assert_close(t.row[j].estimate.value, oracle_nth(want, "coef", j), 1e-9);
			assert_close(t.row[j].estimate.se, oracle_nth(want, "se", j), 1e-9);
		}
		assert_close(
		    t.cov[1], oracle_nth(json_array_get(oracle_at(want, "vcov"), 0), "", 1), 1e-8);
		assert_close(t.df, oracle_number(want, "df_resid"), 0);
		want = oracle_at(a.want, "ttest_schwide");
		assert_int_equal(sample_ttest(&step, a.sample, &y,
				     factor_column(&a.csv, "sch.wide"), &ask, &pool, &err),
		    0);
		assert_close(step.difference.value, oracle_number(want, "est"), 1e-9);
		assert_close(step.t, oracle_number(want, "t"), 1e-9);
		assert_close(step.difference.df, oracle_number(want, "df"), 0);
		assert_close(step.p_two, oracle_number(want, "p/sch.wideYes"), 1e-8);
		assert_close(step.difference.low, oracle_nth(want, "ci", 0), 1e-9);
		assert_close(step.difference.high, oracle_nth(want, "ci", 1), 1e-9);
		/* One sample against nothing: R takes one from the degrees of freedom here too. */
		want = oracle_at(a.want, "ttest_growth0");
		growth = (struct column){ "growth", diff, NAN };
		t = estimate(a.sample, &(struct sample_ask){ .of = &growth, .ofs = 1 });
		assert_close(
		    t.row[0].estimate.value / t.row[0].estimate.se, oracle_number(want, "t"), 1e-9);
		assert_close(t.df - 1, oracle_number(want, "df"), 0);
	}
}

/* R's svycontrast() of domain means. */
static void
contrasts_of_domains_are_rs(void **state)
{
	static const double a[3][3] = { { 1, -1, 0 }, { 1, 0, -1 }, { 1.0 / 3, 1.0 / 3, 1.0 / 3 } };
	size_t i, k;

	(void)state;
	for (i = 0; i < 7; i++) {
		struct api d = answered(design_name[i]);
		struct column api00 = column(&d, "api00");
		const struct factor *by = factor_column(&d.csv, "stype");
		struct table t = estimate(
		    d.sample, &(struct sample_ask) { .of = &api00, .ofs = 1, .by = &by, .bys = 1 });

		for (k = 0; k < 3; k++) {
			struct table_row row = table_combine(
			    &t, a[k], "contrast", NAN, INTERVAL_DEFAULT, &pool);

			assert_close(
			    row.estimate.value, oracle_nth(d.want, "contrast/est", k), 1e-9);
			assert_close(row.estimate.se, oracle_nth(d.want, "contrast/se", k), 1e-9);
		}
	}
}

static void
a_slope_over_years_does_not_mind_the_year_numbers(void **state)
{
	struct api a = api_open("clus1");
	double *year = pool_array(&pool, a.csv.rows, sizeof(*year)),
	       *step = pool_array(&pool, a.csv.rows, sizeof(*step));
	struct column y = column(&a, "api00");
	struct sample_ask ask = { .df = SAMPLE_DF_AUTO };
	struct trend_slope by_year, by_step;
	size_t i;

	(void)state;
	for (i = 0; i < a.csv.rows; i++) {
		step[i] = (double)(i % 4);
		year[i] = 2021 + step[i];
	}
	assert_int_equal(sample_slope(&by_year, a.sample, &y, year, &ask, &pool, &err), 0);
	assert_int_equal(sample_slope(&by_step, a.sample, &y, step, &ask, &pool, &err), 0);
	assert_close(by_year.slope.value, by_step.slope.value, 1e-10);
	assert_close(by_year.slope.se, by_step.slope.se, 1e-10);
	assert_close(by_year.p_up + by_year.p_down, 1, 1e-14);
}

static void
wrong_groups_and_columns_are_named(void **state)
{
	struct api a = api_open("clus1");
	struct column y = column(&a, "api00"), x[2];
	struct sample_ask ask = { .df = SAMPLE_DF_AUTO };
	struct trend_step step;
	struct table t;

	(void)state;
	memset(&err, 0, sizeof(err));
	assert_int_equal(
	    sample_ttest(&step, a.sample, &y, factor_column(&a.csv, "stype"), &ask, &pool, &err),
	    FAULT_INPUT);
	assert_non_null(strstr(err.text, "stype"));
	x[0] = x[1] = column(&a, "meals");
	memset(&err, 0, sizeof(err));
	assert_int_equal(sample_regress(&t, a.sample, &y, x, 2, &ask, &pool, &err), FAULT_NUMERIC);
	assert_non_null(strstr(err.text, "meals"));
}

/* ---- reliability ---- */

static void
alpha_is_psychs(void **state)
{
	json_t *small = oracle_load("tests/reference/small/small_statistics.json"), *it;
	struct csv csv;
	size_t i, j;

	(void)state;
	oracle_csv(&csv, "tests/reference/small/mobi.csv", &pool);
	json_array_foreach(oracle_at(small, "cronbach/cases"), i, it) {
		const json_t *cols = oracle_at(it, "cols");
		size_t k = json_array_size(cols);
		double drop[16], rest[16];
		const double *x[16];
		struct reliability r;

		for (j = 0; j < k; j++)
			x[j] = oracle_column(
			    &csv, json_string_value(json_array_get(cols, j)), &pool);
		assert_int_equal(
		    reliability_alpha(&r, drop, rest, x, k, NULL, csv.rows, true, &err), 0);
		assert_close(r.alpha, oracle_number(it, "raw"), 1e-9);
		assert_close(r.standardized, oracle_number(it, "std"), 1e-9);
		assert_close(r.average_r, oracle_number(it, "avg_r"), 1e-9);
		assert_close(r.feldt.low, oracle_nth(it, "feldt_ci", 0), 1e-9);
		assert_close(r.feldt.high, oracle_nth(it, "feldt_ci", 1), 1e-9);
		for (j = 0; j < k; j++) {
			assert_close(rest[j], oracle_nth(it, "r_drop", j), 1e-9);
			if (k > 2)
				assert_close(drop[j], oracle_nth(it, "drop", j), 1e-9);
			else
				assert_true(isnan(drop[j]));
		}
	}
	json_decref(small);
}

static void
alpha_needs_two_items_that_vary(void **state)
{
	static const double a[] = { 1, 2, 3, NAN }, b[] = { 2, 2, 2, 2 }, c[] = { NAN, NAN, 1, 2 };
	const double *constant[] = { a, b }, *few[] = { a, c };
	struct reliability r;

	(void)state;
	memset(&err, 0, sizeof(err));
	assert_int_equal(
	    reliability_alpha(&r, NULL, NULL, constant, 2, NULL, 4, true, &err), FAULT_CONSTANT);
	assert_non_null(strstr(err.text, "2"));
	assert_int_equal(
	    reliability_alpha(&r, NULL, NULL, few, 2, NULL, 4, true, NULL), FAULT_TOO_FEW);
	assert_int_equal(
	    reliability_alpha(&r, NULL, NULL, constant, 1, NULL, 4, true, NULL), FAULT_TOO_FEW);
}

/*
 * The composite from items' covariance is the mean of each person's composite where nothing is
 * missing.
 */
static void
an_index_is_the_mean_of_the_persons_indices(void **state)
{
	struct api a = api_open("clus1");
	struct column item[2], person;
	double *x = pool_array(&pool, a.csv.rows, sizeof(*x)), weight[] = { 3, 1 };
	const struct factor *by = factor_column(&a.csv, "stype");
	struct sample_ask ask = { .of = item, .ofs = 2, .by = &by, .bys = 1 };
	struct table index, direct;
	size_t i;

	(void)state;
	item[0] = column_points(
	    "api00", oracle_column(&a.csv, "api00", &pool), a.csv.rows, 200, 1000, &pool);
	item[1] = column_points(
	    "api99", oracle_column(&a.csv, "api99", &pool), a.csv.rows, 200, 1000, &pool);
	for (i = 0; i < a.csv.rows; i++)
		x[i] = (3 * item[0].x[i] + item[1].x[i]) / 4;
	person = (struct column){ "index", x, 100 };
	assert_int_equal(sample_index(&index, a.sample, &ask, weight, "index", &pool, &err), 0);
	ask.of = &person;
	ask.ofs = 1;
	direct = estimate(a.sample, &ask);
	assert_int_equal(index.rows, 3);
	for (i = 0; i < 3; i++) {
		assert_close(index.row[i].estimate.value, direct.row[i].estimate.value, 1e-12);
		assert_close(index.row[i].estimate.se, direct.row[i].estimate.se, 1e-12);
		assert_close(index.row[i].estimate.low, direct.row[i].estimate.low, 1e-11);
		assert_close(index.row[i].estimate.deff, direct.row[i].estimate.deff, 1e-11);
		assert_close(index.row[i].estimate.n, direct.row[i].estimate.n, 0);
		assert_close(index.cov[i], direct.cov[i], 1e-10);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_design_describes_itself_as_r_does),
		cmocka_unit_test(means_totals_and_shares_are_rs),
		cmocka_unit_test(ratios_are_rs),
		cmocka_unit_test(domains_keep_the_whole_design),
		cmocka_unit_test(share_intervals_are_rs),
		cmocka_unit_test(quantiles_and_woodruffs_intervals_are_rs),
		cmocka_unit_test(quantiles_of_four_values_by_hand),
		cmocka_unit_test(regressions_and_t_tests_are_rs),
		cmocka_unit_test(contrasts_of_domains_are_rs),
		cmocka_unit_test(a_slope_over_years_does_not_mind_the_year_numbers),
		cmocka_unit_test(wrong_groups_and_columns_are_named),
		cmocka_unit_test(alpha_is_psychs),
		cmocka_unit_test(alpha_needs_two_items_that_vary),
		cmocka_unit_test(an_index_is_the_mean_of_the_persons_indices),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, load, unload);
}
