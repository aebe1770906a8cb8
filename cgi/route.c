/* Finding the row of a request. */
#include "cgi/route.h"

#include <string.h>

/* Does path fit? Each "{}" swallows as many characters but '/' as needed; arg may be NULL. */
static bool
fit(const char *pattern, const char *path, const char *arg[], size_t n[], size_t i)
{
	size_t most;

	while (strncmp(pattern, "{}", 2) != 0) {
		if (*pattern != *path)
			return false;
		if (*pattern == '\0')
			return true;
		pattern++;
		path++;
	}
	most = strcspn(path, "/");
	for (size_t k = most; k >= 1; k--)
		if (fit(pattern + 2, path + k, arg, n, i + 1)) {
			if (i < ROUTE_ARGS_MAX) {
				arg[i] = path;
				n[i] = k;
			}
			return true;
		}
	return false;
}

bool
route_fits(const char *pattern, const char *path)
{
	const char *arg[ROUTE_ARGS_MAX];
	size_t n[ROUTE_ARGS_MAX];

	return fit(pattern, path, arg, n, 0);
}

enum route_match
route_find(struct route_call *call, const struct route table[], size_t n)
{
	enum method method = call->req->method == METHOD_HEAD ? METHOD_GET : call->req->method;
	enum route_match match = ROUTE_MISSING;

	for (size_t i = 0; i < n; i++) {
		const char *arg[ROUTE_ARGS_MAX] = { NULL };
		size_t len[ROUTE_ARGS_MAX] = { 0 };

		if (!fit(table[i].pattern, call->req->path, arg, len, 0))
			continue;
		match = ROUTE_METHOD;
		if (table[i].method != method)
			continue;
		call->route = &table[i];
		for (size_t k = 0; k < ROUTE_ARGS_MAX; k++)
			call->arg[k] = arg[k] == NULL ? NULL :
				pool_strndup(call->req->pool, arg[k], len[k]);
		return ROUTE_FOUND;
	}
	return match;
}

const char *
route_methods(const struct request *req, const struct route table[], size_t n)
{
	bool get = false, post = false;

	for (size_t i = 0; i < n; i++)
		if (route_fits(table[i].pattern, req->path)) {
			get |= table[i].method == METHOD_GET;
			post |= table[i].method == METHOD_POST;
		}
	return get && post ? "GET, HEAD, POST" : get ? "GET, HEAD" : post ? "POST" : "";
}

bool
route_open_to(const struct route *route, unsigned who)
{
	return (route->who & (who | ROUTE_EVERYONE)) != 0;
}
