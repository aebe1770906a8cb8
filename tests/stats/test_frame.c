/* Tables as columns of codes: whatever way they are read, the same as their cells say. */
#include <dirent.h>
#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/text.h"
#include "stats/factor.h"
#include "stats/frame_in.h"
#include "stats/parallel.h"
#include "stats/random.h"
#include "tests/support/check.h"

static void
column_same(struct frame *f, const struct csv *csv, size_t c, struct pool *pool)
{
	const char **text = pool_array(pool, csv->rows + 1, sizeof(*text));
	const struct frame_column *column;
	struct factor made;
	double x;

	for (size_t i = 0; i < csv->rows; i++) {
		text[i] = csv->cell[i * csv->columns + c];
		if (i % 7 == 0 && frame_apart(f, c))
			assert_string_equal(frame_cell(f, c, i), text[i]);
	}
	factor_make(&made, csv->header[c], text, csv->rows, pool);
	column = frame_column(f, c);
	assert_int_equal(column->levels, made.levels);
	assert_int_equal(column->code8 != NULL, made.levels <= 255);
	for (size_t l = 0; l < made.levels; l++) {
		assert_string_equal(column->level[l], made.level[l]);
		assert_true(factor_number(&x, made.level[l]) ? column->value[l] == x :
			isnan(column->value[l]));
	}
	for (size_t i = 0; i < csv->rows; i++)
		if (frame_code(column, i) != made.of[i])
			fail_msg("column %zu, row %zu", c, i);
	for (size_t i = 0; i < csv->rows; i += 1 + csv->rows / 50)
		assert_string_equal(frame_cell(f, c, i), text[i]);
}

/* The table in parts as csv_parse() has it, and the same words of both where it is refused. */
static void
same_in(const char *bytes, size_t n, const char *encoding, size_t parts)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 }, why = { 0 };
	struct csv_rest rest;
	struct frame *f;
	struct csv csv, open;
	int rc = csv_parse(&csv, bytes, n, "f.csv", encoding, &pool, &err);
	int got = csv_open_bytes(&open, &rest, bytes, n, "f.csv", encoding, &pool, &why);

	if (got == 0)
		got = frame_read(&f, &open, &rest, parts, &pool, &why);
	assert_int_equal(got, rc);
	assert_string_equal(why.text, err.text);
	if (rc == 0) {
		assert_int_equal(frame_rows(f), csv.rows);
		assert_int_equal(frame_columns(f), csv.columns);
		for (size_t i = 0; i < csv.rows; i++)
			assert_int_equal(frame_line(f, i), csv.line[i]);
		for (size_t c = 0; c < csv.columns; c++) {
			assert_string_equal(frame_name(f, c), csv.header[c]);
			assert_int_equal(frame_find(f, csv.header[c]), c);
			column_same(f, &csv, c, &pool);
		}
	}
	pool_clear(&pool);
}

static void
same(const char *bytes, size_t n)
{
	static const size_t parts[] = { 1, 2, 3, 7 };

	for (size_t i = 0; i < 4; i++) {
		parallel_threads(parts[i]);
		same_in(bytes, n, NULL, parts[i]);
	}
	parallel_threads(0);
}

static void
tables_of_every_kind_are_what_their_cells_say(void **state)
{
	static const char *const table[] = { "a,b\n1,2\n", "a,b\n1,2", "a,b\r\n1,2\r\n3,4\r\n",
		"a,b\r\n1,2\r\n3,4", "a,b\r\n1,2\n3,4\r\n", "a,b\n1,2\r\n3,4\r\n",
		"a,b\r1,2\r3,4\r", "a,b\n1,2\n\n3,4\n", "\n\na,b\n1,2\n", "a,b\n\"1\",2\n",
		"a,b\n\"x\"\"y\",\"2\n3\"\n4,5\n", "a,b\n1,2\n,\n3,4\n", "a,b\n1\n",
		"a,b\n1,2,3\n", "a,b,\n1,2,\n", "a,b\n1,2,\n", "a\n1\n2\n\n3\n", "a\n1", "a\n",
		"a,b", "", "a;b\n1;2\n", "a\tb\n1\tx y\n", "\xef\xbb\xbf" "a,b\n1,2\n",
		"a,b\n1,2\n合计,\n", "a,b,c\n1,2,3\nMean,,\n", "a,b\n1,2\nmean,5\n",
		"a,b\n,2\nNA,-3\n10,\n9,x\n", "a,a\n1,2\n", "标题\n1,2\n",
		"a,b\n0123456,01234567\n012345678,0123456789abcdef\n0123456789abcdef0,\n",
		"a,b\n01234567x,1\n01234567,1\n01234567y,1\n01234567x,2\n", "a,b\n1,2\n3,\"4",
		"甲,乙\n是,不满意但是很长的选项\n否,不满意但是很长的选项甲\n", "a,b\n1,2\n3",
		"a,b\n1.0,1\n1,2\n01,3\n1e0,4\n0x1,5\ninf,6\n",
		"\xd0\xd4\xb1\xf0,b\n\xc4\xd0,1\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		same(table[i], strlen(table[i]));
	same("a,b\n1\0,2\n", 9);
}

/* A cell of a random table: few kinds to a column, some of them long or odd. */
static void
cell_add(struct text *t, struct random *r, size_t kind, unsigned odd)
{
	static const char *const word[] = { "满意", "很不满意的回答", "NA", "-1.50", "3", "10", "",
		"x y", "12345678", "123456789", "总计" };

	if (odd > 0 && random_below(r, odd) == 0)
		text_puts(t, random_below(r, 2) == 0 ? "\"q,\"\"\n\"" : "");
	else if (kind == 0)
		text_puts(t, word[random_below(r, 10 + (odd > 0))]);
	else if (kind == 1)
		text_fmt(t, "%u", (unsigned)random_below(r, 11));
	else if (kind == 2)
		text_fmt(t, "key-%u", (unsigned)random_below(r, 700));
	else
		text_fmt(t, "%u", (unsigned)random_below(r, 300));
}

static void
random_tables_are_what_their_cells_say(void **state)
{
	static const char *const end[] = { "\n", "\r\n", "\n", "\r" };
	struct random r;

	(void)state;
	random_seed(&r, 7);
	for (size_t k = 0; k < 60; k++) {
		size_t columns = 1 + random_below(&r, 5), rows = random_below(&r, 900);
		unsigned odd = k % 3 == 0 ? (unsigned)(rows * columns) : 0;
		struct text t = TEXT_INIT;

		for (size_t i = 0; i <= rows; i++)
			for (size_t c = 0; c < columns; c++) {
				if (i == 0)
					text_fmt(&t, "c%zu", c);
				else
					cell_add(&t, &r, (c + k) % 4, odd);
				text_puts(&t, c + 1 < columns ? ";" : i == rows && k % 5 == 0 ? "" :
					end[k % 4]);
			}
		same(text_str(&t), t.n);
		text_clear(&t);
	}
}

/* Keys beyond what is coded while reading, weights with many digits, in some parts of it only. */
static void
keys_and_weights_are_kept_apart(void **state)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct text t = TEXT_INIT;
	struct frame *f;

	(void)state;
	text_puts(&t, "id,w,late,few\n");
	for (unsigned i = 0; i < 150000; i++)
		text_fmt(&t, "ID%09u,%.12g,%u,%u\n", i, 0.5 + i / 7.0, i < 60000 ? i % 3 : i,
			i % 300);
	for (size_t parts = 1; parts <= 2; parts++)
		same_in(text_str(&t), t.n, NULL, parts);
	assert_int_equal(frame_parse(&f, text_str(&t), t.n, "f.csv", &pool, &err), 0);
	assert_int_equal(frame_rows(f), 150000);
	assert_false(frame_apart(f, 3));
	pool_clear(&pool);
	text_clear(&t);
}

static void
files_as_people_send_them(void **state)
{
	const char *folder = check_path("tests/data/formats/csv");
	DIR *dir = opendir(folder);
	struct pool pool = POOL_INIT;
	struct dirent *entry;
	const char *bytes;
	size_t n, files = 0;

	(void)state;
	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		struct err err = { 0 };

		if (entry->d_name[0] == '.' || file_read(&bytes, &n,
				file_join(&pool, folder, entry->d_name), 0, &pool, &err) != 0)
			continue;
		same(bytes, n);
		same_in(bytes, n, "gb18030", 2);
		files++;
	}
	closedir(dir);
	assert_true(files > 5);
	pool_clear(&pool);
}

/* Columns as somebody has them; *ctx counts how often one was asked for. */
static void
given(struct frame *f, size_t column, void *ctx)
{
	static const char *const level[] = { "10", "", "9", "8" }, *const key[] = { "b", "a", "b" },
		*const cell[] = { "x", NULL, "", "w", "x" };
	static const uint8_t code8[] = { 0, 2, FRAME_NONE8, 1, 0 };
	static const uint32_t code[] = { 0, 1, FRAME_NONE, 2, 1 };

	++*(int *)ctx;
	if (column == 0)
		frame_put_codes(f, column, code8, NULL, level, 4);
	else if (column == 1)
		frame_put_codes(f, column, NULL, code, key, 3);
	else
		frame_put_cells(f, column, cell);
}

static void
columns_that_somebody_else_has(void **state)
{
	static const char *const name[] = { "q", "k", "t" };
	struct pool pool = POOL_INIT;
	int asked = 0;
	struct frame *f = frame_make(name, 3, 5, given, &asked, &pool);
	const struct frame_column *c;

	(void)state;
	assert_int_equal(asked, 0);
	c = frame_column(f, 2);
	assert_int_equal(c->levels, 2);
	assert_string_equal(c->level[0], "w");
	assert_int_equal(frame_code(c, 1), FRAME_NONE);
	assert_int_equal(frame_code(c, 2), FRAME_NONE);
	assert_string_equal(frame_cell(f, 2, 4), "x");
	assert_int_equal(asked, 1);
	c = frame_column(f, 0);
	assert_int_equal(c->levels, 2);
	assert_string_equal(c->level[0], "9");
	assert_true(c->value[1] == 10);
	assert_int_equal(frame_code(c, 0), 1);
	assert_int_equal(frame_code(c, 1), 0);
	assert_int_equal(frame_code(c, 2), FRAME_NONE);
	assert_int_equal(frame_code(c, 3), FRAME_NONE);
	c = frame_column(f, 1);
	assert_int_equal(c->levels, 2);
	assert_string_equal(frame_cell(f, 1, 3), "b");
	assert_string_equal(frame_cell(f, 1, 2), "");
	assert_int_equal(frame_code(c, 0), frame_code(c, 3));
	assert_int_equal(frame_line(f, 0), 2);
	pool_clear(&pool);
}

/* A file by its name, and one that is none. */
static void
a_file_by_its_name(void **state)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct frame *f;

	(void)state;
	assert_int_equal(frame_load(&f, check_path("docs/examples/phone.csv"), NULL, &pool, &err),
		0);
	assert_true(frame_rows(f) > 100);
	assert_int_equal(frame_load(&f, "/nonexistent/x.csv", NULL, &pool, &err), -1);
	pool_clear(&pool);
}

static void
a_number_is_what_people_write_and_nothing_else(void **state)
{
	static const char *const bad[] = { "", " 1", "1 ", "inf", "nan", "0x1f", "1,5", "1e999",
		"--1", "1-2", "e", "." };
	double x;

	(void)state;
	assert_true(factor_number(&x, "-1.5e3") && x == -1500);
	assert_true(factor_number(&x, "+.5") && x == 0.5);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (factor_number(&x, bad[i]))
			fail_msg("“%s” is %g", bad[i], x);
}

/* Which way a table goes: quotes, empty lines and the like are for csv_rows() to judge. */
static void
plain_tables_are_read_without_a_list_of_cells(void **state)
{
	static const struct { const char *table; bool plain; } row[] = { { "a,b\n1,2\n", true },
		{ "a,b\n1,2", true }, { "a,b\r\n1,\r\n,4\r\n", true }, { "a;b\n,\n", false },
		{ "\"a\";b\n1;2\n", true }, { "a\n1\n\n", false }, { "a,b\n\"1\",2\n", false },
		{ "a,b\n1,2\r\n3,4\n", false }, { "a,b\nx,Total\n", false },
		{ "a,b\n1,2,3\n", false } };
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct csv_rest rest;
	struct frame_met met;
	struct csv csv;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		assert_int_equal(csv_open_bytes(&csv, &rest, row[i].table, strlen(row[i].table),
			"f.csv", NULL, &pool, &err), 0);
		if (frame_met_plain(&met, &csv, &rest, 1, &pool) != row[i].plain)
			fail_msg("%zu", i);
	}
	pool_clear(&pool);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_number_is_what_people_write_and_nothing_else),
	cmocka_unit_test(plain_tables_are_read_without_a_list_of_cells),
	cmocka_unit_test(tables_of_every_kind_are_what_their_cells_say),
	cmocka_unit_test(random_tables_are_what_their_cells_say),
	cmocka_unit_test(keys_and_weights_are_kept_apart),
	cmocka_unit_test(files_as_people_send_them),
	cmocka_unit_test(columns_that_somebody_else_has),
	cmocka_unit_test(a_file_by_its_name),
};

CHECK_MAIN(tests)
