/* Filling a new database with the simulated city. */
#ifndef CLI_DEMO_FILL_H
#define CLI_DEMO_FILL_H

#include "cli/demo/people.h"
#include "base/progress.h"
#include "db/db.h"

/* One demo city being made. */
struct demo_fill {
	struct db *db;
	const char *key_path;		/* of the ledger */
	int answers;			/* sampled answers a wave of A and C */
	struct demo_world world;
	int64_t site_id[DEMO_SITES];
	char site_code[DEMO_SITES][8];
	struct progress progress;
	int64_t stored;
};

enum { DEMO_ANSWERS = 8000 };	/* sampled answers a wave, unless asked otherwise */

/* Answers there will be in all. */
int64_t demo_fill_total(int answers);

/* Settings, sites, margins. */
int demo_fill_city(struct demo_fill *f, struct err *err);
/* The waves of one year (index) with their answers: A and C, in the last year B as
 * well, which stay open. */
int demo_fill_year(struct demo_fill *f, int year, struct err *err);

/* ---- track.c ---- */
/* What people entered for the tracker up to that year (index): complaints, readings, thresholds,
 * evidence, external results. */
int demo_track_year(struct demo_fill *f, int year, struct err *err);

#endif
