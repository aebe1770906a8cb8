/* The public pages while the store is away, silent or dying, with a crowd waiting, and while its catalogue changes. */
#include "tests/intake/city.h"

/* ---- the store goes and comes ---- */

static void
without_the_store_nothing_is_thanked_and_nothing_lost(void **state)
{
	int64_t before = rows(NULL);
	char *body = strdup(whole("level=2&text=请别丢了"));

	(void)state;
	stop_store(SIGKILL);
	get(uri_of(1));
	assert_int_equal(web_status(&web), 200);	/* from the catalogue it has */
	post(1, body);
	assert_int_equal(web_status(&web), 503);
	assert_string_equal(web_header(&web, "Retry-After"), "5");
	assert_true(web_says(&web, "请别丢了"));
	get("/healthz");
	assert_int_equal(web_status(&web), 503);
	start_store();
	post(1, body);
	assert_int_equal(web_status(&web), 303);
	assert_int_equal(rows(NULL), before + 1);
	free(body);
}

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

/* ---- many at once ---- */

enum { CROWD = 200 };
static struct web crowd[CROWD];
static char crowd_body[CROWD][128];

/* They all hand in before anybody is answered; crowd n has its own key. */
static void
crowd_posts(const char *who)
{
	for (int i = 0; i < CROWD; i++) {
		snprintf(crowd_body[i], sizeof(crowd_body[i]), "level=3&_consent=yes&_key=%s-%012d", who, i);
		web_prepare(&crowd[i], uri_of(1), crowd_body[i]);
		intake_serve(intake, &crowd[i].x);
	}
}

static int
crowd_waits(void)
{
	int n = 0;

	for (int i = 0; i < CROWD; i++)
		n += !crowd[i].done;
	return n;
}

static void
crowd_leaves(void)
{
	for (int i = 0; i < CROWD; i++)
		web_clear(&crowd[i]);
}

static void
a_crowd_is_answered_each_his_own_receipt(void **state)
{
	int64_t before = rows(NULL);

	(void)state;
	crowd_posts("crowd");
	assert_int_equal(crowd_waits(), CROWD);
	while (crowd_waits() > 0)
		loop_step(loop, LOOP_NEVER);
	assert_int_equal(rows(NULL), before + CROWD);
	for (int i = 0; i < CROWD; i++) {
		char first[512];

		assert_int_equal(web_status(&crowd[i]), 303);
		snprintf(first, sizeof(first), "%s", web_header(&crowd[i], "Location"));
		post(1, crowd_body[i]);		/* the same key gets the same receipt */
		assert_string_equal(web_header(&web, "Location"), first);
	}
	assert_int_equal(rows(NULL), before + CROWD);
	crowd_leaves();
}

static void
a_store_that_dies_with_a_crowd_waiting_costs_nobody_his_answer(void **state)
{
	int64_t before = rows(NULL);

	(void)state;
	kill(store, SIGSTOP);
	crowd_posts("brave");
	loop_step(loop, 100);	/* the questions are out, perhaps in the store's hands */
	assert_int_equal(crowd_waits(), CROWD);
	stop_store(SIGKILL);
	loop_step(loop, 100);
	start_store();
	while (crowd_waits() > 0)
		loop_step(loop, LOOP_NEVER);
	for (int i = 0; i < CROWD; i++)
		assert_int_equal(web_status(&crowd[i]), 303);
	assert_int_equal(rows(NULL), before + CROWD);
	crowd_leaves();
}

static void
a_silent_store_costs_a_bounded_wait_and_pages_go_on(void **state)
{
	int64_t begun = loop_now(loop);

	(void)state;
	kill(store, SIGSTOP);
	crowd_posts("quiet");
	while (crowd_waits() > 0)
		loop_step(loop, LOOP_NEVER);
	assert_in_range(loop_now(loop) - begun, STORE_DEADLINE_MS - 1000, 3 * STORE_DEADLINE_MS);
	for (int i = 0; i < CROWD; i++) {
		assert_int_equal(web_status(&crowd[i]), 503);
		assert_string_equal(web_header(&crowd[i], "Retry-After"), "5");
	}
	web_prepare(&web, uri_of(1), NULL);
	intake_serve(intake, &web.x);
	assert_true(web.done);	/* a page asks nobody */
	assert_int_equal(web_status(&web), 200);
	kill(store, SIGCONT);
	post(1, crowd_body[7]);
	assert_int_equal(web_status(&web), 303);
	crowd_leaves();
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
		web_must(db_set_setting(db, "contact", round % 2 ? "0411-1" : "0411-2", &err), &err);
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

/* ---- a catalogue that changes ---- */

enum { NEWS_MS = 10000 };	/* the store is asked every second; the rest is for a machine that does much else */

static void
a_new_site_and_a_closed_wave_are_noticed(void **state)
{
	struct err err = { 0 };
	struct db *db = db_open(city.db, DB_WRITE, &err);
	char code[SITE_CODE_N + 1], uri[32];
	struct pool pool = POOL_INIT;
	struct wave wave;
	int64_t closed, before;
	int i;

	(void)state;
	web_add_site(db, code, "B", true);
	snprintf(uri, sizeof(uri), "/Q/%s", code);
	for (i = 0; i < 6000; i++) {
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
	do {	/* whoever is shown the form until the news is here hands it in like who had it before */
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
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_the_store_nothing_is_thanked_and_nothing_lost),
		cmocka_unit_test(an_intake_that_never_heard_the_store_says_later),
		cmocka_unit_test(a_crowd_is_answered_each_his_own_receipt),
		cmocka_unit_test(a_store_that_dies_with_a_crowd_waiting_costs_nobody_his_answer),
		cmocka_unit_test(a_silent_store_costs_a_bounded_wait_and_pages_go_on),
		cmocka_unit_test(forms_stay_whole_while_the_catalogue_changes),
		cmocka_unit_test(a_new_site_and_a_closed_wave_are_noticed),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_city, drop_city);
}
