/* Who comes in, whose time is up, and how it ends. */
#include "cgi/server.h"

#include <stddef.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cgi/conn.h"
#include "proc/listen.h"

enum {
	ACCEPT_MOST = 64,		/* at a time, so that those who are in
					 * are not kept waiting */
	ACCEPT_PAUSE_MS = 20		/* without a descriptor to spare */
};

static struct server_state *
server_of(struct loop_part *part)
{
	return (struct server_state *)((char *)part - offsetof(struct server_state, part));
}

/* ---- coming ---- */

/* Whom would we miss less?  Who came and never asked; then who has been idle longer. */
static bool
is_missed_less(const struct conn *a, const struct conn *b)
{
	if ((a->requests == 0) != (b->requests == 0))
		return a->requests == 0;
	return a->since < b->since;
}

/* Make room: one that has been idle for a while goes.  It costs its peer a new connection. */
static void
drop_idlest(struct server_state *s)
{
	int64_t before = loop_now(s->loop) - CONN_FIRST_MS;
	struct conn *idlest = NULL;

	for (struct conn *c = s->conn; c != NULL; c = c->next)
		if (conn_is_idle(c) && c->since < before &&
				(idlest == NULL || is_missed_less(c, idlest)))
			idlest = c;
	if (idlest != NULL)
		conn_drop(idlest);
}

static void
pause_accepting(struct server_state *s)
{
	loop_forget(s->loop, &s->listener);
	s->listening = false;
	s->accept_at = loop_now(s->loop) + ACCEPT_PAUSE_MS;
	drop_idlest(s);
}

/* Returns false when nobody waits, or there is no room. */
static bool
accept_one(struct server_state *s)
{
	int fd = s->conns < SERVER_CONNECTIONS_MAX ? listen_accept(s->listener.fd) : LISTEN_FULL;

	if (fd >= 0)
		conn_add(s, fd);
	else if (fd == LISTEN_FULL && s->listening)
		pause_accepting(s);
	return fd >= 0;
}

static void
accept_some(struct loop_watch *watch, unsigned events)
{
	struct server_state *s =
		(struct server_state *)((char *)watch - offsetof(struct server_state, listener));

	(void)events;
	for (int i = 0; i < ACCEPT_MOST && s->listening && accept_one(s); i++)
		continue;
}

static void
listen_again(struct server_state *s)
{
	s->listening = loop_watch(s->loop, &s->listener, EPOLLIN) == 0;
	s->accept_at = loop_now(s->loop) + ACCEPT_PAUSE_MS;
}

/* ---- turns ---- */

/* Bury who is dead or late. */
static void
look_round(struct server_state *s, int64_t now)
{
	struct conn *next;

	s->died = false;
	s->look_at = INT64_MAX;
	for (struct conn *c = s->conn; c != NULL; c = next) {
		int64_t until = conn_deadline(c);

		next = c->next;
		if (until <= now) {
			c->dead = true;
			conn_bury(c);
		} else if (until < s->look_at) {
			s->look_at = until;
		}
	}
}

static int64_t
take_turn(struct loop_part *part, int64_t now)
{
	struct server_state *s = server_of(part);
	struct work_item *item = s->answered, *next;

	s->answered = NULL;
	s->answered_end = &s->answered;
	for (; item != NULL; item = next) {
		next = item->next;
		conn_finish(conn_of_item(item));
	}
	if (s->died || s->look_at <= now)
		look_round(s, now);
	if (!s->listening && !s->stopping && s->accept_at <= now &&
			s->conns < SERVER_CONNECTIONS_MAX)
		listen_again(s);
	if (!s->listening && !s->stopping)
		return ACCEPT_PAUSE_MS;
	return s->look_at == INT64_MAX ? LOOP_NEVER : s->look_at - now;
}

/*
 * Nobody new; who keeps a connection without a request reads its end, after what he may
 * have sent in this moment.  Where a supervisor holds the socket, those who wait there
 * wait for our successor.
 */
static void
stop_serving(struct loop_part *part)
{
	struct server_state *s = server_of(part);

	s->stopping = true;
	if (s->listening)
		loop_forget(s->loop, &s->listener);
	s->listening = false;
	if (s->server.listen_fd < 0)
		unlink(s->server.socket);
	if (s->server.listen_fd < 0 || s->server.alone)
		while (accept_one(s))
			continue;
	for (struct conn *c = s->conn; c != NULL; c = c->next)
		if (conn_is_idle(c) && c->requests > 0)
			shutdown(c->watch.fd, SHUT_RD);
	s->look_at = 0;
}

static bool
is_serving(const struct loop_part *part)
{
	return server_of((struct loop_part *)part)->conns > 0;
}

/* ---- start and end ---- */

struct server_state *
server_open(struct loop *loop, const struct server *server, struct err *err)
{
	int fd = listen_open(server->socket, server->listen_fd, err);
	struct server_state *s;

	if (fd < 0)
		return NULL;
	s = calloc(1, sizeof(*s));
	if (s == NULL)
		err_die("calloc");
	s->server = *server;
	s->loop = loop;
	s->answered_end = &s->answered;
	s->look_at = INT64_MAX;
	s->listener = (struct loop_watch){ fd, accept_some };
	s->part = (struct loop_part){ .turn = take_turn, .stop = stop_serving, .busy = is_serving };
	if (server->threads > 0 && (s->work = work_open(loop, server->threads, conn_work,
			conn_worked, s, err)) == NULL) {
		server_close(s);
		return NULL;
	}
	listen_again(s);
	loop_join(loop, &s->part);
	return s;
}

void
server_close(struct server_state *s)
{
	if (s == NULL)
		return;
	work_close(s->work);
	loop_leave(s->loop, &s->part);
	for (struct conn *c = s->conn, *next; c != NULL; c = next) {
		next = c->next;
		if (c->answering)
			exchange_clear(&c->x);
		c->answering = false;
		conn_bury(c);
	}
	if (s->listening)
		loop_forget(s->loop, &s->listener);
	close(s->listener.fd);
	free(s);
}

int
server_run(const struct server *server, struct err *err)
{
	struct loop *loop = loop_open(true, err);
	struct server_state *s;

	if (loop == NULL)
		return -1;
	s = server_open(loop, server, err);
	if (s != NULL)
		loop_run(loop);
	server_close(s);
	loop_close(loop);
	return s != NULL ? 0 : -1;
}
