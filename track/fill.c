/* A new database gets the programme's table. */
#include "track/track.h"

#include "track/embed.h"

int
track_fill(struct db *db, struct err *err)
{
	const struct indicator_row *row;
	struct pool pool = POOL_INIT;
	size_t rows;
	int rc;

	rc = track_parse_table(&row, &rows, (const char *)embed_indicators_tsv, embed_indicators_tsv_n,
	    "data/indicators.tsv", &pool, err);
	if (rc == 0)
		rc = db_put_indicators(db, row, rows, err);
	pool_clear(&pool);
	return rc;
}
