/* A stream of a wave as named columns. */
#include "figure/survey_frame.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"

/* What stands in a column; items follow. */
enum place { KEY, MODE, SITE, MINUTE, SECONDS, STRATUM, CLUSTER, WEIGHT, SECTOR, TOWNSHIP, ITEMS };
static const char *const place_name[ITEMS] = { "key", "mode", "site", "minute", "seconds",
	"stratum", "cluster", "weight", "sector", "township" };

struct filling {
	struct survey *survey;
	size_t *place;			/* place[columns]: enum place, or ITEMS and the item */
	const char ***cell;		/* cell[ITEMS + items][rows]: of what was read from rows */
};

/* ---- cells ---- */

/* A cell by the number it is written from: equal numbers, equal cells. */
struct cell_key {
	uint64_t part[2];
};
struct cell_way {
	struct cell_key (*key)(const struct survey *s, size_t item, size_t i);
	const char *(*text)(struct survey *s, size_t item, size_t i);
};

static struct cell_key
minute_key(const struct survey *s, size_t item, size_t i)
{
	(void)item;
	return (struct cell_key){ { (uint64_t)s->answers->minute[survey_row(s, i)] } };
}

static const char *
minute_text(struct survey *s, size_t item, size_t i)
{
	char minute[17];

	(void)item;
	date_minute(minute, s->answers->minute[survey_row(s, i)]);
	return pool_strdup(s->pool, minute);
}

static struct cell_key
seconds_key(const struct survey *s, size_t item, size_t i)
{
	(void)item;
	return (struct cell_key){ { (uint64_t)s->answers->seconds[survey_row(s, i)] } };
}

static const char *
seconds_text(struct survey *s, size_t item, size_t i)
{
	int32_t seconds = s->answers->seconds[survey_row(s, i)];

	(void)item;
	return seconds < 0 ? "" : pool_fmt(s->pool, "%" PRId32, seconds);
}

static bool
is_in(const struct survey *s, size_t i)
{
	return s->in == NULL || s->in[i];
}

static struct cell_key
weight_key(const struct survey *s, size_t item, size_t i)
{
	(void)item;
	if (!is_in(s, i))
		return (struct cell_key){ { 0 } };
	return (struct cell_key){ { (uint64_t)s->answers->weight[survey_row(s, i)], 1 } };
}

static const char *
weight_text(struct survey *s, size_t item, size_t i)
{
	int64_t weight = s->answers->weight[survey_row(s, i)];

	(void)item;
	return !is_in(s, i) ? "0" : pool_fmt(s->pool, "%" PRId64 ".%06" PRId64, weight / 1000000,
		weight % 1000000);
}

/* What was ticked; where nothing could be, no choice. */
static struct cell_key
set_key(const struct survey *s, size_t item, size_t i)
{
	const struct answer_item *a = &s->answers->item[item];
	size_t row = survey_row(s, i);
	struct cell_key key = { { 0 } };

	if (a->code[row] == 0)
		memcpy(key.part, a->set + row * a->width, a->width);
	return key;
}

/* No answer to count: "don't know", "no answer". */
static bool
special(const struct choice *choice)
{
	return choice->code == FORM_DONT_KNOW || choice->code == FORM_SKIPPED;
}

static const char *
set_text(struct survey *s, size_t item, size_t i)
{
	const struct answer_item *a = &s->answers->item[item];
	const struct item *asked = &s->answers->form->item[item];
	size_t row = survey_row(s, i);
	struct text t = TEXT_INIT;
	const char *cell;

	for (size_t c = 0; a->code[row] == 0 && c < asked->choices; c++)
		if (counted_ticked(a, row, c) && !special(&asked->choice[c]))
			text_fmt(&t, "%s%s", t.n > 0 ? " " : "", asked->choice[c].name);
	cell = pool_strdup(s->pool, text_str(&t));
	text_clear(&t);
	return cell;
}

static size_t
slot_of(struct cell_key key, size_t size)
{
	uint64_t h = (key.part[0] ^ key.part[1] * UINT64_C(0x9e3779b97f4a7c15)) *
		UINT64_C(0x9e3779b97f4a7c15);

	return (size_t)(h >> 32) & (size - 1);
}

/* Every different cell is written once; rows have its number. */
static void
put_numbered(struct frame *f, size_t column, struct survey *s, const struct cell_way *way,
	size_t item)
{
	struct pool scratch = POOL_INIT;
	uint32_t *code = pool_array(s->pool, s->n + 1, sizeof(*code)), *slot, *first;
	size_t size = 64, levels = 0;
	const char **level;

	while (size < 2 * s->n)
		size *= 2;
	slot = pool_array(&scratch, size, sizeof(*slot));
	first = pool_array(&scratch, s->n + 1, sizeof(*first));
	for (size_t i = 0; i < s->n; i++) {
		struct cell_key key = way->key(s, item, i), other;
		size_t at = slot_of(key, size);

		for (; slot[at] != 0; at = (at + 1) & (size - 1)) {
			other = way->key(s, item, first[slot[at] - 1]);
			if (memcmp(&key, &other, sizeof(key)) == 0)
				break;
		}
		if (slot[at] == 0) {
			first[levels++] = (uint32_t)i;
			slot[at] = (uint32_t)levels;
		}
		code[i] = slot[at] - 1;
	}
	level = pool_array(s->pool, levels + 1, sizeof(*level));
	for (size_t l = 0; l < levels; l++)
		level[l] = way->text(s, item, first[l]);
	frame_put_codes(f, column, NULL, code, level, levels);
	pool_clear(&scratch);
}

/* ---- codes ---- */

/* The bytes of all answers in the order of the survey's rows. */
static const uint8_t *
bytes_of(struct survey *s, const uint8_t from[])
{
	uint8_t *code;

	if (s->row == NULL)
		return from;
	code = pool_take(s->pool, s->n + 1);
	for (size_t i = 0; i < s->n; i++)
		code[i] = from[s->row[i]];
	return code;
}

static const uint32_t *
numbers_of(struct survey *s, const uint32_t from[])
{
	uint32_t *code;

	if (s->row == NULL)
		return from;
	code = pool_array(s->pool, s->n + 1, sizeof(*code));
	for (size_t i = 0; i < s->n; i++)
		code[i] = from[s->row[i]];
	return code;
}

/* A mode that no longer is one is none. */
static void
put_mode(struct frame *f, size_t column, struct survey *s)
{
	const char **level = pool_array(s->pool, FRAME_NONE8, sizeof(*level));

	for (size_t k = 0; rows_mode(k) != NULL; k++)
		level[k] = rows_mode(k);
	frame_put_codes(f, column, bytes_of(s, s->answers->mode), NULL, level, FRAME_NONE8);
}

static void
put_site(struct frame *f, size_t column, struct survey *s, enum level_kind kind)
{
	const struct counted *a = s->answers;
	const struct level level = { kind, -1 };
	const char **text = pool_array(s->pool, a->sites + 1, sizeof(*text));

	for (size_t k = 0; k < a->sites; k++)
		text[k] = level_of(a->form, level, NULL, &a->site[k]);
	frame_put_codes(f, column, NULL, numbers_of(s, a->place), text, a->sites);
}

static void
put_stratum(struct frame *f, size_t column, struct survey *s)
{
	const struct counted *a = s->answers;
	const char **text = pool_array(s->pool, a->labels + 1, sizeof(*text));
	bool drawn = s->how.stream == STREAM_SAMPLED;

	for (size_t l = 0; l < a->labels; l++)
		text[l] = !drawn || a->label[l][0] == '\0' ? "-" : a->label[l];
	frame_put_codes(f, column, NULL, numbers_of(s, a->stratum), text, a->labels);
}

/* Its own; of a row that nobody drew its site; else the row is one by itself. */
static void
put_cluster(struct frame *f, size_t column, struct survey *s)
{
	const struct counted *a = s->answers;
	bool sites = s->how.stream == STREAM_OPEN;
	const char **cell = pool_array(s->pool, s->n + 1, sizeof(*cell));

	for (size_t i = 0; i < s->n; i++) {
		size_t row = survey_row(s, i);

		if (a->cluster[row] != 0)
			cell[i] = a->label[a->cluster[row]];
		else if (sites && a->place[row] != COUNTED_NOWHERE)
			cell[i] = a->site[a->place[row]].code;
		else
			cell[i] = pool_fmt(s->pool, "row %" PRId64, a->id[row]);
	}
	frame_put_cells(f, column, cell);
}

static void
put_item(struct frame *f, size_t column, struct survey *s, size_t item)
{
	static const struct cell_way set = { set_key, set_text };
	const struct item *asked = &s->answers->form->item[item];
	const char **level;

	if (asked->kind == KIND_MULTI) {
		put_numbered(f, column, s, &set, item);
		return;
	}
	level = pool_array(s->pool, FRAME_NONE8, sizeof(*level));
	for (size_t c = 0; c < FRAME_NONE8; c++)
		level[c] = c < asked->choices && !special(&asked->choice[c]) ?
			asked->choice[c].name : "";
	frame_put_codes(f, column, survey_codes(s, item), NULL, level, FRAME_NONE8);
}

static void
fill(struct frame *f, size_t column, void *ctx)
{
	static const struct cell_way minute = { minute_key, minute_text },
		seconds = { seconds_key, seconds_text }, weight = { weight_key, weight_text };
	const struct filling *filling = ctx;
	struct survey *s = filling->survey;
	size_t place = filling->place[column];
	int item = -1;

	if (place >= ITEMS)
		item = (int)(place - ITEMS);
	else if (place == TOWNSHIP)
		item = level_find(s->answers->form, place_name[TOWNSHIP]).item;
	if (filling->cell[place] != NULL)
		frame_put_cells(f, column, filling->cell[place]);
	else if (item >= 0)
		put_item(f, column, s, (size_t)item);
	else if (place == MODE)
		put_mode(f, column, s);
	else if (place == MINUTE || place == SECONDS || place == WEIGHT)
		put_numbered(f, column, s, place == MINUTE ? &minute : place == SECONDS ?
			&seconds : &weight, 0);
	else if (place == STRATUM)
		put_stratum(f, column, s);
	else if (place == CLUSTER)
		put_cluster(f, column, s);
	else
		put_site(f, column, s, place == SITE ? LEVEL_SITE : place == SECTOR ?
			LEVEL_SECTOR : LEVEL_TOWNSHIP);
}

/* ---- what only the rows have ---- */

struct reading {
	struct filling *filling;
	size_t next;			/* row of the survey */
	const struct scan *scan;
	uint8_t code[FORM_ITEMS_MAX];
	struct scan_text text[FORM_ITEMS_MAX];
	struct err *err;
	int rc;
};

/* Words; "" for what was not asked, not known or left out. */
static const char *
words_of(const struct reading *r, size_t item, struct pool *pool)
{
	struct scan_text text = r->text[item];
	char *words;

	if (r->code[item] != 0)
		return "";
	words = pool_take(pool, text.n + 1);
	words[scan_unescape(words, text.n, text)] = '\0';
	return words;
}

static int
read_row(const struct response_row *row, void *ctx)
{
	struct reading *r = ctx;
	const struct survey *s = r->filling->survey;
	const struct counted *a = s->answers;
	const char ***cell = r->filling->cell;

	while (r->next < s->n && a->id[survey_row(s, r->next)] < row->id)
		r->next++;
	if (r->next == s->n || a->id[survey_row(s, r->next)] != row->id)
		return 0;
	if (scan_row(r->scan, row->answers, r->code, NULL, r->text) != 0) {
		r->rc = rows_misfit(a->form, a->wave.id, row->id, r->err);
		return 1;
	}
	cell[KEY][r->next] = pool_strdup(s->pool, row->key);
	for (size_t k = 0; k < a->form->items; k++)
		if (cell[ITEMS + k] != NULL)
			cell[ITEMS + k][r->next] = words_of(r, k, s->pool);
	return 0;
}

static int
written_read(struct filling *filling, struct err *err)
{
	struct survey *s = filling->survey;
	const struct form *form = s->answers->form;
	struct reading reading = { .filling = filling, .err = err,
		.scan = scan_make(form, s->pool) };

	for (size_t k = 0; k < ITEMS + form->items; k++)
		if (k == KEY || (k >= ITEMS && kind_written(form->item[k - ITEMS].kind)))
			filling->cell[k] =
				pool_array(s->pool, s->n + 1, sizeof(**filling->cell));
	return db_each_response(s->answers->db, s->answers->wave.id, 0, read_row, &reading,
		err) != 0 ? -1 : reading.rc;
}

/* ---- the frame ---- */

bool
survey_frame_written(const struct form *form, const char *name)
{
	int item = form_item(form, name);

	return item >= 0 ? kind_written(form->item[item].kind) :
		strcmp(name, place_name[KEY]) == 0;
}

int
survey_frame(struct frame **frame, struct survey *s, bool written, struct err *err)
{
	const struct form *form = s->answers->form;
	struct filling *filling = pool_take(s->pool, sizeof(*filling));
	const char **name = pool_array(s->pool, ITEMS + form->items, sizeof(*name));
	size_t columns = 0;

	filling->survey = s;
	filling->place = pool_array(s->pool, ITEMS + form->items, sizeof(*filling->place));
	filling->cell = pool_array(s->pool, ITEMS + form->items, sizeof(*filling->cell));
	for (size_t k = 0; k < ITEMS + form->items; k++) {
		const char *one = k < ITEMS ? place_name[k] : form->item[k - ITEMS].name;

		if ((k < ITEMS && form_item(form, one) >= 0) ||
				(!written && survey_frame_written(form, one)))
			continue;
		filling->place[columns] = k;
		name[columns++] = one;
	}
	*frame = frame_make(name, columns, s->n, fill, filling, s->pool);
	return written ? written_read(filling, err) : 0;
}
