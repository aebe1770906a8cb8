/* Back to where one was, after a login: only to pages of the desk. */
#include <string.h>

#include "desk/visit.h"
#include "view/html.h"

enum { NEXT_MAX = 2000 };

static bool
starts(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/*
 * A page of the desk, as an address that may stand in a Location: below /desk/, printable ASCII, no
 * step up.  What begins so cannot name another host; a door (login, logout) would lead in a circle.
 */
static bool
is_page(const char *s)
{
	if (!starts(s, "/desk/") || strlen(s) > NEXT_MAX || strstr(s, "//") != NULL ||
			strstr(s, "/.") != NULL)
		return false;
	for (const char *c = s; *c != '\0'; c++)
		if (*c <= ' ' || *c >= 0x7f || *c == '\\' || *c == '#')
			return false;
	return !starts(s, "/desk/login") && !starts(s, "/desk/logout");
}

static const char *
page_or_null(const char *s)
{
	return s != NULL && is_page(s) && strcmp(s, "/desk/") != 0 ? s : NULL;
}

const char *
visit_next(const struct visit *visit)
{
	const char *s = visit->req->method == METHOD_POST ? visit_field(visit, "next") :
		request_query(visit->req, "next");

	return page_or_null(s);
}

/* The request's own address: its path was decoded. */
static const char *
own_address(const struct visit *visit)
{
	struct text t = TEXT_INIT;
	const char *s = visit->req->path, *kept;

	for (; *s != '\0'; s++)
		if (*s > ' ' && *s < 0x7f && strchr("%?#\\", *s) == NULL)
			text_putc(&t, *s);
		else
			text_fmt(&t, "%%%02X", (unsigned char)*s);
	if (visit->req->query[0] != '\0')
		text_fmt(&t, "?%s", visit->req->query);
	kept = pool_strdup(visit->pool, text_str(&t));
	text_clear(&t);
	return kept;
}

const char *
visit_wanted(struct visit *visit)
{
	const struct request *req = visit->req;
	struct err ignored = { 0 };

	if (req->method != METHOD_POST)
		return page_or_null(own_address(visit));
	if (!request_is_form(req) || answers_parse(&visit->form, req->body, req->body_n,
			visit->pool, &ignored) != 0)
		return NULL;
	return page_or_null(visit_field(visit, "_page"));
}

const char *
visit_door(const struct visit *visit, const char *path, const char *next)
{
	struct text t = TEXT_INIT;
	const char *kept;

	if (next == NULL)
		return path;
	text_fmt(&t, "%s%cnext=", path, strchr(path, '?') == NULL ? '?' : '&');
	html_url(&t, next);
	kept = pool_strdup(visit->pool, text_str(&t));
	text_clear(&t);
	return kept;
}
