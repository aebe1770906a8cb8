/* Sums that lose nothing. */
#include "tests/support/check.h"

#include "stats/sum.h"

static double
sum(const double x[], size_t n)
{
	struct sum s = { 0, 0 };

	for (size_t i = 0; i < n; i++)
		sum_add(&s, x[i]);
	return sum_of(&s);
}

static void
what_a_double_forgets_is_kept_apart(void **state)
{
	double many[1001];

	(void)state;
	assert_close(sum((const double[]){ 1e16, 1, -1e16 }, 3), 1, 0);
	assert_close(sum((const double[]){ 1, 1e100, -1e100 }, 3), 1, 0);
	assert_close(sum((const double[]){ 1e-20, 1, -1 }, 3), 1e-20, 0);
	many[0] = 0x1p53;
	for (size_t i = 1; i < 1001; i++)
		many[i] = 1;		/* each alone is rounded away */
	assert_close(sum(many, 1001), 0x1p53 + 1000, 0);
}

static void
the_order_of_the_terms_does_not_show(void **state)
{
	static double x[1000], y[1000];
	struct sum p = { 0, 0 };

	(void)state;
	for (size_t i = 0; i < 1000; i++)
		x[i] = (i % 3 == 0 ? -1 : 1) * ldexp(1.0 / (double)(i + 3), (int)(i % 40));
	for (size_t i = 0; i < 1000; i++)
		y[i] = x[i * 377 % 1000];
	assert_close(sum(x, 1000), sum(y, 1000), 1e-16);
	sum_add_product(&p, 3, 0.5);
	sum_add_product(&p, 1e16, 1);
	sum_add_product(&p, -1e8, 1e8);
	assert_close(sum_of(&p), 1.5, 0);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(what_a_double_forgets_is_kept_apart),
	cmocka_unit_test(the_order_of_the_terms_does_not_show),
};

CHECK_MAIN(tests)
