/* The quick pass over columns gives what the slow one over rows gives, on any number of threads. */
#include "tests/stats/oracle.h"

#include "stats/fault.h"
#include "stats/parallel.h"
#include "stats/random.h"
#include "stats/sample/sums.h"
#include "stats/weight/calibrate.h"

enum { N = 6000, ITEMS = 4, UNITS = 60, STRATA = 7 };

static struct pool pool;
static struct err err;
static double x[ITEMS][N], w[N], fpc[N];
static uint32_t unit[N], stratum[N], domain[N], sex[N], age[N];
static struct factor unit_f, stratum_f, domain_f, sex_f, age_f;
static const char *const name[UNITS] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10",
	"11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", "24", "25",
	"26", "27", "28", "29", "30", "31", "32", "33", "34", "35", "36", "37", "38", "39", "40",
	"41", "42", "43", "44", "45", "46", "47", "48", "49",
	"50", "51", "52", "53", "54", "55", "56", "57", "58", "59" };

/* Rows in no order; item 1 has gaps, 2 lies far from nought, 3 is alike in
 * domain 4, which is rare. */
static int
setup(void **state)
{
	struct random r;

	(void)state;
	memset(&err, 0, sizeof(err));
	random_seed(&r, 5);
	for (size_t i = 0; i < N; i++) {
		unit[i] = random_below(&r, UNITS);
		stratum[i] = unit[i] % STRATA;
		domain[i] = random_below(&r, 40) == 0 ? 4 : random_below(&r, 4);
		sex[i] = random_below(&r, 2);
		age[i] = random_below(&r, 3);
		w[i] = random_below(&r, 50) == 0 ? 0 : 0.5 + random_uniform(&r);
		fpc[i] = 40;
		x[0][i] = random_normal(&r) + 0.2 * (double)(unit[i] % 9) + 0.5 * (double)sex[i];
		x[1][i] = random_below(&r, 5) == 0 ? NAN : (double)random_below(&r, 10);
		x[2][i] = 1e9 + (double)random_below(&r, 2);
		x[3][i] = domain[i] == 4 ? 6 : (double)random_below(&r, 2);
	}
	unit_f = (struct factor){ "unit", N, name, UNITS, unit };
	stratum_f = (struct factor){ "stratum", N, name, STRATA, stratum };
	domain_f = (struct factor){ "domain", N, name, 5, domain };
	sex_f = (struct factor){ "sex", N, name, 2, sex };
	age_f = (struct factor){ "age", N, name, 3, age };
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	sums_least(4096);
	parallel_threads(0);
	pool_clear(&pool);
	return 0;
}

static struct sample *
sample_of(enum design_lonely lonely, bool finite, bool raked)
{
	static const double sexes[] = { 60, 40 }, ages[] = { 20, 30, 50 };
	const struct rake_margin margin[] = { { "sex", name, sexes, 2 }, { "age", name, ages, 3 } };
	const struct factor *const factor[] = { &sex_f, &age_f };
	struct calibrate_spec spec = { .method = CALIBRATE_RAKE, .margin = margin, .factor = factor,
		.margins = 2, .low = -INFINITY, .high = INFINITY, .cap = NAN };
	struct sample_design d = { .n = N, .stages = 1, .cluster = { &unit_f },
		.stratum = { &stratum_f }, .fpc = { finite ? fpc : NULL }, .weight = w,
		.lonely = lonely };
	struct rake_report report;
	struct sample *s;

	if (sample_open(&s, &d, &pool, &err) != 0 ||
			(raked && sample_calibrate(s, &spec, &report, &err) != 0))
		fail_msg("%s", err.text);
	return s;
}

static struct table
by_domain(const struct sample *s, enum sample_statistic statistic, bool within, size_t least)
{
	static struct column of[ITEMS];
	static const struct factor *const by[] = { &domain_f };
	struct sample_ask ask = { .statistic = statistic, .of = of, .ofs = ITEMS, .by = by,
		.bys = 1, .within = within };
	struct table t;

	for (size_t j = 0; j < ITEMS; j++)
		of[j] = (struct column){ .name = name[j], .x = x[j], .upper = NAN };
	sums_least(least);
	if (sample_estimate(&t, s, &ask, &pool, &err) != 0)
		fail_msg("%s", err.text);
	return t;
}

static void
assert_same(const struct table *a, const struct table *b)
{
	assert_int_equal(a->rows, b->rows);
	for (size_t i = 0; i < a->rows; i++) {
		const struct estimate *e = &a->row[i].estimate, *f = &b->row[i].estimate;

		assert_int_equal(a->row[i].fault, b->row[i].fault);
		assert_int_equal(a->row[i].span_fault, b->row[i].span_fault);
		if (a->row[i].fault != 0)
			continue;
		assert_close(e->value, f->value, 1e-13);
		assert_close(e->se, f->se, 1e-10);
		assert_close(e->n, f->n, 0);
		/* Row by row a total of 1e9 + {0, 1} has no digits left for its spread. */
		if (f->deff < 1e9) {
			assert_close(e->n_eff, f->n_eff, 1e-9);
			assert_close(e->deff, f->deff, 1e-9);
		}
		for (size_t j = 0; j < a->rows; j++)
			assert_near(a->cov[i * a->rows + j], b->cov[i * a->rows + j], 1e-9,
				sqrt(b->cov[i * a->rows + i] * b->cov[j * a->rows + j]) + 1e-6);
	}
}

static void
the_quick_pass_gives_the_slow_ones_numbers(void **state)
{
	static const enum design_lonely lonely[] = { DESIGN_FAIL, DESIGN_ADJUST, DESIGN_AVERAGE };

	(void)state;
	for (size_t k = 0; k < 24; k++) {
		struct sample *s = sample_of(lonely[k % 3], k / 3 % 2 != 0, k / 6 % 2 != 0);
		struct table quick = by_domain(s, SAMPLE_MEAN, k / 12 != 0, 1),
			slow = by_domain(s, SAMPLE_MEAN, k / 12 != 0, N + 1);

		assert_same(&quick, &slow);
	}
}

static void
totals_are_the_same_too(void **state)
{
	struct sample *s;
	struct table quick, slow;

	(void)state;
	for (int raked = 0; raked < 2; raked++) {
		s = sample_of(DESIGN_FAIL, false, raked);
		quick = by_domain(s, SAMPLE_TOTAL, false, 1);
		slow = by_domain(s, SAMPLE_TOTAL, false, N + 1);
		assert_same(&quick, &slow);
	}
}

static void
a_lonely_domain_and_alike_answers_are_seen(void **state)
{
	struct sample *s;
	struct table quick, slow;

	(void)state;
	for (size_t i = 0; i < N; i++)
		if (domain[i] == 4 && unit[i] != 8)
			domain[i] = 3;
	s = sample_of(DESIGN_CERTAINTY, false, false);
	quick = by_domain(s, SAMPLE_MEAN, false, 1);
	assert_int_equal(quick.row[4 * ITEMS + 3].span_fault, FAULT_ALIKE);
	s = sample_of(DESIGN_FAIL, false, false);
	quick = by_domain(s, SAMPLE_MEAN, false, 1);
	slow = by_domain(s, SAMPLE_MEAN, false, N + 1);
	assert_int_equal(quick.row[4 * ITEMS].span_fault, FAULT_LONELY_DOMAIN);
	assert_string_equal(quick.row[4 * ITEMS].err->text, slow.row[4 * ITEMS].err->text);
	assert_same(&quick, &slow);
}

static void
threads_change_no_bit(void **state)
{
	struct sample *s = sample_of(DESIGN_FAIL, false, true);
	struct table one, many;

	(void)state;
	parallel_threads(1);
	one = by_domain(s, SAMPLE_MEAN, false, 1);
	parallel_threads(5);
	many = by_domain(s, SAMPLE_MEAN, false, 1);
	for (size_t i = 0; i < one.rows; i++) {
		assert_memory_equal(&one.row[i].estimate.value, &many.row[i].estimate.value,
			sizeof(double));
		assert_memory_equal(&one.row[i].estimate.se, &many.row[i].estimate.se,
			sizeof(double));
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_setup_teardown(the_quick_pass_gives_the_slow_ones_numbers,
		setup, teardown),
	cmocka_unit_test_setup_teardown(totals_are_the_same_too, setup, teardown),
	cmocka_unit_test_setup_teardown(a_lonely_domain_and_alike_answers_are_seen,
		setup, teardown),
	cmocka_unit_test_setup_teardown(threads_change_no_bit, setup, teardown),
};

CHECK_MAIN(tests)
