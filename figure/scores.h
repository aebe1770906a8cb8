/* What a form measures: its indices, its shares and its items, as numbers about a respondent. */
#ifndef FIGURE_SCORES_H
#define FIGURE_SCORES_H

#include "forms/form.h"
#include "figure/scan.h"

/*
 * Three sets of scores are kept apart, so that what a page needs stays small: the form's indices,
 * the shares of the table below, and every ten-point item.
 *
 * Shares (0..1), by what an item measures (item.construct); 99 and "not asked" are outside:
 *     satisfaction, 5 levels  level1 ... level5, satisfied (3 and up), top2 (4 and up)
 *     coaching                prompted: somebody asked for or hinted at a rating
 *     complaint               problem; complained: of those with a problem
 *     complaint.handling      handled_ok: of those settled, 基本满意 and better
 *     awareness.unaided       unaided: names 12345, 12315 or 12365; 98 counts as not naming
 *     awareness.aided         aided: ticks any of the three; aided_net: without those who tick
 *                             the decoy; overclaim: ticks the decoy; programme, programme_net,
 *                             quality_month
 *     complaint.outcome       channel_used; channel_ok, channel_dead: of those who used one
 */
enum scores_set { SCORES_INDEX, SCORES_SHARE, SCORES_ITEM, SCORES_SETS };
const char *scores_set_name(enum scores_set set);	/* "index", "share", "item" */

enum score_kind {
	SCORE_SCALE,	/* one item on lo..hi; points 0..100 */
	SCORE_MEAN,	/* weighted mean of the answered ones of several items on lo..hi within a
			 * person; points 0..100 */
	SCORE_SHARE,	/* one item with codes lo..hi, is it one of in[]?  0..1 */
	SCORE_WORDS,	/* words coded by their rule, do they name a hotline?  0..1 */
	SCORE_SET	/* one multiple, is any of mask ticked?  0..1 */
};

/*
 * One number about a respondent.  An answer outside lo..hi is missing (98, 99, not asked).
 *
 * SCORE_MEAN is the person-level index of form A: weight[] are whole numbers in proportion to the
 * published weights; with fewer than `least` items answered the person is missing, else the weights
 * of the answered items are rescaled.  It is kept exact by counting in parts of one point through
 * the common multiple of the weight sums that can occur (6 for three equal weights of which two
 * suffice); where that would make more than SCORE_PARTS_MAX parts of the scale, a person's mean is
 * rounded to one of so many.
 */
struct score {
	const char *name;	/* "sat", "csi", "level5" */
	enum score_kind kind;
	const size_t *item;	/* item[items]: places in the form */
	size_t items;		/* 1 except for SCORE_MEAN */
	const int *weight;	/* weight[items] > 0, SCORE_MEAN; NULL: equal */
	size_t least;		/* SCORE_MEAN: answers needed; 0: all */
	int64_t parts;		/* SCORE_MEAN: of one point */
	int lo, hi;		/* valid answers */
	const int *in;		/* SCORE_SHARE: the answers that count */
	size_t ins;
	struct scan_set mask;	/* SCORE_SET */
	struct scan_set without;	/* SCORE_SET: who ticked one of these is missing */
};
enum { SCORE_PARTS_MAX = 262144 };

static inline int
score_weight(const struct score *s, size_t i)
{
	return s->weight == NULL ? 1 : s->weight[i];
}

/* One figure: a score, or a weighted mean of score means. */
struct scores_figure {
	const char *name;		/* "csi", "cqi", "unaided", "q_rel" */
	struct words label;
	bool share;			/* 0..1; else points 0..100 */
	size_t part[8];			/* positions in the set's scores; one, or those of a
					 * composite */
	double weight[8];		/* sum 1 */
	size_t parts;
	bool by_sector;			/* the city's value is the mean of the sectors' (form A) */
};

/* A form compiled; lives in the pool it was made in. */
struct scores {
	const struct form *form;
	const struct score *score[SCORES_SETS];		/* score[set][scores[set]] */
	size_t scores[SCORES_SETS];
	const struct scores_figure *figure[SCORES_SETS];
	size_t figures[SCORES_SETS];
};

/* Fails (ERR_INPUT) for an index whose item is missing or no ten-point scale. */
int scores_make(struct scores *s, const struct form *form, struct pool *pool, struct err *err);

/* The set and position of a figure by name; NULL if the form has none. */
const struct scores_figure *scores_find(const struct scores *s, const char *name,
	enum scores_set *set);

#endif
