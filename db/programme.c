/* Which programme is in force, and what was before it. */
#include "db/programme.h"

#include "db/columns.h"
#include "db/statement.h"

/* The rows' ids take their places: those of before move aside, those that are gone go last. */
static int
put_ids(struct db *db, const char *const id[], size_t ids, struct err *err)
{
	if (db_run(db, SQL_MOVE_INDICATORS, NO_ARGS, err) != 0)
		return -1;
	for (size_t i = 0; i < ids; i++)
		if (db_run(db, SQL_PUT_INDICATOR, ARGS(TEXT(id[i]), INT((int64_t)i + 1)), err) != 0)
			return -1;
	return db_run(db, SQL_DROP_INDICATORS, ARGS(INT((int64_t)ids)), err);
}

int
db_put_programme(struct db *db, struct programme_row *row, const char *const id[], size_t ids,
	struct err *err)
{
	int rc = -1;

	if (db_enter(db, err) != 0)
		return -1;
	if (db_run(db, SQL_PUT_PROGRAMME, ARGS(TEXT(row->sha256), TEXT(row->who), INT(row->minute),
			TEXT(row->body)), err) == 0) {
		row->id = sqlite3_last_insert_rowid(db->sqlite);
		rc = put_ids(db, id, ids, err);
	}
	return db_leave(db, rc, err);
}

#define P(member)	COLUMN(struct programme_row, member)
static const struct columns programme_columns = COLUMNS(struct programme_row,
	P(id), P(sha256), P(who), P(minute), P(body));
#undef P

int
db_list_programmes(struct db *db, struct programme_row **row, size_t *n, struct pool *pool,
	struct err *err)
{
	*row = columns_list(db, db_use(db, SQL_LIST_PROGRAMMES, NO_ARGS), &programme_columns,
		n, pool, err);
	return *row != NULL ? 0 : -1;
}

int
db_get_programme(struct db *db, struct programme_row *row, struct pool *pool, struct err *err)
{
	size_t n;
	struct programme_row *all = columns_list(db, db_use(db, SQL_GET_PROGRAMME, NO_ARGS),
		&programme_columns, &n, pool, err);

	if (all == NULL)
		return -1;
	if (n == 0)
		return err_set(err, ERR_MISSING, "数据库里没有任务表：请先用 manyi init 建库",
			"the database has no programme: make it with manyi init");
	*row = all[0];
	return 0;
}

int
db_count_records(struct db *db, const char *indicator, int clause, int64_t *all, int64_t *one,
	struct err *err)
{
	if (db_number(db, SQL_COUNT_RECORDS, ARGS(TEXT(indicator)), 0, all, err) != 0)
		return -1;
	return db_number(db, SQL_COUNT_CLAUSE_RECORDS,
		ARGS(TEXT(indicator), INT(clause)), 0, one, err);
}

int
db_first_record_year(struct db *db, int *year, struct err *err)
{
	int64_t first;

	if (db_number(db, SQL_FIRST_RECORD_YEAR, NO_ARGS, 0, &first, err) != 0)
		return -1;
	*year = (int)first;
	return 0;
}
