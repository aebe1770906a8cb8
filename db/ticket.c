/* Tickets: stored, looked up, used once. */
#include "db/ticket.h"

#include <string.h>

#include "db/columns.h"
#include "db/statement.h"

static int
put_hashes(struct db *db, int64_t batch, const unsigned char hash[][TICKET_HASH_N], size_t n,
	struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		if (db_run(db, SQL_PUT_TICKET,
				ARGS(BLOB(hash[i], TICKET_HASH_N), INT(batch)), err) != 0)
			return -1;
		if (sqlite3_changes(db->sqlite) == 0)
			return err_set(err, ERR_CONFLICT, "邀请码重复，没有保存，请再试一次",
				"a ticket's code is taken; nothing was stored, try again");
	}
	return 0;
}

int
db_put_tickets(struct db *db, struct ticket_batch *b, const unsigned char hash[][TICKET_HASH_N],
	size_t n, struct err *err)
{
	struct arg site = b->site != 0 ? INT(b->site) : TEXT(NULL);
	int rc;

	if (db_enter(db, err) != 0)
		return -1;
	rc = db_run(db, SQL_PUT_TICKET_BATCH,
		ARGS(INT(b->wave), site, TEXT(b->stratum), TEXT(b->cluster),
		INT(b->weight), INT(b->issued), INT(b->expires), TEXT(b->note)), err);
	if (rc == 0) {
		b->id = sqlite3_last_insert_rowid(db->sqlite);
		rc = put_hashes(db, b->id, hash, n, err);
	}
	return db_leave(db, rc, err);
}

#define B(member)	COLUMN(struct ticket_batch, member)
#define BATCH \
	B(id), B(wave), B(site), B(stratum), B(cluster), B(weight), B(issued), B(expires), B(note)
static const struct columns batch_columns = COLUMNS(struct ticket_batch, BATCH);
static const struct columns counted_columns =
	COLUMNS(struct ticket_batch, BATCH, B(n), B(used), B(void_));
#undef BATCH
#undef B

int
db_list_tickets(struct db *db, int64_t wave, struct ticket_batch **batch, size_t *batches,
	struct pool *pool, struct err *err)
{
	*batch = columns_list(db, db_use(db, SQL_LIST_TICKETS, ARGS(INT(wave))), &counted_columns,
		batches, pool, err);
	return *batch != NULL ? 0 : -1;
}

int
db_get_ticket(struct db *db, struct ticket_batch *batch, const char **state,
	const unsigned char hash[TICKET_HASH_N], struct pool *pool, struct err *err)
{
	sqlite3_stmt *s = db_use(db, SQL_GET_TICKET, ARGS(BLOB(hash, TICKET_HASH_N)));
	int rc = db_step(db, s, err);

	if (rc < 0)
		return -1;
	if (rc == 0)
		return err_set(err, ERR_MISSING, "没有这个邀请码", "there is no such ticket");
	*batch = (struct ticket_batch){ 0 };
	columns_read(batch, &batch_columns, s, pool);
	*state = db_text(s, 9, pool);
	db_stop(s);
	return 0;
}

int
db_spend_ticket(struct db *db, const unsigned char hash[TICKET_HASH_N], bool *spent,
	struct err *err)
{
	if (db_run(db, SQL_SPEND_TICKET, ARGS(BLOB(hash, TICKET_HASH_N)), err) != 0)
		return -1;
	*spent = sqlite3_changes(db->sqlite) == 1;
	return 0;
}

int
db_void_batch(struct db *db, int64_t batch, int64_t *n, struct err *err)
{
	if (db_run(db, SQL_VOID_BATCH, ARGS(INT(batch)), err) != 0)
		return -1;
	*n = sqlite3_changes(db->sqlite);
	return 0;
}

int
db_void_ticket(struct db *db, const unsigned char hash[TICKET_HASH_N], bool *done, struct err *err)
{
	if (db_run(db, SQL_VOID_TICKET, ARGS(BLOB(hash, TICKET_HASH_N)), err) != 0)
		return -1;
	*done = sqlite3_changes(db->sqlite) == 1;
	return 0;
}
