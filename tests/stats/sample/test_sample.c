/* Estimates from rows against R's survey on its api data, all seven designs. */
#include "tests/stats/basic.h"


static struct column
share(const struct api *a, const char *name, const char *yes)
{
	double *x = pool_array(&pool, a->csv.rows, sizeof(*x));

	for (size_t i = 0; i < a->csv.rows; i++)
		x[i] = strcmp(oracle_cell(&a->csv, i, name), yes) == 0;
	return (struct column){ .name = name, .x = x, .upper = 1 };
}

/* Estimates, errors, covariance and intervals of a whole block of the reference. */
static void
check_block(const char *design, const struct table *t, const json_t *want)
{
	double size = 0;

	for (size_t i = 0; i < t->rows; i++)
		size = fmax(size, fabs(oracle_nth(want, "est", i)));
	for (size_t i = 0; i < t->rows; i++) {
		const struct estimate *e = &t->row[i].estimate;

		if (t->row[i].fault != 0)
			fail_msg("%s: %s", design, t->row[i].err->text);
		assert_close(e->value, oracle_nth(want, "est", i), 1e-9);
		assert_near(e->se, oracle_nth(want, "se", i), 1e-9, 1e-4 * size);
		assert_near(e->low, oracle_nth(json_array_get(oracle_at(want, "ci"), i), "", 0),
			1e-9, size);
		assert_near(e->high, oracle_nth(json_array_get(oracle_at(want, "ci"), i), "", 1),
			1e-9, size);
		for (size_t j = 0; j < t->rows; j++) {
			double v = oracle_nth(json_array_get(oracle_at(want, "vcov"), i), "", j);

			/*
			 * Covariances that are zero are rounding in R too: judge them by the
			 * variances.
			 */
			if (!isnan(v))
				assert_near(t->cov[i * t->rows + j], v, 1e-9,
					e->se * t->row[j].estimate.se + 1e-8 * size * size);
		}
	}
	assert_close(t->df, oracle_number(want, "df"), 0);
}

static void
every_design_describes_itself_as_r_does(void **state)
{
	(void)state;
	for (size_t i = 0; i < 7; i++) {
		struct api a = answered(design_name[i]);
		struct sample_summary m = sample_summarise(a.sample);

		assert_close(m.n, oracle_number(a.want, "n"), 0);
		assert_close(m.df, oracle_number(a.want, "df"), 0);
		assert_close(m.sum_w, oracle_number(a.want, "sum_w"), 1e-12);
		assert_close(m.sum_w2, oracle_number(a.want, "sum_w2"), 1e-12);
		assert_close(m.kish_n, oracle_number(a.want, "kish_neff"), 1e-12);
	}
}

static void
means_are_rs(const struct api *a)
{
	struct column x[] = { column(a, "api00"), column(a, "api99"), column(a, "enroll") };
	struct column acs = column(a, "acs.46");
	struct sample_ask ask = {
		.of = x, .ofs = 1, .deff = SAMPLE_DEFF_FINITE, .interval = INTERVAL_WALD
	};
	struct table t = estimate(a->sample, &ask);

	check_block(a->name, &t, oracle_at(a->want, "mean_api00"));
	assert_close(t.row[0].estimate.deff, oracle_number(a->want, "mean_api00/deff"), 1e-9);
	ask.deff = SAMPLE_DEFF_REPLACE;
	t = estimate(a->sample, &ask);
	assert_close(t.row[0].estimate.deff,
		oracle_number(a->want, "mean_api00_deff_replace"), 1e-9);
	/* R takes the rows that have all three. */
	ask.ofs = 3;
	ask.listwise = true;
	t = estimate(a->sample, &ask);
	check_block(a->name, &t, oracle_at(a->want, "mean_multi"));
	ask.of = &acs;
	ask.ofs = 1;
	t = estimate(a->sample, &ask);
	check_block(a->name, &t, oracle_at(a->want, "covmat_missing"));
	assert_close(t.row[0].estimate.n, oracle_number(a->want, "covmat_missing/n_nonmiss"), 0);
}

static void
totals_and_shares_are_rs(const struct api *a)
{
	struct column enroll = column(a, "enroll");
	struct sample_ask ask = {
		.statistic = SAMPLE_TOTAL, .of = &enroll, .ofs = 1, .deff = SAMPLE_DEFF_FINITE
	};
	struct table t = estimate(a->sample, &ask);

	check_block(a->name, &t, oracle_at(a->want, "total_enroll"));
	assert_close(t.row[0].estimate.deff, oracle_number(a->want, "total_enroll/deff"), 1e-9);
	ask.of = indicators(factor_column(&a->csv, "stype"), &pool);
	ask.ofs = 3;
	t = estimate(a->sample, &ask);
	check_block(a->name, &t, oracle_at(a->want, "total_stype"));
	ask.statistic = SAMPLE_MEAN;
	ask.interval = INTERVAL_WALD;
	t = estimate(a->sample, &ask);
	check_block(a->name, &t, oracle_at(a->want, "mean_factor"));
}

static void
means_totals_and_shares_are_rs(void **state)
{
	(void)state;
	for (size_t i = 0; i < 7; i++) {
		struct api a = answered(design_name[i]);

		means_are_rs(&a);
		totals_and_shares_are_rs(&a);
	}
}

static void
ratios_are_rs(void **state)
{
	(void)state;
	for (size_t i = 0; i < 7; i++) {
		struct api a = answered(design_name[i]);
		struct column top[] = { column(&a, "api00"), column(&a, "api.stu"),
			column(&a, "api00"), column(&a, "api.stu") };
		struct column bottom[] = { column(&a, "api99"), column(&a, "api99"),
			column(&a, "enroll"), column(&a, "enroll") };
		struct sample_ask ask = {
			.statistic = SAMPLE_RATIO, .of = top, .den = bottom, .ofs = 1
		};
		struct table t = estimate(a.sample, &ask);

		check_block(a.name, &t, oracle_at(a.want, "ratio"));
		assert_string_equal(t.row[0].of, "api00/api99");
		ask.ofs = 4;
		ask.listwise = true;
		t = estimate(a.sample, &ask);
		check_block(a.name, &t, oracle_at(a.want, "ratio_multi"));
	}
}

static void
domains_keep_the_whole_design(void **state)
{
	(void)state;
	for (size_t i = 0; i < 7; i++) {
		struct api a = answered(design_name[i]);
		struct column api00 = column(&a, "api00");
		const struct factor *by[] = { factor_column(&a.csv, "stype"),
			factor_column(&a.csv, "sch.wide") };
		bool *where = pool_array(&pool, a.csv.rows, sizeof(*where));
		struct sample_ask ask = {
			.of = &api00, .ofs = 1, .by = by, .bys = 1, .interval = INTERVAL_WALD,
			.df = SAMPLE_DF_DESIGN
		};
		struct table t = estimate(a.sample, &ask);

		check_block(a.name, &t, oracle_at(a.want, "by_stype"));
		ask.bys = 2;
		t = estimate(a.sample, &ask);
		check_block(a.name, &t, oracle_at(a.want, "by_stype_schwide"));
		for (size_t k = 0; k < t.rows; k++) {
			const json_t *keys = oracle_at(a.want, "by_stype_schwide/keys");

			assert_string_equal(t.row[k].by[0],
				json_string_value(json_array_get(oracle_at(keys, "stype"), k)));
			assert_string_equal(t.row[k].by[1],
				json_string_value(json_array_get(oracle_at(keys, "sch.wide"), k)));
		}
		ask = (struct sample_ask) {
			.statistic = SAMPLE_TOTAL, .of = &api00, .ofs = 1, .by = by, .bys = 1,
			.df = SAMPLE_DF_DESIGN
		};
		t = estimate(a.sample, &ask);
		check_block(a.name, &t, oracle_at(a.want, "by_stype_total"));
		for (size_t k = 0; k < a.csv.rows; k++)
			where[k] = strcmp(oracle_cell(&a.csv, k, "stype"), "E") == 0;
		ask = (struct sample_ask){ .of = &api00, .ofs = 1, .where = where };
		t = estimate(a.sample, &ask);
		assert_close(t.df, oracle_number(a.want, "subset_E_df"), 0);
		ask.df = SAMPLE_DF_DESIGN;
		t = estimate(a.sample, &ask);
		check_block(a.name, &t, oracle_at(a.want, "subset_E"));
	}
}

static void
share_intervals_are_rs(void **state)
{
	static const char *const kind[] = { "xlogit", "beta", "asin", "wilson", "mean" };
	static const enum interval interval[] = { INTERVAL_LOGIT, INTERVAL_BETA, INTERVAL_ASIN,
		INTERVAL_WILSON, INTERVAL_WALD };

	(void)state;
	for (size_t i = 0; i < 7; i++) {
		struct api a = answered(design_name[i]);
		struct column wide = share(&a, "sch.wide", "Yes");

		for (size_t k = 0; k < 5; k++) {
			struct sample_ask ask = { .of = &wide, .ofs = 1, .interval = interval[k] };
			struct table t = estimate(a.sample, &ask);
			const json_t *want = oracle_at(oracle_at(a.want, "ciprop"), kind[k]);

			assert_close(t.row[0].estimate.value, oracle_number(want, "est"), 1e-9);
			assert_close(t.row[0].estimate.low, oracle_nth(want, "ci", 0), 1e-9);
			assert_close(t.row[0].estimate.high, oracle_nth(want, "ci", 1), 1e-9);
		}
	}
}

/* R's svycontrast() of domain means. */
static void
contrasts_of_domains_are_rs(void **state)
{
	static const double a[3][3] = { { 1, -1, 0 }, { 1, 0, -1 }, { 1.0 / 3, 1.0 / 3, 1.0 / 3 } };

	(void)state;
	for (size_t i = 0; i < 7; i++) {
		struct api d = answered(design_name[i]);
		struct column api00 = column(&d, "api00");
		const struct factor *by = factor_column(&d.csv, "stype");
		struct table t = estimate(d.sample,
			&(struct sample_ask) { .of = &api00, .ofs = 1, .by = &by, .bys = 1 });

		for (size_t k = 0; k < 3; k++) {
			struct table_row row = table_combine(
				&t, a[k], "contrast", NAN, INTERVAL_DEFAULT, &pool);

			assert_close(
				row.estimate.value, oracle_nth(d.want, "contrast/est", k), 1e-9);
			assert_close(row.estimate.se, oracle_nth(d.want, "contrast/se", k), 1e-9);
		}
	}
}

/*
 * The composite from items' covariance is the mean of each person's composite where nothing is
 * missing.
 */
static void
an_index_is_the_mean_of_the_persons_indices(void **state)
{
	struct api a = api_open("clus1");
	struct column item[2], person;
	double *x = pool_array(&pool, a.csv.rows, sizeof(*x)), weight[] = { 3, 1 };
	const struct factor *by = factor_column(&a.csv, "stype");
	struct sample_ask ask = { .of = item, .ofs = 2, .by = &by, .bys = 1 };
	struct table index, direct;

	(void)state;
	item[0] = column(&a, "api00");
	item[0] = column_points(&item[0], a.csv.rows, 200, 1000, &pool);
	item[1] = column(&a, "api99");
	item[1] = column_points(&item[1], a.csv.rows, 200, 1000, &pool);
	for (size_t i = 0; i < a.csv.rows; i++)
		x[i] = (3 * item[0].x[i] + item[1].x[i]) / 4;
	person = (struct column){ .name = "index", .x = x, .upper = 100 };
	assert_int_equal(sample_index(&index, a.sample, &ask, weight, "index", &pool, &err), 0);
	ask.of = &person;
	ask.ofs = 1;
	direct = estimate(a.sample, &ask);
	assert_int_equal(index.rows, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_close(index.row[i].estimate.value, direct.row[i].estimate.value, 1e-12);
		assert_close(index.row[i].estimate.se, direct.row[i].estimate.se, 1e-12);
		assert_close(index.row[i].estimate.low, direct.row[i].estimate.low, 1e-11);
		assert_close(index.row[i].estimate.deff, direct.row[i].estimate.deff, 1e-11);
		assert_close(index.row[i].estimate.n, direct.row[i].estimate.n, 0);
		assert_close(index.cov[i], direct.cov[i], 1e-10);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_design_describes_itself_as_r_does),
		cmocka_unit_test(means_totals_and_shares_are_rs),
		cmocka_unit_test(ratios_are_rs),
		cmocka_unit_test(domains_keep_the_whole_design),
		cmocka_unit_test(share_intervals_are_rs),
		cmocka_unit_test(contrasts_of_domains_are_rs),
		cmocka_unit_test(an_index_is_the_mean_of_the_persons_indices),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, load, unload);
}
