/* What everybody may see: the published figures, each with its interval and its signer. */
#include "view/board/indicator.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "view/html.h"

/* The city's main figure of a published year: the one that leads the row, else the first sampled
 * one that may be shown. */
static bool
main_figure(struct figure *m, const json_t *body, const char *leading)
{
	const json_t *estimates = json_object_get(body, "estimates");
	bool found = false;
	size_t i;
	json_t *one;

	json_array_foreach(estimates, i, one) {
		struct figure try = board_figure_of(one);
		bool leads = strcmp(try.index, leading) == 0;

		if (strcmp(try.stream, "sampled") != 0 || strcmp(try.domain, "all") != 0 ||
				!board_shown(&try) || (found && !leads))
			continue;
		*m = try;
		found = true;
	}
	return found;
}

/*
 * The main figures of an indicator's published years, the newest version of each, as long as they
 * are the same index by the same mapping as the newest: year[n].  body[] keeps their strings.
 */
static size_t
collect_years(struct figure year[], json_t *body[], const struct published_row row[], size_t n,
	const char *leading)
{
	size_t years = 0;

	for (size_t i = n; i > 0; i--) {
		body[i - 1] = json_loads(row[i - 1].body != NULL ? row[i - 1].body : "", 0, NULL);
		if (i < n && row[i].year == row[i - 1].year)
			continue;
		if (!main_figure(&year[n - 1 - years], body[i - 1], leading))
			continue;
		if (years > 0 && (strcmp(year[n - 1 - years].index, year[n - 1].index) != 0 ||
				strcmp(year[n - 1 - years].form, year[n - 1].form) != 0 ||
				strcmp(year[n - 1 - years].estimate.mapping,
				year[n - 1].estimate.mapping) != 0))
			continue;
		years++;
	}
	memmove(year, year + (n - years), years * sizeof(*year));
	return years;
}

/* The line through what was published, and the newest of it in full, with the years before in the
 * same table; differences were not published, so none are claimed. */
static void
put_line(struct text *out, const struct board_frame *frame, const struct published_row row[],
	size_t n, const char *leading)
{
	struct pool pool = POOL_INIT;
	struct figure *year = pool_array(&pool, n, sizeof(*year));
	json_t **body = pool_array(&pool, n, sizeof(*body));
	size_t years = collect_years(year, body, row, n, leading);
	struct step *step = pool_array(&pool, years + 1, sizeof(*step));
	struct series series = { .form = year[0].form, .index = year[0].index, .stream = "sampled",
		.label = year[0].index_label, .year = year, .years = years, .step = step,
		.target = NAN };
	char level[16];

	if (!board_has(&series.label))
		series.label = (struct words){ { series.index, series.index } };
	if (years > 1) {
		snprintf(level, sizeof(level), "%g", 100 * year[years - 1].estimate.level);
		html_lit(out, "<figure>");
		board_trend_chart(out, frame, &series, 0, 0);
		html_lit(out, "<figcaption>");
		board_fill(out, frame, WORD_CAPTION_BAND, level, NULL);
		html_lit(out, "</figcaption></figure>");
	}
	board_figure_body(out, frame, &row[n - 1], year,
		years > 1 ? years - (year[years - 1].year == row[n - 1].year) : 0);
	for (size_t i = 0; i < n; i++)
		json_decref(body[i]);
	pool_clear(&pool);
}

/* Older years and versions stay as they were, folded. */
static void
put_earlier(struct text *out, const struct board_frame *frame, const struct tracker *tracker,
	const struct published_row row[], size_t n)
{
	char count[32];

	if (n == 0)
		return;
	snprintf(count, sizeof(count), "%zu", n);
	html_lit(out, "<details><summary>");
	board_fill(out, frame, WORD_EARLIER, count, NULL);
	html_lit(out, "</summary>");
	for (size_t i = n; i > 0; i--) {
		board_figure_head(out, frame, tracker, &row[i - 1], "h3");
		board_figure_body(out, frame, &row[i - 1], NULL, 0);
	}
	html_lit(out, "</details>");
}

/* The figure that leads a row in the programme in force; "" where no survey feeds it. */
static const char *
leading_index(const struct tracker *tracker, const char *indicator)
{
	const struct track_row *row = track_find(tracker, indicator);

	return row != NULL && row->indicator->figures.n > 0 ? row->indicator->figures.index[0] : "";
}

/* One indicator's versions, oldest first. */
static void
put_indicator(struct text *out, const struct board_frame *frame, const struct tracker *tracker,
	const struct published_row row[], size_t n)
{
	html_lit(out, "<section class=\"series\">");
	board_figure_head(out, frame, tracker, &row[n - 1], "h2");
	put_line(out, frame, row, n, leading_index(tracker, row[n - 1].indicator));
	put_earlier(out, frame, tracker, row, n - 1);
	html_lit(out, "</section>\n");
}

void
board_public(struct text *out, const struct board_frame *frame, const struct tracker *tracker,
	const struct published_row published[], size_t n)
{
	board_begin(out, frame, TAB_PUBLIC, board_word(WORD_PUBLIC_TITLE, frame->lang), false);
	html_lit(out, "<h1>");
	board_say(out, frame, WORD_PUBLIC_TITLE);
	html_lit(out, "</h1><p class=\"lead\">");
	board_fill(out, frame, WORD_PUBLIC_LEAD, frame->city, NULL);
	html_lit(out, "</p><p>");
	board_say(out, frame, n > 0 ? WORD_PUBLIC_HOW : WORD_PUBLIC_NONE);
	html_lit(out, "</p>");
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && strcmp(published[end].indicator,
				published[i].indicator) == 0;
				end++)
			continue;
		put_indicator(out, frame, tracker, &published[i], end - i);
	}
	board_end(out, frame);
}
