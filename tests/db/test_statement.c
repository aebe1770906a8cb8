/* db/statement.c, sql.c: every statement is prepared, runs with its values, and what fails inside a
 * transaction goes alone. */
#include "tests/db/db.h"

#include "db/statement.h"

static void
every_row_of_the_table_is_prepared(void **state)
{
	struct db *db = db_fresh("all.db");

	(void)state;
	for (int i = 0; i < SQL_MAX; i++)
		if (db->statement[i] == NULL)
			fail_msg("statement %d is not prepared", i);
	db_close(db);
}

static void
values_reach_it_and_it_can_be_used_again(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("use.db");
	sqlite3_stmt *s;

	(void)state;
	assert_ok(db_run(db, SQL_PUT_SETTING, ARGS(TEXT("city"), TEXT("甲")), &err));
	for (int i = 0; i < 2; i++) {
		s = db_use(db, SQL_GET_SETTING, ARGS(TEXT("city")));
		assert_int_equal(db_step(db, s, &err), 1);
		assert_string_equal(db_column(s, 0), "甲");
		assert_string_equal(db_text(s, 0, &pool), "甲");
		db_stop(s);
	}
	s = db_use(db, SQL_GET_SETTING, ARGS(TEXT("contact")));
	assert_int_equal(db_step(db, s, &err), 0);
	db_close(db);
	pool_clear(&pool);
}

static void
a_number_is_that_of_the_first_row_or_what_stands_for_none(void **state)
{
	struct err err = { 0 };
	struct db *db = db_fresh("number.db");
	int64_t n;

	(void)state;
	assert_ok(db_number(db, SQL_LAST_RESPONSE, NO_ARGS, -5, &n, &err));
	assert_int_equal(n, 0);
	assert_ok(db_number(db, SQL_GET_SETTING, ARGS(TEXT("contact")), -5, &n, &err));
	assert_int_equal(n, -5);
	db_close(db);
}

static void
what_fails_inside_is_undone_alone(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("inside.db");

	(void)state;
	assert_ok(db_enter(db, &err));
	assert_ok(db_run(db, SQL_PUT_SETTING, ARGS(TEXT("city"), TEXT("甲")), &err));
	assert_ok(db_enter(db, &err));
	assert_ok(db_run(db, SQL_PUT_SETTING, ARGS(TEXT("contact"), TEXT("x")), &err));
	assert_int_equal(db_leave(db, -1, &err), -1);
	assert_ok(db_leave(db, 0, &err));
	assert_string_equal(db_setting(db, "city", &pool), "甲");
	assert_null(db_setting(db, "contact", &pool));
	assert_int_equal(db->depth, 0);
	db_close(db);
	pool_clear(&pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_of_the_table_is_prepared),
		cmocka_unit_test(values_reach_it_and_it_can_be_used_again),
		cmocka_unit_test(a_number_is_that_of_the_first_row_or_what_stands_for_none),
		cmocka_unit_test(what_fails_inside_is_undone_alone),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
