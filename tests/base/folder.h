/* A folder of its own for a test of files, and what it puts there. */
#ifndef TESTS_BASE_FOLDER_H
#define TESTS_BASE_FOLDER_H

#include "tests/support/check.h"

#include "base/err.h"
#include "base/file.h"

static char folder[] = "/tmp/manyi-base-XXXXXX";

static inline const char *
in_folder(const char *name)
{
	static char path[4][256];
	static int turn;
	char *p = path[turn++ & 3];

	snprintf(p, sizeof(path[0]), "%s/%s", folder, name);
	return p;
}

static inline void
put_file(const char *name, const char *bytes)
{
	struct err err = { 0 };

	if (file_write(in_folder(name), bytes, strlen(bytes), 0600, &err) != 0)
		fail_msg("%s", err.text);
}

#endif
