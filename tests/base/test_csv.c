/* CSV in, whatever made it, and CSV out that no spreadsheet runs. */
#include "tests/support/check.h"

#include <unistd.h>

#include "base/csv.h"
#include "base/pool.h"
#include "base/text.h"

static int
parse(struct csv *csv, const char *s, const char *encoding, struct pool *pool, struct err *err)
{
	memset(err, 0, sizeof(*err));
	return csv_parse(csv, s, strlen(s), "f.csv", encoding, pool, err);
}

static void
csv_reads_quotes_and_line_ends(void **state)
{
	struct pool pool = POOL_INIT;
	struct csv csv;
	struct err err;

	(void)state;
	assert_int_equal(parse(&csv,
		"\xef\xbb\xbf"
		"a,b,名\r\n1,\"x,\"\"y\"\"\nz\",满\n\n\r\n2,,\r3,,", NULL, &pool, &err), 0);
	assert_int_equal(csv.columns, 3);
	assert_int_equal(csv.rows, 3);
	assert_int_equal(csv_column(&csv, "名"), 2);
	assert_int_equal(csv_column(&csv, "c"), -1);
	assert_string_equal(csv.header[0], "a");
	assert_string_equal(csv.cell[1], "x,\"y\"\nz");
	assert_string_equal(csv.cell[2], "满");
	assert_string_equal(csv.cell[3], "2");
	assert_string_equal(csv.cell[5], "");
	assert_string_equal(csv.cell[8], "");
	assert_int_equal(csv.line[0], 2);
	assert_int_equal(csv.line[1], 6);
	assert_int_equal(csv.line[2], 7);
	pool_clear(&pool);
}

static void
csv_names_the_line_of_every_fault(void **state)
{
	static const struct { const char *s, *encoding, *said; } row[] = {
		{ "a,b\n1,\"open\n2", NULL, "f.csv:2" },
		{ "a,b\n1,2\n1,2,3\n", NULL, "f.csv:3" },
		{ "a,b,a\n", NULL, "“a”" },
		{ "a\n\"x\"y\n", NULL, "f.csv:2" },
		{ "a\nok\n\xc2\xfa\xd2\xe2\n", "utf-8", "gb18030" },
		{ "a\n\xff\xff\n", "gb18030", "f.csv:2" },
		{ "", NULL, "空" }, { "\n\n", NULL, "空" },
		{ "a\n", "latin1", "latin1" },
		{ "\xff\xfe" "a", NULL, "UTF-16" },
		/* damaged UTF-8 is not taken for something else */
		{ "a\n满意\n\xff\xff\n", NULL, "f.csv:3" },
	};
	struct pool pool = POOL_INIT;
	struct csv csv;
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		assert_int_equal(parse(&csv, row[i].s, row[i].encoding, &pool, &err), -1);
		if (strstr(err.text, row[i].said) == NULL)
			fail_msg("\"%s\" does not say \"%s\"", err.text, row[i].said);
	}
	memset(&err, 0, sizeof(err));
	assert_int_equal(csv_parse(&csv, "a\nx\0y\n", 6, "f.csv", NULL, &pool, &err), -1);
	assert_non_null(strstr(err.text, "二进制"));
	memset(&err, 0, sizeof(err));
	assert_int_equal(csv_load(&csv, "/nonexistent/x.csv", NULL, &pool, &err), -1);
	assert_int_equal(err.code, ERR_MISSING);
	pool_clear(&pool);
}

static void
csv_reads_gb18030_when_asked(void **state)
{
	struct pool pool = POOL_INIT;
	struct csv csv;
	struct err err;

	(void)state;
	/* 满意 in GB2312; U+20087 in four bytes */
	assert_int_equal(parse(&csv,
		"\xc2\xfa\xd2\xe2\n\x95\x32\x90\x31\n", "gb18030", &pool, &err), 0);
	assert_string_equal(csv.header[0], "满意");
	assert_string_equal(csv.cell[0], "\xf0\xa0\x82\x87");
	pool_clear(&pool);
}

static void
an_encoding_is_known_by_its_usual_names(void **state)
{
	static const struct { const char *encoding, *bytes; } good[] = {
		{ NULL, "满" }, { "utf-8", "满" }, { "UTF-8", "满" }, { "utf8", "满" },
		{ "UTF8", "满" }, { "gb18030", "\xc2\xfa" }, { "GB18030", "\xc2\xfa" },
		{ "gbk", "\xc2\xfa" }, { "GBK", "\xc2\xfa" },
	};
	static const char *const bad[] = { "", "utf-16", "utf", "utf-8 ", "gb2312", "big5" };
	struct pool pool = POOL_INIT;
	struct csv csv;
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_int_equal(parse(&csv, good[i].bytes, good[i].encoding, &pool, &err), 0);
		assert_string_equal(csv.header[0], "满");
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(parse(&csv, "a", bad[i], &pool, &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
		assert_non_null(strstr(err.text, "gb18030"));
	}
	pool_clear(&pool);
}

/* Converted in pieces: a character may lie across two of them, and the line of a fault
 * is still the file's. */
static void
a_large_file_reads_the_same_in_either_encoding(void **state)
{
	struct text zh = TEXT_INIT, gb = TEXT_INIT;
	struct pool pool = POOL_INIT;
	struct csv csv;
	struct err err;

	(void)state;
	text_puts(&zh, "名,x\n");
	text_puts(&gb, "\xc3\xfb,x\n");
	for (int i = 0; i < 5000; i++) {
		text_fmt(&zh, "满意,%d\n", i);
		text_fmt(&gb, "\xc2\xfa\xd2\xe2,%d\n", i);
	}
	assert_int_equal(parse(&csv, zh.s, NULL, &pool, &err), 0);
	assert_int_equal(csv.rows, 5000);
	assert_int_equal(parse(&csv, gb.s, "gb18030", &pool, &err), 0);
	assert_int_equal(csv.rows, 5000);
	for (size_t i = 0; i < csv.rows; i++) {
		assert_string_equal(csv.cell[2 * i], "满意");
		assert_int_equal(atoi(csv.cell[2 * i + 1]), i);
	}
	text_puts(&gb, "\xc2");	/* half a character */
	assert_int_equal(parse(&csv, gb.s, "gb18030", &pool, &err), -1);
	assert_non_null(strstr(err.text, "f.csv:5002"));
	text_clear(&zh);
	text_clear(&gb);
	pool_clear(&pool);
}

static void
a_file_is_read_in_its_encoding(void **state)
{
	static const struct { const char *bytes, *encoding, *first, *said; } row[] = {
		{ "a\n满\n", NULL, "满", NULL }, { "\xef\xbb\xbf" "a\n满\n", "utf8", "满", NULL },
		{ "a\n\xc2\xfa\n", "gbk", "满", NULL }, { "a\n\xc2\xfa\n", NULL, "满", NULL },
		{ "a\n\xc2\xfa\n", "utf-8", NULL, ":2" }, { "a\n\xff\n", "gbk", NULL, ":2" },
		{ "a\nb\n", "latin1", NULL, "latin1" },
	};
	struct pool pool = POOL_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		char path[] = "/tmp/manyi-csv-XXXXXX";
		struct err err = { 0 };
		struct csv csv;
		int fd = mkstemp(path);

		assert_true(fd >= 0);
		assert_int_equal(write(fd, row[i].bytes, strlen(row[i].bytes)),
			strlen(row[i].bytes));
		close(fd);
		assert_int_equal(csv_load(&csv, path, row[i].encoding, &pool, &err),
			row[i].said == NULL ? 0 : -1);
		unlink(path);
		if (row[i].said == NULL)
			assert_string_equal(csv.cell[0], row[i].first);
		else if (strstr(err.text, row[i].said) == NULL)
			fail_msg("\"%s\" does not say %s", err.text, row[i].said);
	}
	pool_clear(&pool);
}

/* A quote is one only where a cell begins; a line end of any system ends a row, outside quotes. */
static void
odd_quotes_and_line_ends_are_read_as_they_stand(void **state)
{
	static const struct { const char *s; size_t columns, rows; const char *last; } row[] = {
		{ "a", 1, 0, NULL }, { "a\n\n\n", 1, 0, NULL }, { "a,", 1, 0, NULL },
		{ "a\r\r\n\nb", 1, 1, "b" }, { "a\nb\"c\"d", 1, 1, "b\"c\"d" },
		{ "a\n \"b\"", 1, 1, " \"b\"" }, { "a\n\"\"", 1, 1, "" },
		{ "a\n\"\"\"\"", 1, 1, "\"" }, { "a\n\"x\r\ny\"\r\n", 1, 1, "x\r\ny" },
		{ "a\n\"\r\"", 1, 1, "\r" }, { "a,b\n,", 2, 0, NULL }, { "a,b\n1,", 2, 1, "" },
		{ "a\n1,", 1, 1, "1" }, { "a,b,\n1,2,\n", 2, 1, "2" },
		{ "\"a\"\r\"b\"", 1, 1, "b" },
	};
	static const struct { const char *s, *said; } bad[] = {
		{ "a\n\"", "f.csv:2" }, { "a\n\"b\"\"", "f.csv:2" }, { "a\n\"b\nc\"d", "f.csv:3" },
		{ "\"", "f.csv:1" }, { "a\n\"b\" ,c", "f.csv:2" },
		{ "a\n\"x\r\ny\"\nc,d", "f.csv:4" }, { "a\n1,2", "标题" }, { "a,b\n1", "断" },
		{ "a,b\n1\n2,3\n", "f.csv:2" }, { "a,b,\n1,2,3\n", "f.csv:2" },
		{ "a,b\n合计,\n", "合计" }, { "a,\"a\"", "f.csv:1" }, { "\xef\xbb\xbf", "f.csv" },
		{ "\xfe\xff", "空" }, { "\xff", "f.csv:1" },
	};
	struct pool pool = POOL_INIT;
	struct csv csv;
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		if (parse(&csv, row[i].s, NULL, &pool, &err) != 0)
			fail_msg("%s: %s", row[i].s, err.text);
		assert_int_equal(csv.columns, row[i].columns);
		assert_int_equal(csv.rows, row[i].rows);
		if (row[i].last != NULL)
			assert_string_equal(csv.cell[csv.rows * csv.columns - 1], row[i].last);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (parse(&csv, bad[i].s, NULL, &pool, &err) == 0)
			fail_msg("%s is taken", bad[i].s);
		assert_int_equal(err.code, ERR_INPUT);
		if (strstr(err.text, bad[i].said) == NULL)
			fail_msg("\"%s\" does not say %s", err.text, bad[i].said);
	}
	pool_clear(&pool);
}

/* The same table however its cells are parted and its bytes are made; what
 * was understood is said. */
static void
dialects_are_recognised_and_noted(void **state)
{
	static const struct { const char *s; size_t n; const char *said; } row[] = {
		{ "名;x\n1;满\n", 0, "分号" }, { "名\tx\n1\t满\n", 0, "制表符" },
		{ "\xff\xfe" "\x0d\x54\t\0x\0\n\0" "1\0\t\0" "\xe1\x6e\n\0", 18, "UTF-16" },
		{ "\xc3\xfb,x\n1,\xc2\xfa\n", 0, "GB18030" }, { "名,x\n1,满\n,\n", 0, "空行" },
		{ "名,x,,\n1,满,,\n", 0, "空列" }, { "名,x\n1,满", 0, "断" },
		{ "名,x\n\"a;b;c\",满\n", 0, NULL }, { "名,x\n1,满\n", 0, NULL },
	};
	struct pool pool = POOL_INIT;
	struct csv csv;
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		memset(&err, 0, sizeof(err));
		if (csv_parse(&csv, row[i].s, row[i].n > 0 ? row[i].n : strlen(row[i].s), "f.csv",
				NULL, &pool, &err) != 0)
			fail_msg("%zu: %s", i, err.text);
		assert_int_equal(csv.columns, 2);
		assert_int_equal(csv.rows, 1);
		assert_string_equal(csv.header[0], "名");
		assert_string_equal(csv.cell[1], "满");
		assert_true((csv.notes > 0) == (row[i].said != NULL));
		if (row[i].said != NULL && strstr(csv.note[0], row[i].said) == NULL)
			fail_msg("\"%s\" does not say %s", csv.note[0], row[i].said);
	}
	pool_clear(&pool);
}

/* Whatever the name says: what the file is, and what to do, and never "try another encoding". */
static void
a_file_that_is_no_table_is_named(void **state)
{
	static const struct { const char *s; size_t n; const char *is, *instead; } row[] = {
		{ "PK\x03\x04......xl/workbook.xml", 26, ".xlsx", "CSV UTF-8" },
		{ "PK\x03\x04......word/document.xml", 28, ".docx", "Excel" },
		{ "PK\x03\x04......a.csv", 15, ".zip", "解压" },
		{ "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0k\0b\0o\0o\0k\0", 24, ".xls",
			"CSV UTF-8" },
		{ "$FL2@(#) SPSS DATA FILE", 23, "SPSS", "另存为" },
		{ "%PDF-1.4\n", 9, "PDF", "数据表" }, { " <html><table>", 14, "网页", "CSV UTF-8" },
		{ "a\0,\0b\0\n\0", 8, "UTF-16", "CSV UTF-8" },
		{ "\x1f\x8b\x08", 3, "压缩", "解压" }, { "a\0\0\0b\1\2\3", 8, "二进制", "数据表" },
	};
	static const char *const encoding[] = { NULL, "utf-8", "gb18030" };
	struct pool pool = POOL_INIT;
	struct csv csv;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		for (size_t e = 0; e < 3; e++) {
			struct err err = { 0 };

			assert_int_equal(csv_parse(&csv, row[i].s, row[i].n, "f.csv", encoding[e],
				&pool, &err), -1);
			assert_int_equal(err.code, ERR_INPUT);
			if (strstr(err.text, row[i].is) == NULL ||
					strstr(err.text, row[i].instead) == NULL ||
					strstr(err.text, "--encoding") != NULL)
				fail_msg("%zu: %s", i, err.text);
		}
	pool_clear(&pool);
}

/* Names are compared in pairs, so that a line of a million names would hold a command for hours. */
static void
more_columns_than_any_table_has_are_refused(void **state)
{
	static const size_t columns[] = { CSV_COLUMNS_MAX, CSV_COLUMNS_MAX + 1, 60000 };
	struct pool pool = POOL_INIT;
	struct text t = TEXT_INIT;
	struct csv csv;
	struct err err;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		char said[64];

		text_reset(&t);
		for (size_t k = 0; k < columns[i]; k++)
			text_fmt(&t, "%sc%zu", k > 0 ? "," : "", k);
		text_puts(&t, ",,,\n");
		assert_int_equal(parse(&csv, text_str(&t), NULL, &pool, &err), i == 0 ? 0 : -1);
		if (i == 0) {
			assert_int_equal(csv.columns, columns[i]);
			continue;
		}
		snprintf(said, sizeof(said), "f.csv:1：第一行有 %zu 列，最多 2000 列", columns[i]);
		assert_int_equal(err.code, ERR_INPUT);
		assert_non_null(strstr(err.text, said));
	}
	text_clear(&t);
	pool_clear(&pool);
}

static void
what_csv_writes_no_spreadsheet_runs(void **state)
{
	static const char *const row[][2] = {
		{ "plain", "plain" }, { "a,b", "\"a,b\"" }, { "say \"hi\"", "\"say \"\"hi\"\"\"" },
		{ "two\nlines", "\"two\nlines\"" }, { "=1+1", "'=1+1" }, { "+cmd|x", "'+cmd|x" },
		{ "-5.25", "-5.25" }, { "+86 138", "'+86 138" }, { "-1e-9", "-1e-9" },
		{ "@x", "'@x" }, { "-", "'-" }, { "-1e", "'-1e" }, { "\tx", "'\tx" },
		{ "=A1,B1", "\"'=A1,B1\"" }, { "", "" }, { "满意", "满意" }, { "-.", "'-." },
		{ "-1E5", "-1E5" }, { "+1e+5", "+1e+5" }, { "-1e5x", "'-1e5x" }, { "+.5", "+.5" },
		{ "-5.", "-5." }, { "--1", "'--1" }, { "\rx", "\"'\rx\"" }, { "a=1", "a=1" },
		{ "+1+1", "'+1+1" }, { "\"", "\"\"\"\"" },
	};
	struct text t = TEXT_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		text_reset(&t);
		csv_put(&t, row[i][0]);
		assert_string_equal(text_str(&t), row[i][1]);
	}
	text_clear(&t);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(csv_reads_quotes_and_line_ends),
	cmocka_unit_test(csv_names_the_line_of_every_fault),
	cmocka_unit_test(csv_reads_gb18030_when_asked),
	cmocka_unit_test(an_encoding_is_known_by_its_usual_names),
	cmocka_unit_test(a_large_file_reads_the_same_in_either_encoding),
	cmocka_unit_test(a_file_is_read_in_its_encoding),
	cmocka_unit_test(odd_quotes_and_line_ends_are_read_as_they_stand),
	cmocka_unit_test(dialects_are_recognised_and_noted),
	cmocka_unit_test(a_file_that_is_no_table_is_named),
	cmocka_unit_test(more_columns_than_any_table_has_are_refused),
	cmocka_unit_test(what_csv_writes_no_spreadsheet_runs),
};

CHECK_MAIN(tests)
