/* Everything at once on one machine: store, intake, desk and nginx, started, watched
 * and stopped together. */
#ifndef SERVE_SERVE_H
#define SERVE_SERVE_H

#include <stdbool.h>

#include "base/err.h"

/* What the command line says.  Zeroed members take the defaults. */
struct serve_options {
	const char *db;		/* path of an existing database */
	const char *runtime;	/* for sockets, pid and nginx's files; NULL: "run" beside the
				 * database, or a fresh directory under TMPDIR where a socket's path
				 * would grow too long */
	const char *address;	/* NULL: "127.0.0.1" */
	int port;		/* 0: 8080, or the next free one up to 8130; else
				 * that one or ERR_BUSY */
	bool https;		/* residents come by https: a proxy before us ends it */
};

/*
 * Start the three programs and nginx, print one line "ready http://HOST:PORT" on
 * standard output once /healthz answers through nginx, and stay until SIGINT or
 * SIGTERM; then stop nginx, intake, desk and store in that order and return 0.
 * A second signal stops them the hard way.  A child that dies is started
 * again after a pause that grows to five seconds; its socket stays open here, so
 * that residents wait instead of being turned away.
 *
 * The three are this very program (/proc/self/exe), run as
 *     manyi store  --db PATH --socket PATH --listen-fd 3
 *     manyi intake --socket PATH --store PATH --listen-fd 3
 *     manyi desk   --db PATH --socket PATH --listen-fd 3
 * so the command table has those options.
 *
 * Call it before any thread exists.  Fails: ERR_BUSY (the port, said which and
 * what to do), ERR_SYSTEM (nginx is missing or would not start), ERR_CONFLICT
 * (another `manyi serve` runs in that directory), ERR_MISSING (the database).
 */
int serve_run(const struct serve_options *options, struct err *err);

#endif
