/* The board: ten chapters at a glance, and every row with its reason. */
#include "view/board/part.h"

#include <stdio.h>
#include <string.h>

#include "track/english.h"
#include "view/board/tile.h"
#include "view/html.h"

static bool
wanted(const struct tracker *tracker, const struct track_row *row,
	const struct board_filter *filter, enum duty duty)
{
	if (filter->standing >= 0 && row->standing != (enum standing)filter->standing)
		return false;
	return filter->department == NULL || track_duty(tracker, row, filter->department) == duty;
}

static void
put_state_link(struct text *out, const struct board_frame *frame,
	const struct board_filter *filter, enum standing standing)
{
	html_text(out, frame->root);
	html_lit(out, "?state=");
	html_url(out, standing_name(standing));
	if (filter->department != NULL) {
		html_lit(out, "&amp;department=");
		html_url(out, filter->department);
	}
	board_link_year(out, frame, "&amp;");
}

/* "（佐证齐全 22 · 佐证不全 9）" beside 达标. */
static void
put_documented(struct text *out, const struct board_frame *frame, const struct track_count *count)
{
	char whole[32], part[32];

	snprintf(whole, sizeof(whole), "%zu", count->documented);
	snprintf(part, sizeof(part), "%zu", count->state[STANDING_MET] - count->documented);
	html_lit(out, "<small>");
	board_fill(out, frame, WORD_DOCUMENTED, whole, part);
	html_lit(out, "</small>");
}

/* "共 52 项：达标 31（…） · 未达标 4 · …", states that occur; of everything, or of one
 * duty of one department. */
static void
put_counts(struct text *out, const struct board_frame *frame, const struct board_filter *filter,
	enum word lead, const char *number, const struct track_count *count)
{
	html_lit(out, "<p class=\"summary\"><span>");
	board_fill(out, frame, lead, number, NULL);
	html_lit(out, "</span>");
	for (int s = 0; s < STANDING_MAX; s++) {
		if (s > STANDING_MISSED && count->state[s] == 0)
			continue;
		html_lit(out, " <a href=\"");
		put_state_link(out, frame, filter, (enum standing)s);
		html_lit(out, "\"");
		if (filter->standing == s)
			html_lit(out, " aria-current=\"true\"");
		html_lit(out, ">");
		board_state(out, frame, (enum standing)s);
		text_fmt(out, " <b>%zu</b></a>", count->state[s]);
		if (s == STANDING_MET)
			put_documented(out, frame, count);
	}
	html_lit(out, "</p>");
}

/* What a department leads and what it helps with are two lines: no number mixes them. */
static void
put_summary(struct text *out, const struct board_frame *frame, const struct tracker *tracker,
	const struct board_filter *filter)
{
	struct track_count count;
	char number[32];

	if (filter->department == NULL) {
		count = track_count(tracker, NULL, DUTY_NONE);
		snprintf(number, sizeof(number), "%zu", count.rows);
		put_counts(out, frame, filter, WORD_TASKS_N, number, &count);
		return;
	}
	for (int duty = DUTY_LEAD; duty >= DUTY_COOPERATE; duty--) {
		count = track_count(tracker, filter->department, (enum duty)duty);
		snprintf(number, sizeof(number), "%zu", count.rows);
		put_counts(out, frame, filter, duty == DUTY_LEAD ? WORD_LEADS_N : WORD_HELPS_N,
			number, &count);
	}
}

static void
put_option(struct text *out, const struct board_frame *frame, const char *value, const char *label,
	bool chosen)
{
	html_lit(out, "<option value=\"");
	html_text(out, value);
	html_lit(out, "\"");
	if (chosen)
		html_lit(out, " selected");
	if (frame->lang != LANG_ZH && strcmp(value, label) == 0)	/* a name without English */
		html_lit(out, " lang=\"zh-CN\"");
	html_lit(out, ">");
	html_text(out, label);
	html_lit(out, "</option>");
}

static void
put_department_select(struct text *out, const struct board_frame *frame,
	const struct tracker *tracker, const struct board_filter *filter)
{
	struct pool pool = POOL_INIT;
	const char **name;
	size_t n = track_departments(tracker, &name, &pool);

	html_lit(out, "<label>");
	board_say(out, frame, WORD_DEPARTMENT);
	html_lit(out, " <select name=\"department\">");
	put_option(out, frame, "", board_word(WORD_ALL_DEPARTMENTS, frame->lang), false);
	for (size_t i = 0; i < n; i++)
		put_option(out, frame, name[i],
			english_words(board_english(frame), name[i]).in[frame->lang],
			filter->department != NULL && strcmp(name[i], filter->department) == 0);
	html_lit(out, "</select></label>");
	pool_clear(&pool);
}

/* Of which year: those about which something is known, the newest first. */
static void
put_year_select(struct text *out, const struct board_frame *frame, const struct tracker *tracker)
{
	char year[16];

	if (tracker->knowns == 0)
		return;
	html_lit(out, "<label>");
	board_say(out, frame, WORD_YEAR);
	html_lit(out, " <select name=\"year\">");
	for (size_t i = tracker->knowns; i > 0; i--) {
		snprintf(year, sizeof(year), "%d", tracker->known[i - 1]);
		text_fmt(out, "<option value=\"%s\"%s>%s</option>", year,
			tracker->known[i - 1] == tracker->year ? " selected" : "", year);
	}
	html_lit(out, "</select></label>");
}

static void
put_filter(struct text *out, const struct board_frame *frame, const struct tracker *tracker,
	const struct board_filter *filter)
{
	html_lit(out, "<form class=\"filter\" method=\"get\" action=\"");
	html_text(out, frame->root);
	html_lit(out, "\">");
	put_year_select(out, frame, tracker);
	put_department_select(out, frame, tracker, filter);
	html_lit(out, "<label>");
	board_say(out, frame, WORD_RESULT);
	html_lit(out, " <select name=\"state\">");
	put_option(out, frame, "", board_word(WORD_ALL_STATES, frame->lang), false);
	for (int s = 0; s < STANDING_MAX; s++)
		put_option(out, frame, standing_name((enum standing)s),
			standing_words((enum standing)s).in[frame->lang], filter->standing == s);
	html_lit(out, "</select></label><button>");
	board_say(out, frame, WORD_FILTER);
	html_lit(out, "</button>");
	if (filter->department != NULL || filter->standing >= 0) {
		html_lit(out, " <a href=\"");
		html_text(out, frame->root);
		board_link_year(out, frame, "?");
		html_lit(out, "\">");
		board_say(out, frame, WORD_CLEAR_FILTER);
		html_lit(out, "</a>");
	}
	html_lit(out, "</form>");
}

/* Consecutive wanted rows of one chapter from row i on; returns the first row of the next. */
static size_t
put_chapter(struct text *out, const struct board_frame *frame, const struct tracker *tracker,
	const struct board_filter *filter, size_t i)
{
	int chapter = tracker->row[i].indicator->chapter;
	size_t n = 0, k;

	for (k = i; k < tracker->rows && tracker->row[k].indicator->chapter == chapter; k++)
		n += wanted(tracker, &tracker->row[k], filter, DUTY_NONE);
	if (n == 0)
		return k;
	html_lit(out, "<li><h3>");
	board_chapter(out, frame, chapter);
	html_lit(out, "<span>");
	board_named(out, frame, tracker->row[i].indicator->chapter_title);
	html_lit(out, "</span></h3><ul class=\"tiles\">");
	for (; i < k; i++)
		if (wanted(tracker, &tracker->row[i], filter, DUTY_NONE))
			board_tile(out, frame, &tracker->row[i]);
	html_lit(out, "</ul></li>");
	return k;
}

static void
put_chapters(struct text *out, const struct board_frame *frame, const struct tracker *tracker,
	const struct board_filter *filter)
{
	html_lit(out, "<h2 class=\"quiet\">");
	board_say(out, frame, WORD_AT_A_GLANCE);
	html_lit(out, "</h2><ol class=\"chapters\">");
	for (size_t i = 0; i < tracker->rows;)
		i = put_chapter(out, frame, tracker, filter, i);
	html_lit(out, "</ol>");
	board_legend(out, frame);
}

static size_t
count_wanted(const struct tracker *tracker, const struct board_filter *filter, enum duty duty)
{
	size_t n = 0;

	for (size_t i = 0; i < tracker->rows; i++)
		n += wanted(tracker, &tracker->row[i], filter, duty);
	return n;
}

/* What a department leads, then what it helps with. */
static void
put_duty(struct text *out, const struct board_frame *frame, const struct tracker *tracker,
	const struct board_filter *filter, enum duty duty)
{
	char n[32];

	/* The line above counts all of the duty; a part of them says of what it is a part. */
	snprintf(n, sizeof(n), "%zu", track_count(tracker, filter->department, duty).rows);
	html_lit(out, "<li><h3><span>");
	board_fill(out, frame, duty == DUTY_LEAD ? WORD_LEADS_N : WORD_HELPS_N, n, NULL);
	if (filter->standing >= 0) {
		snprintf(n, sizeof(n), "%zu", count_wanted(tracker, filter, duty));
		board_fill(out, frame, WORD_PART_OF,
			standing_words((enum standing)filter->standing).in[frame->lang], n);
	}
	html_lit(out, "</span></h3><ul class=\"tiles\">");
	for (size_t i = 0; i < tracker->rows; i++)
		if (wanted(tracker, &tracker->row[i], filter, duty))
			board_tile(out, frame, &tracker->row[i]);
	html_lit(out, "</ul></li>");
}

static void
put_list(struct text *out, const struct board_frame *frame, const struct tracker *tracker,
	const struct board_filter *filter, enum duty duty)
{
	int chapter = 0;

	if (count_wanted(tracker, filter, duty) == 0)
		return;
	html_lit(out, "<table class=\"list stack\">");
	board_list_head(out, frame);
	for (size_t i = 0; i < tracker->rows; i++) {
		const struct track_row *row = &tracker->row[i];

		if (!wanted(tracker, row, filter, duty))
			continue;
		if (row->indicator->chapter != chapter) {
			if (chapter != 0)
				html_lit(out, "</tbody>");
			chapter = row->indicator->chapter;
			board_list_chapter(out, frame, row->indicator);
		}
		board_list_row(out, frame, row);
	}
	html_lit(out, "</tbody></table>");
}

static void
put_department(struct text *out, const struct board_frame *frame, const struct tracker *tracker,
	const struct board_filter *filter)
{
	html_lit(out, "<h2 class=\"quiet\">");
	board_say(out, frame, WORD_AT_A_GLANCE);
	html_lit(out, "</h2><ol class=\"chapters\">");
	put_duty(out, frame, tracker, filter, DUTY_LEAD);
	put_duty(out, frame, tracker, filter, DUTY_COOPERATE);
	html_lit(out, "</ol>");
	board_legend(out, frame);
	for (int duty = DUTY_LEAD; duty >= DUTY_COOPERATE; duty--) {
		if (count_wanted(tracker, filter, (enum duty)duty) == 0)
			continue;
		html_lit(out, "<h2>");
		board_say(out, frame, duty == DUTY_LEAD ? WORD_LEADS : WORD_HELPS);
		html_lit(out, "</h2>");
		put_list(out, frame, tracker, filter, (enum duty)duty);
	}
}

static void
put_export(struct text *out, const struct board_frame *frame)
{
	html_lit(out, "<p class=\"action\"><a href=\"");
	html_text(out, frame->root);
	html_lit(out, "export/figures.csv\">");
	board_say(out, frame, WORD_EXPORT);
	html_lit(out, "</a></p>");
}

void
board_page(struct text *out, const struct board_frame *frame, const struct tracker *tracker,
	const struct board_filter *filter)
{
	bool one = filter->department != NULL;
	const char *title = one ? filter->department : board_word(WORD_BOARD_TITLE, frame->lang);
	size_t n = one ? count_wanted(tracker, filter, DUTY_LEAD) +
		count_wanted(tracker, filter, DUTY_COOPERATE) : count_wanted(tracker, filter,
		DUTY_NONE);

	board_begin(out, frame, TAB_BOARD, title, one);
	html_lit(out, "<h1>");
	if (one)
		board_named(out, frame, title);
	else
		html_text(out, title);
	html_lit(out, " <small>");
	board_of_year(out, frame, tracker->year);
	html_lit(out, "</small></h1>");
	put_summary(out, frame, tracker, filter);
	put_filter(out, frame, tracker, filter);
	if (n == 0) {
		html_lit(out, "<p>");
		board_say(out, frame, WORD_NO_ROWS);
		html_lit(out, "</p>");
	} else if (one) {
		put_department(out, frame, tracker, filter);
	} else {
		put_chapters(out, frame, tracker, filter);
		html_lit(out, "<h2>");
		board_say(out, frame, WORD_ROW_BY_ROW);
		html_lit(out, "</h2>");
		put_list(out, frame, tracker, filter, DUTY_NONE);
	}
	put_export(out, frame);
	board_end(out, frame);
}
