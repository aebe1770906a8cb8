/* One indicator: everything its page shows, collected. */
#include <string.h>

#include "desk/visit.h"
#include "figure/series.h"
#include "ledger/head.h"
#include "track/track.h"

/* The series of a page as they are collected. */
struct collection {
	const struct series **series;
	size_t n;
};

/* The same figure again is not shown twice; the one that a clause holds against a
 * bound is the one shown. */
static bool
is_there(struct collection *c, const struct series *s)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->series[i]->form, s->form) == 0 &&
				strcmp(c->series[i]->index, s->index) == 0 &&
				strcmp(c->series[i]->stream, s->stream) == 0) {
			c->series[i] = s;
			return true;
		}
	return false;
}

/* One stream of one figure; nobody asked yet is no error. */
static int
add_figure(struct visit *visit, const struct tracker *tracker, struct collection *c,
	const char *form, const char *index, const char *stream)
{
	struct series *s = pool_take(visit->pool, sizeof(*s));
	struct err err = { 0 };

	if (series_make(s, tracker->session, form, index, stream, tracker->year,
			TRACK_STEPS, &err) != 0) {
		if (err.code == ERR_MISSING || err.code == ERR_INPUT || err.code == ERR_REFUSED)
			return 0;
		visit->err = err;
		return -1;
	}
	if (s->years > 0)
		c->series[c->n++] = s;
	return 0;
}

static int
add_figures(struct visit *visit, const struct tracker *tracker, struct collection *c,
	const struct programme_figure *of, const char *stream)
{
	for (size_t i = 0; i < of->n; i++)
		if (add_figure(visit, tracker, c, of->form, of->index[i], stream) != 0)
			return -1;
	return 0;
}

/* Sampled figures, then what else the clauses feed on, then the open stream apart. */
static int
collect_series(struct visit *visit, struct board_indicator *page)
{
	const struct track_row *row = page->row;
	const struct programme_figure *figures = &row->indicator->figures;
	struct collection c = {
		pool_array(visit->pool, row->rules + 2 * figures->n, sizeof(*c.series)), 0 };

	if (add_figures(visit, page->tracker, &c, figures, "sampled") != 0)
		return -1;
	for (size_t i = 0; i < row->rules; i++)
		if (row->clause[i].series != NULL && !is_there(&c, row->clause[i].series))
			c.series[c.n++] = row->clause[i].series;
	if (add_figures(visit, page->tracker, &c, figures, "open") != 0)
		return -1;
	page->series = c.series;
	page->series_n = c.n;
	return 0;
}

/* Newest year by sector or dimension; none is no error. */
static void
collect_domains(struct visit *visit, struct board_indicator *page)
{
	const struct indicator *of = page->row->indicator;
	struct figure_ask ask = { .year = page->tracker->year, .stream = "sampled" };
	struct err ignored = { 0 };

	if (of->domains[0] == '\0')
		return;
	if (strcmp(of->domains, "figures") != 0)
		ask.by = of->domains;
	if (track_ask(&ask, page->tracker->programme, of->id, visit->pool, &ignored) != 0 ||
			session_index(page->tracker->session, &ask, &page->domain, &page->domains,
			&ignored) != 0)
		page->domains = 0;
}

static void
collect_ranks(struct board_indicator *page)
{
	const struct indicator *of = page->row->indicator;
	const struct rank_ask ask = { .indicator = of->id, .year = page->tracker->year,
		.top = of->top, .form = of->figures.form,
		.index = of->figures.n > 0 ? of->figures.index[0] : NULL };
	struct err ignored = { 0 };

	if (of->top > 0 && ranks_make(page->tracker->session, &ask, &page->rank, &page->ranks,
			&ignored) != 0)
		page->ranks = 0;
}

static int
collect_proof(struct visit *visit, struct db *db, struct board_indicator *page)
{
	struct published_row *published;
	struct head_row *head;
	size_t n;
	char *hex = pool_take(visit->pool, 65);

	if (db_list_published(db, page->row->indicator->id, &published, &page->published_n,
			visit->pool, &visit->err) != 0 ||
			db_list_heads(db, &head, &n, visit->pool, &visit->err) != 0)
		return -1;
	page->published = published;
	if (n > 0) {
		head_hex(hex, head[n - 1].root);
		page->ledger_head = hex;
		page->ledger_size = head[n - 1].size;
	}
	return 0;
}

void
serve_indicator(struct route_call *call)
{
	struct visit *visit = call->ctx;
	struct board_frame frame = visit_frame(visit, false);
	struct board_indicator page = { 0 };
	struct tracker tracker;
	struct db *db = visit_tracker(visit, &tracker);

	if (db == NULL)
		return;
	page.tracker = &tracker;
	page.row = track_find(&tracker, call->arg[0]);
	if (page.row == NULL) {
		err_set(&visit->err, ERR_MISSING, "没有第 %s 项", "no indicator %s", call->arg[0]);
		return;
	}
	if (collect_series(visit, &page) != 0)
		return;
	collect_domains(visit, &page);
	collect_ranks(&page);
	if (collect_proof(visit, db, &page) == 0)
		board_indicator(&call->reply->body, &frame, &page);
}
