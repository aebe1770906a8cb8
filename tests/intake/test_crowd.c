/* The public pages while the store is away, silent or dying, with a crowd waiting, and while its
 * catalogue changes. */
#include "tests/intake/crowd.h"

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

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_the_store_nothing_is_thanked_and_nothing_lost),
		cmocka_unit_test(a_crowd_is_answered_each_his_own_receipt),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_city, drop_city);
}
