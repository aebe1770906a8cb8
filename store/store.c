/* The store's loop: read what waits, commit once, answer all. */
#include "store/store.h"

#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "proc/listen.h"
#include "proc/sandbox.h"
#include "store/book.h"
#include "store/peer.h"
#include "store/writer.h"

enum {
	BATCH_MAX = 4096,
	IDLE_MS = 50,			/* of silence, then housekeeping if there is some */
	UNTIDY_MAX = 20000,		/* rows after which it no longer waits for silence */
	NAP_MS = 1000			/* then a look whether others have written to the log */
};

/* One submission of a round. */
struct put {
	struct peer *from;
	struct book_entry *entry;
	struct err *refused;		/* NULL: accepted */
};

/* What is taken in together, written together and answered together. */
struct round {
	struct pool pool;
	struct put put[BATCH_MAX];	/* in the order they came, so that each peer
					 * is answered in order */
	size_t n;
	struct book_entry *entry[BATCH_MAX];	/* of those not refused */
	struct batch batch;
};

/* While the writer has one round in hand, the next is taken in. */
struct store {
	struct book book;
	struct writer *writer;
	struct loop *loop;
	struct loop_part part;
	struct peers peers;
	bool looked;			/* at the catalogue, for all that is taken together */
	struct err unready;		/* what came of it */
	size_t most;			/* submissions in a round */
	size_t untidy;			/* rows written since the writer tidied */
	bool more;			/* to tidy */
	struct round round[2], *taking, *writing;
};

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

/* The catalogue is asked for once for all that waits, not once for each: that alone is a tenth of
 * an answer's cost. */
static int
ready(struct store *s, struct err *err)
{
	if (!s->looked) {
		s->unready = (struct err){ 0 };
		s->looked = true;
		book_refresh(&s->book, &s->unready);
	}
	*err = s->unready;
	return err->code == ERR_NONE ? 0 : -1;
}

static void
take_version(struct store *s, struct peer *p, struct wire *wire)
{
	struct err err = { 0 };

	if (!wire_done(wire))
		peer_drop(p);
	else if (ready(s, &err) != 0)
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
		peer_drop(p);
	} else if (ready(s, &err) != 0) {
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
	const char *receipt = wire_get_text(wire, &s->taking->pool);
	size_t begin;

	if (!wire_done(wire)) {
		peer_drop(p);
	} else if (ready(s, &err) != 0 || book_check(&s->book, &check, receipt, &err) != 0) {
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
	struct round *r = s->taking;
	struct put *put = &r->put[r->n];
	struct store_submission submission;
	struct err err = { 0 };

	if (store_submission_get(&submission, wire, &s->taking->pool) != 0) {
		peer_drop(p);
		return;
	}
	*put = (struct put){ .from = p, .entry = pool_take(&s->taking->pool, sizeof(*put->entry)) };
	if (ready(s, &err) != 0 || book_accept(&s->book, put->entry, &submission,
			&s->taking->pool, &err) != 0) {
		put->refused = pool_take(&s->taking->pool, sizeof(err));
		*put->refused = err;
	}
	p->waiting++;
	r->n++;
}

static void
take_ticket(struct store *s, struct peer *p, struct wire *wire)
{
	const char *code = wire_get_text(wire, &s->taking->pool);
	unsigned char hash[TICKET_HASH_N];
	struct ticket_batch batch;
	enum ticket_state state;
	struct err err = { 0 };
	size_t begin;

	if (!wire_done(wire)) {
		peer_drop(p);
	} else if (ready(s, &err) != 0 || book_ticket(&s->book, &state, &batch, hash, code,
			date_now_minute(), &s->taking->pool, &err) != 0) {
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
	return p->waiting > 0 && wire->type != WIRE_PUT;
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

	while (!p->dead && p->out.n == 0 && s->taking->n < s->most) {
		length = wire_frame(&wire, text_str(&p->in) + at, p->in.n - at, WIRE_REQUEST_MAX);
		if (length <= 0 || must_wait(p, &wire))
			break;
		at += (size_t)length;
		taken++;
		if (wire.type >= (int)(sizeof(take) / sizeof(take[0])) || take[wire.type] == NULL)
			peer_drop(p);
		else
			take[wire.type](s, p, &wire);
	}
	if (length < 0)
		peer_drop(p);
	if (at > 0) {
		memmove(p->in.s, p->in.s + at, p->in.n - at);
		p->in.n -= at;
	}
	return taken;
}

/* ---- rounds ---- */

static void
reply_late(struct peer *p, enum err_code late)
{
	struct err err = { 0 };

	if (late == ERR_CONFLICT)
		err_set(&err, late, "这次调查已经结束", "this survey has closed");
	else
		err_set(&err, late, "这个点位已经停用", "this site was withdrawn");
	reply_error(p, &err);
}

static void
reply_stored(struct peer *p, const struct book_entry *entry)
{
	size_t begin = wire_begin(&p->out, WIRE_OK);

	wire_put_text(&p->out, entry->ticket == TICKET_LIVE ? entry->row.receipt : "");
	wire_put_number(&p->out, entry->fresh);
	wire_put_number(&p->out, entry->row.minute);
	wire_put_number(&p->out, entry->ticket);
	wire_put_number(&p->out, entry->same);
	wire_put_number(&p->out, entry->called);
	wire_end(&p->out, begin);
}

static void
reply_put(const struct put *put, const struct batch *batch)
{
	struct peer *p = put->from;

	p->waiting--;
	if (put->refused != NULL)
		reply_error(p, put->refused);
	else if (!batch->stored)
		reply_error(p, &batch->failed);
	else if (put->entry->late != ERR_NONE)
		reply_late(p, put->entry->late);
	else
		reply_stored(p, put->entry);
}

/* Tell everybody of a round what became of it; only now is anybody thanked. */
static void
answer(struct store *s, struct round *r)
{
	for (size_t i = 0; i < r->n; i++)
		reply_put(&r->put[i], &r->batch);
	s->untidy += r->batch.stored ? r->batch.n : 0;
	r->n = 0;
	pool_reset(&r->pool);
}

/* The round that was taken in goes to the writer; one without anything to write
 * is answered at once. */
static void
start_writing(struct store *s)
{
	struct round *r = s->taking;
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		if (r->put[i].refused == NULL)
			r->entry[n++] = r->put[i].entry;
	r->batch = (struct batch){ .entry = r->entry, .n = n };
	if (n == 0) {
		answer(s, r);
		return;
	}
	s->taking = s->writing;
	s->writing = r;
	writer_put(s->writer, &r->batch);
}

static void
finish_writing(struct batch *batch, bool more, void *ctx)
{
	struct store *s = ctx;

	s->more = more;
	if (batch == NULL) {
		s->untidy = 0;
		return;
	}
	/* The writer has closed its handle; while ours is open, SQLite would give it the same
	 * descriptors again. */
	if (!batch->stored)
		book_let_go(&s->book);
	answer(s, s->writing);
}

static void
settle_all(struct store *s)
{
	for (struct peer *p = s->peers.first; p != NULL; p = p->next)
		peer_settle(p);
}

/* Take in, hand over and answer, as far as it goes without waiting. */
static void
serve(struct store *s)
{
	size_t taken;

	settle_all(s);
	do {
		s->looked = false;
		taken = 0;
		for (struct peer *p = s->peers.first; p != NULL; p = p->next)
			taken += take_frames(s, p);
		if (!writer_busy(s->writer) && s->untidy >= UNTIDY_MAX)
			writer_tidy(s->writer);
		if (!writer_busy(s->writer) && s->taking->n > 0)
			start_writing(s);
		if (s->taking->n == 0)
			pool_reset(&s->taking->pool);
		settle_all(s);
	} while (taken > 0);
	peers_sweep(&s->peers);
}

/* ---- the loop's side ---- */

static struct store *
store_of(const struct loop_part *part)
{
	return (struct store *)((char *)part - offsetof(struct store, part));
}

static int64_t
take_turn(struct loop_part *part, int64_t now)
{
	struct store *s = store_of(part);

	(void)now;
	serve(s);
	if (loop_is_quiet(s->loop)) {
		peers_hear(&s->peers);
		if (!writer_busy(s->writer))
			writer_tidy(s->writer);
	}
	return s->more || s->peers.deaf || s->untidy > 0 ? IDLE_MS : NAP_MS;
}

/* What has arrived is still stored and answered. */
static void
stop_taking(struct loop_part *part)
{
	peers_stop(&store_of(part)->peers);
}

static bool
is_writing(const struct loop_part *part)
{
	return writer_busy(store_of(part)->writer);
}

/* ---- start and end ---- */

static int
set_up(struct store *s, int listener, struct err *err)
{
	signal(SIGXFSZ, SIG_IGN);	/* a file-size limit is a full disk, not a reason to die */
	s->loop = loop_open(true, err);
	if (s->loop == NULL || peers_open(&s->peers, s->loop, listener) != 0)
		return err_set_errno(err, ERR_SYSTEM, "存储进程无法启动", "the store cannot start");
	s->part = (struct loop_part){ .turn = take_turn, .stop = stop_taking, .busy = is_writing };
	loop_join(s->loop, &s->part);
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
	writer_close(s->writer);
	peers_close(&s->peers);
	loop_close(s->loop);
	book_close(&s->book);
	pool_clear(&s->round[0].pool);
	pool_clear(&s->round[1].pool);
	free(s);
}

int
store_run(const char *db_path, const char *socket_path, int listen_fd, struct err *err)
{
	return store_run_batched(db_path, socket_path, listen_fd, BATCH_MAX, err);
}

static struct store *
store_new(size_t most)
{
	struct store *s = calloc(1, sizeof(*s));

	if (s == NULL)
		err_die("out of memory");
	s->most = most < BATCH_MAX ? most : BATCH_MAX;
	s->more = true;
	s->taking = &s->round[0];
	s->writing = &s->round[1];
	return s;
}

int
store_run_batched(const char *db_path, const char *socket_path, int listen_fd, size_t most,
	struct err *err)
{
	struct store *s = store_new(most);
	int listener = -1, rc = -1;

	/* The writer first: it brings an older file up to date. */
	if ((s->writer = writer_open(db_path, err)) == NULL ||
			book_open(&s->book, db_path, err) != 0 ||
			(listener = listen_open(socket_path, listen_fd, err)) < 0)
		goto out;
	if (set_up(s, listener, err) != 0 ||
			shut_in(db_path, listen_fd < 0 ? socket_path : NULL, err) != 0 ||
			writer_start(s->writer, s->loop, finish_writing, s, err) != 0)
		goto out;
	loop_run(s->loop);
	rc = 0;
out:
	if (listen_fd < 0 && listener >= 0) {
		close(listener);
		unlink(socket_path);
	}
	tear_down(s);
	return rc;
}
