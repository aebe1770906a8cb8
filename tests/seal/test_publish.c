/* seal/publish.c: a figure frozen with all that computes it again, or a reason why not. */
#include "tests/seal/city.h"

#include "base/json.h"
#include "figure/session.h"
#include "figure/keep.h"
#include "seal/proof.h"
#include "seal/sealed.h"
#include "tests/db/db.h"

static json_t *
parsed(const char *text)
{
	json_t *o = json_loads(text, 0, NULL);

	assert_non_null(o);
	return o;
}

static void
a_figure_is_frozen_with_what_it_rests_on(void **state)
{
	struct db *db = seal_open();
	struct published_row row;
	json_t *body, *provenance;
	const json_t *first = NULL, *e;
	size_t i;

	(void)state;
	seal_wave(db, 2024);
	must(seal_publish(&row, db, "43", 2024, oops));
	assert_int_equal(row.version, 1);
	body = parsed(row.body);
	json_array_foreach(json_object_get(body, "estimates"), i, e)
		if (first == NULL && strcmp(json_text_at(e, "index"), "csi") == 0)
			first = e;
	/* Half of them 7, half 8: 100 * 6.5 / 9. */
	assert_close(json_number_at(first, "value"), 100 * 6.5 / 9, 1e-12);
	assert_string_equal(json_text_at(first, "stream"), "sampled");
	provenance = parsed(row.provenance);
	assert_string_equal(json_text_at(provenance, "form"), "A");
	assert_string_equal(json_text_at(provenance, "signed_by"), "王局长");
	assert_string_equal(json_text_at(provenance, "command"),
		"manyi index --indicator 43 --year 2024");
	assert_int_equal(json_integer_value(json_object_get(provenance, "ledger_size")),
		SEAL_PEOPLE);
	assert_int_equal(json_integer_value(json_object_get(provenance, "rows")), SEAL_PEOPLE);
	assert_int_equal(strlen(json_text_at(provenance, "rows_sha256")), 64);
	json_decref(body);
	json_decref(provenance);
	must(seal_publish(&row, db, "43", 2024, oops));
	assert_int_equal(row.version, 2);
	seal_close(db);
}

/* The figure that is kept of the one wave becomes 1. */
static void
lie(struct db *db)
{
	struct figures_ask ask = { .set = SCORES_INDEX };
	const struct figure *m;
	struct session *s;
	struct figure *false_;
	size_t n;

	must(session_open(&s, db, &city_pool, oops));
	must(session_figures(s, 0, &ask, &m, &n, oops));
	false_ = pool_array(&city_pool, n, sizeof(*false_));
	memcpy(false_, m, n * sizeof(*m));
	false_[0].estimate.value = 1;
	keep_put(db, "measure 1 index city main 0.95",
		cache_write(session_state(s, 0, NULL), false_, n, &city_pool));
}

/* What was derived from the answers and kept may lie: it is neither read nor written, and the same
 * comes out beside it. */
static void
nothing_derived_is_read_or_kept(void **state)
{
	struct db *db = seal_open();
	struct published_row first, second;
	struct figure_ask ask = { .form = "A" };
	const struct figure *m;
	size_t n;

	(void)state;
	seal_wave(db, 2024);
	keep_start(1 << 20);
	must(seal_publish(&first, db, "43", 2024, oops));
	assert_null(keep_get(db, "measure 1 index city main 0.95", &city_pool));
	lie(db);
	must(figure_index(db, &ask, &m, &n, &city_pool, oops));
	assert_close(m[0].estimate.value, 1, 0);	/* the board believes it */
	must(seal_publish(&second, db, "43", 2024, oops));
	assert_string_equal(first.body, second.body);
	keep_start(0);
	seal_close(db);
}

static void
without_a_figure_of_the_year_nothing_is_stored(void **state)
{
	static const struct { const char *id; int year; enum err_code code; } bad[] = {
		{ "51", 2024, ERR_MISSING }, { "43", 2023, ERR_REFUSED },
		{ "43", 2099, ERR_REFUSED }, { "5", 2024, ERR_REFUSED },
	};
	struct db *db = seal_open();
	struct published_row row, *list;
	size_t n;

	(void)state;
	seal_wave(db, 2024);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err err = { 0 };

		assert_int_equal(seal_publish(&row, db, bad[i].id, bad[i].year, &err), -1);
		if (err.code != bad[i].code)
			fail_msg("%s %d: %s, \"%s\"", bad[i].id, bad[i].year,
				err_name(err.code), err.text);
	}
	must(db_list_published(db, NULL, &list, &n, &city_pool, oops));
	assert_int_equal(n, 0);
	seal_close(db);
}

/* Rows altered behind the program's back: of the figure's wave nothing is signed any more, and no
 * bundle is made of what was signed before; another year's do not matter. */
static void
altered_rows_are_not_signed(void **state)
{
	struct err err = { 0 };
	struct db *db = seal_open();
	struct published_row row, kept;
	struct sealed sealed;
	struct wave wave, other;

	(void)state;
	other = seal_wave(db, 2025);
	must(db_close_wave(db, other.id, oops));
	wave = seal_wave(db, 2024);
	assert_int_equal(db_shell(city_path, "DROP TRIGGER response_fixed"), SQLITE_OK);
	assert_int_equal(db_shell(city_path, pool_fmt(&city_pool, "UPDATE response SET weight ="
		" 2000000 WHERE wave = %lld", (long long)other.id)), SQLITE_OK);
	must(seal_publish(&row, db, "43", 2024, oops));
	assert_int_equal(db_shell(city_path, pool_fmt(&city_pool, "UPDATE response SET weight ="
		" 2000000 WHERE wave = %lld AND id %% 40 = 0", (long long)wave.id)), SQLITE_OK);
	assert_int_equal(seal_publish(&kept, db, "43", 2024, &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_non_null(strstr(err.text, "3"));
	assert_non_null(strstr(err.text, "manyi ledger verify"));
	assert_non_null(strstr(err.other, "manyi ledger verify"));
	err = (struct err){ 0 };
	assert_int_equal(sealed_make(&sealed, db, &row, &city_pool, &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	seal_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_figure_is_frozen_with_what_it_rests_on),
	cmocka_unit_test(nothing_derived_is_read_or_kept),
	cmocka_unit_test(altered_rows_are_not_signed),
	cmocka_unit_test(without_a_figure_of_the_year_nothing_is_stored),
};

CHECK_MAIN(tests)
