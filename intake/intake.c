/* The public addresses, and what stands around every one of them. */
#include "intake/intake.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/code.h"
#include "base/date.h"
#include "proc/sandbox.h"
#include "proc/guard.h"
#include "cgi/server.h"
#include "forms/form.h"
#include "intake/call.h"
#include "intake/rate.h"
#include "proc/listen.h"

enum {
	MEMORY_MAX = 1 << 30	/* a big city's catalogue twice over and every
				 * connection's largest body fit */
};

/* Read by everybody, and what is typed, forwarded or pasted with a slash or small letters leads to
 * the address as printed. */
#define PAGE(pattern, serve) \
	{ METHOD_GET, pattern, ROUTE_EVERYONE, CSRF_NONE, RATE_PAGE, NULL, serve }
#define POST(pattern, serve) \
	{ METHOD_POST, pattern, ROUTE_EVERYONE, CSRF_ORIGIN, RATE_ANSWER, NULL, serve }
#define ROOM(capital, small, to) \
	PAGE("/" capital, to), PAGE("/" small, to), \
	PAGE("/" small "/", to), PAGE("/" small "/{}", to), \
	PAGE("/" capital "/{}/", to), PAGE("/" capital "/{}/{}", to), \
	PAGE("/" small "/{}/", to), PAGE("/" small "/{}/{}", to)

const struct route intake_routes[] = {
	PAGE("/Q/{}", serve_form), POST("/Q/{}", serve_answers), PAGE("/Q/", serve_code_form),
	ROOM("Q", "q", serve_to_code), PAGE("/V/{}", serve_ticket),
	POST("/V/{}", serve_ticket_answers), PAGE("/V/", serve_ticket_form),
	ROOM("V", "v", serve_to_ticket),
	PAGE("/T/{}", serve_thanks), PAGE("/T/{}/", serve_thanks), PAGE("/T/{}/{}", serve_thanks),
	PAGE("/t/{}", serve_thanks), PAGE("/t/{}/", serve_thanks), PAGE("/t/{}/{}", serve_thanks),
	PAGE("/r/{}", serve_receipt), PAGE("/r/", serve_receipt_form),
	ROOM("r", "R", serve_to_receipt),
	PAGE("/privacy", serve_privacy),
	{ METHOD_GET, "/s/{}", ROUTE_EVERYONE, CSRF_NONE, RATE_STATIC, NULL, serve_file },
	{ METHOD_GET, "/healthz", ROUTE_EVERYONE, CSRF_NONE, RATE_STATIC, NULL, serve_health },
};
const size_t intake_routes_n = sizeof(intake_routes) / sizeof(intake_routes[0]);

/* "/Q//7K3M9P//" is "/Q/7K3M9P/": what joins addresses puts one slash too many. */
static const char *
single_slashes(struct pool *pool, const char *path)
{
	char *out, *end;

	if (strstr(path, "//") == NULL)
		return path;
	out = end = pool_take(pool, strlen(path) + 1);
	for (; *path != '\0'; path++)
		if (path[0] != '/' || path[1] != '/')
			*end++ = *path;
	*end = '\0';
	return out;
}

static void
serve_route(struct intake_call *c, struct route_call *call)
{
	switch (c->req->malformed ? ROUTE_MISSING :
			route_find(call, intake_routes, intake_routes_n)) {
	case ROUTE_FOUND:
		assert(route_open_to(call->route, 0));
		call->route->serve(call);
		break;
	case ROUTE_METHOD:
		reply_header(c->reply, "Allow",
			route_methods(c->req, intake_routes, intake_routes_n));
		call_note(c, 405, NOTE_METHOD);
		break;
	case ROUTE_MISSING:
		call_note(c, c->req->malformed ? 400 : 404,
			c->req->malformed ? NOTE_BAD_REQUEST : NOTE_NOT_FOUND);
		break;
	}
}

void
intake_serve(struct intake *intake, struct exchange *x)
{
	struct intake_call *c = pool_take(&x->pool, sizeof(*c));
	struct route_call call = { .req = &x->req, .reply = &x->reply, .ctx = c };
	const char *elder = request_query(&x->req, "elder");

	x->req.path = single_slashes(&x->pool, x->req.path);
	*c = (struct intake_call){ .intake = intake, .x = x, .req = &x->req, .reply = &x->reply,
		.pool = &x->pool, .lang = request_lang(&x->req),
		.shelf = shelf_take(&intake->shelves),
		.elder = elder != NULL && strcmp(elder, "1") == 0 };
	c->catalogue = c->shelf != NULL ? &c->shelf->catalogue : NULL;
	call_hear(c, request_query(&x->req, "lang"));
	serve_route(c, &call);
	if (!c->waiting)
		call_end(c);
}

struct intake *
intake_open(struct loop *loop, const char *store_socket)
{
	struct intake *intake = calloc(1, sizeof(*intake));

	if (intake == NULL)
		err_die("calloc");
	intake->loop = loop;
	intake->rate = rate_new();
	intake->puts = link_open(loop, store_socket);
	intake->looks = link_open(loop, store_socket);
	shelves_open(&intake->shelves, loop, store_socket, LINK_PATIENCE_MS);
	return intake;
}

void
intake_close(struct intake *intake)
{
	link_close(intake->puts);
	link_close(intake->looks);
	shelves_close(&intake->shelves);
	rate_free(intake->rate);
	free(intake);
}

static void
transport(struct exchange *x, int thread, void *ctx)
{
	(void)thread;
	intake_serve(ctx, x);
}

int
intake_run(const char *socket, int listen_fd, const char *store_socket, struct err *err)
{
	struct server server = { .socket = socket, .listen_fd = listen_fd,
		.body_max = FORM_BODY_MAX, .alone = listen_fd < 0, .handle = transport };
	const struct sandbox sandbox = { .kind = SANDBOX_INTAKE };
	struct server_state *state;
	struct loop *loop;

	/* The socket is made before the sandbox, threads inside it; the socket's file is left to
	 * whoever starts next. */
	if (guard_self(MEMORY_MAX, err) != 0 || (loop = loop_open(true, err)) == NULL ||
			(server.listen_fd = listen_open(socket, listen_fd, err)) < 0 ||
			sandbox_enter(&sandbox, err) != 0)
		return -1;
	server.ctx = intake_open(loop, store_socket);
	state = server_open(loop, &server, err);
	if (state != NULL)
		loop_run(loop);
	server_close(state);
	intake_close(server.ctx);
	loop_close(loop);
	return state != NULL ? 0 : -1;
}
