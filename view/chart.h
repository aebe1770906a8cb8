/* Charts as SVG: years on x, an index or rate on y, with its band; printed without a script. */
#ifndef VIEW_CHART_H
#define VIEW_CHART_H

#include "base/lang.h"
#include "base/text.h"
#include "stats/estimate.h"

struct chart_point { int year; double value, low, high; bool broken; /* series break before it */ };
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
};
void chart_years(struct text *out, const struct chart *chart, enum lang lang);

/* Caterpillar: a row each, value with interval; ranks or sectors. */
struct chart_bar { struct words label; double value, low, high; bool accent; };
struct chart_rows {
	const struct chart_bar *bar;
	size_t bars;
	struct words title, description, unit;
	double rail;			/* vertical reference (10th place), NAN none */
	bool reversed;			/* ranks: 1 at the left */
	int decimals;
};
void chart_rows(struct text *out, const struct chart_rows *chart, enum lang lang);

#endif
