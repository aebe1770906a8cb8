/* A city with a board, and how its readings, signatures, results and waves are entered. */
#ifndef TESTS_TRACK_BOARD_H
#define TESTS_TRACK_BOARD_H

#include "tests/track/city.h"
#include "figure/figure.h"
#include "track/track.h"

enum { N = 400 };	/* people of one year */

static struct tracker board;

static inline struct db *
board_open(void)
{
	struct db *db = city_open();

	must(db_set_setting(db, "city", "瓦房店市", oops));
	must(programme_fill(db, oops));
	return db;
}

static inline const struct track_row *
row_of(struct db *db, const char *id)
{
	const struct track_row *row;

	must(track_load(&board, db, NULL, &city_pool, oops));
	row = track_find(&board, id);
	assert_non_null(row);
	return row;
}

/* The row on the board of a year. */
static inline const struct track_row *
row_in(struct db *db, const char *id, int year)
{
	const struct track_ask ask = { .year = year };
	const struct track_row *row;

	must(track_load(&board, db, &ask, &city_pool, oops));
	assert_int_equal(board.year, year);
	row = track_find(&board, id);
	assert_non_null(row);
	return row;
}

static inline void
assert_standing_in(struct db *db, const char *id, int year, enum standing want)
{
	const struct track_row *row = row_in(db, id, year);

	if (row->standing != want)
		fail_msg("%s of %d is %s, want %s: %s", id, year, standing_name(row->standing),
			standing_name(want), row->reason.in[LANG_ZH]);
}

static inline void
assert_standing(struct db *db, const char *id, enum standing want)
{
	const struct track_row *row = row_of(db, id);

	if (row->standing != want)
		fail_msg("%s is %s, want %s: %s", id, standing_name(row->standing),
			standing_name(want), row->reason.in[LANG_ZH]);
	assert_true(row->reason.in[LANG_ZH][0] != '\0' && row->reason.in[LANG_EN][0] != '\0');
}

static inline void
assert_says(const struct words *w, const char *zh)
{
	if (strstr(w->in[LANG_ZH], zh) == NULL)
		fail_msg("“%s” does not say “%s”", w->in[LANG_ZH], zh);
}

/* ---- entering ---- */

static inline void
reading_from(struct db *db, const char *id, int subtarget, int year, const char *value,
	const char *source)
{
	struct reading_row r = { .indicator = id, .subtarget = subtarget, .year = year,
		.value = value, .source = source, .date = "2024-06-01", .who = "office",
		.minute = 28600000 };

	must(db_put_reading(db, &r, oops));
}

static inline void
reading(struct db *db, const char *id, int subtarget, int year, const char *value)
{
	reading_from(db, id, subtarget, year, value, "统计年报");
}

/* Noon of a day: who enters what was signed on that day. */
static inline int64_t
noon(const char *day)
{
	int64_t minute = 0;

	assert_int_equal(date_parse(day, &minute), 0);
	return minute + 720;
}

/* Signed, and entered on the same day. */
static inline void
threshold(struct db *db, const char *id, int clause, const char *value, const char *date)
{
	struct threshold_row t = { .indicator = id, .clause = clause, .value = value,
		.signed_by = "张三", .date = date, .who = "office", .minute = noon(date) };

	must(track_check_threshold(db, &t, oops));
	must(db_put_threshold(db, &t, oops));
}

static inline void
governs(struct db *db, const char *id, const char *value)
{
	struct criterion_row c = { .indicator = id, .name = "governs", .value = value,
		.signed_by = "张三", .date = "2024-01-01", .who = "office", .minute = 28600000 };

	must(track_check_criterion(db, &c, oops));
	must(db_put_criterion(db, &c, oops));
}

/* How many rows stand like this. */
static inline size_t
count_of(enum standing standing)
{
	return track_count(&board, NULL, DUTY_NONE).state[standing];
}

static inline void
external(struct db *db, const char *id, int year, int rank, const char *qualification)
{
	struct external_row e = { .indicator = id, .year = year, .rank = rank, .of = 20,
		.score = NAN, .se = NAN, .agency = "某测评中心", .qualification = qualification,
		.report = "报告", .report_sha256 = "", .peers = "", .who = "office",
		.minute = 28600000 };

	const struct programme *p = programme_in_force(db, &city_pool, NULL);

	/* an older program let it in */
	if (qualification[0] != '\0' || !programme_row(p, id, NULL)->qualified)
		must(track_check_external(db, &e, oops));
	must(db_put_external(db, &e, oops));
}

static inline void
complaints(struct db *db, const int64_t registered[], size_t years, double national)
{
	struct complaint_row row[8];

	for (size_t i = 0; i < years; i++)
		row[i] = (struct complaint_row){ .year = 2025 - (int)years + (int)i,
			.registered = registered[i], .residents = 800000,
			.national_per_10000 = national, .source = "12315", .date = "2024-06-01",
			.break_note = "", .definition = "12315", .national_definition = "12315" };
	must(db_put_complaints(db, row, years, "office", 1, oops));
}

static inline int64_t
close_wave(struct db *db, struct wave *w)
{
	must(db_close_wave(db, w->id, oops));
	return w->id;
}

/* A year of form A in which `nines` of n people give 9 and the rest 8: the index is
 * 100 (7 + nines/n) / 9. */
static inline int64_t
year_a(struct db *db, int year, int nines, int n, const char *note)
{
	const struct form *form = city_form(db, "A");
	struct wave w = city_wave(form, year);

	w.break_note = note;
	must(db_put_wave(db, &w, oops));
	must(db_begin(db, oops));
	for (int i = 0; i < n; i++) {
		const char *x = i < nines ? "9" : "8";
		struct city_value v[] = { { "sector", "\"S01\"" }, { "sat", x }, { "sat_exp", x },
			{ "sat_ideal", x } };
		struct response_row row = { .wave = w.id, .stream = "sampled",
			.answers = city_answers(form, v, 4) };

		city_row(db, &row);
	}
	must(db_commit(db, oops));
	return close_wave(db, &w);
}

/* A year of form C: five dimensions at `score`, `aware` of n tick a real hotline, `over`
 * of them the decoy too. */
static inline int64_t
year_c(struct db *db, int year, int score, int aware, int over, int n)
{
	static const char *const item[] = { "P", "E", "S", "N", "G", "T" };
	const struct form *form = city_form(db, "C");
	struct wave w = city_wave(form, year);

	must(db_put_wave(db, &w, oops));
	must(db_begin(db, oops));
	for (int i = 0; i < n; i++) {
		struct city_value v[7];
		struct response_row row = { .wave = w.id, .stream = "sampled" };

		for (int k = 0; k < 6; k++)
			v[k] = (struct city_value){ item[k], city_number(score + i % 2) };
		v[6] = (struct city_value){ "aided",
			i < over ? "[12345,\"direct\"]" : i < aware ? "[12345]" : "[\"none\"]" };
		row.answers = city_answers(form, v, 7);
		city_row(db, &row);
	}
	must(db_commit(db, oops));
	return close_wave(db, &w);
}

static inline void
years_a(struct db *db, int first, const int nines[], int years)
{
	for (int i = 0; i < years; i++)
		year_a(db, first + i, nines[i], N, "");
}

static const int64_t falling[] = { 2600, 2400, 2200, 2000 };

#endif
