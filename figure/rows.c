/* Stored rows into columns. */
#include "figure/rows.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "forms/code_unaided.h"
#include "forms/stream.h"

enum { TEXT_ROOM = 512 };

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
	r->cell += width;
}

/* Whole bytes for a set of so many choices. */
static size_t
set_width(size_t choices)
{
	return choices <= 8 ? 1 : choices <= 16 ? 2 : choices <= 32 ? 4 : choices <= 64 ? 8 : 16;
}

/* The item whose words are coded; -1: none. */
static int
item_unaided(const struct form *form)
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

	*r = (struct rows){ .form = form, .unaided = item_unaided(form), .pool = pool };
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
	free(r->memory);
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

/* All columns in one piece, which the kernel gives in large pages.  -1: there is not so much. */
static int
room_make(struct rows *r, size_t n)
{
	size_t room = (n + ROWS_BLOCK - 1) / ROWS_BLOCK * ROWS_BLOCK;
	unsigned char *memory, *at;

	if (room < n || room > SIZE_MAX / r->cell ||
			(at = memory = malloc(room * r->cell)) == NULL)
		return -1;
	pool_advise(memory, room * r->cell);
	for (size_t c = 0; c < r->columns; at += room * r->width[c++]) {
		if (r->n > 0)
			memcpy(at, r->column[c], r->n * r->width[c]);
		r->column[c] = at;
	}
	free(r->memory);
	r->memory = memory;
	r->room = room;
	return 0;
}

void
rows_room(struct rows *r, size_t n)
{
	if (n > r->room && room_make(r, n > 2 * r->room ? n : 2 * r->room) != 0)
		err_die("out of memory");
}

void
rows_expect(struct rows *r, int64_t n)
{
	if (n > 0 && (uint64_t)n > r->room)
		room_make(r, (size_t)n);
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

/* As the scanner gave it; ROWS_UNAIDED. */
static uint8_t
words_coded(uint8_t code, struct scan_text text)
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
		" 轮）与问卷 %s 第 %s 版不符，无法读取：请检查数据库",
		"answer %" PRId64 " of wave %" PRId64
		" does not fit form %s version %s and cannot be read: check the database",
		id, wave, form->id, form->version);
}

/* Words that were coded before: many people say the same. */
enum { SAID = 512, SAID_BYTES = 48 };
struct said {
	char words[SAID_BYTES];
	uint8_t n, coded;
};

/*
 * Rows as the database gives them, their texts in one arena: one is filled while the other is put
 * into columns by a thread of its own.
 */
enum { BATCH = 1024, BATCHES = 2 };
struct raw {
	int64_t id, weight, site, minute, seconds, batch;
	size_t stratum, cluster, answers;	/* places in text[] */
	uint8_t mode, rush;
	bool flagged, open;
};
struct batch {
	struct raw raw[BATCH];
	size_t n;
	char *text;
	size_t used, room;
};

struct reading {
	struct rows *rows;
	struct said *said;
	struct batch *batch;		/* batch[BATCHES] */
	size_t filling;			/* which of them */
	bool threaded;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t moved;
	size_t full;			/* batches that wait for the thread: 0 or 1 */
	bool ended;
	/* Of the row that is scanned. */
	struct scan_text text[FORM_ITEMS_MAX];
	struct scan_set set[FORM_ITEMS_MAX];
	uint8_t code[FORM_ITEMS_MAX];
	/* The labels of the row before: rows of a cluster come together. */
	const char *last[2];
	uint32_t number[2];
};

/* ---- into columns ---- */

static uint32_t
label_again(struct reading *g, size_t which, const char *text)
{
	if (g->last[which] == NULL || strcmp(g->last[which], text) != 0) {
		g->number[which] = rows_label(g->rows, text);
		g->last[which] = g->rows->labels.text[g->number[which]];
	}
	return g->number[which];
}

static uint8_t
coded_again(struct reading *g, uint8_t code, struct scan_text text)
{
	uint64_t h = HASH_START;
	struct said *said;

	if (code != 0 || text.n > SAID_BYTES)
		return words_coded(code, text);
	for (size_t k = 0; k < text.n; k++)
		h = (h ^ (unsigned char)text.s[k]) * UINT64_C(0x100000001b3);
	said = &g->said[(h ^ h >> 32) % SAID];
	if (said->n != text.n || memcmp(said->words, text.s, text.n) != 0) {
		said->n = (uint8_t)text.n;
		memcpy(said->words, text.s, text.n);
		said->coded = words_coded(code, text);
	}
	return said->coded;
}

static void
put_envelope(struct reading *g, const struct batch *b, const struct raw *raw)
{
	struct rows *r = g->rows;
	size_t i = r->n;

	((int64_t *)rows_at(r, ROWS_ID))[i] = raw->id;
	((int64_t *)rows_at(r, ROWS_WEIGHT))[i] = raw->weight;
	((uint32_t *)rows_at(r, ROWS_BATCH))[i] = (uint32_t)raw->batch;
	((uint32_t *)rows_at(r, ROWS_SITE))[i] = (uint32_t)raw->site;
	((uint32_t *)rows_at(r, ROWS_STRATUM))[i] = label_again(g, 0, b->text + raw->stratum);
	((uint32_t *)rows_at(r, ROWS_CLUSTER))[i] = label_again(g, 1, b->text + raw->cluster);
	((int32_t *)rows_at(r, ROWS_MINUTE))[i] = (int32_t)raw->minute;
	((int32_t *)rows_at(r, ROWS_SECONDS))[i] = (int32_t)raw->seconds;
	r->column[ROWS_STREAM][i] = raw->open ? STREAM_OPEN : STREAM_SAMPLED;
	r->column[ROWS_MODE][i] = raw->mode;
	r->column[ROWS_FLAGGED][i] = raw->flagged;
	r->column[ROWS_RUSH][i] = raw->rush;
}

/* The lowest bytes first, whatever the machine. */
static void
put_set(unsigned char *to, size_t width, const struct scan_set *set)
{
	for (size_t k = 0; k < width; k++)
		to[k] = (unsigned char)(set->bit[k / 8] >> k % 8 * 8);
}

static void
put_row(struct reading *g, const struct batch *b, const struct raw *raw)
{
	static const struct scan_set none = { { 0, 0 } };
	struct rows *r = g->rows;
	struct scan_text *text = g->text;
	struct scan_set *set = g->set;
	uint8_t *code = g->code;
	bool fits = scan_row(r->scan, b->text + raw->answers, code, set,
		r->unaided < 0 ? NULL : text) == 0;

	if (!fits)
		memset(code, SCAN_NONE, sizeof(g->code));
	rows_room(r, r->n + 1);
	put_envelope(g, b, raw);
	if (!fits)
		r->column[ROWS_FLAGGED][r->n] = ROWS_MISFIT;
	for (size_t i = 0; i < r->form->items; i++) {
		r->column[ROWS_ITEMS + i][r->n] = code[i];
		if (r->set[i] != 0)
			put_set(r->column[r->set[i]] + r->n * r->width[r->set[i]],
				r->width[r->set[i]], code[i] == 0 ? &set[i] : &none);
	}
	r->column[ROWS_UNAIDED][r->n] = r->unaided < 0 ? SCAN_NONE :
		coded_again(g, code[r->unaided], text[r->unaided]);
	r->n++;
}

static void
batch_put(struct reading *g, struct batch *b)
{
	for (size_t i = 0; i < b->n; i++)
		put_row(g, b, &b->raw[i]);
	b->n = b->used = 0;
}

/* ---- the other thread ---- */

static void *
put_all(void *arg)
{
	struct reading *g = arg;
	size_t at = 0;

	pthread_mutex_lock(&g->lock);
	for (;; at = (at + 1) % BATCHES) {
		while (g->full == 0 && !g->ended)
			pthread_cond_wait(&g->moved, &g->lock);
		if (g->full == 0)
			break;
		pthread_mutex_unlock(&g->lock);
		batch_put(g, &g->batch[at]);
		pthread_mutex_lock(&g->lock);
		g->full = 0;
		pthread_cond_signal(&g->moved);
	}
	pthread_mutex_unlock(&g->lock);
	return NULL;
}

/* Hand a full batch over, and go on with the other. */
static void
batch_hand(struct reading *g)
{
	if (!g->threaded)
		g->threaded = pthread_create(&g->thread, NULL, put_all, g) == 0;
	if (!g->threaded) {
		batch_put(g, &g->batch[g->filling]);
		return;
	}
	pthread_mutex_lock(&g->lock);
	while (g->full > 0)
		pthread_cond_wait(&g->moved, &g->lock);
	g->full = 1;
	pthread_cond_signal(&g->moved);
	pthread_mutex_unlock(&g->lock);
	g->filling = (g->filling + 1) % BATCHES;
}

static void
reading_end(struct reading *g)
{
	if (g->threaded) {
		pthread_mutex_lock(&g->lock);
		while (g->full > 0)
			pthread_cond_wait(&g->moved, &g->lock);
		g->ended = true;
		pthread_cond_signal(&g->moved);
		pthread_mutex_unlock(&g->lock);
		pthread_join(g->thread, NULL);
	}
	batch_put(g, &g->batch[g->filling]);
}

/* ---- from the database ---- */

static size_t
text_put(struct batch *b, const char *text)
{
	size_t n = strlen(text) + 1, at = b->used;

	if (at + n > b->room) {
		b->room = at + n > 2 * b->room ? at + n + 65536 : 2 * b->room;
		b->text = grown(b->text, b->room, 1);
	}
	memcpy(b->text + at, text, n);
	b->used += n;
	return at;
}

static int
row_take(const struct response_row *row, void *ctx)
{
	struct reading *g = ctx;
	struct batch *b = &g->batch[g->filling];
	struct raw *raw = &b->raw[b->n++];

	*raw = (struct raw){ .id = row->id, .weight = row->weight, .site = row->site,
		.minute = row->minute, .seconds = row->seconds, .batch = row->batch,
		.mode = mode_number(row->mode), .rush = (uint8_t)row->paradata.rush,
		.flagged = row->flagged, .open = row->stream[0] == 'o' };
	raw->stratum = text_put(b, row->stratum);
	raw->cluster = text_put(b, row->cluster);
	raw->answers = text_put(b, row->answers);
	if (b->n == BATCH)
		batch_hand(g);
	return 0;
}

int
rows_read(struct rows *r, struct db *db, int64_t wave, struct err *err)
{
	struct reading g = { .rows = r, .said = calloc(SAID, sizeof(*g.said)),
		.batch = calloc(BATCHES, sizeof(*g.batch)), .lock = PTHREAD_MUTEX_INITIALIZER,
		.moved = PTHREAD_COND_INITIALIZER };
	int64_t after = r->n == 0 ? 0 : ((int64_t *)rows_at(r, ROWS_ID))[r->n - 1];
	int rc;

	if (g.said == NULL || g.batch == NULL)
		err_die("out of memory");
	rc = db_each_answer(db, wave, after, row_take, &g, err);
	reading_end(&g);
	for (size_t i = 0; i < BATCHES; i++)
		free(g.batch[i].text);
	free(g.batch);
	free(g.said);
	return rc;
}
