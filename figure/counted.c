/* Rows of a wave that count, and what became of them. */
#include "figure/counted.h"

#include <string.h>

#include "db/batch.h"
#include "figure/block.h"
#include "figure/level.h"

/* What events say of rows. */
struct events {
	int64_t *out;		/* ids of rows, ascending */
	size_t outs;
	int64_t *uncounted;	/* batches, ascending */
	size_t uncounteds;
};

static bool
listed(const int64_t list[], size_t n, int64_t id)
{
	size_t low = 0, high = n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (list[mid] == id)
			return true;
		if (list[mid] < id)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

static void
rows_move(struct rows *r, size_t to, size_t from, size_t n)
{
	for (size_t c = 0; to < from && n > 0 && c < r->columns; c++)
		memmove(r->column[c] + to * r->width[c], r->column[c] + from * r->width[c],
			n * r->width[c]);
}

/* Rows of imports that do not count are taken out; the runs between them close up. */
static void
rows_counted(struct rows *r, const struct events *e)
{
	const uint32_t *batch = rows_at(r, ROWS_BATCH);
	size_t kept = 0, from = 0;

	if (e->uncounteds == 0)
		return;
	for (size_t i = 0; i <= r->n; i++) {
		if (i < r->n && (batch[i] == 0 ||
				!listed(e->uncounted, e->uncounteds, batch[i])))
			continue;
		rows_move(r, kept, from, i - from);
		kept += i - from;
		from = i + 1;
	}
	r->n = kept;
}

/* A row that counts and is not the form's. */
static int
rows_check(const struct rows *r, int64_t wave, struct err *err)
{
	const int64_t *id = rows_at(r, ROWS_ID);

	for (size_t i = 0; i < r->n; i++)
		if (r->column[ROWS_FLAGGED][i] == ROWS_MISFIT)
			return rows_misfit(r->form, wave, id[i], err);
	return 0;
}

static void
rows_flag(struct rows *r, const struct events *e)
{
	const int64_t *id = rows_at(r, ROWS_ID);

	for (size_t i = 0, k = 0; i < r->n && k < e->outs; i++) {
		while (k < e->outs && e->out[k] < id[i])
			k++;
		if (k < e->outs && e->out[k] == id[i])
			r->column[ROWS_FLAGGED][i] = 2;
	}
}

/* Places of sites in their list instead of their ids. */
static const uint32_t *
places_make(const struct rows *r, const struct site site[], size_t sites, struct pool *pool)
{
	const uint32_t *id = rows_at(r, ROWS_SITE);
	uint32_t *place = pool_array(pool, r->n + 1, sizeof(*place)), last = 0,
		at = COUNTED_NOWHERE;
	const struct site *found;

	for (size_t i = 0; i < r->n; i++) {
		if (id[i] != last) {
			last = id[i];
			found = level_site(site, sites, last);
			at = found == NULL ? COUNTED_NOWHERE : (uint32_t)(found - site);
		}
		place[i] = at;
	}
	return place;
}

static void
counted_fill(struct counted *a, struct rows *r, struct pool *pool)
{
	struct answer_item *item = pool_array(pool, r->form->items + 1, sizeof(*item));

	for (size_t i = 0; i < r->form->items; i++)
		item[i] = (struct answer_item){ .code = r->column[ROWS_ITEMS + i],
			.set = r->set[i] != 0 ? r->column[r->set[i]] : NULL,
			.width = r->set[i] != 0 ? r->width[r->set[i]] : 0 };
	a->form = r->form;
	a->n = r->n;
	a->id = rows_at(r, ROWS_ID);
	a->weight = rows_at(r, ROWS_WEIGHT);
	a->place = places_make(r, a->site, a->sites, pool);
	a->stratum = rows_at(r, ROWS_STRATUM);
	a->cluster = rows_at(r, ROWS_CLUSTER);
	a->label = r->labels.text;
	a->labels = r->labels.n;
	a->stream = rows_at(r, ROWS_STREAM);
	a->mode = rows_at(r, ROWS_MODE);
	a->flag = rows_at(r, ROWS_FLAGGED);
	a->minute = rows_at(r, ROWS_MINUTE);
	a->seconds = rows_at(r, ROWS_SECONDS);
	a->rush = rows_at(r, ROWS_RUSH);
	a->unaided = rows_at(r, ROWS_UNAIDED);
	a->item = item;
	pool_adopt(pool, r->memory);
	r->memory = NULL;
	pool_adopt(pool, (void *)r->labels.text);
	r->labels.text = NULL;
}

static int
count_rows(int64_t *n, struct db *db, int64_t wave, struct err *err)
{
	struct pool scratch = POOL_INIT;
	struct response_count *count;
	size_t counts = 0;
	int rc = db_count_responses(db, wave, &count, &counts, &scratch, err);

	*n = 0;
	for (size_t i = 0; rc == 0 && i < counts; i++)
		*n = (int64_t)((uint64_t)*n + (uint64_t)count[i].n);
	pool_clear(&scratch);
	return rc;
}

/* Rows, events and sites as they stand together. */
static int
view_read(struct rows *r, struct counted *a, struct events *e, bool files, size_t *had,
	struct pool *pool, struct err *err)
{
	struct site *site;
	int64_t expected;
	int rc = -1;

	if (db_begin_read(a->db, err) != 0)
		return -1;
	if (count_rows(&expected, a->db, a->wave.id, NULL) == 0)
		rows_expect(r, expected);
	if (files)
		block_load(r, a->db, a->wave.id);
	*had = r->n;
	if (rows_read(r, a->db, a->wave.id, err) == 0 &&
			db_list_out(a->db, a->wave.id, &e->out, &e->outs, pool, err) == 0 &&
			db_list_uncounted(a->db, &e->uncounted, &e->uncounteds, pool, err) == 0 &&
			db_list_sites(a->db, &site, &a->sites, pool, err) == 0) {
		a->site = site;
		rc = 0;
	}
	db_end_read(a->db);
	return rc;
}

int
counted_open(struct counted *a, struct db *db, const struct wave *wave, bool rows_only,
	struct pool *pool, struct err *err)
{
	const struct form *form = db_get_form(db, wave->form_id, wave->form_version, pool, err);
	struct events events = { NULL, 0, NULL, 0 };
	struct rows rows;
	size_t had;
	int rc;

	*a = (struct counted){ .db = db, .wave = *wave };
	if (form == NULL)
		return -1;
	rows_init(&rows, form, pool);
	rc = view_read(&rows, a, &events, !rows_only, &had, pool, err);
	if (rc == 0) {
		if (!rows_only)
			block_keep(&rows, db, wave->id, had);
		rows_counted(&rows, &events);
		rc = rows_check(&rows, wave->id, err);
		rows_flag(&rows, &events);
		counted_fill(a, &rows, pool);
	}
	rows_clear(&rows);
	return rc;
}

int
counted_peek(struct counted_state *state, struct db *db, int64_t wave, struct err *err)
{
	int64_t n;
	int rc = count_rows(&n, db, wave, err);

	*state = (struct counted_state){ .rows = n, .excluded = db_last_exclusion(db),
		.batches = db_last_batch_event(db, wave), .catalogue = db_catalogue_version(db) };
	return rc;
}
