/* The inside of plan/model*.c: a model as read. */
#ifndef PLAN_MODEL_IN_H
#define PLAN_MODEL_IN_H

#include <stdbool.h>

#include "plan/data.h"
#include "plan/design.h"
#include "plan/stored.h"
#include "stats/path/boot.h"

/* Where the answers are. */
struct model_from {
	const char *folder;		/* where paths start */
	const char *encoding;		/* NULL: what the model says */
	const struct plan_stored *stored;	/* a wave in place of a file; NULL */
};

/* In one pool. */
struct model {
	struct pls_model pls;		/* its scale starts at 0, and x there, so that large numbers
					 * keep their digits */
	double low;			/* where the questionnaire's starts; NAN: no scale */
	const char *const *label;	/* label[blocks]: shown beside the name; "" none */
	size_t (*path)[2];		/* path[paths]: from and to, in the
					 * order they were written */
	size_t paths;
	enum pls_missing missing;
	double level;
	struct plan_data data;
	struct plan_sample sample;
	bool model_based;		/* nobody drew the sample */
	json_t *own;			/* of a wave: its own design and calibration; NULL: none */
	const double *x;		/* x[rows * items] */
	bool scores;			/* every row's are wanted */
	bool resampled;
	struct pls_resample resample;
};

/* All that was computed. */
struct model_fit {
	struct pls_moments moments;
	struct pls_fit fit;
	struct table index;		/* one row per construct; rows 0 without a scale */
	struct pls_replicates replicates;
};

/* ---- ready.c ---- */
/* A ready model with what a file says on top; a new reference, NULL with *err. */
json_t *model_merge(const json_t *said, struct err *err);

/* ---- shape.c ---- */
/* Constructs, items, paths and how to fit. */
int model_read_shape(struct model *m, const json_t *said, struct pool *pool, struct err *err);

/* ---- data.c ---- */
/* The answers, the sample, the resampling. */
/* Has it a weight of its own?  Then the wave's margins do not hold, and may be what they like. */
bool model_own_weight(const json_t *said);
int model_read_data(struct model *m, const json_t *said, const struct model_from *from,
	struct pool *pool, struct err *err);

/* ---- warn.c ---- */
/* Sentences; a new reference. */
json_t *model_warnings(const struct model *m, const struct model_fit *f);

/* ---- say.c ---- */
json_t *model_say(const struct model *m, const struct model_fit *f);

#endif
