/* Tickets: the form behind one, and what becomes of one that cannot be used. */
#include <string.h>

#include "base/code.h"
#include "base/date.h"
#include "intake/post.h"

/* ---- ask the store first ---- */

/* Where the ticket leads; -1 when the store is away. */
static int
follow(struct intake_call *c, struct place *place, enum ticket_state *state, struct wire *reply)
{
	struct store_ticket ticket;

	if (reply == NULL || store_ticket_get(&ticket, reply, NULL) != 0)
		return -1;
	*state = ticket.state;
	place->wave = catalogue_wave_id(c->catalogue, ticket.wave);
	place->site = catalogue_site(c->catalogue, ticket.site);
	if (place->wave == NULL && *state == TICKET_LIVE)
		*state = TICKET_CLOSED;	/* the catalogue here is a moment older than the store's */
	if (place->wave != NULL)
		call_speak(c, place->wave->form);
	return 0;
}

/* The code in the address as it is printed; -1 with the page that says it is none. */
static int
read_code(struct intake_call *c, struct place *place, const char *typed)
{
	char *code = pool_take(c->pool, TICKET_N + 1);

	if (c->catalogue == NULL) {
		call_note(c, 503, NOTE_BUSY);
		return -1;
	}
	place->self = "/V/";
	if (code_find(code, TICKET_N, typed) != 0) {
		if (!lead_on(c, typed))
			ticket_refuse(c, place, TICKET_UNKNOWN, NULL);
		return -1;
	}
	place->ticket = code;
	place->self = pool_fmt(c->pool, "/V/%s", code);
	return 0;
}

/* ---- the form ---- */

static bool
may_open(const struct place *place, enum ticket_state state)
{
	return place->wave != NULL &&
		term_state(&place->wave->term, date_now_minute()) == TERM_OPEN &&
		(state == TICKET_LIVE || place->open);
}

static void
take_look(struct link_ask *ask, struct wire *reply)
{
	struct post *post = (struct post *)ask;
	struct intake_call *c = post->call;
	const char *open = request_query(c->req, "open");
	enum ticket_state state;

	if (follow(c, &post->place, &state, reply) != 0) {
		call_note(c, 503, NOTE_BUSY);
	} else {
		post->place.open = state != TICKET_LIVE && open != NULL && strcmp(open, "1") == 0;
		if (may_open(&post->place, state))
			place_show(c, &post->place);
		else
			ticket_refuse(c, &post->place, state, NULL);
	}
	call_end(c);
}

void
serve_ticket(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	struct post *post = pool_take(c->pool, sizeof(*post));

	post->call = c;
	if (read_code(c, &post->place, call->arg[0]) != 0)
		return;
	if (strcmp(post->place.ticket, call->arg[0]) != 0) {
		reply_see_other(call->reply, call_path(c, post->place.self));
		return;
	}
	store_ticket_put(&c->frame, post->place.ticket);
	call_ask(c, c->intake->looks, &post->ask, 0, take_look);
}

/* "/v/k7q2-9xmp-4tdc", "/v": to the address as printed. */
void
serve_to_ticket(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	struct place place = { 0 };

	if (call->arg[0] == NULL)
		reply_see_other(call->reply, call_path(c, "/V/"));
	else if (read_code(c, &place, call->arg[0]) == 0)
		reply_see_other(call->reply, call_path(c, place.self));
}

/* A field to type a ticket in; what was typed leads on if it can be one. */
void
serve_ticket_form(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	struct resident_frame frame = call_frame(c, "/V/", NULL);
	const char *typed = request_query(call->req, "code");

	if (typed != NULL && lead_on(c, typed))
		return;
	if (typed != NULL)
		call->reply->status = 422;
	resident_ticket_form(&call->reply->body, &frame, typed);
}

/* ---- answers ---- */

/*
 * The survey must be known to read the answers by.  Whether the ticket is still good the store says
 * when it stores them: a resend comes with one that is used, and gets its receipt.
 */
static void
take_post(struct link_ask *ask, struct wire *reply)
{
	struct post *post = (struct post *)ask;
	struct intake_call *c = post->call;
	enum ticket_state state;

	c->waiting = false;
	if (follow(c, &post->place, &state, reply) != 0) {
		post_busy(c, post);
	} else if (post->foreign) {
		if (may_open(&post->place, state))
			post_foreign(c, post);
		else
			ticket_refuse(c, &post->place, state, NULL);
	} else if (post->place.wave == NULL) {
		ticket_refuse(c, &post->place, state, &post->answers);
	} else {
		post_take(c, post);
	}
	if (!c->waiting)
		call_end(c);
}

void
serve_ticket_answers(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	struct post *post = pool_take(c->pool, sizeof(*post));

	post->call = c;
	if (post_read(c, post) != 0)
		return;
	if (c->catalogue == NULL) {
		post_busy(c, post);
		return;
	}
	if (read_code(c, &post->place, call->arg[0]) != 0)
		return;
	store_ticket_put(&c->frame, post->place.ticket);
	call_ask(c, c->intake->looks, &post->ask, 0, take_post);
}
