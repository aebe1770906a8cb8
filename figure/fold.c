/* A wave's slices: opened, brought up to date, kept where that is worth it. */
#include "figure/fold.h"

#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "db/batch.h"
#include "figure/fold_in.h"

/* New rows that make storing the sums again worth a transaction. */
enum { FOLD_WORTH = 256, KEEP_TRIES = 5 };

const struct tally *
fold_tally(const struct fold *fold, const struct fold_slice *slice, enum stream stream)
{
	const struct fold_part *part = fold_part_find(fold, slice);

	return part == NULL || !fold->current ? NULL : &part->stream[stream].tally;
}

/* ---- open, current ---- */

static int
count_rows(struct fold *fold, struct pool *pool, struct err *err)
{
	struct response_count *count;
	size_t counts;

	if (db_count_responses(fold->db, fold->wave.id, &count, &counts, pool, err) != 0)
		return -1;
	for (size_t i = 0; i < counts; i++)
		fold->state.rows += count[i].n;
	fold->state.batches = db_last_batch_event(fold->db, fold->wave.id);
	return 0;
}

/* A key's levels are joined by '|', so no site's text may hold one. */
static const char *
without_bar(const char *s, struct pool *pool)
{
	char *copy;

	if (strchr(s, '|') == NULL)
		return s;
	copy = pool_strdup(pool, s);
	for (char *p = copy; *p != '\0'; p++)
		if (*p == '|')
			*p = '/';
	return copy;
}

static int
load_sites(struct fold *fold, struct pool *pool, struct err *err)
{
	if (db_list_sites(fold->db, &fold->site, &fold->sites, pool, err) != 0)
		return -1;
	for (size_t i = 0; i < fold->sites; i++) {
		fold->site[i].sector = without_bar(fold->site[i].sector, pool);
		fold->site[i].township = without_bar(fold->site[i].township, pool);
	}
	return 0;
}

int
fold_peek(struct fold_state *state, struct db *db, int64_t wave, struct pool *pool, struct err *err)
{
	struct fold fold = { .db = db, .wave = { .id = wave }, .state = { .folded = -1 } };

	if (count_rows(&fold, pool, err) != 0 || fold_counts(&fold, pool, err) != 0)
		return -1;
	*state = fold.state;
	return 0;
}

int
fold_open_rows(struct fold *fold, struct db *db, const struct wave *wave, struct pool *pool,
	struct err *err)
{
	*fold = (struct fold){ .db = db, .wave = *wave, .state = { .folded = -1 },
		.rows_only = true };
	fold->form = db_get_form(db, wave->form_id, wave->form_version, pool, err);
	if (fold->form == NULL || scores_make(&fold->scores, fold->form, pool, err) != 0)
		return -1;
	fold->part = pool_array(pool, FOLD_PARTS_MAX, sizeof(*fold->part));
	return load_sites(fold, pool, err);
}

int
fold_open(struct fold *fold, struct db *db, const struct wave *wave, struct pool *pool,
	struct err *err)
{
	if (fold_open_rows(fold, db, wave, pool, err) != 0)
		return -1;
	fold->rows_only = false;
	if (count_rows(fold, pool, err) != 0)
		return -1;
	return fold_head(fold, pool, err);
}

/* Slices asked for, of which the form has scores. */
struct wanted {
	const struct fold_slice *slice;
	size_t n;
};

static bool
wanted_here(const struct fold *fold, const struct wanted *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (fold->scores.layout[w->slice[i].set][0].scores > 0 &&
				fold_part_find(fold, &w->slice[i]) == NULL)
			return false;
	return true;
}

/* Load what is stored, add the slices, fold what is missing. */
static int
fold_current(struct fold *fold, const struct wanted *w, struct pool *pool, struct err *err)
{
	if (fold->rows_only)
		fold_reset(fold, pool);
	else
		fold->parts = 0;
	fold->current = false;
	/* Sites first: a row of one that was not there a moment ago would count
	 * as one without place. */
	if (load_sites(fold, pool, err) != 0 ||
			(!fold->rows_only && fold_load(fold, pool, err) != 0))
		return -1;
	if (!wanted_here(fold, w)) {
		fold_reset(fold, pool);
		for (size_t i = 0; i < w->n; i++)
			if (fold_part_find(fold, &w->slice[i]) == NULL)
				fold_part_add(fold, &w->slice[i], pool);
	}
	if (!wanted_here(fold, w))
		return err_set(err, ERR_REFUSED, "这一轮调查要汇总的分组太多",
			"too many groupings are summed for this wave");
	if (fold_rows(fold, pool, err) != 0)
		return -1;
	fold->current = true;
	return 0;
}

/* The same in one view of the database: whoever writes meanwhile is not stopped,
 * and does not disturb. */
static int
fold_seen(struct fold *fold, const struct wanted *w, struct pool *pool, struct err *err)
{
	int rc;

	if (db_begin_read(fold->db, err) != 0)
		return -1;
	rc = fold_current(fold, w, pool, err);
	db_end_read(fold->db);
	return rc;
}

/* Until the sums are stored: where another was quicker, his are taken and what is new is added. */
static int
fold_kept(struct fold *fold, const struct wanted *w, struct pool *pool, struct err *err)
{
	bool stored = false;

	for (int i = 0; i < KEEP_TRIES && !stored; i++)
		if (fold_seen(fold, w, pool, err) != 0 || fold_store(fold, &stored, err) != 0)
			return -1;
	return stored ? 0 : err_set(err, ERR_BUSY, "数据库正被另一个程序占用；请稍后重试",
		"the database is in use by another program; try again in a moment");
}

static bool
fold_worth(const struct fold *fold, const struct wanted *w)
{
	int64_t fresh = fold->state.rows - fold->state.folded;

	return fold->state.folded < 0 || (fold->kept && !wanted_here(fold, w)) ||
		fresh >= FOLD_WORTH || fresh * 20 > fold->state.rows;
}

int
fold_slices(struct fold *fold, const struct fold_slice slice[], size_t n, bool keep,
	struct pool *pool, struct err *err)
{
	struct wanted w = { slice, n };
	struct err quiet = { 0 };
	bool worth, stored;

	for (size_t i = 0; i < n; i++)
		if (fold_by_known(fold, slice[i].by, err) != 0)
			return -1;
	assert(!keep || !fold->rows_only);
	if (keep)
		return fold_kept(fold, &w, pool, err);
	if (fold->current && wanted_here(fold, &w))
		return 0;
	worth = !fold->rows_only && !db_only_reads(fold->db) && fold_worth(fold, &w);
	if (fold_seen(fold, &w, pool, err) != 0)
		return -1;
	if (worth)
		(void)fold_store(fold, &stored, &quiet);
	return 0;
}
