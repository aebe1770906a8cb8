/* FastCGI's records as a pure function over bytes: no descriptor, no clock, no global. */
#ifndef CGI_RECORD_H
#define CGI_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/pool.h"
#include "base/text.h"

/*
 * What nobody may exceed.  A web server in front sends a few short names and a body it has
 * itself limited, so whoever comes near these is none.
 */
enum {
	RECORD_PARAMS_MAX = 64 * 1024,	/* bytes of all names and values of a request */
	RECORD_NAMES_MAX = 128,	/* names of a request */
	RECORD_STDIN_MAX = 4 << 20,	/* bytes of a body, the part that is thrown away included */
	RECORD_NOISE_MAX = 256		/* records a connection may send that
					 * belong to no request */
};

/* What the bytes so far amount to. */
enum record_event {
	RECORD_MORE,		/* all bytes are used up; nothing to do yet */
	RECORD_REQUEST,		/* a request is whole: params, body,
				 * too_large, id and keep are its */
	RECORD_ABORT,		/* the peer gives up the request that is read or answered */
	RECORD_REFUSE,		/* another request or role: answer
				 * record_put_end(refused_id, refusal) */
	RECORD_UNKNOWN,		/* a management record: answer record_put_unknown(unknown) */
	RECORD_BROKEN		/* not FastCGI, or past a limit: close; the reader stays broken */
};

/* What comes next for the request under way. */
enum record_stage {
	RECORD_IDLE,		/* none is */
	RECORD_PARAMS,
	RECORD_STDIN,
	RECORD_ANSWERING,	/* it is whole; until record_next() only an abort is heard */
	RECORD_ENDED		/* broken */
};

/*
 * One connection's reader.  Zeroed memory but for body_max is a fresh one.
 * One request at a time: a second id is refused with FCGI_CANT_MPX_CONN and its records
 * are passed over.
 */
struct record_reader {
	size_t body_max;		/* longer bodies are thrown away: too_large */

	enum record_stage stage;
	unsigned id;			/* of the request under way, 1..65535 */
	bool keep;			/* it asked to keep the connection */
	struct text params;		/* names and values as sent: record_params() */
	struct text body;
	bool too_large;			/* the body was longer than body_max; body is empty */

	unsigned refused_id;		/* for RECORD_REFUSE */
	int refusal;			/* FCGI_CANT_MPX_CONN or FCGI_UNKNOWN_ROLE */
	int unknown;			/* for RECORD_UNKNOWN: its type */

	unsigned char head[8];		/* the record being read: its header */
	size_t head_n;			/* bytes of it so far; 8: whole */
	size_t content, padding;	/* bytes of the record still to come */
	unsigned char begin[8];		/* body of FCGI_BEGIN_REQUEST so far */
	size_t begin_n;
	size_t stdin_n;			/* bytes of the body so far, thrown away or not */
	unsigned noise;			/* records that belonged to no request */
};

/*
 * Read on from bytes[n] up to the next event.  Returns how many bytes were used: all of them with
 * RECORD_MORE, perhaps fewer with another event, after which the rest is offered again.
 */
size_t record_read(struct record_reader *r, enum record_event *event, const void *bytes, size_t n);

/* Is a request or a record begun and not yet whole? */
bool record_is_midway(const struct record_reader *r);

/* The request is answered or given up: ready for the next one.  Gives back what
 * it took much room for. */
void record_next(struct record_reader *r);
void record_clear(struct record_reader *r);

/*
 * Names and values as "NAME=VALUE", a NULL at the end; in pool.  NULL if a length
 * leads outside, a name is empty, doubled or holds '=', anything holds a NUL, or there are
 * more than RECORD_NAMES_MAX.
 */
char **record_params(const void *bytes, size_t n, struct pool *pool);

/* ---- writing ---- */

/* n bytes as FCGI_STDOUT, in as many records as they need; without the empty one, which
 * FCGI_END_REQUEST implies. */
void record_put_stdout(struct text *out, unsigned id, const void *bytes, size_t n);
/* The same for what is written into out between the two; returns where it
 * begins, for the second. */
size_t record_open_stdout(struct text *out);
void record_close_stdout(struct text *out, unsigned id, size_t begin);
/* status: FCGI_REQUEST_COMPLETE, FCGI_CANT_MPX_CONN, FCGI_OVERLOADED or FCGI_UNKNOWN_ROLE. */
void record_put_end(struct text *out, unsigned id, int status);
void record_put_unknown(struct text *out, int type);

#endif
