/* A request and its reply as values: handlers never see the transport. */
#ifndef CGI_HTTP_H
#define CGI_HTTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/lang.h"
#include "base/pool.h"
#include "base/text.h"

enum method { METHOD_GET, METHOD_HEAD, METHOD_POST, METHOD_OTHER };

/* One request; everything lives in pool, which the transport clears afterwards. */
struct request {
	enum method method;
	const char *path;	/* percent-decoded once, valid UTF-8, starts with '/' */
	const char *query;	/* raw, "" if none */
	const char *body;	/* body[body_n]; NUL-terminated */
	size_t body_n;
	bool body_too_large;	/* the transport cut it off */
	const char *content_type, *cookie, *accept_language, *host, *origin, *sec_fetch_site;	/* "" if not sent */
	bool https;
	struct pool *pool;
};

/* Zeroed memory: 200, text/html, no headers. */
struct reply {
	int status;		/* 0: 200 */
	const char *type;	/* NULL: "text/html; charset=utf-8" */
	struct text body;
	struct text headers;	/* further header lines, each ending "\r\n"; made by reply_header() alone */
};

/* Add one header; CR, LF and NUL in value are refused (assert on name, dropped on value). */
void reply_header(struct reply *reply, const char *name, const char *value);
/* 303 to a path of ours. */
void reply_see_other(struct reply *reply, const char *path);
void reply_clear(struct reply *reply);

/* A parameter of the query string, decoded; NULL if missing, doubled or not UTF-8. */
const char *request_query(const struct request *req, const char *name);
/* A cookie's value, or NULL. */
const char *request_cookie(const struct request *req, const char *name);
/* ?lang= first, then the cookie "lang", then Accept-Language, then zh-CN. */
enum lang request_lang(const struct request *req);

#endif
