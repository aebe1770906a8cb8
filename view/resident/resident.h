/* What a resident sees: the form, thank you, and kind pages when something is not as hoped. */
#ifndef VIEW_RESIDENT_RESIDENT_H
#define VIEW_RESIDENT_RESIDENT_H

#include <stdint.h>

#include "base/text.h"
#include "forms/response.h"

/* {days} in the consent of forms that were frozen when one still spoke of a mark against repeated
 * submissions; there is none, so what it promises to delete in so many days is never kept. */
enum { RESIDENT_MARK_DAYS = 30 };

/* Words that stand around every resident page. Plain strings; NULL or "" where unknown. */
struct resident_frame {
	enum lang lang;			/* of the words around a form, and of
					 * pages that show none */
	const char *tag;		/* the reader's, where a form brings it:
					 * "ug"; NULL: see lang */
	const struct language *language;	/* of the form shown; set by
						 * resident_form() alone */
	bool elder;			/* 长辈版: 26 px, targets of 60 px */
	bool demo;			/* banner 演示数据 */
	const char *city;		/* "瓦房店市" */
	bool over;			/* the sheet is done with: the script forgets its draft */
	const char *stored;		/* "05:09": when the sheet was stored, for the script; NULL:
					 * it was not, or long ago */
	bool wrong;			/* what was typed on this page is not right: its
					 * title begins with that */
	const char *self;		/* path of this page, "/Q/7K3M9P", perhaps with a query, for
					 * the language link */
	const struct answers *again;	/* this page was made by sending that to its address, and is
					 * made in the other language by sending it once more, so it
					 * must change nothing; NULL: a link does */
	const char *table_number, *agency, *approval, *valid_until, *processor, *contact;
};

/*
 * What pages of one version of a form have in common is written once and kept here: a screen at
 * its place, in its language and wording.  Bounded; opaque; for one thread.
 */
struct resident_cache;

/* ---- cache.c ---- */
struct resident_cache *resident_cache_new(void);

/* ---- cache.c ---- */
void resident_cache_free(struct resident_cache *cache);

/* Why a form is shown to who has sent it already; nothing is stored yet. */
enum resident_again {
	AGAIN_NOT,		/* it is shown for the first time */
	AGAIN_MISTAKES,		/* its issues say what is to be changed */
	AGAIN_ASKED,		/* another language, or the draft of a moment ago */
	AGAIN_ELSEWHERE,	/* it came from a saved copy or another site: nothing of it is
				 * shown, this sheet is fresh */
	AGAIN_NO_KEY,		/* it came without its number: another tap */
	AGAIN_NO_CONSENT	/* "submit" was not what was pressed */
};

/* The form page. */
struct resident_form {
	struct resident_frame frame;
	const struct form *form;
	const char *site_name, *window;	/* from the code */
	const char *sector;		/* choice of form->variant_by, or NULL */
	bool ticket;			/* it was opened with one: site_name may be NULL */
	bool open;			/* without it after all: sent along in _open */
	const char *key;		/* fresh submission key; also chooses the order of random
					 * blocks and reversed scales */
	const struct answers *typed;	/* after a mistake: everything typed is
					 * still there; or NULL */
	const struct issue *issue;	/* beside their questions and in one line on top */
	size_t issues;
	enum resident_again again;
	int64_t wave;			/* its number: hidden field _w, so that it comes back to
					 * this round; 0: none */
	int64_t started;		/* second the page was made: hidden field _t;
					 * gives the seconds taken */
	struct resident_cache *cache;	/* of this version of the form; or NULL */
};

/* ---- form.c ---- */
/*
 * One HTML document, < 64 KB with style and script (a fifth of it on the wire): one screen at a
 * time by :target, skip logic by CSS :has() and, where that is missing, by the script; complete
 * without either.
 *
 * Posts to frame.self: item names, and for the page
 *     _key, _t, _w      hidden, as given
 *     _n                hidden: how many screens were looked at; empty without a script
 *     _r                hidden on resident_busy() alone: how often it was sent before
 *     _open             "yes" on a ticket's page that goes on without its ticket
 *     _lang             hidden: the tag of its language, "zh-CN"
 *     _elder            "1" when 大字版 is on (switched on the spot, without a reload)
 *     _consent          "yes", sent by the submit buttons alone
 *     _switch           a tag, sent by the language buttons alone: show the form
 *                       again in that language with typed set and no issue; store nothing
 *     _resume           "yes", sent by the script alone with a draft of the tab: the same
 * A post without _consent=yes, _switch and _resume is shown again, too, and told so.
 *
 * With a script a required question stops at its own screen, and what was answered is kept in the
 * tab as a draft (sessionStorage "manyi"): key, times, screen and answers, never a telephone
 * number, nor the address where that is a ticket's.  It is forgotten on a page that is over, after
 * half an hour, or when its reader asks for a fresh sheet; of one that was stored the time is kept
 * as long, and a fresh sheet of the same place says it.  Declining is a link, frame.self with
 * ?consent=no: show resident_declined(), nothing is sent. ?lang=TAG and ?elder=1 on every resident
 * page choose language and edition.  A form is shown in the language of the frame's tag, in its own
 * first where it does not speak that; pages without a form speak zh-CN and en.
 */
void resident_form(struct text *out, const struct resident_form *page);

/* Thank you, what happens with the answer, the receipt as short groups to photograph. */
struct resident_end {
	bool screened_out;	/* the form ended at its first question */
	bool masked;		/* numbers were blotted out of what was written */
	bool called;		/* a telephone number for a callback is noted */
};

/* ---- note.c ---- */
void resident_thanks(struct text *out, const struct resident_frame *frame, const char *receipt,
	int64_t minute, struct resident_end end);
/* This key was handed in before, with other answers: when, that nothing was changed, and a way to a
 * fresh sheet at frame.self (NULL: none; a ticket's is used up). */
enum resident_kept { KEPT_NO_PHONE, KEPT_PHONE /* of the callback: noted */, KEPT_PHONE_NOT };

/* ---- late.c ---- */
void resident_kept(struct text *out, const struct resident_frame *frame, int64_t minute,
	enum resident_kept phone);

/* Handed in too late and not stored. */
struct resident_late {
	struct resident_frame frame;
	enum resident_late_why { LATE_OVER, LATE_LAPSED, LATE_SITE } why;
	int64_t minute;			/* when it ended; 0: not known.  LATE_LAPSED:
					 * frame.valid_until says it */
	const struct form *form;	/* what was answered is shown in its words; NULL: what
					 * was written as it is */
	const struct answers *typed;
	bool may_go_on;			/* another round is open at frame.self */
};
/* That in plain words, with everything that was answered, to be copied. */
void resident_late(struct text *out, const struct resident_late *late);

/* ---- note.c ---- */
/* Declined: thank you all the same; nothing stored. */
void resident_declined(struct text *out, const struct resident_frame *frame);

enum resident_note {
	NOTE_BAD_CODE,		/* the code is not one of ours */
	NOTE_SITE_CLOSED,	/* the poster was withdrawn */
	NOTE_NO_WAVE,		/* no survey is open now */
	NOTE_LAPSED,		/* its approval, frame.valid_until, is over */
	NOTE_BUSY,		/* 503: your answer was not stored, send again (the key makes it
				 * safe); keeps a resend form */
	NOTE_TOO_LARGE, NOTE_BAD_REQUEST, NOTE_NOT_FOUND, NOTE_METHOD,
	NOTE_MAX
};
/* A kind page with one thing to do next. */
void resident_note(struct text *out, const struct resident_frame *frame, enum resident_note note);
/* NOTE_BUSY with everything typed in hidden fields and one button "再交一次". */
void resident_busy(struct text *out, const struct resident_frame *frame,
	const struct answers *typed);

/* /Q/ : a field to type a poster's code in, sent as GET /Q/?code=...  typed: what was typed and is
 * not a code of ours, to be shown with the reason; or NULL. */
void resident_code_form(struct text *out, const struct resident_frame *frame, const char *typed);

/* Why a ticket cannot be used. */
enum resident_ticket {
	RESIDENT_TICKET_UNKNOWN, RESIDENT_TICKET_USED, RESIDENT_TICKET_VOID,
	RESIDENT_TICKET_EXPIRED,
	RESIDENT_TICKET_CLOSED,		/* of a survey that is over, has not begun,
					 * or lost its approval */
	RESIDENT_TICKET_OTHER,		/* of another survey */
	RESIDENT_TICKETS
};

/* ---- ticket.c ---- */
/*
 * That, in both languages.  may_go_on: its survey is open, and who likes may answer in the open
 * stream: by a link to frame.self?open=1, or, when he had answered already, by sending typed
 * again with _open=yes.
 */
void resident_ticket(struct text *out, const struct resident_frame *frame, enum resident_ticket why,
	const struct answers *typed, bool may_go_on);
/* /V/ : a field to type a ticket in, sent as GET /V/?code=... */
void resident_ticket_form(struct text *out, const struct resident_frame *frame, const char *typed);

/* ---- note.c ---- */
/* /r/RECEIPT.  state 1: in, unchanged; 0: not found; -1: found but does not match (call).
 * index: its place in the ledger, from 1; head_size: leaves the newest signed head covers. */
void resident_receipt(struct text *out, const struct resident_frame *frame, const char *receipt,
	int state, int64_t minute, int64_t index, int64_t head_size);
/* /r/ : a field to type a receipt in, sent as GET /r/?receipt=... */
void resident_receipt_form(struct text *out, const struct resident_frame *frame, const char *typed);

/* ---- privacy.c ---- */
/* /privacy */
void resident_privacy(struct text *out, const struct resident_frame *frame);

/* ---- file.c ---- */
/*
 * The files pages refer to: a name is the start of the SHA-256 of the bytes, so they may be kept
 * for ever (Cache-Control: public, max-age=31536000, immutable).
 */
const char *resident_css(size_t *n);
const char *resident_js(size_t *n);
/* The form's skip logic as a style sheet, for browsers that know :has(). */
void resident_form_css(struct text *out, const struct form *form);

/*
 * Answer a request below /s/: the bytes into *out and the media type into *type.
 * form[n]: the forms that are open, whose style sheets may be asked for.
 * Returns 0, or -1 if no file has this path.
 */
int resident_file(struct text *out, const char **type, const char *path,
	const struct form *const form[], size_t n);

#endif
