/* Weights that reproduce known margins, by hand. */
#include "tests/support/check.h"

#include "stats/fault.h"
#include "stats/weight/rake.h"

/* Four people, one in each cell of two by two. */
static const char *const name[] = { "0", "1" };
static const double weight[] = { 1, 2, 3, 4 };
static const size_t row[] = { 0, 0, 1, 1 }, column[] = { 0, 1, 0, 1 },
	lost[] = { 0, RAKE_NONE, 1, 1 }, same[] = { 0, 0, 0, 0 };

static int
fit(double g[], struct rake_report *report, const size_t *const level[], size_t margins,
	const double target[][2],
	const struct rake_options *o, const char *const unlisted[], struct err *err)
{
	struct rake_units units = { .n = 4, .weight = weight, .level = level,
		.unlisted = unlisted };
	struct rake_margin m[2];
	static const struct rake_options usual;

	for (size_t i = 0; i < margins; i++)
		m[i] = (struct rake_margin){ i == 0 ? "row" : "column", name, target[i], 2 };
	*err = (struct err){ 0 };
	return rake_fit(g, report, &units, m, margins, o != NULL ? o : &usual, err);
}

/* Rows sum to 3 and 7 and shall be 30 and 70, then 60 and 40. */
static void
one_margin_is_post_stratification(void **state)
{
	static const size_t *const level[] = { row };
	static const double target[][2] = { { 60, 40 } };
	struct rake_report r;
	struct err err;
	double g[4];

	(void)state;
	assert_int_equal(fit(g, &r, level, 1, target, NULL, NULL, &err), 0);
	assert_close(g[0], 20, 1e-14);
	assert_close(g[1], 20, 1e-14);
	assert_close(g[2], 40 / 7.0, 1e-14);
	assert_close(r.sum, 100, 1e-14);
	assert_close(r.g_low, 40 / 7.0, 1e-14);
	assert_close(r.g_high, 20, 1e-14);
	assert_close(r.deff_before, 4 * 30 / 100.0, 1e-14);
	assert_close(r.deff_after,
		4 * (400 + 1600 + 9 * 1600 / 49.0 + 16 * 1600 / 49.0) / 1e4, 1e-13);
	assert_true(isnan(r.cap) && r.aside == 0 && r.trimmed == 0);
}

/* Raking keeps the odds ratio 1 * 4 / (2 * 3): with halves as margins x2 / (50 - x)2 is 2/3. */
static void
two_margins_keep_the_odds_ratio(void **state)
{
	static const size_t *const level[] = { row, column };
	/* scaled to the first's total */
	static const double target[][2] = { { 50, 50 }, { 5, 5 } };
	double g[4], x = 50 * sqrt(2 / 3.0) / (1 + sqrt(2 / 3.0));
	struct rake_report r;
	struct err err;

	(void)state;
	assert_int_equal(fit(g, &r, level, 2, (const double[][2]){ { 50, 50 }, { 50, 50 } }, NULL,
		NULL, &err), 0);
	assert_close(g[0] * 1, x, 1e-9);
	assert_close(g[1] * 2, 50 - x, 1e-9);
	assert_close(g[2] * 3, 50 - x, 1e-9);
	assert_close(g[3] * 4, x, 1e-9);
	assert_true(r.error <= 1e-10 && r.iterations > 0);
	assert_int_equal(fit(g, &r, level, 2, target, NULL, NULL, &err), FAULT_MARGIN_TOTALS);
	assert_non_null(strstr(err.text, "column"));
}

static void
what_cannot_be_met_is_named(void **state)
{
	static const size_t *const rows[] = { row }, *const gap[] = { lost },
		*const alike[] = { same }, *const both[] = { row, row };
	static const double target[][2] = { { 30, 70 }, { 60, 40 } }, nought[][2] = { { 0, 70 } },
		none[][2] = { { NAN, 70 } };
	static const char *const unlisted[] = { "不详" };
	struct rake_options aside = { .aside = true };
	struct rake_report r;
	struct err err;
	double g[4];

	(void)state;
	assert_int_equal(fit(g, &r, rows, 1, nought, NULL, NULL, &err), FAULT_MARGIN_TARGET);
	assert_non_null(strstr(err.text, "row"));
	assert_int_equal(fit(g, &r, rows, 1, none, NULL, NULL, &err), FAULT_MARGIN_TARGET);
	assert_int_equal(fit(g, &r, alike, 1, target, NULL, NULL, &err), FAULT_MARGIN_EMPTY);
	assert_non_null(strstr(err.text, "1"));
	assert_int_equal(fit(g, &r, gap, 1, target, NULL, unlisted, &err), FAULT_MARGIN_UNLISTED);
	assert_non_null(strstr(err.text, "不详"));
	assert_int_equal(fit(g, &r, both, 2, target, NULL, NULL, &err), FAULT_NOT_CONVERGED);
	/* Who is set aside keeps the share of 2 in 10; 30 and 70 are met among the others. */
	assert_int_equal(fit(g, &r, gap, 1, target, &aside, unlisted, &err), 0);
	assert_close(r.aside, 0.2, 1e-13);
	assert_close(g[0] / (g[2] * 7), 30 / 70.0, 1e-12);
	assert_close(g[1] * 2 / (g[0] + g[1] * 2 + g[2] * 7), 0.2, 1e-12);
}

static void
categories_are_found_by_name(void **state)
{
	static const double target[] = { 1, 1 };
	struct rake_margin m = { "row", name, target, 2 };

	(void)state;
	assert_int_equal(rake_category(&m, "1"), 1);
	assert_true(rake_category(&m, "2") == RAKE_NONE);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(one_margin_is_post_stratification),
	cmocka_unit_test(two_margins_keep_the_odds_ratio),
	cmocka_unit_test(what_cannot_be_met_is_named),
	cmocka_unit_test(categories_are_found_by_name),
};

CHECK_MAIN(tests)
