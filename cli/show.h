/* Text out: tables whose columns line up on a terminal, Chinese or not. */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

#include <stdbool.h>

#include "base/json.h"
#include "base/lang.h"
#include "base/text.h"

/* How a member is written. */
enum show_as {
	SHOW_PLAIN,	/* text as it is; numbers as JSON writes them; true and false in words */
	SHOW_COUNT,	/* a whole number, at the right */
	SHOW_ESTIMATE,	/* of an object with value, low, high: 78.4（76.9–79.8）, or a dash */
	SHOW_REFUSAL,	/* of an object with error: why there is no figure */
	SHOW_ONE,	/* one decimal, at the right */
	SHOW_WORDS,	/* an object with zh and en */
	SHOW_STREAM,	/* "sampled" or "open" */
	SHOW_MINUTE	/* minutes since 1970 as a day and time */
};

/* A column of a table of objects. */
struct show_column {
	const char *key;	/* member of the row; NULL for SHOW_ESTIMATE and SHOW_REFUSAL, which
				 * read the row itself */
	struct words title;
	enum show_as as;
};

/* A table: one row per object of the array.  Empty columns are left out; no
 * rows: one line saying so. */
void show_table(struct text *out, const json_t *rows, const struct show_column column[],
	size_t columns);

/* One member per line: its key, then its value; nested values as JSON. */
void show_members(struct text *out, const json_t *object);

/* A value with its interval, or a dash: "78.4（76.9–79.8）". */
void show_interval(struct text *out, double value, double low, double high, int decimals);

/* Text padded with spaces to width columns; right: on the left side. */
void show_pad(struct text *out, const char *s, size_t width, bool right);

/* One line formatted in the process's language. */
void show_line(struct text *out, const char *zh, const char *en, ...)
	__attribute__((format(printf, 2, 4), format(printf, 3, 4)));

/* Members by key, "" or NAN or 0 where missing. */
const char *show_string(const json_t *object, const char *key);
double show_number(const json_t *object, const char *key);
long long show_whole(const json_t *object, const char *key);

#endif
