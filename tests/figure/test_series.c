/* figure/series.c: steps between years and what may be said of them. */
#include "figure/series.h"
#include "tests/figure/four.h"

static struct step
step_of(double value, double df)
{
	return (struct step){ .difference = { .value = value, .se = 1, .df = df, .level = 0.95 } };
}

/* Quantiles of Student's t on 20 degrees of freedom from printed tables: 95 %
 * 1.7247, 97.5 % 2.0860. */
static void
a_step_is_tested_by_students_t(void **state)
{
	struct step s = step_of(1.7247, 20);

	(void)state;
	series_test(&s);
	assert_close(s.p_up, 0.05, 1e-4);
	assert_close(s.p_down, 0.95, 1e-4);
	assert_false(s.significant);
	s = step_of(2.0861, 20);
	series_test(&s);
	assert_close(s.p_up, 0.025, 1e-3);
	assert_true(s.significant);
	s.broken = true;
	series_test(&s);
	assert_false(s.significant);
	s = step_of(-2.0861, 20);
	series_test(&s);
	assert_close(s.p_down, 0.025, 1e-3);
	assert_true(s.significant);
}

static void
a_run_of_rises_has_the_largest_of_its_p(void **state)
{
	struct step step[3] = { step_of(1, 9), step_of(2, 9), step_of(3, 9) };
	struct figure year[4] = { { .year = 2021 } };
	struct series s = { .year = year, .years = 4, .step = step, .wanted = 3 };

	(void)state;
	step[0].p_up = 0.01;
	step[1].p_up = 0.04;
	step[2].p_up = 0.02;
	series_finish(&s);
	assert_int_equal(s.rises, 3);
	assert_int_equal(s.falls, 0);
	assert_close(s.iut_up, 0.04, 0);
	step[0].difference.value = -1;
	series_finish(&s);
	assert_int_equal(s.rises, 2);
	step[1].broken = true;
	series_finish(&s);
	assert_int_equal(s.rises, 1);
	assert_true(isnan(s.iut_up));
	s.years = 3;				/* two steps where three are wanted */
	step[1].broken = false;
	series_finish(&s);
	assert_true(isnan(s.iut_up));
}

static void
waves_share_their_units_where_they_describe_the_same(void **state)
{
	struct wave a = { .clusters = "社区" }, b = { .clusters = "社区" },
		c = { .clusters = "村" }, none = { .clusters = "" };

	(void)state;
	assert_true(series_shared(&a, &b, STREAM_SAMPLED));
	assert_false(series_shared(&a, &c, STREAM_SAMPLED));
	assert_false(series_shared(&none, &none, STREAM_SAMPLED));
	assert_true(series_shared(&a, &c, STREAM_OPEN));
}

/* A year's answers: seven or eight points each, so many eights in a hundred. */
static void
hundred(struct db *db, int year, int eights)
{
	const struct form *form = city_form(db, "A");
	struct wave wave = city_wave(form, year), open;

	if (db_open_wave(db, &open, "A", &city_pool, NULL) == 0)
		must(db_close_wave(db, open.id, oops));
	must(db_put_wave(db, &wave, oops));
	must(db_begin(db, oops));
	for (int i = 0; i < 100; i++)
		four_put(db, form, wave.id, i < eights ? 8 : 7, 1);
	must(db_commit(db, oops));
}

/* Independent samples: the differences of the yearly values, and their errors in quadrature. */
static void
years_become_steps_up_to_the_last_that_is_asked_for(void **state)
{
	struct db *db = city_open();
	struct session *session;
	struct series s;
	double se;

	(void)state;
	hundred(db, 2022, 40);
	hundred(db, 2023, 50);
	hundred(db, 2024, 80);
	must(session_open(&session, db, &city_pool, oops));
	must(series_make(&s, session, "A", "csi", "sampled", 0, 3, oops));
	assert_int_equal(s.years, 3);
	assert_close(s.year[0].estimate.value, 100 * 6.4 / 9, 1e-12);
	assert_close(s.step[1].difference.value, 100 * 0.3 / 9, 1e-10);
	se = hypot(s.year[1].estimate.se, s.year[2].estimate.se);
	assert_close(s.step[1].difference.se, se, 1e-12);
	assert_int_equal(s.step[1].from, 2023);
	assert_int_equal(s.rises, 2);
	assert_true(s.step[1].significant && !s.step[0].significant);
	must(series_make(&s, session, "A", "csi", "sampled", 2023, 3, oops));
	assert_int_equal(s.years, 2);
	must(series_make(&s, session, "A", "csi", "open", 0, 3, oops));
	assert_int_equal(s.years, 0);
	city_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_step_is_tested_by_students_t),
	cmocka_unit_test(a_run_of_rises_has_the_largest_of_its_p),
	cmocka_unit_test(waves_share_their_units_where_they_describe_the_same),
	cmocka_unit_test(years_become_steps_up_to_the_last_that_is_asked_for),
};

CHECK_MAIN(tests)
