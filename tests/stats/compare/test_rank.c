/* Confidence sets for ranks against R's csranks, from stored draws. */
#include "tests/stats/oracle.h"

#include "stats/compare/rank.h"
#include "stats/fault.h"
#include "stats/random.h"
#include "stats/stats.h"

static struct pool pool;

static int
teardown(void **state)
{
	(void)state;
	pool_clear(&pool);
	return 0;
}

static double *
numbers(const json_t *list)
{
	double *x = pool_array(&pool, json_array_size(list) + 1, sizeof(*x));

	for (size_t i = 0; i < json_array_size(list); i++)
		x[i] = oracle_value(json_array_get(list, i));
	return x;
}

/* Stored draws, row by row. */
static double *
draws_load(size_t *draws)
{
	struct csv csv;
	double *z;

	oracle_csv(&csv, "tests/reference/ranks/draws_2000x12_stdnormal.csv", &pool);
	z = pool_array(&pool, csv.rows * csv.columns, sizeof(*z));
	for (size_t i = 0; i < csv.rows * csv.columns; i++)
		z[i] = strtod(csv.cell[i], NULL);
	*draws = csv.rows;
	return z;
}

static void
check_case(const json_t *want, const struct rank_peers *peers, const struct rank_options *o,
	bool simultaneous)
{
	struct rank_set set[16];
	struct err err = { 0 };

	assert_int_equal(rank_sets(set, peers, o, &err), 0);
	for (size_t i = 0; i < peers->n; i++) {
		assert_int_equal(set[i].rank, (size_t)oracle_nth(want, "rank", i));
		assert_int_equal(simultaneous ? set[i].low_simultaneous : set[i].low,
			(size_t)oracle_nth(want, "L", i));
		assert_int_equal(simultaneous ? set[i].high_simultaneous : set[i].high,
			(size_t)oracle_nth(want, "U", i));
	}
}

static void
given_draws_give_exactly_csranks_sets(void **state)
{
	static const char *const side[] = { "two-sided", "lower", "upper" };
	static const enum rank_side sides[] = { RANK_BOTH, RANK_LOW, RANK_HIGH };
	json_t *json = oracle_load("tests/reference/ranks/given_draws.json");
	struct rank_peers peers = { 12, numbers(oracle_at(json, "x")),
		numbers(oracle_at(json, "se")), NULL };
	struct rank_options o = { .draws = 0 };
	struct rank_set set[12];
	struct err err = { 0 };
	char key[64];

	(void)state;
	o.given = draws_load(&o.draws);
	for (size_t i = 0; i < 3; i++)
		for (size_t k = 0; k < 4; k++) {
			o.side = sides[i];
			o.single = k & 1;
			snprintf(key, sizeof(key), "res/%s_%s_%s", side[i],
				k & 2 ? "marg" : "simul", k & 1 ? "single" : "stepdown");
			check_case(oracle_at(json, key), &peers, &o, !(k & 2));
		}
	o.side = RANK_LOW;
	o.single = false;
	assert_int_equal(rank_sets(set, &peers, &o, &err), 0);
	for (size_t i = 0; i < 12; i++) {
		assert_int_equal(set[i].low_simultaneous <= 1,
			json_is_true(json_array_get(oracle_at(json, "res/tau_best/1"), i)));
		assert_int_equal(set[i].low_simultaneous <= 5,
			json_is_true(json_array_get(oracle_at(json, "res/tau_best/5"), i)));
		assert_int_equal(set[i].low_simultaneous <= 10,
			json_is_true(json_array_get(oracle_at(json, "res/tau_best/10"), i)));
	}
	o.side = RANK_HIGH;
	assert_int_equal(rank_sets(set, &peers, &o, &err), 0);
	for (size_t i = 0; i < 12; i++)
		assert_int_equal(set[i].high_simultaneous > 12 - 5,
			json_is_true(json_array_get(oracle_at(json, "res/tau_worst5"), i)));
	json_decref(json);
}

/* A diagonal covariance matrix is the same as standard errors. */
static void
a_covariance_matrix_is_taken_too(void **state)
{
	json_t *json = oracle_load("tests/reference/ranks/given_draws.json");
	double *se = numbers(oracle_at(json, "se")), cov[144] = { 0 };
	struct rank_peers peers = { 12, numbers(oracle_at(json, "x")), NULL, cov };
	struct rank_options o = { .draws = 0 };

	(void)state;
	for (size_t i = 0; i < 12; i++)
		cov[13 * i] = se[i] * se[i];
	o.given = draws_load(&o.draws);
	check_case(oracle_at(json, "res/two-sided_simul_stepdown"), &peers, &o, true);
	check_case(oracle_at(json, "res/two-sided_marg_stepdown"), &peers, &o, false);
	cov[1] = cov[12] = 10;
	assert_int_equal(
		rank_sets(pool_array(&pool, 12, sizeof(struct rank_set)), &peers, &o, NULL),
		FAULT_NUMERIC);
	json_decref(json);
}

static void
the_same_seed_gives_the_same_sets(void **state)
{
	static const double score[] = { 80, 79, 78.5, 70, 60 }, se[] = { 1, 1, 1, 1, 1 };
	struct rank_peers peers = { 5, score, se, NULL };
	struct rank_options o = { .top = 2 };
	struct rank_set a[5], b[5];

	(void)state;
	assert_int_equal(rank_sets(a, &peers, &o, NULL), 0);
	assert_int_equal(rank_sets(b, &peers, &o, NULL), 0);
	assert_memory_equal(a, b, sizeof(a));
	assert_int_equal(a[4].low, 5);
	assert_int_equal(a[4].high, 5);
	assert_int_equal(a[0].low, 1);
	assert_int_equal(a[0].high, 3);
	assert_true(a[0].p_top > a[1].p_top && a[1].p_top > a[2].p_top);
	assert_near(a[0].p_top + a[1].p_top + a[2].p_top + a[3].p_top + a[4].p_top, 2, 1e-9, 1);
}

/* Two peers: P(first is best) = Phi(difference / se), within the noise of the draws. */
static void
the_chance_of_two_is_normal(void **state)
{
	static const double score[] = { 81, 80 }, se[] = { 1, 1 };
	struct rank_peers peers = { 2, score, se, NULL };
	struct rank_options o = { .top = 1, .draws = 100000 };
	struct rank_set set[2];

	(void)state;
	assert_int_equal(rank_sets(set, &peers, &o, NULL), 0);
	assert_near(set[0].p_top, 0.5 * erfc(-1 / sqrt(2) / sqrt(2)), 0.006, 1);
}

static void
without_error_the_scores_decide(void **state)
{
	static const double score[] = { 3, 1, 2, 2 }, se[] = { 0, 0, 0, 0 };
	struct rank_peers peers = { 4, score, se, NULL };
	struct rank_options o = { .draws = 100 };
	struct rank_set set[4];

	(void)state;
	assert_int_equal(rank_sets(set, &peers, &o, NULL), 0);
	assert_int_equal(set[0].low, 1);
	assert_int_equal(set[0].high, 1);
	assert_int_equal(set[1].low, 4);
	assert_int_equal(set[2].rank, 2);
	assert_int_equal(set[2].low, 2);
	assert_int_equal(set[2].high, 3);
	assert_true(isnan(set[0].p_top));
}

static void
one_peer_is_first_and_nobody_is_refused(void **state)
{
	static const double score[] = { 3, NAN }, se[] = { 1, 1 };
	struct rank_peers peers = { 1, score, se, NULL };
	struct rank_options o = { .draws = 100 };
	struct rank_set set[2];
	struct err err = { 0 };

	(void)state;
	assert_int_equal(rank_sets(set, &peers, &o, NULL), 0);
	assert_int_equal(set[0].low, 1);
	assert_int_equal(set[0].high, 1);
	peers.n = 2;
	assert_int_equal(rank_sets(set, &peers, &o, &err), FAULT_INPUT);
	assert_non_null(strstr(err.text, "2"));
	peers.n = 0;
	assert_int_equal(rank_sets(set, &peers, &o, NULL), FAULT_TOO_FEW);
}

/* Coverage is the promise: the true rank lies in the set at least as often as said. */
static void
sets_cover_the_true_rank(void **state)
{
	enum { CITIES = 8, TRIALS = 300 };
	static const double truth[CITIES] = { 80, 79, 79, 78, 76, 75, 74, 70 };
	static const size_t rank[CITIES] = { 1, 2, 2, 4, 5, 6, 7, 8 };
	double score[CITIES], se[CITIES];
	struct rank_peers peers = { CITIES, score, se, NULL };
	struct rank_options o = { .draws = 1000 };
	struct rank_set set[CITIES];
	struct random random;
	int all = 0;

	(void)state;
	random_seed(&random, 1);
	for (int t = 0; t < TRIALS; t++) {
		bool good = true;

		for (int j = 0; j < CITIES; j++) {
			se[j] = 0.5 + 0.2 * j;
			score[j] = truth[j] + se[j] * random_normal(&random);
		}
		assert_int_equal(rank_sets(set, &peers, &o, NULL), 0);
		for (int j = 0; j < CITIES; j++)
			good = good && set[j].low_simultaneous <= rank[j] &&
				set[j].high_simultaneous >= rank[j];
		all += good;
	}
	/* 0.95 less four standard errors of 300 trials. */
	assert_true(all >= TRIALS * 0.90);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(given_draws_give_exactly_csranks_sets),
		cmocka_unit_test(a_covariance_matrix_is_taken_too),
		cmocka_unit_test(the_same_seed_gives_the_same_sets),
		cmocka_unit_test(the_chance_of_two_is_normal),
		cmocka_unit_test(without_error_the_scores_decide),
		cmocka_unit_test(one_peer_is_first_and_nobody_is_refused),
		cmocka_unit_test(sets_cover_the_true_rank),
	};

	stats_init();
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, teardown);
}
