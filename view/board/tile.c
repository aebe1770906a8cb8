/* A row as a tile and as a line. */
#include "view/board/tile.h"

#include <string.h>

#include "view/html.h"

void
board_both(struct text *out, const struct board_frame *frame, const struct track_row *row)
{
	struct words governs = governs_words(row->governs);

	if (!board_has(&row->both))
		return;
	html_lit(out, "<span class=\"note both\">");
	board_words_of(out, frame, &row->both);
	/* nothing to decide where they agree */
	if (row->governs_by != NULL && row->literal != row->tested) {
		board_say(out, frame, WORD_SEMICOLON);
		board_fill(out, frame, WORD_GOVERNS_BY, governs.in[frame->lang], row->governs_by);
	}
	html_lit(out, "</span>");
}

bool
board_both_unsaid(const struct board_frame *frame, const struct track_row *row)
{
	const char *both = row->both.in[frame->lang], *reason = row->reason.in[frame->lang];

	return board_has(&row->both) && (reason == NULL || strstr(reason, both) == NULL);
}

void
board_tile(struct text *out, const struct board_frame *frame, const struct track_row *row)
{
	text_fmt(out, "<li><a class=\"tile is-%s\" href=\"", standing_name(row->standing));
	board_link_row(out, frame, row->indicator->id);
	html_lit(out, "\"><span class=\"no\">");
	html_text(out, row->indicator->id);
	html_lit(out, "</span>");
	board_evidence(out, frame, row->evidence);
	board_state(out, frame, row->standing);
	html_lit(out, "<span class=\"tip\">");
	board_named(out, frame, row->indicator->title);
	board_both(out, frame, row);
	html_lit(out, "</span></a></li>");
}

void
board_chapter(struct text *out, const struct board_frame *frame, int chapter)
{
	char s[16];

	board_numeral(s, frame, chapter);
	html_lit(out, "<span class=\"numeral\">");
	html_text(out, s);
	html_lit(out, "</span>");
}

void
board_legend(struct text *out, const struct board_frame *frame)
{
	html_lit(out, "<dl class=\"legend\"><dt>");
	board_say(out, frame, WORD_RESULT);
	html_lit(out, "</dt><dd>");
	for (int s = 0; s < STANDING_MAX; s++)
		board_state(out, frame, (enum standing)s);
	html_lit(out, "</dd><dt>");
	board_say(out, frame, WORD_EVIDENCE);
	html_lit(out, "</dt><dd>");
	for (int e = 0; e < EVIDENCE_MAX; e++)
		board_evidence(out, frame, (enum evidence)e);
	html_lit(out, "</dd></dl>");
}

void
board_list_head(struct text *out, const struct board_frame *frame)
{
	static const enum word column[] = {
		WORD_ROW, WORD_RESULT, WORD_EVIDENCE, WORD_REASON, WORD_DUTY, WORD_MAX
	};

	board_head(out, frame, column);
}

void
board_list_chapter(struct text *out, const struct board_frame *frame,
	const struct indicator *indicator)
{
	html_lit(out, "<tbody><tr class=\"group\"><th colspan=\"5\" scope=\"rowgroup\">");
	board_chapter(out, frame, indicator->chapter);
	html_lit(out, " ");
	board_named(out, frame, indicator->chapter_title);
	html_lit(out, "</th></tr>");
}

static void
put_who(struct text *out, const struct board_frame *frame, const struct indicator *indicator)
{
	board_say(out, frame, WORD_LEADS);
	html_lit(out, " ");
	board_duties(out, frame, indicator->lead);
	if (indicator->cooperate == NULL || *indicator->cooperate == '\0')
		return;
	html_lit(out, "<br><span class=\"soft\">");
	board_say(out, frame, WORD_HELPS);
	html_lit(out, " ");
	board_duties(out, frame, indicator->cooperate);
	html_lit(out, "</span>");
}

void
board_list_row(struct text *out, const struct board_frame *frame, const struct track_row *row)
{
	html_lit(out, "<tr><th scope=\"row\"><a href=\"");
	board_link_row(out, frame, row->indicator->id);
	html_lit(out, "\"><span class=\"no\">");
	html_text(out, row->indicator->id);
	html_lit(out, "</span> ");
	board_named(out, frame, row->indicator->title);
	html_lit(out, "</a></th>");
	board_cell(out, frame, WORD_RESULT);
	board_state(out, frame, row->standing);
	html_lit(out, "</td>");
	board_cell(out, frame, WORD_EVIDENCE);
	board_evidence(out, frame, row->evidence);
	html_lit(out, "</td>");
	board_cell(out, frame, WORD_REASON);
	board_words_of(out, frame, &row->reason);
	if (board_both_unsaid(frame, row))
		board_both(out, frame, row);
	html_lit(out, "</td>");
	board_cell(out, frame, WORD_DUTY);
	put_who(out, frame, row->indicator);
	html_lit(out, "</td></tr>\n");
}
