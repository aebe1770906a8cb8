/* A file of answers by column: numbers or words, special codes and blanks missing. */
#ifndef PLAN_DATA_H
#define PLAN_DATA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/csv.h"
#include "base/err.h"
#include "base/json.h"
#include "base/pool.h"
#include "stats/factor.h"

/* May a cell hold several choices? */
enum plan_kind { PLAN_UNSAID, PLAN_MANY, PLAN_SINGLE };

/*
 * Rows are those of the file, or, with a frequency column, each as often as
 * it says.  Columns are read when asked for, once.  In the pool it was loaded in.
 */
struct plan_data {
	size_t n;			/* rows */
	const size_t *row;		/* row[n]: row of the file */
	bool repeated;			/* by a frequency; otherwise row[i] is i */
	struct csv csv;
	const json_t *codes;		/* {"q1": [98, 99], "*": [-9]}; NULL: none */
	unsigned char *many;		/* many[columns]: enum plan_kind, plan/many.h */
	const json_t **choices;		/* choices[columns]: a list, or NULL: unknown */
	struct plan_set **set;		/* set[columns]: plan/many.c's; NULL: not read yet */
	const double **number;		/* number[columns]; NULL: not read yet */
	const struct factor **factor;	/* factor[columns] */
	struct pool *pool;
};

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

/* Repeat every row as often as this column says.  Fails: FAULT_COLUMN,
 * FAULT_WEIGHT naming the line. */
int plan_data_repeat(struct plan_data *data, const char *column, struct err *err);

/* Column of a name: its number, or FAULT_COLUMN naming it. */
int plan_data_column(const struct plan_data *data, const char *name, struct err *err);

/* x[n], NAN missing.  Fails: FAULT_COLUMN; FAULT_INPUT naming the first cell
 * that is not a number. */
int plan_data_numbers(const double **x, struct plan_data *data, const char *name, struct err *err);

/*
 * Categories.  Fails: FAULT_COLUMN; FAULT_INPUT for a question with several choices, whose cells
 * are no categories (as do numbers of it).
 */
int plan_data_factor(const struct factor **f, struct plan_data *data, const char *name,
	struct err *err);

/* Has it words, and no number, in it?  A column of both is neither: asking for its
 * numbers names the culprit. */
bool plan_data_words(const struct plan_data *data, size_t column);

/* The cells of a column as they stand, each different one a level. */
const struct factor *plan_data_cells(struct plan_data *data, size_t column);
/* Is a cell, or a word of one, a code that is missing in that column? */
bool plan_data_missing(const struct plan_data *data, size_t column, const char *cell);
/* Is it this value, or one of these (texts or numbers)? */
bool plan_data_is(const char *cell, const json_t *value);
bool plan_data_in(const char *cell, const json_t *values);

#endif
