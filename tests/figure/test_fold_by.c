/* figure/fold_by.c: where a row lies, and what it may be split by. */
#include "figure/fold_by.h"
#include "tests/figure/four.h"

static struct fold
opened(struct db *db, const struct wave *wave)
{
	struct fold fold;

	must(fold_open(&fold, db, wave, &city_pool, oops));
	return fold;
}

static void
a_name_is_an_item_or_what_the_site_says(void **state)
{
	struct db *db = city_open();
	const struct form *a = city_form(db, "A"), *b = city_form(db, "B");

	(void)state;
	assert_int_equal(fold_variable(a, "sex").kind, VARIABLE_ITEM);
	assert_int_equal(fold_variable(a, "sex").item, form_item(a, "sex"));
	assert_int_equal(fold_variable(a, "sector").kind, VARIABLE_ITEM);
	assert_int_equal(fold_variable(b, "sector").kind, VARIABLE_SITE_SECTOR);
	/* by its sense, not its name */
	assert_int_equal(fold_variable(b, "township").kind, VARIABLE_ITEM);
	assert_int_equal(fold_variable(a, "site").kind, VARIABLE_SITE);
	assert_int_equal(fold_variable(a, "colour").kind, VARIABLE_NONE);
	city_close(db);
}

static void
a_level_is_the_choice_or_nothing(void **state)
{
	struct db *db = city_open();
	struct wave wave = four_wave(db, 2024);
	struct fold fold = opened(db, &wave);
	struct site site = { .code = "ABC123", .sector = "S05", .township = "210281001" };
	int value[FORM_ITEMS_MAX + 8];

	(void)state;
	for (size_t i = 0; i < FORM_ITEMS_MAX + 8; i++)
		value[i] = SCAN_NONE;
	value[form_item(fold.form, "sex")] = 2;
	assert_string_equal(fold_level(&fold, fold_variable(fold.form, "sex"), value, NULL), "2");
	value[form_item(fold.form, "sex")] = 98;
	assert_string_equal(fold_level(&fold, fold_variable(fold.form, "sex"), value, NULL), "");
	assert_string_equal(fold_level(&fold, fold_variable(fold.form, "age"), value, NULL), "");
	assert_string_equal(fold_level(&fold, fold_variable(fold.form, "site"), value, &site),
		"ABC123");
	assert_string_equal(fold_level(&fold, fold_variable(fold.form, "site"), value, NULL), "");
	city_close(db);
}

static void
open_rows_have_their_place_for_a_design(void **state)
{
	struct db *db = city_open();
	struct site site = { .name = "点", .active = true, .form_id = "B" };
	struct wave wave;
	struct fold fold;
	struct response_row row = { .stratum = "h1", .cluster = "c1", .answers = "[]" };
	struct fold_unit unit;

	(void)state;
	must(db_put_site(db, &site, oops));
	wave = four_wave(db, 2024);
	fold = opened(db, &wave);
	row.site = site.id;
	unit = fold_unit(&fold, &row, STREAM_SAMPLED);
	assert_string_equal(unit.stratum, "h1");
	assert_string_equal(unit.cluster, "c1");
	assert_false(unit.by_site);
	assert_int_equal(unit.flag, 0);
	row.flagged = true;
	row.stratum = row.cluster = "";
	unit = fold_unit(&fold, &row, STREAM_OPEN);
	assert_string_equal(unit.stratum, "");
	assert_string_equal(unit.cluster, site.code);
	assert_true(unit.by_site);
	assert_int_equal(unit.flag, 1);
	row.excluded = true;
	row.site = 0;
	unit = fold_unit(&fold, &row, STREAM_OPEN);
	assert_string_equal(unit.cluster, "");
	assert_null(unit.site);
	assert_int_equal(unit.flag, 2);
	assert_null(fold_site(&fold, 99));
	assert_string_equal(fold_site(&fold, site.id)->code, site.code);
	city_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_name_is_an_item_or_what_the_site_says),
	cmocka_unit_test(a_level_is_the_choice_or_nothing),
	cmocka_unit_test(open_rows_have_their_place_for_a_design),
};

CHECK_MAIN(tests)
