/* Requests out of CGI parameters, replies into bytes; pure functions, tested without a server. */
#include "cgi/http.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

static const struct { int status; const char *words; } reason[] = {
	{ 200, "OK" }, { 303, "See Other" }, { 304, "Not Modified" },
	{ 400, "Bad Request" }, { 403, "Forbidden" }, { 404, "Not Found" },
	{ 405, "Method Not Allowed" }, { 410, "Gone" }, { 413, "Content Too Large" },
	{ 415, "Unsupported Media Type" }, { 422, "Unprocessable Content" },
	{ 429, "Too Many Requests" }, { 500, "Internal Server Error" },
	{ 503, "Service Unavailable" },
};

/*
 * Nothing but our own style, script and pictures; forms only to ourselves.
 * same-origin and not no-referrer: under the latter browsers send
 * "Origin: null" with our own forms, and request_same_site() could not tell.
 */
static const char security[] =
	"Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; "
	"img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'\r\n"
	"X-Content-Type-Options: nosniff\r\n"
	"X-Frame-Options: DENY\r\n"
	"Referrer-Policy: same-origin\r\n"
	"Cross-Origin-Opener-Policy: same-origin\r\n"
	"Cross-Origin-Resource-Policy: same-origin\r\n"
	"Permissions-Policy: camera=(), microphone=(), geolocation=()\r\n";

static const char *
param_get(char *const param[], const char *name)
{
	size_t n = strlen(name);

	for (; *param != NULL; param++)
		if (strncmp(*param, name, n) == 0 && (*param)[n] == '=')
			return *param + n + 1;
	return "";
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* n bytes of s with %XX undone (and + as blank in a query); NULL if broken, NUL or not UTF-8. */
static char *
percent_decode(struct pool *pool, const char *s, size_t n, bool plus)
{
	char *out = pool_take(pool, n + 1);
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		int high, low;

		out[k] = plus && s[i] == '+' ? ' ' : s[i];
		if (s[i] == '%') {
			high = i + 2 < n ? hex_digit(s[i + 1]) : -1;
			low = high >= 0 ? hex_digit(s[i + 2]) : -1;
			if (low < 0)
				return NULL;
			out[k] = (char)(high << 4 | low);
			i += 2;
		}
		if (out[k++] == '\0')
			return NULL;
	}
	out[k] = '\0';
	return utf8_valid(out, k) == k ? out : NULL;
}

static void
load_address(struct request *req, const char *uri)
{
	size_t n = strcspn(uri, "?#");

	req->path = uri[0] == '/' ? percent_decode(req->pool, uri, n, false) : NULL;
	req->malformed = req->path == NULL;
	if (req->malformed)
		req->path = "/";
	req->query = uri[n] == '?' ? pool_strdup(req->pool, uri + n + 1) : "";
}

static enum method
load_method(const char *name)
{
	static const struct { const char *name; enum method method; } known[] = {
		{ "GET", METHOD_GET }, { "HEAD", METHOD_HEAD }, { "POST", METHOD_POST },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(name, known[i].name) == 0)
			return known[i].method;
	return METHOD_OTHER;
}

/* Which parameter fills which string of a request. */
#define HEADER(name, member) { name, sizeof(name) - 1, offsetof(struct request, member) }
static const struct { const char *name; size_t n, at; } headers[] = {
	HEADER("CONTENT_TYPE", content_type), HEADER("HTTP_COOKIE", cookie),
	HEADER("HTTP_ACCEPT_LANGUAGE", accept_language), HEADER("HTTP_HOST", host),
	HEADER("HTTP_ORIGIN", origin), HEADER("HTTP_SEC_FETCH_SITE", sec_fetch_site),
	HEADER("HTTP_IF_NONE_MATCH", if_none_match), HEADER("MANYI_NETWORK", network),
	HEADER("MANYI_CLIENT", client),
};
enum { HEADERS = sizeof(headers) / sizeof(headers[0]) };

static const char **
header_of(struct request *req, size_t i)
{
	return (const char **)((char *)req + headers[i].at);
}

static void
load_header(struct request *req, const char *param)
{
	const char *equals = strchr(param, '=');
	size_t n = equals != NULL ? (size_t)(equals - param) : 0;

	for (size_t i = 0; i < HEADERS; i++)
		if (headers[i].n == n && memcmp(headers[i].name, param, n) == 0 &&
				header_of(req, i)[0][0] == '\0')
			*header_of(req, i) = pool_strdup(req->pool, equals + 1);
}

void
request_load(struct request *req, char *const param[], struct pool *pool)
{
	memset(req, 0, sizeof(*req));
	req->pool = pool;
	req->method = load_method(param_get(param, "REQUEST_METHOD"));
	load_address(req, param_get(param, "REQUEST_URI"));
	req->body = "";
	for (size_t i = 0; i < HEADERS; i++)
		*header_of(req, i) = "";
	req->https = strcmp(param_get(param, "HTTPS"), "on") == 0;
	for (; *param != NULL; param++)
		load_header(req, *param);
}

long long
request_length(char *const param[])
{
	const char *s = param_get(param, "CONTENT_LENGTH");

	if (s[0] == '\0')
		return 0;
	if (strspn(s, "0123456789") != strlen(s) || strlen(s) > 18)
		return -1;
	return strtoll(s, NULL, 10);
}

void
request_take_body(struct request *req, char *const param[], const char *body, size_t n,
	bool too_large)
{
	long long length = request_length(param);

	req->body_too_large = too_large;
	if (length < 0 || (!too_large && (unsigned long long)length != n)) {
		req->malformed = true;
		req->path = "/";
	} else if (!too_large) {
		req->body = body;
		req->body_n = n;
	}
}

void
exchange_done(struct exchange *x)
{
	x->done(x);
}

void
exchange_clear(struct exchange *x)
{
	reply_clear(&x->reply);
	pool_clear(&x->pool);
}

void
reply_header(struct reply *reply, const char *name, const char *value)
{
	assert(name[0] != '\0' && strcspn(name, ": \t\r\n") == strlen(name));
	if (strpbrk(value, "\r\n") != NULL)
		return;
	text_puts(&reply->headers, name);
	text_puts(&reply->headers, ": ");
	text_puts(&reply->headers, value);
	text_puts(&reply->headers, "\r\n");
}

void
reply_see_other(struct reply *reply, const char *path)
{
	assert(path[0] == '/' && path[1] != '/');
	reply->status = 303;
	reply_header(reply, "Location", path);
}

bool
reply_unchanged(struct reply *reply, const struct request *req, const char *tag)
{
	reply_header(reply, "ETag", tag);
	if (tag[0] == '\0' || strstr(req->if_none_match, tag) == NULL)
		return false;
	reply->status = 304;
	return true;
}

void
reply_clear(struct reply *reply)
{
	text_clear(&reply->body);
	text_clear(&reply->headers);
}

static const char *
reason_words(int status)
{
	for (size_t i = 0; i < sizeof(reason) / sizeof(reason[0]); i++)
		if (reason[i].status == status)
			return reason[i].words;
	return "Status";
}

static void
put_line(struct text *out, const char *name, const char *value)
{
	text_puts(out, name);
	text_puts(out, value);
	text_puts(out, "\r\n");
}

void
reply_write(struct text *out, const struct request *req, const struct reply *reply)
{
	int status = reply->status != 0 ? reply->status : 200;
	bool empty = status == 304 || status == 303;

	text_puts(out, "Status: ");
	text_number(out, status);
	text_puts(out, " ");
	put_line(out, "", reason_words(status));
	if (!empty)
		put_line(out, "Content-Type: ",
			reply->type != NULL ? reply->type : "text/html; charset=utf-8");
	if (status != 304) {
		text_puts(out, "Content-Length: ");
		text_number(out, empty ? 0 : (long long)reply->body.n);
		text_puts(out, "\r\n");
	}
	put_line(out, "Cache-Control: ", reply->cache != NULL ? reply->cache : "no-store");
	text_add(out, security, sizeof(security) - 1);
	if (req->https)
		text_puts(out, "Strict-Transport-Security: max-age=31536000\r\n");
	text_add(out, text_str(&reply->headers), reply->headers.n);
	text_puts(out, "\r\n");
	if (!empty && req->method != METHOD_HEAD)
		text_add(out, text_str(&reply->body), reply->body.n);
}

const char *
request_query(const struct request *req, const char *name)
{
	const char *found = NULL, *s = req->query;

	while (*s != '\0') {
		size_t n = strcspn(s, "&"), k = strcspn(s, "=&");
		const char *key = percent_decode(req->pool, s, k, true);

		if (key != NULL && strcmp(key, name) == 0) {
			if (found != NULL)
				return NULL;
			found = k < n ? percent_decode(req->pool, s + k + 1, n - k - 1, true) : "";
			if (found == NULL)
				return NULL;
		}
		s += n + (s[n] == '&');
	}
	return found;
}

const char *
request_cookie(const struct request *req, const char *name)
{
	const char *s = req->cookie;
	size_t want = strlen(name);

	while (*s != '\0') {
		size_t n;

		s += strspn(s, "; \t");
		n = strcspn(s, ";");
		if (n > want && strncmp(s, name, want) == 0 && s[want] == '=')
			return pool_strndup(req->pool, s + want + 1, n - want - 1);
		s += n;
	}
	return NULL;
}

/* The language of Accept-Language with the highest weight that is one of tag[n]. */
static size_t
accepted_language(const char *s, const char *const tag[], size_t n)
{
	size_t best = n;
	double weight = 0;

	while (*s != '\0') {
		size_t k = strcspn(s, ","), end = strcspn(s, ",;"), i;
		const char *q = end < k ? strstr(s + end, "q=") : NULL;
		double w = q != NULL && q < s + k ? strtod(q + 2, NULL) : 1;
		char one[36];

		s += strspn(s, " \t");
		k = strcspn(s, ",; \t");
		if (k < sizeof(one)) {
			memcpy(one, s, k);
			one[k] = '\0';
			i = lang_match(one, tag, n);
			if (w > weight && i < n) {
				weight = w;
				best = i;
			}
		}
		s += strcspn(s, ",");
		s += *s == ',';
	}
	return best;
}

size_t
request_language(const struct request *req, const char *const tag[], size_t n)
{
	size_t i = lang_match(request_query(req, "lang"), tag, n);

	if (i == n)
		i = lang_match(request_cookie(req, "lang"), tag, n);
	return i < n ? i : accepted_language(req->accept_language, tag, n);
}

enum lang
request_lang(const struct request *req)
{
	static const char *const tag[LANG_MAX] = { [LANG_ZH] = "zh", [LANG_EN] = "en" };
	size_t i = request_language(req, tag, LANG_MAX);

	return i < LANG_MAX ? (enum lang)i : LANG_ZH;
}

bool
request_is_form(const struct request *req)
{
	static const char want[] = "application/x-www-form-urlencoded";
	size_t n = sizeof(want) - 1;

	return strncasecmp(req->content_type, want, n) == 0 &&
		strchr("; \t", req->content_type[n]) != NULL;
}

bool
request_same_site(const struct request *req)
{
	const char *host;

	if (req->sec_fetch_site[0] != '\0')
		return strcmp(req->sec_fetch_site, "same-origin") == 0;
	if (req->origin[0] == '\0')
		return true;
	host = strstr(req->origin, "://");
	return host != NULL && req->host[0] != '\0' && strcasecmp(host + 3, req->host) == 0;
}
