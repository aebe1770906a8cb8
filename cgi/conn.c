/* One connection: bytes to requests, replies to bytes. */
#include "cgi/conn.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fastcgi.h>

static struct conn *
conn_of(struct loop_watch *watch)
{
	return (struct conn *)((char *)watch - offsetof(struct conn, watch));
}

struct conn *
conn_of_item(struct work_item *item)
{
	return (struct conn *)((char *)item - offsetof(struct conn, item));
}

static struct conn *
conn_of_exchange(struct exchange *x)
{
	return (struct conn *)((char *)x - offsetof(struct conn, x));
}

void
conn_drop(struct conn *c)
{
	c->dead = true;
	c->server->died = true;
}

static bool
has_more_to_send(const struct conn *c)
{
	return c->sent < c->out.n;
}

bool
conn_is_idle(const struct conn *c)
{
	return !c->answering && !c->dead && !has_more_to_send(c) && !record_is_midway(&c->reader);
}

/* When a connection's patience ends; INT64_MAX: it has all the time, its handler sees to that. */
int64_t
conn_deadline(const struct conn *c)
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
		return c->since + (c->server->stopping ? CONN_FIRST_MS : SERVER_READ_MS);
	return c->since + SERVER_IDLE_MS;
}

/* It may have come nearer than the look round that is due. */
static void
note_deadline(const struct conn *c)
{
	if (conn_deadline(c) < c->server->look_at)
		c->server->look_at = conn_deadline(c);
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
		conn_drop(c);
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
			conn_drop(c);
		}
	}
	if (!has_more_to_send(c)) {
		text_rest(&c->out);
		c->sent = 0;
		if (c->closing)
			conn_drop(c);
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

void
conn_worked(struct work_item *item, void *ctx)
{
	struct server_state *s = ctx;

	item->next = NULL;
	*s->answered_end = item;
	s->answered_end = &item->next;
}

void
conn_work(struct work_item *item, int thread, void *ctx)
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
		conn_drop(c);
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
void
conn_finish(struct conn *c)
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
	c->closing |= !c->reader.keep || ++c->requests >= SERVER_REQUESTS_MAX ||
		s->stopping || c->eof;
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
		conn_drop(c);
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
		conn_drop(c);
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
			conn_drop(c);	/* it hung up with a reply still to take */
	}
}

/* ---- coming and going ---- */

void
conn_add(struct server_state *s, int fd)
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
void
conn_bury(struct conn *c)
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
