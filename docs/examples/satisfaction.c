/*
 * How satisfied are the customers, and did it rise?  Two years of answers, drawn as clusters within
 * strata.
 *
 *     cc satisfaction.c $(pkg-config --cflags --libs manyi-stats) && ./a.out
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <manyi-stats.h>

enum { N = 48 };

/* A questionnaire's answers on 1..10 (98 would be "don't know"), made by a rule so that
 * the example is short. */
static double answer[N];
static const char *stratum[N], *cluster[N], *sex[N], *year[N];
static double weight[N];

static void
fill(void)
{
	static const char *const name[12] = { "a1", "a2", "a3", "a4", "a5", "a6", "b1", "b2", "b3",
		"b4", "b5", "b6" };

	for (size_t i = 0; i < N; i++) {
		answer[i] = 5 + (double)((i * 7 + i / 5) % 6) - (i % 11 == 3) + (i >= N / 2);
		cluster[i] = name[i / 2 % 12];
		stratum[i] = i / 2 % 12 < 6 ? "town" : "village";
		weight[i] = i / 2 % 12 < 6 ? 100 : 60;
		sex[i] = i % 3 == 0 ? "m" : "f";
		year[i] = i < N / 2 ? "2023" : "2024";
	}
	answer[17] = NAN;
}

static void
stop(const struct manyi_error *error)
{
	fprintf(stderr, "%s: %s\n", manyi_fault_word(error->fault), error->text);
	exit(1);
}

static void
print(const char *what, const struct manyi_estimate *e)
{
	printf("%s %.10g %.10g %.10g %.10g %.10g %g\n", what, e->value, e->se, e->low,
		e->high, e->df, e->n);
}

static void
print_table(const struct manyi_table *table)
{
	for (size_t i = 0; i < manyi_table_rows(table); i++) {
		struct manyi_row row = manyi_table_row(table, i);

		if (row.fault != 0)
			printf("%s: %s\n", row.of, row.why);
		else
			print(row.by != NULL ? row.by[0] : row.of, &row.estimate);
	}
}

/* The answers as a sample: clusters within strata, weighed so that women and men are
 * as many as live there. */
static struct manyi_sample *
open_sample(void)
{
	static const char *const categories[] = { "f", "m" };
	static const double people[] = { 2100, 1900 };
	struct manyi_design design = { 0 };
	struct manyi_margin margin = { "sex", sex, categories, people, 2 };
	struct manyi_calibration calibration = { 0 };
	struct manyi_sample *sample;
	struct manyi_error error;

	design.n = N;
	design.stages = 1;
	design.cluster[0] = cluster;
	design.stratum[0] = stratum;
	design.weight = weight;
	if (manyi_sample_open(&sample, &design, &error) != 0)
		stop(&error);
	calibration.method = MANYI_RAKE;
	calibration.margin = &margin;
	calibration.margins = 1;
	if (manyi_sample_calibrate(sample, &calibration, NULL, &error) != 0)
		stop(&error);
	return sample;
}

/* The share of nines and tens, and the index on 0..100. */
static void
print_level(struct manyi_sample *sample, const struct manyi_item satisfied[2])
{
	struct manyi_ask ask = { 0 };
	struct manyi_table *table;
	struct manyi_error error;

	ask.of = satisfied;
	ask.ofs = 2;
	if (manyi_sample_estimate(&table, sample, &ask, &error) != 0)
		stop(&error);
	print_table(table);
	manyi_table_free(table);
}

/* Years are domains of one design: the same clusters served both, so they are correlated. */
static void
print_change(struct manyi_sample *sample, const struct manyi_item *index)
{
	static const double later_less_earlier[] = { -1, 1 };
	struct manyi_group by = { "year", year };
	struct manyi_ask ask = { 0 };
	struct manyi_table *table;
	struct manyi_estimate change;
	struct manyi_error error;

	ask.of = index;
	ask.ofs = 1;
	ask.by = &by;
	ask.bys = 1;
	ask.df = MANYI_DF_DESIGN;
	if (manyi_sample_estimate(&table, sample, &ask, &error) != 0 ||
			manyi_table_combine(&change, table, later_less_earlier, NAN, &error) != 0)
		stop(&error);
	print_table(table);
	print("change", &change);
	manyi_table_free(table);
}

int
main(void)
{
	static const double high_scores[] = { 9, 10 };
	struct manyi_item satisfied[2] = { { 0 } };
	struct manyi_sample *sample;

	manyi_init();
	manyi_language("en");
	fill();
	sample = open_sample();

	satisfied[0].name = "share";
	satisfied[0].x = answer;
	satisfied[0].scale = MANYI_SHARE;
	satisfied[0].is = high_scores;
	satisfied[0].iss = 2;
	satisfied[1].name = "index";
	satisfied[1].x = answer;
	satisfied[1].scale = MANYI_POINTS;
	satisfied[1].low = 1;
	satisfied[1].high = 10;
	print_level(sample, satisfied);
	print_change(sample, &satisfied[1]);
	manyi_sample_free(sample);
	return 0;
}
