/* Caterpillar: one row each, the value on its interval. */
#include "view/chart.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "view/board/words.h"
#include "view/chart_axis.h"
#include "view/html.h"

enum { HEAD = 46, ROW = 26, FOOT = 30, LABEL_COLUMNS = 20 };

static struct chart_axis
rows_fit(const struct chart_rows *chart)
{
	struct chart_axis axis;
	double low = NAN, high = NAN;

	for (size_t i = 0; i < chart->bars; i++) {
		if (isnan(chart->bar[i].value))
			continue;
		chart_axis_hold(&low, &high, chart->bar[i].value);
		chart_axis_hold(&low, &high, chart->bar[i].low);
		chart_axis_hold(&low, &high, chart->bar[i].high);
	}
	chart_axis_hold(&low, &high, chart->rail);
	if (!chart->reversed)
		return chart_axis_fit(low, high, NAN, NAN);
	/* Ranks begin at 1, whatever is known of the rest. */
	axis = chart_axis_fit(0, fmax(high, 5), 0, NAN);
	axis.low = 0.5;
	axis.high = fmax(high, 5) + 0.5;
	axis.step = fmax(1, round(axis.step));
	axis.decimals = 0;
	axis.cut = false;
	return axis;
}

static void
draw_tick(struct text *out, const struct chart_axis *axis, double t, double bottom)
{
	double x = 100 * chart_axis_at(axis, t);

	text_fmt(out, "<line x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" y2=\"%.0f\" stroke=\"" CHART_RAIL
		"\"/><text x=\"%.2f%%\" y=\"%.0f\">", x, x, HEAD, bottom, x, bottom + 20);
	html_number(out, t, axis->decimals);
	html_lit(out, "</text>");
}

static void
draw_ticks(struct text *out, const struct chart_rows *chart, const struct chart_axis *axis)
{
	double bottom = HEAD + ROW * (double)chart->bars + 4;
	double from = chart->reversed ? axis->step : axis->low;

	html_lit(out, "<g text-anchor=\"middle\" fill=\"" CHART_GREY "\">");
	if (chart->reversed && axis->step > 1)
		draw_tick(out, axis, 1, bottom);
	for (double t = from; t < axis->high + axis->step * 1e-6; t += axis->step)
		draw_tick(out, axis, t, bottom);
	html_lit(out, "</g>");
}

static void
draw_rail(struct text *out, const struct chart_rows *chart, const struct chart_axis *axis,
	enum lang lang)
{
	double x = 100 * chart_axis_at(axis, chart->rail);

	if (isnan(chart->rail))
		return;
	text_fmt(out, "<line x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" y2=\"%.0f\" stroke=\"" CHART_INK
		"\" stroke-dasharray=\"7 5\"/><text x=\"%.2f%%\" y=\"%d\" text-anchor=\"middle\">",
		x, x, HEAD - 4, HEAD + ROW * (double)chart->bars + 4, x, HEAD - 10);
	html_words(out, &chart->rail_label, lang);
	html_lit(out, "</text>");
}

/* The name as it fits beside a row: without what stands in brackets, and never longer than its
 * place.  The table has it whole. */
static void
draw_name(struct text *out, const char *name)
{
	size_t n = strlen(name), end = 0, columns = 0;
	const char *bracket = strstr(name, "（");

	if (bracket == NULL)
		bracket = strstr(name, " (");
	if (bracket != NULL && bracket > name)
		n = (size_t)(bracket - name);
	while (end < n) {
		size_t len;
		uint32_t c = utf8_next(name + end, n - end, &len);
		size_t wide = c >= 0x1100 ? 2 : 1;

		if (columns + wide > LABEL_COLUMNS)
			break;
		columns += wide;
		end += len;
	}
	for (size_t i = 0; i < end; i++) {
		char one[2] = { name[i], '\0' };

		html_text(out, one);
	}
	if (end < n)
		html_lit(out, "…");
}

static void
draw_bar(struct text *out, const struct chart_rows *chart, const struct chart_axis *axis,
	const struct chart_bar *bar, double y, enum lang lang)
{
	const char *colour = bar->accent ? CHART_ACCENT : CHART_GREY;
	double x = 100 * chart_axis_at(axis, bar->value);

	text_fmt(out, "<g%s><text x=\"-10\" y=\"%.0f\" text-anchor=\"end\">",
		bar->accent ? " fill=\"" CHART_ACCENT "\" font-weight=\"bold\"" : "", y + 5);
	draw_name(out, bar->label.in[lang] != NULL ? bar->label.in[lang] : "");
	html_lit(out, "</text>");
	if (isnan(bar->value)) {
		text_fmt(out, "<text x=\"4\" y=\"%.0f\" fill=\"" CHART_GREY "\">— ", y + 5);
		html_text(out, board_word(WORD_NOT_SHOWN, lang));
		html_lit(out, "</text></g>");
		return;
	}
	if (!isnan(bar->low) && !isnan(bar->high))
		text_fmt(out,
			"<line x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%.0f\" y2=\"%.0f\""
			" stroke=\"%s\" stroke-width=\"%d\" stroke-linecap=\"round\""
			" stroke-opacity=\".45\"/>", 100 * chart_axis_at(axis, bar->low),
			100 * chart_axis_at(axis, bar->high), y, y, colour,
			chart->reversed ? 8 : 4);
	text_fmt(out, "<circle cx=\"%.2f%%\" cy=\"%.0f\" r=\"5\" fill=\"%s\"/>"
		"<text x=\"100%%\" dx=\"10\" y=\"%.0f\">", x, y, colour, y + 5);
	html_number(out, bar->value, chart->decimals);
	html_lit(out, "</text></g>");
}

void
chart_rows(struct text *out, const struct chart_rows *chart, enum lang lang)
{
	struct chart_axis axis = rows_fit(chart);
	int height = HEAD + ROW * (int)chart->bars + FOOT;

	if (chart->bars == 0)
		return;
	chart_begin(out, height, "chart rows", &chart->title, &chart->description, lang);
	html_lit(out, "<text x=\"0\" y=\"16\" fill=\"" CHART_GREY "\">");
	chart_scale(out, &axis, &chart->unit, false, lang);
	html_lit(out, "</text>");
	draw_ticks(out, chart, &axis);
	draw_rail(out, chart, &axis, lang);
	for (size_t i = 0; i < chart->bars; i++)
		draw_bar(out, chart, &axis, &chart->bar[i], HEAD + ROW * ((double)i + 0.5), lang);
	html_lit(out, "</svg>");
}
