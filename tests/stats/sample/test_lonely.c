/* Errors that cannot be seen: domains inside one sampling unit, and answers that are all alike. */
#include "tests/stats/oracle.h"

#include "stats/dist.h"
#include "stats/fault.h"
#include "stats/sample/quantile.h"
#include "stats/compare/regress.h"
#include "stats/sample/replicate.h"
#include "stats/stats.h"

/*
 * Two strata of three villages with five people each.  Town "a" is village h1c1 alone, town "b" the
 * other two of the stratum, "c" and "d" are villages h2c1 and the rest.
 */
enum { PEOPLE = 30 };

static struct pool pool;
static struct err err;
static double y[PEOPLE], same[PEOPLE], none[PEOPLE], top[PEOPLE], w[PEOPLE];
static struct factor stratum, village, town;

static int
setup(void **state)
{
	static const char *const word[] = { "h1c1", "h1c2", "h1c3", "h2c1", "h2c2", "h2c3" };
	static const char *const place[] = { "a", "b", "b", "c", "d", "d" };
	const char *h[PEOPLE], *c[PEOPLE], *t[PEOPLE];

	(void)state;
	memset(&err, 0, sizeof(err));
	for (int i = 0; i < PEOPLE; i++) {
		h[i] = i < 15 ? "h1" : "h2";
		c[i] = word[i / 5];
		t[i] = place[i / 5];
		y[i] = 40 + (i * 7) % 50;
		same[i] = 55;
		none[i] = 0;
		top[i] = 100;
		w[i] = 1 + i % 3;
	}
	factor_make(&stratum, "h", h, PEOPLE, &pool);
	factor_make(&village, "c", c, PEOPLE, &pool);
	factor_make(&town, "town", t, PEOPLE, &pool);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	pool_clear(&pool);
	return 0;
}

static struct sample *
sample_of(enum design_lonely policy, const double fpc[])
{
	struct sample_design d = { .n = PEOPLE, .stages = 1, .cluster = { &village },
		.stratum = { &stratum }, .fpc = { fpc }, .weight = w, .lonely = policy };
	struct sample *s;

	if (sample_open(&s, &d, &pool, &err) != 0)
		fail_msg("%s", err.text);
	return s;
}

static struct table
by_town(const struct sample *s, const struct column *of, enum sample_statistic statistic,
	const struct column *den)
{
	const struct factor *const by[] = { &town };
	struct sample_ask ask = { .statistic = statistic, .of = of, .ofs = 1, .den = den,
		.by = by, .bys = 1 };
	struct table t;

	if (sample_estimate(&t, s, &ask, &pool, &err) != 0)
		fail_msg("%s", err.text);
	return t;
}

static const struct column points = { .name = "y", .x = y, .upper = NAN },
	flat = { .name = "flat", .x = same, .upper = NAN },
	share = { .name = "share", .x = none, .upper = 1 },
	best = { .name = "best", .x = top, .upper = 100 };

static void
a_town_of_one_village_keeps_its_value_and_says_why_it_has_no_error(void **state)
{
	double sum = 0, weight = 0;
	struct table t = by_town(sample_of(DESIGN_FAIL, NULL), &points, SAMPLE_MEAN, NULL);

	(void)state;
	for (int i = 0; i < 5; i++) {
		sum += w[i] * y[i];
		weight += w[i];
	}
	assert_int_equal(t.row[0].fault, 0);
	assert_close(t.row[0].estimate.value, sum / weight, 1e-14);
	assert_close(t.row[0].estimate.n, 5, 0);
	assert_int_equal(t.row[0].span_fault, FAULT_LONELY_DOMAIN);
	assert_string_equal(fault_word(t.row[0].span_fault), "lonely_domain");
	assert_true(isnan(t.row[0].estimate.deff) && isnan(t.row[0].estimate.n_eff));
	assert_false(estimate_publishable(&t.row[0].estimate));
	assert_int_equal(t.row[0].err->code, ERR_REFUSED);
	assert_non_null(strstr(t.row[0].err->text, "a"));
	assert_non_null(strstr(t.row[0].err->text, "h1c1"));
	assert_non_null(strstr(t.row[0].err->text, " 1 "));
	assert_true(isnan(t.row[0].estimate.se) && isnan(t.row[0].estimate.low) && isnan(t.cov[0]));
	assert_int_equal(t.row[2].span_fault, FAULT_LONELY_DOMAIN);
	/* Its neighbours are none the worse. */
	assert_int_equal(t.row[1].fault, 0);
	assert_true(t.row[1].estimate.se > 0 && t.cov[1 * 4 + 3] == 0);
}

static void
a_ratio_in_one_village_has_no_error_and_a_total_has(void **state)
{
	struct column size = { .name = "w", .x = w, .upper = NAN };
	struct table t = by_town(sample_of(DESIGN_FAIL, NULL), &points, SAMPLE_RATIO, &size);

	(void)state;
	assert_int_equal(t.row[0].span_fault, FAULT_LONELY_DOMAIN);
	/* Weights 1, 2, 3, 1, 2 of 40, 47, 54, 61, 68 over the sum of their squares. */
	assert_close(t.row[0].estimate.value, (40 + 2 * 47 + 3 * 54 + 61 + 2 * 68) / 19.0, 1e-14);
	assert_true(isnan(t.row[0].estimate.se) && isnan(t.row[0].estimate.low));
	/* How many people live in the town does vary with the villages drawn. */
	t = by_town(sample_of(DESIGN_FAIL, NULL), &points, SAMPLE_TOTAL, NULL);
	assert_int_equal(t.row[0].fault, 0);
	assert_true(t.row[0].estimate.se > 0);
}

static void
a_quantile_in_one_village_keeps_its_value(void **state)
{
	const struct factor *const by[] = { &town };
	struct sample_ask ask = { .of = &points, .ofs = 1, .by = by, .bys = 1 };
	double half = 0.5;
	struct table t;

	(void)state;
	if (sample_quantile(&t, sample_of(DESIGN_FAIL, NULL), &ask, &half, 1, QUANTILE_MATH,
			&pool, &err) != 0)
		fail_msg("%s", err.text);
	assert_int_equal(t.row[0].fault, 0);
	assert_int_equal(t.row[0].span_fault, FAULT_LONELY_DOMAIN);
	assert_close(t.row[0].estimate.value, 54, 0);	/* weights 1, 2, 3, 1, 2 of 40 ... 68 */
	assert_true(isnan(t.row[0].estimate.se) && isnan(t.row[0].estimate.low) &&
		isnan(t.row[0].estimate.high));
}

/* A single row is its own only sampling unit, be it a number or a code. */
static void
one_person_has_a_value(void **state)
{
	static const int32_t whole = 6;
	double one = 7;
	struct column of[] = { { .name = "y", .x = &one, .upper = NAN },
		{ .name = "points", .whole = &whole, .unit = 100. / 9, .upper = 100 } };
	struct sample_design d = { .n = 1 };
	struct sample *rows;
	struct table t;

	(void)state;
	assert_int_equal(sample_open(&rows, &d, &pool, &err), 0);
	for (size_t i = 0; i < 2; i++) {
		struct sample_ask ask = { .of = &of[i], .ofs = 1 };

		assert_int_equal(sample_estimate(&t, rows, &ask, &pool, &err), 0);
		assert_int_equal(t.row[0].fault, 0);
		assert_int_equal(t.row[0].span_fault, FAULT_ONE_PSU);
		assert_close(t.row[0].estimate.value, i == 0 ? 7 : 600 / 9.0, 1e-14);
		assert_close(t.row[0].estimate.n, 1, 0);
		assert_true(isnan(t.row[0].estimate.se) && isnan(t.row[0].estimate.low));
	}
}

/* One village of each stratum, and the rest. */
static struct factor
place_of_both(void)
{
	const char *word[PEOPLE];
	struct factor place;

	for (int i = 0; i < PEOPLE; i++)
		word[i] = i / 5 == 0 || i / 5 == 3 ? "both" : "rest";
	factor_make(&place, "place", word, PEOPLE, &pool);
	return place;
}

/* One village in each stratum: two units, two strata, and nothing to judge an interval by. */
static void
a_town_of_one_village_a_stratum_has_no_freedom(void **state)
{
	struct factor place = place_of_both();
	const struct factor *const by[] = { &place };
	struct sample_ask ask = { .of = &points, .ofs = 1, .by = by, .bys = 1 };
	struct table t;

	(void)state;
	assert_int_equal(sample_estimate(&t, sample_of(DESIGN_FAIL, NULL), &ask, &pool, &err), 0);
	assert_close(t.row[0].estimate.df, 0, 0);
	assert_true(t.row[0].estimate.se > 0 && isnan(t.row[0].estimate.low) && t.cov[0] > 0);
	assert_int_equal(t.row[0].span_fault, FAULT_TOO_FEW);
	assert_non_null(strstr(t.row[0].err->text, "both"));
	assert_close(t.row[1].estimate.df, 2, 0);
	ask.df = SAMPLE_DF_DESIGN;
	assert_int_equal(sample_estimate(&t, sample_of(DESIGN_FAIL, NULL), &ask, &pool, &err), 0);
	assert_close(t.row[0].estimate.df, 4, 0);
	assert_true(t.row[0].estimate.low < t.row[0].estimate.value);
}

static void
no_policy_makes_an_error_of_the_rounding_of_nought(void **state)
{
	struct table t = by_town(sample_of(DESIGN_CERTAINTY, NULL), &points, SAMPLE_MEAN, NULL);

	(void)state;
	assert_int_equal(t.row[0].fault, 0);
	assert_int_equal(t.row[0].span_fault, FAULT_LONELY_DOMAIN);
	assert_true(isnan(t.row[0].estimate.se) && isnan(t.row[0].estimate.deff));
}

/* Nothing is left to chance where every village was taken. */
static void
a_census_of_villages_has_an_error_of_nought(void **state)
{
	double all[PEOPLE];
	struct table t;

	(void)state;
	for (int i = 0; i < PEOPLE; i++)
		all[i] = 3;
	t = by_town(sample_of(DESIGN_FAIL, all), &points, SAMPLE_MEAN, NULL);
	assert_int_equal(t.row[0].fault, 0);
	assert_near(t.row[0].estimate.se, 0, 0, 1);
	t = by_town(sample_of(DESIGN_FAIL, all), &flat, SAMPLE_MEAN, NULL);
	assert_int_equal(t.row[1].span_fault, 0);
	assert_close(t.row[1].estimate.low, 55, 1e-15);
}

static void
answers_that_are_all_alike_have_a_value_and_no_interval(void **state)
{
	struct table t = by_town(sample_of(DESIGN_FAIL, NULL), &flat, SAMPLE_MEAN, NULL);
	const struct estimate *e = &t.row[1].estimate;

	(void)state;
	assert_int_equal(t.row[1].fault, 0);
	assert_close(e->value, 55, 1e-15);
	assert_true(isnan(e->se) && isnan(e->low) && isnan(e->high));
	assert_int_equal(t.row[1].span_fault, FAULT_ALIKE);
	assert_string_equal(fault_word(t.row[1].span_fault), "all_alike");
	assert_non_null(strstr(t.row[1].err->text, "flat"));
	assert_non_null(strstr(t.row[1].err->text, "b"));
}

/* 0 of n: the upper end of Clopper and Pearson, of Kish's n shrunk for few degrees of freedom. */
static void
a_share_of_none_ends_above_nought(void **state)
{
	struct table t = by_town(sample_of(DESIGN_FAIL, NULL), &share, SAMPLE_MEAN, NULL);
	const struct estimate *e = &t.row[1].estimate;
	double sum = 0, square = 0, n, ratio;

	(void)state;
	for (int i = 5; i < 15; i++) {
		sum += w[i];
		square += w[i] * w[i];
	}
	n = sum * sum / square;
	assert_close(e->df, 1, 0);	/* its own two villages in one stratum */
	ratio = dist_critical(0.95, n - 1) / dist_critical(0.95, 1);
	assert_int_equal(t.row[1].span_fault, 0);
	assert_close(e->low, 0, 0);
	assert_close(e->high, 1 - pow(0.025, 1 / (n * ratio * ratio)), 1e-12);
	assert_true(isnan(e->se));
	assert_non_null(strstr(e->method, "exact"));
}

/* A share p at the best mark bounds the mean from below by 100 p, whatever the others said. */
static void
everyone_at_the_top_has_a_lower_end(void **state)
{
	struct table t = by_town(sample_of(DESIGN_FAIL, NULL), &best, SAMPLE_MEAN, NULL);
	struct table s = by_town(sample_of(DESIGN_FAIL, NULL), &share, SAMPLE_MEAN, NULL);

	(void)state;
	assert_int_equal(t.row[3].span_fault, 0);
	assert_close(t.row[3].estimate.high, 100, 0);
	assert_close(t.row[3].estimate.low, 100 * (1 - s.row[3].estimate.high), 1e-9);
}

static void
a_step_from_a_year_without_spread_proves_nothing(void **state)
{
	double x[PEOPLE], a[4] = { 0, -1, 0, 1 };
	struct column of = { .name = "x", .x = x, .upper = 1 };
	struct table_row row;
	struct table t;

	(void)state;
	for (int i = 0; i < PEOPLE; i++)
		x[i] = i >= 20 && i % 2 == 0;	/* none in b, some in d */
	t = by_town(sample_of(DESIGN_FAIL, NULL), &of, SAMPLE_MEAN, NULL);
	assert_true(t.row[1].estimate.high > 0 && t.row[3].estimate.se > 0);
	row = table_combine(&t, a, "step", NAN, INTERVAL_WALD, &pool);
	assert_int_equal(row.span_fault, FAULT_ALIKE);
	assert_true(isnan(row.estimate.se) && isnan(row.estimate.low));
	/* As a composite the other part carries the error. */
	a[1] = a[3] = 0.5;
	row = table_combine(&t, a, "mean", 1, INTERVAL_DEFAULT, &pool);
	assert_int_equal(row.span_fault, 0);
	assert_true(row.estimate.se > 0);
}

static void
what_cannot_be_judged_is_not_left_out_of_a_composite(void **state)
{
	struct table t = by_town(sample_of(DESIGN_FAIL, NULL), &points, SAMPLE_MEAN, NULL);
	double a[4] = { 1, 1, 1, 1 };
	struct table_row row;

	(void)state;

	assert_int_equal(table_present(&t, a), 0);
	row = table_combine(&t, a, "city", NAN, INTERVAL_WALD, &pool);
	assert_int_equal(row.fault, 0);
	assert_int_equal(row.span_fault, FAULT_LONELY_DOMAIN);
	assert_non_null(strstr(row.err->text, "h1c1"));
	assert_close(row.estimate.value, (t.row[0].estimate.value + t.row[1].estimate.value +
		t.row[2].estimate.value + t.row[3].estimate.value) / 4, 1e-14);
	assert_close(row.estimate.n, 30, 0);
	assert_true(isnan(row.estimate.se) && isnan(row.estimate.low) && isnan(row.estimate.high));
}

static void
a_test_of_a_group_in_one_village_is_refused(void **state)
{
	bool where[PEOPLE];
	struct sample_ask ask = { .where = where };
	struct trend_step step;

	(void)state;
	for (int i = 0; i < PEOPLE; i++)
		where[i] = i / 5 == 0 || i / 5 >= 4;	/* towns a and d */
	assert_int_equal(sample_ttest(&step, sample_of(DESIGN_FAIL, NULL), &points, &town, &ask,
		&pool, &err), FAULT_LONELY_DOMAIN);
	assert_non_null(strstr(err.text, "a"));
	for (int i = 0; i < PEOPLE; i++)
		where[i] = i / 5 == 1 || i / 5 == 2 || i / 5 >= 4;	/* towns b and d */
	assert_int_equal(sample_ttest(&step, sample_of(DESIGN_FAIL, NULL), &points, &town, &ask,
		&pool, &err), 0);
	assert_true(step.difference.se > 0);
}

static void
a_line_through_one_village_a_year_is_refused(void **state)
{
	double year[PEOPLE];
	bool where[PEOPLE];
	struct sample_ask ask = { .where = where };
	struct trend_slope slope;

	(void)state;
	for (int i = 0; i < PEOPLE; i++) {
		year[i] = i / 5;
		where[i] = i / 5 == 0 || i / 5 == 3;
	}
	assert_int_equal(sample_slope(&slope, sample_of(DESIGN_FAIL, NULL), &points, year, &ask,
		&pool, &err), FAULT_LONELY_DOMAIN);
	assert_null(strstr(err.text, "policy"));
	/* No policy makes an error of the rounding of nought. */
	assert_int_equal(sample_slope(&slope, sample_of(DESIGN_CERTAINTY, NULL), &points, year,
		&ask, &pool, &err), FAULT_LONELY_DOMAIN);
	assert_int_equal(sample_slope(&slope, sample_of(DESIGN_FAIL, NULL), &flat, year, &ask,
		&pool, &err), FAULT_ALIKE);
}

static void
replicates_that_cannot_see_a_village_say_so(void **state)
{
	static double rep[2][PEOPLE];
	const double *const column[] = { rep[0], rep[1] };
	struct replicate_spec spec = { .type = REPLICATE_BRR, .r = 2, .column = column,
		.scale = NAN, .df = NAN, .combined = true };
	struct sample_design d = { .n = PEOPLE, .weight = w };
	struct sample *s;
	struct table t;

	(void)state;
	for (int i = 0; i < PEOPLE; i++) {
		rep[0][i] = w[i] * (i / 5 % 2 == 0 ? 1.5 : 0.5);
		rep[1][i] = w[i] * (i / 5 % 2 == 0 ? 0.5 : 1.5);
	}
	if (sample_open(&s, &d, &pool, &err) != 0 || sample_replicate(s, &spec, &err) != 0)
		fail_msg("%s", err.text);
	t = by_town(s, &points, SAMPLE_MEAN, NULL);
	assert_int_equal(t.row[0].span_fault, FAULT_LONELY_DOMAIN);
	assert_true(t.row[0].estimate.value > 0 && isnan(t.row[0].estimate.se));
	assert_int_equal(t.row[1].fault, 0);
	assert_true(t.row[1].estimate.se > 0);
}

/* ---- the same from codes ---- */

static struct table
codes_by(const struct factor *place)
{
	static uint8_t code[2][PEOPLE];
	static int32_t part[COLUMN_CODES];
	const struct factor *by[] = { place };
	struct column of[] = {
		{ .name = "y", .code = code[0], .part = part, .unit = 100. / 9, .upper = 100 },
		{ .name = "flat", .code = code[1], .part = part, .unit = 100. / 9, .upper = 100 } };
	struct sample_ask ask = { .of = of, .ofs = 2, .by = by, .bys = 1 };
	double weight[PEOPLE];
	struct sample_design d = { .n = PEOPLE, .stages = 1, .cluster = { &village },
		.stratum = { &stratum }, .weight = weight };
	struct sample *s;
	struct table t;

	for (size_t k = 0; k < COLUMN_CODES; k++)
		part[k] = k >= 1 && k <= 10 ? (int32_t)k - 1 : COLUMN_MISSING;
	for (int i = 0; i < PEOPLE; i++) {
		code[0][i] = (uint8_t)(1 + i * 7 % 10);
		code[1][i] = 6;
		weight[i] = (1000000 + i) / 1e6;
	}
	if (sample_open(&s, &d, &pool, &err) != 0 ||
			sample_estimate(&t, s, &ask, &pool, &err) != 0)
		fail_msg("%s", err.text);
	return t;
}

static void
codes_say_the_same(void **state)
{
	struct table t = codes_by(&town);

	(void)state;
	assert_int_equal(t.rows, 8);
	assert_int_equal(t.row[0].fault, 0);
	assert_int_equal(t.row[0].span_fault, FAULT_LONELY_DOMAIN);
	/* Answers 1, 8, 5, 2, 9 of weights near 1. */
	assert_close(t.row[0].estimate.value, 400 / 9.0, 1e-6);
	assert_close(t.row[0].estimate.n, 5, 0);
	assert_true(isnan(t.row[0].estimate.se) && isnan(t.row[0].estimate.low));
	assert_non_null(strstr(t.row[0].err->text, "h1c1"));
	assert_true(isnan(t.cov[0]));
	assert_int_equal(t.row[2].fault, 0);
	assert_true(t.row[2].estimate.se > 0);
	assert_close(t.row[2].estimate.df, 1, 0);	/* town b: two villages of one stratum */
	assert_int_equal(t.row[3].span_fault, FAULT_ALIKE);
	assert_close(t.row[3].estimate.value, 100 * 5 / 9.0, 1e-14);
	assert_true(isnan(t.row[3].estimate.low));
}

/* The error of no freedom is an error: what is made of the row has it too. */
static void
codes_keep_the_covariance_of_a_town_without_freedom(void **state)
{
	struct factor place = place_of_both();
	struct table t = codes_by(&place);
	double a[4] = { 1, 0, -1, 0 };
	struct table_row row;

	(void)state;
	assert_int_equal(t.row[0].span_fault, FAULT_TOO_FEW);
	assert_true(t.row[0].estimate.se > 0 && isnan(t.row[0].estimate.low));
	assert_close(t.cov[0], t.row[0].estimate.se * t.row[0].estimate.se, 1e-12);
	row = table_combine(&t, a, "difference", NAN, INTERVAL_WALD, &pool);
	assert_true(row.estimate.se > 0);
}

/* One unit of ten million left out, as near to all of them as a share of 1e-7: every question
 * gets the same answer. */
static void
a_stratum_is_taken_whole_for_everything_or_for_nothing(void **state)
{
	static const double fraction[] = { 0.5, 0.99999, 9999999.0 / 10000000, 1 - 1e-7,
		99999999.0 / 100000000, 1 };
	static const size_t pair[] = { 0, 2 }, single[] = { 0, 1 };
	static const char *const label[] = { "h" };
	double total[] = { 1, 3 }, cov;

	(void)state;
	for (size_t i = 0; i < sizeof(fraction) / sizeof(fraction[0]); i++) {
		struct design two = { .psus = 2, .strata = 1, .first = pair, .stratum = label,
			.fraction = &fraction[i] };
		struct design one = { .psus = 1, .strata = 1, .first = single, .stratum = label,
			.fraction = &fraction[i] };
		bool open = design_open(&two, 0);

		assert_int_equal(design_covariance(&two, &cov, total, 1, NULL, &err), 0);
		assert_int_equal(cov > 0, open);
		assert_int_equal(design_alone(&one, 0), open);
		assert_int_equal(design_lonely_strata(&one, &pool) != NULL, open);
		assert_int_equal(design_covariance(&one, &cov, total, 1, NULL, &err),
			open ? FAULT_ONE_PSU : 0);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_setup_teardown(
		a_town_of_one_village_keeps_its_value_and_says_why_it_has_no_error,
		setup, teardown),
	cmocka_unit_test_setup_teardown(a_ratio_in_one_village_has_no_error_and_a_total_has,
		setup, teardown),
	cmocka_unit_test_setup_teardown(a_quantile_in_one_village_keeps_its_value, setup, teardown),
	cmocka_unit_test_setup_teardown(one_person_has_a_value, setup, teardown),
	cmocka_unit_test_setup_teardown(a_town_of_one_village_a_stratum_has_no_freedom,
		setup, teardown),
	cmocka_unit_test_setup_teardown(no_policy_makes_an_error_of_the_rounding_of_nought,
		setup, teardown),
	cmocka_unit_test_setup_teardown(a_census_of_villages_has_an_error_of_nought,
		setup, teardown),
	cmocka_unit_test_setup_teardown(answers_that_are_all_alike_have_a_value_and_no_interval,
		setup, teardown),
	cmocka_unit_test_setup_teardown(a_share_of_none_ends_above_nought, setup, teardown),
	cmocka_unit_test_setup_teardown(everyone_at_the_top_has_a_lower_end, setup, teardown),
	cmocka_unit_test_setup_teardown(a_step_from_a_year_without_spread_proves_nothing,
		setup, teardown),
	cmocka_unit_test_setup_teardown(what_cannot_be_judged_is_not_left_out_of_a_composite,
		setup, teardown),
	cmocka_unit_test_setup_teardown(a_test_of_a_group_in_one_village_is_refused,
		setup, teardown),
	cmocka_unit_test_setup_teardown(a_line_through_one_village_a_year_is_refused,
		setup, teardown),
	cmocka_unit_test_setup_teardown(replicates_that_cannot_see_a_village_say_so,
		setup, teardown),
	cmocka_unit_test_setup_teardown(a_stratum_is_taken_whole_for_everything_or_for_nothing,
		setup, teardown),
	cmocka_unit_test_setup_teardown(codes_say_the_same, setup, teardown),
	cmocka_unit_test_setup_teardown(codes_keep_the_covariance_of_a_town_without_freedom,
		setup, teardown),
};

CHECK_MAIN(tests)
