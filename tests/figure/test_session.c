/* figure/session.c: a wave is computed once, kept while nothing changed, and anew where
 * only rows may speak. */
#include "figure/session.h"
#include "figure/keep.h"
#include "tests/figure/four.h"

static struct session *
opened(struct db *db)
{
	struct session *s;

	must(session_open(&s, db, &city_pool, oops));
	return s;
}

/* n of the first figure of the wave's indices. */
static double
answers(struct session *s, size_t wave)
{
	struct figures_ask ask = { .set = SCORES_INDEX };
	const struct figure *m;
	size_t n;

	must(session_figures(s, wave, &ask, &m, &n, oops));
	assert_true(n > 0);
	return m[0].estimate.n;
}

static void
the_waves_are_those_of_the_database_in_order(void **state)
{
	struct db *db = city_open();
	const struct wave *wave;
	struct session *s;
	size_t n;

	(void)state;
	four_wave(db, 2024);
	four_wave(db, 2023);
	must(db_set_setting(db, "sector_weights", "S01=2", oops));
	s = opened(db);
	wave = session_waves(s, &n);
	assert_int_equal(n, 2);
	assert_int_equal(wave[0].year, 2023);
	assert_int_equal(wave[1].year, 2024);
	assert_string_equal(session_wave(s, 0, NULL)->weights, "S01=2");
	assert_int_equal(session_margins(s, 0)->n, 0);
	assert_ptr_equal(session_db(s), db);
	assert_ptr_equal(session_pool(s), &city_pool);
	city_close(db);
}

static void
what_was_asked_is_answered_from_what_is_at_hand(void **state)
{
	struct figures_ask ask = { .set = SCORES_ITEM },
		same = { .set = SCORES_ITEM, .by = "", .level = 0.95 };
	const struct figure *a, *b;
	struct db *db = city_open();
	struct session *s;
	size_t n;

	(void)state;
	four_wave(db, 2024);
	s = opened(db);
	must(session_figures(s, 0, &ask, &a, &n, oops));
	must(session_figures(s, 0, &same, &b, &n, oops));
	assert_ptr_equal(a, b);
	same.unflagged = true;
	must(session_figures(s, 0, &same, &b, &n, oops));
	assert_ptr_not_equal(a, b);
	assert_ptr_equal(session_wave(s, 0, NULL), session_wave(s, 0, NULL));
	city_close(db);
}

static void
another_answer_or_margin_is_another_state(void **state)
{
	struct db *db = city_open();
	struct wave wave = four_wave(db, 2024);
	const char *before, *after;

	(void)state;
	/* Nobody asked this process to keep anything. */
	assert_string_equal(session_state(opened(db), 0, NULL), "");
	keep_start(1 << 20);
	before = session_state(opened(db), 0, NULL);
	assert_string_not_equal(before, "");
	assert_string_equal(session_state(opened(db), 0, NULL), before);
	four_put(db, city_form(db, "A"), wave.id, 5, 1);
	after = session_state(opened(db), 0, NULL);
	assert_string_not_equal(after, before);
	assert_close(answers(opened(db), 0), 5, 0);
	must(db_set_setting(db, "sector_weights", "S01=2", oops));
	assert_string_not_equal(session_state(opened(db), 0, NULL), after);
	keep_start(0);
	city_close(db);
}

static void
where_only_rows_may_speak_nothing_kept_is_read_or_written(void **state)
{
	struct db *db = city_open();
	const char *key;
	struct session *s;

	(void)state;
	four_wave(db, 2024);
	keep_start(1 << 20);
	s = opened(db);
	session_rows_only(s);
	assert_true(session_is_rows_only(s));
	assert_close(answers(s, 0), 4, 0);
	assert_string_equal(session_state(s, 0, NULL), "");
	key = "measure 1 index city main 0.95";
	assert_null(keep_get(db, key, &city_pool));
	/* The other kind keeps it, and what is kept may lie. */
	answers(opened(db), 0);
	assert_non_null(keep_get(db, key, &city_pool));
	keep_put(db, key, "[]");
	s = opened(db);
	session_rows_only(s);
	assert_close(answers(s, 0), 4, 0);
	assert_close(answers(opened(db), 0), 4, 0);	/* a damaged list is computed anew */
	keep_start(0);
	city_close(db);
}

static void
a_figure_comes_as_a_table_with_coefficients(void **state)
{
	struct db *db = city_open();
	struct session *s;
	struct table t;
	double *a, value = 0;

	(void)state;
	four_wave(db, 2024);
	s = opened(db);
	must(session_table(s, 0, "csi", STREAM_SAMPLED, &t, &a));
	for (size_t i = 0; i < t.rows; i++)
		value += a[i] * (a[i] != 0 ? t.row[i].estimate.value : 0);
	assert_close(value, FOUR_MEAN, 1e-12);
	assert_int_equal(session_table(s, 0, "none", STREAM_SAMPLED, &t, &a), -1);
	city_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(the_waves_are_those_of_the_database_in_order),
	cmocka_unit_test(what_was_asked_is_answered_from_what_is_at_hand),
	cmocka_unit_test(another_answer_or_margin_is_another_state),
	cmocka_unit_test(where_only_rows_may_speak_nothing_kept_is_read_or_written),
	cmocka_unit_test(a_figure_comes_as_a_table_with_coefficients),
};

CHECK_MAIN(tests)
