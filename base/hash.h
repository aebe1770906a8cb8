/* FNV-1a: names bytes for tables in memory, proves nothing and resists nobody. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdint.h>

/* The value before the first byte. */
#define HASH_START UINT64_C(0xcbf29ce484222325)

/* h with one text and its end. */
static inline uint64_t
hash_text(uint64_t h, const char *s)
{
	for (;; s++) {
		h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
		if (*s == '\0')
			return h;
	}
}

#endif
