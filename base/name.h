/* Names that are printed: on posters, slips, pages and in messages. */
#ifndef BASE_NAME_H
#define BASE_NAME_H

#include <stddef.h>

#include "base/err.h"
#include "base/lang.h"

/* The most characters of each: a poster still holds them. */
enum { NAME_SITE = 80, NAME_WINDOW = 40, NAME_CITY = 40, NAME_LINE = 200 };

/*
 * Can it be printed in one line?  Not blank, at most so many characters, none of them a control
 * character, a line end, a mark that turns the direction of writing or one that is not seen
 * (utf8_unseen()).  what: whose name it is, as the error begins.  0, or -1 with *err (ERR_INPUT).
 */
int name_check(const struct words *what, const char *name, size_t most, struct err *err);
/* The same of one that may be left out: "" is fine. */
int name_check_or_none(const struct words *what, const char *name, size_t most, struct err *err);

#endif
