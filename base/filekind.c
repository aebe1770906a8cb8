/* Signatures of files people send instead of text, and what to do about each. */
#include "base/filekind.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/lang.h"

#define EXCEL_ZH "用 Excel 或 WPS 打开，“文件 → 另存为”，" \
	"保存类型选“CSV UTF-8（逗号分隔）(*.csv)”，再用存出的那个文件"
#define EXCEL_EN "open it in Excel or WPS, File > Save As," \
	" type \"CSV UTF-8 (Comma delimited) (*.csv)\", and use that file"
#define SPSS_ZH "用 SPSS 打开，“文件 → 另存为”，类型选“逗号分隔 (*.csv)”，不勾选“保存值标签”"
#define SPSS_EN "open it in SPSS, File > Save As," \
	" type \"Comma delimited (*.csv)\", without \"Save value labels\""
#define PACKED_ZH "先解压，再用里面的 CSV 文件"
#define PACKED_EN "unpack it and use the CSV file inside"
#define TABLE_ZH "请向提供者要数据表本身，或把表格复制到 Excel 后另存为“CSV UTF-8”"
#define TABLE_EN "ask for the table itself, or copy it into Excel and save it as \"CSV UTF-8\""

/* What it is, and what to do where a table is wanted. */
static const struct { struct words is, instead; } kind_words[FILEKIND_MAX] = {
	[FILEKIND_XLSX] = { { { "Excel 工作簿（.xlsx）", "an Excel workbook (.xlsx)" } },
		{ { EXCEL_ZH, EXCEL_EN } } },
	[FILEKIND_XLS] = { { { "旧版 Excel 工作簿（.xls）", "an old Excel workbook (.xls)" } },
		{ { EXCEL_ZH, EXCEL_EN } } },
	[FILEKIND_ODS] = { { { "OpenDocument 文件（.ods、.odt）",
		"an OpenDocument file (.ods, .odt)" } }, { { EXCEL_ZH, EXCEL_EN } } },
	[FILEKIND_DOCX] = { { { "Word 文档（.docx）", "a Word document (.docx)" } },
		{ { TABLE_ZH, TABLE_EN } } },
	[FILEKIND_DOC] = { { { "旧版 Office 文档（.doc、.ppt）",
		"an old Office document (.doc, .ppt)" } }, { { TABLE_ZH, TABLE_EN } } },
	[FILEKIND_PPTX] = { { { "演示文稿（.pptx）", "a presentation (.pptx)" } },
		{ { TABLE_ZH, TABLE_EN } } },
	[FILEKIND_PDF] = { { { "PDF 文件", "a PDF" } }, { { TABLE_ZH, TABLE_EN } } },
	[FILEKIND_SAV] = { { { "SPSS 数据文件（.sav）", "an SPSS data file (.sav)" } },
		{ { SPSS_ZH, SPSS_EN } } },
	[FILEKIND_DTA] = { { { "Stata 数据文件（.dta）", "a Stata data file (.dta)" } },
		{ { "在 Stata 里用 export delimited using x.csv, nolabel 存出 CSV",
		"write a CSV in Stata: export delimited using x.csv, nolabel" } } },
	[FILEKIND_SAS] = { { { "SAS 数据文件（.sas7bdat）", "a SAS data file (.sas7bdat)" } },
		{ { "在 SAS 里用 proc export dbms=csv 存出 CSV",
		"write a CSV in SAS: proc export with dbms=csv" } } },
	[FILEKIND_ZIP] = { { { "压缩包（.zip）", "a zip archive" } },
		{ { PACKED_ZH, PACKED_EN } } },
	[FILEKIND_PACKED] = { { { "压缩文件（.gz、.7z、.rar 之类）",
		"a packed file (.gz, .7z, .rar or the like)" } }, { { PACKED_ZH, PACKED_EN } } },
	[FILEKIND_IMAGE] = { { { "图片", "a picture" } }, { { TABLE_ZH, TABLE_EN } } },
	[FILEKIND_SQLITE] = { { { "SQLite 数据库", "an SQLite database" } },
		{ { "满意自己的库用 --db 指定；别的库先导出 CSV",
		"Manyi's own goes with --db; export a CSV from any other" } } },
	[FILEKIND_HTML] = { { { "网页（HTML；有些系统导出的“.xls”就是网页）",
		"a web page (HTML; what some systems export as \".xls\")" } },
		{ { EXCEL_ZH, EXCEL_EN } } },
	[FILEKIND_XML] = { { { "XML 文件", "an XML file" } }, { { EXCEL_ZH, EXCEL_EN } } },
	[FILEKIND_UTF16] = {
		{ { "UTF-16 文本，而且没有字节序标记", "UTF-16 text without a byte order mark" } },
		{ { "另存为“CSV UTF-8”再试", "save it as \"CSV UTF-8\"" } } },
	[FILEKIND_BINARY] = { { { "二进制文件，不是文本", "a binary file, not text" } },
		{ { TABLE_ZH, TABLE_EN } } },
};

static const struct { const char *magic; size_t n; enum filekind kind; } magics[] = {
	{ "%PDF-", 5, FILEKIND_PDF }, { "$FL2@(#)", 8, FILEKIND_SAV },
	{ "$FL3@(#)", 8, FILEKIND_SAV }, { "<stata_dta>", 11, FILEKIND_DTA },
	{ "\x1f\x8b", 2, FILEKIND_PACKED }, { "7z\xbc\xaf\x27\x1c", 6, FILEKIND_PACKED },
	{ "Rar!\x1a\x07", 6, FILEKIND_PACKED }, { "\xfd"
		"7zXZ", 5, FILEKIND_PACKED }, { "BZh", 3, FILEKIND_PACKED },
	{ "\x89PNG\r\n", 6, FILEKIND_IMAGE }, { "\xff\xd8\xff", 3, FILEKIND_IMAGE },
	{ "GIF8", 4, FILEKIND_IMAGE }, { "SQLite format 3", 16, FILEKIND_SQLITE },
	{ "PK\x05\x06", 4, FILEKIND_ZIP },
};

static bool
holds(const char *bytes, size_t n, const char *part)
{
	return memmem(bytes, n, part, strlen(part)) != NULL;
}

/* Office files are zip archives; the names of their parts stand plain in them, first or last. */
static enum filekind
packed_kind(const char *bytes, size_t n)
{
	static const struct { const char *part; enum filekind kind; } parts[] = {
		{ "xl/workbook", FILEKIND_XLSX }, { "xl/worksheets", FILEKIND_XLSX },
		{ "word/document", FILEKIND_DOCX }, { "ppt/presentation", FILEKIND_PPTX },
		{ "mimetypeapplication/vnd.oasis", FILEKIND_ODS },
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (holds(bytes, n, parts[i].part))
			return parts[i].kind;
	return FILEKIND_ZIP;
}

/* Compound files name their streams in UTF-16. */
static enum filekind
compound_kind(const char *bytes, size_t n)
{
	return memmem(bytes, n, "W\0o\0r\0k\0b\0o\0o\0k\0", 16) != NULL ||
		memmem(bytes, n, "B\0o\0o\0k\0\0\0", 10) != NULL ? FILEKIND_XLS : FILEKIND_DOC;
}

static enum filekind
markup_kind(const char *bytes, size_t n)
{
	static const char *const page[] = { "<!doctype html", "<html", "<table", "<meta",
		"<head", "<body" };
	size_t at = n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

	while (at < n && strchr(" \t\r\n", bytes[at]) != NULL && bytes[at] != '\0')
		at++;
	for (size_t i = 0; i < sizeof(page) / sizeof(page[0]); i++)
		if (n - at >= strlen(page[i]) &&
				strncasecmp(bytes + at, page[i], strlen(page[i])) == 0)
			return FILEKIND_HTML;
	return n - at >= 5 && memcmp(bytes + at, "<?xml", 5) == 0 ? FILEKIND_XML : FILEKIND_TEXT;
}

/* Text with NULs in one half of its bytes and hardly any in the other. */
static enum filekind
nul_kind(const char *bytes, size_t n)
{
	size_t look = n < 4096 ? n : 4096, nul[2] = { 0, 0 };

	if (memchr(bytes, '\0', n) == NULL)
		return FILEKIND_TEXT;
	for (size_t i = 0; i < look; i++)
		nul[i & 1] += bytes[i] == '\0';
	return (nul[0] > look / 16 + 1 && nul[1] == 0) || (nul[1] > look / 16 + 1 && nul[0] == 0) ?
		FILEKIND_UTF16 : FILEKIND_BINARY;
}

enum filekind
filekind(const char *bytes, size_t n)
{
	enum filekind kind;

	if (n >= 4 && memcmp(bytes, "PK\x03\x04", 4) == 0)
		return packed_kind(bytes, n);
	if (n >= 8 && memcmp(bytes, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0)
		return compound_kind(bytes, n);
	for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++)
		if (n >= magics[i].n && memcmp(bytes, magics[i].magic, magics[i].n) == 0)
			return magics[i].kind;
	if (n >= 92 && memcmp(bytes + 84, "SAS FILE", 8) == 0)
		return FILEKIND_SAS;
	kind = markup_kind(bytes, n);
	if (kind != FILEKIND_TEXT)
		return kind;
	/* With its mark UTF-16 can be read. */
	if (n >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
		return FILEKIND_TEXT;
	return nul_kind(bytes, n);
}

int
filekind_table(const char *bytes, size_t n, const char *name, struct err *err)
{
	enum filekind kind = filekind(bytes, n);

	if (kind == FILEKIND_TEXT)
		return 0;
	return err_set(err, ERR_INPUT, "%s：这是“%s”，不是 CSV；%s",
		"%s: this is %s, not a CSV file; %s", name,
		kind_words[kind].is.in[lang_get()], kind_words[kind].instead.in[lang_get()]);
}

/* Text that no JSON begins with: nothing at all, or a table. */
static int
json_begins(const char *bytes, size_t n, const char *name, struct err *err)
{
	size_t at = n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0, end;

	while (at < n && bytes[at] != '\0' && strchr(" \t\r\n", bytes[at]) != NULL)
		at++;
	if (at == n)
		return err_set(err, ERR_INPUT, "%s：文件是空的，这里要的是 JSON 文本文件",
			"%s: the file is empty; a JSON text file is wanted here", name);
	for (end = at; end < n && bytes[end] != '\n'; end++)
		continue;
	if (strchr("{[\"", bytes[at]) != NULL || (memchr(bytes + at, ',', end - at) == NULL &&
			memchr(bytes + at, '\t', end - at) == NULL))
		return 0;
	return err_set(err, ERR_INPUT, "%s：这像是表格（CSV），这里要的是 JSON 文本文件",
		"%s: this looks like a table (CSV); a JSON text file is wanted here", name);
}

int
filekind_json(const char *bytes, size_t n, const char *name, struct err *err)
{
	enum filekind kind = filekind(bytes, n);

	if (kind == FILEKIND_TEXT)
		return json_begins(bytes, n, name, err);
	return err_set(err, ERR_INPUT, "%s：这是“%s”，这里要的是 JSON 文本文件",
		"%s: this is %s; a JSON text file is wanted here", name,
		kind_words[kind].is.in[lang_get()]);
}
