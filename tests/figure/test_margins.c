/* figure/margins.c: what a wave is weighted to, and why it may not be. */
#include "tests/support/check.h"

#include "figure/margins.h"

static const struct margin all[] = {
	{ "age", "1", 300, "统计局", "2024", "全市", false, true },
	{ "edu", "1", 700, "统计局", "2024", "全市", true, false },
	{ "sex", "1", 400, "统计局", "2024", "全市", false, false },
	{ "sex", "2", 600, "统计局", "2024", "全市", false, false },
};

static struct margins
made(const char *names, struct pool *pool)
{
	struct wave wave = { .margins = names };
	struct margins m;

	margins_make(&m, &wave, all, sizeof(all) / sizeof(all[0]), pool);
	return m;
}

static void
categories_and_targets_are_those_of_the_variable(void **state)
{
	struct pool pool = POOL_INIT;
	struct margins m = made("sex", &pool);

	(void)state;
	assert_int_equal(m.n, 1);
	assert_string_equal(m.margin[0].variable, "sex");
	assert_int_equal(m.margin[0].categories, 2);
	assert_string_equal(m.margin[0].category[1], "2");
	assert_close(m.margin[0].target[0], 400, 0);
	assert_close(m.margin[0].target[1], 600, 0);
	assert_null(m.fault);
	assert_false(m.simulated);
	m = made("sex age", &pool);
	assert_int_equal(m.n, 2);
	assert_true(m.simulated);
	assert_null(m.fault);
	pool_clear(&pool);
}

static void
a_wave_that_is_not_raked_has_none(void **state)
{
	struct pool pool = POOL_INIT;
	struct margins m = made("", &pool);

	(void)state;
	assert_int_equal(m.n, 0);
	assert_string_equal(m.hash, "");
	assert_null(m.fault);
	pool_clear(&pool);
}

/* Reference: printf 'sex\t1\t400\nsex\t2\t600\n' | sha256sum. */
static void
the_hash_is_of_what_is_used(void **state)
{
	struct pool pool = POOL_INIT;
	const char *sex = made("sex", &pool).hash;
	struct margin other[2] = { all[2], all[3] };
	struct wave wave = { .margins = "sex" };
	struct margins m;

	(void)state;
	assert_string_equal(sex,
		"ffab9e08824cd67fa9f3fcd3b0054e8a31e175d280a2f6dfcce89f014bb5d821");
	margins_make(&m, &wave, other, 2, &pool);
	assert_string_equal(m.hash, sex);
	other[1].source = "another source";
	margins_make(&m, &wave, other, 2, &pool);
	assert_string_equal(m.hash, sex);
	other[1].population = 601;
	margins_make(&m, &wave, other, 2, &pool);
	assert_string_not_equal(m.hash, sex);
	assert_string_not_equal(made("sex age", &pool).hash, made("age sex", &pool).hash);
	pool_clear(&pool);
}

static void
what_must_not_weight_a_figure_is_named(void **state)
{
	static const struct { const char *names, *fault, *said; } bad[] = {
		{ "sex edu", "placeholder_margins", "edu" },
		{ "sex town", "margin_missing", "town" },
		{ "sex sex sex sex sex sex sex sex sex", "margin_unknown", "sex" },
	};
	struct pool pool = POOL_INIT;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct margins m = made(bad[i].names, &pool);

		assert_string_equal(m.fault, bad[i].fault);
		assert_int_equal(m.err.code, ERR_REFUSED);
		assert_non_null(strstr(m.err.text, bad[i].said));
	}
	pool_clear(&pool);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(categories_and_targets_are_those_of_the_variable),
	cmocka_unit_test(a_wave_that_is_not_raked_has_none),
	cmocka_unit_test(the_hash_is_of_what_is_used),
	cmocka_unit_test(what_must_not_weight_a_figure_is_named),
};

CHECK_MAIN(tests)
