/* Users, sessions and the audit trail in the database. */
#ifndef DB_PEOPLE_H
#define DB_PEOPLE_H

#include <stddef.h>

#include "db/db.h"

enum role { ROLE_ADMIN, ROLE_ANALYST, ROLE_OFFICIAL, ROLE_DEPARTMENT, ROLE_AUDITOR, ROLE_MAX };
const char *role_name(enum role role);			/* "admin" ... */
int role_parse(enum role *role, const char *name);	/* 0 or -1 */

struct user {
	int64_t id;
	const char *name;		/* login name, UNIQUE */
	enum role role;
	const char *department;		/* role department: which; else "" */
	const char *password;		/* libsodium's crypto_pwhash_str */
	bool must_change;		/* the password is one-time */
	bool active;
};
/* ERR_CONFLICT if the name exists */
int db_put_user(struct db *db, struct user *user, struct err *err);
int db_set_password(struct db *db, int64_t user, const char *password, bool must_change,
	struct err *err);	/* ends the user's sessions */
/* ends the user's sessions */
int db_set_user_active(struct db *db, int64_t user, bool active, struct err *err);
int db_get_user(struct db *db, struct user *user, const char *name, struct pool *pool,
	struct err *err);
int db_list_users(struct db *db, struct user **user, size_t *n, struct pool *pool, struct err *err);

/* Sessions by the SHA-256 of the cookie's token; expired ones are gone. */
int db_put_session(struct db *db, const unsigned char hash[32], int64_t user, const char *csrf,
	int64_t expires_second, struct err *err);
/* ERR_MISSING if there is none or it has expired. */
int db_get_session(struct db *db, const unsigned char hash[32], int64_t now_second,
	struct user *user, const char **csrf, struct pool *pool, struct err *err);
int db_drop_session(struct db *db, const unsigned char hash[32], struct err *err);

/*
 * Failed logins since a minute, for slowing down: of a name from one network ("" is this machine),
 * after its last login from there and after the last reset of its password; of everybody from that
 * network where name is NULL.  They are audit rows with action "login-failed", who = the name
 * tried, object = the network.
 */
struct failures {
	int64_t n, last;	/* last: minute of the newest, 0 if none */
};
int db_get_failures(struct db *db, struct failures *failures, const char *name, const char *network,
	int64_t since_minute, struct err *err);

/* Append-only: who did what to what, from where ("cli", "desk"). */
int db_put_audit(struct db *db, int64_t minute, const char *who, const char *from,
	const char *action, const char *object, const char *detail, struct err *err);
/* Newest first, at most limit. */
struct audit_row { int64_t id, minute; const char *who, *from, *action, *object, *detail; };
int db_list_audit(struct db *db, int64_t limit, struct audit_row **row, size_t *n,
	struct pool *pool, struct err *err);

#endif
