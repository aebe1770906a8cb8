/* Batches: made, filled, completed, withdrawn; none is ever changed. */
#include "db/batch.h"

#include <stdio.h>

#include "base/lang.h"
#include "db/columns.h"
#include "db/statement.h"

enum batch_state
batch_state_at(const struct batch *b, int64_t last)
{
	if (b->withdrawn != 0 && b->withdrawn <= last)
		return BATCH_WITHDRAWN;
	return b->complete != 0 && b->complete <= last ? BATCH_COMPLETE : BATCH_LOADING;
}

enum batch_state
batch_state(const struct batch *b)
{
	return batch_state_at(b, INT64_MAX);
}

const char *
batch_state_name(enum batch_state state)
{
	static const char *const name[] = { [BATCH_LOADING] = "loading",
		[BATCH_COMPLETE] = "complete", [BATCH_WITHDRAWN] = "withdrawn" };

	return name[state];
}

#define B(member)	COLUMN(struct batch, member)
static const struct columns batch_columns = COLUMNS(struct batch,
	B(id), B(wave), B(file), B(sha256), B(who), B(minute), B(options), B(read), B(skipped),
	B(replaces), B(late), B(notes), B(stored), B(complete), B(complete_minute), B(withdrawn),
	B(withdrawn_minute), B(withdrawn_by), B(reason));
#undef B

int
db_list_batches(struct db *db, int64_t wave, struct batch **batch, size_t *n, struct pool *pool,
	struct err *err)
{
	*batch = columns_list(db, db_use(db, SQL_LIST_BATCHES, ARGS(INT(wave), INT(0))),
		&batch_columns, n, pool, err);
	return *batch != NULL ? 0 : -1;
}

int
db_get_batch(struct db *db, struct batch *b, int64_t id, struct pool *pool, struct err *err)
{
	/* 0 would ask for all. */
	sqlite3_stmt *s = db_use(db, SQL_LIST_BATCHES, ARGS(INT(0), INT(id > 0 ? id : -1)));
	int rc = db_step(db, s, err);

	if (rc < 0)
		return -1;
	if (rc == 0)
		return err_set(err, ERR_MISSING,
			"没有第 %lld 批导入；运行 manyi import list 看有哪些",
			"there is no batch %lld; see manyi import list", (long long)id);
	*b = (struct batch){ 0 };
	columns_read(b, &batch_columns, s, pool);
	db_stop(s);
	return 0;
}

int64_t
db_last_batch_event(struct db *db, int64_t wave)
{
	int64_t id;

	return db_number(db, SQL_LAST_BATCH_EVENT, ARGS(INT(wave)), 0, &id, NULL) != 0 ? -1 : id;
}

/* One import of a wave at a time: what it compares itself with must not grow meanwhile. */
static int
refuse_second(struct db *db, int64_t wave, struct err *err)
{
	struct pool pool = POOL_INIT;
	struct batch *b;
	size_t n;
	int rc = db_list_batches(db, wave, &b, &n, &pool, err);

	for (size_t i = 0; rc == 0 && i < n; i++)
		if (batch_state(&b[i]) == BATCH_LOADING)
			rc = err_set(err, ERR_CONFLICT,
				"这一轮的第 %lld 批（%s）还没有导入完："
				"请先用同一个文件和选项把它导入完，或用"
				" manyi import withdraw %lld 撤回",
				"batch %lld of this wave (%s) is not complete: finish it with the"
				" same file and options, or take it back"
				" with manyi import withdraw %lld",
				(long long)b[i].id, b[i].file, (long long)b[i].id);
	pool_clear(&pool);
	return rc;
}

int
db_put_batch(struct db *db, struct batch *b, struct err *err)
{
	int rc;

	if (db_enter(db, err) != 0)
		return -1;
	rc = refuse_second(db, b->wave, err);
	if (rc == 0)
		rc = db_run(db, SQL_PUT_BATCH, ARGS(INT(b->wave), TEXT(b->file), TEXT(b->sha256),
			TEXT(b->who), INT(b->minute), TEXT(b->options), INT(b->read),
			INT(b->skipped), INT(b->replaces), TEXT(b->late), TEXT(b->notes)), err);
	if (rc == 0)
		b->id = sqlite3_last_insert_rowid(db->sqlite);
	return db_leave(db, rc, err);
}

/* In the caller's transaction: the batch as it is, if it is in this state. */
static int
expect(struct db *db, struct batch *b, int64_t id, enum batch_state state, struct pool *pool,
	struct err *err)
{
	if (db_get_batch(db, b, id, pool, err) != 0)
		return -1;
	if (batch_state(b) == state)
		return 0;
	if (state == BATCH_LOADING)
		return err_set(err, ERR_CONFLICT, "第 %lld 批已经导入完或已撤回，没有再动它",
			"batch %lld has been completed or withdrawn; nothing more was done",
			(long long)id);
	return err_set(err, ERR_CONFLICT, "第 %lld 批不在计入之列（没有导入完，或已撤回）",
		"batch %lld does not count: it is not complete, or was withdrawn", (long long)id);
}

int
db_put_batch_rows(struct db *db, int64_t batch, int64_t had, struct response_row row[], size_t n,
	struct err *err)
{
	struct pool pool = POOL_INIT;
	struct batch b;
	bool *fresh;
	int rc;

	if (db_enter(db, err) != 0)
		return -1;
	fresh = pool_array(&pool, n + 1, sizeof(*fresh));
	rc = expect(db, &b, batch, BATCH_LOADING, &pool, err);
	if (rc == 0 && b.stored != had)
		rc = err_set(err, ERR_CONFLICT, "另一个程序正在导入第 %lld 批；这里停下，没有再存",
			"another program is loading batch %lld;"
			" this one stops and has stored nothing more", (long long)batch);
	if (rc == 0)
		rc = db_put_responses(db, row, fresh, n, err);
	for (size_t i = 0; rc == 0 && i < n; i++)
		if (!fresh[i])
			rc = err_set(err, ERR_CONFLICT, "编号 %s 的答卷已经在库里",
				"a response with the key %s is stored already", row[i].key);
	pool_clear(&pool);
	return db_leave(db, rc, err);
}

static int
put_event(struct db *db, const struct batch *b, const char *state, const char *who, int64_t minute,
	const char *reason, struct err *err)
{
	return db_run(db, SQL_PUT_BATCH_EVENT, ARGS(INT(b->id), TEXT(state), TEXT(who), INT(minute),
		TEXT(reason)), err);
}

int
db_complete_batch(struct db *db, int64_t batch, const char *who, int64_t minute, struct err *err)
{
	struct pool pool = POOL_INIT;
	struct batch b, old;
	int rc;

	if (db_enter(db, err) != 0)
		return -1;
	rc = expect(db, &b, batch, BATCH_LOADING, &pool, err);
	if (rc == 0)
		rc = put_event(db, &b, "complete", who, minute, "", err);
	if (rc == 0 && b.replaces != 0 &&
			(rc = expect(db, &old, b.replaces, BATCH_COMPLETE, &pool, err)) == 0)
		rc = put_event(db, &old, "withdrawn", who, minute,
			pool_fmt(&pool, LANG_PICK("由第 %lld 批取代", "replaced by batch %lld"),
			(long long)batch), err);
	pool_clear(&pool);
	return db_leave(db, rc, err);
}

int
db_withdraw_batch(struct db *db, int64_t batch, const char *who, int64_t minute, const char *reason,
	struct err *err)
{
	struct pool pool = POOL_INIT;
	struct batch b;
	int rc;

	if (db_enter(db, err) != 0)
		return -1;
	rc = db_get_batch(db, &b, batch, &pool, err);
	if (rc == 0 && b.withdrawn != 0)
		rc = err_set(err, ERR_CONFLICT, "第 %lld 批已经撤回（%s：%s）",
			"batch %lld was withdrawn already (%s: %s)",
			(long long)batch, b.withdrawn_by, b.reason);
	if (rc == 0)
		rc = put_event(db, &b, "withdrawn", who, minute, reason, err);
	pool_clear(&pool);
	return db_leave(db, rc, err);
}
