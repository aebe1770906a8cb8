/* figure/survey.c: a stream of a wave as a sample, its answers as columns. */
#include "figure/survey.h"
#include "stats/fault.h"
#include "tests/figure/four.h"

static struct counted
counted_of(struct db *db, const struct wave *wave)
{
	struct counted a;

	must(counted_open(&a, db, wave, false, &city_pool, oops));
	return a;
}

static void
open_put(struct db *db, const struct form *form, int64_t wave, int64_t site, const char *aided)
{
	struct city_value v[] = { { "aided", aided }, { "unaided", "\"打12345\"" }, { "P", "8" } };
	struct response_row row = { .wave = wave, .stream = "open", .site = site,
		.answers = city_answers(form, v, 3) };

	city_row(db, &row);
}

/* Form C: one sampled row, five open ones, of which two come from one site and one from another. */
static struct wave
mixed(struct db *db, struct site site[2])
{
	const struct form *form = city_form(db, "C");
	struct wave wave = city_wave(form, 2024);
	struct response_row row = { .stream = "sampled", .stratum = "h1", .cluster = "c1",
		.weight = 2500000, .answers = city_answers(form, NULL, 0) };

	must(db_put_wave(db, &wave, oops));
	for (size_t i = 0; i < 2; i++) {
		site[i] = (struct site){ .name = i == 0 ? "甲" : "乙", .window = "", .sector =
			i == 0 ? "S01" : "S05", .township = "", .stratum = "", .form_id = "C",
			.active = true };
		must(db_put_site(db, &site[i], oops));
	}
	row.wave = wave.id;
	open_put(db, form, wave.id, site[0].id, "[12345]");
	open_put(db, form, wave.id, site[0].id, "[12315,\"direct\"]");
	city_row(db, &row);
	open_put(db, form, wave.id, site[1].id, "98");
	open_put(db, form, wave.id, 0, "[]");
	open_put(db, form, wave.id, 0, "[\"none\"]");
	return wave;
}

static void
streams_are_apart_and_sites_are_clusters(void **state)
{
	struct db *db = city_open();
	struct site site[2];
	struct wave wave = mixed(db, site);
	struct counted a = counted_of(db, &wave);
	struct survey_how how = { .stream = STREAM_OPEN };
	struct survey s;

	(void)state;
	assert_int_equal(survey_open(&s, &a, &how, &city_pool, NULL), 0);
	assert_int_equal(s.n, 5);
	assert_int_equal(survey_row(&s, 2), 3);		/* the sampled row is passed over */
	assert_int_equal(sample_psus(s.sample)->psus, 4);	/* two sites, two alone */
	assert_int_equal(sample_psus(s.sample)->strata, 1);
	how.apart = true;
	assert_int_equal(survey_open(&s, &a, &how, &city_pool, NULL), 0);
	assert_int_equal(sample_psus(s.sample)->psus, 5);
	how = (struct survey_how){ .stream = STREAM_SAMPLED };
	assert_int_equal(survey_open(&s, &a, &how, &city_pool, NULL), 0);
	assert_int_equal(s.n, 1);
	assert_close(sample_weights(s.sample)[0], 2.5, 0);
	assert_string_equal(sample_psus(s.sample)->stratum[0], "h1");
	city_close(db);
}

static void
a_stream_without_rows_is_said(void **state)
{
	struct db *db = city_open();
	struct wave wave = four_wave(db, 2024);
	struct counted a = counted_of(db, &wave);
	struct err err = { 0 };
	struct survey s;

	(void)state;
	assert_int_equal(survey_open(&s, &a, &(struct survey_how){ .stream = STREAM_OPEN },
		&city_pool, &err), FAULT_EMPTY_DOMAIN);
	assert_non_null(strstr(err.text, "open"));
	city_close(db);
}

/* What each of the five open rows counts; NAN where it is missing. */
static void
assert_counts(const struct column *c, const double want[5])
{
	for (size_t i = 0; i < 5; i++) {
		double x = column_at(c, i);

		if (isnan(want[i]) ? !isnan(x) : x != want[i])
			fail_msg("%s, row %zu: %g", c->name, i, x);
	}
}

static struct column
column_of(struct survey *s, const struct scores *scores, const char *name)
{
	enum scores_set set;
	const struct scores_figure *f = scores_find(scores, name, &set);

	assert_non_null(f);
	return survey_column(s, &scores->score[set][f->part[0]]);
}

static void
scores_are_columns(void **state)
{
	static const double aided[] = { 1, 1, NAN, 0, 0 }, net[] = { 1, NAN, NAN, 0, 0 },
		over[] = { 0, 1, NAN, 0, 0 }, said[] = { 1, 1, 1, 1, 1 };
	struct db *db = city_open();
	struct site site[2];
	struct wave wave = mixed(db, site);
	struct counted a = counted_of(db, &wave);
	struct scores scores;
	struct survey s;
	struct column c;

	(void)state;
	must(scores_make(&scores, a.form, &city_pool, oops));
	assert_int_equal(survey_open(&s, &a, &(struct survey_how){ .stream = STREAM_OPEN },
		&city_pool, NULL), 0);
	c = column_of(&s, &scores, "aided");
	assert_counts(&c, aided);
	c = column_of(&s, &scores, "aided_net");
	assert_counts(&c, net);
	c = column_of(&s, &scores, "overclaim");
	assert_counts(&c, over);
	c = column_of(&s, &scores, "unaided");
	assert_counts(&c, said);
	c = column_of(&s, &scores, "P");
	assert_close(column_at(&c, 3), 700. / 9, 1e-13);
	city_close(db);
}

/* The mean within a person, exactly: 10, 7, 4 and 1 of ten on all three items. */
static void
a_persons_index_is_a_column(void **state)
{
	static const double want[] = { 100, 600 / 9., 300 / 9., 0 };
	struct db *db = city_open();
	struct wave wave = four_wave(db, 2024);
	struct counted a = counted_of(db, &wave);
	struct scores scores;
	struct survey s;
	struct column c;

	(void)state;
	must(scores_make(&scores, a.form, &city_pool, oops));
	assert_int_equal(survey_open(&s, &a, &(struct survey_how){ .stream = STREAM_SAMPLED },
		&city_pool, NULL), 0);
	c = column_of(&s, &scores, "csi");
	for (size_t i = 0; i < 4; i++)
		assert_close(column_at(&c, i), want[i], 1e-14);
	city_close(db);
}

static void
groups_are_in_the_order_of_an_analysis(void **state)
{
	struct db *db = city_open();
	struct site site[2];
	struct wave wave = mixed(db, site);
	struct counted a = counted_of(db, &wave);
	struct err err = { 0 };
	struct survey s;
	struct factor f;

	(void)state;
	assert_int_equal(survey_open(&s, &a, &(struct survey_how){ .stream = STREAM_OPEN },
		&city_pool, NULL), 0);
	assert_int_equal(survey_factor(&f, &s, "P", NULL), 0);
	assert_string_equal(f.level[0], "1");
	assert_string_equal(f.level[9], "10");		/* numbers as numbers */
	assert_string_equal(f.level[f.of[0]], "8");
	assert_int_equal(survey_factor(&f, &s, "sector", NULL), 0);
	assert_string_equal(f.level[f.of[0]], "S01");
	assert_string_equal(f.level[f.of[2]], "S05");
	assert_int_equal(f.of[3], FACTOR_NONE);		/* no site */
	assert_int_equal(survey_factor(&f, &s, "colour", &err), FAULT_COLUMN);
	city_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(streams_are_apart_and_sites_are_clusters),
	cmocka_unit_test(a_stream_without_rows_is_said),
	cmocka_unit_test(scores_are_columns),
	cmocka_unit_test(a_persons_index_is_a_column),
	cmocka_unit_test(groups_are_in_the_order_of_an_analysis),
};

CHECK_MAIN(tests)
