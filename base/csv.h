/* CSV (RFC 4180) in and out, as spreadsheets of several countries write it. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/pool.h"
#include "base/text.h"

/* A questionnaire has dozens of columns; beyond this a file is not a table of answers, and names
 * are compared in pairs. */
enum { CSV_COLUMNS_MAX = 2000 };

/* A file read whole and split; every cell is NUL-terminated UTF-8 in the pool. */
struct csv {
	size_t rows;		/* data rows, without the header */
	size_t columns;		/* of the header */
	const char **header;	/* header[columns] */
	const char **cell;	/* cell[row * columns + column] */
	const size_t *line;	/* line[row]: line of the file where the row starts, from 1 */
	char delimiter;		/* ',', ';' or a tab, whichever the first lines fit */
	bool open_end;		/* the file does not end with a line end, as one
				 * that was cut does not */
	bool surplus;		/* rows have empty cells beyond the header */
	const char **note;	/* note[notes]: what was understood rather than read, for people */
	size_t notes;
};

/*
 * Read path ("-": standard input).  encoding: NULL: UTF-8 (a BOM is skipped), or GB18030 where the
 * file is plainly that, which is noted; "utf-8" or "gb18030": that and no other.  UTF-16 with its
 * mark is read.
 *
 * A row has as many cells as the header, or the file is refused with the line: a cell that is
 * missing would move the answers behind it.  Empty cells beyond the header, columns at the end
 * without name or content, empty rows and empty lines are left out and noted, but for empty lines.
 * Refused and named as what they are: files that are no text (base/filekind.h), a title above the
 * header, a row of totals, a name that stands twice, more than CSV_COLUMNS_MAX columns, a quote
 * that never closes.  The last line may lack its end, since programs leave it out; a cut inside the
 * last cell cannot be told from that, so it is noted, and open_end lets a caller refuse.
 */
int csv_load(struct csv *csv, const char *path, const char *encoding,
	struct pool *pool, struct err *err);
int csv_parse(struct csv *csv, const char *bytes, size_t n, const char *name,
	const char *encoding, struct pool *pool, struct err *err);

/*
 * The same in two steps, for those who take rows that are plain by themselves (stats/frame.h): up
 * to the end of the header, and the cells of the rest.
 */
struct csv_rest {
	char *p, *end;		/* the rows, cut into cells by csv_rows(): *end and CSV_SLACK - 1
				 * bytes after it are NUL */
	size_t line;		/* where p is, from 1 */
	size_t width;		/* cells of the header, those without a name included */
	const char *name;	/* of the file, for messages */
};
enum { CSV_SLACK = 16 };
int csv_open(struct csv *csv, struct csv_rest *rest, const char *path, const char *encoding,
	struct pool *pool, struct err *err);
int csv_open_bytes(struct csv *csv, struct csv_rest *rest, const char *bytes, size_t n,
	const char *name, const char *encoding, struct pool *pool, struct err *err);
/* The list of cells goes to pool, which may be another. */
int csv_rows(struct csv *csv, const struct csv_rest *rest, struct pool *pool, struct err *err);

/* Column of a name, or -1. */
int csv_column(const struct csv *csv, const char *name);

/* Where a row of totals says so, or -1: its first cell that holds anything is 合计,
 * total, mean or the like. */
int csv_total(const char *const cell[], size_t n);

/* ---- csv_put.c ---- */
/* Add one cell, quoted where needed; text that a spreadsheet would run as a
 * formula (= + - @ tab CR first) gets a leading apostrophe unless it is a number. */
void csv_put(struct text *out, const char *cell);

#endif
