/* Connections: bytes to requests, replies to bytes, and who has been silent for too long. */
#include "cgi/server.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fastcgi.h>

#include "cgi/record.h"
#include "cgi/work.h"

enum {
	READ_N = 64 * 1024,
	ACCEPT_MOST = 64,		/* at a time, so that those who are in are not kept waiting */
	ACCEPT_PAUSE_MS = 20,		/* without a descriptor to spare */
	LAST_CALL_MS = 1000		/* for the first byte of who came in just before, when room or time is short */
};

/* One connection. */
struct conn {
	struct conn *next, **link;	/* list of all */
	struct server_state *server;
	struct loop_watch watch;
	unsigned interest;		/* events it is watched for; 0: not watched */
	struct record_reader reader;
	struct exchange x;		/* of the request that is answered */
	struct work_item item;		/* its place in the queues */
	struct text out;
	size_t sent;			/* bytes of out already gone */
	int64_t since;			/* what the deadlines of server.h count from */
	unsigned requests;		/* answered so far */
	bool answering;			/* x is with the handler; nothing of it may be freed */
	bool aborted;			/* nobody wants the reply */
	bool eof;			/* the peer will send no more */
	bool closing;			/* as soon as out is sent */
	bool dead;			/* closed and freed by the turn, not inside a batch */
};

struct server_state {
	struct server server;
	struct loop *loop;
	struct loop_part part;
	struct loop_watch listener;
	bool listening, stopping;
	int64_t accept_at;		/* when not listening: not before */
	int64_t look_at;		/* when the next deadline may have come */
	struct conn *conn;
	size_t conns;
	bool died;			/* somebody is dead */
	struct work_item *answered, **answered_end;
	struct work *work;		/* NULL without threads */
	char bytes[READ_N];
};

static struct conn *
conn_of(struct loop_watch *watch)
{
	return (struct conn *)((char *)watch - offsetof(struct conn, watch));
}

static struct conn *
conn_of_item(struct work_item *item)
{
	return (struct conn *)((char *)item - offsetof(struct conn, item));
}

static struct conn *
conn_of_exchange(struct exchange *x)
{
	return (struct conn *)((char *)x - offsetof(struct conn, x));
}

static struct server_state *
server_of(struct loop_part *part)
{
	return (struct server_state *)((char *)part - offsetof(struct server_state, part));
}

static void
drop(struct conn *c)
{
	c->dead = true;
	c->server->died = true;
}

static bool
has_more_to_send(const struct conn *c)
{
	return c->sent < c->out.n;
}

static bool
is_idle(const struct conn *c)
{
	return !c->answering && !c->dead && !has_more_to_send(c) && !record_is_midway(&c->reader);
}

/* When a connection's patience ends; INT64_MAX: it has all the time, its handler sees to that. */
static int64_t
deadline(const struct conn *c)
{
	if (c->dead)
		return INT64_MIN;
	if (has_more_to_send(c))
		return c->since + SERVER_WRITE_MS;
	if (c->answering)
		return INT64_MAX;
	if (record_is_midway(&c->reader))
		return c->since + SERVER_READ_MS;
	if (c->requests == 0)
		return c->since + (c->server->stopping ? LAST_CALL_MS : SERVER_READ_MS);
	return c->since + SERVER_IDLE_MS;
}

/* It may have come nearer than the look round that is due. */
static void
note_deadline(const struct conn *c)
{
	if (deadline(c) < c->server->look_at)
		c->server->look_at = deadline(c);
}

/* While a peer does not take its reply it is not listened to, so it cannot fill our memory. */
static void
listen_to(struct conn *c)
{
	struct loop *loop = c->server->loop;
	unsigned want = has_more_to_send(c) ? EPOLLOUT : c->eof ? 0 : EPOLLIN;
	int rc = 0;

	if (c->dead || want == c->interest)
		return;
	if (want == 0)
		loop_forget(loop, &c->watch);
	else if (c->interest == 0)
		rc = loop_watch(loop, &c->watch, want);
	else
		rc = loop_change(loop, &c->watch, want);
	c->interest = want;
	if (rc != 0)
		drop(c);
}

/* Send what can be sent. */
static void
flush(struct conn *c)
{
	ssize_t n;

	while (!c->dead && has_more_to_send(c)) {
		n = send(c->watch.fd, c->out.s + c->sent, c->out.n - c->sent, MSG_NOSIGNAL);
		if (n > 0) {
			c->sent += (size_t)n;
			c->since = loop_now(c->server->loop);
		} else if (errno == EAGAIN) {
			break;
		} else if (errno != EINTR) {
			drop(c);
		}
	}
	if (!has_more_to_send(c)) {
		text_clear(&c->out);
		c->sent = 0;
		if (c->closing)
			drop(c);
	}
	listen_to(c);
}

/* ---- requests ---- */

/* On the loop's thread, or on one of ours: there the queue of what is done brings it back. */
static void
take_answer(struct exchange *x)
{
	struct conn *c = conn_of_exchange(x);
	struct server_state *s = c->server;

	if (s->work != NULL)
		return;
	c->item.next = NULL;
	*s->answered_end = &c->item;
	s->answered_end = &c->item.next;
}

static void
finished_work(struct work_item *item, void *ctx)
{
	struct server_state *s = ctx;

	item->next = NULL;
	*s->answered_end = item;
	s->answered_end = &item->next;
}

static void
do_work(struct work_item *item, int thread, void *ctx)
{
	const struct server_state *s = ctx;

	s->server.handle(&conn_of_item(item)->x, thread, s->server.ctx);
}

static void
take_request(struct conn *c)
{
	struct record_reader *r = &c->reader;
	struct server_state *s = c->server;
	struct exchange *x = &c->x;
	char **param;

	*x = (struct exchange){ .done = take_answer };
	param = record_params(text_str(&r->params), r->params.n, &x->pool);
	if (param == NULL) {
		exchange_clear(x);
		drop(c);
		return;
	}
	request_load(&x->req, param, &x->pool);
	request_take_body(&x->req, param, text_str(&r->body), r->body.n, r->too_large);
	c->answering = true;
	if (s->work != NULL)
		work_add(s->work, &c->item);
	else
		s->server.handle(x, 0, s->server.ctx);
}

/* The reply goes out; the connection stays if that was asked for and nothing speaks against it. */
static void
finish(struct conn *c)
{
	struct server_state *s = c->server;

	if (c->dead) {
		exchange_clear(&c->x);
		c->answering = false;
		s->died = true;
		return;
	}
	if (!c->aborted) {
		size_t begin = record_open_stdout(&c->out);

		reply_write(&c->out, &c->x.req, &c->x.reply);
		record_close_stdout(&c->out, c->reader.id, begin);
	}
	record_put_end(&c->out, c->reader.id, FCGI_REQUEST_COMPLETE);
	exchange_clear(&c->x);
	c->answering = c->aborted = false;
	c->since = loop_now(s->loop);
	c->closing |= !c->reader.keep || ++c->requests >= SERVER_REQUESTS_MAX || s->stopping || c->eof;
	record_next(&c->reader);
	flush(c);
	note_deadline(c);
}

static void
abort_request(struct conn *c)
{
	if (c->answering) {
		c->aborted = true;
		return;
	}
	record_put_end(&c->out, c->reader.id, FCGI_REQUEST_COMPLETE);
	c->closing |= !c->reader.keep;
	c->requests++;
	c->since = loop_now(c->server->loop);
	record_next(&c->reader);
}

static void
take_event(struct conn *c, enum record_event event)
{
	switch (event) {
	case RECORD_MORE:
		break;
	case RECORD_REQUEST:
		take_request(c);
		break;
	case RECORD_ABORT:
		abort_request(c);
		break;
	case RECORD_REFUSE:
		record_put_end(&c->out, c->reader.refused_id, c->reader.refusal);
		break;
	case RECORD_UNKNOWN:
		record_put_unknown(&c->out, c->reader.unknown);
		break;
	case RECORD_BROKEN:
		drop(c);
		break;
	}
}

static void
take_bytes(struct conn *c, const char *bytes, size_t n)
{
	bool was_midway = record_is_midway(&c->reader);
	enum record_event event;

	for (size_t at = 0; at < n && !c->dead && !c->closing;) {
		at += record_read(&c->reader, &event, bytes + at, n - at);
		take_event(c, event);
	}
	if (!was_midway && c->requests > 0 && record_is_midway(&c->reader))
		c->since = loop_now(c->server->loop);
	if (has_more_to_send(c))
		flush(c);
	note_deadline(c);
}

static void
read_conn(struct conn *c)
{
	struct server_state *s = c->server;
	ssize_t n = recv(c->watch.fd, s->bytes, sizeof(s->bytes), 0);

	if (n > 0) {
		take_bytes(c, s->bytes, (size_t)n);
	} else if (n == 0 && c->answering) {
		c->eof = true;
		listen_to(c);
	} else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
		drop(c);
	}
}

static void
serve_conn(struct loop_watch *watch, unsigned events)
{
	struct conn *c = conn_of(watch);

	if (!c->dead && (events & EPOLLOUT))
		flush(c);
	if (!c->dead && (events & ~(unsigned)EPOLLOUT)) {
		if (c->interest & EPOLLIN)
			read_conn(c);
		else
			drop(c);	/* it hung up with a reply still to take */
	}
}

/* ---- coming and going ---- */

static void
add_conn(struct server_state *s, int fd)
{
	struct conn *c = calloc(1, sizeof(*c));

	if (c == NULL)
		err_die("calloc");
	c->server = s;
	c->watch = (struct loop_watch){ fd, serve_conn };
	c->reader.body_max = s->server.body_max;
	c->since = loop_now(s->loop);
	c->next = s->conn;
	c->link = &s->conn;
	if (c->next != NULL)
		c->next->link = &c->next;
	s->conn = c;
	s->conns++;
	listen_to(c);
	note_deadline(c);
}

/* The descriptor at once; the rest when no handler has it any more. */
static void
bury(struct conn *c)
{
	struct server_state *s = c->server;

	if (c->watch.fd >= 0)
		close(c->watch.fd);	/* which also ends the watch */
	c->watch.fd = -1;
	if (c->answering)
		return;
	*c->link = c->next;
	if (c->next != NULL)
		c->next->link = c->link;
	record_clear(&c->reader);
	text_clear(&c->out);
	free(c);
	s->conns--;
}

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
	int64_t before = loop_now(s->loop) - LAST_CALL_MS;
	struct conn *idlest = NULL;

	for (struct conn *c = s->conn; c != NULL; c = c->next)
		if (is_idle(c) && c->since < before && (idlest == NULL || is_missed_less(c, idlest)))
			idlest = c;
	if (idlest != NULL)
		drop(idlest);
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
	int fd = s->conns < SERVER_CONNECTIONS_MAX ?
	    accept4(s->listener.fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK) : -1;

	if (fd >= 0) {
		add_conn(s, fd);
		return true;
	}
	if (s->conns >= SERVER_CONNECTIONS_MAX || errno == EMFILE || errno == ENFILE || errno == ENOBUFS ||
	    errno == ENOMEM) {
		if (s->listening)
			pause_accepting(s);
		return false;
	}
	return errno == ECONNABORTED || errno == EINTR;
}

static void
accept_some(struct loop_watch *watch, unsigned events)
{
	struct server_state *s = (struct server_state *)((char *)watch - offsetof(struct server_state, listener));
	int i;

	(void)events;
	for (i = 0; i < ACCEPT_MOST && s->listening && accept_one(s); i++)
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
		int64_t until = deadline(c);

		next = c->next;
		if (until <= now) {
			c->dead = true;
			bury(c);
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
		finish(conn_of_item(item));
	}
	if (s->died || s->look_at <= now)
		look_round(s, now);
	if (!s->listening && !s->stopping && s->accept_at <= now && s->conns < SERVER_CONNECTIONS_MAX)
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
		if (is_idle(c) && c->requests > 0)
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
	struct server_state *s = calloc(1, sizeof(*s));
	int fd = server->listen_fd >= 0 ? server->listen_fd : server_listen(server->socket, err);

	if (s == NULL)
		err_die("calloc");
	s->server = *server;
	s->loop = loop;
	s->answered_end = &s->answered;
	s->look_at = INT64_MAX;
	s->listener = (struct loop_watch){ fd, accept_some };
	s->part = (struct loop_part){ .turn = take_turn, .stop = stop_serving, .busy = is_serving };
	if (fd < 0 || fcntl(fd, F_SETFL, O_NONBLOCK) != 0) {
		err_set_errno(err, ERR_SYSTEM, "无法监听", "cannot listen");
		server_close(s);
		return NULL;
	}
	if (server->threads > 0 &&
	    (s->work = work_open(loop, server->threads, do_work, finished_work, s, err)) == NULL) {
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
		bury(c);
	}
	if (s->listening)
		loop_forget(s->loop, &s->listener);
	if (s->listener.fd >= 0)
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
