/* Frames: columns of codes. */
#include "stats/frame.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/factor.h"
#include "stats/frame_in.h"

enum { PART_BYTES = 1 << 20, PARTS_MAX = 8 };

/* Columns that somebody else has; put[] is what they are, by frame_column's members but sorted. */
struct given {
	frame_fill *fill;
	void *ctx;
	struct frame_column *put;	/* put[columns] */
	const char *const **cell;	/* cell[columns]: instead of codes */
};

struct frame {
	size_t rows, columns;
	const char *const *name;	/* name[columns] */
	struct frame_column **column;	/* column[columns]; NULL: not asked for yet */
	struct frame_met met;		/* of a file */
	struct given *given;		/* NULL: of a file */
	const uint32_t *line;		/* line[rows]; NULL: one after the other */
	size_t first;			/* line of the first row then */
	struct pool *pool;
};

/* ---- from a file ---- */

static void
lines_keep(struct frame *f, const size_t line[])
{
	uint32_t *kept = pool_array(f->pool, f->rows + 1, sizeof(*kept));

	for (size_t i = 0; i < f->rows; i++)
		kept[i] = (uint32_t)line[i];
	f->line = kept;
}

/* Rows as cells, of which only codes are kept. */
static int
read_cells(struct frame *f, struct csv *csv, const struct csv_rest *rest, size_t parts,
	struct err *err)
{
	struct pool scratch = POOL_INIT;
	int rc = csv_rows(csv, rest, &scratch, err);

	if (rc == 0) {
		frame_met_cells(&f->met, csv, rest, parts, f->pool);
		f->rows = csv->rows;
		lines_keep(f, csv->line);
	}
	pool_clear(&scratch);
	return rc;
}

static struct frame *
frame_new(size_t rows, size_t columns, const char *const name[], struct pool *pool)
{
	struct frame *f = pool_take(pool, sizeof(*f));

	*f = (struct frame){ .rows = rows, .columns = columns, .name = name, .pool = pool };
	f->column = pool_array(pool, columns + 1, sizeof(struct frame_column *));
	return f;
}

int
frame_read(struct frame **frame, struct csv *csv, const struct csv_rest *rest, size_t parts,
	struct pool *pool, struct err *err)
{
	struct frame *f = frame_new(0, csv->columns, csv->header, pool);

	*frame = f;
	if (rest->end - rest->p >= (ptrdiff_t)FRAME_NONE)
		return err_set(err, ERR_INPUT, "%s：文件太大，最多 %zu 字节",
			"%s: too large, at most %zu bytes", rest->name, (size_t)FRAME_NONE);
	if (!frame_met_plain(&f->met, csv, rest, parts, pool))
		return read_cells(f, csv, rest, parts, err);
	f->rows = f->met.rows;
	f->first = rest->line;
	return 0;
}

static size_t
parts_of(const struct csv_rest *rest)
{
	size_t n = (size_t)(rest->end - rest->p) / PART_BYTES;

	return n < 1 ? 1 : n > PARTS_MAX ? PARTS_MAX : n;
}

int
frame_load(struct frame **f, const char *path, const char *encoding, struct pool *pool,
	struct err *err)
{
	struct csv_rest rest;
	struct csv csv;

	return csv_open(&csv, &rest, path, encoding, pool, err) != 0 ? -1 :
		frame_read(f, &csv, &rest, parts_of(&rest), pool, err);
}

int
frame_parse(struct frame **f, const char *bytes, size_t n, const char *name, struct pool *pool,
	struct err *err)
{
	struct csv_rest rest;
	struct csv csv;

	return csv_open_bytes(&csv, &rest, bytes, n, name, NULL, pool, err) != 0 ? -1 :
		frame_read(f, &csv, &rest, parts_of(&rest), pool, err);
}

/* ---- given ---- */

struct frame *
frame_make(const char *const name[], size_t columns, size_t rows, frame_fill *fill, void *ctx,
	struct pool *pool)
{
	struct frame *f = frame_new(rows, columns, name, pool);
	struct given *g = pool_take(pool, sizeof(*g));

	*g = (struct given){ .fill = fill, .ctx = ctx };
	g->put = pool_array(pool, columns + 1, sizeof(*g->put));
	g->cell = pool_array(pool, columns + 1, sizeof(*g->cell));
	f->given = g;
	f->first = 2;
	return f;
}

void
frame_put_codes(struct frame *f, size_t column, const uint8_t code8[], const uint32_t code[],
	const char *const level[], size_t levels)
{
	f->given->put[column] = (struct frame_column){ .code8 = code8, .code = code,
		.level = level, .levels = levels };
}

void
frame_put_cells(struct frame *f, size_t column, const char *const cell[])
{
	f->given->cell[column] = cell;
}

/* ---- columns ---- */

/* Levels that were found, sorted, and their values. */
static void
levels_put(struct frame_column *c, const struct factor *sorted, struct pool *pool)
{
	const char **level = pool_array(pool, sorted->levels + 1, sizeof(*level));
	double *value = pool_array(pool, sorted->levels + 1, sizeof(*value));

	for (size_t l = 0; l < sorted->levels; l++) {
		level[l] = sorted->level[l];
		if (!factor_number(&value[l], level[l]))
			value[l] = NAN;
	}
	c->level = level;
	c->value = value;
	c->levels = sorted->levels;
}

/* Numbers of a part into codes: map[] has the code of each; in place. */
static void
part_renumber(const struct frame_met *m, const struct frame_part *w, size_t at, bool wide,
	const uint32_t map[])
{
	uint8_t *code8 = m->code8[at] + w->row, to8[FRAME_NONE8 + 1];
	uint32_t *code = wide ? m->code[at] + w->row : NULL, to[FRAME_NONE8 + 1];
	const struct frame_dict *d = &w->dict[at];

	for (size_t k = 0; k <= FRAME_NONE8; k++) {
		to[k] = k < d->n && k < FRAME_NONE8 ? map[k] : FRAME_NONE;
		to8[k] = (uint8_t)to[k];
	}
	if (!wide)
		for (size_t i = 0; i < w->rows; i++)
			code8[i] = to8[code8[i]];
	else if (d->way == FRAME_BYTE)
		for (size_t i = 0; i < w->rows; i++)
			code[i] = to[code8[i]];
	else
		for (size_t i = 0; i < w->rows; i++)
			code[i] = code[i] == FRAME_NONE ? FRAME_NONE : map[code[i]];
}

/* The parts' numbers as codes of the whole. */
static void
column_merge(struct frame *f, struct frame_column *c, size_t at)
{
	struct pool scratch = POOL_INIT;
	struct frame_met *m = &f->met;
	const char **text;
	struct factor sorted;
	size_t n = 0;
	bool wide;

	for (size_t k = 0; k < m->parts; k++)
		n += m->part[k].dict[at].n;
	text = pool_array(&scratch, n + 1, sizeof(*text));
	n = 0;
	for (size_t k = 0; k < m->parts; k++)
		for (size_t i = 0; i < m->part[k].dict[at].n; i++)
			text[n++] = frame_met_text(m, m->part[k].dict[at].at[i]);
	factor_make(&sorted, c->name, text, n, &scratch);
	wide = sorted.levels > FRAME_NONE8;
	if (wide && m->code[at] == NULL)
		m->code[at] = pool_array(f->pool, m->rows + 1, sizeof(uint32_t));
	for (size_t k = 0, from = 0; k < m->parts; from += m->part[k++].dict[at].n)
		part_renumber(m, &m->part[k], at, wide, sorted.of + from);
	levels_put(c, &sorted, f->pool);
	c->code8 = wide ? NULL : m->code8[at];
	c->code = wide ? m->code[at] : NULL;
	pool_clear(&scratch);
}

/* Texts of rows as codes. */
static void
cells_code(struct frame *f, struct frame_column *c, const char *const cell[])
{
	struct pool scratch = POOL_INIT;
	uint32_t *code = pool_array(f->pool, f->rows + 1, sizeof(*code));
	struct factor made;

	factor_make(&made, c->name, cell, f->rows, &scratch);
	memcpy(code, made.of, f->rows * sizeof(*code));
	levels_put(c, &made, f->pool);
	c->code = code;
	pool_clear(&scratch);
}

/* Of a column kept apart. */
static void
column_code(struct frame *f, struct frame_column *c, size_t at)
{
	struct pool scratch = POOL_INIT;
	const char **cell = pool_array(&scratch, f->rows + 1, sizeof(*cell));

	for (size_t i = 0; i < f->rows; i++)
		cell[i] = frame_cell(f, at, i);
	cells_code(f, c, cell);
	pool_clear(&scratch);
}

/* Codes into the levels that occur, sorted; map[] has the code of each that was put. */
static void
put_renumber(struct frame *f, struct frame_column *c, const struct frame_column *put,
	const uint32_t map[])
{
	uint8_t *code8 = NULL;
	uint32_t *code = NULL;

	if (c->levels <= FRAME_NONE8)
		c->code8 = code8 = pool_array(f->pool, f->rows + 1, 1);
	else
		c->code = code = pool_array(f->pool, f->rows + 1, sizeof(*code));
	for (size_t i = 0; i < f->rows; i++) {
		uint32_t k = frame_code(put, i);

		k = k == FRAME_NONE ? FRAME_NONE : map[k];
		if (code8 != NULL)
			code8[i] = (uint8_t)k;
		else
			code[i] = k;
	}
}

static void
codes_sort(struct frame *f, struct frame_column *c, const struct frame_column *put)
{
	struct pool scratch = POOL_INIT;
	const char **text = pool_array(&scratch, put->levels + 1, sizeof(*text));
	struct factor sorted;

	for (size_t i = 0; i < f->rows; i++) {
		uint32_t k = frame_code(put, i);

		if (k != FRAME_NONE)
			text[k] = put->level[k];
	}
	factor_make(&sorted, c->name, text, put->levels, &scratch);
	levels_put(c, &sorted, f->pool);
	put_renumber(f, c, put, sorted.of);
	pool_clear(&scratch);
}

static void
column_give(struct frame *f, struct frame_column *c, size_t at)
{
	struct given *g = f->given;

	g->fill(f, at, g->ctx);
	if (g->cell[at] != NULL)
		cells_code(f, c, g->cell[at]);
	else
		codes_sort(f, c, &g->put[at]);
}

const struct frame_column *
frame_column(struct frame *f, size_t column)
{
	struct frame_column *c = f->column[column];

	if (c != NULL)
		return c;
	c = pool_take(f->pool, sizeof(*c));
	c->name = f->name[column];
	if (f->given != NULL)
		column_give(f, c, column);
	else if (frame_apart(f, column))
		column_code(f, c, column);
	else
		column_merge(f, c, column);
	f->column[column] = c;
	return c;
}

bool
frame_apart(const struct frame *f, size_t column)
{
	bool apart = false;

	for (size_t k = 0; k < f->met.parts; k++)
		apart |= f->met.part[k].dict[column].way == FRAME_APART;
	return apart && f->column[column] == NULL;
}

/* A cell where it was met: of a column kept apart. */
static const char *
met_cell(const struct frame *f, size_t column, size_t row)
{
	const struct frame_part *w = f->met.part;
	const struct frame_dict *d;
	uint32_t at;

	while (row >= w->row + w->rows)
		w++;
	d = &w->dict[column];
	at = d->way == FRAME_BYTE ? f->met.code8[column][row] : f->met.code[column][row];
	if (at == (d->way == FRAME_BYTE ? (uint32_t)FRAME_NONE8 : FRAME_NONE))
		return "";
	return frame_met_text(&f->met, d->way == FRAME_APART ? at : d->at[at]);
}

const char *
frame_cell(struct frame *f, size_t column, size_t row)
{
	const struct frame_column *c;
	uint32_t code;

	if (frame_apart(f, column))
		return met_cell(f, column, row);
	c = frame_column(f, column);
	code = frame_code(c, row);
	return code == FRAME_NONE ? "" : c->level[code];
}

/* ---- the whole ---- */

size_t
frame_rows(const struct frame *f)
{
	return f->rows;
}

size_t
frame_columns(const struct frame *f)
{
	return f->columns;
}

const char *
frame_name(const struct frame *f, size_t column)
{
	return f->name[column];
}

int
frame_find(const struct frame *f, const char *name)
{
	for (size_t i = 0; i < f->columns; i++)
		if (strcmp(f->name[i], name) == 0)
			return (int)i;
	return -1;
}

size_t
frame_line(const struct frame *f, size_t row)
{
	return f->line != NULL ? f->line[row] : f->first + row;
}
