/* Counts over exposure against R and by hand. */
#include "tests/stats/small.h"

#include "stats/compare/rate.h"
#include "stats/dist.h"

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

	(void)state;
	for (int i = 1; i < 4; i++)
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_have_garwoods_interval),
		cmocka_unit_test(two_periods_are_compared_exactly),
		cmocka_unit_test(three_falls_are_as_sure_as_the_weakest),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, load, unload);
}
