/* From a request to its handler: who, may they, did they mean it. */
#include "desk/desk.h"

#include <assert.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "proc/sandbox.h"
#include "proc/guard.h"
#include "cgi/server.h"
#include "desk/visit.h"
#include "figure/block.h"
#include "figure/keep.h"
#include "ledger/secret.h"

enum {
	LONG_MS = 50,
	KEEP_BYTES = 64 << 20	/* of figures shown again and again */
};

struct desk *
desk_open(const char *db_path, int threads, struct err *err)
{
	struct desk *desk = calloc(1, sizeof(*desk));
	struct db *db = db_open(db_path, DB_WRITE, err);
	const char *slash = strrchr(db_path, '/');

	if (desk == NULL)
		err_die("calloc");
	if (db == NULL) {
		free(desk);
		return NULL;
	}
	db_close(db);	/* opened to migrate it and to say here what is wrong with it */
	secret_init();
	desk->db_path = db_path;
	desk->threads = threads;
	desk->thread = calloc((size_t)threads, sizeof(*desk->thread));
	if (desk->thread == NULL)
		err_die("calloc");
	snprintf(desk->key_path, sizeof(desk->key_path), "%.*sledger.key.pub",
		slash != NULL ? (int)(slash - db_path + 1) : 0, db_path);
	pthread_mutex_init(&desk->gate.count, NULL);
	pthread_mutex_init(&desk->gate.work, NULL);
	desk->gate.most = threads > 2 ? threads / 2 : 1;
	return desk;
}

void
desk_close(struct desk *desk)
{
	for (int i = 0; i < desk->threads; i++) {
		db_close(desk->thread[i].read);
		db_close(desk->thread[i].write);
	}
	pthread_mutex_destroy(&desk->gate.count);
	pthread_mutex_destroy(&desk->gate.work);
	free(desk->thread);
	free(desk);
}

static void
refuse(struct visit *visit, enum err_code code)
{
	visit->err = (struct err){ .code = code };
	visit_fail(visit);
}

/* Not logged in: pages lead to the login, programs are told. */
static void
ask_to_log_in(struct visit *visit)
{
	if (strncmp(visit->req->path, "/api/", 5) == 0) {
		refuse(visit, ERR_DENIED);
		visit->reply->status = 401;
		return;
	}
	reply_see_other(visit->reply, visit_door(visit,
		visit->expired ? "/desk/login?expired=1" : "/desk/login", visit_wanted(visit)));
}

/* Was this post meant?  Reads its fields on the way.  Returns 0, or -1 with err. */
static int
read_post(struct visit *visit)
{
	const struct request *req = visit->req;

	if (!request_is_form(req))
		return err_set(&visit->err, ERR_INPUT, "提交的不是表单", "not a form");
	if (visit->route->csrf != CSRF_NONE && !request_same_site(req))
		return err_set(&visit->err, ERR_DENIED, "请求来自别的网站",
			"sent from another site");
	if (answers_parse(&visit->form, req->body, req->body_n, visit->pool, &visit->err) != 0)
		return -1;
	if (visit->route->csrf == CSRF_TOKEN &&
			!secret_same(visit_field(visit, "_csrf"), visit->csrf))
		return err_set(&visit->err, ERR_DENIED, "页面已过期", "the page is out of date");
	return 0;
}

static bool
must_change_first(const struct visit *visit)
{
	return visit->in && visit->user.must_change && !(visit->route->who & ROUTE_EVERYONE) &&
		visit->route->serve != serve_password_page &&
		visit->route->serve != serve_password && visit->route->serve != serve_logout;
}

static void
serve_route(struct visit *visit, struct route_call *call)
{
	visit->route = call->route;
	if (visit->req->body_too_large) {
		visit_say(visit, 413);
		return;
	}
	if (call->route->rate != RATE_STATIC && visit_session(visit) != 0) {
		visit_fail(visit);
		return;
	}
	if (!route_open_to(call->route, visit->in ? 1u << visit->user.role : 0)) {
		if (visit->in)
			refuse(visit, ERR_DENIED);
		else
			ask_to_log_in(visit);
		return;
	}
	if (must_change_first(visit)) {
		reply_see_other(visit->reply,
			visit_door(visit, "/desk/password", visit_wanted(visit)));
		return;
	}
	if (call->route->method == METHOD_POST && read_post(visit) != 0) {
		visit_fail(visit);
		return;
	}
	call->route->serve(call);
	if (visit->err.code != ERR_NONE)
		visit_fail(visit);
}

static void
keep_language(const struct visit *visit)
{
	enum lang lang;
	const char *said = request_query(visit->req, "lang");

	if (said != NULL && lang_parse(&lang, said) == 0 &&
			strncmp(visit->req->path, "/desk", 5) == 0)
		reply_header(visit->reply, "Set-Cookie", pool_fmt(visit->pool,
			"lang=%s; Path=/desk; Max-Age=31536000; SameSite=Lax", lang_tag(lang)));
}

void
desk_serve(struct desk *desk, const struct request *req, struct reply *reply, int thread)
{
	struct visit visit = { .desk = desk, .thread = &desk->thread[thread], .req = req,
		.reply = reply, .pool = req->pool, .lang = request_lang(req) };
	struct route_call call = { .req = req, .reply = reply, .ctx = &visit };
	enum route_match match = req->malformed ? ROUTE_MISSING :
		route_find(&call, desk_routes, desk_routes_n);

	assert(thread >= 0 && thread < desk->threads);
	switch (match) {
	case ROUTE_FOUND:
		serve_route(&visit, &call);
		break;
	case ROUTE_METHOD:
		visit_say(&visit, 405);
		reply_header(reply, "Allow", route_methods(req, desk_routes, desk_routes_n));
		break;
	case ROUTE_MISSING:
		refuse(&visit, req->malformed ? ERR_INPUT : ERR_MISSING);
		break;
	}
	keep_language(&visit);
}

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A page that took long took memory, and the allocator would keep it for each
 * thread until the next one. */
static void
transport(struct exchange *x, int thread, void *ctx)
{
	struct desk *desk = ctx;
	int64_t began = now_ms();

	desk_serve(desk, &x->req, &x->reply, thread);
	if (now_ms() - began > LONG_MS) {
		db_rest(desk->thread[thread].read);
		db_rest(desk->thread[thread].write);
		malloc_trim(0);
	}
	exchange_done(x);
}

/* From here on files are changed only in the database's folder, and the socket's
 * where it is ours to make. */
static int
shut_in(const char *db_path, const char *socket, struct err *err)
{
	struct sandbox sandbox = { .kind = SANDBOX_DESK };
	struct pool pool = POOL_INIT;
	int rc;

	sandbox.folder[0] = file_folder(&pool, db_path);
	if (socket != NULL)
		sandbox.folder[1] = file_folder(&pool, socket);
	rc = sandbox_enter(&sandbox, err);
	pool_clear(&pool);
	return rc;
}

int
desk_run(const char *db_path, const char *socket, int listen_fd, int threads, struct err *err)
{
	struct server server = { .socket = socket, .listen_fd = listen_fd, .threads = threads,
		.body_max = FORM_BODY_MAX, .handle = transport };
	struct desk *desk;
	int rc;

	/* no limit of memory: a nation's answers take what they take */
	if (guard_self(0, err) != 0)
		return -1;
	desk = desk_open(db_path, threads, err);
	if (desk == NULL)
		return -1;
	keep_start(KEEP_BYTES);
	block_folder(db_path);	/* later it may make none */
	server.ctx = desk;
	rc = shut_in(db_path, listen_fd < 0 ? socket : NULL, err) == 0 ? server_run(&server, err) :
		-1;
	keep_start(0);
	desk_close(desk);
	return rc;
}
