/* Which years and days may be typed in: what is entered has happened, and belongs to this programme. */
#ifndef BASE_ENTRY_H
#define BASE_ENTRY_H

#include "base/err.h"

enum {
	/*
	 * The programme was called in 2012, and three rises in a row that end with its first year take four yearly
	 * figures, from 2009 on: nothing older is asked for anywhere.
	 */
	ENTRY_YEAR_FIRST = 2009
};

/* The current year in China: nothing can be known yet of a later one. */
int entry_year_last(void);

/*
 * A year that an entry speaks of: ENTRY_YEAR_FIRST up to the current one.  The only place that says so: every year
 * that a person types or a file brings goes through here.  0, or -1 with *err (ERR_INPUT), which says the bounds.
 */
int entry_year(int year, struct err *err);

/*
 * A day on which something was signed, issued or counted: a real day written 2024-05-12, not before the founding of
 * the state (a document may be older than the year it still holds for) and not after today in China.
 * 0, or -1 with *err (ERR_INPUT).  Not for days that lie ahead by their nature: a wave's closing, an expiry.
 */
int entry_day(const char *day, struct err *err);

#endif
