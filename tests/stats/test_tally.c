/* The one-pass engine: exact sums, the index, its error and its weights. */
#include "tests/stats/tally.h"

#include "stats/fault.h"

static int
start(void **state)
{
	(void)state;
	stats_init();
	return 0;
}

/* Form A's satisfaction: three items of which two suffice. */
static const struct score csi = {
	.name = "csi", .kind = SCORE_MEAN, .item = at, .items = 3, .least = 2, .lo = 1, .hi = 10
};

/* ---- scores ---- */

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
	size_t i;

	(void)state;
	tally_init(&t, &l, NULL, 0, &pool);
	for (i = 0; i < 6; i++)
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
	int value, i;
	size_t used;

	(void)state;
	tally_init(&t, &l, NULL, 0, &pool);
	for (i = 0; i < 1000; i++) {
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
	int i, values[4];

	(void)state;
	half[0] = pool_array(&pool, l.words, sizeof(**half));
	half[1] = pool_array(&pool, l.words, sizeof(**half));
	back = pool_array(&pool, l.words, sizeof(*back));
	for (i = 0; i < 500; i++) {
		values[0] = 1 + i % 10;
		values[1] = 1 + i * 7 % 10;
		values[2] = i % 5 == 0 ? 98 : 1 + i * 3 % 10;
		values[3] = 1 + i * 11 % 6;
		assert_int_equal(score_add(&l, one, values, 1000000 + i * (int64_t)98765432), 0);
		assert_int_equal(
		    score_add(&l, half[i * 13 % 2], values, 1000000 + i * (int64_t)98765432), 0);
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

/* ---- the tally ---- */

static void
cells_are_found_again_and_keys_checked(void **state)
{
	static const char *const variable[] = { "sector", "sex" };
	struct score_layout l = layout_of(&csi, 1, false, false);
	struct tally t;
	char key[32];
	int64_t *first, i;

	(void)state;
	tally_init(&t, &l, variable, 2, &pool);
	first = tally_cell(&t, "", "c1", "S01|1");
	for (i = 0; i < 3000; i++) {
		snprintf(key, sizeof(key), "S%02d|%d", (int)(i % 1000), (int)(i / 1000));
		assert_non_null(tally_cell(&t, "h", "c2", key));
	}
	assert_ptr_equal(tally_cell(&t, "", "c1", "S01|1"), first);
	assert_int_equal(t.cells, 3001);
	assert_null(tally_cell(&t, "", "c1", "S01"));
	assert_null(tally_cell(&t, "", "c1", "S01|1|2"));
	assert_null(tally_cell(&t, "", "", "S01|1"));
	assert_int_equal(tally_variable(&t, "sex"), 1);
	assert_int_equal(tally_variable(&t, "age"), -1);
	assert_string_equal(tally_key(&pool, (const char *const[]){ "S01", "" }, 2), "S01|");
	assert_null(tally_key(&pool, (const char *const[]){ "a|b" }, 1));
}

/* ---- weighting, composites and years ---- */

/* Nobody is old in the north: sex and place can be met alone, not with this table of zeros. */
static void
contradicting_margins_do_not_converge(void **state)
{
	static const char *const variable[] = { "a", "b" }, *const level[] = { "0", "1" };
	static const double a_n[] = { 10, 90 }, b_n[] = { 50, 50 };
	struct rake_margin m[] = { { "a", level, a_n, 2 }, { "b", level, b_n, 2 } };
	struct survey_options o = { .margin = m, .margins = 2 };
	struct score q = scale("q", 0, 1, 10);
	struct score_layout l = layout_of(&q, 1, false, false);
	struct survey *s;
	struct tally t;

	(void)state;
	tally_init(&t, &l, variable, 2, &pool);
	one_tally(&t, &l, "", "c1", "0|0", 5, 10);
	one_tally(&t, &l, "", "c2", "1|1", 5, 10);
	assert_int_equal(survey_open(&s, &t, &o, &pool, &err), FAULT_NOT_CONVERGED);
	assert_true(strlen(err.text) > 20);
}

/* PSU totals by hand: four PSUs, two sectors, both served by each. */
static void
a_city_index_keeps_the_covariance_of_its_sectors(void **state)
{
	static const char *const variable[] = { "sector" }, *const by[] = { "sector" };
	static const int value[4][2] = { { 2, 4 }, { 4, 6 }, { 6, 8 }, { 8, 10 } };
	struct score q = scale("q", 0, 0, 100);
	struct score_layout l = layout_of(&q, 1, false, false);
	struct survey_ask ask = { .by = by, .bys = 1, .interval = INTERVAL_WALD };
	double a[] = { 0.5, 0.5 }, b[] = { -1, 1 };
	struct table_row city, difference;
	struct table table;
	struct tally t;
	char psu[2] = "a";
	int i;

	(void)state;
	tally_init(&t, &l, variable, 1, &pool);
	for (i = 0; i < 4; i++, psu[0]++) {
		one_tally(&t, &l, "", psu, "S01", value[i][0], 10);
		one_tally(&t, &l, "", psu, "S02", value[i][1], 10);
	}
	table = estimate(&t, NULL, &ask);
	assert_int_equal(table.rows, 2);
	assert_int_equal(table_present(&table, a), 0);
	city = table_combine(&table, a, "city", 100, INTERVAL_DEFAULT, &pool);
	/* z_i = (y_i - mean)/4 with 4/3 of their squares: the PSUs move together. */
	assert_close(city.estimate.value, 6, 1e-15);
	assert_close(city.estimate.se, sqrt(4.0 / 3 * 20 / 16), 1e-14);
	assert_close(city.estimate.n, 80, 0);
	assert_close(city.estimate.df, 3, 0);
	assert_true(city.estimate.low > 0 && city.estimate.high < 100);
	difference = table_combine(&table, b, "difference", NAN, INTERVAL_DEFAULT, &pool);
	assert_close(difference.estimate.value, 2, 1e-14);
	assert_true(difference.estimate.se < 1e-14);
}

/*
 * Element sample: the composite's error needs the pair sums and then equals the score of the
 * person's mean.
 */
static void
a_composite_of_items_equals_the_mean_of_persons(void **state)
{
	struct score s[] = { scale("p", 0, 1, 10), scale("e", 1, 1, 10), scale("s", 2, 1, 10),
		csi };
	struct score_layout l;
	double a[] = { 1.0 / 3, 1.0 / 3, 1.0 / 3, 0 };
	struct table_row row;
	struct table table;
	struct tally t;
	int i, values[3];

	(void)state;
	for (i = 0; i < 3; i++)
		s[i].paired = true;
	l = layout_of(s, 4, true, false);
	assert_int_equal(l.pairs, 3);
	tally_init(&t, &l, NULL, 0, &pool);
	for (i = 0; i < 200; i++) {
		values[0] = 1 + i % 10;
		values[1] = 1 + (i + i / 7) % 10;
		values[2] = 1 + (i * 3 + i / 11) % 10;
		score_add(&l, tally_cell(&t, i % 3 == 0 ? "x" : "y", "", ""), values,
		    1000000 * (1 + i % 4));
	}
	table = estimate(&t, NULL, NULL);
	row = table_combine(&table, a, "cqi", 100, INTERVAL_DEFAULT, &pool);
	assert_close(row.estimate.value, table.row[3].estimate.value, 1e-13);
	assert_close(row.estimate.se, table.row[3].estimate.se, 1e-12);
	assert_close(row.estimate.deff, table.row[3].estimate.deff, 1e-12);
	assert_close(row.estimate.n, 200, 0);
}

static void
rows_in_any_order_give_the_same_bits(void **state)
{
	static const char *const variable[] = { "sector" }, *const by[] = { "sector" };
	struct score_layout l = layout_of(&csi, 1, false, false);
	struct survey_ask ask = { .by = by, .bys = 1 };
	struct tally t[2];
	struct table table[2];
	int i, j, k, values[3];
	char cluster[16], key[16];

	(void)state;
	for (k = 0; k < 2; k++) {
		tally_init(&t[k], &l, variable, 1, &pool);
		for (j = 0; j < 1000; j++) {
			i = k == 0 ? j : j * 377 % 1000;
			snprintf(cluster, sizeof(cluster), "c%d", i * 7 % 23);
			snprintf(key, sizeof(key), "S%02d", i % 5);
			values[0] = 1 + i % 10;
			values[1] = 1 + i / 10 % 10;
			values[2] = 1 + i / 100;
			score_add(&l, tally_cell(&t[k], "", cluster, key), values, 1000000 + i);
		}
		table[k] = estimate(&t[k], NULL, &ask);
	}
	assert_memory_equal(table[0].cov, table[1].cov, 25 * sizeof(double));
	for (i = 0; i < 5; i++)
		assert_true(table[0].row[i].estimate.value == table[1].row[i].estimate.value);
}

/* Weights a thousand times as large: nothing but their sum changes. */
static void
the_scale_of_weights_does_not_show(void **state)
{
	struct score_layout l = layout_of(&csi, 1, true, false);
	struct table table[2];
	struct tally t;
	int i, k, values[3];

	(void)state;
	for (k = 0; k < 2; k++) {
		tally_init(&t, &l, NULL, 0, &pool);
		for (i = 0; i < 300; i++) {
			values[0] = 1 + i % 10;
			values[1] = 1 + i / 10 % 10;
			values[2] = 1 + i / 30;
			score_add(&l, tally_cell(&t, i % 2 == 0 ? "a" : "b", "", ""), values,
			    (1000000 + i * (int64_t)997) * (k == 0 ? 1 : 1000));
		}
		table[k] = estimate(&t, NULL, NULL);
	}
	assert_close(table[1].row[0].estimate.value, table[0].row[0].estimate.value, 1e-15);
	assert_close(table[1].row[0].estimate.se, table[0].row[0].estimate.se, 1e-13);
	assert_close(table[1].row[0].estimate.deff, table[0].row[0].estimate.deff, 1e-12);
	assert_close(table[1].row[0].estimate.n_eff, table[0].row[0].estimate.n_eff, 1e-12);
}

/* Everyone gave the best mark: no logit, but an interval all the same. */
static void
all_at_the_top_still_has_an_interval(void **state)
{
	struct score q = scale("q", 0, 1, 10);
	struct score_layout l = layout_of(&q, 1, true, false);
	struct table table;
	struct tally t;

	(void)state;
	tally_init(&t, &l, NULL, 0, &pool);
	one_tally(&t, &l, "", "", "", 10, 60);
	table = estimate(&t, NULL, NULL);
	assert_close(table.row[0].estimate.high, 100, 0);
	/* Clopper-Pearson: (alpha/2)^(1/n). */
	assert_close(table.row[0].estimate.low, 100 * pow(0.025, 1 / 60.0), 1e-12);
	assert_true(isnan(table.row[0].estimate.n_eff));
	assert_close(table.row[0].estimate.kish, 60, 1e-12);
	assert_close(estimate_size(&table.row[0].estimate), 60, 1e-12);
	assert_true(isnan(table.row[0].estimate.deff));
}

/* The same blocks asked in two years: their differences are much surer than independence says. */
static void
waves_on_the_same_psus_share_their_noise(void **state)
{
	struct score q = scale("q", 0, 0, 100);
	struct score_layout l = layout_of(&q, 1, false, false);
	const double a[] = { -1, 1 };
	struct table year[2], joined;
	const struct table *const part[] = { &year[0], &year[1] };
	struct table_row shared, independent;
	struct tally t;
	char psu[16];
	int i, k;

	(void)state;
	for (k = 0; k < 2; k++) {
		tally_init(&t, &l, NULL, 0, &pool);
		for (i = 0; i < 20; i++) {
			snprintf(psu, sizeof(psu), "p%d", i);
			one_tally(&t, &l, "", psu, "", 40 + i + k + (i + k) % 2, 5);
		}
		year[k] = estimate(&t, NULL, NULL);
	}
	assert_int_equal(table_join(&joined, part, 2, true, &pool, &err), 0);
	shared = table_combine(&joined, a, "change", NAN, INTERVAL_DEFAULT, &pool);
	assert_int_equal(table_join(&joined, part, 2, false, &pool, &err), 0);
	independent = table_combine(&joined, a, "change", NAN, INTERVAL_DEFAULT, &pool);
	assert_close(shared.estimate.value, 1, 1e-13);
	/* Differences by PSU alternate between 0 and 2: variance 20/19, over 20. */
	assert_close(shared.estimate.se, sqrt(20.0 / 19 / 20), 1e-12);
	assert_true(independent.estimate.se > 5 * shared.estimate.se);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(a_mean_of_two_of_three_is_exact),
		T(published_weights_are_rescaled_when_one_is_missing),
		T(special_codes_never_reach_a_mean),
		T(wrong_scores_are_refused_by_name),
		T(a_weight_out_of_range_changes_nothing),
		T(large_weights_keep_every_digit),
		T(merging_in_any_order_gives_the_same_bits),
		T(a_damaged_cell_is_seen),
		T(cells_are_found_again_and_keys_checked),
		T(contradicting_margins_do_not_converge),
		T(a_city_index_keeps_the_covariance_of_its_sectors),
		T(a_composite_of_items_equals_the_mean_of_persons),
		T(rows_in_any_order_give_the_same_bits),
		T(the_scale_of_weights_does_not_show),
		T(all_at_the_top_still_has_an_interval),
		T(waves_on_the_same_psus_share_their_noise),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, NULL);
}
