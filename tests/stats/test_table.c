/* Composites and waves joined: labelled estimates with their covariance. */
#include "tests/stats/oracle.h"

#include "stats/fault.h"
#include "stats/sample/sample.h"

enum { ROOM = 400 };

static struct pool pool;
static struct err err;

/* Answers on 0..100 by people of units. */
struct people {
	size_t n;
	int32_t answer[3][ROOM], person[ROOM];
	double weight[ROOM];
	const char *unit[ROOM], *stratum[ROOM], *sector[ROOM];
};

static void
people_add(struct people *p, const char *unit, const char *sector, int32_t answer, int times)
{
	for (int k = 0; k < times; k++, p->n++) {
		p->unit[p->n] = pool_strdup(&pool, unit);
		p->sector[p->n] = sector;
		p->stratum[p->n] = "h";
		p->answer[0][p->n] = answer;
		p->weight[p->n] = 1;
	}
}

static struct table
estimate(const struct people *p, const struct column of[], size_t items, bool clusters, bool by,
	enum interval interval)
{
	struct factor *f = pool_array(&pool, 3, sizeof(*f));
	const struct factor **by_sector = pool_take(&pool, sizeof(*by_sector));
	struct sample_design d = { .n = p->n, .stages = clusters, .weight = p->weight };
	struct sample_ask ask = { .of = of, .ofs = items, .by = by_sector, .bys = by,
		.paired = true, .totals = true, .interval = interval, .df = SAMPLE_DF_DESIGN };
	struct sample *s;
	struct table t;

	factor_make(&f[0], "unit", p->unit, p->n, &pool);
	factor_make(&f[1], "stratum", p->stratum, p->n, &pool);
	factor_make(&f[2], "sector", p->sector, p->n, &pool);
	d.cluster[0] = clusters ? &f[0] : NULL;
	d.stratum[0] = &f[1];
	*by_sector = &f[2];
	if (sample_open(&s, &d, &pool, &err) != 0 ||
			sample_estimate(&t, s, &ask, &pool, &err) != 0)
		fail_msg("%s", err.text);
	return t;
}

static struct column
column_of(const char *name, const int32_t *whole, double zero, double unit)
{
	return (struct column){ .name = name, .whole = whole, .zero = zero, .unit = unit,
		.upper = 100 };
}

/* PSU totals by hand: four PSUs, two sectors, both served by each. */
static void
a_city_index_keeps_the_covariance_of_its_sectors(void **state)
{
	static const int32_t value[4][2] = { { 2, 4 }, { 4, 6 }, { 6, 8 }, { 8, 10 } };
	struct people *p = pool_take(&pool, sizeof(*p));
	double a[] = { 0.5, 0.5 }, b[] = { -1, 1 };
	struct table_row city, difference;
	struct column of;
	struct table table;
	char psu[2] = "a";

	(void)state;
	for (int i = 0; i < 4; i++, psu[0]++) {
		people_add(p, psu, "S01", value[i][0], 10);
		people_add(p, psu, "S02", value[i][1], 10);
	}
	of = column_of("q", p->answer[0], 0, 1);
	table = estimate(p, &of, 1, true, true, INTERVAL_WALD);
	assert_int_equal(table.rows, 2);
	assert_int_equal(table_present(&table, a), 0);
	city = table_combine(&table, a, "city", 100, INTERVAL_DEFAULT, &pool);
	/* z_i = (y_i - mean)/4 with 4/3 of their squares: the PSUs move together. */
	assert_close(city.estimate.value, 6, 1e-15);
	assert_close(city.estimate.se, sqrt(4.0 / 3 * 20 / 16), 1e-14);
	assert_close(city.estimate.n, 80, 0);
	assert_close(city.estimate.df, 3, 0);
	assert_true(city.estimate.low > 0 && city.estimate.high < 100);
	difference = table_combine(&table, b, "difference", NAN, INTERVAL_DEFAULT, &pool);
	assert_close(difference.estimate.value, 2, 1e-14);
	assert_true(difference.estimate.se < 1e-14);
}

/* Element sample: the composite's error needs how items vary together, and then equals that of the
 * person's mean; so in every domain. */
static void
composite_is_mean(bool by)
{
	struct people *p = pool_take(&pool, sizeof(*p));
	struct column of[4];
	struct table table;

	for (size_t i = 0; i < 200; i++) {
		people_add(p, "", i % 5 < 2 ? "S01" : "S02", 0, 1);
		p->answer[0][i] = (int32_t)(i % 10);
		p->answer[1][i] = (int32_t)((i + i / 7) % 10);
		p->answer[2][i] = (int32_t)((i * 3 + i / 11) % 10);
		p->person[i] = p->answer[0][i] + p->answer[1][i] + p->answer[2][i];
		p->stratum[i] = i % 3 == 0 ? "x" : "y";
		p->weight[i] = (double)(1 + i % 4);
	}
	for (size_t k = 0; k < 3; k++)
		of[k] = column_of("pes", p->answer[k], 0, 100. / 9);
	of[3] = column_of("csi", p->person, 0, 100. / 27);
	table = estimate(p, of, 4, false, by, INTERVAL_DEFAULT);
	for (size_t d = 0; d < table.rows / 4; d++) {
		double *a = pool_array(&pool, table.rows, sizeof(*a));
		const struct table_row *person = &table.row[d * 4 + 3];
		struct table_row row;

		for (size_t k = 0; k < 3; k++)
			a[d * 4 + k] = 1.0 / 3;
		row = table_combine(&table, a, "cqi", 100, INTERVAL_DEFAULT, &pool);
		assert_close(row.estimate.value, person->estimate.value, 1e-13);
		assert_close(row.estimate.se, person->estimate.se, 1e-12);
		assert_close(row.estimate.deff, person->estimate.deff, 1e-12);
		assert_close(row.estimate.n, person->estimate.n, 0);
	}
}

static void
a_composite_of_items_equals_the_mean_of_persons(void **state)
{
	(void)state;
	composite_is_mean(false);
	composite_is_mean(true);
}

/* The same blocks asked in two years: their differences are much surer than independence says. */
static void
waves_on_the_same_psus_share_their_noise(void **state)
{
	const double a[] = { -1, 1 };
	struct table year[2], joined;
	const struct table *const part[] = { &year[0], &year[1] };
	struct table_row shared, independent;
	char psu[16];

	(void)state;
	for (int k = 0; k < 2; k++) {
		struct people *p = pool_take(&pool, sizeof(*p));
		struct column of = column_of("q", p->answer[0], 0, 1);

		for (int i = 0; i < 20; i++) {
			snprintf(psu, sizeof(psu), "p%d", i);
			people_add(p, psu, "", 40 + i + k + (i + k) % 2, 5);
		}
		year[k] = estimate(p, &of, 1, true, false, INTERVAL_DEFAULT);
	}
	assert_int_equal(table_join(&joined, part, 2, true, &pool, &err), 0);
	shared = table_combine(&joined, a, "change", NAN, INTERVAL_DEFAULT, &pool);
	assert_int_equal(table_join(&joined, part, 2, false, &pool, &err), 0);
	independent = table_combine(&joined, a, "change", NAN, INTERVAL_DEFAULT, &pool);
	assert_close(shared.estimate.value, 1, 1e-13);
	/* Differences by PSU alternate between 0 and 2: variance 20/19, over 20. */
	assert_close(shared.estimate.se, sqrt(20.0 / 19 / 20), 1e-12);
	assert_true(independent.estimate.se > 5 * shared.estimate.se);
}

static int
teardown(void **state)
{
	(void)state;
	pool_clear(&pool);
	return 0;
}

/* Beyond what a covariance of all rows has room for nothing is tried. */
static void
more_rows_than_there_is_room_for_are_refused(void **state)
{
	(void)state;
	err = (struct err){ 0 };
	assert_int_equal(table_room(TABLE_ROWS_MAX, 1, &err), 0);
	assert_int_equal(table_room(TABLE_ROWS_MAX / 17, 17, &err), 0);
	assert_int_equal(table_room(0, 5, &err), 0);
	assert_int_equal(table_room(5, 0, &err), 0);
	assert_int_equal(table_room(TABLE_ROWS_MAX / 17 + 1, 17, &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "17"));
	assert_int_equal(table_room((size_t)1 << 40, (size_t)1 << 40, NULL), FAULT_INPUT);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(a_city_index_keeps_the_covariance_of_its_sectors, teardown),
	cmocka_unit_test_teardown(a_composite_of_items_equals_the_mean_of_persons, teardown),
	cmocka_unit_test_teardown(waves_on_the_same_psus_share_their_noise, teardown),
	cmocka_unit_test(more_rows_than_there_is_room_for_are_refused),
};

CHECK_MAIN(tests)
