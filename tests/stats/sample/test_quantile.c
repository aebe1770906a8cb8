/* Quantiles against R's survey, and of four values by hand. */
#include "tests/stats/basic.h"

#include "stats/fault.h"
#include "stats/sample/quantile.h"

static void
check_quantiles(const struct table *t, const double p[5], const json_t *want)
{
	for (size_t j = 0; j < 5; j++) {
		assert_close(t->row[j].p, p[j], 0);
		assert_close(
			t->row[j].estimate.value, oracle_nth(want, "est", j), 1e-9);
		assert_close(t->row[j].estimate.low,
			oracle_nth(json_array_get(oracle_at(want, "ci"), j), "", 0),
			1e-9);
		assert_close(t->row[j].estimate.high,
			oracle_nth(json_array_get(oracle_at(want, "ci"), j), "", 1),
			1e-9);
		assert_close(t->row[j].estimate.se, oracle_nth(want, "se", j), 1e-9);
	}
}

static void
quantiles_and_woodruffs_intervals_are_rs(void **state)
{
	static const char *const rule[] = { "math", "school", "hf7", "hf1", "hf2", "hf6" };
	const double p[] = { 0.1, 0.25, 0.5, 0.75, 0.9 };
	enum quantile_rule q;

	(void)state;
	for (size_t i = 0; i < 7; i++) {
		struct api a = answered(design_name[i]);
		struct column api00 = column(&a, "api00");
		struct sample_ask ask = { .of = &api00, .ofs = 1 };
		const json_t *want;
		struct table t;

		for (size_t k = 0; k < 6; k++) {
			want = oracle_at(oracle_at(a.want, "quantile"), rule[k]);
			assert_int_equal(quantile_parse(&q, rule[k]), 0);
			assert_int_equal(
				sample_quantile(&t, a.sample, &ask, p, 5, q, &pool, &err), 0);
			assert_int_equal(t.rows, 5);
			check_quantiles(&t, p, want);
		}
		ask.interval = INTERVAL_LOGIT;
		assert_int_equal(sample_quantile(&t, a.sample, &ask, p + 1, 3, QUANTILE_MATH,
			&pool, &err), 0);
		want = oracle_at(a.want, "quantile_xlogit");
		for (size_t j = 0; j < 3; j++) {
			assert_close(t.row[j].estimate.value, oracle_nth(want, "est", j), 1e-9);
			assert_close(t.row[j].estimate.se, oracle_nth(want, "se", j), 1e-9);
		}
	}
	assert_int_equal(quantile_parse(&q, "hf3"), -1);
}

/* A handful of values: every rule by hand. */
static void
quantiles_of_four_values_by_hand(void **state)
{
	static const double x[] = { 40, 10, 30, 20 }, p[] = { 0, 0.25, 0.4, 1 }, bad[] = { 1.5 };
	struct column c = { .name = "x", .x = x, .upper = NAN };
	struct sample_design d = { .n = 4 };
	struct sample_ask ask = { .of = &c, .ofs = 1 };
	struct sample *s = open_sample(&d);
	struct table t;

	(void)state;
	assert_int_equal(sample_quantile(&t, s, &ask, p, 4, QUANTILE_MATH, &pool, &err), 0);
	assert_close(t.row[0].estimate.value, 10, 0);
	assert_close(t.row[1].estimate.value, 10, 0);
	assert_close(t.row[2].estimate.value, 20, 0);
	assert_close(t.row[3].estimate.value, 40, 0);
	assert_int_equal(sample_quantile(&t, s, &ask, p, 4, QUANTILE_SCHOOL, &pool, &err), 0);
	assert_close(t.row[1].estimate.value, 15, 0);
	assert_int_equal(sample_quantile(&t, s, &ask, p, 4, QUANTILE_HF7, &pool, &err), 0);
	assert_close(t.row[1].estimate.value, 17.5, 1e-15);
	assert_close(t.row[2].estimate.value, 22, 1e-15);
	assert_int_equal(sample_quantile(&t, s, &ask, p, 4, QUANTILE_HF5, &pool, &err), 0);
	assert_close(t.row[1].estimate.value, 15, 1e-15);
	assert_int_equal(
		sample_quantile(&t, s, &ask, bad, 1, QUANTILE_MATH, &pool, NULL), FAULT_INPUT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quantiles_and_woodruffs_intervals_are_rs),
		cmocka_unit_test(quantiles_of_four_values_by_hand),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, load, unload);
}
