/* A few threads for work that takes long, beside a loop that must not wait. */
#ifndef PROC_WORK_H
#define PROC_WORK_H

#include "proc/loop.h"

/* One piece of work; part of what it is about. */
struct work_item {
	struct work_item *next;
};

struct work;	/* opaque */

/*
 * Start threads in the loop.  do_it runs on any of them (thread 0..threads-1); finished on the
 * loop's thread, inside a batch of events.  NULL with err if a thread does not start.
 */
struct work *work_open(struct loop *loop, int threads,
	void (*do_it)(struct work_item *item, int thread, void *ctx),
	void (*finished)(struct work_item *item, void *ctx), void *ctx, struct err *err);
/* Waits for what the threads have in hand; what they have not begun is forgotten. */
void work_close(struct work *w);

void work_add(struct work *w, struct work_item *item);

#endif
