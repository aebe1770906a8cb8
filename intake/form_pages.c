/* The form: shown, answered, handed to the store. */
#include <stdlib.h>
#include <string.h>

#include "base/code.h"
#include "base/date.h"
#include "intake/post.h"
#include "intake/rate.h"

enum { DAY_SECONDS = 86400, PAUSE_MS = 50, DELAYED_MAX = 400 };

/* Follow the code; when it leads nowhere the page that says so is written and -1 returned. */
static int
find_place(struct intake_call *c, struct place *place, const char *typed)
{
	if (c->catalogue == NULL) {
		call_note(c, 503, NOTE_BUSY);
		return -1;
	}
	place->site = code_find(place->code, CODE_N, typed) == 0 ?
	    catalogue_site(c->catalogue, place->code) : NULL;
	if (place->site == NULL) {
		call_note(c, 404, NOTE_BAD_CODE);
		return -1;
	}
	place->self = pool_join(c->pool, "/Q/", place->code);
	place->wave = catalogue_wave(c->catalogue, place->site->form_id);
	if (!place->site->active)
		call_note(c, 410, NOTE_SITE_CLOSED);
	else if (place->wave == NULL)
		call_note(c, 404, NOTE_NO_WAVE);
	return place->site->active && place->wave != NULL ? 0 : -1;
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

void
serve_form(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	struct place place = { 0 };

	if (find_place(c, &place, call->arg[0]) != 0)
		return;
	if (strcmp(place.code, call->arg[0]) != 0) {
		reply_see_other(call->reply, call_path(c, place.self, false));
		return;
	}
	place_show(c, &place);
}

/* "/q/7k3m9p", "/q": to the address as printed. */
void
serve_to_code(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	struct place place;

	if (call->arg[0] == NULL)
		reply_see_other(call->reply, call_path(c, "/Q/", false));
	else if (find_place(c, &place, call->arg[0]) == 0)
		reply_see_other(call->reply, call_path(c, place.self, false));
}

/* A field to type a code in; what was typed leads on, or is shown with the reason. */
void
serve_code_form(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	struct resident_frame frame = call_frame(c, "/Q/", NULL);
	const char *typed = request_query(call->req, "code");
	char code[CODE_N + 1];

	if (typed != NULL && c->catalogue != NULL && code_find(code, CODE_N, typed) == 0 &&
	    catalogue_site(c->catalogue, code) != NULL) {
		reply_see_other(call->reply, call_path(c, pool_fmt(c->pool, "/Q/%s", code), false));
		return;
	}
	if (typed != NULL)
		call->reply->status = 422;
	resident_code_form(&call->reply->body, &frame, typed);
}

/* ---- answers ---- */

static bool
says(const struct answers *a, const char *name, const char *value)
{
	const char *said = answers_get(a, name);

	return said != NULL && strcmp(said, value) == 0;
}

/* Seconds since 1970 as our pages write them; anything else, and the future, is unknown. */
static int64_t
read_started(const char *s)
{
	long long t;

	if (s == NULL || s[0] == '\0' || strlen(s) > 12 || strspn(s, "0123456789") != strlen(s))
		return -1;
	t = strtoll(s, NULL, 10);
	return t <= date_now_second() ? t : -1;
}

/* The page again with everything typed still there; issues, if any, beside their questions. */
static void
show_again(struct intake_call *c, const struct post *post, int status, const struct issue issue[], size_t n)
{
	struct resident_form page = form_of(c, &post->place,
	    post->key != NULL ? post->key : key_fresh(c->pool),
	    post->started >= 0 ? post->started : date_now_second());

	page.typed = &post->answers;
	page.issue = issue;
	page.issues = n;
	c->reply->status = status;
	resident_form(&c->reply->body, &page);
}

/* "0".."99" as our pages and script write them; anything else is not known. */
static int
read_count(const struct answers *a, const char *name, int most)
{
	const char *s = answers_get(a, name);

	if (s == NULL || s[0] == '\0' || strlen(s) > 2 || strspn(s, "0123456789") != strlen(s))
		return -1;
	return atoi(s) <= most ? atoi(s) : -1;
}

int
post_read(struct intake_call *c, struct post *post)
{
	const char *said;

	if (c->req->body_too_large || c->req->body_n > FORM_BODY_MAX) {
		call_note(c, 413, NOTE_TOO_LARGE);
		return -1;
	}
	if (!request_is_form(c->req) ||
	    answers_parse(&post->answers, c->req->body, c->req->body_n, c->pool, NULL) != 0) {
		call_note(c, 400, NOTE_BAD_REQUEST);
		return -1;
	}
	said = answers_get(&post->answers, "_lang");
	if (said != NULL)
		lang_parse(&c->lang, said);
	said = answers_get(&post->answers, "_switch");
	if (said != NULL)
		lang_parse(&c->lang, said);
	c->elder = c->elder || says(&post->answers, "_elder", "1");
	said = answers_get(&post->answers, "_key");
	post->key = said != NULL && key_valid(said) ? said : NULL;
	post->started = read_started(answers_get(&post->answers, "_t"));
	post->place.open = says(&post->answers, "_open", "yes");
	return 0;
}

/* Did the form end at its screening question, so that no rating was asked? */
static bool
is_screened_out(const struct response *r)
{
	size_t i;

	for (i = 0; i < r->form->items; i++)
		if (r->form->item[i].kind == KIND_SCALE && r->value[i].state != VALUE_NOT_ASKED)
			return false;
	return true;
}

/* The store said no: what that means for the person who waits. */
static void
show_refusal(struct intake_call *c, const struct post *post, enum err_code code)
{
	struct resident_frame frame = call_frame(c, post->place.self, post->place.wave);

	shelf_doubt(&c->intake->shelves);
	if (code == ERR_CONFLICT) {
		call_note(c, 404, NOTE_NO_WAVE);
	} else if (code == ERR_MISSING) {
		call_note(c, 404, NOTE_BAD_CODE);
	} else {
		c->reply->status = 503;
		reply_header(c->reply, "Retry-After", "5");
		resident_busy(&c->reply->body, &frame, &post->answers);
	}
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
	c->intake->delayed -= post->delayed;
	if (err.code == ERR_NONE && receipt.ticket != TICKET_LIVE)
		ticket_refused(c, post, receipt.ticket);
	else if (err.code == ERR_NONE)
		reply_see_other(c->reply, call_path(c, pool_join(c->pool, "/T/", receipt.receipt),
		    post->screened_out));
	else
		show_refusal(c, post, err.code);
	call_end(c);
}

/* What the store may know of how it was filled in; nothing of it is believed beyond its range. */
static struct paradata
paradata_of(const struct intake_call *c, const struct post *post)
{
	int screens = read_count(&post->answers, "_n", (int)post->place.wave->form->screens + 1);
	int resends = read_count(&post->answers, "_r", PARADATA_RESENDS);
	struct paradata p = { .screens = screens > 0 ? screens : -1, .dont_know = -1,
	    .resends = resends > 0 ? resends : 0, .client = c->req->client };

	if (!paradata_valid(&p))
		p.client = "";
	return p;
}

/* Many at once are marked and slowed down; but those who wait must not take the places of all others. */
static int64_t
slow_down(struct intake_call *c, struct post *post, int *rush)
{
	struct intake *k = c->intake;
	bool counted = c->req->network[0] != '\0';
	struct rate_verdict v;

	if (!counted)
		return 0;	/* the machine itself, or a test of it */
	v = rate_count(k->rate, c->req->network, post->place.code, loop_now(k->loop), date_now_second());
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
	struct store_submission s = { .wave = post->place.wave->id, .site = ticket ? "" : post->place.code,
	    .stream = ticket ? "sampled" : "open",
	    .mode = ticket ? "ticket" : post->place.ticket != NULL ? "link" : "qr", .key = post->key,
	    .seconds = took <= DAY_SECONDS ? took : DAY_SECONDS,
	    .phone = r->phone != NULL ? r->phone : "", .ticket = ticket ? post->place.ticket : "",
	    .paradata = paradata_of(c, post) };

	delay = slow_down(c, post, &s.paradata.rush);
	response_put_json(&json, r);
	s.answers = text_str(&json);
	text_reset(&c->frame);
	store_put_put(&c->frame, &s);
	text_clear(&json);
	post->screened_out = is_screened_out(r);
	call_ask(c, c->intake->puts, &post->ask, delay, take_receipt);
}

void
post_take(struct intake_call *c, struct post *post)
{
	struct issue issue[ISSUES_MAX];
	struct response response;
	size_t n;

	if (!request_same_site(c->req)) {
		show_again(c, post, 403, NULL, 0);
		return;
	}
	if (post->key == NULL) {
		show_again(c, post, 422, NULL, 0);
		return;
	}
	if (answers_get(&post->answers, "_switch") != NULL || !says(&post->answers, "_consent", "yes")) {
		show_again(c, post, 200, NULL, 0);
		return;
	}
	n = form_accept(post->place.wave->form, &response, issue, &post->answers, sector_of(&post->place), c->pool);
	if (n > 0)
		show_again(c, post, 422, issue, n);
	else
		hand_in(c, post, &response);
}

void
serve_answers(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	struct post *post = pool_take(c->pool, sizeof(*post));

	post->call = c;
	if (post_read(c, post) != 0 || find_place(c, &post->place, call->arg[0]) != 0)
		return;
	post->place.open = false;
	post_take(c, post);
}
