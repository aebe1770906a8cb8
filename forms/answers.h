/* Text from outside, before anything is believed: names and values as a
 * browser or CSV sent them. */
#ifndef FORMS_ANSWERS_H
#define FORMS_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/pool.h"

/* One name=value as sent; bytes of any kind, may hold NUL (hence the lengths). */
struct pair {
	const char *name;
	size_t name_n;
	const char *value;
	size_t value_n;
};

/* What was sent, in order; lives in a pool. */
struct answers {
	const struct pair *pair;
	size_t pairs;
	bool typed_up;		/* cells of a file (answers_from_cells), where a contradiction is a
				 * mistake of the file; a page without a script goes on sending what
				 * a changed mind made irrelevant */
};

enum { ANSWERS_PAIRS_MAX = 512 };

/*
 * application/x-www-form-urlencoded; the bytes stay the caller's.  Fails
 * (ERR_INPUT) on a broken %XX, more than ANSWERS_PAIRS_MAX pairs or more
 * than FORM_BODY_MAX bytes.
 */
int answers_parse(struct answers *a, const char *body, size_t n, struct pool *pool,
	struct err *err);

/*
 * The words of a text answer as they count and are stored, but for the mask: trimmed, in normal
 * form C, line ends as \n; "" when nothing of it is seen.  NULL if it is no text
 * (ISSUE_ENCODING).  Lives in pool.
 */
const char *answers_text(const struct pair *pair, struct pool *pool);

/* Is this the name of the pair? */
bool answers_named(const struct pair *pair, const char *name);

/* The value of the only pair of that name; NULL if it is missing or doubled.  For the
 * envelope fields of a page (key, consent, lang); items go through form_accept(). */
const char *answers_get(const struct answers *a, const char *name);

#endif
