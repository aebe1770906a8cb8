/* Forms, waves, sites, responses, tallies and margins in the database. */
#ifndef DB_SURVEY_H
#define DB_SURVEY_H

#include <stddef.h>

#include "db/db.h"
#include "forms/form.h"
#include "forms/paradata.h"
#include "forms/term.h"

/* ---- forms: frozen once an answer exists ---- */

/* Store a form version.  The same bytes again: fine.  Other bytes under the same id and version:
 * replaced while no wave with answers uses it, else ERR_CONFLICT ("a changed
 * word is a new version"). */
int db_put_form(struct db *db, const struct form *form, struct err *err);
/* version NULL: the newest loaded.  The form lives in pool.  ERR_MISSING names what exists. */
const struct form *db_get_form(struct db *db, const char *id, const char *version,
	struct pool *pool, struct err *err);
struct form_row {
	const char *id, *version, *sha256, *title_zh, *title_en;
	int64_t loaded;		/* minute */
	bool frozen;
	int64_t responses;
};
/* By id, then by time loaded. */
int db_each_form(struct db *db, void (*row)(const struct form_row *, void *), void *ctx,
	struct err *err);

/* The forms there are, by id, in the order in which they were first loaded: id[*n]. */
int db_list_form_ids(struct db *db, const char ***id, size_t *n, struct pool *pool,
	struct err *err);
/*
 * Whose newest version asks an item of that name with choices, and so knows the labels: the form
 * own (a site's; NULL: none), else the first of those there are.  NULL: no form does.
 */
const struct form *db_form_asking(struct db *db, const char *own, const char *item,
	struct pool *pool);

/* ---- waves ---- */

struct wave {
	int64_t id;
	const char *form_id, *form_version;
	int year;
	const char *label;		/* "2024" or "2024-2" */
	int64_t opens, closes;		/* minutes; closes 0: not set */
	bool open;			/* takes answers */
	const char *population;		/* who is meant, in words */
	const char *modes;		/* "qr phone household" */
	const char *mapping;
	const char *strata;		/* what the stratum field of a row means,
					 * in words; "" if none */
	const char *clusters;		/* the same for cluster */
	const char *margins;		/* space-separated item names to rake on,
					 * "sex age edu"; "" none */
	const char *domains;		/* space-separated item names for --by besides site's
					 * sector/township: "sector town" */
	const char *break_note;		/* why the series breaks here, or "" */
	const char *table_number, *agency, *approval, *valid_until;	/* 法定表头 */
	const char *lapsed_because;	/* why it goes on after valid_until, printed
					 * with it; "" it does not */
};
/* Opens a wave; sets wave->id.  ERR_CONFLICT if that form already has an open wave,
 * or the label exists. */
int db_put_wave(struct db *db, struct wave *wave, struct err *err);
int db_close_wave(struct db *db, int64_t id, struct err *err);

/* ---- wave_term.c ---- */
/* The approval of a wave anew; NULL leaves what is. */
int db_renew_wave(struct db *db, int64_t id, const char *approval, const char *valid_until,
	const char *lapsed_because, struct err *err);

/* ---- wave_term.c ---- */
/*
 * When it may be opened: until it closes, or the last day of valid_until (or where it has none, of
 * the office's) is over and nothing is said in lapsed_because.  What is no day as
 * 2026-12-31 ends nothing.
 */
struct term db_wave_term(const struct wave *wave, const char *office_valid_until);
/* First minute after that day; 0 if there is none, or it is no day. */
int64_t db_wave_lapse(const struct wave *wave, const char *office_valid_until);

/* ---- survey.c ---- */
int db_get_wave(struct db *db, struct wave *wave, int64_t id, struct pool *pool, struct err *err);
/* "A-2024" or a number. */
int db_find_wave(struct db *db, struct wave *wave, const char *name, struct pool *pool,
	struct err *err);
/* The open wave of a form, or ERR_MISSING. */
int db_open_wave(struct db *db, struct wave *wave, const char *form_id, struct pool *pool,
	struct err *err);
/* All, by form id, year, id; *waves in pool. form_id NULL: every form. */
int db_list_waves(struct db *db, const char *form_id, struct wave **wave, size_t *waves,
	struct pool *pool, struct err *err);

/* ---- sites ---- */

enum { SITE_CODE_N = 6 };	/* five characters and a check character */
struct site {
	int64_t id;
	char code[SITE_CODE_N + 1];
	const char *name;
	const char *window;	/* "3号窗口" or "" */
	const char *sector;	/* "S01".."S12", or "" */
	const char *township;	/* code "210281001", or "" */
	const char *stratum;	/* or "" */
	const char *form_id;	/* form its poster opens; FORM_ON_SITE where nobody says */
	bool active;
	int64_t withdrawn;	/* minute since which it is not; 0: it is, or
				 * not known.  Read only */
};
/* Draws a fresh random code when site->code is "".  Sets id and code. */
int db_put_site(struct db *db, struct site *site, struct err *err);
int db_get_site(struct db *db, struct site *site, const char *code, struct pool *pool,
	struct err *err);
/* By id; *sites in pool. */
int db_list_sites(struct db *db, struct site **site, size_t *sites, struct pool *pool,
	struct err *err);
int db_set_site_active(struct db *db, const char *code, bool active, struct err *err);

/* ---- responses ---- */

enum { LEAF_N = 32, RECEIPT_N = 16 };

/* A row as stored.  Only accepted responses become one (db/row.h makes it). */
struct response_row {
	int64_t id;		/* given by the database */
	int64_t wave;
	int64_t site;		/* 0: none */
	const char *stream;	/* "sampled" or "open" */
	const char *mode;	/* "qr", "phone", "household", "ticket", "link" */
	const char *key;	/* client-made, UNIQUE over all; see code_key() */
	int64_t minute;
	int64_t seconds;	/* taken to answer, as coarse as paradata_seconds(); -1 unknown */
	const char *stratum, *cluster;	/* "" if none */
	int64_t weight;		/* base weight in millionths, > 0 */
	const char *answers;	/* JSON array in item order */
	struct paradata paradata;	/* how it was filled in */
	bool flagged;		/* form->flag was true */
	int64_t batch;		/* the import it came with; 0: none */
	const char *agency_key;	/* the agency's own key for it; NULL or "": none */
	bool excluded;		/* an exclusion event names the row; read only, by db_each_*() */
	bool counted;		/* its batch is complete and not withdrawn; read only, as above */
	unsigned char leaf[LEAF_N];
	char receipt[RECEIPT_N + 1];
};

/* ---- response_put.c ---- */
/*
 * Store rows in one transaction (or in the open one); each new row gets its id, each row whose key
 * is already there gets fresh[i] = false and the id, minute, receipt and leaf of the first
 * (whatever the other fields say).  On failure nothing is stored; inside db_begin() the
 * caller then rolls back.
 */
int db_put_responses(struct db *db, struct response_row row[], bool fresh[], size_t n,
	struct err *err);
/* Is a row of this key stored?  Then *row gets its id, minute, receipt and leaf, as above. */
int db_get_key(struct db *db, struct response_row *row, bool *found, struct err *err);
/* Does the row of that id stand for the same wave and site, and hold the same answers? */
int db_same_answers(struct db *db, const struct response_row *row, bool *same, struct err *err);

/* ---- response.c ---- */
/* A phone left for a callback: its own table, no key back, the minute cut to the day; kept until
 * delete_after (the store drops what is older).  One that waits already for a call about this place
 * and day is left as it is. */
int db_put_callback(struct db *db, const char *phone, int64_t site, int64_t minute,
	int64_t delete_after, struct err *err);
struct callback {
	const char *phone, *site;	/* site: its code, "" if none */
	int64_t day, delete_after;	/* minutes; day is midnight in China */
};
/* By day; in no order within it. */
int db_list_callbacks(struct db *db, struct callback **callback, size_t *n, struct pool *pool,
	struct err *err);
int db_drop_callbacks(struct db *db, int64_t now, struct err *err);	/* whose time has come */

/* Rows with id > after of one wave that may count, by id; stops when row() returns non-zero (then 0
 * is returned).  Rows of a batch that is loading or withdrawn (batch.h) do not come up: what is
 * made of answers is made of these. */
int db_each_response(struct db *db, int64_t wave, int64_t after,
	int (*row)(const struct response_row *, void *), void *ctx, struct err *err);
/* Every row there is, counted or not, with what figures ask for and nothing else, at twice the
 * speed: key, receipt and leaf are empty, of how it was filled in only `rush` is known, and counted
 * is true (db_list_uncounted()). */
int db_each_answer(struct db *db, int64_t wave, int64_t after,
	int (*row)(const struct response_row *, void *), void *ctx, struct err *err);
/* Every row there is, counted or not: for the ledger, for exports that mark them,
 * for what was sealed. */
int db_each_stored(struct db *db, int64_t wave, int64_t after,
	int (*row)(const struct response_row *, void *), void *ctx, struct err *err);

/* ---- response.c ---- */
/* One row by receipt, or ERR_MISSING. */
int db_get_receipt(struct db *db, struct response_row *row, const char *receipt,
	struct pool *pool, struct err *err);

/*
 * Rows whose receipts are on their way into the index: in the order of receipts, so that each page
 * of it is touched once a run and not once a row, and in steps, so that nobody waits long.  Until
 * they are there db_get_receipt() finds them by reading their rows.  Zeroed memory is an empty run.
 */
struct receipt_run {
	struct pool pool;
	struct receipt_place *place;
	size_t n, done;			/* n 0: none */
	int64_t after, upto;		/* response.id: rows up to after were in the index,
					 * those up to upto are here */
};

/* ---- receipt.c ---- */
void receipt_run_clear(struct receipt_run *run);

/* ---- receipt.c ---- */
/* A new run of the next rows that are not in the index, at most so many; n is
 * 0 if there are none. */
int db_gather_receipts(struct db *db, struct receipt_run *run, int64_t most, struct err *err);
/* Its next receipts, at most so many, into the index, in a transaction (or the open one: where that
 * is undone, the run must be cleared).  After the last the run is empty. */
int db_index_receipts(struct db *db, struct receipt_run *run, size_t most, struct err *err);

/* Counts for fieldwork pages, by wave (0: every wave), site (0: none), stream, of the rows that
 * count; costs the number of sites.  batch is db/'s own. */
struct response_count {
	int64_t wave, site, batch, n, flagged, first, last;	/* minutes of the first and last */
	const char *stream;
};

/* ---- response.c ---- */
int db_count_responses(struct db *db, int64_t wave, struct response_count **count, size_t *counts,
	struct pool *pool, struct err *err);

/* ---- response.c ---- */
int64_t db_last_response(struct db *db);	/* highest id, 0: none, -1: failed */

/* Append-only: row flagged by rule R, version V. */
int db_put_exclusion(struct db *db, int64_t response, const char *rule, const char *version,
	const char *who, int64_t minute, struct err *err);

/* Highest id of an exclusion event, 0: none, -1: failed; and the rows, ascending, that
 * events up to one name. */
int64_t db_last_exclusion(struct db *db);
/* The rows of one wave that an event names, whichever; ascending. */
int db_list_out(struct db *db, int64_t wave, int64_t **response, size_t *n, struct pool *pool,
	struct err *err);
/* Batches whose rows do not count now, ascending. */
int db_list_uncounted(struct db *db, int64_t **batch, size_t *n, struct pool *pool,
	struct err *err);
/* The leaf of a row of the wave; -1: there is no such row. */
int db_leaf_of(struct db *db, int64_t wave, int64_t id, unsigned char leaf[LEAF_N]);
int db_list_excluded(struct db *db, int64_t last, int64_t **response, size_t *n, struct pool *pool,
	struct err *err);

/* ---- margin.c ---- */

struct margin {
	const char *variable;	/* item name: "sex" */
	const char *category;	/* choice name: "1" */
	double population;	/* > 0 */
	const char *source, *date, *area;
	bool placeholder;	/* no weighted official figure from it */
	bool simulated;		/* demo only */
};
/* Replace all margins, all or nothing. */
int db_put_margins(struct db *db, const struct margin margin[], size_t n, struct err *err);
/* By variable, category. */
int db_list_margins(struct db *db, struct margin **margin, size_t *n, struct pool *pool,
	struct err *err);

#endif
