/* The files of a test's folder, how they are refused, and who else has them open. */
#ifndef TESTS_DB_FILES_H
#define TESTS_DB_FILES_H

#include <dirent.h>
#include <signal.h>
#include <sys/wait.h>

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

/* It does not open, and says so. */
static inline void
opens_not(const char *path, enum db_mode mode, enum err_code code)
{
	struct err err = { 0 };
	struct db *db = db_open(path, mode, &err);

	assert_null(db);
	if (err.code != code)
		fail_msg("%s: code %s, \"%s\"", path, err_name(err.code), err.text);
	assert_true(strlen(err.text) > 0);
}

/* End a process of ours that has the file open. */
static inline void
release(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

#endif
