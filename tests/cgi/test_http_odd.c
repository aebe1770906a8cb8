/* Requests as no browser sends them: what is refused, what is passed over, what
 * counts all the same. */
#include "tests/cgi/request.h"

static void
a_method_is_known_by_its_whole_name_as_written(void **state)
{
	static const struct { const char *name; enum method method; } is[] = {
		{ "GET", METHOD_GET }, { "HEAD", METHOD_HEAD }, { "POST", METHOD_POST },
		{ "get", METHOD_OTHER }, { "GETS", METHOD_OTHER }, { "GE", METHOD_OTHER },
		{ "", METHOD_OTHER }, { "PUT", METHOD_OTHER }, { "DELETE", METHOD_OTHER },
		{ "POST ", METHOD_OTHER },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(is) / sizeof(is[0]); i++)
		assert_int_equal(request_of(is[i].name, "/", NULL, NULL, NULL).method,
			is[i].method);
}

static void
a_parameter_that_only_begins_like_one_is_another(void **state)
{
	struct request req = request_of("GET", "/", "HTTPSX=on",
		"HTTP_HOST_=evil.example", "HTTP_HOST=city.example");

	(void)state;
	assert_false(req.https);
	assert_string_equal(req.host, "city.example");
	assert_string_equal(req.origin, "");
	req = request_of("GET", "/", "HTTPS=on", "HTTP_COOKIE", NULL);	/* a name alone */
	assert_true(req.https);
	assert_string_equal(req.cookie, "");
	assert_false(request_of("GET", "/", "HTTPS=ON", NULL, NULL).https);
	assert_false(request_of("GET", "/", "HTTPS=off", NULL, NULL).https);
}

static void
what_looks_like_a_hex_digit_is_none(void **state)
{
	static const char *const bad[] = { "/%/4", "/%4/", "/%:0", "/%0:", "/%@0", "/%0@", "/%g0",
		"/%0g", "/%`0", "/%-1", "/% 1",
		"/%+1", "/%x41", "/%%41", "/%u0041", "/%e6%bb", "/%f4%90%80%80", "/a%" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct request req = request_of("GET", bad[i], NULL, NULL, NULL);

		if (!req.malformed)
			fail_msg("%s is taken as %s", bad[i], req.path);
		assert_string_equal(req.path, "/");
	}
	assert_string_equal(request_of("GET", "/%4a%4A+%2B", NULL, NULL, NULL).path, "/JJ++");
}

static void
a_fragment_ends_the_address_and_is_no_query(void **state)
{
	struct request req = request_of("GET", "/a#b?c=1", NULL, NULL, NULL);

	(void)state;
	assert_string_equal(req.path, "/a");
	assert_null(request_query(&req, "c"));
	req = request_of("GET", "/a?", NULL, NULL, NULL);
	assert_string_equal(req.query, "");
	assert_null(request_query(&req, ""));
	/* A second "?" belongs to the query. */
	req = request_of("GET", "/a?b=1?c=2", NULL, NULL, NULL);
	assert_string_equal(request_query(&req, "b"), "1?c=2");
}

static void
a_query_is_read_name_by_name(void **state)
{
	struct request req = request_of("GET",
		"/?%61=1&%zz=2&&=nameless&b==&c=%ff&d=1&%64=2&e=a%26b", NULL, NULL, NULL);

	(void)state;
	assert_string_equal(request_query(&req, "a"), "1");	/* names are decoded too */
	assert_string_equal(request_query(&req, "b"), "=");
	assert_null(request_query(&req, "c"));
	assert_null(request_query(&req, "d"));	/* twice, once in disguise */
	assert_string_equal(request_query(&req, "e"), "a&b");
	assert_null(request_query(&req, "lang"));
}

static void
a_cookie_line_in_disorder_is_read_as_far_as_it_goes(void **state)
{
	static const struct { const char *line, *want; } is[] = {
		{ "", NULL }, { ";;; ", NULL }, { "session", NULL }, { "session=", "" },
		{ "s=1", NULL }, { "=yes", NULL }, { "a; session=yes", "yes" },
		{ ";session=yes;", "yes" }, { "\tsession=yes", "yes" }, { "Session=no", NULL },
		{ "session =no", NULL }, { "sessions=no; session=a=b", "a=b" },
		{ "session=yes ", "yes " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(is) / sizeof(is[0]); i++) {
		struct request req = request_of("GET", "/",
			pool_fmt(&pool, "HTTP_COOKIE=%s", is[i].line), NULL, NULL);
		const char *got = request_cookie(&req, "session");

		if ((got == NULL) != (is[i].want == NULL) ||
				(got != NULL && strcmp(got, is[i].want) != 0))
			fail_msg("\"%s\": %s", is[i].line, got != NULL ? got : "none");
	}
}

static void
a_language_nobody_speaks_falls_to_the_next_that_is_said(void **state)
{
	static const struct { const char *uri, *cookie, *accept; enum lang want; } is[] = {
		{ "/?lang=xx", "lang=yy", "en", LANG_EN }, { "/?lang=en&lang=en", "", "", LANG_ZH },
		{ "/?lang=%00", "lang=en", "", LANG_EN }, { "/?lang=", "lang=", "", LANG_ZH },
		{ "/?lang=EN-gb", "", "", LANG_EN },
		/* the weight of another does not count */
		{ "/", "", "fr;x=1,en;q=0.5,zh;q=0.4", LANG_EN },
		{ "/", "", "zh;x,en;q=0.9", LANG_ZH },
		{ "/", "", "en;q=0,zh;q=0.1", LANG_ZH }, { "/", "", "en;q=0", LANG_ZH },
		{ "/", "", "en;q=-1", LANG_ZH }, { "/", "", "en;q=nan", LANG_ZH },
		{ "/", "", "en;q=", LANG_ZH }, { "/", "", "en;q=0.5;q=9,zh;q=0.6", LANG_ZH },
		{ "/", "", "*", LANG_ZH }, { "/", "", "english", LANG_ZH },
		{ "/", "", " en", LANG_EN }, { "/", "", "en\t;q=0.5", LANG_EN },
		{ "/", "", ",,,en", LANG_EN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(is) / sizeof(is[0]); i++) {
		struct request req = request_of("GET", is[i].uri,
			pool_fmt(&pool, "HTTP_COOKIE=%s", is[i].cookie),
			pool_fmt(&pool, "HTTP_ACCEPT_LANGUAGE=%s", is[i].accept), NULL);

		if (request_lang(&req) != is[i].want)
			fail_msg("%s, %s, %s", is[i].uri, is[i].cookie, is[i].accept);
	}
}

static void
an_origin_without_a_host_is_of_nobody(void **state)
{
	static const struct { const char *host, *origin; bool same; } is[] = {
		{ "", "http://", false }, { "", "http://city.example", false },
		{ "city.example", "http://", false },
		{ "city.example", "http://city.example.evil", false },
		{ "city.example", "http://evil/city.example", false },
		{ "city.example", "city.example", false },
		{ "city.example", "://city.example", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(is) / sizeof(is[0]); i++) {
		struct request req = request_of("POST", "/", pool_fmt(&pool, "HTTP_HOST=%s",
			is[i].host), pool_fmt(&pool, "HTTP_ORIGIN=%s", is[i].origin), NULL);

		if (request_same_site(&req) != is[i].same)
			fail_msg("%s at %s", is[i].origin, is[i].host);
	}
}

/* A body that is not as long as was said may be half of one: nothing of it is read. */
static void
a_body_counts_only_at_its_announced_length(void **state)
{
	static const struct { const char *said; size_t n; bool too_large, malformed; } is[] = {
		{ "CONTENT_LENGTH=7", 7, false, false }, { "CONTENT_LENGTH=6", 7, false, true },
		{ "CONTENT_LENGTH=8", 7, false, true }, { "CONTENT_LENGTH=-7", 7, false, true },
		{ "CONTENT_LENGTH=7x", 7, false, true }, { "CONTENT_LENGTH=+7", 7, false, true },
		{ "CONTENT_LENGTH=007", 7, false, false }, { "CONTENT_LENGTH=0", 0, false, false },
		{ "CONTENT_LENGTH", 0, false, false }, { "CONTENT_LENGTH=", 7, false, true },
		{ "CONTENT_LENGTH=999999", 0, true, false },
		{ "CONTENT_LENGTH=1234567890123456789", 0, true, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(is) / sizeof(is[0]); i++) {
		struct request req = request_of("POST", "/Q/7K3M9P", NULL, NULL, NULL);
		char *param[] = { pool_fmt(&pool, "%s", is[i].said), NULL };
		bool read = !is[i].malformed && !is[i].too_large;

		request_take_body(&req, param, "level=5", is[i].n, is[i].too_large);
		assert_int_equal(req.malformed, is[i].malformed);
		assert_int_equal(req.body_too_large, is[i].too_large);
		assert_string_equal(req.path, is[i].malformed ? "/" : "/Q/7K3M9P");
		assert_int_equal(req.body_n, read ? is[i].n : 0);
		assert_string_equal(req.body, read ? "level=5" : "");
	}
}

static void
a_reply_says_its_own_type_and_how_long_it_keeps(void **state)
{
	struct request req = request_of("GET", "/s/x.css", NULL, NULL, NULL);
	struct reply reply = { .type = "text/css", .cache = "max-age=60" };
	struct text out = TEXT_INIT;

	(void)state;
	text_puts(&reply.body, "b{}");
	assert_false(reply_unchanged(&reply, &req, ""));	/* no tag: never unchanged */
	reply_write(&out, &req, &reply);
	assert_non_null(strstr(text_str(&out), "Content-Type: text/css\r\n"));
	assert_non_null(strstr(text_str(&out), "Cache-Control: max-age=60\r\n"));
	text_reset(&out);
	reply.status = 299;	/* one that has no words of its own */
	reply_write(&out, &req, &reply);
	assert_int_equal(strncmp(text_str(&out), "Status: 299 Status\r\n", 20), 0);
	text_clear(&out);
	reply_clear(&reply);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(a_method_is_known_by_its_whole_name_as_written, clear_pool),
	cmocka_unit_test_teardown(a_parameter_that_only_begins_like_one_is_another, clear_pool),
	cmocka_unit_test_teardown(what_looks_like_a_hex_digit_is_none, clear_pool),
	cmocka_unit_test_teardown(a_fragment_ends_the_address_and_is_no_query, clear_pool),
	cmocka_unit_test_teardown(a_query_is_read_name_by_name, clear_pool),
	cmocka_unit_test_teardown(a_cookie_line_in_disorder_is_read_as_far_as_it_goes, clear_pool),
	cmocka_unit_test_teardown(a_language_nobody_speaks_falls_to_the_next_that_is_said,
		clear_pool),
	cmocka_unit_test_teardown(an_origin_without_a_host_is_of_nobody, clear_pool),
	cmocka_unit_test_teardown(a_body_counts_only_at_its_announced_length, clear_pool),
	cmocka_unit_test_teardown(a_reply_says_its_own_type_and_how_long_it_keeps, clear_pool),
};
CHECK_MAIN(tests)
