/* A yearly series: a sentence, its line with the band, the same numbers as a table. */
#include "view/board/indicator.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "view/html.h"

/* Behind a value; percents carry their sign already. */
static void
put_unit(struct text *out, const struct board_frame *frame, enum word unit)
{
	if (unit == WORD_UNIT_PERCENT)
		return;
	if (frame->lang != LANG_ZH)
		html_lit(out, " ");
	board_say(out, frame, unit);
}

/* "2024 年 78.4（76.9–79.8）分，比上年 +0.6（…），↔ 无显著变化。" */
static void
put_sentence(struct text *out, const struct board_frame *frame, const struct series *series)
{
	const struct figure *m = board_newest(series);
	const struct step *step;
	struct board_scale scale;
	char year[16];

	html_lit(out, "<p>");
	if (m == NULL) {
		board_say(out, frame, WORD_NO_YEAR);
		html_lit(out, "</p>");
		return;
	}
	scale = board_scale_of(series->form, &m->estimate);
	snprintf(year, sizeof(year), "%d", m->year);
	board_fill(out, frame, WORD_YEAR_SPACE, year, NULL);
	board_value(out, frame, &m->estimate, &scale);
	put_unit(out, frame, scale.unit);
	step = board_step_to(series, (size_t)(m - series->year));
	if (step != NULL && step->broken) {
		board_say(out, frame, WORD_COMMA);
		board_say(out, frame, WORD_NOT_COMPARABLE);
	} else if (step != NULL && isfinite(step->difference.value)) {
		board_say(out, frame, WORD_COMMA);
		board_say(out, frame, WORD_ON_LAST_YEAR);
		board_change(out, frame, &step->difference, &scale);
		if (!board_is_open(series)) {
			board_say(out, frame, WORD_COMMA);
			board_say(out, frame, board_direction(step));
		}
	}
	board_say(out, frame, WORD_PERIOD);
	html_lit(out, "</p>");
}

/* Where a series broke, and why. */
static void
put_breaks(struct text *out, const struct board_frame *frame, const struct series *series)
{
	for (size_t i = 0; i + 1 < series->years; i++) {
		const struct step *step = &series->step[i];

		if (!step->broken)
			continue;
		text_fmt(out, "<br>%d → %d ", step->from, step->to);
		board_say(out, frame, WORD_BREAK);
		board_say(out, frame, WORD_COLON);
		if (step->break_note != NULL && *step->break_note != '\0')
			board_verbatim(out, frame, step->break_note);
		else
			board_say(out, frame, WORD_BREAK_UNSAID);
	}
}

static void
put_caption(struct text *out, const struct board_frame *frame, const struct series *series)
{
	char level[16];

	snprintf(level, sizeof(level), "%g", 100 * board_newest(series)->estimate.level);
	html_lit(out, "<figcaption>");
	board_fill(out, frame, board_is_open(series) ? WORD_CAPTION_OPEN :
		board_is_complaints(series) ? WORD_CAPTION_COUNT : WORD_CAPTION_BAND, level, NULL);
	put_breaks(out, frame, series);
	html_lit(out, "</figcaption>");
}

static void
put_table(struct text *out, const struct board_frame *frame, const struct series *series)
{
	html_lit(out, "<table class=\"numbers stack\"><caption class=\"quiet\">");
	board_words_of(out, frame, &series->label);
	html_lit(out, "</caption>");
	board_trend_head(out, frame, series, board_held(series));
	html_lit(out, "<tbody>");
	for (size_t i = 0; i < series->years; i++)
		board_trend_year(out, frame, series, i, board_held(series));
	html_lit(out, "</tbody></table>");
}

void
board_volunteers(struct text *out, const struct board_frame *frame)
{
	html_lit(out, "<p class=\"caution\"><b>");
	board_say(out, frame, WORD_NOT_EVERYONE);
	html_lit(out, "</b> ");
	board_say(out, frame, WORD_MODEL_BASED);
	html_lit(out, "</p>");
}

/* What volunteers' numbers are not; what a check does not decide. */
static void
put_cautions(struct text *out, const struct board_frame *frame, bool open, bool check)
{
	if (open)
		board_volunteers(out, frame);
	if (check) {
		html_lit(out, "<p class=\"caution\">");
		board_say(out, frame, WORD_SELF_CHECK);
		html_lit(out, "</p>");
	}
}

static void
begin_section(struct text *out, const struct board_frame *frame, const struct words *title,
	const struct series *series, bool check)
{
	bool open = board_is_open(series);

	text_fmt(out, "<section class=\"series%s\"><h2>", open ? " open" : "");
	board_words_of(out, frame, title);
	if (!board_is_complaints(series)) {
		html_lit(out, " <small>");
		board_say(out, frame, open ? WORD_STREAM_OPEN : WORD_STREAM_SAMPLED);
		html_lit(out, "</small>");
	}
	html_lit(out, "</h2>");
	put_cautions(out, frame, open, check);
}

void
board_series(struct text *out, const struct board_frame *frame,
	const struct series *series, bool check)
{
	begin_section(out, frame, &series->label, series, check);
	put_sentence(out, frame, series);
	if (board_newest(series) != NULL) {
		html_lit(out, "<figure>");
		board_trend_chart(out, frame, series, 0, 0);
		put_caption(out, frame, series);
		html_lit(out, "</figure>");
	}
	if (series->years > 0)
		put_table(out, frame, series);
	html_lit(out, "</section>\n");
}

/* The stretch that holds every interval of every series that may be shown. */
static void
common_range(const struct series *const series[], size_t n, double *low, double *high)
{
	*low = INFINITY;
	*high = -INFINITY;
	for (size_t i = 0; i < n; i++) {
		*low = fmin(*low, series[i]->target);	/* NAN: none */
		*high = fmax(*high, series[i]->target);
		for (size_t k = 0; k < series[i]->years; k++) {
			const struct figure *m = &series[i]->year[k];

			if (!board_shown(m))
				continue;
			*low = fmin(*low, m->estimate.low);
			*high = fmax(*high, m->estimate.high);
		}
	}
}

static void
put_small(struct text *out, const struct board_frame *frame, const struct series *series,
	double low, double high)
{
	html_lit(out, "<figure><p><b>");
	board_words_of(out, frame, &series->label);
	html_lit(out, "</b></p>");
	board_trend_chart(out, frame, series, low, high);
	html_lit(out, "<figcaption>");
	put_breaks(out, frame, series);
	html_lit(out, "</figcaption></figure>");
}

static void
put_all_numbers(struct text *out, const struct board_frame *frame,
	const struct series *const series[], size_t n)
{
	bool held = false;

	for (size_t i = 0; i < n; i++)
		held |= board_held(series[i]);
	html_lit(out, "<table class=\"numbers stack\">");
	board_trend_head(out, frame, series[0], held);
	for (size_t i = 0; i < n; i++) {
		text_fmt(out, "<tbody><tr class=\"group\"><th colspan=\"%d\" scope=\"rowgroup\">",
			(board_is_open(series[i]) ? 6 : 7) + held);
		board_words_of(out, frame, &series[i]->label);
		html_lit(out, "</th></tr>");
		for (size_t k = 0; k < series[i]->years; k++)
			board_trend_year(out, frame, series[i], k, held);
		html_lit(out, "</tbody>");
	}
	html_lit(out, "</table>");
}

void
board_multiples(struct text *out, const struct board_frame *frame,
	const struct series *const series[], size_t n, bool check)
{
	struct words title = board_pair(WORD_TRENDS);
	double low, high;

	common_range(series, n, &low, &high);
	begin_section(out, frame, &title, series[0], check);
	html_lit(out, "<p>");
	board_say(out, frame, WORD_SAME_SCALE);
	html_lit(out, "</p><div class=\"multiples\">");
	for (size_t i = 0; i < n; i++)
		if (board_newest(series[i]) != NULL)
			put_small(out, frame, series[i], low, high);
	html_lit(out, "</div>");
	put_all_numbers(out, frame, series, n);
	html_lit(out, "</section>\n");
}
