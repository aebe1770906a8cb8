/* A yearly series: a sentence, its line with the band, and the same numbers as a table. */
#include "view/board_indicator.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "view/chart.h"
#include "view/html.h"

bool
board_is_open(const struct series *series)
{
	return series->stream != NULL && strcmp(series->stream, "open") == 0;
}

static bool
is_complaints(const struct series *series)
{
	return series->form != NULL && strcmp(series->form, "complaints") == 0;
}

const struct measure *
board_newest(const struct series *series)
{
	for (size_t i = series->years; i > 0; i--)
		if (board_shown(&series->year[i - 1]))
			return &series->year[i - 1];
	return NULL;
}

void
board_count(struct text *out, double n)
{
	char s[64];
	size_t len;

	if (!isfinite(n)) {
		html_lit(out, "—");
		return;
	}
	snprintf(s, sizeof(s), "%.0f", n);
	len = strlen(s);
	for (size_t i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0 && s[i - 1] != '-')
			text_putc(out, ',');
		text_putc(out, s[i]);
	}
}

/* The step that ends in year i, if both of its years may be shown. */
static const struct step *
step_to(const struct series *series, size_t i)
{
	if (i == 0 || !board_shown(&series->year[i]) || !board_shown(&series->year[i - 1]))
		return NULL;
	return &series->step[i - 1];
}

static enum word
direction(const struct step *step)
{
	if (!step->significant || !isfinite(step->difference.value))
		return WORD_FLAT;
	return step->difference.value > 0 ? WORD_UP : WORD_DOWN;
}

/* "2024 年 78.4（76.9–79.8）分，比上年 +0.6（…），↔ 无显著变化。" */
static void
put_sentence(struct text *out, const struct board_frame *frame, const struct series *series)
{
	const struct measure *m = board_newest(series);
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
	html_lit(out, " ");
	board_say(out, frame, scale.unit);
	step = step_to(series, (size_t)(m - series->year));
	if (step != NULL && step->broken) {
		board_say(out, frame, WORD_COMMA);
		board_say(out, frame, WORD_NOT_COMPARABLE);
	} else if (step != NULL && isfinite(step->difference.value)) {
		board_say(out, frame, WORD_COMMA);
		board_say(out, frame, WORD_ON_LAST_YEAR);
		board_change(out, frame, &step->difference, &scale);
		if (!board_is_open(series)) {
			board_say(out, frame, WORD_COMMA);
			board_say(out, frame, direction(step));
		}
	}
	board_say(out, frame, WORD_PERIOD);
	html_lit(out, "</p>");
}

/* For those who hear the page: the first and the last value. */
static void
describe(struct text *say, const struct board_frame *frame, const struct series *series)
{
	for (size_t i = 0; i < series->years; i++) {
		const struct measure *m = &series->year[i];
		struct board_scale scale = board_scale_of(series->form, &m->estimate);

		text_fmt(say, "%s%d ", i > 0 ? board_word(WORD_SEMICOLON, frame->lang) : "",
		    m->year);
		if (!board_shown(m)) {
			text_puts(say, board_word(WORD_NOT_SHOWN, frame->lang));
			continue;
		}
		text_fmt(say, "%.*f%s%.*f–%.*f%s", scale.decimals, m->estimate.value * scale.factor,
		    board_word(WORD_BRACKET, frame->lang),
		    scale.decimals, m->estimate.low * scale.factor,
		    scale.decimals, m->estimate.high * scale.factor,
		    board_word(WORD_BRACKET_END, frame->lang));
	}
}

static struct words
both(const char *s)
{
	return (struct words){ { s, s } };
}

static size_t
fill_points(struct chart_point point[], const struct series *series,
    const struct board_scale *scale)
{
	for (size_t i = 0; i < series->years; i++) {
		const struct measure *m = &series->year[i];
		bool shown = board_shown(m);

		point[i] = (struct chart_point){
			.year = m->year,
			.value = shown ? m->estimate.value * scale->factor : NAN,
			.low = shown ? m->estimate.low * scale->factor : NAN,
			.high = shown ? m->estimate.high * scale->factor : NAN,
			.broken = i > 0 && series->step[i - 1].broken,
		};
	}
	return series->years;
}

static void
put_chart(struct text *out, const struct board_frame *frame, const struct series *series,
    double reference)
{
	const struct measure *m = board_newest(series);
	struct board_scale scale = board_scale_of(series->form, &m->estimate);
	struct pool pool = POOL_INIT;
	struct chart_point *point = pool_array(&pool, series->years, sizeof(*point));
	struct chart_line line = { point, fill_points(point, series, &scale), series->label,
	    !board_is_open(series) };
	struct text say = TEXT_INIT;
	struct chart chart = {
		.line = &line, .lines = 1, .title = series->label,
		.unit = board_pair(scale.unit),
		.reference = reference, .floor = 0,
		.ceiling = is_complaints(series) ? NAN : 100, .decimals = scale.decimals,
		.reference_label = board_pair(WORD_NATIONAL),
	};

	describe(&say, frame, series);
	chart.description = both(text_str(&say));
	chart_years(out, &chart, frame->lang);
	text_clear(&say);
	pool_clear(&pool);
}

static void
put_caption(struct text *out, const struct board_frame *frame, const struct series *series)
{
	char level[16];

	snprintf(level, sizeof(level), "%g", 100 * board_newest(series)->estimate.level);
	html_lit(out, "<figcaption>");
	board_fill(out, frame, board_is_open(series) ? WORD_CAPTION_OPEN :
	    is_complaints(series) ? WORD_CAPTION_COUNT : WORD_CAPTION_BAND, level, NULL);
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
	html_lit(out, "</figcaption>");
}

static void
put_numbers(struct text *out, const struct board_frame *frame, const struct measure *m, bool count)
{
	const struct estimate *e = &m->estimate;

	board_cell(out, frame, count ? WORD_REGISTERED : WORD_N);
	board_count(out, e->n);
	html_lit(out, "</td>");
	if (count)
		return;
	board_cell(out, frame, WORD_N_EFF);
	board_count(out, e->n_eff);
	html_lit(out, "</td>");
	board_cell(out, frame, WORD_DEFF);
	html_number(out, e->deff, 2);
	html_lit(out, "</td>");
}

/* Volunteers carry no claim of significance. */
static void
put_step(struct text *out, const struct board_frame *frame, const struct step *step,
    const struct board_scale *scale, bool open)
{
	board_cell(out, frame, WORD_CHANGE);
	if (step == NULL)
		html_lit(out, "—");
	else if (step->broken)
		board_say(out, frame, WORD_NOT_COMPARABLE);
	else
		board_change(out, frame, &step->difference, scale);
	html_lit(out, "</td>");
	if (open)
		return;
	board_cell(out, frame, WORD_SIGNIFICANCE);
	if (step == NULL || step->broken || !isfinite(step->difference.value))
		html_lit(out, "—");
	else
		board_say(out, frame, direction(step));
	html_lit(out, "</td>");
}

static void
put_year(struct text *out, const struct board_frame *frame, const struct series *series, size_t i)
{
	const struct measure *m = &series->year[i];
	struct board_scale scale = board_scale_of(series->form, &m->estimate);
	bool count = is_complaints(series);

	text_fmt(out, "<tr%s><th scope=\"row\">%d</th>",
	    i + 1 == series->years ? " class=\"newest\"" : "", m->year);
	if (board_shown(m)) {
		board_cell(out, frame, count ? WORD_RATE_INTERVAL :
		    board_is_open(series) ? WORD_VALUE_MODEL : WORD_VALUE_INTERVAL);
		board_value(out, frame, &m->estimate, &scale);
		html_lit(out, "</td>");
		put_numbers(out, frame, m, count);
	} else {
		text_fmt(out, "<td class=\"refused\" colspan=\"%d\">", count ? 2 : 4);
		board_refusal(out, frame, m);
		html_lit(out, "</td>");
	}
	put_step(out, frame, step_to(series, i), &scale, board_is_open(series));
	html_lit(out, "</tr>");
}

static void
put_table(struct text *out, const struct board_frame *frame, const struct series *series)
{
	static const enum word sample[] = { WORD_YEAR, WORD_VALUE_INTERVAL, WORD_N, WORD_N_EFF,
	    WORD_DEFF, WORD_CHANGE, WORD_SIGNIFICANCE, WORD_MAX },
	    model[] = { WORD_YEAR, WORD_VALUE_MODEL, WORD_N, WORD_N_EFF,
	    WORD_DEFF, WORD_CHANGE, WORD_MAX },
	    count[] = { WORD_YEAR, WORD_RATE_INTERVAL, WORD_REGISTERED, WORD_CHANGE,
	    WORD_SIGNIFICANCE, WORD_MAX };

	html_lit(out, "<table class=\"numbers stack\"><caption class=\"quiet\">");
	board_words_of(out, frame, &series->label);
	html_lit(out, "</caption>");
	board_head(out, frame, is_complaints(series) ? count : board_is_open(series) ? model :
	    sample);
	html_lit(out, "<tbody>");
	for (size_t i = 0; i < series->years; i++)
		put_year(out, frame, series, i);
	html_lit(out, "</tbody></table>");
}

void
board_series(struct text *out, const struct board_frame *frame, const struct series *series,
    double reference, bool check)
{
	bool open = board_is_open(series);

	text_fmt(out, "<section class=\"series%s\"><h2>", open ? " open" : "");
	board_words_of(out, frame, &series->label);
	if (!is_complaints(series)) {
		html_lit(out, " <small>");
		board_say(out, frame, open ? WORD_STREAM_OPEN : WORD_STREAM_SAMPLED);
		html_lit(out, "</small>");
	}
	html_lit(out, "</h2>");
	if (open) {
		html_lit(out, "<p class=\"caution\"><b>");
		board_say(out, frame, WORD_NOT_EVERYONE);
		html_lit(out, "</b> ");
		board_say(out, frame, WORD_MODEL_BASED);
		html_lit(out, "</p>");
	}
	if (check) {
		html_lit(out, "<p class=\"caution\">");
		board_say(out, frame, WORD_SELF_CHECK);
		html_lit(out, "</p>");
	}
	put_sentence(out, frame, series);
	if (board_newest(series) != NULL) {
		html_lit(out, "<figure>");
		put_chart(out, frame, series, reference);
		put_caption(out, frame, series);
		html_lit(out, "</figure>");
	}
	if (series->years > 0)
		put_table(out, frame, series);
	html_lit(out, "</section>\n");
}
