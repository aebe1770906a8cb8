/* FastCGI in and out of a loop: connections, their deadlines and limits, and one
 * function that is called. */
#ifndef CGI_SERVER_H
#define CGI_SERVER_H

#include "base/err.h"
#include "cgi/http.h"
#include "proc/loop.h"

/*
 * What one peer may take.  A web server hands over whole requests and takes whole replies, so
 * whoever is silent in the middle of one is gone, and loses his connection and nothing else.
 */
enum {
	SERVER_CONNECTIONS_MAX = 2048,	/* more wait in the socket's queue */
	SERVER_READ_MS = 10000,		/* from a request's first byte to its last; from
					 * connecting to the first */
	SERVER_WRITE_MS = 30000,	/* without taking a byte of its reply */
	SERVER_IDLE_MS = 75000,		/* a kept connection without a request;
					 * nginx drops it sooner */
	SERVER_REQUESTS_MAX = 100000	/* on one connection; after that it is closed politely */
};

/*
 * Called for every request, which it answers with exchange_done(), now or later.
 * Without threads it runs in the loop and must not wait for anything; with threads it runs
 * on one of them, thread is 0..threads-1, and it may take its time.
 */
typedef void server_handler(struct exchange *x, int thread, void *ctx);

struct server {
	const char *socket;	/* its path; made, and in the end removed, if listen_fd is -1 */
	int listen_fd;		/* inherited from a supervisor, or -1 */
	bool alone;		/* nobody else holds listen_fd: when stopping, who
				 * waits at it is let in */
	int threads;		/* 0: none */
	size_t body_max;	/* larger bodies arrive with body_too_large */
	server_handler *handle;
	void *ctx;
};

/*
 * A server in a loop; *server is copied.  When the loop stops it accepts nobody any
 * more (but, where the socket is its own, those who wait already), answers what is
 * under way and is then no longer busy.  NULL with err if it cannot listen.
 */
struct server_state;
struct server_state *server_open(struct loop *loop, const struct server *server, struct err *err);
void server_close(struct server_state *s);

/* A loop with this server alone, until SIGTERM or SIGINT; finishes what is under way, returns 0. */
int server_run(const struct server *server, struct err *err);

#endif
