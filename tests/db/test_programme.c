/* db/programme.c: programmes are appended; the last is in force, and no row with records goes. */
#include "tests/db/tracker.h"

#include "db/track.h"

static void
the_last_programme_is_in_force_and_the_others_stay(void **state)
{
	static const char *const other[] = { "2", "12" };
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("programme.db");
	struct programme_row row, *all;
	size_t n;

	(void)state;
	assert_fails(db_get_programme(db, &row, &pool, &err), ERR_MISSING);
	assert_ok(put_table(db, "{\"a\":1}", table, 3, &err));
	assert_ok(put_table(db, "{\"a\":2}", other, 2, &err));
	assert_ok(db_get_programme(db, &row, &pool, &err));
	assert_int_equal(row.id, 2);
	assert_string_equal(row.body, "{\"a\":2}");
	assert_ok(db_list_programmes(db, &all, &n, &pool, &err));
	assert_int_equal(n, 2);
	assert_string_equal(all[0].body, "{\"a\":1}");
	assert_string_equal(all[0].who, "张三");
	assert_string_equal(db_ask(db_path("programme.db"),
		"SELECT group_concat(id || ' ' || position, ', ') FROM"
		" (SELECT * FROM indicator ORDER BY position)"), "2 1, 12 2");
	assert_fails(put_table(db, "{", table, 3, &err), ERR_CONFLICT);
	assert_ok(db_integrity(db, &err));
	db_close(db);
	pool_clear(&pool);
}

static void
a_row_with_records_cannot_go(void **state)
{
	struct reading_row r = { .indicator = "2", .subtarget = 3, .year = 2024, .value = "是",
		.source = "年报", .date = "2024-12-31", .who = "zhang", .minute = 28600000 };
	struct err err = { 0 };
	struct db *db = tracker("gone.db");
	int64_t all, one;

	(void)state;
	assert_ok(db_put_reading(db, &r, &err));
	assert_ok(db_count_records(db, "2", 3, &all, &one, &err));
	assert_int_equal(all, 1);
	assert_int_equal(one, 1);
	assert_ok(db_count_records(db, "2", 1, &all, &one, &err));
	assert_int_equal(one, 0);
	assert_int_equal(put_table(db, "{}", table, 2, &err), -1);
	assert_string_equal(db_ask(db_path("gone.db"), "SELECT count(*) FROM programme"), "1");
	db_close(db);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_programme_is_in_force_and_the_others_stay),
		cmocka_unit_test(a_row_with_records_cannot_go),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
