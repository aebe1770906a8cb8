/* Where a cell's sums stand; for the rest of stats/ only. */
#ifndef STATS_SCORE_SUM_H
#define STATS_SCORE_SUM_H

#include "stats/score.h"

/* Of the whole cell, at these positions. */
enum { SUM_N, SUM_W, SUM_WW, SUM_CELL };

/* Of one score over those who have it. */
enum score_sum {
	SUM_SCORE_N,
	SUM_SCORE_W,
	SUM_SCORE_WW,	/* sum w2 */
	SUM_SCORE_T,	/* sum wy */
	SUM_SCORE_Q,	/* sum wy2 */
	SUM_SCORE_WWT,	/* sum w2y; elements only */
	SUM_SCORE_WWQ	/* sum w2y2; elements only */
};

/* Of a pair over those who have both, from score_pair_at(). */
enum score_pair {
	PAIR_N, PAIR_W, PAIR_T1, PAIR_T2, PAIR_P,
	PAIR_WW, PAIR_WWT1, PAIR_WWT2, PAIR_WWP	/* elements only */
};

/* ---- score_layout.c ---- */
size_t score_sum_at(const struct score_layout *layout, size_t score, enum score_sum sum);
/* Position of PAIR_N, or 0 if the layout has no such pair; *swapped: T1 belongs to b. */
size_t score_pair_at(const struct score_layout *layout, size_t a, size_t b, bool *swapped);

/* Largest y, points of one part of y, points of the largest y (100 or 1). */
int64_t score_range(const struct score_layout *layout, size_t score);
double score_unit(const struct score_layout *layout, size_t score);
double score_upper(const struct score_layout *layout, size_t score);

/* A sum as a number of 125 bits. */
static inline __int128
score_read(const struct score_layout *layout, const int64_t words[], size_t k)
{
	return ((__int128)words[layout->sums + k] << 62) + words[k];
}

#endif
