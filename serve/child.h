/* Programs the supervisor starts, watches and stops. */
#ifndef SERVE_CHILD_H
#define SERVE_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"

enum { CHILD_ARGS_MAX = 12 };

/* One program.  Zeroed members are fine; pid 0: not running. */
struct child {
	const char *name;		/* for messages: "intake" */
	/* program and arguments, by child_args(); NULL at the end */
	const char *arg[CHILD_ARGS_MAX];
	int fd;				/* listening socket it finds as
					 * descriptor 3; stays open here */
	const char *env;		/* one more "NAME=VALUE" for its environment, or NULL */
	int stop_signal;		/* what asks it to finish: SIGTERM, SIGQUIT for nginx */
	pid_t pid;
	int64_t started, restart;	/* milliseconds of CLOCK_MONOTONIC; restart: not before */
	unsigned failures;		/* deaths in a row, for the pause */
};

int64_t child_clock(void);

/* What is run: the program's path and its arguments up to a NULL, fewer than CHILD_ARGS_MAX; the
 * strings are not copied. */
void child_args(struct child *child, const char *const arg[]);

/*
 * Start it: in a process group of its own (Ctrl-C reaches the supervisor alone),
 * ended by the kernel should the supervisor die, signals as at login, standard output
 * sent to standard error.  Fails: ERR_SYSTEM.
 */
int child_start(struct child *child, struct err *err);

/* Collect who has ended; *status as from waitpid().  NULL: nobody. */
struct child *child_reap(struct child child[], size_t n, int *status);

/* Note a death and choose when to start again: at once, then 0.1 s, doubling to 5 s; half a
 * good second forgives. */
void child_failed(struct child *child);

/* Ask to finish, wait up to seconds, then kill; returns when it is gone.  *hurry set (from a signal
 * handler) kills at once. */
void child_stop(struct child *child, int seconds, volatile const int *hurry);

#endif
