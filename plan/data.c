/* A file of answers by column. */
#include "plan/data.h"

#include <math.h>
#include <string.h>

#include "plan/many.h"
#include "stats/fault.h"
#include "stats/frame.h"

enum { ROWS_MAX = 1 << 28 };	/* after repeating; more is a mistaken frequency */

/* ---- missing ---- */

bool
plan_data_is(const char *cell, const json_t *value)
{
	double x;

	if (json_is_string(value))
		return strcmp(cell, json_string_value(value)) == 0;
	return json_is_number(value) && frame_number(&x, cell) && x == json_number_value(value);
}

bool
plan_data_in(const char *cell, const json_t *values)
{
	if (!json_is_array(values))
		return values != NULL && plan_data_is(cell, values);
	for (size_t i = 0; i < json_array_size(values); i++)
		if (plan_data_is(cell, json_array_get(values, i)))
			return true;
	return false;
}

/* One column of the file with the codes that are missing in it. */
struct cells {
	const struct csv *csv;
	size_t column;
	const json_t *own, *any;	/* NULL: none */
};

static struct cells
cells_of(const struct plan_data *d, size_t column)
{
	return (struct cells){ &d->csv, column, json_object_get(d->codes, d->csv.header[column]),
		json_object_get(d->codes, "*") };
}

/* The cell of a row of the file, or NULL where it is missing. */
static inline const char *
cell_of(const struct cells *c, size_t row)
{
	const char *cell = c->csv->cell[row * c->csv->columns + c->column];

	if (*cell == '\0' || (*cell == 'N' && strcmp(cell, "NA") == 0))
		return NULL;
	return plan_data_in(cell, c->own) || plan_data_in(cell, c->any) ? NULL : cell;
}

/* Columns of a row-wise file are far apart: ask for what comes soon. */
static inline void
cell_ahead(const struct cells *c, size_t row)
{
	const struct csv *csv = c->csv;

	if (row + 32 < csv->rows)
		__builtin_prefetch(&csv->cell[(row + 32) * csv->columns + c->column]);
	if (row + 16 < csv->rows)
		__builtin_prefetch(csv->cell[(row + 16) * csv->columns + c->column]);
}

/* ---- the file ---- */

static int
codes_check(const struct plan_data *d, struct err *err)
{
	const char *key;
	json_t *value;
	int rc;

	json_object_foreach((json_t *)d->codes, key, value)
		if (strcmp(key, "*") != 0 && (rc = plan_data_column(d, key, err)) < 0)
			return rc;
	return 0;
}

/* Columns nobody asked for yet. */
static int
columns_ready(struct plan_data *d, const char *path, struct pool *pool, struct err *err)
{
	size_t *row;

	if (d->csv.rows == 0)
		return fault_set(err, FAULT_INPUT, "%s 只有表头，没有数据",
			"%s has a header and no rows", path);
	d->n = d->csv.rows;
	row = pool_array(pool, d->n + 1, sizeof(*row));
	for (size_t i = 0; i < d->n; i++)
		row[i] = i;
	d->row = row;
	d->number = pool_array(pool, d->csv.columns + 1, sizeof(*d->number));
	d->factor = pool_array(pool, d->csv.columns + 1, sizeof(*d->factor));
	d->many = pool_array(pool, d->csv.columns + 1, sizeof(*d->many));
	d->choices = pool_array(pool, d->csv.columns + 1, sizeof(*d->choices));
	d->set = pool_array(pool, d->csv.columns + 1, sizeof(*d->set));
	return codes_check(d, err);
}

int
plan_data_load(struct plan_data *d, const char *path, const char *encoding, const json_t *codes,
	struct pool *pool, struct err *err)
{
	*d = (struct plan_data){ .codes = codes, .pool = pool };
	return csv_load(&d->csv, path, encoding, pool, err) != 0 ? -1 :
		columns_ready(d, path, pool, err);
}

int
plan_data_parse(struct plan_data *d, const char *bytes, size_t n, const char *name,
	const json_t *codes, struct pool *pool, struct err *err)
{
	*d = (struct plan_data){ .codes = codes, .pool = pool };
	return csv_parse(&d->csv, bytes, n, name, NULL, pool, err) != 0 ? -1 :
		columns_ready(d, name, pool, err);
}

int
plan_data_column(const struct plan_data *d, const char *name, struct err *err)
{
	int column = csv_column(&d->csv, name);

	return column >= 0 ? column : fault_set(err, FAULT_COLUMN, "数据中没有 %s 这一列",
		"the data have no column %s", name);
}

static int
frequency_of(const struct plan_data *d, size_t i, double x, size_t *total, struct err *err)
{
	if (isnan(x))
		return fault_set(err, FAULT_WEIGHT, "第 %zu 行缺少频数",
			"line %zu has no frequency", d->csv.line[i]);
	if (x < 0 || x != floor(x) || x > ROWS_MAX || (*total += (size_t)x) > ROWS_MAX)
		return fault_set(err, FAULT_WEIGHT, "第 %zu 行的频数 %g 不是合理的非负整数",
			"line %zu: a frequency of %g is not a reasonable whole number",
			d->csv.line[i], x);
	return 0;
}

int
plan_data_repeat(struct plan_data *d, const char *column, struct err *err)
{
	size_t total = 0, next = 0, *row;
	const double *times;
	int rc = plan_data_numbers(&times, d, column, err);

	for (size_t i = 0; rc == 0 && i < d->n; i++)
		rc = frequency_of(d, i, times[i], &total, err);
	if (rc != 0)
		return rc;
	row = pool_array(d->pool, total + 1, sizeof(*row));
	for (size_t i = 0; i < d->n; i++)
		for (size_t k = 0; k < (size_t)times[i]; k++)
			row[next++] = i;
	d->row = row;
	d->repeated = true;
	d->n = total;
	memset(d->number, 0, d->csv.columns * sizeof(*d->number));
	memset(d->factor, 0, d->csv.columns * sizeof(*d->factor));
	if (total == 0)
		return fault_set(err, FAULT_WEIGHT, "%s 列的频数全为 0",
			"every frequency in %s is 0", column);
	return 0;
}

/* ---- columns ---- */

bool
plan_data_words(const struct plan_data *d, size_t column)
{
	struct cells cells = cells_of(d, column);
	bool any = false;
	double x;

	for (size_t i = 0; i < d->csv.rows; i++) {
		const char *cell = cell_of(&cells, i);

		if (cell == NULL)
			continue;
		if (frame_number(&x, cell))
			return false;
		any = true;
	}
	return any;
}

/* Numbers of the file's rows, NAN missing. */
static int
numbers_parse(double x[], const struct plan_data *d, size_t column, struct err *err)
{
	struct cells cells = cells_of(d, column);

	for (size_t i = 0; i < d->csv.rows; i++) {
		const char *cell;

		cell_ahead(&cells, i);
		cell = cell_of(&cells, i);
		x[i] = NAN;
		if (cell != NULL && !frame_number(&x[i], cell))
			return fault_set(err, FAULT_INPUT, "%s 列（第 %zu 行）：“%s” 不是数",
				"column %s, line %zu: \"%s\" is not a number",
				d->csv.header[column], d->csv.line[i], cell);
	}
	return 0;
}

/* Columns side by side share the processor's cache lines, in the list of cells and in the file. */
enum { TOGETHER = 8, TOGETHER_ROWS = 1 << 16 };

struct together {
	struct cells cells[TOGETHER];
	double *x[TOGETHER];
	size_t column[TOGETHER];
	size_t n;
};

/* Columns from this one on that are not read yet and begin with a number. */
static void
together_find(struct together *t, const struct plan_data *d, size_t column)
{
	double x;

	for (size_t c = column; c < column + TOGETHER && c < d->csv.columns; c++) {
		struct cells cells = cells_of(d, c);
		const char *cell = NULL;

		for (size_t i = 0; i < TOGETHER_ROWS && cell == NULL; i++)
			cell = cell_of(&cells, i);
		if (d->number[c] != NULL ||
				(c != column && (cell == NULL || !frame_number(&x, cell))))
			continue;
		t->cells[t->n] = cells;
		t->column[t->n] = c;
		t->x[t->n++] = pool_array(d->pool, d->csv.rows + 1, sizeof(double));
	}
}

/* A column that turns out not to be one of numbers is left to be asked for by itself. */
static void
together_read(struct plan_data *d, size_t column)
{
	struct together t = { .n = 0 };

	together_find(&t, d, column);
	for (size_t i = 0; i < d->csv.rows; i++)
		for (size_t k = 0; k < t.n; k++) {
			const char *cell = cell_of(&t.cells[k], i);

			if (t.x[k] != NULL && cell == NULL)
				t.x[k][i] = NAN;
			else if (t.x[k] != NULL && !frame_number(&t.x[k][i], cell))
				t.x[k] = NULL;
		}
	for (size_t k = 0; k < t.n; k++)
		d->number[t.column[k]] = t.x[k];
}

static int
many_refuse(const char *name, struct err *err)
{
	return fault_set(err, FAULT_INPUT,
		"%s 是多选题，单元格不是一个数或一个类别：用 share 算选中某项的比例，或用在"
		" by、where 里",
		"%s is a question with several choices, its cells are no numbers and no"
		" categories: ask for the share that ticked a choice, or name it in by or where",
		name);
}

int
plan_data_numbers(const double **x, struct plan_data *d, const char *name, struct err *err)
{
	int column = plan_data_column(d, name, err), rc;
	double *file, *all;

	if (column < 0)
		return column;
	if (d->many[column] == PLAN_MANY)
		return many_refuse(name, err);
	if (d->number[column] == NULL && d->csv.rows >= TOGETHER_ROWS && !d->repeated)
		together_read(d, (size_t)column);
	if (d->number[column] == NULL) {
		all = file = pool_array(d->pool, d->csv.rows + 1, sizeof(*file));
		if ((rc = numbers_parse(file, d, (size_t)column, err)) != 0)
			return rc;
		if (d->repeated) {
			all = pool_array(d->pool, d->n + 1, sizeof(*all));
			for (size_t i = 0; i < d->n; i++)
				all[i] = file[d->row[i]];
		}
		d->number[column] = all;
	}
	*x = d->number[column];
	return 0;
}

const struct factor *
plan_data_cells(struct plan_data *d, size_t column)
{
	struct pool scratch = POOL_INIT;
	struct factor *made;
	struct cells cells;
	const char **text;

	if (d->factor[column] == NULL) {
		cells = cells_of(d, column);
		text = pool_array(&scratch, d->n + 1, sizeof(*text));
		for (size_t i = 0; i < d->n; i++) {
			cell_ahead(&cells, d->row[i]);
			text[i] = cell_of(&cells, d->row[i]);
		}
		made = pool_take(d->pool, sizeof(*made));
		factor_make(made, d->csv.header[column], text, d->n, d->pool);
		d->factor[column] = made;
		pool_clear(&scratch);
	}
	return d->factor[column];
}

bool
plan_data_missing(const struct plan_data *d, size_t column, const char *cell)
{
	struct cells c = cells_of(d, column);

	return strcmp(cell, "NA") == 0 || plan_data_in(cell, c.own) || plan_data_in(cell, c.any);
}

int
plan_data_factor(const struct factor **f, struct plan_data *d, const char *name, struct err *err)
{
	int column = plan_data_column(d, name, err);

	if (column < 0)
		return column;
	if (d->many[column] == PLAN_MANY)
		return many_refuse(name, err);
	*f = plan_data_cells(d, (size_t)column);
	return 0;
}
