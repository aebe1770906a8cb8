/* Getting in, changing a one-time password, and a plain message. */
#include "view/board/part.h"

#include "view/html.h"

static void
put_problem(struct text *out, const struct board_frame *frame, enum word word)
{
	if (word == WORD_NOTHING)
		return;
	html_lit(out, "<p class=\"problem\" role=\"alert\">");
	board_say(out, frame, word);
	html_lit(out, "</p>");
}

static void
put_field(struct text *out, const struct board_frame *frame, const char *name, enum word label,
	const char *type, const char *complete, const char *value)
{
	text_fmt(out, "<p><label for=\"f-%s\">", name);
	board_say(out, frame, label);
	text_fmt(out, "</label><input id=\"f-%s\" name=\"%s\" type=\"%s\" autocomplete=\"%s\""
		" required", name, name, type, complete);
	if (value != NULL) {
		html_lit(out, " value=\"");
		html_text(out, value);
		html_lit(out, "\"");
	}
	html_lit(out, "></p>");
}

static void
begin_form(struct text *out, const struct board_frame *frame, const char *path)
{
	html_lit(out, "<form class=\"door\" method=\"post\" action=\"");
	html_text(out, frame->root);
	html_text(out, path);
	html_lit(out, "\">");
	board_csrf(out, frame);
	if (frame->next == NULL)
		return;
	html_lit(out, "<input type=\"hidden\" name=\"next\" value=\"");
	html_text(out, frame->next);
	html_lit(out, "\">");
}

static void
end_form(struct text *out, const struct board_frame *frame, enum word button)
{
	html_lit(out, "<p><button>");
	board_say(out, frame, button);
	html_lit(out, "</button></p></form>");
}

/* The true time, and what can be done meanwhile. */
static void
put_wait(struct text *out, const struct board_frame *frame, int minutes)
{
	text_fmt(out, frame->lang == LANG_ZH ?
		"<p class=\"problem\" role=\"alert\">从您所在的网络试错密码次数太多，请 %d"
		" 分钟后再试；忘记密码请联系管理员重置，重置后可立即登录。</p>" :
		"<p class=\"problem\" role=\"alert\">Too many wrong passwords from your network."
		" Please try again in %d minute%s. If you forgot your password ask the"
		" administrator for a new one, which works at once.</p>",
		minutes, minutes == 1 ? "" : "s");
}

void
board_login(struct text *out, const struct board_frame *frame, enum board_login state, int minutes,
	const char *name)
{
	static const enum word problem[] = {
		[LOGIN_FRESH] = WORD_NOTHING, [LOGIN_WRONG] = WORD_LOGIN_WRONG,
		[LOGIN_SLOW_DOWN] = WORD_NOTHING, [LOGIN_CROWDED] = WORD_LOGIN_CROWDED,
		[LOGIN_EXPIRED] = WORD_LOGIN_EXPIRED,
	};

	board_begin(out, frame, TAB_NONE, board_word(WORD_LOGIN_TITLE, frame->lang), false);
	html_lit(out, "<h1>");
	board_say(out, frame, WORD_LOGIN_TITLE);
	html_lit(out, "</h1>");
	put_problem(out, frame, problem[state]);
	if (state == LOGIN_SLOW_DOWN)
		put_wait(out, frame, minutes);
	begin_form(out, frame, "login");
	put_field(out, frame, "name", WORD_USER_NAME, "text", "username", name != NULL ? name : "");
	put_field(out, frame, "password", WORD_PASSWORD, "password", "current-password", NULL);
	end_form(out, frame, WORD_LOGIN);
	html_lit(out, "<p class=\"soft\">");
	board_say(out, frame, WORD_LOGIN_HELP);
	html_lit(out, "</p>");
	board_end(out, frame);
}

void
board_password(struct text *out, const struct board_frame *frame,
	enum board_password state, int minutes)
{
	static const enum word problem[] = {
		[PASSWORD_FRESH] = WORD_NOTHING, [PASSWORD_SHORT] = WORD_PASSWORD_SHORT,
		[PASSWORD_DIFFER] = WORD_PASSWORD_DIFFER, [PASSWORD_SAME] = WORD_PASSWORD_SAME,
		[PASSWORD_WRONG] = WORD_PASSWORD_WRONG, [PASSWORD_SLOW_DOWN] = WORD_NOTHING,
		[PASSWORD_CROWDED] = WORD_LOGIN_CROWDED,
	};

	board_begin(out, frame, TAB_NONE, board_word(WORD_CHANGE_PASSWORD, frame->lang), false);
	html_lit(out, "<h1>");
	board_say(out, frame, WORD_CHANGE_PASSWORD);
	html_lit(out, "</h1><p>");
	board_say(out, frame, WORD_PASSWORD_RULE);
	html_lit(out, "</p>");
	put_problem(out, frame, problem[state]);
	if (state == PASSWORD_SLOW_DOWN)
		put_wait(out, frame, minutes);
	begin_form(out, frame, "password");
	put_field(out, frame, "old", WORD_PASSWORD_OLD, "password", "current-password", NULL);
	put_field(out, frame, "new", WORD_PASSWORD_NEW, "password", "new-password", NULL);
	put_field(out, frame, "again", WORD_PASSWORD_AGAIN, "password", "new-password", NULL);
	end_form(out, frame, WORD_CHANGE_PASSWORD);
	board_end(out, frame);
}

void
board_message(struct text *out, const struct board_frame *frame, struct words title,
	struct words text)
{
	board_begin(out, frame, TAB_NONE, title.in[frame->lang], false);
	html_lit(out, "<h1>");
	board_words_of(out, frame, &title);
	html_lit(out, "</h1><p class=\"lead\">");
	board_words_of(out, frame, &text);
	html_lit(out, "</p><p><a href=\"");
	html_text(out, frame->root);
	html_lit(out, "\">");
	board_say(out, frame, frame->public ? WORD_PUBLIC : WORD_BACK_TO_BOARD);
	html_lit(out, "</a></p>");
	board_end(out, frame);
}
