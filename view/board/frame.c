/* The frame of every page, and the style sheet's address. */
#include "view/board/part.h"

#include <stdint.h>
#include <string.h>

#include "view/html.h"

extern const unsigned char embed_board_css[];
extern const size_t embed_board_css_n;
extern const unsigned char embed_board_svg[];
extern const size_t embed_board_svg_n;

const char *
board_css(size_t *n)
{
	*n = embed_board_css_n;
	return (const char *)embed_board_css;
}

void
board_css_path(struct text *out)
{
	uint64_t hash = 0xcbf29ce484222325u;	/* FNV-1a: names bytes for caches, proves nothing */

	for (size_t i = 0; i < embed_board_css_n; i++)
		hash = (hash ^ embed_board_css[i]) * 0x100000001b3u;
	text_fmt(out, "/s/%016llx.css", (unsigned long long)hash);
}

/* Shapes drawn, not typed: the same in every font, on every printer. */
static void
put_shapes(struct text *out)
{
	text_add(out, embed_board_svg, embed_board_svg_n);
}

/* self without any lang= it had, then the other language. */
static void
put_language(struct text *out, const struct board_frame *frame)
{
	enum lang other = frame->lang == LANG_ZH ? LANG_EN : LANG_ZH;
	const char *self = frame->self != NULL ? frame->self : frame->root;
	const char *query = strchr(self, '?');
	struct text link = TEXT_INIT;
	char joint = '?';

	text_add(&link, self, query != NULL ? (size_t)(query - self) : strlen(self));
	for (const char *part = query; part != NULL && *++part != '\0'; part = strchr(part, '&')) {
		if (strncmp(part, "lang=", 5) == 0)
			continue;
		text_putc(&link, joint);
		text_add(&link, part, strcspn(part, "&"));
		joint = '&';
	}
	text_fmt(&link, "%clang=%s", joint, lang_tag(other));
	html_lit(out, "<a class=\"language\" href=\"");
	html_text(out, text_str(&link));
	text_fmt(out, "\" hreflang=\"%s\" lang=\"%s\">%s</a>", lang_tag(other), lang_tag(other),
		board_word(WORD_LANGUAGE, other));
	text_clear(&link);
}

struct tab {
	enum board_tab tab;
	const char *path;	/* below root, or absolute */
	enum word word;
};

/* Nobody is shown a door that will not open: who runs the survey sees its sites, and a
 * department, which is rated, sees no counts by site. */
static bool
opens(enum board_tab tab, const char *role)
{
	bool runs = role != NULL && (strcmp(role, "admin") == 0 || strcmp(role, "analyst") == 0);

	if (tab == TAB_SITES)
		return runs;
	return tab != TAB_FIELDWORK || role == NULL || strcmp(role, "department") != 0;
}

static void
put_tabs(struct text *out, const struct board_frame *frame, enum board_tab current)
{
	static const struct tab staff[] = {
		{ TAB_BOARD, "", WORD_BOARD }, { TAB_DEPARTMENTS, "departments", WORD_DEPARTMENTS },
		{ TAB_FIELDWORK, "fieldwork", WORD_FIELDWORK }, { TAB_SITES, "sites", WORD_SITES },
		{ TAB_LEDGER, "ledger", WORD_LEDGER }, { TAB_PUBLIC, "published", WORD_PUBLIC },
	}, everyone[] = {
		{ TAB_PUBLIC, "/", WORD_PUBLIC }, { TAB_LEDGER, "/ledger", WORD_LEDGER },
		{ TAB_NONE, "/r/", WORD_RECEIPT }, { TAB_NONE, "/privacy", WORD_PRIVACY },
	};
	bool open = frame->public || frame->user == NULL;
	const struct tab *tab = open ? everyone : staff;
	size_t n = open ? sizeof(everyone) / sizeof(*everyone) : sizeof(staff) / sizeof(*staff);

	html_lit(out, "<nav aria-label=\"");
	board_say(out, frame, WORD_NAVIGATION);
	html_lit(out, "\"><ul>");
	for (size_t i = 0; i < n; i++) {
		if (!open && !opens(tab[i].tab, frame->role))
			continue;
		html_lit(out, "<li><a href=\"");
		if (*tab[i].path == '/') {
			board_link_away(out, frame, tab[i].path);
		} else {
			html_text(out, frame->root);
			html_text(out, tab[i].path);
			if (tab[i].tab == TAB_BOARD || tab[i].tab == TAB_DEPARTMENTS)
				board_link_year(out, frame, "?");
		}
		html_lit(out, "\"");
		if (tab[i].tab == current && current != TAB_NONE)
			html_lit(out, " aria-current=\"page\"");
		html_lit(out, ">");
		board_say(out, frame, tab[i].word);
		html_lit(out, "</a></li>");
	}
	html_lit(out, "</ul></nav>");
}

static void
put_role(struct text *out, const struct board_frame *frame)
{
	static const struct { const char *name; enum word word; } role[] = {
		{ "admin", WORD_ROLE_ADMIN }, { "analyst", WORD_ROLE_ANALYST },
		{ "official", WORD_ROLE_OFFICIAL }, { "department", WORD_ROLE_DEPARTMENT },
		{ "auditor", WORD_ROLE_AUDITOR },
	};

	if (frame->department != NULL && *frame->department != '\0') {
		html_lit(out, "<a href=\"");
		board_link_department(out, frame, frame->department);
		html_lit(out, "\">");
		board_named(out, frame, frame->department);
		html_lit(out, "</a>");
		return;
	}
	for (size_t i = 0; i < sizeof(role) / sizeof(*role); i++)
		if (frame->role != NULL && strcmp(frame->role, role[i].name) == 0) {
			board_say(out, frame, role[i].word);
			return;
		}
	html_text(out, frame->role);
}

static void
put_user(struct text *out, const struct board_frame *frame)
{
	if (frame->public || frame->user == NULL)
		return;
	html_lit(out, "<span class=\"user\">");
	board_verbatim(out, frame, frame->user);
	html_lit(out, " · ");
	put_role(out, frame);
	html_lit(out, "</span><a href=\"");
	html_text(out, frame->root);
	html_lit(out, "password\">");
	board_say(out, frame, WORD_CHANGE_PASSWORD);
	html_lit(out, "</a><form method=\"post\" action=\"");
	html_text(out, frame->root);
	html_lit(out, "logout\">");
	board_csrf(out, frame);
	html_lit(out, "<button class=\"quiet\">");
	board_say(out, frame, WORD_LOGOUT);
	html_lit(out, "</button></form>");
}

void
board_csrf(struct text *out, const struct board_frame *frame)
{
	if (frame->csrf == NULL)
		return;
	html_lit(out, "<input type=\"hidden\" name=\"_csrf\" value=\"");
	html_text(out, frame->csrf);
	html_lit(out, "\"><input type=\"hidden\" name=\"_page\" value=\"");
	/* where to come back to, should the session be over by then */
	html_text(out, frame->self);
	html_lit(out, "\">");
}

static void
put_name(struct text *out, const struct board_frame *frame)
{
	board_verbatim(out, frame, frame->city);
	html_lit(out, " ");
	board_say(out, frame, WORD_PRODUCT);
}

/* What stands on top of every printed sheet. */
static void
put_print_head(struct text *out, const struct board_frame *frame, const char *title, bool verbatim)
{
	html_lit(out, "<p class=\"sheet\"><span>");
	put_name(out, frame);
	html_lit(out, " · ");
	if (verbatim)
		board_verbatim(out, frame, title);
	else
		html_text(out, title);
	html_lit(out, "</span>");
	if (frame->demo) {
		html_lit(out, "<b>");
		board_say(out, frame, WORD_DEMO);
		html_lit(out, "</b>");
	}
	html_lit(out, "</p>");
}

void
board_begin(struct text *out, const struct board_frame *frame, enum board_tab tab,
	const char *title, bool verbatim)
{
	text_fmt(out, "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">"
		"<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>",
		lang_tag(frame->lang));
	html_text(out, title);
	html_lit(out, " · ");
	html_text(out, frame->city);
	html_lit(out, "</title><link rel=\"stylesheet\" href=\"");
	board_css_path(out);
	html_lit(out, "\"></head>\n<body>");
	put_shapes(out);
	html_lit(out, "<header><a class=\"skip\" href=\"#main\">");
	board_say(out, frame, WORD_SKIP);
	html_lit(out, "</a>");
	if (frame->demo) {
		html_lit(out, "<p class=\"demo\" role=\"note\"><b>");
		board_say(out, frame, WORD_DEMO);
		html_lit(out, "</b> ");
		board_say(out, frame, WORD_DEMO_LONG);
		html_lit(out, "</p>");
	}
	put_print_head(out, frame, title, verbatim);
	html_lit(out, "<div class=\"top\"><p class=\"name\">");
	put_name(out, frame);
	html_lit(out, "</p>");
	put_tabs(out, frame, tab);
	html_lit(out, "<div class=\"account\">");
	put_user(out, frame);
	put_language(out, frame);
	html_lit(out, "</div></div></header>\n<main id=\"main\"");
	if (tab != TAB_BOARD && tab != TAB_DEPARTMENTS)
		html_lit(out, " class=\"page\"");
	html_lit(out, ">");
}

void
board_end(struct text *out, const struct board_frame *frame)
{
	html_lit(out, "</main>\n<footer><p>");
	if (frame->demo) {
		html_lit(out, "<b>");
		board_say(out, frame, WORD_DEMO);
		html_lit(out, "</b> · ");
	}
	board_fill(out, frame, WORD_MADE, frame->made, NULL);
	html_lit(out, " · Manyi ");
	html_text(out, frame->version);
	html_lit(out, " · ");
	board_say(out, frame, WORD_FOOT);
	html_lit(out, "</p></footer></body></html>\n");
}
