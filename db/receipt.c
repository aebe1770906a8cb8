/* Receipts into their index: the table in which each leads to its row. */
#include "db/survey.h"

#include <stdlib.h>
#include <string.h>

#include "db/statement.h"

struct receipt_place {
	char receipt[RECEIPT_N];
	int64_t response;
};

static int
by_receipt(const void *a, const void *b)
{
	return memcmp(a, b, RECEIPT_N);		/* the first member */
}

void
receipt_run_clear(struct receipt_run *run)
{
	pool_clear(&run->pool);
	*run = (struct receipt_run){ 0 };
}

/* The rows of the most ids that follow run->after, in their order. */
static int
read_rows(struct db *db, struct receipt_run *run, int64_t most, struct err *err)
{
	sqlite3_stmt *s =
		db_use(db, SQL_NEXT_RECEIPTS, ARGS(INT(run->after), INT(run->after + most)));
	int rc;

	run->place = pool_array(&run->pool, (size_t)most, sizeof(*run->place));
	while ((rc = db_step(db, s, err)) > 0) {
		struct receipt_place *place = &run->place[run->n++];

		memcpy(place->receipt, db_column(s, 0), RECEIPT_N);	/* CHECK holds the length */
		place->response = run->upto = sqlite3_column_int64(s, 1);
	}
	return rc;
}

int
db_gather_receipts(struct db *db, struct receipt_run *run, int64_t most, struct err *err)
{
	int64_t last;

	receipt_run_clear(run);
	if (db_number(db, SQL_RECEIPTS_DONE, NO_ARGS, 0, &run->after, err) != 0 ||
			db_number(db, SQL_LAST_RESPONSE, NO_ARGS, 0, &last, err) != 0)
		return -1;
	run->upto = run->after;
	if (last <= run->after)
		return 0;
	if (read_rows(db, run, last - run->after < most ? last - run->after : most, err) < 0) {
		receipt_run_clear(run);
		return -1;
	}
	qsort(run->place, run->n, sizeof(*run->place), by_receipt);
	return 0;
}

/* Bound by hand, as the answers are: there is one for every answer. */
static int
insert(struct db *db, enum sql sql, const struct receipt_place place[], int n, struct err *err)
{
	sqlite3_stmt *s = db->statement[sql];

	for (int i = 0; i < n; i++) {
		sqlite3_bind_text(s, 2 * i + 1, place[i].receipt, RECEIPT_N, SQLITE_STATIC);
		sqlite3_bind_int64(s, 2 * i + 2, place[i].response);
	}
	return db_step(db, s, err);
}

static int
insert_all(struct db *db, const struct receipt_place place[], size_t n, struct err *err)
{
	size_t some;

	for (size_t i = 0; i < n; i += some) {
		some = n - i >= PUT_MANY ? PUT_MANY : 1;
		if (insert(db, some > 1 ? SQL_ADD_RECEIPTS : SQL_ADD_RECEIPT, place + i,
				(int)some, err) < 0)
			return -1;
	}
	return 0;
}

int
db_index_receipts(struct db *db, struct receipt_run *run, size_t most, struct err *err)
{
	size_t left = run->n - run->done, some = most < left ? most : left;
	bool last = some == left, whole = db->depth == 0;
	int rc;

	if (left == 0)
		return 0;
	if (whole && db_enter(db, err) != 0)
		return -1;
	rc = insert_all(db, run->place + run->done, some, err);
	/* Where another program was quicker the count is beyond this run already. */
	if (rc == 0 && last)
		rc = db_run(db, SQL_SET_RECEIPTS_DONE, ARGS(INT(run->upto), INT(run->after)), err);
	if (whole)
		rc = db_leave(db, rc, err);
	if (rc == 0)
		run->done += some;
	if (rc == 0 && last) {
		pool_clear(&run->pool);
		run->n = run->done = 0;
	}
	return rc;
}
