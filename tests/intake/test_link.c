/* intake/link.c: many questions under way to a store that dies, or is silent. */
#include "tests/intake/crowd.h"

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

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_store_that_dies_with_a_crowd_waiting_costs_nobody_his_answer),
		cmocka_unit_test(a_silent_store_costs_a_bounded_wait_and_pages_go_on),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_city, drop_city);
}
