/* An end, and an hour more for those who had begun. */
#include "forms/term.h"

enum term_state
term_state(const struct term *t, int64_t now)
{
	if (t->closed)
		return TERM_CLOSED;
	if (now < t->opens)
		return TERM_WAITING;
	if (t->ends == 0 || now < t->ends)
		return TERM_OPEN;
	return t->lapses ? TERM_LAPSED : TERM_CLOSED;
}

bool
term_unsettled(const struct term *t, int64_t now)
{
	return t->ends != 0 && now >= t->ends && now < t->ends + TERM_GRACE;
}

/* Whoever shows it may hear of the end late, and his page must not be worthless: also what was
 * opened after it is taken. */
bool
term_takes_until(int64_t ends, int64_t now, int64_t opened)
{
	return ends == 0 || now < ends || (opened >= 0 && opened <= now && now < ends + TERM_GRACE);
}

bool
term_takes(const struct term *t, int64_t now, int64_t opened)
{
	if (term_state(t, now) == TERM_OPEN)
		return true;
	return term_unsettled(t, now) && opened >= t->opens &&
		term_takes_until(t->ends, now, opened);
}
