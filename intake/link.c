/* Questions out, replies in, and again from the start when the store was away. */
#include "intake/link.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum {
	RETRY_MS = 50,		/* between two tries to connect */
	LOOK_MS = 100,		/* between two looks for who has waited too long */
	READ_N = 64 * 1024
};

/* First in, first out. */
struct asks {
	struct link_ask *first, **end;
};

struct link {
	struct loop *loop;
	const char *path;
	struct loop_part part;
	struct loop_watch watch;	/* fd -1: not connected */
	unsigned interest;
	struct asks waiting;		/* to be sent */
	struct asks sent;		/* to be answered, in this order */
	struct text out, in;
	size_t out_sent;
	char bytes[READ_N];		/* on their way into in */
	int64_t lost;			/* since when there is no connection */
	int64_t retry_at, look_at;
};

static void
put(struct asks *q, struct link_ask *ask)
{
	ask->next = NULL;
	*q->end = ask;
	q->end = &ask->next;
}

static struct link_ask *
take(struct asks *q)
{
	struct link_ask *ask = q->first;

	q->first = ask->next;
	if (q->first == NULL)
		q->end = &q->first;
	return ask;
}

static void
empty(struct asks *q)
{
	q->first = NULL;
	q->end = &q->first;
}

/* All of a, then all of b, into b. */
static void
put_before(struct asks *a, struct asks *b)
{
	if (a->first == NULL)
		return;
	*a->end = b->first;
	if (b->first == NULL)
		b->end = a->end;
	b->first = a->first;
	empty(a);
}

/* ---- the connection ---- */

/* What it had under way is asked again on the next one. */
static void
drop(struct link *link)
{
	if (link->watch.fd < 0)
		return;
	loop_forget(link->loop, &link->watch);
	close(link->watch.fd);
	link->watch.fd = -1;
	text_reset(&link->in);
	text_reset(&link->out);
	link->out_sent = 0;
	link->lost = link->retry_at = loop_now(link->loop);
	put_before(&link->sent, &link->waiting);
}

/* Give every whole reply to who asked. */
static void
take_replies(struct link *link)
{
	struct wire wire;
	size_t at = 0;
	long length = 0;

	while (link->sent.first != NULL) {
		struct link_ask *ask;

		length = wire_frame(&wire, text_str(&link->in) + at, link->in.n - at,
			WIRE_REPLY_MAX);
		if (length <= 0)
			break;
		at += (size_t)length;
		ask = take(&link->sent);
		ask->answered(ask, &wire);
	}
	if (length < 0 || (link->sent.first == NULL && at < link->in.n)) {
		drop(link);	/* a reply to nothing: who knows to whom the next would go */
		return;
	}
	memmove(link->in.s, link->in.s + at, link->in.n - at);
	link->in.n -= at;
}

static void
read_replies(struct link *link)
{
	ssize_t n = recv(link->watch.fd, link->bytes, sizeof(link->bytes), 0);

	if (n > 0) {
		text_add(&link->in, link->bytes, (size_t)n);
		take_replies(link);
	} else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
		drop(link);
	}
}

static void
flush(struct link *link)
{
	unsigned want;
	ssize_t n;

	while (link->out_sent < link->out.n) {
		n = send(link->watch.fd, link->out.s + link->out_sent, link->out.n - link->out_sent,
			MSG_NOSIGNAL);
		if (n >= 0) {
			link->out_sent += (size_t)n;
		} else if (errno == EAGAIN) {
			break;
		} else if (errno != EINTR) {
			drop(link);
			return;
		}
	}
	want = link->out_sent < link->out.n ? EPOLLIN | EPOLLOUT : EPOLLIN;
	if (want == EPOLLIN) {
		text_reset(&link->out);
		link->out_sent = 0;
	}
	if (want != link->interest && loop_change(link->loop, &link->watch, want) == 0)
		link->interest = want;
}

static void
take_event(struct loop_watch *watch, unsigned events)
{
	struct link *link = (struct link *)((char *)watch - offsetof(struct link, watch));

	if (watch->fd >= 0 && (events & ~(unsigned)EPOLLOUT))
		read_replies(link);
	if (watch->fd >= 0 && (events & EPOLLOUT))
		flush(link);
}

static int
connect_store(struct link *link)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return -1;
	link->watch.fd = fd;
	link->interest = EPOLLIN;
	strncpy(a.sun_path, link->path, sizeof(a.sun_path) - 1);
	if (strlen(link->path) < sizeof(a.sun_path) &&
			connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0 &&
			loop_watch(link->loop, &link->watch, EPOLLIN) == 0)
		return 0;
	close(fd);
	link->watch.fd = -1;
	return -1;
}

/* ---- turns ---- */

/* Has it waited too long, with the store away or late? */
static bool
is_late(const struct link *link, const struct link_ask *ask, int64_t now)
{
	int64_t since = ask->asked > link->lost ? ask->asked : link->lost;

	return now - ask->asked >= STORE_DEADLINE_MS ||
		(link->watch.fd < 0 && now - since >= LINK_PATIENCE_MS);
}

static bool
any_late(const struct link *link, const struct asks *q, int64_t now)
{
	for (const struct link_ask *ask = q->first; ask != NULL; ask = ask->next)
		if (is_late(link, ask, now))
			return true;
	return false;
}

/* A late reply must never answer another question, so what is late costs the connection. */
static void
give_up(struct link *link, int64_t now)
{
	struct asks all = link->waiting;
	struct link_ask *next;

	if (any_late(link, &link->sent, now)) {
		drop(link);
		all = link->waiting;
	} else if (!any_late(link, &link->waiting, now)) {
		return;
	}
	empty(&link->waiting);
	for (struct link_ask *ask = all.first; ask != NULL; ask = next) {
		next = ask->next;
		if (is_late(link, ask, now))
			ask->answered(ask, NULL);
		else
			put(&link->waiting, ask);
	}
}

/* Everything whose time has come leaves in one piece. */
static void
send_waiting(struct link *link, int64_t now)
{
	struct link_ask *ask = link->waiting.first, *next;

	empty(&link->waiting);
	for (; ask != NULL; ask = next) {
		next = ask->next;
		if (ask->not_before > now) {
			put(&link->waiting, ask);
			continue;
		}
		text_add(&link->out, ask->frame->s, ask->frame->n);
		put(&link->sent, ask);
	}
	flush(link);
}

static int64_t
take_turn(struct loop_part *part, int64_t now)
{
	struct link *link = (struct link *)((char *)part - offsetof(struct link, part));

	if (link->waiting.first != NULL && link->watch.fd < 0 && now >= link->retry_at) {
		link->retry_at = now + RETRY_MS;
		connect_store(link);
	}
	if (link->waiting.first != NULL && link->watch.fd >= 0)
		send_waiting(link, now);
	if (now >= link->look_at) {
		give_up(link, now);
		link->look_at = now + LOOK_MS;
	}
	if (link->waiting.first != NULL)
		return RETRY_MS;
	return link->sent.first != NULL ? LOOK_MS : LOOP_NEVER;
}

void
link_send(struct link *link, struct link_ask *ask, int64_t delay_ms)
{
	/* What is asked for the first time has all its patience when it is sent. */
	if (delay_ms == 0 || ask->asked == 0)
		ask->asked = loop_now(link->loop) + delay_ms;
	ask->not_before = loop_now(link->loop) + delay_ms;
	put(&link->waiting, ask);
	loop_hurry(link->loop);
}

struct link *
link_open(struct loop *loop, const char *path)
{
	struct link *link = calloc(1, sizeof(*link));

	if (link == NULL)
		err_die("calloc");
	link->loop = loop;
	link->path = path;
	link->watch = (struct loop_watch){ -1, take_event };
	link->part.turn = take_turn;
	empty(&link->waiting);
	empty(&link->sent);
	loop_join(loop, &link->part);
	return link;
}

void
link_close(struct link *link)
{
	drop(link);
	while (link->waiting.first != NULL) {
		struct link_ask *ask = take(&link->waiting);

		ask->answered(ask, NULL);
	}
	loop_leave(link->loop, &link->part);
	text_clear(&link->in);
	text_clear(&link->out);
	free(link);
}
