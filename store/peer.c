/* Connections of the store. */
#include "store/peer.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/err.h"
#include "proc/listen.h"
#include "store/wire.h"

enum {
	PEERS_MAX = 1024,
	SPARE_FILES = 32		/* descriptors kept for the database, to be
					 * opened again at any time */
};

static size_t
room_for_peers(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return PEERS_MAX;
	if (files.rlim_cur < PEERS_MAX + SPARE_FILES) {
		files.rlim_cur = files.rlim_max < PEERS_MAX + SPARE_FILES ? files.rlim_max :
			PEERS_MAX + SPARE_FILES;
		setrlimit(RLIMIT_NOFILE, &files);
		getrlimit(RLIMIT_NOFILE, &files);
	}
	if (files.rlim_cur >= PEERS_MAX + SPARE_FILES)
		return PEERS_MAX;
	return files.rlim_cur > SPARE_FILES ? files.rlim_cur - SPARE_FILES : 1;
}

/* ---- reading and sending ---- */

/* Who is of no interest is taken out: the loop would tell again and again that it hung up. */
static void
wait_for(struct peer *p, unsigned interest)
{
	struct loop *loop = p->all->loop;
	int rc = 0;

	if (interest == p->interest)
		return;
	if (interest == 0)
		loop_forget(loop, &p->watch);
	else if (p->interest == 0)
		rc = loop_watch(loop, &p->watch, interest);
	else
		rc = loop_change(loop, &p->watch, interest);
	if (rc == 0)
		p->interest = interest;
}

void
peer_drop(struct peer *p)
{
	wait_for(p, 0);
	p->dead = true;
}

/* More than one whole request is kept for nobody. */
static bool
has_room(const struct peer *p)
{
	return p->in.n <= WIRE_REQUEST_MAX + 4;
}

/* Take in what it sent; it is dead if it hung up. */
static void
read_peer(struct peer *p)
{
	struct peers *all = p->all;
	ssize_t n;

	while (!p->dead && has_room(p)) {
		n = recv(p->watch.fd, all->bytes, sizeof(all->bytes), 0);
		if (n > 0) {
			text_add(&p->in, all->bytes, (size_t)n);
			if ((size_t)n < sizeof(all->bytes))
				return;
		} else if (n < 0 && errno == EINTR) {
			continue;
		} else {
			if (n == 0 || errno != EAGAIN)
				peer_drop(p);
			return;
		}
	}
}

static void
hear(struct loop_watch *watch, unsigned events)
{
	struct peer *p = (struct peer *)((char *)watch - offsetof(struct peer, watch));

	if ((events & ~(unsigned)EPOLLOUT) && !p->all->stopped)
		read_peer(p);
}

static void
flush(struct peer *p)
{
	ssize_t n;

	while (!p->dead && p->sent < p->out.n) {
		n = send(p->watch.fd, p->out.s + p->sent, p->out.n - p->sent, MSG_NOSIGNAL);
		if (n >= 0)
			p->sent += (size_t)n;
		else if (errno == EAGAIN)
			break;
		else if (errno != EINTR)
			peer_drop(p);
	}
	if (p->sent == p->out.n) {
		text_reset(&p->out);
		p->sent = 0;
	}
}

void
peer_settle(struct peer *p)
{
	if (p->sent < p->out.n)
		flush(p);
	if (!p->dead)
		wait_for(p,
			p->out.n > 0 ? EPOLLOUT : has_room(p) && !p->all->stopped ? EPOLLIN : 0);
}

/* ---- coming ---- */

static void
add(struct peers *all, int fd)
{
	struct peer *p = calloc(1, sizeof(*p));

	if (p == NULL)
		err_die("out of memory");
	p->all = all;
	p->watch = (struct loop_watch){ fd, hear };
	if (all->n < all->most)
		wait_for(p, EPOLLIN);
	if (p->interest == 0) {
		close(fd);
		free(p);
		return;
	}
	p->next = all->first;
	p->link = &all->first;
	if (p->next != NULL)
		p->next->link = &p->next;
	all->first = p;
	all->n++;
}

static void
set_deaf(struct peers *all, bool deaf)
{
	if (all->deaf != deaf && loop_change(all->loop, &all->door, deaf ? 0 : EPOLLIN) == 0)
		all->deaf = deaf;
}

void
peers_hear(struct peers *all)
{
	set_deaf(all, false);
}

/* Who cannot be let in stays at the door; to look there all the time would keep from
 * serving those inside. */
static void
accept_all(struct peers *all)
{
	int fd;

	while ((fd = listen_accept(all->door.fd)) >= 0)
		add(all, fd);
	if (fd == LISTEN_FULL)
		set_deaf(all, true);
}

static void
open_door(struct loop_watch *door, unsigned events)
{
	struct peers *all = (struct peers *)((char *)door - offsetof(struct peers, door));

	(void)events;
	if (!all->stopped)
		accept_all(all);
}

int
peers_open(struct peers *all, struct loop *loop, int listener)
{
	all->loop = loop;
	all->door = (struct loop_watch){ listener, open_door };
	all->most = room_for_peers();
	return loop_watch(loop, &all->door, EPOLLIN);
}

/* ---- going ---- */

static void
let_go(struct peers *all, struct peer *p)
{
	*p->link = p->next;
	if (p->next != NULL)
		p->next->link = p->link;
	close(p->watch.fd);
	text_clear(&p->in);
	text_clear(&p->out);
	free(p);
	all->n--;
}

void
peers_sweep(struct peers *all)
{
	struct peer *next;

	for (struct peer *p = all->first; p != NULL; p = next) {
		next = p->next;
		if (p->dead && p->waiting == 0) {
			let_go(all, p);
			set_deaf(all, false);
		}
	}
}

void
peers_stop(struct peers *all)
{
	accept_all(all);
	for (struct peer *p = all->first; p != NULL; p = p->next) {
		read_peer(p);
		p->dead = false;
	}
	loop_forget(all->loop, &all->door);
	all->stopped = true;
}

void
peers_close(struct peers *all)
{
	while (all->first != NULL)
		let_go(all, all->first);
}
