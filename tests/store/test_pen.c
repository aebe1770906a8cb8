/* store/: the book and the pen without a process around them: what is read, written,
 * and put in order later. */
#include "tests/store/store.h"

#include <pthread.h>
#include <stdatomic.h>

#include "store/pen.h"

/* Receipts in the index that lead elsewhere, and rows that it should hold and does not. */
#define MISLED \
	"SELECT count(*) FROM response r LEFT JOIN receipt i ON i.receipt = r.receipt" \
	" WHERE i.response <> r.id OR" \
	" (i.response IS NULL AND r.id <= (SELECT value FROM counter WHERE name = 'receipt'))"

static void
housekeeping_orders_receipts_and_drops_phones(void **state)
{
	struct store_city c;
	struct err err = { 0 };
	struct pen pen;
	struct db *db;

	(void)state;
	store_city(&c, "tidy.db");
	db = db_open(c.db, DB_WRITE, &err);
	db_fill(db, c.wave, 0, 25000);
	assert_ok(db_put_callback(db, "13800000001", 0, 1000, 2000, &err));
	db_close(db);
	assert_ok(pen_open(&pen, c.db, &err));
	assert_true(pen_tidy(&pen));
	/* nobody waits long */
	assert_in_range(atoi(db_ask(c.db, "SELECT count(*) FROM receipt")), 1, 5000);
	for (int i = 0; pen_tidy(&pen); i++)
		assert_true(i < 100);
	pen_close(&pen);
	assert_string_equal(db_ask(c.db, "SELECT count(*) FROM receipt"), "25000");
	assert_string_equal(db_ask(c.db, MISLED), "0");
	assert_string_equal(db_ask(c.db, "SELECT count(*) FROM callback"), "0");
	pool_clear(&c.pool);
}

enum { BATCH_N = 500 };

/* So many new answers in one batch; the last with a phone that the table
 * refuses, if it is to fail. */
static void
write_batch(struct pen *pen, struct book *book, struct store_city *c, int from, bool fails)
{
	struct book_entry entry[BATCH_N], *batch[BATCH_N];
	struct store_submission s = store_submission(c, "");
	struct pool pool = POOL_INIT;
	struct err err = { 0 };

	s.answers = store_answers(c->form, "level=5", &pool);
	for (int i = 0; i < BATCH_N; i++) {
		s.key = pool_fmt(&pool, "batch-%d-%d", from, i);
		assert_ok(book_accept(book, &entry[i], &s, &pool, &err));
		batch[i] = &entry[i];
	}
	if (fails) {
		entry[BATCH_N - 1].phone = "1";
		assert_int_equal(pen_write(pen, batch, BATCH_N, &err), -1);
	} else {
		assert_ok(pen_write(pen, batch, BATCH_N, &err));
	}
	pool_clear(&pool);
}

static void
tidy_all(struct pen *pen)
{
	for (int i = 0; pen_tidy(pen); i++) {
		assert_true(i < 1000);
		usleep(20000);		/* the log waits until nobody has answered for a second */
	}
}

/* Nobody is ever silent: receipts must follow all the same, in small steps, whatever happens to a
 * batch among them. */
static void
receipts_follow_answers_that_come_without_a_pause(void **state)
{
	enum { BEFORE = 40000, BATCHES = 60 };
	struct store_city c;
	struct err err = { 0 };
	struct receipt_run other = { .n = 0 };
	struct book book;
	struct pen pen;
	struct db *db;
	int had = 0, has;

	(void)state;
	store_city(&c, "unceasing.db");
	db = db_open(c.db, DB_WRITE, &err);
	db_fill(db, c.wave, 0, BEFORE);
	assert_ok(pen_open(&pen, c.db, &err));
	assert_ok(book_open(&book, c.db, &err));
	for (int i = 0; i < BATCHES; i++) {
		write_batch(&pen, &book, &c, i, i == 20);
		if (i == 40) {		/* another program puts some there, too */
			assert_ok(db_gather_receipts(db, &other, 30000, &err));
			assert_ok(db_index_receipts(db, &other, 30000, &err));
			had = atoi(db_ask(c.db, "SELECT count(*) FROM receipt"));
		}
		has = atoi(db_ask(c.db, "SELECT count(*) FROM receipt"));
		assert_in_range(has - had, 0, 2 * BATCH_N);
		had = has;
	}
	assert_in_range(had, (BATCHES - 2) * BATCH_N, BEFORE + BATCHES * BATCH_N);
	assert_string_equal(db_ask(c.db, MISLED), "0");
	tidy_all(&pen);
	assert_int_equal(atoi(db_ask(c.db, "SELECT count(*) FROM receipt")),
		BEFORE + (BATCHES - 1) * BATCH_N);
	assert_string_equal(db_ask(c.db, MISLED), "0");
	receipt_run_clear(&other);
	db_close(db);
	book_close(&book);
	pen_close(&pen);
	pool_clear(&c.pool);
}

/* So many batches without a pause; the most pages the log ever had. */
static long
write_on(struct store_city *c, int batches)
{
	struct err err = { 0 };
	struct book book;
	struct pen pen;
	long most = 0;

	assert_ok(pen_open(&pen, c->db, &err));
	assert_ok(book_open(&book, c->db, &err));
	for (int i = 0; i < batches; i++) {
		write_batch(&pen, &book, c, i, false);
		most = store_log_size(c->db) / 4096 > most ? store_log_size(c->db) / 4096 : most;
	}
	book_close(&book);
	pen_close(&pen);
	return most;
}

static void
a_store_that_never_rests_keeps_its_log_short(void **state)
{
	struct store_city c;

	(void)state;
	store_city(&c, "restless.db");
	assert_in_range(write_on(&c, 100), 500, 3000);
	assert_int_equal(store_log_size(c.db), 0);
	pool_clear(&c.pool);
}

/* Pages asked for one after another, each before the last is done: there is always one
 * that looks at the log. */
static atomic_bool reading;

static void *
read_on(void *arg)
{
	struct err err = { 0 };
	struct db *db = db_open(arg, DB_READ, &err);

	assert_non_null(db);
	while (reading) {
		assert_ok(db_begin_read(db, &err));
		usleep(60000);
		db_end_read(db);
	}
	db_close(db);
	return NULL;
}

static void
readers_without_a_gap_do_not_let_it_grow_for_ever(void **state)
{
	struct store_city c;
	pthread_t reader[3];

	(void)state;
	store_city(&c, "readers.db");
	reading = true;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(pthread_create(&reader[i], NULL, read_on, (void *)(uintptr_t)c.db),
			0);
		usleep(20000);
	}
	assert_in_range(write_on(&c, 500), 3000, 20000);
	reading = false;
	for (int i = 0; i < 3; i++)
		pthread_join(reader[i], NULL);
	pool_clear(&c.pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(housekeeping_orders_receipts_and_drops_phones),
		cmocka_unit_test(receipts_follow_answers_that_come_without_a_pause),
		cmocka_unit_test(a_store_that_never_rests_keeps_its_log_short),
		cmocka_unit_test(readers_without_a_gap_do_not_let_it_grow_for_ever),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
