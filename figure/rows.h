/* A wave's stored rows in columns, counted or not: what blocks are made of. */
#ifndef FIGURE_ROWS_H
#define FIGURE_ROWS_H

#include "db/survey.h"
#include "figure/scan.h"

/* Columns every row has; behind them stand a byte for each item, then the sets of multiples. */
enum rows_column {
	ROWS_ID, ROWS_WEIGHT,				/* int64_t */
	ROWS_BATCH, ROWS_SITE, ROWS_STRATUM, ROWS_CLUSTER,	/* uint32_t; 0: none, "" */
	ROWS_MINUTE, ROWS_SECONDS,			/* int32_t */
	ROWS_STREAM, ROWS_MODE, ROWS_FLAGGED, ROWS_RUSH, ROWS_UNAIDED,	/* uint8_t */
	ROWS_ITEMS
};

/* ROWS_FLAGGED of a row whose answers are not the form's: an error only where it counts. */
enum { ROWS_MISFIT = 3 };

/* A block is so many rows. */
enum { ROWS_BLOCK = 4096, ROWS_COLUMNS_MAX = ROWS_ITEMS + 2 * FORM_ITEMS_MAX };

/* Texts that many rows share, numbered as they first appear; 0 is "". */
struct labels {
	const char **text;
	size_t n, room;
	uint32_t *slot;		/* of numbers plus 1, by hash */
	size_t slots;
};

struct rows {
	const struct form *form;
	const struct scan *scan;
	int unaided;			/* item whose words are coded; -1: none */
	size_t n, room;
	size_t columns;
	size_t width[ROWS_COLUMNS_MAX];	/* bytes of a cell */
	size_t cell;			/* bytes of a row */
	unsigned char *memory;		/* room * cell bytes: the columns one after the other */
	unsigned char *column[ROWS_COLUMNS_MAX];
	size_t set[FORM_ITEMS_MAX];	/* column of a multiple's set */
	struct labels labels;
	struct pool *pool;		/* of labels */
};

void rows_init(struct rows *r, const struct form *form, struct pool *pool);
void rows_clear(struct rows *r);
/* Room for so many rows, in whole blocks: every column is aligned for its numbers. */
void rows_room(struct rows *r, size_t n);
/* The same for as many as a count says, which may be wrong: what is too much is left. */
void rows_expect(struct rows *r, int64_t n);

static inline void *
rows_at(const struct rows *r, size_t column)
{
	return r->column[column];
}

/* Was the choice of a multiple ticked? */
static inline bool
rows_ticked(const struct rows *r, size_t item, size_t row, size_t choice)
{
	size_t c = r->set[item];

	return (r->column[c][row * r->width[c] + choice / 8] >> choice % 8 & 1) != 0;
}

/* The number of a text. */
uint32_t rows_label(struct rows *r, const char *text);

/* Read what the database has past the last row. */
int rows_read(struct rows *r, struct db *db, int64_t wave, struct err *err);

/* "qr", "phone" ... of ROWS_MODE; NULL past the last. */
const char *rows_mode(size_t i);

/* ROWS_UNAIDED, what the words of the item coded by "unaided-1" name: 0 no hotline ("98" and
 * "other" too), else 1 more than its place in rows_hotline; SCAN_NONE for none. */
enum { ROWS_HOTLINES = 3 };
extern const int rows_hotline[ROWS_HOTLINES];

/* -1: a stored row that is not the form's. */
int rows_misfit(const struct form *form, int64_t wave, int64_t id, struct err *err);

#endif
