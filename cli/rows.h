/* Tables from people: which row and column is wrong, and nothing stored until none is. */
#ifndef CLI_ROWS_H
#define CLI_ROWS_H

#include <stdbool.h>

#include "base/csv.h"
#include "base/err.h"
#include "base/json.h"
#include "base/text.h"

/* The row of such a file's encoding in a command's options. */
#define ROWS_ENCODING_OPTION \
	{ .name = "encoding", .value = "NAME", .help = { { \
		"utf-8 或 gb18030；默认由程序识别", \
		"utf-8 or gb18030; default: as the file shows" } } }

/*
 * Errors of a file so far.  Zeroed memory: none.  A row is counted as people
 * count in a spreadsheet without the header: 1 is the first row of data; line is that of
 * the file.
 */
struct rows_errors {
	json_t *list;		/* NULL while there is none:
				 * [{"row","line","column","message","count"}], row 0 is the
				 * header */
	size_t more;		/* errors beyond those listed */
};

enum { ROWS_ERRORS_MAX = 1000, ROWS_LINES_MAX = 10, ROWS_CELLS_MAX = 5 };

/*
 * One habit of a column is one entry: the same message about the same column again only counts, and
 * adds its line to "lines" (the first ROWS_LINES_MAX) and its cell to "cells" (the first
 * ROWS_CELLS_MAX that differ).  So a message must not repeat the cell.
 */
void rows_error(struct rows_errors *errors, const struct csv *csv, size_t row, const char *column,
	const char *message);
/* With the cell as it was found and, for an item, its question (NULL: none). */
void rows_error_cell(struct rows_errors *errors, const struct csv *csv, size_t row,
	const char *column, const char *question, const char *cell, const char *message);

/* About the header: the heading as it was found. */
void rows_error_header(struct rows_errors *errors, const char *heading, const char *message);

/* What was understood of the file rather than read: "notes" of what is said, and as text. */
void rows_notes(json_t *said, const struct csv *csv);
void rows_show_notes(struct text *out, const json_t *said);

/* {"errors":[...]} (and "more" when the list was cut); takes over the list. */
json_t *rows_refused(struct rows_errors *errors);
/* The same as text. */
void rows_show(struct text *out, const json_t *said);

/* Is every column of the file one of known[] (ends with NULL), and are the first `required` of them
 * there?  Lists what is not, with what was probably meant. */
bool rows_columns(struct rows_errors *errors, const struct csv *csv, const char *const known[],
	size_t required);

/* The cell of a named column, "" if the column is not there. */
const char *rows_cell(const struct csv *csv, size_t row, const char *column);
/* A cell as a number, NAN when empty; -1 and *number untouched when it is none. */
int rows_number(double *number, const char *cell);
/* A cell as a whole number within low..high: 0; -1 when it is none. */
int rows_whole(long long *number, const char *cell, long long low, long long high);

#endif
