/* Stored rows into columns. */
#include "figure/rows.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "forms/code_unaided.h"
#include "forms/stream.h"

enum { TEXT_ROOM = 512, FIRST_ROOM = 1024 };

const int rows_hotline[ROWS_HOTLINES] = { 12315, 12345, 12365 };

static const char *const mode[] = { "qr", "phone", "household", "ticket", "link" };
enum { MODES = sizeof(mode) / sizeof(mode[0]) };

const char *
rows_mode(size_t i)
{
	return i < MODES ? mode[i] : NULL;
}

static uint8_t
mode_number(const char *name)
{
	size_t i = 0;

	while (i < MODES && strcmp(mode[i], name) != 0)
		i++;
	return (uint8_t)i;
}

/* ---- columns ---- */

static void
column_add(struct rows *r, size_t width)
{
	r->width[r->columns++] = width;
}

/* Whole bytes for a set of so many choices. */
static size_t
set_width(size_t choices)
{
	return choices <= 8 ? 1 : choices <= 16 ? 2 : choices <= 32 ? 4 : choices <= 64 ? 8 : 16;
}

int
rows_unaided(const struct form *form)
{
	for (size_t i = 0; i < form->items; i++)
		if (form->item[i].kind == KIND_TEXT && form->item[i].coding != NULL &&
				strcmp(form->item[i].coding, CODE_UNAIDED_RULE) == 0)
			return (int)i;
	return -1;
}

void
rows_init(struct rows *r, const struct form *form, struct pool *pool)
{
	static const size_t width[ROWS_ITEMS] = { 8, 8, 4, 4, 4, 4, 4, 4, 1, 1, 1, 1, 1 };

	*r = (struct rows){ .form = form, .unaided = rows_unaided(form), .pool = pool };
	r->scan = scan_make(form, pool);
	for (size_t c = 0; c < ROWS_ITEMS; c++)
		column_add(r, width[c]);
	for (size_t i = 0; i < form->items; i++)
		column_add(r, 1);
	for (size_t i = 0; i < form->items; i++) {
		const struct item *item = &form->item[i];

		if (item->kind == KIND_MULTI) {
			r->set[i] = r->columns;
			column_add(r, set_width(item->choices));
		}
	}
	rows_label(r, "");
}

void
rows_clear(struct rows *r)
{
	for (size_t c = 0; c < r->columns; c++)
		free(r->column[c]);
	free(r->leaf);
	free(r->labels.text);
	free(r->labels.slot);
	*r = (struct rows){ .form = NULL };
}

static void *
grown(void *old, size_t n, size_t size)
{
	void *p = reallocarray(old, n, size);

	if (p == NULL)
		err_die("out of memory");
	pool_advise(p, n * size);
	return p;
}

void
rows_room(struct rows *r, size_t n)
{
	if (n <= r->room)
		return;
	r->room = n > 2 * r->room ? n : 2 * r->room;
	if (r->room < FIRST_ROOM)
		r->room = FIRST_ROOM;
	for (size_t c = 0; c < r->columns; c++)
		r->column[c] = grown(r->column[c], r->room, r->width[c]);
	r->leaf = grown(r->leaf, r->room / ROWS_BLOCK + 1, sizeof(*r->leaf));
}

/* ---- labels ---- */

static size_t
label_slot(const struct labels *l, const char *text)
{
	uint64_t h = hash_text(HASH_START, text);
	size_t at = (h ^ h >> 32) & (l->slots - 1);

	while (l->slot[at] != 0 && strcmp(l->text[l->slot[at] - 1], text) != 0)
		at = (at + 1) & (l->slots - 1);
	return at;
}

static void
labels_grow(struct labels *l)
{
	l->slots = l->slots == 0 ? 64 : 2 * l->slots;
	free(l->slot);
	l->slot = calloc(l->slots, sizeof(*l->slot));
	if (l->slot == NULL)
		err_die("out of memory");
	for (size_t i = 0; i < l->n; i++)
		l->slot[label_slot(l, l->text[i])] = (uint32_t)i + 1;
}

uint32_t
rows_label(struct rows *r, const char *text)
{
	struct labels *l = &r->labels;
	size_t at;

	if (2 * l->n >= l->slots)
		labels_grow(l);
	at = label_slot(l, text);
	if (l->slot[at] != 0)
		return l->slot[at] - 1;
	if (l->n == l->room) {
		l->room = l->room == 0 ? 64 : 2 * l->room;
		l->text = grown(l->text, l->room, sizeof(*l->text));
	}
	l->text[l->n++] = pool_strdup(r->pool, text);
	l->slot[at] = (uint32_t)l->n;
	return l->slot[at] - 1;
}

/* ---- rows ---- */

uint8_t
rows_coded(uint8_t code, struct scan_text text)
{
	char words[TEXT_ROOM];
	const char *said;
	size_t n;

	if (code == SCAN_DONT_KNOW)
		return 0;
	if (code != 0)
		return SCAN_NONE;
	n = scan_unescape(words, sizeof(words) - 1, text);
	words[n] = '\0';
	said = code_unaided(words);
	for (uint8_t i = 0; i < ROWS_HOTLINES; i++)
		if (atoi(said) == rows_hotline[i])
			return i + 1;
	return said[0] == '\0' ? SCAN_NONE : 0;
}

int
rows_misfit(const struct form *form, int64_t wave, int64_t id, struct err *err)
{
	return err_set(err, ERR_DB, "答卷 %" PRId64 "（第 %" PRId64
		" 轮）与问卷 %s 第 %s 版不符，无法汇总：请检查数据库",
		"answer %" PRId64 " of wave %" PRId64
		" does not fit form %s version %s and cannot be summed: check the database",
		id, wave, form->id, form->version);
}

struct reading {
	struct rows *rows;
	/* The label of the row before: rows of a cluster come together. */
	const char *text[2];
	uint32_t number[2];
};

static uint32_t
label_again(struct reading *g, size_t which, const char *text)
{
	if (g->text[which] == NULL || strcmp(g->text[which], text) != 0) {
		g->number[which] = rows_label(g->rows, text);
		g->text[which] = g->rows->labels.text[g->number[which]];
	}
	return g->number[which];
}

static void
put_envelope(struct reading *g, const struct response_row *row, enum stream stream)
{
	struct rows *r = g->rows;
	size_t i = r->n;

	((int64_t *)rows_at(r, ROWS_ID))[i] = row->id;
	((int64_t *)rows_at(r, ROWS_WEIGHT))[i] = row->weight;
	((uint32_t *)rows_at(r, ROWS_BATCH))[i] = (uint32_t)row->batch;
	((uint32_t *)rows_at(r, ROWS_SITE))[i] = (uint32_t)row->site;
	((uint32_t *)rows_at(r, ROWS_STRATUM))[i] = label_again(g, 0, row->stratum);
	((uint32_t *)rows_at(r, ROWS_CLUSTER))[i] = label_again(g, 1, row->cluster);
	((int32_t *)rows_at(r, ROWS_MINUTE))[i] = (int32_t)row->minute;
	((int32_t *)rows_at(r, ROWS_SECONDS))[i] = (int32_t)row->seconds;
	r->column[ROWS_STREAM][i] = (uint8_t)stream;
	r->column[ROWS_MODE][i] = mode_number(row->mode);
	r->column[ROWS_FLAGGED][i] = row->flagged;
	r->column[ROWS_RUSH][i] = (uint8_t)row->paradata.rush;
}

/* The lowest bytes first, whatever the machine. */
static void
put_set(unsigned char *to, size_t width, const struct scan_set *set)
{
	for (size_t k = 0; k < width; k++)
		to[k] = (unsigned char)(set->bit[k / 8] >> k % 8 * 8);
}

static int
row_read(const struct response_row *row, void *ctx)
{
	struct reading *g = ctx;
	struct rows *r = g->rows;
	struct scan_text text[FORM_ITEMS_MAX];
	struct scan_set set[FORM_ITEMS_MAX];
	uint8_t code[FORM_ITEMS_MAX];
	enum stream stream;

	bool fits = scan_row(r->scan, row->answers, code, set, r->unaided < 0 ? NULL : text) == 0 &&
		stream_parse(&stream, row->stream, NULL) == 0;

	if (!fits) {
		memset(code, SCAN_NONE, sizeof(code));
		stream = STREAM_SAMPLED;
	}
	rows_room(r, r->n + 1);
	put_envelope(g, row, stream);
	if (!fits)
		r->column[ROWS_FLAGGED][r->n] = ROWS_MISFIT;
	for (size_t i = 0; i < r->form->items; i++) {
		static const struct scan_set none = { { 0, 0 } };

		r->column[ROWS_ITEMS + i][r->n] = code[i];
		if (r->set[i] != 0)
			put_set(r->column[r->set[i]] + r->n * r->width[r->set[i]],
				r->width[r->set[i]], code[i] == 0 ? &set[i] : &none);
	}
	r->column[ROWS_UNAIDED][r->n] = r->unaided < 0 ? SCAN_NONE :
		rows_coded(code[r->unaided], text[r->unaided]);
	r->n++;
	if (r->n % ROWS_BLOCK == 0)
		memcpy(r->leaf[r->leaves++], row->leaf, LEAF_N);
	return 0;
}

int
rows_read(struct rows *r, struct db *db, int64_t wave, struct err *err)
{
	struct reading g = { .rows = r };
	int64_t after = r->n == 0 ? 0 : ((int64_t *)rows_at(r, ROWS_ID))[r->n - 1];

	return db_each_answer(db, wave, after, row_read, &g, err);
}
