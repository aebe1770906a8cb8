/* The method's version and the formulas move together: a digest of many figures of a fixed
 * city for each version. */
#include "tests/support/check.h"

#include "base/sha256.h"
#include "base/text.h"
#include "figure/figures.h"
#include "figure/keep.h"

#include "tests/track/board.h"
#include "tests/track/people.h"

/*
 * Append only: a digest that is here was in force.  When the test below fails and the change is
 * meant, raise FIGURES_METHOD_VERSION (figure/figures.h), add a line here, and list the
 * formula in CHANGELOG.md.
 */
static const struct { int version; const char *digest; } in_force[] = {
	{ 2, "64176e1a3044f1be718b436633b605cdef9fc7d0ee1f435a32c253399095fffa" },
	{ 3, "1ed210429d5d3eb3d3e31b91e2b0768ad39d420678a595b9adfe313c9438f0ba" },
};
enum { IN_FORCE = sizeof(in_force) / sizeof(in_force[0]) };

/* Nine digits: the same on every machine, and no formula changes less. */
static void
put(struct text *t, double x)
{
	text_fmt(t, isnan(x) ? " -" : isinf(x) ? " inf" : fabs(x) < 1e-12 ? " 0" : " %.9g", x);
}

static void
put_estimate(struct text *t, const struct estimate *e)
{
	put(t, e->value);
	put(t, e->se);
	put(t, e->low);
	put(t, e->high);
	put(t, e->df);
	put(t, e->n);
	put(t, e->n_eff);
	put(t, e->deff);
}

static void
put_figures(struct text *t, struct db *db, const char *form, const char *by,
	bool unflagged, double level)
{
	const struct figure_ask q = { .form = form, .by = by, .unflagged = unflagged,
		.level = level };

	ask(db, &q);
	for (size_t i = 0; i < gots; i++) {
		text_fmt(t, "%s %s %s %d %s %s:", got[i].form, got[i].index, got[i].domain,
			got[i].year, got[i].stream, got[i].err_code);
		put_estimate(t, &got[i].estimate);
		text_putc(t, '\n');
	}
}

static void
put_series(struct text *t, const struct series *s)
{
	for (size_t i = 0; i + 1 < s->years; i++) {
		text_fmt(t, "step %s %d %d:", s->index, s->step[i].to, s->step[i].broken);
		put_estimate(t, &s->step[i].difference);
		put(t, s->step[i].p_up);
		put(t, s->step[i].p_down);
		text_putc(t, '\n');
	}
	text_puts(t, "every step:");
	put(t, s->iut_up);
	put(t, s->iut_down);
	text_putc(t, '\n');
}

/* ---- the city ---- */

static void
volunteers(struct db *db, const struct form *form, int64_t wave)
{
	for (int i = 0; i < 200; i++) {
		struct city_value v[] = { { "sector",
			pool_fmt(&city_pool, "\"S%02d\"", 1 + i % 3) },
			{ "sat", city_number(6 + i % 5) }, { "sat_exp", city_number(5 + i % 4) },
			{ "sat_ideal", city_number(7 + i % 3) } };
		struct response_row row = { .wave = wave, .stream = "open",
			.answers = city_answers(form, v, 4) };

		city_row(db, &row);
	}
}

static void
wave_of_year(struct db *db, const struct form *form, int year)
{
	struct wave w = city_wave(form, year);

	w.margins = year == 2024 ? "sex" : "";
	w.clusters = "社区";
	must(db_put_wave(db, &w, oops));
	must(db_begin(db, oops));
	for (size_t i = 0; i < ROWS; i++) {
		seen_make(&seen[i]);
		seen_store(db, form, w.id, &seen[i], true);
	}
	volunteers(db, form, w.id);
	must(db_commit(db, oops));
	must(db_close_wave(db, w.id, oops));
}

/* People of no cluster, whose answers to the five dimensions go together. */
static void
alone_by_sex(struct db *db)
{
	const struct form *form = city_form(db, "C");
	struct wave w = city_wave(form, 2023);

	must(db_put_wave(db, &w, oops));
	for (int i = 0; i < 160; i++) {
		struct city_value v[FORM_ITEMS_MAX] = { { "sex", i % 3 == 0 ? "1" : "2" } };
		struct response_row row = { .wave = w.id, .stream = "sampled" };
		size_t n = 1;

		for (size_t k = 0; k < form->indices; k++)
			for (size_t j = 0; strcmp(form->index[k].name, "cqi") == 0 &&
					j < form->index[k].items; j++)
				v[n++] = (struct city_value){ form->index[k].item[j],
					city_number(4 + (i + (int)j * (i % 7)) % 7) };
		row.answers = city_answers(form, v, n);
		city_row(db, &row);
	}
	must(db_close_wave(db, w.id, oops));
}

static struct db *
fixed_city(void)
{
	static const struct margin margin[] = {
		{ .variable = "sex", .category = "1", .population = 40000, .source = "s",
			.date = "2020-11-01", .area = "" },
		{ .variable = "sex", .category = "2", .population = 60000, .source = "s",
			.date = "2020-11-01", .area = "" },
	};
	struct db *db = board_open();
	struct peer_row peer = { .indicator = "40", .year = 2024, .agency = "",
		.report_sha256 = "" };

	must(db_put_margins(db, margin, 2, oops));
	for (int i = 2021; i <= 2024; i++)
		wave_of_year(db, city_form(db, "A"), i);
	alone_by_sex(db);
	year_c(db, 2024, 7, 250, 30, N);
	complaints(db, falling, 4, 27);
	for (int i = 0; i < 8; i++) {
		peer.city = pool_fmt(&city_pool, "c%d", i);
		peer.score = 80 - 3 * i;
		peer.se = 0.5 + 0.25 * i;
		must(db_put_peers(db, &peer, 1, oops));
	}
	return db;
}

static void
put_all(struct text *t, struct db *db)
{
	const struct rank_row *rank;
	struct series s;
	size_t n;

	put_figures(t, db, "A", NULL, false, 0);
	put_figures(t, db, "A", NULL, true, 0.9);
	put_figures(t, db, "A", "sector", false, 0);
	put_figures(t, db, "A", "sex", false, 0);
	put_figures(t, db, "C", NULL, false, 0);
	put_figures(t, db, "C", "sex", false, 0);
	must(series_make(&s, city_session(db), "A", "csi", "sampled", 0, 3, oops));
	put_series(t, &s);
	must(series_make(&s, city_session(db), "A", "csi", "open", 0, 3, oops));
	put_series(t, &s);
	must(figure_complaints(db, 0, 3, &s, &city_pool, oops));
	for (size_t i = 0; i < s.years; i++)
		put_estimate(t, &s.year[i].estimate);
	put_series(t, &s);
	must(ranks_make(city_session(db), &(struct rank_ask){ .indicator = "40", .year = 2024,
		.top = 3, .form = "A", .index = "csi" }, &rank, &n, oops));
	for (size_t i = 0; i < n; i++) {
		text_fmt(t, "%s %d %d %d", rank[i].city, rank[i].rank, rank[i].low, rank[i].high);
		put(t, rank[i].p_top);
		text_putc(t, '\n');
	}
}

static void
a_formula_does_not_change_without_its_version(void **state)
{
	struct db *db = fixed_city();
	struct text t = TEXT_INIT;
	char digest[65];

	(void)state;
	put_all(&t, db);
	assert_true(t.n > 10000);
	sha256_hex(digest, t.s, t.n);
	if (getenv("METHOD_TEXT") != NULL)
		fputs(text_str(&t), stderr);
	if (in_force[IN_FORCE - 1].version != FIGURES_METHOD_VERSION)
		fail_msg("FIGURES_METHOD_VERSION is %d: add { %d, \"%s\" } to in_force[]",
			FIGURES_METHOD_VERSION, FIGURES_METHOD_VERSION, digest);
	if (strcmp(in_force[IN_FORCE - 1].digest, digest) != 0)
		fail_msg("the same answers give other figures (%s): raise FIGURES_METHOD_VERSION",
			digest);
	text_clear(&t);
	city_close(db);
}

/* What an older method computed is not shown by a newer one. */
static void
the_version_is_a_part_of_every_kept_figure(void **state)
{
	struct db *db = fixed_city();
	const char *json, *want = pool_fmt(&city_pool, "\"method %d rows ", FIGURES_METHOD_VERSION);
	struct series s;

	(void)state;
	keep_start(1 << 20);
	must(series_make(&s, city_session(db), "A", "csi", "sampled", 0, 3, oops));
	json = keep_get(db, "measure 1 index city main 0.95", &city_pool);
	assert_non_null(json);
	assert_non_null(strstr(json, want));
	json = keep_get(db, "step 1 2 csi sampled", &city_pool);
	assert_non_null(json);
	assert_non_null(strstr(json, want));
	keep_start(0);
	city_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_formula_does_not_change_without_its_version),
	cmocka_unit_test(the_version_is_a_part_of_every_kept_figure),
};

CHECK_MAIN(tests)
