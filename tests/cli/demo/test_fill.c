/* cli/demo/fill.c: a new database becomes the simulated city. */
#include "tests/db/db.h"

#include "cli/demo/fill.h"

static void
the_city_has_its_settings_sites_and_margins(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	static struct demo_fill f;
	static const char *const ids[] = { "A", "B", "C" };
	struct margin *margin;
	struct site *site;
	double sex = 0;
	size_t n;

	(void)state;
	f.db = db_fresh("fill.db");
	for (size_t i = 0; i < 3; i++)
		assert_ok(db_put_form(f.db, db_form(ids[i], &pool), &err));
	demo_world_make(&f.world, 7);
	assert_ok(demo_fill_city(&f, &err));
	assert_string_equal(db_setting(f.db, "demo", &pool), "1");
	assert_string_equal(db_setting(f.db, "city", &pool), DEMO_CITY);
	assert_ok(db_list_sites(f.db, &site, &n, &pool, &err));
	assert_int_equal(n, DEMO_SITES);
	assert_string_equal(site[0].name, demo_site[0].name);
	assert_int_equal(f.site_id[0], site[0].id);
	assert_string_equal(f.site_code[0], site[0].code);
	assert_ok(db_list_margins(f.db, &margin, &n, &pool, &err));
	for (size_t i = 0; i < n; i++) {
		assert_true(margin[i].simulated && !margin[i].placeholder);
		assert_string_equal(margin[i].source, DEMO_SOURCE);
		if (strcmp(margin[i].variable, "sex") == 0)
			sex += margin[i].population;
	}
	assert_close(sex, demo_city_all_adults(), 0.001);
	db_close(f.db);
	pool_clear(&pool);
}

/* What is told before is what is stored after: eight sampled waves, as many of volunteers,
 * and the minute on site. */
static void
the_total_grows_with_what_is_asked_for(void **state)
{
	(void)state;
	assert_int_equal(demo_fill_total(1200), 8 * (1200 + 3000) + 360);
	assert_true(demo_fill_total(DEMO_ANSWERS) > demo_fill_total(1200));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_city_has_its_settings_sites_and_margins),
		cmocka_unit_test(the_total_grows_with_what_is_asked_for),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
