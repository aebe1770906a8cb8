/* A yearly series as a line with its band, and the same numbers as rows. */
#include "view/board/indicator.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "view/chart.h"
#include "view/html.h"

bool
board_volunteered(const char *stream)
{
	return stream != NULL && strcmp(stream, "open") == 0;
}

bool
board_is_open(const struct series *series)
{
	return board_volunteered(series->stream);
}

bool
board_is_complaints(const struct series *series)
{
	return series->form != NULL && strcmp(series->form, "complaints") == 0;
}

const struct figure *
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

/*
 * The effective size and the design effect, the last cell left open.  Without a design effect the
 * size is Kish's and says so; from few sampling units both are little more than a guess,
 * and that is said too.
 */
static void
put_size(struct text *out, const struct board_frame *frame, const struct estimate *e)
{
	bool kish = isnan(e->n_eff) && isfinite(e->kish);

	board_cell(out, frame, WORD_N_EFF);
	board_count(out, kish ? e->kish : e->n_eff);
	if (kish)
		board_say(out, frame, WORD_KISH);
	html_lit(out, "</td>");
	board_cell(out, frame, WORD_DEFF);
	html_number(out, e->deff, 2);
	if (!estimate_unsure(e))
		return;
	html_lit(out, "<span class=\"note\">");
	board_say(out, frame, WORD_UNSURE);
	html_lit(out, "</span>");
}

/* The step that ends in year i, if both of its years may be shown. */
const struct step *
board_step_to(const struct series *series, size_t i)
{
	if (i == 0 || !board_shown(&series->year[i]) || !board_shown(&series->year[i - 1]))
		return NULL;
	return &series->step[i - 1];
}

enum word
board_direction(const struct step *step)
{
	if (!step->significant || !isfinite(step->difference.value))
		return WORD_FLAT;
	return step->difference.value > 0 ? WORD_UP : WORD_DOWN;
}

/* For those who hear the page: the first and the last value. */
static void
describe(struct text *say, const struct board_frame *frame, const struct series *series)
{
	for (size_t i = 0; i < series->years; i++) {
		const struct figure *m = &series->year[i];
		struct board_scale scale = board_scale_of(series->form, &m->estimate);

		text_fmt(say, "%s%d ", i > 0 ? board_word(WORD_SEMICOLON, frame->lang) : "",
			m->year);
		if (!board_shown(m)) {
			text_puts(say, board_word(WORD_NOT_SHOWN, frame->lang));
			continue;
		}
		board_number(say, m->estimate.value, &scale);
		text_puts(say, board_word(WORD_BRACKET, frame->lang));
		board_number(say, m->estimate.low, &scale);
		text_puts(say, "–");
		board_number(say, m->estimate.high, &scale);
		text_puts(say, board_word(WORD_BRACKET_END, frame->lang));
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
		const struct figure *m = &series->year[i];
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

bool
board_held(const struct series *series)
{
	for (size_t i = 0; series->reference != NULL && i < series->years; i++)
		if (isfinite(series->reference[i]))
			return true;
	return isfinite(series->target);
}

/* The national rate as a grey line of its own; where it counts something else, it is not drawn. */
static size_t
fill_reference(struct chart_point point[], const struct series *series)
{
	size_t n = 0;

	for (size_t i = 0; series->reference != NULL && i < series->years; i++)
		if (isfinite(series->reference[i]) &&
				(series->comparable == NULL || series->comparable[i]))
			point[n++] = (struct chart_point){ .year = series->year[i].year,
				.value = series->reference[i], .low = NAN, .high = NAN };
	return n;
}

/* What a target's line is called: "标准 75", "标准 91%". */
static struct words
target_words(double target, enum word unit, struct pool *pool)
{
	struct words w = board_pair(WORD_TARGET_IS);
	const char *number = pool_fmt(pool, "%g%s", target, unit == WORD_UNIT_PERCENT ? "%" : "");

	for (int lang = 0; lang < LANG_MAX; lang++) {
		const char *hole = strchr(w.in[lang], '{');

		w.in[lang] = pool_fmt(pool, "%.*s%s%s", (int)(hole - w.in[lang]), w.in[lang],
			number, hole + 3);
	}
	return w;
}

void
board_trend_chart(struct text *out, const struct board_frame *frame, const struct series *series,
	double low, double high)
{
	const struct figure *m = board_newest(series);
	struct board_scale scale = board_scale_of(series->form, &m->estimate);
	struct pool pool = POOL_INIT;
	struct chart_point *point = pool_array(&pool, series->years, sizeof(*point));
	struct chart_point *national = pool_array(&pool, series->years, sizeof(*national));
	struct chart_line line[2] = {
		{ point, fill_points(point, series, &scale), series->label,
			!board_is_open(series) },
		{ national, fill_reference(national, series), board_pair(WORD_NATIONAL), false },
	};
	struct text say = TEXT_INIT;
	struct chart chart = {
		.line = line, .lines = line[1].points > 0 ? 2 : 1, .title = series->label,
		.unit = board_pair(scale.unit),
		.reference = series->target * scale.factor, .floor = 0,
		.ceiling = board_is_complaints(series) ? NAN : 100, .decimals = scale.decimals,
		.hold_low = low * scale.factor, .hold_high = high * scale.factor,
		.reference_label = target_words(series->target * scale.factor, scale.unit, &pool),
	};

	describe(&say, frame, series);
	chart.description = both(text_str(&say));
	chart_years(out, &chart, frame->lang);
	text_clear(&say);
	pool_clear(&pool);
}

/* What the year's figure is held against. */
static void
put_beside(struct text *out, const struct board_frame *frame, const struct series *series, size_t i,
	const struct board_scale *scale)
{
	bool count = board_is_complaints(series);
	double x = count ? series->reference != NULL ? series->reference[i] : NAN : series->target;

	board_cell(out, frame, count ? WORD_NATIONAL_RATE : WORD_TARGET);
	board_number(out, x, scale);
	if (count && isfinite(x) && series->comparable != NULL && !series->comparable[i]) {
		html_lit(out, "<span class=\"note\">");
		board_say(out, frame, WORD_OTHER_DEFINITION);
		html_lit(out, "</span>");
	}
	html_lit(out, "</td>");
}

static void
put_numbers(struct text *out, const struct board_frame *frame, const struct figure *m, bool count)
{
	const struct estimate *e = &m->estimate;

	board_cell(out, frame, count ? WORD_REGISTERED : WORD_N);
	board_count(out, e->n);
	html_lit(out, "</td>");
	if (count)
		return;
	put_size(out, frame, e);
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
		board_say(out, frame, board_direction(step));
	html_lit(out, "</td>");
}

void
board_trend_year(struct text *out, const struct board_frame *frame, const struct series *series,
	size_t i, bool beside)
{
	const struct figure *m = &series->year[i];
	struct board_scale scale = board_scale_of(series->form, &m->estimate);
	bool count = board_is_complaints(series);

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
	put_step(out, frame, board_step_to(series, i), &scale, board_is_open(series));
	if (beside)
		put_beside(out, frame, series, i, &scale);
	html_lit(out, "</tr>");
}

void
board_trend_head(struct text *out, const struct board_frame *frame,
	const struct series *series, bool beside)
{
	static const enum word sample[] = { WORD_YEAR, WORD_VALUE_INTERVAL, WORD_N, WORD_N_EFF,
		WORD_DEFF, WORD_CHANGE, WORD_SIGNIFICANCE, WORD_MAX },
		model[] = { WORD_YEAR, WORD_VALUE_MODEL, WORD_N, WORD_N_EFF,
		WORD_DEFF, WORD_CHANGE, WORD_MAX },
		count[] = { WORD_YEAR, WORD_RATE_INTERVAL, WORD_REGISTERED, WORD_CHANGE,
		WORD_SIGNIFICANCE, WORD_MAX };
	const enum word *column = board_is_complaints(series) ? count :
		board_is_open(series) ? model : sample;
	enum word all[10];
	size_t n = 0;

	while (column[n] != WORD_MAX) {
		all[n] = column[n];
		n++;
	}
	if (beside)
		all[n++] = board_is_complaints(series) ? WORD_NATIONAL_RATE : WORD_TARGET;
	all[n] = WORD_MAX;
	board_head(out, frame, all);
}

void
board_measured(struct text *out, const struct board_frame *frame, const struct figure *m,
	enum word value)
{
	struct board_scale scale = board_scale_of(m->form, &m->estimate);

	if (!board_shown(m)) {
		html_lit(out, "<td class=\"refused\" colspan=\"4\">");
		board_refusal(out, frame, m);
		html_lit(out, "</td></tr>");
		return;
	}
	board_cell(out, frame, value);
	board_value(out, frame, &m->estimate, &scale);
	html_lit(out, "</td>");
	board_cell(out, frame, WORD_N);
	board_count(out, m->estimate.n);
	html_lit(out, "</td>");
	put_size(out, frame, &m->estimate);
	html_lit(out, "</td></tr>");
}
