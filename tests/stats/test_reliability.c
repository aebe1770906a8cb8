/* Cronbach's alpha against R's psych. */
#include "tests/stats/api.h"

#include "stats/fault.h"
#include "stats/reliability.h"
#include "stats/stats.h"

static void
alpha_is_psychs(void **state)
{
	json_t *small = oracle_load("tests/reference/small/small_statistics.json"), *it;
	struct csv csv;
	size_t i;

	(void)state;
	oracle_csv(&csv, "tests/reference/small/mobi.csv", &pool);
	json_array_foreach(oracle_at(small, "cronbach/cases"), i, it) {
		const json_t *cols = oracle_at(it, "cols");
		size_t k = json_array_size(cols);
		double drop[16], rest[16];
		const double *x[16];
		struct reliability r;

		for (size_t j = 0; j < k; j++)
			x[j] = oracle_column(
				&csv, json_string_value(json_array_get(cols, j)), &pool);
		assert_int_equal(
			reliability_alpha(&r, drop, rest, x, k, NULL, csv.rows, true, &err), 0);
		assert_close(r.alpha, oracle_number(it, "raw"), 1e-9);
		assert_close(r.standardized, oracle_number(it, "std"), 1e-9);
		assert_close(r.average_r, oracle_number(it, "avg_r"), 1e-9);
		assert_close(r.feldt.low, oracle_nth(it, "feldt_ci", 0), 1e-9);
		assert_close(r.feldt.high, oracle_nth(it, "feldt_ci", 1), 1e-9);
		for (size_t j = 0; j < k; j++) {
			assert_close(rest[j], oracle_nth(it, "r_drop", j), 1e-9);
			if (k > 2)
				assert_close(drop[j], oracle_nth(it, "drop", j), 1e-9);
			else
				assert_true(isnan(drop[j]));
		}
	}
	json_decref(small);
}

static void
alpha_needs_two_items_that_vary(void **state)
{
	static const double a[] = { 1, 2, 3, NAN }, b[] = { 2, 2, 2, 2 }, c[] = { NAN, NAN, 1, 2 };
	const double *constant[] = { a, b }, *few[] = { a, c };
	struct reliability r;

	(void)state;
	memset(&err, 0, sizeof(err));
	assert_int_equal(reliability_alpha(&r, NULL, NULL, constant, 2, NULL, 4, true, &err),
		FAULT_CONSTANT);
	assert_non_null(strstr(err.text, "2"));
	assert_int_equal(
		reliability_alpha(&r, NULL, NULL, few, 2, NULL, 4, true, NULL), FAULT_TOO_FEW);
	assert_int_equal(
		reliability_alpha(&r, NULL, NULL, constant, 1, NULL, 4, true, NULL), FAULT_TOO_FEW);
}

/* Two items of four people: variances 4/3 and 2/3, covariance 2/3. */
static void
alpha_of_two_items_by_hand(void **state)
{
	static const double a[] = { 0, 2, 0, 2 }, b[] = { 0, 1, 1, 2 }, w[] = { 1, 1, 1, 0 };
	const double *x[] = { a, b };
	double rest[2], va = 4 / 3.0, vb = 2 / 3.0, c = 2 / 3.0;
	struct reliability r;

	(void)state;
	assert_int_equal(reliability_alpha(&r, NULL, rest, x, 2, NULL, 4, true, &err), 0);
	assert_close(r.alpha, 2 * (1 - (va + vb) / (va + vb + 2 * c)), 1e-14);
	assert_close(r.average_r, c / sqrt(va * vb), 1e-14);
	assert_close(r.standardized, 2 * r.average_r / (1 + r.average_r), 1e-14);
	assert_close(rest[0], r.average_r, 1e-14);
	assert_close(r.n, 4, 0);
	assert_int_equal(reliability_alpha(&r, NULL, NULL, x, 2, w, 4, true, &err), 0);
	assert_close(r.n, 3, 0);	/* who weighs nothing is out */
}

/* Who left one item out is out of all of it, or only of the pairs with that item. */
static void
a_missing_answer_is_out_of_all_or_of_its_pairs(void **state)
{
	static const double a[] = { 0, 2, 0, 2, 5 }, b[] = { 0, 1, 1, 2, NAN },
		c[] = { 1, 4, 2, NAN, 3 };
	const double *x[] = { a, b, c };
	struct reliability all, three, pairs, two;

	(void)state;
	assert_int_equal(reliability_alpha(&all, NULL, NULL, x, 3, NULL, 5, true, &err), 0);
	assert_int_equal(reliability_alpha(&three, NULL, NULL, x, 3, NULL, 3, true, &err), 0);
	assert_close(all.n, 3, 0);
	assert_close(all.alpha, three.alpha, 1e-14);
	assert_int_equal(reliability_alpha(&pairs, NULL, NULL, x, 3, NULL, 5, false, &err), 0);
	assert_close(pairs.n, 3, 0);		/* b and c together */
	assert_true(fabs(pairs.alpha - all.alpha) > 1e-3);
	assert_int_equal(reliability_alpha(&two, NULL, NULL, x, 2, NULL, 5, false, &err), 0);
	/* a varies over all five */
	assert_close(two.average_r, 1 / sqrt(2) * sqrt(4 / 3.0) / sqrt(4.2), 1e-13);
	assert_close(two.n, 4, 0);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(alpha_is_psychs),
	cmocka_unit_test(alpha_needs_two_items_that_vary),
	cmocka_unit_test(alpha_of_two_items_by_hand),
	cmocka_unit_test(a_missing_answer_is_out_of_all_or_of_its_pairs),
};

int
main(void)
{
	stats_init();
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
