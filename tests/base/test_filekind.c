/* What a file is by its bytes. */
#include "tests/support/check.h"

#include "base/filekind.h"
#include "base/lang.h"

#define BYTES(s) s, sizeof(s) - 1

static const struct { const char *s; size_t n; enum filekind kind; } kinds[] = {
	{ BYTES(""), FILEKIND_TEXT }, { BYTES("a,b\n1,2\n"), FILEKIND_TEXT },
	{ BYTES("满意,1\n"), FILEKIND_TEXT },
	{ BYTES("PK\x03\x04..xl/workbook.xml"), FILEKIND_XLSX },
	{ BYTES("PK\x03\x04..xl/worksheets/sheet1.xml"), FILEKIND_XLSX },
	{ BYTES("PK\x03\x04..word/document.xml"), FILEKIND_DOCX },
	{ BYTES("PK\x03\x04..ppt/presentation.xml"), FILEKIND_PPTX },
	{ BYTES("PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
		FILEKIND_ODS },
	{ BYTES("PK\x03\x04..a.csv"), FILEKIND_ZIP }, { BYTES("PK\x05\x06"), FILEKIND_ZIP },
	{ BYTES("PK 1,2\n"), FILEKIND_TEXT },
	{ BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..W\0o\0r\0k\0b\0o\0o\0k\0"), FILEKIND_XLS },
	{ BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..B\0o\0o\0k\0\0\0"), FILEKIND_XLS },
	{ BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..W\0o\0r\0d\0"), FILEKIND_DOC },
	{ BYTES("%PDF-1.7\n"), FILEKIND_PDF }, { BYTES("$FL2@(#) IBM SPSS"), FILEKIND_SAV },
	{ BYTES("$FL3@(#) IBM SPSS"), FILEKIND_SAV },
	{ BYTES("<stata_dta><header>"), FILEKIND_DTA }, { BYTES("\x1f\x8b\x08"), FILEKIND_PACKED },
	{ BYTES("Rar!\x1a\x07\x01"), FILEKIND_PACKED },
	{ BYTES("7z\xbc\xaf\x27\x1c"), FILEKIND_PACKED }, { BYTES("\xfd"
		"7zXZ\0"), FILEKIND_PACKED }, { BYTES("BZh91AY"), FILEKIND_PACKED },
	{ BYTES("\x89PNG\r\n\x1a\n"), FILEKIND_IMAGE },
	{ BYTES("\xff\xd8\xff\xe0"), FILEKIND_IMAGE }, { BYTES("GIF89a"), FILEKIND_IMAGE },
	{ BYTES("SQLite format 3\0"), FILEKIND_SQLITE },
	{ BYTES("<!DOCTYPE html>"), FILEKIND_HTML },
	{ BYTES("\xef\xbb\xbf\r\n  <Table border=1>"), FILEKIND_HTML },
	{ BYTES("<?xml version=\"1.0\"?>"), FILEKIND_XML }, { BYTES("<b>,1\n"), FILEKIND_TEXT },
	{ BYTES("a\0,\0b\0\n\0"), FILEKIND_UTF16 }, { BYTES("\0a\0,\0b\0\n"), FILEKIND_UTF16 },
	{ BYTES("\xff\xfe"
		"a\0,\0b\0"), FILEKIND_TEXT }, { BYTES("\xfe\xff\0a\0b"), FILEKIND_TEXT },
	{ BYTES("a\0\0b\0\1\2"), FILEKIND_BINARY },
};

static void
every_kind_is_known_by_its_bytes(void **state)
{
	char sas[100];

	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (filekind(kinds[i].s, kinds[i].n) != kinds[i].kind)
			fail_msg("row %zu is of kind %d, want %d", i,
				filekind(kinds[i].s, kinds[i].n), kinds[i].kind);
	memset(sas, 0, sizeof(sas));
	memcpy(sas + 84, "SAS FILE", 8);
	assert_int_equal(filekind(sas, sizeof(sas)), FILEKIND_SAS);
	assert_int_equal(filekind(sas, 91), FILEKIND_BINARY);
}

static void
what_is_no_text_is_named_in_both_languages(void **state)
{
	struct err table = { 0 }, json = { 0 };

	(void)state;
	assert_int_equal(filekind_table(BYTES("a,b\n"), "x", &table), 0);
	assert_int_equal(filekind_json(BYTES("{}"), "x", &json), 0);
	assert_int_equal(filekind_table(BYTES("$FL2@(#)"), "数据.csv", &table), -1);
	assert_int_equal(table.code, ERR_INPUT);
	assert_non_null(strstr(table.text, "数据.csv"));
	assert_non_null(strstr(table.text, "SPSS 数据文件"));
	assert_non_null(strstr(table.text, "保存值标签"));	/* what to do about it */
	lang_set(LANG_EN);
	assert_int_equal(filekind_json(BYTES("PK\x03\x04..xl/workbook.xml"), "f.json", &json), -1);
	lang_set(LANG_ZH);
	assert_int_equal(json.code, ERR_INPUT);
	assert_non_null(strstr(json.text, "f.json: this is an Excel workbook (.xlsx)"));
	assert_non_null(strstr(json.text, "JSON"));
}

static void
text_that_no_json_begins_with_is_named(void **state)
{
	static const struct { const char *bytes, *say; } bad[] = {
		{ "", "空的" }, { " \n\t\n", "空的" }, { "\xef\xbb\xbf\n", "空的" },
		{ "指标项,指标内容\n", "CSV" }, { "a\tb\n1\t2\n", "CSV" },
	};
	static const char *const good[] = { "{}", "[1,2]", "\xef\xbb\xbf {\"a\": 1}", "\"a,b\"",
		"{\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err err = { 0 };

		assert_int_equal(filekind_json(bad[i].bytes, strlen(bad[i].bytes), "x", &err), -1);
		assert_non_null(strstr(err.text, bad[i].say));
	}
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_int_equal(filekind_json(good[i], strlen(good[i]), "x", NULL), 0);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_kind_is_known_by_its_bytes),
	cmocka_unit_test(what_is_no_text_is_named_in_both_languages),
	cmocka_unit_test(text_that_no_json_begins_with_is_named),
};

CHECK_MAIN(tests)
