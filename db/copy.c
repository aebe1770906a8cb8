/* Whole database files: made under another name, checked, then given theirs. */
#include "db/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "db/engine.h"
#include "db/migrate.h"
#include "db/statement.h"

char *
db_temporary(const char *path, struct pool *pool, struct err *err)
{
	char *name = pool_fmt(pool, "%s.XXXXXX", path);
	int fd = mkostemp(name, O_CLOEXEC);
	mode_t mask = umask(0);

	umask(mask);
	if (fd < 0) {
		err_set_errno(err, ERR_IO, "%s：不能在这里建文件",
			"%s: cannot make a file here", path);
		return NULL;
	}
	if (fchmod(fd, 0660 & ~mask) != 0) {
		err_set_errno(err, ERR_IO, "%s：设不了权限", "%s: cannot set the mode", name);
		close(fd);
		unlink(name);
		return NULL;
	}
	close(fd);
	return name;
}

void
db_discard(const char *path)
{
	static const char *const suffix[] = { "", "-journal", "-wal", "-shm" };
	struct pool pool = POOL_INIT;

	for (size_t i = 0; i < sizeof(suffix) / sizeof(suffix[0]); i++)
		unlink(pool_fmt(&pool, "%s%s", path, suffix[i]));
	pool_clear(&pool);
}

int
db_settle(const char *made, const char *path, bool replace, struct err *err)
{
	if (replace) {
		if (rename(made, path) == 0)
			return 0;
	} else if (link(made, path) == 0) {
		unlink(made);
		return 0;
	} else if (errno == EEXIST) {
		return err_set(err, ERR_CONFLICT, "%s：文件已经存在，不会覆盖；请换个文件名",
			"%s: exists and is not overwritten; choose another name", path);
	}
	return err_set_errno(err, ERR_IO, "%s：不能建立", "%s: cannot be made", path);
}

/* Exact counts compared with the rows; a file that is copied before it is
 * migrated has no batches yet. */
#define FIELDWORK(of_count, of_row) \
	"SELECT 'fieldwork of wave ' || wave || ' site ' || site FROM" \
	" (SELECT wave, site, stream, " of_count " AS batch, n, flagged, first, last" \
	"  FROM fieldwork UNION ALL" \
	"  SELECT wave, coalesce(site, 0), stream, " of_row ", count(*), sum(flagged)," \
	"  min(minute), max(minute) FROM response GROUP BY 1, 2, 3, 4)" \
	" GROUP BY wave, site, stream, batch, n, flagged, first, last HAVING count(*) <> 2 LIMIT 10"

/* Every line the checks give, cut to what an error holds. */
static int
check(sqlite3 *sqlite, const char *path, struct err *err)
{
	const char *const test[] = {
		"PRAGMA integrity_check(10)",
		"SELECT 'foreign key of ' || \"table\" FROM pragma_foreign_key_check LIMIT 10",
		db_version(sqlite) < 4 ? FIELDWORK("0", "0") :
			FIELDWORK("batch", "coalesce(batch, 0)"),
	};
	struct text said = TEXT_INIT;
	sqlite3_stmt *s;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < sizeof(test) / sizeof(test[0]); i++) {
		s = NULL;
		if (sqlite3_prepare_v2(sqlite, test[i], -1, &s, NULL) != SQLITE_OK)
			rc = db_fail(sqlite, path, err);
		while (rc == 0 && sqlite3_step(s) == SQLITE_ROW) {
			const char *line = db_column(s, 0);

			if (line != NULL && strcmp(line, "ok") != 0)
				text_fmt(&said, "%s%s", said.n > 0 ? "; " : "", line);
		}
		if (sqlite3_finalize(s) != SQLITE_OK && rc == 0)
			rc = db_fail(sqlite, path, err);
	}
	if (rc == 0 && said.n > 0)
		rc = err_set(err, ERR_DB, "%s：没有通过完整性检查，请从备份恢复（%s）",
			"%s: fails the integrity check; restore a backup (%s)", path,
			text_str(&said));
	text_clear(&said);
	return rc;
}

int
db_integrity(struct db *db, struct err *err)
{
	return check(db->sqlite, db->path, err);
}

static int
copy_pages(sqlite3 *from, const char *path, struct err *err)
{
	sqlite3 *to = db_connect(path, SQLITE_OPEN_READWRITE, err);
	sqlite3_backup *b;
	int rc = -1;

	if (to == NULL)
		return -1;
	b = sqlite3_backup_init(to, "main", from, "main");
	/* All pages in one step: one reader's view, whoever writes meanwhile. */
	if (b == NULL || sqlite3_backup_step(b, -1) != SQLITE_DONE) {
		sqlite3_backup_finish(b);
		db_fail(to, path, err);
	} else if (sqlite3_backup_finish(b) != SQLITE_OK) {
		db_fail(to, path, err);
	} else {
		rc = check(to, path, err);
	}
	sqlite3_close(to);
	return rc;
}

int
db_copy(sqlite3 *sqlite, const char *path, bool replace, struct err *err)
{
	struct pool pool = POOL_INIT;
	char *made;
	int rc = -1;

	made = db_temporary(path, &pool, err);
	if (made != NULL) {
		if (copy_pages(sqlite, made, err) == 0 && db_settle(made, path, replace, err) == 0)
			rc = 0;
		else
			db_discard(made);
	}
	pool_clear(&pool);
	return rc;
}

int
db_backup(struct db *db, const char *path, struct err *err)
{
	if (access(path, F_OK) == 0)
		return err_set(err, ERR_CONFLICT, "%s：文件已经存在，不会覆盖；请换个文件名",
			"%s: exists and is not overwritten; choose another name", path);
	return db_copy(db->sqlite, path, false, err);
}
