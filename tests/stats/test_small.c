/* Intervals, rates, steps of years and small tests against R and published values. */
#include "tests/stats/oracle.h"

#include "stats/dist.h"
#include "stats/fault.h"
#include "stats/interval.h"
#include "stats/compare/rate.h"
#include "stats/stats.h"

static json_t *small;

static int
load(void **state)
{
	(void)state;
	stats_init();
	small = oracle_load("tests/reference/small/small_statistics.json");
	return 0;
}

static int
unload(void **state)
{
	(void)state;
	json_decref(small);
	return 0;
}

static void
check_span(struct span s, const json_t *want, const char *path, double tolerance)
{
	assert_near(s.low, oracle_nth(want, path, 0), tolerance, 1);
	assert_near(s.high, oracle_nth(want, path, 1), tolerance, 1);
}

/* Lists of lists of cases, one list per count, one case per level. */
#define each_case(list, group, i, j, it) \
	json_array_foreach(list, i, group) json_array_foreach(group, j, it)

static void
counts_have_garwoods_interval(void **state)
{
	json_t *group, *it;
	size_t i, j, n = 0;

	(void)state;
	each_case(json_object_get(small, "poisson"), group, i, j, it) {
		double k = oracle_number(it, "count"), level = oracle_number(it, "level");

		check_span(rate_garwood(k, level), it, "garwood", 1e-9);
		check_span(rate_garwood(k, level), it, "poisson_test", 1e-9);
		check_span(rate_byar(k, level), it, "byar", 1e-9);
		/* R's root finder is good to 1e-7 here, ours to the last digit. */
		check_span(rate_mid_p(k, level), it, "midp", 1e-7);
		n++;
	}
	assert_true(n >= 13);
	json_array_foreach(json_object_get(small, "poisson_rate"), i, it) {
		struct span s = rate_garwood(oracle_number(it, "count"), 0.95);
		double f = oracle_number(it, "per") / oracle_number(it, "exposure");

		check_span((struct span){ s.low * f, s.high * f }, it, "ci", 1e-9);
	}
	assert_true(isnan(rate_garwood(-1, 0.95).low));
}

static void
two_periods_are_compared_exactly(void **state)
{
	json_t *it;
	size_t i;

	(void)state;
	json_array_foreach(json_object_get(small, "poisson_two_sample_exact"), i, it) {
		struct rate first = { oracle_nth(it, "counts", 0), oracle_nth(it, "exposure", 0) };
		struct rate second = { oracle_nth(it, "counts", 1), oracle_nth(it, "exposure", 1) };
		/* R's ratio is the first over the second. */
		struct rate_change c = rate_compare(&second, &first, 0.95);

		assert_near(c.ratio, oracle_number(it, "ratio"), 1e-12, 1);
		assert_close(c.p_two, oracle_number(it, "p"), 1e-9);
		check_span((struct span){ c.low, c.high }, it, "ci", 1e-9);
		assert_close(c.p_fall + c.p_rise -
			dist_binomial_point(first.count,
			    first.exposure / (first.exposure + second.exposure),
			    first.count + second.count),
		    1, 1e-12);
	}
	assert_true(
	    isnan(rate_compare(&(struct rate) { 0, 1 }, &(struct rate) { 0, 1 }, 0.95).p_two));
}

static void
three_falls_are_as_sure_as_the_weakest(void **state)
{
	static const struct rate falling[] = { { 200, 1e5 }, { 150, 1e5 }, { 100, 1e5 },
		{ 60, 1e5 } };
	static const struct rate flat[] = { { 100, 1e5 }, { 100, 1e5 }, { 100, 1e5 } };
	double p = rate_falls(falling, 4, 3), worst = 0;
	struct rate_homogeneity h;
	int i;

	(void)state;
	for (i = 1; i < 4; i++)
		worst = fmax(worst, rate_compare(&falling[i - 1], &falling[i], 0.95).p_fall);
	assert_close(p, worst, 0);
	assert_true(p < 0.01);
	assert_true(isnan(rate_falls(falling, 3, 3)));
	assert_true(rate_falls(flat, 3, 2) > 0.5);
	h = rate_homogeneity(flat, 3);
	assert_near(h.chisq, 0, 0, 0);
	assert_close(h.p, 1, 1e-15);
	/* By hand: 200 and 100 expect 150 each: 50^2 / 150 twice. */
	h = rate_homogeneity((const struct rate[]){ { 200, 1e5 }, { 100, 1e5 } }, 2);
	assert_close(h.chisq, 2 * 2500.0 / 150, 1e-13);
	assert_close(h.overdispersion, 2 * 2500.0 / 150, 1e-13);
}

/* A simple random sample: se of p is sqrt(pq/n), df infinite. */
static void
shares_of_simple_samples_have_the_textbook_intervals(void **state)
{
	json_t *group, *it;
	size_t i, j;

	(void)state;
	each_case(json_object_get(small, "proportion"), group, i, j, it) {
		double x = oracle_number(it, "x"), n = oracle_number(it, "n"),
		       level = oracle_number(it, "level");
		double p = x / n, se = sqrt(p * (1 - p) / n);

		check_span(
		    interval_of(INTERVAL_WALD, p, se, INFINITY, n, level, NAN), it, "wald", 1e-9);
		check_span(
		    interval_of(INTERVAL_WILSON, p, se, INFINITY, n, level, 1), it, "wilson", 1e-9);
		/*
		 * With n - 1 degrees of freedom the effective n is n: Clopper-Pearson (one
		 * answer: any df does).
		 */
		check_span(interval_of(INTERVAL_BETA, p, se, fmax(n - 1, 1), n, level, 1), it,
		    "clopper_pearson", 1e-9);
		check_span(interval_of(INTERVAL_BETA, p, se, fmax(n - 1, 1), n, level, 1), it,
		    "binom_test", 1e-9);
		if (x > 0 && x < n)
			check_span(interval_of(INTERVAL_LOGIT, p, se, INFINITY, n, level, 1), it,
			    "logit", 1e-9);
		else
			assert_true(
			    isnan(interval_of(INTERVAL_LOGIT, p, se, INFINITY, n, level, 1).low));
	}
}

static void
korn_graubard_with_and_without_the_cap(void **state)
{
	json_t *it;
	size_t i;

	(void)state;
	json_array_foreach(json_object_get(small, "korn_graubard"), i, it) {
		double p = oracle_number(it, "p"), se = oracle_number(it, "se");
		double n = oracle_number(it, "n"), df = oracle_number(it, "df");

		check_span(interval_of(INTERVAL_BETA, p, se, df, n, 0.95, 1), it, "ci", 1e-9);
		check_span(interval_of(INTERVAL_BETA_CAPPED, p, se, df, n, 0.95, 1), it,
		    "ci_capped", 1e-9);
	}
}

static void
bounded_intervals_stay_inside(void **state)
{
	static const enum interval kind[] = { INTERVAL_DEFAULT, INTERVAL_LOGIT, INTERVAL_WILSON,
		INTERVAL_BETA, INTERVAL_ASIN };
	size_t k;
	double p;

	(void)state;
	for (k = 0; k < 5; k++)
		for (p = 0.01; p < 1; p += 0.02) {
			struct span s = interval_of(kind[k], 100 * p, 20, 3, 30, 0.95, 100);

			assert_true(s.low >= 0 && s.high <= 100);
			assert_true(s.low <= 100 * p && s.high >= 100 * p);
		}
	assert_true(isnan(interval_of(INTERVAL_DEFAULT, 50, NAN, 3, 30, 0.95, 100).low));
	assert_true(isnan(interval_of(INTERVAL_DEFAULT, 50, 1, 0, 30, 0.95, 100).low));
	assert_true(isnan(interval_of(INTERVAL_DEFAULT, NAN, 1, 3, 30, 0.95, 100).low));
}

static void
intervals_know_their_names(void **state)
{
	enum interval i;

	(void)state;
	assert_int_equal(interval_parse(&i, "beta"), 0);
	assert_int_equal(i, INTERVAL_BETA);
	assert_string_equal(interval_name(INTERVAL_ASIN), "asin");
	assert_int_equal(interval_parse(&i, "Beta "), -1);
}

/* Closed forms, and R's qt(), qnorm(). */
static void
quantiles_have_all_their_digits(void **state)
{
	(void)state;
	assert_close(dist_normal_quantile(0.975), 1.959963984540054, 1e-15);
	assert_close(dist_normal_quantile(1e-10), -6.361340902404056, 1e-14);
	assert_close(dist_t_quantile(0.975, 1), 12.706204736174698, 1e-13);
	/* Two degrees of freedom have a closed form: c sqrt(2 / (1 - c2)) for the middle c. */
	assert_close(dist_t_quantile(0.975, 2), 0.95 * sqrt(2 / 0.0975), 1e-13);
	assert_close(dist_t_quantile(0.025, 30), -2.042272456301238, 1e-13);
	assert_close(dist_t_quantile(0.975, INFINITY), 1.959963984540054, 1e-15);
	assert_close(dist_chisq_quantile(0.95, 2), -2 * log(0.05), 1e-14);
	assert_close(dist_beta_quantile(0.025, 1, 10), 1 - pow(0.975, 0.1), 1e-13);
	assert_close(dist_beta_quantile(0.975, 10, 1), pow(0.975, 0.1), 1e-14);
	assert_close(dist_t_upper(0, 7), 0.5, 1e-15);
	assert_close(dist_f_upper(4, 1, INFINITY), 2 * dist_normal_upper(2), 1e-13);
	assert_true(isnan(dist_t_quantile(0.5, 0)) && isnan(dist_t_quantile(1.5, 3)) &&
	    isnan(dist_t_quantile(NAN, 3)));
	assert_true(isnan(dist_beta_quantile(0.5, -1, 2)) && isnan(dist_chisq_quantile(0.5, -1)));
}

/* ---- years ---- */

static struct estimate
published(double value, double se, double df)
{
	return (struct estimate) { .value = value,
		.se = se,
		.df = df,
		.n = 1000,
		.n_eff = 1000,
		.level = 0.95,
		.method = "",
		.mapping = "",
		.population = "",
		.stream = "" };
}

static void
rises_in_a_row_need_every_step(void **state)
{
	json_t *it;
	size_t i, k;

	(void)state;
	json_array_foreach(json_object_get(small, "consecutive_improvement_iut"), i, it) {
		struct trend_step step[3];
		struct trend_run run;
		double p[3];

		/* Of figures without an error R's z is infinite; ours has no p: a_step_without_an_error_has_no_p(). */
		if (oracle_nth(it, "se", 0) == 0)
			continue;

		for (k = 0; k < 3; k++) {
			struct estimate from = published(
			    oracle_nth(it, "mean", k), oracle_nth(it, "se", k), INFINITY);
			struct estimate to = published(
			    oracle_nth(it, "mean", k + 1), oracle_nth(it, "se", k + 1), INFINITY);

			step[k] = trend_difference(&from, &to, 0, 0.95);
			p[k] = step[k].p_up;
			assert_near(step[k].difference.value, oracle_nth(it, "delta", k), 1e-12, 1);
			assert_near(step[k].difference.se, oracle_nth(it, "se_delta", k), 1e-12, 1);
			assert_near(p[k], oracle_nth(it, "p_each", k), 1e-9, 0);
		}
		assert_close(trend_iut(p, 3), oracle_number(it, "p_iut"), 1e-9);
		run = trend_run(step, 3, 3, true, 0.05);
		assert_close(run.p, oracle_number(it, "p_iut"), 1e-9);
		assert_close(run.bound, oracle_number(it, "min_lower95"), 1e-9);
		assert_int_equal(run.each, json_is_true(oracle_at(it, "improving_each_point")));
		assert_int_equal(run.proven, json_is_true(oracle_at(it, "reject_05")));
	}
}

static void
too_few_years_claim_nothing(void **state)
{
	struct estimate a = published(70, 1, 50), b = published(75, 1, 50),
			unknown = published(80, NAN, 50);
	struct trend_step step[3] = { trend_difference(&a, &b, 0, 0.95),
		trend_difference(&b, &unknown, 0, 0.95) };
	struct trend_run run = trend_run(step, 1, 3, true, 0.05);
	double p[] = { 0.01, NAN };

	(void)state;
	assert_false(run.each || run.proven || run.no_reverse);
	assert_int_equal(run.row, 1);
	assert_true(isnan(run.p));
	run = trend_run(step, 2, 2, true, 0.05);
	assert_true(run.each);
	assert_false(run.proven || run.no_reverse);
	assert_true(isnan(trend_iut(p, 2)) && isnan(trend_iut(p, 0)));
	assert_close(trend_iut(p, 1), 0.01, 0);
}

/* Censuses, or figures whose chance nobody sees: the difference stands, and proves nothing by chance. */
static void
a_step_without_an_error_has_no_p(void **state)
{
	struct estimate y[] = { published(70, 0, 50), published(75, 0, 50), published(80, 1, 50) };
	struct trend_step step = trend_difference(&y[0], &y[1], 0, 0.95);

	(void)state;
	assert_close(step.difference.value, 5, 0);
	assert_close(step.difference.se, 0, 0);
	assert_close(step.difference.low, 5, 0);
	assert_true(isnan(step.t) && isnan(step.p_up) && isnan(step.p_down) && isnan(step.p_two));
	assert_false(trend_run(&step, 1, 1, true, 0.05).proven);
	step = trend_difference(&y[1], &y[2], 0, 0.95);
	assert_true(step.p_up < 0.001 && step.p_two < 0.001);
	step = trend_difference(&y[2], &y[2], 0, 0.95);
	assert_close(step.p_two, 1, 0);
}

static void
a_fall_that_is_not_proven_is_called_so(void **state)
{
	struct estimate y[] = { published(80, 1, 60), published(79.5, 1, 60),
		published(81, 1, 60) };
	struct trend_step step[2] = { trend_difference(&y[0], &y[1], 0, 0.95),
		trend_difference(&y[1], &y[2], 0, 0.95) };
	struct trend_run run = trend_run(step, 2, 2, true, 0.05);

	(void)state;
	assert_false(run.each);
	assert_false(run.proven);
	assert_true(run.no_reverse);
	assert_int_equal(run.row, 1);
	run = trend_run(step, 2, 1, false, 0.05);
	assert_int_equal(run.row, 0);
}

/* The same people twice: covariance makes the step sharper. */
static void
covariance_narrows_a_step(void **state)
{
	struct estimate a = published(70, 1, 40), b = published(71, 1, 30);
	struct trend_step alone = trend_difference(&a, &b, 0, 0.95),
			  shared = trend_difference(&a, &b, 0.9, 0.95);

	(void)state;
	assert_close(alone.difference.se, sqrt(2), 1e-15);
	assert_close(shared.difference.se, sqrt(0.2), 1e-14);
	assert_close(alone.difference.df, 4 / (1.0 / 40 + 1.0 / 30), 1e-13);
	assert_close(shared.difference.df, 30, 0);
	assert_true(shared.p_up < alone.p_up);
}

static void
welch_is_rs(void **state)
{
	json_t *it;
	size_t i, k;

	(void)state;
	json_array_foreach(json_object_get(small, "welch"), i, it) {
		size_t n = json_array_size(oracle_at(it, "a")),
		       m = json_array_size(oracle_at(it, "b"));
		static double a[4096], b[4096];
		struct trend_step s;

		assert_true(n <= 4096 && m <= 4096);
		for (k = 0; k < n; k++)
			a[k] = oracle_nth(it, "a", k);
		for (k = 0; k < m; k++)
			b[k] = oracle_nth(it, "b", k);
		s = trend_welch(a, n, b, m, 0.95);
		assert_close(s.difference.value, oracle_number(it, "diff"), 1e-9);
		assert_close(s.t, oracle_number(it, "t"), 1e-9);
		assert_close(s.difference.df, oracle_number(it, "df"), 1e-9);
		assert_close(s.p_two, oracle_number(it, "p_two"), 1e-9);
		assert_close(s.p_up, oracle_number(it, "p_greater"), 1e-9);
		check_span((struct span){ s.difference.low, s.difference.high }, it, "ci", 1e-9);
	}
	json_array_foreach(oracle_at(small, "welch_from_summary/cases"), i, it) {
		struct estimate a = published(
		    oracle_number(it, "m1"), oracle_number(it, "se1"), oracle_number(it, "df1"));
		struct estimate b = published(
		    oracle_number(it, "m2"), oracle_number(it, "se2"), oracle_number(it, "df2"));
		struct trend_step s = trend_difference(&a, &b, 0, 0.95);

		assert_close(s.t, oracle_number(it, "t"), 1e-9);
		assert_close(s.difference.df, oracle_number(it, "df"), 1e-9);
		assert_close(s.p_two, oracle_number(it, "p_two"), 1e-9);
		assert_close(s.p_up, oracle_number(it, "p_greater"), 1e-9);
	}
}

static void
mann_kendall_is_rs_but_says_when_it_cannot(void **state)
{
	json_t *it;
	size_t i, k;

	(void)state;
	json_array_foreach(json_object_get(small, "mann_kendall"), i, it) {
		size_t n = json_array_size(oracle_at(it, "y"));
		double y[64];
		struct trend_kendall m;

		for (k = 0; k < n; k++)
			y[k] = oracle_nth(it, "y", k);
		m = trend_kendall(y, n);
		assert_close(m.s, oracle_number(it, "S"), 0);
		assert_close(m.var_s, oracle_number(it, "varS"), 1e-12);
		assert_close(m.z, oracle_number(it, "Z"), 1e-9);
		assert_close(m.p_two, oracle_number(it, "p_two_normal"), 1e-9);
		assert_close(m.sen_slope, oracle_number(it, "sen_slope"), 1e-9);
		/* The Kendall package works in single precision and calls all ties 1. */
		if (m.var_s > 0)
			assert_close(m.tau, oracle_number(it, "kendall_tau"), 1e-6);
		else
			assert_true(isnan(m.tau));
	}
}

/* All orders of n values are equally likely: the best one has chance 1/n!. */
static void
few_years_cannot_prove_a_trend_by_ranks(void **state)
{
	static const double y[] = { 1, 2, 3, 4, 5 };

	(void)state;
	assert_close(trend_kendall(y, 3).p_up, 1 / 6.0, 1e-14);
	assert_close(trend_kendall(y, 4).p_up, 1 / 24.0, 1e-14);
	assert_close(trend_kendall(y, 5).p_up, 1 / 120.0, 1e-14);
	assert_true(isnan(trend_kendall(y, 1).p_up));
	/* S = 2 of 3 values: itself and one of the two neighbours of the best. */
	assert_close(trend_kendall((const double[]){ 1, 3, 2 }, 3).p_up, 0.5, 1e-14);
}

static void
cochran_armitage_is_rs(void **state)
{
	json_t *it;
	size_t i, k;

	(void)state;
	json_array_foreach(json_object_get(small, "cochran_armitage"), i, it) {
		size_t n = json_array_size(oracle_at(it, "x"));
		double x[16], m[16], score[16];
		struct trend_armitage a;

		for (k = 0; k < n; k++) {
			x[k] = oracle_nth(it, "x", k);
			m[k] = oracle_nth(it, "n", k);
			score[k] = oracle_nth(it, "scores", k);
		}
		a = trend_armitage(x, m, score, n);
		assert_near(a.chisq, oracle_number(it, "chisq"), 1e-9, 1);
		assert_near(a.z, oracle_number(it, "z"), 1e-9, 1);
		assert_near(a.z_unbiased, oracle_number(it, "z_unbiased_Nm1"), 1e-9, 1);
		assert_close(a.p_two, oracle_number(it, "p_two"), 1e-9);
		assert_close(a.p_up, oracle_number(it, "p_one_increasing"), 1e-9);
	}
	assert_true(isnan(trend_armitage(
	    (const double[]) { 0, 0 }, (const double[]) { 5, 5 }, (const double[]) { 1, 2 }, 2)
			      .z));
}

/* Four equal standard errors: the slope is the ordinary least squares one. */
static void
a_slope_through_years(void **state)
{
	struct table_row row[4] = { { .fault = 0 } };
	double cov[16] = { 0 }, time[] = { 2021, 2022, 2023, 2024 }, value[] = { 70, 71, 73, 74 };
	struct table t = { .row = row, .rows = 4, .cov = cov, .level = 0.95 };
	struct trend_slope s;
	int i;

	(void)state;
	for (i = 0; i < 4; i++) {
		row[i].estimate = published(value[i], 2, 30);
		cov[5 * i] = 4;
	}
	s = trend_slope(&t, time);
	assert_close(s.slope.value, (-1.5 * 70 - 0.5 * 71 + 0.5 * 73 + 1.5 * 74) / 5, 1e-13);
	assert_close(s.slope.se, 2 / sqrt(5), 1e-13);
	assert_close(s.p_up, dist_t_upper(s.slope.value / s.slope.se, 30), 1e-13);
	row[0].fault = row[1].fault = row[2].fault = FAULT_EMPTY_DOMAIN;
	assert_true(isnan(trend_slope(&t, time).slope.se));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_have_garwoods_interval),
		cmocka_unit_test(two_periods_are_compared_exactly),
		cmocka_unit_test(three_falls_are_as_sure_as_the_weakest),
		cmocka_unit_test(shares_of_simple_samples_have_the_textbook_intervals),
		cmocka_unit_test(korn_graubard_with_and_without_the_cap),
		cmocka_unit_test(bounded_intervals_stay_inside),
		cmocka_unit_test(intervals_know_their_names),
		cmocka_unit_test(quantiles_have_all_their_digits),
		cmocka_unit_test(rises_in_a_row_need_every_step),
		cmocka_unit_test(too_few_years_claim_nothing),
		cmocka_unit_test(a_step_without_an_error_has_no_p),
		cmocka_unit_test(a_fall_that_is_not_proven_is_called_so),
		cmocka_unit_test(covariance_narrows_a_step),
		cmocka_unit_test(welch_is_rs),
		cmocka_unit_test(mann_kendall_is_rs_but_says_when_it_cannot),
		cmocka_unit_test(few_years_cannot_prove_a_trend_by_ranks),
		cmocka_unit_test(cochran_armitage_is_rs),
		cmocka_unit_test(a_slope_through_years),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, load, unload);
}
