/* How sure a path model is: one path between two items is a correlation, and its
 * replicates are by hand. */
#include "tests/support/check.h"

#include "stats/fault.h"
#include "stats/path/boot.h"

enum { N = 8 };

static struct pool pool;
static struct err err;
static const double answer[N][2] = { { 1, 2 }, { 3, 3 }, { 4, 7 }, { 6, 5 }, { 7, 8 }, { 9, 6 },
	{ 10, 10 }, { 5, 4 } };
static const char *const block[] = { "Cause", "Effect" }, *const item[] = { "a", "b" };
static const size_t of[] = { 0, 1 };
static const bool way[] = { false, true, false, false };
static const struct pls_model model = { .block = block, .blocks = 2, .item = item, .items = 2,
	.of = of, .path = way, .low = 1, .high = 10 };

static int
clear(void **state)
{
	(void)state;
	err = (struct err){ 0 };
	pool_clear(&pool);
	return 0;
}

/* Of answers that stand count[i] times. */
static double
correlation(const double count[])
{
	double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;

	for (size_t i = 0; i < N; i++)
		n += count[i], x += count[i] * answer[i][0], y += count[i] * answer[i][1];
	for (size_t i = 0; i < N; i++) {
		double a = answer[i][0] - x / n, b = answer[i][1] - y / n;

		xx += count[i] * a * a, yy += count[i] * b * b, xy += count[i] * a * b;
	}
	return xy / sqrt(xx * yy);
}

static struct pls_fit
fitted(void)
{
	struct pls_moments m;
	struct pls_fit f;

	if (pls_moments(&m, answer[0], N, &model, NULL, PLS_MEAN, &pool, &err) != 0 ||
			pls_fit(&f, &model, &m, &pool, &err) != 0)
		fail_msg("%s", err.text);
	return f;
}

static struct sample *
simple(const struct sample_design *d)
{
	struct sample *s;

	if (sample_open(&s, d, &pool, &err) != 0)
		fail_msg("%s", err.text);
	return s;
}

/* Leave out one of each of eight: (n - 1) / n times the squares about their mean. */
static void
a_jackknife_leaves_out_each_in_turn(void **state)
{
	struct pls_fit f = fitted();
	struct pls_replicates out;
	double r[N], mean = 0, square = 0;

	(void)state;
	for (size_t i = 0; i < N; i++) {
		double count[N];

		for (size_t k = 0; k < N; k++)
			count[k] = k != i;
		r[i] = correlation(count);
		mean += r[i] / N;
	}
	for (size_t i = 0; i < N; i++)
		square += (r[i] - mean) * (r[i] - mean);
	assert_int_equal(pls_resample(&out, &model, &f, answer[0],
		simple(&(struct sample_design){ .n = N }), PLS_MEAN,
		&(struct pls_resample){ .way = PLS_JACKKNIFE }, &pool, &err), 0);
	assert_int_equal(out.replicates, N);
	assert_close(out.df, N - 1, 0);
	assert_close(out.path[1].mean, mean, 1e-12);
	assert_close(out.path[1].se, sqrt((N - 1.0) / N * square), 1e-10);
	assert_true(out.path[2].se == 0 && out.path[2].mean == 0);	/* there is no way back */
	assert_close(out.r2[1].mean, (r[0] * r[0] + r[1] * r[1] + r[2] * r[2] + r[3] * r[3] +
		r[4] * r[4] + r[5] * r[5] + r[6] * r[6] + r[7] * r[7]) / N, 1e-12);
}

static int
rising(const void *a, const void *b)
{
	return (*(const double *)a > *(const double *)b) -
		(*(const double *)a < *(const double *)b);
}

/* Stored draws: the standard deviation of the replicates, and percentiles of type 7 between
 * their sorted values. */
static void
stored_draws_give_the_replicates_by_hand(void **state)
{
	enum { R = 5 };
	static const uint32_t draw[R * N] = { 0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 2, 2, 4, 4, 6, 6, 1, 1,
		3, 3, 5, 5, 7, 7, 0, 1, 1, 2, 3, 5, 6, 6, 7, 6, 5, 4, 4, 2, 2, 0 };
	struct pls_fit f = fitted();
	struct pls_replicates out;
	double r[R], mean = 0, square = 0;

	(void)state;
	for (size_t i = 0; i < R; i++) {
		double count[N] = { 0 };

		for (size_t k = 0; k < N; k++)
			count[draw[i * N + k]]++;
		r[i] = correlation(count);
		mean += r[i] / R;
	}
	for (size_t i = 0; i < R; i++)
		square += (r[i] - mean) * (r[i] - mean);
	qsort(r, R, sizeof(r[0]), rising);
	assert_int_equal(pls_resample(&out, &model, &f, answer[0],
		simple(&(struct sample_design){ .n = N }), PLS_MEAN, &(struct pls_resample){
			.replicates = R, .draw = draw, .draws = N, .level = 0.9 }, &pool, &err), 0);
	assert_close(out.path[1].mean, mean, 1e-12);
	assert_close(out.path[1].se, sqrt(square / (R - 1)), 1e-11);
	/* 0.05 of four steps */
	assert_close(out.path[1].low, r[0] + 0.2 * (r[1] - r[0]), 1e-12);
	assert_close(out.path[1].high, r[3] + 0.8 * (r[4] - r[3]), 1e-12);
	assert_int_equal(out.constant + out.unsolved + out.unconverged, 0);
}

static void
a_seed_gives_the_same_on_any_number_of_threads(void **state)
{
	struct pls_fit f = fitted();
	struct sample *s = simple(&(struct sample_design){ .n = N });
	struct pls_resample how = { .replicates = 200, .seed = 7, .threads = 1 };
	struct pls_replicates one, three, other;

	(void)state;
	assert_int_equal(pls_resample(&one, &model, &f, answer[0], s, PLS_MEAN, &how, &pool, &err),
		0);
	how.threads = 3;
	assert_int_equal(pls_resample(&three, &model, &f, answer[0], s, PLS_MEAN, &how,
		&pool, &err), 0);
	assert_memory_equal(&one.path[1], &three.path[1], sizeof(one.path[1]));
	how.seed = 8;
	assert_int_equal(pls_resample(&other, &model, &f, answer[0], s, PLS_MEAN, &how,
		&pool, &err), 0);
	assert_true(one.path[1].se != other.path[1].se);
}

/* Of single items: points 100 (x - 1) / 9, their mean, and the error of a mean. */
static void
an_index_is_a_mean_of_points_with_its_error(void **state)
{
	struct pls_fit f = fitted();
	struct pls_moments m;
	double standard[N * 2], index[N * 2], mean = 0, square = 0;
	struct table t;

	(void)state;
	assert_int_equal(pls_moments(&m, answer[0], N, &model, NULL, PLS_MEAN, &pool, &err), 0);
	pls_scores(standard, index, &model, &f, &m, answer[0], N, PLS_MEAN);
	for (size_t i = 0; i < N; i++) {
		assert_close(index[i * 2], 100 * (answer[i][0] - 1) / 9, 1e-13);
		mean += index[i * 2] / N;
	}
	for (size_t i = 0; i < N; i++)
		square += (index[i * 2] - mean) * (index[i * 2] - mean);
	assert_int_equal(pls_index(&t, &model, &f, &m, answer[0],
		simple(&(struct sample_design){ .n = N }), PLS_MEAN, 0, &pool, &err), 0);
	assert_int_equal(t.rows, 2);
	assert_string_equal(t.row[0].of, "Cause");
	assert_close(t.row[0].estimate.value, mean, 1e-12);
	assert_close(t.row[0].estimate.value, f.index[0], 1e-12);
	assert_close(t.row[0].estimate.se, sqrt(square / (N - 1) / N), 1e-11);
	assert_close(t.row[0].estimate.n, N, 0);
}

static void
what_cannot_be_resampled_is_named(void **state)
{
	static const uint32_t beyond[] = { 0, 1, 2, 3, 4, 5, 6, N, 0, 1, 2, 3, 4, 5, 6, 7 };
	static const char *const stratum[] = { "n", "n", "n", "n", "n", "n", "n", "isle" };
	struct pls_fit f = fitted();
	struct pls_replicates out;
	struct factor strata;

	(void)state;
	assert_int_equal(pls_resample(&out, &model, &f, answer[0],
		simple(&(struct sample_design){ .n = N }), PLS_MEAN, &(struct pls_resample){
			.replicates = 2, .draw = beyond, .draws = N }, &pool, &err), FAULT_INPUT);
	err = (struct err){ 0 };
	factor_make(&strata, "stratum", stratum, N, &pool);
	assert_int_equal(pls_resample(&out, &model, &f, answer[0],
		simple(&(struct sample_design){ .n = N, .stratum = { &strata } }), PLS_MEAN,
		&(struct pls_resample){ .way = PLS_JACKKNIFE }, &pool, &err), FAULT_LONELY_PSU);
	assert_non_null(strstr(err.text, "isle"));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(a_jackknife_leaves_out_each_in_turn, clear),
	cmocka_unit_test_teardown(stored_draws_give_the_replicates_by_hand, clear),
	cmocka_unit_test_teardown(a_seed_gives_the_same_on_any_number_of_threads, clear),
	cmocka_unit_test_teardown(an_index_is_a_mean_of_points_with_its_error, clear),
	cmocka_unit_test_teardown(what_cannot_be_resampled_is_named, clear),
};

CHECK_MAIN(tests)
