/* A response becomes a stored row: envelope, leaf and receipt. */
#ifndef DB_ROW_H
#define DB_ROW_H

#include "db/survey.h"
#include "forms/response.h"

/* Where, when and how an answer came; strings are never NULL. */
struct row_envelope {
	int64_t wave;
	const char *wave_name;		/* "A-2024" */
	int64_t site;			/* 0: none */
	const char *site_code;		/* "" if none */
	const char *stream, *mode, *key;
	int64_t minute, seconds;
	const char *stratum, *cluster;
	int64_t weight;			/* millionths, > 0 */
	const struct paradata *paradata;	/* how it was filled in; NULL: not known */
	int64_t batch;			/* the import it came with; 0: none */
	const char *agency_key;		/* the agency's own key; NULL or "": none */
};

/* The only maker of rows: from an accepted response alone.  Strings of the row live in pool
 * or are the envelope's. */
void row_make(struct response_row *row, const struct response *r, const struct row_envelope *e,
	struct pool *pool);

/* The leaf of a row as the database gives it back: equal to row->leaf unless
 * somebody changed it. */
void row_leaf(unsigned char leaf[LEAF_N], const struct response_row *row, const char *wave_name,
	const char *form_sha256, const char *site_code);

/* Which text of a stored site no page can hold, for it is not UTF-8: "name", "window", ...; NULL:
 * it can be served. */
const char *row_site_fault(const struct site *site);

/* "A-2024": form and label. */
const char *row_wave_name(const struct wave *wave, struct pool *pool);

#endif
