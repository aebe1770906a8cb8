/* Fill a demo city with many more answers of form C: fill FILE.db ROWS */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/code.h"
#include "base/date.h"
#include "base/sha256.h"
#include "db/survey.h"

enum { BATCH = 5000, INDEX_MOST = 200000 };

static void
die(const struct err *err)
{
	fprintf(stderr, "fill: %s\n", err->text);
	exit(3);
}

/* The first answer of the wave stands for all. */
static int
keep_first(const struct response_row *row, void *ctx)
{
	struct response_row *model = ctx;

	*model = *row;
	model->answers = strdup(row->answers);
	model->stratum = strdup(row->stratum);
	model->cluster = strdup(row->cluster);
	model->paradata.client = "phone";
	return 1;
}

/* Keys and receipts as in life: keys grow with the hour, receipts are random. */
static void
make_row(struct response_row *row, char key[32], const struct response_row *model, int64_t serial)
{
	char random[65];

	sha256_hex(random, &serial, sizeof(serial));
	snprintf(key, 32, "0%07" PRIX64 "%.18s", serial / 2000, random);
	*row = *model;
	row->key = key;
	row->stream = "open";
	row->mode = "qr";
	memcpy(row->leaf, random, sizeof(row->leaf));
	code_from_bytes(row->receipt, RECEIPT_N, (const unsigned char *)random + 20, 16);
}

static void
put(struct db *db, const struct response_row *model, int64_t serial, size_t n)
{
	static struct response_row row[BATCH];
	static char key[BATCH][32];
	static bool fresh[BATCH];
	struct err err = { 0 };

	for (size_t i = 0; i < n; i++)
		make_row(&row[i], key[i], model, serial + (int64_t)i);
	if (db_put_responses(db, row, fresh, n, &err) != 0)
		die(&err);
}

int
main(int argc, char *argv[])
{
	int64_t rows = argc == 3 ? atoll(argv[2]) : -1;
	struct receipt_run run = { .n = 0 };
	struct response_row model = { .answers = NULL };
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct wave wave;
	struct db *db;

	if (rows < 0) {
		fprintf(stderr, "usage: fill FILE.db ROWS\n");
		return 2;
	}
	db = db_open(argv[1], DB_STORE, &err);
	if (db == NULL || db_open_wave(db, &wave, "C", &pool, &err) != 0 ||
			db_each_response(db, wave.id, 0, keep_first, &model, &err) != 0)
		die(&err);
	if (model.answers == NULL)
		die(&(struct err){ .text = "the city has no answer of form C to multiply" });
	for (int64_t i = 0; i < rows; i += BATCH)
		put(db, &model, i, rows - i < BATCH ? (size_t)(rows - i) : BATCH);
	do {
		if (db_gather_receipts(db, &run, INDEX_MOST, &err) != 0 ||
				db_index_receipts(db, &run, INDEX_MOST, &err) != 0)
			die(&err);
	} while (run.upto > run.after);
	db_close(db);
	pool_clear(&pool);
	return 0;
}
