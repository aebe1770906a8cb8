/* UTF-8: checked at every door, counted in characters for people. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Offset of the first byte that is not valid UTF-8 (RFC 3629: no surrogates, no overlong), or n. */
size_t utf8_valid(const char *s, size_t n);
/* Characters (code points) in valid UTF-8. */
size_t utf8_count(const char *s, size_t n);
/* Columns on a terminal: CJK count two. */
size_t utf8_width(const char *s);
/* Decode one code point at s; *len gets its bytes.  Returns 0xFFFD on a bad byte, with *len 1. */
uint32_t utf8_next(const char *s, size_t n, size_t *len);

/* Append with every byte that is not UTF-8 (and NUL) written as \xd2: always
 * valid, the rest as it was. */
void utf8_repair(struct text *out, const char *s, size_t n);
/* The same for a terminal, a log or a poster: what is not printable is written as \u202e, too. */
void utf8_show(struct text *out, const char *s);
/*
 * Is this a character that is neither seen nor a space: a control character (tab and newline too),
 * a mark that turns the direction of writing, one of no width, a noncharacter?
 */
bool utf8_unseen(uint32_t c);

#endif
