/* The board, departments, fieldwork and sites: read, then shown by view/. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "db/ticket.h"
#include "desk/visit.h"
#include "track/track.h"
#include "view/approval.h"

static int
standing_of(const char *name)
{
	enum standing standing = name == NULL ? STANDING_MAX : standing_find(name);

	return standing == STANDING_MAX ? -1 : (int)standing;
}

/* A board of what nobody knows, or of all where a part was asked for, would
 * be read as an answer. */
static bool
known(struct visit *visit, const struct tracker *tracker, struct board_filter *filter)
{
	const char *state = request_query(visit->req, "state");
	const struct programme_department *of;

	if (state != NULL && state[0] != '\0' && filter->standing < 0) {
		err_set(&visit->err, ERR_MISSING, "没有“%s”这种结果",
			"there is no result \"%s\"", state);
		return false;
	}
	if (filter->department == NULL)
		return true;
	of = programme_department(tracker->programme, filter->department);
	if (of == NULL) {
		err_set(&visit->err, ERR_MISSING, "没有部门“%s”",
			"there is no department \"%s\"", filter->department);
		return false;
	}
	/* as the table calls it, whichever of its names was asked for */
	filter->department = of->name;
	return true;
}

void
serve_board(struct route_call *call)
{
	struct visit *visit = call->ctx;
	struct board_frame frame = visit_frame(visit, false);
	const char *department = request_query(call->req, "department");
	struct board_filter filter = { .standing = standing_of(request_query(call->req, "state")) };
	struct tracker tracker;

	if (department != NULL && department[0] != '\0')
		filter.department = department;
	if (visit_tracker(visit, &tracker) != NULL && known(visit, &tracker, &filter))
		board_page(&call->reply->body, &frame, &tracker, &filter);
}

void
serve_departments(struct route_call *call)
{
	struct visit *visit = call->ctx;
	struct board_frame frame = visit_frame(visit, false);
	struct tracker tracker;

	if (visit_tracker(visit, &tracker) != NULL)
		board_departments(&call->reply->body, &frame, &tracker);
}

/* ---- fieldwork and sites ---- */

/* Whose words stand for the codes of a site's sector and township: its own form's,
 * where that asks for them. */
struct names {
	const char *own;			/* the site's form */
	const struct form *sectors, *towns;	/* NULL: no form asks */
	const struct names *next;
};

static const struct names *
names_of(struct visit *visit, struct db *db, const struct names **known, const struct site *site)
{
	const struct names *n = *known;
	struct names *found;

	while (n != NULL && strcmp(n->own, site->form_id) != 0)
		n = n->next;
	if (n != NULL)
		return n;
	found = pool_take(visit->pool, sizeof(*found));
	*found = (struct names){ site->form_id, db_form_asking(db, site->form_id, "sector",
		visit->pool), db_form_asking(db, site->form_id, "town", visit->pool), *known };
	return *known = found;
}

/* The label of a code of that item, the code itself where there is none. */
static const char *
name_of(const struct form *form, const char *item, const char *code, enum lang lang)
{
	int i = form != NULL ? form_item(form, item) : -1;
	const struct choice *choice = i >= 0 ? form_choice(&form->item[i], code) : NULL;

	return choice != NULL ? texts_for(&choice->label, lang) : code;
}

/* Answers so far, by wave, stream and site. */
struct fieldwork {
	const struct names *names;	/* met so far */
	struct board_fieldwork_row *row;
	size_t n, room;
	const struct site *site;
	size_t sites;
};

static const struct site *
find_site(const struct fieldwork *f, int64_t id)
{
	for (size_t i = 0; i < f->sites; i++)
		if (f->site[i].id == id)
			return &f->site[i];
	return NULL;
}

static const char *
minute_text(int64_t minute, struct pool *pool)
{
	char *s = pool_take(pool, 17);

	if (minute > 0)
		date_minute(s, minute);
	return s;
}

static void
add_count(struct visit *visit, struct db *db, struct fieldwork *f, const char *wave,
	const struct response_count *c)
{
	const struct site *site = find_site(f, c->site);
	struct pool *pool = visit->pool;

	if (f->n == f->room) {
		struct board_fieldwork_row *more =
			pool_array(pool, f->room * 2 + 64, sizeof(*more));

		if (f->n > 0)
			memcpy(more, f->row, f->n * sizeof(*more));
		f->row = more;
		f->room = f->room * 2 + 64;
	}
	f->row[f->n++] = (struct board_fieldwork_row){ .wave = wave, .stream = c->stream,
		.site = site != NULL ? site->name : "",
		.sector_code = site != NULL ? site->sector : "",
		.sector = site == NULL ? "" : name_of(names_of(visit, db, &f->names, site)->sectors,
		"sector", site->sector, visit->lang), .n = c->n, .flagged = c->flagged,
		.first = minute_text(c->first, pool), .last = minute_text(c->last, pool) };
}

static int
count_wave(struct visit *visit, struct db *db, struct fieldwork *f, const struct wave *wave)
{
	struct response_count *count;
	size_t counts;
	const char *name = pool_fmt(visit->pool, "%s-%s", wave->form_id, wave->label);

	if (db_count_responses(db, wave->id, &count, &counts, visit->pool, &visit->err) != 0)
		return -1;
	for (size_t i = 0; i < counts; i++)
		add_count(visit, db, f, name, &count[i]);
	return 0;
}

/* Batches of tickets summed by wave; *n gets how many waves have some. */
static struct board_ticket_row *
sum_tickets(struct visit *visit, struct db *db, const struct wave wave[], size_t waves, size_t *n)
{
	struct board_ticket_row *row = pool_array(visit->pool, waves + 1, sizeof(*row));
	int64_t now = date_now_minute();
	struct ticket_batch *b;
	size_t batches;

	*n = 0;
	if (db_list_tickets(db, 0, &b, &batches, visit->pool, &visit->err) != 0)
		return NULL;
	for (size_t i = 0; i < waves; i++) {
		struct board_ticket_row *t = &row[*n];
		struct err none = { 0 };
		const struct form *form;

		*t = (struct board_ticket_row){ .title = "" };
		for (size_t k = 0; k < batches; k++) {
			if (b[k].wave != wave[i].id)
				continue;
			t->made += b[k].n;
			t->used += b[k].used;
			t->taken_back += b[k].void_;
			if (b[k].expires != 0 && now >= b[k].expires)
				t->expired += b[k].n - b[k].used - b[k].void_;
		}
		if (t->made == 0)
			continue;
		t->wave = pool_fmt(visit->pool, "%s-%s", wave[i].form_id, wave[i].label);
		form = db_get_form(db, wave[i].form_id, wave[i].form_version, visit->pool, &none);
		if (form != NULL)
			t->title = texts_for(&form->title, visit->lang);
		++*n;
	}
	return row;
}

/* Of the waves that are open: how long their approval lasts, where that is to be known. */
static const char *const *
approval_warnings(struct visit *visit, struct db *db, const struct wave wave[], size_t waves,
	enum lang lang, size_t *n)
{
	const char **warning = pool_array(visit->pool, waves + 1, sizeof(*warning));
	const char *office = db_setting(db, "valid_until", visit->pool);
	struct text said = TEXT_INIT;

	*n = 0;
	for (size_t i = 0; i < waves; i++) {
		struct approval a = { .because = wave[i].lapsed_because,
			.wave = pool_fmt(visit->pool, "%s-%s", wave[i].form_id, wave[i].label),
			.valid_until = wave[i].valid_until[0] != '\0' ? wave[i].valid_until :
			office != NULL ? office : "", .lapse = db_wave_lapse(&wave[i], office) };

		text_reset(&said);
		if (wave[i].open && approval_say(&said, &a, date_now_minute(), lang))
			warning[(*n)++] = pool_strdup(visit->pool, text_str(&said));
	}
	text_clear(&said);
	return warning;
}

void
serve_fieldwork(struct route_call *call)
{
	struct visit *visit = call->ctx;
	struct board_frame frame = visit_frame(visit, false);
	struct fieldwork f = { 0 };
	struct db *db = visit_read(visit);
	struct board_ticket_row *ticket;
	struct wave *wave;
	struct site *site;
	const char *const *warning;
	size_t waves, tickets, warnings;

	if (db == NULL || db_list_waves(db, NULL, &wave, &waves, visit->pool, &visit->err) != 0 ||
			db_list_sites(db, &site, &f.sites, visit->pool, &visit->err) != 0)
		return;
	f.site = site;
	for (size_t i = 0; i < waves; i++)
		if (count_wave(visit, db, &f, &wave[i]) != 0)
			return;
	warning = approval_warnings(visit, db, wave, waves, frame.lang, &warnings);
	ticket = sum_tickets(visit, db, wave, waves, &tickets);
	if (ticket != NULL)
		board_fieldwork(&call->reply->body, &frame, f.row, f.n, ticket, tickets,
			warning, warnings);
}

/* Answers of a site over the waves that are open. */
static long long
open_answers(const struct response_count count[], size_t n, int64_t site)
{
	long long sum = 0;

	for (size_t i = 0; i < n; i++)
		if (count[i].site == site)
			sum += count[i].n;
	return sum;
}

static int
count_open(struct visit *visit, struct db *db, const struct site site[],
	struct board_site_row row[], size_t n)
{
	struct response_count *count;
	struct wave *wave;
	size_t waves, counts;

	if (db_list_waves(db, NULL, &wave, &waves, visit->pool, &visit->err) != 0)
		return -1;
	for (size_t i = 0; i < waves; i++) {
		if (!wave[i].open)
			continue;
		if (db_count_responses(db, wave[i].id, &count, &counts, visit->pool, &visit->err) !=
				0)
			return -1;
		for (size_t k = 0; k < n; k++)
			row[k].n += open_answers(count, counts, site[k].id);
	}
	return 0;
}

void
serve_sites(struct route_call *call)
{
	struct visit *visit = call->ctx;
	struct board_frame frame = visit_frame(visit, false);
	struct db *db = visit_read(visit);
	struct board_site_row *row;
	const struct names *names = NULL;
	struct site *site;
	size_t n;

	if (db == NULL || db_list_sites(db, &site, &n, visit->pool, &visit->err) != 0)
		return;
	row = pool_array(visit->pool, n + 1, sizeof(*row));
	for (size_t i = 0; i < n; i++) {
		const struct names *of = names_of(visit, db, &names, &site[i]);

		row[i] = (struct board_site_row){ .code = site[i].code, .name = site[i].name,
			.url = pool_fmt(visit->pool, "%s/Q/%s", visit_base_url(visit, db),
			site[i].code), .window = site[i].window, .sector_code = site[i].sector,
			.sector = name_of(of->sectors, "sector", site[i].sector, visit->lang),
			.township_code = site[i].township,
			.township = name_of(of->towns, "town", site[i].township, visit->lang),
			.active = site[i].active };
	}
	if (count_open(visit, db, site, row, n) == 0)
		board_sites(&call->reply->body, &frame, row, n);
}
