/* Samples at the edges: lonely PSUs, large numbers, bad input. */
#include "tests/stats/api.h"

#include "stats/fault.h"
#include "stats/sample/quantile.h"
#include "stats/stats.h"

static json_t *lonely;

static int
load(void **state)
{
	(void)state;
	stats_init();
	lonely = oracle_load("tests/reference/survey/lonely_psu.json");
	return 0;
}

static int
unload(void **state)
{
	(void)state;
	json_decref(lonely);
	pool_clear(&pool);
	return 0;
}

/* ---- lonely PSUs ---- */

static struct sample *
lonely_open(enum design_lonely policy, bool fpc, bool domain)
{
	struct sample_design d = { .lonely = policy, .domain_lonely = domain };
	struct csv csv;

	oracle_csv(&csv, "tests/reference/survey/lonely.csv", &pool);
	d.n = csv.rows;
	d.stages = 1;
	d.cluster[0] = factor_column(&csv, "id");
	d.stratum[0] = factor_column(&csv, "st");
	d.weight = oracle_column(&csv, "w", &pool);
	if (fpc)
		d.fpc[0] = oracle_column(&csv, "N", &pool);
	return open_sample(&d);
}

static struct column lonely_y;

/* Mean, total, means by domain and of one domain under a policy. */
static void
check_lonely(struct sample *s, const json_t *want, const struct factor *by, const bool *where)
{
	struct sample_ask ask = { .of = &lonely_y, .ofs = 1 };
	struct table t;

	t = estimate(s, &ask);
	assert_close(t.row[0].estimate.value, oracle_number(want, "mean"), 1e-12);
	assert_close(t.row[0].estimate.se, oracle_number(want, "se"), 1e-9);
	assert_close(t.df, oracle_number(want, "df"), 0);
	ask.statistic = SAMPLE_TOTAL;
	t = estimate(s, &ask);
	assert_close(t.row[0].estimate.se, oracle_number(want, "se_total"), 1e-9);
	ask.statistic = SAMPLE_MEAN;
	ask.by = &by;
	ask.bys = 1;
	t = estimate(s, &ask);
	for (size_t i = 0; i < 2; i++)
		assert_close(
			t.row[i].estimate.se, oracle_nth(want, "by/se", i), 1e-9);
	ask.bys = 0;
	ask.where = where;
	t = estimate(s, &ask);
	assert_close(
		t.row[0].estimate.value, oracle_number(want, "dom_mean"), 1e-12);
	assert_close(t.row[0].estimate.se, oracle_number(want, "dom_se"), 1e-9);
}

static void
lonely_policies_are_rs(void **state)
{
	static const struct {
		const char *name;
		enum design_lonely policy;
	} policy[] = { { "adjust", DESIGN_ADJUST }, { "average", DESIGN_AVERAGE },
		{ "certainty", DESIGN_CERTAINTY }, { "remove", DESIGN_CERTAINTY } };
	struct csv csv;
	const struct factor *by;
	bool *where;
	char key[64];

	(void)state;
	oracle_csv(&csv, "tests/reference/survey/lonely.csv", &pool);
	lonely_y =
		(struct column){ .name = "y", .x = oracle_column(&csv, "y", &pool), .upper = NAN };
	by = factor_column(&csv, "dom");
	where = pool_array(&pool, csv.rows, sizeof(*where));
	for (size_t i = 0; i < csv.rows; i++)
		where[i] = strcmp(oracle_cell(&csv, i, "dom"), "1") == 0;
	for (size_t p = 0; p < 4; p++)
		for (size_t k = 0; k < 4; k++) {
			struct sample *s = lonely_open(policy[p].policy, k & 1, k & 2);
			const json_t *want;

			snprintf(key, sizeof(key), "results/%s_%s_%s", policy[p].name,
				k & 1 ? "fpc" : "nofpc", k & 2 ? "adjdomain" : "");
			want = oracle_at(lonely, key);
			check_lonely(s, want, by, where);
		}
}

static void
a_lonely_psu_fails_by_name_and_only_where_it_matters(void **state)
{
	struct sample *s = lonely_open(DESIGN_FAIL, false, false);
	struct column y;
	struct csv csv;
	struct sample_ask ask = { .of = &y, .ofs = 1 };
	const struct factor *by;
	struct table t;

	(void)state;
	oracle_csv(&csv, "tests/reference/survey/lonely.csv", &pool);
	y = (struct column){ .name = "y", .x = oracle_column(&csv, "y", &pool), .upper = NAN };
	t = estimate(s, &ask);
	assert_int_equal(t.row[0].span_fault, FAULT_LONELY_PSU);
	assert_string_equal(fault_word(t.row[0].span_fault), "lonely_psu");
	assert_non_null(strstr(t.row[0].err->text, "c"));
	/* The value is that of every policy; only its error is not known. */
	assert_close(t.row[0].estimate.value,
		oracle_number(lonely, "results/certainty_nofpc_/mean"), 1e-12);
	assert_true(isnan(t.row[0].estimate.se) && isnan(t.row[0].estimate.low));
	/* Stratum c is in domain 1 only. */
	by = factor_column(&csv, "dom");
	ask.by = &by;
	ask.bys = 1;
	t = estimate(s, &ask);
	assert_int_equal(t.row[0].fault, 0);
	assert_true(t.row[0].estimate.se > 0);
	assert_int_equal(t.row[1].span_fault, FAULT_LONELY_PSU);
	assert_true(isnan(t.cov[1]) && isnan(t.cov[3]) && t.cov[0] > 0);
}

/* ---- numerics ---- */

static struct column
numbers(const char *name, const double x[])
{
	return (struct column){ .name = name, .x = x, .upper = NAN };
}

static void
a_billion_plus_a_bit_is_as_good_as_the_bit(void **state)
{
	enum { N = 1000 };
	double *small = pool_array(&pool, N, sizeof(*small)),
		*large = pool_array(&pool, N, sizeof(*large));
	double *w = pool_array(&pool, N, sizeof(*w));
	const char **cluster = pool_array(&pool, N, sizeof(*cluster));
	struct factor f;
	struct sample_design d = { .n = N, .stages = 1, .cluster = { &f }, .weight = w };
	struct column a, b;
	struct table ta, tb;
	struct sample *s;

	(void)state;
	for (int i = 0; i < N; i++) {
		small[i] = i * 7 % 11 < 4;
		large[i] = 1e9 + small[i];
		w[i] = 1 + 0.1 * (i % 7);
		cluster[i] = pool_fmt(&pool, "%d", i * 3 % 37);
	}
	factor_make(&f, "c", cluster, N, &pool);
	s = open_sample(&d);
	a = numbers("a", small);
	b = numbers("b", large);
	ta = estimate(s, &(struct sample_ask){ .of = &a, .ofs = 1 });
	tb = estimate(s, &(struct sample_ask){ .of = &b, .ofs = 1 });
	assert_close(tb.row[0].estimate.se, ta.row[0].estimate.se, 1e-9);
	assert_close(tb.row[0].estimate.value - 1e9, ta.row[0].estimate.value, 1e-6);
	assert_close(tb.row[0].estimate.deff, ta.row[0].estimate.deff, 1e-9);
}

/* Rows shuffled and weights times 1000. */
static void
order_and_scale_do_not_show(void **state)
{
	struct api a = api_open("clus2_wr");
	size_t n = a.csv.rows, j;
	double *x[2], *w[2];
	const char **cluster[2];
	struct factor f[2];
	struct table t[2];
	struct column c = column(&a, "api00");

	(void)state;
	for (size_t k = 0; k < 2; k++) {
		struct sample_design d = { .n = n, .stages = 1, .cluster = { &f[k] } };

		x[k] = pool_array(&pool, n, sizeof(**x));
		w[k] = pool_array(&pool, n, sizeof(**w));
		cluster[k] = pool_array(&pool, n, sizeof(**cluster));
		for (size_t i = 0; i < n; i++) {
			j = k == 0 ? i : i * 41 % n;
			x[k][i] = c.x[j];
			w[k][i] = sample_weights(a.sample)[j] * (k == 0 ? 1 : 1000);
			cluster[k][i] = oracle_cell(&a.csv, j, "dnum");
		}
		factor_make(&f[k], "dnum", cluster[k], n, &pool);
		d.weight = w[k];
		t[k] = estimate(open_sample(&d),
			&(struct sample_ask) {
				.of = (struct column[]) { numbers("x", x[k]) }, .ofs = 1 });
	}
	assert_close(t[1].row[0].estimate.value, t[0].row[0].estimate.value, 1e-14);
	assert_close(t[1].row[0].estimate.se, t[0].row[0].estimate.se, 1e-12);
	assert_close(t[1].row[0].estimate.deff, t[0].row[0].estimate.deff, 1e-12);
}

/* ---- bad input ---- */

static int
open_fault(const struct sample_design *d)
{
	struct sample *s;

	memset(&err, 0, sizeof(err));
	return sample_open(&s, d, &pool, &err);
}

static void
wrong_weights_and_designs_are_named(void **state)
{
	static const char *const c[] = { "1", "2", "1", "3" }, *const h[] = { "a", "a", "b", "b" },
		*const gap[] = { "a", "", "b", "b" };
	double w[] = { 1, 2, -1, 1 }, missing[] = { 1, NAN, 1, 1 }, zero[] = { 0, 0, 0, 0 };
	double sizes[] = { 10, 10, 1, 1 }, two[] = { 10, 11, 5, 5 }, mixed[] = { 10, 10, 0.5, 0.5 };
	struct factor cluster, stratum, holes;
	struct sample_design d = { .n = 4, .weight = w };
	struct column y = numbers("y", sizes);
	struct table t;

	(void)state;
	factor_make(&cluster, "psu", c, 4, &pool);
	factor_make(&stratum, "st", h, 4, &pool);
	factor_make(&holes, "st", gap, 4, &pool);
	assert_int_equal(open_fault(&d), FAULT_WEIGHT);
	assert_non_null(strstr(err.text, "3"));
	d.weight = missing;
	assert_int_equal(open_fault(&d), FAULT_WEIGHT);
	assert_non_null(strstr(err.text, "2"));
	d = (struct sample_design) {
		.n = 4, .stages = 1, .cluster = { &cluster }, .stratum = { &stratum }
	};
	assert_int_equal(open_fault(&d), FAULT_NOT_NESTED);
	assert_non_null(strstr(err.text, "1"));
	d.nest = true;
	assert_int_equal(open_fault(&d), 0);
	d.stratum[0] = &holes;
	assert_int_equal(open_fault(&d), FAULT_MISSING_DESIGN);
	assert_non_null(strstr(err.text, "st"));
	d.stratum[0] = &stratum;
	d.fpc[0] = sizes;
	assert_int_equal(open_fault(&d), FAULT_FPC);
	assert_non_null(strstr(err.text, "b"));
	d.fpc[0] = two;
	assert_int_equal(open_fault(&d), FAULT_FPC);
	d.fpc[0] = mixed;
	assert_int_equal(open_fault(&d), FAULT_FPC);
	d = (struct sample_design){ .n = 4, .weight = zero };
	t = estimate(open_sample(&d), &(struct sample_ask){ .of = &y, .ofs = 1 });
	assert_int_equal(t.row[0].fault, FAULT_EMPTY_DOMAIN);
}

static void
nothing_answered_is_not_zero(void **state)
{
	double x[] = { NAN, NAN, NAN, NAN }, y[] = { 1, 2, 3, 4 };
	bool nobody[4] = { false };
	struct column all = numbers("x", x), some = numbers("y", y);
	struct sample_design d = { .n = 4 };
	struct sample *s = open_sample(&d);
	struct table t = estimate(s, &(struct sample_ask){ .of = &all, .ofs = 1 });

	(void)state;
	assert_int_equal(t.row[0].fault, FAULT_ALL_MISSING);
	assert_true(
		isnan(t.row[0].estimate.value) && isnan(t.row[0].estimate.se) && isnan(t.cov[0]));
	t = estimate(s, &(struct sample_ask){ .of = &some, .ofs = 1, .where = nobody });
	assert_int_equal(t.rows, 1);
	assert_int_equal(t.row[0].fault, FAULT_EMPTY_DOMAIN);
	assert_int_equal(sample_estimate(&t, s, &(struct sample_ask) { .ofs = 0 }, &pool, NULL),
		FAULT_INPUT);
}

static void
no_rows_are_an_empty_domain(void **state)
{
	double x[] = { 0 };
	struct column c = numbers("x", x);
	struct sample_design d = { .n = 0 };
	struct sample *s = open_sample(&d);
	struct table t = estimate(s, &(struct sample_ask){ .of = &c, .ofs = 1 });
	const double half = 0.5;

	(void)state;
	assert_int_equal(t.row[0].fault, FAULT_EMPTY_DOMAIN);
	assert_true(isnan(sample_summarise(s).kish_deff));
	assert_int_equal(sample_quantile(&t, s, &(struct sample_ask){ .of = &c, .ofs = 1 }, &half,
		1, QUANTILE_MATH, &pool, NULL), 0);
	assert_int_equal(t.row[0].fault, FAULT_EMPTY_DOMAIN);
}

/* One of anything has a value but no interval. */
static void
one_answer_has_no_interval(void **state)
{
	double x[] = { 7 };
	struct column c = numbers("x", x);
	struct sample_design d = { .n = 1, .lonely = DESIGN_ADJUST };
	struct table t = estimate(open_sample(&d), &(struct sample_ask){ .of = &c, .ofs = 1 });

	(void)state;
	assert_close(t.row[0].estimate.value, 7, 0);
	assert_true(isnan(t.row[0].estimate.se) && isnan(t.row[0].estimate.low) &&
		isnan(t.row[0].estimate.high));
	d.lonely = DESIGN_FAIL;
	t = estimate(open_sample(&d), &(struct sample_ask){ .of = &c, .ofs = 1 });
	assert_int_equal(t.row[0].span_fault, FAULT_ONE_PSU);
	assert_close(t.row[0].estimate.value, 7, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lonely_policies_are_rs),
		cmocka_unit_test(a_lonely_psu_fails_by_name_and_only_where_it_matters),
		cmocka_unit_test(a_billion_plus_a_bit_is_as_good_as_the_bit),
		cmocka_unit_test(order_and_scale_do_not_show),
		cmocka_unit_test(wrong_weights_and_designs_are_named),
		cmocka_unit_test(nothing_answered_is_not_zero),
		cmocka_unit_test(no_rows_are_an_empty_domain),
		cmocka_unit_test(one_answer_has_no_interval),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, load, unload);
}
