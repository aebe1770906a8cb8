/* Answers on their way: shown to be given, read, judged, handed to the store. */
#include "intake/post.h"

#include <stdlib.h>
#include <string.h>

#include "base/code.h"
#include "base/date.h"
#include "intake/rate.h"

enum { DAY_SECONDS = 86400, PAUSE_MS = 50, DELAYED_MAX = 400 };

static const struct {
	int status;
	enum resident_ticket why;
} refusals[TICKET_STATES] = {
	[TICKET_UNKNOWN] = { 404, RESIDENT_TICKET_UNKNOWN },
	[TICKET_USED] = { 410, RESIDENT_TICKET_USED },
	[TICKET_VOID] = { 410, RESIDENT_TICKET_VOID },
	[TICKET_EXPIRED] = { 410, RESIDENT_TICKET_EXPIRED },
	[TICKET_CLOSED] = { 410, RESIDENT_TICKET_CLOSED },
	[TICKET_OTHER] = { 410, RESIDENT_TICKET_OTHER },
};

void
ticket_refuse(struct intake_call *c, const struct place *place, enum ticket_state state,
	const struct answers *typed)
{
	struct resident_frame frame = call_frame(c, place->self, place->wave);
	bool open = place->wave != NULL &&
		term_state(&place->wave->term, date_now_minute()) == TERM_OPEN;

	c->reply->status = typed != NULL ? 409 : refusals[state].status;
	resident_ticket(&c->reply->body, &frame, refusals[state].why, typed, open);
}

bool
lead_on(struct intake_call *c, const char *typed)
{
	char site[CODE_N + 1], ticket[TICKET_N + 1];

	if (code_find(site, CODE_N, typed) == 0 && c->catalogue != NULL &&
			catalogue_site(c->catalogue, site) != NULL)
		reply_see_other(c->reply, call_path(c, pool_fmt(c->pool, "/Q/%s", site)));
	else if (code_find(ticket, TICKET_N, typed) == 0)
		reply_see_other(c->reply, call_path(c, pool_fmt(c->pool, "/V/%s", ticket)));
	else
		return false;
	return true;
}

static const char *
sector_of(const struct place *place)
{
	return place->site != NULL && place->site->sector[0] != '\0' ? place->site->sector : NULL;
}

static struct resident_form
form_of(const struct intake_call *c, const struct place *place, const char *key, int64_t started)
{
	return (struct resident_form){
		.frame = call_frame(c, place->self, place->wave),
		.form = place->wave->form,
		.site_name = place->site != NULL ? place->site->name : NULL,
		.window = place->site != NULL ? place->site->window : NULL,
		.sector = sector_of(place),
		.ticket = place->ticket != NULL,
		.open = place->open,
		.key = key,
		.started = started,
		.wave = place->wave->id,
		.cache = c->shelf->page[place->wave - c->catalogue->wave],
	};
}

void
place_show(struct intake_call *c, const struct place *place)
{
	const char *consent = request_query(c->req, "consent");
	struct resident_form page = form_of(c, place, key_fresh(c->pool), date_now_second());

	if (consent != NULL && strcmp(consent, "no") == 0)
		resident_declined(&c->reply->body, &page.frame);
	else
		resident_form(&c->reply->body, &page);
}

static bool
says(const struct answers *a, const char *name, const char *value)
{
	const char *said = answers_get(a, name);

	return said != NULL && strcmp(said, value) == 0;
}

/* A number up to most, as our pages and script write them; -1 is anything else. */
static int64_t
read_number(const struct answers *a, const char *name, int64_t most)
{
	const char *s = answers_get(a, name);
	int64_t n;

	if (s == NULL || s[0] == '\0' || strlen(s) > 12 || strspn(s, "0123456789") != strlen(s))
		return -1;
	n = strtoll(s, NULL, 10);
	return n <= most ? n : -1;
}

/* The page again with everything typed still there, and why; issues, if any,
 * beside their questions. */
static void
show_again(struct intake_call *c, const struct post *post, int status, enum resident_again why,
	const struct issue issue[], size_t n)
{
	struct resident_form page = form_of(c, &post->place,
		post->key != NULL ? post->key : key_fresh(c->pool),
		post->started >= 0 ? post->started : date_now_second());

	page.typed = &post->answers;
	page.again = why;
	page.issue = issue;
	page.issues = n;
	c->reply->status = status;
	resident_form(&c->reply->body, &page);
}

void
post_foreign(struct intake_call *c, const struct post *post)
{
	show_again(c, post, 403, AGAIN_ELSEWHERE, NULL, 0);
}

int
post_read(struct intake_call *c, struct post *post)
{
	const char *said;

	if (c->req->body_too_large || c->req->body_n > FORM_BODY_MAX) {
		call_note(c, 413, NOTE_TOO_LARGE);
		return -1;
	}
	if (!request_is_form(c->req) || answers_parse(&post->answers, c->req->body, c->req->body_n,
			c->pool, NULL) != 0) {
		call_note(c, 400, NOTE_BAD_REQUEST);
		return -1;
	}
	c->said[0] = answers_get(&post->answers, "_switch");
	c->said[1] = answers_get(&post->answers, "_lang");
	call_hear(c, c->said[1]);
	call_hear(c, c->said[0]);
	if (!request_same_site(c->req)) {
		post->foreign = true;
		post->answers = (struct answers){ 0 };
	}
	c->elder = c->elder || says(&post->answers, "_elder", "1");
	said = answers_get(&post->answers, "_key");
	post->key = said != NULL && key_valid(said) ? said : NULL;
	post->started = read_number(&post->answers, "_t", date_now_second());
	post->wave = read_number(&post->answers, "_w", INT64_MAX);
	post->place.open = says(&post->answers, "_open", "yes");
	return 0;
}

/* Did the form end at its screening question, so that no rating was asked? */
static bool
is_screened_out(const struct response *r)
{
	for (size_t i = 0; i < r->form->items; i++)
		if (r->form->item[i].kind == KIND_SCALE && r->value[i].state != VALUE_NOT_ASKED)
			return false;
	return true;
}

void
post_busy(struct intake_call *c, const struct post *post)
{
	struct resident_frame frame = call_frame(c,
		post->place.self != NULL ? post->place.self : c->req->path, post->place.wave);

	c->reply->status = 503;
	reply_header(c->reply, "Retry-After", "5");
	resident_busy(&c->reply->body, &frame, &post->answers);
}

/* Whether another round of the same form may be opened instead. */
static bool
another_open(const struct intake_call *c, const struct post *post)
{
	const struct place *place = &post->place;
	enum term_state state;
	const char *form = place->site != NULL ? place->site->form_id :
		place->wave != NULL ? place->wave->form->id : "";

	if (c->catalogue == NULL || place->ticket != NULL ||
			(place->site != NULL && !place->site->active))
		return false;
	catalogue_wave(c->catalogue, form, date_now_minute(), &state);
	return state == TERM_OPEN;
}

void
post_late(struct intake_call *c, const struct post *post, bool withdrawn)
{
	const struct catalogue_wave *w = post->place.wave;
	struct resident_late late = { .frame = call_frame(c, post->place.self, w),
		.form = w != NULL ? w->form : NULL, .typed = &post->answers,
		.may_go_on = another_open(c, post) };

	late.frame.again = &post->answers;
	late.why = withdrawn ? LATE_SITE : w != NULL && w->term.lapses ? LATE_LAPSED : LATE_OVER;
	late.minute = withdrawn ? post->place.site->withdrawn : w != NULL ? w->term.ends : 0;
	c->reply->status = 410;
	resident_late(&c->reply->body, &late);
}

static int64_t
opened_minute(const struct post *post)
{
	return post->started >= 0 ? post->started / 60 : -1;
}

static bool
site_in_time(const struct post *post)
{
	const struct catalogue_site *site = post->place.site;

	return site == NULL || post->place.ticket != NULL || site->active ||
		(site->withdrawn != 0 &&
		term_takes_until(site->withdrawn, date_now_minute(), opened_minute(post)));
}

bool
post_in_time(const struct post *post)
{
	return post->place.wave != NULL && site_in_time(post) &&
		term_takes(&post->place.wave->term, date_now_minute(), opened_minute(post));
}

/* What the store knew before we did; true if a newer catalogue is here. */
static bool
renew(struct intake_call *c, struct post *post)
{
	struct shelf *fresh = shelf_take(&c->intake->shelves);
	bool newer = fresh != c->shelf;

	c->catalogue = &fresh->catalogue;
	post->place.wave = catalogue_wave_id(c->catalogue, post->place.wave->id);
	if (post->place.site != NULL)
		post->place.site = catalogue_site(c->catalogue, post->place.site->code);
	shelf_leave(c->shelf);		/* one of the two that we hold now */
	c->shelf = fresh;
	return newer;
}

/* The store said no, and our catalogue does not say why: wait for the newer one, so that the
 * page says what is so. */
static bool
await_news(struct intake_call *c, struct post *post, enum err_code code)
{
	if ((code != ERR_CONFLICT && code != ERR_MISSING) || !post_in_time(post) ||
			post->tries++ >= LINK_PATIENCE_MS / PAUSE_MS)
		return false;
	shelf_doubt(&c->intake->shelves);
	if (renew(c, post) && !post_in_time(post))
		return false;
	link_send(c->intake->puts, &post->ask, PAUSE_MS);
	return true;
}

/* The store said no: what that means for the person who waits. */
static void
show_refusal(struct intake_call *c, const struct post *post, enum err_code code)
{
	shelf_doubt(&c->intake->shelves);
	if (code == ERR_CONFLICT || code == ERR_MISSING)
		post_late(c, post, code == ERR_MISSING && post->place.site != NULL);
	else
		post_busy(c, post);
}

static void
refuse_ticket(struct intake_call *c, const struct post *post, enum ticket_state state)
{
	if (state == TICKET_CLOSED)
		post_late(c, post, false);
	else
		ticket_refuse(c, &post->place, state, &post->answers);
}

/* The key was handed in before, with other answers, and those are what is kept. */
static void
show_kept(struct intake_call *c, const struct post *post, const struct store_receipt *receipt)
{
	struct resident_frame frame = call_frame(c, post->place.self, post->place.wave);

	if (post->place.ticket != NULL && !post->place.open)
		frame.self = NULL;
	frame.again = &post->answers;
	c->reply->status = 409;
	resident_kept(&c->reply->body, &frame, receipt->minute,
		!post->called ? KEPT_NO_PHONE : receipt->called ? KEPT_PHONE : KEPT_PHONE_NOT);
}

/*
 * A store that was killed is back within a moment, and the key makes asking
 * again safe: a second of patience spares most people the page that asks them to.
 */
static void
take_receipt(struct link_ask *ask, struct wire *reply)
{
	struct post *post = (struct post *)ask;
	struct intake_call *c = post->call;
	struct store_receipt receipt;
	struct err err = { 0 };

	if (reply == NULL)
		store_away(&err);
	else if (store_receipt_get(&receipt, reply, &err) != 0 && err.code == ERR_BUSY &&
			post->tries++ < LINK_PATIENCE_MS / PAUSE_MS) {
		link_send(c->intake->puts, ask, PAUSE_MS);
		return;
	}
	if (await_news(c, post, err.code))
		return;
	c->intake->delayed -= post->delayed;
	if (err.code == ERR_NONE && receipt.ticket != TICKET_LIVE)
		refuse_ticket(c, post, receipt.ticket);
	else if (err.code == ERR_NONE && !receipt.same)
		show_kept(c, post, &receipt);
	else if (err.code == ERR_NONE)
		reply_see_other(c->reply,
			call_path(c, thanks_path(c->pool, receipt.receipt, (struct resident_end){
				post->screened_out, post->masked, post->called &&
					receipt.called })));
	else
		show_refusal(c, post, err.code);
	call_end(c);
}

/* What the store may know of how it was filled in; nothing of it is believed beyond its range. */
static struct paradata
paradata_of(const struct intake_call *c, const struct post *post)
{
	int64_t screens =
		read_number(&post->answers, "_n", (int64_t)post->place.wave->form->screens + 1);
	int64_t resends = read_number(&post->answers, "_r", PARADATA_RESENDS);
	struct paradata p = { .screens = screens > 0 ? (int)screens : -1, .dont_know = -1,
		.resends = resends > 0 ? (int)resends : 0, .client = c->req->client };

	if (!paradata_valid(&p))
		p.client = "";
	return p;
}

/* Many at once are marked and slowed down; but those who wait must not take the
 * places of all others. */
static int64_t
slow_down(struct intake_call *c, struct post *post, int *rush)
{
	struct intake *k = c->intake;
	bool counted = c->req->network[0] != '\0';
	struct rate_verdict v;

	if (!counted)
		return 0;	/* the machine itself, or a test of it */
	v = rate_count(k->rate, c->req->network, post->place.code, loop_now(k->loop),
		date_now_second());
	*rush = v.rush;
	if (v.delay_ms == 0 || k->delayed >= DELAYED_MAX)
		return 0;
	post->delayed = true;
	k->delayed++;
	return v.delay_ms;
}

static void
hand_in(struct intake_call *c, struct post *post, const struct response *r)
{
	bool ticket = post->place.ticket != NULL && !post->place.open;
	int64_t took = post->started >= 0 ? date_now_second() - post->started : -1, delay;
	struct text json = TEXT_INIT;
	struct store_submission s = { .wave = post->place.wave->id,
		.site = ticket ? "" : post->place.code, .stream = ticket ? "sampled" : "open",
		.mode = ticket ? "ticket" : post->place.ticket != NULL ? "link" : "qr",
		.key = post->key, .seconds = took <= DAY_SECONDS ? took : DAY_SECONDS,
		.opened = opened_minute(post), .phone = r->phone != NULL ? r->phone : "",
		.ticket = ticket ? post->place.ticket : "", .paradata = paradata_of(c, post) };

	delay = slow_down(c, post, &s.paradata.rush);
	response_put_json(&json, r);
	s.answers = text_str(&json);
	text_reset(&c->frame);
	store_put_put(&c->frame, &s);
	text_clear(&json);
	post->screened_out = is_screened_out(r);
	post->masked = r->masked;
	post->called = r->phone != NULL;
	call_ask(c, c->intake->puts, &post->ask, delay, take_receipt);
}

/* Why the page is shown again before anything is judged; AGAIN_NOT: it need not be. */
static enum resident_again
why_again(const struct post *post)
{
	if (post->key == NULL)
		return AGAIN_NO_KEY;
	if (answers_get(&post->answers, "_switch") != NULL ||
			answers_get(&post->answers, "_resume") != NULL)
		return AGAIN_ASKED;
	return says(&post->answers, "_consent", "yes") ? AGAIN_NOT : AGAIN_NO_CONSENT;
}

void
post_take(struct intake_call *c, struct post *post)
{
	struct issue issue[ISSUES_MAX];
	struct response response;
	enum resident_again why = why_again(post);
	size_t n = 0;

	if (why == AGAIN_NOT) {
		n = form_accept(post->place.wave->form, &response, issue, &post->answers,
			sector_of(&post->place), c->pool);
		why = n > 0 ? AGAIN_MISTAKES : AGAIN_NOT;
	}
	if (why == AGAIN_NOT)
		/* late or not: it may be the resend of what is stored */
		hand_in(c, post, &response);
	else if (post_in_time(post))
		show_again(c, post, why == AGAIN_NO_KEY || why == AGAIN_MISTAKES ? 422 : 200,
			why, issue, n);
	else
		post_late(c, post, !site_in_time(post));
}
