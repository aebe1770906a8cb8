/* The inside of a plan's run on stored waves: wave.c opens them, waves.c compares them. */
#ifndef PLAN_WAVES_H
#define PLAN_WAVES_H

#include "plan/ask.h"
#include "plan/stored.h"

/* A wave as requests need it. */
struct waves_one {
	struct plan_wave wave;
	struct plan_data data;
	struct plan_sample sample;	/* the wave's, or the plan's own */
	struct plan_work work;
	bool opened;
	int fault;			/* of opening it, with why */
	struct err why;
};

struct waves {
	const json_t *plan;
	const struct plan_stored *stored;
	json_t *own;			/* its own design, calibration and codes; NULL: none */
	double level;
	struct waves_one *one;		/* one[stored->waves], each opened when first needed */
	json_t *notes;			/* sentences, each once */
	struct pool *pool;
};

/* ---- wave.c ---- */
/* Wave i, opened once: 0, or its fault with *err. */
int waves_open(struct waves *w, size_t i, struct err *err);

/* ---- waves.c ---- */
/* Answer a request that plan_request_check() let pass: 0, or a fault with *err. */
int waves_request(json_t *result, struct waves *w, const json_t *request, struct err *err);

/* ---- versions.c ---- */
/*
 * What a request names must mean the same in every wave: another scale of what is counted as
 * numbers is refused, other choices and other words are noted.  0 or FAULT_INPUT.
 */
int waves_versions(struct waves *w, const json_t *request, struct err *err);
void waves_note(struct waves *w, const struct err *note);

#endif
