/* Finding a route: patterns, methods, and who is let in. */
#include "tests/support/check.h"

#include "cgi/route.h"

static struct pool pool;

static void
serve(struct route_call *call)
{
	call->reply->status = 200;
}

enum { CLERK = 1, CHIEF = 2 };

static const struct route table[] = {
	{ METHOD_GET, "/", ROUTE_EVERYONE, CSRF_NONE, RATE_PAGE, NULL, serve },
	{ METHOD_GET, "/Q/{}", ROUTE_EVERYONE, CSRF_NONE, RATE_PAGE, NULL, serve },
	{ METHOD_POST, "/Q/{}", ROUTE_EVERYONE, CSRF_ORIGIN, RATE_ANSWER, NULL, serve },
	{ METHOD_GET, "/poster/{}.pdf", CLERK | CHIEF, CSRF_NONE, RATE_PAGE, NULL, serve },
	{ METHOD_POST, "/give/{}/to/{}", CHIEF, CSRF_TOKEN, RATE_PAGE, "give", serve },
	{ .method = METHOD_GET, .pattern = "/forgotten", .serve = serve },
};
enum { N = sizeof(table) / sizeof(table[0]) };

static enum route_match
find(struct route_call *call, enum method method, const char *path)
{
	static struct request req;

	req = (struct request){ .method = method, .path = path, .pool = &pool };
	*call = (struct route_call){ .req = &req };
	return route_find(call, table, N);
}

static void
a_pattern_takes_one_piece_of_a_path(void **state)
{
	(void)state;
	assert_true(route_fits("/Q/{}", "/Q/7K3M9P"));
	assert_false(route_fits("/Q/{}", "/Q/"));
	assert_false(route_fits("/Q/{}", "/Q"));
	assert_false(route_fits("/Q/{}", "/Q/a/b"));
	assert_false(route_fits("/Q/{}", "/q/a"));
	assert_true(route_fits("/s/{}.css", "/s/a.b.css"));
	assert_false(route_fits("/s/{}.css", "/s/.css"));
	assert_false(route_fits("/s/{}.css", "/s/a.cssx"));
	assert_true(route_fits("/", "/"));
	assert_false(route_fits("/", ""));
	assert_false(route_fits("/", "//"));
}

static void
the_pieces_come_in_order(void **state)
{
	struct route_call call;

	(void)state;
	assert_int_equal(find(&call, METHOD_POST, "/give/a b/to/市商务局"), ROUTE_FOUND);
	assert_string_equal(call.arg[0], "a b");
	assert_string_equal(call.arg[1], "市商务局");
	assert_int_equal(find(&call, METHOD_GET, "/poster/7K3M9P.pdf"), ROUTE_FOUND);
	assert_string_equal(call.arg[0], "7K3M9P");
	assert_null(call.arg[1]);
	pool_clear(&pool);
}

static void
a_piece_takes_as_much_as_it_can_and_beyond_two_is_not_kept(void **state)
{
	static const struct route greedy = { METHOD_GET, "/{}-{}/{}.x", ROUTE_EVERYONE, CSRF_NONE,
		RATE_PAGE, NULL, serve };
	struct request req = { .path = "/a-b-c/d.x.x", .pool = &pool };
	struct route_call call = { .req = &req };

	(void)state;
	assert_int_equal(route_find(&call, &greedy, 1), ROUTE_FOUND);
	assert_string_equal(call.arg[0], "a-b");
	assert_string_equal(call.arg[1], "c");
	assert_true(route_fits("/{}-{}/{}.x", "/a-b-c/d.x.x"));
	assert_false(route_fits("/{}-{}/{}.x", "/ab/d.x"));
	assert_false(route_fits("/{}-{}/{}.x", "/-/d.x"));
	pool_clear(&pool);
}

static void
head_is_get_and_other_methods_are_told_what_there_is(void **state)
{
	struct route_call call;
	struct request req = { .path = "/Q/x" };

	(void)state;
	assert_int_equal(find(&call, METHOD_HEAD, "/"), ROUTE_FOUND);
	assert_int_equal(find(&call, METHOD_POST, "/"), ROUTE_METHOD);
	assert_int_equal(find(&call, METHOD_OTHER, "/Q/x"), ROUTE_METHOD);
	assert_int_equal(find(&call, METHOD_GET, "/nowhere"), ROUTE_MISSING);
	assert_string_equal(route_methods(&req, table, N), "GET, HEAD, POST");
	req.path = "/";
	assert_string_equal(route_methods(&req, table, N), "GET, HEAD");
	req.path = "/give/a/to/b";
	assert_string_equal(route_methods(&req, table, N), "POST");
	req.path = "/nowhere";
	assert_string_equal(route_methods(&req, table, N), "");
	pool_clear(&pool);
}

static void
a_row_that_names_nobody_lets_nobody_in(void **state)
{
	struct route_call call;

	(void)state;
	assert_int_equal(find(&call, METHOD_GET, "/forgotten"), ROUTE_FOUND);
	assert_false(route_open_to(call.route, 0));
	assert_false(route_open_to(call.route, CLERK | CHIEF));
	assert_int_equal(call.route->csrf, CSRF_NONE);
}

static void
roles_open_what_their_row_says(void **state)
{
	(void)state;
	assert_true(route_open_to(&table[0], 0));
	assert_true(route_open_to(&table[0], CLERK));
	assert_false(route_open_to(&table[3], 0));
	assert_true(route_open_to(&table[3], CLERK));
	assert_false(route_open_to(&table[4], CLERK));
	assert_true(route_open_to(&table[4], CHIEF));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pattern_takes_one_piece_of_a_path),
		cmocka_unit_test(the_pieces_come_in_order),
		cmocka_unit_test(a_piece_takes_as_much_as_it_can_and_beyond_two_is_not_kept),
		cmocka_unit_test(head_is_get_and_other_methods_are_told_what_there_is),
		cmocka_unit_test(a_row_that_names_nobody_lets_nobody_in),
		cmocka_unit_test(roles_open_what_their_row_says),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
