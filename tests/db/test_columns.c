/* db/columns.c: what a column of each kind puts into its member. */
#include "tests/db/db.h"

#include "db/columns.h"
#include "db/statement.h"

struct all {
	int whole;
	int64_t large;
	bool yes;
	double real, none;
	const char *text, *empty;
	char word[4];
	unsigned char bytes[3], few[3];
	int length;
	int untouched;
};

static void
length_of(void *member, const char *word)
{
	*(int *)member = (int)strlen(word);
}

#define A(member)	COLUMN(struct all, member)
static const struct columns all_columns =
	COLUMNS(struct all, A(whole), A(large), A(yes), A(real), A(none), A(text),
	A(empty), A(word), A(bytes), A(few), COLUMN_OF(struct all, length, length_of));
#undef A
static const struct columns one = COLUMNS(struct all, COLUMN(struct all, whole));

static sqlite3_stmt *
prepare(struct db *db, const char *sql)
{
	sqlite3_stmt *s = NULL;

	assert_int_equal(sqlite3_prepare_v2(db->sqlite, sql, -1, &s, NULL), SQLITE_OK);
	return s;
}

static void
each_kind_fills_its_member_and_no_other(void **state)
{
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("kinds.db");
	sqlite3_stmt *s = prepare(db,
		"SELECT -7, 9007199254740993, 1, 2.5, NULL, '好', NULL, 'abcdef', x'010203', x'01',"
		" 'four',"
		" 'the caller''s'");
	struct all row = { .untouched = 42, .few = { 9, 9, 9 } };

	(void)state;
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	columns_read(&row, &all_columns, s, &pool);
	assert_int_equal(row.whole, -7);
	assert_true(row.large == 9007199254740993);
	assert_true(row.yes);
	assert_true(row.real == 2.5 && isnan(row.none));
	assert_string_equal(row.text, "好");
	assert_string_equal(row.empty, "");
	assert_string_equal(row.word, "abc");
	assert_memory_equal(row.bytes, "\1\2\3", 3);
	assert_memory_equal(row.few, "\0\0\0", 3);
	assert_int_equal(row.length, 4);
	assert_int_equal(row.untouched, 42);
	sqlite3_finalize(s);
	db_close(db);
	pool_clear(&pool);
}

/* More rows than the list begins with room for. */
static void
a_list_holds_every_row_in_order_and_an_empty_one_is_no_failure(void **state)
{
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	struct db *db = db_fresh("list.db");
	sqlite3_stmt *s = prepare(db,
		"WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT i"
		" FROM n");
	sqlite3_stmt *none = prepare(db, "SELECT 1 WHERE 0"),
		*bad = prepare(db, "SELECT abs(-9223372036854775808)");
	struct all *row;
	size_t n;

	(void)state;
	row = columns_list(db, s, &one, &n, &pool, &err);
	assert_non_null(row);
	assert_int_equal(n, 100);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(row[i].whole, i + 1);
	assert_non_null(columns_list(db, none, &one, &n, &pool, &err));
	assert_int_equal(n, 0);
	n = 1;
	assert_null(columns_list(db, bad, &one, &n, &pool, &err));
	assert_int_equal(n, 0);
	assert_true(err.code != ERR_NONE);
	sqlite3_finalize(s);
	sqlite3_finalize(none);
	sqlite3_finalize(bad);
	db_close(db);
	pool_clear(&pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_fills_its_member_and_no_other),
		cmocka_unit_test(a_list_holds_every_row_in_order_and_an_empty_one_is_no_failure),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
