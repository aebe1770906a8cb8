/* figure/inquiry.c: an analyst's questions to stored waves. */
#include "figure/inquiry.h"
#include "stats/fault.h"
#include "tests/figure/four.h"

static struct session *
opened(struct db *db)
{
	struct session *s;

	must(session_open(&s, db, &city_pool, oops));
	return s;
}

static void
refused(struct session *s, const char *names, enum err_code code)
{
	struct err err = { 0 };
	struct inquiry q;

	assert_int_equal(inquiry_open(&q, s, names, STREAM_SAMPLED, &err), -1);
	if (err.code != code)
		fail_msg("%s: %s, \"%s\"", names, err_name(err.code), err.text);
}

static void
waves_are_named_in_the_order_of_their_years(void **state)
{
	struct db *db = city_open();
	const struct form *c = city_form(db, "C");
	struct wave wave = city_wave(c, 2024);
	struct inquiry q;
	struct session *s;

	(void)state;
	four_wave(db, 2023);
	four_wave(db, 2024);
	must(db_put_wave(db, &wave, oops));
	s = opened(db);
	must(inquiry_open(&q, s, "A-2023,A-2024", STREAM_SAMPLED, oops));
	assert_int_equal(q.waves, 2);
	assert_int_equal(inquiry_wave(&q, 0)->year, 2023);
	assert_int_equal(inquiry_wave(&q, 1)->year, 2024);
	assert_null(q.fault);
	refused(s, "A-2024,A-2023", ERR_INPUT);
	refused(s, "A-2024,C-2024", ERR_INPUT);
	refused(s, "A-2020", ERR_MISSING);
	refused(s, "", ERR_USAGE);
	city_close(db);
}

static void
a_figure_is_the_forms_without_its_limits(void **state)
{
	struct db *db = city_open();
	struct err err = { 0 };
	struct inquiry q;
	struct table t;

	(void)state;
	four_wave(db, 2023);
	four_wave(db, 2024);
	must(inquiry_open(&q, opened(db), "A-2024", STREAM_SAMPLED, oops));
	assert_int_equal(inquiry_figure(&t, &q, 0, "csi", NULL, 0.95, NULL), 0);
	assert_int_equal(t.rows, 1);
	assert_close(t.row[0].estimate.value, FOUR_MEAN, 1e-12);
	assert_true(inquiry_figure(&t, &q, 0, "none", NULL, 0.95, &err) != 0);
	assert_int_equal(inquiry_figure(&t, &q, 0, "csi", "sex", 0.95, NULL), 0);
	assert_int_equal(t.rows, 2);
	assert_true(inquiry_named(&q, "csi") && !inquiry_named(&q, "sat"));
	city_close(db);
}

static void
a_stream_is_a_survey_of_its_own(void **state)
{
	struct db *db = city_open();
	struct err err = { 0 };
	struct inquiry q;
	struct survey *s, *again;

	(void)state;
	four_wave(db, 2023);
	four_wave(db, 2024);
	must(inquiry_open(&q, opened(db), "A-2023,A-2024", STREAM_SAMPLED, oops));
	assert_int_equal(inquiry_survey(&s, &q, 1, true, NULL), 0);
	assert_int_equal(s->n, 4);
	assert_int_equal(inquiry_survey(&again, &q, 1, true, NULL), 0);
	assert_ptr_equal(s, again);
	must(inquiry_open(&q, opened(db), "A-2024", STREAM_OPEN, oops));
	assert_int_equal(inquiry_survey(&s, &q, 0, true, &err), FAULT_EMPTY_DOMAIN);
	city_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(waves_are_named_in_the_order_of_their_years),
	cmocka_unit_test(a_figure_is_the_forms_without_its_limits),
	cmocka_unit_test(a_stream_is_a_survey_of_its_own),
};

CHECK_MAIN(tests)
