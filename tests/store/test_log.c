/* store/: the log that holds what was just acknowledged, and how it goes into the file. */
#include "tests/store/store.h"

#include <fcntl.h>

static bool
log_empties(const char *db)
{
	for (int i = 0; i < 1000 && store_log_size(db) > 0; i++)
		usleep(10000);
	return store_log_size(db) == 0;
}

/* One byte in each page of the log: what follows the first is cut off, without a word. */
static void
damage_log(const char *db)
{
	char wal[300], byte;
	int fd;

	snprintf(wal, sizeof(wal), "%s-wal", db);
	fd = open(wal, O_RDWR);
	for (off_t at = 40; fd >= 0 && at < store_log_size(db); at += 2048) {
		assert_int_equal(pread(fd, &byte, 1, at), 1);
		byte ^= 0x10;
		assert_int_equal(pwrite(fd, &byte, 1, at), 1);
	}
	if (fd >= 0)
		close(fd);
}

static void
what_was_thanked_for_is_in_the_file_once_the_store_has_rested(void **state)
{
	struct store_city c;
	struct store_client *client;

	(void)state;
	store_city(&c, "rested.db");
	store_start(&c);
	client = store_client_new(c.socket);
	store_put_some(&c, client, "thanked", 20);
	assert_true(log_empties(c.db));
	store_client_free(client);
	store_stop(&c, SIGKILL);
	damage_log(c.db);
	assert_string_equal(db_ask(c.db, "SELECT count(*) FROM response"), "20");
	pool_clear(&c.pool);
}

static void
who_still_reads_holds_up_nobody_and_the_log_goes_after_him(void **state)
{
	struct store_city c;
	struct store_client *client;
	struct err err = { 0 };
	struct db *db;

	(void)state;
	store_city(&c, "reader.db");
	store_start(&c);
	client = store_client_new(c.socket);
	store_put_some(&c, client, "before", 5);
	db = db_open(c.db, DB_READ, &err);
	assert_non_null(db);
	assert_ok(db_begin_read(db, &err));
	store_put_some(&c, client, "beside", 5);
	sleep(2);
	assert_true(store_log_size(c.db) > 0);
	store_put_some(&c, client, "still", 5);
	db_end_read(db);
	db_close(db);
	assert_true(log_empties(c.db));
	damage_log(c.db);
	assert_string_equal(db_ask(c.db, "SELECT count(*) FROM response"), "15");
	store_client_free(client);
	store_stop(&c, SIGTERM);
	pool_clear(&c.pool);
}

/* The desk and the shell leave their log to the store, which looks for it though nobody answers. */
static void
what_others_wrote_is_copied_by_the_store_alone(void **state)
{
	struct store_city c;
	struct err err = { 0 };
	struct db *db;

	(void)state;
	store_city(&c, "others.db");
	store_start(&c);
	assert_true(log_empties(c.db));
	assert_int_equal(kill(c.pid, SIGSTOP), 0);
	db = db_open(c.db, DB_WRITE, &err);
	assert_non_null(db);
	db_fill(db, c.wave, 0, 20000);			/* more than SQLite itself would leave */
	assert_true(store_log_size(c.db) > 2000 * 4096);
	db_close(db);
	/* the store has it open, so it is the store's */
	assert_true(store_log_size(c.db) > 2000 * 4096);
	assert_int_equal(kill(c.pid, SIGCONT), 0);
	assert_true(log_empties(c.db));
	assert_null(db_open(c.db, DB_STORE, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	store_stop(&c, SIGTERM);
	memset(&err, 0, sizeof(err));
	db = db_open(c.db, DB_STORE, &err);
	assert_non_null(db);
	db_close(db);
	pool_clear(&c.pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_thanked_for_is_in_the_file_once_the_store_has_rested),
		cmocka_unit_test(who_still_reads_holds_up_nobody_and_the_log_goes_after_him),
		cmocka_unit_test(what_others_wrote_is_copied_by_the_store_alone),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
