/* Quantiles and tails against closed forms and R. */
#include "tests/support/check.h"

#include "stats/dist.h"
#include "stats/stats.h"

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

/* Sums of a few terms, and integrals that have a formula. */
static void
tails_are_those_of_the_formulas(void **state)
{
	(void)state;
	assert_close(dist_poisson_lower(2, 3), 8.5 * exp(-3), 1e-13);
	assert_close(dist_poisson_lower(0, 5), exp(-5), 1e-13);
	assert_close(dist_binomial_lower(1, 0.5, 4), 5 / 16.0, 1e-13);
	assert_close(dist_binomial_point(2, 0.5, 4), 6 / 16.0, 1e-13);
	assert_close(dist_binomial_point(0, 0.1, 3), 0.729, 1e-13);
	assert_close(dist_chisq_upper(5, 2), exp(-2.5), 1e-13);
	assert_close(dist_f_upper(3, 2, 2), 1 / 4.0, 1e-13);
	assert_close(dist_t_upper(1, 1), 0.25, 1e-13);			/* Cauchy */
	assert_close(dist_t_upper(sqrt(2), 2), 0.5 - sqrt(2) / sqrt(4) / 2, 1e-12);
	assert_close(dist_normal_upper(1.959963984540054), 0.025, 1e-13);
	assert_close(dist_critical(0.95, INFINITY), 1.959963984540054, 1e-14);
	assert_close(dist_critical(0.5, 1), 1, 1e-13);
	assert_true(isnan(dist_critical(0.95, -1)));
	assert_true(dist_beta_quantile(0.3, 0, 2) == 0 && dist_beta_quantile(0.3, 2, 0) == 1);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(quantiles_have_all_their_digits),
	cmocka_unit_test(tails_are_those_of_the_formulas),
};

int
main(void)
{
	stats_init();
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
