/* db/db.c: other programs at the file, a full disk, damage. */
#include "tests/db/files.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "db/statement.h"

/* A process that holds the write lock until killed; returns when it has it. */
static pid_t
hold_lock(const char *path)
{
	int pipes[2];
	char c;
	pid_t pid;

	assert_int_equal(pipe(pipes), 0);
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		sqlite3 *raw;

		if (sqlite3_open(path, &raw) != SQLITE_OK || sqlite3_exec(raw, "BEGIN IMMEDIATE",
				NULL, NULL, NULL) != SQLITE_OK || write(pipes[1], "x", 1) != 1)
			_exit(1);
		pause();
	}
	assert_true(pid > 0);
	close(pipes[1]);
	assert_int_equal(read(pipes[0], &c, 1), 1);
	close(pipes[0]);
	return pid;
}

static void
a_locked_database_is_busy_and_still_readable(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("locked.db");
	pid_t pid;

	(void)state;
	assert_ok(db_set_setting(db, "city", "甲", &err));
	pid = hold_lock(db_path("locked.db"));
	assert_fails(db_set_setting(db, "city", "乙", &err), ERR_BUSY);
	assert_fails(db_begin(db, &err), ERR_BUSY);
	assert_string_equal(db_setting(db, "city", &pool), "甲");
	release(pid);
	assert_ok(db_set_setting(db, "city", "乙", &err));
	assert_string_equal(db_setting(db, "city", &pool), "乙");
	db_close(db);
	pool_clear(&pool);
}

static void
a_writer_killed_in_the_middle_leaves_whole_transactions(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("killed.db");
	int64_t wave = db_wave_of(db, db_form("B", &pool), 2024), last;
	pid_t pid;

	(void)state;
	db_close(db);
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		db = db_open(db_path("killed.db"), DB_WRITE, &err);
		for (int i = 0; db != NULL; i += 100)
			db_fill(db, wave, i, i + 100);
		_exit(1);
	}
	db = db_open(db_path("killed.db"), DB_READ, &err);
	assert_non_null(db);
	for (int i = 0; i < 6000 && db_last_response(db) == 0; i++)
		usleep(10000);		/* until it is at work, however busy the machine */
	db_close(db);
	release(pid);
	db = db_open(db_path("killed.db"), DB_WRITE, &err);
	assert_non_null(db);
	last = db_last_response(db);
	assert_true(last > 0);
	assert_int_equal(last % 100, 0);
	assert_ok(db_integrity(db, &err));
	db_close(db);
	pool_clear(&pool);
}

static void
a_full_disk_stores_nothing_and_says_so(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("full.db");
	int64_t wave = db_wave_of(db, db_form("B", &pool), 2024), before;
	struct response_row row[100];
	bool fresh[100];
	char key[100][32], limit[64];
	int i = 0, rc = 0;

	(void)state;
	/* SQLite's own end of the disk: as many pages as there are and a few more. */
	snprintf(limit, sizeof(limit), "PRAGMA max_page_count = %d",
		atoi(db_ask(db_path("full.db"), "PRAGMA page_count")) + 20);
	assert_int_equal(sqlite3_exec(db->sqlite, limit, NULL, NULL, NULL), SQLITE_OK);
	while (rc == 0 && i < 100000) {
		for (int k = 0; k < 100; k++)
			row[k] = db_row(wave, i + k, key[k]);
		before = db_last_response(db);
		rc = db_put_responses(db, row, fresh, 100, &err);
		i += 100;
	}
	assert_int_equal(rc, -1);
	assert_int_equal(err.code, ERR_FULL);
	assert_int_equal(db_last_response(db), before);
	memset(&err, 0, sizeof(err));
	assert_ok(db_integrity(db, &err));
	assert_int_equal(sqlite3_exec(db->sqlite,
		"PRAGMA max_page_count = 1000000", NULL, NULL, NULL), SQLITE_OK);
	assert_ok(db_put_responses(db, row, fresh, 100, &err));
	assert_true(fresh[0] && fresh[99]);
	db_close(db);
	pool_clear(&pool);
}

static void
damage_is_found(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("damaged.db");
	int64_t wave = db_wave_of(db, db_form("B", &pool), 2024);
	static unsigned char noise[4096];
	struct stat st;
	int fd;

	(void)state;
	db_fill(db, wave, 0, 2000);
	assert_ok(db_integrity(db, &err));
	db_close(db);
	assert_int_equal(stat(db_path("damaged.db"), &st), 0);
	memset(noise, 0x5a, sizeof(noise));
	fd = open(db_path("damaged.db"), O_WRONLY);
	for (off_t page = st.st_size / 4096 / 2; page < st.st_size / 4096 / 2 + 5; page++)
		assert_int_equal(pwrite(fd, noise, sizeof(noise), page * 4096), sizeof(noise));
	close(fd);
	db = db_open(db_path("damaged.db"), DB_READ, &err);
	assert_non_null(db);
	assert_fails(db_integrity(db, &err), ERR_DB);
	assert_int_equal(db_backup(db, db_path("damaged.bak"), &err), -1);
	assert_int_equal(files("damaged.bak"), 0);
	db_close(db);
	pool_clear(&pool);
}

static void
counts_that_do_not_fit_the_rows_are_found(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("counts.db");

	(void)state;
	db_fill(db, db_wave_of(db, db_form("B", &pool), 2024), 0, 100);
	assert_ok(db_integrity(db, &err));
	assert_int_equal(db_shell(db_path("counts.db"), "UPDATE fieldwork SET n = n + 1"),
		SQLITE_OK);
	assert_fails(db_integrity(db, &err), ERR_DB);
	db_close(db);
	pool_clear(&pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_locked_database_is_busy_and_still_readable),
		cmocka_unit_test(a_writer_killed_in_the_middle_leaves_whole_transactions),
		cmocka_unit_test(a_full_disk_stores_nothing_and_says_so),
		cmocka_unit_test(damage_is_found),
		cmocka_unit_test(counts_that_do_not_fit_the_rows_are_found),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
