/* The inside of reading a table; for csv*.c only. */
#ifndef BASE_CSV_IN_H
#define BASE_CSV_IN_H

#include <stdbool.h>

#include "base/csv.h"

/* A file's text in UTF-8. */
struct bytes {
	char *s;		/* n bytes and CSV_SLACK NULs in the pool; NULL:
				 * the file's own bytes are it */
	size_t n;
	const char *note;	/* what was understood of its encoding, or NULL */
};

/* ---- csv_bytes.c ---- */
int csv_bytes(struct bytes *b, const char *bytes, size_t n, const char *name, const char *encoding,
	struct pool *pool, struct err *err);

#endif
