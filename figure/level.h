/* What rows are split by: items and sites, their levels, and the levels' words. */
#ifndef FIGURE_LEVEL_H
#define FIGURE_LEVEL_H

#include "figure/counted.h"

/*
 * "sector", "township": the answer to the form's item of that sense, or where the form has none the
 * site's; "site": its code; else an item with choices.
 */
enum level_kind { LEVEL_NONE, LEVEL_ITEM, LEVEL_SECTOR, LEVEL_TOWNSHIP, LEVEL_SITE };
struct level {
	enum level_kind kind;
	int item;		/* LEVEL_ITEM */
};

/* Where the levels of a name come from; LEVEL_NONE if nowhere. */
struct level level_find(const struct form *form, const char *name);
/* Is there such a group ("" is)?  0, or -1 with *err naming what there is. */
int level_known(const struct form *form, const char *name, struct err *err);
/* The level of one row, given the code of the item and the site (or NULL); "": none. */
const char *level_of(const struct form *form, struct level level, const uint8_t code[],
	const struct site *site);
/* The site of an id, or NULL; site[] by id. */
const struct site *level_site(const struct site site[], size_t sites, int64_t id);
/* What a level is called. */
struct words level_label(const struct counted *a, const char *by, const char *name,
	struct pool *pool);

#endif
