/* CSV (RFC 4180) in and out: UTF-8 with or without BOM, or GB18030 on request. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stddef.h>

#include "base/err.h"
#include "base/pool.h"
#include "base/text.h"

/* A file read whole and split; every cell is NUL-terminated UTF-8 in the pool. */
struct csv {
	size_t rows;		/* data rows, without the header */
	size_t columns;		/* of the header */
	const char **header;	/* header[columns] */
	const char **cell;	/* cell[row * columns + column]; short rows are padded with "" */
	const size_t *line;	/* line[row]: line of the file where the row starts, from 1 */
};

/*
 * Read path ("-": standard input).  encoding: NULL or "utf-8" (a BOM is
 * skipped), or "gb18030".  Fails with the line when a quote never closes, a
 * row has more cells than the header, a name stands twice in the header,
 * bytes are not in the encoding (it then says which encoding to try), or
 * the file has no header.  Empty lines are skipped.
 */
int csv_load(struct csv *csv, const char *path, const char *encoding,
	struct pool *pool, struct err *err);
int csv_parse(struct csv *csv, const char *bytes, size_t n, const char *name,
	const char *encoding, struct pool *pool, struct err *err);

/* Column of a name, or -1. */
int csv_column(const struct csv *csv, const char *name);

/* Add one cell, quoted where needed; text that a spreadsheet would run as a
 * formula (= + - @ tab CR first) gets a leading apostrophe unless it is a number. */
void csv_put(struct text *out, const char *cell);

#endif
