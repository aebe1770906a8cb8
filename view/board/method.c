/* How each number was made, who signed it, and the one command that makes it again. */
#include "view/board/indicator.h"

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

/* Does s fit the English words, {1} standing for anything?  What it stands for goes into hole. */
static bool
fits(enum word word, const char *s, char hole[], size_t room)
{
	const char *want = board_word(word, LANG_EN), *at = strchr(want, '{');
	size_t before, after, n = strlen(s);

	if (at == NULL)
		return strcmp(s, want) == 0;
	before = (size_t)(at - want);
	after = strlen(at + 3);
	if (n <= before + after || strncmp(s, want, before) != 0 || strcmp(s + n - after,
			at + 3) != 0)
		return false;
	snprintf(hole, room, "%.*s", (int)(n - before - after), s + before);
	return true;
}

/* The first of words[n] that s fits, or WORD_MAX. */
static enum word
find(const enum word words[], size_t n, const char *s, char hole[], size_t room)
{
	for (size_t i = 0; i < n; i++)
		if (fits(words[i], s, hole, room))
			return words[i];
	return WORD_MAX;
}

/* "sex age edu" as "性别、年龄、文化程度"; names we do not know stay as they are. */
static void
name_variables(struct text *out, const struct board_frame *frame, const char *names)
{
	static const enum word variable[] = { WORD_V_SEX, WORD_V_AGE, WORD_V_EDU, WORD_V_TOWNSHIP };
	char name[64], hole[8];

	for (const char *s = names; *s != '\0'; s += strspn(s, " ")) {
		size_t n = strcspn(s, " ");
		enum word word;

		snprintf(name, sizeof(name), "%.*s", (int)n, s);
		word = find(variable, sizeof(variable) / sizeof(*variable), name, hole,
			sizeof(hole));
		if (s != names)
			text_puts(out, board_word(WORD_LIST_COMMA, frame->lang));
		text_puts(out, word != WORD_MAX ? board_word(word, frame->lang) : name);
		s += n;
	}
}

void
board_variables(struct text *out, const struct board_frame *frame, const char *names)
{
	struct text named = TEXT_INIT;

	name_variables(&named, frame, names);
	board_verbatim(out, frame, text_str(&named));
	text_clear(&named);
}

void
board_method_words(struct text *out, const struct board_frame *frame, const char *method)
{
	static const enum word piece[] = { WORD_M_LOGIT, WORD_M_KORN, WORD_M_EXACT, WORD_M_ALIKE,
		WORD_M_WALD, WORD_M_LINEARISED, WORD_M_RESIDUALS, WORD_M_RAKED, WORD_M_SECTORS,
		WORD_M_MODEL, WORD_M_POISSON, WORD_M_GARWOOD };
	char one[256], hole[256];

	for (const char *s = method, *end; *s != '\0'; s = *end != '\0' ? end + 2 : end) {
		struct text names = TEXT_INIT;
		enum word word;

		end = strstr(s, ", ");
		if (end == NULL)
			end = s + strlen(s);
		snprintf(one, sizeof(one), "%.*s", (int)(end - s), s);
		word = find(piece, sizeof(piece) / sizeof(*piece), one, hole, sizeof(hole));
		if (s != method)
			board_say(out, frame, WORD_COMMA);
		if (word == WORD_M_RAKED)
			name_variables(&names, frame, hole);
		if (word == WORD_MAX)
			board_verbatim(out, frame, one);
		else
			board_fill(out, frame, word, names.n > 0 ? names.s : hole, NULL);
		text_clear(&names);
	}
}

static void
put_margins(struct text *out, const struct board_frame *frame, const struct figure *m)
{
	begin_pair(out, frame, WORD_MARGINS);
	if (m->margins == NULL || *m->margins == '\0') {
		board_say(out, frame, WORD_NOT_RAKED);
	} else {
		board_variables(out, frame, m->margins);
	}
	if (m->simulated) {
		html_lit(out, " <b>");
		board_say(out, frame, WORD_SIMULATED);
		html_lit(out, "</b>");
	}
	html_lit(out, "</dd>");
	put_hash(out, frame, WORD_MARGINS_HASH, m->margins_hash);
}

static void
put_figure(struct text *out, const struct board_frame *frame, const struct series *series,
	const struct figure *m)
{
	const struct estimate *e = &m->estimate;
	char s[64];

	html_lit(out, "<dl class=\"pairs\">");
	begin_pair(out, frame, WORD_STREAM);
	if (series->stream != NULL && *series->stream != '\0')
		board_say(out, frame, board_is_open(series) ? WORD_STREAM_OPEN_LONG :
			WORD_STREAM_SAMPLED_LONG);
	else
		board_say(out, frame, WORD_REGISTER);
	html_lit(out, "</dd>");
	put_pair(out, frame, WORD_POPULATION, e->population);
	if (!board_is_complaints(series))
		put_pair(out, frame, WORD_MAPPING, e->mapping != NULL &&
			strcmp(e->mapping, "share") == 0 ? board_word(WORD_M_SHARE, frame->lang) :
			e->mapping);
	snprintf(s, sizeof(s), "%g%%", 100 * e->level);
	put_pair(out, frame, WORD_LEVEL, s);
	if (e->method != NULL && *e->method != '\0') {
		begin_pair(out, frame, WORD_METHOD);
		board_method_words(out, frame, e->method);
		html_lit(out, "</dd>");
	}
	if (isfinite(e->df)) {
		snprintf(s, sizeof(s), "%.0f", e->df);
		put_pair(out, frame, WORD_DF, s);
	}
	if (series->stream != NULL && *series->stream != '\0')
		put_margins(out, frame, m);
	html_lit(out, "</dl>");
}

static bool
equal(const char *a, const char *b)
{
	return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

/* Were both made the same way, so that one description serves both? */
static bool
alike(const struct figure *a, const struct figure *b)
{
	const struct estimate *x, *y;

	if (a == NULL || b == NULL)
		return false;
	x = &a->estimate;
	y = &b->estimate;
	return equal(a->stream, b->stream) && equal(a->form, b->form) &&
		equal(x->method, y->method) && equal(x->mapping, y->mapping) &&
		equal(x->population, y->population) && x->level == y->level &&
		(x->df == y->df || (isnan(x->df) && isnan(y->df))) &&
		equal(a->margins_hash, b->margins_hash) && a->simulated == b->simulated;
}

/* Series i and those after it that were made alike; returns the first that was not. */
static size_t
put_alike(struct text *out, const struct board_frame *frame, const struct board_indicator *page,
	size_t i)
{
	const struct figure *m = board_newest(page->series[i]);
	size_t end = i + 1;

	while (m != NULL && end < page->series_n && alike(m, board_newest(page->series[end])))
		end++;
	if (m == NULL)
		return end;
	html_lit(out, "<h3>");
	for (size_t k = i; k < end; k++) {
		if (k > i)
			board_say(out, frame, WORD_LIST_COMMA);
		board_words_of(out, frame, &page->series[k]->label);
	}
	html_lit(out, "</h3>");
	put_figure(out, frame, page->series[i], m);
	return end;
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
	html_lit(out, "<code>manyi ");
	text_puts(out, page->series_n > 0 ? "index --indicator " : "track show ");
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
	for (size_t i = 0; i < page->series_n;)
		i = put_alike(out, frame, page, i);
	put_ledger(out, frame, page);
	html_lit(out, "</details></section>\n");
}
