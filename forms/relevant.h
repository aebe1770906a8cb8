/* Conditions on earlier answers: the part of XPath that XLSForm's "relevant" needs. */
#ifndef FORMS_RELEVANT_H
#define FORMS_RELEVANT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/pool.h"

struct form;
struct item;
struct choice;
struct response;

/*
 * Grammar:  or / and / not(...) / ( ) over comparisons
 *     ${item} = 'name'   ${item} != 'name'   ${item} < 3  <=  >  >=
 *     selected(${item}, 'name')
 * Meaning as in ODK: an item that was not asked or not answered equals '' and
 * is neither below nor above any number; 98 and 99 are values for = and !=, and
 * never for < <= > >=.
 */
enum relevant_op {
	RELEVANT_OR, RELEVANT_AND, RELEVANT_NOT,
	RELEVANT_EQ, RELEVANT_NE, RELEVANT_LT, RELEVANT_LE, RELEVANT_GT, RELEVANT_GE,
	RELEVANT_SELECTED
};

/* A node; op tells which members count. */
struct relevant_node {
	enum relevant_op op;
	const struct relevant_node *a, *b;	/* OR AND: both; NOT: a */
	int item;		/* comparisons: index of the item */
	const char *name;	/* EQ NE SELECTED: choice name; '' is "" */
	double number;		/* LT..GE; also EQ NE where the name is a number */
};

/* Zeroed memory: no condition, always true. */
struct relevant {
	const struct relevant_node *root;
};

/*
 * Parse source, resolving ${item} through find(name, ctx), which returns an
 * index or -1.  Returns 0, or -1 with *err saying what and at which character
 * (*at, from 0, if not NULL).
 */
int relevant_parse(struct relevant *r, const char *source,
	int (*find)(const char *name, const void *ctx), const void *ctx,
	struct pool *pool, size_t *at, struct err *err);

/* Both; either may be empty. */
struct relevant relevant_and(struct relevant a, struct relevant b, struct pool *pool);

/* Is it true of the answers so far?  Empty is true. */
bool relevant_true(const struct relevant *r, const struct form *form,
	const struct response *response);

/* Is this choice offered, after the answers so far?  (item->filter; true where it has none.) */
bool relevant_offered(const struct form *form, const struct item *item, const struct choice *choice,
	const struct response *so_far);

#endif
