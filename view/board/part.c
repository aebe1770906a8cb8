/* States, links and values as every page shows them. */
#include "view/board/part.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "track/english.h"
#include "track/rule/sentence.h"
#include "track/rule/value.h"
#include "view/html.h"

void
board_say(struct text *out, const struct board_frame *frame, enum word word)
{
	html_text(out, board_word(word, frame->lang));
}

void
board_fill(struct text *out, const struct board_frame *frame, enum word word,
	const char *a, const char *b)
{
	const char *s = board_word(word, frame->lang), *hole;

	for (; (hole = strchr(s, '{')) != NULL; s = hole + 3) {
		text_add(out, s, (size_t)(hole - s));	/* no markup in the table: tested */
		board_verbatim(out, frame, hole[1] == '1' ? a : b);
	}
	html_text(out, s);
}

bool
board_has(const struct words *w)
{
	return (w->in[LANG_ZH] != NULL && *w->in[LANG_ZH] != '\0') ||
		(w->in[LANG_EN] != NULL && *w->in[LANG_EN] != '\0');
}

void
board_words_of(struct text *out, const struct board_frame *frame, const struct words *w)
{
	const char *s = w->in[frame->lang];

	if (s == NULL || *s == '\0')
		s = w->in[frame->lang == LANG_ZH ? LANG_EN : LANG_ZH];
	board_verbatim(out, frame, s);
}

/* Any character from U+3000 to U+9FFF, whose UTF-8 starts with E3 to E9. */
static bool
has_han(const char *s)
{
	for (; s != NULL && *s != '\0'; s++)
		if ((unsigned char)*s >= 0xe3 && (unsigned char)*s <= 0xe9)
			return true;
	return false;
}

void
board_verbatim(struct text *out, const struct board_frame *frame, const char *s)
{
	bool mark = frame->lang != LANG_ZH && has_han(s);

	if (mark)
		html_lit(out, "<span lang=\"zh-CN\">");
	html_text(out, s);
	if (mark)
		html_lit(out, "</span>");
}

/* Words that were made in the pool, which is cleared. */
static void
put_made(struct text *out, const struct board_frame *frame, struct words w, struct pool *pool)
{
	board_words_of(out, frame, &w);
	pool_clear(pool);
}

const struct english *
board_english(const struct board_frame *frame)
{
	return frame->programme == NULL ? NULL : frame->programme->english;
}

void
board_named(struct text *out, const struct board_frame *frame, const char *zh)
{
	struct pool pool = POOL_INIT;

	put_made(out, frame, english_words(board_english(frame), zh), &pool);
}

void
board_read(struct text *out, const struct board_frame *frame, const char *value)
{
	struct pool pool = POOL_INIT;

	put_made(out, frame, value_words(value, board_english(frame), &pool), &pool);
}

void
board_rule(struct text *out, const struct board_frame *frame, const struct rule *rule)
{
	struct pool pool = POOL_INIT;

	put_made(out, frame, rule_sentence(rule, &pool), &pool);
}

void
board_rule_label(struct text *out, const struct board_frame *frame, const struct rule *rule)
{
	struct pool pool = POOL_INIT;

	put_made(out, frame, rule_label(rule, &pool), &pool);
}

static void
put_shape(struct text *out, const char *id)
{
	html_lit(out, "<svg class=\"shape\" aria-hidden=\"true\"><use href=\"#");
	html_text(out, id);
	html_lit(out, "\"/></svg>");
}

/* Shape, then word, under a class that has the shape's name. */
static void
put_mark(struct text *out, const struct board_frame *frame, const char *shape,
	const struct words *w)
{
	text_fmt(out, "<span class=\"mark %s\">", shape);
	put_shape(out, shape);
	html_lit(out, "<span>");
	html_words(out, w, frame->lang);
	html_lit(out, "</span></span>");
}

void
board_state(struct text *out, const struct board_frame *frame, enum standing standing)
{
	struct words w = standing_words(standing);

	put_mark(out, frame, standing_name(standing), &w);
}

void
board_evidence(struct text *out, const struct board_frame *frame, enum evidence evidence)
{
	static const char *const shape[EVIDENCE_MAX] = {
		[EVIDENCE_NONE] = "file-none", [EVIDENCE_WAITING] = "file-waiting",
		[EVIDENCE_RETURNED] = "file-returned", [EVIDENCE_ACCEPTED] = "file-accepted",
	};
	struct words w = evidence_words(evidence);

	put_mark(out, frame, shape[evidence], &w);
}

void
board_truth(struct text *out, const struct board_frame *frame, enum truth truth)
{
	static const struct { const char *shape; enum word word; } look[] = {
		[TRUTH_UNKNOWN] = { "unproven", WORD_UNKNOWN },
		[TRUTH_FALSE] = { "missed", WORD_NO }, [TRUTH_TRUE] = { "met", WORD_YES },
	};
	struct words w = board_pair(look[truth].word);

	put_mark(out, frame, look[truth].shape, &w);
}

void
board_numeral(char s[16], const struct board_frame *frame, int n)
{
	static const char *const numeral[] = {
		"", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"
	};

	if (frame->lang == LANG_ZH && n > 0 && n <= 10)
		snprintf(s, 16, "%s", numeral[n]);
	else
		snprintf(s, 16, "%d", n);
}

void
board_of_year(struct text *out, const struct board_frame *frame, int year)
{
	char s[16];

	snprintf(s, sizeof(s), "%d", year);
	board_fill(out, frame, WORD_YEAR_ONLY, s, NULL);
}

void
board_source(struct text *out, const struct board_frame *frame, int year, bool computed,
	const char *source, const char *date)
{
	bool named = source != NULL && *source != '\0';

	if (!named && !computed && year == 0)
		return;
	html_lit(out, "<span class=\"note\">");
	if (year > 0) {
		board_of_year(out, frame, year);
		html_lit(out, " ");
	}
	if (computed)
		board_say(out, frame, WORD_COMPUTED);
	if (computed && named)
		board_say(out, frame, WORD_COLON);
	if (named)
		/* ours have English, a document is itself */
		board_named(out, frame, source);
	if (date != NULL && *date != '\0') {
		html_lit(out, " ");
		html_text(out, date);
	}
	html_lit(out, "</span>");
}

/* Residents' and public pages keep no cookie of ours: what was chosen stands in the address. */
static bool
lang_chosen(const struct board_frame *frame)
{
	const char *query = frame->self != NULL ? strchr(frame->self, '?') : NULL;

	return !frame->public || (query != NULL &&
		(strncmp(query, "?lang=", 6) == 0 || strstr(query, "&lang=") != NULL));
}

void
board_link_away(struct text *out, const struct board_frame *frame, const char *path)
{
	html_text(out, path);
	if (lang_chosen(frame))
		text_fmt(out, "?lang=%s", lang_tag(frame->lang));
}

void
board_link_year(struct text *out, const struct board_frame *frame, const char *before)
{
	if (frame->year > 0)
		text_fmt(out, "%syear=%d", before, frame->year);
}

void
board_link_row(struct text *out, const struct board_frame *frame, const char *id)
{
	html_text(out, frame->root);
	html_lit(out, "indicator/");
	html_url(out, id);
	board_link_year(out, frame, "?");
}

void
board_link_department(struct text *out, const struct board_frame *frame, const char *name)
{
	html_text(out, frame->root);
	html_lit(out, "?department=");
	html_url(out, name);
	board_link_year(out, frame, "&amp;");
}

const char *
board_next_name(char *name, size_t size, const char *names)
{
	size_t n;

	if (names == NULL || *names == '\0')
		return NULL;
	n = strcspn(names, ";");
	snprintf(name, size, "%.*s", (int)n, names);
	return names[n] == ';' ? names + n + 1 : names + n;
}

void
board_duties(struct text *out, const struct board_frame *frame, const char *names)
{
	char name[256];
	bool more = false;

	if (names == NULL || *names == '\0')
		board_say(out, frame, WORD_NOBODY);
	for (; (names = board_next_name(name, sizeof(name), names)) != NULL; more = true) {
		if (more)
			board_say(out, frame, WORD_LIST_COMMA);
		if (frame->programme != NULL && strcmp(name, frame->programme->everyone) == 0) {
			board_named(out, frame, name);
			continue;
		}
		html_lit(out, "<a href=\"");
		board_link_department(out, frame, name);
		html_lit(out, "\">");
		board_named(out, frame, name);
		html_lit(out, "</a>");
	}
}

struct board_scale
board_scale_of(const char *form, const struct estimate *e)
{
	if (form != NULL && strcmp(form, "complaints") == 0)
		return (struct board_scale){ 1, 2, WORD_UNIT_RATE };
	if (e != NULL && e->mapping != NULL && strcmp(e->mapping, "share") == 0)
		return (struct board_scale){ 100, 1, WORD_UNIT_PERCENT };
	return (struct board_scale){ 1, 1, WORD_UNIT_POINTS };
}

bool
board_shown(const struct figure *m)
{
	const struct estimate *e = &m->estimate;

	if (m->err.code != ERR_NONE)
		return false;
	/* A registered count is complete: the limits are for samples. */
	if (m->form != NULL && strcmp(m->form, "complaints") == 0)
		return isfinite(e->value) && isfinite(e->low) && isfinite(e->high);
	return estimate_publishable(e);
}

static void
put_signed(struct text *out, double x, int decimals)
{
	char s[64];

	snprintf(s, sizeof(s), "%.*f", decimals, fabs(x));
	if (x > 0 && strspn(s, "0.") != strlen(s))
		text_putc(out, '+');
	html_number(out, x, decimals);
}

void
board_number(struct text *out, double x, const struct board_scale *scale)
{
	html_number(out, x * scale->factor, scale->decimals);
	if (scale->unit == WORD_UNIT_PERCENT && isfinite(x))
		html_lit(out, "%");
}

void
board_value(struct text *out, const struct board_frame *frame, const struct estimate *e,
	const struct board_scale *scale)
{
	html_lit(out, "<span class=\"value\"><b>");
	board_number(out, e->value, scale);
	html_lit(out, "</b>");
	board_say(out, frame, WORD_BRACKET);
	board_number(out, e->low, scale);
	html_lit(out, "–");
	board_number(out, e->high, scale);
	board_say(out, frame, WORD_BRACKET_END);
	html_lit(out, "</span>");
}

void
board_change(struct text *out, const struct board_frame *frame, const struct estimate *e,
	const struct board_scale *scale)
{
	if (!isfinite(e->value) || !isfinite(e->low) || !isfinite(e->high)) {
		html_lit(out, "—");
		return;
	}
	html_lit(out, "<span class=\"value\">");
	put_signed(out, e->value * scale->factor, scale->decimals);
	board_say(out, frame, WORD_BRACKET);
	put_signed(out, e->low * scale->factor, scale->decimals);
	board_say(out, frame, WORD_TO);
	put_signed(out, e->high * scale->factor, scale->decimals);
	board_say(out, frame, WORD_BRACKET_END);
	html_lit(out, "</span>");
	/* a share changes by points of it, not by a part of itself */
	if (scale->unit == WORD_UNIT_PERCENT)
		board_say(out, frame, WORD_UNIT_PERCENT_POINTS);
}

void
board_refusal(struct text *out, const struct board_frame *frame, const struct figure *m)
{
	html_lit(out, "— ");
	if (m->err.code != ERR_NONE && m->err.text[0] != '\0')
		board_verbatim(out, frame, err_in(&m->err, frame->lang));
	else if (isnan(m->estimate.value))
		board_say(out, frame, WORD_UNDEFINED);
	else
		board_say(out, frame, WORD_TOO_FEW);
}

/* Is this a column of numbers? */
static bool
numeric(enum word column)
{
	static const enum word number[] = {
		WORD_VALUE_INTERVAL, WORD_VALUE_MODEL, WORD_RATE_INTERVAL, WORD_REGISTERED, WORD_N,
		WORD_N_EFF, WORD_DEFF, WORD_CHANGE, WORD_PLACE, WORD_SCORE, WORD_SE, WORD_P_TOP,
		WORD_TARGET, WORD_NATIONAL_RATE, WORD_ANSWERS, WORD_FLAGGED,
		WORD_LEAVES, WORD_VERSION,
	};

	for (size_t i = 0; i < sizeof(number) / sizeof(*number); i++)
		if (number[i] == column)
			return true;
	return false;
}

void
board_cell(struct text *out, const struct board_frame *frame, enum word label)
{
	if (numeric(label))
		html_lit(out, "<td class=\"num\" data-label=\"");
	else
		html_lit(out, "<td data-label=\"");
	board_say(out, frame, label);
	html_lit(out, "\">");
}

void
board_written(struct text *out, const struct board_frame *frame, const char *s)
{
	if (s != NULL && *s != '\0')
		board_verbatim(out, frame, s);
	else
		html_lit(out, "—");
}

void
board_written_cell(struct text *out, const struct board_frame *frame, enum word label,
	const char *s)
{
	board_cell(out, frame, label);
	board_written(out, frame, s);
	html_lit(out, "</td>");
}

void
board_head(struct text *out, const struct board_frame *frame, const enum word column[])
{
	html_lit(out, "<thead><tr>");
	for (; *column != WORD_MAX; column++) {
		if (numeric(*column))
			html_lit(out, "<th scope=\"col\" class=\"num\">");
		else
			html_lit(out, "<th scope=\"col\">");
		board_say(out, frame, *column);
		html_lit(out, "</th>");
	}
	html_lit(out, "</tr></thead>");
}
