/* A stored answers array as integers, fast: no allocation, no tree, one pass over the text. */
#ifndef FIGURE_SCAN_H
#define FIGURE_SCAN_H

#include <stddef.h>

#include "base/pool.h"
#include "forms/form.h"

/*
 * value[item] after scan_row():
 *     SCAN_NONE          null: not asked (also text without words)
 *     98, 99             do not know; asked but skipped
 *     -98, -99           the same of a multiple, whose mask could be 98
 *     choice.code        scale, single, township: the number in the name, or -(index + 1)
 *     a bit mask >= 0    multiple: bit i is choice i (the first 30; the rest are checked and left
 *     out) SCAN_TEXT          text with words: text[item] has them as JSON wrote them
 */
enum { SCAN_NONE = -2147483647 - 1, SCAN_TEXT = SCAN_NONE + 1, SCAN_BITS = 30 };

/* The inside of a JSON string, escapes and all; s is NULL for no text. */
struct scan_text {
	const char *s;
	size_t n;
};

/* A form's items ready for the loop; in the pool, as long as the form. */
struct scan;
const struct scan *scan_make(const struct form *form, struct pool *pool);

/*
 * Read one array as response_put_json() writes it (blanks between its parts are allowed).
 * value[form->items]; text[form->items] may be NULL.  Returns 0, or -1 when it is not an array
 * of exactly the form's items with values the form can hold.
 */
int scan_row(const struct scan *scan, const char *json, int value[], struct scan_text text[]);

/* Position of the choice with this code among item->choice, or -1: 98, 99 and
 * SCAN_NONE are none of them. */
int scan_choice(const struct scan *scan, size_t item, int code);

/* Undo JSON's escapes into out[room]; cut at a whole character if it does not fit.
 * Returns bytes written. */
size_t scan_unescape(char *out, size_t room, struct scan_text text);

#endif
