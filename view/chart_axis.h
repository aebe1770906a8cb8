/* What both charts share: a readable axis, and how a drawing begins. */
#ifndef VIEW_CHART_AXIS_H
#define VIEW_CHART_AXIS_H

#include <stdbool.h>

#include "base/lang.h"
#include "base/text.h"

/* Okabe and Ito's blue for what is ours, greys for the rest: safe for every eye and on paper. */
#define CHART_ACCENT "#0072B2"
#define CHART_GREY "#6b7280"
#define CHART_RAIL "#d5d9de"
#define CHART_INK "#1b1f23"
#define CHART_TEXT 14		/* px: the small one of the page's four sizes */

/* A stretch of numbers with round ends and ticks. */
struct chart_axis {
	double low, high;	/* ends, multiples of step */
	double step;		/* between ticks; > 0 */
	int decimals;		/* a tick needs */
	bool cut;		/* does not start at the scale's floor */
};

/*
 * Fit round ends around [low, high], inside the scale's floor and ceiling (NAN: none).
 * NAN low or high (nothing to draw) makes 0..1.  A single value gets room on both sides.
 */
struct chart_axis chart_axis_fit(double low, double high, double floor, double ceiling);
/* 0 at low, 1 at high. */
double chart_axis_at(const struct chart_axis *axis, double x);
/* Widen [*low, *high] to hold x; NAN changes nothing.  Start with both NAN. */
void chart_axis_hold(double *low, double *high, double x);

/* <svg ...><title>..</title><desc>..</desc>; the caller closes it. */
void chart_begin(struct text *out, int height, const char *kind, const struct words *title,
	const struct words *description, enum lang lang);
/* "分；纵轴从 74 起": unit, and the cut if there is one. */
void chart_scale(struct text *out, const struct chart_axis *axis, const struct words *unit,
	bool vertical, enum lang lang);

#endif
