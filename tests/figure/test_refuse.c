/* What is not measured: too few, lonely, without margins, or asked without sense. */
#include "tests/support/check.h"

#include "tests/track/people.h"

static void
margins_that_are_missing_refuse_too(void **state)
{
	struct figure_ask q = { .form = "A", .by = "sector" };
	struct db *db = city_open();
	const struct form *form = city_form(db, "A");
	struct wave wave = wave_a(db, form, "sex age");
	const struct figure *m;

	(void)state;
	for (size_t i = 0; i < 100; i++) {
		seen_make(&seen[i]);
		seen_store(db, form, wave.id, &seen[i], true);
	}
	put_margins(db, false, 500000);
	m = ask(db, &q);
	assert_true(gots >= SECTORS);
	for (size_t i = 0; i < gots; i++) {
		assert_string_equal(m[i].err_code, "margin_missing");
		assert_true(isnan(m[i].estimate.value));
	}
	city_close(db);
}

static void
too_few_answers_are_not_shown(void **state)
{
	struct figure_ask q = { .form = "A", .index = "csi" };
	struct db *db = city_open();
	const struct form *form = city_form(db, "A");
	struct wave wave = wave_a(db, form, "");
	const struct figure *m;

	(void)state;
	ask(db, &q);
	assert_int_equal(gots, 0);		/* no answers: no figure, no row */
	for (size_t i = 0; i < 40; i++) {
		seen_make(&seen[i]);
		seen[i].flagged = false;
		seen_store(db, form, wave.id, &seen[i], false);
	}
	m = ask(db, &q);
	assert_int_equal(gots, 1);
	assert_string_equal(m->err_code, "too_few");
	assert_true(isnan(m->estimate.value) && isnan(m->estimate.se) && isnan(m->estimate.low) &&
		isnan(m->estimate.high) && isnan(m->estimate.n_eff));
	city_close(db);
}

static void
one_psu_in_a_stratum_is_named(void **state)
{
	struct figure_ask q = { .form = "A", .index = "csi" };
	struct db *db = city_open();
	const struct form *form = city_form(db, "A");
	struct wave wave = wave_a(db, form, "");
	const struct figure *m;

	(void)state;
	for (size_t i = 0; i < 300; i++) {
		seen_make(&seen[i]);
		seen[i].cluster = seen[i].stratum == 1 ? 0 : seen[i].cluster;
		seen_store(db, form, wave.id, &seen[i], true);
	}
	m = ask(db, &q);
	assert_string_equal(m->err_code, "lonely_psu");
	assert_non_null(strstr(m->err.text, "h1"));
	assert_true(isnan(m->estimate.value));
	city_close(db);
}

/* Half of one village for a sex: its figure and what is made of it are
 * refused, the other's is not. */
static void
a_domain_in_one_cluster_is_refused_by_name(void **state)
{
	struct figure_ask q = { .form = "A", .index = "sat", .by = "sex" };
	struct db *db = city_open();
	const struct form *form = city_form(db, "A");
	struct wave wave = wave_a(db, form, "");
	const struct figure *m;

	(void)state;
	for (size_t i = 0; i < 600; i++) {
		seen_make(&seen[i]);
		seen[i].flagged = false;
		if (seen[i].sex == 1)
			seen[i].stratum = seen[i].cluster = 0;
		seen_store(db, form, wave.id, &seen[i], true);
	}
	m = ask(db, &q);
	assert_int_equal(gots, 2);
	assert_string_equal(m[0].err_code, "lonely_domain");
	assert_non_null(strstr(m[0].err.text, "c0"));
	assert_true(isnan(m[0].estimate.value) && isnan(m[0].estimate.low));
	assert_string_equal(m[1].err_code, "");
	assert_true(m[1].estimate.se > 0);
	city_close(db);
}

static void
questions_without_sense_are_refused(void **state)
{
	static const struct figure_ask bad[] = {
		{ .form = "Z" }, { .form = NULL },
		{ .form = "A", .index = "nothing" }, { .form = "A", .by = "nothing" },
		{ .form = "A", .by = "text" }, { .form = "A", .stream = "both" },
		{ .form = "A", .level = 1 }, { .form = "A", .level = -0.95 },
	};
	struct db *db = city_open();
	const struct figure *m;
	struct wave w;
	size_t n;

	(void)state;
	fill_a(db, &w, true);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err err = { 0 };

		if (figure_index(db, &bad[i], &m, &n, &city_pool, &err) == 0)
			fail_msg("question %zu was answered", i);
		assert_int_not_equal(err.code, ERR_NONE);
		assert_true(err.text[0] != '\0');
	}
	city_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(margins_that_are_missing_refuse_too),
	cmocka_unit_test(too_few_answers_are_not_shown),
	cmocka_unit_test(one_psu_in_a_stratum_is_named),
	cmocka_unit_test(a_domain_in_one_cluster_is_refused_by_name),
	cmocka_unit_test(questions_without_sense_are_refused),
};

CHECK_MAIN(tests)
