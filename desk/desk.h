/* The staff's process: logged in, reads everything aggregated, writes users, sessions and audit. */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include "base/err.h"
#include "cgi/http.h"
#include "cgi/route.h"

/* Serve FastCGI on socket until SIGTERM.  listen_fd -1: make the socket. */
int desk_run(const char *db_path, const char *socket, int listen_fd, int threads, struct err *err);

/*
 * The desk without its transport, for tests: a database and, for each thread, its own
 * handles, opened when first needed and opened afresh after the database failed.
 */
struct desk;
struct desk *desk_open(const char *db_path, int threads, struct err *err);
void desk_close(struct desk *desk);
/* Answer one request; thread is 0..threads-1 and not used twice at the same time. */
void desk_serve(struct desk *desk, const struct request *req, struct reply *reply, int thread);

/* Every address of the desk and what it asks of a visitor; bits of who are 1u << enum role. */
extern const struct route desk_routes[];
extern const size_t desk_routes_n;

#endif
