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
	bool malformed;		/* the address was not one; path is "/" and must not be served */
	bool body_too_large;	/* the transport cut it off: body is "" */
	/* "" if not sent */
	const char *content_type, *cookie, *accept_language, *host, *origin, *sec_fetch_site;
	const char *if_none_match;	/* "" if not sent */
	/* What the web server makes of the visitor, "" if nothing: his network without the rest of
	 * his address ("203.0.113", "2001:db8:1"), a word for his device ("phone").  Never the
	 * visitor's own to send. */
	const char *network, *client;
	bool https;
	struct pool *pool;
};

/* Zeroed memory: 200, text/html, no headers. */
struct reply {
	int status;		/* 0: 200 */
	const char *type;	/* NULL: "text/html; charset=utf-8" */
	const char *cache;	/* Cache-Control; NULL: "no-store" */
	struct text body;
	struct text headers;	/* further header lines, each ending "\r\n"; made by
				 * reply_header() alone */
};

/*
 * One request and its reply on their way.  Who is given one fills the reply, now or later,
 * and then calls exchange_done(), after which it is no longer his.
 */
struct exchange {
	struct request req;
	struct reply reply;
	struct pool pool;			/* the request's */
	void (*done)(struct exchange *x);	/* set by who made it */
};
void exchange_done(struct exchange *x);
/* Gives back reply and pool. */
void exchange_clear(struct exchange *x);

/*
 * Fill everything but the body from CGI parameters ("NAME=VALUE", a NULL at
 * the end): REQUEST_METHOD, REQUEST_URI, CONTENT_TYPE, HTTPS and HTTP_*.  The
 * strings are copied into pool.  An address that is not one (a broken %XX, a
 * NUL, not UTF-8, no slash in front) sets malformed.
 */
void request_load(struct request *req, char *const param[], struct pool *pool);

/* Bytes the peer announces in CONTENT_LENGTH: 0 if it is not there, -1 if it is no number. */
long long request_length(char *const param[]);

/*
 * Give a loaded request its body, which stays the caller's and has a NUL after body[n].
 * Fewer or more bytes than announced set malformed; too_large: it was thrown away.
 */
void request_take_body(struct request *req, char *const param[], const char *body, size_t n,
	bool too_large);

/* Add one header; CR, LF and NUL in value are refused (assert on name, dropped on value). */
void reply_header(struct reply *reply, const char *name, const char *value);
/* 303 to a path of ours; ASCII, anything else must be percent-encoded already. */
void reply_see_other(struct reply *reply, const char *path);
/* 304 without a body if the browser has this tag, else the ETag header.  Returns true for 304. */
bool reply_unchanged(struct reply *reply, const struct request *req, const char *tag);
void reply_clear(struct reply *reply);

/*
 * The whole reply as CGI wants it: status, headers, empty line, and the body
 * unless the method is HEAD.  Every reply gets the security headers here (policy: nothing
 * but our own style, script and images; no frames), so no handler can forget them.
 */
void reply_write(struct text *out, const struct request *req, const struct reply *reply);

/* A parameter of the query string, decoded; NULL if missing, doubled or not UTF-8. */
const char *request_query(const struct request *req, const char *name);
/* A cookie's value, or NULL. */
const char *request_cookie(const struct request *req, const char *name);
/* Which of tag[n] (base/lang.h) its reader prefers: ?lang= first, then the cookie "lang", then
 * Accept-Language; n: none. */
size_t request_language(const struct request *req, const char *const tag[], size_t n);
/* The same of the program's two; zh-CN where it is neither. */
enum lang request_lang(const struct request *req);
/* Is the body what a plain HTML form sends?  (application/x-www-form-urlencoded, any parameters) */
bool request_is_form(const struct request *req);

/*
 * Did one of our own pages send this?  Sec-Fetch-Site and Origin are believed
 * where a browser sends them; one that sends neither (old in-app browsers)
 * passes, so this is a fence against other sites, not against programs.
 */
bool request_same_site(const struct request *req);

#endif
