/* English for what a programme says in Chinese. */
#ifndef TRACK_ENGLISH_H
#define TRACK_ENGLISH_H

#include <stddef.h>

#include "base/lang.h"
#include "base/pool.h"

/* The English of a programme's texts, each by its whole Chinese.  Zeroed: none. */
struct english {
	struct english_pair {
		const char *zh, *en;
	} *pair;
	size_t n;
};

/* By Chinese, so that english_of() finds them. */
void english_sort(struct english *english);

/* The English of a text; what every programme says (是, 否, 不适用 …) has it without a programme.
 * NULL if it has none. */
const char *english_of(const struct english *english, const char *zh);

/* Both; the Chinese stands for itself where there is no English. */
struct words english_words(const struct english *english, const char *zh);

#endif
