/* How long a survey's approval lasts, in the words an office is warned with. */
#ifndef VIEW_APPROVAL_H
#define VIEW_APPROVAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/lang.h"
#include "base/text.h"

enum { APPROVAL_WARN_DAYS = 60 };

/* Strings are never NULL. */
struct approval {
	const char *wave;		/* "A-2026" */
	const char *valid_until;	/* its last day as written, "" if none */
	const char *because;		/* why it goes on after that day, "" if it does not */
	int64_t lapse;			/* first minute after that day; 0: there is
					 * none, or it is no day */
};

enum approval_state {
	APPROVAL_NONE,			/* no day was given */
	APPROVAL_VALID,
	APPROVAL_ENDING,		/* in APPROVAL_WARN_DAYS days at most */
	APPROVAL_LAPSED,		/* it is over: nothing is opened and no answer taken */
	APPROVAL_OVERRIDDEN,		/* it is over, and somebody said why the survey goes on */
	APPROVAL_UNREADABLE		/* what was given is no day as 2026-12-31:
					 * nobody can be warned */
};
enum approval_state approval_state(const struct approval *a, int64_t now);
/* "valid", "ending", "lapsed", ... for JSON; "" for none. */
const char *approval_name(enum approval_state state);
/* Days it still lasts, today included; 0 once it is over, -1 unknown. */
int64_t approval_days(const struct approval *a, int64_t now);

/* Append what the office must know, one sentence without a line end; false: nothing. */
bool approval_say(struct text *out, const struct approval *a, int64_t now, enum lang lang);
/* The same, and what to type. */
bool approval_say_shell(struct text *out, const struct approval *a, int64_t now, enum lang lang);

#endif
