/* Codes are summed exactly: as numbers are, and to the same bit in whatever order. */
#include "tests/stats/oracle.h"

#include "stats/fault.h"
#include "stats/parallel.h"
#include "stats/random.h"
#include "stats/sample/sample.h"
#include "stats/weight/calibrate.h"

enum { N = 900, ITEMS = 4, UNITS = 30, STRATA = 5, AWAY = 2 };

static struct pool pool;
static struct err err;
static const char *const name[UNITS] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10",
	"11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", "24", "25",
	"26", "27", "28", "29" };

/* People, in whatever order they are put. */
struct people {
	uint8_t code[2][N];
	int32_t whole[N];
	double w[N];
	uint32_t unit[N], stratum[N], domain[N], sex[N], age[N];
	bool in[N];
	struct factor unit_f, stratum_f, domain_f, sex_f, age_f;
	struct column of[ITEMS];
};

static int32_t points[COLUMN_CODES], top[COLUMN_CODES];

static void
person_make(struct people *p, size_t i, struct random *r, bool alike)
{
	p->unit[i] = (uint32_t)random_below(r, UNITS);
	p->stratum[i] = p->unit[i] % STRATA;
	p->domain[i] = (uint32_t)random_below(r, 4);
	p->sex[i] = (uint32_t)random_below(r, 2);
	p->age[i] = (uint32_t)random_below(r, 3);
	p->w[i] = alike ? 1 : (double)(250 + random_below(r, 1750)) / 1000;
	p->in[i] = random_below(r, 20) != 0;
	for (size_t k = 0; k < 2; k++)
		p->code[k][i] = random_below(r, 9) == 0 ? 98 : (uint8_t)(1 + random_below(r, 10));
	p->whole[i] = random_below(r, 7) == 0 ? COLUMN_MISSING : (int32_t)random_below(r, 5000);
}

/* Person i of the first stands at place at[i] of the second. */
static void
person_move(struct people *to, const struct people *from, size_t i, size_t at)
{
	to->unit[at] = from->unit[i];
	to->stratum[at] = from->stratum[i];
	to->domain[at] = from->domain[i];
	to->sex[at] = from->sex[i];
	to->age[at] = from->age[i];
	to->w[at] = from->w[i];
	to->in[at] = from->in[i];
	to->code[0][at] = from->code[0][i];
	to->code[1][at] = from->code[1][i];
	to->whole[at] = from->whole[i];
}

static void
people_ready(struct people *p)
{
	p->unit_f = (struct factor){ "unit", N, name, UNITS, p->unit };
	p->stratum_f = (struct factor){ "stratum", N, name, STRATA, p->stratum };
	p->domain_f = (struct factor){ "domain", N, name, 4, p->domain };
	p->sex_f = (struct factor){ "sex", N, name, 2, p->sex };
	p->age_f = (struct factor){ "age", N, name, 3, p->age };
	for (size_t k = 0; k < COLUMN_CODES; k++) {
		points[k] = k >= 1 && k <= 10 ? (int32_t)k - 1 : COLUMN_MISSING;
		top[k] = k >= 1 && k <= 10 ? k >= 8 : COLUMN_MISSING;
	}
	p->of[0] = (struct column){ .name = "a", .code = p->code[0], .part = points,
		.unit = 100. / 9, .upper = 100 };
	p->of[1] = (struct column){ .name = "b", .code = p->code[1], .part = points,
		.unit = 100. / 9, .upper = 100 };
	p->of[2] = (struct column){ .name = "top", .code = p->code[0], .part = top, .unit = 1,
		.upper = 1 };
	p->of[3] = (struct column){ .name = "person", .whole = p->whole, .zero = -3, .unit = 0.01,
		.upper = NAN };
}

static struct people *
people_make(uint64_t seed, bool alike)
{
	struct people *p = pool_take(&pool, sizeof(*p));
	struct random r;

	random_seed(&r, seed);
	for (size_t i = 0; i < N; i++)
		person_make(p, i, &r, alike);
	people_ready(p);
	return p;
}

static struct people *
people_shuffled(const struct people *from)
{
	struct people *p = pool_take(&pool, sizeof(*p));
	size_t at[N], j, k;
	struct random r;

	random_seed(&r, 99);
	for (size_t i = 0; i < N; i++)
		at[i] = i;
	for (size_t i = N; i > 1; i--) {
		j = random_below(&r, i);
		k = at[i - 1];
		at[i - 1] = at[j];
		at[j] = k;
	}
	for (size_t i = 0; i < N; i++)
		person_move(p, from, i, at[i]);
	people_ready(p);
	return p;
}

/* How the sample is opened and asked. */
struct way {
	bool clusters, raked, alike, part, within, paired;
	bool fine;	/* by more domains: too many sums for rows to be added as they stand */
	bool coded;	/* only items of codes */
	enum design_lonely lonely;
};

static struct way
way_of(size_t k)
{
	return (struct way){ k & 1, k & 2, k & 4, k & 8, k & 16, k & 32, k % 5 == 0,
		k % 7 < 4,
		k % 3 == 0 ? DESIGN_FAIL : DESIGN_ADJUST };
}

static struct sample *
sample_of(const struct people *p, const struct way *how)
{
	static const double sexes[] = { 60, 40 }, ages[] = { 20, 30, 50 };
	const struct rake_margin margin[] = { { "sex", name, sexes, 2 }, { "age", name, ages, 3 } };
	const struct factor *const factor[] = { &p->sex_f, &p->age_f };
	struct calibrate_spec spec = { .method = CALIBRATE_RAKE, .margin = margin, .factor = factor,
		.margins = 2, .low = -INFINITY, .high = INFINITY, .cap = NAN };
	struct sample_design d = { .n = N, .stages = how->clusters, .stratum = { &p->stratum_f },
		.cluster = { how->clusters ? &p->unit_f : NULL }, .weight = p->w,
		.in = how->part ? p->in : NULL, .lonely = how->lonely };
	struct rake_report report;
	struct sample *s;

	if (sample_open(&s, &d, &pool, &err) != 0 ||
			(how->raked && sample_calibrate(s, &spec, &report, &err) != 0))
		fail_msg("%s", err.text);
	return s;
}

static struct table
ask_of(const struct people *p, const struct way *how, const struct column of[])
{
	const struct factor *by[] = { &p->domain_f, &p->sex_f, &p->age_f };
	struct sample_ask ask = { .of = of, .ofs = how->coded ? ITEMS - 1 : ITEMS, .by = by,
		.bys = how->fine ? 3 : 1,
		.within = how->within, .paired = how->paired, .totals = true };
	struct table t;

	if (sample_estimate(&t, sample_of(p, how), &ask, &pool, &err) != 0)
		fail_msg("%s", err.text);
	return t;
}

static double
scale_of(const double cov[], const struct table *t, size_t i, size_t j)
{
	return sqrt(cov[i * t->rows + i] * cov[j * t->rows + j]) + 1e-12;
}

static void
assert_agree(const struct table *a, const struct table *b)
{
	assert_int_equal(a->rows, b->rows);
	assert_close(a->df, b->df, 0);
	for (size_t i = 0; i < a->rows; i++) {
		assert_int_equal(a->row[i].span_fault, b->row[i].span_fault);
		assert_close(a->row[i].estimate.value, b->row[i].estimate.value, 1e-13);
		assert_close(a->row[i].estimate.se, b->row[i].estimate.se, 1e-12);
		assert_close(a->row[i].estimate.n, b->row[i].estimate.n, 0);
		assert_close(a->row[i].estimate.df, b->row[i].estimate.df, 0);
		assert_close(a->row[i].estimate.deff, b->row[i].estimate.deff, 1e-11);
		assert_close(a->row[i].kish, b->row[i].kish, 1e-11);
		for (size_t j = 0; j < a->rows; j++) {
			size_t at = i * a->rows + j;

			assert_near(a->cov[at], b->cov[at], 1e-11, scale_of(b->cov, b, i, j));
			assert_near(a->srs[at], b->srs[at], 1e-11, scale_of(b->srs, b, i, j));
		}
	}
}

static void
assert_codes_agree(const struct people *p, const struct way *how)
{
	struct column number[ITEMS];
	struct table exact, plain;

	for (size_t j = 0; j < ITEMS; j++)
		number[j] = column_numbers(&p->of[j], N, &pool);
	exact = ask_of(p, how, p->of);
	plain = ask_of(p, how, number);
	assert_agree(&exact, &plain);
}

static void
codes_are_what_their_numbers_are(void **state)
{
	(void)state;
	for (size_t k = 0; k < 64; k++) {
		struct way how = way_of(k);

		assert_codes_agree(people_make(7 + k, how.alike), &how);
	}
}

static void
no_order_and_no_thread_shows(void **state)
{
	(void)state;
	for (size_t k = 0; k < 64; k++) {
		struct way how = way_of(k);
		struct people *p = people_make(7 + k, how.alike), *q = people_shuffled(p);
		struct table a, b;

		if (!how.clusters)
			continue;
		parallel_threads(1);
		a = ask_of(p, &how, p->of);
		parallel_threads(3);
		b = ask_of(q, &how, q->of);
		for (size_t i = 0; i < a.rows; i++)
			assert_memory_equal(&a.row[i].estimate.value, &b.row[i].estimate.value,
				offsetof(struct estimate, method));
		assert_memory_equal(a.cov, b.cov, a.rows * a.rows * sizeof(*a.cov));
		if (how.within)
			continue;
		assert_memory_equal(a.total, b.total, a.design->psus * a.rows * sizeof(double));
	}
}

static void
who_is_out_still_makes_up_a_unit(void **state)
{
	struct people *p = people_make(3, false);
	struct way how = { .clusters = true, .part = true };
	struct sample *s;

	(void)state;
	for (size_t i = 0; i < N; i++)
		p->in[i] = p->unit[i] >= AWAY;
	s = sample_of(p, &how);
	assert_close(sample_df(s), UNITS - STRATA, 0);
	for (size_t i = 0; i < N; i++)
		assert_true(sample_weights(s)[i] == (p->unit[i] < AWAY ? 0 : p->w[i]));
}

/* Some rows belong to a cluster, the others stand for themselves. */
static void
a_row_without_cluster_is_a_unit(void **state)
{
	struct people *p = people_make(4, false);
	struct sample_design d = { .n = N, .stages = 1, .cluster = { &p->unit_f }, .weight = p->w,
		.stratum = { &p->stratum_f } };
	struct sample_ask ask = { .of = p->of, .ofs = 1, .totals = true };
	struct sample *s;
	struct table t;
	size_t alone = 0;

	(void)state;
	for (size_t i = 0; i < N; i++)
		if (p->unit[i] % 3 == 0) {
			p->unit[i] = FACTOR_NONE;
			alone++;
		}
	assert_int_equal(sample_open(&s, &d, &pool, &err), FAULT_MISSING_DESIGN);
	d.alone = true;
	assert_int_equal(sample_open(&s, &d, &pool, &err), 0);
	assert_int_equal(sample_psus(s)->psus, alone + UNITS * 2 / 3);
	assert_int_equal(sample_estimate(&t, s, &ask, &pool, &err), 0);
	assert_true(t.row[0].estimate.se > 0);
	assert_null(t.total);
}

static void
weights_with_many_decimals_are_exact_too(void **state)
{
	struct people *p = people_make(5, false);
	struct way how = { .clusters = true, .raked = true, .paired = true };

	(void)state;
	for (size_t i = 0; i < N; i++)
		p->w[i] = 1 / (3 + p->w[i]);
	assert_codes_agree(p, &how);
}

/* The largest there are: whole numbers of twenty bits under weights of sixteen. */
static void
large_products_lose_nothing(void **state)
{
	struct people *p = people_make(6, false);
	struct way how = { .clusters = true, .paired = true };

	(void)state;
	for (size_t i = 0; i < N; i++) {
		p->w[i] = i % 3 == 0 ? 65000.25 - (double)(i % 7) : 1 + 0.001 * (double)i;
		p->whole[i] = i % 2 == 0 ? (1 << 19) - 1 : (int32_t)i - (1 << 19) + 1;
	}
	assert_codes_agree(p, &how);
}

/* Weights too far apart, or too near nothing, to be whole numbers of one size. */
static void
weights_far_apart_are_weights_still(void **state)
{
	static const double far[] = { 1e6, 1e9, 1e12, 1e18, 1e250, 1e-250, 1e-300 };

	(void)state;
	for (size_t k = 0; k < sizeof(far) / sizeof(far[0]); k++) {
		struct people *p = people_make(8, false);
		struct way how = { .clusters = true, .raked = k < 4 };

		for (size_t i = 0; i < N; i++)
			p->w[i] *= k < 5 && p->domain[i] != 0 ? 1 : far[k];
		assert_codes_agree(p, &how);
	}
}

/* More of them in one place than are added at once, all of one answer and the largest weight. */
static void
a_place_may_be_full(void **state)
{
	struct people *p = people_make(9, false);
	struct way how = { .clusters = true, .paired = true };

	(void)state;
	for (size_t i = 0; i < N; i++) {
		p->unit[i] = i % 2;
		p->stratum[i] = 0;
		p->domain[i] = i % 4 / 2;
		p->code[0][i] = i % (7 + i % 2) == 0 ? 9 : 10;
		p->w[i] = 1.9999;
	}
	assert_codes_agree(p, &how);
}

/* The answers of a domain are far from all others and near each other: what is common to them does
 * not use up the digits. */
static void
a_domain_far_from_the_others_keeps_its_digits(void **state)
{
	struct people *p = people_make(10, false), *q = people_make(10, false);
	struct way how = { .clusters = true, .paired = true };
	struct table far, near;

	(void)state;
	for (size_t i = 0; i < N; i++) {
		q->whole[i] = (int32_t)(i % 4);
		p->whole[i] = q->whole[i] + (p->domain[i] == 3 ? 500000 : 0);
	}
	far = ask_of(p, &how, p->of);
	near = ask_of(q, &how, q->of);
	for (size_t i = 0; i < far.rows; i++) {
		assert_close(far.row[i].estimate.se, near.row[i].estimate.se, 1e-9);
		assert_close(far.row[i].estimate.deff, near.row[i].estimate.deff, 1e-9);
	}
}

/* Beyond, they are summed as numbers. */
static void
larger_numbers_are_numbers(void **state)
{
	struct people *p = people_make(6, false);
	struct way how = { .clusters = true };
	struct column number[ITEMS];
	struct table a, b;

	(void)state;
	for (size_t i = 0; i < N; i++)
		p->whole[i] = i % 2 == 0 ? 2000000000 : (int32_t)i - 2000000000;
	for (size_t j = 0; j < ITEMS; j++)
		number[j] = column_numbers(&p->of[j], N, &pool);
	a = ask_of(p, &how, p->of);
	b = ask_of(p, &how, number);
	for (size_t i = 0; i < a.rows; i++)
		assert_true(a.row[i].estimate.value == b.row[i].estimate.value);
}

/* Codes 1 to 10 on scales that leave some out, and numbers that are not whole. */
static void
points_of_codes_are_those_of_their_numbers(void **state)
{
	static const double scale[][2] = { { 1, 10 }, { 3, 8 }, { -2, 7.5 }, { 0.5, 10 } };
	struct people *p = people_make(11, false);
	int32_t one[COLUMN_CODES];
	struct column of[2];

	(void)state;
	for (size_t k = 0; k < COLUMN_CODES; k++)
		one[k] = k >= 1 && k <= 10 ? (int32_t)k : COLUMN_MISSING;
	of[0] = (struct column){ .name = "q", .code = p->code[0], .part = one, .unit = 1,
		.upper = NAN };
	of[1] = p->of[3];
	for (size_t k = 0; k < 8; k++) {
		const double *ends = scale[k / 2];
		struct column number = column_numbers(&of[k % 2], N, &pool),
			coded = column_points(&of[k % 2], N, ends[0], ends[1], &pool),
			plain = column_points(&number, N, ends[0], ends[1], &pool);

		assert_true(coded.x == NULL && coded.upper == 100);
		for (size_t i = 0; i < N; i++)
			assert_close(column_at(&coded, i), plain.x[i], 1e-13);
	}
	for (size_t k = 1; k <= 10; k++)
		p->code[0][k] = (uint8_t)k;
	of[0] = column_points(&of[0], N, 1, 10, &pool);
	assert_true(column_at(&of[0], 1) == 0 && column_at(&of[0], 10) == 100);
}

static int
teardown(void **state)
{
	(void)state;
	parallel_threads(0);
	pool_clear(&pool);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(codes_are_what_their_numbers_are, teardown),
	cmocka_unit_test_teardown(no_order_and_no_thread_shows, teardown),
	cmocka_unit_test_teardown(who_is_out_still_makes_up_a_unit, teardown),
	cmocka_unit_test_teardown(a_row_without_cluster_is_a_unit, teardown),
	cmocka_unit_test_teardown(weights_with_many_decimals_are_exact_too, teardown),
	cmocka_unit_test_teardown(large_products_lose_nothing, teardown),
	cmocka_unit_test_teardown(weights_far_apart_are_weights_still, teardown),
	cmocka_unit_test_teardown(a_place_may_be_full, teardown),
	cmocka_unit_test_teardown(a_domain_far_from_the_others_keeps_its_digits, teardown),
	cmocka_unit_test_teardown(larger_numbers_are_numbers, teardown),
	cmocka_unit_test_teardown(points_of_codes_are_those_of_their_numbers, teardown),
};

CHECK_MAIN(tests)
