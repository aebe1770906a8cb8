/* Connections of the store, by epoll. */
#include "store/peer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/err.h"
#include "store/wire.h"

enum {
	PEERS_MAX = 1024,
	SPARE_FILES = 32		/* descriptors kept for the database, to be opened again at any time */
};

static size_t
room_for_peers(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return PEERS_MAX;
	if (files.rlim_cur < PEERS_MAX + SPARE_FILES) {
		files.rlim_cur = files.rlim_max < PEERS_MAX + SPARE_FILES ? files.rlim_max : PEERS_MAX + SPARE_FILES;
		setrlimit(RLIMIT_NOFILE, &files);
		getrlimit(RLIMIT_NOFILE, &files);
	}
	if (files.rlim_cur >= PEERS_MAX + SPARE_FILES)
		return PEERS_MAX;
	return files.rlim_cur > SPARE_FILES ? files.rlim_cur - SPARE_FILES : 1;
}

void
peers_open(struct peers *all, int epoll, int listener)
{
	all->epoll = epoll;
	all->listener = listener;
	all->most = room_for_peers();
}

/* ---- coming ---- */

/* Who is of no interest is taken out: epoll would tell again and again that it hung up. */
static void
wait_for(struct peers *all, struct peer *p, unsigned interest)
{
	struct epoll_event e = { .events = interest, .data.ptr = p };
	int op = p->interest == 0 ? EPOLL_CTL_ADD : interest == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD;

	if (interest != p->interest && epoll_ctl(all->epoll, op, p->fd, &e) == 0)
		p->interest = interest;
}

static void
add(struct peers *all, int fd)
{
	struct peer *p = calloc(1, sizeof(*p));

	if (p == NULL)
		err_die("out of memory");
	p->fd = fd;
	if (all->n < all->most)
		wait_for(all, p, EPOLLIN);
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
	struct epoll_event e = { .events = deaf ? 0 : EPOLLIN, .data.ptr = &all->listener };

	if (all->deaf != deaf && epoll_ctl(all->epoll, EPOLL_CTL_MOD, all->listener, &e) == 0)
		all->deaf = deaf;
}

void
peers_hear(struct peers *all)
{
	set_deaf(all, false);
}

/* Who cannot be let in stays at the door; to look there all the time would keep from serving those inside. */
void
peers_accept(struct peers *all)
{
	int fd;

	while ((fd = accept4(all->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0)
		add(all, fd);
	if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
		set_deaf(all, true);
}

/* ---- going ---- */

static void
let_go(struct peers *all, struct peer *p)
{
	*p->link = p->next;
	if (p->next != NULL)
		p->next->link = p->link;
	close(p->fd);
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
peers_close(struct peers *all)
{
	while (all->first != NULL)
		let_go(all, all->first);
}

/* ---- reading and sending ---- */

void
peer_drop(struct peers *all, struct peer *p)
{
	wait_for(all, p, 0);
	p->dead = true;
}

/* More than one whole request is kept for nobody. */
static bool
has_room(const struct peer *p)
{
	return p->in.n <= WIRE_REQUEST_MAX + 4;
}

void
peer_read(struct peers *all, struct peer *p)
{
	ssize_t n;

	while (!p->dead && has_room(p)) {
		n = recv(p->fd, all->bytes, sizeof(all->bytes), 0);
		if (n > 0) {
			text_add(&p->in, all->bytes, (size_t)n);
			if ((size_t)n < sizeof(all->bytes))
				return;
		} else if (n < 0 && errno == EINTR) {
			continue;
		} else {
			if (n == 0 || errno != EAGAIN)
				peer_drop(all, p);
			return;
		}
	}
}

static void
flush(struct peers *all, struct peer *p)
{
	ssize_t n;

	while (!p->dead && p->sent < p->out.n) {
		n = send(p->fd, p->out.s + p->sent, p->out.n - p->sent, MSG_NOSIGNAL);
		if (n >= 0)
			p->sent += (size_t)n;
		else if (errno == EAGAIN)
			break;
		else if (errno != EINTR)
			peer_drop(all, p);
	}
	if (p->sent == p->out.n) {
		text_reset(&p->out);
		p->sent = 0;
	}
}

void
peer_settle(struct peers *all, struct peer *p)
{
	if (p->sent < p->out.n)
		flush(all, p);
	if (!p->dead)
		wait_for(all, p, p->out.n > 0 ? EPOLLOUT : has_room(p) ? EPOLLIN : 0);
}
