/* Which years and days may be typed in: what is entered has happened, and
 * belongs to this programme. */
#ifndef BASE_ENTRY_H
#define BASE_ENTRY_H

#include "base/err.h"

/* what is kept holds no earlier one; a programme has a first year of its own */
enum { ENTRY_YEAR_FIRST = 1990 };

/* The current year in China: nothing can be known yet of a later one. */
int entry_year_last(void);

/*
 * A year that an entry speaks of: `first` up to the current one; entry_year(): from
 * ENTRY_YEAR_FIRST.  The only place that says so: every year that a person types or a file brings
 * goes through here.  0, or -1 with *err (ERR_INPUT), which says the bounds.
 */
int entry_year_from(int year, int first, struct err *err);
int entry_year(int year, struct err *err);

/*
 * A day on which something was signed, issued or counted: a real day written 2024-05-12, not before
 * the founding of the state (a document may be older than the year it still holds for) and not
 * after today in China. 0, or -1 with *err (ERR_INPUT).  Not for days that lie ahead by their
 * nature: a wave's closing, an expiry.
 */
int entry_day(const char *day, struct err *err);

#endif
