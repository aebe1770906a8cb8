/* Several answers in one cell, and the marks that part them: space ; , | / 、 and
 * their full-width forms. */
#ifndef BASE_PART_H
#define BASE_PART_H

#include <stddef.h>

/* Bytes of the mark that s begins with; 0: it begins with none. */
size_t part_mark(const char *s);

/* The next part of a cell, *n bytes of it, behind which *rest then is; NULL: there is no more. */
const char *part_next(const char **rest, size_t *n);

#endif
