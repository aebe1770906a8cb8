/* The inside of `manyi import`; for the files of this folder only. */
#ifndef CLI_IMPORT_IMPORT_H
#define CLI_IMPORT_IMPORT_H

#include "base/csv.h"
#include "cli/cli.h"
#include "base/progress.h"
#include "cli/rows.h"
#include "db/batch.h"
#include "forms/response.h"
#include "db/row.h"

/* ---- cells.c: cells that are not as they should be, and what was surely meant ---- */

/* How a cell was written that could be read all the same; each is noted once, with a count. */
enum habit {
	HABIT_NONE,
	HABIT_SPACE,		/* spaces around it */
	HABIT_WIDTH,		/* full-width digits or letters */
	HABIT_FLOAT,		/* 9.0 for 9 */
	HABIT_SEPARATOR,	/* 12315;month for 12315 month */
	HABIT_DATE,		/* 2024/4/14 12:14 */
	HABIT_MAX
};

/* The same characters in half width, without spaces around; the cell itself
 * where nothing changes. */
const char *cell_plain(const char *cell, enum habit *habit, struct pool *pool);
/* The cell of an item as codes of its choices, or the cell itself where that
 * is not beyond doubt. */
const char *cell_codes(const struct item *item, const char *cell, enum habit *habit,
	struct pool *pool);
/* A day with or without a time in China, in the shapes that cannot be mistaken: 2024-05-12,
 * 2024/5/12 9:30, 2024年5月12日; or whole minutes since 1970.  0 or -1. */
int cell_minute(const char *cell, int64_t *minute, enum habit *habit);
/* What may stand in the item's column: "1 男；2 女", and with the codes of missing answers "；98
 * 不清楚；99 没有回答". */
const char *cell_allowed(const struct item *item, bool missing, struct pool *pool);
/* What is wrong with an item's cell and what to do, for whoever made the file. */
const char *cell_fault(const struct form *form, const struct issue *issue, const char *cell,
	struct pool *pool);

/* ---- one import ---- */

enum { FIELDS = 18, SLICE = 256 };
/* Columns beside the form's items. */
enum field { FIELD_SITE, FIELD_MINUTE, FIELD_SECONDS, FIELD_STRATUM, FIELD_CLUSTER, FIELD_WEIGHT,
	FIELD_KEY, FIELD_MODE, FIELD_STREAM, FIELD_FLAGGED, FIELD_SCREENS, FIELD_DONT_KNOW,
	FIELD_RESENDS, FIELD_CLIENT, FIELD_RUSH, FIELD_BATCH, FIELD_AGENCY_KEY, FIELD_COUNTED };

/* A row read, beside what will be stored of it. */
struct import_row {
	const char *site_code;		/* "" if none */
	bool timeless;			/* gives no minute: has the batch's */
	bool skip;			/* not stored: by its key the same row once more,
					 * or part of no figure */
	unsigned char content[16];	/* hash of answers, stratum, cluster, site and,
					 * unless timeless, minute */
};

struct import {
	struct cli *cli;
	struct csv csv;
	struct wave wave;
	const char *wave_name;
	const struct form *form;
	int field[FIELDS];		/* column of each field, -1: none */
	const char **name;		/* name[items]: item columns */
	size_t *column;			/* column[items]: where they stand */
	size_t items;
	const char *mode, *stream;	/* for rows that do not say */
	int64_t now;
	struct site *site;
	size_t sites;
	struct response_row *row;	/* row[csv.rows] */
	struct import_row *more;	/* the same length */
	size_t rows;			/* stored, or with --dry-run to be stored */
	size_t skipped;			/* the same row once more, by its key */
	size_t uncounted;		/* marked by an export as part of no figure */
	struct rows_errors errors;
	struct { size_t n, row, columns; const char *column, *from, *to;
		uint64_t seen[4]; } habit[HABIT_MAX];
	json_t *notes;
	struct batch batch;
	struct batch *batches;		/* of the wave */
	size_t batches_n;
	int64_t last_event;		/* of the wave's batches, when they were listed */
	bool resumed;
	struct progress progress;
};

/* ---- rows.c ---- */
/* Content of a row as the wave's rows are compared: answers, stratum, cluster, site and, unless
 * timeless, minute. */
void import_content(unsigned char hash[16], const struct response_row *row, bool timeless);
/* rows.c: the file's rows, checked; what is wrong is in in->errors. */
void import_rows(struct import *in);
extern const char *const import_modes[], *const import_streams[];
bool import_is_one_of(const char *s, const char *const list[]);

/* ---- alike.c: the same people in a file with other columns ---- */

/*
 * Rows that are stored already though the file or a stored batch lacks columns of the other, or has
 * them empty: compared by the parts of import_content() that both have, each answer being one; with
 * rows of the file's streams only.
 */
struct import_alike;
struct import_alike *import_alike_begin(const struct import *in, struct pool *pool);
/* every stored row that counts here */
void import_alike_add(struct import_alike *a, const struct response_row *row);
/*
 * Strangers agree on short forms.  The chance that a new person's row is one of those stored is the
 * share of them that are not unique; what is met beyond chance * rows, divided by (1 - chance) *
 * rows, is the share of the file that was stored before.  Stops a file where that is a fifth or
 * more and no luck (three standard errors of the chance matches), if whole content did not meet as
 * many: `same` rows.
 *
 * Returns: 0, or -1 with *err (ERR_CONFLICT).
 * Caution: the fifth is our choice: a file of which less was stored before goes in.
 * Source:  the chance: Good (1953), Biometrika 40:237-264.
 */
int import_alike_refuse(struct import_alike *a, size_t same, struct err *err);
void import_alike_end(struct import_alike *a);
/* What to do about rows that are stored already with a batch (0: none), for
 * the end of a message. */
const char *import_advice(const struct import *in, int64_t batch);

/* ---- design.c: weights, strata, clusters ---- */

/* What drawn people's rows are like; volunteers have no design.  Zeroed memory: no rows. */
struct import_design {
	size_t n;
	double weight;	/* sum */
	bool weighted, stratum, cluster;	/* any row's is not 1, not "" */
};
void import_design_add(struct import_design *d, const struct response_row *row);
/*
 * Weights, strata or clusters that either the file's or the wave's drawn people have and the others
 * lack, or weights more than ten times apart on the average.  0, or -1 with *err (ERR_CONFLICT).
 */
int import_design_refuse(const struct import_design *file, const struct import_design *stored,
	struct err *err);

/* batch.c */
/* Rows that are stored already stop an import.  0, or -1 with *err (ERR_CONFLICT). */
int import_compare(struct import *in, struct err *err);
/* Make the batch, or go on with the one that was begun; store it slice by slice; complete it. */
int import_store(struct import *in, struct err *err);
/* The unfinished import of the same file with the same options, if there is one. */
void import_find(struct import *in);

#endif
