/* Screening rules and what they set aside. */
#include "db/screening.h"

#include "db/columns.h"
#include "db/statement.h"

int
db_put_screening(struct db *db, int64_t wave, const char *rule, const char *version,
	const char *who, int64_t minute, bool *fresh, struct err *err)
{
	if (db_run(db, SQL_PUT_SCREENING, ARGS(INT(wave), TEXT(rule), TEXT(version), TEXT(who),
			INT(minute)), err) != 0)
		return -1;
	*fresh = sqlite3_changes(db->sqlite) == 1;
	return 0;
}

#define S(member)	COLUMN(struct screening, member)
static const struct columns screening_columns = COLUMNS(struct screening,
	S(rule), S(version), S(answers), S(who), S(minute));
#undef S

int
db_list_screening(struct db *db, int64_t wave, struct screening **screening, size_t *n,
	struct pool *pool, struct err *err)
{
	*screening = columns_list(db, db_use(db, SQL_LIST_SCREENING, ARGS(INT(wave))),
		&screening_columns, n, pool, err);
	return *screening != NULL ? 0 : -1;
}

int
db_has_exclusion(struct db *db, int64_t response, const char *rule, const char *version, bool *has,
	struct err *err)
{
	int64_t number;

	if (db_number(db, SQL_HAS_EXCLUSION, ARGS(INT(response), TEXT(rule), TEXT(version)), 0,
			&number, err) != 0)
		return -1;
	*has = number != 0;
	return 0;
}

#define C(member)	COLUMN(struct exclusion_count, member)
static const struct columns count_columns = COLUMNS(struct exclusion_count,
	C(rule), C(version), C(n));
#undef C

int
db_count_exclusions(struct db *db, int64_t wave, struct exclusion_count **count, size_t *n,
	struct pool *pool, struct err *err)
{
	*count = columns_list(db, db_use(db, SQL_COUNT_EXCLUSIONS, ARGS(INT(wave))), &count_columns,
		n, pool, err);
	return *count != NULL ? 0 : -1;
}
