/* A wave's answers that count, as columns: what every figure and table of it starts from. */
#ifndef FIGURE_COUNTED_H
#define FIGURE_COUNTED_H

#include "figure/rows.h"
#include "forms/stream.h"

#define COUNTED_NOWHERE UINT32_MAX

/* One item of the form, by row. */
struct answer_item {
	const uint8_t *code;	/* code[n], as scan_row() gives it */
	const uint8_t *set;	/* set[n * width]: what was ticked of a multiple, bit i of a row's
				 * bytes is choice i; NULL: no multiple */
	size_t width;		/* bytes of a set */
};

/* Lives in a pool; rows by id.  Rows of imports that are not complete are not there. */
struct counted {
	struct db *db;
	struct wave wave;
	const struct form *form;
	size_t n;
	const int64_t *id;		/* id[n] */
	const int64_t *weight;		/* base weights in millionths */
	const uint32_t *place;		/* index of site[], or COUNTED_NOWHERE */
	const uint32_t *stratum, *cluster;	/* index of label[]; 0 is "" */
	const char *const *label;	/* label[labels]: different texts, in no order */
	size_t labels;
	const uint8_t *stream;		/* enum stream */
	const uint8_t *mode;		/* rows_mode() */
	const uint8_t *flag;		/* 0 in the main estimate, 1 out by the form's own rule,
					 * 2 out by a later event */
	const int32_t *minute;		/* accepted */
	const int32_t *seconds;		/* taken; -1 unknown */
	const uint8_t *rush;		/* RUSH_* */
	const struct answer_item *item;	/* item[form->items] */
	const uint8_t *unaided;		/* ROWS_UNAIDED */
	const struct site *site;	/* by id */
	size_t sites;
};

/*
 * Read a wave in one view of the database.  Whole blocks come from files where they are there and
 * sound (block.h), what lies past them from the rows; blocks that became whole are kept where
 * anything may be written.  rows_only: for what is signed: nothing derived is read or written.
 * Fails: ERR_DB naming the row when a stored answer is not the form's.
 */
int counted_open(struct counted *a, struct db *db, const struct wave *wave, bool rows_only,
	struct pool *pool, struct err *err);

/* Was the choice ticked? */
static inline bool
counted_ticked(const struct answer_item *item, size_t row, size_t choice)
{
	return (item->set[row * item->width + choice / 8] >> choice % 8 & 1) != 0;
}

/* A wave's state, cheap to read: two equal states of one database give the same answers. */
struct counted_state {
	int64_t rows;			/* that count */
	int64_t excluded;		/* last exclusion event */
	int64_t batches;		/* last event of imports */
	int64_t catalogue;		/* forms, waves, sites and settings */
};
int counted_peek(struct counted_state *state, struct db *db, int64_t wave, struct err *err);

#endif
