/* A file of answers by column: numbers or words, special codes and blanks missing. */
#ifndef PLAN_DATA_H
#define PLAN_DATA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/json.h"
#include "base/pool.h"
#include "stats/factor.h"
#include "stats/frame.h"
#include "stats/sample/sample.h"

/* May a cell hold several choices? */
enum plan_kind { PLAN_UNSAID, PLAN_MANY, PLAN_SINGLE };

/* What occurs in a column but codes that are missing: a category each, as factor_make() sorts. */
struct plan_levels {
	const char *const *level;	/* level[levels] */
	size_t levels;
	const struct frame_column *column;
	const uint32_t *of;		/* of[column->levels]: of each code, or FACTOR_NONE */
};

/*
 * Rows are those of the frame, or, with a frequency column, each as often as it says.  What is
 * said of a column (missing, word, number) is found out once for each of its levels.  In the pool
 * it was loaded in.
 */
struct plan_data {
	size_t n;			/* rows */
	const size_t *row;		/* row[n]: row of the frame; NULL: all of them, once */
	struct frame *frame;
	const bool *in;			/* in[rows of the frame]: NULL: all; others are no part of
					 * the sample but count as people of their unit */
	const json_t *codes;		/* {"q1": [98, 99], "*": [-9]}; NULL: none */
	unsigned char *many;		/* many[columns]: enum plan_kind, plan/many.h */
	const json_t **choices;		/* choices[columns]: a list, or NULL: unknown */
	struct plan_set **set;		/* set[columns]: plan/many.c's; NULL: not read yet */
	const struct plan_levels **levels;	/* levels[columns]; NULL: not asked for yet */
	const double **number;		/* number[columns] */
	const struct factor **factor;	/* factor[columns] */
	struct column **item;		/* item[columns] */
	struct pool *pool;
};

static inline size_t
plan_data_row(const struct plan_data *d, size_t i)
{
	return d->row != NULL ? d->row[i] : i;
}

/*
 * Read path ("-": standard input).  encoding as csv_load().  Missing are "",
 * "NA" and the codes of the column and of "*".
 * Fails: ERR_IO, ERR_INPUT; FAULT_COLUMN where codes names no column of the file.
 */
int plan_data_load(struct plan_data *data, const char *path, const char *encoding,
	const json_t *codes, struct pool *pool, struct err *err);

/* The same of a file in memory, in UTF-8; name is what messages call it. */
int plan_data_parse(struct plan_data *data, const char *bytes, size_t n, const char *name,
	const json_t *codes, struct pool *pool, struct err *err);

/* The same of columns that somebody else has. */
int plan_data_frame(struct plan_data *data, struct frame *frame, const char *name,
	const json_t *codes, struct pool *pool, struct err *err);

/* Repeat every row as often as this column says.  Fails: FAULT_COLUMN,
 * FAULT_WEIGHT naming the line. */
int plan_data_repeat(struct plan_data *data, const char *column, struct err *err);

/* Column of a name: its number, or FAULT_COLUMN naming it. */
int plan_data_column(const struct plan_data *data, const char *name, struct err *err);

/* x[n], NAN missing.  Fails: FAULT_COLUMN; FAULT_INPUT naming the first cell
 * that is not a number. */
int plan_data_numbers(const double **x, struct plan_data *data, const char *name, struct err *err);

/*
 * The same for an estimate: coded where all numbers are whole and fit, so that no row has a number
 * of its own.
 */
int plan_data_item(struct column *item, struct plan_data *data, const char *name, struct err *err);

/*
 * Categories.  Fails: FAULT_COLUMN; FAULT_INPUT for a question with several choices, whose cells
 * are no categories (as do numbers of it).
 */
int plan_data_factor(const struct factor **f, struct plan_data *data, const char *name,
	struct err *err);

/* Has it words, and no number, in it?  A column of both is neither: asking for its
 * numbers names the culprit. */
bool plan_data_words(const struct plan_data *data, size_t column);

/* The cells of a column as they stand, each different one a level: of the rows there are. */
const struct plan_levels *plan_data_levels(struct plan_data *data, size_t column);
/* Level of a row, or FACTOR_NONE. */
static inline uint32_t
plan_data_level(const struct plan_data *d, const struct plan_levels *l, size_t i)
{
	uint32_t code = frame_code(l->column, plan_data_row(d, i));

	return code == FRAME_NONE ? FACTOR_NONE : l->of[code];
}
/* 0, 1 or COLUMN_MISSING of each level, as a column. */
struct column plan_data_indicator(const struct plan_data *data, const struct plan_levels *levels,
	const int32_t hit[]);
/* Is a cell, or a word of one, a code that is missing in that column? */
bool plan_data_missing(const struct plan_data *data, size_t column, const char *cell);
/* Is it this value, or one of these (texts or numbers)? */
bool plan_data_is(const char *cell, const json_t *value);
bool plan_data_in(const char *cell, const json_t *values);

#endif
