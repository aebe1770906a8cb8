/* One public request and what its handlers share. */
#ifndef INTAKE_CALL_H
#define INTAKE_CALL_H

#include <stdbool.h>

#include "cgi/route.h"
#include "intake/intake.h"
#include "intake/link.h"
#include "intake/shelf.h"
#include "view/resident/resident.h"

struct rate;

struct intake {
	struct shelves shelves;
	struct loop *loop;
	struct rate *rate;
	size_t delayed;			/* answers made to wait just now */
	struct link *puts, *looks;	/* to the store: submissions; everything else, which would
					 * part their batches */
};

/* What every handler gets as call->ctx; in the request's pool, until the reply is done. */
struct intake_call {
	struct intake *intake;
	struct exchange *x;
	const struct request *req;
	struct reply *reply;
	struct pool *pool;		/* the request's */
	const struct catalogue *catalogue;	/* NULL: the store was never heard */
	struct shelf *shelf;
	enum lang lang;			/* of the words around a form */
	const char *tag;		/* the reader's language, where a form
					 * brings it; NULL: see lang */
	const char *said[2];		/* what a form's page sent: its button, its
					 * own language; or NULL */
	bool elder;
	bool waiting;			/* for the store: whoever is answered ends the call */
	struct text frame;		/* what the store is asked */
};

/*
 * Ask the store, after so many milliseconds, what stands in c->frame; answered() gets the reply
 * (NULL: away or late), fills c->reply and then calls call_end().
 */
void call_ask(struct intake_call *c, struct link *link, struct link_ask *ask, int64_t delay_ms,
	void (*answered)(struct link_ask *ask, struct wire *reply));
void call_end(struct intake_call *c);

/* From here on in a language of this form: what its page sent, else what the reader asks for, else
 * the form's own. */
void call_speak(struct intake_call *c, const struct form *form);
/* On a page without a form: what was said, "en" or the tag of a language some open form brings. */
void call_hear(struct intake_call *c, const char *said);

/* The frame of a page at path self; wave and catalogue may be NULL. */
struct resident_frame call_frame(const struct intake_call *c, const char *self,
	const struct catalogue_wave *wave);

/* A kind page with a status. */
void call_note(struct intake_call *c, int status, enum resident_note note);

/* "/T/RECEIPT?lang=en&elder=1": a path of ours, perhaps with a query, and what the reader chose. */
const char *call_path(const struct intake_call *c, const char *path);
/* Where a stored answer leads, with what its page is to say. */
const char *thanks_path(struct pool *pool, const char *receipt, struct resident_end end);

/* A key as code_key() knows it, of at least 16 characters, so that nobody meets
 * another's by chance. */
bool key_valid(const char *key);
/* A fresh submission key: the minute and 93 random bits. */
char *key_fresh(struct pool *pool);

/* Handlers, by file. */
route_serve serve_form, serve_answers, serve_code_form, serve_to_code;
route_serve serve_ticket, serve_ticket_answers, serve_ticket_form, serve_to_ticket;
route_serve serve_receipt, serve_receipt_form, serve_to_receipt, serve_thanks, serve_privacy,
	serve_file, serve_health;

#endif
