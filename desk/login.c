/* Logging in and out, and changing a password. */
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "desk/visit.h"
#include "ledger/secret.h"

/*
 * After failures within the last hour, how many quiet minutes the next try needs: of one name from
 * one network, and of a whole network.  Guessing is slowed to a few hundred tries a day, and nobody
 * is kept out by what somebody does elsewhere: a name alone is never counted.  A login lifts what
 * its name did from there, a reset of the password what it did anywhere.
 */
struct slowness {
	int64_t failures, quiet;
};
static const struct slowness of_name[] = { { 20, 10 }, { 10, 3 }, { 5, 1 } };
static const struct slowness of_network[] = { { 300, 10 }, { 100, 3 }, { 30, 1 } };
enum { STEPS = sizeof(of_name) / sizeof(of_name[0]) };

enum outcome { RIGHT, WRONG, TOO_SOON, TOO_MANY, FAILED };

static bool
gate_enter(struct gate *gate)
{
	bool in;

	pthread_mutex_lock(&gate->count);
	in = gate->inside < gate->most;
	gate->inside += in;
	pthread_mutex_unlock(&gate->count);
	if (in)
		pthread_mutex_lock(&gate->work);
	return in;
}

static void
gate_leave(struct gate *gate)
{
	pthread_mutex_unlock(&gate->work);
	pthread_mutex_lock(&gate->count);
	gate->inside--;
	pthread_mutex_unlock(&gate->count);
}

/* Minutes until these failures are quiet enough: whole ones, as the audit counts them, so
 * never less than it is. */
static int64_t
left_to_wait(const struct failures *f, const struct slowness slowness[], int64_t now)
{
	for (size_t i = 0; i < STEPS; i++)
		if (f->n >= slowness[i].failures)
			return f->last + slowness[i].quiet >= now ?
				f->last + slowness[i].quiet + 1 - now : 0;
	return 0;
}

/* Minutes this visitor has to wait before he may try this name; -1 with visit->err. */
static int64_t
must_wait(struct visit *visit, struct db *db, const char *name)
{
	const char *network = visit->req->network;
	int64_t now = date_now_minute(), mine, all;
	struct failures f;

	if (db_get_failures(db, &f, name, network, now - 60, &visit->err) != 0)
		return -1;
	mine = left_to_wait(&f, of_name, now);
	if (db_get_failures(db, &f, NULL, network, now - 60, &visit->err) != 0)
		return -1;
	all = left_to_wait(&f, of_network, now);
	return mine > all ? mine : all;
}

static enum outcome
note_failure(struct visit *visit, const char *name)
{
	if (visit_begin(visit) == NULL ||
			visit_end(visit, "login-failed", name, visit->req->network) != 0)
		return FAILED;
	return WRONG;
}

/*
 * Is this the name's password?  Fills *user, and *wait with the minutes to wait where that is too
 * soon to tell.  An unknown name, a closed account and a wrong password take the same time and
 * give the same answer.
 */
static enum outcome
check_password(struct visit *visit, struct user *user, int64_t *wait, const char *name,
	const char *password)
{
	struct db *db = visit_read(visit);
	struct err err = { 0 };
	bool known, right;

	if (db == NULL)
		return FAILED;
	known = db_get_user(db, user, name, visit->pool, &err) == 0;
	if (!known && err.code != ERR_MISSING) {
		visit->err = err;
		return FAILED;
	}
	*wait = must_wait(visit, db, name);
	if (*wait != 0)
		return *wait > 0 ? TOO_SOON : FAILED;
	if (!gate_enter(&visit->desk->gate))
		return TOO_MANY;
	right = secret_password_right(known && user->active ? user->password : NULL, password);
	gate_leave(&visit->desk->gate);
	return right ? RIGHT : note_failure(visit, name);
}

static void
show_login(struct visit *visit, int status, enum board_login state, int64_t wait, const char *name)
{
	struct board_frame frame = visit_frame(visit, false);

	frame.next = visit_next(visit);
	visit->reply->status = status;
	if (wait > 0)
		reply_header(visit->reply, "Retry-After",
			pool_fmt(visit->pool, "%lld", (long long)wait * 60));
	board_login(&visit->reply->body, &frame, state, (int)wait, name);
}

/* To the page one was on the way to, or the board. */
static void
go_on(struct visit *visit)
{
	const char *next = visit_next(visit);

	reply_see_other(visit->reply, next != NULL ? next : "/desk/");
}

static void
enter(struct visit *visit)
{
	if (visit->user.must_change)
		reply_see_other(visit->reply,
			visit_door(visit, "/desk/password", visit_next(visit)));
	else
		go_on(visit);
}

void
serve_login_page(struct route_call *call)
{
	struct visit *visit = call->ctx;

	if (visit->in)
		go_on(visit);
	else
		show_login(visit, 200, visit->expired || request_query(call->req, "expired") !=
			NULL ? LOGIN_EXPIRED : LOGIN_FRESH, 0, "");
}

static int
begin_session(struct visit *visit)
{
	struct db *db = visit_begin(visit);

	if (db == NULL)
		return -1;
	if (visit_new_session(visit, db) != 0) {
		visit_abandon(visit);
		return -1;
	}
	return visit_end(visit, NULL, visit->user.name, visit->req->network);
}

void
serve_login(struct route_call *call)
{
	struct visit *visit = call->ctx;
	const char *name = visit_field(visit, "name"), *password = visit_field(visit, "password");
	int64_t wait = 0;

	if (strlen(name) > NAME_MAX_BYTES || strlen(password) > PASSWORD_MAX)
		name = password = "";
	switch (check_password(visit, &visit->user, &wait, name, password)) {
	case RIGHT:
		if (begin_session(visit) == 0)
			enter(visit);
		break;
	case WRONG:
		show_login(visit, 403, LOGIN_WRONG, 0, name);
		break;
	case TOO_SOON:
		show_login(visit, 429, LOGIN_SLOW_DOWN, wait, name);
		break;
	case TOO_MANY:
		reply_header(call->reply, "Retry-After", "10");
		show_login(visit, 429, LOGIN_CROWDED, 0, name);
		break;
	case FAILED:
		break;	/* visit->err says what */
	}
}

void
serve_logout(struct route_call *call)
{
	struct visit *visit = call->ctx;
	struct db *db = visit_begin(visit);

	if (db == NULL)
		return;
	if (db_drop_session(db, visit->session, &visit->err) != 0) {
		visit_abandon(visit);
		return;
	}
	if (visit_end(visit, NULL, visit->user.name, "") != 0)
		return;
	visit_forget_cookies(visit);
	reply_see_other(call->reply, "/desk/login");
}

static void
show_password(struct visit *visit, int status, enum board_password state, int64_t wait)
{
	struct board_frame frame = visit_frame(visit, false);

	frame.next = visit_next(visit);
	visit->reply->status = status;
	if (wait > 0)
		reply_header(visit->reply, "Retry-After",
			pool_fmt(visit->pool, "%lld", (long long)wait * 60));
	board_password(&visit->reply->body, &frame, state, (int)wait);
}

void
serve_password_page(struct route_call *call)
{
	show_password(call->ctx, 200, PASSWORD_FRESH, 0);
}

/* Every session of the user ends with the old password; this visitor gets a new one. */
static int
change_password(struct visit *visit, const char *password)
{
	char hash[SECRET_HASH_N];
	struct db *db;
	int rc;

	if (!gate_enter(&visit->desk->gate))
		return err_set(&visit->err, ERR_BUSY, "现在登录的人太多",
			"too many are logging in");
	rc = secret_password_hash(hash, password);
	gate_leave(&visit->desk->gate);
	if (rc != 0)
		return err_set(&visit->err, ERR_BUSY, "内存不足", "out of memory");
	db = visit_begin(visit);
	if (db == NULL)
		return -1;
	if (db_set_password(db, visit->user.id, hash, false, &visit->err) != 0 ||
			visit_new_session(visit, db) != 0) {
		visit_abandon(visit);
		return -1;
	}
	return visit_end(visit, NULL, visit->user.name, "");
}

/* What is wrong with the new password by itself. */
static enum board_password
judge(const char *old, const char *new, const char *again)
{
	if (utf8_count(new, strlen(new)) < PASSWORD_MIN || strlen(new) > PASSWORD_MAX)
		return PASSWORD_SHORT;
	if (strcmp(new, again) != 0)
		return PASSWORD_DIFFER;
	return strcmp(new, old) == 0 ? PASSWORD_SAME : PASSWORD_FRESH;
}

void
serve_password(struct route_call *call)
{
	struct visit *visit = call->ctx;
	const char *old = visit_field(visit, "old"), *new = visit_field(visit, "new");
	enum board_password state = judge(old, new, visit_field(visit, "again"));
	struct user user;
	int64_t wait = 0;

	if (state != PASSWORD_FRESH) {
		show_password(visit, 422, state, 0);
		return;
	}
	switch (check_password(visit, &user, &wait, visit->user.name,
			strlen(old) <= PASSWORD_MAX ? old : "")) {
	case RIGHT:
		if (change_password(visit, new) == 0)
			go_on(visit);
		break;
	case WRONG:
		show_password(visit, 403, PASSWORD_WRONG, 0);
		break;
	case TOO_SOON:
		show_password(visit, 429, PASSWORD_SLOW_DOWN, wait);
		break;
	case TOO_MANY:
		show_password(visit, 429, PASSWORD_CROWDED, 0);
		break;
	case FAILED:
		break;
	}
}
