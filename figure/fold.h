/* Stored rows into exact sums: each row once, past a watermark. */
#ifndef FIGURE_FOLD_H
#define FIGURE_FOLD_H

#include "db/survey.h"
#include "forms/stream.h"
#include "stats/tally.h"
#include "figure/scores.h"

/*
 * One question to the rows: which scores, by what.  A slice is one tally a stream; its
 * variables are "flagged", the wave's margins (sampled stream only) and `by`.
 *     flagged   "0" in the main estimate, "1" out by the form's own rule, "2" out by a later event
 *     by        "" the city; "sector", "township": the answer to the form's item of that sense, or
 *     where the
 *               form has none the site's; "site": its code; else an item with choices
 *     all       flagged answers are summed as well; otherwise they only count as people of their
 *               sampling unit, with every other level ""
 * Sampled rows keep their stratum and cluster.  Open rows have no design: their site is
 * the cluster (people at one place are alike), and a row without site stands alone; by
 * "site" every row does.
 */
struct fold_slice {
	enum scores_set set;
	const char *by;
	bool all;
};

/* What the stored tally was when the rows were read: sums are stored over this one and no other. */
struct fold_mark {
	int64_t after, dropped, catalogue;
	const char *layout;
};

/* A wave's state, cheap to read: two equal states give the same figures to the bit. */
struct fold_state {
	int64_t rows;		/* answers of the wave that count */
	int64_t folded;		/* of them in the stored tally; -1: there is none */
	int64_t excluded;	/* of those folded, out by a later event */
	int64_t batches;	/* last event of its imports: another one, and
				 * other rows may count */
};

/*
 * A wave open for measuring; lives in a pool.
 *
 * Sums are kept in the database only while they are much smaller than the rows they sum (kept):
 * where strata, clusters and margins cut a small sample into nearly as many cells as answers,
 * reading the answers again is both smaller and faster.  The head of the tally, with its
 * counts, is always kept.
 */
struct fold {
	struct db *db;
	struct wave wave;
	const struct form *form;
	struct scores scores;
	struct site *site;		/* by id */
	size_t sites;
	struct fold_part *part;		/* private: the slices there are */
	size_t parts;
	bool elements[STREAM_MAX];	/* rows without cluster were seen */
	int64_t after;			/* watermark */
	struct fold_mark mark;
	struct fold_state state;
	int64_t fresh;			/* rows this call folded */
	bool current;			/* the parts hold their sums */
	bool kept;			/* the stored tally has its sums, not only its head */
	uint64_t sums;			/* checksum of the stored tally */
	bool rows_only;			/* fold_open_rows() */
};

/* The state alone, without loading the form or any sum. */
int fold_peek(struct fold_state *state, struct db *db, int64_t wave, struct pool *pool,
	struct err *err);

int fold_open(struct fold *fold, struct db *db, const struct wave *wave, struct pool *pool,
	struct err *err);

/*
 * The same for what is signed: nothing that was derived from the answers is read or written,
 * neither the stored sums nor the counts beside them.  fold_slices() reads every answer, its `keep`
 * may not be set, and state.rows is known only after it.
 */
int fold_open_rows(struct fold *fold, struct db *db, const struct wave *wave, struct pool *pool,
	struct err *err);

/* ---- fold_by.c ---- */
/* Is there such a `by`?  0, or -1 with *err naming what there is. */
int fold_by_known(const struct fold *fold, const char *by, struct err *err);

/* ---- fold.c ---- */
/*
 * Make these slices' sums current in one pass: the stored tally and the rows past it, or all rows
 * where the tally lacks one of them.  Slices of sets the form has no scores of are passed over.
 * The rows are read in one view of the database, which stops no writer.  Worth keeping (no tally
 * yet, a new slice, or many new rows) and allowed to write, the sums are then stored in one
 * transaction with their watermark, if the stored tally and the exclusions are still what they
 * were; otherwise, and where the database is busy or only read, they serve this call alone. keep:
 * store in any case, and fail if that fails.  Fails with ERR_DB naming the row when a stored
 * answer is not the form's.
 */
int fold_slices(struct fold *fold, const struct fold_slice slice[], size_t n, bool keep,
	struct pool *pool, struct err *err);

/* The tally of a slice that fold_slices() has made current. */
const struct tally *fold_tally(const struct fold *fold, const struct fold_slice *slice,
	enum stream stream);

/* ---- fold_own.c ---- */
/*
 * A tally of its own for scores and variables nobody keeps sums of, in one pass and in memory:
 * layout with elements, variable[0] "flagged", the others known to fold_by_known(); cells and
 * clusters as in a slice.
 */
int fold_own(struct tally *tally, struct fold *fold, const struct score_layout *layout,
	const char *const variable[], size_t variables, enum stream stream, struct pool *pool,
	struct err *err);

/* ---- fold_by.c ---- */
/* The words of a level of `by`: a sector's, a township's or a site's name; the level
 * itself where nothing says. */
struct words fold_label(const struct fold *fold, const char *by, const char *level,
	struct pool *pool);

#endif
