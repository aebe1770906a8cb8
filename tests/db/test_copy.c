/* db/copy.c: whole files under their own name, or none. */
#include "tests/db/files.h"

#include <signal.h>
#include <sys/resource.h>

#include "db/copy.h"

/* The same through the kernel: no file of this process may grow past a limit. */
static void
in_small_files(void (*run)(void))
{
	struct rlimit small = { 65536, 65536 };
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		signal(SIGXFSZ, SIG_IGN);
		if (setrlimit(RLIMIT_FSIZE, &small) != 0)
			_exit(99);
		run();
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void
create_in_small_file(void)
{
	struct err err = { 0 };

	if (db_create(db_path("nofit.db"), &err) != NULL)
		_exit(1);
	if (err.code != ERR_FULL) {
		fprintf(stderr, "# %s\n", err.text);
		_exit(2);
	}
}

static void
backup_in_small_file(void)
{
	struct err err = { 0 };
	struct db *db = db_open(db_path("large.db"), DB_READ, &err);

	if (db == NULL)
		_exit(1);
	if (db_backup(db, db_path("nofit.bak"), &err) == 0)
		_exit(2);
	if (err.code != ERR_FULL)
		_exit(3);
}

/* Here it is the log that cannot grow. */
static void
put_in_small_file(void)
{
	struct response_row row[100];
	bool fresh[100];
	char key[100][32];
	struct err err = { 0 };
	struct db *db = db_open(db_path("large.db"), DB_WRITE, &err);
	int rc = 0;

	if (db == NULL)
		_exit(1);
	for (int i = 1000; rc == 0 && i < 100000; i += 100) {
		for (int k = 0; k < 100; k++)
			row[k] = db_row(1, i + k, key[k]);
		rc = db_put_responses(db, row, fresh, 100, &err);
	}
	if (rc == 0)
		_exit(2);
	if (err.code != ERR_FULL) {
		fprintf(stderr, "# %s\n", err.text);
		_exit(3);
	}
}

static void
no_room_leaves_no_half_made_file(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("large.db");

	(void)state;
	db_fill(db, db_wave_of(db, db_form("B", &pool), 2024), 0, 1000);
	in_small_files(put_in_small_file);
	assert_ok(db_integrity(db, &err));
	assert_int_equal(db_last_response(db) % 100, 0);
	in_small_files(create_in_small_file);
	in_small_files(backup_in_small_file);
	assert_int_equal(files("nofit"), 0);
	db_close(db);
	pool_clear(&pool);
}

static void
a_backup_is_whole_while_another_writes(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("live.db"), *copy;
	int64_t wave = db_wave_of(db, db_form("B", &pool), 2024);
	pid_t pid;

	(void)state;
	db_fill(db, wave, 0, 500);
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		db = db_open(db_path("live.db"), DB_WRITE, &err);
		for (int i = 500; db != NULL; i += 100)
			db_fill(db, wave, i, i + 100);
		_exit(1);
	}
	usleep(50000);
	for (int i = 0; i < 3; i++) {
		char name[32];

		snprintf(name, sizeof(name), "copy%d.db", i);
		assert_ok(db_backup(db, db_path(name), &err));
		copy = db_open(db_path(name), DB_READ, &err);
		assert_non_null(copy);
		assert_int_equal(db_last_response(copy) % 100, 0);
		assert_true(db_last_response(copy) >= 500);
		assert_ok(db_integrity(copy, &err));
		db_close(copy);
	}
	release(pid);
	assert_fails(db_backup(db, db_path("copy0.db"), &err), ERR_CONFLICT);
	assert_fails(db_backup(db, db_path("none/copy.db"), &err), ERR_IO);
	db_close(db);
	pool_clear(&pool);
}

static void
a_finished_file_takes_a_name_that_is_free_or_to_be_replaced(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	const char *path = pool_strdup(&pool, db_path("named.db")), *bytes;
	char *made = db_temporary(path, &pool, &err);
	size_t n;

	(void)state;
	assert_non_null(made);
	assert_string_not_equal(made, path);
	assert_ok(file_write(made, "one", 3, 0600, &err));
	assert_ok(db_settle(made, path, false, &err));
	made = db_temporary(path, &pool, &err);
	assert_ok(file_write(made, "two", 3, 0600, &err));
	assert_fails(db_settle(made, path, false, &err), ERR_CONFLICT);
	assert_ok(file_read(&bytes, &n, path, 0, &pool, &err));
	assert_memory_equal(bytes, "one", 3);
	made = db_temporary(path, &pool, &err);
	assert_ok(file_write(made, "two", 3, 0600, &err));
	assert_ok(db_settle(made, path, true, &err));
	assert_ok(file_read(&bytes, &n, path, 0, &pool, &err));
	assert_memory_equal(bytes, "two", 3);
	made = db_temporary(path, &pool, &err);
	db_discard(made);
	assert_int_equal(access(made, F_OK), -1);
	pool_clear(&pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_room_leaves_no_half_made_file),
		cmocka_unit_test(a_finished_file_takes_a_name_that_is_free_or_to_be_replaced),
		cmocka_unit_test(a_backup_is_whole_while_another_writes),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
