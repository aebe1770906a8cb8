/* Screening rules and what they set aside. */
#include "db/screening.h"

#include "db/statement.h"

int
db_put_screening(struct db *db, int64_t wave, const char *rule, const char *version, const char *who,
	int64_t minute, bool *fresh, struct err *err)
{
	if (db_run(db, SQL_PUT_SCREENING, ARGS(INT(wave), TEXT(rule), TEXT(version), TEXT(who), INT(minute)),
	    err) < 0)
		return -1;
	*fresh = sqlite3_changes(db->sqlite) == 1;
	return 0;
}

static void
fill_screening(void *row, sqlite3_stmt *s, struct pool *pool)
{
	struct screening *x = row;

	x->rule = db_text(s, 0, pool);
	x->version = db_text(s, 1, pool);
	x->answers = sqlite3_column_int64(s, 2);
	x->who = db_text(s, 3, pool);
	x->minute = sqlite3_column_int64(s, 4);
}

int
db_list_screening(struct db *db, int64_t wave, struct screening **screening, size_t *n, struct pool *pool,
	struct err *err)
{
	return db_list(db, SQL_LIST_SCREENING, ARGS(INT(wave)), sizeof(**screening), fill_screening, screening,
	    n, pool, err);
}

int
db_has_exclusion(struct db *db, int64_t response, const char *rule, const char *version, bool *has,
	struct err *err)
{
	int64_t number;

	if (db_number(db, SQL_HAS_EXCLUSION, ARGS(INT(response), TEXT(rule), TEXT(version)), 0, &number, err) < 0)
		return -1;
	*has = number != 0;
	return 0;
}

static void
fill_count(void *row, sqlite3_stmt *s, struct pool *pool)
{
	struct exclusion_count *c = row;

	c->rule = db_text(s, 0, pool);
	c->version = db_text(s, 1, pool);
	c->n = sqlite3_column_int64(s, 2);
}

int
db_count_exclusions(struct db *db, int64_t wave, struct exclusion_count **count, size_t *n, struct pool *pool,
	struct err *err)
{
	return db_list(db, SQL_COUNT_EXCLUSIONS, ARGS(INT(wave)), sizeof(**count), fill_count, count, n, pool, err);
}
