/* Years at equal distance, values with their band, one accent line. */
#include "view/chart.h"

#include <math.h>

#include "view/board/words.h"
#include "view/chart_axis.h"
#include "view/html.h"

enum { HEAD = 52, PLOT = 176, FOOT = 30, LEGEND = 20, WIDE = 1000 };

/* Where things lie: x in percent of the drawing, y in pixels. */
struct plane {
	struct chart_axis axis;
	int first, slots;	/* first year, years to draw */
	int top;
};

static double
at_x(const struct plane *p, int year)
{
	return (year - p->first + 0.5) / p->slots * 100;
}

static double
at_y(const struct plane *p, double value)
{
	return p->top + PLOT * (1 - chart_axis_at(&p->axis, value));
}

static struct plane
plane_fit(const struct chart *chart)
{
	struct plane p = { .first = 0, .slots = 0 };
	double low = NAN, high = NAN;
	int last = 0;

	for (size_t i = 0; i < chart->lines; i++)
		for (size_t k = 0; k < chart->line[i].points; k++) {
			const struct chart_point *point = &chart->line[i].point[k];

			if (p.first == 0 || point->year < p.first)
				p.first = point->year;
			if (point->year > last)
				last = point->year;
			if (isnan(point->value))
				continue;
			chart_axis_hold(&low, &high, point->value);
			chart_axis_hold(&low, &high, point->low);
			chart_axis_hold(&low, &high, point->high);
		}
	chart_axis_hold(&low, &high, chart->reference);
	if (chart->hold_low < chart->hold_high) {
		chart_axis_hold(&low, &high, chart->hold_low);
		chart_axis_hold(&low, &high, chart->hold_high);
	}
	p.slots = last - p.first + 1;
	p.axis = chart_axis_fit(low, high, chart->floor, chart->ceiling);
	p.top = HEAD + (chart->lines > 1 ? LEGEND * (int)chart->lines : 0);
	return p;
}

static void
draw_rails(struct text *out, const struct plane *p)
{
	const struct chart_axis *a = &p->axis;

	text_fmt(out, "<g stroke=\"" CHART_RAIL "\">");
	for (double t = a->low; t < a->high + a->step / 2; t += a->step)
		text_fmt(out, "<line x1=\"0\" x2=\"100%%\" y1=\"%.1f\" y2=\"%.1f\"/>",
			at_y(p, t), at_y(p, t));
	html_lit(out, "</g><g text-anchor=\"end\" fill=\"" CHART_GREY "\">");
	for (double t = a->low; t < a->high + a->step / 2; t += a->step) {
		text_fmt(out, "<text x=\"-8\" y=\"%.1f\">", at_y(p, t) + 5);
		html_number(out, t, a->decimals);
		html_lit(out, "</text>");
	}
	html_lit(out, "</g><g text-anchor=\"middle\">");
	for (int i = 0; i < p->slots; i++)
		text_fmt(out, "<text x=\"%.2f%%\" y=\"%d\">%d</text>",
			at_x(p, p->first + i), p->top + PLOT + 24, p->first + i);
	html_lit(out, "</g>");
}

/* Does the line run on from the point before k? */
static bool
joined(const struct chart_line *line, size_t k)
{
	const struct chart_point *point = &line->point[k];

	return k > 0 && !point->broken && !isnan(point->value) && !isnan(point[-1].value) &&
		point->year == point[-1].year + 1;
}

/* Points first..last, forwards along one edge: value, or the band's high or low. */
static void
path_along(struct text *out, const struct plane *p, const struct chart_line *line,
	size_t first, size_t last, size_t edge)
{
	bool back = first > last;

	for (size_t k = first;; k = back ? k - 1 : k + 1) {
		const struct chart_point *point = &line->point[k];
		double y = edge == 0 ? point->value : edge == 1 ? point->high : point->low;

		text_fmt(out, "%c%.1f %.1f", k == first && edge != 2 ? 'M' : 'L',
			at_x(p, point->year) * WIDE / 100, at_y(p, isnan(y) ? point->value : y));
		if (k == last)
			break;
	}
}

/* Band and line of every unbroken run; stretched sideways alone, so strokes keep their width. */
static void
draw_runs(struct text *out, const struct plane *p, const struct chart_line *line)
{
	const char *colour = line->accent ? CHART_ACCENT : CHART_GREY;
	size_t from = 0;

	text_fmt(out, "<svg width=\"100%%\" height=\"%d\" viewBox=\"0 0 %d %d\""
		" preserveAspectRatio=\"none\">", p->top + PLOT, WIDE, p->top + PLOT);
	for (size_t k = 1; k <= line->points; k++) {
		if (k < line->points && joined(line, k))
			continue;
		if (k - from > 1) {
			if (line->accent) {
				text_fmt(out, "<path fill=\"%s\" fill-opacity=\".14\" d=\"",
					colour);
				path_along(out, p, line, from, k - 1, 1);
				path_along(out, p, line, k - 1, from, 2);
				html_lit(out, "Z\"/>");
			}
			text_fmt(out, "<path fill=\"none\" stroke=\"%s\" stroke-width=\"%s\""
				" vector-effect=\"non-scaling-stroke\" d=\"", colour,
				line->accent ? "2.5" : "1.5");
			path_along(out, p, line, from, k - 1, 0);
			html_lit(out, "\"/>");
		}
		from = k;
	}
	html_lit(out, "</svg>");
}

static void
draw_points(struct text *out, const struct plane *p, const struct chart_line *line)
{
	const char *colour = line->accent ? CHART_ACCENT : CHART_GREY;

	text_fmt(out, "<g stroke=\"%s\" fill=\"%s\">", colour, colour);
	for (size_t k = 0; k < line->points; k++) {
		const struct chart_point *point = &line->point[k];
		double x = at_x(p, point->year);

		if (isnan(point->value))
			continue;
		if (!isnan(point->low) && !isnan(point->high))
			text_fmt(out, "<line x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%.1f\" y2=\"%.1f\"/>",
				x, x, at_y(p, point->low), at_y(p, point->high));
		text_fmt(out, "<circle cx=\"%.2f%%\" cy=\"%.1f\" r=\"%d\" stroke=\"none\"/>",
			x, at_y(p, point->value), line->accent ? 5 : 3);
	}
	html_lit(out, "</g>");
}

/* Does another line run so close above the point's band that a number between them would
 * be written over its? */
static bool
crowded(const struct plane *p, const struct chart_point *point, double top,
	const struct chart_line *other)
{
	for (size_t k = 0; other != NULL && k < other->points; k++)
		if (other->point[k].year == point->year && other->point[k].value >= point->value &&
				at_y(p, top) - at_y(p, other->point[k].value) < 28)
			return true;
	return false;
}

static void
draw_value(struct text *out, const struct plane *p, const struct chart_point *point,
	const struct chart_line *other, int decimals)
{
	double top = isnan(point->high) ? point->value : point->high,
		low = isnan(point->low) ? point->value : point->low;

	text_fmt(out, "<text x=\"%.2f%%\" y=\"%.1f\">", at_x(p, point->year),
		crowded(p, point, top, other) ? at_y(p, low) + 18 : at_y(p, top) - 8);
	html_number(out, point->value, decimals);
	html_lit(out, "</text>");
}

/* Values at the two ends alone: the table beside the chart has them all. */
static void
draw_ends(struct text *out, const struct plane *p, const struct chart_line *line,
	const struct chart_line *other, int decimals)
{
	size_t first = 0, last = line->points;

	while (first < last && isnan(line->point[first].value))
		first++;
	while (last > first && isnan(line->point[last - 1].value))
		last--;
	if (first == last)
		return;
	text_fmt(out, "<g text-anchor=\"middle\" font-weight=\"bold\" fill=\"%s\">",
		line->accent ? CHART_ACCENT : CHART_GREY);
	draw_value(out, p, &line->point[first], other, decimals);
	if (last - 1 > first)
		draw_value(out, p, &line->point[last - 1], other, decimals);
	html_lit(out, "</g>");
}

/* What is missing and where the series broke, said where it happened. */
static void
draw_notes(struct text *out, const struct plane *p, const struct chart_line *line, enum lang lang)
{
	html_lit(out, "<g text-anchor=\"middle\" fill=\"" CHART_GREY "\">");
	for (size_t k = 0; k < line->points; k++) {
		const struct chart_point *point = &line->point[k];
		double x = at_x(p, point->year) - 50.0 / p->slots;

		if (isnan(point->value)) {
			text_fmt(out, "<text x=\"%.2f%%\" y=\"%d\">— ", at_x(p, point->year),
				p->top + PLOT - 8);
			html_text(out, board_word(WORD_NOT_SHOWN, lang));
			html_lit(out, "</text>");
		}
		if (!point->broken || k == 0)
			continue;
		text_fmt(out, "<line x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" y2=\"%d\" stroke=\""
			CHART_GREY "\" stroke-dasharray=\"2 4\"/><text x=\"%.2f%%\" y=\"%d\">",
			x, x, p->top - 4, p->top + PLOT, x, p->top - 10);
		html_text(out, board_word(WORD_BREAK, lang));
		html_lit(out, "</text>");
	}
	html_lit(out, "</g>");
}

/* At the end of the chart that the line leaves free. */
static void
draw_reference(struct text *out, const struct plane *p, const struct chart *chart, enum lang lang)
{
	const struct chart_line *line = chart->lines > 0 ? &chart->line[0] : NULL;
	double y = at_y(p, chart->reference), first, last;
	bool left;

	if (isnan(chart->reference))
		return;
	first = line != NULL && line->points > 0 ? line->point[0].value : NAN;
	last = line != NULL && line->points > 0 ? line->point[line->points - 1].value : NAN;
	left = fabs(first - chart->reference) > fabs(last - chart->reference);
	text_fmt(out, "<line x1=\"0\" x2=\"100%%\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"" CHART_INK
		"\" stroke-dasharray=\"7 5\"/><text x=\"%s\" y=\"%.1f\" text-anchor=\"%s\">",
		y, y, left ? "4" : "100%", y - 6, left ? "start" : "end");
	html_words(out, &chart->reference_label, lang);
	html_lit(out, "</text>");
}

static void
draw_legend(struct text *out, const struct chart *chart, enum lang lang)
{
	for (size_t i = 0; chart->lines > 1 && i < chart->lines; i++) {
		int y = 42 + LEGEND * (int)i;

		text_fmt(out, "<line x1=\"0\" x2=\"28\" y1=\"%d\" y2=\"%d\" stroke-width=\"%s\""
			" stroke=\"%s\"/><text x=\"36\" y=\"%d\">", y - 5, y - 5,
			chart->line[i].accent ? "2.5" : "1.5",
			chart->line[i].accent ? CHART_ACCENT : CHART_GREY, y);
		html_words(out, &chart->line[i].label, lang);
		html_lit(out, "</text>");
	}
}

void
chart_years(struct text *out, const struct chart *chart, enum lang lang)
{
	struct plane p = plane_fit(chart);

	if (p.first == 0)
		return;
	chart_begin(out, p.top + PLOT + FOOT, "chart", &chart->title, &chart->description, lang);
	html_lit(out, "<text x=\"-40\" y=\"16\" fill=\"" CHART_GREY "\">");
	chart_scale(out, &p.axis, &chart->unit, true, lang);
	html_lit(out, "</text>");
	draw_legend(out, chart, lang);
	draw_rails(out, &p);
	for (int accent = 0; accent < 2; accent++)
		for (size_t i = 0; i < chart->lines; i++) {
			if (chart->line[i].accent != (accent == 1))
				continue;
			draw_runs(out, &p, &chart->line[i]);
			draw_points(out, &p, &chart->line[i]);
			draw_ends(out, &p, &chart->line[i],
				chart->lines == 2 ? &chart->line[1 - i] : NULL, chart->decimals);
			draw_notes(out, &p, &chart->line[i], lang);
		}
	draw_reference(out, &p, chart, lang);
	html_lit(out, "</svg>");
}
