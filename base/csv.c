/* CSV after RFC 4180, read whole and split where it stands. */
#include "base/csv.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/utf8.h"

/* Reading position and what has been read; cells grow as one flat list. */
struct reader {
	char *p, *end;		/* what is read becomes the cells: *end is NUL */
	const char *name;	/* of the file, for messages */
	size_t line;		/* where p is, from 1 */
	struct csv *csv;
	const char **cell;	/* heap; the pool's at the end */
	size_t cells, room;
	size_t *line_of;	/* likewise */
	size_t rows, rows_room;
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

static size_t
line_at(const char *bytes, size_t offset)
{
	size_t line = 1;

	for (size_t i = 0; i < offset; i++)
		line += bytes[i] == '\n';
	return line;
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
	if (r->p < r->end && *r->p != ',' && !at_newline(r))
		return err_set(r->err, ERR_INPUT,
		    "%s:%zu：右引号后面只能是逗号或换行；单元格里的引号要写成两个",
		    "%s:%zu: only a comma or a line end may follow a closing quote;"
		    " write a quote inside a cell twice", r->name, r->line);
	*end = to;
	return 0;
}

/* The text holds no NUL but the one at its end, so one look at a byte tells. */
static void
read_plain(struct reader *r)
{
	static const bool stops[256] = { ['\0'] = true, [','] = true, ['\n'] = true, ['\r'] = true };
	const char *p = r->p;

	while (!stops[(unsigned char)*p])
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
			if (read_quoted(r, &end) < 0)
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
		r->p++;		/* the comma */
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

static int
read_header(struct reader *r)
{
	size_t n;

	if (!skip_empty_lines(r))
		return err_set(r->err, ERR_INPUT, "%s：文件是空的，第一行应当是列名",
		    "%s: empty; the first line should name the columns", r->name);
	if (read_row(r, &n) < 0)
		return -1;
	r->csv->columns = n;
	r->csv->header = pool_array(r->pool, n, sizeof(char *));
	for (size_t i = 0; i < n; i++) {
		r->csv->header[i] = r->cell[i];
		for (size_t k = 0; k < i && r->cell[i][0] != '\0'; k++)
			if (strcmp(r->cell[i], r->cell[k]) == 0)
				return err_set(r->err, ERR_INPUT, "%s:1：列名“%s”出现了两次",
				    "%s:1: the column \"%s\" stands twice", r->name, r->cell[i]);
	}
	r->cells = 0;
	return 0;
}

static int
read_rows(struct reader *r)
{
	size_t n, line, columns = r->csv->columns;

	while (skip_empty_lines(r)) {
		line = r->line;
		if (read_row(r, &n) < 0)
			return -1;
		if (n > columns)
			return err_set(r->err, ERR_INPUT, "%s:%zu：这一行有 %zu 格，列名只有 %zu 个",
			    "%s:%zu: %zu cells in a row of %zu columns", r->name, line, n, columns);
		for (; n < columns; n++)
			add_cell(r, "");
		if (r->rows == r->rows_room)
			r->line_of = grow(r->line_of, &r->rows_room, sizeof(r->line_of[0]));
		r->line_of[r->rows++] = line;
	}
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

/* GB18030 to UTF-8 in *out. */
static int
convert(struct text *out, const char *bytes, size_t n, const char *name, struct err *err)
{
	iconv_t cd = iconv_open("UTF-8", "GB18030");
	char chunk[4096], *in = (char *)(uintptr_t)bytes;
	size_t left = n;
	int rc = -1;

	if (cd == (iconv_t)-1)
		return err_set_errno(err, ERR_SYSTEM, "本机不能转换 GB18030",
		    "this machine cannot convert GB18030");
	while (left > 0) {
		char *to = chunk;
		size_t room = sizeof(chunk);
		size_t got = iconv(cd, &in, &left, &to, &room);

		text_add(out, chunk, (size_t)(to - chunk));
		if (got == (size_t)-1 && errno != E2BIG) {
			err_set(err, ERR_INPUT, "%s:%zu：不是 GB18030 编码；请换成 --encoding utf-8 再试",
			    "%s:%zu: not GB18030; try --encoding utf-8", name,
			    line_at(bytes, n - left));
			goto out;
		}
	}
	rc = 0;
out:
	iconv_close(cd);
	return rc;
}

static int
check_utf8(const char *bytes, size_t n, const char *name, struct err *err)
{
	size_t bad = utf8_valid(bytes, n);
	const char *nul;

	if (n >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
		return err_set(err, ERR_INPUT, "%s：这是 UTF-16 文件；请另存为“CSV UTF-8”",
		    "%s: this is UTF-16; save it as \"CSV UTF-8\"", name);
	if (bad != n)
		return err_set(err, ERR_INPUT, "%s:%zu：不是 UTF-8 编码；请换成 --encoding gb18030 再试",
		    "%s:%zu: not UTF-8; try --encoding gb18030", name, line_at(bytes, bad));
	nul = memchr(bytes, '\0', n);
	if (nul != NULL)
		return err_set(err, ERR_INPUT, "%s:%zu：含有空字节，不是文本文件",
		    "%s:%zu: a NUL byte; this is not a text file", name,
		    line_at(bytes, (size_t)(nul - bytes)));
	return 0;
}

/* bytes[n] is NUL and will be cut into cells: the pool's. */
static int
read_utf8(struct csv *csv, char *bytes, size_t n, const char *name,
	struct pool *pool, struct err *err)
{
	struct reader r = { .p = bytes, .end = bytes + n, .name = name, .line = 1,
		.csv = csv, .pool = pool, .err = err };

	if (check_utf8(bytes, n, name, err) < 0)
		return -1;
	if (n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
		r.p += 3;
	if (read_header(&r) < 0 || read_rows(&r) < 0) {
		free(r.cell);
		free(r.line_of);
		return -1;
	}
	keep(&r);
	return 0;
}

static bool
is_utf8(const char *encoding)
{
	return encoding == NULL || strcasecmp(encoding, "utf-8") == 0 || strcasecmp(encoding, "utf8") == 0;
}

int
csv_parse(struct csv *csv, const char *bytes, size_t n, const char *name,
	const char *encoding, struct pool *pool, struct err *err)
{
	struct text utf8 = TEXT_INIT;
	char *copy;

	memset(csv, 0, sizeof(*csv));
	if (is_utf8(encoding)) {
		copy = pool_take(pool, n + 1);
		if (n != 0)
			memcpy(copy, bytes, n);
		return read_utf8(csv, copy, n, name, pool, err);
	}
	if (strcasecmp(encoding, "gb18030") != 0 && strcasecmp(encoding, "gbk") != 0)
		return err_set(err, ERR_USAGE, "不认识编码“%s”；可用 utf-8 或 gb18030",
		    "unknown encoding \"%s\"; use utf-8 or gb18030", encoding);
	if (convert(&utf8, bytes, n, name, err) != 0) {
		text_clear(&utf8);
		return -1;
	}
	copy = pool_take(pool, utf8.n + 1);
	memcpy(copy, text_str(&utf8), utf8.n);
	n = utf8.n;
	text_clear(&utf8);
	return read_utf8(csv, copy, n, name, pool, err);
}

int
csv_load(struct csv *csv, const char *path, const char *encoding,
	struct pool *pool, struct err *err)
{
	struct pool file = POOL_INIT;
	const char *bytes;
	size_t n;
	int rc;

	rc = file_read(&bytes, &n, path, 0, is_utf8(encoding) ? pool : &file, err);
	if (rc == 0 && is_utf8(encoding)) {
		/* The pool's copy is nobody else's: it need not be copied again. */
		memset(csv, 0, sizeof(*csv));
		rc = read_utf8(csv, (char *)(uintptr_t)bytes, n, path, pool, err);
	} else if (rc == 0) {
		rc = csv_parse(csv, bytes, n, path, encoding, pool, err);
	}
	pool_clear(&file);
	return rc;
}

int
csv_column(const struct csv *csv, const char *name)
{
	for (size_t i = 0; i < csv->columns; i++)
		if (strcmp(csv->header[i], name) == 0)
			return (int)i;
	return -1;
}

/* [+-]digits[.digits][e[+-]digits]: what a spreadsheet reads as a number, not a formula. */
static bool
is_number(const char *s)
{
	size_t whole, part = 0;

	s += *s == '+' || *s == '-';
	whole = strspn(s, "0123456789");
	s += whole;
	if (*s == '.') {
		part = strspn(++s, "0123456789");
		s += part;
	}
	if (whole + part == 0)
		return false;
	if (*s == 'e' || *s == 'E') {
		s++;
		s += *s == '+' || *s == '-';
		if (strspn(s, "0123456789") == 0)
			return false;
		s += strspn(s, "0123456789");
	}
	return *s == '\0';
}

void
csv_put(struct text *out, const char *cell)
{
	bool guard = cell[0] != '\0' && strchr("=+-@\t\r", cell[0]) != NULL && !is_number(cell);
	bool quote = strpbrk(cell, ",\"\r\n") != NULL;

	if (quote)
		text_putc(out, '"');
	if (guard)
		text_putc(out, '\'');
	for (; *cell != '\0'; cell++) {
		if (*cell == '"')
			text_putc(out, '"');
		text_putc(out, *cell);
	}
	if (quote)
		text_putc(out, '"');
}
