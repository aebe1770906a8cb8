/* Inside cgi/: one connection of a server, and what the two share. */
#ifndef CGI_CONN_H
#define CGI_CONN_H

#include "cgi/record.h"
#include "cgi/server.h"
#include "proc/work.h"

enum {
	CONN_READ_N = 64 * 1024,
	CONN_FIRST_MS = 1000	/* for the first byte of who came in just before, when
				 * room or time is short */
};

/* One connection. */
struct conn {
	struct conn *next, **link;	/* list of all */
	struct server_state *server;
	struct loop_watch watch;
	unsigned interest;		/* events it is watched for; 0: not watched */
	struct record_reader reader;
	struct exchange x;		/* of the request that is answered */
	struct work_item item;		/* its place in the queues */
	struct text out;
	size_t sent;			/* bytes of out already gone */
	int64_t since;			/* what the deadlines of server.h count from */
	unsigned requests;		/* answered so far */
	bool answering;			/* x is with the handler; nothing of it may be freed */
	bool aborted;			/* nobody wants the reply */
	bool eof;			/* the peer will send no more */
	bool closing;			/* as soon as out is sent */
	bool dead;			/* closed and freed by the turn, not inside a batch */
};

struct server_state {
	struct server server;
	struct loop *loop;
	struct loop_part part;
	struct loop_watch listener;
	bool listening, stopping;
	int64_t accept_at;		/* when not listening: not before */
	int64_t look_at;		/* when the next deadline may have come */
	struct conn *conn;
	size_t conns;
	bool died;			/* somebody is dead */
	struct work_item *answered, **answered_end;
	struct work *work;		/* NULL without threads */
	char bytes[CONN_READ_N];
};

/* Take in a connection that was accepted; it is read when the loop says so. */
void conn_add(struct server_state *s, int fd);
/* Nothing is under way on it, not even half a record. */
bool conn_is_idle(const struct conn *c);
/* When its patience ends; INT64_MIN: it is dead; INT64_MAX: its handler has it. */
int64_t conn_deadline(const struct conn *c);
/* Its end, at the next look round. */
void conn_drop(struct conn *c);
/* Close it now, and free it if no handler has it; else the next look round comes by again. */
void conn_bury(struct conn *c);
/* Its handler is done: the reply goes out, and the connection stays if that was asked for and
 * nothing speaks against it. */
void conn_finish(struct conn *c);

/* For the queues of proc/work.h; ctx is the server. */
struct conn *conn_of_item(struct work_item *item);
void conn_work(struct work_item *item, int thread, void *ctx);
void conn_worked(struct work_item *item, void *ctx);

#endif
