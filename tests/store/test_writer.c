/* store/writer: a batch or housekeeping on its thread, and what the loop is told of it. */
#include "tests/store/store.h"

#include "store/writer.h"

/* A writer of a fresh city, its loop, and what came of what it was given last. */
struct desk {
	struct store_city city;
	struct loop *loop;
	struct writer *writer;
	struct book book;
	struct pool pool;
	struct book_entry entry[2], *all[2];
	struct batch batch, *told;
	int calls;
	bool more;
};

static void
take_note(struct batch *batch, bool more, void *ctx)
{
	struct desk *d = ctx;

	assert_false(writer_busy(d->writer));
	d->told = batch;
	d->more = more;
	d->calls++;
}

static void
open_desk(struct desk *d, const char *name)
{
	struct err err = { 0 };

	*d = (struct desk){ .all = { &d->entry[0], &d->entry[1] } };
	store_city(&d->city, name);
	assert_ok(book_open(&d->book, d->city.db, &err));
	d->writer = writer_open(d->city.db, &err);
	d->loop = loop_open(false, &err);
	assert_true(d->writer != NULL && d->loop != NULL);
	assert_ok(writer_start(d->writer, d->loop, take_note, d, &err));
	for (int i = 0; i < 2; i++) {
		struct store_submission s = store_submission(&d->city, i == 0 ? "one" : "two");

		s.answers = store_answers(d->city.form, "level=4", &d->pool);
		assert_ok(book_accept(&d->book, &d->entry[i], &s, &d->pool, &err));
	}
	d->batch = (struct batch){ .entry = d->all, .n = 2 };
}

static void
close_desk(struct desk *d)
{
	writer_close(d->writer);
	loop_close(d->loop);
	book_close(&d->book);
	pool_clear(&d->pool);
	pool_clear(&d->city.pool);
}

static void
wait_for(struct desk *d, int calls)
{
	assert_true(writer_busy(d->writer));
	for (int i = 0; i < 200 && d->calls < calls; i++)
		loop_step(d->loop, 100);
	assert_int_equal(d->calls, calls);
}

static void
a_batch_is_on_disk_when_the_loop_is_told(void **state)
{
	struct desk d;

	(void)state;
	open_desk(&d, "writer.db");
	writer_put(d.writer, &d.batch);
	wait_for(&d, 1);
	assert_ptr_equal(d.told, &d.batch);
	assert_true(d.batch.stored && d.entry[0].fresh && d.entry[1].fresh);
	assert_string_equal(db_ask(d.city.db, "SELECT count(*) FROM response"), "2");
	close_desk(&d);
}

static void
tidying_is_told_with_no_batch_until_there_is_no_more(void **state)
{
	struct desk d;
	int calls = 1;

	(void)state;
	open_desk(&d, "tidies.db");
	writer_put(d.writer, &d.batch);
	wait_for(&d, calls);
	do {
		assert_true(calls < 500);
		writer_tidy(d.writer);
		wait_for(&d, ++calls);
		assert_null(d.told);
		usleep(20000);	/* the log is copied when a second has passed */
	} while (d.more);
	close_desk(&d);
}

static void
a_batch_that_fails_says_why_and_the_next_is_taken(void **state)
{
	struct desk d;

	(void)state;
	open_desk(&d, "fails.db");
	assert_int_equal(db_shell(d.city.db, "CREATE TRIGGER no BEFORE INSERT ON response BEGIN"
		" SELECT RAISE(ABORT, 'no'); END"), SQLITE_OK);
	writer_put(d.writer, &d.batch);
	wait_for(&d, 1);
	assert_ptr_equal(d.told, &d.batch);
	assert_false(d.batch.stored);
	assert_int_not_equal(d.batch.failed.code, ERR_NONE);
	book_let_go(&d.book);
	assert_int_equal(db_shell(d.city.db, "DROP TRIGGER no"), SQLITE_OK);
	writer_put(d.writer, &d.batch);
	wait_for(&d, 2);
	assert_true(d.batch.stored);
	assert_int_equal(d.batch.failed.code, ERR_NONE);
	close_desk(&d);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_batch_is_on_disk_when_the_loop_is_told),
		cmocka_unit_test(tidying_is_told_with_no_batch_until_there_is_no_more),
		cmocka_unit_test(a_batch_that_fails_says_why_and_the_next_is_taken),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
