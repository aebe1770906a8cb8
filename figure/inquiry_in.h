/* Inside inquiry: tables brought into the order and units of an analysis. */
#ifndef FIGURE_INQUIRY_IN_H
#define FIGURE_INQUIRY_IN_H

#include "figure/inquiry.h"

/* ---- inquiry_table.c ---- */
/* Leave out rows without a level of a by-variable; levels that are all numbers in their order. */
void inquiry_arrange(struct table *t, struct pool *pool);

/* ---- inquiry_table.c ---- */
/* Means on the items' own scale unless points are wanted. */
void inquiry_finish(struct table *t, const struct inquiry_ask *ask, const struct score score[],
	struct pool *pool);
#endif
