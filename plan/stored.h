/* A plan on stored waves: the same requests to the columns of one, or of several over years. */
#ifndef PLAN_STORED_H
#define PLAN_STORED_H

#include "base/err.h"
#include "base/json.h"
#include "base/pool.h"
#include "plan/design.h"

/* One stream of a wave, with what belongs to its rows. */
struct plan_wave {
	const char *name;		/* "A-2024" */
	int year;
	struct frame *frame;
	const bool *in;			/* in[rows]: those of the main estimate; whatever the
					 * design, the others weigh nothing; NULL: all */
	struct plan_sample sample;	/* drawn and weighted as its figures are, or */
	int fault;			/* why it cannot be, with why */
	struct err why;
	json_t *design, *calibrate;	/* the same as members of a plan; calibrate NULL: none */
	json_t *multi;			/* as "multi" of a plan: every question, false for those of
					 * one answer */
	json_t *choices;		/* question: its choices, of those that have any */
	json_t *wording;		/* question: its words and those of its choices */
};

/* ---- wave.c ---- */
/* Release what came with a wave. */
void plan_wave_clear(struct plan_wave *w);
/*
 * Its columns as data, with whoever is out of the main estimate out of it and the form's questions
 * declared.  Fails: FAULT_INPUT, FAULT_COLUMN.
 */
int plan_wave_data(struct plan_data *data, const struct plan_wave *w, const json_t *codes,
	struct pool *pool, struct err *err);

/* Where a plan's numbers come from when it is not a file: given by whoever knows the database. */
struct plan_stored {
	void *ctx;
	size_t waves;			/* in the order of their years; several are compared over
					 * "year" */
	bool shared;			/* the same sampling units served all of them */
	/*
	 * Wave i; keys and written words are among its columns where the plan or model asked names
	 * one.  The caller's to clear.  0 or a fault.
	 */
	int (*wave)(struct plan_wave *w, void *ctx, size_t i, const json_t *asked, struct err *err);
	/* Does a name stand for a figure?  A question's name is the question. */
	bool (*named)(void *ctx, const char *name);
	/* A published figure of wave i by its name, over its form's own items. */
	int (*figure)(struct table *t, void *ctx, size_t i, const char *name, const char *by,
		double level, struct err *err);
	bool model_based;		/* nobody drew the sample: every interval is called so */
	const char *refusal;		/* NULL, or the word for why nothing may
					 * be estimated, with why */
	struct err why;
};

/* ---- stored.c ---- */
/*
 * Run a plan on stored waves: each request on the columns of the wave, drawn and weighted as the
 * wave is, or as the plan says in its own design, calibrate or codes, which the answer repeats as
 * "own".  What the wave may not be weighted by refuses every request of a plan that says no
 * calibrate.  Its "data" is not read.  Returns and fails as plan_run(); "below_limits" of a
 * result lists the rows (from 0) that estimate_publishable() keeps back.
 *
 * Of several waves a request names "year" in "by" or "over": it is answered wave by wave, and the
 * answers joined with their covariance, rows matched by the names of questions and levels; "notes"
 * says what is not the same in every version of the form.
 */
json_t *plan_run_stored(const json_t *plan, const char *sha256, const struct plan_stored *stored,
	size_t *answered, struct pool *pool, struct err *err);

/* The same of a plan's file, "-" for standard input. */
json_t *plan_run_stored_path(const char *path, const struct plan_stored *stored, size_t *answered,
	struct pool *pool, struct err *err);

#endif
