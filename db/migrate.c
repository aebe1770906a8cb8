/* Forward, one version at a time, in one transaction. */
#include "db/migrate.h"

#include "base/sha256.h"
#include "db/copy.h"
#include "db/engine.h"
#include "db/programme.h"
#include "db/statement.h"

/* The tracker was the shipped table and nothing else; whoever has its rows has that programme. */
static int
programme_first(sqlite3 *sqlite, const char *path, struct err *err)
{
	static const char sql[] =
		"INSERT INTO programme (sha256, who, minute, body) SELECT ?, 'manyi', unixepoch() /"
		" 60, ?"
		" WHERE EXISTS (SELECT 1 FROM indicator)";
	sqlite3_stmt *s = NULL;
	char hex[65];
	int rc = -1;

	sha256_hex(hex, embed_programme_json, embed_programme_json_n);
	if (sqlite3_prepare_v2(sqlite, sql, -1, &s, NULL) == SQLITE_OK &&
			sqlite3_bind_text(s, 1, hex, -1, SQLITE_STATIC) == SQLITE_OK &&
			sqlite3_bind_text(s, 2, (const char *)embed_programme_json,
			(int)embed_programme_json_n, SQLITE_STATIC) == SQLITE_OK &&
			sqlite3_step(s) == SQLITE_DONE)
		rc = 0;
	sqlite3_finalize(s);
	return rc == 0 ? 0 : db_fail(sqlite, path, err);
}

/* Row after row from the first version ever shipped; a row is never changed once it has been. */
const struct migration db_migration[] = {
	/* How an answer was filled in; rules that screen; tickets. */
	{ 1,
		"ALTER TABLE response ADD COLUMN screens INTEGER NOT NULL DEFAULT -1 CHECK"
		" (screens BETWEEN -1 AND 99);\n"
		"ALTER TABLE response ADD COLUMN dont_know INTEGER NOT NULL DEFAULT -1 CHECK"
		" (dont_know BETWEEN -1 AND 999);\n"
		"ALTER TABLE response ADD COLUMN resends INTEGER NOT NULL DEFAULT -1"
		" CHECK (resends BETWEEN -1 AND 9);\n"
		"ALTER TABLE response ADD COLUMN client TEXT NOT NULL DEFAULT ''"
		" CHECK (client IN ('', 'phone', 'tablet', 'desktop', 'wechat', 'other'));\n"
		"ALTER TABLE response ADD COLUMN rush INTEGER NOT NULL DEFAULT"
		" 0 CHECK (rush BETWEEN 0 AND 3);\n"
		"CREATE TABLE screening (\n"
		"id INTEGER PRIMARY KEY,\n"
		"wave INTEGER NOT NULL REFERENCES wave (id),\n"
		"rule TEXT NOT NULL CHECK (rule <> ''),\n"
		"version TEXT NOT NULL,\n"
		"answers INTEGER NOT NULL CHECK (answers >= 0),\n"
		"who TEXT NOT NULL CHECK (who <> ''),\n"
		"minute INTEGER NOT NULL,\n"
		"UNIQUE (wave, rule)\n"
		") STRICT;\n"
		"CREATE TABLE ticket_batch (\n"
		"id INTEGER PRIMARY KEY,\n"
		"wave INTEGER NOT NULL REFERENCES wave (id),\n"
		"site INTEGER REFERENCES site (id),\n"
		"stratum TEXT NOT NULL,\n"
		"cluster TEXT NOT NULL,\n"
		"weight INTEGER NOT NULL CHECK (weight > 0),\n"
		"issued INTEGER NOT NULL,\n"
		"expires INTEGER NOT NULL,\n"
		"note TEXT NOT NULL\n"
		") STRICT;\n"
		"CREATE TABLE ticket (\n"
		"hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 16),\n"
		"batch INTEGER NOT NULL REFERENCES ticket_batch (id),\n"
		"state TEXT NOT NULL CHECK (state IN ('live', 'used', 'void'))\n"
		") STRICT, WITHOUT ROWID;\n"
		"CREATE TRIGGER screening_kept BEFORE DELETE ON screening\n"
		"BEGIN SELECT RAISE(ABORT, 'screening: append-only 只增不改'); END;\n"
		"CREATE TRIGGER screening_fixed BEFORE UPDATE ON screening\n"
		"BEGIN SELECT RAISE(ABORT, 'screening: append-only 只增不改'); END;\n"
		"CREATE TRIGGER ticket_batch_kept BEFORE DELETE ON ticket_batch\n"
		"BEGIN SELECT RAISE(ABORT, 'ticket_batch: append-only 只增不改'); END;\n"
		"CREATE TRIGGER ticket_batch_fixed BEFORE UPDATE ON ticket_batch\n"
		"BEGIN SELECT RAISE(ABORT, 'ticket_batch: append-only 只增不改'); END;\n"
		"CREATE TRIGGER ticket_kept BEFORE DELETE ON ticket\n"
		"BEGIN SELECT RAISE(ABORT, 'ticket: rows are never deleted 邀请码不可删除'); END;\n"
		"CREATE TRIGGER ticket_once BEFORE UPDATE ON ticket\n"
		"WHEN OLD.state <> 'live' OR NEW.hash <> OLD.hash OR NEW.batch <> OLD.batch\n"
		"BEGIN SELECT RAISE(ABORT, 'ticket: used once 邀请码只能用一次'); END;\n"
		"PRAGMA user_version = 2", NULL },
	/*
	 * The same conditions in words that cost nothing, changed where the table is described: no
	 * row is touched.  To make and drop a table tells every open connection that
	 * the description is new.
	 */
	{ 2,
		"PRAGMA writable_schema = ON;\n"
		"UPDATE sqlite_schema SET sql = replace(replace(sql,\n"
		"'mode IN (''qr'', ''phone'', ''household'', ''ticket'', ''link'')',\n"
		"'mode = ''qr'' OR mode = ''phone'' OR mode = ''household'' OR mode ="
		" ''ticket'' OR mode = ''link'''),\n"
		"'client IN ('''', ''phone'', ''tablet'', ''desktop'', ''wechat'', ''other'')',\n"
		"'client = '''' OR client = ''phone'' OR client = ''tablet'' OR client ="
		" ''desktop'' OR client = ''wechat'''\n"
		"|| ' OR client = ''other''')\n"
		"WHERE type = 'table' AND name = 'response';\n"
		"UPDATE sqlite_schema SET sql = replace(sql, 'state IN (''live'', ''used'',"
		" ''void'')',\n"
		"'state = ''live'' OR state = ''used'' OR state = ''void''')\n"
		"WHERE type = 'table' AND name = 'ticket';\n"
		"CREATE TABLE described (anew INTEGER) STRICT;\n"
		"DROP TABLE described;\n"
		"PRAGMA writable_schema = RESET;\n"
		"PRAGMA user_version = 3", NULL },
	/* What an import took, who may say what a year's entry speaks of. */
	{ 3,
		"DROP TABLE tally;\n"
		"DROP TABLE tally_head;\n"
		"DROP TABLE cached;\n"
		"ALTER TABLE threshold ADD COLUMN document TEXT NOT NULL DEFAULT ''"
		" CHECK (document <> '' OR value <> '评价依据已取消');\n"
		"ALTER TABLE threshold ADD COLUMN successor TEXT NOT NULL DEFAULT '';\n"
		"CREATE TABLE criterion (\n"
		"id INTEGER PRIMARY KEY,\n"
		"indicator TEXT NOT NULL REFERENCES indicator (id),\n"
		"name TEXT NOT NULL CHECK (name <> ''),\n"
		"value TEXT NOT NULL CHECK (name <> 'governs' OR value IN ('literal',"
		" 'statistical')),\n"
		"signed_by TEXT NOT NULL CHECK (signed_by <> ''),\n"
		"date TEXT NOT NULL CHECK (date <> ''),\n"
		"who TEXT NOT NULL CHECK (who <> ''),\n"
		"minute INTEGER NOT NULL\n"
		") STRICT;\n"
		"CREATE INDEX criterion_indicator ON criterion (indicator, name);\n"
		"ALTER TABLE complaint ADD COLUMN definition TEXT NOT NULL DEFAULT '';\n"
		"ALTER TABLE complaint ADD COLUMN national_definition TEXT NOT NULL DEFAULT '';\n"
		"CREATE TRIGGER criterion_kept BEFORE DELETE ON criterion\n"
		"BEGIN SELECT RAISE(ABORT, 'criterion: append-only 只增不改'); END;\n"
		"CREATE TRIGGER criterion_fixed BEFORE UPDATE ON criterion\n"
		"BEGIN SELECT RAISE(ABORT, 'criterion: append-only 只增不改'); END;\n"
		"CREATE INDEX audit_network ON audit (object,"
		" minute) WHERE action = 'login-failed';\n"
		"CREATE INDEX audit_login ON audit (who, object) WHERE action = 'login';\n"
		"CREATE INDEX audit_reset ON audit (object) WHERE action = 'user reset';\n"
		"ALTER TABLE response ADD COLUMN batch INTEGER REFERENCES batch (id);\n"
		"ALTER TABLE response ADD COLUMN agency_key TEXT NOT NULL DEFAULT ''"
		" CHECK (length(agency_key) <= 64);\n"
		"CREATE TABLE fieldwork_3 AS SELECT * FROM fieldwork;\n"
		"DROP TABLE fieldwork;\n"
		"CREATE TABLE fieldwork (\n"
		"wave INTEGER NOT NULL REFERENCES wave (id),\n"
		"site INTEGER NOT NULL,\n"
		"stream TEXT NOT NULL,\n"
		"batch INTEGER NOT NULL,\n"
		"n INTEGER NOT NULL,\n"
		"flagged INTEGER NOT NULL,\n"
		"first INTEGER NOT NULL,\n"
		"last INTEGER NOT NULL,\n"
		"PRIMARY KEY (wave, site, stream, batch)\n"
		") STRICT, WITHOUT ROWID;\n"
		"INSERT INTO fieldwork SELECT wave, site, stream, 0, n, flagged, first, last"
		" FROM fieldwork_3;\n"
		"DROP TABLE fieldwork_3;\n"
		"CREATE TABLE batch (\n"
		"id INTEGER PRIMARY KEY,\n"
		"wave INTEGER NOT NULL REFERENCES wave (id),\n"
		"file TEXT NOT NULL CHECK (file <> ''),\n"
		"sha256 TEXT NOT NULL CHECK (length(sha256) = 64),\n"
		"who TEXT NOT NULL CHECK (who <> ''),\n"
		"minute INTEGER NOT NULL,\n"
		"options TEXT NOT NULL,\n"
		"read INTEGER NOT NULL CHECK (read >= 0),\n"
		"skipped INTEGER NOT NULL CHECK (skipped >= 0),\n"
		"replaces INTEGER REFERENCES batch (id),\n"
		"late TEXT NOT NULL,\n"
		"notes TEXT NOT NULL CHECK (json_valid(notes))\n"
		") STRICT;\n"
		"CREATE TABLE batch_event (\n"
		"id INTEGER PRIMARY KEY,\n"
		"batch INTEGER NOT NULL REFERENCES batch (id),\n"
		"state TEXT NOT NULL CHECK (state = 'complete' OR state = 'withdrawn'),\n"
		"who TEXT NOT NULL CHECK (who <> ''),\n"
		"minute INTEGER NOT NULL,\n"
		"reason TEXT NOT NULL,\n"
		"UNIQUE (batch, state)\n"
		") STRICT;\n"
		"CREATE VIEW batch_uncounted AS\n"
		"SELECT id FROM batch WHERE id NOT IN (SELECT batch FROM batch_event"
		" WHERE state = 'complete')\n"
		"OR id IN (SELECT batch FROM batch_event WHERE state = 'withdrawn');\n"
		"CREATE VIEW counted AS\n"
		"SELECT * FROM response WHERE batch IS NULL OR batch NOT IN (SELECT id"
		" FROM batch_uncounted);\n"
		"CREATE TRIGGER batch_kept BEFORE DELETE ON batch\n"
		"BEGIN SELECT RAISE(ABORT, 'batch: append-only 只增不改'); END;\n"
		"CREATE TRIGGER batch_fixed BEFORE UPDATE ON batch\n"
		"BEGIN SELECT RAISE(ABORT, 'batch: append-only 只增不改'); END;\n"
		"CREATE TRIGGER batch_event_kept BEFORE DELETE ON batch_event\n"
		"BEGIN SELECT RAISE(ABORT, 'batch_event: append-only 只增不改'); END;\n"
		"CREATE TRIGGER batch_event_fixed BEFORE UPDATE ON batch_event\n"
		"BEGIN SELECT RAISE(ABORT, 'batch_event: append-only 只增不改'); END;\n"
		"PRAGMA writable_schema = ON;\n"
		"UPDATE sqlite_schema SET sql = replace(sql, ' FROM response r JOIN wave w', '"
		" FROM counted r JOIN wave w')\n"
		"WHERE type = 'view' AND name IN (SELECT answers FROM form);\n"
		"CREATE TABLE described (anew INTEGER) STRICT;\n"
		"DROP TABLE described;\n"
		"PRAGMA writable_schema = RESET;\n"
		"ALTER TABLE wave ADD COLUMN lapsed_because TEXT NOT NULL DEFAULT '';\n"
		"ALTER TABLE site ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;\n"
		"DROP TABLE duty;\n"
		"DROP TABLE department;\n"
		"CREATE TABLE indicator_3 AS SELECT id, position FROM indicator;\n"
		"DROP TABLE indicator;\n"
		"CREATE TABLE indicator (\n"
		"id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),\n"
		"position INTEGER NOT NULL UNIQUE CHECK (position > 0)\n"
		") STRICT, WITHOUT ROWID;\n"
		"INSERT INTO indicator SELECT id, position FROM indicator_3;\n"
		"DROP TABLE indicator_3;\n"
		"CREATE TABLE programme (\n"
		"id INTEGER PRIMARY KEY,\n"
		"sha256 TEXT NOT NULL CHECK (length(sha256) = 64),\n"
		"who TEXT NOT NULL CHECK (who <> ''),\n"
		"minute INTEGER NOT NULL,\n"
		"body TEXT NOT NULL CHECK (json_valid(body))\n"
		") STRICT;\n"
		"CREATE TRIGGER programme_kept BEFORE DELETE ON programme\n"
		"BEGIN SELECT RAISE(ABORT, 'programme: append-only 只增不改'); END;\n"
		"CREATE TRIGGER programme_fixed BEFORE UPDATE ON programme\n"
		"BEGIN SELECT RAISE(ABORT, 'programme: append-only 只增不改'); END;\n"
		"PRAGMA user_version = 4", programme_first },
};
const size_t db_migrations = sizeof(db_migration) / sizeof(db_migration[0]);

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
				"%s: no way from schema %d to %d; the file is unchanged",
				path, at, version);
		if (run(sqlite, path, step[i].sql, err) != 0 ||
				(step[i].fill != NULL && step[i].fill(sqlite, path, err) < 0))
			return -1;
		at = db_version(sqlite);
		if (at != step[i].from + 1)
			return err_set(err, ERR_DB, "%s：升级脚本没有更新版本号",
				"%s: a step forgot its version", path);
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
	if (run(sqlite, path, "BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON", err) != 0)
		return -1;
	from = db_version(sqlite);
	if ((from >= version || keep_old(path, from, err) == 0) &&
			run_steps(sqlite, path, step, steps, version, err) == 0 &&
			run(sqlite, path, "COMMIT", err) == 0)
		rc = 0;
	if (rc != 0 && !sqlite3_get_autocommit(sqlite))
		run(sqlite, path, "ROLLBACK", NULL);
	return rc;
}
