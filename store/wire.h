/* The few messages between intake and store, as pure functions over bytes. */
#ifndef STORE_WIRE_H
#define STORE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/pool.h"
#include "base/text.h"

/*
 * A frame is a length (four bytes, most significant first, of what follows),
 * a type (one byte) and fields.  A field is a length (four bytes) and as many
 * bytes; numbers are decimal text.  One request, one reply, in order; requests may be sent
 * before earlier ones are answered, and submissions that wait together share a transaction.
 * No reply holds an answer: the worst a stolen socket can do is append.  "same" tells whether the
 * answers sent are those stored under that key: who had stolen a key, which is random, short-lived
 * and nowhere printed, could try answers one by one.
 */
enum wire_type {
	WIRE_VERSION = 1,	/* -> OK number: catalogue version */
	WIRE_CATALOGUE,		/* -> OK: store/catalogue.h's encoding */
	WIRE_PUT,		/* submission -> OK receipt, fresh, minute, ticket
				 * state, same, phone kept */
	WIRE_RECEIPT,		/* receipt -> OK found, unchanged, minute, index, head size */
	WIRE_TICKET,		/* code -> OK ticket state, wave, site */
	WIRE_OK = 128,
	WIRE_ERROR		/* err code's name, sentence */
};

enum {
	WIRE_REQUEST_MAX = 256 * 1024,		/* bytes of a request frame's content */
	WIRE_REPLY_MAX = 32 * 1024 * 1024	/* bytes of a reply: the catalogue of a big city */
};

/* ---- writing: begin, fields, end ---- */

/* Start a frame at the end of out; returns where it starts, for wire_end(). */
size_t wire_begin(struct text *out, enum wire_type type);
void wire_put_text(struct text *out, const char *s);		/* NULL is "" */
void wire_put_bytes(struct text *out, const void *bytes, size_t n);
void wire_put_number(struct text *out, int64_t n);
void wire_end(struct text *out, size_t begin);
/* A whole error reply. */
void wire_put_error(struct text *out, const struct err *err);

/* ---- reading ---- */

/* The fields left of one frame.  bad is set by the first field that does not fit and stays. */
struct wire {
	int type;
	const unsigned char *p;
	size_t n;
	bool bad;
};

/*
 * The first frame in bytes[n]: returns its whole length and fills *wire (pointing
 * into bytes), 0 if more bytes are needed, -1 if it is longer than max or empty.
 */
long wire_frame(struct wire *wire, const void *bytes, size_t n, size_t max);
/* The next field; in pool, NUL-terminated.  "" and bad when there is none, it holds a
 * NUL or is not UTF-8. */
const char *wire_get_text(struct wire *wire, struct pool *pool);
/* The next field of at most so many bytes, into out with its NUL.  False, "" and bad otherwise. */
bool wire_get_word(struct wire *wire, char *out, size_t most);
/* The next field as a number; 0 and bad when it is not one. */
int64_t wire_get_number(struct wire *wire);
/* No field is left and none was bad. */
bool wire_done(const struct wire *wire);

#endif
