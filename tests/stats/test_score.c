/* What is summed about an answer: exact, and the same in any order. */
#include "tests/stats/tally.h"

#include "stats/fault.h"

static void
a_mean_of_two_of_three_is_exact(void **state)
{
	struct score_layout l = layout_of(&csi, 1, false, false);
	static const int all[] = { 8, 9, 10 }, two[] = { 8, 98, 9 }, one[] = { 8, 98, 99 }, none[] =
		{ SCORE_MISSING, SCORE_MISSING, SCORE_MISSING };

	(void)state;
	assert_close(score_points(&l, 0, all), 100 * (9.0 - 1) / 9, 1e-15);
	assert_close(score_points(&l, 0, two), 100 * (8.5 - 1) / 9, 1e-15);
	assert_true(isnan(score_points(&l, 0, one)));
	assert_true(isnan(score_points(&l, 0, none)));
	assert_non_null(strstr(score_layout_text(&l, &pool), "parts 6"));
	assert_null(strstr(score_layout_text(&l, &pool), "rounded"));
}

static void
published_weights_are_rescaled_when_one_is_missing(void **state)
{
	static const int weight[] = { 4, 3, 3 }, fine[] = { 3412, 3309, 3279 };
	static const int two[] = { 8, 98, 9 };
	struct score s = csi;
	struct score_layout l;

	(void)state;
	s.weight = weight;
	l = layout_of(&s, 1, false, false);
	assert_close(score_points(&l, 0, two), 100.0 / 9 * ((4 * 7 + 3 * 8) / 7.0), 1e-14);
	s.weight = fine;
	l = layout_of(&s, 1, false, false);
	assert_non_null(strstr(score_layout_text(&l, &pool), "rounded"));
	/* Half a part of 29127 to a point. */
	assert_near(score_points(&l, 0, two), 100.0 / 9 * ((3412 * 7.0 + 3279 * 8.0) / 6691),
		0.5 / 29127 / 9, 100);
}

static void
special_codes_never_reach_a_mean(void **state)
{
	struct score s[] = { scale("q", 0, 1, 10) };
	struct score_layout l = layout_of(s, 1, true, false);
	struct table table;
	struct tally t;
	static const int values[] = { 10, 98, 99, -9, SCORE_MISSING, 1 };

	(void)state;
	tally_init(&t, &l, NULL, 0, &pool);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(score_add(&l, tally_cell(&t, "", "", ""), &values[i], 1000000), 0);
	table = estimate(&t, NULL, NULL);
	assert_close(table.row[0].estimate.value, 50, 1e-15);
	assert_close(table.row[0].estimate.n, 2, 0);
	assert_int_equal(tally_n(&t), 6);
}

static void
wrong_scores_are_refused_by_name(void **state)
{
	struct score s = scale("sat", 0, 10, 1);
	static const int zero[] = { 1, 0, 1 };
	struct score_layout l;

	(void)state;
	assert_int_equal(score_layout(&l, &s, 1, false, false, &pool, &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "sat"));
	s = csi;
	s.weight = zero;
	assert_int_equal(score_layout(&l, &s, 1, false, false, &pool, NULL), FAULT_INPUT);
	assert_int_equal(score_layout(&l, &s, 0, false, false, &pool, NULL), FAULT_INPUT);
}

static void
a_weight_out_of_range_changes_nothing(void **state)
{
	struct score_layout l = layout_of(&csi, 1, true, false);
	int64_t *words = pool_array(&pool, l.words, sizeof(*words));
	static const int values[] = { 1, 2, 3 };

	(void)state;
	assert_int_equal(score_add(&l, words, values, 0), -1);
	assert_int_equal(score_add(&l, words, values, -1), -1);
	assert_int_equal(score_add(&l, words, values, SCORE_WEIGHT_MAX + 1), -1);
	assert_int_equal(score_used(&l, words), 1);
}

/* Sums beyond 62 bits go over into the high words. */
static void
large_weights_keep_every_digit(void **state)
{
	struct score s[] = { scale("q", 0, 0, 1000) };
	struct score_layout l = layout_of(s, 1, true, false);
	int64_t *words = pool_array(&pool, l.words, sizeof(*words)), *stored;
	struct table table;
	struct tally t;
	int value;
	size_t used;

	(void)state;
	tally_init(&t, &l, NULL, 0, &pool);
	for (int i = 0; i < 1000; i++) {
		value = i % 2 == 0 ? 999 : 1000;
		assert_int_equal(score_add(&l, words, &value, SCORE_WEIGHT_MAX - (i % 2)), 0);
	}
	used = score_used(&l, words);
	assert_true(used > l.words / 2);
	assert_true(score_check(&l, words, used));
	stored = pool_array(&pool, l.words, sizeof(*stored));
	memcpy(stored, words, used * sizeof(*stored));
	score_merge(&l, tally_cell(&t, "", "", ""), stored);
	table = estimate(&t, NULL, NULL);
	assert_close(table.row[0].estimate.value, 99.95, 1e-11);
	assert_close(table.row[0].estimate.se, 0.05 / sqrt(999), 1e-9);
}

static void
merging_in_any_order_gives_the_same_bits(void **state)
{
	struct score s[] = { csi, scale("q", 3, 1, 5) };
	struct score_layout l = layout_of(s, 2, true, true);
	int64_t *one = pool_array(&pool, l.words, sizeof(*one)), *half[2], *back;
	int values[4];

	(void)state;
	half[0] = pool_array(&pool, l.words, sizeof(**half));
	half[1] = pool_array(&pool, l.words, sizeof(**half));
	back = pool_array(&pool, l.words, sizeof(*back));
	for (int i = 0; i < 500; i++) {
		values[0] = 1 + i % 10;
		values[1] = 1 + i * 7 % 10;
		values[2] = i % 5 == 0 ? 98 : 1 + i * 3 % 10;
		values[3] = 1 + i * 11 % 6;
		assert_int_equal(score_add(&l, one, values, 1000000 + i * (int64_t)98765432), 0);
		assert_int_equal(score_add(&l, half[i * 13 % 2], values,
			1000000 + i * (int64_t)98765432), 0);
	}
	score_merge(&l, back, half[1]);
	score_merge(&l, back, half[0]);
	assert_memory_equal(one, back, l.words * sizeof(*one));
}

static void
a_damaged_cell_is_seen(void **state)
{
	struct score_layout l = layout_of(&csi, 1, false, false);
	int64_t *words = pool_array(&pool, l.words, sizeof(*words));
	static const int values[] = { 1, 2, 3 };

	(void)state;
	score_add(&l, words, values, 1000000);
	assert_true(score_check(&l, words, score_used(&l, words)));
	assert_false(score_check(&l, words, l.words + 1));
	assert_false(score_check(&l, words, 0));
	words[1] = -1;
	assert_false(score_check(&l, words, l.words));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_mean_of_two_of_three_is_exact, setup, teardown),
		cmocka_unit_test_setup_teardown(published_weights_are_rescaled_when_one_is_missing,
			setup, teardown),
		cmocka_unit_test_setup_teardown(special_codes_never_reach_a_mean, setup, teardown),
		cmocka_unit_test_setup_teardown(wrong_scores_are_refused_by_name, setup, teardown),
		cmocka_unit_test_setup_teardown(a_weight_out_of_range_changes_nothing,
			setup, teardown),
		cmocka_unit_test_setup_teardown(large_weights_keep_every_digit, setup, teardown),
		cmocka_unit_test_setup_teardown(merging_in_any_order_gives_the_same_bits,
			setup, teardown),
		cmocka_unit_test_setup_teardown(a_damaged_cell_is_seen, setup, teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, NULL);
}
