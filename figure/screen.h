/* Rules that set answers aside: each looks at one answer alone, in the wave's columns, by a
 * threshold written down here. */
#ifndef FIGURE_SCREEN_H
#define FIGURE_SCREEN_H

#include "figure/counted.h"

/*
 * A rule may be applied to a wave only after it was registered for it, so that nobody picks the
 * rule by what it does to the figure; a changed threshold is a new version.  An answer set aside
 * stays stored and in the open count; it leaves the main estimate alone.
 *
 * fast 1     took less than a third of the form's typical time, counted for the items that were
 * asked.
 *            Source: a third of the usual time as in Greszki, Meyer and Schoen (2015), Public
 *            Opinion Quarterly 79:471-503, who compare 30, 40 and 50 %; the form's own time stands
 *            for the median, so that the threshold does not move with the data.  Unknown time:
 *            never.
 * straight 1 at least SCREEN_STRAIGHT ten-point items, all answered alike.
 *            Source: Schonlau and Toepoel (2015), Survey Research Methods 9:125-137.
 * blank 1    at least SCREEN_BLANK ratings asked, more than half of them skipped or "don't know".
 * crowd 1    marked as one of very many at once (paradata), and took less than half
 * of the typical time.
 */
struct screen_rule {
	const char *name, *version;
	struct words help;
	bool (*fits)(const struct counted *a, size_t row);
};

enum { SCREEN_STRAIGHT = 8, SCREEN_BLANK = 4 };

extern const struct screen_rule screen_rules[];
extern const size_t screen_rules_n;

/* The rule of that name and version (NULL: any), or NULL. */
const struct screen_rule *screen_rule(const char *name, const char *version);

#endif
