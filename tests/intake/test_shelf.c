/* intake/shelf.c: the catalogue that pages read, and a newer one. */
#include "tests/intake/crowd.h"

static void
an_intake_that_never_heard_the_store_says_later(void **state)
{
	struct intake *alone = intake_open(loop, "/tmp/manyi-no-such-socket");

	(void)state;
	web_prepare(&web, uri_of(1), NULL);
	intake_serve(alone, &web.x);
	assert_true(web.done);
	assert_int_equal(web_status(&web), 503);
	assert_string_equal(web_header(&web, "Retry-After"), "5");
	web_prepare(&web, uri_of(1), whole("level=1"));
	intake_serve(alone, &web.x);
	assert_true(web.done);
	assert_int_equal(web_status(&web), 503);
	intake_close(alone);
}

/* The catalogue is exchanged while a crowd waits with the old one in hand; sanitizers watch. */
static void
forms_stay_whole_while_the_catalogue_changes(void **state)
{
	struct err err = { 0 };
	struct db *db = db_open(city.db, DB_WRITE, &err);
	const struct shelf *old;

	(void)state;
	for (int round = 0; round < 10; round++) {
		char name[32];

		old = intake->shelves.current;
		snprintf(name, sizeof(name), "change%d", round);
		crowd_posts(name);
		web_must(db_set_setting(db, "contact", round % 2 ? "0411-1" : "0411-2", &err),
			&err);
		shelf_doubt(&intake->shelves);
		while (crowd_waits() > 0 || intake->shelves.current == old) {
			loop_step(loop, 20);
			get(uri_of(2));
			assert_int_equal(web_status(&web), 200);
		}
		for (int i = 0; i < CROWD; i++)
			assert_int_equal(web_status(&crowd[i]), 303);
		crowd_leaves();
	}
	get("/privacy");
	assert_true(web_says(&web, "0411-1"));
	db_close(db);
}

/* the store is asked every second; the rest is for a machine that does much else */
enum { NEWS_MS = 10000 };

static void
a_new_site_and_a_closed_wave_are_noticed(void **state)
{
	struct err err = { 0 };
	struct db *db = db_open(city.db, DB_WRITE, &err);
	char code[SITE_CODE_N + 1], uri[32];
	struct pool pool = POOL_INIT;
	struct wave wave;
	int64_t closed, before;

	(void)state;
	web_add_site(db, code, "B", true);
	snprintf(uri, sizeof(uri), "/Q/%s", code);
	for (int i = 0; i < 6000; i++) {
		get(uri);
		if (web_status(&web) == 200)
			break;
		usleep(10000);
	}
	assert_int_equal(web_status(&web), 200);
	web_must(db_open_wave(db, &wave, "B", &pool, &err), &err);
	web_must(db_close_wave(db, wave.id, &err), &err);
	closed = loop_now(loop);
	before = rows(NULL);
	/* whoever is shown the form until the news is here hands it in like who had it before */
	do {
		post(1, whole("level=1"));
		assert_int_equal(web_status(&web), 303);
		assert_int_equal(rows(NULL), ++before);
		get(uri_of(1));
	} while (web_status(&web) == 200 && loop_now(loop) - closed < NEWS_MS);
	assert_int_equal(web_status(&web), 404);
	db_close(db);
	pool_clear(&pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_intake_that_never_heard_the_store_says_later),
		cmocka_unit_test(forms_stay_whole_while_the_catalogue_changes),
		cmocka_unit_test(a_new_site_and_a_closed_wave_are_noticed),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_city, drop_city);
}
