/* Sums under changing weights: every way of adding gives what plain addition gives. */
#include "tests/support/check.h"

#include "stats/fault.h"
#include "stats/path/boot.h"
#include "stats/path/gram.h"
#include "stats/random.h"

enum { ROWS = 1300, ITEMS = 5 };	/* more than two blocks of rows, the last not full */

static struct pool pool = POOL_INIT;
static const char *const item[] = { "a", "b", "c", "d", "e" }, *const block[] = { "X", "Y" };
static const size_t of[] = { 0, 0, 1, 1, 1 };
static const bool path[] = { false, true, false, false };
static const struct pls_model model = { .block = block, .blocks = 2, .item = item, .items = ITEMS,
	.of = of, .path = path, .low = 1, .high = 10 };

/* Answers 1 to 10 plus a fraction of whole; one in `gap` missing (0: none). */
static double *
answers(double fraction, unsigned gap)
{
	double *x = pool_array(&pool, ROWS * ITEMS, sizeof(*x));
	struct random random;

	random_seed(&random, 12);
	for (size_t r = 0; r < ROWS; r++) {
		double level = (double)random_below(&random, 8);

		for (size_t i = 0; i < ITEMS; i++) {
			x[r * ITEMS + i] = 1 + level + (double)random_below(&random, 3) +
				fraction * (double)(r % 3);
			if (gap > 0 && random_below(&random, gap) == 0)
				x[r * ITEMS + i] = NAN;
		}
	}
	return x;
}

static uint32_t *
units_of(size_t rows_each)
{
	uint32_t *unit = pool_array(&pool, ROWS, sizeof(*unit));

	for (size_t r = 0; r < ROWS; r++)
		unit[r] = (uint32_t)(r / rows_each);
	return unit;
}

static double *
factors(size_t units, double step)
{
	double *factor = pool_array(&pool, units, sizeof(*factor));

	for (size_t u = 0; u < units; u++)
		factor[u] = step * (double)(u % 4);
	return factor;
}

/* The moments of a Gram matrix against those of the rows with their factors as weights. */
static void
same_moments(const struct pls_gram *g, const double x[], const double w[], const uint32_t unit[],
	const double factor[], double relative)
{
	double *sum = pool_array(&pool, g->size, sizeof(*sum)),
		*v = pool_array(&pool, ROWS, sizeof(*v));
	struct pls_moments got = { pool_array(&pool, ITEMS, sizeof(double)), pool_array(&pool,
		ITEMS, sizeof(double)), pool_array(&pool, ITEMS * ITEMS, sizeof(double)), 0 }, want;
	struct err err = { .code = ERR_NONE };

	for (size_t r = 0; r < ROWS; r++)
		v[r] = (w != NULL ? w[r] : 1) * factor[unit[r]];
	assert_int_equal(pls_moments(&want, x, ROWS, &model, v, g->missing, &pool, &err), 0);
	pls_gram_sums(sum, g, factor, &pool);
	assert_int_equal(pls_gram_moments(&got, g, sum), 0);
	for (size_t i = 0; i < ITEMS; i++)
		assert_close(got.mean[i], want.mean[i], relative);
	for (size_t i = 0; i < ITEMS * ITEMS; i++)
		assert_close(got.cor[i], want.cor[i], relative);
	/* The sd differs in how many respondents it stands for: one factor for all. */
	for (size_t i = 1; i < ITEMS && g->missing != PLS_PAIRWISE; i++)
		assert_close(got.sd[i] / got.sd[0], want.sd[i] / want.sd[0], relative);
}

static void
every_way_of_adding_agrees_with_rows(void **state)
{
	static const enum pls_missing missing[] = { PLS_MEAN, PLS_LISTWISE, PLS_PAIRWISE };
	double *w = pool_array(&pool, ROWS, sizeof(*w));
	struct pls_gram g;

	(void)state;
	for (size_t r = 0; r < ROWS; r++)
		w[r] = r % 7 == 0 ? 0 : 0.5 + (double)(r % 5);
	for (size_t m = 0; m < 3; m++)
		for (unsigned gap = 0; gap <= 9; gap += 9)
			for (size_t each = 1; each <= 10; each += 9)
				for (int weighted = 0; weighted < 2; weighted++) {
					double *x = answers(weighted ? 0.1 : 0, gap);
					uint32_t *unit = units_of(each),
						units = (ROWS + each - 1) / each;

					pls_gram_make(&g, x, ROWS, &model, weighted ? w : NULL,
						unit, units, missing[m], &pool);
					assert_int_equal(g.sums != NULL, each > 1);
					if (weighted)
						assert_null(g.small);
					same_moments(&g, x, weighted ? w : NULL, unit,
						factors(units, 1), 1e-11);
					same_moments(&g, x, weighted ? w : NULL, unit,
						factors(units, 0.37), 1e-11);
				}
}

static void
small_whole_answers_lose_nothing_in_16_bits(void **state)
{
	double *x = answers(0, 0), *small, *wide;
	uint32_t *unit = units_of(1);
	struct pls_gram g;

	(void)state;
	pls_gram_make(&g, x, ROWS, &model, NULL, unit, ROWS, PLS_MEAN, &pool);
	assert_non_null(g.small);
	small = pool_array(&pool, g.size, sizeof(*small));
	wide = pool_array(&pool, g.size, sizeof(*wide));
	/* 3 x 170 is the largest factor of the fast way, 3 x 171 goes the other. */
	for (double step = 1; step <= 171; step += step < 170 ? 169 : 1) {
		int16_t *kept = g.small;

		pls_gram_sums(small, &g, factors(ROWS, step), &pool);
		g.small = NULL;
		pls_gram_sums(wide, &g, factors(ROWS, step), &pool);
		g.small = kept;
		for (size_t i = 0; i < g.size; i++)
			assert_true(small[i] == wide[i]);
	}
}

static void
large_answers_do_not_go_into_16_bits(void **state)
{
	double *x = answers(0, 0);
	uint32_t *unit = units_of(1);
	struct pls_gram g;

	(void)state;
	x[7] = 80;
	pls_gram_make(&g, x, ROWS, &model, NULL, unit, ROWS, PLS_MEAN, &pool);
	assert_null(g.small);
	same_moments(&g, x, NULL, unit, factors(ROWS, 1), 1e-11);
}

static void
a_unit_taken_out_is_a_factor_of_nought(void **state)
{
	(void)state;
	for (size_t each = 1; each <= 10; each += 9) {
		double *x = answers(0.1, 9), *all, *without, *factor;
		uint32_t *unit = units_of(each), units = (ROWS + each - 1) / each;
		struct pls_gram_units by;
		struct pls_gram g;

		pls_gram_make(&g, x, ROWS, &model, NULL, unit, units, PLS_PAIRWISE, &pool);
		pls_gram_units(&by, &g, &pool);
		all = pool_array(&pool, g.size, sizeof(*all));
		without = pool_array(&pool, g.size, sizeof(*without));
		factor = pool_array(&pool, units, sizeof(*factor));
		for (size_t u = 0; u < units; u++)
			factor[u] = u != 5;
		for (size_t u = 0; u < units; u++)
			pls_gram_add_unit(all, &g, &by, u, 1, &pool);
		pls_gram_add_unit(all, &g, &by, 5, -1, &pool);
		pls_gram_sums(without, &g, factor, &pool);
		for (size_t i = 0; i < g.size; i++)
			assert_true(fabs(all[i] - without[i]) <= 1e-9 * fmax(1, fabs(without[i])));
	}
}

static void
what_a_replicate_leaves_constant_is_said(void **state)
{
	double *x = answers(0, 0), *factor = factors(ROWS, 0), *sum;
	uint32_t *unit = units_of(1);
	struct pls_moments m = { pool_array(&pool, ITEMS, sizeof(double)),
		pool_array(&pool, ITEMS, sizeof(double)),
		pool_array(&pool, ITEMS * ITEMS, sizeof(double)), 0 };
	struct pls_gram g;

	(void)state;
	pls_gram_make(&g, x, ROWS, &model, NULL, unit, ROWS, PLS_MEAN, &pool);
	sum = pool_array(&pool, g.size, sizeof(*sum));
	pls_gram_sums(sum, &g, factor, &pool);
	assert_int_equal(pls_gram_moments(&m, &g, sum), FAULT_TOO_FEW);
	factor[3] = 5;
	pls_gram_sums(sum, &g, factor, &pool);
	assert_int_equal(pls_gram_moments(&m, &g, sum), FAULT_CONSTANT);
}

static int
clear(void **state)
{
	(void)state;
	pool_clear(&pool);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(every_way_of_adding_agrees_with_rows, clear),
	cmocka_unit_test_teardown(small_whole_answers_lose_nothing_in_16_bits, clear),
	cmocka_unit_test_teardown(large_answers_do_not_go_into_16_bits, clear),
	cmocka_unit_test_teardown(a_unit_taken_out_is_a_factor_of_nought, clear),
	cmocka_unit_test_teardown(what_a_replicate_leaves_constant_is_said, clear),
};

CHECK_MAIN(tests)
