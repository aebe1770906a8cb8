/* Counts over exposure from a file. */
#include "tests/plan/plan.h"

#include "plan/rates.h"
#include "stats/dist.h"

/* 20, 10 and 0 in ten thousand people each, per thousand; Garwood's ends are halves of
 * chi-square quantiles. */
static void
rates_of_periods_and_their_changes(void **state)
{
	const struct plan_rates r = { .path =
		put("r.csv", "period,count,exposure\n2022,20,10000\n2023,10,10000\n2024,0,10000\n"),
		.per = 1000, .reference = 2, .level = 0.95 };
	json_t *said = plan_rate(&r, &pool, &err);
	const json_t *change;

	(void)state;
	if (said == NULL)
		fail_msg("%s", err.text);
	assert_string_equal(json_text_at(row_of(said, 0), "period"), "2022");
	assert_close(number_of(said, 0, "rate"), 2, 1e-15);
	assert_close(number_of(said, 0, "low"), dist_chisq_quantile(0.025, 40) / 2 / 10, 1e-12);
	assert_close(number_of(said, 0, "high"), dist_chisq_quantile(0.975, 42) / 2 / 10, 1e-12);
	assert_close(number_of(said, 2, "low"), 0, 0);
	assert_close(number_of(said, 2, "high"), -log(0.025) / 10, 1e-12);
	/* Twenty are expected at the reference: none has chance exp(-20). */
	assert_close(number_of(said, 2, "p_below"), exp(-20), 1e-10);
	assert_close(number_of(said, 2, "p_above"), 1, 0);
	change = json_array_get(json_object_get(said, "changes"), 0);
	assert_close(json_number_at(change, "ratio"), 0.5, 1e-15);
	assert_string_equal(json_text_at(change, "to"), "2023");
	/* 10 each are expected: 100 / 10 + 0 + 100 / 10. */
	assert_close(json_number_at(json_object_get(said, "homogeneity"), "chisq"), 20, 1e-13);
	assert_close(json_number_at(json_object_get(said, "homogeneity"), "p_chisq"),
		exp(-10), 1e-12);
	/* that takes four periods */
	assert_true(json_is_null(json_object_get(json_object_get(said, "three_falls"), "p_fall")));
	json_decref(said);
}

static void
a_period_that_makes_no_sense_is_named(void **state)
{
	static const char *const name[] = { "2022", "2023" };
	static const struct rate bad[][2] = { { { 1, 10 }, { 1.5, 10 } }, { { 1, 10 }, { -1, 10 } },
		{ { 1, 10 }, { 1, 0 } },
		{ { 1, 10 }, { NAN, 10 } }, { { 1, 10 }, { 1, INFINITY } } };
	const struct plan_rates r = { .per = 1, .reference = NAN, .level = 0.95 };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		err = (struct err){ 0 };
		assert_null(plan_rate_periods(&(struct plan_periods){ 2, name, bad[i] }, &r, &err));
		assert_int_equal(err.code, ERR_INPUT);
		assert_non_null(strstr(err.text, "2023"));
	}
	err = (struct err){ 0 };
	assert_null(plan_rate(&(struct plan_rates){ .path = put("r.csv",
		"year,count,exposure\n2022,1,1\n"), .per = 1, .level = 0.95 }, &pool, &err));
	assert_non_null(strstr(err.text, "period"));
}

static void
without_a_reference_nothing_is_compared_with_it(void **state)
{
	static const char *const name[] = { "2022" };
	static const struct rate rate[] = { { 3, 100 } };
	json_t *said = plan_rate_periods(&(struct plan_periods){ 1, name, rate },
		&(struct plan_rates){ .per = 100, .reference = NAN, .level = 0.9 }, &err);

	(void)state;
	assert_null(json_object_get(row_of(said, 0), "p_below"));
	assert_null(json_object_get(said, "reference"));
	assert_int_equal(json_array_size(json_object_get(said, "changes")), 0);
	assert_close(number_of(said, 0, "low"), dist_chisq_quantile(0.05, 6) / 2, 1e-12);
	json_decref(said);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(rates_of_periods_and_their_changes, teardown),
	cmocka_unit_test_teardown(a_period_that_makes_no_sense_is_named, teardown),
	cmocka_unit_test_teardown(without_a_reference_nothing_is_compared_with_it, teardown),
};

CHECK_MAIN(tests)
