/* A readable axis, and how a drawing begins. */
#include "view/chart_axis.h"

#include <math.h>

#include "view/board/words.h"
#include "view/html.h"

/* The smallest of 1, 2, 2.5, 5, 10 times a power of ten that makes at most five steps. */
static double
round_step(double range)
{
	static const double nice[] = { 1, 2, 2.5, 5, 10 };
	double raw = range / 5, unit = pow(10, floor(log10(raw)));
	size_t i = 0;

	while (i < 4 && nice[i] * unit < raw * (1 - 1e-9))
		i++;
	return nice[i] * unit;
}

static int
step_decimals(double step)
{
	int decimals = 0;

	while (decimals < 6 && fabs(step - round(step)) > 1e-9 * step) {
		step *= 10;
		decimals++;
	}
	return decimals;
}

struct chart_axis
chart_axis_fit(double low, double high, double floor_, double ceiling)
{
	struct chart_axis axis = { 0, 1, 0.5, 1, false };

	if (!isfinite(low) || !isfinite(high))
		return axis;
	if (high - low < 1e-9 * fmax(1, fabs(high))) {
		double room = fmax(fabs(high) * 0.05, 1e-3);

		low -= room;
		high += room;
	}
	axis.step = round_step(high - low);
	axis.low = floor(low / axis.step + 1e-9) * axis.step;
	axis.high = ceil(high / axis.step - 1e-9) * axis.step;
	if (axis.low < floor_)
		axis.low = floor_;
	if (axis.high > ceiling)
		axis.high = ceiling;
	axis.decimals = step_decimals(axis.step);
	axis.cut = isnan(floor_) || axis.low > floor_ + 1e-9;
	return axis;
}

double
chart_axis_at(const struct chart_axis *axis, double x)
{
	return (x - axis->low) / (axis->high - axis->low);
}

void
chart_axis_hold(double *low, double *high, double x)
{
	*low = fmin(*low, x);
	*high = fmax(*high, x);
}

void
chart_begin(struct text *out, int height, const char *kind, const struct words *title,
	const struct words *description, enum lang lang)
{
	html_lit(out, "<svg class=\"");
	html_text(out, kind);
	text_fmt(out, "\" width=\"100%%\" height=\"%d\" overflow=\"visible\" role=\"img\""
		" font-size=\"%d\" fill=\"" CHART_INK "\"><title>", height, CHART_TEXT);
	html_words(out, title, lang);
	html_lit(out, "</title><desc>");
	html_words(out, description, lang);
	html_lit(out, "</desc>");
}

void
chart_scale(struct text *out, const struct chart_axis *axis, const struct words *unit,
	bool vertical, enum lang lang)
{
	html_words(out, unit, lang);
	if (!axis->cut)
		return;
	html_text(out, board_word(unit->in[lang] != NULL && *unit->in[lang] != '\0' ?
		WORD_SEMICOLON : WORD_NOTHING, lang));
	html_text(out, board_word(vertical ? WORD_Y_FROM : WORD_X_FROM, lang));
	html_number(out, axis->low, axis->decimals);
	html_text(out, board_word(WORD_AXIS_STARTS, lang));
}
