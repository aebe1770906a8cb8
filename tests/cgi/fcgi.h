/* What tests send to a FastCGI program: records as a web server writes them,
 * and as it never would. */
#ifndef TESTS_CGI_FCGI_H
#define TESTS_CGI_FCGI_H

#include <fastcgi.h>

#include "base/text.h"

static inline void
fcgi_head(struct text *out, int version, int type, unsigned id, size_t n, unsigned padding)
{
	const unsigned char head[8] = { (unsigned char)version, (unsigned char)type,
		(unsigned char)(id >> 8), (unsigned char)id, (unsigned char)(n >> 8),
		(unsigned char)n, (unsigned char)padding, 0 };

	text_add(out, head, sizeof(head));
}

/* A record with its content and as much padding. */
static inline void
fcgi_record(struct text *out, int type, unsigned id, const void *bytes, size_t n, unsigned padding)
{
	static const char zeros[255];

	fcgi_head(out, FCGI_VERSION_1, type, id, n, padding);
	text_add(out, bytes, n);
	text_add(out, zeros, padding);
}

static inline void
fcgi_begin(struct text *out, unsigned id, int role, bool keep)
{
	const unsigned char body[8] = { 0, (unsigned char)role, keep ? FCGI_KEEP_CONN : 0 };

	fcgi_record(out, FCGI_BEGIN_REQUEST, id, body, sizeof(body), 0);
}

static inline void
fcgi_length(struct text *out, size_t n, bool four)
{
	const unsigned char length[4] = { (unsigned char)(n >> 24 | 0x80), (unsigned char)(n >> 16),
		(unsigned char)(n >> 8), (unsigned char)n };

	if (four || n > 127)
		text_add(out, length, 4);
	else
		text_add(out, length + 3, 1);
}

/* A name and its value, into the content of FCGI_PARAMS. */
static inline void
fcgi_pair(struct text *out, const char *name, const char *value)
{
	fcgi_length(out, strlen(name), false);
	fcgi_length(out, strlen(value), false);
	text_puts(out, name);
	text_puts(out, value);
}

/* n bytes as a stream, and its end. */
static inline void
fcgi_stream(struct text *out, int type, unsigned id, const char *bytes, size_t n, unsigned padding)
{
	for (size_t at = 0, part; at < n; at += part) {
		part = n - at < 60000 ? n - at : 60000;
		fcgi_record(out, type, id, bytes + at, part, padding);
	}
	fcgi_record(out, type, id, "", 0, 0);
}

/* A whole request as nginx sends it: GET, or POST where body is not NULL. */
static inline void
fcgi_request(struct text *out, unsigned id, bool keep, const char *uri, const char *body, size_t n)
{
	struct text params = TEXT_INIT;
	char length[24];

	snprintf(length, sizeof(length), "%zu", n);
	fcgi_pair(&params, "REQUEST_METHOD", body != NULL ? "POST" : "GET");
	fcgi_pair(&params, "REQUEST_URI", uri);
	fcgi_pair(&params, "CONTENT_TYPE", "application/x-www-form-urlencoded");
	fcgi_pair(&params, "CONTENT_LENGTH", body != NULL ? length : "");
	fcgi_begin(out, id, FCGI_RESPONDER, keep);
	fcgi_stream(out, FCGI_PARAMS, id, params.s, params.n, 3);
	fcgi_stream(out, FCGI_STDIN, id, body != NULL ? body : "", n, 0);
	text_clear(&params);
}

#endif
