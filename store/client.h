/* The intake's side of the socket: append, and ask for the catalogue. */
#ifndef STORE_CLIENT_H
#define STORE_CLIENT_H

#include <stdbool.h>
#include <stdint.h>

#include "forms/paradata.h"
#include "store/catalogue.h"

/*
 * One connection, for one thread, one request at a time; opaque.  A connection
 * that fails or is late is dropped and made anew by the next call.  Every call
 * ends within STORE_DEADLINE_MS with 0 or -1 (ERR_BUSY: the store is away or
 * late, try again with the same key; other codes: what the store said).
 */
struct store_client;

enum { STORE_DEADLINE_MS = 5000 };

/* Does not connect yet.  path is copied. */
struct store_client *store_client_new(const char *socket_path);
void store_client_free(struct store_client *c);

/* What became of a single-use code. */
enum ticket_state {
	TICKET_LIVE,		/* it may be used; or none was needed */
	TICKET_UNKNOWN,		/* not one of ours */
	TICKET_USED,
	TICKET_VOID,		/* taken back by the office */
	TICKET_EXPIRED,
	TICKET_CLOSED,		/* its survey is over, has not begun, or lost its approval */
	TICKET_OTHER,		/* of another survey than the answers */
	TICKET_STATES
};

/* One accepted response on its way to be stored.  Strings may be NULL for "". */
struct store_submission {
	int64_t wave;
	const char *site;		/* code, "" if none */
	const char *stream;		/* "open" or "sampled" */
	const char *mode;		/* "qr", "ticket", ... */
	const char *key;
	int64_t seconds;		/* taken; -1 unknown */
	int64_t opened;			/* minute its page was made; -1 unknown.  What was opened in
					 * time is taken an hour longer */
	const char *answers;		/* JSON array (response_put_json) */
	const char *phone;		/* for a callback; "" if none */
	const char *ticket;		/* its code; "": none, then mode is not "ticket".  It is
					 * used up with the answer or not at all, and decides site,
					 * stratum, cluster and weight */
	struct paradata paradata;	/* what the intake knows; dont_know is
					 * counted by the store */
};

struct store_receipt {
	char receipt[17];		/* "" if the ticket was refused: then nothing is stored */
	bool fresh;			/* false: this key was stored before */
	bool same;			/* fresh, or stored then with the same answers; false: other
					 * answers, which are not kept, or other answers came with
					 * this key before (store/pen.h says why) */
	bool called;			/* a phone was sent along, and of this answer one waits for
					 * a call, since now or since then */
	int64_t minute;
	enum ticket_state ticket;	/* TICKET_LIVE, or why it was refused */
};

/* 0 means: on disk, fsynced.  -1 with ERR_BUSY may or may not be stored: resend the same key. */
int store_put(struct store_client *c, struct store_receipt *receipt,
	const struct store_submission *submission, struct err *err);

int store_version(struct store_client *c, int64_t *version, struct err *err);
int store_catalogue(struct store_client *c, struct catalogue *catalogue, struct pool *pool,
	struct err *err);

/* Is that answer in, and does its leaf still match?  Says nothing of what was answered. */
struct store_check {
	bool found, unchanged;
	int64_t minute;
	int64_t index;			/* its place in the ledger, from 1 */
	int64_t head_size;		/* leaves under the newest signed head; 0: none signed */
};
int store_check_receipt(struct store_client *c, struct store_check *check, const char *receipt,
	struct err *err);

/* Where a ticket leads, before anything is asked.  Says nothing of who used it or when. */
struct store_ticket {
	enum ticket_state state;
	int64_t wave;			/* of its survey, whatever became of it; 0: not in the
					 * catalogue, or no such ticket */
	char site[8];			/* code, "" if none */
};
int store_ticket(struct store_client *c, struct store_ticket *ticket, const char *code,
	struct err *err);

/* The fields of a PUT request, for both sides. */
void store_submission_put(struct text *out, const struct store_submission *s);
/* -1: malformed */
int store_submission_get(struct store_submission *s, struct wire *wire, struct pool *pool);

/* Whole request frames, for who sends them himself. */
void store_put_put(struct text *out, const struct store_submission *s);
void store_version_put(struct text *out);
void store_look_put(struct text *out, const char *receipt);
void store_ticket_put(struct text *out, const char *code);

/*
 * What a reply says, for who waits for it himself.  0, or -1 with what the store said; a reply that
 * cannot be understood is ERR_BUSY, as if there were none.
 */
int store_receipt_get(struct store_receipt *receipt, struct wire *wire, struct err *err);
int store_ticket_get(struct store_ticket *ticket, struct wire *wire, struct err *err);
int store_check_get(struct store_check *check, struct wire *wire, struct err *err);
int store_version_get(int64_t *version, struct wire *wire, struct err *err);
/* "The store does not answer": ERR_BUSY; -1. */
int store_away(struct err *err);

#endif
