/* figure/survey_frame.c: a stream of a wave as named columns. */
#include "figure/survey_frame.h"
#include "tests/figure/four.h"

static struct site
site_put(struct db *db, const char *sector, const char *township)
{
	struct site site = { .name = "甲", .window = "", .sector = sector, .township = township,
		.stratum = "", .form_id = "C", .active = true };

	must(db_put_site(db, &site, oops));
	return site;
}

/*
 * Form C.  Of the sampled rows the first has all, the second hardly anything and is out of the main
 * estimate; the third, between them, is of the other stream.
 */
static struct wave
three(struct db *db, struct site *site)
{
	struct city_value all[] = { { "T", "10" }, { "P", "98" }, { "sex", "2" },
		{ "town", "210281001" }, { "aided", "[12345,\"direct\"]" },
		{ "unaided", "\"打12345, 再说\"" }, { "edu", "99" } };
	const struct form *form = city_form(db, "C");
	struct wave wave = city_wave(form, 2024);
	struct response_row row = { .stream = "sampled", .stratum = "h1", .cluster = "c1",
		.weight = 2500000, .answers = city_answers(form, all, 7) },
		open = { .stream = "open", .answers = city_answers(form, all, 1) },
		bare = { .stream = "sampled", .answers = city_answers(form, NULL, 0),
			.flagged = true };

	must(db_put_wave(db, &wave, oops));
	*site = site_put(db, "S05", "210281102");
	row.wave = open.wave = bare.wave = wave.id;
	row.site = open.site = site->id;
	city_row(db, &row);
	city_row(db, &open);
	city_row(db, &bare);
	return wave;
}

static struct frame *
opened(struct db *db, struct wave *wave, enum stream stream, bool written)
{
	struct counted *a = pool_take(&city_pool, sizeof(*a));
	struct survey *s = pool_take(&city_pool, sizeof(*s));
	struct frame *f;

	must(counted_open(a, db, wave, false, &city_pool, oops));
	assert_int_equal(survey_open(s, a, &(struct survey_how){ .stream = stream }, &city_pool,
		NULL), 0);
	must(survey_frame(&f, s, written, oops));
	return f;
}

static const char *
cell(struct frame *f, const char *name, size_t row)
{
	int at = frame_find(f, name);

	if (at < 0)
		fail_msg("no column %s", name);
	return frame_cell(f, (size_t)at, row);
}

static void
rows_have_their_envelope(void **state)
{
	struct db *db = city_open();
	struct site site;
	struct wave wave = three(db, &site);
	struct frame *f = opened(db, &wave, STREAM_SAMPLED, false);

	(void)state;
	assert_int_equal(frame_rows(f), 2);
	assert_string_equal(cell(f, "mode", 0), "phone");
	assert_string_equal(cell(f, "site", 0), site.code);
	assert_string_equal(cell(f, "site", 1), "");
	assert_int_equal(strlen(cell(f, "minute", 0)), 16);
	assert_string_equal(cell(f, "seconds", 1), "200");
	assert_string_equal(cell(f, "stratum", 0), "h1");
	assert_string_equal(cell(f, "stratum", 1), "-");
	assert_string_equal(cell(f, "cluster", 0), "c1");
	assert_string_equal(cell(f, "cluster", 1), "row 3");
	assert_string_equal(cell(f, "weight", 0), "2.500000");
	assert_string_equal(cell(f, "weight", 1), "0");
	assert_string_equal(cell(f, "sector", 0), "S05");
	city_close(db);
}

static void
answers_are_choices_and_what_is_none_is_missing(void **state)
{
	struct db *db = city_open();
	struct site site;
	struct wave wave = three(db, &site);
	struct frame *f = opened(db, &wave, STREAM_SAMPLED, false);

	(void)state;
	assert_string_equal(cell(f, "T", 0), "10");
	assert_string_equal(cell(f, "P", 0), "");	/* not known */
	assert_string_equal(cell(f, "edu", 0), "");	/* left out */
	assert_string_equal(cell(f, "sex", 0), "2");
	assert_string_equal(cell(f, "sex", 1), "");
	assert_string_equal(cell(f, "aided", 0), "12345 direct");
	assert_string_equal(cell(f, "aided", 1), "");
	/* Where one lives is asked; only a form that does not has the site's. */
	assert_string_equal(cell(f, "town", 0), "210281001");
	assert_string_equal(cell(f, "township", 0), "210281001");
	city_close(db);
}

static void
rows_that_nobody_drew_cluster_by_site(void **state)
{
	struct db *db = city_open();
	struct site site;
	struct wave wave = three(db, &site);
	struct frame *f = opened(db, &wave, STREAM_OPEN, false);

	(void)state;
	assert_int_equal(frame_rows(f), 1);
	assert_string_equal(cell(f, "stratum", 0), "-");
	assert_string_equal(cell(f, "cluster", 0), site.code);
	assert_string_equal(cell(f, "T", 0), "10");
	city_close(db);
}

static void
words_and_keys_are_there_where_asked_for(void **state)
{
	struct db *db = city_open();
	struct site site;
	struct wave wave = three(db, &site);
	struct frame *f = opened(db, &wave, STREAM_SAMPLED, false);

	(void)state;
	assert_int_equal(frame_find(f, "unaided"), -1);
	assert_int_equal(frame_find(f, "key"), -1);
	f = opened(db, &wave, STREAM_SAMPLED, true);
	assert_string_equal(cell(f, "unaided", 0), "打12345, 再说");
	assert_string_equal(cell(f, "unaided", 1), "");
	assert_string_not_equal(cell(f, "key", 0), cell(f, "key", 1));
	assert_true(survey_frame_written(city_form(db, "C"), "unaided"));
	assert_true(survey_frame_written(city_form(db, "C"), "key"));
	assert_false(survey_frame_written(city_form(db, "C"), "T"));
	city_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(rows_have_their_envelope),
	cmocka_unit_test(answers_are_choices_and_what_is_none_is_missing),
	cmocka_unit_test(rows_that_nobody_drew_cluster_by_site),
	cmocka_unit_test(words_and_keys_are_there_where_asked_for),
};

CHECK_MAIN(tests)
