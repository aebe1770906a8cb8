/* How a layout is carried out; for score.c and score_layout.c only. */
#ifndef STATS_SCORE_IN_H
#define STATS_SCORE_IN_H

#include "stats/score_sum.h"

enum { SCORES_MAX = 512 };

/* One score, ready for the loop. */
struct score_step {
	const struct score *score;
	int64_t parts;		/* of one point of the scale */
	bool rounded;		/* the common multiple was too large */
	bool binary;		/* y is 0 or 1: Q = T */
	unsigned char *in;	/* share: in[x - lo] */
	size_t base;		/* first sum */
};

struct score_plan {
	struct score_step *step;	/* step[scores] */
	size_t pair_base;
	size_t *nth;			/* nth[scores]: which of the paired ones; SIZE_MAX: not
					 * paired */
	size_t paired;
	size_t pair_sums;
	int64_t fast;			/* largest weight whose products stay below 2^61 */
};

/* Weight of an item in a SCORE_MEAN. */
static inline int
score_item_weight(const struct score *s, size_t i)
{
	return s->weight == NULL ? 1 : s->weight[i];
}

#endif
