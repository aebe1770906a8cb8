/* figure/figures.c: answers of a wave into figures, against algebra row by row and four
 * people known by hand. */
#include "tests/support/check.h"

#include "stats/dist.h"

#include "figure/figures.h"
#include "figure/session.h"
#include "tests/figure/four.h"
#include "tests/track/people.h"

/* Sector index and the linearised city index, row by row, in long double. */
struct reference {
	double value, se, df, n;
	double sector[SECTORS];
};

/* Of clusters within strata, from the sums of each cluster. */
static double
clustered_se(long double z[STRATA][CLUSTERS])
{
	long double v = 0;

	for (int h = 0; h < STRATA; h++) {
		long double mean = 0, sum = 0;

		for (int c = 0; c < CLUSTERS; c++)
			mean += z[h][c] / CLUSTERS;
		for (int c = 0; c < CLUSTERS; c++)
			sum += (z[h][c] - mean) * (z[h][c] - mean);
		v += sum * CLUSTERS / (CLUSTERS - 1);
	}
	return (double)sqrtl(v);
}

static struct reference
reference_of(bool clustered, bool unflagged)
{
	long double w[SECTORS] = { 0 }, t[SECTORS] = { 0 }, z[STRATA][CLUSTERS] = { { 0 } },
		all = 0, square = 0;
	struct reference r = { .value = 0 };

	for (size_t i = 0; i < ROWS; i++) {
		double y = csi_of(&seen[i]);

		if (isnan(y) || (seen[i].flagged && !unflagged))
			continue;
		w[seen[i].sector] += seen[i].weight;
		t[seen[i].sector] += seen[i].weight * (long double)y;
		r.n++;
	}
	for (int s = 0; s < SECTORS; s++) {
		r.sector[s] = (double)(t[s] / w[s]);
		r.value += r.sector[s] / SECTORS;
	}
	for (size_t i = 0; i < ROWS; i++) {
		double y = csi_of(&seen[i]);
		int s = seen[i].sector;
		long double u = 0;

		if (!isnan(y) && (!seen[i].flagged || unflagged))
			u = seen[i].weight * (y - t[s] / w[s]) / w[s] / SECTORS;
		z[seen[i].stratum][seen[i].cluster] += u;
		all += u;
		square += u * u;
	}
	r.se = clustered ? clustered_se(z) :
		(double)sqrtl((long double)ROWS / (ROWS - 1) * (square - all * all / ROWS));
	r.df = clustered ? STRATA * CLUSTERS - STRATA : ROWS - 1;
	return r;
}

static void
check_city(struct db *db, bool clustered, bool unflagged)
{
	struct reference r = reference_of(clustered, unflagged);
	struct figure_ask q = { .form = "A", .index = "csi", .unflagged = unflagged };
	const struct figure *m;
	double lo, margin;

	ask(db, &q);
	m = find("csi", "all", "sampled");
	assert_string_equal(m->err_code, "");
	assert_close(m->estimate.value, r.value, 1e-12);
	assert_close(m->estimate.se, r.se, 1e-12);
	assert_close(m->estimate.df, r.df, 0);
	assert_close(m->estimate.n, r.n, 0);
	margin = dist_critical(0.95, r.df) * r.se * 100 / (r.value * (100 - r.value));
	lo = log(r.value / (100 - r.value)) - margin;
	assert_close(m->estimate.low, 100 / (1 + exp(-lo)), 1e-10);
	assert_string_equal(m->estimate.mapping, "acsi-1-10");
	assert_non_null(strstr(m->estimate.method, "3 sectors weighted equally"));
	q.by = "sector";
	m = ask(db, &q);
	assert_int_equal(gots, SECTORS);
	assert_close(m[1].estimate.value, r.sector[1], 1e-12);
	assert_string_equal(m[1].domain, "S02");
	assert_string_equal(m[1].domain_label.in[LANG_ZH], "通信（手机、宽带）");
}

static void
the_city_index_is_the_algebra_row_by_row(void **state)
{
	struct db *db = city_open();
	struct wave w;

	(void)state;
	fill_a(db, &w, true);
	check_city(db, true, false);
	check_city(db, true, true);
	check_city(db, true, false);	/* now from the cache */
	city_close(db);
}

static void
rows_without_clusters_are_their_own(void **state)
{
	struct db *db = city_open();
	struct wave w;

	(void)state;
	fill_a(db, &w, false);
	check_city(db, false, false);
	check_city(db, false, true);
	city_close(db);
}

static void
an_exclusion_moves_a_row_out_of_the_main_estimate_only(void **state)
{
	struct figure_ask q = { .form = "A", .index = "csi" };
	struct db *db = city_open();
	const struct figure *before, *after;
	double n_all;
	struct wave w;
	size_t i;

	(void)state;
	fill_a(db, &w, true);
	before = ask(db, &q);
	q.unflagged = true;
	n_all = ask(db, &q)->estimate.n;
	for (i = 0; seen[i].flagged || isnan(csi_of(&seen[i])); i++)
		;
	must(db_put_exclusion(db, (int64_t)i + 1, "speed", "1", "analyst", 28000000, oops));
	q.unflagged = false;
	after = ask(db, &q);
	assert_close(after->estimate.n, before->estimate.n - 1, 0);
	seen[i].flagged = true;
	assert_close(after->estimate.value, reference_of(true, false).value, 1e-12);
	q.unflagged = true;
	assert_close(ask(db, &q)->estimate.n, n_all, 0);
	city_close(db);
}

/* With two weight classes the raked mean is N1 y1 + N2 y2 within each sector's raked weights. */
static void
raking_gives_the_margins_their_share(void **state)
{
	struct figure_ask q = { .form = "A", .index = "sat" };
	long double t[3] = { 0 }, w[3] = { 0 }, sex[3] = { 0 };
	struct db *db = city_open();
	const struct form *form = city_form(db, "A");
	struct wave wave = wave_a(db, form, "sex");
	const struct figure *m;
	double want;

	(void)state;
	must(db_begin(db, oops));
	for (size_t i = 0; i < ROWS; i++) {
		seen_make(&seen[i]);
		seen_store(db, form, wave.id, &seen[i], true);
		if (seen[i].flagged)
			continue;
		sex[seen[i].sex] += seen[i].weight;
		if (seen[i].x[0] > 0) {
			w[seen[i].sex] += seen[i].weight;
			t[seen[i].sex] += seen[i].weight * 100 * (seen[i].x[0] - 1) / 9;
		}
	}
	must(db_commit(db, oops));
	put_margins(db, false, 500000);
	want = (double)((400000 / sex[1] * t[1] + 500000 / sex[2] * t[2]) /
		(400000 / sex[1] * w[1] + 500000 / sex[2] * w[2]));
	ask(db, &q);
	m = find("sat", "all", "sampled");
	assert_close(m->estimate.value, want, 1e-10);
	assert_string_equal(m->margins, "sex");
	assert_int_equal(strlen(m->margins_hash), 64);
	put_margins(db, false, 100000);	/* other margins: not the cached figure */
	assert_true(fabs(ask(db, &q)->estimate.value - want) > 0.1);
	put_margins(db, true, 500000);
	ask(db, &q);
	m = find("sat", "all", "sampled");
	assert_string_equal(m->err_code, "placeholder_margins");
	assert_int_equal(m->err.code, ERR_REFUSED);
	assert_true(isnan(m->estimate.value) && isnan(m->estimate.low));
	city_close(db);
}

static void
sector_weights_are_printed_and_checked(void **state)
{
	struct figure_ask q = { .form = "A", .index = "csi" };
	struct db *db = city_open();
	struct reference r;
	const struct figure *m;
	struct wave w;

	(void)state;
	fill_a(db, &w, true);
	r = reference_of(true, false);
	must(db_set_setting(db, "sector_weights", "S01=2 S02=1 S03=1", oops));
	m = ask(db, &q);
	assert_close(m->estimate.value, (2 * r.sector[0] + r.sector[1] + r.sector[2]) / 4, 1e-12);
	assert_non_null(strstr(m->estimate.method, "S01=2 S02=1 S03=1"));
	must(db_set_setting(db, "sector_weights", "S01=2 S02=x", oops));
	m = ask(db, &q);
	assert_string_equal(m->err_code, "sector_weights");
	assert_true(isnan(m->estimate.value));
	city_close(db);
}

static struct figures *
opened(struct db *db)
{
	struct session *s;
	struct err err = { 0 };
	struct figures *figures;

	must(session_open(&s, db, &city_pool, oops));
	figures = session_wave(s, 0, &err);
	assert_non_null(figures);
	return figures;
}

static void
four_people_are_counted_by_hand(void **state)
{
	struct figures_ask ask = { .set = SCORES_ITEM, .by = "", .level = 0.95 };
	struct db *db = city_open();
	const struct scores_figure *sat;
	enum scores_set set;
	struct figures *figures;
	struct table t;
	double *a;

	(void)state;
	four_wave(db, 2024);
	figures = opened(db);
	sat = scores_find(&figures->scores, "sat", &set);
	assert_int_equal(set, SCORES_ITEM);
	must(figures_rows(&t, figures, &ask, sat, STREAM_SAMPLED, &city_pool, oops));
	assert_int_equal(t.rows, 1);
	assert_close(t.row[0].estimate.value, FOUR_MEAN, 1e-12);
	assert_close(t.row[0].estimate.se, FOUR_SE, 1e-12);
	assert_close(t.row[0].estimate.df, 3, 0);
	must(figures_table(&t, &a, figures, &ask, sat, STREAM_SAMPLED, &city_pool));
	assert_close(a[0] * t.row[0].estimate.value, FOUR_MEAN, 1e-12);
	ask.by = "sex";
	must(figures_rows(&t, figures, &ask, sat, STREAM_SAMPLED, &city_pool, oops));
	assert_int_equal(t.rows, 2);
	assert_close(t.row[0].estimate.value, 250. / 3, 1e-12);
	assert_close(t.row[1].estimate.value, 25. / 3, 1e-12);
	city_close(db);
}

static void
four_people_are_too_few_to_be_shown(void **state)
{
	struct figures_ask ask = { .set = SCORES_INDEX, .by = "", .level = 0.95 };
	struct db *db = city_open();
	struct figure *m;
	struct figures *figures;
	size_t n;

	(void)state;
	four_wave(db, 2024);
	figures = opened(db);
	figures_make(&m, &n, figures, &ask, &city_pool);
	assert_true(n >= 1);
	assert_string_equal(m[0].index, "csi");
	assert_string_equal(m[0].err_code, "too_few");
	assert_true(isnan(m[0].estimate.value) && isnan(m[0].estimate.low));
	assert_close(m[0].estimate.n, 4, 0);
	city_close(db);
}

static void
a_sectors_weight_is_read_from_its_own_place(void **state)
{
	struct err err = { 0 };
	double w = 0;

	(void)state;
	assert_int_equal(figures_weight(&w, "", "S01", &err), 0);
	assert_close(w, 1, 0);
	assert_int_equal(figures_weight(&w, "S01=2 S02=1.5", "S02", &err), 0);
	assert_close(w, 1.5, 0);
	assert_int_equal(figures_weight(&w, "S01=2,S02=0", "S02", &err), 0);
	assert_close(w, 0, 0);
	for (size_t i = 0; i < 4; i++) {
		static const char *const bad[] = { "S01=2", "S02=", "S02=-1", "S02=1x" };

		assert_int_equal(figures_weight(&w, bad[i], "S02", &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(the_city_index_is_the_algebra_row_by_row),
	cmocka_unit_test(rows_without_clusters_are_their_own),
	cmocka_unit_test(an_exclusion_moves_a_row_out_of_the_main_estimate_only),
	cmocka_unit_test(raking_gives_the_margins_their_share),
	cmocka_unit_test(sector_weights_are_printed_and_checked),
	cmocka_unit_test(four_people_are_counted_by_hand),
	cmocka_unit_test(four_people_are_too_few_to_be_shown),
	cmocka_unit_test(a_sectors_weight_is_read_from_its_own_place),
};

CHECK_MAIN(tests)
