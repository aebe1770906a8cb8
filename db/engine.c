/* SQLite itself: opened in one way, its complaints in words. */
#include "db/engine.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>

#include "base/lang.h"

/* One row per engine code: what to call it, and what a person can do. */
static const struct { int engine; enum err_code code; const char *zh, *en; } fault[] = {
	{ SQLITE_FULL, ERR_FULL, "磁盘空间已满，什么也没有写入；请腾出空间后重试",
		"the disk is full and nothing was written; make room and try again" },
	{ SQLITE_BUSY, ERR_BUSY, "数据库正被另一个程序占用；请稍后重试",
		"the database is in use by another program; try again in a moment" },
	{ SQLITE_LOCKED, ERR_BUSY, "数据库正被占用；请稍后重试",
		"the database is in use; try again in a moment" },
	{ SQLITE_NOMEM, ERR_BUSY, "内存不足，什么也没有写入；请稍后重试",
		"memory is short and nothing was written; try again in a moment" },
	{ SQLITE_NOTADB, ERR_INPUT, "不是满意的数据库文件；请检查路径，或用 manyi init 新建",
		"not a Manyi database; check the path, or make one with manyi init" },
	{ SQLITE_CORRUPT, ERR_DB, "数据库文件已损坏；请停止写入，从备份恢复",
		"the database file is damaged; stop writing and restore a backup" },
	{ SQLITE_READONLY, ERR_DENIED, "数据库只能读；请检查文件和目录的权限",
		"the database is read-only; check the permissions of the file and its folder" },
	{ SQLITE_PERM, ERR_DENIED, "没有权限；请检查文件和目录的权限",
		"no permission; check the file and its folder" },
	{ SQLITE_CANTOPEN, ERR_IO, "打不开；请检查路径和目录的权限",
		"cannot open; check the path and the folder's permissions" },
	{ SQLITE_IOERR, ERR_IO, "磁盘读写错误；请检查磁盘",
		"reading or writing the disk failed; check the disk" },
	{ SQLITE_CONSTRAINT, ERR_CONFLICT, "数据库不接受这条记录",
		"the database refuses this record" },
	{ SQLITE_TOOBIG, ERR_INPUT, "内容太长", "too long" },
};

/* Did a write to the file or its log meet a quota or a file-size limit?  SQLite
 * calls that an I/O error. */
static bool
no_room(sqlite3 *sqlite)
{
	sqlite3_file *file[2] = { NULL, NULL };
	int number;

	sqlite3_file_control(sqlite, "main", SQLITE_FCNTL_FILE_POINTER, &file[0]);
	sqlite3_file_control(sqlite, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file[1]);
	for (int i = 0; i < 2; i++) {
		number = 0;
		if (file[i] != NULL && file[i]->pMethods != NULL)
			file[i]->pMethods->xFileControl(file[i], SQLITE_FCNTL_LAST_ERRNO, &number);
		if (number == ENOSPC || number == EDQUOT || number == EFBIG)
			return true;
	}
	return false;
}

int
db_fail(sqlite3 *sqlite, const char *path, struct err *err)
{
	int engine = sqlite3_errcode(sqlite) & 0xff;
	const char *said = sqlite3_errmsg(sqlite);

	if (engine == SQLITE_IOERR && no_room(sqlite))
		engine = SQLITE_FULL;
	for (size_t i = 0; i < sizeof(fault) / sizeof(fault[0]); i++)
		if (fault[i].engine == engine)
			return err_set(err, fault[i].code, "%s：%s（%s）", "%s: %s (%s)",
				path, LANG_PICK(fault[i].zh, fault[i].en), said);
	return err_set(err, ERR_DB, "%s：数据库出错（%s）",
		"%s: the database failed (%s)", path, said);
}

/*
 * SQLite need not count its memory: nobody asks, and counting takes a lock for every piece.
 * Refused, and no harm, where somebody else has begun with SQLite before us.
 */
static void
set_up_engine(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

int
db_open_file(const char *path, sqlite3 **sqlite, int flags)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, set_up_engine);
	return sqlite3_open_v2(path, sqlite, flags | SQLITE_OPEN_NOMUTEX, NULL);
}

sqlite3 *
db_connect(const char *path, int flags, struct err *err)
{
	sqlite3 *sqlite = NULL;

	if (db_open_file(path, &sqlite, flags | SQLITE_OPEN_EXRESCODE) == SQLITE_OK) {
		sqlite3_busy_timeout(sqlite, DB_BUSY_MS);
		return sqlite;
	}
	db_fail(sqlite, path, err);	/* NULL is SQLite's word for no memory */
	sqlite3_close(sqlite);
	return NULL;
}

int
db_pragma(sqlite3 *sqlite, const char *pragma, int *number)
{
	sqlite3_stmt *s = NULL;
	int rc = sqlite3_prepare_v2(sqlite, pragma, -1, &s, NULL);

	if (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW)
		*number = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return rc == SQLITE_ROW ? 0 : -1;
}

int
db_version(sqlite3 *sqlite)
{
	int version = -1;

	return db_pragma(sqlite, "PRAGMA user_version", &version) != 0 ? -1 : version;
}
