/* Lines and t tests through a sample against R's survey. */
#include "tests/stats/basic.h"

#include "stats/compare/regress.h"
#include "stats/fault.h"

static void
lines_are_rs(const struct api *a)
{
	double *one = pool_array(&pool, a->csv.rows, sizeof(*one));
	struct column y = column(a, "api00");
	struct column x[] = { { .name = "(Intercept)", .x = one, .upper = NAN }, column(a, "ell"),
		column(a, "meals"), column(a, "mobility") };
	const json_t *want = oracle_at(a->want, "glm_gauss");
	struct sample_ask ask = { .df = SAMPLE_DF_AUTO };
	struct table t;

	for (size_t i = 0; i < a->csv.rows; i++)
		one[i] = 1;
	assert_int_equal(sample_regress(&t, a->sample, &y, x, 4, &ask, &pool, &err), 0);
	for (size_t i = 0; i < 4; i++) {
		assert_close(t.row[i].estimate.value, oracle_nth(want, "coef", i), 1e-9);
		assert_close(t.row[i].estimate.se, oracle_nth(want, "se", i), 1e-9);
	}
	assert_close(t.cov[1], oracle_nth(json_array_get(oracle_at(want, "vcov"), 0), "", 1),
		1e-8);
	assert_close(t.df, oracle_number(want, "df_resid"), 0);
}

static void
two_samples_are_rs(const struct api *a)
{
	struct column y = column(a, "api00");
	const json_t *want = oracle_at(a->want, "ttest_schwide");
	struct sample_ask ask = { .df = SAMPLE_DF_AUTO };
	struct trend_step step;

	assert_int_equal(sample_ttest(&step, a->sample, &y, factor_column(&a->csv, "sch.wide"),
		&ask, &pool, &err), 0);
	assert_close(step.difference.value, oracle_number(want, "est"), 1e-9);
	assert_close(step.t, oracle_number(want, "t"), 1e-9);
	assert_close(step.difference.df, oracle_number(want, "df"), 0);
	assert_close(step.p_two, oracle_number(want, "p/sch.wideYes"), 1e-8);
	assert_close(step.difference.low, oracle_nth(want, "ci", 0), 1e-9);
	assert_close(step.difference.high, oracle_nth(want, "ci", 1), 1e-9);
}

/* One sample against nothing: R takes one from the degrees of freedom here too. */
static void
a_growth_is_rs(const struct api *a)
{
	double *diff = pool_array(&pool, a->csv.rows, sizeof(*diff));
	struct column y = column(a, "api00"), api99 = column(a, "api99"),
		growth = { .name = "growth", .x = diff, .upper = NAN };
	const json_t *want = oracle_at(a->want, "ttest_growth0");
	struct table t;

	for (size_t i = 0; i < a->csv.rows; i++)
		diff[i] = y.x[i] - api99.x[i];
	t = estimate(a->sample, &(struct sample_ask){ .of = &growth, .ofs = 1 });
	assert_close(t.row[0].estimate.value / t.row[0].estimate.se, oracle_number(want, "t"),
		1e-9);
	assert_close(t.df - 1, oracle_number(want, "df"), 0);
}

static void
regressions_and_t_tests_are_rs(void **state)
{
	(void)state;
	for (size_t i = 0; i < 7; i++) {
		struct api a = answered(design_name[i]);

		lines_are_rs(&a);
		two_samples_are_rs(&a);
		a_growth_is_rs(&a);
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

	(void)state;
	for (size_t i = 0; i < a.csv.rows; i++) {
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
	assert_int_equal(sample_ttest(&step, a.sample, &y, factor_column(&a.csv, "stype"), &ask,
		&pool, &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "stype"));
	x[0] = x[1] = column(&a, "meals");
	memset(&err, 0, sizeof(err));
	assert_int_equal(sample_regress(&t, a.sample, &y, x, 2, &ask, &pool, &err), FAULT_NUMERIC);
	assert_non_null(strstr(err.text, "meals"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(regressions_and_t_tests_are_rs),
		cmocka_unit_test(a_slope_over_years_does_not_mind_the_year_numbers),
		cmocka_unit_test(wrong_groups_and_columns_are_named),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, load, unload);
}
