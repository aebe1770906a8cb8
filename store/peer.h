/* The store's connections: who asks, what he sent, what he is still to be told.  Inside store/ only. */
#ifndef STORE_PEER_H
#define STORE_PEER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* One connection of the intake. */
struct peer {
	struct peer *next, **link;	/* list of all */
	int fd;
	struct text in, out;
	size_t sent;			/* bytes of out already gone */
	size_t waiting;			/* submissions of it on their way to the disk */
	bool dead;			/* closed when nothing of it is on its way */
	unsigned interest;		/* in it, as epoll has it; 0: none, and then epoll does not have it */
};

/* All of them, and the door they come in by. */
struct peers {
	int epoll, listener;
	struct peer *first;
	size_t n, most;
	bool deaf;			/* no descriptor left: asked again when one may be */
	char bytes[65536];		/* on their way into a peer's own */
};

/* As many as there are descriptors for, beside those the database needs. */
void peers_open(struct peers *all, int epoll, int listener);
void peers_close(struct peers *all);

/* Let in who waits at the door. */
void peers_accept(struct peers *all);
/* Look at the door again, where it was left alone for want of a descriptor. */
void peers_hear(struct peers *all);
/* Let go who is dead and waits for nothing. */
void peers_sweep(struct peers *all);

/* No more of it: dead, though perhaps kept for what is on its way; it does not wake us meanwhile. */
void peer_drop(struct peers *all, struct peer *p);
/* Take in what it sent; it is dead if it hung up. */
void peer_read(struct peers *all, struct peer *p);
/*
 * Send what can be sent, then wait for what can be used: while a peer does not read its replies, or has sent as much
 * as is kept for it, its requests stay in its own buffers and do not wake us.
 */
void peer_settle(struct peers *all, struct peer *p);

#endif
