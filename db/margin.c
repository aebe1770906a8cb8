/* Population margins in the database. */
#include "db/survey.h"

#include "db/columns.h"
#include "db/statement.h"

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
