/* What people type, brought into one form.  Inside forms/ only. */
#ifndef FORMS_CLEAN_H
#define FORMS_CLEAN_H

#include <stddef.h>

#include "base/pool.h"

/*
 * Trimmed text in normal form C, with \n for line ends and spaces for tabs; marks that only steer
 * the direction of writing are dropped; "" when nothing of it can be seen.  NULL if it is not UTF-8
 * or holds a NUL, another control character or a noncharacter.  The copy lives in pool
 * and may be written to.
 */
char *clean_text(const char *s, size_t n, struct pool *pool);

/*
 * A telephone number of mainland China as digits: a mobile of 11 (with or without +86), or a
 * landline with area code, or its 7 or 8 digits alone.  Spaces, hyphens, brackets and full-width
 * digits are understood.  NULL if it is none of these.
 */
char *clean_phone(const char *s, struct pool *pool);

#endif
