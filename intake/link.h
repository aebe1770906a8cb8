/* A connection to the store that has many questions under way at once. */
#ifndef INTAKE_LINK_H
#define INTAKE_LINK_H

#include "proc/loop.h"
#include "store/client.h"

/* Without a store to talk to nobody waits longer; with one that is slow, STORE_DEADLINE_MS. */
enum { LINK_PATIENCE_MS = 1000 };

/*
 * One question; part of what asks it.  It may be sent more than once, on a fresh connection
 * after the store died: every question of the protocol may be (a submission has its key).
 */
struct link_ask {
	struct link_ask *next;
	const struct text *frame;	/* the whole request (store/wire.h); stays the
					 * asker's, until answered */
	int64_t asked, not_before;	/* set by link_send() */
	/* Called once, never inside link_send().  reply NULL: the store is away or late. */
	void (*answered)(struct link_ask *ask, struct wire *reply);
};

struct link;	/* opaque */

/* Connects when there is something to ask.  path stays the caller's. */
struct link *link_open(struct loop *loop, const char *path);
/* Who is still waiting is answered NULL. */
void link_close(struct link *link);

/*
 * Ask, after so many milliseconds.  What is asked within one turn of the loop leaves together;
 * replies come in the order of questions.
 */
void link_send(struct link *link, struct link_ask *ask, int64_t delay_ms);

#endif
