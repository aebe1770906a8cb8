/* One request to the desk: who asks, in which language, with which handles. */
#ifndef DESK_VISIT_H
#define DESK_VISIT_H

#include <pthread.h>
#include <stdbool.h>

#include "cgi/route.h"
#include "db/people.h"
#include "desk/desk.h"
#include "forms/answers.h"
#include "view/board/board.h"

enum {
	SESSION_SECONDS = 12 * 3600,	/* a working day, then log in again */
	PASSWORD_MIN = 10,		/* characters */
	PASSWORD_MAX = 256,		/* bytes */
	NAME_MAX_BYTES = 64
};

/* A thread's handles; NULL until needed. */
struct desk_thread {
	struct db *read, *write;
};

/*
 * Password work is slow on purpose, so it is done one at a time, and who comes
 * when too many wait is sent away: a storm of logins leaves threads for everyone else.
 */
struct gate {
	pthread_mutex_t count, work;
	int inside, most;
};

struct desk {
	const char *db_path;
	char key_path[4096];	/* ledger.key.pub beside the database */
	struct gate gate;
	int threads;
	struct desk_thread *thread;
};

/* What every handler gets as call->ctx. */
struct visit {
	struct desk *desk;
	struct desk_thread *thread;
	const struct request *req;
	struct reply *reply;
	const struct route *route;
	struct pool *pool;		/* the request's */
	enum lang lang;
	struct answers form;		/* fields of a post */
	bool in;			/* logged in: user, csrf and session are set */
	bool expired;			/* came with a session that is over */
	struct user user;
	const char *csrf;
	unsigned char session[32];	/* hash of the token */
	struct err err;			/* set by what failed; the dispatcher makes the page */
};

/* The thread's handle for reading, or for writing; NULL with visit->err set. */
struct db *visit_read(struct visit *visit);
struct db *visit_write(struct visit *visit);

/* ?year= of a page of the desk or the interface: 0 none was asked, -1 no year. */
int visit_year(const struct visit *visit);

/* The tracker for one page, of the year it asks for; folding new rows writes their sums, so the
 * handle given back is the writing one.  NULL with visit->err set. */
struct db *visit_tracker(struct visit *visit, struct tracker *tracker);

/*
 * A change and its line in the audit, or neither: between the two the handler
 * writes through the returned handle.  end() enters route->audit (or action, if not NULL) by `who`.
 */
struct db *visit_begin(struct visit *visit);
int visit_end(struct visit *visit, const char *action, const char *who, const char *object);
void visit_abandon(struct visit *visit);	/* roll back */

/* What frames a page: of the desk, or of the public side.  Works without a
 * database, for error pages. */
struct board_frame visit_frame(struct visit *visit, bool public);

/* ---- files.c ---- */
/* Where residents reach us: the setting base_url, or as this visitor came. */
const char *visit_base_url(struct visit *visit, struct db *db);

/* ---- visit.c ---- */
/* A plain page (or JSON below /api/) that says what a status means. */
void visit_say(struct visit *visit, int status);
/* The same for visit->err; the thread's handles are dropped if the database failed. */
void visit_fail(struct visit *visit);

/* A field of the posted form, checked as UTF-8 without control characters; "" if
 * missing, doubled or bad. */
const char *visit_field(const struct visit *visit, const char *name);

/* desk/next.c: the page a visitor was on his way to: the field or parameter `next` if it is a page
 * of the desk, NULL if there is none or it leads anywhere else. */
const char *visit_next(const struct visit *visit);

/* ---- next.c ---- */
/* The door that leads on to that page: path (of the desk) with next= behind
 * it, as it is for NULL. */
const char *visit_door(const struct visit *visit, const char *path, const char *next);
/* The page a request without a session came for, or the page whose form it posted;
 * NULL for the first page. */
const char *visit_wanted(struct visit *visit);

/* ---- visit.c ---- */
/* Whose session the cookie is; fills user and in.  -1 with err if the database failed. */
int visit_session(struct visit *visit);

/* ---- visit.c ---- */
/* A fresh session for visit->user with its cookies, within visit_begin(). */
int visit_new_session(struct visit *visit, struct db *db);
void visit_forget_cookies(struct visit *visit);

/* Handlers, by file. */
route_serve serve_login_page, serve_login, serve_logout, serve_password_page, serve_password;
route_serve serve_board, serve_departments, serve_indicator, serve_fieldwork, serve_sites,
	serve_desk_published;
route_serve serve_desk_published_of, serve_desk_ledger;
route_serve serve_home, serve_published, serve_ledger, serve_to_desk;
route_serve serve_poster, serve_posters, serve_qr, serve_figures, serve_css;
route_serve serve_api_tracker, serve_api_departments, serve_api_indicator, serve_api_published;

#endif
