/* The store's loop: read what waits, commit once, answer all. */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "store/book.h"

enum {
	PEERS_MAX = 1024,
	EVENTS_MAX = 256,
	BATCH_MAX = 4096
};

/* One connection of the intake. */
struct peer {
	struct peer *next, **link;	/* list of all */
	int fd;
	struct text in, out;
	size_t sent;			/* bytes of out already gone */
	bool dead;			/* closed after the batch, not inside it */
	bool waiting;			/* a submission of it is in the batch */
};

struct store {
	struct book book;
	struct peer *peer;
	size_t peers;
	int epoll, listener, signals;
	bool stopping;
	struct pool pool;		/* of the batch */
	struct book_entry *entry[BATCH_MAX];
	struct peer *from[BATCH_MAX];	/* whose entry it is */
	size_t batch;
};

/* ---- connections ---- */

static void
add_peer(struct store *s, int fd)
{
	struct peer *p = calloc(1, sizeof(*p));
	struct epoll_event e = { .events = EPOLLIN, .data.ptr = p };

	if (p == NULL)
		err_die("out of memory");
	p->fd = fd;
	if (s->peers >= PEERS_MAX || epoll_ctl(s->epoll, EPOLL_CTL_ADD, fd, &e) != 0) {
		close(fd);
		free(p);
		return;
	}
	p->next = s->peer;
	p->link = &s->peer;
	if (p->next != NULL)
		p->next->link = &p->next;
	s->peer = p;
	s->peers++;
}

static void
free_peer(struct store *s, struct peer *p)
{
	*p->link = p->next;
	if (p->next != NULL)
		p->next->link = p->link;
	close(p->fd);
	text_clear(&p->in);
	text_clear(&p->out);
	free(p);
	s->peers--;
}

static void
sweep(struct store *s)
{
	struct peer *next;

	for (struct peer *p = s->peer; p != NULL; p = next) {
		next = p->next;
		if (p->dead)
			free_peer(s, p);
	}
}

static void
accept_peers(struct store *s)
{
	int fd;

	while ((fd = accept4(s->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0)
		add_peer(s, fd);
}

/* Send what can be sent; wait for room only while something is left. */
static void
flush(struct store *s, struct peer *p)
{
	struct epoll_event e = { .events = EPOLLIN, .data.ptr = p };
	ssize_t n;

	while (!p->dead && p->sent < p->out.n) {
		n = send(p->fd, p->out.s + p->sent, p->out.n - p->sent, MSG_NOSIGNAL);
		if (n >= 0)
			p->sent += (size_t)n;
		else if (errno == EAGAIN)
			break;
		else if (errno != EINTR)
			p->dead = true;
	}
	if (p->sent < p->out.n) {
		e.events |= EPOLLOUT;
	} else {
		text_reset(&p->out);
		p->sent = 0;
	}
	if (!p->dead)
		epoll_ctl(s->epoll, EPOLL_CTL_MOD, p->fd, &e);
}

/* ---- requests ---- */

static void
reply_error(struct peer *p, const struct err *err)
{
	wire_put_error(&p->out, err);
}

static void
reply_number(struct peer *p, int64_t n)
{
	size_t begin = wire_begin(&p->out, WIRE_OK);

	wire_put_number(&p->out, n);
	wire_end(&p->out, begin);
}

static void
take_version(struct store *s, struct peer *p, struct wire *wire)
{
	struct err err = { 0 };

	if (!wire_done(wire))
		p->dead = true;
	else if (book_refresh(&s->book, &err) != 0)
		reply_error(p, &err);
	else
		reply_number(p, s->book.catalogue.version);
}

static void
take_catalogue(struct store *s, struct peer *p, struct wire *wire)
{
	struct err err = { 0 };
	size_t begin;

	if (!wire_done(wire)) {
		p->dead = true;
	} else if (book_refresh(&s->book, &err) != 0) {
		reply_error(p, &err);
	} else {
		begin = wire_begin(&p->out, WIRE_OK);
		catalogue_put(&p->out, &s->book.catalogue);
		wire_end(&p->out, begin);
	}
}

static void
take_receipt(struct store *s, struct peer *p, struct wire *wire)
{
	struct store_check check;
	struct err err = { 0 };
	const char *receipt = wire_get_text(wire, &s->pool);
	size_t begin;

	if (!wire_done(wire)) {
		p->dead = true;
	} else if (book_refresh(&s->book, &err) != 0 || book_check(&s->book, &check, receipt, &err) != 0) {
		reply_error(p, &err);
	} else {
		begin = wire_begin(&p->out, WIRE_OK);
		wire_put_number(&p->out, check.found);
		wire_put_number(&p->out, check.unchanged);
		wire_put_number(&p->out, check.minute);
		wire_put_number(&p->out, check.index);
		wire_put_number(&p->out, check.head_size);
		wire_end(&p->out, begin);
	}
}

static void
take_put(struct store *s, struct peer *p, struct wire *wire)
{
	struct book_entry *entry = pool_take(&s->pool, sizeof(*entry));
	struct store_submission submission;
	struct err err = { 0 };

	if (store_submission_get(&submission, wire, &s->pool) != 0) {
		p->dead = true;
	} else if (book_refresh(&s->book, &err) != 0 ||
	    book_accept(&s->book, entry, &submission, &s->pool, &err) != 0) {
		reply_error(p, &err);
	} else {
		s->entry[s->batch] = entry;
		s->from[s->batch++] = p;
		p->waiting = true;
	}
}

static void (*const take[])(struct store *, struct peer *, struct wire *) = {
	[WIRE_VERSION] = take_version,
	[WIRE_CATALOGUE] = take_catalogue,
	[WIRE_PUT] = take_put,
	[WIRE_RECEIPT] = take_receipt,
};

/* Every whole request in p->in; a submission that waits for its commit holds back what follows it. */
static void
take_frames(struct store *s, struct peer *p)
{
	size_t at = 0;
	struct wire wire;
	long length = 0;

	while (!p->dead && !p->waiting && s->batch < BATCH_MAX) {
		length = wire_frame(&wire, text_str(&p->in) + at, p->in.n - at, WIRE_REQUEST_MAX);
		if (length <= 0)
			break;
		at += (size_t)length;
		if (wire.type >= (int)(sizeof(take) / sizeof(take[0])) || take[wire.type] == NULL)
			p->dead = true;
		else
			take[wire.type](s, p, &wire);
	}
	if (length < 0)
		p->dead = true;
	if (at > 0) {
		memmove(p->in.s, p->in.s + at, p->in.n - at);
		p->in.n -= at;
	}
}

static void
read_peer(struct peer *p)
{
	char bytes[16384];
	ssize_t n;

	while (p->in.n <= WIRE_REQUEST_MAX + 4) {
		n = recv(p->fd, bytes, sizeof(bytes), 0);
		if (n > 0) {
			text_add(&p->in, bytes, (size_t)n);
		} else if (n < 0 && errno == EINTR) {
			continue;
		} else {
			p->dead = n == 0 || errno != EAGAIN;
			return;
		}
	}
}

/* ---- the batch ---- */

static void
reply_stored(struct peer *p, const struct book_entry *entry)
{
	size_t begin = wire_begin(&p->out, WIRE_OK);

	wire_put_text(&p->out, entry->row.receipt);
	wire_put_number(&p->out, entry->fresh);
	wire_put_number(&p->out, entry->row.minute);
	wire_end(&p->out, begin);
}

static void
commit(struct store *s)
{
	struct err err = { 0 };
	size_t n = s->batch;
	bool stored;

	if (n > 0) {
		stored = book_write(&s->book, s->entry, n, &err) == 0;
		for (size_t i = 0; i < n; i++) {
			s->from[i]->waiting = false;
			if (stored)
				reply_stored(s->from[i], s->entry[i]);
			else
				reply_error(s->from[i], &err);
		}
	}
	s->batch = 0;
	pool_clear(&s->pool);
}

/* Take, commit and answer until nobody has a whole request left. */
static void
serve(struct store *s)
{
	bool again;

	do {
		for (struct peer *p = s->peer; p != NULL; p = p->next)
			take_frames(s, p);
		again = s->batch > 0;
		commit(s);
		for (struct peer *p = s->peer; p != NULL; p = p->next)
			if (p->out.n > p->sent)
				flush(s, p);
	} while (again);
	sweep(s);
}

static void
take_event(struct store *s, const struct epoll_event *e)
{
	struct peer *p = e->data.ptr;

	if (e->data.ptr == &s->listener)
		accept_peers(s);
	else if (e->data.ptr == &s->signals)
		s->stopping = true;
	else if (e->events & (EPOLLIN | EPOLLHUP | EPOLLERR))
		read_peer(p);
	else
		flush(s, p);
}

static void
loop(struct store *s)
{
	struct epoll_event e[EVENTS_MAX];
	int n;

	while (!s->stopping) {
		n = epoll_wait(s->epoll, e, EVENTS_MAX, -1);
		for (int i = 0; i < n; i++)
			take_event(s, &e[i]);
		serve(s);
	}
	for (struct peer *p = s->peer; p != NULL; p = p->next)
		read_peer(p);
	for (struct peer *p = s->peer; p != NULL; p = p->next)
		p->dead = false;	/* a peer that hung up may have left a whole request */
	serve(s);
}

/* ---- start and end ---- */

static bool
is_live(const struct sockaddr_un *a)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool live = fd >= 0 && connect(fd, (const struct sockaddr *)a, sizeof(*a)) == 0;

	if (fd >= 0)
		close(fd);
	return live;
}

static int
listen_at(const char *path, struct err *err)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	mode_t mask;
	int fd, rc;

	if (strlen(path) >= sizeof(a.sun_path))
		return err_set(err, ERR_INPUT, "%s：套接字路径太长（最多 %zu 字节）",
		    "%s: the socket's path is too long (at most %zu bytes)", path, sizeof(a.sun_path) - 1);
	strcpy(a.sun_path, path);
	if (is_live(&a))
		return err_set(err, ERR_CONFLICT, "%s：已有存储进程在运行",
		    "%s: another store is running there", path);
	unlink(path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	mask = umask(0117);
	rc = fd < 0 ? -1 : bind(fd, (struct sockaddr *)&a, sizeof(a));
	umask(mask);
	if (rc != 0 || listen(fd, 1024) != 0) {
		err_set_errno(err, ERR_IO, "%s：无法监听", "%s: cannot listen", path);
		if (fd >= 0)
			close(fd);
		return -1;
	}
	return fd;
}

static int
watch(struct store *s, int fd, void *mark)
{
	struct epoll_event e = { .events = EPOLLIN, .data.ptr = mark };

	return epoll_ctl(s->epoll, EPOLL_CTL_ADD, fd, &e);
}

static int
set_up(struct store *s, struct err *err)
{
	int flags = fcntl(s->listener, F_GETFL);
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	s->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	s->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (flags < 0 || fcntl(s->listener, F_SETFL, flags | O_NONBLOCK) != 0 || s->signals < 0 || s->epoll < 0 || watch(s, s->signals, &s->signals) != 0 ||
	    watch(s, s->listener, &s->listener) != 0)
		return err_set_errno(err, ERR_SYSTEM, "存储进程无法启动", "the store cannot start");
	return 0;
}

static void
tear_down(struct store *s)
{
	while (s->peer != NULL)
		free_peer(s, s->peer);
	if (s->signals >= 0)
		close(s->signals);
	if (s->epoll >= 0)
		close(s->epoll);
	book_close(&s->book);
	pool_clear(&s->pool);
}

int
store_run(const char *db_path, const char *socket_path, int listen_fd, struct err *err)
{
	struct store *s = calloc(1, sizeof(*s));
	int rc = -1;

	if (s == NULL)
		err_die("out of memory");
	s->epoll = s->signals = -1;
	s->listener = listen_fd;
	if (book_open(&s->book, db_path, err) != 0)
		goto out;
	if (s->listener < 0 && (s->listener = listen_at(socket_path, err)) < 0)
		goto out;
	if (set_up(s, err) != 0)
		goto out;
	loop(s);
	rc = 0;
out:
	if (listen_fd < 0 && s->listener >= 0) {
		close(s->listener);
		unlink(socket_path);
	}
	tear_down(s);
	free(s);
	return rc;
}
