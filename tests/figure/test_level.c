/* figure/level.c: what rows may be split by, and what its levels are called. */
#include "figure/level.h"
#include "tests/figure/four.h"

static void
a_name_is_an_item_or_what_the_site_says(void **state)
{
	struct db *db = city_open();
	const struct form *a = city_form(db, "A"), *b = city_form(db, "B");
	struct err err = { 0 };

	(void)state;
	assert_int_equal(level_find(a, "sex").kind, LEVEL_ITEM);
	assert_int_equal(level_find(a, "sex").item, form_item(a, "sex"));
	assert_int_equal(level_find(a, "sector").kind, LEVEL_ITEM);
	assert_int_equal(level_find(b, "sector").kind, LEVEL_SECTOR);
	/* by its sense, not its name */
	assert_int_equal(level_find(b, "township").kind, LEVEL_ITEM);
	assert_int_equal(level_find(a, "site").kind, LEVEL_SITE);
	assert_int_equal(level_find(a, "colour").kind, LEVEL_NONE);
	assert_int_equal(level_known(a, "", &err), 0);
	assert_int_equal(level_known(a, "site", &err), 0);
	assert_int_equal(level_known(a, "colour", &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.text, "sector township site"));
	city_close(db);
}

static void
a_level_is_the_choice_or_nothing(void **state)
{
	struct db *db = city_open();
	const struct form *form = city_form(db, "A");
	struct site site = { .code = "ABC123", .sector = "S05", .township = "210281001" };
	uint8_t code[FORM_ITEMS_MAX];

	(void)state;
	memset(code, SCAN_NONE, sizeof(code));
	code[form_item(form, "sex")] = 1;
	assert_string_equal(level_of(form, level_find(form, "sex"), code, NULL), "2");
	code[form_item(form, "sex")] = SCAN_DONT_KNOW;
	assert_string_equal(level_of(form, level_find(form, "sex"), code, NULL), "");
	assert_string_equal(level_of(form, level_find(form, "age"), code, NULL), "");
	assert_string_equal(level_of(form, level_find(form, "site"), code, &site), "ABC123");
	assert_string_equal(level_of(form, level_find(form, "site"), code, NULL), "");
	city_close(db);
}

static void
a_site_is_found_by_its_id(void **state)
{
	static const struct site site[] = { { .id = 2 }, { .id = 5 }, { .id = 9 } };

	(void)state;
	assert_ptr_equal(level_site(site, 3, 5), &site[1]);
	assert_ptr_equal(level_site(site, 3, 9), &site[2]);
	assert_null(level_site(site, 3, 6));
	assert_null(level_site(site, 0, 2));
}

static void
levels_have_their_names(void **state)
{
	struct db *db = city_open();
	struct site site = { .name = "大厅", .window = "1号窗口", .active = true, .form_id = "B" };
	struct wave wave;
	struct counted a;
	struct words w;

	(void)state;
	must(db_put_site(db, &site, oops));
	wave = four_wave(db, 2024);
	must(counted_open(&a, db, &wave, false, &city_pool, oops));
	assert_string_equal(level_label(&a, "sex", "1", &city_pool).in[LANG_EN], "Male");
	w = level_label(&a, "site", site.code, &city_pool);
	assert_string_equal(w.in[LANG_ZH], "大厅 1号窗口");
	w = level_label(&a, "sex", "9", &city_pool);
	assert_string_equal(w.in[LANG_ZH], "9");
	city_close(db);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_name_is_an_item_or_what_the_site_says),
	cmocka_unit_test(a_level_is_the_choice_or_nothing),
	cmocka_unit_test(a_site_is_found_by_its_id),
	cmocka_unit_test(levels_have_their_names),
};

CHECK_MAIN(tests)
