/* Tickets from the making to the answer: used once, never tied to it. */
#include "tests/store/store.h"

#include <sys/stat.h>

#include "db/ticket.h"
#include "ledger/ticket.h"
#include "store/pen.h"
#include "db/row.h"

/* The city with tickets of one batch; code[TICKETS]. */
enum { TICKETS = 40 };

struct hall {
	struct store_city c;
	struct book book;
	struct pen pen;
	struct ticket_key key;
	int64_t batch;
	char code[TICKETS][TICKET_CODE_N + 1];
};

static void
forget_log(struct db *db)
{
	struct err err = { 0 };
	bool left;

	assert_ok(db_copy_log(db, &left, &err));
	assert_false(left);
}

static void
make_batch(struct hall *h, struct ticket_batch *b, size_t n, char code[][TICKET_CODE_N + 1])
{
	unsigned char hash[TICKETS][TICKET_HASH_N];
	struct err err = { 0 };
	struct db *db = db_open(h->c.db, DB_WRITE, &err);

	for (size_t i = 0; i < n; i++) {
		ticket_code(code[i]);
		ticket_hash(hash[i], &h->key, code[i]);
	}
	assert_ok(db_put_tickets(db, b, hash, n, &err));
	db_close(db);
}

static struct ticket_batch
batch_of(const struct hall *h)
{
	return (struct ticket_batch){ .wave = h->c.wave, .stratum = "城区", .cluster = "c7",
		.weight = 2500000, .issued = 28000000, .note = "入户" };
}

static void
hall_open(struct hall *h, const char *name)
{
	struct ticket_batch b;
	struct err err = { 0 };
	struct pool pool = POOL_INIT;

	*h = (struct hall){ 0 };
	store_city(&h->c, name);
	assert_ok(ticket_key_ready(&h->key, ticket_key_path(h->c.db, &pool), h->c.db, &err));
	b = batch_of(h);
	make_batch(h, &b, TICKETS, h->code);
	h->batch = b.id;
	assert_ok(book_open(&h->book, h->c.db, &err));
	assert_ok(pen_open(&h->pen, h->c.db, &err));
	pool_clear(&pool);
}

static void
hall_close(struct hall *h)
{
	book_close(&h->book);
	pen_close(&h->pen);
	pool_clear(&h->c.pool);
}

static struct store_submission
with_ticket(const struct hall *h, const char *key, const char *code)
{
	struct store_submission s = store_submission(&h->c, key);

	s.site = "";
	s.stream = "sampled";
	s.mode = "ticket";
	s.ticket = code;
	s.answers = "[\"5\",[\"11\"],null,null,null,null,null,null,null]";
	return s;
}

/* As a batch of submissions is served; every one must be acceptable but for its ticket. */
static void
hand_in(struct hall *h, struct book_entry entry[], const struct store_submission s[], size_t n)
{
	struct book_entry *all[TICKETS];
	struct err err = { 0 };

	for (size_t i = 0; i < n; i++) {
		struct store_submission fits = s[i];

		fits.answers = store_answers(h->c.form, "level=5&reason=11", &h->c.pool);
		assert_ok(book_accept(&h->book, &entry[i], &fits, &h->c.pool, &err));
		all[i] = &entry[i];
	}
	assert_ok(pen_write(&h->pen, all, n, &err));
}

static enum ticket_state
state_of(struct hall *h, const char *code)
{
	unsigned char hash[TICKET_HASH_N];
	struct ticket_batch b;
	enum ticket_state state;
	struct err err = { 0 };

	assert_ok(book_ticket(&h->book, &state, &b, hash, code, -1, &h->c.pool, &err));
	return state;
}

static void
a_ticket_brings_its_answer_into_the_sample_and_is_used_up(void **state)
{
	struct hall h;
	struct book_entry e;
	struct store_submission s;

	(void)state;
	hall_open(&h, "used.db");
	assert_int_equal(state_of(&h, h.code[0]), TICKET_LIVE);
	s = with_ticket(&h, "key-one", h.code[0]);
	hand_in(&h, &e, &s, 1);
	assert_int_equal(e.ticket, TICKET_LIVE);
	assert_true(e.fresh);
	assert_string_equal(db_ask(h.c.db,
		"SELECT stream || mode || stratum || cluster || weight FROM response"),
		"sampledticket城区c72500000");
	assert_string_equal(db_ask(h.c.db,
		"SELECT state || count(*) FROM ticket GROUP BY state ORDER BY 1"), "live39");
	assert_int_equal(state_of(&h, h.code[0]), TICKET_USED);
	assert_int_equal(state_of(&h, h.code[1]), TICKET_LIVE);
	s.key = "key-two";
	hand_in(&h, &e, &s, 1);
	assert_int_equal(e.ticket, TICKET_USED);
	assert_false(e.fresh);
	assert_string_equal(db_ask(h.c.db, "SELECT count(*) FROM response"), "1");
	hall_close(&h);
}

static void
a_resend_gets_the_same_receipt_though_its_ticket_is_used(void **state)
{
	struct hall h;
	struct book_entry first, again;
	struct store_submission s;

	(void)state;
	hall_open(&h, "resend.db");
	s = with_ticket(&h, "key-one", h.code[3]);
	hand_in(&h, &first, &s, 1);
	hand_in(&h, &again, &s, 1);
	assert_int_equal(again.ticket, TICKET_LIVE);
	assert_false(again.fresh);
	assert_string_equal(again.row.receipt, first.row.receipt);
	/* and another ticket with the same key is not spent for it */
	s.ticket = h.code[4];
	hand_in(&h, &again, &s, 1);
	assert_string_equal(again.row.receipt, first.row.receipt);
	assert_int_equal(state_of(&h, h.code[4]), TICKET_LIVE);
	assert_string_equal(db_ask(h.c.db, "SELECT count(*) FROM response"), "1");
	hall_close(&h);
}

static void
of_many_at_once_with_one_ticket_one_counts(void **state)
{
	static const char *const key[] = { "k-1", "k-2", "k-2", "k-3", "k-1" };
	struct hall h;
	struct book_entry e[5];
	struct store_submission s[5];
	int stored = 0, refused = 0;

	(void)state;
	hall_open(&h, "many.db");
	for (int i = 0; i < 5; i++)
		s[i] = with_ticket(&h, key[i], h.code[9]);
	s[3] = store_submission(&h.c, "k-3");	/* somebody without a ticket stands between them */
	hand_in(&h, e, s, 5);
	for (int i = 0; i < 5; i++) {
		stored += e[i].ticket == TICKET_LIVE;
		refused += e[i].ticket == TICKET_USED;
	}
	assert_int_equal(stored, 3);	/* the first, its resend, and the one without */
	assert_int_equal(refused, 2);
	assert_string_equal(e[4].row.receipt, e[0].row.receipt);
	assert_string_equal(db_ask(h.c.db, "SELECT group_concat(key, ' ') FROM response"),
		"k-1 k-3");
	assert_string_equal(db_ask(h.c.db, "SELECT sum(n) FROM fieldwork"), "2");
	hall_close(&h);
}

/* Tickets that open nothing, and why: of a past day, of another form, of a closed
 * wave, void, unknown. */
enum { USELESS = 6 };
struct useless {
	char code[TICKET_CODE_N + 1];
	enum ticket_state want;
};

static void
make_useless(struct hall *h, struct db *db, struct useless ticket[USELESS])
{
	static const enum ticket_state want[USELESS] = { TICKET_EXPIRED, TICKET_OTHER,
		TICKET_CLOSED, TICKET_VOID, TICKET_UNKNOWN, TICKET_UNKNOWN };
	struct ticket_batch b = batch_of(h);
	unsigned char hash[TICKET_HASH_N];
	struct err err = { 0 };
	bool done;

	b.expires = 28000001;
	make_batch(h, &b, 1, &ticket[0].code);
	b = batch_of(h);
	b.wave = db_wave_of(db, db_form("A", &h->c.pool), 2024);
	make_batch(h, &b, 1, &ticket[1].code);
	b.wave = db_wave_of(db, db_form("C", &h->c.pool), 2023);
	make_batch(h, &b, 1, &ticket[2].code);
	assert_ok(db_close_wave(db, b.wave, &err));
	ticket_hash(hash, &h->key, h->code[2]);
	assert_ok(db_void_ticket(db, hash, &done, &err));
	assert_true(done);
	strcpy(ticket[3].code, h->code[2]);
	strcpy(ticket[4].code, "0123456789AB");
	strcpy(ticket[5].code, "x");
	for (int i = 0; i < USELESS; i++)
		ticket[i].want = want[i];
}

static void
a_ticket_that_cannot_be_used_says_why_and_stores_nothing(void **state)
{
	struct useless ticket[USELESS];
	struct hall h;
	struct book_entry e;
	struct store_submission s;
	struct err err = { 0 };
	struct db *db;
	int64_t n;

	(void)state;
	hall_open(&h, "refused.db");
	db = db_open(h.c.db, DB_WRITE, &err);
	make_useless(&h, db, ticket);
	for (int i = 0; i < USELESS; i++) {
		s = with_ticket(&h, "key-one", ticket[i].code);
		assert_ok(book_refresh(&h.book, &err));
		hand_in(&h, &e, &s, 1);
		if (e.ticket != ticket[i].want)
			fail_msg("%s: %d instead of %d", ticket[i].code, e.ticket, ticket[i].want);
	}
	assert_string_equal(db_ask(h.c.db, "SELECT count(*) FROM response"), "0");
	assert_ok(db_void_batch(db, h.batch, &n, &err));
	assert_int_equal(n, TICKETS - 1);
	assert_ok(db_void_batch(db, h.batch, &n, &err));
	assert_int_equal(n, 0);
	db_close(db);
	hall_close(&h);
}

/* Only a ticket makes an answer a sampled one, and a ticket's answer is nothing else. */
static void
the_sample_cannot_be_joined_without_a_ticket(void **state)
{
	struct hall h;
	struct book_entry e;
	struct store_submission s;
	struct err err = { 0 };

	(void)state;
	hall_open(&h, "joined.db");
	s = store_submission(&h.c, "k");
	s.stream = "sampled";
	assert_fails(book_accept(&h.book, &e, &s, &h.c.pool, &err), ERR_INPUT);
	s.mode = "ticket";
	assert_fails(book_accept(&h.book, &e, &s, &h.c.pool, &err), ERR_INPUT);
	s = with_ticket(&h, "k", h.code[0]);
	s.stream = "open";
	assert_fails(book_accept(&h.book, &e, &s, &h.c.pool, &err), ERR_INPUT);
	hall_close(&h);
}

static void
a_batch_that_fails_leaves_the_ticket_live(void **state)
{
	struct hall h;
	struct book_entry e[2], *all[2] = { &e[0], &e[1] };
	struct store_submission s[2];
	struct err err = { 0 };

	(void)state;
	hall_open(&h, "fails.db");
	s[0] = with_ticket(&h, "key-one", h.code[0]);
	s[1] = store_submission(&h.c, "key-two");
	for (int i = 0; i < 2; i++) {
		s[i].answers = store_answers(h.c.form, "level=5&reason=11", &h.c.pool);
		assert_ok(book_accept(&h.book, &e[i], &s[i], &h.c.pool, &err));
	}
	e[1].row.weight = 0;	/* the table refuses it, and with it the batch */
	assert_int_equal(pen_write(&h.pen, all, 2, &err), -1);
	assert_string_equal(db_ask(h.c.db, "SELECT count(*) FROM response"), "0");
	assert_string_equal(db_ask(h.c.db, "SELECT count(*) FROM ticket WHERE state = 'live'"),
		"40");
	hall_close(&h);
}

/* ---- no way back from an answer to its ticket ---- */

/* Every page of the tickets' table, one after the other. */
static struct text
ticket_pages(const char *path)
{
	struct text out = TEXT_INIT;
	char at[4096];
	const char *bytes;
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	size_t n, size = (size_t)atoi(db_ask(path, "PRAGMA page_size"));

	snprintf(at, sizeof(at), "%s", db_ask(path,
		"SELECT group_concat(pageno, ' ') FROM (SELECT pageno FROM dbstat"
		" WHERE name = 'ticket' ORDER BY path)"));
	assert_ok(file_read(&bytes, &n, path, 0, &pool, &err));
	for (char *p = strtok(at, " "); p != NULL; p = strtok(NULL, " "))
		text_add(&out, bytes + ((size_t)atoi(p) - 1) * size, size);
	assert_true(out.n >= size);
	pool_clear(&pool);
	return out;
}

/* The same tickets used in opposite order, with the same answers, leave the same bytes. */
static void
the_order_of_use_leaves_no_trace_among_the_tickets(void **state)
{
	static const char *const name[2] = { "forth.db", "back.db" };
	struct text page[2];
	unsigned char hash[TICKETS][TICKET_HASH_N];

	(void)state;
	for (size_t i = 0; i < TICKETS; i++)
		memset(hash[i], (int)(i * 89 % 251), TICKET_HASH_N);
	for (int d = 0; d < 2; d++) {
		struct hall h;
		struct ticket_batch b;
		struct err err = { 0 };
		bool spent;

		h = (struct hall){ 0 };
		store_city(&h.c, name[d]);
		h.pen.db = db_open(h.c.db, DB_WRITE, &err);
		b = batch_of(&h);
		assert_ok(db_put_tickets(h.pen.db, &b, hash, TICKETS, &err));
		for (int i = 0; i < TICKETS; i += 2) {
			assert_ok(db_spend_ticket(h.pen.db, hash[d == 0 ? i : TICKETS - 2 - i],
				&spent, &err));
			assert_true(spent);
		}
		forget_log(h.pen.db);
		db_close(h.pen.db);
		page[d] = ticket_pages(h.c.db);
		pool_clear(&h.c.pool);
	}
	assert_int_equal(page[0].n, page[1].n);
	assert_memory_equal(page[0].s, page[1].s, page[0].n);
	text_clear(&page[0]);
	text_clear(&page[1]);
}

static void
the_log_that_would_tie_them_is_emptied_when_the_store_rests(void **state)
{
	struct hall h;
	struct store_client *client;
	struct store_submission s;
	struct store_receipt receipt;
	struct store_ticket ticket;
	struct err err = { 0 };
	struct stat st;
	char wal[300];

	(void)state;
	hall_open(&h, "rests.db");
	book_close(&h.book);
	pen_close(&h.pen);
	store_start(&h.c);
	client = store_client_new(h.c.socket);
	assert_ok(store_ticket(client, &ticket, h.code[5], &err));
	assert_int_equal(ticket.state, TICKET_LIVE);
	assert_int_equal(ticket.wave, h.c.wave);
	assert_string_equal(ticket.site, "");
	s = with_ticket(&h, "key-one", h.code[5]);
	s.answers = store_answers(h.c.form, "level=5&reason=11", &h.c.pool);
	s.paradata = (struct paradata){ .screens = 3, .client = "wechat" };
	assert_ok(store_put(client, &receipt, &s, &err));
	assert_int_equal(receipt.ticket, TICKET_LIVE);
	assert_int_equal(strlen(receipt.receipt), 16);
	s.key = "key-two";
	assert_ok(store_put(client, &receipt, &s, &err));
	assert_int_equal(receipt.ticket, TICKET_USED);
	assert_string_equal(receipt.receipt, "");
	assert_ok(store_ticket(client, &ticket, h.code[5], &err));
	assert_int_equal(ticket.state, TICKET_USED);
	snprintf(wal, sizeof(wal), "%s-wal", h.c.db);
	for (int i = 0; i < 300 && (stat(wal, &st) != 0 || st.st_size > 0); i++)
		usleep(10000);
	assert_int_equal(stat(wal, &st), 0);
	assert_int_equal(st.st_size, 0);
	store_client_free(client);
	store_stop(&h.c, SIGTERM);
	pool_clear(&h.c.pool);
}

static bool
holds(const char *path, const void *what, size_t n)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	const char *bytes;
	size_t size;
	bool found;

	assert_ok(file_read(&bytes, &size, path, 0, &pool, &err));
	found = memmem(bytes, size, what, n) != NULL;
	pool_clear(&pool);
	return found;
}

static void
the_database_knows_neither_code_nor_key(void **state)
{
	struct hall h;
	struct ticket_key zero = { { 0 } };
	unsigned char hash[TICKET_HASH_N], plain[TICKET_HASH_N];
	struct stat st;

	(void)state;
	hall_open(&h, "knows.db");
	forget_log(h.pen.db);
	ticket_hash(hash, &h.key, h.code[0]);
	ticket_hash(plain, &zero, h.code[0]);
	assert_true(holds(h.c.db, hash, sizeof(hash)));
	assert_false(holds(h.c.db, plain, sizeof(plain)));
	assert_false(holds(h.c.db, h.code[0], TICKET_CODE_N));
	assert_false(holds(h.c.db, h.key.bytes, sizeof(h.key.bytes)));
	assert_int_equal(stat(ticket_key_path(h.c.db, &h.c.pool), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	hall_close(&h);
}

static void
a_key_others_can_read_is_refused(void **state)
{
	struct ticket_key key;
	struct err err = { 0 };

	(void)state;
	assert_fails(ticket_key_load(&key, db_path("none.key"), &err), ERR_MISSING);
	assert_ok(file_write(db_path("wide.key"), "x", 1, 0644, &err));
	assert_fails(ticket_key_load(&key, db_path("wide.key"), &err), ERR_DENIED);
	assert_ok(file_write(db_path("odd.key"), "x", 1, 0600, &err));
	assert_fails(ticket_key_load(&key, db_path("odd.key"), &err), ERR_INPUT);
}

/* ---- how it was filled in ---- */

static void
paradata_is_kept_and_not_beyond_its_range(void **state)
{
	struct hall h;
	struct book_entry e;
	struct store_submission s;
	struct err err = { 0 };

	(void)state;
	hall_open(&h, "coarse.db");
	s = store_submission(&h.c, "k");
	s.paradata = (struct paradata){ .screens = 4, .dont_know = 9, .resends = 2, .rush = 3,
		.client = "tablet" };
	hand_in(&h, &e, &s, 1);
	assert_string_equal(db_ask(h.c.db,
		"SELECT screens || ',' || dont_know || ',' || resends || client || rush"
		" FROM response"), "4,0,2tablet3");	/* 98s are counted, not believed */
	s.paradata.screens = 100;
	assert_fails(book_accept(&h.book, &e, &s, &h.c.pool, &err), ERR_INPUT);
	s.paradata.screens = 4;
	s.paradata.client = "iPhone 15";
	assert_fails(book_accept(&h.book, &e, &s, &h.c.pool, &err), ERR_INPUT);
	s.paradata.client = "";
	s.paradata.rush = 4;
	assert_fails(book_accept(&h.book, &e, &s, &h.c.pool, &err), ERR_INPUT);
	hall_close(&h);
}

static void
the_leaf_covers_it(void **state)
{
	struct hall h;
	struct book_entry e;
	struct store_submission s;
	struct store_check check;
	struct err err = { 0 };

	(void)state;
	hall_open(&h, "covers.db");
	s = store_submission(&h.c, "k");
	s.paradata = (struct paradata){ .screens = 4, .client = "phone" };
	hand_in(&h, &e, &s, 1);
	assert_ok(book_check(&h.book, &check, e.row.receipt, &err));
	assert_true(check.found && check.unchanged);
	assert_int_equal(db_shell(h.c.db,
		"DROP TRIGGER response_fixed; UPDATE response SET rush = 1"), SQLITE_OK);
	assert_ok(book_check(&h.book, &check, e.row.receipt, &err));
	assert_true(check.found && !check.unchanged);
	hall_close(&h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_ticket_brings_its_answer_into_the_sample_and_is_used_up),
		cmocka_unit_test(a_resend_gets_the_same_receipt_though_its_ticket_is_used),
		cmocka_unit_test(of_many_at_once_with_one_ticket_one_counts),
		cmocka_unit_test(a_ticket_that_cannot_be_used_says_why_and_stores_nothing),
		cmocka_unit_test(the_sample_cannot_be_joined_without_a_ticket),
		cmocka_unit_test(a_batch_that_fails_leaves_the_ticket_live),
		cmocka_unit_test(the_order_of_use_leaves_no_trace_among_the_tickets),
		cmocka_unit_test(the_log_that_would_tie_them_is_emptied_when_the_store_rests),
		cmocka_unit_test(the_database_knows_neither_code_nor_key),
		cmocka_unit_test(a_key_others_can_read_is_refused),
		cmocka_unit_test(paradata_is_kept_and_not_beyond_its_range),
		cmocka_unit_test(the_leaf_covers_it),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
