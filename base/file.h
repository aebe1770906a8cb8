/* Files as whole things: read at once, written all or not at all. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>

#include "base/err.h"
#include "base/pool.h"

/* Read path ("-": standard input) into the pool, with FILE_SLACK NULs after it.  limit in bytes,
 * 0: 1 GiB. */
enum { FILE_SLACK = 16 };
int file_read(const char **bytes, size_t *n, const char *path, size_t limit,
	struct pool *pool, struct err *err);
/* Write beside the target, fsync, rename: path holds the old bytes or the new, never half.
 * A full disk is ERR_FULL and leaves no rest. */
int file_write(const char *path, const void *bytes, size_t n, int mode, struct err *err);
/* mkdir -p. */
int file_mkdir(const char *path, int mode, struct err *err);
/* The folder a file really lies in, links followed; "." where the path names none. */
char *file_folder(struct pool *pool, const char *path);
/* "dir/name" in the pool. */
char *file_join(struct pool *pool, const char *dir, const char *name);

#endif
