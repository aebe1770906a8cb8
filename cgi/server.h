/* FastCGI in and out: threads that take requests from a Unix socket and call one function. */
#ifndef CGI_SERVER_H
#define CGI_SERVER_H

#include "base/err.h"
#include "cgi/http.h"

/* Called on any thread; thread is 0..threads-1, so that a handler can keep something per thread. */
typedef void server_handler(const struct request *req, struct reply *reply, int thread, void *ctx);

struct server {
	const char *socket;	/* path; mode 0660; made if listen_fd is -1 */
	int listen_fd;		/* inherited from a supervisor, or -1 */
	int threads;
	size_t body_max;	/* larger bodies arrive with body_too_large */
	server_handler *handle;
	void *ctx;
};

/* Serve until SIGTERM or SIGINT, finish what is under way, return 0. */
int server_run(const struct server *server, struct err *err);

/* A listening Unix socket at path (mode 0660, backlog 1024); a stale one is replaced, a live one is ERR_CONFLICT. */
int server_listen(const char *path, struct err *err);

#endif
