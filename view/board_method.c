/* How each number was made, who signed it, and the one command that makes it again. */
#include "view/board_indicator.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "view/html.h"

static void
begin_pair(struct text *out, const struct board_frame *frame, enum word name)
{
	html_lit(out, "<dt>");
	board_say(out, frame, name);
	html_lit(out, "</dt><dd>");
}

static void
put_pair(struct text *out, const struct board_frame *frame, enum word name, const char *s)
{
	if (s == NULL || *s == '\0')
		return;
	begin_pair(out, frame, name);
	board_verbatim(out, frame, s);
	html_lit(out, "</dd>");
}

static void
put_hash(struct text *out, const struct board_frame *frame, enum word name, const char *hex)
{
	if (hex == NULL || *hex == '\0')
		return;
	begin_pair(out, frame, name);
	html_lit(out, "<code>");
	html_text(out, hex);
	html_lit(out, "</code></dd>");
}

static void
put_margins(struct text *out, const struct board_frame *frame, const struct measure *m)
{
	begin_pair(out, frame, WORD_MARGINS);
	if (m->margins == NULL || *m->margins == '\0')
		board_say(out, frame, WORD_NOT_RAKED);
	else
		board_verbatim(out, frame, m->margins);
	if (m->simulated) {
		html_lit(out, " <b>");
		board_say(out, frame, WORD_SIMULATED);
		html_lit(out, "</b>");
	}
	html_lit(out, "</dd>");
	put_hash(out, frame, WORD_MARGINS_HASH, m->margins_hash);
}

static void
put_measure(struct text *out, const struct board_frame *frame, const struct series *series,
    const struct measure *m)
{
	const struct estimate *e = &m->estimate;
	char s[64];

	html_lit(out, "<h3>");
	board_words_of(out, frame, &series->label);
	html_lit(out, "</h3><dl class=\"pairs\">");
	begin_pair(out, frame, WORD_STREAM);
	if (series->stream != NULL && *series->stream != '\0')
		board_say(out, frame, board_is_open(series) ? WORD_STREAM_OPEN_LONG :
		    WORD_STREAM_SAMPLED_LONG);
	else
		board_say(out, frame, WORD_REGISTER);
	html_lit(out, "</dd>");
	put_pair(out, frame, WORD_POPULATION, e->population);
	put_pair(out, frame, WORD_MAPPING, e->mapping);
	snprintf(s, sizeof(s), "%g%%", 100 * e->level);
	put_pair(out, frame, WORD_LEVEL, s);
	put_pair(out, frame, WORD_METHOD, e->method);
	if (isfinite(e->df)) {
		snprintf(s, sizeof(s), "%.0f", e->df);
		put_pair(out, frame, WORD_DF, s);
	}
	if (series->stream != NULL && *series->stream != '\0')
		put_margins(out, frame, m);
	html_lit(out, "</dl>");
}

static void
put_ledger(struct text *out, const struct board_frame *frame, const struct board_indicator *page)
{
	const struct published_row *last = page->published_n > 0 ?
	    &page->published[page->published_n - 1] : NULL;
	char s[64];

	html_lit(out, "<h3>");
	board_say(out, frame, WORD_CHECK_IT);
	html_lit(out, "</h3><dl class=\"pairs\">");
	put_pair(out, frame, WORD_PROGRAM, frame->version);
	put_hash(out, frame, WORD_LEDGER_HEAD, page->ledger_head);
	if (page->ledger_head != NULL) {
		snprintf(s, sizeof(s), "%lld", page->ledger_size);
		put_pair(out, frame, WORD_LEDGER_SIZE, s);
	}
	begin_pair(out, frame, WORD_SIGNED_BY);
	if (last != NULL)
		board_verbatim(out, frame, last->signed_by);
	else
		board_say(out, frame, WORD_UNSIGNED);
	html_lit(out, "</dd>");
	begin_pair(out, frame, WORD_RECOMPUTE);
	html_lit(out, "<code>manyi index --indicator ");
	html_text(out, page->row->indicator->id);
	html_lit(out, " --json</code></dd></dl>");
}

void
board_method(struct text *out, const struct board_frame *frame, const struct board_indicator *page)
{
	html_lit(out, "<section class=\"method\"><h2>");
	board_say(out, frame, WORD_METHOD_TITLE);
	html_lit(out, "</h2><details open><summary>");
	board_say(out, frame, WORD_METHOD_SUMMARY);
	html_lit(out, "</summary>");
	for (size_t i = 0; i < page->series_n; i++) {
		const struct measure *m = board_newest(page->series[i]);

		if (m != NULL)
			put_measure(out, frame, page->series[i], m);
	}
	put_ledger(out, frame, page);
	html_lit(out, "</details></section>\n");
}
