/* The store: the only process that writes residents' answers. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stddef.h>

#include "base/err.h"

/*
 * Serve the intake on a Unix socket until SIGTERM or SIGINT: take everything that
 * waits, write it in one transaction, and only when that is on disk answer all.
 * A failed transaction answers all its submissions with ERR_BUSY or ERR_FULL,
 * stores none of them, and opens the database anew.
 *
 * listen_fd >= 0 is a listening socket a supervisor holds; else one is made at socket_path
 * (proc/listen.h) and removed in the end.  On SIGTERM what has arrived is still stored and
 * answered.  Fails: only if it cannot start.
 */
int store_run(const char *db_path, const char *socket_path, int listen_fd, struct err *err);

/* The same with at most so many submissions in one transaction; 1 shows what a commit
 * for each would cost. */
int store_run_batched(const char *db_path, const char *socket_path, int listen_fd, size_t most,
	struct err *err);

#endif
