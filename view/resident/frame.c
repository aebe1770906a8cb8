/* What stands around every resident page: the head, the banner, the name of the place. */
#include "view/resident/part.h"

#include <stdio.h>
#include <string.h>

#include "view/html.h"

const char *
frame_tag(const struct resident_frame *frame)
{
	return frame->tag != NULL ? frame->tag : lang_tag(frame->lang);
}

/* Is the page a form in a language that is not the frame's? */
static bool
is_foreign(const struct resident_frame *frame)
{
	return frame->language != NULL && strcmp(frame->language->page, lang_tag(frame->lang)) != 0;
}

void
frame_language(struct text *out, const struct language *language)
{
	html_lit(out, " lang=\"");
	html_text(out, language->page);
	text_puts(out, language->rtl ? "\" dir=\"rtl\"" : "\"");
}

void
frame_aside(struct text *out, const struct resident_frame *frame)
{
	if (is_foreign(frame))
		text_fmt(out, "<span lang=\"%s\"%s>", lang_tag(frame->lang),
			frame->language->rtl ? " dir=\"ltr\"" : "");
}

void
frame_aside_end(struct text *out, const struct resident_frame *frame)
{
	if (is_foreign(frame))
		html_lit(out, "</span>");
}

void
frame_inside(struct text *out, const struct resident_frame *frame, const char *text)
{
	if (!is_foreign(frame)) {
		html_text(out, text);
		return;
	}
	html_lit(out, "<span");
	frame_language(out, frame->language);
	html_lit(out, ">");
	html_text(out, text);
	html_lit(out, "</span>");
}

void
frame_word(struct text *out, const struct resident_frame *frame, const char *word)
{
	frame_aside(out, frame);
	html_text(out, word);
	frame_aside_end(out, frame);
}

void
frame_say(struct text *out, const struct resident_frame *frame, enum say what)
{
	frame_word(out, frame, say_resident(what, frame->lang));
}

void
frame_paragraph(struct text *out, const struct resident_frame *frame, enum say what)
{
	html_lit(out, "<p>");
	frame_say(out, frame, what);
	html_lit(out, "</p>\n");
}

static void
put_parameter(struct text *out, bool *any, const char *name, const char *value)
{
	text_puts(out, *any ? "&amp;" : "?");
	text_puts(out, name);
	html_url(out, value);
	*any = true;
}

/* tag: of the language; NULL: what is shown to whoever asks for none. */
static void
put_href(struct text *out, const char *path, const char *query, const char *tag, bool elder)
{
	bool any = strchr(path, '?') != NULL;

	html_text(out, path);
	if (query != NULL)
		put_parameter(out, &any, query, NULL);
	if (tag != NULL)
		put_parameter(out, &any, "lang=", tag);
	if (elder)
		put_parameter(out, &any, "elder=1", NULL);
}

void
frame_href(struct text *out, const struct resident_frame *frame, const char *path,
	const char *query)
{
	const char *tag = frame_tag(frame);

	put_href(out, path, query, strcmp(tag, lang_tag(LANG_ZH)) != 0 ? tag : NULL, frame->elder);
}

void
frame_link(struct text *out, const struct resident_frame *frame, const char *path, enum say what)
{
	frame_link_query(out, frame, path, NULL, what);
}

void
frame_link_query(struct text *out, const struct resident_frame *frame, const char *path,
	const char *query, enum say what)
{
	html_lit(out, "<p><a class=\"button\" href=\"");
	frame_href(out, frame, path, query);
	html_lit(out, "\">");
	frame_say(out, frame, what);
	html_lit(out, "</a></p>\n");
}

void
frame_promise(struct text *out, const struct resident_frame *frame)
{
	html_lit(out, "<p>");
	frame_say(out, frame, SAY_FRAUD);
	html_lit(out, " <a href=\"");
	frame_href(out, frame, "/privacy", NULL);
	html_lit(out, "\">");
	frame_say(out, frame, SAY_PRIVACY);
	html_lit(out, "</a></p>\n");
}

/* ---- head ---- */

static void
put_style(struct text *out, const char *path)
{
	html_lit(out, "<link rel=\"stylesheet\" href=\"");
	text_puts(out, path);
	html_lit(out, "\">\n");
}

/* mistakes: how many answers need a change, which whoever listens hears first. */
static void
put_head(struct text *out, const struct resident_frame *frame, const char *title, size_t mistakes)
{
	html_lit(out, "<!DOCTYPE html>\n<html");
	if (frame->language != NULL)
		frame_language(out, frame->language);
	else
		text_fmt(out, " lang=\"%s\"", lang_tag(frame->lang));
	html_lit(out, ">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=\"robots\" content=\"noindex\">\n"
		"<meta name=\"referrer\" content=\"same-origin\">\n"
		"<meta name=\"format-detection\" content=\"telephone=no\">\n<title>");
	if (mistakes > 0) {
		text_fmt(out, say_resident(mistakes == 1 ? SAY_TITLE_MISTAKE : SAY_TITLE_MISTAKES,
			frame->lang), mistakes);
		html_lit(out, " · ");
	}
	html_text(out, title);
	html_lit(out, "</title>\n");
	put_style(out, file_css_path());
}

static void
put_script(struct text *out)
{
	html_lit(out, "<script defer src=\"");
	text_puts(out, file_js_path());
	html_lit(out, "\"></script>\n");
}

/* The form's own sheet is made of its questions, and its name of the sheet: once is enough. */
static void
put_form_files(struct text *out, const struct resident_form *page)
{
	struct text css = TEXT_INIT, path = TEXT_INIT;
	size_t begin = out->n;

	if (cache_put(out, page->cache, UINT64_MAX))
		return;
	resident_form_css(&css, page->form);
	file_path(&path, css.s, css.n, ".css");
	put_style(out, path.s);
	put_script(out);
	cache_keep(page->cache, UINT64_MAX, out->s + begin, out->n - begin);
	text_clear(&css);
	text_clear(&path);
}

/* ---- banner and bar ---- */

static void
put_demo(struct text *out, const struct resident_frame *frame)
{
	if (!frame->demo)
		return;
	html_lit(out, "<p class=\"demo\" role=\"note\">");
	frame_say(out, frame, SAY_DEMO);
	html_lit(out, "</p>\n");
}

/* The box that makes everything larger on the spot: a sibling of all it changes, so that CSS
 * alone does it and no answer is lost. */
static void
put_large(struct text *out, const struct resident_frame *frame)
{
	html_lit(out,
		"<input type=\"checkbox\" id=\"big\" name=\"_elder\" value=\"1\" class=\"sr\"");
	if (frame->elder)
		html_lit(out, " checked");
	html_lit(out, ">\n");
}

static void
put_large_label(struct text *out, const struct resident_frame *frame)
{
	html_lit(out, "<label for=\"big\" class=\"tool\">");
	frame_say(out, frame, SAY_LARGE);
	html_lit(out, "</label>\n");
}

static enum lang
other(enum lang lang)
{
	return lang == LANG_ZH ? LANG_EN : LANG_ZH;
}

/* What the language button of a page made by a post sends. */
static void
put_again(struct text *out, const struct resident_frame *frame)
{
	if (frame->again == NULL)
		return;
	html_lit(out, "<form id=\"again\" method=\"post\" accept-charset=\"utf-8\">\n");
	note_fields(out, frame->again, lang_tag(other(frame->lang)));
	html_lit(out, "</form>\n");
}

/* To the frame's other language, on a page without a form: a link, or what was posted again. */
static void
put_language(struct text *out, const struct resident_frame *frame)
{
	enum lang to = other(frame->lang);
	bool again = frame->again != NULL;

	if (!again && frame->self == NULL)
		return;
	if (again) {
		html_lit(out, "<button class=\"tool\" form=\"again");
	} else {
		html_lit(out, "<a class=\"tool\" href=\"");
		put_href(out, frame->self, NULL, lang_tag(to), frame->elder);
	}
	text_fmt(out, "\" lang=\"%s\">", lang_tag(to));
	html_text(out, say_resident(SAY_OTHER_LANGUAGE, frame->lang));
	text_puts(out, again ? "</button>\n" : "</a>\n");
}

/* To each other language of the form; what was typed is sent along. */
static void
put_languages(struct text *out, const struct resident_form *page)
{
	for (size_t i = 0; i < page->form->languages.n; i++) {
		const struct language *to = &page->form->languages.of[i];

		if (to == page->frame.language)
			continue;
		html_lit(out, "<button class=\"tool\" name=\"_switch\" value=\"");
		html_text(out, to->page);
		html_lit(out, "\"");
		frame_language(out, to);
		html_lit(out, ">");
		html_text(out, to->name);
		html_lit(out, "</button>\n");
	}
}

void
frame_open(struct text *out, const struct resident_frame *frame, const char *title)
{
	put_head(out, frame, title, frame->wrong);
	if (frame->over)
		put_script(out);
	html_lit(out, "</head>\n<body>\n");
	put_large(out, frame);
	html_lit(out, "<div class=\"page\">\n");
	put_demo(out, frame);
	html_lit(out, "<header>\n<p class=\"place\">");
	if (frame->city != NULL && *frame->city != '\0') {
		html_lit(out, "<span lang=\"zh-CN\">");
		html_text(out, frame->city);
		html_lit(out, "</span>");
		if (frame->lang != LANG_ZH)
			html_lit(out, " · ");
	}
	frame_say(out, frame, SAY_SURVEY);
	html_lit(out, "</p>\n<p class=\"tools\">");
	put_large_label(out, frame);
	put_language(out, frame);
	html_lit(out, "</p>\n");
	put_again(out, frame);
	html_lit(out, "</header>\n<main class=\"note\"");
	if (frame->over)
		html_lit(out, " id=\"over\"");
	if (frame->stored != NULL) {
		html_lit(out, " data-stored=\"");
		html_text(out, frame->stored);
		html_lit(out, "\"");
	}
	html_lit(out, ">\n<h1>");
	html_text(out, title);
	html_lit(out, "</h1>\n");
}

void
frame_close(struct text *out, const struct resident_frame *frame)
{
	html_lit(out, "</main>\n<footer>");
	frame_promise(out, frame);
	html_lit(out, "</footer>\n</div>\n</body>\n</html>\n");
}

/* ---- the form's own frame ---- */

static void
put_hidden(struct text *out, const char *name, const char *value)
{
	html_lit(out, "<input type=\"hidden\" name=\"");
	html_text(out, name);
	html_lit(out, "\" value=\"");
	html_text(out, value);
	html_lit(out, "\">\n");
}

static void
put_hidden_fields(struct text *out, const struct resident_form *page)
{
	char started[24], wave[24];

	snprintf(started, sizeof(started), "%lld", (long long)page->started);
	snprintf(wave, sizeof(wave), "%lld", (long long)page->wave);
	/* The return key presses the first button of a form: this one, which does nothing, so that
	 * nobody sends a half-filled form from a keyboard. */
	html_lit(out, "<button disabled hidden></button>\n");
	put_hidden(out, "_key", page->key);
	put_hidden(out, "_t", started);
	if (page->wave != 0)
		put_hidden(out, "_w", wave);
	put_hidden(out, "_lang", page->frame.language->page);
	put_hidden(out, "_n", "");
	if (page->open)
		put_hidden(out, "_open", "yes");
}

static bool
known(const char *s)
{
	return s != NULL && *s != '\0';
}

/* A form of a minute is about the place it is opened at; a longer one about the city,
 * wherever its code hangs. */
static bool
rates_site(const struct resident_form *page)
{
	return known(page->site_name) && page->form->minutes <= 1;
}

void
frame_site(struct text *out, const struct resident_form *page)
{
	html_lit(out, "<span lang=\"zh-CN\"");
	text_puts(out, page->frame.language->rtl ? " dir=\"ltr\">" : ">");
	html_text(out, page->site_name);
	if (known(page->window)) {
		html_lit(out, " <span class=\"whole\">");
		html_text(out, page->window);
		html_lit(out, "</span>");
	}
	html_lit(out, "</span>");
}

static const char *
form_title(const struct resident_form *page)
{
	const struct language *all = page->form->languages.of;

	return texts_in(&page->form->title, (size_t)(page->frame.language - all));
}

static void
put_place(struct text *out, const struct resident_form *page)
{
	html_lit(out, "<h1 class=\"place\"><small>");
	if (!rates_site(page)) {
		frame_say(out, &page->frame, SAY_TAKING);
		html_lit(out, "</small> ");
		html_text(out, form_title(page));
		html_lit(out, "</h1>\n");
		return;
	}
	frame_say(out, &page->frame, SAY_RATING);
	html_lit(out, "</small> ");
	frame_site(out, page);
	html_lit(out, "</h1>\n");
}

void
frame_elsewhere(struct text *out, const struct resident_frame *frame)
{
	html_lit(out, "<a class=\"tool\" href=\"");
	frame_href(out, frame, "/Q/", NULL);
	html_lit(out, "\">");
	frame_say(out, frame, SAY_ELSEWHERE);
	html_lit(out, "</a>\n");
}

/* Shown by the script alone, in place of everything below it. */
static void
put_draft(struct text *out, const struct resident_frame *frame)
{
	html_lit(out, "<p id=\"stored\" role=\"status\" hidden>");
	frame_say(out, frame, SAY_FRESH_SHEET);
	html_lit(out, "</p>\n");
	html_lit(out, "<div id=\"draft\" hidden tabindex=\"-1\">\n");
	frame_paragraph(out, frame, SAY_DRAFT);
	html_lit(out, "<button type=\"button\" class=\"button\" data-draft=\"resume\">");
	frame_say(out, frame, SAY_DRAFT_RESUME);
	html_lit(out, "</button>\n<button type=\"button\" class=\"button\" data-draft=\"anew\">");
	frame_say(out, frame, SAY_DRAFT_ANEW);
	html_lit(out, "</button>\n</div>\n");
}

void
frame_open_form(struct text *out, const struct resident_form *page)
{
	const struct resident_frame *frame = &page->frame;

	put_head(out, frame, form_title(page), page->issues);
	put_form_files(out, page);
	html_lit(out, "</head>\n<body>\n");
	html_lit(out, "<form id=\"f\" class=\"css\" method=\"post\" action=\"");
	html_text(out, frame->self);
	html_lit(out,
		"\" accept-charset=\"utf-8\" autocomplete=\"off\" novalidate data-sending=\"");
	html_text(out, say_resident(SAY_SENDING, frame->lang));
	html_lit(out, "\" data-missing=\"");
	html_text(out, issue_words(ISSUE_MISSING, frame->lang));
	html_lit(out, "\">\n");
	put_hidden_fields(out, page);
	html_lit(out, "<main>\n");
	put_large(out, frame);
	html_lit(out, "<div class=\"page\">\n");
	put_demo(out, frame);
}

static void
put_tools(struct text *out, const struct resident_form *page)
{
	if (rates_site(page) && !page->ticket)
		frame_elsewhere(out, &page->frame);
	put_large_label(out, &page->frame);
	put_languages(out, page);
	html_lit(out, "</p>\n");
}

void
frame_place(struct text *out, const struct resident_form *page)
{
	html_lit(out, "<header>\n");
	put_place(out, page);
	html_lit(out, "<p class=\"tools\">");
	put_tools(out, page);
	html_lit(out, "</header>\n");
	put_draft(out, &page->frame);
}

void
frame_close_form(struct text *out, const struct resident_form *page)
{
	html_lit(out, "<p class=\"tools low\">");
	put_tools(out, page);
	html_lit(out, "</div>\n</main>\n</form>\n</body>\n</html>\n");
}

/* ---- notices ---- */

/* The words for {name...; NULL: not a field. */
static const char *
field(const struct resident_frame *frame, const char *name, size_t n)
{
	const struct { const char *name, *value; } fields[] = {
		{ "city", frame->city }, { "table_number", frame->table_number },
		{ "agency", frame->agency }, { "approval", frame->approval },
		{ "valid_until", frame->valid_until }, { "processor", frame->processor },
		{ "contact", frame->contact },
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strlen(fields[i].name) == n && memcmp(fields[i].name, name, n) == 0)
			return known(fields[i].value) ? fields[i].value
				: say_resident(SAY_BLANK, frame->lang);
	return NULL;
}

static bool
is(const char *s, size_t n, const char *name)
{
	return strlen(name) == n && memcmp(s, name, n) == 0;
}

/* One character or one {field} at s; returns what follows. */
static const char *
put_notice_part(struct text *out, const struct resident_frame *frame, int minutes, const char *s)
{
	const char *end = *s == '{' ? strchr(s, '}') : NULL;
	size_t n = end != NULL ? (size_t)(end - s - 1) : 0;
	char one[2] = { *s, '\0' };

	if (end != NULL && field(frame, s + 1, n) != NULL)
		html_text(out, field(frame, s + 1, n));
	else if (end != NULL && is(s + 1, n, "minutes"))
		text_fmt(out, "%d", minutes > 0 ? minutes : 1);
	else if (end != NULL && is(s + 1, n, "days"))
		text_fmt(out, "%d", RESIDENT_MARK_DAYS);
	else
		end = NULL;
	if (end != NULL)
		return end + 1;
	html_text(out, one);
	return s + 1;
}

void
frame_notice(struct text *out, const struct resident_frame *frame, const char *text, int minutes)
{
	html_lit(out, "<p>");
	while (*text != '\0') {
		if (*text != '\n') {
			text = put_notice_part(out, frame, minutes, text);
			continue;
		}
		html_lit(out, "</p>\n<p>");
		text++;
	}
	html_lit(out, "</p>\n");
}
