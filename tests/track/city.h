/* A small city for tests of track: a real database with real forms and rows made
 * by a fixed generator. */
#ifndef TESTS_TRACK_CITY_H
#define TESTS_TRACK_CITY_H

#include <unistd.h>

#include "base/date.h"
#include "db/db.h"
#include "db/survey.h"
#include "db/track.h"
#include "figure/series.h"
#include "forms/form.h"
#include "stats/random.h"

static struct pool city_pool;
static char city_path[64];
static uint64_t city_seed;
static int64_t city_serial;

static inline double
city_uniform(void)
{
	return (double)(random_split(&city_seed) >> 11) / 9007199254740992.0;
}

static inline int
city_below(int n)
{
	return (int)(city_uniform() * n);
}

/* Call with `oops` as its error, or fail with the error's own words. */
#define must(call) do {								\
	struct err oops_ = { 0 };						\
	struct err *oops = &oops_;						\
	if ((call) == -1)							\
		fail_msg("%s: %s", #call, oops->text);				\
} while (0)

static inline void
city_unlink(void)
{
	static const char *const tail[] = { "", "-wal", "-shm" };
	char path[80];

	for (int i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s%s", city_path, tail[i]);
		unlink(path);
	}
}

static inline struct db *
city_open(void)
{
	struct err err = { 0 };
	struct db *db;

	snprintf(city_path, sizeof(city_path), "/tmp/manyi-track-%d.db", (int)getpid());
	city_unlink();
	city_seed = 20240512;
	city_serial = 0;
	db = db_create(city_path, &err);
	if (db == NULL)
		fail_msg("%s", err.text);
	return db;
}

static inline void
city_close(struct db *db)
{
	db_close(db);
	city_unlink();
	pool_clear(&city_pool);
}

static inline const struct form *
city_form(struct db *db, const char *id)
{
	const char *path = check_path(pool_fmt(&city_pool, "forms/questionnaires/%s.json", id));
	struct err err = { 0 };
	const struct form *form = form_load(path, &city_pool, &err);

	if (form == NULL)
		fail_msg("%s", err.text);
	must(db_put_form(db, form, oops));
	return form;
}

static inline struct wave
city_wave(const struct form *form, int year)
{
	struct wave w = {
		.form_id = form->id, .form_version = form->version, .year = year,
		.label = pool_fmt(&city_pool, "%d", year), .open = true,
		.population = "本市常住居民", .modes = "phone", .mapping = form->mapping,
		.strata = "", .clusters = "", .margins = "", .domains = "", .break_note = "",
		.table_number = "", .agency = "", .approval = "", .valid_until = "",
	};

	date_parse(pool_fmt(&city_pool, "%d-05-01", year), &w.opens);
	return w;
}

/* Gives a row its own leaf; NULL: the serial number will do. */
static void (*city_leaf)(struct db *db, struct response_row *row);

/* Store one row; answers is kept by the database. */
static inline void
city_row(struct db *db, struct response_row *row)
{
	bool fresh;

	city_serial++;
	row->key = pool_fmt(&city_pool, "k%lld", (long long)city_serial);
	row->mode = "phone";
	row->minute = 28000000 + city_serial;
	row->seconds = 200;
	if (row->weight == 0)
		row->weight = 1000000;
	if (row->stratum == NULL)
		row->stratum = "";
	if (row->cluster == NULL)
		row->cluster = "";
	if (city_leaf != NULL)
		city_leaf(db, row);
	else
		memcpy(row->leaf, &city_serial, sizeof(city_serial));
	snprintf(row->receipt, sizeof(row->receipt), "%016lld", (long long)city_serial);
	must(db_put_responses(db, row, &fresh, 1, oops));
	assert_true(fresh);
}

/* A stored array of the form: every item null, then those of value[] by name. */
struct city_value {
	const char *name;
	const char *json;
};

static inline const char *
city_answers(const struct form *form, const struct city_value value[], size_t n)
{
	char *out = pool_take(&city_pool, 4096);
	size_t used = 0;

	for (size_t i = 0; i < form->items; i++) {
		const char *json = "null";

		for (size_t k = 0; k < n; k++)
			if (strcmp(value[k].name, form->item[i].name) == 0)
				json = value[k].json;
		used += (size_t)snprintf(out + used, 4096 - used, "%c%s", i == 0 ? '[' : ',', json);
	}
	snprintf(out + used, 4096 - used, "]");
	return out;
}

static inline const char *
city_number(int x)
{
	return pool_fmt(&city_pool, "%d", x);
}

static inline struct session *
city_session(struct db *db)
{
	struct session *s;

	must(session_open(&s, db, &city_pool, oops));
	return s;
}

#endif
