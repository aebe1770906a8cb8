/* The files of a test's folder. */
#ifndef TESTS_DB_FILES_H
#define TESTS_DB_FILES_H

#include <dirent.h>

#include "base/sha256.h"
#include "tests/db/db.h"

/* Files in the folder whose names begin so. */
static inline int
files(const char *prefix)
{
	DIR *d = opendir(db_folder);
	struct dirent *e;
	int n = 0;

	assert_non_null(d);
	while ((e = readdir(d)) != NULL)
		n += strncmp(e->d_name, prefix, strlen(prefix)) == 0;
	closedir(d);
	return n;
}

static inline void
digest(char hex[65], const char *path)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	const char *bytes;
	size_t n;

	assert_ok(file_read(&bytes, &n, path, 0, &pool, &err));
	sha256_hex(hex, bytes, n);
	pool_clear(&pool);
}

#endif
