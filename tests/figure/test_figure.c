/* figure/figure.c: however rows are folded and read, the bits are the same; what
 * forms B and C measure. */
#include "tests/support/check.h"

#include "tests/track/people.h"

static bool
same_number(double a, double b)
{
	return a == b || (isnan(a) && isnan(b));
}

static bool
same_estimate(const struct estimate *a, const struct estimate *b)
{
	return same_number(a->value, b->value) && same_number(a->se, b->se) &&
		same_number(a->low, b->low) && same_number(a->high, b->high) &&
		same_number(a->n, b->n) && same_number(a->df, b->df) &&
		same_number(a->n_eff, b->n_eff) && same_number(a->deff, b->deff);
}

static void
assert_same(const struct figure a[], const struct figure b[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_true(same_estimate(&a[i].estimate, &b[i].estimate));
}

static void
assert_same_words(const struct figure a[], const struct figure b[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(a[i].estimate.method, b[i].estimate.method);
		assert_string_equal(a[i].index_label.in[LANG_EN], b[i].index_label.in[LANG_EN]);
	}
}

/* From blocks, from rows past them, read-only and again gives the same bits. */
static void
however_it_is_read_the_bits_are_the_same(void **state)
{
	struct figure_ask q = { .form = "A" };
	struct db *db = city_open(), *reader;
	const struct figure *first, *second, *third;
	const struct form *form;
	struct err err = { 0 };
	size_t n;
	struct wave w;

	(void)state;
	fill_a(db, &w, true);
	first = ask(db, &q);
	n = gots;
	form = db_get_form(db, "A", NULL, &city_pool, &err);
	for (size_t i = 0; i < 40; i++) {
		seen_make(&seen[i]);
		seen_store(db, form, w.id, &seen[i], true);
	}
	second = ask(db, &q);
	assert_int_equal(gots, n);
	assert_false(same_estimate(&first[0].estimate, &second[0].estimate));
	reader = db_open(city_path, DB_READ, &err);
	assert_non_null(reader);
	third = ask(reader, &q);
	assert_same(second, third, n);
	db_close(reader);
	third = ask(db, &q);
	assert_same(second, third, n);
	third = ask(db, &q);
	assert_same(second, third, n);
	assert_same_words(second, third, n);
	city_close(db);
}

/* An open row at a site. */
static void
store_b(struct db *db, const struct form *form, int64_t wave, int64_t site, int level, int prompted)
{
	struct city_value v[] = { { "level", city_number(level) },
		{ "prompted", city_number(prompted) } };
	struct response_row row = { .wave = wave, .stream = "open", .site = site,
		.answers = city_answers(form, v, 2) };

	city_row(db, &row);
}

/* What 800 answers at eight sites add up to. */
struct count_b {
	double satisfied, top, prompted;
};

static void
fill_b(struct db *db, struct site site[8], struct count_b *n)
{
	const struct form *form = city_form(db, "B");
	struct wave wave = city_wave(form, 2024);

	must(db_put_wave(db, &wave, oops));
	for (size_t i = 0; i < 8; i++) {
		site[i] = (struct site){ .name = pool_fmt(&city_pool, "大厅%zu", i),
			.window = "1号窗口", .sector = i % 2 ? "S01" : "S05",
			.township = "210281001", .stratum = "", .form_id = "B", .active = true };
		must(db_put_site(db, &site[i], oops));
	}
	for (size_t i = 0; i < 800; i++) {
		int level = 1 + city_below(5), hint = 1 + (city_below(10) == 0);

		store_b(db, form, wave.id, site[i % 8].id, level, i % 4 ? hint : 99);
		n->satisfied += level >= 3;
		n->top += level >= 4;
		n->prompted += i % 4 && hint == 2;
	}
}

static void
form_b_gives_shares_by_site_and_says_they_are_voluntary(void **state)
{
	struct figure_ask q = { .form = "B" };
	struct db *db = city_open();
	struct site site[8];
	struct count_b n = { 0 };
	const struct figure *m;
	double share;

	(void)state;
	fill_b(db, site, &n);
	m = ask(db, &q);
	assert_close(find("satisfied", "all", "open")->estimate.value, n.satisfied / 800, 1e-14);
	assert_close(find("top2", "all", "open")->estimate.value, n.top / 800, 1e-14);
	assert_close(find("prompted", "all", "open")->estimate.value, n.prompted / 600, 1e-14);
	assert_close(find("prompted", "all", "open")->estimate.n, 600, 0);
	/* eight sites, one stratum */
	assert_close(find("level5", "all", "open")->estimate.df, 7, 0);
	assert_string_equal(m->estimate.mapping, "share");
	assert_non_null(strstr(m->note.in[LANG_ZH], "自愿参与，不代表全体"));
	assert_non_null(strstr(m->estimate.method, "model-based"));
	q.by = "site";
	q.index = "satisfied";
	m = ask(db, &q);
	assert_int_equal(gots, 8);
	assert_close(find("satisfied", site[3].code, "open")->estimate.n, 100, 0);
	assert_string_equal(find("satisfied", site[3].code, "open")->domain_label.in[LANG_ZH],
		"大厅3 1号窗口");
	/* People are the units: a share of 100 answers as a domain of 800, not one
	 * cluster without variance. */
	share = find("satisfied", site[3].code, "open")->estimate.value;
	assert_close(find("satisfied", site[3].code, "open")->estimate.se,
		sqrt(share * (1 - share) / 100 * 800 / 799), 1e-12);
	q.by = "sector";
	m = ask(db, &q);
	assert_int_equal(gots, 2);
	assert_close(m[0].estimate.n, 400, 0);
	q.stream = "sampled";
	ask(db, &q);
	assert_int_equal(gots, 0);		/* never pooled, never borrowed */
	city_close(db);
}

/* One answer of form C. */
struct citizen {
	int d[5];		/* 0: does not know */
	const char *unaided, *aided;
	int used;
	bool official;
};

static void
store_c(struct db *db, const struct form *form, int64_t wave, const struct citizen *c)
{
	static const char *const item[] = { "P", "E", "S", "N", "G" };
	struct city_value v[10];
	struct response_row row = { .wave = wave, .stream = "sampled", .flagged = c->official };

	for (int i = 0; i < 5; i++)
		v[i] = (struct city_value){ item[i], c->d[i] == 0 ? "98" : city_number(c->d[i]) };
	v[5] = (struct city_value){ "unaided", c->unaided };
	v[6] = (struct city_value){ "aided", c->aided };
	v[7] = (struct city_value){ "used", city_number(c->used) };
	v[8] = (struct city_value){ "T", "8" };
	v[9] = (struct city_value){ "occ", c->official ? "1" : "5" };
	row.answers = city_answers(form, v, 10);
	city_row(db, &row);
}

enum { CITIZENS = 700 };

/* What form C should say of those who are no officials, counted by hand. */
struct count_c {
	long double t[5];	/* points of each dimension, */
	double w[5];		/* of so many */
	double asked, known, ticked, any, cleaned, clean, users, ok;
};

static void
count_c(struct count_c *count, const struct citizen *c, int named, int knows, int net)
{
	if (c->official)
		return;
	for (size_t k = 0; k < 5; k++)
		if (c->d[k] > 0) {
			count->w[k]++;
			count->t[k] += 100.0L * (c->d[k] - 1) / 9;
		}
	count->asked += named >= 0;
	count->known += named > 0;
	count->ticked += knows >= 0;
	count->any += knows > 0;
	count->cleaned += net >= 0;
	count->clean += net > 0;
	count->users += c->used > 1;
	count->ok += c->used == 2 || c->used == 3;
}

static void
fill_c(struct db *db, struct citizen c[CITIZENS], struct count_c *count)
{
	static const char *const unaided[] = { "\"12345\"", "\"打市长热线\"", "\"商家\"", "98",
		"\"1 2 3 1 5\"", "99" };
	static const int names[] = { 1, 1, 0, 0, 1, -1 };
	static const char *const aided[] = {
		"[12315,\"title\"]", "[\"none\"]", "[12345,\"direct\"]", "99", "[\"month\"]",
	};
	static const int knows[] = { 1, 0, 1, -1, 0 }, net[] = { 1, 0, -1, -1, 0 };
	const struct form *form = city_form(db, "C");
	struct wave wave = city_wave(form, 2024);

	must(db_put_wave(db, &wave, oops));
	for (size_t i = 0; i < CITIZENS; i++) {
		int base = city_below(4), u = city_below(6), a = city_below(5);

		for (size_t k = 0; k < 5; k++)
			c[i].d[k] = city_below(14) == 0 ? 0 : 5 + base + city_below(3);
		c[i].unaided = unaided[u];
		c[i].aided = aided[a];
		c[i].used = 1 + city_below(5);
		c[i].official = city_below(20) == 0;
		store_c(db, form, wave.id, &c[i]);
		count_c(count, &c[i], names[u], knows[a], net[a]);
	}
}

/* The standard error of the index: each person's pull on the five means, of a fifth each. */
static double
index_se(const struct citizen c[CITIZENS], const struct count_c *count)
{
	long double square = 0, sum = 0;

	for (size_t i = 0; i < CITIZENS; i++) {
		long double u = 0;

		for (size_t k = 0; k < 5 && !c[i].official; k++)
			if (c[i].d[k] > 0)
				u += (100.0L * (c[i].d[k] - 1) / 9 - count->t[k] / count->w[k]) /
					count->w[k] / 5;
		square += u * u;
		sum += u;
	}
	return (double)sqrtl((long double)CITIZENS / (CITIZENS - 1) *
		(square - sum * sum / CITIZENS));
}

static void
form_c_composes_its_index_and_counts_awareness(void **state)
{
	static const char *const figure[] = { "cqi", "overall", "product", "construction",
		"service", "environment", "government" };
	static const char *const awareness[] = { "aided_net", "aided", "unaided", "overclaim",
		"channel_used", "channel_ok", "channel_dead" };
	struct figure_ask q = { .form = "C", .figure = figure, .figures = 7 };
	struct db *db = city_open();
	struct citizen c[CITIZENS];
	struct count_c n = { .asked = 0 };
	double cqi = 0;

	(void)state;
	fill_c(db, c, &n);
	for (size_t k = 0; k < 5; k++)
		cqi += (double)(n.t[k] / n.w[k]) / 5;
	ask(db, &q);
	assert_int_equal(gots, 7);
	assert_close(find("construction", "all", "sampled")->estimate.value,
		(double)(n.t[1] / n.w[1]), 1e-12);
	assert_close(find("cqi", "all", "sampled")->estimate.value, cqi, 1e-12);
	assert_close(find("cqi", "all", "sampled")->estimate.se, index_se(c, &n), 1e-10);
	assert_true(find("cqi", "all", "sampled")->estimate.deff > 0);
	q = (struct figure_ask){ .form = "C", .figure = awareness, .figures = 7 };
	ask(db, &q);
	assert_close(find("unaided", "all", "sampled")->estimate.value, n.known / n.asked, 1e-14);
	assert_close(find("unaided", "all", "sampled")->estimate.n, n.asked, 0);
	assert_close(find("aided", "all", "sampled")->estimate.value, n.any / n.ticked, 1e-14);
	assert_close(find("aided_net", "all", "sampled")->estimate.value,
		n.clean / n.cleaned, 1e-14);
	assert_close(find("aided_net", "all", "sampled")->estimate.n, n.cleaned, 0);
	assert_close(find("channel_ok", "all", "sampled")->estimate.value, n.ok / n.users, 1e-14);
	city_close(db);
}

static void
an_item_is_measured_when_named(void **state)
{
	struct figure_ask q = { .form = "A", .index = "q_rel", .by = "sex" };
	struct db *db = city_open();
	const struct figure *m;
	struct wave w;

	(void)state;
	fill_a(db, &w, true);
	m = ask(db, &q);
	assert_int_equal(gots, 2);
	/* Everyone gave it 7: there is nothing an error could be estimated from. */
	assert_string_equal(m[0].err_code, "all_alike");
	assert_true(isnan(m[0].estimate.value));
	assert_string_equal(m[1].domain_label.in[LANG_EN], "Female");
	city_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(however_it_is_read_the_bits_are_the_same),
	cmocka_unit_test(form_b_gives_shares_by_site_and_says_they_are_voluntary),
	cmocka_unit_test(form_c_composes_its_index_and_counts_awareness),
	cmocka_unit_test(an_item_is_measured_when_named),
};

CHECK_MAIN(tests)
