/* The inside of blotting out numbers: groups of digits and the rows they stand
 * in.  For mask*.c only. */
#ifndef FORMS_MASK_IN_H
#define FORMS_MASK_IN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	GAP_MAX = 3,		/* signs between two parts of one number */
	LONG_MIN = 7,		/* digits without a gap that are no ordinary number any more */
	NUMBER_MAX = 23,	/* 0086 and a bank card */
	SUM_MAX = 9		/* digits of a sum */
};

/* What stands between two groups that is more than the signs within an ordinary number. */
enum split {
	SPLIT_NONE,
	SPLIT_SIGN,		/* 。 ； …… 】【 & or a picture */
	SPLIT_WORD		/* one letter or character */
};

/* Digits without a gap. */
struct group {
	const char *begin, *end;	/* in the text; end after the last digit, and after an X */
	size_t n;			/* digits */
	char digit[NUMBER_MAX + 2];	/* the first of them, as ASCII; "X" may be the last */
	size_t words;			/* how many of them are 一 or ① */
	bool mask;
	char gap;			/* the sign before it: digit_separator(), a space only where
					 * nothing else is; '\0' at the beginning of a row */
	size_t gaps;			/* how many */
	bool plus;			/* a + stands right before it */
	enum split split;		/* then gap is '\0' and gaps 0 */
	uint32_t word;			/* the one of SPLIT_WORD */
};

/* Groups that may be parts of one number. */
struct row {
	struct group *group;
	size_t n;
	const char *begin;	/* of the whole text */
};

/* ---- group.c ---- */

/* The character at *p, which moves behind it. */
uint32_t mask_next(const char **p);
/* The nearest character before p (in the text from begin) or from p on that is neither glue
 * nor a space; 0: none. */
uint32_t mask_before(const char *begin, const char *p);
uint32_t mask_after(const char *p);
/* The sign that ties the i-th group to the one before it; '\0' where there is
 * none or more than one. */
char mask_tie(const struct row *row, size_t i);
/* The number of n digits, n <= 4; is it one of low..high?  Are four digits a month and its day? */
int mask_number(const char *s, size_t n);
bool mask_in(int value, int low, int high);
bool mask_month_day(const char *s);
/* Are these n digits a mobile number, a landline with its area code or an identity number? */
bool mask_names_person(const char *s, size_t n);
/* 13, 15, 18, 22, 25, 3: n groups from the i-th one that are a list, unless somebody
 * spells a number out. */
bool mask_is_list(const struct row *row, size_t i, size_t n);
/* How many groups from the i-th one are a time; put together name a person.  0: none. */
size_t mask_time_at(const struct row *row, size_t i);
size_t mask_together(const struct row *row, size_t i);

/* ---- row.c ---- */

/* Do the digits end in this? */
bool mask_ends_in(const struct group *g, const char *digits);
/* Does a unit (元, 户, %) follow; do words of money (花了, 工资：) go before? */
bool mask_unit_after(const char *p);
bool mask_money_before(const char *begin, const char *p);
/* How many groups from the i-th one are a sum that comes out (1000+2000=3000); are sums or
 * rooms in a row.  0: none. */
size_t mask_equation_at(const struct row *row, size_t i);
size_t mask_plain_at(const struct row *row, size_t i);
/*
 * How many groups from the i-th one make a number of a person although signs or single words part
 * them.  A mobile number, an identity number of 18 digits or a landline with its area code, and
 * nothing else: 138空1234空5678, but not 15日等了1500元.
 */
size_t mask_split_at(const struct row *row, size_t i);
/* What is between two groups where read_gap() finds no number's sign: *p moves to the next
 * digit if it is a split. */
bool mask_read_split(struct group *g, const char **p);

#endif
