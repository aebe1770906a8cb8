/* 口径: how a wording is read that can be read in more than one way. */
#ifndef TRACK_CRITERIA_H
#define TRACK_CRITERIA_H

#include "base/lang.h"

/* The programme says which readings there are to choose from, a leader signs which counts. */
enum criterion {
	CRITERION_GOVERNS,	/* which decides a row that rests on a survey:
				 * "literal" "statistical" */
	CRITERION_YEARS,	/* 连续3年: "steps", three rises of four yearly values; "values",
				 * three values, two rises */
	CRITERION_MAX
};
enum { CRITERION_VALUES = 2 };

const char *criterion_name(enum criterion criterion);		/* "governs" "years" */
/* CRITERION_MAX: there is none of that name */
enum criterion criterion_find(const char *name);
/* Its readings by name, NULL after the last. */
const char *const *criterion_values(enum criterion criterion);
/* 条文口径, 统计检验; 按变化次数计, 按年度数计.  The value itself where it is none. */
struct words criterion_words(enum criterion criterion, const char *value);

#endif
