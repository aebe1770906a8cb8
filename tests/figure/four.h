/* Waves of form A with four people whose figures are known by hand. */
#ifndef TESTS_FIGURE_FOUR_H
#define TESTS_FIGURE_FOUR_H

#include "tests/support/check.h"

#include "tests/track/city.h"

/*
 * Points 100, 66.7, 33.3 and 0 in one sector, the last with three times the weight of the others:
 * their weighted mean is 200 / 6, and the sum of the squared linearised scores 35000 / 81.
 */
#define FOUR_MEAN	(200. / 6)
#define FOUR_SE		sqrt(4. / 3 * 35000 / 81)

static inline void
four_put(struct db *db, const struct form *form, int64_t wave, int x, double weight)
{
	const char *json = city_number(x);
	struct city_value v[] = { { "sector", "\"S01\"" }, { "conflict", "2" }, { "sat", json },
		{ "sat_exp", json }, { "sat_ideal", json }, { "sex", x > 5 ? "1" : "2" } };
	struct response_row row = { .wave = wave, .stream = "sampled",
		.weight = (int64_t)(weight * 1e6),
		.answers = city_answers(form, v, sizeof(v) / sizeof(v[0])) };

	city_row(db, &row);
}

/* The wave of a year; the one before is closed. */
static inline struct wave
four_wave(struct db *db, int year)
{
	static const struct { int x;
		double weight; } person[] = { { 10, 1 }, { 7, 1 }, { 4, 1 }, { 1, 3 } };
	const struct form *form = city_form(db, "A");
	struct wave wave = city_wave(form, year), open;

	if (db_open_wave(db, &open, "A", &city_pool, NULL) == 0)
		must(db_close_wave(db, open.id, oops));
	must(db_put_wave(db, &wave, oops));
	for (size_t i = 0; i < 4; i++)
		four_put(db, form, wave.id, person[i].x, person[i].weight);
	return wave;
}

#endif
