/* Exact sums in cells. */
#include "tests/stats/tally.h"

static void
cells_are_found_again_and_keys_checked(void **state)
{
	static const char *const variable[] = { "sector", "sex" };
	struct score_layout l = layout_of(&csi, 1, false, false);
	struct tally t;
	char key[32];
	int64_t *first;

	(void)state;
	tally_init(&t, &l, variable, 2, &pool);
	first = tally_cell(&t, "", "c1", "S01|1");
	for (int64_t i = 0; i < 3000; i++) {
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

static void
rows_in_any_order_give_the_same_bits(void **state)
{
	static const char *const variable[] = { "sector" }, *const by[] = { "sector" };
	struct score_layout l = layout_of(&csi, 1, false, false);
	struct survey_ask ask = { .by = by, .bys = 1 };
	struct tally t[2];
	struct table table[2];
	int i, values[3];
	char cluster[16], key[16];

	(void)state;
	for (int k = 0; k < 2; k++) {
		tally_init(&t[k], &l, variable, 1, &pool);
		for (int j = 0; j < 1000; j++) {
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
	int values[3];

	(void)state;
	for (int k = 0; k < 2; k++) {
		tally_init(&t, &l, NULL, 0, &pool);
		for (int i = 0; i < 300; i++) {
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(cells_are_found_again_and_keys_checked,
			setup, teardown),
		cmocka_unit_test_setup_teardown(rows_in_any_order_give_the_same_bits,
			setup, teardown),
		cmocka_unit_test_setup_teardown(the_scale_of_weights_does_not_show,
			setup, teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, NULL);
}
