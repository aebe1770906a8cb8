/* Where a stored row lies: what it may be split by, the levels of that, its site
 * and its sampling unit. */
#ifndef FIGURE_FOLD_BY_H
#define FIGURE_FOLD_BY_H

#include "figure/fold.h"

enum variable_kind {
	VARIABLE_NONE, VARIABLE_ITEM, VARIABLE_SITE_SECTOR, VARIABLE_SITE_TOWNSHIP, VARIABLE_SITE
};

/* Where a variable's level comes from. */
struct fold_variable {
	enum variable_kind kind;
	int item;		/* VARIABLE_ITEM */
};

/* Where the levels of a name come from, VARIABLE_NONE if nowhere. */
struct fold_variable fold_variable(const struct form *form, const char *name);
/* The level of a row; "" where it was not answered, is 98, or the row has no site. */
const char *fold_level(const struct fold *fold, struct fold_variable v, const int value[],
	const struct site *site);
/* The site of an id, or NULL. */
const struct site *fold_site(const struct fold *fold, int64_t id);

/* Where a row belongs; the open stream has no design but its places. */
struct fold_unit {
	const struct site *site;	/* or NULL */
	const char *stratum, *cluster;	/* "" where there is none */
	bool by_site;			/* the cluster is the site, for want of another */
	int flag;			/* 0, 1, 2 as in "flagged" */
};
struct fold_unit fold_unit(const struct fold *fold, const struct response_row *row,
	enum stream stream);
/* -1: a stored row that is not the form's. */
int fold_misfit(const struct fold *fold, const struct response_row *row, struct err *err);

#endif
