/* Intervals of shares against R, and inside their bounds. */
#include "tests/stats/small.h"


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

		check_span(interval_of(INTERVAL_WALD, p, se, INFINITY, n, level, NAN), it,
			"wald", 1e-9);
		check_span(interval_of(INTERVAL_WILSON, p, se, INFINITY, n, level, 1), it,
			"wilson", 1e-9);
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
			assert_true(isnan(interval_of(INTERVAL_LOGIT, p, se, INFINITY, n,
				level, 1).low));
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

	(void)state;
	for (size_t k = 0; k < 5; k++)
		for (double p = 0.01; p < 1; p += 0.02) {
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shares_of_simple_samples_have_the_textbook_intervals),
		cmocka_unit_test(korn_graubard_with_and_without_the_cap),
		cmocka_unit_test(bounded_intervals_stay_inside),
		cmocka_unit_test(intervals_know_their_names),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, load, unload);
}
