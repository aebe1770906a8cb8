/* The public process: forms out, answers in, handed to the store; no database, no key. */
#ifndef INTAKE_INTAKE_H
#define INTAKE_INTAKE_H

#include "base/err.h"
#include "cgi/http.h"
#include "proc/loop.h"
#include "cgi/route.h"

/* Serve FastCGI on socket, talking to the store's socket, until SIGTERM.  listen_fd
 * -1: make the socket. */
int intake_run(const char *socket, int listen_fd, const char *store_socket, struct err *err);

/* The intake in a loop, without its transport.  GET changes nothing anywhere,
 * whatever it asks for. */
struct intake;
/* Waits a moment for the store's first catalogue; without one everybody is told to come again. */
struct intake *intake_open(struct loop *loop, const char *store_socket);
/* No request is under way any more. */
void intake_close(struct intake *intake);
/* Answer one request: now, or in a later turn of the loop when the store has answered. */
void intake_serve(struct intake *intake, struct exchange *x);

/* Every public address that is the intake's. */
extern const struct route intake_routes[];
extern const size_t intake_routes_n;

#endif
