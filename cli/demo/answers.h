/* What a simulated resident says: names and values as a browser would send them. */
#ifndef CLI_DEMO_ANSWERS_H
#define CLI_DEMO_ANSWERS_H

#include "cli/demo/people.h"
#include "forms/answers.h"

enum { DEMO_PAIRS = 64 };

/* Values are literals or stand in buffer; valid as long as the struct stays where it is. */
struct demo_answers {
	struct pair pair[DEMO_PAIRS];
	struct answers sent;		/* .pair points at the member above */
	char buffer[64];
};

/*
 * Answers of a person to form 'A', 'B' or 'C'.  Items hang together through the person's
 * feeling; some are not known (98) or passed over; skip logic is obeyed, which
 * form_accept() then checks as it does for everybody.
 */
void demo_answers_make(struct demo_answers *out, const struct demo_scene *scene,
	const struct demo_person *p, struct demo_random *r);

#endif
