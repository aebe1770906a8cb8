/* The store's loop: read what waits, commit once, answer all. */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "base/sandbox.h"
#include "store/book.h"
#include "store/listen.h"

enum {
	PEERS_MAX = 1024,
	SPARE_FILES = 32,		/* descriptors kept for the database, to be opened again at any time */
	EVENTS_MAX = 256,
	BATCH_MAX = 4096,
	IDLE_MS = 50,			/* of silence, then housekeeping if there is some */
	UNTIDY_MAX = 20000,		/* rows after which it no longer waits for silence */
	NAP_MS = 60000
};

/* One connection of the intake. */
struct peer {
	struct peer *next, **link;	/* list of all */
	int fd;
	struct text in, out;
	size_t sent;			/* bytes of out already gone */
	bool dead;			/* closed after the batch, not inside it */
	bool waiting;			/* submissions of it are in the batch */
	bool full;			/* it does not read: asked for room to send, not for its requests */
};

/* One submission of the batch. */
struct put {
	struct peer *from;
	struct book_entry *entry;
	struct err *refused;		/* NULL: accepted */
};

struct store {
	struct book book;
	struct peer *peer;
	size_t peers, peers_max;
	int epoll, listener, signals;
	bool stopping;
	bool deaf;			/* no descriptor left: asked again when one may be */
	struct pool pool;		/* of the batch */
	struct put put[BATCH_MAX];	/* in the order they came, so that each peer is answered in order */
	size_t batch, batch_most;
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
	if (s->peers >= s->peers_max || epoll_ctl(s->epoll, EPOLL_CTL_ADD, fd, &e) != 0) {
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
set_deaf(struct store *s, bool deaf)
{
	struct epoll_event e = { .events = deaf ? 0 : EPOLLIN, .data.ptr = &s->listener };

	if (s->deaf != deaf && epoll_ctl(s->epoll, EPOLL_CTL_MOD, s->listener, &e) == 0)
		s->deaf = deaf;
}

static void
sweep(struct store *s)
{
	struct peer *next;

	for (struct peer *p = s->peer; p != NULL; p = next) {
		next = p->next;
		if (p->dead) {
			free_peer(s, p);
			set_deaf(s, false);
		}
	}
}

/* Who cannot be let in stays at the door; to look there all the time would keep from serving those inside. */
static void
accept_peers(struct store *s)
{
	int fd;

	while ((fd = accept4(s->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0)
		add_peer(s, fd);
	if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
		set_deaf(s, true);
}

/* While a peer does not read its replies, its requests stay in its own buffers. */
static void
listen_for(struct store *s, struct peer *p, bool full)
{
	struct epoll_event e = { .events = full ? EPOLLOUT : EPOLLIN, .data.ptr = p };

	if (full != p->full && epoll_ctl(s->epoll, EPOLL_CTL_MOD, p->fd, &e) == 0)
		p->full = full;
}

/* Send what can be sent. */
static void
flush(struct store *s, struct peer *p)
{
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
	listen_for(s, p, p->sent < p->out.n);
	if (p->sent == p->out.n) {
		text_reset(&p->out);
		p->sent = 0;
	}
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
	struct put *put = &s->put[s->batch];
	struct store_submission submission;
	struct err err = { 0 };

	if (store_submission_get(&submission, wire, &s->pool) != 0) {
		p->dead = true;
		return;
	}
	*put = (struct put){ .from = p, .entry = pool_take(&s->pool, sizeof(*put->entry)) };
	if (book_refresh(&s->book, &err) != 0 ||
	    book_accept(&s->book, put->entry, &submission, &s->pool, &err) != 0) {
		put->refused = pool_take(&s->pool, sizeof(err));
		*put->refused = err;
	}
	p->waiting = true;
	s->batch++;
}

static void
take_ticket(struct store *s, struct peer *p, struct wire *wire)
{
	const char *code = wire_get_text(wire, &s->pool);
	unsigned char hash[TICKET_HASH_N];
	struct ticket_batch batch;
	enum ticket_state state;
	struct err err = { 0 };
	size_t begin;

	if (!wire_done(wire)) {
		p->dead = true;
	} else if (book_refresh(&s->book, &err) != 0 ||
	    book_ticket(&s->book, &state, &batch, hash, code, &s->pool, &err) != 0) {
		reply_error(p, &err);
	} else {
		begin = wire_begin(&p->out, WIRE_OK);
		wire_put_number(&p->out, state);
		wire_put_number(&p->out, batch.wave);
		wire_put_text(&p->out, book_site_code(&s->book, batch.site));
		wire_end(&p->out, begin);
	}
}

static void (*const take[])(struct store *, struct peer *, struct wire *) = {
	[WIRE_VERSION] = take_version,
	[WIRE_CATALOGUE] = take_catalogue,
	[WIRE_PUT] = take_put,
	[WIRE_RECEIPT] = take_receipt,
	[WIRE_TICKET] = take_ticket,
};

/* Replies come in the order of requests: what is no submission waits for those before it. */
static bool
must_wait(const struct peer *p, const struct wire *wire)
{
	return p->waiting && wire->type != WIRE_PUT;
}

/*
 * Take the whole requests in p->in; returns how many.  A reply not yet sent holds
 * back what follows it: who asks without listening must not fill our memory.
 */
static size_t
take_frames(struct store *s, struct peer *p)
{
	size_t at = 0, taken = 0;
	struct wire wire;
	long length = 0;

	while (!p->dead && p->out.n == 0 && s->batch < s->batch_most) {
		length = wire_frame(&wire, text_str(&p->in) + at, p->in.n - at, WIRE_REQUEST_MAX);
		if (length <= 0 || must_wait(p, &wire))
			break;
		at += (size_t)length;
		taken++;
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
	return taken;
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

	wire_put_text(&p->out, entry->ticket == TICKET_LIVE ? entry->row.receipt : "");
	wire_put_number(&p->out, entry->fresh);
	wire_put_number(&p->out, entry->row.minute);
	wire_put_number(&p->out, entry->ticket);
	wire_end(&p->out, begin);
}

static void
reply_put(const struct put *put, const struct err *failed)
{
	struct peer *p = put->from;

	p->waiting = false;
	if (put->refused != NULL)
		reply_error(p, put->refused);
	else if (failed != NULL)
		reply_error(p, failed);
	else
		reply_stored(p, put->entry);
}

static void
commit(struct store *s)
{
	struct book_entry **entry = pool_array(&s->pool, s->batch + 1, sizeof(*entry));
	struct err err = { 0 };
	size_t n = 0;
	bool stored;

	for (size_t i = 0; i < s->batch; i++)
		if (s->put[i].refused == NULL)
			entry[n++] = s->put[i].entry;
	stored = n == 0 || book_write(&s->book, entry, n, &err) == 0;
	for (size_t i = 0; i < s->batch; i++)
		reply_put(&s->put[i], stored ? NULL : &err);
	s->batch = 0;
	pool_clear(&s->pool);
}

/* Take, commit and answer until nobody has a whole request left. */
static void
serve(struct store *s)
{
	size_t taken;

	do {
		taken = 0;
		for (struct peer *p = s->peer; p != NULL; p = p->next)
			taken += take_frames(s, p);
		commit(s);
		for (struct peer *p = s->peer; p != NULL; p = p->next)
			if (p->out.n > p->sent)
				flush(s, p);
	} while (taken > 0);
	sweep(s);
}

static void
take_event(struct store *s, const struct epoll_event *e)
{
	struct peer *p = e->data.ptr;

	if (e->data.ptr == &s->listener) {
		accept_peers(s);
		return;
	}
	if (e->data.ptr == &s->signals) {
		s->stopping = true;
		return;
	}
	if (e->events & (EPOLLOUT | EPOLLHUP | EPOLLERR))
		flush(s, p);
	if (e->events & (EPOLLIN | EPOLLHUP | EPOLLERR))
		read_peer(p);
}

/* What has arrived is still stored and answered: from those not yet let in, and from those who hung up. */
static void
drain(struct store *s)
{
	accept_peers(s);
	for (struct peer *p = s->peer; p != NULL; p = p->next) {
		read_peer(p);
		p->dead = false;
	}
	serve(s);
}

static void
loop(struct store *s)
{
	struct epoll_event e[EVENTS_MAX];
	bool more = true;
	int n;

	while (!s->stopping) {
		n = epoll_wait(s->epoll, e, EVENTS_MAX, more || s->deaf || s->book.untidy > 0 ? IDLE_MS : NAP_MS);
		for (int i = 0; i < n; i++)
			take_event(s, &e[i]);
		serve(s);
		if (n == 0)
			set_deaf(s, false);
		if (n == 0 || s->book.untidy >= UNTIDY_MAX)
			more = book_tidy(&s->book);
	}
	drain(s);
}

/* ---- start and end ---- */

static int
watch(struct store *s, int fd, void *mark)
{
	struct epoll_event e = { .events = EPOLLIN, .data.ptr = mark };

	return epoll_ctl(s->epoll, EPOLL_CTL_ADD, fd, &e);
}

/* As many connections as there are descriptors for, beside those the database needs. */
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

static int
set_up(struct store *s, struct err *err)
{
	int flags = fcntl(s->listener, F_GETFL);
	sigset_t set;

	s->peers_max = room_for_peers();
	signal(SIGXFSZ, SIG_IGN);	/* a file-size limit is a full disk, not a reason to die */
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	s->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	s->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (flags < 0 || fcntl(s->listener, F_SETFL, flags | O_NONBLOCK) != 0 || s->signals < 0 ||
	    s->epoll < 0 || watch(s, s->signals, &s->signals) != 0 ||
	    watch(s, s->listener, &s->listener) != 0)
		return err_set_errno(err, ERR_SYSTEM, "存储进程无法启动", "the store cannot start");
	return 0;
}

/* From here on only the database's folder, and the socket's where it is ours to remove. */
static int
shut_in(const char *db_path, const char *socket_path, struct err *err)
{
	struct sandbox sandbox = { .kind = SANDBOX_STORE };
	struct pool pool = POOL_INIT;
	int rc;

	sandbox.folder[0] = file_folder(&pool, db_path);
	if (socket_path != NULL)
		sandbox.folder[1] = file_folder(&pool, socket_path);
	rc = sandbox_enter(&sandbox, err);
	pool_clear(&pool);
	return rc;
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
	return store_run_batched(db_path, socket_path, listen_fd, BATCH_MAX, err);
}

int
store_run_batched(const char *db_path, const char *socket_path, int listen_fd, size_t most, struct err *err)
{
	struct store *s = calloc(1, sizeof(*s));
	int rc = -1;

	if (s == NULL)
		err_die("out of memory");
	s->batch_most = most < BATCH_MAX ? most : BATCH_MAX;
	s->epoll = s->signals = -1;
	s->listener = listen_fd;
	if (book_open(&s->book, db_path, err) != 0)
		goto out;
	if (s->listener < 0 && (s->listener = store_listen(socket_path, err)) < 0)
		goto out;
	if (set_up(s, err) != 0 || shut_in(db_path, listen_fd < 0 ? socket_path : NULL, err) != 0)
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
