/* Regression among standardised variables, by hand. */
#include "tests/support/check.h"

#include "stats/path/inner.h"

/* y with two causes: r = 0.5 and 0.4, and 0.2 between them. */
static const double cor[] = { 1, 0.2, 0.5, 0.2, 1, 0.4, 0.5, 0.4, 1 };

static void
two_causes_share_what_they_explain(void **state)
{
	static const size_t in[] = { 0, 1 };
	struct pool pool = POOL_INIT;
	double beta[2];

	(void)state;
	assert_close(pls_regress(beta, cor, 3, 2, in, 2, &pool),
		0.5 * 0.4375 + 0.4 * 0.3125, 1e-14);
	assert_close(beta[0], (0.5 - 0.4 * 0.2) / 0.96, 1e-14);
	assert_close(beta[1], (0.4 - 0.5 * 0.2) / 0.96, 1e-14);
	assert_close(pls_regress(beta, cor, 3, 2, in + 1, 1, &pool), 0.16, 1e-14);
	assert_close(beta[0], 0.4, 1e-14);
	assert_close(pls_regress(beta, cor, 3, 2, in, 0, &pool), 0, 0);
	pool_clear(&pool);
}

static void
causes_that_depend_on_each_other_explain_nothing(void **state)
{
	static const double same[] = { 1, 1, 0.5, 1, 1, 0.5, 0.5, 0.5, 1 };
	static const size_t in[] = { 0, 1 };
	struct pool pool = POOL_INIT;
	double beta[2];

	(void)state;
	assert_true(isnan(pls_regress(beta, same, 3, 2, in, 2, &pool)));
	pool_clear(&pool);
}

static void
causes_come_in_ascending_order(void **state)
{
	static const bool path[] = { false, true, true, false, false, true, false, false, false };
	const struct pls_model model = { .blocks = 3, .path = path };
	size_t in[3];

	(void)state;
	assert_int_equal(pls_causes(in, &model, 2), 2);
	assert_true(in[0] == 0 && in[1] == 1);
	assert_int_equal(pls_causes(in, &model, 1), 1);
	assert_int_equal(in[0], 0);
	assert_int_equal(pls_causes(in, &model, 0), 0);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(two_causes_share_what_they_explain),
	cmocka_unit_test(causes_that_depend_on_each_other_explain_nothing),
	cmocka_unit_test(causes_come_in_ascending_order),
};

CHECK_MAIN(tests)
