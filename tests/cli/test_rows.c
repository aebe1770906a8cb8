/* cli/rows.c: which row and column of a person's table is wrong. */
#include "tests/support/check.h"

#include "cli/rows.h"
#include "cli/show.h"

static struct csv
parsed(const char *text, struct pool *pool)
{
	struct err err = { 0 };
	struct csv csv;

	if (csv_parse(&csv, text, strlen(text), "t.csv", NULL, pool, &err) != 0)
		fail_msg("%s", err.text);
	return csv;
}

static void
columns_are_known_or_named_with_what_was_meant(void **state)
{
	static const char *const known[] = { "name", "sector", "township", NULL };
	struct pool pool = POOL_INIT;
	struct rows_errors errors = { 0 };
	struct csv good = parsed("name,township\na,b\n", &pool),
		bad = parsed("sectr,colour\na,b\n", &pool);
	json_t *said;

	(void)state;
	lang_set(LANG_EN);
	assert_true(rows_columns(&errors, &good, known, 1));
	assert_null(errors.list);
	assert_false(rows_columns(&errors, &bad, known, 1));
	assert_int_equal(json_array_size(errors.list), 3);
	said = rows_refused(&errors);
	for (size_t i = 0; i < 3; i++) {
		const json_t *e = json_array_get(json_object_get(said, "errors"), i);

		assert_int_equal(show_whole(e, "row"), 0);
		if (strcmp(show_string(e, "column"), "sectr") == 0)
			assert_non_null(strstr(show_string(e, "message"), "\"sector\""));
	}
	json_decref(said);
	pool_clear(&pool);
}

/* The same fault of the same column again counts, and adds its line and its cell. */
static void
one_habit_is_one_entry(void **state)
{
	struct pool pool = POOL_INIT;
	struct rows_errors errors = { 0 };
	struct csv csv = parsed("sex\na\nb\na\nc\nd\ne\nf\n", &pool);
	struct text out = TEXT_INIT;
	const json_t *e;
	json_t *said;

	(void)state;
	lang_set(LANG_EN);
	for (size_t row = 0; row < csv.rows; row++)
		rows_error_cell(&errors, &csv, row, "sex", "Sex",
			rows_cell(&csv, row, "sex"), "1 or 2");
	rows_error(&errors, &csv, 2, "sex", "another fault");
	said = rows_refused(&errors);
	assert_int_equal(json_array_size(json_object_get(said, "errors")), 2);
	e = json_array_get(json_object_get(said, "errors"), 0);
	assert_int_equal(show_whole(e, "row"), 1);
	assert_int_equal(show_whole(e, "line"), 2);
	assert_int_equal(show_whole(e, "count"), 7);
	assert_int_equal(json_array_size(json_object_get(e, "lines")), 7);
	assert_int_equal(json_array_size(json_object_get(e, "cells")), ROWS_CELLS_MAX);
	rows_show(&out, said);
	assert_non_null(strstr(text_str(&out),
		"row 1 (line 2) column sex (Sex): \"a\": 1 or 2; 7 in all: lines 2, 3"));
	assert_non_null(strstr(text_str(&out), "row 3 (line 4) column sex: another fault"));
	assert_non_null(strstr(text_str(&out), "Nothing was stored"));
	text_clear(&out);
	json_decref(said);
	pool_clear(&pool);
}

static void
a_list_of_errors_has_an_end(void **state)
{
	struct pool pool = POOL_INIT;
	struct rows_errors errors = { 0 };
	struct csv csv = parsed("a\n1\n", &pool);
	char message[32];
	json_t *said;

	(void)state;
	for (int i = 0; i < ROWS_ERRORS_MAX + 5; i++) {
		snprintf(message, sizeof(message), "fault %d", i);
		rows_error_header(&errors, "a", message);
	}
	(void)csv;
	said = rows_refused(&errors);
	assert_int_equal(json_array_size(json_object_get(said, "errors")), ROWS_ERRORS_MAX);
	assert_int_equal(show_whole(said, "more"), 5);
	json_decref(said);
	pool_clear(&pool);
}

static void
cells_are_numbers_or_are_not(void **state)
{
	static const char *const bad[] = { "x", "1x", "nan", "inf", "1,5", "0x1" };
	struct pool pool = POOL_INIT;
	struct csv csv = parsed("a,b\n1,\n", &pool);
	long long whole = 5;
	double number = 5;

	(void)state;
	assert_string_equal(rows_cell(&csv, 0, "a"), "1");
	assert_string_equal(rows_cell(&csv, 0, "b"), "");
	assert_string_equal(rows_cell(&csv, 0, "c"), "");
	assert_int_equal(rows_number(&number, "-2.5"), 0);
	assert_close(number, -2.5, 0);
	assert_int_equal(rows_number(&number, ""), 0);
	assert_true(isnan(number));
	number = 5;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (rows_number(&number, bad[i]) == 0)
			fail_msg("%s is a number", bad[i]);
		assert_int_equal(rows_whole(&whole, bad[i], 0, 10), -1);
	}
	assert_close(number, 5, 0);
	assert_int_equal(rows_whole(&whole, "10", 0, 10), 0);
	assert_int_equal(whole, 10);
	assert_int_equal(rows_whole(&whole, "11", 0, 10), -1);
	assert_int_equal(rows_whole(&whole, "-1", 0, 10), -1);
	assert_int_equal(rows_whole(&whole, "1.0", 0, 10), -1);
	pool_clear(&pool);
}

static void
notes_are_what_was_understood(void **state)
{
	struct pool pool = POOL_INIT;
	struct csv csv = parsed("a;b\n1;2\n", &pool);
	json_t *said = json_object();
	struct text out = TEXT_INIT;

	(void)state;
	lang_set(LANG_EN);
	csv.note = (const char *[]){ "semicolons part the cells" };
	csv.notes = 1;
	rows_notes(said, &csv);
	assert_int_equal(json_array_size(json_object_get(said, "notes")), 1);
	rows_show_notes(&out, said);
	assert_string_equal(text_str(&out), "note: semicolons part the cells\n");
	text_clear(&out);
	json_decref(said);
	pool_clear(&pool);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(columns_are_known_or_named_with_what_was_meant),
	cmocka_unit_test(one_habit_is_one_entry),
	cmocka_unit_test(a_list_of_errors_has_an_end),
	cmocka_unit_test(cells_are_numbers_or_are_not),
	cmocka_unit_test(notes_are_what_was_understood),
};

CHECK_MAIN(tests)
