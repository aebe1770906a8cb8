/* One table says what exists, who may reach it and what is asked of them; the rest is refused. */
#ifndef CGI_ROUTE_H
#define CGI_ROUTE_H

#include "cgi/http.h"

/* What a form post must show before its handler runs. */
enum route_csrf {
	CSRF_NONE,	/* reads only */
	CSRF_ORIGIN,	/* sent from a page of ours (request_same_site) */
	CSRF_TOKEN	/* that, and the session's token in the field _csrf */
};

/* How often one may come.  For the desk nginx counts by address (serve/nginx.c), a test holds its
 * zones against the table; for residents the intake does (intake/rate.h), by network and
 * site, and refuses nobody. */
enum route_rate {
	RATE_STATIC,	/* files: no limit */
	RATE_PAGE,	/* pages: generous, thousands of phones share a carrier's address */
	RATE_ANSWER,	/* answers handed in: slower and marked beyond what people do */
	RATE_LOGIN,	/* passwords: few */
	RATE_MAX
};

/* Bits of who: a folder that knows roles uses the low ones. */
#define ROUTE_EVERYONE (1u << 31)	/* no login needed */

enum { ROUTE_ARGS_MAX = 2 };

struct route_call;
typedef void route_serve(struct route_call *call);

/* One row.  A zeroed who lets nobody in: forgetting it is safe. */
struct route {
	enum method method;	/* METHOD_GET answers HEAD too */
	const char *pattern;	/* "{}" is one or more characters but '/': "/desk/poster/{}.pdf" */
	unsigned who;
	enum route_csrf csrf;
	enum route_rate rate;
	const char *audit;	/* action written to the audit when it was done; NULL: none */
	route_serve *serve;
};

/* What a handler is given. */
struct route_call {
	const struct request *req;
	struct reply *reply;
	const struct route *route;
	const char *arg[ROUTE_ARGS_MAX];	/* what each "{}" stood for; NULL beyond */
	void *ctx;				/* the folder's own */
};

enum route_match {
	ROUTE_FOUND,
	ROUTE_MISSING,	/* 404 */
	ROUTE_METHOD	/* 405: the address exists, not for this method */
};

/* Find the row of call->req; sets call->route and arg[] (in the request's pool). */
enum route_match route_find(struct route_call *call, const struct route table[], size_t n);

/* The methods an address has, for the Allow header: "GET, HEAD, POST". */
const char *route_methods(const struct request *req, const struct route table[], size_t n);

/* May somebody with these bits come in? */
bool route_open_to(const struct route *route, unsigned who);

/* Does the path fit the pattern?  For tests and nginx's locations. */
bool route_fits(const char *pattern, const char *path);

#endif
