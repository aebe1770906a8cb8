/* What the wording asks, clause by clause: literal truth, strength, source, and what comes out. */
#include "view/board/indicator.h"

#include <math.h>
#include <stdio.h>

#include "track/rule/value.h"
#include "view/html.h"

static size_t
group_end(const struct track_row *row, size_t i)
{
	int group = row->rule[i].group;

	while (i < row->rules && row->rule[i].group == group)
		i++;
	return i;
}

/* The wording of clauses from..to-1, whole groups: alternatives by OR, groups by AND. */
static enum truth
literal_of(const struct track_row *row, size_t from, size_t to)
{
	struct pool pool = POOL_INIT;
	enum truth *literal = pool_array(&pool, to - from + 1, sizeof(*literal)), truth;
	bool *waived = pool_array(&pool, to - from + 1, sizeof(*waived));

	for (size_t i = from; i < to; i++) {
		literal[i - from] = row->clause[i].literal;
		waived[i - from] = row->clause[i].waived || row->clause[i].cancelled;
	}
	truth = verdict_literal(literal, waived, row->rule + from, to - from);
	pool_clear(&pool);
	return truth;
}

static enum standing
group_standing(const struct track_row *row, size_t from, size_t to)
{
	struct pool pool = POOL_INIT;
	enum standing *all = pool_array(&pool, to - from + 1, sizeof(*all)), standing;

	for (size_t i = from; i < to; i++)
		all[i - from] = row->clause[i].standing;
	standing = verdict_group(all, row->rule + from, to - from, row->rule[from].group);
	pool_clear(&pool);
	return standing;
}

static bool
has_choices(const struct track_row *row)
{
	for (size_t i = 0; i < row->rules; i++)
		if (group_end(row, i) - i > 1)
			return true;
	return false;
}

/* Does it rest on figures of our own, whose change has to be proven? */
static bool
is_measured(const struct clause *clause)
{
	return clause->feed != FEED_READING && clause->feed != FEED_EXTERNAL;
}

static bool
has_measured(const struct track_row *row)
{
	for (size_t i = 0; i < row->rules; i++)
		if (is_measured(&row->clause[i]))
			return true;
	return false;
}

static bool
has_strength(const struct track_row *row)
{
	for (size_t i = 0; i < row->rules; i++)
		if (board_has(&row->clause[i].strength))
			return true;
	return false;
}

static void
put_threshold(struct text *out, const struct board_frame *frame, const struct clause *clause)
{
	struct pool pool = POOL_INIT;

	if (clause->signed_by == NULL || isnan(clause->threshold))
		return;
	html_lit(out, "<span class=\"note\">");
	board_fill(out, frame, WORD_THRESHOLD_SIGNED,
		value_threshold(clause->rule, clause->threshold, &pool).in[frame->lang],
		clause->signed_by);
	pool_clear(&pool);
	if (clause->signed_date != NULL) {
		html_lit(out, " ");
		html_text(out, clause->signed_date);
	}
	html_lit(out, "</span>");
}

static void
put_reading(struct text *out, const struct board_frame *frame, const struct clause *clause)
{
	board_cell(out, frame, WORD_READING_SOURCE);
	if (clause->value != NULL && *clause->value != '\0')
		board_read(out, frame, clause->value);
	else
		html_lit(out, "—");
	board_source(out, frame, clause->year, clause->fed, clause->source, clause->date);
	html_lit(out, "</td>");
}

static void
put_strength(struct text *out, const struct board_frame *frame, const struct clause *clause)
{
	board_cell(out, frame, WORD_STRENGTH);
	if (board_has(&clause->strength)) {
		html_lit(out, "<b>");
		board_say(out, frame, !is_measured(clause) ? WORD_FOR_INFORMATION :
			clause->proven == TRUTH_TRUE ? WORD_PROVEN :
			clause->proven == TRUTH_FALSE ? WORD_NOT_PROVEN : WORD_CANNOT_TELL);
		html_lit(out, "</b><span class=\"note\">");
		board_words_of(out, frame, &clause->strength);
		html_lit(out, "</span>");
	} else {
		html_lit(out, "—");
	}
	html_lit(out, "</td>");
}

static void
put_standing(struct text *out, const struct board_frame *frame, enum standing standing)
{
	board_cell(out, frame, WORD_VERDICT);
	board_state(out, frame, standing);
	html_lit(out, "</td>");
}

static void
put_clause(struct text *out, const struct board_frame *frame, const struct clause *clause,
	bool strength)
{
	html_lit(out, "<tr><th scope=\"row\">");
	board_rule(out, frame, clause->rule);
	if (board_has(&clause->reason)) {
		html_lit(out, "<span class=\"note\">");
		board_words_of(out, frame, &clause->reason);
		html_lit(out, "</span>");
	}
	put_threshold(out, frame, clause);
	html_lit(out, "</th>");
	put_reading(out, frame, clause);
	board_cell(out, frame, WORD_LITERAL);
	board_truth(out, frame, clause->literal);
	html_lit(out, "</td>");
	if (strength)
		put_strength(out, frame, clause);
	put_standing(out, frame, clause->standing);
	html_lit(out, "</tr>");
}

/* "条件一：下列任一条成立即可   ● 是" */
static void
put_group(struct text *out, const struct board_frame *frame, const struct track_row *row,
	size_t from, size_t to, int number, bool strength)
{
	char n[16];

	board_numeral(n, frame, number);
	html_lit(out, "<tr class=\"group\"><th colspan=\"2\" scope=\"rowgroup\">");
	board_fill(out, frame, to - from > 1 ? WORD_GROUP_ANY : WORD_GROUP_ONE, n, NULL);
	html_lit(out, "</th>");
	board_cell(out, frame, WORD_LITERAL);
	board_truth(out, frame, literal_of(row, from, to));
	html_lit(out, "</td>");
	if (strength)
		html_lit(out, "<td></td>");
	put_standing(out, frame, group_standing(row, from, to));
	html_lit(out, "</tr>");
}

static void
put_verdict(struct text *out, const struct board_frame *frame, const struct track_row *row,
	bool strength)
{
	html_lit(out, "<tfoot><tr><th colspan=\"2\" scope=\"row\">");
	board_say(out, frame, has_choices(row) ? WORD_ALL_GROUPS : WORD_ALL_CLAUSES);
	html_lit(out, "</th>");
	board_cell(out, frame, WORD_LITERAL);
	board_truth(out, frame, literal_of(row, 0, row->rules));
	html_lit(out, "</td>");
	if (strength)
		html_lit(out, "<td></td>");
	put_standing(out, frame, row->standing);
	html_lit(out, "</tr></tfoot>");
}

static void
put_table(struct text *out, const struct board_frame *frame, const struct track_row *row)
{
	static const enum word with[] = { WORD_CLAUSE, WORD_READING_SOURCE, WORD_LITERAL,
		WORD_STRENGTH, WORD_VERDICT, WORD_MAX }, without[] = { WORD_CLAUSE,
		WORD_READING_SOURCE, WORD_LITERAL, WORD_VERDICT, WORD_MAX };
	bool strength = has_strength(row), groups = has_choices(row);
	int number = 0;

	html_lit(out, "<table class=\"clauses stack\">");
	board_head(out, frame, strength ? with : without);
	for (size_t i = 0, end; i < row->rules; i = end) {
		end = group_end(row, i);
		html_lit(out, "<tbody>");
		if (groups)
			put_group(out, frame, row, i, end, ++number, strength);
		for (size_t k = i; k < end; k++)
			put_clause(out, frame, &row->clause[k], strength);
		html_lit(out, "</tbody>");
	}
	put_verdict(out, frame, row, strength);
	html_lit(out, "</table>");
}

void
board_clauses(struct text *out, const struct board_frame *frame, const struct track_row *row)
{
	html_lit(out, "<section class=\"judge\"><h2>");
	board_say(out, frame, WORD_HOW_JUDGED);
	html_lit(out, "</h2><p class=\"wording\">");
	board_say(out, frame, WORD_WORDING);
	board_verbatim(out, frame, row->indicator->content);
	html_lit(out, "</p>");
	if (row->rules > 0)
		put_table(out, frame, row);
	if (has_measured(row) && has_strength(row)) {
		html_lit(out, "<p class=\"note\">");
		board_say(out, frame, WORD_LITERAL_AND_PROVEN);
		html_lit(out, "</p>");
	}
	html_lit(out, "</section>\n");
}
