/* Requests from CGI parameters, replies to bytes, and the socket they come through. */
#include "tests/cgi/request.h"

#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "cgi/server.h"

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
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct request req = get_of(bad[i], NULL);

		assert_true(req.malformed);
		assert_string_equal(req.path, "/");
	}
}

static void
a_chinese_path_is_fine(void **state)
{
	struct request req = get_of("/desk/board?department=%E5%B8%82%E5%95%86%E5%8A%A1%E5%B1%80", NULL);

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
	struct request req = get_of("/", "HTTP_COOKIE=xsession=no; session=yes; lang=en; session=late");

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
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(is) / sizeof(is[0]); i++) {
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
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(is) / sizeof(is[0]); i++) {
		struct request req = get_of("/", is[i].header);

		assert_int_equal(request_is_form(&req), is[i].want);
	}
}

static void
a_length_is_a_number_or_refused(void **state)
{
	static const struct { const char *said; long long want; } is[] = {
		{ "CONTENT_LENGTH=", 0 }, { "X=1", 0 }, { "CONTENT_LENGTH=65536", 65536 },
		{ "CONTENT_LENGTH=-1", -1 }, { "CONTENT_LENGTH=1e3", -1 }, { "CONTENT_LENGTH= 1", -1 },
		{ "CONTENT_LENGTH=99999999999999999999999999", -1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(is) / sizeof(is[0]); i++) {
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
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(is) / sizeof(is[0]); i++) {
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
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(status) / sizeof(status[0]); i++) {
		struct reply reply = { .status = status[i] };
		const char *s = written(&out, &req, &reply);

		assert_non_null(strstr(s, "Content-Security-Policy: default-src 'none';"));
		assert_non_null(strstr(s, "frame-ancestors 'none'"));
		assert_non_null(strstr(s, "X-Content-Type-Options: nosniff\r\n"));
		assert_non_null(strstr(s, "Referrer-Policy: same-origin\r\n"));
		assert_non_null(strstr(s, "Cache-Control: no-store\r\n"));
		assert_null(strstr(s, "Strict-Transport-Security"));
		req.https = true;
		assert_non_null(strstr(written(&out, &req, &reply), "Strict-Transport-Security: max-age="));
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

/* ---- the socket ---- */

static char dir[] = "/tmp/manyi-http-XXXXXX";
static char path[64];

static int
make_dir(void **state)
{
	(void)state;
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/s", dir);
	return 0;
}

static int
drop_dir(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(dir);
}

/* One FastCGI record (fastcgi.h: version, type, id, length, padding). */
static void
put_record(struct text *out, int type, const void *bytes, size_t n)
{
	unsigned char head[8] = { 1, (unsigned char)type, 0, 1,
	    (unsigned char)(n >> 8), (unsigned char)n, 0, 0 };

	text_add(out, head, sizeof(head));
	text_add(out, bytes, n);
}

static void
put_param(struct text *out, const char *name, const char *value)
{
	text_putc(out, (char)strlen(name));
	text_putc(out, (char)strlen(value));
	text_puts(out, name);
	text_puts(out, value);
}

/* Answers hold zeros: FastCGI's own headers. */
static bool
says(const struct text *answer, const char *what)
{
	return answer->n > 0 && memmem(answer->s, answer->n, what, strlen(what)) != NULL;
}

/* A whole request as nginx sends it, answered; "" if the peer hung up. */
static void
ask(struct text *answer, const char *uri, const char *body, size_t n)
{
	static const unsigned char begin[8] = { 0, 1, 0 };
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	struct text out = TEXT_INIT, params = TEXT_INIT;
	char length[24], buffer[4096];
	size_t i, part;
	ssize_t got;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(length, sizeof(length), "%zu", n);
	put_param(&params, "REQUEST_METHOD", n > 0 ? "POST" : "GET");
	put_param(&params, "REQUEST_URI", uri);
	put_param(&params, "CONTENT_LENGTH", length);
	put_record(&out, 1, begin, sizeof(begin));
	put_record(&out, 4, params.s, params.n);
	put_record(&out, 4, "", 0);
	for (i = 0; i < n; i += part) {
		part = n - i < 60000 ? n - i : 60000;
		put_record(&out, 5, body + i, part);
	}
	put_record(&out, 5, "", 0);
	strcpy(name.sun_path, path);
	assert_int_equal(connect(fd, (struct sockaddr *)&name, sizeof(name)), 0);
	assert_int_equal(send(fd, out.s, out.n, MSG_NOSIGNAL), (ssize_t)out.n);
	text_reset(answer);
	while ((got = read(fd, buffer, sizeof(buffer))) > 0)
		text_add(answer, buffer, (size_t)got);
	close(fd);
	text_clear(&out);
	text_clear(&params);
}

static void
echo(struct exchange *x, int thread, void *ctx)
{
	(void)thread;
	(void)ctx;
	text_fmt(&x->reply.body, "[%s %zu %s]", x->req.path, x->req.body_n,
	    x->req.body_too_large ? "large" : "whole");
	exchange_done(x);
}

static void *
serve(void *arg)
{
	struct server server = { .socket = path, .listen_fd = -1, .threads = 3, .body_max = 65536,
	    .handle = echo };
	struct err err = { 0 };

	*(int *)arg = server_run(&server, &err);
	return NULL;
}

static void *
ask_many(void *arg)
{
	struct text answer = TEXT_INIT;
	char uri[32], want[64];
	int i, *good = arg;

	for (i = 0; i < 100; i++) {
		snprintf(uri, sizeof(uri), "/%d", i);
		snprintf(want, sizeof(want), "[%s 0 whole]", uri);
		ask(&answer, uri, "", 0);
		*good += says(&answer, want);
	}
	text_clear(&answer);
	return NULL;
}

static void
wait_for_socket(void)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	int i, fd, rc = -1;

	strcpy(name.sun_path, path);
	for (i = 0; i < 6000 && rc != 0; i++) {
		fd = socket(AF_UNIX, SOCK_STREAM, 0);
		rc = connect(fd, (struct sockaddr *)&name, sizeof(name));
		close(fd);
		usleep(5000);
	}
	assert_int_equal(rc, 0);
}

static void
threads_answer_and_go_home_on_sigterm(void **state)
{
	static char large[70000];
	struct text answer = TEXT_INIT;
	pthread_t server, client[4];
	int good[4] = { 0 }, i, rc = 7;
	sigset_t set;

	(void)state;
	unlink(path);
	/* As in a program: blocked everywhere, so that only server_run()'s sigwait takes it. */
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	assert_int_equal(pthread_create(&server, NULL, serve, &rc), 0);
	wait_for_socket();
	for (i = 0; i < 4; i++)
		pthread_create(&client[i], NULL, ask_many, &good[i]);
	for (i = 0; i < 4; i++) {
		pthread_join(client[i], NULL);
		assert_int_equal(good[i], 100);
	}
	memset(large, 'a', sizeof(large));
	ask(&answer, "/large", large, sizeof(large));
	assert_true(says(&answer, "[/large 0 large]"));
	ask(&answer, "/whole", large, 65536);
	assert_true(says(&answer, "[/whole 65536 whole]"));
	kill(getpid(), SIGTERM);
	pthread_join(server, NULL);
	assert_int_equal(rc, 0);
	assert_int_equal(access(path, F_OK), -1);
	text_clear(&answer);
}

static void
garbage_from_the_peer_harms_nobody(void **state)
{
	static const char *const garbage[] = { "", "GET / HTTP/1.0\r\n\r\n", "\1\1\0\1\0\0\0\0", "\1\4\0\1\377\377" };
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	struct text answer = TEXT_INIT;
	pthread_t server;
	size_t i;
	int fd, rc = 7;

	(void)state;
	strcpy(name.sun_path, path);
	assert_int_equal(pthread_create(&server, NULL, serve, &rc), 0);
	wait_for_socket();
	for (i = 0; i < sizeof(garbage) / sizeof(garbage[0]); i++) {
		fd = socket(AF_UNIX, SOCK_STREAM, 0);
		assert_int_equal(connect(fd, (struct sockaddr *)&name, sizeof(name)), 0);
		send(fd, garbage[i], i < 2 ? strlen(garbage[i]) : i == 2 ? 8 : 6, MSG_NOSIGNAL);
		close(fd);
	}
	ask(&answer, "/still-here", "", 0);
	assert_true(says(&answer, "[/still-here 0 whole]"));
	kill(getpid(), SIGTERM);
	pthread_join(server, NULL);
	assert_int_equal(rc, 0);
	text_clear(&answer);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
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
		cmocka_unit_test(threads_answer_and_go_home_on_sigterm),
		cmocka_unit_test(garbage_from_the_peer_harms_nobody),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_dir, drop_dir);
}
