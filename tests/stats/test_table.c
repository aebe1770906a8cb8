/* Composites and waves joined: labelled estimates with their covariance. */
#include "tests/stats/tally.h"

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

	(void)state;
	tally_init(&t, &l, variable, 1, &pool);
	for (int i = 0; i < 4; i++, psu[0]++) {
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
	int values[3];

	(void)state;
	for (int i = 0; i < 3; i++)
		s[i].paired = true;
	l = layout_of(s, 4, true, false);
	assert_int_equal(l.pairs, 3);
	tally_init(&t, &l, NULL, 0, &pool);
	for (int i = 0; i < 200; i++) {
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

	(void)state;
	for (int k = 0; k < 2; k++) {
		tally_init(&t, &l, NULL, 0, &pool);
		for (int i = 0; i < 20; i++) {
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
		cmocka_unit_test_setup_teardown(a_city_index_keeps_the_covariance_of_its_sectors,
			setup, teardown),
		cmocka_unit_test_setup_teardown(a_composite_of_items_equals_the_mean_of_persons,
			setup, teardown),
		cmocka_unit_test_setup_teardown(waves_on_the_same_psus_share_their_noise,
			setup, teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, NULL);
}
