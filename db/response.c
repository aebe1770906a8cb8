/* Responses: read in order, counted without being read. */
#include "db/survey.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "db/columns.h"
#include "db/statement.h"
#include "db/track.h"

/* Columns in the order of RESPONSE_COLUMNS; strings are SQLite's until the next step. */
static void
read_response(struct response_row *r, sqlite3_stmt *s)
{
	r->id = sqlite3_column_int64(s, 0);
	r->site = sqlite3_column_int64(s, 1);
	r->stream = db_column(s, 2);
	r->mode = db_column(s, 3);
	r->stratum = db_column(s, 4);
	r->cluster = db_column(s, 5);
	r->weight = sqlite3_column_int64(s, 6);
	r->minute = sqlite3_column_int64(s, 7);
	r->seconds = sqlite3_column_int64(s, 8);
	r->flagged = sqlite3_column_int(s, 9) != 0;
	r->answers = db_column(s, 10);
	r->key = db_column(s, 11);
	memcpy(r->receipt, db_column(s, 12), RECEIPT_N);	/* CHECK holds the length */
	r->receipt[RECEIPT_N] = '\0';
	db_blob(s, 13, r->leaf, LEAF_N);
	r->paradata = (struct paradata){ .screens = sqlite3_column_int(s, 14),
		.dont_know = sqlite3_column_int(s, 15), .resends = sqlite3_column_int(s, 16),
		.client = db_column(s, 17), .rush = sqlite3_column_int(s, 18) };
	r->batch = sqlite3_column_int64(s, 19);
	r->agency_key = db_column(s, 20);
	r->counted = sqlite3_column_int(s, 21) != 0;
	r->excluded = false;
}

/* The next id at or above *at in the ascending list of excluded rows. */
static int64_t
excluded_from(struct db *db, sqlite3_stmt **s, int64_t at, int64_t have, struct err *err)
{
	while (*s != NULL && have < at) {
		if (db_step(db, *s, err) <= 0)
			*s = NULL;
		else
			have = sqlite3_column_int64(*s, 0);
	}
	return *s != NULL ? have : INT64_MAX;
}

/* Columns of SQL_EACH_ANSWER; what no figure asks for stays as it was. */
static void
read_answer(struct response_row *r, sqlite3_stmt *s)
{
	r->id = sqlite3_column_int64(s, 0);
	r->site = sqlite3_column_int64(s, 1);
	r->stream = db_column(s, 2);
	r->stratum = db_column(s, 3);
	r->cluster = db_column(s, 4);
	r->weight = sqlite3_column_int64(s, 5);
	r->flagged = sqlite3_column_int(s, 6) != 0;
	r->answers = db_column(s, 7);
	r->minute = sqlite3_column_int64(s, 8);
	r->seconds = sqlite3_column_int64(s, 9);
	r->mode = db_column(s, 10);
	r->paradata.rush = sqlite3_column_int(s, 11);
	r->batch = sqlite3_column_int64(s, 12);
}

/* Rows of a wave by one of two statements, with the marks of the excluded merged in. */
static int
each(struct db *db, enum sql sql, void (*read)(struct response_row *, sqlite3_stmt *), int64_t wave,
	int64_t after, int (*row)(const struct response_row *, void *), void *ctx, struct err *err)
{
	sqlite3_stmt *s = db_use(db, sql, ARGS(INT(wave), INT(after)));
	sqlite3_stmt *x = db_use(db, SQL_EXCLUDED, ARGS(INT(after), INT(wave)));
	struct response_row r = { .wave = wave, .mode = "", .key = "", .seconds = -1,
		.paradata = PARADATA_NONE, .agency_key = "", .counted = true };
	struct err failed = { 0 };
	int64_t excluded = 0;
	int rc;

	while ((rc = db_step(db, s, err)) > 0) {
		read(&r, s);
		if (excluded < r.id)
			excluded = excluded_from(db, &x, r.id, excluded, &failed);
		r.excluded = excluded == r.id;
		if (failed.code != ERR_NONE || row(&r, ctx) != 0)
			break;
	}
	if (rc > 0)
		db_stop(s);
	if (x != NULL)
		db_stop(x);
	if (failed.code != ERR_NONE) {
		if (err != NULL && err->code == ERR_NONE)
			*err = failed;
		return -1;
	}
	return rc < 0 ? -1 : 0;
}

int
db_each_response(struct db *db, int64_t wave, int64_t after,
	int (*row)(const struct response_row *, void *), void *ctx, struct err *err)
{
	return each(db, SQL_EACH_RESPONSE, read_response, wave, after, row, ctx, err);
}

int
db_each_stored(struct db *db, int64_t wave, int64_t after,
	int (*row)(const struct response_row *, void *), void *ctx, struct err *err)
{
	return each(db, SQL_EACH_STORED, read_response, wave, after, row, ctx, err);
}

int
db_each_answer(struct db *db, int64_t wave, int64_t after,
	int (*row)(const struct response_row *, void *), void *ctx, struct err *err)
{
	return each(db, SQL_EACH_ANSWER, read_answer, wave, after, row, ctx, err);
}

/* First where receipts are kept in order, then among the rows that are not there yet. */
static int
find_receipt(struct db *db, const char *receipt, int64_t *id, struct err *err)
{
	if (db_number(db, SQL_FIND_RECEIPT, ARGS(TEXT(receipt)), 0, id, err) != 0)
		return -1;
	if (*id == 0 && db_number(db, SQL_SEEK_RECEIPT, ARGS(TEXT(receipt)), 0, id, err) != 0)
		return -1;
	return *id != 0 ? 0 :
		err_set(err, ERR_MISSING, "没有回执 %s 的记录", "there is no receipt %s", receipt);
}

int
db_get_receipt(struct db *db, struct response_row *r, const char *receipt, struct pool *pool,
	struct err *err)
{
	const char **text[] = { &r->stream, &r->mode, &r->stratum, &r->cluster, &r->answers,
		&r->key, &r->paradata.client, &r->agency_key };
	sqlite3_stmt *s;
	int64_t id;

	if (find_receipt(db, receipt, &id, err) != 0)
		return -1;
	s = db_use(db, SQL_GET_RESPONSE, ARGS(INT(id)));
	if (db_step(db, s, err) <= 0)
		return err_set(err, ERR_DB, "%s：索引与数据不符，请检查完整性",
			"%s: an index and its rows differ; run an integrity check", db->path);
	read_response(r, s);
	r->wave = sqlite3_column_int64(s, 22);
	for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++)
		*text[i] = pool_strdup(pool, *text[i]);
	db_stop(s);
	return 0;
}

#define C(member)	COLUMN(struct response_count, member)
static const struct columns count_columns = COLUMNS(struct response_count,
	C(wave), C(site), C(stream), C(n), C(flagged), C(first), C(last));
#undef C

int
db_count_responses(struct db *db, int64_t wave, struct response_count **count, size_t *counts,
	struct pool *pool, struct err *err)
{
	*count = columns_list(db, db_use(db, SQL_COUNT_RESPONSES, ARGS(INT(wave))), &count_columns,
		counts, pool, err);
	return *count != NULL ? 0 : -1;
}

int64_t
db_last_response(struct db *db)
{
	int64_t id;

	return db_number(db, SQL_LAST_RESPONSE, NO_ARGS, 0, &id, NULL) != 0 ? -1 : id;
}

int
db_each_leaf(struct db *db, int (*leaf)(const unsigned char leaf[32], void *), void *ctx,
	struct err *err)
{
	sqlite3_stmt *s = db_use(db, SQL_EACH_LEAF, NO_ARGS);
	unsigned char hash[LEAF_N];
	int rc;

	while ((rc = db_step(db, s, err)) > 0) {
		db_blob(s, 0, hash, sizeof(hash));
		if (leaf(hash, ctx) != 0) {
			db_stop(s);
			return 0;
		}
	}
	return rc;
}

int
db_put_exclusion(struct db *db, int64_t response, const char *rule, const char *version,
	const char *who, int64_t minute, struct err *err)
{
	int64_t wave;
	int rc = -1;

	if (db_enter(db, err) != 0)
		return -1;
	if (db_number(db, SQL_WAVE_OF_RESPONSE, ARGS(INT(response)), 0, &wave, err) != 0)
		goto out;
	if (wave == 0) {
		err_set(err, ERR_MISSING, "没有第 %lld 号答卷",
			"there is no response %lld", (long long)response);
		goto out;
	}
	rc = db_run(db, SQL_PUT_EXCLUSION, ARGS(INT(response), TEXT(rule), TEXT(version), TEXT(who),
		INT(minute)), err);
out:
	return db_leave(db, rc, err);
}

int64_t
db_last_exclusion(struct db *db)
{
	int64_t id;

	return db_number(db, SQL_LAST_EXCLUSION, NO_ARGS, 0, &id, NULL) != 0 ? -1 : id;
}

static const struct columns excluded_columns = COLUMNS(int64_t,
	{ COLUMN_INT64, 0, sizeof(int64_t), NULL });

int
db_list_excluded(struct db *db, int64_t last, int64_t **response, size_t *n, struct pool *pool,
	struct err *err)
{
	*response = columns_list(db, db_use(db, SQL_LIST_EXCLUDED, ARGS(INT(last))),
		&excluded_columns, n, pool, err);
	return *response != NULL ? 0 : -1;
}

int
db_list_out(struct db *db, int64_t wave, int64_t **response, size_t *n, struct pool *pool,
	struct err *err)
{
	*response = columns_list(db, db_use(db, SQL_EXCLUDED, ARGS(INT(0), INT(wave))),
		&excluded_columns, n, pool, err);
	return *response != NULL ? 0 : -1;
}

int
db_list_uncounted(struct db *db, int64_t **batch, size_t *n, struct pool *pool, struct err *err)
{
	*batch = columns_list(db, db_use(db, SQL_LIST_UNCOUNTED, NO_ARGS), &excluded_columns, n,
		pool, err);
	return *batch != NULL ? 0 : -1;
}

int
db_leaf_of(struct db *db, int64_t wave, int64_t id, unsigned char leaf[LEAF_N])
{
	sqlite3_stmt *s = db_use(db, SQL_LEAF_OF_ANSWER, ARGS(INT(id), INT(wave)));
	int rc = db_step(db, s, NULL);

	memset(leaf, 0, LEAF_N);
	if (rc <= 0)
		return -1;
	db_blob(s, 0, leaf, LEAF_N);
	db_stop(s);
	return 0;
}

int
db_put_callback(struct db *db, const char *phone, int64_t site, int64_t minute,
	int64_t delete_after, struct err *err)
{
	struct arg place = site != 0 ? INT(site) : TEXT(NULL);

	/* The day alone: a time could lead to an answer. */
	return db_run(db, SQL_PUT_CALLBACK, ARGS(TEXT(phone), place, INT(date_midnight(minute)),
		INT(delete_after)), err);
}

#define C(member)	COLUMN(struct callback, member)
static const struct columns callback_columns = COLUMNS(struct callback,
	C(phone), C(site), C(day), C(delete_after));
#undef C

int
db_list_callbacks(struct db *db, struct callback **callback, size_t *n, struct pool *pool,
	struct err *err)
{
	*callback = columns_list(db, db_use(db, SQL_LIST_CALLBACKS, NO_ARGS), &callback_columns, n,
		pool, err);
	return *callback != NULL ? 0 : -1;
}

int
db_drop_callbacks(struct db *db, int64_t now, struct err *err)
{
	return db_run(db, SQL_DROP_CALLBACKS, ARGS(INT(now)), err);
}
