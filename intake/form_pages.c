/* The form: shown, answered, handed to the store. */
#include <stdlib.h>
#include <string.h>

#include "base/code.h"
#include "base/date.h"
#include "intake/post.h"

/* Follow the code to its site; where it leads nowhere the page that says so is
 * written and -1 returned. */
static int
find_site(struct intake_call *c, struct place *place, const char *typed)
{
	if (c->catalogue == NULL) {
		call_note(c, 503, NOTE_BUSY);
		return -1;
	}
	place->site = code_find(place->code, CODE_N, typed) == 0 ?
		catalogue_site(c->catalogue, place->code) : NULL;
	if (place->site == NULL) {
		if (!lead_on(c, typed))
			call_note(c, 404, NOTE_BAD_CODE);
		return -1;
	}
	place->self = pool_join(c->pool, "/Q/", place->code);
	return 0;
}

/* Why nothing can be opened here: over, not begun, or without its approval. */
static void
say_closed(struct intake_call *c, const struct place *place, enum term_state state)
{
	struct resident_frame frame = call_frame(c, place->self, place->wave);

	c->reply->status = state == TERM_LAPSED ? 410 : 404;
	resident_note(&c->reply->body, &frame, state == TERM_LAPSED ? NOTE_LAPSED : NOTE_NO_WAVE);
}

/* And on to the form that may be opened there now. */
static int
find_place(struct intake_call *c, struct place *place, const char *typed)
{
	enum term_state state;

	if (find_site(c, place, typed) != 0)
		return -1;
	place->wave = catalogue_wave(c->catalogue, place->site->form_id, date_now_minute(), &state);
	if (place->wave != NULL)
		call_speak(c, place->wave->form);
	if (!place->site->active)
		call_note(c, 410, NOTE_SITE_CLOSED);
	else if (state != TERM_OPEN)
		say_closed(c, place, state);
	return place->site->active && state == TERM_OPEN ? 0 : -1;
}

void
serve_form(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	struct place place = { 0 };

	if (find_place(c, &place, call->arg[0]) != 0)
		return;
	if (strcmp(place.code, call->arg[0]) != 0) {
		reply_see_other(call->reply, call_path(c, place.self));
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
		reply_see_other(call->reply, call_path(c, "/Q/"));
	else if (find_place(c, &place, call->arg[0]) == 0)
		reply_see_other(call->reply, call_path(c, place.self));
}

/* A field to type a code in; what was typed leads on, or is shown with the reason. */
void
serve_code_form(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	struct resident_frame frame = call_frame(c, "/Q/", NULL);
	const char *typed = request_query(call->req, "code");

	if (typed != NULL && c->catalogue != NULL && lead_on(c, typed))
		return;
	if (typed != NULL)
		call->reply->status = 422;
	resident_code_form(&call->reply->body, &frame, typed);
}

/* ---- answers ---- */

/* Of the wave whose page it was, whatever came after it; who sends none means the one open now. */
static const struct catalogue_wave *
wave_of_post(const struct intake_call *c, const struct post *post)
{
	const char *form = post->place.site->form_id;
	const struct catalogue_wave *w = catalogue_wave_id(c->catalogue, post->wave);
	enum term_state state;

	if (post->wave <= 0)
		return catalogue_wave(c->catalogue, form, date_now_minute(), &state);
	return w != NULL && strcmp(w->form->id, form) == 0 ? w : NULL;
}

void
serve_answers(struct route_call *call)
{
	struct intake_call *c = call->ctx;
	struct post *post = pool_take(c->pool, sizeof(*post));

	post->call = c;
	if (post_read(c, post) != 0)
		return;
	post->place.open = false;
	if (post->foreign) {
		if (find_place(c, &post->place, call->arg[0]) == 0)
			post_foreign(c, post);
		return;
	}
	if (c->catalogue == NULL) {
		post_busy(c, post);
		return;
	}
	if (find_site(c, &post->place, call->arg[0]) != 0)
		return;
	post->place.wave = wave_of_post(c, post);
	if (post->place.wave != NULL) {
		call_speak(c, post->place.wave->form);
		post_take(c, post);
	} else {
		post_late(c, post, false);
	}
}
