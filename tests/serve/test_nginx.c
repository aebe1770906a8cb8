/* nginx's configuration against the tables of routes. */
#include "tests/support/check.h"

#include "serve/nginx.h"
#include "desk/desk.h"
#include "intake/intake.h"

static const struct nginx_options plain = { .address = "127.0.0.1", .port = 8080,
	.intake = "/run/m/intake.sock", .desk = "/run/m/desk.sock", .runtime = "/run/m/nginx" };

/* The configuration of these options; static until the next call. */
static const char *
config(const struct nginx_options *o)
{
	static struct text out;
	struct err err = { 0 };

	text_reset(&out);
	if (nginx_config(&out, o, &err) != 0)
		fail_msg("%s", err.text);
	return text_str(&out);
}

/*
 * What stands in the location that nginx chooses for a path: an exact one,
 * else the longest prefix (its manual, "location").
 */
static const char *
location(const char *conf, const char *path)
{
	const char *s = conf, *best = NULL;
	size_t longest = 0;

	while ((s = strstr(s, "\tlocation ")) != NULL) {
		bool exact = strncmp(s + 10, "= ", 2) == 0;
		const char *name = s + 10 + 2 * exact;
		size_t n = strcspn(name, " ");

		s = name;
		if (exact && strlen(path) == n && strncmp(name, path, n) == 0)
			return name;
		if (!exact && name[0] == '/' && n > longest && strncmp(name, path, n) == 0) {
			longest = n;
			best = name;
		}
	}
	assert_non_null(best);
	return best;
}

static bool
has(const char *location, const char *line)
{
	const char *end = strstr(location, "\n\t}"), *at = strstr(location, line);

	return at != NULL && at < end;
}

/* An address that fits a pattern. */
static const char *
address_of(const char *pattern)
{
	static char path[128];
	const char *hole = strstr(pattern, "{}");

	if (hole == NULL)
		snprintf(path, sizeof(path), "%s", pattern);
	else
		snprintf(path, sizeof(path), "%.*sX%s", (int)(hole - pattern), pattern, hole + 2);
	return path;
}

static void
check_table(const char *conf, const struct route table[], size_t n, const char *pass)
{
	for (size_t i = 0; i < n; i++) {
		const char *at = location(conf, address_of(table[i].pattern));
		enum route_rate rate = table[i].rate;

		/* style sheets: intake first, then the desk */
		if (!has(at, pass) && strncmp(table[i].pattern, "/s/", 3) != 0)
			fail_msg("%s goes elsewhere", table[i].pattern);
		/* who counts residents himself must not be contradicted here */
		if ((rate == RATE_STATIC || rate == RATE_ANSWER || table == intake_routes) &&
				has(at, "limit_req "))
			fail_msg("%s is limited", table[i].pattern);
		if (table != intake_routes && rate != RATE_STATIC &&
				!has(at, "limit_req zone=manyi_page "))
			fail_msg("%s has no limit", table[i].pattern);
		if (rate == RATE_LOGIN && !has(at, "limit_req zone=manyi_login "))
			fail_msg("%s has no limit for passwords", table[i].pattern);
	}
}

static void
every_address_reaches_its_program_at_its_rate(void **state)
{
	const char *conf = config(&plain);

	(void)state;
	check_table(conf, intake_routes, intake_routes_n, "fastcgi_pass manyi_intake;");
	check_table(conf, desk_routes, desk_routes_n, "fastcgi_pass manyi_desk;");
}

static void
the_desk_s_cookie_never_reaches_the_public_process(void **state)
{
	const char *conf = config(&plain);

	(void)state;
	for (size_t i = 0; i < intake_routes_n; i++)
		assert_false(has(location(conf, address_of(intake_routes[i].pattern)),
			"HTTP_COOKIE"));
	for (size_t i = 0; i < desk_routes_n; i++)
		if (strncmp(desk_routes[i].pattern, "/desk/", 6) == 0)
			assert_true(has(location(conf, address_of(desk_routes[i].pattern)),
				"HTTP_COOKIE"));
}

static int
occurrences(const char *s, const char *part)
{
	int n = 0;

	for (; (s = strstr(s, part)) != NULL; s++)
		n++;
	return n;
}

static void
residents_addresses_are_not_written_down(void **state)
{
	struct nginx_options site = { .address = "*", .port = 443, .intake = "/i", .desk = "/d",
		.certificate = "/c", .certificate_key = "/k" };
	const char *conf = config(&site);

	(void)state;
	/* of both servers, the one that only sends to https included */
	assert_int_equal(occurrences(conf, "access_log off;"), 2);
	assert_int_equal(occurrences(conf, "error_log /var/log/nginx/error.log crit;"), 2);
	conf = config(&plain);
	assert_non_null(strstr(conf, "access_log off;"));
	assert_non_null(strstr(conf, "error_log stderr crit;"));
	assert_null(strstr(conf, "REMOTE_ADDR"));
	assert_null(strstr(conf, "HTTP_USER_AGENT"));
	assert_null(strstr(conf, "X-Forwarded-For"));
	/* what the programs are told of a visitor: no more than this */
	assert_int_equal(occurrences(conf, "$remote_addr"), 1);
	assert_int_equal(occurrences(conf, "$http_user_agent"), 1);
	assert_true(has(location(conf, "/Q/7K3M9P"), "MANYI_NETWORK $manyi_network if_not_empty;"));
	assert_true(has(location(conf, "/Q/7K3M9P"), "MANYI_CLIENT $manyi_client if_not_empty;"));
	assert_false(has(location(conf, "/desk/"), "MANYI_"));
	/* failed passwords are counted by network, so there the desk is told it, and
	 * nothing of the device */
	assert_true(has(location(conf, "/desk/login"),
		"MANYI_NETWORK $manyi_network if_not_empty;"));
	assert_false(has(location(conf, "/desk/login"), "MANYI_CLIENT"));
}

static void
behind_a_proxy_its_word_is_taken_and_nobody_else_s(void **state)
{
	struct nginx_options o = plain;
	const char *conf;

	(void)state;
	o.https_outside = true;
	conf = config(&o);
	assert_non_null(strstr(conf, "real_ip_header X-Forwarded-For;"));
	assert_int_equal(occurrences(conf, "set_real_ip_from"), 2);
}

static void
only_what_may_be_asked_twice_is(void **state)
{
	const char *conf = config(&plain);

	(void)state;
	assert_true(has(location(conf, "/Q/7K3M9P"), "non_idempotent"));
	assert_false(has(location(conf, "/desk/login"), "non_idempotent"));
	assert_false(has(location(conf, "/desk/"), "non_idempotent"));
}

static void
connections_are_kept_only_where_asking_twice_is_safe(void **state)
{
	const char *conf = config(&plain);

	(void)state;
	assert_non_null(strstr(conf, "keepalive 128;"));
	for (size_t i = 0; i < intake_routes_n; i++)
		if (strncmp(intake_routes[i].pattern, "/s/", 3) != 0)
			assert_true(has(location(conf, address_of(intake_routes[i].pattern)),
				"fastcgi_keep_conn on;"));
	for (size_t i = 0; i < desk_routes_n; i++)
		if (strncmp(desk_routes[i].pattern, "/s/", 3) != 0)
			assert_false(has(location(conf, address_of(desk_routes[i].pattern)),
				"fastcgi_keep_conn on;"));
	assert_non_null(strstr(conf, "fastcgi_keep_conn off;"));
}

/* Of several servers nginx counts each kept connection that has died as one that is down. */
static void
who_meets_only_dead_connections_is_asked_for_on_fresh_ones(void **state)
{
	const char *conf = config(&plain), *kept = strstr(conf, "upstream manyi_intake {");
	const char *again = strstr(conf, "\tlocation @again {");

	(void)state;
	assert_non_null(kept);
	assert_int_equal(occurrences(kept, "keepalive 128;"), 1);
	assert_ptr_equal(strstr(strstr(kept, "server ") + 1, "server "),
		strstr(strstr(kept, "}"), "server "));
	assert_true(has(location(conf, "/Q/7K3M9P"), "error_page 502 = @again;"));
	assert_true(has(again, "fastcgi_pass manyi_intake_again;"));
	assert_true(has(again, "non_idempotent"));
	assert_false(has(again, "fastcgi_keep_conn on;"));
	assert_non_null(strstr(conf, "recursive_error_pages on;"));
}

static void
a_character_nginx_would_misread_is_refused(void **state)
{
	static const char *const bad[] = { "a\"b", "a;b", "a{b", "a}b", "a$b", "a\\b",
		"a\nb", "a'b" };
	struct text out = TEXT_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct nginx_options o = plain;
		struct err err = { 0 };

		o.server_name = bad[i];
		assert_int_equal(nginx_config(&out, &o, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		o = plain;
		o.intake = bad[i];
		assert_int_equal(nginx_config(&out, &o, NULL), -1);
		o = plain;
		o.runtime = bad[i];
		assert_int_equal(nginx_config(&out, &o, NULL), -1);
	}
	assert_int_equal(out.n, 0);
	text_clear(&out);
}

static void
a_certificate_brings_tls_and_a_redirect(void **state)
{
	struct nginx_options o = plain;
	const char *conf;

	(void)state;
	o.runtime = NULL;
	o.port = 443;
	o.certificate = "/etc/证书/full chain.pem";
	o.certificate_key = "/etc/证书/key.pem";
	o.server_name = "zl.example.cn";
	conf = config(&o);
	assert_non_null(strstr(conf, "listen 127.0.0.1:443 ssl http2;"));
	assert_non_null(strstr(conf, "ssl_certificate \"/etc/证书/full chain.pem\";"));
	assert_non_null(strstr(conf, "return 301 https://$host$request_uri;"));
	assert_null(strstr(conf, "daemon off"));
}

static void
an_ipv6_address_stands_in_brackets(void **state)
{
	struct nginx_options o = plain;

	(void)state;
	o.address = "::1";
	assert_non_null(strstr(config(&o), "listen [::1]:8080 "));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_address_reaches_its_program_at_its_rate),
	cmocka_unit_test(the_desk_s_cookie_never_reaches_the_public_process),
	cmocka_unit_test(residents_addresses_are_not_written_down),
	cmocka_unit_test(behind_a_proxy_its_word_is_taken_and_nobody_else_s),
	cmocka_unit_test(only_what_may_be_asked_twice_is),
	cmocka_unit_test(connections_are_kept_only_where_asking_twice_is_safe),
	cmocka_unit_test(who_meets_only_dead_connections_is_asked_for_on_fresh_ones),
	cmocka_unit_test(a_character_nginx_would_misread_is_refused),
	cmocka_unit_test(a_certificate_brings_tls_and_a_redirect),
	cmocka_unit_test(an_ipv6_address_stands_in_brackets),
};
CHECK_MAIN(tests)
