/* Indicators, readings, thresholds, external results and published figures in the database. */
#ifndef DB_TRACK_H
#define DB_TRACK_H

#include <stddef.h>

#include "db/db.h"

/* Append-only records; the newest of the same (indicator, subtarget, year) counts,
 * older ones stay visible. */
struct reading_row {
	int64_t id;
	const char *indicator;
	int subtarget;	/* subtarget from 1 */
	int year;
	const char *value;		/* as entered: "12", "85.5%", "是" */
	const char *source, *date;	/* both required */
	const char *who;
	int64_t minute;
};
int db_put_reading(struct db *db, struct reading_row *row, struct err *err);
int db_list_readings(struct db *db, const char *indicator, struct reading_row **row, size_t *n,
	/* indicator NULL: all.  By indicator, subtarget, year, id */
	struct pool *pool, struct err *err);

/* What somebody signed of a clause: the number the seed does not give, or a
 * word of track/known.h. */
struct threshold_row {
	int64_t id;
	const char *indicator;
	int clause;		/* clause from 1 */
	const char *value, *signed_by, *date, *who;
	int64_t minute;
	const char *document;	/* that cancelled the yardstick; else NULL or "" */
	const char *successor;	/* what stands for it today; NULL or "": nothing */
};
int db_put_threshold(struct db *db, struct threshold_row *row, struct err *err);
int db_list_thresholds(struct db *db, const char *indicator, struct threshold_row **row, size_t *n,
	struct pool *pool, struct err *err);	/* by indicator, clause, id; the last counts */

/* A 口径 somebody signed for a row. */
struct criterion_row {
	int64_t id;
	const char *indicator;
	const char *name;	/* "governs" */
	const char *value;	/* "literal" "statistical" */
	const char *signed_by, *date, *who;
	int64_t minute;
};
int db_put_criterion(struct db *db, struct criterion_row *row, struct err *err);
int db_list_criteria(struct db *db, const char *indicator, struct criterion_row **row, size_t *n,
	struct pool *pool, struct err *err);	/* by indicator, name, id; the last counts */

/* A result of a recognised third party. */
struct external_row {
	int64_t id;
	const char *indicator;
	int year, rank, of;
	double score, se;		/* NAN: not given */
	const char *agency, *qualification, *report, *report_sha256, *peers, *who;
	int64_t minute;
};
int db_put_external(struct db *db, struct external_row *row, struct err *err);
int db_list_external(struct db *db, const char *indicator, struct external_row **row, size_t *n,
	/* by indicator, year, id; the last of a year counts */
	struct pool *pool, struct err *err);

struct complaint_row {
	int year;
	int64_t registered;		/* complaints registered */
	double residents;		/* > 0, NAN unknown */
	double national_per_10000;	/* NAN unknown */
	const char *source, *date, *break_note;
	const char *definition;		/* what was counted, as definition_read() takes
					 * it; NULL or "": unknown */
	const char *national_definition;	/* the same of the national rate */
};
/* Rows of the same year are superseded; all or nothing. */
int db_put_complaints(struct db *db, const struct complaint_row row[], size_t n, const char *who,
	int64_t minute, struct err *err);			/* minute: when they were entered */
int db_list_complaints(struct db *db, struct complaint_row **row, size_t *n, struct pool *pool,
	struct err *err);

struct peer_row {
	const char *indicator;
	int year;
	const char *city;
	double score, se;		/* se NAN unknown */
	int64_t n;
	const char *agency, *report_sha256;
};
int db_put_peers(struct db *db, const struct peer_row row[], size_t n, struct err *err);
int db_list_peers(struct db *db, const char *indicator, int year, struct peer_row **row, size_t *n,
	struct pool *pool, struct err *err);		/* by city */

/* Every year of a reading, an outside result (of the rows in qualified, ";40;47;": with its
 * qualification, as nothing else counts), a complaint count, a peer's score or a wave that has an
 * answer, ascending.  Read from the rows themselves. */
int db_list_years(struct db *db, const char *qualified, int **year, size_t *n, struct pool *pool,
	struct err *err);
/* Those of a wave that has an answer which counts. */
int db_list_wave_years(struct db *db, int **year, size_t *n, struct pool *pool, struct err *err);

/* Evidence: 资料状态.  state: "uploaded", "accepted", "returned". */
struct evidence_row {
	int64_t id;
	const char *indicator;
	int subtarget;	/* subtarget 0: the whole row */
	const char *title, *document_no, *date, *period, *sha256, *state, *reviewer, *note, *who;
	int64_t pages, minute;
};

/* ---- record.c ---- */
int db_put_evidence(struct db *db, struct evidence_row *row, struct err *err);
int db_set_evidence_state(struct db *db, int64_t id, const char *state, const char *reviewer,
	const char *note, int64_t minute, struct err *err);
int db_list_evidence(struct db *db, const char *indicator, struct evidence_row **row, size_t *n,
	struct pool *pool, struct err *err);

/* A published figure: frozen with its provenance; a later change is a new version beside it. */
struct published_row {
	int64_t id;
	const char *indicator;
	int year, version;
	const char *body;		/* JSON: the figure's estimates, clauses and state */
	const char *provenance;		/* JSON: method and program version, mapping, margins' hash,
					 * ledger head, signer */
	const char *signed_by;
	int64_t minute;
};
/* sets version and id */
int db_put_published(struct db *db, struct published_row *row, struct err *err);
int db_list_published(struct db *db, const char *indicator, struct published_row **row, size_t *n,
	/* indicator NULL: all; by indicator, year, version */
	struct pool *pool, struct err *err);

/* Signed ledger heads (ledger/head.h makes them). */
struct head_row {
	int64_t size;			/* leaves under the root */
	unsigned char root[32];
	unsigned char signature[64];
	int64_t minute;
};
int db_put_head(struct db *db, const struct head_row *row, struct err *err);
int db_list_heads(struct db *db, struct head_row **row, size_t *n, struct pool *pool,
	struct err *err);

/* ---- response.c ---- */
/* Every leaf by response id: the order of the tree. */
int db_each_leaf(struct db *db, int (*leaf)(const unsigned char leaf[32], void *), void *ctx,
	struct err *err);

#endif
