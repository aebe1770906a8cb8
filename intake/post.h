/* What shows a form and takes its answers, whichever code it was opened with.
 * Inside intake/ only. */
#ifndef INTAKE_POST_H
#define INTAKE_POST_H

#include "intake/call.h"

enum { CODE_N = 6, TICKET_N = 12 };

/* What a poster's code or a ticket leads to.  Zeroed memory: nowhere yet. */
struct place {
	char code[CODE_N + 1];		/* of the site, "" if none */
	const char *self;		/* "/Q/7K3M9P", "/V/K7Q29XMP4TDC" */
	const struct catalogue_site *site;	/* NULL: none */
	const struct catalogue_wave *wave;
	const char *ticket;		/* its code as typed; NULL: a poster's */
	bool open;			/* goes on in the open stream, without the ticket */
};

/* A post on its way; zeroed, in the call's pool. */
struct post {
	struct link_ask ask;
	struct intake_call *call;
	int tries;			/* how often a busy store was asked again */
	bool screened_out;		/* the form ended at its first question */
	bool masked;			/* numbers were blotted out of what was written */
	bool delayed;			/* counted in intake->delayed */
	bool called;			/* a phone was sent along */
	bool foreign;			/* not sent by a page of ours: answers are
					 * empty and there is no key */
	struct place place;
	struct answers answers;
	const char *key;		/* as sent, if it is one */
	int64_t started;		/* second its page was made; -1 unknown.  Unsigned:
					 * forms/term.h says what a lie gains */
	int64_t wave;			/* of its page, _w; not above 0: unknown */
};

/* To where a code leads that is typed or pasted where one of either kind may be meant: a ticket's
 * under /Q/, a poster's under /V/.  False: it is no code, and nothing was written. */
bool lead_on(struct intake_call *c, const char *typed);

/* The form of a place, or the page for who declines. */
void place_show(struct intake_call *c, const struct place *place);

/*
 * The envelope: what the page said beside the answers.  -1: a page that says what is wrong was
 * written.  Of what another site made its reader send nothing is kept but the language: neither a
 * key that somebody else knows, nor an answer or a telephone number that he did not type.
 */
int post_read(struct intake_call *c, struct post *post);
/* It was sent by another site, or by a saved copy: a fresh sheet that says so. */
void post_foreign(struct intake_call *c, const struct post *post);
/* Accept the answers and hand them in, or show the form again. */
void post_take(struct intake_call *c, struct post *post);
/* The store is away: everything typed, to be sent again. */
void post_busy(struct intake_call *c, const struct post *post);
/* It came too late and was not stored: that, why, and everything typed.  withdrawn:
 * its site is what ended. */
void post_late(struct intake_call *c, const struct post *post, bool withdrawn);
/* May what this page asked still be handed in? */
bool post_in_time(const struct post *post);

/*
 * Why the ticket of a place opens nothing.  typed NULL: somebody came with it; else the store did
 * not take it, and everything typed goes along.
 */
void ticket_refuse(struct intake_call *c, const struct place *place, enum ticket_state state,
	const struct answers *typed);

#endif
