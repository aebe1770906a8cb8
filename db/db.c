/* Making, opening and closing a database; settings. */
#include "db/db.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "db/copy.h"
#include "db/engine.h"
#include "db/migrate.h"
#include "db/statement.h"

extern const unsigned char embed_schema_sql[];

/*
 * The store copies the log back after so many pages, as SQLite does by itself: later is no cheaper,
 * and the answers wait longer.  A log that readers, one after another, have kept from being begun
 * again is grown to LOG_LARGE pages: then the store waits for those who look at it,
 * LOG_PATIENCE_MS at most.
 */
enum { LOG_PAGES = 1000, LOG_LARGE = 16000, LOG_PATIENCE_MS = 500 };
/* SQLite's own locks lie at 0x40000000 to 0x400001ff. */
enum { ONLY_BYTE = 0x40000400, ONLY_MS = 20 };

/* Microseconds for which long work steps aside: who waits looks again after
 * 100 ms at the latest. */
enum { GIVE_WAY_LEAST = 5000, GIVE_WAY_MOST = 200000 };

/* Holds per connection; what a file remembers (WAL) is set when it is made. */
static const char connection[] =
	"PRAGMA foreign_keys = ON;"
	"PRAGMA synchronous = FULL;"	/* a receipt is given only for what is on the disk */
	"PRAGMA secure_delete = ON;"	/* a deleted phone is gone, not merely unlinked */
	"PRAGMA temp_store = MEMORY;"
	/*
	 * KiB.  Keys and rows are added at the end, so a store needs little; the desk has many
	 * handles, and 64 MiB for each were most of its memory.
	 */
	"PRAGMA cache_size = -4096;";

static int
run_script(sqlite3 *sqlite, const char *path, const char *sql, struct err *err)
{
	if (sqlite3_exec(sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
		return db_fail(sqlite, path, err);
	return 0;
}

static int
build(const char *path, struct err *err)
{
	sqlite3 *sqlite = db_connect(path, SQLITE_OPEN_READWRITE, err);
	int rc = -1;

	if (sqlite == NULL)
		return -1;
	if (run_script(sqlite, path, "BEGIN", err) == 0 &&
			run_script(sqlite, path, (const char *)embed_schema_sql, err) == 0 &&
			run_script(sqlite, path, "COMMIT; PRAGMA journal_mode = WAL", err) == 0)
		rc = 0;
	sqlite3_close(sqlite);
	return rc;
}

struct db *
db_create(const char *path, struct err *err)
{
	struct pool pool = POOL_INIT;
	char *made = NULL;
	int rc = -1;

	if (access(path, F_OK) == 0)
		err_set(err, ERR_CONFLICT, "%s：文件已经存在，不会覆盖；请换个文件名",
			"%s: exists and is not overwritten; choose another name", path);
	else if ((made = db_temporary(path, &pool, err)) != NULL &&
			build(made, err) == 0 && db_settle(made, path, false, err) == 0)
		rc = 0;
	if (rc != 0 && made != NULL)
		db_discard(made);
	pool_clear(&pool);
	return rc == 0 ? db_open(path, DB_WRITE, err) : NULL;
}

static int
newer(const char *path, int version, struct err *err)
{
	return err_set(err, ERR_VERSION,
		"%s：由更新版本的满意写成（库版本 %d，本程序到 %d）；请升级程序，文件没有改动",
		"%s: written by a newer Manyi (schema %d, this program knows %d); upgrade"
		" the program; the file is unchanged", path, version, DB_VERSION);
}

/* As a file that nobody changes: no lock, no log, nothing made beside it. */
static int
open_frozen(const char *path, sqlite3 **sqlite)
{
	struct text uri = TEXT_INIT;
	int rc;

	text_puts(&uri, "file:");
	for (const char *p = path; *p != '\0'; p++)
		text_fmt(&uri, strchr("?#%", *p) != NULL ? "%%%02x" : "%c", (unsigned char)*p);
	text_puts(&uri, "?immutable=1");
	rc = db_open_file(text_str(&uri), sqlite,
		SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE);
	text_clear(&uri);
	return rc;
}

/*
 * Is this file one of ours, and one we know?  Looked at as immutable: no lock, no
 * log replayed, no byte changed.  What a log beside it may say is asked again
 * after opening; so an odd look (a page being written) refuses nothing.
 */
static int
inspect(const char *path, struct err *err)
{
	sqlite3 *sqlite = NULL;
	int application = 0, version = 0, rc = 0;

	if (open_frozen(path, &sqlite) != SQLITE_OK) {
		rc = db_fail(sqlite, path, err);
	} else if (db_pragma(sqlite, "PRAGMA application_id", &application) != 0) {
		if (sqlite3_errcode(sqlite) == SQLITE_NOTADB)
			rc = db_fail(sqlite, path, err);
	} else if (application != DB_APPLICATION) {
		rc = err_set(err, ERR_INPUT,
			"%s：不是满意的数据库文件；请检查路径，或用 manyi init 新建",
			"%s: not a Manyi database; check the path, or make one with manyi init",
			path);
	} else if (db_pragma(sqlite, "PRAGMA user_version", &version) == 0 &&
			version > DB_VERSION) {
		rc = newer(path, version, err);
	}
	sqlite3_close(sqlite);
	return rc;
}

static off_t
size_beside(const char *path, const char *suffix)
{
	struct pool pool = POOL_INIT;
	struct stat st;
	off_t size = stat(pool_fmt(&pool, "%s%s", path, suffix), &st) == 0 ? st.st_size : -1;

	pool_clear(&pool);
	return size;
}

/*
 * A copy in a place where nothing can be written: SQLite wants to make files beside it and cannot.
 * Without a log the file alone is all there is, and nobody writes to it (who did would have a log);
 * with one it is an older state, and that is said and not shown.  NULL with *err: what the ordinary
 * way met stays the reason.
 */
static sqlite3 *
connect_frozen(sqlite3 *ordinary, const char *path, struct err *err)
{
	int met = sqlite3_errcode(ordinary) & 0xff;
	off_t wal = size_beside(path, "-wal");
	sqlite3 *sqlite = NULL;

	if (met != SQLITE_CANTOPEN && met != SQLITE_READONLY) {
		db_fail(ordinary, path, err);
	} else if (wal > 0) {
		err_set(err, ERR_IO,
			"%1$s：最近的内容还在 %1$s-wal 里，这里不能写，所以读不全；"
			"请把这两个文件一起复制到可以写的目录再读，或者改用 manyi backup 做的备份",
			"%1$s: the latest of it is still in %1$s-wal, which cannot be read where"
			" nothing can be written; copy both files to a folder that can be written"
			" and read them there, or use a copy made by manyi backup", path);
	} else if (wal == 0 && size_beside(path, "-shm") >= 0) {
		db_fail(ordinary, path, err);	/* at work, and not for us */
	} else if (open_frozen(path, &sqlite) != SQLITE_OK) {
		db_fail(sqlite, path, err);
	} else {
		sqlite3_close(ordinary);
		return sqlite;
	}
	sqlite3_close(sqlite);
	sqlite3_close(ordinary);
	return NULL;
}

/*
 * SQLite opens what it may not write as if only reading had been asked for.  Said now and not at
 * the first answer, and before it makes a log as read-only as the file, which would outlast the
 * file's being writable again.
 */
static int
check_mode(sqlite3 *sqlite, const char *path, enum db_mode mode, struct err *err)
{
	if (mode == DB_READ || !sqlite3_db_readonly(sqlite, "main"))
		return 0;
	return err_set(err, ERR_DENIED, "%s：数据库只能读；请检查文件和目录的权限",
		"%s: the database is read-only; check the permissions of the file and its folder",
		path);
}

/*
 * A byte of the file beyond those SQLite locks: whoever holds it copies the log back, and there is
 * one.  Of this open file description, so that it is not lost when SQLite closes another, and
 * goes with the process.
 */
static int
lock_only(const char *path, int *fd, struct err *err)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET,
		.l_start = ONLY_BYTE, .l_len = 1 };

	*fd = open(path, O_RDWR | O_CLOEXEC);
	/* A store that is being replaced needs a moment to end. */
	for (int waited = 0; *fd >= 0; waited += ONLY_MS) {
		if (fcntl(*fd, F_OFD_SETLK, &lock) == 0)
			return 0;
		if ((errno != EAGAIN && errno != EACCES) || waited >= DB_BUSY_MS)
			break;
		usleep(ONLY_MS * 1000);
	}
	if (*fd >= 0 && (errno == EAGAIN || errno == EACCES))
		err_set(err, ERR_CONFLICT, "%s：已有一个存储进程在用这个数据库；先停下它",
			"%s: another store is at work on this database; stop it first", path);
	else
		err_set_errno(err, ERR_IO, "%s：打不开", "%s: cannot open", path);
	return -1;
}

/*
 * After a commit of the store: the log holds what it just wrote and nobody has copied, so nobody
 * can begin it again meanwhile.  What is not copied now is copied later.
 */
static int
after_commit(void *arg, sqlite3 *sqlite, const char *name, int pages)
{
	struct db *db = arg;

	if (pages < db->log_tried)
		db->log_tried = 0;
	if (pages < db->log_tried + LOG_PAGES)
		return SQLITE_OK;
	db->log_tried = pages;
	if (pages < LOG_LARGE) {
		sqlite3_wal_checkpoint_v2(sqlite, name, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
		return SQLITE_OK;
	}
	sqlite3_busy_timeout(sqlite, LOG_PATIENCE_MS);
	sqlite3_wal_checkpoint_v2(sqlite, name, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	sqlite3_busy_timeout(sqlite, DB_BUSY_MS);
	return SQLITE_OK;
}

/*
 * Everybody else leaves the log alone while others have the file open: two that copy it back at
 * once are what SQLite before 3.51.3 can damage a file by.  The last to close it copies it back,
 * which nobody can disturb.
 */
static int
set_log(struct db *db, enum db_mode mode, struct err *err)
{
	sqlite3_wal_autocheckpoint(db->sqlite, 0);
	if (mode == DB_STORE)
		sqlite3_wal_hook(db->sqlite, after_commit, db);
	return mode == DB_STORE ? lock_only(db->path, &db->only, err) : 0;
}

/* A connection to an existing file, inspected; the log is left alone until the version is known. */
static sqlite3 *
connect_known(const char *path, enum db_mode mode, int *version, struct err *err)
{
	sqlite3 *sqlite;

	if (access(path, F_OK) != 0) {
		err_set_errno(err, ERR_MISSING, "%s：没有这个数据库，可用 manyi init 新建",
			"%s: no such database; make one with manyi init", path);
		return NULL;
	}
	if (inspect(path, err) != 0)
		return NULL;
	sqlite = db_connect(path,
		mode == DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE, err);
	if (sqlite == NULL)
		return NULL;
	sqlite3_db_config(sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	*version = check_mode(sqlite, path, mode, err) == 0 ? db_version(sqlite) : -1;
	if (*version < 0 && mode == DB_READ) {
		sqlite = connect_frozen(sqlite, path, err);
		if (sqlite == NULL)
			return NULL;
		*version = db_version(sqlite);
	}
	if (*version < 0)
		db_fail(sqlite, path, err);
	else if (*version > DB_VERSION)
		newer(path, *version, err);
	else
		sqlite3_db_config(sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
	if (*version < 0 || *version > DB_VERSION) {
		sqlite3_close(sqlite);
		return NULL;
	}
	return sqlite;
}

static int
update(sqlite3 *sqlite, const char *path, enum db_mode mode, int version, struct err *err)
{
	if (version == DB_VERSION)
		return 0;
	if (mode == DB_READ)
		return err_set(err, ERR_VERSION,
			"%s：库版本 %d 较旧（本程序为 %d）；请先运行一次"
			" manyi store 或其他写入命令来升级",
			"%s: schema %d is older than this program's %d; run manyi store or another"
			" command that writes once to bring it up to date",
			path, version, DB_VERSION);
	return db_migrate(sqlite, path, db_migration, db_migrations, DB_VERSION, err);
}

struct db *
db_open(const char *path, enum db_mode mode, struct err *err)
{
	int version = 0;
	sqlite3 *sqlite = connect_known(path, mode, &version, err);
	struct db *db;

	if (sqlite == NULL)
		return NULL;
	db = calloc(1, sizeof(*db));
	if (db == NULL || (db->path = strdup(path)) == NULL)
		err_die("out of memory");
	db->sqlite = sqlite;
	db->only = -1;
	if (run_script(sqlite, path, connection, err) != 0 || set_log(db, mode, err) != 0 ||
			(mode != DB_READ &&
			run_script(sqlite, path, "PRAGMA journal_mode = WAL", err) != 0) ||
			update(sqlite, path, mode, version, err) != 0 ||
			db_prepare_all(db, err) != 0) {
		db_close(db);
		return NULL;
	}
	return db;
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	for (int i = 0; i < SQL_MAX; i++)
		sqlite3_finalize(db->statement[i]);
	sqlite3_close(db->sqlite);
	if (db->only >= 0)
		close(db->only);
	free(db->path);
	free(db);
}

void
db_rest(struct db *db)
{
	if (db != NULL)
		sqlite3_db_release_memory(db->sqlite);
}

int
db_copy_log(struct db *db, bool *left, struct err *err)
{
	int pages = 0, copied = 0, rc = SQLITE_OK;

	*left = true;
	sqlite3_busy_timeout(db->sqlite, 0);
	/*
	 * Whoever writes now would write on while the log is copied, and might begin it again: not
	 * at rest.  Else the copy itself holds the lock.
	 */
	if (sqlite3_exec(db->sqlite, "BEGIN IMMEDIATE; ROLLBACK", NULL, NULL, NULL) == SQLITE_OK)
		rc = sqlite3_wal_checkpoint_v2(db->sqlite, NULL, SQLITE_CHECKPOINT_TRUNCATE,
			&pages, &copied);
	else
		rc = SQLITE_BUSY;
	sqlite3_busy_timeout(db->sqlite, DB_BUSY_MS);
	if (rc == SQLITE_OK)
		*left = false;
	else if ((rc & 0xff) != SQLITE_BUSY && (rc & 0xff) != SQLITE_LOCKED)
		return db_fail(db->sqlite, db->path, err);
	return 0;
}

int
db_begin(struct db *db, struct err *err)
{
	int rc = db_enter(db, err);

	if (rc == 0 && db->depth == 1)
		clock_gettime(CLOCK_MONOTONIC, &db->begun);
	return rc;
}

int
db_commit(struct db *db, struct err *err)
{
	return db_leave(db, 0, err);
}

void
db_rollback(struct db *db)
{
	if (db->depth > 0)
		db_leave(db, -1, NULL);
}

int
db_give_way(struct db *db, struct err *err)
{
	struct timespec now;
	int64_t held;

	clock_gettime(CLOCK_MONOTONIC, &now);
	held = (now.tv_sec - db->begun.tv_sec) * INT64_C(1000000) +
		(now.tv_nsec - db->begun.tv_nsec) / 1000;
	if (db_commit(db, err) != 0)
		return -1;
	usleep((useconds_t)(held < GIVE_WAY_LEAST ? GIVE_WAY_LEAST :
		held > GIVE_WAY_MOST ? GIVE_WAY_MOST : held));
	return db_begin(db, err);
}

int
db_begin_read(struct db *db, struct err *err)
{
	int64_t version;

	if (db->looks++ > 0 || db->depth > 0)
		return 0;
	/* The view is taken by the first read, not by BEGIN. */
	if (db_run(db, SQL_LOOK, NO_ARGS, err) == 0) {
		if (db_number(db, SQL_GET_CATALOGUE, NO_ARGS, 0, &version, err) == 0)
			return 0;
		db_run(db, SQL_ROLLBACK, NO_ARGS, NULL);
	}
	db->looks = 0;
	return -1;
}

void
db_end_read(struct db *db)
{
	if (--db->looks == 0 && db->depth == 0)
		db_run(db, SQL_ROLLBACK, NO_ARGS, NULL);
}

const char *
db_file(const struct db *db)
{
	return db->path;
}

bool
db_begun(const struct db *db)
{
	return db->depth > 0;
}

bool
db_only_reads(const struct db *db)
{
	return (db->looks > 0 && db->depth == 0) || sqlite3_db_readonly(db->sqlite, "main") != 0;
}

const char *
db_setting(struct db *db, const char *name, struct pool *pool)
{
	sqlite3_stmt *s = db_use(db, SQL_GET_SETTING, ARGS(TEXT(name)));
	const char *value = NULL;

	if (db_step(db, s, NULL) > 0) {
		value = db_text(s, 0, pool);
		db_stop(s);
	}
	return value;
}

int
db_set_setting(struct db *db, const char *name, const char *value, struct err *err)
{
	if (value == NULL)
		return db_run(db, SQL_DROP_SETTING, ARGS(TEXT(name)), err);
	return db_run(db, SQL_PUT_SETTING, ARGS(TEXT(name), TEXT(value)), err);
}

int64_t
db_catalogue_version(struct db *db)
{
	int64_t version;

	return db_number(db, SQL_GET_CATALOGUE, NO_ARGS, -1, &version, NULL) != 0 ? -1 : version;
}
