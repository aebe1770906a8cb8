/* One indicator: the answer in a sentence, then chart, numbers, verdict, record, method. */
#include "view/board/indicator.h"

#include <math.h>
#include <string.h>

#include "track/english.h"
#include "view/board/tile.h"
#include "view/html.h"

static void
put_path(struct text *out, const struct board_frame *frame, const struct indicator *indicator)
{
	html_lit(out, "<nav class=\"path\" aria-label=\"");
	board_say(out, frame, WORD_PATH);
	html_lit(out, "\"><a href=\"");
	html_text(out, frame->root);
	board_link_year(out, frame, "?");
	html_lit(out, "\">");
	board_say(out, frame, WORD_BOARD);
	html_lit(out, "</a> › ");
	board_chapter(out, frame, indicator->chapter);
	html_lit(out, " ");
	board_named(out, frame, indicator->chapter_title);
	html_lit(out, "</nav>");
}

/* Number, title, both states; then what may be said aloud. */
static void
put_answer(struct text *out, const struct board_frame *frame, const struct track_row *row)
{
	html_lit(out, "<div class=\"answer\"><h1><span class=\"no\">");
	html_text(out, row->indicator->id);
	html_lit(out, "</span> ");
	board_named(out, frame, row->indicator->title);
	text_fmt(out, "</h1><p class=\"verdict is-%s\">", standing_name(row->standing));
	html_lit(out, "<small>");
	board_of_year(out, frame, row->year);
	html_lit(out, "</small> ");
	board_state(out, frame, row->standing);
	html_lit(out, "</p></div><p class=\"lead\">");
	board_words_of(out, frame, board_has(&row->headline) ? &row->headline : &row->reason);
	html_lit(out, "</p>");
	if (board_has(&row->headline) && board_has(&row->reason)) {
		html_lit(out, "<p class=\"why\">");
		board_words_of(out, frame, &row->reason);
		html_lit(out, "</p>");
	}
	if (board_both_unsaid(frame, row)) {
		html_lit(out, "<p>");
		board_both(out, frame, row);
		html_lit(out, "</p>");
	}
	html_lit(out, "<p class=\"duty\">");
	board_say(out, frame, WORD_LEADS);
	html_lit(out, " ");
	board_duties(out, frame, row->indicator->lead);
	html_lit(out, " · ");
	board_say(out, frame, WORD_HELPS);
	html_lit(out, " ");
	board_duties(out, frame, row->indicator->cooperate);
	html_lit(out, " · ");
	board_say(out, frame, WORD_EVIDENCE);
	html_lit(out, " ");
	board_evidence(out, frame, row->evidence);
	html_lit(out, "</p>");
}

/* Deadline, points, what became of its departments, what is proposed. */
static void
put_table_notes(struct text *out, const struct board_frame *frame,
	const struct board_indicator *page)
{
	struct pool pool = POOL_INIT;
	struct words *note;
	size_t n;

	programme_notes(&note, &n, page->tracker->programme, page->row->indicator, &pool);
	if (n > 0) {
		html_lit(out, "<details><summary>");
		board_say(out, frame, WORD_TABLE_NOTES);
		html_lit(out, "</summary><ul>");
	}
	for (size_t i = 0; i < n; i++) {
		html_lit(out, "<li>");
		board_words_of(out, frame, &note[i]);
		html_lit(out, "</li>");
	}
	if (n > 0)
		html_lit(out, "</ul></details>");
	pool_clear(&pool);
}

/* Does an outside agency alone settle this row?  Then our own figures are only a check. */
static bool
settled_outside(const struct track_row *row)
{
	for (size_t i = 0; i < row->rules; i++)
		if (row->clause[i].feed != FEED_EXTERNAL)
			return false;
	return row->rules > 0;
}

/* Series that are told each by itself; more than this of one stream and unit
 * are drawn side by side. */
enum { ALONE = 2 };

/* The stream's index series, from first on, into pick[]. */
static size_t
pick_stream(const struct series **pick, const struct board_indicator *page, size_t first, bool open)
{
	size_t n = 0;

	for (size_t i = first; i < page->series_n; i++)
		if (board_is_open(page->series[i]) == open && !board_is_complaints(page->series[i]))
			pick[n++] = page->series[i];
	return n;
}

static enum word
unit_of(const struct series *series)
{
	const struct figure *m = board_newest(series);

	return board_scale_of(series->form, m != NULL ? &m->estimate : NULL).unit;
}

/* Those of pick[*n] in the first one's unit into same[]; pick keeps the others. */
static size_t
take_unit(const struct series **same, const struct series **pick, size_t *n)
{
	enum word unit = unit_of(pick[0]);
	size_t taken = 0, left = 0;

	for (size_t i = 0; i < *n; i++)
		if (unit_of(pick[i]) == unit)
			same[taken++] = pick[i];
		else
			pick[left++] = pick[i];
	*n = left;
	return taken;
}

static void
put_stream(struct text *out, const struct board_frame *frame, const struct board_indicator *page,
	size_t first, bool open, bool check)
{
	struct pool pool = POOL_INIT;
	const struct series **pick = pool_array(&pool, page->series_n + 1, sizeof(*pick));
	const struct series **same = pool_array(&pool, page->series_n + 1, sizeof(*same));
	size_t n = pick_stream(pick, page, first, open);

	while (n > 0) {
		size_t taken = take_unit(same, pick, &n);

		if (taken > ALONE)
			board_multiples(out, frame, same, taken, check);
		for (size_t i = 0; taken <= ALONE && i < taken; i++)
			board_series(out, frame, same[i], check);
	}
	for (size_t i = first; !open && i < page->series_n; i++)
		if (board_is_complaints(page->series[i]))
			board_series(out, frame, page->series[i], false);
	pool_clear(&pool);
}

/* What answers the question comes first, the verdict at once after it, then the rest. */
static void
put_figures(struct text *out, const struct board_frame *frame, const struct board_indicator *page)
{
	bool check = settled_outside(page->row);
	size_t first = !check && page->series_n > 0 && !board_is_open(page->series[0]);

	if (first == 1)
		board_series(out, frame, page->series[0], false);
	board_clauses(out, frame, page->row);
	board_external(out, frame, page->row->external);
	board_ranks(out, frame, page->rank, page->ranks);
	put_stream(out, frame, page, first, false, check);
	board_domains(out, frame, page->domain, page->domains);
	put_stream(out, frame, page, first, true, check);
}

void
board_indicator(struct text *out, const struct board_frame *frame,
	const struct board_indicator *page)
{
	const struct track_row *row = page->row;
	struct text title = TEXT_INIT;

	text_fmt(&title, "%s %s", row->indicator->id,
		english_words(board_english(frame), row->indicator->title).in[frame->lang]);
	board_begin(out, frame, TAB_NONE, text_str(&title), true);
	text_clear(&title);
	put_path(out, frame, row->indicator);
	put_answer(out, frame, row);
	put_figures(out, frame, page);
	board_files(out, frame, row);
	board_readings(out, frame, row);
	put_table_notes(out, frame, page);
	board_versions(out, frame, page->published, page->published_n);
	board_method(out, frame, page);
	board_end(out, frame);
}
