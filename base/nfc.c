/* Normalization Form C by utf8proc. */
#include "base/nfc.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"

char *
nfc(const char *s, size_t n, struct pool *pool)
{
	utf8proc_uint8_t *made = NULL;
	utf8proc_ssize_t used = -1;
	char *copy;

	if (utf8_count(s, n) <= NFC_MAX)
		used = utf8proc_map((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, &made,
			UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	copy = used < 0 ? pool_strndup(pool, s, n) :
		pool_strndup(pool, (const char *)made, (size_t)used);
	free(made);
	return copy;
}
