/* The two engines: the same people as rows and as sums give the same table. */
#include "tests/stats/api.h"

#include "stats/weight/calibrate.h"
#include "stats/stats.h"
#include "stats/survey.h"

static int
start(void **state)
{
	(void)state;
	stats_init();
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	pool_clear(&pool);
	return 0;
}

enum { PEOPLE = 3000 };

/* The same made-up people as rows and as a tally. */
struct twin {
	struct column x[3];
	const struct factor *stratum, *cluster, *sector, *sex;
	double *weight;
	struct tally tally;
	struct score_layout *layout;
};

static const size_t item_at[] = { 0, 1, 2 };
static const char *const variables[] = { "sector", "sex" };

static const struct score scores[] = {
	{ .name = "a", .kind = SCORE_SCALE, .item = &item_at[0], .items = 1, .lo = 1, .hi = 10 },
	{ .name = "b", .kind = SCORE_SCALE, .item = &item_at[1], .items = 1, .lo = 1, .hi = 10 },
	{ .name = "csi", .kind = SCORE_MEAN, .item = item_at, .items = 3, .least = 2,
		.lo = 1, .hi = 10 },
};

/* Stratum, cluster, sector and sex of one person. */
static void
twin_words(const char **text[4], int i, uint64_t seed)
{
	text[0][i] = pool_fmt(&pool, "h%d", (int)((seed >> 33) % 5));
	text[1][i] = pool_fmt(&pool, "%s-c%d", text[0][i], (int)((seed >> 40) % 9));
	text[2][i] = pool_fmt(&pool, "S%02d", (int)((seed >> 20) % 4));
	text[3][i] = pool_fmt(&pool, "%d", 1 + (int)((seed >> 50) % 2));
}

/* Three answers on 1..10, one in eleven 98, "don't know". */
static void
twin_answers(int values[3], uint64_t seed)
{
	for (int j = 0; j < 3; j++)
		values[j] = (seed >> (5 + j)) % 11 == 0 ? 98 :
			1 + (int)((seed >> (11 + 9 * j)) % 10);
}

/* The same people as rows: four factors and three columns. */
static void
twin_rows(struct twin *t, const char **text[4], double *const x[3])
{
	struct factor *f = pool_array(&pool, 4, sizeof(*f));

	for (int j = 0; j < 4; j++)
		factor_make(&f[j], j < 2 ? "design" : variables[j - 2], text[j], PEOPLE, &pool);
	t->stratum = &f[0];
	t->cluster = &f[1];
	t->sector = &f[2];
	t->sex = &f[3];
	t->x[0] = (struct column){ .name = "a", .x = x[0], .upper = 100 };
	t->x[1] = (struct column){ .name = "b", .x = x[1], .upper = 100 };
	t->x[2] = (struct column){ .name = "csi", .x = x[2], .upper = 100 };
}

static struct twin
twin_make(bool clustered)
{
	const char **text[4];
	struct twin t;
	double *x[3];
	uint64_t seed = 7;
	int values[3];

	t.layout = pool_take(&pool, sizeof(*t.layout));
	assert_int_equal(score_layout(t.layout, scores, 3, !clustered, true, &pool, &err), 0);
	tally_init(&t.tally, t.layout, variables, 2, &pool);
	for (int j = 0; j < 4; j++)
		text[j] = pool_array(&pool, PEOPLE, sizeof(**text));
	for (int j = 0; j < 3; j++)
		x[j] = pool_array(&pool, PEOPLE, sizeof(**x));
	t.weight = pool_array(&pool, PEOPLE, sizeof(*t.weight));
	for (int i = 0; i < PEOPLE; i++) {
		int64_t *cell;
		int64_t weight;

		seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
		twin_words(text, i, seed);
		twin_answers(values, seed);
		weight = 1000000 + (int64_t)(seed >> 30) % 9000000;
		t.weight[i] = (double)weight / 1e6;
		for (int j = 0; j < 3; j++)
			x[j][i] = values[j] == 98 ? NAN : 100.0 * (values[j] - 1) / 9;
		cell = tally_cell(&t.tally, text[0][i], clustered ? text[1][i] : "",
			tally_key(&pool, (const char *const[]){ text[2][i], text[3][i] }, 2));
		assert_int_equal(score_add(t.layout, cell, values, weight), 0);
		x[2][i] = score_points(t.layout, 2, values);
	}
	twin_rows(&t, text, x);
	return t;
}

static void
check_tables_equal(const struct table *a, const struct table *b)
{
	assert_int_equal(a->rows, b->rows);
	assert_close(a->df, b->df, 0);
	for (size_t i = 0; i < a->rows; i++) {
		const struct estimate *e = &a->row[i].estimate, *f = &b->row[i].estimate;

		assert_string_equal(a->row[i].of, b->row[i].of);
		assert_close(e->value, f->value, 1e-12);
		assert_close(e->se, f->se, 1e-12);
		assert_close(e->low, f->low, 1e-12);
		assert_close(e->high, f->high, 1e-12);
		assert_close(e->n, f->n, 0);
		assert_close(e->df, f->df, 0);
		assert_int_equal(a->row[i].span_fault, b->row[i].span_fault);
		assert_close(e->deff, f->deff, 1e-11);
		assert_close(e->n_eff, f->n_eff, 1e-11);
		assert_close(a->row[i].kish, b->row[i].kish, 1e-12);
		for (size_t j = 0; j < a->rows; j++)
			assert_near(a->cov[i * a->rows + j], b->cov[i * a->rows + j], 1e-11,
				e->se * e->se);
		for (size_t j = 0; j < a->rows; j++)
			assert_near(a->srs[i * a->rows + j], b->srs[i * a->rows + j], 1e-10,
				a->srs[i * a->rows + i]);
	}
}

static struct sample *
twin_sample(const struct twin *t, bool clustered)
{
	const struct sample_design d = { .n = PEOPLE, .stages = clustered,
		.cluster = { t->cluster }, .stratum = { t->stratum }, .weight = t->weight };
	struct sample *sample;

	assert_int_equal(sample_open(&sample, &d, &pool, &err), 0);
	return sample;
}

/* To the margins of sex and sector; returns the design effect of the weights. */
static double
twin_rake(struct sample *sample, const struct twin *t, const struct rake_margin margin[2])
{
	const struct factor *factor[] = { t->sex, t->sector };
	const struct calibrate_spec spec = { .method = CALIBRATE_RAKE, .margin = margin,
		.factor = factor, .margins = 2, .low = -INFINITY, .high = INFINITY, .cap = NAN };
	struct rake_report report;

	assert_int_equal(sample_calibrate(sample, &spec, &report, &err), 0);
	return report.deff_after;
}

static void
check_twin(bool clustered, bool raked)
{
	static const char *const by[] = { "sector" }, *const sexes[] = { "1", "2" },
		*const sectors[] = { "S00", "S01", "S02", "S03" };
	static const double sex_n[] = { 5000, 5000 }, sector_n[] = { 1000, 2000, 3000, 4000 };
	const struct rake_margin margin[] = { { "sex", sexes, sex_n, 2 },
		{ "sector", sectors, sector_n, 4 } };
	struct twin t = twin_make(clustered);
	struct survey_options o = { .margin = margin, .margins = raked ? 2 : 0 };
	struct survey_ask ask = { .by = by, .bys = 1 };
	struct table sums, rows;
	struct survey *survey;
	struct sample *sample = twin_sample(&t, clustered);

	memset(&err, 0, sizeof(err));
	assert_int_equal(survey_open(&survey, &t.tally, &o, &pool, &err), 0);
	if (raked) {
		assert_close(twin_rake(sample, &t, margin),
			survey_rake_report(survey)->deff_after, 1e-12);
	}
	for (int own = 0; own < 2; own++) {
		ask.own_df = own;
		assert_int_equal(survey_estimate(&sums, survey, &ask, &pool, &err), 0);
		rows = estimate(sample, &(struct sample_ask) { .of = t.x, .ofs = 3, .by = &t.sector,
			.bys = 1, .paired = true, .df = own ? SAMPLE_DF_AUTO : SAMPLE_DF_DESIGN });
		check_tables_equal(&sums, &rows);
		if (!clustered)
			assert_close(rows.row[0].estimate.df < rows.df, own, 0);
	}
}

/* Domain by domain is the same as all at once, within domains. */
static void
check_within(bool clustered, bool raked)
{
	static const char *const sexes[] = { "1", "2" };
	static const double sex_n[] = { 5000, 5000 };
	const struct rake_margin margin = { "sex", sexes, sex_n, 2 };
	struct twin t = twin_make(clustered);
	struct sample_design d = { .n = PEOPLE,
		.stages = clustered,
		.cluster = { t.cluster },
		.stratum = { t.stratum },
		.weight = t.weight };
	struct calibrate_spec spec = { .method = CALIBRATE_RAKE,
		.margin = &margin,
		.factor = &t.sex,
		.margins = 1,
		.low = -INFINITY,
		.high = INFINITY,
		.cap = NAN };
	struct sample_ask ask = { .of = t.x, .ofs = 3, .by = &t.sector, .bys = 1 };
	struct rake_report report;
	struct table all, within;
	struct sample *sample;

	assert_int_equal(sample_open(&sample, &d, &pool, &err), 0);
	if (raked)
		assert_int_equal(sample_calibrate(sample, &spec, &report, &err), 0);
	all = estimate(sample, &ask);
	ask.within = true;
	within = estimate(sample, &ask);
	for (size_t i = 0; i < all.rows; i++)
		for (size_t j = 0; j < all.rows; j++) {
			double v = within.cov[i * all.rows + j];

			if (i / 3 == j / 3)
				assert_near(v, all.cov[i * all.rows + j], 1e-11,
					all.cov[i * all.rows + i]);
			else
				assert_true(isnan(v));
		}
}

static void
domains_one_by_one_are_the_same(void **state)
{
	(void)state;
	check_within(true, false);
	check_within(false, false);
	check_within(true, true);
	check_within(false, true);
}

static void
sums_and_rows_agree(void **state)
{
	(void)state;
	check_twin(true, false);
	check_twin(false, false);
	check_twin(true, true);
	check_twin(false, true);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(domains_one_by_one_are_the_same),
		cmocka_unit_test(sums_and_rows_agree),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, stop);
}
