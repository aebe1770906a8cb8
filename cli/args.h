/* Arguments in: a command's options are rows of a table, parsed in one place. */
#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/lang.h"

/* One option of a command; a table of them ends with a NULL name. */
struct args_option {
	const char *name;	/* "form": written --form */
	char letter;		/* 'o': also written -o; 0: none */
	const char *value;	/* what stands for its value in help, "FILE"; NULL: a switch */
	bool required;
	bool hidden;		/* for the program's own use: not in help or completion */
	struct words help;	/* one line */
};

enum { ARGS_OPTIONS_MAX = 32, ARGS_OPERANDS_MAX = 8 };

/*
 * A parsed command line; strings are those of argv.  Made by args_parse().
 * Zeroed memory: nothing was given.
 */
struct args {
	const struct args_option *option;	/* the command's table */
	const char *value[ARGS_OPTIONS_MAX];	/* value[i] of option[i]; "" for a
						 * switch; NULL: not given */
	const char *operand[ARGS_OPERANDS_MAX];
	size_t operands;
};

/*
 * One step at an option of a table: if word[0] (of words words) is one of
 * option[], put its value into value[] and return how many words it took (1 or 2).
 * Accepted: --name VALUE, --name=VALUE, -l VALUE, -lVALUE.
 * Returns 0 if the word is no option of this table, -1 with *err (ERR_USAGE)
 * when the value is missing, not wanted, empty where one is required, or the
 * option was given before.
 */
int args_step(const struct args_option option[], const char *value[], const char *const word[],
	size_t words, struct err *err);

/* The value of an option, "" for a switch that is on, NULL if not given; name
 * is one of the table. */
const char *args_value(const struct args *args, const char *name);
bool args_on(const struct args *args, const char *name);

/* A whole number within low..high; *number stays as it is when the option was not given.
 * Returns 0, or -1 with *err (ERR_USAGE). */
int args_whole(const struct args *args, const char *name, long long *number, long long low,
	long long high, struct err *err);
/* The operand i, the same way. */
int args_operand_whole(const struct args *args, size_t i, long long *number, long long low,
	long long high, struct err *err);
/* A finite number, the same way. */
int args_number(const struct args *args, const char *name, double *number, struct err *err);
/* --level, a number between 0 and 1, the same way. */
int args_level(const struct args *args, double *level, struct err *err);
/* A day, "YYYY-MM-DD"; *day gets the text, *minute 00:00 of it in China; either may be NULL. */
int args_day(const struct args *args, const char *name, const char **day, long long *minute,
	struct err *err);

/* The same for a day that has come: something was signed, issued or counted
 * on it (base/entry.h). */
int args_past(const struct args *args, const char *name, const char **day, struct err *err);
/* A year that an entry speaks of (base/entry.h), the same way as args_whole(). */
int args_year(const struct args *args, const char *name, int *year, struct err *err);

/*
 * The candidate nearest to a mistyped word, or NULL when none is near.
 * next(i, ctx) gives the i-th candidate, NULL after the last.
 */
const char *args_nearest(const char *typed, const char *(*next)(size_t i, const void *ctx),
	const void *ctx);
/* Edits between two words: insert, delete, replace, swap of neighbours (bytes, at most 63). */
size_t args_distance(const char *a, const char *b);

#endif
