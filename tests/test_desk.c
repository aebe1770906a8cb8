/* Logging in, who may see what, and what a forged request gets. */
#include "tests/web.h"

#include <pthread.h>

#include "base/json.h"
#include "db/db_people.h"
#include "desk/visit.h"
#include "forms/response.h"
#include "ledger/secret.h"
#include "track/track.h"

static struct web_city city;
static struct desk *desk;
static struct web web;

static const char good[] = "三个和尚没水喝-9", other[] = "another-long-password";

/* What one browser holds. */
static struct { char token[64], csrf[64]; } browser;

static struct db *
open_city(void)
{
	struct err err = { 0 };
	struct db *db = db_open(city.db, DB_WRITE, &err);

	web_must(db != NULL ? 0 : -1, &err);
	return db;
}

static void
add_user(struct db *db, const char *name, enum role role, bool must_change, bool active)
{
	char hash[SECRET_HASH_N];
	struct user user = { .name = name, .role = role, .must_change = must_change, .active = active,
	    .department = role == ROLE_DEPARTMENT ? "市商务局" : "", .password = hash };
	struct err err = { 0 };

	assert_int_equal(secret_password_hash(hash, good), 0);
	web_must(db_put_user(db, &user, &err), &err);
}

static int
make_city(void **state)
{
	struct err err = { 0 };
	struct db *db;
	int role;

	(void)state;
	secret_init();
	web_make_city(&city);
	db = open_city();
	web_must(track_fill(db, &err), &err);
	for (role = 0; role < ROLE_MAX; role++)
		add_user(db, role_name((enum role)role), (enum role)role, false, true);
	add_user(db, "fresh", ROLE_OFFICIAL, true, true);
	add_user(db, "gone", ROLE_ADMIN, false, false);
	db_close(db);
	desk = desk_open(city.db, 4, &err);
	web_must(desk != NULL ? 0 : -1, &err);
	return 0;
}

static int
drop_city(void **state)
{
	(void)state;
	web_clear(&web);
	desk_close(desk);
	web_drop_city(&city);
	return 0;
}

/* The part of a Set-Cookie of the session, kept as a browser would. */
static void
keep_cookie(void)
{
	const char *s = text_str(&web.reply.headers), *at = strstr(s, "Set-Cookie: manyi_desk=");

	if (at == NULL)
		return;
	at += strlen("Set-Cookie: manyi_desk=");
	snprintf(browser.token, sizeof(browser.token), "%.*s", (int)strcspn(at, ";"), at);
}

static void
ask(const char *uri, const char *body)
{
	web_prepare(&web, uri, body);
	if (browser.token[0] != '\0')
		web.req.cookie = pool_fmt(&web.pool, "lang=zh-CN; manyi_desk=%s", browser.token);
	desk_serve(desk, &web.req, &web.reply, 0);
	keep_cookie();
}

static void
forget(void)
{
	memset(&browser, 0, sizeof(browser));
}

/* A session without the form, for tests of what comes after the login. */
static void
enter_as(const char *name, int64_t expires)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct db *db = open_city();
	unsigned char hash[32];
	struct user user;

	secret_token(browser.token);
	secret_token(browser.csrf);
	secret_token_hash(hash, browser.token);
	web_must(db_get_user(db, &user, name, &pool, &err), &err);
	web_must(db_put_session(db, hash, user.id, browser.csrf, expires, &err), &err);
	db_close(db);
	pool_clear(&pool);
}

static void
enter(const char *name)
{
	enter_as(name, date_now_second() + 600);
}

/* Lines of the audit with this action by this person. */
static size_t
audited(const char *action, const char *who)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct db *db = open_city();
	struct audit_row *row;
	size_t n, i, found = 0;

	web_must(db_list_audit(db, 10000, &row, &n, &pool, &err), &err);
	for (i = 0; i < n; i++)
		found += strcmp(row[i].action, action) == 0 && strcmp(row[i].who, who) == 0 &&
		    strcmp(row[i].from, "desk") == 0;
	db_close(db);
	pool_clear(&pool);
	return found;
}

static const char *
location(void)
{
	return web_header(&web, "Location");
}

/* ---- logging in ---- */

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
		"name=xxxxxxx&password=wrong-wrong-wrong", "name=nobodyx&password=wrong-wrong-wrong",
		"name=gone&password=三个和尚没水喝-9", "name=&password=", "password=x", "",
		"name=admin&name=admin&password=三个和尚没水喝-9", "name=admin%00&password=三个和尚没水喝-9",
	};
	char first[64] = "";
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
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

static void
failures_slow_a_name_down_and_no_other(void **state)
{
	int i;

	(void)state;
	forget();
	for (i = 0; i < 5; i++) {
		ask("/desk/login", "name=official&password=guess-guess-guess");
		assert_int_equal(web_status(&web), 403);
	}
	ask("/desk/login", "name=official&password=三个和尚没水喝-9");
	assert_int_equal(web_status(&web), 429);
	assert_string_equal(web_header(&web, "Retry-After"), "60");
	assert_int_equal(audited("login-failed", "official"), 5);	/* the refused try is none */
	ask("/desk/login", "name=admin&password=三个和尚没水喝-9");
	assert_int_equal(web_status(&web), 303);
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
	int status[2] = { 1, 2 }, i;

	(void)state;
	forget();
	pthread_mutex_lock(&desk->gate.work);
	for (i = 0; i < 2; i++)
		pthread_create(&thread[i], NULL, storm, &status[i]);
	for (i = 0; i < 6000; i++) {
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
	for (i = 0; i < 2; i++) {
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

/* ---- a one-time password ---- */

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
	assert_string_equal(location(), "/desk/password");
	ask("/desk/password", NULL);
	assert_int_equal(web_status(&web), 200);
	enter("fresh");
	snprintf(body, sizeof(body), "_csrf=%s&old=%s&new=short&again=short", browser.csrf, good);
	ask("/desk/password", body);
	assert_int_equal(web_status(&web), 422);
	snprintf(body, sizeof(body), "_csrf=%s&old=%s&new=%s&again=%s2", browser.csrf, good, other, other);
	ask("/desk/password", body);
	assert_int_equal(web_status(&web), 422);
	snprintf(body, sizeof(body), "_csrf=%s&old=%s&new=%s&again=%s", browser.csrf, good, good, good);
	ask("/desk/password", body);
	assert_int_equal(web_status(&web), 422);
	snprintf(body, sizeof(body), "_csrf=%s&old=%s&new=%s&again=%s", browser.csrf, "wrong-wrong", other, other);
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
	snprintf(body, sizeof(body), "_csrf=%s&old=%s&new=%s&again=%s", browser.csrf, good, other, other);
	ask("/desk/password", body);
	assert_int_equal(web_status(&web), 303);
	assert_string_equal(location(), "/desk/");
	assert_string_not_equal(browser.token, old);
	ask("/desk/password", NULL);
	assert_int_equal(web_status(&web), 200);
	strcpy(browser.token, old);
	ask("/desk/password", NULL);
	assert_string_equal(location(), "/desk/login?expired=1");
	assert_int_equal(audited("password", "fresh"), 1);
	forget();
	ask("/desk/login", "name=fresh&password=another-long-password");
	assert_string_equal(location(), "/desk/");
}

/* ---- sessions ---- */

static void
an_expired_session_leads_to_the_login(void **state)
{
	(void)state;
	enter_as("admin", date_now_second() - 1);
	ask("/desk/sites", NULL);
	assert_int_equal(web_status(&web), 303);
	assert_string_equal(location(), "/desk/login?expired=1");
	ask("/api/v1/tracker", NULL);
	assert_int_equal(web_status(&web), 401);
	assert_string_equal(web.reply.type, "application/json");
}

static void
a_made_up_cookie_is_nobody(void **state)
{
	static const char *const tokens[] = { "x", "", "0000000000000000000000000000000000000000000",
	    "' OR 1=1 --", "00000000000000000000000000000000000000000000000000000000000" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++) {
		snprintf(browser.token, sizeof(browser.token), "%s", tokens[i]);
		ask("/desk/sites", NULL);
		assert_int_equal(web_status(&web), 303);
		assert_memory_equal(location(), "/desk/login", 11);
	}
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
	assert_string_equal(location(), "/desk/login?expired=1");
	assert_int_equal(audited("logout", "admin"), 1);
}

static void
a_closed_account_s_session_is_over(void **state)
{
	(void)state;
	enter("gone");
	ask("/desk/sites", NULL);
	assert_int_equal(web_status(&web), 303);
}

/* ---- the table of routes ---- */

/* An address that fits a pattern. */
static const char *
address_of(const struct route *r)
{
	static char uri[128];
	const char *hole = strstr(r->pattern, "{}");
	const char *what = strstr(r->pattern, "indicator") != NULL || strstr(r->pattern, "published") != NULL ?
	    "43" : city.code[1];

	if (hole == NULL)
		snprintf(uri, sizeof(uri), "%s", r->pattern);
	else
		snprintf(uri, sizeof(uri), "%.*s%s%s", (int)(hole - r->pattern), r->pattern, what, hole + 2);
	return uri;
}

static bool
is_turned_away(void)
{
	return web_status(&web) == 403 || web_status(&web) == 401 ||
	    (web_status(&web) == 303 && strncmp(location(), "/desk/login", 11) == 0);
}

static void
a_stranger_gets_what_is_everybody_s_and_nothing_else(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < desk_routes_n; i++) {
		const struct route *r = &desk_routes[i];

		forget();
		if (r->method == METHOD_POST && (r->who & ROUTE_EVERYONE))
			continue;	/* the login itself */
		ask(address_of(r), r->method == METHOD_POST ? "_csrf=x" : NULL);
		if (is_turned_away() != !(r->who & ROUTE_EVERYONE))
			fail_msg("%s: %d", r->pattern, web_status(&web));
		if (web_status(&web) >= 500)
			fail_msg("%s: %d", r->pattern, web_status(&web));
	}
}

static void
each_role_gets_its_rows_and_no_other(void **state)
{
	size_t i;
	int role;

	(void)state;
	for (role = 0; role < ROLE_MAX; role++) {
		enter(role_name((enum role)role));
		for (i = 0; i < desk_routes_n; i++) {
			const struct route *r = &desk_routes[i];

			if (r->method == METHOD_POST || r->serve == serve_login_page)
				continue;
			ask(address_of(r), NULL);
			if (is_turned_away() == route_open_to(r, 1u << role))
				fail_msg("%s as %s: %d", r->pattern, role_name((enum role)role), web_status(&web));
			if (web_status(&web) >= 500)
				fail_msg("%s: %d", r->pattern, web_status(&web));
		}
	}
}

static void
every_post_needs_the_token_of_its_session_and_is_audited(void **state)
{
	static const char *const forged[] = { "", "_csrf=", "_csrf=x", "_csrf=0000000000000000000000000000000000000000000" };
	size_t i, k;
	char body[200];

	(void)state;
	for (i = 0; i < desk_routes_n; i++) {
		const struct route *r = &desk_routes[i];

		if (r->method == METHOD_GET) {
			assert_null(r->audit);
			assert_int_equal(r->csrf, CSRF_NONE);
			continue;
		}
		assert_non_null(r->audit);
		assert_int_equal(r->csrf, r->who & ROUTE_EVERYONE ? CSRF_ORIGIN : CSRF_TOKEN);
		if (r->csrf != CSRF_TOKEN)
			continue;
		enter("admin");
		for (k = 0; k < sizeof(forged) / sizeof(forged[0]); k++) {
			ask(r->pattern, forged[k]);
			assert_int_equal(web_status(&web), 403);
		}
		snprintf(body, sizeof(body), "_csrf=%s&_csrf=%s", browser.csrf, browser.csrf);
		ask(r->pattern, body);
		assert_int_equal(web_status(&web), 403);
		snprintf(body, sizeof(body), "_csrf=%s", browser.csrf);
		web_prepare(&web, r->pattern, body);
		web.req.cookie = pool_fmt(&web.pool, "manyi_desk=%s", browser.token);
		web.req.origin = "https://evil.example";
		desk_serve(desk, &web.req, &web.reply, 0);
		assert_int_equal(web_status(&web), 403);
	}
}

/* The stored answers of somebody who said this to form B. */
static void
answers_of(struct text *json, const char *body)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct issue issue[ISSUES_MAX];
	struct answers a;
	struct response r;
	const struct form *form = form_load(check_path("forms/questionnaires/B.json"), &pool, &err);

	web_must(form != NULL ? 0 : -1, &err);
	web_must(answers_parse(&a, body, strlen(body), &pool, &err), &err);
	assert_int_equal(form_accept(form, &r, issue, &a, NULL, &pool), 0);
	response_put_json(json, &r);
	pool_clear(&pool);
}

/* Answers row by row are nobody's: no address gives them, whatever the role. */
static void
no_page_shows_a_row(void **state)
{
	static const char secret[] = "这一句只在一份答卷里";
	struct err err = { 0 };
	struct db *db = open_city();
	struct text answers = TEXT_INIT;
	struct response_row row = { .wave = 2, .site = 2, .stream = "open", .mode = "qr", .seconds = 9,
	    .minute = 29000000, .key = "desk-test-key-00001", .stratum = "", .cluster = "", .weight = 1000000,
	    .receipt = "0000000000000000" };
	bool fresh;
	size_t i;

	(void)state;
	answers_of(&answers, "level=5&text=这一句只在一份答卷里");
	row.answers = text_str(&answers);
	assert_non_null(strstr(row.answers, secret));
	web_must(db_put_responses(db, &row, &fresh, 1, &err), &err);
	db_close(db);
	text_clear(&answers);
	enter("admin");
	for (i = 0; i < desk_routes_n; i++)
		if (desk_routes[i].method == METHOD_GET) {
			ask(address_of(&desk_routes[i]), NULL);
			assert_false(web_says(&web, secret));
			assert_false(web_says(&web, "desk-test-key-00001"));
		}
	ask("/desk/fieldwork", NULL);
	assert_int_equal(web_status(&web), 200);
}

/* ---- pages ---- */

static void
the_board_names_all_52_rows(void **state)
{
	(void)state;
	enter("official");
	ask("/desk/", NULL);
	assert_int_equal(web_status(&web), 200);
	assert_true(web_says(&web, "顾客满意指数"));
	ask("/desk/board?department=%E5%B8%82%E5%95%86%E5%8A%A1%E5%B1%80&state=unproven&lang=en", NULL);
	assert_int_equal(web_status(&web), 200);
	assert_non_null(strstr(text_str(&web.reply.headers), "lang=en; Path=/desk"));
	ask("/desk/indicator/99", NULL);
	assert_int_equal(web_status(&web), 404);
	ask("/api/v1/indicator/99", NULL);
	assert_int_equal(web_status(&web), 404);
	assert_string_equal(web.reply.type, "application/json");
}

/* What a volunteer said to form A; NULL: not asked. */
static const char *
volunteer(const struct form *form, int i, struct pool *pool)
{
	json_t *list = json_array();
	char *json, *kept;

	for (size_t k = 0; k < form->items; k++) {
		const struct item *item = &form->item[k];

		if (strcmp(item->name, "sector") == 0)
			json_array_append_new(list, json_string(item->choice[i % 3].name));
		else if (strncmp(item->name, "sat", 3) == 0)
			json_array_append_new(list, json_integer(1 + (i * 7 + (int)k) % 10));
		else
			json_array_append_new(list, json_null());
	}
	json = json_dumps(list, 0);
	kept = pool_strdup(pool, json);
	free(json);
	json_decref(list);
	return kept;
}

static void
volunteers_are_shown_by_year_and_never_by_part(void **state)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct db *db = open_city();
	const struct form *form = db_get_form(db, "A", NULL, &pool, &err);
	bool fresh;

	(void)state;
	web_must(form != NULL ? 0 : -1, &err);
	for (int i = 0; i < 300; i++) {
		struct response_row row = { .wave = 1, .stream = "open", .mode = "qr", .seconds = 200, .minute = 29000000 + i,
			.key = pool_fmt(&pool, "volunteer-%d", i), .stratum = "", .cluster = "", .weight = 1000000,
			.answers = volunteer(form, i, &pool) };

		memcpy(row.leaf, &i, sizeof(i));
		snprintf(row.receipt, sizeof(row.receipt), "%016d", i + 1);
		web_must(db_put_responses(db, &row, &fresh, 1, &err), &err);
	}
	db_close(db);
	pool_clear(&pool);
	enter("official");
	ask("/desk/indicator/43", NULL);
	assert_int_equal(web_status(&web), 200);
	assert_true(web_says(&web, "数值（模型推断区间）"));
	assert_false(web_says(&web, "数值（置信区间）"));
	assert_false(web_says(&web, "分行业"));
}

static void
the_tracker_as_json_has_52_rows(void **state)
{
	json_t *list;

	(void)state;
	enter("official");
	ask("/api/v1/tracker", NULL);
	assert_int_equal(web_status(&web), 200);
	list = json_loads(text_str(&web.reply.body), 0, NULL);
	assert_int_equal(json_array_size(list), 52);
	json_decref(list);
	forget();
	ask("/api/v1/published", NULL);
	assert_int_equal(web_status(&web), 200);
	assert_string_equal(text_str(&web.reply.body), "[]\n");
}

static void
posters_and_codes_come_as_files(void **state)
{
	char uri[64];

	(void)state;
	enter("analyst");
	snprintf(uri, sizeof(uri), "/desk/poster/%s.pdf", city.code[0]);
	ask(uri, NULL);
	assert_int_equal(web_status(&web), 200);
	assert_string_equal(web.reply.type, "application/pdf");
	assert_memory_equal(web.reply.body.s, "%PDF-", 5);
	ask("/desk/poster/all.pdf", NULL);
	assert_memory_equal(web.reply.body.s, "%PDF-", 5);
	snprintf(uri, sizeof(uri), "/desk/qr/%s.svg", city.code[0]);
	ask(uri, NULL);
	assert_int_equal(web_status(&web), 200);
	assert_string_equal(web.reply.type, "image/svg+xml");
	ask("/desk/poster/AAAAAA.pdf", NULL);
	assert_int_equal(web_status(&web), 404);
	ask("/desk/qr/%2e%2e%2fx.svg", NULL);
	assert_int_equal(web_status(&web), 404);
}

static void
the_style_sheet_may_be_kept_for_ever(void **state)
{
	struct text path = TEXT_INIT;

	(void)state;
	forget();
	board_css_path(&path);
	ask(text_str(&path), NULL);
	assert_int_equal(web_status(&web), 200);
	assert_non_null(strstr(web.reply.cache, "immutable"));
	text_clear(&path);
	ask("/s/0.css", NULL);
	assert_int_equal(web_status(&web), 404);
}

static void
a_database_that_is_gone_says_later_and_heals(void **state)
{
	char away[80];

	(void)state;
	enter("admin");
	snprintf(away, sizeof(away), "%s.away", city.db);
	desk_close(desk);
	desk = desk_open(city.db, 4, &(struct err){ 0 });
	assert_int_equal(rename(city.db, away), 0);
	ask("/desk/sites", NULL);
	assert_true(web_status(&web) == 503 || web_status(&web) == 404);
	assert_int_equal(rename(away, city.db), 0);
	ask("/desk/sites", NULL);
	assert_int_equal(web_status(&web), 200);
}

static void
other_addresses_and_methods_are_answered_kindly(void **state)
{
	(void)state;
	enter("admin");
	ask("/desk/nowhere", NULL);
	assert_int_equal(web_status(&web), 404);
	ask("/desk/../etc/passwd", NULL);
	assert_int_equal(web_status(&web), 404);
	ask("/desk/%zz", NULL);
	assert_int_equal(web_status(&web), 400);
	ask("/desk/sites", "a=1");
	assert_int_equal(web_status(&web), 405);
	assert_string_equal(web_header(&web, "Allow"), "GET, HEAD");
	web_prepare(&web, "/desk/login", "");
	web.req.body_too_large = true;
	desk_serve(desk, &web.req, &web.reply, 0);
	assert_int_equal(web_status(&web), 413);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_right_password_opens_and_is_written_down),
		cmocka_unit_test(over_https_the_cookie_is_secure),
		cmocka_unit_test(the_database_keeps_no_token),
		cmocka_unit_test(a_wrong_password_an_unknown_name_and_a_closed_account_look_alike),
		cmocka_unit_test(failures_slow_a_name_down_and_no_other),
		cmocka_unit_test(a_storm_of_logins_leaves_threads_for_others),
		cmocka_unit_test(a_login_from_another_site_is_refused),
		cmocka_unit_test(a_one_time_password_must_be_changed_first),
		cmocka_unit_test(changing_it_ends_the_old_sessions_and_starts_a_new_one),
		cmocka_unit_test(an_expired_session_leads_to_the_login),
		cmocka_unit_test(a_made_up_cookie_is_nobody),
		cmocka_unit_test(logging_out_ends_the_session),
		cmocka_unit_test(a_closed_account_s_session_is_over),
		cmocka_unit_test(a_stranger_gets_what_is_everybody_s_and_nothing_else),
		cmocka_unit_test(each_role_gets_its_rows_and_no_other),
		cmocka_unit_test(every_post_needs_the_token_of_its_session_and_is_audited),
		cmocka_unit_test(no_page_shows_a_row),
		cmocka_unit_test(the_board_names_all_52_rows),
		cmocka_unit_test(volunteers_are_shown_by_year_and_never_by_part),
		cmocka_unit_test(the_tracker_as_json_has_52_rows),
		cmocka_unit_test(posters_and_codes_come_as_files),
		cmocka_unit_test(the_style_sheet_may_be_kept_for_ever),
		cmocka_unit_test(a_database_that_is_gone_says_later_and_heals),
		cmocka_unit_test(other_addresses_and_methods_are_answered_kindly),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_city, drop_city);
}
