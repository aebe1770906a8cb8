/* CSV after RFC 4180 and its neighbours, read whole and split where it stands. */
#include "base/csv_in.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/lang.h"

enum { NOTES_MAX = 8 };

/* Rows of one kind that are not as they should be: the first, and how many. */
struct odd {
	size_t line, cells, n;
};

/* Reading position and what has been read; cells grow as one flat list. */
struct reader {
	char *p, *end;		/* what is read becomes the cells: *end is NUL */
	const char *name;	/* of the file, for messages */
	size_t line;		/* where p is, from 1 */
	bool stops[256];	/* bytes that end a plain cell */
	struct csv *csv;
	const char **cell;	/* heap; the pool's at the end */
	size_t cells, room;
	size_t *line_of;	/* likewise */
	size_t rows, rows_room;
	size_t width;		/* cells of the header, those without a name at its end included */
	struct odd empty, wide, narrow;
	struct pool *pool;
	struct err *err;
};

static void *
grow(void *p, size_t *room, size_t size)
{
	*room = *room != 0 ? *room * 2 : 64;
	p = reallocarray(p, *room, size);
	if (p == NULL)
		err_die("out of memory");
	pool_advise(p, *room * size);
	return p;
}

static bool
at_newline(const struct reader *r)
{
	return *r->p == '\n' || *r->p == '\r';
}

/* Over one line end of any system: LF, CR LF or CR. */
static void
skip_newline(struct reader *r)
{
	if (*r->p == '\r' && r->p + 1 < r->end && r->p[1] == '\n')
		r->p++;
	r->p++;
	r->line++;
}

/*
 * The rest of a quoted cell, p behind its first quote; unquoted in place.  *end gets where the cell
 * is to end.
 */
static int
read_quoted(struct reader *r, char **end)
{
	size_t start = r->line;
	char *to = r->p;

	for (;;) {
		if (r->p == r->end)
			return err_set(r->err, ERR_INPUT, "%s:%zu：引号没有配对的右引号",
				"%s:%zu: a quote that never closes", r->name, start);
		if (*r->p == '"') {
			r->p++;
			if (r->p == r->end || *r->p != '"')
				break;
		} else if (at_newline(r)) {
			r->line += *r->p == '\n' || r->p + 1 == r->end || r->p[1] != '\n';
		}
		*to++ = *r->p++;
	}
	if (r->p < r->end && *r->p != r->csv->delimiter && !at_newline(r))
		return err_set(r->err, ERR_INPUT,
			"%s:%zu：右引号后面只能是分隔符或换行；单元格里的引号要写成两个",
			"%s:%zu: only a comma or a line end may follow a closing quote;"
			" write a quote inside a cell twice", r->name, r->line);
	*end = to;
	return 0;
}

/* The text holds no NUL but the one at its end, so one look at a byte tells. */
static void
read_plain(struct reader *r)
{
	const char *p = r->p;

	while (!r->stops[(unsigned char)*p])
		p++;
	r->p += p - r->p;
}

static void
add_cell(struct reader *r, const char *cell)
{
	if (r->cells == r->room)
		r->cell = grow(r->cell, &r->room, sizeof(r->cell[0]));
	r->cell[r->cells++] = cell;
}

/* The cells of one row, its line end included; *n gets how many. */
static int
read_row(struct reader *r, size_t *n)
{
	char *end = r->p;

	for (*n = 1;; ++*n) {
		if (*r->p == '"') {
			add_cell(r, ++r->p);
			if (read_quoted(r, &end) != 0)
				return -1;
		} else {
			add_cell(r, r->p);
			read_plain(r);
			end = r->p;
		}
		if (r->p == r->end) {
			*end = '\0';
			return 0;
		}
		if (at_newline(r)) {
			skip_newline(r);
			*end = '\0';
			return 0;
		}
		r->p++;		/* the delimiter */
		*end = '\0';
	}
}

static bool
skip_empty_lines(struct reader *r)
{
	while (r->p < r->end && at_newline(r))
		skip_newline(r);
	return r->p < r->end;
}

/* ---- what parts the cells ---- */

static const char delimiters[] = { ',', ';', '\t' };
enum { DELIMITERS = sizeof(delimiters) };

/* How often each delimiter stands outside quotes in the line at p; returns
 * where the next begins. */
static const char *
count_line(size_t count[DELIMITERS], const char *p, const char *end)
{
	bool quoted = false;

	memset(count, 0, DELIMITERS * sizeof(*count));
	for (; p < end && (quoted || (*p != '\n' && *p != '\r')); p++) {
		quoted ^= *p == '"';
		for (int i = 0; !quoted && i < DELIMITERS; i++)
			count[i] += *p == delimiters[i];
	}
	while (p < end && (*p == '\n' || *p == '\r'))
		p++;
	return p;
}

/* The comma, unless the first two lines fit another better. */
static char
find_delimiter(const struct reader *r)
{
	size_t header[DELIMITERS], row[DELIMITERS];
	const char *p = r->p;
	int most = 0;

	while (p < r->end && (*p == '\n' || *p == '\r'))
		p++;
	p = count_line(header, p, r->end);
	count_line(row, p, r->end);
	for (int i = 0; i < DELIMITERS; i++)
		if (header[i] > 0 && (p == r->end || header[i] == row[i]))
			return delimiters[i];
	for (int i = 1; i < DELIMITERS; i++)
		if (header[i] > header[most])
			most = i;
	return delimiters[most];
}

static void
note(struct reader *r, const char *said)
{
	if (r->csv->notes < NOTES_MAX)
		r->csv->note[r->csv->notes++] = said;
}

static void
set_stops(struct reader *r)
{
	unsigned char d = (unsigned char)r->csv->delimiter;

	r->stops['\0'] = r->stops['\n'] = r->stops['\r'] = r->stops[d] = true;
}

static void
set_delimiter(struct reader *r)
{
	char d = find_delimiter(r);

	r->csv->delimiter = d;
	set_stops(r);
	if (d == ';')
		note(r, LANG_PICK("单元格以分号隔开，已按分号读",
			"cells are parted by semicolons and were read as such"));
	else if (d == '\t')
		note(r, LANG_PICK("单元格以制表符隔开，已按制表符读",
			"cells are parted by tabs and were read as such"));
}

/* ---- rows ---- */

static size_t
filled(const char *const cell[], size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		k += cell[i][0] != '\0';
	return k;
}

static int
name_twice(struct reader *r)
{
	const char **name = r->csv->header;

	for (size_t i = 0; i < r->csv->columns; i++)
		for (size_t k = 0; k < i && name[i][0] != '\0'; k++)
			if (strcmp(name[i], name[k]) == 0)
				return err_set(r->err, ERR_INPUT, "%s:1：列名“%s”出现了两次",
					"%s:1: the column \"%s\" stands twice", r->name, name[i]);
	return 0;
}

static int
refuse_columns(struct reader *r)
{
	return err_set(r->err, ERR_INPUT,
		"%s:1：第一行有 %zu 列，最多 %d 列；请看看是不是列名和数据连成了一行，"
		"或者行和列颠倒了",
		"%s:1: the first line has %zu columns; %d is the most; see whether names and data"
		" run into one line, or whether rows stand where columns should",
		r->name, r->csv->columns, CSV_COLUMNS_MAX);
}

static int
read_header(struct reader *r)
{
	size_t n;

	if (!skip_empty_lines(r))
		return err_set(r->err, ERR_INPUT, "%s：文件是空的，第一行应当是列名",
			"%s: empty; the first line should name the columns", r->name);
	if (read_row(r, &n) != 0)
		return -1;
	r->width = n;
	/* Columns without a name at the end are none if nothing stands in them:
	 * spreadsheets leave them behind. */
	while (n > 1 && r->cell[n - 1][0] == '\0')
		n--;
	r->csv->columns = n;
	if (n > CSV_COLUMNS_MAX)
		return refuse_columns(r);
	r->csv->header = pool_array(r->pool, n, sizeof(char *));
	memcpy(r->csv->header, r->cell, n * sizeof(char *));
	r->cells = 0;
	return name_twice(r);
}

static bool
is_total_word(const char *s)
{
	static const char *const word[] = { "合计", "总计", "小计", "总和", "平均", "平均值",
		"均值", "合 计", "总 计",
		"total", "subtotal", "grand total", "sum", "average", "mean" };

	for (size_t i = 0; i < sizeof(word) / sizeof(word[0]); i++)
		if (strcasecmp(s, word[i]) == 0)
			return true;
	return false;
}

int
csv_total(const char *const cell[], size_t n)
{
	size_t i = 0;

	while (i < n && cell[i][0] == '\0')
		i++;
	return i < n && is_total_word(cell[i]) ? (int)i : -1;
}

static void
count_odd(struct odd *o, size_t line, size_t cells)
{
	if (o->n++ == 0) {
		o->line = line;
		o->cells = cells;
	}
}

/* Keep the row of n cells that was read last, pass it over, or say why it cannot be one. */
static int
take_row(struct reader *r, size_t n, size_t line)
{
	size_t columns = r->csv->columns, some;
	const char **cell = r->cell + r->cells - n;
	int total = csv_total(cell, n);

	some = filled(cell, n);
	if (some == 0 && n > 1) {
		count_odd(&r->empty, line, n);
		r->cells -= n;
		return 0;
	}
	if (total >= 0 && 2 * some <= columns)
		return err_set(r->err, ERR_INPUT,
			"%s:%zu：这是合计行（“%s”），不是一条记录；删去后再试",
			"%s:%zu: a row of totals (\"%s\"), not a record; remove it", r->name,
			line, cell[total]);
	if (n < columns)
		count_odd(&r->narrow, line, n);
	for (; n < columns; n++)
		add_cell(r, "");
	if (n > columns && filled(r->cell + r->cells - (n - columns), n - columns) > 0)
		count_odd(&r->wide, line, n);
	r->csv->surplus |= n > columns;
	r->cells -= n - columns;
	if (r->rows == r->rows_room)
		r->line_of = grow(r->line_of, &r->rows_room, sizeof(r->line_of[0]));
	r->line_of[r->rows++] = line;
	return 0;
}

static int
refuse_title(struct reader *r, size_t columns)
{
	return err_set(r->err, ERR_INPUT,
		"%s:1：第一行“%s”像是标题，不是列名（下面的行有 %zu 格）；"
		"删去标题，让列名成为第一行",
		"%s:1: the first line \"%.60s\" looks like a title, not like names of columns (rows"
		" below have %zu cells); remove it so that the names come first",
		r->name, r->csv->header[0], columns);
}

/* A row is whole or an error: a cell that is missing would move every answer behind it, or
 * become one never given. */
static int
refuse_rows(struct reader *r)
{
	size_t columns = r->csv->columns;
	const struct odd *o = &r->narrow;

	if (columns == 1 && r->wide.n > 0 && r->wide.n == r->rows)
		return refuse_title(r, r->wide.cells);
	if (o->n > 0 && o->line == r->line_of[r->rows - 1] && r->csv->open_end)
		return err_set(r->err, ERR_INPUT,
			"%s:%zu：文件在这一行断了：列名有 %zu 个，这一行只有 %zu"
			" 格，末尾也没有换行；请重新取得完整的文件",
			"%s:%zu: the file was cut here: %zu columns, %zu cells in this row,"
			" and no line end after it; get the whole file again",
			r->name, o->line, columns, o->cells);
	if (o->n > 0)
		return err_set(r->err, ERR_INPUT,
			"%s:%zu：这一行只有 %zu 格，列名有 %zu 个；这样的行共 %zu"
			" 行：可能被截断，或少了分隔符，请补齐",
			"%s:%zu: %zu cells in a row of %zu columns; %zu such rows: cut short,"
			" or a delimiter is missing", r->name, o->line, o->cells, columns, o->n);
	o = &r->wide;
	if (o->n > 0 && o->cells <= r->width)
		return err_set(r->err, ERR_INPUT,
			"%s:%zu：第 %zu 列以后没有列名，这一行却有内容；"
			"给这些列写上列名，或清空它们",
			"%s:%zu: the columns after number %zu have no name and something stands"
			" in them; name them or empty them", r->name, o->line, columns);
	if (o->n > 0)
		return err_set(r->err, ERR_INPUT,
			"%s:%zu：这一行有 %zu 格，列名只有 %zu 个；这样的行共 %zu"
			" 行：单元格里的“%c”要用引号括起来",
			"%s:%zu: %zu cells in a row of %zu columns; %zu such rows: a cell"
			" that holds \"%c\" must be quoted", r->name,
			o->line, o->cells, columns, o->n, r->csv->delimiter);
	return 0;
}

static void
note_rows(struct reader *r)
{
	struct csv *csv = r->csv;

	if (r->width > csv->columns || csv->surplus)
		note(r, LANG_PICK("右边有空列（行末多余的分隔符），已略去",
			"empty columns at the right (delimiters too many) were left out"));
	if (r->empty.n > 0)
		note(r, pool_fmt(r->pool, LANG_PICK("有 %zu 个空行（第一个在第 %zu 行），已略去",
			"%zu empty rows (the first in line %zu)"
			" were left out"), r->empty.n, r->empty.line));
	if (csv->open_end && r->rows > 0)
		note(r, pool_fmt(r->pool, LANG_PICK(
			"文件末尾没有换行：若是断了，最后一格（第 %zu 行“%s”）可能不完整，请核对",
			"the file does not end with a line end: if it was cut, the last cell (line"
			" %zu, \"%s\") may be incomplete; look at it"),
			r->line_of[r->rows - 1], r->cell[r->cells - 1]));
}

static int
read_rows(struct reader *r)
{
	size_t n, line;

	while (skip_empty_lines(r)) {
		line = r->line;
		if (read_row(r, &n) != 0 || take_row(r, n, line) != 0)
			return -1;
	}
	if (refuse_rows(r) != 0)
		return -1;
	note_rows(r);
	return 0;
}

static void
keep(struct reader *r)
{
	struct csv *csv = r->csv;

	csv->rows = r->rows;
	csv->cell = r->cell;
	csv->line = r->line_of;
	pool_adopt(r->pool, r->cell);
	pool_adopt(r->pool, r->line_of);
}

/* s[n] is NUL and will be cut into cells: the pool's, CSV_SLACK bytes longer. */
static int
open_text(struct csv *csv, struct csv_rest *rest, char *s, size_t n, const char *name,
	const char *encoding_note, struct pool *pool, struct err *err)
{
	struct reader r = { .p = s, .end = s + n, .name = name, .line = 1, .csv = csv,
		.pool = pool, .err = err };
	int rc;

	csv->note = pool_array(pool, NOTES_MAX, sizeof(*csv->note));
	if (memchr(s, '\0', n) != NULL)
		return err_set(err, ERR_INPUT, "%s：含有空字节，不是文本文件",
			"%s: a NUL byte; this is not a text file", name);
	if (encoding_note != NULL)
		note(&r, encoding_note);
	if (n >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
		r.p += 3;
	csv->open_end = n > 0 && s[n - 1] != '\n' && s[n - 1] != '\r';
	set_delimiter(&r);
	rc = read_header(&r);
	free(r.cell);
	*rest = (struct csv_rest){ r.p, r.end, r.line, r.width, name };
	return rc;
}

int
csv_open_bytes(struct csv *csv, struct csv_rest *rest, const char *bytes, size_t n,
	const char *name, const char *encoding, struct pool *pool, struct err *err)
{
	struct bytes b;

	memset(csv, 0, sizeof(*csv));
	if (csv_bytes(&b, bytes, n, name, encoding, pool, err) != 0)
		return -1;
	if (b.s == NULL) {
		b.s = pool_take(pool, n + CSV_SLACK);
		if (n != 0)
			memcpy(b.s, bytes, n);
		b.n = n;
	}
	return open_text(csv, rest, b.s, b.n, name, b.note, pool, err);
}

int
csv_open(struct csv *csv, struct csv_rest *rest, const char *path, const char *encoding,
	struct pool *pool, struct err *err)
{
	const char *bytes;
	struct bytes b;
	size_t n;

	memset(csv, 0, sizeof(*csv));
	if (file_read(&bytes, &n, path, 0, pool, err) != 0 ||
			csv_bytes(&b, bytes, n, path, encoding, pool, err) != 0)
		return -1;
	/* The pool's copy is nobody else's: it need not be copied again. */
	if (b.s == NULL)
		b = (struct bytes){ (char *)(uintptr_t)bytes, n, b.note };
	return open_text(csv, rest, b.s, b.n, path, b.note, pool, err);
}

int
csv_rows(struct csv *csv, const struct csv_rest *rest, struct pool *pool, struct err *err)
{
	struct reader r = { .p = rest->p, .end = rest->end, .name = rest->name,
		.line = rest->line, .csv = csv, .width = rest->width, .pool = pool, .err = err };

	set_stops(&r);
	if (read_rows(&r) != 0) {
		free(r.cell);
		free(r.line_of);
		return -1;
	}
	keep(&r);
	return 0;
}

int
csv_parse(struct csv *csv, const char *bytes, size_t n, const char *name,
	const char *encoding, struct pool *pool, struct err *err)
{
	struct csv_rest rest;

	return csv_open_bytes(csv, &rest, bytes, n, name, encoding, pool, err) != 0 ? -1 :
		csv_rows(csv, &rest, pool, err);
}

int
csv_load(struct csv *csv, const char *path, const char *encoding,
	struct pool *pool, struct err *err)
{
	struct csv_rest rest;

	return csv_open(csv, &rest, path, encoding, pool, err) != 0 ? -1 :
		csv_rows(csv, &rest, pool, err);
}

int
csv_column(const struct csv *csv, const char *name)
{
	for (size_t i = 0; i < csv->columns; i++)
		if (strcmp(csv->header[i], name) == 0)
			return (int)i;
	return -1;
}
