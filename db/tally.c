/* Tallies and margins in the database. */
#include "db/survey.h"

#include "db/columns.h"
#include "db/statement.h"

int
db_get_tally(struct db *db, int64_t wave, int64_t *after, const char **layout,
	int (*row)(const struct tally_row *, void *), void *ctx, struct pool *pool, struct err *err)
{
	sqlite3_stmt *s = db_use(db, SQL_GET_TALLY_HEAD, ARGS(INT(wave)));
	struct tally_row t;
	int rc = db_step(db, s, err);

	*after = 0;
	*layout = "";
	if (rc <= 0)
		return rc;
	*after = sqlite3_column_int64(s, 0);
	*layout = db_text(s, 1, pool);
	db_stop(s);
	s = db_use(db, SQL_GET_TALLY, ARGS(INT(wave)));
	while ((rc = db_step(db, s, err)) > 0) {
		t = (struct tally_row){ db_column(s, 0), db_column(s, 1), db_column(s, 2),
			db_column(s, 3), db_column(s, 4) };
		if (row(&t, ctx) != 0) {
			db_stop(s);
			return 0;
		}
	}
	return rc;
}

int64_t
db_tallies_dropped(struct db *db)
{
	int64_t n;

	return db_number(db, SQL_TALLIES_DROPPED, NO_ARGS, -1, &n, NULL) != 0 ? -1 : n;
}

static int
drop(struct db *db, int64_t wave, struct err *err)
{
	if (db_run(db, SQL_DROP_TALLY, ARGS(INT(wave)), err) != 0)
		return -1;
	return db_run(db, SQL_DROP_TALLY_HEAD, ARGS(INT(wave)), err);
}

int
tally_drop(struct db *db, int64_t wave, struct err *err)
{
	return drop(db, wave, err) != 0 ? -1 : db_run(db, SQL_COUNT_DROP, NO_ARGS, err);
}

int
db_put_tally(struct db *db, int64_t wave, int64_t after, const char *layout,
	const struct tally_row row[], size_t rows, struct err *err)
{
	int rc;

	if (db_enter(db, err) != 0)
		return -1;
	rc = drop(db, wave, err);
	if (rc == 0)
		rc = db_run(db, SQL_PUT_TALLY_HEAD, ARGS(INT(wave), INT(after), TEXT(layout)), err);
	for (size_t i = 0; rc == 0 && i < rows; i++)
		rc = db_run(db, SQL_PUT_TALLY,
			ARGS(INT(wave), TEXT(row[i].stream), TEXT(row[i].stratum),
			TEXT(row[i].cluster), TEXT(row[i].cell), TEXT(row[i].sums)), err);
	return db_leave(db, rc, err);
}

int
db_drop_tally(struct db *db, int64_t wave, struct err *err)
{
	if (db_enter(db, err) != 0)
		return -1;
	return db_leave(db, tally_drop(db, wave, err), err);
}

int
db_put_margins(struct db *db, const struct margin margin[], size_t n, struct err *err)
{
	int rc;

	if (db_enter(db, err) != 0)
		return -1;
	rc = db_run(db, SQL_DROP_MARGINS, NO_ARGS, err);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		const struct margin *m = &margin[i];

		rc = db_run(db, SQL_PUT_MARGIN, ARGS(TEXT(m->variable), TEXT(m->category),
			REAL(m->population), TEXT(m->source), TEXT(m->date), TEXT(m->area),
			INT(m->placeholder), INT(m->simulated)), err);
	}
	return db_leave(db, rc, err);
}

#define M(member)	COLUMN(struct margin, member)
static const struct columns margin_columns = COLUMNS(struct margin,
	M(variable), M(category), M(population), M(source), M(date), M(area), M(placeholder),
	M(simulated));
#undef M

int
db_list_margins(struct db *db, struct margin **margin, size_t *n, struct pool *pool,
	struct err *err)
{
	*margin = columns_list(db, db_use(db, SQL_LIST_MARGINS, NO_ARGS), &margin_columns, n,
		pool, err);
	return *margin != NULL ? 0 : -1;
}
