/* Logging in and out, and changing a password. */
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "desk/visit.h"
#include "ledger/secret.h"

/*
 * After failures of one name, how many quiet minutes the next try needs.  It
 * slows guessing to a few hundred tries a day and never locks a name for good.
 */
static const struct {
	int64_t failures, quiet;	/* failures within the last hour; minutes */
} slowness[] = { { 20, 10 }, { 10, 3 }, { 5, 1 } };

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

static bool
is_too_soon(struct db *db, const char *name)
{
	int64_t now = date_now_minute(), failures = db_count_failures(db, name, now - 60);
	size_t i;

	for (i = 0; i < sizeof(slowness) / sizeof(slowness[0]); i++)
		if (failures >= slowness[i].failures)
			return db_count_failures(db, name, now - slowness[i].quiet) > 0;
	return false;
}

static enum outcome
note_failure(struct visit *visit, const char *name)
{
	if (visit_begin(visit) == NULL || visit_end(visit, "login-failed", name, "") != 0)
		return FAILED;
	return WRONG;
}

/*
 * Is this the name's password?  Fills *user.  An unknown name, a closed account
 * and a wrong password take the same time and give the same answer.
 */
static enum outcome
check_password(struct visit *visit, struct user *user, const char *name, const char *password)
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
	if (is_too_soon(db, name))
		return TOO_SOON;
	if (!gate_enter(&visit->desk->gate))
		return TOO_MANY;
	right = secret_password_right(known && user->active ? user->password : NULL, password);
	gate_leave(&visit->desk->gate);
	return right ? RIGHT : note_failure(visit, name);
}

static void
show_login(struct visit *visit, int status, enum board_login state, const char *name)
{
	struct board_frame frame = visit_frame(visit, false);

	visit->reply->status = status;
	board_login(&visit->reply->body, &frame, state, name);
}

void
serve_login_page(struct route_call *call)
{
	struct visit *visit = call->ctx;

	if (visit->in)
		reply_see_other(call->reply, "/desk/");
	else
		show_login(visit, 200, visit->expired || request_query(call->req, "expired") != NULL ?
		    LOGIN_EXPIRED : LOGIN_FRESH, "");
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
	return visit_end(visit, NULL, visit->user.name, "");
}

void
serve_login(struct route_call *call)
{
	struct visit *visit = call->ctx;
	const char *name = visit_field(visit, "name"), *password = visit_field(visit, "password");

	if (strlen(name) > NAME_MAX_BYTES || strlen(password) > PASSWORD_MAX)
		name = password = "";
	switch (check_password(visit, &visit->user, name, password)) {
	case RIGHT:
		if (begin_session(visit) == 0)
			reply_see_other(call->reply, visit->user.must_change ? "/desk/password" : "/desk/");
		break;
	case WRONG:
		show_login(visit, 403, LOGIN_WRONG, name);
		break;
	case TOO_SOON:
	case TOO_MANY:
		reply_header(call->reply, "Retry-After", "60");
		show_login(visit, 429, LOGIN_SLOW_DOWN, name);
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
show_password(struct visit *visit, int status, enum board_password state)
{
	struct board_frame frame = visit_frame(visit, false);

	visit->reply->status = status;
	board_password(&visit->reply->body, &frame, state);
}

void
serve_password_page(struct route_call *call)
{
	show_password(call->ctx, 200, PASSWORD_FRESH);
}

/* Every session of the user ends with the old password; this visitor gets a new one. */
static int
change_password(struct visit *visit, const char *password)
{
	char hash[SECRET_HASH_N];
	struct db *db;
	int rc;

	if (!gate_enter(&visit->desk->gate))
		return err_set(&visit->err, ERR_BUSY, "现在登录的人太多", "too many are logging in");
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

	if (state != PASSWORD_FRESH) {
		show_password(visit, 422, state);
		return;
	}
	switch (check_password(visit, &user, visit->user.name, strlen(old) <= PASSWORD_MAX ? old : "")) {
	case RIGHT:
		if (change_password(visit, new) == 0)
			reply_see_other(call->reply, "/desk/");
		break;
	case WRONG:
		show_password(visit, 403, PASSWORD_WRONG);
		break;
	case TOO_SOON:
	case TOO_MANY:
		err_set(&visit->err, ERR_BUSY, "试错太多次，请稍候再试", "too many wrong tries; please wait");
		break;
	case FAILED:
		break;
	}
}
