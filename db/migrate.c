/* Forward, one version at a time, in one transaction. */
#include "db/migrate.h"

#include "db/copy.h"
#include "db/statement.h"

/* Row after row from the first version ever shipped; a row is never changed once it has been. */
const struct migration db_migration[] = {
	{ 0, NULL },
};
const size_t db_migrations = 0;

static int
run(sqlite3 *sqlite, const char *path, const char *sql, struct err *err)
{
	if (sqlite3_exec(sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
		return db_fail(sqlite, path, err);
	return 0;
}

static int
run_steps(sqlite3 *sqlite, const char *path, const struct migration step[], size_t steps,
	int version, struct err *err)
{
	int at = db_version(sqlite);

	while (at < version) {
		size_t i = 0;

		while (i < steps && step[i].from != at)
			i++;
		if (i == steps)
			return err_set(err, ERR_VERSION,
			    "%s：不认识库版本 %d，无法升级到 %d；文件没有改动",
			    "%s: no way from schema %d to %d; the file is unchanged", path, at, version);
		if (run(sqlite, path, step[i].sql, err) < 0)
			return -1;
		at = db_version(sqlite);
		if (at != step[i].from + 1)
			return err_set(err, ERR_DB, "%s：升级脚本没有更新版本号", "%s: a step forgot its version",
			    path);
	}
	return 0;
}

/* Copied through a connection of its own, which sees the file as it is before the first step. */
static int
keep_old(const char *path, int from, struct err *err)
{
	sqlite3 *reader = db_connect(path, SQLITE_OPEN_READONLY, err);
	struct pool pool = POOL_INIT;
	int rc;

	if (reader == NULL)
		return -1;
	rc = db_copy(reader, pool_fmt(&pool, "%s.v%d", path, from), true, err);
	sqlite3_close(reader);
	pool_clear(&pool);
	return rc;
}

int
db_migrate(sqlite3 *sqlite, const char *path, const struct migration step[], size_t steps,
	int version, struct err *err)
{
	int from, rc = -1;

	/* Whoever else is about to do the same waits here, and then finds it done. */
	if (run(sqlite, path, "BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON", err) < 0)
		return -1;
	from = db_version(sqlite);
	if ((from >= version || keep_old(path, from, err) == 0) &&
	    run_steps(sqlite, path, step, steps, version, err) == 0 &&
	    run(sqlite, path, "COMMIT", err) == 0)
		rc = 0;
	if (rc < 0 && !sqlite3_get_autocommit(sqlite))
		run(sqlite, path, "ROLLBACK", NULL);
	return rc;
}
