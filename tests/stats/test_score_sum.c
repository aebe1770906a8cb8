/* Where a cell's sums stand: two answers added up by hand. */
#include "tests/stats/tally.h"

#include "stats/score_sum.h"

static double
sum_at(const struct score_layout *l, const int64_t words[], size_t k)
{
	return (double)score_read(l, words, k);
}

/* Answers 3 and 5 on 1..5, a no and a yes, weights of one and two people in millionths. */
static void
sums_are_those_by_hand(void **state)
{
	static const int yes[] = { 1 }, one[] = { 3, 2 }, two[] = { 5, 1 };
	struct score s[] = { scale("q", 0, 1, 5), { .name = "yes", .kind = SCORE_SHARE,
		.item = &at[1], .items = 1, .lo = 1, .hi = 2, .in = yes, .ins = 1 } };
	struct score_layout l = layout_of(s, 2, true, true);
	int64_t *words = pool_array(&pool, l.words, sizeof(*words));
	static const double q[] = { 2, 3e6, 5e12, 1e6 * 2 + 2e6 * 4, 1e6 * 4 + 2e6 * 16,
		1e12 * 2 + 4e12 * 4, 1e12 * 4 + 4e12 * 16 };
	/* of both: n, w, wy1, wy2, wy1y2; with squared weights w, wy1, wy2, wy1y2 */
	static const double pair[] = { 2, 3e6, 1e7, 2e6, 8e6, 5e12, 1.8e13, 4e12, 1.6e13 };
	bool swapped;
	size_t from;

	(void)state;
	assert_int_equal(score_add(&l, words, one, 1000000), 0);
	assert_int_equal(score_add(&l, words, two, 2000000), 0);
	assert_close(sum_at(&l, words, SUM_N), 2, 0);
	assert_close(sum_at(&l, words, SUM_W), 3e6, 0);
	assert_close(sum_at(&l, words, SUM_WW), 5e12, 0);
	for (int k = SUM_SCORE_N; k <= SUM_SCORE_WWQ; k++)
		assert_close(sum_at(&l, words, score_sum_at(&l, 0, (enum score_sum)k)), q[k], 0);
	/* Of noughts and ones y and its square are one sum. */
	assert_int_equal(score_sum_at(&l, 1, SUM_SCORE_T), score_sum_at(&l, 1, SUM_SCORE_Q));
	assert_close(sum_at(&l, words, score_sum_at(&l, 1, SUM_SCORE_T)), 2e6, 0);
	assert_close(sum_at(&l, words, score_sum_at(&l, 1, SUM_SCORE_WWQ)), 4e12, 0);
	from = score_pair_at(&l, 0, 1, &swapped);
	assert_true(from > 0 && !swapped);
	for (size_t k = PAIR_N; k <= PAIR_WWP; k++)
		assert_close(sum_at(&l, words, from + k), pair[k], 0);
	assert_int_equal(score_pair_at(&l, 1, 0, &swapped), from);
	assert_true(swapped);
	assert_int_equal(score_pair_at(&l, 1, 1, &swapped), 0);
}

static void
a_part_of_a_score_is_so_many_points(void **state)
{
	struct score s[] = { scale("q", 0, 1, 5), csi };
	struct score_layout l = layout_of(s, 2, false, false);
	bool swapped;

	(void)state;
	assert_int_equal(score_range(&l, 0), 4);
	assert_close(score_unit(&l, 0), 25, 0);
	assert_int_equal(score_range(&l, 1), 6 * 9);	/* sixths of nine points of the scale */
	assert_close(score_unit(&l, 1) * 54, score_upper(&l, 1), 1e-14);
	assert_close(score_upper(&l, 1), 100, 0);
	assert_int_equal(score_pair_at(&l, 0, 1, &swapped), 0);	/* nobody asked for pairs */
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_setup_teardown(sums_are_those_by_hand, setup, teardown),
	cmocka_unit_test_setup_teardown(a_part_of_a_score_is_so_many_points, setup, teardown),
};

CHECK_MAIN(tests)
