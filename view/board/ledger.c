/* The public ledger: signed heads, the key that checks them. */
#include "view/board/indicator.h"

#include "base/date.h"
#include "view/html.h"

static void
put_hex(struct text *out, const unsigned char *bytes, size_t n)
{
	html_lit(out, "<code>");
	for (size_t i = 0; i < n; i++)
		text_fmt(out, "%02x", bytes[i]);
	html_lit(out, "</code>");
}

static void
put_head_row(struct text *out, const struct board_frame *frame, const struct head_row *head)
{
	char minute[17];

	date_minute(minute, head->minute);
	text_fmt(out, "<tr><th scope=\"row\">%s</th>", minute);
	board_cell(out, frame, WORD_LEAVES);
	board_count(out, (double)head->size);
	html_lit(out, "</td>");
	board_cell(out, frame, WORD_ROOT);
	put_hex(out, head->root, sizeof(head->root));
	html_lit(out, "</td>");
	board_cell(out, frame, WORD_SIGNATURE);
	put_hex(out, head->signature, sizeof(head->signature));
	html_lit(out, "</td></tr>\n");
}

void
board_ledger(struct text *out, const struct board_frame *frame, const struct head_row head[],
	size_t n,
	const char *public_key)
{
	static const enum word column[] = { WORD_TIME, WORD_LEAVES, WORD_ROOT, WORD_SIGNATURE,
		WORD_MAX };

	board_begin(out, frame, TAB_LEDGER, board_word(WORD_LEDGER_TITLE, frame->lang), false);
	html_lit(out, "<h1>");
	board_say(out, frame, WORD_LEDGER_TITLE);
	html_lit(out, "</h1><p class=\"lead\">");
	board_say(out, frame, WORD_LEDGER_LEAD);
	html_lit(out, "</p><p>");
	board_say(out, frame, WORD_LEDGER_HOW);
	html_lit(out, " <a href=\"");
	board_link_away(out, frame, "/r/");
	html_lit(out, "\">");
	board_say(out, frame, WORD_RECEIPT);
	html_lit(out, "</a></p>");
	if (public_key != NULL) {
		html_lit(out, "<dl class=\"pairs\"><dt>");
		board_say(out, frame, WORD_PUBLIC_KEY);
		html_lit(out, "</dt><dd><code>");
		html_text(out, public_key);
		html_lit(out, "</code></dd></dl>");
	}
	if (n == 0) {
		html_lit(out, "<p>");
		board_say(out, frame, WORD_LEDGER_NONE);
		html_lit(out, "</p>");
	} else {
		html_lit(out, "<table class=\"heads stack\">");
		board_head(out, frame, column);
		html_lit(out, "<tbody>");
		for (size_t i = n; i > 0; i--)
			put_head_row(out, frame, &head[i - 1]);
		html_lit(out, "</tbody></table>");
	}
	board_end(out, frame);
}
