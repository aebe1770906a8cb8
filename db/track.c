/* What is entered for the tracker: indicators, readings, thresholds, outside results. */
#include "db/track.h"

#include <string.h>

#include "db/columns.h"
#include "db/statement.h"

/* Columns that came later: who does not know them says nothing. */
static const char *
or_empty(const char *s)
{
	return s != NULL ? s : "";
}

/* ---- records of an indicator ---- */

/* Run an INSERT about an indicator that must exist; *id gets the new row's. */
static int
put_record(struct db *db, const char *indicator, int64_t *id, enum sql sql, const struct arg arg[],
	size_t args, struct err *err)
{
	int64_t found;
	int rc;

	if (db_enter(db, err) != 0)
		return -1;
	rc = db_number(db, SQL_HAS_INDICATOR, ARGS(TEXT(indicator)), 0, &found, err);
	if (rc == 0 && !found)
		rc = err_set(err, ERR_MISSING, "没有编号为 %s 的指标",
			"there is no indicator %s", indicator);
	if (rc == 0)
		rc = db_run(db, sql, arg, args, err);
	if (rc == 0)
		*id = sqlite3_last_insert_rowid(db->sqlite);
	return db_leave(db, rc, err);
}

int
db_put_reading(struct db *db, struct reading_row *r, struct err *err)
{
	if (r->source == NULL || r->source[0] == '\0' || r->date == NULL || r->date[0] == '\0')
		return err_set(err, ERR_INPUT, "登记数值要写明来源和日期",
			"a reading needs its source and date");
	return put_record(db, r->indicator, &r->id, SQL_PUT_READING,
		ARGS(TEXT(r->indicator), INT(r->subtarget), INT(r->year), TEXT(r->value),
		TEXT(r->source), TEXT(r->date), TEXT(r->who), INT(r->minute)), err);
}

#define R(member)	COLUMN(struct reading_row, member)
static const struct columns reading_columns = COLUMNS(struct reading_row,
	R(id), R(indicator), R(subtarget), R(year), R(value), R(source), R(date), R(who),
	R(minute));
#undef R

int
db_list_readings(struct db *db, const char *indicator, struct reading_row **row, size_t *n,
	struct pool *pool, struct err *err)
{
	*row = columns_list(db, db_use(db, SQL_LIST_READINGS, ARGS(TEXT(indicator))),
		&reading_columns, n, pool, err);
	return *row != NULL ? 0 : -1;
}

int
db_put_threshold(struct db *db, struct threshold_row *r, struct err *err)
{
	if (r->signed_by == NULL || r->signed_by[0] == '\0' || r->date == NULL ||
			r->date[0] == '\0')
		return err_set(err, ERR_INPUT, "审定的标准要写明审定人和日期",
			"a threshold needs its signer and date");
	return put_record(db, r->indicator, &r->id, SQL_PUT_THRESHOLD, ARGS(TEXT(r->indicator),
		INT(r->clause), TEXT(r->value), TEXT(r->signed_by), TEXT(r->date), TEXT(r->who),
		INT(r->minute), TEXT(or_empty(r->document)), TEXT(or_empty(r->successor))), err);
}

#define T(member)	COLUMN(struct threshold_row, member)
static const struct columns threshold_columns = COLUMNS(struct threshold_row,
	T(id), T(indicator), T(clause), T(value), T(signed_by), T(date), T(who), T(minute),
	T(document), T(successor));
#undef T

int
db_list_thresholds(struct db *db, const char *indicator, struct threshold_row **row, size_t *n,
	struct pool *pool, struct err *err)
{
	*row = columns_list(db, db_use(db, SQL_LIST_THRESHOLDS, ARGS(TEXT(indicator))),
		&threshold_columns, n, pool, err);
	return *row != NULL ? 0 : -1;
}

int
db_put_criterion(struct db *db, struct criterion_row *r, struct err *err)
{
	if (r->signed_by == NULL || r->signed_by[0] == '\0' || r->date == NULL ||
			r->date[0] == '\0')
		return err_set(err, ERR_INPUT, "口径要写明审定人和日期",
			"a criterion needs its signer and date");
	return put_record(db, r->indicator, &r->id, SQL_PUT_CRITERION,
		ARGS(TEXT(r->indicator), TEXT(r->name), TEXT(r->value), TEXT(r->signed_by),
		TEXT(r->date), TEXT(r->who), INT(r->minute)), err);
}

#define C(member)	COLUMN(struct criterion_row, member)
static const struct columns criterion_columns = COLUMNS(struct criterion_row,
	C(id), C(indicator), C(name), C(value), C(signed_by), C(date), C(who), C(minute));
#undef C

int
db_list_criteria(struct db *db, const char *indicator, struct criterion_row **row, size_t *n,
	struct pool *pool, struct err *err)
{
	*row = columns_list(db, db_use(db, SQL_LIST_CRITERIA, ARGS(TEXT(indicator))),
		&criterion_columns, n, pool, err);
	return *row != NULL ? 0 : -1;
}

int
db_put_external(struct db *db, struct external_row *r, struct err *err)
{
	if (r->rank < 1 || r->of < r->rank)
		return err_set(err, ERR_INPUT, "名次应在 1 到参评总数之间（%d / %d）",
			"the rank must lie between 1 and the number ranked (%d / %d)",
			r->rank, r->of);
	if (r->agency == NULL || r->agency[0] == '\0')
		return err_set(err, ERR_INPUT, "外部结果要写明机构",
			"an external result needs its agency");
	return put_record(db, r->indicator, &r->id, SQL_PUT_EXTERNAL,
		ARGS(TEXT(r->indicator), INT(r->year), INT(r->rank), INT(r->of), REAL(r->score),
		REAL(r->se), TEXT(r->agency), TEXT(r->qualification), TEXT(r->report),
		TEXT(r->report_sha256), TEXT(r->peers), TEXT(r->who), INT(r->minute)), err);
}

#define E(member)	COLUMN(struct external_row, member)
static const struct columns external_columns = COLUMNS(struct external_row,
	E(id), E(indicator), E(year), E(rank), E(of), E(score), E(se), E(agency), E(qualification),
	E(report), E(report_sha256), E(peers), E(who), E(minute));
#undef E

int
db_list_external(struct db *db, const char *indicator, struct external_row **row, size_t *n,
	struct pool *pool, struct err *err)
{
	*row = columns_list(db, db_use(db, SQL_LIST_EXTERNAL, ARGS(TEXT(indicator))),
		&external_columns, n, pool, err);
	return *row != NULL ? 0 : -1;
}

/* ---- series from outside ---- */

int
db_put_complaints(struct db *db, const struct complaint_row row[], size_t n, const char *who,
	int64_t minute, struct err *err)
{
	int rc = 0;

	if (db_enter(db, err) != 0)
		return -1;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		const struct complaint_row *r = &row[i];

		rc = db_run(db, SQL_PUT_COMPLAINT, ARGS(INT(r->year), INT(r->registered),
			REAL(r->residents), REAL(r->national_per_10000), TEXT(r->source),
			TEXT(r->date), TEXT(r->break_note), TEXT(or_empty(r->definition)),
			TEXT(or_empty(r->national_definition)), TEXT(who), INT(minute)), err);
	}
	return db_leave(db, rc, err);
}

#define C(member)	COLUMN(struct complaint_row, member)
static const struct columns complaint_columns = COLUMNS(struct complaint_row,
	C(year), C(registered), C(residents), C(national_per_10000), C(source), C(date),
	C(break_note), C(definition), C(national_definition));
#undef C

int
db_list_complaints(struct db *db, struct complaint_row **row, size_t *n, struct pool *pool,
	struct err *err)
{
	*row = columns_list(db, db_use(db, SQL_LIST_COMPLAINTS, NO_ARGS), &complaint_columns, n,
		pool, err);
	return *row != NULL ? 0 : -1;
}

int
db_put_peers(struct db *db, const struct peer_row row[], size_t n, struct err *err)
{
	int64_t id;
	int rc = 0;

	if (db_enter(db, err) != 0)
		return -1;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		const struct peer_row *r = &row[i];

		rc = put_record(db, r->indicator, &id, SQL_PUT_PEER,
			ARGS(TEXT(r->indicator), INT(r->year), TEXT(r->city), REAL(r->score),
			REAL(r->se), INT(r->n), TEXT(r->agency), TEXT(r->report_sha256)), err);
	}
	return db_leave(db, rc, err);
}

#define P(member)	COLUMN(struct peer_row, member)
static const struct columns peer_columns = COLUMNS(struct peer_row,
	P(indicator), P(year), P(city), P(score), P(se), P(n), P(agency), P(report_sha256));
#undef P

int
db_list_peers(struct db *db, const char *indicator, int year, struct peer_row **row, size_t *n,
	struct pool *pool, struct err *err)
{
	*row = columns_list(db, db_use(db, SQL_LIST_PEERS, ARGS(TEXT(indicator), INT(year))),
		&peer_columns, n, pool, err);
	return *row != NULL ? 0 : -1;
}

static const struct columns year_columns = COLUMNS(int, { COLUMN_INT, 0, sizeof(int), NULL });

int
db_list_years(struct db *db, const char *qualified, int **year, size_t *n, struct pool *pool,
	struct err *err)
{
	*year = columns_list(db, db_use(db, SQL_LIST_YEARS, ARGS(TEXT(qualified))), &year_columns,
		n, pool, err);
	return *year != NULL ? 0 : -1;
}

int
db_list_wave_years(struct db *db, int **year, size_t *n, struct pool *pool, struct err *err)
{
	*year = columns_list(db, db_use(db, SQL_LIST_WAVE_YEARS, NO_ARGS), &year_columns, n,
		pool, err);
	return *year != NULL ? 0 : -1;
}
