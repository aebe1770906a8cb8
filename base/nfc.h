/* One spelling for one text: é is one character, however it was typed. */
#ifndef BASE_NFC_H
#define BASE_NFC_H

#include <stddef.h>

#include "base/pool.h"

/*
 * s[n], valid UTF-8, in Normalization Form C (UAX #15) of Unicode 14; in pool, NUL-terminated.  Compatibility
 * characters (full-width digits, ①) stay what they are; ideographs encoded twice (U+F900 ...) become one.
 */
char *nfc(const char *s, size_t n, struct pool *pool);

#endif
