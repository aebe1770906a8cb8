/* Users, sessions and the audit trail in the database. */
#include "db/people.h"

#include <string.h>

#include "base/date.h"
#include "db/columns.h"
#include "db/statement.h"

static const char *const roles[ROLE_MAX] = {
	[ROLE_ADMIN] = "admin",
	[ROLE_ANALYST] = "analyst",
	[ROLE_OFFICIAL] = "official",
	[ROLE_DEPARTMENT] = "department",
	[ROLE_AUDITOR] = "auditor",
};

const char *
role_name(enum role role)
{
	return (unsigned)role < ROLE_MAX ? roles[role] : "";
}

int
role_parse(enum role *role, const char *name)
{
	for (int i = 0; i < ROLE_MAX; i++)
		if (strcmp(roles[i], name) == 0) {
			*role = (enum role)i;
			return 0;
		}
	return -1;
}

static int
check_user(const struct user *u, struct err *err)
{
	bool has = u->department != NULL && u->department[0] != '\0';

	if (u->name == NULL || u->name[0] == '\0')
		return err_set(err, ERR_INPUT, "用户要有登录名", "a user needs a name");
	if ((u->role == ROLE_DEPARTMENT) != has)
		return err_set(err, ERR_INPUT, "用户 %s：只有部门角色要写部门，也必须写",
			"user %s: a department belongs to the role department, and only to it",
			u->name);
	return 0;
}

int
db_put_user(struct db *db, struct user *u, struct err *err)
{
	int rc;

	if (check_user(u, err) != 0 || db_enter(db, err) != 0)
		return -1;
	rc = db_run(db, SQL_PUT_USER, ARGS(TEXT(u->name), TEXT(role_name(u->role)),
		TEXT(u->department != NULL ? u->department : ""), TEXT(u->password),
		INT(u->must_change), INT(u->active)), err);
	if (rc == 0 && sqlite3_changes(db->sqlite) == 0)
		rc = err_set(err, ERR_CONFLICT, "用户 %s 已经存在", "the user %s exists", u->name);
	if (rc == 0)
		u->id = sqlite3_last_insert_rowid(db->sqlite);
	return db_leave(db, rc, err);
}

/* Change a user by a statement and end the sessions, which were begun under what has changed. */
static int
change_user(struct db *db, int64_t id, enum sql sql, const struct arg arg[], size_t args,
	struct err *err)
{
	int rc;

	if (db_enter(db, err) != 0)
		return -1;
	rc = db_run(db, sql, arg, args, err);
	if (rc == 0 && sqlite3_changes(db->sqlite) == 0)
		rc = err_set(err, ERR_MISSING, "没有第 %lld 号用户", "there is no user %lld",
			(long long)id);
	if (rc == 0)
		rc = db_run(db, SQL_DROP_SESSIONS_OF, ARGS(INT(id)), err);
	return db_leave(db, rc, err);
}

int
db_set_password(struct db *db, int64_t user, const char *password, bool must_change,
	struct err *err)
{
	return change_user(db, user, SQL_SET_PASSWORD,
		ARGS(TEXT(password), INT(must_change), INT(user)), err);
}

int
db_set_user_active(struct db *db, int64_t user, bool active, struct err *err)
{
	return change_user(db, user, SQL_SET_USER_ACTIVE, ARGS(INT(active), INT(user)), err);
}

/* CHECK holds the role to these words; were it another, it would be the one
 * with the fewest rights. */
static void
read_role(void *role, const char *name)
{
	if (role_parse(role, name) != 0)
		*(enum role *)role = ROLE_DEPARTMENT;
}

#define U(member)	COLUMN(struct user, member)
static const struct columns user_columns = COLUMNS(struct user,
	U(id), U(name), COLUMN_OF(struct user, role, read_role), U(department), U(password),
	U(must_change), U(active));
#undef U

int
db_get_user(struct db *db, struct user *user, const char *name, struct pool *pool, struct err *err)
{
	sqlite3_stmt *s = db_use(db, SQL_GET_USER, ARGS(TEXT(name)));
	int rc = db_step(db, s, err);

	if (rc < 0)
		return -1;
	if (rc == 0)
		return err_set(err, ERR_MISSING, "没有用户 %s", "there is no user %s", name);
	columns_read(user, &user_columns, s, pool);
	db_stop(s);
	return 0;
}

int
db_list_users(struct db *db, struct user **user, size_t *n, struct pool *pool, struct err *err)
{
	*user = columns_list(db, db_use(db, SQL_LIST_USERS, NO_ARGS), &user_columns, n, pool, err);
	return *user != NULL ? 0 : -1;
}

int
db_put_session(struct db *db, const unsigned char hash[32], int64_t user, const char *csrf,
	int64_t expires_second, struct err *err)
{
	int rc;

	if (db_enter(db, err) != 0)
		return -1;
	rc = db_run(db, SQL_DROP_EXPIRED, ARGS(INT(date_now_second())), err);
	if (rc == 0)
		rc = db_run(db, SQL_PUT_SESSION, ARGS(BLOB(hash, 32), INT(user), TEXT(csrf),
			INT(expires_second)), err);
	return db_leave(db, rc, err);
}

int
db_get_session(struct db *db, const unsigned char hash[32], int64_t now_second,
	struct user *user, const char **csrf, struct pool *pool, struct err *err)
{
	sqlite3_stmt *s = db_use(db, SQL_GET_SESSION, ARGS(BLOB(hash, 32), INT(now_second)));
	int rc = db_step(db, s, err);

	if (rc < 0)
		return -1;
	if (rc == 0)
		return err_set(err, ERR_MISSING, "登录已失效，请重新登录",
			"the session is over; log in again");
	columns_read(user, &user_columns, s, pool);
	*csrf = db_text(s, 7, pool);
	db_stop(s);
	return 0;
}

int
db_drop_session(struct db *db, const unsigned char hash[32], struct err *err)
{
	return db_run(db, SQL_DROP_SESSION, ARGS(BLOB(hash, 32)), err);
}

int
db_get_failures(struct db *db, struct failures *failures, const char *name, const char *network,
	int64_t since_minute, struct err *err)
{
	sqlite3_stmt *s = name != NULL ?
		db_use(db, SQL_COUNT_FAILURES, ARGS(TEXT(name), TEXT(network), INT(since_minute))) :
		db_use(db, SQL_COUNT_NETWORK_FAILURES, ARGS(TEXT(network), INT(since_minute)));

	if (db_step(db, s, err) <= 0)
		return -1;
	failures->n = sqlite3_column_int64(s, 0);
	failures->last = sqlite3_column_int64(s, 1);
	db_stop(s);
	return 0;
}

int
db_put_audit(struct db *db, int64_t minute, const char *who, const char *from, const char *action,
	const char *object, const char *detail, struct err *err)
{
	return db_run(db, SQL_PUT_AUDIT, ARGS(INT(minute), TEXT(who), TEXT(from), TEXT(action),
		TEXT(object != NULL ? object : ""), TEXT(detail != NULL ? detail : "")), err);
}

#define A(member)	COLUMN(struct audit_row, member)
static const struct columns audit_columns = COLUMNS(struct audit_row,
	A(id), A(minute), A(who), A(from), A(action), A(object), A(detail));
#undef A

int
db_list_audit(struct db *db, int64_t limit, struct audit_row **row, size_t *n, struct pool *pool,
	struct err *err)
{
	*row = columns_list(db, db_use(db, SQL_LIST_AUDIT, ARGS(INT(limit))), &audit_columns, n,
		pool, err);
	return *row != NULL ? 0 : -1;
}
