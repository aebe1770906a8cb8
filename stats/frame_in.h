/* The inside of frames; for stats/frame*.c and their tests only. */
#ifndef STATS_FRAME_IN_H
#define STATS_FRAME_IN_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/csv.h"
#include "stats/frame.h"

/* The cells of a column in one part of the rows. */
struct frame_dict {
	/* Codes of 8 bits, of 32, or where cells begin. */
	enum { FRAME_BYTE, FRAME_WIDE, FRAME_APART } way;
	struct frame_slot *slot;	/* slot[size]: by hash, while reading */
	size_t size;			/* a power of two */
	uint32_t *at;			/* at[n]: where each different cell begins */
	uint32_t *code;			/* code[rows] of the part; NULL: FRAME_BYTE */
	size_t n, room;
};

/* Rows one thread reads. */
struct frame_part {
	size_t row, rows;		/* from row on */
	char *p, *end;			/* their bytes */
	struct frame_dict *dict;	/* dict[columns] */
	bool odd;			/* they are not plain */
};

/* The cells of a table as they were met: each different one of a part and column has a number, from
 * 0, in order of appearance. */
struct frame_met {
	char *base;			/* cells begin at offsets from here */
	bool stops[256];		/* bytes that end one */
	size_t columns, rows, parts;
	struct frame_part *part;
	uint8_t **code8;		/* code8[columns][rows]; FRAME_NONE8: empty */
	_Atomic(uint32_t *) *code;	/* code[columns][rows], of parts that are not FRAME_BYTE;
					 * FRAME_NONE: empty */
};

/* ---- frame.c ---- */
/* The rest of a table, in as many parts: how many never shows. */
int frame_read(struct frame **frame, struct csv *csv, const struct csv_rest *rest, size_t parts,
	struct pool *pool, struct err *err);

/* ---- frame_met.c ---- */
/*
 * Plain rows: no quotes, one kind of line end, as many cells in each as the header has, something
 * in each, no totals.  false: they are not that, and the bytes are as they were.
 */
bool frame_met_plain(struct frame_met *m, const struct csv *csv, const struct csv_rest *rest,
	size_t parts, struct pool *pool);
/* Rows that csv_rows() read. */
void frame_met_cells(struct frame_met *m, const struct csv *csv, const struct csv_rest *rest,
	size_t parts, struct pool *pool);
/* The cell at an offset, which ends in a NUL from now on. */
const char *frame_met_text(const struct frame_met *m, uint32_t at);

#endif
