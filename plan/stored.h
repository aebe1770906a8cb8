/* A plan on stored waves: their columns first, the rows as a file only where those cannot tell. */
#ifndef PLAN_STORED_H
#define PLAN_STORED_H

#include "base/err.h"
#include "base/json.h"
#include "base/pool.h"
#include "stats/sample/sample.h"

struct plan_data;

/* variable is one of level[]; several must all hold. */
struct stored_where {
	const char *variable;
	const char *const *level;
	size_t levels;
};

/* Beside 0 and the faults: this one needs the rows as a file. */
enum { STORED_ROWS = 1 };

/* What columns are asked for; zeroed members: everybody, no groups. */
struct stored_ask {
	const char *const *item;	/* item[items] */
	size_t items;
	const char *const *is;		/* is[iss]: shares with one of these; iss 0: means */
	size_t iss;
	bool points;			/* means in points 0..100 of lo..hi */
	double lo, hi;
	bool paired;			/* to be combined into an index */
	const char *const *by;		/* by[bys] */
	size_t bys;
	const struct stored_where *where;
	size_t wheres;
	double level;
	enum interval interval;
	enum sample_df_rule df;
};

/* What belongs to the rows of a wave. */
struct stored_with {
	json_t *design, *calibrate;
	json_t *multi;			/* as "multi" of a plan: every question, false
					 * for those of one answer */
	json_t *choices;		/* question: its choices, of those that have any */
	const bool *in;			/* in[rows], in the pool: those of the main estimate;
					 * whatever the design, the others weigh nothing */
};

/* Where a plan's numbers come from when it is not a file: given by whoever knows the database. */
struct plan_stored {
	void *ctx;
	/* Rows by group, then item (of several choices one for each of them), as sample_estimate()
	 * would give them.  0, STORED_ROWS or a fault. */
	int (*table)(struct table *t, void *ctx, const struct stored_ask *ask, struct err *err);
	/* Does a name stand for a figure?  A question's name is the question. */
	bool (*named)(void *ctx, const char *name);
	/* A published figure by name, over its form's own items. */
	int (*figure)(struct table *t, void *ctx, const char *name, const char *by, double level,
		struct err *err);
	/*
	 * The rows as a file (CSV text in UTF-8) with the design and the calibration that belong to
	 * them and the form's questions, the caller's to release; *calibrate NULL:
	 * none.  0 or -1 with *err.
	 */
	int (*rows)(const char **csv, size_t *n, struct stored_with *with, void *ctx,
		struct pool *pool, struct err *err);
	bool years;			/* several waves: compared over "year" */
	bool model_based;		/* nobody drew the sample: every interval is called so */
	const char *refusal;		/* NULL, or the word for why nothing may
					 * be estimated, with why */
	struct err why;
};

/*
 * Run a plan on stored waves.  A plan that says its own design, calibrate or codes is run on the
 * rows with them, which the answer repeats as "own"; otherwise requests are answered from the
 * wave's columns where they can tell, weighted as the wave is.  What the wave may not be weighted
 * by refuses every request of a plan that says no calibrate.  Its "data" is not read.  Returns and
 * fails as plan_run(); "below_limits" of a result lists the rows (from 0) that
 * estimate_publishable() keeps back.
 */
json_t *plan_run_stored(const json_t *plan, const char *sha256, const struct plan_stored *stored,
	size_t *answered, struct pool *pool, struct err *err);

/*
 * The rows of one wave as data, with whoever is out of the main estimate out of it and the form's
 * questions declared.  Fails: FAULT_INPUT, FAULT_COLUMN.
 */
int stored_load(struct plan_data *data, struct stored_with *with, const struct plan_stored *stored,
	const json_t *codes, struct pool *pool, struct err *err);
/* Release what came with rows. */
void stored_with_clear(struct stored_with *with);

/* The same of a plan's file, "-" for standard input. */
json_t *plan_run_stored_path(const char *path, const struct plan_stored *stored, size_t *answered,
	struct pool *pool, struct err *err);

#endif
