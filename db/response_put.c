/* Responses stored together: many rows a statement, one transaction, counted as they come. */
#include "db/survey.h"

#include <stdio.h>
#include <string.h>

#include "base/code.h"
#include "db/engine.h"
#include "db/statement.h"

/* Columns in the order of SQL_PUT_RESPONSE; the statement of many rows has them one
 * row after the other. */
enum { COLUMNS = 21 };

/* Bound by hand: this runs a hundred thousand times a second. */
static void
bind(sqlite3_stmt *s, int before, const struct response_row *r)
{
	const char *client = r->paradata.client != NULL ? r->paradata.client : "";
	const char *text[] = { r->stream, r->mode, r->stratum, r->cluster };

	sqlite3_bind_int64(s, before + 1, r->wave);
	if (r->site != 0)
		sqlite3_bind_int64(s, before + 2, r->site);
	else
		sqlite3_bind_null(s, before + 2);
	for (int i = 0; i < 4; i++)
		sqlite3_bind_text(s, before + 3 + i, text[i], -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, before + 7, r->weight);
	sqlite3_bind_int64(s, before + 8, r->minute);
	sqlite3_bind_int64(s, before + 9, r->seconds);
	sqlite3_bind_int64(s, before + 10, r->flagged);
	sqlite3_bind_text(s, before + 11, r->answers, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, before + 12, r->key, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, before + 13, r->receipt, RECEIPT_N, SQLITE_STATIC);
	sqlite3_bind_blob(s, before + 14, r->leaf, LEAF_N, SQLITE_STATIC);
	sqlite3_bind_int(s, before + 15, r->paradata.screens);
	sqlite3_bind_int(s, before + 16, r->paradata.dont_know);
	sqlite3_bind_int(s, before + 17, r->paradata.resends);
	sqlite3_bind_text(s, before + 18, client, -1, SQLITE_STATIC);
	sqlite3_bind_int(s, before + 19, r->paradata.rush);
	if (r->batch != 0)
		sqlite3_bind_int64(s, before + 20, r->batch);
	else
		sqlite3_bind_null(s, before + 20);
	sqlite3_bind_text(s, before + 21, r->agency_key != NULL ? r->agency_key : "", -1,
		SQLITE_STATIC);
}

/* Insert row[n], as many as the statement takes; those whose key is there are passed over. */
static int
insert(struct db *db, enum sql sql, const struct response_row row[], size_t n, struct err *err)
{
	sqlite3_stmt *s = db->statement[sql];
	int rc;

	for (size_t i = 0; i < n; i++)
		bind(s, (int)i * COLUMNS, &row[i]);
	rc = sqlite3_step(s);
	if (rc != SQLITE_DONE)
		db_fail(db->sqlite, db->path, err);
	sqlite3_reset(s);
	return rc == SQLITE_DONE ? 0 : -1;
}

int
db_get_key(struct db *db, struct response_row *r, bool *found, struct err *err)
{
	sqlite3_stmt *s = db_use(db, SQL_GET_KEY, ARGS(TEXT(r->key)));
	int rc = db_step(db, s, err);

	*found = rc > 0;
	if (rc <= 0)
		return rc;
	r->id = sqlite3_column_int64(s, 0);
	snprintf(r->receipt, sizeof(r->receipt), "%s", db_column(s, 1));
	db_blob(s, 2, r->leaf, LEAF_N);
	r->minute = sqlite3_column_int64(s, 3);
	db_stop(s);
	return 0;
}

int
db_same_answers(struct db *db, const struct response_row *r, bool *same, struct err *err)
{
	struct arg place = r->site != 0 ? INT(r->site) : TEXT(NULL);
	int64_t found;

	if (db_number(db, SQL_SAME_ANSWERS, ARGS(INT(r->wave), place, TEXT(r->answers), INT(r->id)),
			0, &found, err) != 0)
		return -1;
	*same = found != 0;
	return 0;
}

/* The row that has this key is the answer, whether it is this one or an earlier one. */
static int
find_first(struct db *db, struct response_row *r, struct err *err)
{
	bool found;

	if (db_get_key(db, r, &found, err) < 0)
		return -1;
	return found ? 0 : err_set(err, ERR_DB, "%s：索引与数据不符，请检查完整性",
		"%s: an index and its rows differ; run an integrity check", db->path);
}

/* The schema holds the length; the characters are checked here, where it costs nothing. */
static int
check_keys(const struct response_row row[], size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++)
		if (code_key(row[i].key) == 0)
			return err_set(err, ERR_INPUT,
				"提交编号只能用字母、数字和 _ . : -，最多 %d 位",
				"a submission key holds letters, digits and _ . : -, at most %d",
				KEY_MAX);
	return 0;
}

/*
 * Rows get their ids in their order, one after the other.  So where all were new the last id tells
 * every one; else each row's key leads to the row that has it, which is this one exactly
 * if its id is the next.
 */
static int
put_some(struct db *db, enum sql sql, struct response_row row[], bool fresh[], size_t n,
	struct err *err)
{
	int64_t next;
	size_t added;

	if (insert(db, sql, row, n, err) != 0)
		return -1;
	added = (size_t)sqlite3_changes(db->sqlite);
	next = added > 0 ? sqlite3_last_insert_rowid(db->sqlite) - (int64_t)added + 1 : -1;
	for (size_t i = 0; i < n; i++) {
		if (added == n)
			row[i].id = next;
		else if (find_first(db, &row[i], err) != 0)
			return -1;
		fresh[i] = row[i].id == next;
		next += fresh[i];
	}
	return 0;
}

static int
put_all(struct db *db, struct response_row row[], bool fresh[], size_t n, struct err *err)
{
	size_t some;
	int rc = check_keys(row, n, err);

	for (size_t i = 0; rc == 0 && i < n; i += some) {
		some = n - i >= PUT_MANY ? PUT_MANY : 1;
		rc = put_some(db, some > 1 ? SQL_PUT_RESPONSES : SQL_PUT_RESPONSE, row + i,
			fresh + i, some, err);
	}
	sqlite3_clear_bindings(db->statement[SQL_PUT_RESPONSE]);
	sqlite3_clear_bindings(db->statement[SQL_PUT_RESPONSES]);
	return rc;
}

/* Room for the places one batch can touch before they are written down. */
enum { PLACES = 64 };

static int
write_counts(struct db *db, const struct response_count c[], size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++)
		if (db_run(db, SQL_ADD_FIELDWORK, ARGS(INT(c[i].wave), INT(c[i].site),
				TEXT(c[i].stream), INT(c[i].batch), INT(c[i].n), INT(c[i].flagged),
				INT(c[i].first), INT(c[i].last)), err) != 0)
			return -1;
	return 0;
}

static void
count_one(struct response_count *c, const struct response_row *r)
{
	c->n++;
	c->flagged += r->flagged;
	if (r->minute < c->first)
		c->first = r->minute;
	if (r->minute > c->last)
		c->last = r->minute;
}

/* The rows that are new, summed by place first: one write a place instead of one a row. */
static int
count_rows(struct db *db, const struct response_row row[], const bool fresh[], size_t n,
	struct err *err)
{
	struct response_count c[PLACES];
	size_t used = 0, k;

	for (size_t i = 0; i < n; i++) {
		const struct response_row *r = &row[i];

		if (!fresh[i])
			continue;
		for (k = 0; k < used; k++)
			if (c[k].site == r->site && c[k].wave == r->wave &&
					c[k].batch == r->batch &&
					strcmp(c[k].stream, r->stream) == 0)
				break;
		if (k == PLACES) {
			if (write_counts(db, c, used, err) != 0)
				return -1;
			used = k = 0;
		}
		if (k == used) {
			c[used++] = (struct response_count){ .wave = r->wave, .site = r->site,
				.batch = r->batch, .stream = r->stream, .first = r->minute,
				.last = r->minute };
		}
		count_one(&c[k], r);
	}
	return write_counts(db, c, used, err);
}

/* In the caller's transaction no savepoint: it costs a copy of every page, and who
 * failed rolls back all. */
int
db_put_responses(struct db *db, struct response_row row[], bool fresh[], size_t n, struct err *err)
{
	bool whole = db->depth == 0;
	int rc;

	if (whole && db_enter(db, err) != 0)
		return -1;
	rc = put_all(db, row, fresh, n, err);
	if (rc == 0)
		rc = count_rows(db, row, fresh, n, err);
	return whole ? db_leave(db, rc, err) : rc;
}
