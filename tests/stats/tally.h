/* Scores, layouts and tables of tallies. */
#ifndef TESTS_STATS_TALLY_H
#define TESTS_STATS_TALLY_H

#include "tests/stats/oracle.h"

#include "stats/stats.h"
#include "stats/survey.h"

static struct pool pool;
static struct err err;

static inline int
start(void **state)
{
	(void)state;
	stats_init();
	return 0;
}

static inline int
setup(void **state)
{
	(void)state;
	memset(&err, 0, sizeof(err));
	return 0;
}

static inline int
teardown(void **state)
{
	(void)state;
	pool_clear(&pool);
	return 0;
}

static const size_t at[] = { 0, 1, 2, 3, 4, 5, 6, 7 };

/* Form A's satisfaction: three items of which two suffice. */
static const struct score csi = {
	.name = "csi", .kind = SCORE_MEAN, .item = at, .items = 3, .least = 2, .lo = 1, .hi = 10
};

static inline struct score
scale(const char *name, size_t item, int lo, int hi)
{
	return (struct score) {
		.name = name, .kind = SCORE_SCALE, .item = &at[item], .items = 1, .lo = lo, .hi = hi
	};
}

static inline struct score_layout
layout_of(const struct score score[], size_t n, bool elements, bool pairs)
{
	struct score_layout l;

	assert_int_equal(score_layout(&l, score, n, elements, pairs, &pool, &err), 0);
	return l;
}

static inline struct table
estimate(const struct tally *t, const struct survey_options *o, const struct survey_ask *ask)
{
	static const struct survey_ask everything;
	struct survey *s;
	struct table table;

	if (survey_open(&s, t, o, &pool, &err) != 0)
		fail_msg("%s", err.text);
	if (survey_estimate(&table, s, ask != NULL ? ask : &everything, &pool, &err) != 0)
		fail_msg("%s", err.text);
	return table;
}

/* n people of one answer. */
static inline void
one_tally(struct tally *t, const struct score_layout *l, const char *stratum, const char *cluster,
	const char *key, int value, int n)
{
	while (n-- > 0)
		assert_int_equal(
			score_add(l, tally_cell(t, stratum, cluster, key), &value, 1000000), 0);
}

#endif
