/* What a form measures: its indices, its shares and its items as scores the
 * tally engine can sum. */
#ifndef FIGURE_SCORES_H
#define FIGURE_SCORES_H

#include "forms/form.h"
#include "stats/score.h"
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

/*
 * How much is summed of a set.  Rows that are their own sampling units need more sums, and so
 * does the design effect of a composite; a tally by domains does without the latter
 * (n_eff is then Kish's).
 */
enum scores_extent { SCORES_ELEMENTS = 1, SCORES_PAIRED = 2, SCORES_EXTENTS = 4 };

/* One figure: a score, or a weighted mean of score means. */
struct scores_figure {
	const char *name;		/* "csi", "cqi", "unaided", "q_rel" */
	struct words label;
	bool share;			/* 0..1; else points 0..100 */
	size_t part[8];			/* positions in the layout; one, or those of a composite */
	double weight[8];		/* sum 1 */
	size_t parts;
	bool by_sector;			/* the city's value is the mean of the sectors' (form A) */
};

/* A form compiled; lives in the pool it was made in. */
struct scores {
	const struct form *form;
	const struct scan *scan;
	/* layout.scores == 0: the form has none of these */
	struct score_layout layout[SCORES_SETS][SCORES_EXTENTS];
	const struct scores_figure *figure[SCORES_SETS];
	size_t figures[SCORES_SETS];
	size_t values;			/* items, and what is derived from them */
	int unaided, aided;		/* items read for the derived values; -1: none */
	int decoys;			/* bits of aided's decoys */
	const int *missing;		/* missing[values]: somebody who answered nothing */
};

/* Fails (ERR_INPUT) for an index whose item is missing or no ten-point scale. */
int scores_make(struct scores *s, const struct form *form, struct pool *pool, struct err *err);

/* One stored array to value[s->values] for score_add().  Returns 0, or -1 if
 * it is not the form's. */
int scores_read(const struct scores *s, const char *json, int value[]);

/* The set and position of a figure by name; NULL if the form has none. */
const struct scores_figure *scores_find(const struct scores *s, const char *name,
	enum scores_set *set);

#endif
