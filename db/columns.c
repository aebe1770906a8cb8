/* Rows of statements as structs: one reader for all of them. */
#include "db/columns.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "db/statement.h"

static void
read_column(char *member, const struct column *c, sqlite3_stmt *s, int at, struct pool *pool)
{
	switch (c->kind) {
	case COLUMN_INT:
		*(int *)(void *)member = sqlite3_column_int(s, at);
		break;
	case COLUMN_INT64:
		*(int64_t *)(void *)member = sqlite3_column_int64(s, at);
		break;
	case COLUMN_BOOL:
		*(bool *)(void *)member = sqlite3_column_int(s, at) != 0;
		break;
	case COLUMN_REAL:
		*(double *)(void *)member = db_real(s, at);
		break;
	case COLUMN_TEXT:
		*(const char **)(void *)member = db_text(s, at, pool);
		break;
	case COLUMN_CHARS:
		snprintf(member, c->size, "%s", db_column(s, at));
		break;
	case COLUMN_BYTES:
		db_blob(s, at, member, c->size);
		break;
	case COLUMN_WORD:
		c->parse(member, db_column(s, at));
		break;
	}
}

void
columns_read(void *row, const struct columns *columns, sqlite3_stmt *s, struct pool *pool)
{
	assert((size_t)sqlite3_column_count(s) >= columns->n);
	for (size_t i = 0; i < columns->n; i++) {
		const struct column *c = &columns->column[i];

		read_column((char *)row + c->at, c, s, (int)i, pool);
	}
}

void *
columns_list(struct db *db, sqlite3_stmt *s, const struct columns *columns, size_t *n,
	struct pool *pool, struct err *err)
{
	size_t room = 16;
	char *list = pool_array(pool, room, columns->size), *larger;
	int rc;

	assert((size_t)sqlite3_column_count(s) == columns->n);
	for (*n = 0; (rc = db_step(db, s, err)) > 0; ++*n) {
		if (*n == room) {
			larger = pool_array(pool, room * 2, columns->size);
			memcpy(larger, list, room * columns->size);
			list = larger;
			room *= 2;
		}
		columns_read(list + *n * columns->size, columns, s, pool);
	}
	if (rc == 0)
		return list;
	*n = 0;
	return NULL;
}
