/* What the tests of intake and desk share: a small city in a temporary
 * directory, requests, replies. */
#ifndef TESTS_SUPPORT_WEB_H
#define TESTS_SUPPORT_WEB_H

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "cgi/http.h"
#include "db/survey.h"
#include "tests/support/check.h"

/* Where the city of a test lies. */
struct web_city {
	char dir[32];
	char db[64], socket[64];
	char code[4][SITE_CODE_N + 1];	/* sites of forms A, B, C, and a withdrawn one of B */
};

static inline void
web_must(int rc, const struct err *err)
{
	if (rc != 0)
		fail_msg("%s", err->text);
}

static inline void
web_add_form(struct db *db, const char *id, struct pool *pool)
{
	struct err err = { 0 };
	char path[64];
	const struct form *form;
	struct wave wave = { .form_id = id, .year = 2024, .label = "2024", .opens = 1, .open = true,
		.population = "全体", .modes = "qr", .strata = "", .clusters = "", .margins = "",
		.domains = "", .break_note = "", .table_number = "WQ 101", .agency = "",
		.approval = "", .valid_until = "" };

	snprintf(path, sizeof(path), "forms/questionnaires/%s.json", id);
	form = form_load(check_path(path), pool, &err);
	web_must(form != NULL ? 0 : -1, &err);
	web_must(db_put_form(db, form, &err), &err);
	wave.form_version = form->version;
	wave.mapping = form->mapping;
	web_must(db_put_wave(db, &wave, &err), &err);
}

static inline void
web_add_site(struct db *db, char code[SITE_CODE_N + 1], const char *form, bool active)
{
	struct err err = { 0 };
	struct site site = { .name = "市政务服务中心", .window = "3号窗口", .sector = "S03",
		.township = "210281001", .stratum = "", .form_id = form, .active = true };

	web_must(db_put_site(db, &site, &err), &err);
	strcpy(code, site.code);
	if (!active)
		web_must(db_set_site_active(db, code, false, &err), &err);
}

static inline void
web_make_city(struct web_city *city)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct db *db;

	strcpy(city->dir, "/tmp/manyi-web-XXXXXX");
	assert_non_null(mkdtemp(city->dir));
	snprintf(city->db, sizeof(city->db), "%s/m.db", city->dir);
	snprintf(city->socket, sizeof(city->socket), "%s/store", city->dir);
	db = db_create(city->db, &err);
	web_must(db != NULL ? 0 : -1, &err);
	web_must(db_set_setting(db, "city", "瓦房店市", &err), &err);
	web_add_form(db, "A", &pool);
	web_add_form(db, "B", &pool);
	web_add_form(db, "C", &pool);
	web_add_site(db, city->code[0], "A", true);
	web_add_site(db, city->code[1], "B", true);
	web_add_site(db, city->code[2], "C", true);
	web_add_site(db, city->code[3], "B", false);
	db_close(db);
	pool_clear(&pool);
}

static inline void
web_drop_city(const struct web_city *city)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf %s", city->dir);
	assert_int_equal(system(command), 0);
}

/* ---- one request at a time ---- */

/* The last request and its reply; text_str(&web.reply.body) until the next one. */
struct web {
	union {
		struct exchange x;
		struct {	/* the same by shorter names */
			struct request req;
			struct reply reply;
			struct pool pool;
		};
	};
	bool done;
};
_Static_assert(offsetof(struct web, pool) == offsetof(struct web, x.pool),
	"the names mean the same");

static inline void
web_done(struct exchange *x)
{
	((struct web *)x)->done = true;
}

/* A GET, or a POST of a form where body is not NULL; uri as a browser sends it. */
static inline void
web_prepare(struct web *web, const char *uri, const char *body)
{
	char *param[3], *line;

	reply_clear(&web->reply);
	pool_clear(&web->pool);
	web->reply = (struct reply){ 0 };
	web->x.done = web_done;
	web->done = false;
	line = pool_fmt(&web->pool, "REQUEST_URI=%s", uri);
	param[0] = (char *)(body != NULL ? "REQUEST_METHOD=POST" : "REQUEST_METHOD=GET");
	param[1] = line;
	param[2] = NULL;
	request_load(&web->req, param, &web->pool);
	web->req.host = "city.example";
	if (body != NULL) {
		web->req.body = body;
		web->req.body_n = strlen(body);
		web->req.content_type = "application/x-www-form-urlencoded";
	}
}

static inline void
web_clear(struct web *web)
{
	reply_clear(&web->reply);
	pool_clear(&web->pool);
}

static inline int
web_status(const struct web *web)
{
	return web->reply.status != 0 ? web->reply.status : 200;
}

static inline bool
web_says(const struct web *web, const char *what)
{
	return strstr(text_str(&web->reply.body), what) != NULL;
}

/* Value of a reply header, in a static buffer; "" if there is none. */
static inline const char *
web_header(const struct web *web, const char *name)
{
	static char value[512];
	const char *s = text_str(&web->reply.headers);
	size_t n = strlen(name);

	value[0] = '\0';
	for (; *s != '\0'; s += strcspn(s, "\n") + 1)
		if (strncmp(s, name, n) == 0 && s[n] == ':') {
			snprintf(value, sizeof(value), "%.*s",
				(int)strcspn(s + n + 2, "\r"), s + n + 2);
			break;
		}
	return value;
}

#endif
