/* Many visitors who hand in at once. */
#ifndef TESTS_INTAKE_CROWD_H
#define TESTS_INTAKE_CROWD_H

#include "tests/intake/city.h"

enum { CROWD = 200 };

static struct web crowd[CROWD];

static char crowd_body[CROWD][128];

/* They all hand in before anybody is answered; crowd n has its own key. */
static inline void
crowd_posts(const char *who)
{
	for (int i = 0; i < CROWD; i++) {
		snprintf(crowd_body[i], sizeof(crowd_body[i]),
			"level=3&_consent=yes&_key=%s-%012d", who, i);
		web_prepare(&crowd[i], uri_of(1), crowd_body[i]);
		intake_serve(intake, &crowd[i].x);
	}
}

static inline int
crowd_waits(void)
{
	int n = 0;

	for (int i = 0; i < CROWD; i++)
		n += !crowd[i].done;
	return n;
}

static inline void
crowd_leaves(void)
{
	for (int i = 0; i < CROWD; i++)
		web_clear(&crowd[i]);
}

#endif
