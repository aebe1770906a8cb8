/* Logging in, one-time passwords, sessions. */
#include "tests/desk/city.h"

#include <pthread.h>
#include <sqlite3.h>

static void
the_right_password_opens_and_is_written_down(void **state)
{
	const char *cookies;
	size_t before = audited("login", "analyst");

	(void)state;
	forget();
	ask("/desk/login", "name=analyst&password=三个和尚没水喝-9");
	assert_int_equal(web_status(&web), 303);
	assert_string_equal(location(), "/desk/");
	cookies = text_str(&web.reply.headers);
	assert_non_null(strstr(cookies, "; Path=/desk; "));
	assert_non_null(strstr(cookies, "; Path=/api; "));
	assert_non_null(strstr(cookies, "HttpOnly; SameSite=Strict"));
	assert_null(strstr(cookies, "Secure"));
	assert_int_equal(strlen(browser.token), SECRET_TOKEN_N);
	ask("/desk/sites", NULL);
	assert_int_equal(web_status(&web), 200);
	assert_int_equal(audited("login", "analyst"), before + 1);
}

static void
over_https_the_cookie_is_secure(void **state)
{
	(void)state;
	forget();
	web_prepare(&web, "/desk/login", "name=analyst&password=三个和尚没水喝-9");
	web.req.https = true;
	desk_serve(desk, &web.req, &web.reply, 0);
	assert_int_equal(web_status(&web), 303);
	assert_non_null(strstr(text_str(&web.reply.headers), "SameSite=Strict; Secure"));
}

static void
the_database_keeps_no_token(void **state)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	const char *bytes;
	size_t n;
	struct db *db = open_city();
	char copy[96];

	(void)state;
	forget();
	ask("/desk/login", "name=auditor&password=三个和尚没水喝-9");
	assert_int_equal(web_status(&web), 303);
	snprintf(copy, sizeof(copy), "%s.copy", city.db);
	web_must(db_backup(db, copy, &err), &err);
	web_must(file_read(&bytes, &n, copy, 0, &pool, &err), &err);
	assert_null(memmem(bytes, n, browser.token, strlen(browser.token)));
	assert_null(memmem(bytes, n, good, strlen(good)));
	unlink(copy);
	db_close(db);
	pool_clear(&pool);
}

static void
a_wrong_password_an_unknown_name_and_a_closed_account_look_alike(void **state)
{
	static const char *const bodies[] = {
		"name=xxxxxxx&password=wrong-wrong-wrong",
		"name=nobodyx&password=wrong-wrong-wrong",
		"name=gone&password=三个和尚没水喝-9", "name=&password=", "password=x", "",
		"name=admin&name=admin&password=三个和尚没水喝-9",
		"name=admin%00&password=三个和尚没水喝-9",
	};
	char first[64] = "";

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		const char *title;

		forget();
		ask("/desk/login", bodies[i]);
		assert_int_equal(web_status(&web), 403);
		assert_int_equal(browser.token[0], '\0');
		title = strstr(text_str(&web.reply.body), "role=\"alert\"");
		if (title == NULL)
			title = strstr(text_str(&web.reply.body), "<title>");
		assert_non_null(title);
		if (i == 0)
			snprintf(first, sizeof(first), "%.60s", title);
		assert_memory_equal(first, title, strlen(first));
	}
	assert_true(audited("login-failed", "xxxxxxx") == 1);
}

/* Past the program, as nobody may. */
static void
by_hand(const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(city.db, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, 10000);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db));
	sqlite3_close(db);
}

/* A try to log in from a network, "" this machine; returns the status. */
static int
try_from(const char *network, const char *name, const char *password)
{
	char body[256];

	snprintf(body, sizeof(body), "name=%s&password=%s", name, password);
	forget();
	web_prepare(&web, "/desk/login", body);
	web.req.network = network;
	desk_serve(desk, &web.req, &web.reply, 0);
	return web_status(&web);
}

static const char guess[] = "guess-guess-guess", right[] = "三个和尚没水喝-9";

/* Minutes the page and its header say, which must be the same; 0 if none. */
static int
told_to_wait(void)
{
	const char *after = web_header(&web, "Retry-After");
	char says[64];

	if (after == NULL)
		return 0;
	snprintf(says, sizeof(says), "请 %d 分钟后再试", atoi(after) / 60);
	assert_non_null(strstr(text_str(&web.reply.body), says));
	return atoi(after) / 60;
}

/* Moves what was done so far into the past, where triggers let nobody. */
static void
minutes_pass(int minutes)
{
	char sql[256];

	snprintf(sql, sizeof(sql),
		"DROP TRIGGER audit_fixed; UPDATE audit SET minute = minute - %d;"
		" CREATE TRIGGER audit_fixed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'x');"
		" END", minutes);
	by_hand(sql);
}

static void
failures_slow_a_name_down_where_they_were_made(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++)
		assert_int_equal(try_from("203.0.113", "official", guess), 403);
	assert_int_equal(try_from("203.0.113", "official", right), 429);
	assert_true(told_to_wait() >= 1 && told_to_wait() <= 2);
	/* the refused try is none */
	assert_int_equal(audited("login-failed", "official"), 5);
	assert_int_equal(try_from("203.0.113", "admin", right), 303);
	/* A stranger elsewhere keeps nobody out, however long he goes on. */
	assert_int_equal(try_from("198.51.100", "official", right), 303);
	assert_int_equal(try_from("", "official", right), 303);
	assert_int_equal(try_from("203.0.113", "official", right), 429);
	minutes_pass(2);
	assert_int_equal(try_from("203.0.113", "official", right), 303);
}

static void
the_time_to_wait_is_the_true_one(void **state)
{
	(void)state;
	for (int i = 0; i < 10; i++) {
		assert_int_equal(try_from("203.0.114", "official", guess), 403);
		if (i >= 4)
			minutes_pass(2);
	}
	minutes_pass(-2);
	assert_int_equal(try_from("203.0.114", "official", right), 429);
	assert_true(told_to_wait() >= 3 && told_to_wait() <= 4);
	minutes_pass(2);
	assert_int_equal(try_from("203.0.114", "official", right), 429);
	assert_true(told_to_wait() >= 1 && told_to_wait() <= 2);
	minutes_pass(2);
	assert_int_equal(try_from("203.0.114", "official", right), 303);
	/* and the login lifts it: the next slip is the first again */
	assert_int_equal(try_from("203.0.114", "official", guess), 403);
	assert_int_equal(try_from("203.0.114", "official", right), 303);
}

static void
a_reset_lets_the_colleague_in_at_once(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++)
		assert_int_equal(try_from("203.0.115", "official", guess), 403);
	assert_int_equal(try_from("203.0.115", "official", right), 429);
	by_hand("INSERT INTO audit (minute, who, \"from\", action, object, detail)"
		" VALUES (strftime('%s', 'now') / 60, 'root', 'cli', 'user reset', 'official',"
		" '')");
	assert_int_equal(try_from("203.0.115", "official", right), 303);
}

static void
a_network_that_tries_many_names_is_slowed_down(void **state)
{
	char name[32];

	(void)state;
	for (int i = 0; i < 30; i++) {
		snprintf(name, sizeof(name), "somebody%d", i);
		assert_int_equal(try_from("203.0.116", name, guess), 403);
	}
	assert_int_equal(try_from("203.0.116", "official", right), 429);
	assert_int_equal(try_from("203.0.117", "official", right), 303);
	minutes_pass(2);
	assert_int_equal(try_from("203.0.116", "official", right), 303);
}

static void *
storm(void *arg)
{
	struct web mine = { 0 };
	int *status = arg, thread = *status;

	web_prepare(&mine, "/desk/login", "name=stormy&password=wrong-wrong-wrong");
	desk_serve(desk, &mine.req, &mine.reply, thread);
	*status = web_status(&mine);
	web_clear(&mine);
	return NULL;
}

/* With the work held up, half the threads wait and the next is sent away at once. */
static void
a_storm_of_logins_leaves_threads_for_others(void **state)
{
	pthread_t thread[2];
	int status[2] = { 1, 2 };

	(void)state;
	forget();
	pthread_mutex_lock(&desk->gate.work);
	for (int i = 0; i < 2; i++)
		pthread_create(&thread[i], NULL, storm, &status[i]);
	for (int i = 0; i < 6000; i++) {
		pthread_mutex_lock(&desk->gate.count);
		if (desk->gate.inside == 2)
			i = 6000;
		pthread_mutex_unlock(&desk->gate.count);
		usleep(5000);
	}
	ask("/desk/login", "name=admin&password=三个和尚没水喝-9");
	assert_int_equal(web_status(&web), 429);
	ask("/desk/login", NULL);
	assert_int_equal(web_status(&web), 200);
	pthread_mutex_unlock(&desk->gate.work);
	for (int i = 0; i < 2; i++) {
		pthread_join(thread[i], NULL);
		assert_int_equal(status[i], 403);
	}
	assert_int_equal(desk->gate.inside, 0);
}

static void
a_login_from_another_site_is_refused(void **state)
{
	(void)state;
	forget();
	web_prepare(&web, "/desk/login", "name=admin&password=三个和尚没水喝-9");
	web.req.sec_fetch_site = "cross-site";
	desk_serve(desk, &web.req, &web.reply, 0);
	assert_int_equal(web_status(&web), 403);
	web_prepare(&web, "/desk/login", "name=admin&password=三个和尚没水喝-9");
	web.req.content_type = "text/plain";
	desk_serve(desk, &web.req, &web.reply, 0);
	assert_int_equal(web_status(&web), 400);
}

static void
a_one_time_password_must_be_changed_first(void **state)
{
	char body[300];

	(void)state;
	forget();
	ask("/desk/login", "name=fresh&password=三个和尚没水喝-9");
	assert_string_equal(location(), "/desk/password");
	ask("/desk/", NULL);
	assert_string_equal(location(), "/desk/password");
	ask("/desk/indicator/43", NULL);
	assert_string_equal(location(), "/desk/password?next=%2Fdesk%2Findicator%2F43");
	ask("/desk/password", NULL);
	assert_int_equal(web_status(&web), 200);
	enter("fresh");
	snprintf(body, sizeof(body), "_csrf=%s&old=%s&new=short&again=short", browser.csrf, good);
	ask("/desk/password", body);
	assert_int_equal(web_status(&web), 422);
	snprintf(body, sizeof(body),
		"_csrf=%s&old=%s&new=%s&again=%s2", browser.csrf, good, other, other);
	ask("/desk/password", body);
	assert_int_equal(web_status(&web), 422);
	snprintf(body, sizeof(body),
		"_csrf=%s&old=%s&new=%s&again=%s", browser.csrf, good, good, good);
	ask("/desk/password", body);
	assert_int_equal(web_status(&web), 422);
	snprintf(body, sizeof(body),
		"_csrf=%s&old=%s&new=%s&again=%s", browser.csrf, "wrong-wrong", other, other);
	ask("/desk/password", body);
	assert_int_equal(web_status(&web), 403);
}

static void
changing_it_ends_the_old_sessions_and_starts_a_new_one(void **state)
{
	char body[300], old[64];

	(void)state;
	enter("fresh");
	strcpy(old, browser.token);
	snprintf(body, sizeof(body),
		"_csrf=%s&old=%s&new=%s&again=%s", browser.csrf, good, other, other);
	ask("/desk/password", body);
	assert_int_equal(web_status(&web), 303);
	assert_string_equal(location(), "/desk/");
	assert_string_not_equal(browser.token, old);
	ask("/desk/password", NULL);
	assert_int_equal(web_status(&web), 200);
	strcpy(browser.token, old);
	ask("/desk/password", NULL);
	assert_string_equal(location(), "/desk/login?expired=1&next=%2Fdesk%2Fpassword");
	assert_int_equal(audited("password", "fresh"), 1);
	forget();
	ask("/desk/login", "name=fresh&password=another-long-password");
	assert_string_equal(location(), "/desk/");
}

static void
logging_out_ends_the_session(void **state)
{
	char body[200], token[64];

	(void)state;
	enter("admin");
	strcpy(token, browser.token);
	snprintf(body, sizeof(body), "_csrf=%s", browser.csrf);
	ask("/desk/logout", body);
	assert_int_equal(web_status(&web), 303);
	assert_non_null(strstr(text_str(&web.reply.headers), "manyi_desk=; Path=/desk; Max-Age=0"));
	strcpy(browser.token, token);
	ask("/desk/sites", NULL);
	assert_string_equal(location(), "/desk/login?expired=1&next=%2Fdesk%2Fsites");
	assert_int_equal(audited("logout", "admin"), 1);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_right_password_opens_and_is_written_down),
		cmocka_unit_test(over_https_the_cookie_is_secure),
		cmocka_unit_test(the_database_keeps_no_token),
		cmocka_unit_test(a_wrong_password_an_unknown_name_and_a_closed_account_look_alike),
		cmocka_unit_test(failures_slow_a_name_down_where_they_were_made),
		cmocka_unit_test(the_time_to_wait_is_the_true_one),
		cmocka_unit_test(a_reset_lets_the_colleague_in_at_once),
		cmocka_unit_test(a_network_that_tries_many_names_is_slowed_down),
		cmocka_unit_test(a_storm_of_logins_leaves_threads_for_others),
		cmocka_unit_test(a_login_from_another_site_is_refused),
		cmocka_unit_test(a_one_time_password_must_be_changed_first),
		cmocka_unit_test(changing_it_ends_the_old_sessions_and_starts_a_new_one),
		cmocka_unit_test(logging_out_ends_the_session),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_city, drop_city);
}
