/* R's api data as samples of rows, and tables made of them. */
#ifndef TESTS_STATS_API_H
#define TESTS_STATS_API_H

#include "tests/stats/oracle.h"

#include "stats/sample/sample.h"

static struct pool pool;
static struct err err;

static inline const struct factor *
factor_column(const struct csv *csv, const char *name)
{
	const char **text = pool_array(&pool, csv->rows + 1, sizeof(*text));
	struct factor *f = pool_take(&pool, sizeof(*f));

	for (size_t i = 0; i < csv->rows; i++)
		text[i] = oracle_cell(csv, i, name);
	factor_make(f, name, text, csv->rows, &pool);
	return f;
}

/* One of the designs, ready. */
struct api {
	const char *name;
	struct csv csv;
	struct sample *sample;
	const json_t *want;	/* R's answers, where the test has them */
};

static inline struct sample *
open_sample(const struct sample_design *d)
{
	struct sample *s;

	memset(&err, 0, sizeof(err));
	if (sample_open(&s, d, &pool, &err) != 0)
		fail_msg("%s", err.text);
	return s;
}

/* name: srs, strat, clus1 or clus2, with fpc unless it ends in _nofpc or _wr. */
static inline struct api
api_open(const char *name)
{
	struct api a = { .name = name };
	struct sample_design d = { 0 };
	const char *file = strncmp(name, "srs", 3) == 0 ? "apisrs"
		: strncmp(name, "strat", 5) == 0		? "apistrat"
		: strncmp(name, "clus1", 5) == 0		? "apiclus1"
		: "apiclus2";
	char path[128];

	snprintf(path, sizeof(path), "tests/reference/survey/%s.csv", file);
	oracle_csv(&a.csv, path, &pool);
	d.n = a.csv.rows;
	if (strncmp(name, "strat", 5) == 0)
		d.stratum[0] = factor_column(&a.csv, "stype");
	if (strncmp(name, "clus", 4) == 0) {
		d.stages = 1;
		d.cluster[0] = factor_column(&a.csv, "dnum");
	}
	if (strncmp(name, "clus2", 5) == 0) {
		d.stages = 2;
		d.cluster[1] = factor_column(&a.csv, "snum");
		d.fpc[0] = oracle_column(&a.csv, "fpc1", &pool);
		d.fpc[1] = oracle_column(&a.csv, "fpc2", &pool);
	} else {
		d.weight = oracle_column(&a.csv, "pw", &pool);
		if (strstr(name, "_nofpc") == NULL)
			d.fpc[0] = oracle_column(&a.csv, "fpc", &pool);
	}
	a.sample = open_sample(&d);
	if (strcmp(name, "clus2_wr") == 0) {
		d.weight = sample_weights(a.sample);
		d.fpc[0] = d.fpc[1] = NULL;
		d.stages = 1;
		a.sample = open_sample(&d);
	}
	return a;
}

static inline struct column
column(const struct api *a, const char *name)
{
	return (struct column){ .name = name, .x = oracle_column(&a->csv, name, &pool),
		.upper = NAN };
}

static inline struct table
estimate(const struct sample *s, const struct sample_ask *ask)
{
	struct table t;

	memset(&err, 0, sizeof(err));
	if (sample_estimate(&t, s, ask, &pool, &err) != 0)
		fail_msg("%s", err.text);
	return t;
}

static inline void
check_rows(const struct table *t, const json_t *want, double tolerance)
{
	double size = 0;

	for (size_t i = 0; i < t->rows; i++)
		size = fmax(size, fabs(oracle_nth(want, "est", i)));
	for (size_t i = 0; i < t->rows; i++) {
		assert_int_equal(t->row[i].fault, 0);
		assert_close(t->row[i].estimate.value, oracle_nth(want, "est", i), tolerance);
		assert_near(t->row[i].estimate.se, oracle_nth(want, "se", i), tolerance, size);
	}
}

/* One 0/1 column per level. */
static inline struct column *
indicators(const struct factor *f, struct pool *in)
{
	struct column *column = pool_array(in, f->levels + 1, sizeof(*column));

	for (size_t l = 0; l < f->levels; l++) {
		double *y = pool_array(in, f->n + 1, sizeof(*y));

		for (size_t i = 0; i < f->n; i++)
			y[i] = f->of[i] == FACTOR_NONE ? NAN : f->of[i] == l;
		column[l] = (struct column){ .name = f->level[l], .x = y, .upper = 1 };
	}
	return column;
}

#endif
