/* Requests of CGI parameters, in a pool that a teardown empties. */
#ifndef TESTS_CGI_REQUEST_H
#define TESTS_CGI_REQUEST_H

#include "cgi/http.h"
#include "tests/support/check.h"

static struct pool pool;

static inline int
clear_pool(void **state)
{
	(void)state;
	pool_clear(&pool);
	return 0;
}

/* Of parameters as the web server hands them over; up to three beside the
 * method and the address. */
static inline struct request
request_of(const char *method, const char *uri, const char *a, const char *b, const char *c)
{
	char *param[6] = { pool_fmt(&pool, "REQUEST_METHOD=%s", method),
		pool_fmt(&pool, "REQUEST_URI=%s", uri) };
	const char *more[] = { a, b, c };
	struct request req;

	for (size_t i = 0, n = 2; i < 3; i++)
		if (more[i] != NULL)
			param[n++] = pool_fmt(&pool, "%s", more[i]);
	request_load(&req, param, &pool);
	return req;
}

#endif
