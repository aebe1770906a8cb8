/* A figure frozen with everything needed to compute it again. */
#ifndef SEAL_PUBLISH_H
#define SEAL_PUBLISH_H

#include "db/track.h"
#include "track/track.h"

/* What to publish, and who signs. */
struct publish {
	const char *indicator;
	int year;
	const char *signed_by;
	const char *key_path;	/* the ledger's key: the head is signed first */
	int64_t minute;
};

/*
 * Store the figure as a new version; earlier ones stay.  *row (its strings in
 * pool) is what was stored: body {"headline","reason","standing","estimates","clauses"} and
 * provenance
 * {"program","method_version","form","form_sha256","mapping","method","margins","margins_hash",
 * "ledger_head","ledger_size","command","signed_by", "inputs" and, where the figure rests on
 * answers, "rows" and "rows_sha256" (seal/sealed.h)}; words are {"zh","en"}.  Computed from the
 * answers themselves, within one view of the database: nothing that was derived from them is read.
 * Fails: ERR_MISSING (no such indicator), ERR_REFUSED (a year to come or without data, a row that
 * stands as not reported for the year, no sampled figure of that year may be published),
 * ERR_CONFLICT (answers it rests on are not what was stored).
 */
int publish_figure(struct db *db, const struct publish *p, struct published_row *row,
	struct pool *pool, struct err *err);

#endif
