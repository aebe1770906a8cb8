/* What the tests of db/ and store/ share: a folder of their own, a database with a
 * form, rows to store. */
#ifndef TESTS_DB_DB_H
#define TESTS_DB_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <unistd.h>

#include "base/file.h"
#include "base/pool.h"
#include "db/survey.h"
#include "tests/support/check.h"

static char db_folder[] = "/tmp/manyi-db-XXXXXX";

static inline int
db_folder_make(void **state)
{
	(void)state;
	return mkdtemp(db_folder) == NULL;
}

static inline int
db_folder_drop(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", db_folder);
	return system(command) != 0;
}

/* A path in the folder; the last eight stay valid. */
static inline const char *
db_path(const char *name)
{
	static char path[8][256];
	static int turn;
	char *p = path[turn++ & 7];

	snprintf(p, sizeof(path[0]), "%s/%s", db_folder, name);
	return p;
}

/* Fail with what the error says. */
#define assert_ok(expression) do {								\
	if ((expression) != 0)									\
		fail_msg("%s: %s", #expression, err.text);					\
} while (0)
/* It failed, with this code, and says so in words. */
#define assert_fails(expression, wanted) do {							\
	assert_int_equal((expression), -1);							\
	if (err.code != (wanted) || err.text[0] == '\0')					\
		fail_msg("%s: code %s, \"%s\"", #expression, err_name(err.code), err.text);	\
	memset(&err, 0, sizeof(err));								\
} while (0)

/* A fresh database under a name of its own. */
static inline struct db *
db_fresh(const char *name)
{
	struct err err = { 0 };
	struct db *db = db_create(db_path(name), &err);

	if (db == NULL)
		fail_msg("%s", err.text);
	return db;
}

static inline const struct form *
db_form(const char *id, struct pool *pool)
{
	struct err err = { 0 };
	char name[64];
	const struct form *form;

	snprintf(name, sizeof(name), "forms/questionnaires/%s.json", id);
	form = form_load(check_path(name), pool, &err);
	if (form == NULL)
		fail_msg("%s", err.text);
	return form;
}

/* The form stored and a wave of it open; returns the wave's id. */
static inline int64_t
db_wave_of(struct db *db, const struct form *form, int year)
{
	struct err err = { 0 };
	char label[8];
	struct wave wave = { .form_id = form->id, .form_version = form->version, .year = year,
		.label = label, .population = "18岁及以上常住居民", .modes = "qr",
		.mapping = form->mapping };

	snprintf(label, sizeof(label), "%d", year);
	assert_ok(db_put_form(db, form, &err));
	assert_ok(db_put_wave(db, &wave, &err));
	return wave.id;
}

/* The i-th of many rows: keys, receipts and leaves of their own. */
static inline struct response_row
db_row(int64_t wave, int i, char key[32])
{
	struct response_row r = { .wave = wave, .stream = "open", .mode = "qr", .key = key,
		.minute = 28000000 + i / 10, .seconds = 40 + i % 100, .stratum = "", .cluster = "",
		.weight = 1000000, .answers = "[\"5\",[\"11\"],null,null,null,null]" };
	static const char hex[] = "0123456789ABCDEF";
	uint64_t h = (uint64_t)(i + 1) * 0x9e3779b97f4a7c15ull;

	snprintf(key, 32, "key-%d", i);
	for (int k = 0; k < LEAF_N; k++)
		r.leaf[k] = (unsigned char)(h >> (k % 8 * 8));
	for (int k = 0; k < RECEIPT_N; k++)
		r.receipt[k] = hex[h >> (k * 4) & 15];
	r.receipt[RECEIPT_N] = '\0';
	return r;
}

/* Rows [from, to) in batches of 100. */
static inline void
db_fill(struct db *db, int64_t wave, int from, int to)
{
	struct response_row row[100];
	bool fresh[100];
	char key[100][32];
	struct err err = { 0 };

	for (int i = from; i < to; i += 100) {
		int n = to - i < 100 ? to - i : 100;

		for (int k = 0; k < n; k++)
			row[k] = db_row(wave, i + k, key[k]);
		assert_ok(db_put_responses(db, row, fresh, (size_t)n, &err));
	}
}

/* Run SQL past db/, as a person with the sqlite3 shell would.  Returns SQLite's code. */
static inline int
db_shell(const char *path, const char *sql)
{
	sqlite3 *raw;
	int rc;

	assert_int_equal(sqlite3_open_v2(path, &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
		NULL), SQLITE_OK);
	sqlite3_exec(raw, "PRAGMA foreign_keys = ON", NULL, NULL, NULL);
	rc = sqlite3_exec(raw, sql, NULL, NULL, NULL);
	sqlite3_close(raw);
	return rc;
}

/* The first column of the first row, "" if there is none; in a buffer that the
 * next call uses again. */
static inline const char *
db_ask(const char *path, const char *sql)
{
	static char answer[4096];
	sqlite3_stmt *s = NULL;
	sqlite3 *raw;

	assert_int_equal(sqlite3_open_v2(path, &raw, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	if (sqlite3_prepare_v2(raw, sql, -1, &s, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(raw));
	answer[0] = '\0';
	if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_text(s, 0) != NULL)
		snprintf(answer, sizeof(answer), "%s", (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	sqlite3_close(raw);
	return answer;
}

#endif
