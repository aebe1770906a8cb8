/* Rows into the sums of every slice, each row once. */
#include <inttypes.h>
#include <string.h>

#include "figure/fold_in.h"

/* What the callback needs. */
struct folding {
	struct fold *fold;
	int *value;
	struct memo units[STREAM_MAX];
	struct err *err;
	bool alone;		/* stopped: a row without cluster needs wider sums */
	int rc;
};

int
fold_key(char key[FOLD_KEY_MAX], const struct fold *fold, const struct fold_variable variable[],
	size_t n, int flag, bool out, const int value[], const struct site *site)
{
	static const char *const flagged[] = { "0", "1", "2" };
	size_t k = 0, length;

	for (size_t i = 0; i < n; i++) {
		const char *level = i == 0 ? flagged[flag] : out ? "" :
			fold_level(fold, variable[i], value, site);

		length = strlen(level);
		if (k + length + 2 > FOLD_KEY_MAX)
			return -1;
		if (i > 0)
			key[k++] = '|';
		memcpy(key + k, level, length);
		k += length;
	}
	key[k] = '\0';
	return 0;
}

/* A row where it belongs. */
struct place {
	const struct site *site;	/* or NULL */
	const char *stratum, *cluster;
	bool by_site;			/* the cluster is the site, for want of another */
	size_t unit;			/* number of the sampling unit */
	int flag;			/* as in fold_unit */
};

/* The number of a level, from 0 ("") to *radix - 1. */
static uint64_t
level_number(const struct fold *fold, struct fold_variable v, const int value[],
	const struct site *site, uint64_t *radix)
{
	*radix = fold->sites + 1;
	if (v.kind == VARIABLE_ITEM) {
		*radix = fold->form->item[v.item].choices + 1;
		return (uint64_t)(scan_choice(fold->scores.scan, (size_t)v.item,
			value[v.item]) + 1);
	}
	return site == NULL ? 0 : (uint64_t)(site - fold->site) + 1;
}

/* One number for the row's cell, the same for the same labels; -1 when the levels are
 * too many for 64 bits. */
static int
cell_number(uint64_t *number, const struct fold *fold, const struct fold_stream *s,
	const struct place *p, bool out, const int value[])
{
	uint64_t x = p->unit, radix, level;

	x = 3 * x + (uint64_t)p->flag;
	for (size_t i = 1; i < s->variables; i++) {
		level = level_number(fold, s->variable[i], value, p->site, &radix);
		if (__builtin_mul_overflow(x, radix, &x) ||
				__builtin_add_overflow(x, out ? 0 : level, &x))
			return -1;
	}
	*number = x;
	return x == UINT64_MAX ? -1 : 0;
}

static int64_t *
row_cell(struct folding *f, struct fold_stream *s, const struct place *p, bool out)
{
	char key[FOLD_KEY_MAX];
	int64_t **known = NULL, *words;
	uint64_t number;

	if (cell_number(&number, f->fold, s, p, out, f->value) == 0) {
		known = memo_sums(&s->memo, number);
		if (*known != NULL)
			return *known;
	}
	if (fold_key(key, f->fold, s->variable, s->variables, p->flag, out, f->value, p->site) != 0)
		return NULL;
	words = tally_cell(&s->tally, p->stratum, p->cluster, key);
	if (known != NULL)
		*known = words;
	return words;
}

static int
row_add(struct folding *f, struct fold_part *part, const struct place *p, enum stream stream,
	int64_t weight)
{
	struct fold_stream *s = &part->stream[stream];
	bool out = p->flag > 0 && !part->slice.all;
	struct place place = *p;
	int64_t *words;

	if (p->by_site && fold_apart(&part->slice, stream)) {
		place.cluster = "";
		place.unit = memo_unit(&f->units[stream], p->stratum, "");
	}
	words = row_cell(f, s, &place, out);
	return words == NULL ? -1 :
		score_add(s->tally.layout, words, out ? f->fold->scores.missing : f->value, weight);
}

static struct place
row_place(struct folding *f, const struct response_row *row, enum stream stream)
{
	struct fold_unit u = fold_unit(f->fold, row, stream);

	return (struct place){ .site = u.site, .stratum = u.stratum, .cluster = u.cluster,
		.by_site = u.by_site, .unit = memo_unit(&f->units[stream], u.stratum, u.cluster),
		.flag = u.flag };
}

static int
row_fold(const struct response_row *row, void *ctx)
{
	struct folding *f = ctx;
	struct fold *fold = f->fold;
	enum stream stream;
	struct place place;

	if (scores_read(&fold->scores, row->answers, f->value) != 0 ||
			stream_parse(&stream, row->stream, NULL) != 0)
		goto bad;
	place = row_place(f, row, stream);
	if (place.cluster[0] == '\0' && !fold->elements[stream]) {
		fold->elements[stream] = f->alone = true;
		return 1;
	}
	for (size_t i = 0; i < fold->parts; i++)
		if (row_add(f, &fold->part[i], &place, stream, row->weight) != 0)
			goto bad;
	fold->after = row->id;
	fold->fresh++;
	fold->state.excluded += row->excluded;
	return 0;
bad:
	f->rc = fold_misfit(fold, row, f->err);
	return 1;
}

static void
memos_clear(struct folding *f)
{
	for (int s = 0; s < STREAM_MAX; s++) {
		memo_clear(&f->units[s]);
		for (size_t i = 0; i < f->fold->parts; i++)
			memo_clear(&f->fold->part[i].stream[s].memo);
	}
}

int
fold_rows(struct fold *fold, struct pool *pool, struct err *err)
{
	struct folding f = { .fold = fold, .err = err };
	int rc;

	f.value = pool_array(pool, fold->scores.values, sizeof(*f.value));
	do {
		if (f.alone)
			fold_reset(fold, pool);
		f.alone = false;
		fold->fresh = 0;
		rc = db_each_answer(fold->db, fold->wave.id, fold->after, row_fold, &f, err);
		memos_clear(&f);
	} while (rc == 0 && f.alone);
	if (rc != 0 || f.rc == -1)
		return -1;
	fold->state.folded = fold->state.folded < 0 ? fold->fresh :
		fold->state.folded + fold->fresh;
	if (fold->state.rows < fold->state.folded)
		fold->state.rows = fold->state.folded;
	return 0;
}
