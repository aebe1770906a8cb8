/* A stored answers array as integers, fast: no allocation, no tree, one pass over the text. */
#ifndef FIGURE_SCAN_H
#define FIGURE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/pool.h"
#include "forms/form.h"

/* code[item] after scan_row(), else the place of the choice in item->choice[], 0..127. */
enum { SCAN_SKIPPED = 253, SCAN_DONT_KNOW = 254, SCAN_NONE = 255 };

/* What was ticked of a multiple: bit i of the two words is choice i. */
struct scan_set {
	uint64_t bit[2];
};

static inline bool
scan_ticked(const struct scan_set *set, size_t choice)
{
	return (set->bit[choice / 64] >> choice % 64 & 1) != 0;
}

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
 * code[form->items]: the choice; of a multiple 0 where set[] has what was ticked, of words 0 where
 * there are any; asked but skipped (99), not known (98), not asked.  set[form->items] and
 * text[form->items], the words as JSON wrote them, may be NULL.  Returns 0, or -1 when it is not an
 * array of exactly the form's items with values the form can hold.
 */
int scan_row(const struct scan *scan, const char *json, uint8_t code[], struct scan_set set[],
	struct scan_text text[]);

/* Undo JSON's escapes into out[room]; cut at a whole character if it does not fit.
 * Returns bytes written. */
size_t scan_unescape(char *out, size_t room, struct scan_text text);

#endif
