/* The form: shown, answered, handed to the store. */
#include <stdlib.h>
#include <string.h>

#include "base/code.h"
#include "base/date.h"
#include "intake/call.h"

enum { CODE_N = 6, DAY_SECONDS = 86400, PAUSE_MS = 50 };

/* What a poster's code leads to. */
struct place {
	char code[CODE_N + 1];
	const char *self;		/* "/Q/7K3M9P" */
	const struct catalogue_site *site;
	const struct catalogue_wave *wave;
};

/* Follow the code; when it leads nowhere the page that says so is written and -1 returned. */
static int
find_place(struct intake_call *c, struct place *place, const char *typed)
{
	if (c->catalogue == NULL) {
		call_note(c, 503, NOTE_BUSY);
		return -1;
	}
	place->site = code_normal(place->code, CODE_N, typed) == 0 ?
	    catalogue_site(c->catalogue, place->code) : NULL;
	if (place->site == NULL) {
		call_note(c, 404, NOTE_BAD_CODE);
		return -1;
	}
	place->self = pool_fmt(c->pool, "/Q/%s", place->code);
	place->wave = catalogue_wave(c->catalogue, place->site->form_id);
	if (!place->site->active)
		call_note(c, 410, NOTE_SITE_CLOSED);
	else if (place->wave == NULL)
		call_note(c, 404, NOTE_NO_WAVE);
	return place->site->active && place->wave != NULL ? 0 : -1;
}

static struct resident_form
form_of(const struct intake_call *c, const struct place *place, const char *key, int64_t started)
{
	return (struct resident_form){
		.frame = call_frame(c, place->self, place->wave),
		.form = place->wave->form,
		.site_name = place->site->name,
		.window = place->site->window,
		.sector = place->site->sector[0] != '\0' ? place->site->sector : NULL,
		.key = key,
		.started = started,
	};
}

void
serve_form(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	const char *consent = request_query(call->req, "consent");
	struct resident_form page;
	struct place place;

	if (find_place(c, &place, call->arg[0]) != 0)
		return;
	if (strcmp(place.code, call->arg[0]) != 0) {
		reply_see_other(call->reply, call_path(c, place.self, false));
		return;
	}
	page = form_of(c, &place, key_fresh(c->pool), date_now_second());
	if (consent != NULL && strcmp(consent, "no") == 0)
		resident_declined(&call->reply->body, &page.frame);
	else
		resident_form(&call->reply->body, &page);
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

	if (typed != NULL && c->catalogue != NULL && code_normal(code, CODE_N, typed) == 0 &&
	    catalogue_site(c->catalogue, code) != NULL) {
		reply_see_other(call->reply, call_path(c, pool_fmt(c->pool, "/Q/%s", code), false));
		return;
	}
	if (typed != NULL)
		call->reply->status = 422;
	resident_code_form(&call->reply->body, &frame, typed);
}

/* ---- answers ---- */

/* A post on its way; in the call's pool. */
struct post {
	struct link_ask ask;
	struct intake_call *call;
	int tries;			/* how often a busy store was asked again */
	bool screened_out;		/* the form ended at its first question */
	struct place place;
	struct answers answers;
	const char *key;		/* as sent, if it is one */
	int64_t started;		/* second its page was made; -1 unknown */
};

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

/* The envelope: what the page said beside the answers.  -1: a page that says what is wrong was written. */
static int
read_post(struct intake_call *c, struct post *post, const char *code)
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
	return find_place(c, &post->place, code);
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
	if (err.code == ERR_NONE)
		reply_see_other(c->reply, call_path(c, pool_fmt(c->pool, "/T/%s", receipt.receipt),
		    post->screened_out));
	else
		show_refusal(c, post, err.code);
	call_end(c);
}

static void
hand_in(struct intake_call *c, struct post *post, const struct response *r)
{
	struct text json = TEXT_INIT;
	int64_t took = post->started >= 0 ? date_now_second() - post->started : -1;
	struct store_submission s = { .wave = post->place.wave->id, .site = post->place.code,
	    .stream = "open", .mode = "qr", .key = post->key,
	    .seconds = took <= DAY_SECONDS ? took : DAY_SECONDS,
	    .phone = r->phone != NULL ? r->phone : "" };

	response_put_json(&json, r);
	s.answers = text_str(&json);
	store_put_put(&c->frame, &s);
	text_clear(&json);
	post->screened_out = is_screened_out(r);
	call_ask(c, c->intake->puts, &post->ask, take_receipt);
}

void
serve_answers(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	struct issue issue[ISSUES_MAX];
	struct response response;
	struct post *post = pool_take(c->pool, sizeof(*post));
	size_t n;

	post->call = c;
	if (read_post(c, post, call->arg[0]) != 0)
		return;
	if (!request_same_site(call->req)) {
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
	n = form_accept(post->place.wave->form, &response, issue, &post->answers,
	    post->place.site->sector[0] != '\0' ? post->place.site->sector : NULL, c->pool);
	if (n > 0)
		show_again(c, post, 422, issue, n);
	else
		hand_in(c, post, &response);
}
