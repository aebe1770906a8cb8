/* Tallies in the database and back: a line of text that says what they are, and arrays of whole numbers. */
#include "track/fold.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "track/fold_in.h"

/*
 * layout: a first line
 *     track 1 form SHA256 margins "sex age" rows N excluded N kept 0|1
 * then, if kept is 1, one line a slice:
 *     set TAB by TAB text of the score layout
 * A cell is "slice number:key", the number being the slice's line, from 0.
 */

/* Bytes of sums a row may cost: a stored answer of twenty items takes about a hundred. */
enum { KEEP_BYTES = 25 };

static const char head_format[] = "track 1 form %s margins \"%s\"";

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
	int used = 0, kept;

	if (strncmp(layout, want, strlen(want)) != 0)
		return NULL;
	p = layout + strlen(want);
	if (sscanf(p, " rows %" SCNd64 " excluded %" SCNd64 " kept %d%n", &rows, &excluded, &kept, &used) != 3 ||
	    p[used] != '\n')
		return NULL;
	fold->kept = kept == 1;
	fold->state.folded = rows;
	fold->state.excluded = excluded;
	return p + used + 1;
}

/* "main\tsector\tsums 1; ..." as a slice; 0, or -1 if it is not laid out as it would be today. */
static int
line_read(struct fold *fold, const char *line, size_t n, struct pool *pool)
{
	char *copy = pool_strndup(pool, line, n), *by = strchr(copy, '\t'), *text;
	struct fold_part *part;
	int set;

	text = by == NULL ? NULL : strchr(by + 1, '\t');
	if (text == NULL)
		return -1;
	*by++ = '\0';
	*text++ = '\0';
	for (set = 0; set < SCORES_SETS; set++)
		if (strcmp(scores_set_name((enum scores_set)set), copy) == 0)
			break;
	if (set == SCORES_SETS || fold_by_known(fold, by, NULL) == -1)
		return -1;
	part = fold_part_add(fold, (enum scores_set)set, by, pool);
	if (part == NULL || strcmp(text, score_layout_text(&fold->scores.layout[set], pool)) != 0)
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
		if (line_read(fold, p, n, pool) == -1)
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

	if (db_get_tally(fold->db, fold->wave.id, &fold->after, &layout, stop_at_once, NULL, pool, err) == -1)
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

	if (db_get_tally(fold->db, fold->wave.id, &fold->after, &layout, stop_at_once, NULL, pool, err) == -1)
		return -1;
	layout_read(fold, layout, pool);
	return 0;
}

/* ---- load ---- */

struct loading {
	struct fold *fold;
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

	if (*key != ':' || part >= fold->parts || stream_parse(&stream, row->stream) == -1)
		return -1;
	tally = &fold->part[part].stream[stream].tally;
	words = tally_cell(tally, row->stratum, row->cluster, key + 1);
	if (words == NULL)
		return -1;
	n = sums_read(words, tally->layout->words, row->sums);
	return n > 0 && score_check(tally->layout, words, n) ? 0 : -1;
}

static int
row_load(const struct tally_row *row, void *ctx)
{
	struct loading *l = ctx;

	l->bad = cell_load(l, row) == -1;
	return l->bad;
}

int
fold_load(struct fold *fold, struct pool *pool, struct err *err)
{
	struct loading l = { .fold = fold };
	const char *layout;

	if (db_get_tally(fold->db, fold->wave.id, &fold->after, &layout, stop_at_once, NULL, pool, err) == -1)
		return -1;
	if (layout_read(fold, layout, pool) == -1)
		return 0;
	if (fold->kept && db_get_tally(fold->db, fold->wave.id, &fold->after, &layout, row_load, &l, pool, err) == -1)
		return -1;
	if (!fold->kept || l.bad)
		forget(fold);
	return 0;
}

/* ---- store ---- */

static const char *
layout_write(const struct fold *fold, struct pool *pool)
{
	struct text t = TEXT_INIT;
	const char *s;
	size_t i;

	text_fmt(&t, "%s rows %" PRId64 " excluded %" PRId64 " kept %d\n", head_text(fold, pool),
	    fold->state.folded, fold->state.excluded, fold->kept);
	for (i = 0; fold->kept && i < fold->parts; i++)
		text_fmt(&t, "%s\t%s\t%s\n", scores_set_name(fold->part[i].set), fold->part[i].by,
		    score_layout_text(&fold->scores.layout[fold->part[i].set], pool));
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
sums_write(struct text *t, const struct score_layout *layout, const int64_t words[], struct pool *pool)
{
	size_t used = score_used(layout, words), i;

	text_reset(t);
	for (i = 0; i < used; i++) {
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
	size_t i;

	for (i = 0; i < tally->cells; i++)
		row[i] = (struct tally_row){
			.stream = stream_name(stream),
			.stratum = tally->cell[i].stratum,
			.cluster = tally->cell[i].cluster,
			.cell = pool_fmt(pool, "%zu:%s", part, tally->cell[i].key),
			.sums = sums_write(t, tally->layout, tally->cell[i].words, pool),
		};
	return tally->cells;
}

int
fold_store(struct fold *fold, struct err *err)
{
	struct pool pool = POOL_INIT;
	struct text t = TEXT_INIT;
	struct tally_row *row;
	size_t rows = 0, bytes, i;
	int s, rc;

	for (i = 0; i < fold->parts; i++)
		for (s = 0; s < STREAM_MAX; s++)
			rows += fold->part[i].stream[s].tally.cells;
	row = pool_array(&pool, rows + 1, sizeof(*row));
	for (rows = i = 0; i < fold->parts; i++)
		for (s = 0; s < STREAM_MAX; s++)
			rows += part_store(row + rows, fold, i, (enum stream)s, &t, &pool);
	for (bytes = i = 0; i < rows; i++)
		bytes += strlen(row[i].sums);
	fold->kept = (int64_t)bytes <= fold->state.folded * KEEP_BYTES;
	if (!fold->kept)
		rows = 0;
	rc = db_put_tally(fold->db, fold->wave.id, fold->after, layout_write(fold, &pool), row, rows, err);
	text_clear(&t);
	pool_clear(&pool);
	return rc;
}
