/* Answers so far, and the sites they come from. */
#include "view/board/part.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view/board/indicator.h"
#include "view/html.h"

static bool
is_open(const struct board_fieldwork_row *row)
{
	return board_volunteered(row->stream);
}

/* A name, and its code small behind it. */
static void
put_named(struct text *out, const struct board_frame *frame, enum word label, const char *name,
	const char *code)
{
	bool coded = code != NULL && *code != '\0' && strcmp(code, name) != 0;

	board_cell(out, frame, label);
	board_written(out, frame, name);
	if (coded) {
		html_lit(out, " <small>");
		html_text(out, code);
		html_lit(out, "</small>");
	}
	html_lit(out, "</td>");
}

static void
put_count(struct text *out, const struct board_frame *frame, enum word label, long long n)
{
	board_cell(out, frame, label);
	board_count(out, (double)n);
	html_lit(out, "</td>");
}

/* One wave of one stream, summed over its sites. */
struct group {
	size_t first;		/* a row of it */
	long long answers, flagged;
	const char *last;
	bool sites;		/* names a site */
};

static bool
same(const struct board_fieldwork_row *a, const struct board_fieldwork_row *b)
{
	return strcmp(a->wave, b->wave) == 0 && is_open(a) == is_open(b);
}

static void
group_add(struct group *g, const struct board_fieldwork_row *row)
{
	g->answers += row->n;
	g->flagged += row->flagged;
	if (row->last != NULL && strcmp(row->last, g->last) > 0)
		g->last = row->last;
	g->sites = g->sites || (row->site != NULL && *row->site != '\0');
}

/* The newest answer comes first. */
static int
newest_first(const void *a, const void *b)
{
	const struct group *x = a, *y = b;
	int c = strcmp(y->last, x->last);

	return c != 0 ? c : x->first < y->first ? -1 : 1;
}

static size_t
group_rows(struct group group[], const struct board_fieldwork_row row[], size_t n)
{
	size_t groups = 0, g;

	for (size_t i = 0; i < n; i++) {
		for (g = 0; g < groups && !same(&row[group[g].first], &row[i]); g++)
			continue;
		if (g == groups)
			group[groups++] = (struct group){ .first = i, .last = "" };
		group_add(&group[g], &row[i]);
	}
	qsort(group, groups, sizeof(*group), newest_first);
	return groups;
}

static void
put_totals(struct text *out, const struct board_frame *frame,
	const struct board_fieldwork_row row[],
	const struct group group[], size_t groups)
{
	static const enum word column[] = { WORD_WAVE, WORD_STREAM, WORD_ANSWERS, WORD_FLAGGED,
		WORD_LAST_ANSWER, WORD_MAX };

	html_lit(out, "<h2>");
	board_say(out, frame, WORD_TOTALS);
	html_lit(out, "</h2><table class=\"stack\">");
	board_head(out, frame, column);
	html_lit(out, "<tbody>");
	for (size_t i = 0; i < groups; i++) {
		html_lit(out, "<tr><th scope=\"row\">");
		board_verbatim(out, frame, row[group[i].first].wave);
		html_lit(out, "</th>");
		board_cell(out, frame, WORD_STREAM);
		board_say(out, frame, is_open(&row[group[i].first]) ? WORD_STREAM_OPEN_LONG :
			WORD_STREAM_SAMPLED_LONG);
		html_lit(out, "</td>");
		put_count(out, frame, WORD_ANSWERS, group[i].answers);
		put_count(out, frame, WORD_FLAGGED, group[i].flagged);
		board_written_cell(out, frame, WORD_LAST_ANSWER, group[i].last);
		html_lit(out, "</tr>");
	}
	html_lit(out, "</tbody></table>");
}

static void
put_site(struct text *out, const struct board_frame *frame, const struct board_fieldwork_row *row)
{
	html_lit(out, "<tr><th scope=\"row\">");
	if (row->site != NULL && *row->site != '\0')
		board_verbatim(out, frame, row->site);
	else
		board_say(out, frame, WORD_NO_SITE);
	html_lit(out, "</th>");
	put_named(out, frame, WORD_SECTOR, row->sector, row->sector_code);
	put_count(out, frame, WORD_ANSWERS, row->n);
	put_count(out, frame, WORD_FLAGGED, row->flagged);
	board_written_cell(out, frame, WORD_FIRST_ANSWER, row->first);
	board_written_cell(out, frame, WORD_LAST_ANSWER, row->last);
	html_lit(out, "</tr>\n");
}

/* A wave's sites; the newest wave lies open. */
static void
put_wave(struct text *out, const struct board_frame *frame, const struct board_fieldwork_row row[],
	size_t n, const struct group *group, bool open)
{
	static const enum word column[] = { WORD_SITE, WORD_SECTOR, WORD_ANSWERS, WORD_FLAGGED,
		WORD_FIRST_ANSWER, WORD_LAST_ANSWER, WORD_MAX };
	char count[32];

	snprintf(count, sizeof(count), "%lld", group->answers);
	text_fmt(out, "<details%s><summary>", open ? " open" : "");
	board_verbatim(out, frame, row[group->first].wave);
	html_lit(out, " · ");
	board_fill(out, frame, WORD_ANSWERS_N, count, NULL);
	html_lit(out, "</summary><table class=\"stack\">");
	board_head(out, frame, column);
	html_lit(out, "<tbody>");
	for (size_t i = 0; i < n; i++)
		if (same(&row[i], &row[group->first]))
			put_site(out, frame, &row[i]);
	html_lit(out, "</tbody></table></details>");
}

/* Waves of one stream whose answers come from sites; sampled waves seldom do. */
static void
put_stream(struct text *out, const struct board_frame *frame,
	const struct board_fieldwork_row row[],
	size_t n, const struct group group[], size_t groups, bool open)
{
	size_t found = 0;

	for (size_t g = 0; g < groups; g++) {
		if (!group[g].sites || is_open(&row[group[g].first]) != open)
			continue;
		if (found++ == 0) {
			text_fmt(out, "<section class=\"%s\"><h2>", open ? "open" : "sampled");
			board_say(out, frame, open ? WORD_STREAM_OPEN_LONG :
				WORD_STREAM_SAMPLED_LONG);
			html_lit(out, "</h2>");
		}
		put_wave(out, frame, row, n, &group[g], found == 1);
	}
	if (found > 0)
		html_lit(out, "</section>");
}

/* ---- tickets ---- */

/* Every one that was not taken back counts as an eligible case: the lowest rate there can be. */
static void
put_rate(struct text *out, const struct board_frame *frame, const struct board_ticket_row *t)
{
	long long cases = t->made - t->taken_back;

	board_cell(out, frame, WORD_RESPONSE_RATE);
	if (cases > 0)
		text_fmt(out, "%.1f%%", 100. * (double)t->used / (double)cases);
	else
		html_lit(out, "—");
	html_lit(out, "</td>");
}

static void
put_tickets(struct text *out, const struct board_frame *frame,
	const struct board_ticket_row ticket[], size_t n)
{
	static const enum word column[] = { WORD_WAVE, WORD_TICKETS_MADE, WORD_TICKETS_BACK,
		WORD_TICKETS_USED,
		WORD_TICKETS_EXPIRED, WORD_TICKETS_OUT, WORD_RESPONSE_RATE, WORD_MAX };

	if (n == 0)
		return;
	html_lit(out, "<section class=\"sampled\"><h2>");
	board_say(out, frame, WORD_TICKETS);
	html_lit(out, "</h2><p>");
	board_say(out, frame, WORD_TICKETS_LEAD);
	html_lit(out, "</p><table class=\"stack\">");
	board_head(out, frame, column);
	html_lit(out, "<tbody>");
	for (size_t i = 0; i < n; i++) {
		const struct board_ticket_row *t = &ticket[i];

		html_lit(out, "<tr><th scope=\"row\">");
		board_verbatim(out, frame, *t->title != '\0' ? t->title : t->wave);
		html_lit(out, " <small>");
		html_text(out, *t->title != '\0' ? t->wave : "");
		html_lit(out, "</small></th>");
		put_count(out, frame, WORD_TICKETS_MADE, t->made);
		put_count(out, frame, WORD_TICKETS_BACK, t->taken_back);
		put_count(out, frame, WORD_TICKETS_USED, t->used);
		put_count(out, frame, WORD_TICKETS_EXPIRED, t->expired);
		put_count(out, frame, WORD_TICKETS_OUT,
			t->made - t->taken_back - t->used - t->expired);
		put_rate(out, frame, t);
		html_lit(out, "</tr>\n");
	}
	html_lit(out, "</tbody></table></section>");
}

void
board_fieldwork(struct text *out, const struct board_frame *frame,
	const struct board_fieldwork_row row[], size_t n, const struct board_ticket_row ticket[],
	size_t tickets, const char *const warning[], size_t warnings)
{
	struct pool pool = POOL_INIT;
	struct group *group = pool_array(&pool, n + 1, sizeof(*group));
	size_t groups = group_rows(group, row, n);

	board_begin(out, frame, TAB_FIELDWORK, board_word(WORD_FIELDWORK_TITLE, frame->lang),
		false);
	html_lit(out, "<h1>");
	board_say(out, frame, WORD_FIELDWORK_TITLE);
	html_lit(out, "</h1><p class=\"lead\">");
	board_say(out, frame, n > 0 ? WORD_FIELDWORK_LEAD : WORD_FIELDWORK_NONE);
	html_lit(out, "</p>");
	for (size_t i = 0; i < warnings; i++) {
		html_lit(out, "<p class=\"note\" role=\"note\">");
		html_text(out, warning[i]);
		html_lit(out, "</p>");
	}
	put_tickets(out, frame, ticket, tickets);
	if (n > 0) {
		put_totals(out, frame, row, group, groups);
		put_stream(out, frame, row, n, group, groups, false);
		put_stream(out, frame, row, n, group, groups, true);
	}
	pool_clear(&pool);
	board_end(out, frame);
}

/* A link to folder/code.ending. */
static void
put_download(struct text *out, const struct board_frame *frame, const char *folder,
	const char *code, const char *ending, enum word word)
{
	html_lit(out, "<a href=\"");
	html_text(out, frame->root);
	html_text(out, folder);
	html_url(out, code);
	html_text(out, ending);
	html_lit(out, "\">");
	board_say(out, frame, word);
	html_lit(out, "</a>");
}

static void
put_place(struct text *out, const struct board_frame *frame, const struct board_site_row *site)
{
	html_lit(out, "<tr><th scope=\"row\">");
	board_verbatim(out, frame, site->name);
	if (site->window != NULL && *site->window != '\0') {
		html_lit(out, " ");
		board_verbatim(out, frame, site->window);
	}
	html_lit(out, "</th>");
	board_cell(out, frame, WORD_CODE);
	html_lit(out, "<a href=\"");
	html_text(out, site->url);
	html_lit(out, "\"><code>");
	html_text(out, site->code);
	html_lit(out, "</code></a></td>");
	put_named(out, frame, WORD_SECTOR, site->sector, site->sector_code);
	put_named(out, frame, WORD_TOWNSHIP, site->township, site->township_code);
	board_cell(out, frame, WORD_STATE);
	board_say(out, frame, site->active ? WORD_IN_USE : WORD_WITHDRAWN);
	html_lit(out, "</td>");
	put_count(out, frame, WORD_ANSWERS, site->n);
	board_cell(out, frame, WORD_DOWNLOAD);
	put_download(out, frame, "poster/", site->code, ".pdf", WORD_POSTER);
	html_lit(out, " ");
	put_download(out, frame, "qr/", site->code, ".svg", WORD_QR);
	html_lit(out, "</td></tr>\n");
}

void
board_sites(struct text *out, const struct board_frame *frame, const struct board_site_row row[],
	size_t n)
{
	static const enum word column[] = { WORD_SITE, WORD_CODE, WORD_SECTOR, WORD_TOWNSHIP,
		WORD_STATE,
		WORD_ANSWERS, WORD_DOWNLOAD, WORD_MAX };
	char count[32];

	snprintf(count, sizeof(count), "%zu", n);
	board_begin(out, frame, TAB_SITES, board_word(WORD_SITES, frame->lang), false);
	html_lit(out, "<h1>");
	board_say(out, frame, WORD_SITES);
	html_lit(out, "</h1><p class=\"lead\">");
	board_fill(out, frame, n > 0 ? WORD_SITES_LEAD : WORD_SITES_NONE, count, NULL);
	html_lit(out, "</p>");
	if (n > 0) {
		html_lit(out, "<p class=\"action\"><a href=\"");
		html_text(out, frame->root);
		html_lit(out, "poster/all.pdf\">");
		board_say(out, frame, WORD_ALL_POSTERS);
		html_lit(out, "</a></p><table class=\"stack\">");
		board_head(out, frame, column);
		html_lit(out, "<tbody>");
		for (size_t i = 0; i < n; i++)
			put_place(out, frame, &row[i]);
		html_lit(out, "</tbody></table>");
	}
	board_end(out, frame);
}
