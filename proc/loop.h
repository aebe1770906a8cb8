/* One thread that waits for many: descriptors, clocks, the signal to stop. */
#ifndef PROC_LOOP_H
#define PROC_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct loop;	/* opaque; for one thread */

/* A descriptor that is watched; part of what owns it, and must outlive the
 * turn it was removed in. */
struct loop_watch {
	int fd;
	/* events as of epoll: EPOLLIN, EPOLLOUT, EPOLLHUP, EPOLLERR */
	void (*ready)(struct loop_watch *watch, unsigned events);
};

enum { LOOP_NEVER = -1 };

/* Something that lives in the loop; part of what owns it. */
struct loop_part {
	struct loop_part *next;
	/*
	 * Called after every batch of events, never inside one, so what an event ended may be
	 * freed here.  now is milliseconds of a clock that only goes forward.  Returns in how
	 * many milliseconds to call again at the latest, or LOOP_NEVER.
	 */
	int64_t (*turn)(struct loop_part *part, int64_t now);
	/* Called once when the loop is told to stop; NULL: nothing to do. */
	void (*stop)(struct loop_part *part);
	/* After that: is there still something to finish?  NULL: no. */
	bool (*busy)(const struct loop_part *part);
};

/*
 * NULL with err on failure.  With signals, SIGTERM and SIGINT are blocked and stop the loop: call
 * before any thread exists.  Those that come while it stops are heard with the
 * first and end nothing.
 */
struct loop *loop_open(bool signals, struct err *err);
void loop_close(struct loop *loop);

/* turns come in the order of joining */
void loop_join(struct loop *loop, struct loop_part *part);
void loop_leave(struct loop *loop, struct loop_part *part);

/* 0, or -1 with errno (no memory for another one in the kernel). */
int loop_watch(struct loop *loop, struct loop_watch *watch, unsigned events);
int loop_change(struct loop *loop, struct loop_watch *watch, unsigned events);
void loop_forget(struct loop *loop, struct loop_watch *watch);

/* Turns are due at once; for what is asked of a part from outside a batch of events. */
void loop_hurry(struct loop *loop);

/* Milliseconds of the clock that turns are given. */
int64_t loop_now(const struct loop *loop);

/* In a turn: nothing happened before it but time. */
bool loop_is_quiet(const struct loop *loop);

/* Wait for one batch of events, at most most_ms (LOOP_NEVER: as long as it takes), then give
 * every part its turn. */
void loop_step(struct loop *loop, int64_t most_ms);

/* Until a signal or loop_stop(), then until no part is busy. */
void loop_run(struct loop *loop);
void loop_stop(struct loop *loop);

#endif
