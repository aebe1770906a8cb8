/* Thank you, declined, and kind pages when something is not as hoped. */
#include "view/resident/part.h"

#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "view/html.h"

/* ---- thank you ---- */

/* In groups of four, so that it can be read aloud, photographed and typed. */
static void
put_receipt(struct text *out, const char *receipt)
{
	size_t n = strlen(receipt), at = 0, len;

	html_lit(out, "<p class=\"receipt\"><span>");
	for (size_t i = 0; i < n; i += len, at++) {
		char one[5] = "";

		utf8_next(receipt + i, n - i, &len);
		memcpy(one, receipt + i, len);
		if (at > 0 && at % 4 == 0)
			html_lit(out, "</span> <span>");
		html_text(out, one);
	}
	html_lit(out, "</span></p>\n");
}

void
note_minute(struct text *out, const struct resident_frame *frame, enum say what, int64_t minute)
{
	char s[17];

	date_minute(s, minute);
	html_lit(out, "<p>");
	frame_say(out, frame, what);
	html_text(out, s);
	html_lit(out, "</p>\n");
}

static void
put_check_link(struct text *out, const struct resident_frame *frame, const char *receipt)
{
	struct text path = TEXT_INIT;

	text_puts(&path, "/r/");
	html_url(&path, receipt);
	html_lit(out, "<p><a href=\"");
	frame_href(out, frame, text_str(&path), NULL);
	html_lit(out, "\">");
	frame_say(out, frame, SAY_CHECK);
	html_lit(out, "</a></p>\n");
	text_clear(&path);
}

void
resident_thanks(struct text *out, const struct resident_frame *frame, const char *receipt,
	int64_t minute, struct resident_end end)
{
	struct resident_frame still = *frame;
	enum lang lang = frame->lang;
	char when[17];

	date_minute(when, minute);
	still.over = true;
	still.stored = when + 11;
	frame_open(out, &still, say_resident(SAY_THANKS, lang));
	html_lit(out, "<p>");
	frame_say(out, frame, SAY_STORED);
	if (lang != LANG_ZH)
		html_lit(out, " ");
	frame_say(out, frame, SAY_USE);
	html_lit(out, "</p>\n");
	if (end.screened_out)
		frame_paragraph(out, frame, SAY_SCREENED);
	if (end.masked)
		frame_paragraph(out, frame, SAY_MASKED);
	if (end.called)
		frame_paragraph(out, frame, SAY_CALLED);
	html_lit(out, "<h2>");
	frame_say(out, frame, SAY_RECEIPT);
	html_lit(out, "</h2>\n");
	put_receipt(out, receipt);
	frame_paragraph(out, frame, SAY_RECEIPT_WHY);
	note_minute(out, frame, SAY_STORED_AT, minute);
	put_check_link(out, frame, receipt);
	frame_paragraph(out, frame, SAY_CLOSE);
	frame_close(out, frame);
}

void
resident_declined(struct text *out, const struct resident_frame *frame)
{
	struct resident_frame still = *frame;

	still.over = true;
	frame_open(out, &still, say_resident(SAY_DECLINED, frame->lang));
	frame_paragraph(out, frame, SAY_DECLINED_TEXT);
	frame_paragraph(out, frame, SAY_CLOSE);
	if (frame->self != NULL)
		frame_link(out, frame, frame->self, SAY_BACK_TO_FORM);
	frame_close(out, frame);
}

/* ---- a field to type something in ---- */

void
note_ask(struct text *out, const struct resident_frame *frame, const struct ask *ask,
	const char *typed)
{
	html_lit(out, "<form method=\"get\" action=\"");
	html_text(out, ask->action);
	html_lit(out, "\" autocomplete=\"off\">\n");
	if (typed != NULL) {
		html_lit(out, "<p class=\"bad\" id=\"wrong\" role=\"alert\">");
		frame_say(out, frame, ask->wrong);
		html_lit(out, "</p>\n");
	}
	html_lit(out, "<p class=\"write\"><label for=\"typed\">");
	frame_say(out, frame, ask->label);
	html_lit(out, "</label>\n<input id=\"typed\" name=\"");
	html_text(out, ask->name);
	html_lit(out, "\" value=\"");
	html_text(out, typed);
	text_puts(out, typed != NULL ? "\" aria-describedby=\"wrong hint\"" :
		"\" aria-describedby=\"hint\"");
	if (typed != NULL)
		html_lit(out, " aria-invalid=\"true\"");
	html_lit(out, " autocapitalize=\"characters\" spellcheck=\"false\"></p>\n"
		"<p class=\"hint\" id=\"hint\">");
	frame_say(out, frame, ask->hint);
	html_lit(out, "</p>\n");
	if (strcmp(frame_tag(frame), lang_tag(LANG_ZH)) != 0)
		text_fmt(out, "<input type=\"hidden\" name=\"lang\" value=\"%s\">\n",
			frame_tag(frame));
	html_lit(out, "<button class=\"button\">");
	frame_say(out, frame, ask->go);
	html_lit(out, "</button>\n</form>\n");
}

static const struct ask ask_code = {
	"/Q/", "code", SAY_CODE_LABEL, SAY_CODE_HINT, SAY_CODE_WRONG, SAY_CODE_GO
};
static const struct ask ask_receipt = {
	"/r/", "receipt", SAY_RECEIPT_LABEL, SAY_RECEIPT_HINT, SAY_RECEIPT_WRONG, SAY_CHECK_GO
};

void
resident_code_form(struct text *out, const struct resident_frame *frame, const char *typed)
{
	struct resident_frame ask = *frame;

	ask.wrong = typed != NULL;
	frame_open(out, &ask, say_resident(SAY_CODE, frame->lang));
	note_ask(out, frame, &ask_code, typed);
	frame_close(out, frame);
}

void
resident_receipt_form(struct text *out, const struct resident_frame *frame, const char *typed)
{
	struct resident_frame ask = *frame;

	ask.wrong = typed != NULL;
	frame_open(out, &ask, say_resident(SAY_RECEIPT_ASK, frame->lang));
	note_ask(out, frame, &ask_receipt, typed);
	frame_close(out, frame);
}

/* ---- what a receipt is worth ---- */

static void
put_contact(struct text *out, const struct resident_frame *frame)
{
	if (frame->contact == NULL || *frame->contact == '\0')
		return;
	html_lit(out, "<p>");
	frame_say(out, frame, SAY_CALL);
	html_text(out, frame->contact);
	html_lit(out, "</p>\n");
}

/* To pages of the desk, which speak the frame's two languages. */
static void
link_public(struct text *out, const struct resident_frame *frame, const char *path, enum say what)
{
	struct resident_frame two = *frame;

	two.tag = NULL;
	frame_link(out, &two, path, what);
}

static void
put_ledger(struct text *out, const struct resident_frame *frame, int64_t index, int64_t head_size)
{
	enum lang lang = frame->lang;

	html_lit(out, "<p>");
	text_fmt(out, say_resident(SAY_FOUND_LEAF, lang), (long long)index);
	html_lit(out, "</p>\n<p>");
	if (index <= head_size)
		text_fmt(out, say_resident(SAY_FOUND_HEAD, lang), (long long)head_size);
	else
		frame_say(out, frame, SAY_FOUND_WAIT);
	html_lit(out, "</p>\n");
	link_public(out, frame, "/ledger", SAY_LEDGER);
}

void
resident_receipt(struct text *out, const struct resident_frame *frame, const char *receipt,
	int state, int64_t minute, int64_t index, int64_t head_size)
{
	enum lang lang = frame->lang;

	frame_open(out, frame,
		say_resident(state > 0 ? SAY_FOUND : state < 0 ? SAY_CHANGED : SAY_LOST, lang));
	put_receipt(out, receipt);
	frame_paragraph(out, frame,
		state > 0 ? SAY_FOUND_TEXT : state < 0 ? SAY_CHANGED_TEXT : SAY_LOST_TEXT);
	if (state == 0) {
		note_ask(out, frame, &ask_receipt, NULL);
	} else {
		note_minute(out, frame, SAY_STORED_AT, minute);
		if (state > 0)
			put_ledger(out, frame, index, head_size);
		else
			put_contact(out, frame);
	}
	frame_close(out, frame);
}

/* ---- when something is not as hoped ---- */

/* The one thing to do next. */
enum next { NEXT_CODE, NEXT_FORM, NEXT_AGAIN, NEXT_HOME };

static const struct {
	struct words title, text;
	enum next next;
} notes[NOTE_MAX] = {
	[NOTE_BAD_CODE] = {
		{ { "没有这个评价点", "There is no such place" } },
		{ { "这个编号不是我们发出的：可能抄错了一位，也可能有人在海报上另贴了别的码。"
			"请对照海报再输一次，或者告诉窗口的工作人员。",
			"We did not issue this code: a character may be wrong, or somebody may have"
			" pasted another code over the poster. Please enter it again,"
			" or tell the staff." } },
		NEXT_CODE },
	[NOTE_SITE_CLOSED] = {
		{ { "这个评价点已经停用", "This place is no longer rated" } },
		{ { "这张海报已经撤下，不再接受评价。请扫现场的新二维码，或者输入新的编号。",
			"This poster has been withdrawn. Please scan the new code on site,"
			" or enter it here." } },
		NEXT_CODE },
	[NOTE_NO_WAVE] = {
		{ { "现在没有进行中的调查", "No survey is open now" } },
		{ { "这一轮调查还没有开始，或者已经结束。谢谢您愿意评价，请下次再来。",
			"This round has not begun, or is over. Thank you for coming;"
			" please come again." } },
		NEXT_HOME },
	[NOTE_LAPSED] = {
		{ { "这项调查的批准有效期已过", "The approval of this survey is over" } },
		{ { "批准的有效期到 {valid_until} 为止，现在不再接受填答；没有续批以前，"
			"谁发来的都不算数。有疑问请打 {contact}。",
			"It was approved until {valid_until} and takes no answers now."
			" For questions call {contact}." } },
		NEXT_HOME },
	[NOTE_BUSY] = {
		{ { "现在有点忙", "We are busy just now" } },
		{ { "刚才没能处理，您的回答还没有保存。请等半分钟再试一次，重复提交只算一份。",
			"That did not work, and your answers have not been stored. Please try again"
			" in half a minute; sending twice counts once." } },
		NEXT_AGAIN },
	[NOTE_TOO_LARGE] = {
		{ { "内容太长了", "Too long" } },
		{ { "提交的内容超出了限度，没有保存。请返回上一页，把写的文字缩短一些再交。",
			"What was sent is over the limit and was not stored. Please"
			" go back and shorten what you wrote." } },
		NEXT_FORM },
	[NOTE_BAD_REQUEST] = {
		{ { "这次提交不完整", "That submission was incomplete" } },
		{ { "我们没有收全，也没有保存。请返回上一页再交一次；"
			"还不行，就重新扫海报上的二维码，或者输入编号。",
			"We did not receive all of it and stored nothing. Please go back and send"
			" it again; if that does not help, scan the code on the poster again,"
			" or enter it here." } },
		NEXT_CODE },
	[NOTE_NOT_FOUND] = {
		{ { "没有这一页", "There is no such page" } },
		{ { "网址可能不完整。请重新扫海报上的二维码，或者输入编号。",
			"The address may be incomplete. Please scan the code on the poster again,"
			" or enter it here." } },
		NEXT_CODE },
	[NOTE_METHOD] = {
		{ { "这样打不开", "This cannot be opened that way" } },
		{ { "请重新扫海报上的二维码，从头打开问卷。",
			"Please scan the code on the poster again and start from there." } },
		NEXT_CODE },
};

static void
put_next(struct text *out, const struct resident_frame *frame, enum next next)
{
	if (next == NEXT_CODE)
		note_ask(out, frame, &ask_code, NULL);
	else if (next == NEXT_HOME || frame->self == NULL)
		link_public(out, frame, "/", SAY_HOME);
	else
		frame_link(out, frame, frame->self, next == NEXT_AGAIN ? SAY_AGAIN : SAY_OPEN_FORM);
}

void
resident_note(struct text *out, const struct resident_frame *frame, enum resident_note note)
{
	frame_open(out, frame, notes[note].title.in[frame->lang]);
	frame_notice(out, frame, notes[note].text.in[frame->lang], 0);
	put_next(out, frame, notes[note].next);
	frame_close(out, frame);
}

void
resident_busy(struct text *out, const struct resident_frame *frame, const struct answers *typed)
{
	struct resident_frame still = *frame;

	still.self = NULL;
	frame_open(out, &still, notes[NOTE_BUSY].title.in[frame->lang]);
	frame_paragraph(out, frame, SAY_BUSY);
	html_lit(out, "<form method=\"post\" action=\"");
	html_text(out, frame->self);
	html_lit(out, "\" accept-charset=\"utf-8\">\n");
	note_fields(out, typed, frame_tag(frame));
	html_lit(out, "<button class=\"button\">");
	frame_say(out, frame, SAY_RESEND);
	html_lit(out, "</button>\n</form>\n");
	frame_close(out, frame);
}
