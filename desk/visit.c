/* What every handler of the desk stands on. */
#include "desk/visit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "base/utf8.h"
#include "ledger/secret.h"

static const char cookie_name[] = "manyi_desk";

/* The world's failures as a person meets them. */
static const struct {
	enum err_code code;
	int status;
} statuses[] = {
	{ ERR_MISSING, 404 }, { ERR_DENIED, 403 }, { ERR_INPUT, 400 }, { ERR_USAGE, 400 },
	{ ERR_REFUSED, 422 }, { ERR_CONFLICT, 409 }, { ERR_BUSY, 503 }, { ERR_FULL, 503 },
	{ ERR_DB, 503 }, { ERR_IO, 503 }, { ERR_VERSION, 503 },
};

static const struct {
	int status;
	struct words title, text;
} messages[] = {
	{ 400, { { "看不懂这个请求", "Not understood" } },
		{ { "请返回上一页重试。", "Please go back and try again." } } },
	{ 403, { { "没有权限", "Not allowed" } }, { {
		"您的账号不能看这一页，或页面已过期。请返回上一页刷新后重试；"
			"需要权限请联系管理员。",
		"Your account may not see this page, or the page is out of date. Reload the page"
			" before and try again; ask the administrator for access." } } },
	{ 404, { { "没有这一页", "No such page" } }, { { "请检查地址，或从看板进入。",
		"Please check the address, or start from the board." } } },
	{ 405, { { "不能这样请求", "Not that way" } },
		{ { "请从看板进入。", "Please start from the board." } } },
	{ 409, { { "已经有了", "Already there" } },
		{ { "请返回上一页刷新后再看。", "Please reload the page before." } } },
	{ 413, { { "内容太长", "Too long" } }, { { "请返回上一页，缩短后再交。",
		"Please go back, shorten it and send again." } } },
	{ 422, { { "不能给出", "Not shown" } }, { { "按发布规则，这个数字现在不能给出。",
		"By the publishing rules this figure may not be given now." } } },
	{ 503, { { "请稍候再试", "Please try again" } },
		{ { "数据库正忙或暂时不可用，没有保存任何更改。",
		"The database is busy or away; nothing was changed." } } },
	{ 500, { { "程序出错", "Something went wrong" } },
		{ { "没有保存任何更改。请告诉管理员您刚才做了什么。",
		"Nothing was changed. Please tell the administrator what you were doing." } } },
};

static struct db *
handle(struct visit *visit, struct db **db, enum db_mode mode)
{
	if (*db == NULL)
		*db = db_open(visit->desk->db_path, mode, &visit->err);
	return *db;
}

struct db *
visit_read(struct visit *visit)
{
	return handle(visit, &visit->thread->read, DB_READ);
}

struct db *
visit_write(struct visit *visit)
{
	return handle(visit, &visit->thread->write, DB_WRITE);
}

int
visit_year(const struct visit *visit)
{
	const char *s = request_query(visit->req, "year");

	if (s == NULL || s[0] == '\0' || (strncmp(visit->req->path, "/desk", 5) != 0 &&
			strncmp(visit->req->path, "/api/", 5) != 0))
		return 0;
	return strlen(s) == 4 && strspn(s, "0123456789") == 4 ? atoi(s) : -1;
}

struct db *
visit_tracker(struct visit *visit, struct tracker *tracker)
{
	struct track_ask ask = { .year = visit_year(visit) };
	struct db *db = visit_write(visit);

	if (ask.year < 0) {
		err_set(&visit->err, ERR_INPUT, "年度应写成 2024", "a year is written 2024");
		return NULL;
	}
	return db != NULL && track_load(tracker, db, &ask, visit->pool, &visit->err) == 0 ? db :
		NULL;
}

struct db *
visit_begin(struct visit *visit)
{
	struct db *db = visit_write(visit);

	return db != NULL && db_begin(db, &visit->err) == 0 ? db : NULL;
}

int
visit_end(struct visit *visit, const char *action, const char *who, const char *object)
{
	struct db *db = visit->thread->write;

	if (db_put_audit(db, date_now_minute(), who, "desk", action != NULL ? action :
			visit->route->audit, object, "", &visit->err) != 0) {
		db_rollback(db);
		return -1;
	}
	return db_commit(db, &visit->err);
}

void
visit_abandon(struct visit *visit)
{
	db_rollback(visit->thread->write);
}

struct board_frame
visit_frame(struct visit *visit, bool public)
{
	struct err ignored = { 0 };
	struct board_frame f = { .lang = visit->lang, .public = public,
		.root = public ? "/" : "/desk/", .version = PACKAGE_VERSION,
		.year = public || visit_year(visit) < 0 ? 0 : visit_year(visit) };
	char *made = pool_take(visit->pool, 17);
	const char *demo;

	if (visit->thread->read == NULL)
		visit->thread->read = db_open(visit->desk->db_path, DB_READ, &ignored);
	if (visit->thread->read != NULL) {
		f.city = db_setting(visit->thread->read, "city", visit->pool);
		demo = db_setting(visit->thread->read, "demo", visit->pool);
		f.demo = demo != NULL && strcmp(demo, "1") == 0;
		f.programme = programme_in_force(visit->thread->read, visit->pool, &ignored);
	}
	if (f.city == NULL)
		f.city = "";
	date_minute(made, date_now_minute());
	f.made = made;
	f.self = visit->req->query[0] == '\0' ? visit->req->path :
		pool_fmt(visit->pool, "%s?%s", visit->req->path, visit->req->query);
	if (visit->in && !public) {
		f.user = visit->user.name;
		f.role = role_name(visit->user.role);
		f.csrf = visit->csrf;
		f.department = visit->user.department[0] != '\0' ? visit->user.department : NULL;
	}
	return f;
}

static void
say_json(struct visit *visit, const char *message)
{
	json_t *o = json_pack("{s:{s:s, s:s}}", "error", "code", err_name(visit->err.code),
		"message", message);

	visit->reply->type = "application/json";
	json_put(&visit->reply->body, o, 0);
	json_decref(o);
}

/* A figure that is not given: why, as whoever refused it said. */
static struct words
reason(const struct visit *visit, int status, struct words usual)
{
	if (status != 422 || visit->err.text[0] == '\0')
		return usual;
	return (struct words){ { err_in(&visit->err, LANG_ZH), err_in(&visit->err, LANG_EN) } };
}

void
visit_say(struct visit *visit, int status)
{
	bool public = strncmp(visit->req->path, "/desk", 5) != 0;
	struct board_frame frame;
	size_t i = 0;

	while (messages[i].status != status && messages[i].status != 500)
		i++;
	visit->reply->status = status;
	text_reset(&visit->reply->body);
	if (strncmp(visit->req->path, "/api/", 5) == 0) {
		say_json(visit, reason(visit, status, messages[i].title).in[visit->lang]);
		return;
	}
	frame = visit_frame(visit, public);
	board_message(&visit->reply->body, &frame, messages[i].title,
		reason(visit, status, messages[i].text));
}

static void
drop_handles(struct visit *visit)
{
	db_close(visit->thread->read);
	db_close(visit->thread->write);
	visit->thread->read = visit->thread->write = NULL;
}

static int
status_of(enum err_code code)
{
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (statuses[i].code == code)
			return statuses[i].status;
	return 500;
}

void
visit_fail(struct visit *visit)
{
	int status = status_of(visit->err.code);

	if (status >= 500) {
		fprintf(stderr, "manyi desk: %s: %s\n", visit->req->path, visit->err.text);
		drop_handles(visit);
	}
	if (status == 503)
		reply_header(visit->reply, "Retry-After", "5");
	visit_say(visit, status);
}

const char *
visit_field(const struct visit *visit, const char *name)
{
	const char *value = answers_get(&visit->form, name);

	if (value == NULL || utf8_valid(value, strlen(value)) != strlen(value))
		return "";
	for (const char *s = value; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			return "";
	return value;
}

int
visit_session(struct visit *visit)
{
	const char *token = request_cookie(visit->req, cookie_name);
	struct db *db;

	if (token == NULL || strlen(token) != SECRET_TOKEN_N)
		return 0;
	db = visit_read(visit);
	if (db == NULL)
		return -1;
	secret_token_hash(visit->session, token);
	if (db_get_session(db, visit->session, date_now_second(), &visit->user, &visit->csrf,
			visit->pool, &visit->err) == 0) {
		visit->in = visit->user.active;
		return 0;
	}
	if (visit->err.code != ERR_MISSING)
		return -1;
	visit->err = (struct err){ 0 };
	visit->expired = true;
	return 0;
}

/* The cookie goes to the two places that read it and never to the public process. */
static void
put_cookie(struct visit *visit, const char *token, long long seconds)
{
	static const char *const paths[] = { "/desk", "/api" };

	for (size_t i = 0; i < 2; i++)
		reply_header(visit->reply, "Set-Cookie", pool_fmt(visit->pool,
			"%s=%s; Path=%s; Max-Age=%lld; HttpOnly; SameSite=Strict%s", cookie_name,
			token, paths[i], seconds, visit->req->https ? "; Secure" : ""));
}

int
visit_new_session(struct visit *visit, struct db *db)
{
	char token[SECRET_TOKEN_N + 1], csrf[SECRET_TOKEN_N + 1];
	unsigned char hash[32];

	secret_token(token);
	secret_token(csrf);
	secret_token_hash(hash, token);
	if (db_put_session(db, hash, visit->user.id, csrf, date_now_second() + SESSION_SECONDS,
			&visit->err) != 0)
		return -1;
	put_cookie(visit, token, SESSION_SECONDS);
	return 0;
}

void
visit_forget_cookies(struct visit *visit)
{
	put_cookie(visit, "", 0);
}
