/* Inside fold: slices with their tallies, and how they are kept in the database. */
#ifndef FIGURE_FOLD_IN_H
#define FIGURE_FOLD_IN_H

#include "figure/fold_by.h"
#include "figure/memo.h"

enum { FOLD_PARTS_MAX = 24, FOLD_VARIABLES_MAX = 12, FOLD_KEY_MAX = 512 };

struct fold_stream {
	struct tally tally;
	const char *name[FOLD_VARIABLES_MAX];	/* name[0] is "flagged" */
	struct fold_variable variable[FOLD_VARIABLES_MAX];
	size_t variables;
	struct memo memo;		/* while folding: cells by the numbers of their levels */
};

/* One slice with its sums. */
struct fold_part {
	struct fold_slice slice;
	struct fold_stream stream[STREAM_MAX];
};

/* ---- fold_part.c ---- */
/* Within one site its people are the units: as one cluster they would have no variance at all. */
bool fold_apart(const struct fold_slice *slice, enum stream stream);
/* The part of a slice, or NULL. */
const struct fold_part *fold_part_find(const struct fold *fold, const struct fold_slice *slice);
/* A new slice without sums; NULL if there is no room or the form has no such scores. */
struct fold_part *fold_part_add(struct fold *fold, const struct fold_slice *slice,
	struct pool *pool);
/* How much a slice of this stream sums. */
enum scores_extent fold_extent(const struct fold *fold, const struct fold_slice *slice,
	enum stream stream);
/* Forget every sum, keep which slices there are; their layouts follow fold->elements. */
void fold_reset(struct fold *fold, struct pool *pool);

/* ---- fold_rows.c ---- */
/*
 * The key of a row in a tally of n variables, the first of them "flagged": levels joined by '|', of
 * a row that is out empty ones.  0, or -1: too long.
 */
int fold_key(char key[FOLD_KEY_MAX], const struct fold *fold, const struct fold_variable variable[],
	size_t n, int flag, bool out, const int value[], const struct site *site);
/* Every row past fold->after into every part; from the start again when a row
 * without cluster turns up. */
int fold_rows(struct fold *fold, struct pool *pool, struct err *err);

/* fold_keep.c: the counts of the stored tally alone; folded -1 where there is none. */
int fold_counts(struct fold *fold, struct pool *pool, struct err *err);
/* The same, and which slices it has, without their sums. */
int fold_head(struct fold *fold, struct pool *pool, struct err *err);
/* The stored sums; nothing, with after 0, where there are none or they are of another layout. */
int fold_load(struct fold *fold, struct pool *pool, struct err *err);
/* Store the sums unless what is stored has moved since fold_load(): then *stored is false. */
int fold_store(struct fold *fold, bool *stored, struct err *err);

#endif
