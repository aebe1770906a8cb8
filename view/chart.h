/*
 * Charts as SVG inside a page: no script, no style sheet needed for colours, prints as drawn.
 *
 * A chart is as wide as its place: x is in percent, so letters keep their size from 320 px to
 * 1920 px and the style sheet (class chart) keeps room at the left for labels.  Each
 * carries <title> and <desc>; the numbers stand in a table beside it, which the page makes.
 */
#ifndef VIEW_CHART_H
#define VIEW_CHART_H

#include "base/lang.h"
#include "base/text.h"
#include "stats/estimate.h"

/* NAN value: not published, named on the axis and not drawn.  NAN low or high: no band here. */
struct chart_point {
	int year;
	double value, low, high;
	bool broken;			/* series break before it: a gap, marked */
};
struct chart_line {
	const struct chart_point *point;
	size_t points;
	struct words label;
	bool accent;			/* the one accent line; the rest grey */
};
struct chart {
	const struct chart_line *line;
	size_t lines;
	struct words title, description;	/* <title> and <desc> */
	struct words unit;
	double reference;			/* target or national rate; NAN none */
	struct words reference_label;
	double floor, ceiling;			/* bounds of the scale: 0 and 100; NAN none */
	int decimals;				/* of the labels at the ends */
	double hold_low, hold_high;		/* the axis holds this stretch, too, if low < high:
						 * drawings side by side share it */
};
/* y is cut to the data; where it does not start at the floor the chart says so ("纵轴从 74 起"). */
void chart_years(struct text *out, const struct chart *chart, enum lang lang);

/* Caterpillar: a row each in the order given, value with interval; ranks or sectors. */
struct chart_bar {
	struct words label;
	double value, low, high;	/* NAN value: named, not drawn */
	bool accent;			/* our city */
};
struct chart_rows {
	const struct chart_bar *bar;
	size_t bars;
	struct words title, description, unit;
	double rail;			/* vertical reference (10th place), NAN none */
	struct words rail_label;
	bool reversed;			/* ranks: 1 at the left, whole numbers only */
	int decimals;
};

/* ---- chart_rows.c ---- */
void chart_rows(struct text *out, const struct chart_rows *chart, enum lang lang);

#endif
