/* What is done at most once for an answer, as long as its marks are remembered: a bit for each
 * row, in memory alone. */
#ifndef STORE_ONCE_H
#define STORE_ONCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zeroed memory: nothing was done.  As large as the highest id that was marked asks for: an
 * eighth of a byte a row. */
struct once {
	unsigned char *bit;
	size_t n;			/* bytes */
};

/* id > 0: a row's. */
bool once_done(const struct once *once, int64_t id);
void once_mark(struct once *once, int64_t id);
/* It may be done again; an id of none, or never marked, is ignored. */
void once_forget(struct once *once, int64_t id);
void once_clear(struct once *once);

#endif
