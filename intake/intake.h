/* The public process: forms out, answers in, handed to the store; no database, no key. */
#ifndef INTAKE_INTAKE_H
#define INTAKE_INTAKE_H

#include "base/err.h"
#include "cgi/http.h"
#include "cgi/route.h"

/* Serve FastCGI on socket, talking to the store's socket, until SIGTERM.  listen_fd -1: make the socket. */
int intake_run(const char *socket, int listen_fd, const char *store_socket, int threads, struct err *err);

/* The intake without its transport, for tests.  GET changes nothing anywhere, whatever it asks for. */
struct intake;
struct intake *intake_open(const char *store_socket, int threads);
void intake_close(struct intake *intake);
/* Answer one request; thread is 0..threads-1 and not used twice at the same time. */
void intake_serve(struct intake *intake, const struct request *req, struct reply *reply, int thread);

/* Every public address that is the intake's. */
extern const struct route intake_routes[];
extern const size_t intake_routes_n;

#endif
