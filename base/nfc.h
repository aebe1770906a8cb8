/* One spelling for one text: é is one character, however it was typed. */
#ifndef BASE_NFC_H
#define BASE_NFC_H

#include <stddef.h>

#include "base/pool.h"

/* Characters.  Sorting marks takes time that grows with the square of their number, and strangers
 * choose how many: no text that anybody accepts is as long. */
enum { NFC_MAX = 4096 };

/*
 * s[n], valid UTF-8, in Normalization Form C (UAX #15); in pool, NUL-terminated.  Compatibility
 * characters (full-width digits, ①) stay what they are; ideographs encoded twice (U+F900 ...)
 * become one.  Longer than NFC_MAX: as it is.
 */
char *nfc(const char *s, size_t n, struct pool *pool);

#endif
