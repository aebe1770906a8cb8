/* How rows of the table of statements are prepared, run and read; transactions. */
#include "db/statement.h"
#include "db/engine.h"

#include <assert.h>
#include <math.h>
#include <string.h>

int
db_prepare_all(struct db *db, struct err *err)
{
	for (int i = 0; i < SQL_MAX; i++) {
		assert(sql_table[i] != NULL);
		if (sqlite3_prepare_v3(db->sqlite, sql_table[i], -1, SQLITE_PREPARE_PERSISTENT,
				&db->statement[i], NULL) != SQLITE_OK)
			return db_fail(db->sqlite, db->path, err);
	}
	return 0;
}

static int
bind(sqlite3_stmt *s, int at, const struct arg *a)
{
	switch (a->kind) {
	case ARG_INT:
		return sqlite3_bind_int64(s, at, a->i);
	case ARG_REAL:
		return isnan(a->d) ? sqlite3_bind_null(s, at) : sqlite3_bind_double(s, at, a->d);
	case ARG_TEXT:
		return sqlite3_bind_text(s, at, a->p, -1, SQLITE_STATIC);
	case ARG_BLOB:
		return sqlite3_bind_blob64(s, at, a->p, a->n, SQLITE_STATIC);
	}
	return SQLITE_MISUSE;
}

sqlite3_stmt *
db_use(struct db *db, enum sql sql, const struct arg arg[], size_t args)
{
	sqlite3_stmt *s = db->statement[sql];

	assert(!sqlite3_stmt_busy(s));
	assert(args == (size_t)sqlite3_bind_parameter_count(s));
	for (size_t i = 0; i < args; i++)
		if (bind(s, (int)i + 1, &arg[i]) != SQLITE_OK)
			err_die("out of memory");	/* or a text over SQLite's gigabyte */
	return s;
}

/* Within a view of the past nothing is written: SQLite would stop every writer
 * until the view is closed. */
static int
refuse_write(struct db *db, struct err *err)
{
	return err_set(err, ERR_BUSY, "%s：正在读取，暂不写入",
		"%s: being read; nothing is written now", db->path);
}

int
db_step(struct db *db, sqlite3_stmt *s, struct err *err)
{
	int rc;

	if (db->looks > 0 && db->depth == 0 && !sqlite3_stmt_readonly(s)) {
		db_stop(s);
		return refuse_write(db, err);
	}
	rc = sqlite3_step(s);
	if (rc == SQLITE_ROW)
		return 1;
	if (rc != SQLITE_DONE)
		db_fail(db->sqlite, db->path, err);
	db_stop(s);
	return rc == SQLITE_DONE ? 0 : -1;
}

void
db_stop(sqlite3_stmt *s)
{
	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
}

int
db_run(struct db *db, enum sql sql, const struct arg arg[], size_t args, struct err *err)
{
	sqlite3_stmt *s = db_use(db, sql, arg, args);
	int rc;

	while ((rc = db_step(db, s, err)) > 0)
		continue;
	return rc;
}

int
db_number(struct db *db, enum sql sql, const struct arg arg[], size_t args,
	int64_t none, int64_t *number, struct err *err)
{
	sqlite3_stmt *s = db_use(db, sql, arg, args);
	int rc = db_step(db, s, err);

	*number = none;
	if (rc > 0) {
		*number = sqlite3_column_int64(s, 0);
		db_stop(s);
	}
	return rc < 0 ? -1 : 0;
}

const char *
db_column(sqlite3_stmt *s, int column)
{
	const char *text = (const char *)sqlite3_column_text(s, column);

	/* SQLite says NULL for this, too; a receipt or a name that is not there must not be
	 * mistaken for one. */
	if (text == NULL && sqlite3_errcode(sqlite3_db_handle(s)) == SQLITE_NOMEM)
		err_die("out of memory");
	return text;
}

const char *
db_text(sqlite3_stmt *s, int column, struct pool *pool)
{
	const char *text = db_column(s, column);

	return text != NULL ? pool_strdup(pool, text) : "";
}

double
db_real(sqlite3_stmt *s, int column)
{
	return sqlite3_column_type(s, column) == SQLITE_NULL ? NAN :
		sqlite3_column_double(s, column);
}

void
db_blob(sqlite3_stmt *s, int column, void *out, size_t n)
{
	const void *p = sqlite3_column_blob(s, column);

	if (p != NULL && (size_t)sqlite3_column_bytes(s, column) == n)
		memcpy(out, p, n);
	else
		memset(out, 0, n);
}

int
db_enter(struct db *db, struct err *err)
{
	if (db->depth > 0 && sqlite3_get_autocommit(db->sqlite))
		return err_set(err, ERR_DB, "%s：这批写入已被数据库撤销，请重做",
			"%s: the engine has undone this batch; do it again", db->path);
	if (db->looks > 0 && db->depth == 0)
		return refuse_write(db, err);
	if (db_run(db, db->depth == 0 ? SQL_BEGIN : SQL_SAVEPOINT, NO_ARGS, err) != 0)
		return -1;
	db->depth++;
	return 0;
}

int
db_leave(struct db *db, int rc, struct err *err)
{
	bool outer = --db->depth == 0;

	if (rc == 0)
		rc = db_run(db, outer ? SQL_COMMIT : SQL_RELEASE, NO_ARGS, err);
	/* A failed write may have undone everything already: then there is
	 * nothing left to roll back. */
	if (rc == 0 || sqlite3_get_autocommit(db->sqlite))
		return rc;
	if (outer) {
		db_run(db, SQL_ROLLBACK, NO_ARGS, NULL);
	} else {
		db_run(db, SQL_UNDO, NO_ARGS, NULL);
		db_run(db, SQL_RELEASE, NO_ARGS, NULL);
	}
	return rc;
}
