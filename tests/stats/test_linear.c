/* Normal equations, by hand. */
#include "tests/support/check.h"

#include "stats/linear.h"

static void
two_equations_have_the_solution_by_hand(void **state)
{
	double a[] = { 2, 1, 1, 3 }, b[] = { 3, 2, 5, 1 };	/* two right sides */

	(void)state;
	assert_int_equal(linear_solve(a, 2, b, 2), 2);
	assert_close(b[0], 0.8, 1e-15);
	assert_close(b[2], 1.4, 1e-15);
	assert_close(b[1], 1, 1e-15);
	assert_true(fabs(b[3]) < 1e-15);
}

/* Sex and place with an intercept: the columns of ones depend on each other, the
 * fitted values do not. */
static void
a_column_that_depends_on_others_gets_nought(void **state)
{
	static const double x[5][3] = { { 1, 1, 0 }, { 1, 1, 0 }, { 1, 0, 1 }, { 1, 0, 1 },
		{ 1, 0, 1 } }, y[5] = { 1, 3, 4, 5, 9 };
	double a[9] = { 0 }, b[6] = { 0 };	/* y and its double */
	size_t noughts = 0;

	(void)state;
	for (size_t r = 0; r < 5; r++)
		for (size_t i = 0; i < 3; i++) {
			b[2 * i] += x[r][i] * y[r];
			b[2 * i + 1] += x[r][i] * 2 * y[r];
			for (size_t j = 0; j < 3; j++)
				a[i * 3 + j] += x[r][i] * x[r][j];
		}
	assert_int_equal(linear_solve(a, 3, b, 2), 2);
	for (size_t i = 0; i < 3; i++)
		noughts += b[2 * i] == 0 && b[2 * i + 1] == 0;
	assert_int_equal(noughts, 1);
	assert_close(b[0] + b[2], 2, 1e-14);	/* the means of the two groups */
	assert_close(b[0] + b[4], 6, 1e-14);
	assert_close(b[1] + b[5], 12, 1e-14);
}

static void
nothing_has_rank_nought(void **state)
{
	double a[] = { 0, 0, 0, 0 }, b[] = { 7, 8 };

	(void)state;
	assert_int_equal(linear_solve(a, 2, b, 1), 0);
	assert_true(b[0] == 0 && b[1] == 0);
	assert_int_equal(linear_solve(a, 0, b, 1), 0);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(two_equations_have_the_solution_by_hand),
	cmocka_unit_test(a_column_that_depends_on_others_gets_nought),
	cmocka_unit_test(nothing_has_rank_nought),
};

CHECK_MAIN(tests)
