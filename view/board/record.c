/* What is on file for a row: external result, evidence, readings, published versions. */
#include "view/board/indicator.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "track/rule/value.h"
#include "view/html.h"

static void
put_pair(struct text *out, const struct board_frame *frame, enum word name, const char *s)
{
	if (s == NULL || *s == '\0')
		return;
	html_lit(out, "<dt>");
	board_say(out, frame, name);
	html_lit(out, "</dt><dd>");
	board_verbatim(out, frame, s);
	html_lit(out, "</dd>");
}

void
board_external(struct text *out, const struct board_frame *frame, const struct external_row *row)
{
	char a[32], b[32];

	if (row == NULL)
		return;
	html_lit(out, "<section><h2>");
	board_say(out, frame, WORD_EXTERNAL);
	html_lit(out, "</h2><p>");
	snprintf(a, sizeof(a), "%d", row->year);
	board_fill(out, frame, WORD_YEAR_SPACE, a, NULL);
	snprintf(a, sizeof(a), "%d", row->rank);
	snprintf(b, sizeof(b), "%d", row->of);
	board_fill(out, frame, row->of > 0 ? WORD_PLACE_OF : WORD_PLACE_ALONE, a, b);
	if (isfinite(row->score) && isfinite(row->se)) {
		snprintf(a, sizeof(a), "%.2f", row->score);
		snprintf(b, sizeof(b), "%.2f", row->se);
		board_say(out, frame, WORD_COMMA);
		board_fill(out, frame, WORD_SCORE_SE, a, b);
	}
	board_say(out, frame, WORD_PERIOD);
	html_lit(out, "</p><dl class=\"pairs\">");
	put_pair(out, frame, WORD_AGENCY, row->agency);
	put_pair(out, frame, WORD_QUALIFICATION, row->qualification);
	put_pair(out, frame, WORD_REPORT, row->report);
	put_pair(out, frame, WORD_SHA256, row->report_sha256);
	put_pair(out, frame, WORD_PEERS, row->peers);
	html_lit(out, "</dl></section>\n");
}

static void
put_file_state(struct text *out, const struct board_frame *frame, const struct evidence_row *file)
{
	board_cell(out, frame, WORD_STATE);
	board_evidence(out, frame, evidence_file(file));
	if (file->reviewer != NULL && *file->reviewer != '\0') {
		html_lit(out, "<span class=\"note\">");
		board_verbatim(out, frame, file->reviewer);
		html_lit(out, "</span>");
	}
	html_lit(out, "</td>");
}

static void
put_file(struct text *out, const struct board_frame *frame, const struct evidence_row *file)
{
	char number[32], pages[32];

	html_lit(out, "<tr><th scope=\"row\">");
	board_verbatim(out, frame, file->title);
	snprintf(number, sizeof(number), "%lld", (long long)file->id);
	html_lit(out, " <span class=\"soft\">");
	/* what accepting and returning ask for */
	board_fill(out, frame, WORD_FILE_NUMBER, number, NULL);
	if (file->pages > 0) {
		snprintf(pages, sizeof(pages), "%lld", (long long)file->pages);
		html_lit(out, " · ");
		board_fill(out, frame, WORD_PAGES, pages, NULL);
	}
	html_lit(out, "</span></th>");
	board_written_cell(out, frame, WORD_DOCUMENT_NO, file->document_no);
	board_written_cell(out, frame, WORD_DATE, file->date);
	board_written_cell(out, frame, WORD_PERIOD_COVERED, file->period);
	put_file_state(out, frame, file);
	board_written_cell(out, frame, WORD_REMARK, file->note);
	board_cell(out, frame, WORD_SHA256);
	text_fmt(out, "<code>%.12s</code></td></tr>", file->sha256 != NULL &&
		strspn(file->sha256, "0123456789abcdef") >= 12 ? file->sha256 : "—");
}

void
board_files(struct text *out, const struct board_frame *frame, const struct track_row *row)
{
	static const enum word column[] = { WORD_FILE, WORD_DOCUMENT_NO, WORD_DATE,
		WORD_PERIOD_COVERED,
		WORD_STATE, WORD_REMARK, WORD_SHA256, WORD_MAX };
	size_t accepted = 0;
	char a[32], b[32];

	for (size_t i = 0; i < row->files; i++)
		accepted += evidence_file(&row->file[i]) == EVIDENCE_ACCEPTED;
	html_lit(out, "<section><h2>");
	board_say(out, frame, WORD_FILES);
	html_lit(out, "</h2><p>");
	snprintf(a, sizeof(a), "%zu", row->files);
	snprintf(b, sizeof(b), "%zu", accepted);
	board_fill(out, frame, row->files > 0 ? WORD_FILES_N : WORD_FILES_NONE, a, b);
	html_lit(out, "</p>");
	if (row->files > 0) {
		html_lit(out, "<table class=\"files stack\">");
		board_head(out, frame, column);
		html_lit(out, "<tbody>");
		for (size_t i = 0; i < row->files; i++)
			put_file(out, frame, &row->file[i]);
		html_lit(out, "</tbody></table>");
	}
	html_lit(out, "</section>\n");
}

/* What a sub-target is about, by its number. */
static void
put_matter(struct text *out, const struct board_frame *frame,
	const struct track_row *row, int number)
{
	board_cell(out, frame, WORD_CLAUSE);
	for (size_t i = 0; i < row->rules; i++)
		if (row->rule[i].number == number)
			board_rule_label(out, frame, &row->rule[i]);
	html_lit(out, "</td>");
}

/* A value as it was entered, with its unit. */
static void
put_entered(struct text *out, const struct board_frame *frame, const struct track_row *row,
	const struct reading_row *reading)
{
	struct pool pool = POOL_INIT;
	const char *value = reading->value;

	for (size_t i = 0; i < row->rules; i++)
		if (row->rule[i].number == reading->subtarget)
			value = value_shown(&row->rule[i], reading->value, &pool);
	board_read(out, frame, value);
	pool_clear(&pool);
}

static void
put_reading(struct text *out, const struct board_frame *frame, const struct track_row *row,
	const struct reading_row *reading)
{
	text_fmt(out, "<tr><th scope=\"row\">%d</th>", reading->year);
	put_matter(out, frame, row, reading->subtarget);
	board_cell(out, frame, WORD_READING);
	put_entered(out, frame, row, reading);
	html_lit(out, "</td>");
	board_written_cell(out, frame, WORD_SOURCE, reading->source);
	board_written_cell(out, frame, WORD_DATE, reading->date);
	board_written_cell(out, frame, WORD_ENTERED_BY, reading->who);
	html_lit(out, "</tr>");
}

void
board_readings(struct text *out, const struct board_frame *frame, const struct track_row *row)
{
	static const enum word column[] = { WORD_YEAR, WORD_CLAUSE, WORD_READING, WORD_SOURCE,
		WORD_DATE,
		WORD_ENTERED_BY, WORD_MAX };

	if (row->readings == 0)
		return;
	html_lit(out, "<section><h2>");
	board_say(out, frame, WORD_READINGS);
	html_lit(out, "</h2><p>");
	board_say(out, frame, WORD_READINGS_RULE);
	html_lit(out, "</p><table class=\"stack\">");
	board_head(out, frame, column);
	html_lit(out, "<tbody>");
	for (size_t i = row->readings; i > 0; i--)
		put_reading(out, frame, row, &row->reading[i - 1]);
	html_lit(out, "</tbody></table></section>\n");
}

/* The year leads to what was published. */
static void
put_year_link(struct text *out, const struct board_frame *frame, const struct published_row *row)
{
	html_lit(out, "<a href=\"");
	html_text(out, frame->root);
	html_lit(out, "published/");
	html_url(out, row->indicator);
	html_lit(out, "\">");
	html_int(out, row->year);
	html_lit(out, "</a>");
}

static void
put_versions(struct text *out, const struct board_frame *frame,
	const struct published_row published[], size_t n)
{
	static const enum word column[] = { WORD_YEAR, WORD_VERSION, WORD_SIGNED_BY, WORD_SIGNED_AT,
		WORD_MAX };
	char minute[17];

	html_lit(out, "<table class=\"stack narrow\">");
	board_head(out, frame, column);
	html_lit(out, "<tbody>");
	for (size_t i = 0; i < n; i++) {
		html_lit(out, "<tr><th scope=\"row\">");
		put_year_link(out, frame, &published[i]);
		html_lit(out, "</th>");
		board_cell(out, frame, WORD_VERSION);
		html_int(out, published[i].version);
		html_lit(out, "</td>");
		board_written_cell(out, frame, WORD_SIGNED_BY, published[i].signed_by);
		date_minute(minute, published[i].minute);
		board_written_cell(out, frame, WORD_SIGNED_AT, minute);
		html_lit(out, "</tr>");
	}
	html_lit(out, "</tbody></table>");
}

void
board_versions(struct text *out, const struct board_frame *frame,
	const struct published_row published[], size_t n)
{
	html_lit(out, "<section><h2>");
	board_say(out, frame, WORD_VERSIONS);
	html_lit(out, "</h2>");
	if (n > 0) {
		put_versions(out, frame, published, n);
	} else {
		html_lit(out, "<p>");
		board_say(out, frame, WORD_UNPUBLISHED);
		html_lit(out, "</p>");
	}
	html_lit(out, "</section>\n");
}
