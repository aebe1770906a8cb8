/* The rows of a sealed bundle as CSV, in an order of their own. */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/sha256.h"
#include "db/batch.h"
#include "seal/sealed_in.h"

static const char *const always[] = { "wave", "stream", "stratum", "cluster",
	"weight", "excluded" };
enum { ALWAYS = sizeof(always) / sizeof(always[0]) };

/* Lines being gathered; each ends with a newline. */
struct gathering {
	struct sealed_work *w;
	struct sealed_wave *wave;
	struct level level[SEALED_COLUMNS];
	int item[SEALED_COLUMNS];	/* position in this wave's form, -1: it has none */
	uint8_t code[FORM_ITEMS_MAX];
	struct scan_set set[FORM_ITEMS_MAX];
	struct scan_text text[FORM_ITEMS_MAX];
	const int64_t *event;		/* rows out by a later event, ascending */
	size_t events;
	int64_t last;			/* id of the last row that was there */
	const struct batch *batch;	/* every import, by id */
	size_t batches;
	int64_t last_batch;		/* last event of imports there was */
	struct text t;
	size_t *line;			/* where each line begins */
	size_t lines, room;
	int rc;
};

static void
put_multi(struct text *out, const struct item *item, const struct scan_set *set)
{
	struct text t = TEXT_INIT;

	for (size_t i = 0; i < item->choices; i++)
		if (scan_ticked(set, i))
			text_fmt(&t, "%s%s", t.n > 0 ? " " : "", item->choice[i].name);
	csv_put(out, t.n > 0 ? text_str(&t) : "none");
	text_clear(&t);
}

/* An answer as it was given: its code, or the names of what was ticked; empty
 * where it was not asked. */
static void
put_answer(struct gathering *g, struct text *out, int at)
{
	const struct item *item = &g->wave->form->item[at];
	uint8_t code = g->code[at];

	if (code == SCAN_DONT_KNOW || code == SCAN_SKIPPED)
		text_fmt(out, "%d", code == SCAN_DONT_KNOW ? FORM_DONT_KNOW : FORM_SKIPPED);
	else if (code == SCAN_NONE || kind_written(item->kind))
		return;
	else if (item->kind == KIND_MULTI)
		put_multi(out, item, &g->set[at]);
	else if (item->choice[code].code >= 0)
		text_fmt(out, "%d", item->choice[code].code);
	else
		csv_put(out, item->choice[code].name);
}

/* The number of the hotline an open answer names, 1 for anything else. */
static void
put_coded(struct gathering *g, struct text *out, int at)
{
	uint8_t said = rows_coded(g->code[at], g->text[at]);

	if (said != SCAN_NONE)
		text_fmt(out, "%d", said == 0 ? 1 : rows_hotline[said - 1]);
}

static void
put_column(struct gathering *g, size_t c, const struct site *site)
{
	const struct sealed_column *column = &g->w->column[c];

	if (column->kind == COLUMN_LEVEL)
		csv_put(&g->t, level_of(g->wave->form, g->level[c], g->code, site));
	else if (column->kind == COLUMN_ITEM && g->item[c] >= 0)
		put_answer(g, &g->t, g->item[c]);
	else if (column->kind == COLUMN_CODE && g->item[c] >= 0)
		put_coded(g, &g->t, g->item[c]);
}

/* What had become of the row's import when this was sealed; a row of none counts as complete. */
static enum batch_state
batch_of(const struct gathering *g, const struct response_row *row, bool *ever)
{
	*ever = true;
	if (row->batch == 0)
		return BATCH_COMPLETE;
	for (size_t i = 0; i < g->batches; i++)
		if (g->batch[i].id == row->batch) {
			*ever = g->batch[i].complete != 0 && g->batch[i].complete <= g->last_batch;
			return batch_state_at(&g->batch[i], g->last_batch);
		}
	return BATCH_LOADING;
}

static const char *
excluded_word(const struct gathering *g, const struct response_row *row)
{
	size_t low = 0, high = g->events;
	bool ever;

	if (batch_of(g, row, &ever) == BATCH_WITHDRAWN)
		return "withdrawn";
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (g->event[mid] == row->id)
			return "event";
		if (g->event[mid] < row->id)
			low = mid + 1;
		else
			high = mid;
	}
	return row->flagged ? "form" : "";
}

static void
put_line(struct gathering *g, const struct response_row *row, enum stream stream)
{
	const struct site *site = row->site == 0 ? NULL :
		level_site(g->wave->site, g->wave->sites, row->site);
	bool open = stream == STREAM_OPEN,
		by_site = open && row->cluster[0] == '\0' && site != NULL;
	const char *cell[] = { g->wave->name, row->stream, open ? "" : row->stratum,
		by_site ? site->code : row->cluster };

	for (size_t i = 0; i < sizeof(cell) / sizeof(cell[0]); i++) {
		csv_put(&g->t, cell[i]);
		text_putc(&g->t, ',');
	}
	text_fmt(&g->t, "%lld.%06lld,%s", (long long)(row->weight / 1000000),
		(long long)(row->weight % 1000000), excluded_word(g, row));
	for (size_t c = 0; c < g->w->columns; c++) {
		text_putc(&g->t, ',');
		put_column(g, c, site);
	}
	text_putc(&g->t, '\n');
}

static int
row_add(const struct response_row *row, void *ctx)
{
	struct gathering *g = ctx;
	enum stream stream;
	size_t *grown;
	bool ever;

	if (row->id > g->last)
		return 1;
	if (batch_of(g, row, &ever) == BATCH_LOADING || !ever)
		return 0;
	if (stream_parse(&stream, row->stream, NULL) != 0 ||
			scan_row(g->wave->scan, row->answers, g->code, g->set, g->text) != 0) {
		g->rc = rows_misfit(g->wave->form, row->wave, row->id, g->w->err);
		return 1;
	}
	if (!g->wave->stream[stream])
		return 0;
	if (g->lines == g->room) {
		g->room = g->room == 0 ? 4096 : 2 * g->room;
		grown = realloc(g->line, g->room * sizeof(*grown));
		if (grown == NULL)
			err_die("out of memory");
		g->line = grown;
	}
	g->line[g->lines++] = g->t.n;
	put_line(g, row, stream);
	return 0;
}

static int
wave_add(struct gathering *g, struct sealed_wave *wave)
{
	const struct form *form = wave->form;

	g->wave = wave;
	for (size_t c = 0; c < g->w->columns; c++) {
		const struct sealed_column *column = &g->w->column[c];

		g->level[c] = level_find(form, column->item);
		g->item[c] = form_item(form, column->item);
	}
	if (db_each_stored(g->w->db, wave->id, 0, row_add, g, g->w->err) != 0)
		return -1;
	return g->rc;
}

static int
line_compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Lines in order of their text: nothing tells when a row came. */
static void
put_sorted(struct text *out, struct gathering *g)
{
	const char **line = malloc((g->lines + 1) * sizeof(*line));

	if (line == NULL)
		err_die("out of memory");
	for (size_t i = 0; i < g->lines; i++) {
		line[i] = g->t.s + g->line[i];
		if (i > 0)
			g->t.s[g->line[i] - 1] = '\0';
	}
	if (g->lines > 0)
		g->t.s[g->t.n - 1] = '\0';
	qsort(line, g->lines, sizeof(*line), line_compare);
	for (size_t i = 0; i < g->lines; i++) {
		text_puts(out, line[i]);
		text_putc(out, '\n');
	}
	free(line);
}

static void
put_header(struct text *out, const struct sealed_work *w)
{
	for (size_t i = 0; i < ALWAYS; i++)
		text_fmt(out, "%s%s", i > 0 ? "," : "", always[i]);
	for (size_t c = 0; c < w->columns; c++)
		text_fmt(out, ",%s", w->column[c].name);
	text_putc(out, '\n');
}

int
sealed_rows(struct sealed_work *w)
{
	struct gathering g = { .w = w,
		.last = json_integer_value(json_object_get(w->inputs, "last_response")) };
	struct batch *batch;
	int64_t last_event = json_integer_value(json_object_get(w->inputs, "last_exclusion")),
		*event;
	int rc = -1;

	if (db_list_excluded(w->db, last_event, &event, &g.events, w->pool, w->err) != 0 ||
			db_list_batches(w->db, 0, &batch, &g.batches, w->pool, w->err) != 0)
		return -1;
	g.batch = batch;
	g.last_batch = json_integer_value(json_object_get(w->inputs, "last_batch"));
	g.event = event;
	for (size_t i = 0; i < w->waves; i++)
		if (wave_add(&g, &w->wave[i]) != 0)
			goto out;
	put_header(&w->out->rows, w);
	put_sorted(&w->out->rows, &g);
	w->out->n = g.lines;
	sha256_hex(w->out->rows_sha256, w->out->rows.s, w->out->rows.n);
	rc = 0;
out:
	free(g.line);
	text_clear(&g.t);
	return rc;
}
