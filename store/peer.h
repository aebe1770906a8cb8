/* The store's connections: who asks, what he sent, what he is still to be told.
 * Inside store/ only. */
#ifndef STORE_PEER_H
#define STORE_PEER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "proc/loop.h"

/* One connection of the intake. */
struct peer {
	struct peer *next, **link;	/* list of all */
	struct peers *all;
	struct loop_watch watch;
	struct text in, out;
	size_t sent;			/* bytes of out already gone */
	size_t waiting;			/* submissions of it on their way to the disk */
	bool dead;			/* closed when nothing of it is on its way */
	unsigned interest;		/* events the loop watches it for; 0: it is not watched */
};

/* All of them, and the door they come in by. */
struct peers {
	struct loop *loop;
	struct loop_watch door;
	struct peer *first;
	size_t n, most;
	bool deaf;			/* no descriptor left: asked again when one may be */
	bool stopped;			/* nobody and nothing is taken in any more */
	char bytes[65536];		/* on their way into a peer's own */
};

/*
 * Watch the listener in the loop: who comes is let in, and what he sends is read, inside a batch of
 * events.  As many as there are descriptors for, beside those the database needs.
 * 0, or -1 with errno.
 */
int peers_open(struct peers *all, struct loop *loop, int listener);
void peers_close(struct peers *all);

/* Look at the door again, where it was left alone for want of a descriptor. */
void peers_hear(struct peers *all);
/* Let go who is dead and waits for nothing; in a turn only. */
void peers_sweep(struct peers *all);
/*
 * The last who are let in: those at the door.  What all of them have sent by now is read, also of
 * those who hung up; then nothing more.
 */
void peers_stop(struct peers *all);

/* No more of it: dead, though perhaps kept for what is on its way; it does
 * not wake us meanwhile. */
void peer_drop(struct peer *p);
/*
 * Send what can be sent, then wait for what can be used: while a peer does not read its replies, or
 * has sent as much as is kept for it, its requests stay in its own buffers and do not wake us.
 */
void peer_settle(struct peer *p);

#endif
