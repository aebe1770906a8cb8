/* Tallies in the database and back: a line of text that says what they are, and
 * arrays of whole numbers. */
#include "figure/fold.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "figure/fold_in.h"

/*
 * layout: a first line
 *     track 3 form SHA256 margins "sex age" rows N excluded N kept 0|1 elements 0|1 0|1 sums HASH
 * then, if kept is 1, one line a slice:
 *     set TAB by TAB main|all TAB text of its score layout with elements
 * A cell is "slice number:key", the number being the slice's line, from 0.  Elements (rows without
 * cluster) are said for the sampled and the open stream; a layout text of their kind fixes the
 * other too.  HASH, of every cell in any order, finds damage and changed sums: all rows
 * are then folded again.
 */

/*
 * Sums are kept while they take no more room than the answers themselves, about a hundred bytes
 * each, and can be stored in well under a second: answers wait meanwhile.
 */
enum { KEEP_BYTES = 100, KEEP_MOST = 16 << 20, KEEP_SAMPLE = 64 };

static const char head_format[] = "track 3 form %s margins \"%s\"";

static const char *
head_text(const struct fold *fold, struct pool *pool)
{
	return pool_fmt(pool, head_format, fold->form->sha256, fold->wave.margins);
}

/* Does the first line fit this form and wave?  Then its two counts. */
static const char *
head_read(struct fold *fold, const char *layout, struct pool *pool)
{
	const char *want = head_text(fold, pool), *p;
	int64_t rows, excluded;
	int used = 0, kept, sampled, open;
	uint64_t sums;

	if (strncmp(layout, want, strlen(want)) != 0)
		return NULL;
	p = layout + strlen(want);
	if (sscanf(p, " rows %" SCNd64 " excluded %" SCNd64 " kept %d elements %d %d sums %" SCNx64
			"%n", &rows, &excluded, &kept, &sampled, &open, &sums, &used) != 6 ||
			p[used] != '\n')
		return NULL;
	fold->kept = kept == 1;
	fold->sums = sums;
	fold->elements[STREAM_SAMPLED] = sampled == 1;
	fold->elements[STREAM_OPEN] = open == 1;
	fold->state.folded = rows;
	fold->state.excluded = excluded;
	return p + used + 1;
}

/* The text that says what a slice's sums are. */
static const char *
slice_text(const struct fold *fold, const struct fold_slice *slice, struct pool *pool)
{
	enum scores_extent widest =
		(enum scores_extent)(SCORES_ELEMENTS | (slice->by[0] == '\0' ? SCORES_PAIRED : 0));

	return score_layout_text(&fold->scores.layout[slice->set][widest], pool);
}

/* "index\tsector\tmain\tsums 1; ..." as a slice; 0, or -1 if it is not laid out
 * as it would be today. */
static int
line_read(struct fold *fold, const char *line, size_t n, struct pool *pool)
{
	char *cell[4] = { pool_strndup(pool, line, n), NULL, NULL, NULL };
	struct fold_slice slice;
	int set;

	for (int i = 1; i < 4; i++) {
		cell[i] = strchr(cell[i - 1], '\t');
		if (cell[i] == NULL)
			return -1;
		*cell[i]++ = '\0';
	}
	for (set = 0; set < SCORES_SETS; set++)
		if (strcmp(scores_set_name((enum scores_set)set), cell[0]) == 0)
			break;
	if (set == SCORES_SETS || fold_by_known(fold, cell[1], NULL) != 0)
		return -1;
	slice = (struct fold_slice){ (enum scores_set)set, cell[1], strcmp(cell[2], "all") == 0 };
	if (fold_part_add(fold, &slice, pool) == NULL ||
			strcmp(cell[3], slice_text(fold, &slice, pool)) != 0)
		return -1;
	return 0;
}

/* No stored sums: every row is to be folded. */
static void
forget(struct fold *fold)
{
	fold->parts = 0;
	fold->after = 0;
	fold->kept = false;
	fold->state.folded = -1;
	fold->state.excluded = 0;
}

/* Every slice of a layout as parts without sums; -1: another layout, nothing of it is used. */
static int
layout_read(struct fold *fold, const char *layout, struct pool *pool)
{
	const char *p = head_read(fold, layout, pool);
	size_t n;

	while (p != NULL && *p != '\0') {
		n = strcspn(p, "\n");
		if (line_read(fold, p, n, pool) != 0)
			p = NULL;
		else
			p += n + (p[n] == '\n');
	}
	if (p != NULL)
		return 0;
	forget(fold);
	return -1;
}

static int stop_at_once(const struct tally_row *row, void *ctx);

int
fold_counts(struct fold *fold, struct pool *pool, struct err *err)
{
	const char *layout, *p;
	int64_t rows, excluded;

	if (db_get_tally(fold->db, fold->wave.id, &fold->after, &layout, stop_at_once, NULL,
			pool, err) == -1)
		return -1;
	p = strstr(layout, "\" rows ");
	if (p == NULL || sscanf(p, "\" rows %" SCNd64 " excluded %" SCNd64, &rows, &excluded) != 2)
		return 0;
	fold->state.folded = rows;
	fold->state.excluded = excluded;
	return 0;
}

static int
stop_at_once(const struct tally_row *row, void *ctx)
{
	(void)row;
	(void)ctx;
	return 1;
}

int
fold_head(struct fold *fold, struct pool *pool, struct err *err)
{
	const char *layout;

	if (db_get_tally(fold->db, fold->wave.id, &fold->after, &layout, stop_at_once, NULL,
			pool, err) == -1)
		return -1;
	layout_read(fold, layout, pool);
	return 0;
}

/* ---- load ---- */

struct loading {
	struct fold *fold;
	uint64_t sums;		/* as in the layout */
	bool bad;		/* not what it says it is: fold all rows again */
};

/* "[1,-2,3]" into words[room]; how many, or 0 if it is anything else. */
static size_t
sums_read(int64_t words[], size_t room, const char *sums)
{
	const char *p = sums;
	size_t n = 0;
	char *end;

	if (*p++ != '[')
		return 0;
	for (;; p++) {
		if (n == room)
			return 0;
		words[n] = strtoll(p, &end, 10);
		if (end == p)
			return 0;
		n++;
		p = end;
		if (*p == ']')
			return p[1] == '\0' ? n : 0;
		if (*p != ',')
			return 0;
	}
}

static int
cell_load(struct loading *l, const struct tally_row *row)
{
	struct fold *fold = l->fold;
	enum stream stream;
	struct tally *tally;
	int64_t *words;
	char *key;
	unsigned long part = strtoul(row->cell, &key, 10);
	size_t n;

	if (*key != ':' || part >= fold->parts || stream_parse(&stream, row->stream, NULL) != 0)
		return -1;
	tally = &fold->part[part].stream[stream].tally;
	words = tally_cell(tally, row->stratum, row->cluster, key + 1);
	if (words == NULL)
		return -1;
	n = sums_read(words, tally->layout->words, row->sums);
	return n > 0 && score_check(tally->layout, words, n) ? 0 : -1;
}

static uint64_t
row_hash(const struct tally_row *row)
{
	const char *const text[] = { row->stream, row->stratum, row->cluster,
		row->cell, row->sums };
	uint64_t h = HASH_START;

	for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++)
		h = hash_text(h, text[i]);
	return h;
}

static int
row_load(const struct tally_row *row, void *ctx)
{
	struct loading *l = ctx;

	l->sums += row_hash(row);
	l->bad = cell_load(l, row) != 0;
	return l->bad;
}

static int
mark_read(struct fold_mark *mark, const struct fold *fold, struct pool *pool, struct err *err)
{
	mark->dropped = db_tallies_dropped(fold->db);
	mark->catalogue = db_catalogue_version(fold->db);
	return db_get_tally(fold->db, fold->wave.id, &mark->after, &mark->layout, stop_at_once,
		NULL, pool, err);
}

int
fold_load(struct fold *fold, struct pool *pool, struct err *err)
{
	struct loading l = { .fold = fold };
	const char *layout;

	if (mark_read(&fold->mark, fold, pool, err) == -1)
		return -1;
	fold->after = fold->mark.after;
	layout = fold->mark.layout;
	if (layout_read(fold, layout, pool) != 0)
		return 0;
	if (fold->kept && db_get_tally(fold->db, fold->wave.id, &fold->after, &layout, row_load, &l,
			pool, err) == -1)
		return -1;
	if (!fold->kept || l.bad || l.sums != fold->sums)
		forget(fold);
	return 0;
}

/* ---- store ---- */

static const char *
layout_write(const struct fold *fold, struct pool *pool)
{
	struct text t = TEXT_INIT;
	const char *s;

	text_fmt(&t, "%s rows %" PRId64 " excluded %" PRId64 " kept %d elements %d %d sums %" PRIx64
		"\n", head_text(fold, pool), fold->state.folded, fold->state.excluded, fold->kept,
		fold->elements[STREAM_SAMPLED], fold->elements[STREAM_OPEN], fold->sums);
	for (size_t i = 0; fold->kept && i < fold->parts; i++) {
		const struct fold_slice *slice = &fold->part[i].slice;

		text_fmt(&t, "%s\t%s\t%s\t%s\n", scores_set_name(slice->set), slice->by,
			slice->all ? "all" : "main", slice_text(fold, slice, pool));
	}
	s = pool_strdup(pool, text_str(&t));
	text_clear(&t);
	return s;
}

/* Decimal digits of x at the end of the text; sums are many, printf is slow. */
static void
put_number(struct text *t, int64_t x)
{
	char digits[24];
	size_t n = sizeof(digits);
	uint64_t u = x < 0 ? -(uint64_t)x : (uint64_t)x;

	do
		digits[--n] = (char)('0' + u % 10);
	while ((u /= 10) > 0);
	if (x < 0)
		digits[--n] = '-';
	text_add(t, digits + n, sizeof(digits) - n);
}

static const char *
sums_write(struct text *t, const struct score_layout *layout, const int64_t words[],
	struct pool *pool)
{
	size_t used = score_used(layout, words);

	text_reset(t);
	for (size_t i = 0; i < used; i++) {
		text_putc(t, i == 0 ? '[' : ',');
		put_number(t, words[i]);
	}
	text_putc(t, ']');
	return pool_strndup(pool, t->s, t->n);
}

static size_t
part_store(struct tally_row row[], const struct fold *fold, size_t part, enum stream stream,
	struct text *t, struct pool *pool)
{
	const struct tally *tally = &fold->part[part].stream[stream].tally;

	for (size_t i = 0; i < tally->cells; i++)
		row[i] = (struct tally_row){
			.stream = stream_name(stream),
			.stratum = tally->cell[i].stratum,
			.cluster = tally->cell[i].cluster,
			.cell = pool_fmt(pool, "%zu:%s", part, tally->cell[i].key),
			.sums = sums_write(t, tally->layout, tally->cell[i].words, pool),
		};
	return tally->cells;
}

/* About how many bytes the sums of a tally take, from some of its cells. */
static double
tally_bytes(const struct tally *tally, struct text *t)
{
	size_t step = tally->cells / KEEP_SAMPLE + 1, n = 0;
	struct pool pool = POOL_INIT;
	double bytes = 0;

	for (size_t i = 0; i < tally->cells; i += step, n++)
		bytes += (double)strlen(sums_write(t, tally->layout, tally->cell[i].words, &pool));
	pool_clear(&pool);
	return n == 0 ? 0 : bytes / (double)n * (double)tally->cells;
}

/* Worth keeping?  *cells gets how many there are in all. */
static bool
fold_small(const struct fold *fold, size_t *cells, struct text *t)
{
	double bytes = 0;

	*cells = 0;
	for (size_t i = 0; i < fold->parts; i++)
		for (int s = 0; s < STREAM_MAX; s++) {
			*cells += fold->part[i].stream[s].tally.cells;
			bytes += tally_bytes(&fold->part[i].stream[s].tally, t);
		}
	return bytes <= (double)fold->state.folded * KEEP_BYTES && bytes <= KEEP_MOST;
}

/* Every cell of every slice as a row, none where sums are not kept. */
static struct tally_row *
all_rows(size_t *rows, const struct fold *fold, size_t cells, struct text *t, struct pool *pool)
{
	struct tally_row *row = pool_array(pool, cells + 1, sizeof(*row));

	*rows = 0;
	for (size_t i = 0; fold->kept && i < fold->parts; i++)
		for (int s = 0; s < STREAM_MAX; s++)
			*rows += part_store(row + *rows, fold, i, (enum stream)s, t, pool);
	return row;
}

/* Nobody stored other sums, set an answer aside or changed a site since the rows were read? */
static bool
mark_holds(const struct fold *fold, struct pool *pool, struct err *err)
{
	struct fold_mark now;

	return mark_read(&now, fold, pool, err) == 0 && now.after == fold->mark.after &&
		now.dropped == fold->mark.dropped && now.catalogue == fold->mark.catalogue &&
		strcmp(now.layout, fold->mark.layout) == 0;
}

int
fold_store(struct fold *fold, bool *stored, struct err *err)
{
	struct pool pool = POOL_INIT;
	struct text t = TEXT_INIT;
	bool kept = fold->kept;
	struct tally_row *row;
	const char *layout;
	size_t rows, cells;
	int rc;

	*stored = false;
	fold->kept = fold_small(fold, &cells, &t);
	row = all_rows(&rows, fold, cells, &t, &pool);
	fold->sums = 0;
	for (size_t i = 0; i < rows; i++)
		fold->sums += row_hash(&row[i]);
	layout = layout_write(fold, &pool);
	/* All that takes long is done: answers wait only while this is written. */
	rc = db_begin(fold->db, err);
	if (rc == 0) {
		*stored = mark_holds(fold, &pool, err);
		if (*stored)
			rc = db_put_tally(fold->db, fold->wave.id, fold->after, layout,
				row, rows, err);
		if (rc == 0)
			rc = db_commit(fold->db, err);
		else
			db_rollback(fold->db);
	}
	*stored = *stored && rc == 0;
	fold->kept = *stored ? fold->kept : kept;
	text_clear(&t);
	pool_clear(&pool);
	return rc;
}
