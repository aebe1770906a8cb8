/* A city with a row of the tracker that can be published: answers of one year,
 * and the ledger's key. */
#ifndef TESTS_SEAL_CITY_H
#define TESTS_SEAL_CITY_H

#include <sys/stat.h>

#include "db/row.h"
#include "ledger/head.h"
#include "seal/publish.h"
#include "tests/figure/four.h"
#include "tests/track/programme.h"

enum { SEAL_PEOPLE = 120 };

static char seal_key[96];

/* The leaf that intake would give it. */
static inline void
seal_leaf(struct db *db, struct response_row *row)
{
	struct pool pool = POOL_INIT;
	const struct form *form;
	const char *code = "";
	struct site *site;
	struct wave wave;
	size_t sites;

	must(db_get_wave(db, &wave, row->wave, &pool, oops));
	must(db_list_sites(db, &site, &sites, &pool, oops));
	form = db_get_form(db, wave.form_id, wave.form_version, &pool, NULL);
	assert_non_null(form);
	for (size_t i = 0; i < sites; i++)
		if (site[i].id == row->site)
			code = site[i].code;
	row_leaf(row->leaf, row, row_wave_name(&wave, &pool), form->sha256, code);
	pool_clear(&pool);
}

/* Seven or eight points by turns, in two sectors; the fieldwork was over long ago. */
static inline struct wave
seal_wave(struct db *db, int year)
{
	const struct form *form = city_form(db, "A");
	struct wave wave = city_wave(form, year);

	wave.closes = wave.opens + 30 * DATE_DAY;
	must(db_put_wave(db, &wave, oops));
	must(db_begin(db, oops));
	for (int i = 0; i < SEAL_PEOPLE; i++)
		four_put(db, form, wave.id, 7 + i % 2, 1);
	must(db_commit(db, oops));
	return wave;
}

static inline struct db *
seal_open(void)
{
	struct db *db = city_open();

	city_leaf = seal_leaf;
	must(programme_fill(db, oops));
	snprintf(seal_key, sizeof(seal_key), "%s.key", city_path);
	must(head_key_make(seal_key, oops));
	return db;
}

static inline void
seal_close(struct db *db)
{
	unlink(seal_key);
	strcat(seal_key, ".pub");
	unlink(seal_key);
	city_close(db);
}

static inline int
seal_publish(struct published_row *row, struct db *db, const char *id, int year, struct err *err)
{
	struct publish p = { .indicator = id, .year = year, .signed_by = "王局长",
		.key_path = seal_key, .minute = 28600000 };

	return publish_figure(db, &p, row, &city_pool, err);
}

#endif
