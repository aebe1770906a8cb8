/* The programme that is shipped, for tests of what reads it. */
#ifndef TESTS_TRACK_PROGRAMME_H
#define TESTS_TRACK_PROGRAMME_H

#include "tests/support/check.h"

#include "track/programme/programme.h"

static inline const struct programme *
shipped(struct pool *pool)
{
	struct err err = { 0 };
	const struct programme *p = programme_load(check_path("data/programme.json"), pool, &err);

	if (p == NULL)
		fail_msg("%s", err.text);
	return p;
}

#endif
