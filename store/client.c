/* The intake's side of the socket. */
#include "store/client.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

struct store_client {
	char *path;
	int fd;			/* -1: not connected */
	struct text request;
	struct text reply;
};

struct store_client *
store_client_new(const char *socket_path)
{
	struct store_client *c = calloc(1, sizeof(*c));

	if (c == NULL || (c->path = strdup(socket_path)) == NULL)
		err_die("out of memory");
	c->fd = -1;
	return c;
}

static void
drop(struct store_client *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
}

void
store_client_free(struct store_client *c)
{
	if (c == NULL)
		return;
	drop(c);
	text_clear(&c->request);
	text_clear(&c->reply);
	free(c->path);
	free(c);
}

int
store_away(struct err *err)
{
	return err_set(err, ERR_BUSY, "存储进程没有应答，请稍候再试",
		"the store does not answer; try again");
}

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int
wait_for(struct store_client *c, short event, int64_t deadline)
{
	struct pollfd p = { .fd = c->fd, .events = event };
	int64_t left;
	int n;

	do {
		left = deadline - now_ms();
		n = left > 0 ? poll(&p, 1, (int)left) : 0;
	} while (n < 0 && errno == EINTR);
	return n == 1 && !(p.revents & POLLNVAL) ? 0 : -1;
}

static int
connect_store(struct store_client *c)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };

	if (c->fd >= 0)
		return 0;
	if (strlen(c->path) >= sizeof(a.sun_path))
		return -1;
	strcpy(a.sun_path, c->path);
	c->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (c->fd < 0)
		return -1;
	if (connect(c->fd, (struct sockaddr *)&a, sizeof(a)) != 0) {
		drop(c);
		return -1;
	}
	return 0;
}

static int
send_all(struct store_client *c, int64_t deadline)
{
	size_t sent = 0;
	ssize_t n;

	while (sent < c->request.n) {
		n = send(c->fd, c->request.s + sent, c->request.n - sent, MSG_NOSIGNAL);
		if (n >= 0)
			sent += (size_t)n;
		else if (errno == EAGAIN ? wait_for(c, POLLOUT, deadline) != 0 : errno != EINTR)
			return -1;
	}
	return 0;
}

/* One whole frame into c->reply, nothing after it. */
static int
receive(struct store_client *c, struct wire *wire, int64_t deadline)
{
	char bytes[16384];
	long length;
	ssize_t n;

	text_reset(&c->reply);
	for (;;) {
		length = wire_frame(wire, text_str(&c->reply), c->reply.n, WIRE_REPLY_MAX);
		if (length != 0)
			return length == (long)c->reply.n ? 0 : -1;
		n = recv(c->fd, bytes, sizeof(bytes), 0);
		if (n > 0)
			text_add(&c->reply, bytes, (size_t)n);
		else if (n == 0 || (errno == EAGAIN ? wait_for(c, POLLIN, deadline) != 0 :
				errno != EINTR))
			return -1;
	}
}

static int
exchange(struct store_client *c, struct wire *wire, int64_t deadline)
{
	if (connect_store(c) != 0)
		return -1;
	if (send_all(c, deadline) == 0 && receive(c, wire, deadline) == 0)
		return 0;
	drop(c);	/* a late reply must never answer a later request */
	return -1;
}

/*
 * Send the request that was built, read the reply.  A kept connection may have
 * died with a restarted store, so the request is sent once more on a fresh one:
 * the key makes that safe.
 */
static int
ask(struct store_client *c, struct wire *wire, struct err *err)
{
	bool kept = c->fd >= 0;
	int64_t deadline = now_ms() + STORE_DEADLINE_MS;

	if (exchange(c, wire, deadline) != 0 &&
			(!kept || now_ms() >= deadline || exchange(c, wire, deadline) != 0))
		return store_away(err);
	return 0;
}

/* ---- what a reply says ---- */

/* 0 for WIRE_OK; else what the store said, or that it cannot be understood. */
static int
check_reply(struct wire *wire, struct err *err)
{
	struct pool pool = POOL_INIT;
	const char *said;
	int64_t code;

	if (wire->type == WIRE_OK)
		return 0;
	code = wire_get_number(wire);
	said = wire_get_text(wire, &pool);
	if (wire->type != WIRE_ERROR || !wire_done(wire) || code <= ERR_NONE || code >= ERR_MAX)
		store_away(err);
	else
		err_set(err, (enum err_code)code, "%s", "%s", said);
	pool_clear(&pool);
	return -1;
}

/* The reply is used up and was whole. */
static int
finish(const struct wire *wire, struct err *err)
{
	return wire_done(wire) ? 0 : store_away(err);
}

static enum ticket_state
get_state(struct wire *wire)
{
	int64_t n = wire_get_number(wire);

	if (n < 0 || n >= TICKET_STATES)
		wire->bad = true;
	return wire->bad ? TICKET_UNKNOWN : (enum ticket_state)n;
}

/* A receipt is there, or a ticket's refusal; never both, never neither. */
int
store_receipt_get(struct store_receipt *receipt, struct wire *wire, struct err *err)
{
	size_t room = sizeof(receipt->receipt) - 1;

	if (check_reply(wire, err) != 0)
		return -1;
	*receipt = (struct store_receipt){ 0 };
	wire_get_word(wire, receipt->receipt, room);
	receipt->fresh = wire_get_number(wire) != 0;
	receipt->minute = wire_get_number(wire);
	receipt->ticket = get_state(wire);
	receipt->same = wire_get_number(wire) != 0;
	receipt->called = wire_get_number(wire) != 0;
	if (strlen(receipt->receipt) != (receipt->ticket == TICKET_LIVE ? room : 0))
		wire->bad = true;
	return finish(wire, err);
}

int
store_ticket_get(struct store_ticket *ticket, struct wire *wire, struct err *err)
{
	if (check_reply(wire, err) != 0)
		return -1;
	*ticket = (struct store_ticket){ .state = get_state(wire) };
	ticket->wave = wire_get_number(wire);
	wire_get_word(wire, ticket->site, sizeof(ticket->site) - 1);
	return finish(wire, err);
}

int
store_version_get(int64_t *version, struct wire *wire, struct err *err)
{
	if (check_reply(wire, err) != 0)
		return -1;
	*version = wire_get_number(wire);
	return finish(wire, err);
}

int
store_check_get(struct store_check *check, struct wire *wire, struct err *err)
{
	if (check_reply(wire, err) != 0)
		return -1;
	check->found = wire_get_number(wire) != 0;
	check->unchanged = wire_get_number(wire) != 0;
	check->minute = wire_get_number(wire);
	check->index = wire_get_number(wire);
	check->head_size = wire_get_number(wire);
	return finish(wire, err);
}

void
store_submission_put(struct text *out, const struct store_submission *s)
{
	wire_put_number(out, s->wave);
	wire_put_text(out, s->site);
	wire_put_text(out, s->stream);
	wire_put_text(out, s->mode);
	wire_put_text(out, s->key);
	wire_put_number(out, s->seconds);
	wire_put_number(out, s->opened);
	wire_put_text(out, s->answers);
	wire_put_text(out, s->phone);
	wire_put_text(out, s->ticket);
	wire_put_number(out, s->paradata.screens);
	wire_put_number(out, s->paradata.resends);
	wire_put_number(out, s->paradata.rush);
	wire_put_text(out, s->paradata.client);
}

/* A small number; what is outside stays outside for the one who checks it. */
static int
get_small(struct wire *wire)
{
	int64_t n = wire_get_number(wire);

	return n < -1 || n > INT16_MAX ? INT16_MAX : (int)n;
}

int
store_submission_get(struct store_submission *s, struct wire *wire, struct pool *pool)
{
	s->wave = wire_get_number(wire);
	s->site = wire_get_text(wire, pool);
	s->stream = wire_get_text(wire, pool);
	s->mode = wire_get_text(wire, pool);
	s->key = wire_get_text(wire, pool);
	s->seconds = wire_get_number(wire);
	s->opened = wire_get_number(wire);
	s->answers = wire_get_text(wire, pool);
	s->phone = wire_get_text(wire, pool);
	s->ticket = wire_get_text(wire, pool);
	s->paradata = (struct paradata){ .screens = get_small(wire), .dont_know = -1 };
	s->paradata.resends = get_small(wire);
	s->paradata.rush = get_small(wire);
	s->paradata.client = wire_get_text(wire, pool);
	return wire_done(wire) ? 0 : -1;
}

/* ---- whole requests ---- */

void
store_put_put(struct text *out, const struct store_submission *s)
{
	size_t begin = wire_begin(out, WIRE_PUT);

	store_submission_put(out, s);
	wire_end(out, begin);
}

void
store_version_put(struct text *out)
{
	wire_end(out, wire_begin(out, WIRE_VERSION));
}

void
store_look_put(struct text *out, const char *receipt)
{
	size_t begin = wire_begin(out, WIRE_RECEIPT);

	wire_put_text(out, receipt);
	wire_end(out, begin);
}

void
store_ticket_put(struct text *out, const char *code)
{
	size_t begin = wire_begin(out, WIRE_TICKET);

	wire_put_text(out, code);
	wire_end(out, begin);
}

/* ---- one question at a time ---- */

/* A reply that cannot be understood costs the connection: what follows it may be no better. */
static int
understand(struct store_client *c, const struct wire *wire, int rc)
{
	if (rc != 0 && (!wire_done(wire) || wire->type != WIRE_ERROR))
		drop(c);
	return rc;
}

int
store_put(struct store_client *c, struct store_receipt *receipt,
	const struct store_submission *submission, struct err *err)
{
	struct wire wire;

	text_reset(&c->request);
	store_put_put(&c->request, submission);
	if (ask(c, &wire, err) != 0)
		return -1;
	return understand(c, &wire, store_receipt_get(receipt, &wire, err));
}

int
store_ticket(struct store_client *c, struct store_ticket *ticket, const char *code, struct err *err)
{
	struct wire wire;

	text_reset(&c->request);
	store_ticket_put(&c->request, code);
	if (ask(c, &wire, err) != 0)
		return -1;
	return understand(c, &wire, store_ticket_get(ticket, &wire, err));
}

int
store_version(struct store_client *c, int64_t *version, struct err *err)
{
	struct wire wire;

	text_reset(&c->request);
	store_version_put(&c->request);
	if (ask(c, &wire, err) != 0)
		return -1;
	return understand(c, &wire, store_version_get(version, &wire, err));
}

int
store_catalogue(struct store_client *c, struct catalogue *catalogue, struct pool *pool,
	struct err *err)
{
	struct wire wire;

	text_reset(&c->request);
	wire_end(&c->request, wire_begin(&c->request, WIRE_CATALOGUE));
	if (ask(c, &wire, err) != 0)
		return -1;
	if (check_reply(&wire, err) != 0)
		return understand(c, &wire, -1);
	return catalogue_get(catalogue, &wire, pool, err);
}

int
store_check_receipt(struct store_client *c, struct store_check *check, const char *receipt,
	struct err *err)
{
	struct wire wire;

	text_reset(&c->request);
	store_look_put(&c->request, receipt);
	if (ask(c, &wire, err) != 0)
		return -1;
	return understand(c, &wire, store_check_get(check, &wire, err));
}
