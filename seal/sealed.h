/* A published figure for outside eyes: the rows it rests on, what they are weighted to, and a
 * script that recomputes it. */
#ifndef SEAL_SEALED_H
#define SEAL_SEALED_H

#include "base/json.h"
#include "base/text.h"
#include "db/track.h"

/* ---- sealed_inputs.c ---- */
/*
 * What a published figure was computed from besides the answers, frozen with it: "inputs" of its
 * provenance.  New reference, or NULL with *err:
 *     last_response, last_exclusion   ids; rows and events after them came later
 *     last_batch                      the same of the events of imports: what counted is what
 *     counted then sector_weights                  "" equal
 *     margins                         [{"variable","category","population","source","date","area"}]
 *     complaints
 *     [{"year","registered","residents","national_per_10000","source","date"}]
 * Take it before the figure is computed and again after: equal means that nothing came in between.
 */
json_t *sealed_inputs(struct db *db, struct pool *pool, struct err *err);

/* The files of a bundle; sealed_clear() gives them back. */
struct sealed {
	struct text rows;	/* answers.csv: in order of their own text, so the same rows have
				 * the same hash, and their order tells nothing
				 * about when they came */
	struct text margins;	/* margins.csv; empty when no figure is raked */
	struct text complaints;	/* complaints.csv; empty when none is asked for */
	struct text published;	/* published.csv: every number that was frozen, 17
				 * digits and as printed */
	struct text script;	/* recompute.R */
	size_t n;		/* rows */
	size_t figures;		/* numbers the script recomputes */
	char rows_sha256[65];
};

/* ---- sealed.c ---- */
/*
 * Every estimate of the sampled and the open stream, every difference of years, complaint rate and
 * intersection-union p in the figure's body.  Rows carry wave, stream, stratum, cluster, base
 * weight, why they are excluded ("" in the figure, "form" by the form's rule, "event" by a later
 * event, "withdrawn" with the import they came with, so that they are no part of the design
 * either), the margins' items and the items the figures use: no key, receipt, time, site of a
 * sampled row or words (an open answer is its code).  Ranks, readings and thresholds are no
 * estimates of ours: they are not in the script.
 *
 * Fails: ERR_REFUSED when the figure holds no such number or was frozen without its inputs;
 * ERR_CONFLICT when an answer of its waves is not what was stored; ERR_DB.
 */
int sealed_make(struct sealed *sealed, struct db *db, const struct published_row *row,
	struct pool *pool, struct err *err);
void sealed_clear(struct sealed *sealed);

#endif
