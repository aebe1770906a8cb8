/* The public process: forms out, answers in, handed to the store; no database, no key. */
#ifndef INTAKE_INTAKE_H
#define INTAKE_INTAKE_H

#include "base/err.h"

/* Serve FastCGI on socket, talking to the store's socket, until SIGTERM.  listen_fd -1: make the socket. */
int intake_run(const char *socket, int listen_fd, const char *store_socket, int threads, struct err *err);

#endif
