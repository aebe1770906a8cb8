/* db/db.c, statement.c: files, versions, transactions. */
#include "tests/db/files.h"

#include <pthread.h>
#include <sys/stat.h>

#include "db/engine.h"
#include "db/migrate.h"
#include "db/statement.h"

static void
a_new_database_is_marked_and_holds_the_schema(void **state)
{
	struct db *db = db_fresh("new.db");
	struct stat st;

	(void)state;
	db_close(db);
	assert_string_equal(db_ask(db_path("new.db"), "PRAGMA application_id"), "1298230905");
	assert_int_equal(atoi(db_ask(db_path("new.db"), "PRAGMA user_version")), DB_VERSION);
	assert_string_equal(db_ask(db_path("new.db"), "PRAGMA journal_mode"), "wal");
	assert_string_equal(db_ask(db_path("new.db"),
		"SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
		" AND sql NOT LIKE '%STRICT%'"
		" AND name NOT LIKE 'sqlite_%'"), "0");
	assert_int_equal(stat(db_path("new.db"), &st), 0);
	assert_int_equal(st.st_mode & 07, 0);	/* not for everybody */
	assert_int_equal(files("new.db."), 0);
}

static void
an_existing_file_is_never_overwritten(void **state)
{
	struct err err = { 0 };
	char before[65], after[65];

	(void)state;
	assert_ok(file_write(db_path("mine.txt"), "mine", 4, 0600, &err));
	digest(before, db_path("mine.txt"));
	assert_null(db_create(db_path("mine.txt"), &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	digest(after, db_path("mine.txt"));
	assert_string_equal(before, after);
	assert_int_equal(files("mine.txt"), 1);
}

static void
a_folder_that_is_not_there_is_named(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_null(db_create(db_path("none/x.db"), &err));
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.text, "none/x.db"));
	opens_not(db_path("absent.db"), DB_READ, ERR_MISSING);
	opens_not(db_path("absent.db"), DB_WRITE, ERR_MISSING);
	assert_int_equal(files("absent"), 0);
}

static void
what_is_no_database_of_ours_is_refused_unchanged(void **state)
{
	static const char *const name[] = { "text", "empty", "other.db", "short" };
	struct err err = { 0 };
	char before[65], after[65];

	(void)state;
	assert_ok(file_write(db_path("text"),
		"not a database, but long enough to look like a header of one: "
		"0123456789012345678901234567890123456789", 102, 0600, &err));
	assert_ok(file_write(db_path("empty"), "", 0, 0600, &err));
	assert_ok(file_write(db_path("short"), "SQLite format 3", 16, 0600, &err));
	assert_int_equal(db_shell(db_path("other.db"),
		"CREATE TABLE t (x); PRAGMA user_version = 1"), SQLITE_OK);
	for (size_t i = 0; i < 4; i++)
		for (int mode = DB_READ; mode <= DB_WRITE; mode++) {
			digest(before, db_path(name[i]));
			opens_not(db_path(name[i]), (enum db_mode)mode, ERR_INPUT);
			digest(after, db_path(name[i]));
			assert_string_equal(before, after);
		}
	assert_int_equal(files("text") + files("empty") + files("other.db") + files("short"), 4);
	opens_not(db_folder, DB_READ, ERR_IO);
}

static void
a_path_with_odd_characters_opens(void **state)
{
	struct err err = { 0 };
	struct db *db = db_fresh("odd ?#%20 满意.db");

	(void)state;
	db_close(db);
	db = db_open(db_path("odd ?#%20 满意.db"), DB_READ, &err);
	if (db == NULL)
		fail_msg("%s", err.text);
	db_close(db);
}

static void
a_reader_cannot_write(void **state)
{
	struct err err = { 0 };
	struct db *db = db_fresh("reader.db");

	(void)state;
	db_close(db);
	db = db_open(db_path("reader.db"), DB_READ, &err);
	assert_non_null(db);
	assert_fails(db_set_setting(db, "city", "瓦房店市", &err), ERR_DENIED);
	assert_int_equal(db_catalogue_version(db), 1);
	db_close(db);
	db_close(NULL);
}

static void
a_newer_database_is_refused_and_not_one_byte_changes(void **state)
{
	char before[65], after[65], sql[64];

	(void)state;
	db_close(db_fresh("newer.db"));
	snprintf(sql, sizeof(sql), "PRAGMA user_version = %d", DB_VERSION + 1);
	assert_int_equal(db_shell(db_path("newer.db"), sql), SQLITE_OK);
	digest(before, db_path("newer.db"));
	opens_not(db_path("newer.db"), DB_WRITE, ERR_VERSION);
	opens_not(db_path("newer.db"), DB_READ, ERR_VERSION);
	digest(after, db_path("newer.db"));
	assert_string_equal(before, after);
	assert_int_equal(files("newer.db"), 1);
}

/* The newer program is still running: its version is in the log only, and the
 * log must stay as it is. */
static void
a_newer_version_in_the_log_is_refused_too(void **state)
{
	char before[65], after[65], wal_before[65], wal_after[65], sql[64];
	sqlite3 *raw;

	(void)state;
	db_close(db_fresh("log.db"));
	assert_int_equal(sqlite3_open(db_path("log.db"), &raw), SQLITE_OK);
	snprintf(sql, sizeof(sql), "PRAGMA user_version = %d", DB_VERSION + 1);
	assert_int_equal(sqlite3_exec(raw, sql, NULL, NULL, NULL), SQLITE_OK);
	digest(before, db_path("log.db"));
	digest(wal_before, db_path("log.db-wal"));
	opens_not(db_path("log.db"), DB_WRITE, ERR_VERSION);
	digest(after, db_path("log.db"));
	digest(wal_after, db_path("log.db-wal"));
	sqlite3_close(raw);
	assert_string_equal(before, after);
	assert_string_equal(wal_before, wal_after);
}

static void
what_is_rolled_back_was_never_there(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("undo.db");

	(void)state;
	assert_ok(db_begin(db, &err));
	assert_ok(db_set_setting(db, "city", "甲", &err));
	db_rollback(db);
	db_rollback(db);
	assert_null(db_setting(db, "city", &pool));
	assert_ok(db_begin(db, &err));
	assert_ok(db_set_setting(db, "city", "乙", &err));
	assert_ok(db_commit(db, &err));
	assert_string_equal(db_setting(db, "city", &pool), "乙");
	db_close(db);
	pool_clear(&pool);
}

/* One put is all or nothing inside a larger transaction too. */
static void
a_failed_put_undoes_itself_alone(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct margin bad[2] = {
		{ "sex", "1", 100, "s", "d", "a", false, false },
		{ "sex", "1", 200, "s", "d", "a", false, false },
	}, *margin;
	struct db *db = db_fresh("savepoint.db");
	size_t n;

	(void)state;
	assert_ok(db_begin(db, &err));
	assert_ok(db_set_setting(db, "city", "甲", &err));
	assert_fails(db_put_margins(db, bad, 2, &err), ERR_CONFLICT);
	assert_ok(db_commit(db, &err));
	assert_string_equal(db_setting(db, "city", &pool), "甲");
	assert_ok(db_list_margins(db, &margin, &n, &pool, &err));
	assert_int_equal(n, 0);
	db_close(db);
	pool_clear(&pool);
}

static void
settings_come_and_go_and_move_the_catalogue(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("setting.db");
	int64_t version = db_catalogue_version(db);

	(void)state;
	assert_null(db_setting(db, "city", &pool));
	assert_ok(db_set_setting(db, "city", "瓦房店市", &err));
	assert_true(db_catalogue_version(db) > version);
	version = db_catalogue_version(db);
	assert_ok(db_set_setting(db, "city", "瓦房店市", &err));	/* nothing changed */
	assert_int_equal(db_catalogue_version(db), version);
	assert_ok(db_set_setting(db, "city", "O'Brien; DROP TABLE setting", &err));
	assert_string_equal(db_setting(db, "city", &pool), "O'Brien; DROP TABLE setting");
	assert_ok(db_set_setting(db, "city", NULL, &err));
	assert_null(db_setting(db, "city", &pool));
	assert_true(db_catalogue_version(db) > version);
	assert_fails(db_set_setting(db, "No Such Name", "x", &err), ERR_CONFLICT);
	db_close(db);
	pool_clear(&pool);
}

/* Another handle that wants to write once, as the store does. */
static void *
write_once(void *arg)
{
	struct err err = { 0 };
	struct db *db = db_open(arg, DB_WRITE, &err);

	assert_non_null(db);
	assert_ok(db_set_setting(db, "contact", "x", &err));
	db_close(db);
	return NULL;
}

static void
long_work_gives_way_to_who_waits(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("way.db");
	pthread_t other;
	int pieces = 0;

	(void)state;
	assert_ok(db_begin(db, &err));
	assert_int_equal(pthread_create(&other, NULL, write_once,
		(void *)(uintptr_t)db_path("way.db")), 0);
	while (pieces++ < 100 && db_setting(db, "contact", &pool) == NULL) {
		assert_ok(db_set_setting(db, "city", pool_fmt(&pool, "%d", pieces), &err));
		usleep(50000);
		assert_ok(db_give_way(db, &err));
	}
	assert_true(pieces < 100);
	assert_ok(db_commit(db, &err));
	pthread_join(other, NULL);
	db_close(db);
	pool_clear(&pool);
}

static void
a_view_stays_as_it_was_and_stops_nobody(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("view.db"), *other = db_open(db_path("view.db"), DB_WRITE, &err);

	(void)state;
	assert_ok(db_set_setting(db, "city", "before", &err));
	assert_false(db_only_reads(db));
	assert_ok(db_begin_read(db, &err));
	assert_true(db_only_reads(db));
	assert_ok(db_set_setting(other, "city", "after", &err));
	assert_ok(db_begin_read(db, &err));		/* within it: the same view */
	assert_string_equal(db_setting(db, "city", &pool), "before");
	db_end_read(db);
	assert_string_equal(db_setting(db, "city", &pool), "before");
	assert_fails(db_set_setting(db, "city", "mine", &err), ERR_BUSY);
	assert_fails(db_begin(db, &err), ERR_BUSY);
	db_end_read(db);
	assert_string_equal(db_setting(db, "city", &pool), "after");
	assert_ok(db_set_setting(db, "city", "mine", &err));
	assert_ok(db_begin(db, &err));
	/* within a transaction: its own view, and it may write */
	assert_ok(db_begin_read(db, &err));
	assert_false(db_only_reads(db));
	assert_ok(db_set_setting(db, "city", "still mine", &err));
	db_end_read(db);
	assert_ok(db_commit(db, &err));
	assert_string_equal(db_setting(other, "city", &pool), "still mine");
	db_close(other);
	db_close(db);
	pool_clear(&pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_database_is_marked_and_holds_the_schema),
		cmocka_unit_test(an_existing_file_is_never_overwritten),
		cmocka_unit_test(a_folder_that_is_not_there_is_named),
		cmocka_unit_test(what_is_no_database_of_ours_is_refused_unchanged),
		cmocka_unit_test(a_path_with_odd_characters_opens),
		cmocka_unit_test(a_reader_cannot_write),
		cmocka_unit_test(a_newer_database_is_refused_and_not_one_byte_changes),
		cmocka_unit_test(a_newer_version_in_the_log_is_refused_too),
		cmocka_unit_test(what_is_rolled_back_was_never_there),
		cmocka_unit_test(a_failed_put_undoes_itself_alone),
		cmocka_unit_test(settings_come_and_go_and_move_the_catalogue),
		cmocka_unit_test(long_work_gives_way_to_who_waits),
		cmocka_unit_test(a_view_stays_as_it_was_and_stops_nobody),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
