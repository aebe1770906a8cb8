/* A database with a programme of three rows. */
#ifndef TESTS_DB_TRACKER_H
#define TESTS_DB_TRACKER_H

#include "db/programme.h"
#include "tests/db/db.h"

static const char *const table[] = { "10", "11.1", "2" };

static inline int
put_table(struct db *db, const char *body, const char *const id[], size_t ids, struct err *err)
{
	static const char hex[] =
		"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
	struct programme_row row = { .sha256 = hex, .who = "张三", .minute = 28600000,
		.body = body };

	return db_put_programme(db, &row, id, ids, err);
}

static inline struct db *
tracker(const char *name)
{
	struct err err = { 0 };
	struct db *db = db_fresh(name);

	assert_ok(put_table(db, "{\"a\":1}", table, 3, &err));
	return db;
}

#endif
