/* What is summed about an answer: integers only, so sums are the same in any order. */
#ifndef STATS_SCORE_H
#define STATS_SCORE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/pool.h"

enum score_kind {
	SCORE_SCALE,	/* one item on lo..hi; points 0..100 */
	SCORE_MEAN,	/* weighted mean of the answered ones of several items on lo..hi; points
			 * 0..100 */
	SCORE_SHARE,	/* one item, is it one of in[]?  0..1 */
	SCORE_BITS	/* one multiple answer as a bit mask, does it meet mask?  0..1 */
};

#define SCORE_MISSING INT_MIN	/* in values[]: not asked or not answered */

/*
 * One number about a respondent.  An answer outside lo..hi is missing (98,
 * 99, SCORE_MISSING), so a special code cannot reach a mean; give 98 as
 * SCORE_MISSING or widen hi where it is a category of a share.
 *
 * SCORE_MEAN is the person-level index of form A: weight[] are whole numbers
 * in proportion to the published weights (NULL: equal); with fewer than
 * `least` items answered the person is missing, else the weights of the
 * answered items are rescaled.  All is kept exact by counting in parts of
 * one point through the common multiple of the weight sums that can occur
 * (6 for three equal weights of which two suffice); where it would make
 * more than 262 144 parts of the scale, a person's score is rounded to one
 * of so many parts, and score_layout_text() says "rounded".
 */
struct score {
	const char *name;	/* "sat", "csi", "level=5"; in estimates as table_row.of */
	enum score_kind kind;
	const size_t *item;	/* item[items]: positions in values[] */
	size_t items;		/* 1 except for SCORE_MEAN */
	const int *weight;	/* weight[items] > 0, SCORE_MEAN; NULL: equal */
	size_t least;		/* SCORE_MEAN: answers needed; 0: all */
	int lo, hi;		/* valid answers */
	const int *in;		/* SCORE_SHARE: the answers that count */
	size_t ins;
	int mask;		/* SCORE_BITS */
	bool paired;		/* keep sums with every other paired score: parts of a composite
				 * (CQI) need them for its design effect, and under elements for
				 * its standard error */
};

/*
 * Which sums a cell holds and where.  For every score over its respondents,
 * with w the weight and y the score in whole parts from lo:
 *     n, W = sum w, T = sum wy, Q = sum wy2, WW = sum w2
 * (Q only where y is not 0/1), for layouts of elements also sum w2y and
 * sum w2y2; for the cell n, sum w, sum w2; for each pair of scores over those
 * who have both n, sum w, wy1, wy2, wy1y2 and for elements the same with w2.
 *
 * A cell is int64_t words[layout.words]: the low 62 bits of every sum, then
 * the high parts in the same order.  High parts are nearly always 0, so
 * trailing zeros are left off when a cell is stored (score_used()).
 */
struct score_layout {
	const struct score *score;	/* score[scores] */
	size_t scores;
	const size_t (*pair)[2];	/* pair[pairs]: indexes of scores, first < second */
	size_t pairs;
	bool elements;			/* some rows have no cluster: each is its own PSU */
	size_t sums;			/* sums of a cell */
	size_t words;			/* 2 * sums: length of a cell's array */
	struct score_plan *plan;	/* private, in the pool */
};

/* Largest base weight in millionths: one answer stands for at most 100 000 people. */
#define SCORE_WEIGHT_MAX ((int64_t)100000000000)

/* ---- score_layout.c ---- */
/*
 * Lay out cells for these scores.  all_pairs treats every score as paired
 * (alpha, PLS): 20 scores make 190 pairs and folding ten times slower.
 * elements as above.  score[] is copied.
 * Fails: FAULT_INPUT naming the score: no items, lo >= hi, weights not
 * positive, more than 12 items in a mean, more than 512 scores.
 */
int score_layout(struct score_layout *layout, const struct score score[], size_t scores,
	bool elements, bool all_pairs, struct pool *pool, struct err *err);

/* ---- score_layout.c ---- */
/* The layout as one line of text: rows folded under another text must be folded again. */
const char *score_layout_text(const struct score_layout *layout, struct pool *pool);

/* ---- score.c ---- */
/*
 * Add one response: values[] by item position (SCORE_MISSING allowed),
 * weight in millionths, 1..SCORE_WEIGHT_MAX.  Zeroed words are an empty cell.
 * Returns 0, or -1 (words untouched) when the weight is outside its range.
 * Exact while a cell stands for fewer than five thousand million people: each sum has 125 bits.
 */
int score_add(
	const struct score_layout *layout, int64_t words[], const int values[], int64_t weight);

/* into += from.  Exact, so merging is the same in any order. */
void score_merge(const struct score_layout *layout, int64_t into[], const int64_t from[]);

/* How many words to store: without trailing zeros; at least 1. */
size_t score_used(const struct score_layout *layout, const int64_t words[]);

/*
 * May this stored array, padded with zeros, be a cell of the layout?  Signs, order and length
 * only.
 */
bool score_check(const struct score_layout *layout, const int64_t words[], size_t n);

/*
 * The score of one response in points (0..100 or 0..1); NAN if missing.  For rows outside
 * tallies.
 */
double score_points(const struct score_layout *layout, size_t score, const int values[]);

#endif
