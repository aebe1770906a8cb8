/*
 * One task of the statistics' benchmark, measured by itself: data made from a seed, read, worked
 * on.  What it prints is one JSON line for bench/stats.py.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "plan/data.h"
#include "stats/weight/calibrate.h"
#include "stats/path/boot.h"
#include "stats/random.h"
#include "stats/compare/rank.h"
#include "stats/sample/replicate.h"
#include "stats/stats.h"

enum { ITEMS = 20, STRATA = 50, CLUSTERS = 40, DOMAINS = 50, REPLICATES = 500 };

static struct pool pool;
static struct err err;

/* Wall clock and processor time of this process, in seconds. */
struct span_s {
	double wall, cpu;
};

static double
seconds(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct span_s
now(void)
{
	return (struct span_s){ seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID) };
}

static struct span_s
since(struct span_s start)
{
	struct span_s t = now();

	return (struct span_s){ t.wall - start.wall, t.cpu - start.cpu };
}

static void
must(int rc)
{
	if (rc == 0)
		return;
	fprintf(stderr, "bench_stats: %s\n", err.text);
	exit(3);
}

/* Peak memory without what came before: the data may be larger than the work. */
static double
peak_mb(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)u.ru_maxrss / 1024;
}

static void
say(const char *task, struct span_s reading, struct span_s work, double value, double se)
{
	printf("{\"task\": \"%s\", \"read\": [%.4f, %.4f], \"work\": [%.4f, %.4f],"
		" \"peak_mb\": %.1f, \"value\": %.15g, \"se\": %.15g}\n",
		task, reading.wall, reading.cpu, work.wall, work.cpu, peak_mb(), value, se);
	fflush(stdout);
}

/* ---- the data ---- */

static void
make_row(FILE *f, struct random *r, long i, long n)
{
	long cluster = i * STRATA * CLUSTERS / n;
	double person = random_normal(r);

	fprintf(f, "%ld,%ld,%llu,%llu,%llu,%llu,%.2f", cluster / CLUSTERS, cluster,
		(unsigned long long)random_below(r, DOMAINS),
		(unsigned long long)random_below(r, 2), (unsigned long long)random_below(r, 4),
		(unsigned long long)random_below(r, 5), 0.5 + (double)random_below(r, 201) / 100);
	for (int j = 0; j < ITEMS; j++) {
		double x = 8 + 0.4 * sin((double)cluster) + 1.3 * person + 1.3 * random_normal(r);

		fprintf(f, ",%d", (int)fmin(10, fmax(1, floor(x + 0.5))));
	}
	fputc('\n', f);
}

static int
make(const char *path, long n, uint64_t seed)
{
	struct random random;
	FILE *f = fopen(path, "w");

	if (f == NULL) {
		perror(path);
		return 3;
	}
	random_seed(&random, seed);
	fprintf(f, "stratum,cluster,domain,sex,age,edu,w");
	for (int j = 1; j <= ITEMS; j++)
		fprintf(f, ",q%d", j);
	fputc('\n', f);
	for (long i = 0; i < n; i++)
		make_row(f, &random, i, n);
	return fclose(f) == 0 ? 0 : 3;
}

/* ---- reading ---- */

struct data {
	struct plan_data file;
	struct column item[ITEMS];
	const struct factor *stratum, *cluster, *domain, *margin[3];
	const double *weight;
};

static void
read_data(struct data *d, const char *path)
{
	static const char *const margin[] = { "sex", "age", "edu" };
	char name[8];

	must(plan_data_load(&d->file, path, NULL, NULL, &pool, &err));
	for (int j = 0; j < ITEMS; j++) {
		snprintf(name, sizeof(name), "q%d", j + 1);
		must(plan_data_item(&d->item[j], &d->file, pool_strdup(&pool, name), &err));
	}
	for (int j = 0; j < 3; j++)
		must(plan_data_factor(&d->margin[j], &d->file, margin[j], &err));
	must(plan_data_factor(&d->stratum, &d->file, "stratum", &err));
	must(plan_data_factor(&d->cluster, &d->file, "cluster", &err));
	must(plan_data_factor(&d->domain, &d->file, "domain", &err));
	must(plan_data_numbers(&d->weight, &d->file, "w", &err));
}

static struct sample *
open_sample(const struct data *d)
{
	struct sample_design design = { .n = d->file.n, .stages = 1, .cluster = { d->cluster },
		.stratum = { d->stratum }, .weight = d->weight };
	struct sample *s;

	must(sample_open(&s, &design, &pool, &err));
	return s;
}

/* ---- the tasks ---- */

/* Numbers of all items, before the clock: a baseline sums doubles. */
static void
items_numbers(const double *x[ITEMS], const struct data *d)
{
	for (int j = 0; j < ITEMS; j++)
		x[j] = column_numbers(&d->item[j], d->file.n, &pool).x;
}

/* The named baseline: what a C programmer would write who wants nothing but the sums. */
static void
bare(const char *path)
{
	const double *x[ITEMS];
	struct span_s start = now(), reading;
	double top[ITEMS] = { 0 }, bottom = 0;
	struct data d;

	read_data(&d, path);
	reading = since(start);
	items_numbers(x, &d);
	start = now();
	for (size_t i = 0; i < d.file.n; i++)
		bottom += d.weight[i];
	for (int j = 0; j < ITEMS; j++)
		for (size_t i = 0; i < d.file.n; i++)
			top[j] += d.weight[i] * x[j][i];
	for (int j = 1; j < ITEMS; j++)
		top[0] += 0 * top[j];
	say("bare", reading, since(start), top[0] / bottom, NAN);
}

/* Margins of a city of a million: uneven, so that raking has something to do. */
static void
rake(struct sample *s, const struct data *d)
{
	static const char *const category[] = { "0", "1", "2", "3", "4" };
	static const double sex[] = { 520000, 480000 }, age[] = { 180000, 330000, 310000, 180000 },
		edu[] = { 150000, 300000, 250000, 200000, 100000 };
	const struct rake_margin margin[] = { { "sex", category, sex, 2 },
		{ "age", category, age, 4 }, { "edu", category, edu, 5 } };
	struct calibrate_spec spec = { .method = CALIBRATE_RAKE, .margin = margin,
		.factor = d->margin, .margins = 3, .low = -INFINITY, .high = INFINITY, .cap = NAN };
	struct rake_report report;

	must(sample_calibrate(s, &spec, &report, &err));
}

static void
means(const char *path, bool raked, bool domains)
{
	struct span_s start = now(), reading;
	const struct factor *by[1];
	struct sample_ask ask = { .by = by, .bys = domains, .within = true, .ofs = ITEMS };
	struct table t;
	struct sample *s;
	struct data d;

	read_data(&d, path);
	reading = since(start);
	start = now();
	s = open_sample(&d);
	if (raked)
		rake(s, &d);
	by[0] = d.domain;
	ask.of = d.item;
	must(sample_estimate(&t, s, &ask, &pool, &err));
	say(raked ? domains ? "raked_domains" : "raked" : domains ? "domains" : "means", reading,
		since(start), t.row[0].estimate.value, t.row[0].estimate.se);
}

/* Delete-one-group jackknife weights: clusters in REPLICATES groups, left out in turn. */
static void
weights_make(double *column[], const struct data *d)
{
	for (size_t r = 0; r < REPLICATES; r++) {
		column[r] = pool_array(&pool, d->file.n, sizeof(double));
		for (size_t i = 0; i < d->file.n; i++)
			column[r][i] = d->cluster->of[i] % REPLICATES == r ? 0 :
				d->weight[i] * REPLICATES / (REPLICATES - 1.0);
	}
}

static void
replicates(const char *path)
{
	static double *column[REPLICATES];
	struct replicate_spec spec = { .type = REPLICATE_JK1,
		.column = (const double *const *)column, .r = REPLICATES,
		.scale = (REPLICATES - 1.0) / REPLICATES, .df = REPLICATES - 1, .combined = true };
	struct span_s start = now(), reading;
	struct sample_ask ask = { .ofs = ITEMS };
	struct sample *s;
	struct table t;
	struct data d;

	read_data(&d, path);
	weights_make(column, &d);
	reading = since(start);
	start = now();
	s = open_sample(&d);
	must(sample_replicate(s, &spec, &err));
	ask.of = d.item;
	must(sample_estimate(&t, s, &ask, &pool, &err));
	say("replicates", reading, since(start), t.row[0].estimate.value, t.row[0].estimate.se);
}

/* The baseline of the same: five hundred columns of weights times twenty items, summed. */
static void
bare_replicates(const char *path)
{
	static double top[ITEMS];
	struct span_s start = now(), reading;
	double *column[REPLICATES], sum = 0, mean = 0;
	const double *x[ITEMS];
	struct data d;

	read_data(&d, path);
	weights_make(column, &d);
	reading = since(start);
	items_numbers(x, &d);
	start = now();
	for (size_t r = 0; r < REPLICATES; r++) {
		sum = 0;
		for (size_t i = 0; i < d.file.n; i++)
			sum += column[r][i];
		for (int j = 0; j < ITEMS; j++) {
			top[j] = 0;
			for (size_t i = 0; i < d.file.n; i++)
				top[j] += column[r][i] * x[j][i];
			mean += top[j] / sum / ITEMS / REPLICATES;
		}
	}
	say("bare_replicates", reading, since(start), mean, NAN);
}

/* ---- a path model ---- */

enum { MODEL_ITEMS = 24, MODEL_BLOCKS = 7 };

static const char *const model_item[MODEL_ITEMS] = { "IMAG1", "IMAG2", "IMAG3", "IMAG4", "IMAG5",
	"CUEX1", "CUEX2", "CUEX3", "PERQ1", "PERQ2", "PERQ3", "PERQ4", "PERQ5", "PERQ6", "PERQ7",
	"PERV1", "PERV2", "CUSA1", "CUSA2", "CUSA3", "CUSCO", "CUSL1", "CUSL2", "CUSL3" };

/* Rows of the mobile telephone data drawn again, each answer moved by a step now and then. */
static int
make_model(const char *from, const char *to, long n, uint64_t seed)
{
	struct plan_data d;
	struct random r;
	const double *x[MODEL_ITEMS];
	FILE *f = fopen(to, "w");

	if (f == NULL) {
		perror(to);
		return 3;
	}
	random_seed(&r, seed);
	must(plan_data_load(&d, from, NULL, NULL, &pool, &err));
	for (int j = 0; j < MODEL_ITEMS; j++) {
		must(plan_data_numbers(&x[j], &d, model_item[j], &err));
		fprintf(f, "%s%s", j > 0 ? "," : "", model_item[j]);
	}
	for (long i = 0; i < n; i++) {
		size_t row = random_below(&r, d.n);

		for (int j = 0; j < MODEL_ITEMS; j++) {
			int step = (int)random_below(&r, 8);

			fprintf(f, "%c%d", j > 0 ? ',' : '\n',
				(int)fmin(10, fmax(1, x[j][row] + (step == 0 ? -1 : step == 1))));
		}
	}
	fputc('\n', f);
	return fclose(f) == 0 ? 0 : 3;
}

static const struct pls_model *
model_make(void)
{
	static const size_t block[MODEL_ITEMS] = { 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 3,
		3, 4, 4, 4, 5, 6, 6, 6 };
	static const char *const name[] = { "Image", "Expectation", "Quality", "Value",
		"Satisfaction", "Complaints", "Loyalty" };
	static const size_t path[][2] = { { 0, 1 }, { 0, 4 }, { 0, 6 }, { 1, 2 }, { 1, 3 },
		{ 1, 4 }, { 2, 3 }, { 2, 4 }, { 3, 4 }, { 4, 5 }, { 4, 6 }, { 5, 6 } };
	static bool arrow[MODEL_BLOCKS * MODEL_BLOCKS];
	static struct pls_model model;

	for (size_t i = 0; i < sizeof(path) / sizeof(path[0]); i++)
		arrow[path[i][0] * MODEL_BLOCKS + path[i][1]] = true;
	model = (struct pls_model){ .blocks = MODEL_BLOCKS, .items = MODEL_ITEMS, .block = name,
		.item = model_item, .of = block, .path = arrow, .scheme = PLS_PATH,
		.mode = PLS_MODE_A, .low = 1, .high = 10 };
	return &model;
}

static void
path_model(const char *path, size_t replicates)
{
	struct span_s start = now(), reading;
	const struct pls_model *model = model_make();
	struct pls_resample how = { .way = PLS_BOOTSTRAP, .replicates = replicates, .seed = 1 };
	struct sample_design design = { .n = 0 };
	struct pls_replicates out;
	struct pls_moments m;
	struct plan_data d;
	struct pls_fit fit;
	struct sample *s;
	double *x;

	must(plan_data_load(&d, path, NULL, NULL, &pool, &err));
	x = pool_array(&pool, d.n * MODEL_ITEMS, sizeof(*x));
	for (size_t j = 0; j < MODEL_ITEMS; j++) {
		const double *column;

		must(plan_data_numbers(&column, &d, model_item[j], &err));
		for (size_t i = 0; i < d.n; i++)
			x[i * MODEL_ITEMS + j] = column[i];
	}
	reading = since(start);
	start = now();
	design.n = d.n;
	must(sample_open(&s, &design, &pool, &err));
	must(pls_moments(&m, x, d.n, model, NULL, PLS_MEAN, &pool, &err));
	must(pls_fit(&fit, model, &m, &pool, &err));
	must(pls_resample(&out, model, &fit, x, s, PLS_MEAN, &how, &pool, &err));
	say("pls", reading, since(start), out.index[4].mean, out.index[4].se);
}

static void
ranks(size_t cities, size_t draws)
{
	double *score = pool_array(&pool, cities, sizeof(*score)),
		*se = pool_array(&pool, cities, sizeof(*se));
	struct rank_set *set = pool_array(&pool, cities, sizeof(*set));
	struct rank_peers peers = { cities, score, se, NULL };
	struct rank_options options = { .draws = draws, .top = 10 };
	struct span_s none = { 0, 0 }, start;
	double width = 0;

	/* The same numbers as bench/stats.R makes. */
	for (size_t i = 0; i < cities; i++) {
		score[i] = 70 + 20 * (double)(i * 7919 % cities) / (double)cities;
		se[i] = 0.5 + (double)(i * 31 % 17) / 17;
	}
	start = now();
	must(rank_sets(set, &peers, &options, &err));
	for (size_t i = 0; i < cities; i++)
		width += (double)(set[i].high_simultaneous - set[i].low_simultaneous) /
			(double)cities;
	say("ranks", none, since(start), width, NAN);
}

int
main(int argc, char *argv[])
{
	const char *task = argc > 2 ? argv[1] : "";

	if (strcmp(task, "make") == 0 && argc > 4)
		return make(argv[2], atol(argv[3]), strtoull(argv[4], NULL, 10));
	if (strcmp(task, "bare") == 0)
		bare(argv[2]);
	else if (strcmp(task, "means") == 0)
		means(argv[2], false, false);
	else if (strcmp(task, "domains") == 0)
		means(argv[2], false, true);
	else if (strcmp(task, "raked") == 0)
		means(argv[2], true, false);
	else if (strcmp(task, "raked_domains") == 0)
		means(argv[2], true, true);
	else if (strcmp(task, "replicates") == 0)
		replicates(argv[2]);
	else if (strcmp(task, "bare_replicates") == 0)
		bare_replicates(argv[2]);
	else if (strcmp(task, "make_model") == 0 && argc > 5)
		return make_model(argv[2], argv[3], atol(argv[4]), strtoull(argv[5], NULL, 10));
	else if (strcmp(task, "pls") == 0 && argc > 3)
		path_model(argv[2], strtoul(argv[3], NULL, 10));
	else if (strcmp(task, "ranks") == 0 && argc > 3)
		ranks(strtoul(argv[2], NULL, 10), strtoul(argv[3], NULL, 10));
	else
		return fprintf(stderr,
			"usage: bench_stats TASK FILE, make FILE ROWS SEED, make_model MOBI.csv"
			" FILE ROWS SEED, pls FILE REPLICATES, ranks CITIES DRAWS\n"), 2;
	pool_clear(&pool);
	return 0;
}
