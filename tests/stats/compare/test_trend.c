/* Steps of years and what few years can prove, against R and by hand. */
#include "tests/stats/small.h"

#include "stats/compare/trend.h"
#include "stats/dist.h"
#include "stats/fault.h"

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
	size_t i;

	(void)state;
	json_array_foreach(json_object_get(small, "consecutive_improvement_iut"), i, it) {
		struct trend_step step[3];
		struct trend_run run;
		double p[3];

		/* Of figures without an error R's z is infinite; ours has no p:
		 * a_step_without_an_error_has_no_p(). */
		if (oracle_nth(it, "se", 0) == 0)
			continue;

		for (size_t k = 0; k < 3; k++) {
			struct estimate from = published(
				oracle_nth(it, "mean", k), oracle_nth(it, "se", k), INFINITY);
			struct estimate to = published(oracle_nth(it, "mean", k + 1),
				oracle_nth(it, "se", k + 1), INFINITY);

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

/* Censuses, or figures whose chance nobody sees: the difference stands, and
 * proves nothing by chance. */
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
	size_t i;

	(void)state;
	json_array_foreach(json_object_get(small, "welch"), i, it) {
		size_t n = json_array_size(oracle_at(it, "a")),
			m = json_array_size(oracle_at(it, "b"));
		static double a[4096], b[4096];
		struct trend_step s;

		assert_true(n <= 4096 && m <= 4096);
		for (size_t k = 0; k < n; k++)
			a[k] = oracle_nth(it, "a", k);
		for (size_t k = 0; k < m; k++)
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
		struct estimate a = published(oracle_number(it, "m1"), oracle_number(it, "se1"),
			oracle_number(it, "df1"));
		struct estimate b = published(oracle_number(it, "m2"), oracle_number(it, "se2"),
			oracle_number(it, "df2"));
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
	size_t i;

	(void)state;
	json_array_foreach(json_object_get(small, "mann_kendall"), i, it) {
		size_t n = json_array_size(oracle_at(it, "y"));
		double y[64];
		struct trend_kendall m;

		for (size_t k = 0; k < n; k++)
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
	size_t i;

	(void)state;
	json_array_foreach(json_object_get(small, "cochran_armitage"), i, it) {
		size_t n = json_array_size(oracle_at(it, "x"));
		double x[16], m[16], score[16];
		struct trend_armitage a;

		for (size_t k = 0; k < n; k++) {
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

	(void)state;
	for (int i = 0; i < 4; i++) {
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

static void
a_difference_within_a_group_has_the_groups_freedom(void **state)
{
	static const char *const by[] = { "year", "town" };
	struct table_row row[2] = { { .estimate = { .df = 3 } }, { .estimate = { .df = 5 } } };
	struct table t = { .row = row, .rows = 2, .by = by, .bys = 1, .df = 40 };

	(void)state;
	assert_close(trend_df(&t, 0, 1), 40, 0);
	t.bys = 2;
	assert_close(trend_df(&t, 0, 1), 5, 0);
	t.df = 4;
	assert_close(trend_df(&t, 1, 0), 4, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_difference_within_a_group_has_the_groups_freedom),
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
