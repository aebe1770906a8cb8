/* Questionnaires, indicators and the ledger's key: what every installation starts with. */
#include "cli/city.h"

#include <stdio.h>
#include <unistd.h>

#include "db/survey.h"
#include "forms/builtin.h"
#include "ledger/head.h"
#include "track/programme/programme.h"

void
city_remove(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
	char name[4096];

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		int n = snprintf(name, sizeof(name), "%s%s", path, ends[i]);

		if (n > 0 && (size_t)n < sizeof(name))
			(void)unlink(name);
	}
}

static int
put_forms(struct db *db, struct err *err)
{
	struct pool pool = POOL_INIT;
	struct form_builtin b;
	int rc = 0;

	for (size_t i = 0; rc == 0 && form_builtin_at(&b, i); i++) {
		const struct form *form = form_builtin_load(b.id, &pool, err);

		rc = form != NULL ? db_put_form(db, form, err) : -1;
	}
	pool_clear(&pool);
	return rc;
}

struct db *
city_create(const char *path, struct err *err)
{
	struct db *db = db_create(path, err);

	if (db == NULL)
		return NULL;
	if (put_forms(db, err) == 0 && programme_fill(db, err) == 0)
		return db;
	db_close(db);
	city_remove(path);
	return NULL;
}

int
city_key(const char *path, bool *made, struct err *err)
{
	struct head_key key;

	*made = access(path, F_OK) != 0;
	if (*made)
		return head_key_make(path, err);
	if (head_key_load(&key, path, err) != 0)
		return -1;
	head_key_clear(&key);
	return 0;
}
