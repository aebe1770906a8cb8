/* How an answer was filled in: a few coarse facts for screening, none of which tells who. */
#ifndef FORMS_PARADATA_H
#define FORMS_PARADATA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "forms/response.h"

/*
 * Kept with the answer and published with it.  What the page says of itself (screens, resends) is
 * never believed beyond its range; what cannot be believed is "not known".
 */
struct paradata {
	int screens;		/* screens looked at, 0..PARADATA_SCREENS; -1:
				 * not known (no script) */
	int dont_know;		/* items answered 98, counted in the answers; -1: not known */
	int resends;		/* times the page had to be sent again before it was taken,
				 * 0..PARADATA_RESENDS */
	int rush;		/* RUSH_* bits */
	const char *client;	/* "phone", "tablet", "desktop", "wechat", "other";
				 * "" or NULL: not known */
};

enum { PARADATA_SCREENS = 99, PARADATA_RESENDS = 9 };

/* More answers at once than people usually give: slower, and marked. */
enum {
	RUSH_NETWORK = 1,	/* from one network */
	RUSH_SITE = 2		/* at one site */
};

/* An answer of which nothing is known: imported, or older than these columns. */
#define PARADATA_NONE ((struct paradata){ \
	.screens = -1, .dont_know = -1, .resends = -1, .client = "" })

/* Nothing outside its range, no other word. */
bool paradata_valid(const struct paradata *p);

/*
 * Its one text form, part of the leaf: "screens=5 dont_know=2 resends=0 client=phone rush=0";
 * nothing for PARADATA_NONE, so that an answer without it has the leaf it always had.
 */
void paradata_put(struct text *out, const struct paradata *p);

/*
 * Seconds as they are kept: cut to 5 under two minutes, to 15 under ten, to 60 under an hour, and
 * 3600 for more, since what somebody did between two exact times can be looked up
 * elsewhere.  -1 stays.
 */
int64_t paradata_seconds(int64_t seconds);

/* Items answered "don't know". */
int paradata_dont_know(const struct response *r);

#endif
