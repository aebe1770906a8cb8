/* Reference answers for the tests of stats/: JSON by path, CSV by column. */
#ifndef TESTS_STATS_ORACLE_H
#define TESTS_STATS_ORACLE_H

#include "tests/support/check.h"

#include "base/csv.h"
#include "base/json.h"

/* Loaded once per file and test program; freed at exit. */
static inline json_t *
oracle_load(const char *name)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	json_t *json = json_load_path(check_path(name), &pool, NULL, NULL, &err);

	if (json == NULL)
		fail_msg("%s", err.text);
	pool_clear(&pool);
	return json;
}

/* The value at a path like "results/srs/mean_api00/est/0"; fails the test if there is none. */
static inline const json_t *
oracle_at(const json_t *json, const char *path)
{
	const char *p = path;
	char part[128];
	size_t n;

	while (json != NULL && *p != '\0') {
		n = strcspn(p, "/");
		assert_true(n < sizeof(part));
		memcpy(part, p, n);
		part[n] = '\0';
		json = json_is_array(json) ? json_array_get(json, (size_t)atoi(part))
			: json_object_get(json, part);
		p += n;
		if (*p == '/')
			p++;
	}
	if (json == NULL)
		fail_msg("no reference value at %s", path);
	return json;
}

/* A number; null and "NaN" are NAN, a list of one is its element. */
static inline double
oracle_value(const json_t *json)
{
	while (json_is_array(json))
		json = json_array_get(json, 0);
	if (json_is_string(json)) {
		const char *s = json_string_value(json);

		return strcmp(s, "Inf") == 0 ? INFINITY : strcmp(s, "-Inf") == 0 ? -INFINITY : NAN;
	}
	return json_is_number(json) ? json_number_value(json) : NAN;
}

static inline double
oracle_number(const json_t *json, const char *path)
{
	return oracle_value(oracle_at(json, path));
}

/* The i-th number of a list, or the number itself. */
static inline double
oracle_nth(const json_t *json, const char *path, size_t i)
{
	const json_t *list = oracle_at(json, path);

	return json_is_array(list) ? oracle_value(json_array_get(list, i)) : oracle_value(list);
}

static inline void
oracle_csv(struct csv *csv, const char *name, struct pool *pool)
{
	struct err err = { 0 };

	if (csv_load(csv, check_path(name), NULL, pool, &err) != 0)
		fail_msg("%s", err.text);
}

static inline const char *
oracle_cell(const struct csv *csv, size_t row, const char *column)
{
	int c = csv_column(csv, column);

	if (c < 0)
		fail_msg("no column %s", column);
	return csv->cell[row * csv->columns + (size_t)c];
}

/* A column of numbers; empty and NA are NAN. */
static inline double *
oracle_column(const struct csv *csv, const char *column, struct pool *pool)
{
	double *x = pool_array(pool, csv->rows, sizeof(*x));

	for (size_t i = 0; i < csv->rows; i++) {
		const char *cell = oracle_cell(csv, i, column);

		x[i] = *cell == '\0' || strcmp(cell, "NA") == 0 ? NAN : strtod(cell, NULL);
	}
	return x;
}

/* Nearly equal, or both nothing against the given size. */
#define assert_near(got, want, relative, size) do {					\
	double g_ = (got), w_ = (want);							\
	if (!check_close(g_, w_, (relative)) && !(fabs(g_ - w_) <= (relative) * (size)))	\
		fail_msg("%s: got %.17g, want %.17g", #got, g_, w_);			\
} while (0)

#endif
