/* db/migrate.c: an older file is brought forward, whole or not at all. */
#include "tests/db/files.h"

#include "db/migrate.h"

static const struct migration steps[] = {
	{ 101,
		"CREATE TABLE added (x INTEGER NOT NULL) STRICT; INSERT INTO added SELECT count(*)"
		" FROM setting;"
		" PRAGMA user_version = 102", NULL },
	{ 102,
		"ALTER TABLE added ADD COLUMN y TEXT NOT NULL DEFAULT '';"
		" PRAGMA user_version = 103", NULL },
	{ 103,
		"INSERT INTO added VALUES (1, ''); INSERT INTO nowhere"
		" VALUES (1); PRAGMA user_version = 104", NULL },
	{ 104, "SELECT 1", NULL },
};

enum { STEPS = 4 };

static sqlite3 *
old_file(const char *name, int version)
{
	struct db *db = db_fresh(name);
	struct err err = { 0 };
	sqlite3 *raw;
	char sql[64];

	assert_ok(db_set_setting(db, "city", "瓦房店市", &err));
	db_close(db);
	snprintf(sql, sizeof(sql), "PRAGMA user_version = %d", version);
	assert_int_equal(db_shell(db_path(name), sql), SQLITE_OK);
	assert_int_equal(sqlite3_open(db_path(name), &raw), SQLITE_OK);
	return raw;
}

static void
an_older_file_is_brought_forward_and_a_copy_kept(void **state)
{
	sqlite3 *raw = old_file("old.db", 101);
	struct err err = { 0 };

	(void)state;
	assert_ok(db_migrate(raw, db_path("old.db"), steps, STEPS, 103, &err));
	sqlite3_close(raw);
	assert_string_equal(db_ask(db_path("old.db"), "PRAGMA user_version"), "103");
	assert_string_equal(db_ask(db_path("old.db"), "SELECT x || y FROM added"), "1");
	assert_string_equal(db_ask(db_path("old.db.v101"), "PRAGMA user_version"), "101");
	assert_string_equal(db_ask(db_path("old.db.v101"), "SELECT value FROM setting"),
		"瓦房店市");
	assert_string_equal(db_ask(db_path("old.db.v101"),
		"SELECT count(*) FROM sqlite_schema WHERE name = 'added'"), "0");
}

static void
a_step_that_fails_leaves_the_file_as_it_was(void **state)
{
	sqlite3 *raw = old_file("half.db", 101);
	struct err err = { 0 };

	(void)state;
	assert_fails(db_migrate(raw, db_path("half.db"), steps, STEPS, 104, &err), ERR_DB);
	assert_string_equal(db_ask(db_path("half.db"), "PRAGMA user_version"), "101");
	assert_string_equal(db_ask(db_path("half.db"),
		"SELECT count(*) FROM sqlite_schema WHERE name = 'added'"), "0");
	sqlite3_close(raw);
	raw = old_file("forgot.db", 104);
	assert_fails(db_migrate(raw, db_path("forgot.db"), steps, STEPS, 105, &err), ERR_DB);
	assert_string_equal(db_ask(db_path("forgot.db"), "PRAGMA user_version"), "104");
	sqlite3_close(raw);
	raw = old_file("gap.db", 7);
	assert_fails(db_migrate(raw, db_path("gap.db"), steps, STEPS, 103, &err), ERR_VERSION);
	sqlite3_close(raw);
}

static void
two_that_migrate_at_once_do_it_once(void **state)
{
	sqlite3 *a = old_file("twice.db", 101), *b;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(sqlite3_open(db_path("twice.db"), &b), SQLITE_OK);
	assert_ok(db_migrate(a, db_path("twice.db"), steps, STEPS, 103, &err));
	assert_ok(db_migrate(b, db_path("twice.db"), steps, STEPS, 103, &err));
	sqlite3_close(a);
	sqlite3_close(b);
	assert_string_equal(db_ask(db_path("twice.db"), "SELECT count(*) FROM added"), "1");
	assert_string_equal(db_ask(db_path("twice.db.v101"), "PRAGMA user_version"), "101");
}

static void
a_version_no_step_leads_from_is_refused(void **state)
{
	(void)state;
	sqlite3_close(old_file("zero.db", 0));
	opens_not(db_path("zero.db"), DB_WRITE, ERR_VERSION);
	opens_not(db_path("zero.db"), DB_READ, ERR_VERSION);
	assert_string_equal(db_ask(db_path("zero.db"), "PRAGMA user_version"), "0");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_older_file_is_brought_forward_and_a_copy_kept),
		cmocka_unit_test(a_step_that_fails_leaves_the_file_as_it_was),
		cmocka_unit_test(two_that_migrate_at_once_do_it_once),
		cmocka_unit_test(a_version_no_step_leads_from_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
