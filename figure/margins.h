/* The population margins a wave is weighted to, and whether they may carry an official figure. */
#ifndef FIGURE_MARGINS_H
#define FIGURE_MARGINS_H

#include "db/survey.h"
#include "stats/weight/rake.h"

/* Margins of one wave; lives in the pool it was made in.  n == 0: the wave is not raked. */
struct margins {
	const char *names;		/* "sex age edu", "" if not raked */
	struct rake_margin *margin;	/* margin[n] */
	size_t n;
	const char *hash;		/* SHA-256 of variable, category and population of each
					 * row, hex; "" if none */
	bool simulated;
	const char *fault;		/* NULL, or why no weighted figure may be shown:
					 * "placeholder_margins",
					 * "margin_missing", "margin_unknown" */
	struct err err;			/* the sentence for it */
};

/* all[n] as db_list_margins() gives it: by variable, category. */
void margins_make(struct margins *m, const struct wave *wave, const struct margin all[], size_t n,
	struct pool *pool);

#endif
