/* Small areas against R on published data, and by hand. */
#include "tests/stats/oracle.h"

#include "stats/compare/area.h"
#include "stats/fault.h"

static struct pool pool;

static int
clear(void **state)
{
	(void)state;
	pool_clear(&pool);
	return 0;
}

/* Areas, their direct estimates and the four major ones as columns of 0 and 1. */
static void
milk(struct area_model *model)
{
	struct csv csv;
	double *sd, *variance, *x;
	const char **area;

	oracle_csv(&csv, "tests/reference/area/milk.csv", &pool);
	model->n = csv.rows;
	model->direct = oracle_column(&csv, "estimate", &pool);
	sd = oracle_column(&csv, "sd", &pool);
	variance = pool_array(&pool, csv.rows, sizeof(*variance));
	x = pool_array(&pool, csv.rows * 4, sizeof(*x));
	area = pool_array(&pool, csv.rows, sizeof(*area));
	for (size_t i = 0; i < csv.rows; i++) {
		int major = atoi(oracle_cell(&csv, i, "major"));

		variance[i] = sd[i] * sd[i];
		area[i] = oracle_cell(&csv, i, "area");
		x[i * 4] = 1;
		if (major > 1)
			x[i * 4 + (size_t)major - 1] = 1;
	}
	model->variance = variance;
	model->x = x;
	model->area = area;
}

/* 43 areas of four major ones (Arora & Lahiri 1997): R's own optimiser on the
 * restricted likelihood. */
static void
fresh_milk_is_rs(void **state)
{
	json_t *want = oracle_load("tests/reference/area/milk_reml.json");
	static const char *const name[] = { "(Intercept)", "2", "3", "4" };
	struct area_model model = { .k = 4, .name = name };
	struct err err = { 0 };
	struct area_fit fit;

	(void)state;
	milk(&model);
	if (area_fit(&fit, &model, &pool, &err) != 0)
		fail_msg("%s", err.text);
	assert_false(fit.boundary);
	assert_close(fit.refvar, oracle_number(want, "refvar"), 1e-7);
	for (size_t j = 0; j < 4; j++) {
		assert_close(fit.beta[j], oracle_nth(want, "beta", j), 1e-7);
		assert_close(fit.beta_se[j], oracle_nth(want, "beta_se", j), 1e-7);
	}
	for (size_t i = 0; i < model.n; i++) {
		assert_close(fit.gamma[i], oracle_nth(want, "gamma", i), 1e-7);
		assert_close(fit.eblup[i], oracle_nth(want, "eblup", i), 1e-7);
		assert_close(fit.mse[i], oracle_nth(want, "mse", i), 1e-7);
	}
	json_decref(want);
}

/*
 * Areas of one variance D: the restricted likelihood's top is s2 - D, and each area is drawn to the
 * mean by gamma = refvar / s2.
 */
static void
equal_variances_have_a_formula(void **state)
{
	static const double y[] = { 60, 70, 80, 90 }, d[] = { 50, 50, 50, 50 },
		one[] = { 1, 1, 1, 1 };
	static const char *const area[] = { "a", "b", "c", "d" }, *const name[] = { "(Intercept)" };
	struct area_model model = { 4, area, y, d, 1, one, name };
	double s2 = 500 / 3.0, gamma = 1 - 50 / s2;
	struct err err = { 0 };
	struct area_fit fit;

	(void)state;
	assert_int_equal(area_fit(&fit, &model, &pool, &err), 0);
	assert_close(fit.refvar, s2 - 50, 1e-9);
	assert_close(fit.beta[0], 75, 1e-13);
	assert_close(fit.beta_se[0], sqrt(s2 / 4), 1e-9);
	for (size_t i = 0; i < 4; i++) {
		assert_close(fit.gamma[i], gamma, 1e-9);
		assert_close(fit.eblup[i], gamma * y[i] + (1 - gamma) * 75, 1e-9);
	}
}

static void
areas_that_differ_no_more_than_their_errors_are_at_the_boundary(void **state)
{
	static const double y[] = { 70, 70.5, 69.5, 70.2 }, d[] = { 4, 5, 4.5, 3 },
		one[] = { 1, 1, 1, 1 };
	static const char *const area[] = { "a", "b", "c", "d" }, *const name[] = { "(Intercept)" };
	struct area_model model = { 4, area, y, d, 1, one, name };
	double mean = (70 / 4.0 + 70.5 / 5 + 69.5 / 4.5 + 70.2 / 3) /
		(1 / 4.0 + 1 / 5.0 + 1 / 4.5 + 1 / 3.0);
	struct err err = { 0 };
	struct area_fit fit;

	(void)state;
	assert_int_equal(area_fit(&fit, &model, &pool, &err), 0);
	assert_true(fit.boundary && fit.refvar == 0);
	for (size_t i = 0; i < 4; i++) {
		assert_close(fit.eblup[i], mean, 1e-12);
		assert_true(fit.gamma[i] == 0);
	}
}

static void
what_cannot_be_fitted_is_named(void **state)
{
	static const double y[] = { 1, 2, 3 }, gap[] = { 1, NAN, 3 }, d[] = { 1, 1, 1 },
		nought[] = { 1, 1, 0 }, x[] = { 1, 1, 1 }, twice[] = { 1, 2, 1, 2, 1, 2 };
	static const char *const area[] = { "甲区", "乙区", "丙区" },
		*const name[] = { "(Intercept)", "double" };
	struct err err[4] = { { 0 } };
	struct area_fit fit;

	(void)state;
	assert_int_equal(area_fit(&fit, &(struct area_model){ 1, area, y, d, 1, x, name }, &pool,
		&err[0]), FAULT_TOO_FEW);
	assert_int_equal(area_fit(&fit, &(struct area_model){ 3, area, gap, d, 1, x, name }, &pool,
		&err[1]), FAULT_INPUT);
	assert_non_null(strstr(err[1].text, "乙区"));
	assert_int_equal(area_fit(&fit, &(struct area_model){ 3, area, y, nought, 1, x, name },
		&pool, &err[2]), FAULT_INPUT);
	assert_non_null(strstr(err[2].text, "丙区"));
	assert_int_equal(area_fit(&fit, &(struct area_model){ 3, area, y, d, 2, twice, name },
		&pool, &err[3]), FAULT_NUMERIC);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(fresh_milk_is_rs, clear),
	cmocka_unit_test_teardown(equal_variances_have_a_formula, clear),
	cmocka_unit_test_teardown(areas_that_differ_no_more_than_their_errors_are_at_the_boundary,
		clear),
	cmocka_unit_test_teardown(what_cannot_be_fitted_is_named, clear),
};

CHECK_MAIN(tests)
