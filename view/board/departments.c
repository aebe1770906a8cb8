/* Departments against duties: what each leads, then what it helps with. */
#include "view/board/part.h"

#include <stdio.h>
#include <string.h>

#include "view/board/tile.h"
#include "view/html.h"

static bool
named(const char *names, const char *department)
{
	char name[256];

	while ((names = board_next_name(name, sizeof(name), names)) != NULL)
		if (strcmp(name, department) == 0)
			return true;
	return false;
}

/* Rows that name the department itself: not those of "every member unit". */
static void
put_tiles(struct text *out, const struct board_frame *frame, const struct tracker *tracker,
	const char *department, bool lead)
{
	size_t n = 0;

	html_lit(out, "<ul class=\"tiles small\">");
	for (size_t i = 0; i < tracker->rows; i++) {
		const struct indicator *indicator = tracker->row[i].indicator;

		if (!named(lead ? indicator->lead : indicator->cooperate, department))
			continue;
		board_tile(out, frame, &tracker->row[i]);
		n++;
	}
	html_lit(out, "</ul>");
	if (n == 0)
		html_lit(out, "—");
}

/* The same numbers as on the department's own board: every member unit's rows are among
 * those it helps with. */
static void
put_count(struct text *out, const struct board_frame *frame, const struct tracker *tracker,
	const char *department, enum duty duty)
{
	struct track_count count = track_count(tracker, department, duty);
	struct pool pool = POOL_INIT;
	struct words w = track_count_words(&count, &pool);
	size_t shared = 0;
	char n[32];

	for (size_t i = 0; i < tracker->rows; i++)
		shared += track_duty(tracker, &tracker->row[i], department) == duty &&
			!named(duty == DUTY_LEAD ? tracker->row[i].indicator->lead :
			tracker->row[i].indicator->cooperate, department);
	snprintf(n, sizeof(n), "%zu", count.rows);
	html_lit(out, "<p class=\"note\"><b>");
	board_fill(out, frame, duty == DUTY_LEAD ? WORD_LEADS_N : WORD_HELPS_N, n, NULL);
	html_lit(out, "</b>");
	snprintf(n, sizeof(n), "%zu", shared);
	if (shared > 0)
		board_fill(out, frame, WORD_WITH_EVERYONE, n, english_words(board_english(frame),
			tracker->programme->everyone).in[frame->lang]);
	if (count.rows > 0) {
		board_say(out, frame, WORD_COLON);
		board_words_of(out, frame, &w);
	}
	html_lit(out, "</p>");
	pool_clear(&pool);
}

static void
put_row(struct text *out, const struct board_frame *frame, const struct tracker *tracker,
	const char *department, bool linked)
{
	html_lit(out, "<tr><th scope=\"row\">");
	if (linked) {
		html_lit(out, "<a href=\"");
		board_link_department(out, frame, department);
		html_lit(out, "\">");
	}
	board_named(out, frame, department);
	if (linked)
		html_lit(out, "</a>");
	html_lit(out, "</th>");
	board_cell(out, frame, WORD_LEADS);
	if (linked)
		put_count(out, frame, tracker, department, DUTY_LEAD);
	put_tiles(out, frame, tracker, department, true);
	html_lit(out, "</td>");
	board_cell(out, frame, WORD_HELPS);
	if (linked)
		put_count(out, frame, tracker, department, DUTY_COOPERATE);
	put_tiles(out, frame, tracker, department, false);
	html_lit(out, "</td></tr>\n");
}

void
board_departments(struct text *out, const struct board_frame *frame, const struct tracker *tracker)
{
	static const enum word column[] = { WORD_DEPARTMENT, WORD_LEADS, WORD_HELPS, WORD_MAX };
	struct pool pool = POOL_INIT;
	const char **name;
	size_t n = track_departments(tracker, &name, &pool);

	board_begin(out, frame, TAB_DEPARTMENTS, board_word(WORD_DEPARTMENTS_TITLE, frame->lang),
		false);
	html_lit(out, "<h1>");
	board_say(out, frame, WORD_DEPARTMENTS_TITLE);
	html_lit(out, " <small>");
	board_of_year(out, frame, tracker->year);
	html_lit(out, "</small></h1><p class=\"lead\">");
	board_say(out, frame, WORD_DEPARTMENTS_LEAD);
	html_lit(out, "</p>");
	board_legend(out, frame);
	html_lit(out, "<table class=\"duties stack\">");
	board_head(out, frame, column);
	html_lit(out, "<tbody>");
	for (size_t i = 0; i < n; i++)
		put_row(out, frame, tracker, name[i], true);
	if (tracker->programme->everyone[0] != '\0')
		put_row(out, frame, tracker, tracker->programme->everyone, false);
	html_lit(out, "</tbody></table>");
	pool_clear(&pool);
	board_end(out, frame);
}
