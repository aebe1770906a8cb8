/* Tickets: a field to type one in, and kind pages when one cannot be used. */
#include "view/resident/part.h"

#include "view/html.h"

static const struct ask ask_ticket = {
	"/V/", "code", SAY_TICKET_LABEL, SAY_TICKET_HINT, SAY_TICKET_WRONG, SAY_CODE_GO
};

void
resident_ticket_form(struct text *out, const struct resident_frame *frame, const char *typed)
{
	struct resident_frame ask = *frame;

	ask.wrong = typed != NULL;
	frame_open(out, &ask, say_resident(SAY_TICKET_ASK, frame->lang));
	note_ask(out, frame, &ask_ticket, typed);
	frame_close(out, frame);
}

static const struct {
	struct words title, text;
} pages[RESIDENT_TICKETS] = {
	[RESIDENT_TICKET_UNKNOWN] = {
		{ { "没有这个邀请码", "There is no such invitation code" } },
		{ { "这个号码不是我们发出的，可能抄错或漏了一位。请对照纸条或短信再输一次。",
			"We did not issue this code; a character may be wrong or missing. Please"
			" compare it with your slip or message and enter it again." } } },
	[RESIDENT_TICKET_USED] = {
		{ { "这个邀请码已经用过了", "This invitation code has been used" } },
		{ { "每个邀请码只能交一份回答。如果是您刚才交的，它已经保存好了，不用再交。"
			"如果不是您用的，请向发给您的人再要一个。",
			"Each code takes one answer. If you have just sent yours, it is stored and"
			" nothing more is needed. If it was not you, please ask whoever"
			" gave you the code for another." } } },
	[RESIDENT_TICKET_VOID] = {
		{ { "这个邀请码已经收回", "This invitation code was taken back" } },
		{ { "发放单位收回了这个号码。请向发给您的人再要一个。",
			"The office took this code back. Please ask"
			" whoever gave it to you for another." } } },
	[RESIDENT_TICKET_EXPIRED] = {
		{ { "这个邀请码过期了", "This invitation code has expired" } },
		{ { "它的有效期已经过了。谢谢您还记得这件事。",
			"The day it was good until is over. Thank you for remembering it." } } },
	[RESIDENT_TICKET_CLOSED] = {
		{ { "这次调查现在不收答卷", "This survey takes no answers now" } },
		{ { "邀请码没有错：它所属的调查已经结束，或者还没有开始。谢谢您愿意参加。",
			"Nothing is wrong with the code: the survey it belongs to is over,"
			" or has not begun. Thank you for being willing." } } },
	[RESIDENT_TICKET_OTHER] = {
		{ { "这个邀请码不是这一次调查的",
			"This invitation code belongs to another survey" } },
		{ { "它属于另一次调查。请用和它一起发给您的二维码或网址，或者在下面再输一次。"
			"谢谢您愿意参加。",
			"Please use the QR code or address that was given to you with it, or enter"
			" it below once more. Thank you for being willing." } } },
};

/* In the reader's language, then in the other: whoever was handed this code by
 * mistake reads one of them. */
static void
put_both(struct text *out, const struct words *title, const struct words *words, enum lang lang)
{
	enum lang other = lang == LANG_ZH ? LANG_EN : LANG_ZH;

	html_lit(out, "<p>");
	html_words(out, words, lang);
	html_lit(out, "</p>\n<p class=\"hint\" lang=\"");
	text_puts(out, lang_tag(other));
	html_lit(out, "\">");
	if (title != NULL) {
		html_lit(out, "<b>");
		html_words(out, title, other);
		html_lit(out, "</b> ");
	}
	html_words(out, words, other);
	html_lit(out, "</p>\n");
}

/* Everything typed once more, to be sent without the ticket. */
static void
put_resend(struct text *out, const struct resident_frame *frame, const struct answers *typed)
{
	html_lit(out, "<form method=\"post\" action=\"");
	html_text(out, frame->self);
	html_lit(out, "\" accept-charset=\"utf-8\">\n");
	note_fields(out, typed, frame_tag(frame));
	html_lit(out,
		"<input type=\"hidden\" name=\"_open\" value=\"yes\">\n<button class=\"button\">");
	frame_say(out, frame, SAY_TICKET_SEND_OPEN);
	html_lit(out, "</button>\n</form>\n");
}

void
resident_ticket(struct text *out, const struct resident_frame *frame, enum resident_ticket why,
	const struct answers *typed, bool may_go_on)
{
	struct resident_frame still = *frame;
	const struct words *go_on = say_both(SAY_TICKET_GO_ON);

	if (typed != NULL)
		still.self = NULL;	/* a language link would lose what was typed */
	frame_open(out, &still, pages[why].title.in[frame->lang]);
	put_both(out, &pages[why].title, &pages[why].text, frame->lang);
	if (may_go_on) {
		put_both(out, NULL, go_on, frame->lang);
		if (typed != NULL)
			put_resend(out, frame, typed);
		else
			frame_link_query(out, frame, frame->self, "open=1", SAY_TICKET_OPEN);
	}
	if (typed == NULL)
		note_ask(out, frame, &ask_ticket, NULL);
	frame_close(out, frame);
}
