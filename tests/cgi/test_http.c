/* Requests from CGI parameters, replies to bytes. */
#include "tests/cgi/request.h"

/* A GET with at most one header. */
static struct request
get_of(const char *uri, const char *header)
{
	return request_of("GET", uri, header != NULL ? header : "X=", NULL, NULL);
}

static void
a_path_is_decoded_once(void **state)
{
	struct request req = get_of("/r/%41%2541?a=%42", NULL);

	(void)state;
	assert_false(req.malformed);
	assert_string_equal(req.path, "/r/A%41");
	assert_string_equal(req.query, "a=%42");
}

static void
what_is_no_address_is_marked(void **state)
{
	static const char *const bad[] = {
		"/%", "/%4", "/%zz", "/a%00b", "/%ff", "/%c0%af", "/%ed%a0%80", "", "x", "*",
		"http://other/Q/7K3M9P",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct request req = get_of(bad[i], NULL);

		assert_true(req.malformed);
		assert_string_equal(req.path, "/");
	}
}

static void
a_chinese_path_is_fine(void **state)
{
	struct request req =
		get_of("/desk/board?department=%E5%B8%82%E5%95%86%E5%8A%A1%E5%B1%80", NULL);

	(void)state;
	assert_string_equal(request_query(&req, "department"), "市商务局");
}

static void
a_doubled_parameter_is_none(void **state)
{
	struct request req = get_of("/?a=1&b=2&a=3&c&d=%zz&e=x+y&f=%00", NULL);

	(void)state;
	assert_null(request_query(&req, "a"));
	assert_string_equal(request_query(&req, "b"), "2");
	assert_string_equal(request_query(&req, "c"), "");
	assert_null(request_query(&req, "d"));
	assert_string_equal(request_query(&req, "e"), "x y");
	assert_null(request_query(&req, "f"));
	assert_null(request_query(&req, "g"));
}

static void
a_cookie_is_found_by_its_whole_name(void **state)
{
	struct request req =
		get_of("/", "HTTP_COOKIE=xsession=no; session=yes; lang=en; session=late");

	(void)state;
	assert_string_equal(request_cookie(&req, "session"), "yes");
	assert_string_equal(request_cookie(&req, "lang"), "en");
	assert_null(request_cookie(&req, "sess"));
	assert_null(request_cookie(&req, "none"));
}

static void
the_language_is_asked_said_or_preferred(void **state)
{
	static const struct { const char *uri, *header; enum lang want; } is[] = {
		{ "/", NULL, LANG_ZH },
		{ "/?lang=en", NULL, LANG_EN },
		{ "/?lang=zh", "HTTP_COOKIE=lang=en", LANG_ZH },
		{ "/?lang=xx", "HTTP_COOKIE=lang=en", LANG_EN },
		{ "/", "HTTP_ACCEPT_LANGUAGE=en-US,en;q=0.9,zh-CN;q=0.8", LANG_EN },
		{ "/", "HTTP_ACCEPT_LANGUAGE=zh-CN,zh;q=0.9,en;q=0.8", LANG_ZH },
		{ "/", "HTTP_ACCEPT_LANGUAGE=en;q=0.2, zh-CN;q=0.8", LANG_ZH },
		{ "/", "HTTP_ACCEPT_LANGUAGE=fr, de;q=0.5", LANG_ZH },
		{ "/", "HTTP_ACCEPT_LANGUAGE=,,;;q=,", LANG_ZH },
		{ "/", "HTTP_ACCEPT_LANGUAGE=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,en", LANG_EN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(is) / sizeof(is[0]); i++) {
		struct request req = get_of(is[i].uri, is[i].header);

		assert_int_equal(request_lang(&req), is[i].want);
	}
}

static void
only_a_form_is_a_form(void **state)
{
	static const struct { const char *header; bool want; } is[] = {
		{ "CONTENT_TYPE=application/x-www-form-urlencoded", true },
		{ "CONTENT_TYPE=Application/X-WWW-Form-Urlencoded; charset=UTF-8", true },
		{ "CONTENT_TYPE=application/x-www-form-urlencodedx", false },
		{ "CONTENT_TYPE=application/json", false },
		{ "CONTENT_TYPE=multipart/form-data; boundary=x", false },
		{ "CONTENT_TYPE=", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(is) / sizeof(is[0]); i++) {
		struct request req = get_of("/", is[i].header);

		assert_int_equal(request_is_form(&req), is[i].want);
	}
}

static void
a_length_is_a_number_or_refused(void **state)
{
	static const struct { const char *said; long long want; } is[] = {
		{ "CONTENT_LENGTH=", 0 }, { "X=1", 0 }, { "CONTENT_LENGTH=65536", 65536 },
		{ "CONTENT_LENGTH=-1", -1 }, { "CONTENT_LENGTH=1e3", -1 },
		{ "CONTENT_LENGTH= 1", -1 },
		{ "CONTENT_LENGTH=99999999999999999999999999", -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(is) / sizeof(is[0]); i++) {
		char *param[] = { (char *)is[i].said, NULL };

		assert_int_equal(request_length(param), is[i].want);
	}
}

static void
another_site_s_form_is_seen(void **state)
{
	static const struct { const char *site, *origin; bool want; } is[] = {
		{ "", "", true },
		{ "same-origin", "", true },
		{ "same-origin", "null", true },
		{ "cross-site", "", false },
		{ "same-site", "", false },
		{ "none", "", false },
		{ "", "http://city.example:8080", true },
		{ "", "https://CITY.example:8080", true },
		{ "", "http://city.example", false },
		{ "", "http://evil.example", false },
		{ "", "null", false },
		{ "", "city.example:8080", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(is) / sizeof(is[0]); i++) {
		struct request req = get_of("/", "HTTP_HOST=city.example:8080");

		req.sec_fetch_site = is[i].site;
		req.origin = is[i].origin;
		assert_int_equal(request_same_site(&req), is[i].want);
	}
}

static void
a_header_cannot_be_smuggled_in(void **state)
{
	struct reply reply = { 0 };

	(void)state;
	reply_header(&reply, "X-A", "fine");
	reply_header(&reply, "X-B", "bad\r\nSet-Cookie: session=stolen");
	reply_header(&reply, "X-C", "bad\n\n<script>");
	reply_header(&reply, "X-D", "bad\r");
	assert_string_equal(text_str(&reply.headers), "X-A: fine\r\n");
	reply_clear(&reply);
}

static const char *
written(struct text *out, const struct request *req, struct reply *reply)
{
	text_reset(out);
	reply_write(out, req, reply);
	return text_str(out);
}

static void
every_reply_carries_the_security_headers(void **state)
{
	static const int status[] = { 0, 200, 303, 304, 403, 404, 413, 503, 599 };
	struct request req = get_of("/", NULL);
	struct text out = TEXT_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(status) / sizeof(status[0]); i++) {
		struct reply reply = { .status = status[i] };
		const char *s = written(&out, &req, &reply);

		assert_non_null(strstr(s, "Content-Security-Policy: default-src 'none';"));
		assert_non_null(strstr(s, "frame-ancestors 'none'"));
		assert_non_null(strstr(s, "X-Content-Type-Options: nosniff\r\n"));
		assert_non_null(strstr(s, "Referrer-Policy: same-origin\r\n"));
		assert_non_null(strstr(s, "Cache-Control: no-store\r\n"));
		assert_null(strstr(s, "Strict-Transport-Security"));
		req.https = true;
		assert_non_null(strstr(written(&out, &req, &reply),
			"Strict-Transport-Security: max-age="));
		req.https = false;
	}
	text_clear(&out);
}

static void
head_has_the_headers_of_get_and_no_body(void **state)
{
	struct request req = get_of("/", NULL);
	struct text get = TEXT_INIT, head = TEXT_INIT;
	struct reply reply = { 0 };

	(void)state;
	text_puts(&reply.body, "<p>满意</p>");
	reply_write(&get, &req, &reply);
	req.method = METHOD_HEAD;
	reply_write(&head, &req, &reply);
	assert_memory_equal(get.s, head.s, head.n);
	assert_int_equal(get.n - head.n, strlen("<p>满意</p>"));
	assert_non_null(strstr(head.s, "Content-Length: 13\r\n"));
	reply_clear(&reply);
	text_clear(&get);
	text_clear(&head);
}

static void
an_unchanged_file_is_not_sent_again(void **state)
{
	struct request req = get_of("/s/x.css", "HTTP_IF_NONE_MATCH=W/\"old\", \"abc\"");
	struct reply reply = { 0 };

	(void)state;
	assert_false(reply_unchanged(&reply, &req, "\"abcd\""));
	assert_int_equal(reply.status, 0);
	assert_true(reply_unchanged(&reply, &req, "\"abc\""));
	assert_int_equal(reply.status, 304);
	reply_clear(&reply);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_path_is_decoded_once, clear_pool),
		cmocka_unit_test_teardown(what_is_no_address_is_marked, clear_pool),
		cmocka_unit_test_teardown(a_chinese_path_is_fine, clear_pool),
		cmocka_unit_test_teardown(a_doubled_parameter_is_none, clear_pool),
		cmocka_unit_test_teardown(a_cookie_is_found_by_its_whole_name, clear_pool),
		cmocka_unit_test_teardown(the_language_is_asked_said_or_preferred, clear_pool),
		cmocka_unit_test_teardown(only_a_form_is_a_form, clear_pool),
		cmocka_unit_test_teardown(a_length_is_a_number_or_refused, clear_pool),
		cmocka_unit_test_teardown(another_site_s_form_is_seen, clear_pool),
		cmocka_unit_test_teardown(a_header_cannot_be_smuggled_in, clear_pool),
		cmocka_unit_test_teardown(every_reply_carries_the_security_headers, clear_pool),
		cmocka_unit_test_teardown(head_has_the_headers_of_get_and_no_body, clear_pool),
		cmocka_unit_test_teardown(an_unchanged_file_is_not_sent_again, clear_pool),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
