/* When a survey may be opened, and how long what was opened in time may still be handed in. */
#ifndef FORMS_TERM_H
#define FORMS_TERM_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Minutes since 1970, as everywhere.  Zeroed memory: open since ever and for ever.
 *
 * Whoever was shown a form may hand it in for TERM_GRACE minutes after its end; until that is over
 * nothing of the survey is settled.  A form may be shown for a moment after its end, by an intake
 * that has not heard of it yet (longer where its store is away): who opened it then is not turned
 * away either.  When a form was opened its page says, and nobody signs that: the worst a liar gains
 * is to answer a public form an hour longer.
 */
struct term {
	int64_t opens;
	int64_t ends;		/* from this minute on nobody may open it; 0: not set */
	bool closed;		/* by hand: at ends, or at a time that is not known
				 * where ends lies ahead */
	bool lapses;		/* ends because the approval of the survey does,
				 * not because it is over */
};

enum { TERM_GRACE = 60 };

enum term_state {
	TERM_OPEN,
	TERM_WAITING,		/* has not begun */
	TERM_CLOSED,		/* is over */
	TERM_LAPSED		/* its approval is over */
};

enum term_state term_state(const struct term *t, int64_t now);
/* Is the hour after its end running? */
bool term_unsettled(const struct term *t, int64_t now);
/* May what was opened at that minute be handed in now?  opened < 0: not known. */
bool term_takes(const struct term *t, int64_t now, int64_t opened);
/* A single date that nobody has moved: end of a day's use, a poster's withdrawal.  0: none,
 * and so it does not end. */
bool term_takes_until(int64_t ends, int64_t now, int64_t opened);

#endif
