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
	struct rows rows;		/* of the wave, counted or not */
	size_t row;			/* the one being written */
	uint8_t code[FORM_ITEMS_MAX];	/* its codes */
	const int64_t *event;		/* rows out by a later event, ascending */
	size_t events;
	int64_t last;			/* id of the last row that was there */
	const struct batch *batch;	/* every import, by id */
	size_t batches;
	int64_t last_batch;		/* last event of imports there was */
	struct text t;
	size_t *line;			/* where each line begins */
	size_t lines, room;
};

static int64_t
id_of(const struct gathering *g)
{
	return ((const int64_t *)rows_at(&g->rows, ROWS_ID))[g->row];
}

static void
put_multi(struct gathering *g, struct text *out, int at)
{
	const struct item *item = &g->wave->form->item[at];
	struct text t = TEXT_INIT;

	for (size_t i = 0; i < item->choices; i++)
		if (rows_ticked(&g->rows, (size_t)at, g->row, i))
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
		put_multi(g, out, at);
	else if (item->choice[code].code >= 0)
		text_fmt(out, "%d", item->choice[code].code);
	else
		csv_put(out, item->choice[code].name);
}

/* The number of the hotline an open answer names, 1 for anything else. */
static void
put_coded(struct gathering *g, struct text *out)
{
	uint8_t said = g->rows.column[ROWS_UNAIDED][g->row];

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
		put_coded(g, &g->t);
}

/* What had become of the row's import when this was sealed; a row of none counts as complete. */
static enum batch_state
batch_of(const struct gathering *g, bool *ever)
{
	int64_t id = ((const uint32_t *)rows_at(&g->rows, ROWS_BATCH))[g->row];

	*ever = true;
	if (id == 0)
		return BATCH_COMPLETE;
	for (size_t i = 0; i < g->batches; i++)
		if (g->batch[i].id == id) {
			*ever = g->batch[i].complete != 0 && g->batch[i].complete <= g->last_batch;
			return batch_state_at(&g->batch[i], g->last_batch);
		}
	return BATCH_LOADING;
}

static const char *
excluded_word(const struct gathering *g)
{
	int64_t id = id_of(g);
	size_t low = 0, high = g->events;
	bool ever;

	if (batch_of(g, &ever) == BATCH_WITHDRAWN)
		return "withdrawn";
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (g->event[mid] == id)
			return "event";
		if (g->event[mid] < id)
			low = mid + 1;
		else
			high = mid;
	}
	return g->rows.column[ROWS_FLAGGED][g->row] != 0 ? "form" : "";
}

/* A text of the row: its stratum or cluster. */
static const char *
label_of(const struct gathering *g, enum rows_column column)
{
	return g->rows.labels.text[((const uint32_t *)rows_at(&g->rows, column))[g->row]];
}

static void
put_line(struct gathering *g, enum stream stream)
{
	const struct site *site = level_site(g->wave->site, g->wave->sites,
		((const uint32_t *)rows_at(&g->rows, ROWS_SITE))[g->row]);
	int64_t weight = ((const int64_t *)rows_at(&g->rows, ROWS_WEIGHT))[g->row];
	const char *cluster = label_of(g, ROWS_CLUSTER);
	bool open = stream == STREAM_OPEN, by_site = open && cluster[0] == '\0' && site != NULL;
	const char *cell[] = { g->wave->name, stream_name(stream),
		open ? "" : label_of(g, ROWS_STRATUM), by_site ? site->code : cluster };

	for (size_t i = 0; i < sizeof(cell) / sizeof(cell[0]); i++) {
		csv_put(&g->t, cell[i]);
		text_putc(&g->t, ',');
	}
	text_fmt(&g->t, "%lld.%06lld,%s", (long long)(weight / 1000000),
		(long long)(weight % 1000000), excluded_word(g));
	for (size_t c = 0; c < g->w->columns; c++) {
		text_putc(&g->t, ',');
		put_column(g, c, site);
	}
	text_putc(&g->t, '\n');
}

static void
line_begin(struct gathering *g)
{
	size_t *grown;

	if (g->lines == g->room) {
		g->room = g->room == 0 ? 4096 : 2 * g->room;
		grown = realloc(g->line, g->room * sizeof(*grown));
		if (grown == NULL)
			err_die("out of memory");
		g->line = grown;
	}
	g->line[g->lines++] = g->t.n;
}

/* The row in hand, if it was part of the wave when this was sealed. */
static int
row_add(struct gathering *g)
{
	const struct rows *r = &g->rows;
	enum stream stream = (enum stream)r->column[ROWS_STREAM][g->row];
	bool ever;

	if (batch_of(g, &ever) == BATCH_LOADING || !ever)
		return 0;
	if (r->column[ROWS_FLAGGED][g->row] == ROWS_MISFIT)
		return rows_misfit(r->form, g->wave->id, id_of(g), g->w->err);
	if (!g->wave->stream[stream])
		return 0;
	for (size_t i = 0; i < r->form->items; i++)
		g->code[i] = r->column[ROWS_ITEMS + i][g->row];
	line_begin(g);
	put_line(g, stream);
	return 0;
}

static int
wave_add(struct gathering *g, struct sealed_wave *wave)
{
	const struct form *form = wave->form;
	int rc;

	g->wave = wave;
	for (size_t c = 0; c < g->w->columns; c++) {
		const struct sealed_column *column = &g->w->column[c];

		g->level[c] = level_find(form, column->item);
		g->item[c] = form_item(form, column->item);
	}
	rows_init(&g->rows, form, g->w->pool);
	rc = rows_read(&g->rows, g->w->db, wave->id, g->w->err);
	for (g->row = 0; rc == 0 && g->row < g->rows.n; g->row++)
		if (id_of(g) <= g->last)
			rc = row_add(g);
	rows_clear(&g->rows);
	return rc;
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
