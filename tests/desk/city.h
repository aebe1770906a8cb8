/* A city with staff, and one browser at its desk. */
#ifndef TESTS_DESK_CITY_H
#define TESTS_DESK_CITY_H

#include "tests/support/web.h"

#include "db/people.h"
#include "desk/visit.h"
#include "ledger/secret.h"
#include "track/track.h"

static struct web_city city;
static struct desk *desk;
static struct web web;

static const char good[] = "三个和尚没水喝-9", other[] = "another-long-password";

/* What one browser holds. */
static struct { char token[64], csrf[64]; } browser;

static inline struct db *
open_city(void)
{
	struct err err = { 0 };
	struct db *db = db_open(city.db, DB_WRITE, &err);

	web_must(db != NULL ? 0 : -1, &err);
	return db;
}

static inline void
add_user(struct db *db, const char *name, enum role role, bool must_change, bool active)
{
	char hash[SECRET_HASH_N];
	struct user user = { .name = name, .role = role, .must_change = must_change,
		.active = active, .department = role == ROLE_DEPARTMENT ? "市商务局" : "",
		.password = hash };
	struct err err = { 0 };

	assert_int_equal(secret_password_hash(hash, good), 0);
	web_must(db_put_user(db, &user, &err), &err);
}

static inline int
make_city(void **state)
{
	struct err err = { 0 };
	struct db *db;

	(void)state;
	secret_init();
	web_make_city(&city);
	db = open_city();
	web_must(programme_fill(db, &err), &err);
	for (int role = 0; role < ROLE_MAX; role++)
		add_user(db, role_name((enum role)role), (enum role)role, false, true);
	add_user(db, "fresh", ROLE_OFFICIAL, true, true);
	add_user(db, "gone", ROLE_ADMIN, false, false);
	db_close(db);
	desk = desk_open(city.db, 4, &err);
	web_must(desk != NULL ? 0 : -1, &err);
	return 0;
}

static inline int
drop_city(void **state)
{
	(void)state;
	web_clear(&web);
	desk_close(desk);
	web_drop_city(&city);
	return 0;
}

/* The part of a Set-Cookie of the session, kept as a browser would. */
static inline void
keep_cookie(void)
{
	const char *s = text_str(&web.reply.headers), *at = strstr(s, "Set-Cookie: manyi_desk=");

	if (at == NULL)
		return;
	at += strlen("Set-Cookie: manyi_desk=");
	snprintf(browser.token, sizeof(browser.token), "%.*s", (int)strcspn(at, ";"), at);
}

static inline void
ask(const char *uri, const char *body)
{
	web_prepare(&web, uri, body);
	if (browser.token[0] != '\0')
		web.req.cookie = pool_fmt(&web.pool, "lang=zh-CN; manyi_desk=%s", browser.token);
	desk_serve(desk, &web.req, &web.reply, 0);
	keep_cookie();
}

static inline void
forget(void)
{
	memset(&browser, 0, sizeof(browser));
}

/* A session without the form, for tests of what comes after the login. */
static inline void
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

static inline void
enter(const char *name)
{
	enter_as(name, date_now_second() + 600);
}

/* Lines of the audit with this action by this person. */
static inline size_t
audited(const char *action, const char *who)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct db *db = open_city();
	struct audit_row *row;
	size_t n, found = 0;

	web_must(db_list_audit(db, 10000, &row, &n, &pool, &err), &err);
	for (size_t i = 0; i < n; i++)
		found += strcmp(row[i].action, action) == 0 && strcmp(row[i].who, who) == 0 &&
			strcmp(row[i].from, "desk") == 0;
	db_close(db);
	pool_clear(&pool);
	return found;
}

static inline const char *
location(void)
{
	return web_header(&web, "Location");
}

#endif
