/*
 * How often do the intervals hold the truth?  Stratified samples, of clusters or of people one by
 * one, are drawn again and again from a population whose figures are known, and every interval is
 * made by the library as the program would make it.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/people.h"
#include "bench/world.h"
#include "stats/compare/rank.h"
#include "stats/stats.h"

/* What one row of the table counts. */
struct tally_row {
	const char *design, *figure, *method;
	double truth;
	double n, held, below, above;	/* intervals; those with the truth inside,
					 * under them, over them */
	double refused;			/* no interval, by name */
	double width;
};

enum { ROWS_MAX = 128 };
static struct tally_row row[ROWS_MAX];
static size_t rows;

static struct tally_row *
row_of(const char *design, const char *figure, const char *method, double truth)
{
	for (size_t i = 0; i < rows; i++)
		if (strcmp(row[i].design, design) == 0 && strcmp(row[i].figure, figure) == 0 &&
				strcmp(row[i].method, method) == 0)
			return &row[i];
	if (rows == ROWS_MAX)
		abort();
	row[rows] = (struct tally_row){ .design = design, .figure = figure, .method = method,
		.truth = truth };
	return &row[rows++];
}

static void
count(struct tally_row *r, double low, double high)
{
	if (isnan(low) || isnan(high)) {
		r->refused++;
		return;
	}
	r->n++;
	r->width += high - low;
	r->below += r->truth < low;
	r->above += r->truth > high;
	r->held += r->truth >= low && r->truth <= high;
}

static void
die(const struct err *err)
{
	fprintf(stderr, "coverage: %s\n", err->text);
	exit(3);
}

/* ---- one sample, all its figures ---- */

static const struct {
	enum interval interval;
	const char *name;
} share_method[] = {
	{ INTERVAL_DEFAULT, "default (logit t)" }, { INTERVAL_BETA, "beta (Korn-Graubard)" },
	{ INTERVAL_WILSON, "wilson" }, { INTERVAL_WALD, "wald" },
};

static void
shares(const struct world *w, const struct sample *s, struct pool *pool)
{
	static const char *const name[WORLD_SHARES] = { "share 0.5", "share 0.9", "share 0.98" };
	struct sample_ask ask = { .ofs = WORLD_SHARES };
	struct column column[WORLD_SHARES];
	struct err err = { 0 };
	struct table t;

	for (size_t k = 0; k < WORLD_SHARES; k++)
		column[k] = (struct column){ .name = name[k], .x = w->share[k], .upper = 1 };
	ask.of = column;
	if (sample_estimate(&t, s, &ask, pool, &err) != 0)
		die(&err);
	for (size_t k = 0; k < WORLD_SHARES; k++)
		for (size_t i = 0; i < sizeof(share_method) / sizeof(share_method[0]); i++) {
			struct table_row r = t.row[k];

			if (r.fault == 0 && r.span_fault == 0)
				table_row_finish(&r, t.cov[k * t.rows + k], t.srs[k * t.rows + k],
					t.df, 0.95, share_method[i].interval);
			count(row_of(w->design->name, name[k], share_method[i].name,
				w->share_truth[k]), r.estimate.low, r.estimate.high);
		}
}

/* How the first town changed, by the degrees of freedom that a difference within a group has. */
static void
town_difference(const struct world *w, const struct sample *s, struct sample_ask *ask,
	const double weight[], struct pool *pool)
{
	double truth = w->town_truth[1] - w->town_truth[0], value, se;
	bool *in = pool_array(pool, w->n, sizeof(*in));
	const char *design = w->design->name;
	struct err err = { 0 };
	struct table t;

	for (size_t i = 0; i < w->n; i++)
		in[i] = w->town.of[i] == 0;
	ask->where = in;
	ask->within = false;
	if (sample_index(&t, s, ask, weight, "index", pool, &err) != 0)
		die(&err);
	t.df = sample_df(s);
	value = t.row[1].estimate.value - t.row[0].estimate.value;
	se = sqrt(t.cov[0] + t.cov[3] - 2 * t.cov[1]);
	for (int own = 0; own <= 1; own++) {
		double df = own ? trend_df(&t, 0, 1) : t.df,
			reach = dist_t_quantile(0.975, df) * se;

		count(row_of(design, "difference of two years of one town", own ?
			"t, df of the town" : "t, df of the design", truth), value - reach,
			value + reach);
	}
}

/* The index of the last year, of one town, and its steps. */
static void
indices(const struct world *w, const struct sample *s, struct pool *pool)
{
	static const double equal[WORLD_ITEMS] = { 1, 1, 1 };
	const struct factor *const by[] = { &w->year }, *const town[] = { &w->year, &w->town };
	struct column item[WORLD_ITEMS];
	struct sample_ask ask = { .of = item, .ofs = WORLD_ITEMS, .by = by, .bys = 1 };
	struct trend_step step[WORLD_YEARS];
	const char *design = w->design->name;
	struct err err = { 0 };
	struct table t;

	for (size_t i = 0; i < WORLD_ITEMS; i++)
		item[i] = (struct column){ .name = "item", .x = w->item[i], .upper = 100 };
	if (sample_index(&t, s, &ask, equal, "index", pool, &err) != 0)
		die(&err);
	count(row_of(design, "index", "logit t", w->index_truth[0]), t.row[0].estimate.low,
		t.row[0].estimate.high);
	if (w->years < 2)
		return;
	trend_steps(step, &t);
	count(row_of(design, "difference of two years, same communities", "t, full covariance",
		w->index_truth[1] - w->index_truth[0]), step[0].difference.low,
		step[0].difference.high);
	ask.by = town;
	ask.bys = 2;
	ask.within = true;
	ask.df = SAMPLE_DF_DESIGN;
	if (sample_index(&t, s, &ask, equal, "index", pool, &err) != 0)
		die(&err);
	count(row_of(design, "index of one town", "logit t, df of the design", w->town_truth[0]),
		t.row[0].estimate.low, t.row[0].estimate.high);
	ask.df = SAMPLE_DF_AUTO;
	if (sample_index(&t, s, &ask, equal, "index", pool, &err) != 0)
		die(&err);
	count(row_of(design, "index of one town", "logit t, df of the town", w->town_truth[0]),
		t.row[0].estimate.low, t.row[0].estimate.high);
	town_difference(w, s, &ask, equal, pool);
}

static void
cover(const struct world_design *design, long repeats, uint64_t seed)
{
	static const double change[WORLD_YEARS] = { 0, 1, 1, 1 };
	struct world *w = world_make(design, 2, change, seed);

	for (long i = 0; i < repeats; i++) {
		struct pool pool = POOL_INIT;
		struct err err = { 0 };
		struct sample *s;

		world_draw(w);
		s = world_sample(w, &pool, &err);
		if (s == NULL)
			die(&err);
		indices(w, s, &pool);
		shares(w, s, &pool);
		pool_clear(&pool);
	}
	world_free(w);
}

/* ---- people asked one by one ---- */

/* The composite of five items: of everybody, and of domains as the program asks for them. */
static void
composite(const char *design, struct people *p, struct pool *pool)
{
	static const double equal[PEOPLE_ITEMS] = { 1, 1, 1, 1, 1 };
	static const char *const figure[PEOPLE_DOMAINS] = { "composite of a domain of a half",
		"composite of a domain of 3 in 10", "composite of a domain of a fifth" };
	const struct factor *const by[] = { &p->domain_f };
	struct column item[PEOPLE_ITEMS];
	struct sample_ask ask = { .of = item, .ofs = PEOPLE_ITEMS };
	struct err err = { 0 };
	struct sample *s = people_sample(p, pool, &err);
	struct table t;

	for (size_t k = 0; k < PEOPLE_ITEMS; k++)
		item[k] = people_item(p, k);
	if (s == NULL || sample_index(&t, s, &ask, equal, "index", pool, &err) != 0)
		die(&err);
	count(row_of(design, "composite of five items", "logit t", p->truth),
		t.row[0].estimate.low, t.row[0].estimate.high);
	ask.by = by;
	ask.bys = 1;
	if (sample_index(&t, s, &ask, equal, "index", pool, &err) != 0)
		die(&err);
	for (size_t d = 0; d < t.rows; d++) {
		size_t domain = factor_level(&p->domain_f, t.row[d].by[0]);

		count(row_of(design, figure[domain], "logit t, df of the domain",
			p->domain_truth[domain]), t.row[d].estimate.low, t.row[d].estimate.high);
	}
}

static void
cover_people(const char *design, size_t n, long repeats, uint64_t seed)
{
	struct people *p = people_make(n, seed);

	for (long i = 0; i < repeats; i++) {
		struct pool pool = POOL_INIT;

		people_draw(p);
		composite(design, p, &pool);
		pool_clear(&pool);
	}
	people_free(p);
}

/* ---- three rises ---- */

/* How often three rises are proven where at least one step is none. */
static void
three_rises(const struct world_design *design, const char *what, const double change[],
	long repeats, uint64_t seed)
{
	struct world *w = world_make(design, WORLD_YEARS, change, seed);
	static const double equal[WORLD_ITEMS] = { 1, 1, 1 };
	const struct factor *const by[] = { &w->year };
	double proven = 0;

	for (long i = 0; i < repeats; i++) {
		struct pool pool = POOL_INIT;
		struct column item[WORLD_ITEMS];
		struct sample_ask ask = { .of = item, .ofs = WORLD_ITEMS, .by = by, .bys = 1 };
		struct trend_step step[WORLD_YEARS];
		struct err err = { 0 };
		struct sample *s;
		struct table t;

		world_draw(w);
		for (size_t k = 0; k < WORLD_ITEMS; k++)
			item[k] = (struct column){ .name = "item", .x = w->item[k], .upper = 100 };
		s = world_sample(w, &pool, &err);
		if (s == NULL || sample_index(&t, s, &ask, equal, "index", &pool, &err) != 0)
			die(&err);
		trend_steps(step, &t);
		proven += trend_run(step, WORLD_YEARS - 1, WORLD_YEARS - 1, true, 0.05).proven;
		pool_clear(&pool);
	}
	printf("| %s | %s | %.2f | %.2f |\n", design->name, what, 100 * proven / (double)repeats,
		100 * sqrt(0.05 * 0.95 / (double)repeats));
	fflush(stdout);
	world_free(w);
}

/* ---- ranks ---- */

enum { CITIES = 15, RANK_TRIAL_DRAWS = 2000 };

struct rank_count {
	double marginal, one, all;	/* sets that hold: of every city on average, of the
					 * fifth, of all at once */
};

static void
rank_trial(struct rank_count *c, const double truth[], const double se[], struct random *random,
	uint64_t seed)
{
	struct rank_options options = { .draws = RANK_TRIAL_DRAWS, .seed = seed };
	double score[CITIES];
	struct rank_peers peers = { CITIES, score, se, NULL };
	struct rank_set set[CITIES];
	struct err err = { 0 };
	bool all = true;

	for (size_t i = 0; i < CITIES; i++)
		score[i] = truth[i] + se[i] * random_normal(random);
	if (rank_sets(set, &peers, &options, &err) != 0)
		die(&err);
	for (size_t i = 0; i < CITIES; i++) {	/* truth falls: city i has rank i + 1 */
		bool in = set[i].low <= i + 1 && i + 1 <= set[i].high;

		c->marginal += in / (double)CITIES;
		c->one += i == 4 && in;
		all = all && set[i].low_simultaneous <= i + 1 && i + 1 <= set[i].high_simultaneous;
	}
	c->all += all;
}

static void
ranks(const char *what, double gap, long repeats, uint64_t seed)
{
	struct rank_count c = { 0, 0, 0 };
	double truth[CITIES], se[CITIES], error = 100 * sqrt(0.05 * 0.95 / (double)repeats);
	struct random random;

	random_seed(&random, seed);
	for (long i = 0; i < CITIES; i++) {
		truth[i] = 85 - gap * (double)i;
		se[i] = 0.7 + 0.05 * (double)(i * 7 % 15);
	}
	for (long i = 0; i < repeats; i++)
		rank_trial(&c, truth, se, &random, seed + (uint64_t)i);
	printf("| %d cities, %s | each city's own set (average) | %.2f | %.2f |\n", CITIES, what,
		100 * c.marginal / (double)repeats, error);
	printf("| | one city's own set (the fifth) | %.2f | %.2f |\n",
		100 * c.one / (double)repeats, error);
	printf("| | all sets at once | %.2f | %.2f |\n", 100 * c.all / (double)repeats, error);
	fflush(stdout);
}

/* ---- the table ---- */

static void
print_rows(size_t from)
{
	for (size_t i = from; i < rows; i++) {
		const struct tally_row *r = &row[i];

		printf("| %s | %s | %s | %.4g | %.2f | %.2f | %.2f | %.2f | %.4g | %.0f |\n",
			r->design, r->figure, r->method, r->truth, 100 * r->held / r->n,
			100 * sqrt(0.05 * 0.95 / r->n), 100 * r->below / r->n,
			100 * r->above / r->n, r->width / r->n, r->refused);
	}
	fflush(stdout);
}

static void
print_head(void)
{
	printf("\n| design | figure | interval | truth | held %% | Monte Carlo error | truth below"
		" %% | truth above %% | mean width | refused |\n"
		"|---|---|---|---|---|---|---|---|---|---|\n");
}

static const struct world_design world_design[] = {
	{ "21 towns x 4 communities x 10-20, ICC 0.02", 21, 4, 10, 20, 0.02 },
	{ "30 towns x 6 communities x 10-20, ICC 0.05", 30, 6, 10, 20, 0.05 },
	{ "25 towns x 10 communities x 10-20, ICC 0.10", 25, 10, 10, 20, 0.10 },
	{ "8 towns x 3 communities x 10-15, ICC 0.05", 8, 3, 10, 15, 0.05 },
	{ "12 towns x 2 communities x 10-20, ICC 0.05", 12, 2, 10, 20, 0.05 },
};

static void
part_intervals(long repeats, uint64_t seed)
{
	size_t from;

	print_head();
	for (size_t i = 0; i < sizeof(world_design) / sizeof(world_design[0]); i++) {
		from = rows;
		cover(&world_design[i], repeats, seed + i);
		print_rows(from);
	}
}

static void
part_composites(long repeats, uint64_t seed)
{
	static const struct { const char *name;
		size_t n; } design[] = { { "100 people, one by one", 100 },
		{ "300 people, one by one", 300 }, { "1000 people, one by one", 1000 } };
	size_t from;

	print_head();
	for (size_t i = 0; i < sizeof(design) / sizeof(design[0]); i++) {
		from = rows;
		cover_people(design[i].name, design[i].n, repeats, seed + 40 + i);
		print_rows(from);
	}
}

static void
part_rises(long repeats, uint64_t seed)
{
	static const double level[] = { 0, 0, 0, 0 }, jumps[] = { 0, 5, 10, 10 };

	printf("\n| design | truth | three rises \"proven\" %% at level 5 | Monte Carlo error |\n"
		"|---|---|---|---|\n");
	for (size_t i = 0; i < 2; i++) {
		three_rises(&world_design[i], "no change in any year", level, repeats,
			seed + 10 + i);
		three_rises(&world_design[i], "two great rises, then none: the worst case", jumps,
			repeats, seed + 20 + i);
	}
}

static void
part_ranks(long repeats, uint64_t seed)
{
	printf("\n| ranks | what | held %% | Monte Carlo error |\n|---|---|---|---|\n");
	ranks("1 point apart (se 0.7-1.4)", 1, repeats, seed + 30);
	ranks("0.3 points apart", 0.3, repeats, seed + 31);
	ranks("0.01 points apart", 0.01, repeats, seed + 32);
}

/* coverage [SAMPLES [SEED [PART]]] */
int
main(int argc, char *argv[])
{
	static const struct { const char *name;
		void (*run)(long repeats, uint64_t seed); } part[] = {
		{ "intervals", part_intervals }, { "composites", part_composites },
		{ "rises", part_rises }, { "ranks", part_ranks },
	};
	long repeats = argc > 1 ? atol(argv[1]) : 200;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
	bool known = false;

	printf("%ld samples a row, seed %llu\n", repeats, (unsigned long long)seed);
	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++)
		if (argc < 4 || strcmp(argv[3], part[i].name) == 0) {
			part[i].run(repeats, seed);
			known = true;
		}
	if (!known)
		fprintf(stderr, "coverage: there is no part %s\n", argv[3]);
	return known ? 0 : 2;
}
