/* Named columns of the same rows, from a file or a stored wave: what every analysis starts from. */
#ifndef STATS_FRAME_H
#define STATS_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/pool.h"

/*
 * A column is codes into the list of its different values.  A value is a text as it stands in the
 * cell (a choice's name), "" is missing; an answer to a question with several choices is the set as
 * one text, its choices parted by spaces.  Levels are those that occur, in the order of
 * factor_make(): numbers where all are, else by bytes.  Columns of up to 255 levels have a byte a
 * row.
 */
enum { FRAME_NONE8 = 255 };
#define FRAME_NONE UINT32_MAX
struct frame_column {
	const char *name;
	const uint8_t *code8;		/* code8[rows], FRAME_NONE8: missing; or NULL */
	const uint32_t *code;		/* code[rows], FRAME_NONE: missing; where code8 is NULL */
	const char *const *level;	/* level[levels] */
	const double *value;		/* value[levels]: the level as a number, NAN where none */
	size_t levels;
};

/* Row i of a column as a code, or FRAME_NONE. */
static inline uint32_t
frame_code(const struct frame_column *c, size_t i)
{
	if (c->code8 == NULL)
		return c->code[i];
	return c->code8[i] == FRAME_NONE8 ? FRAME_NONE : c->code8[i];
}

/* Lives in pool.  A column's levels are sorted when it is first asked for, by one thread. */
struct frame;

/*
 * The table in a CSV, read and refused as csv_load() and csv_parse() do; rows may be none.
 * Memory is the file's, and a byte a cell, five of columns with more levels.
 */
int frame_load(struct frame **f, const char *path, const char *encoding, struct pool *pool,
	struct err *err);
int frame_parse(struct frame **f, const char *bytes, size_t n, const char *name,
	struct pool *pool, struct err *err);

/*
 * Columns that somebody else has: name[columns], each of which fill() puts when it is first asked
 * for.  What is put stays the caller's and as it is while the frame lives.
 */
typedef void frame_fill(struct frame *f, size_t column, void *ctx);
struct frame *frame_make(const char *const name[], size_t columns, size_t rows, frame_fill *fill,
	void *ctx, struct pool *pool);
/* As codes of one kind or the other, and the levels they mean, in any order.  Levels that no row
 * has are left out, "" and NULL are missing. */
void frame_put_codes(struct frame *f, size_t column, const uint8_t code8[], const uint32_t code[],
	const char *const level[], size_t levels);
/* As cells: cell[rows], "" or NULL where it is missing. */
void frame_put_cells(struct frame *f, size_t column, const char *const cell[]);

size_t frame_rows(const struct frame *f);
size_t frame_columns(const struct frame *f);
const char *frame_name(const struct frame *f, size_t column);
/* Place of a column, or -1. */
int frame_find(const struct frame *f, const char *name);
/* Line of the file, from 1, where a row begins; of stored columns, as if they stood in one. */
size_t frame_line(const struct frame *f, size_t row);

/* The column as codes. */
const struct frame_column *frame_column(struct frame *f, size_t column);
/*
 * Has it so many different cells (keys, weights) that it is not kept as codes?  Then
 * frame_cell() of every row costs less than frame_column().
 */
bool frame_apart(const struct frame *f, size_t column);
/* The cell as it stands; "" where it is missing. */
const char *frame_cell(struct frame *f, size_t column, size_t row);

#endif
