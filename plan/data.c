/* A file of answers by column. */
#include "plan/data.h"

#include <math.h>
#include <string.h>

#include "plan/many.h"
#include "stats/fault.h"

enum { ROWS_MAX = 1 << 28 };	/* after repeating; more is a mistaken frequency */

/* ---- missing ---- */

bool
plan_data_is(const char *cell, const json_t *value)
{
	double x;

	if (json_is_string(value))
		return strcmp(cell, json_string_value(value)) == 0;
	return json_is_number(value) && factor_number(&x, cell) && x == json_number_value(value);
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

/* The codes that are missing in one column. */
struct missing {
	const json_t *own, *any;	/* NULL: none */
};

static struct missing
missing_of(const struct plan_data *d, size_t column)
{
	return (struct missing){ json_object_get(d->codes, frame_name(d->frame, column)),
		json_object_get(d->codes, "*") };
}

static bool
is_missing(const struct missing *m, const char *cell)
{
	return *cell == '\0' || strcmp(cell, "NA") == 0 || plan_data_in(cell, m->own) ||
		plan_data_in(cell, m->any);
}

bool
plan_data_missing(const struct plan_data *d, size_t column, const char *cell)
{
	struct missing m = missing_of(d, column);

	return is_missing(&m, cell);
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

int
plan_data_frame(struct plan_data *d, struct frame *frame, const char *name, const json_t *codes,
	struct pool *pool, struct err *err)
{
	size_t columns = frame_columns(frame) + 1;

	*d = (struct plan_data){ .n = frame_rows(frame), .frame = frame, .codes = codes,
		.pool = pool };
	if (d->n == 0)
		return fault_set(err, FAULT_INPUT, "%s 只有表头，没有数据",
			"%s has a header and no rows", name);
	d->many = pool_array(pool, columns, sizeof(*d->many));
	d->choices = pool_array(pool, columns, sizeof(*d->choices));
	d->set = pool_array(pool, columns, sizeof(*d->set));
	d->levels = pool_array(pool, columns, sizeof(*d->levels));
	d->number = pool_array(pool, columns, sizeof(*d->number));
	d->factor = pool_array(pool, columns, sizeof(*d->factor));
	d->item = pool_array(pool, columns, sizeof(*d->item));
	return codes_check(d, err);
}

int
plan_data_load(struct plan_data *d, const char *path, const char *encoding, const json_t *codes,
	struct pool *pool, struct err *err)
{
	struct frame *frame;

	return frame_load(&frame, path, encoding, pool, err) != 0 ? -1 :
		plan_data_frame(d, frame, path, codes, pool, err);
}

int
plan_data_parse(struct plan_data *d, const char *bytes, size_t n, const char *name,
	const json_t *codes, struct pool *pool, struct err *err)
{
	struct frame *frame;

	return frame_parse(&frame, bytes, n, name, pool, err) != 0 ? -1 :
		plan_data_frame(d, frame, name, codes, pool, err);
}

int
plan_data_column(const struct plan_data *d, const char *name, struct err *err)
{
	int column = frame_find(d->frame, name);

	return column >= 0 ? column : fault_set(err, FAULT_COLUMN, "数据中没有 %s 这一列",
		"the data have no column %s", name);
}

/* What was read of the rows as they were. */
static void
columns_forget(struct plan_data *d)
{
	for (size_t c = 0; c < frame_columns(d->frame); c++) {
		d->levels[c] = NULL;
		d->number[c] = NULL;
		d->factor[c] = NULL;
		d->item[c] = NULL;
		d->set[c] = NULL;
	}
}

static int
frequency_of(const struct plan_data *d, size_t i, double x, size_t *total, struct err *err)
{
	if (isnan(x))
		return fault_set(err, FAULT_WEIGHT, "第 %zu 行缺少频数",
			"line %zu has no frequency", frame_line(d->frame, i));
	if (x < 0 || x != floor(x) || x > ROWS_MAX || (*total += (size_t)x) > ROWS_MAX)
		return fault_set(err, FAULT_WEIGHT, "第 %zu 行的频数 %g 不是合理的非负整数",
			"line %zu: a frequency of %g is not a reasonable whole number",
			frame_line(d->frame, i), x);
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
	d->n = total;
	columns_forget(d);
	if (total == 0)
		return fault_set(err, FAULT_WEIGHT, "%s 列的频数全为 0",
			"every frequency in %s is 0", column);
	return 0;
}

/* ---- columns ---- */

bool
plan_data_words(const struct plan_data *d, size_t column)
{
	bool apart = frame_apart(d->frame, column), any = false;
	const struct frame_column *c = apart ? NULL : frame_column(d->frame, column);
	size_t n = apart ? frame_rows(d->frame) : c->levels;
	struct missing m = missing_of(d, column);
	double x;

	for (size_t i = 0; i < n; i++) {
		const char *cell = apart ? frame_cell(d->frame, column, i) : c->level[i];

		if (is_missing(&m, cell))
			continue;
		if (factor_number(&x, cell))
			return false;
		any = true;
	}
	return any;
}

/* Of the levels a row has, those that are not missing, sorted anew: codes among words
 * kept numbers from being sorted as such. */
const struct plan_levels *
plan_data_levels(struct plan_data *d, size_t column)
{
	const struct frame_column *c = frame_column(d->frame, column);
	struct missing m = missing_of(d, column);
	struct plan_levels *l;
	struct factor kept;
	const char **text;

	if (d->levels[column] != NULL)
		return d->levels[column];
	l = pool_take(d->pool, sizeof(*l));
	text = pool_array(d->pool, c->levels + 1, sizeof(*text));
	for (size_t k = 0; d->row == NULL && k < c->levels; k++)
		text[k] = c->level[k];
	for (size_t i = 0; d->row != NULL && i < d->n; i++) {
		uint32_t code = frame_code(c, d->row[i]);

		if (code != FRAME_NONE)
			text[code] = c->level[code];
	}
	for (size_t k = 0; k < c->levels; k++)
		if (text[k] != NULL && is_missing(&m, text[k]))
			text[k] = NULL;
	factor_make(&kept, c->name, text, c->levels, d->pool);
	*l = (struct plan_levels){ kept.level, kept.levels, c, kept.of };
	return d->levels[column] = l;
}

static int
not_number(const struct plan_data *d, size_t column, size_t row, const char *cell, struct err *err)
{
	return fault_set(err, FAULT_INPUT, "%s 列（第 %zu 行）：“%s” 不是数",
		"column %s, line %zu: \"%s\" is not a number", frame_name(d->frame, column),
		frame_line(d->frame, row), cell);
}

/* Numbers of a column with hardly two cells alike. */
static int
numbers_apart(double x[], const struct plan_data *d, size_t column, struct err *err)
{
	struct missing m = missing_of(d, column);

	for (size_t i = 0; i < frame_rows(d->frame); i++) {
		const char *cell = frame_cell(d->frame, column, i);

		x[i] = NAN;
		if (!is_missing(&m, cell) && !factor_number(&x[i], cell))
			return not_number(d, column, i, cell, err);
	}
	return 0;
}

/* value[levels]: of each level, NAN missing. */
static int
values_of(const double **value, const struct plan_data *d, size_t column, struct err *err)
{
	const struct frame_column *c = frame_column(d->frame, column);
	struct missing m = missing_of(d, column);
	double *v = pool_array(d->pool, c->levels + 1, sizeof(*v));
	bool *bad = pool_array(d->pool, c->levels + 1, sizeof(*bad)), any = false;

	for (size_t k = 0; k < c->levels; k++) {
		v[k] = is_missing(&m, c->level[k]) ? NAN : c->value[k];
		bad[k] = isnan(c->value[k]) && !is_missing(&m, c->level[k]);
		any |= bad[k];
	}
	for (size_t i = 0; any && i < frame_rows(d->frame); i++) {
		uint32_t code = frame_code(c, i);

		if (code != FRAME_NONE && bad[code])
			return not_number(d, column, i, c->level[code], err);
	}
	*value = v;
	return 0;
}

static int
numbers_make(const double **x, const struct plan_data *d, size_t column, struct err *err)
{
	const struct frame_column *c;
	size_t rows = frame_rows(d->frame);
	double *file = pool_array(d->pool, rows + 1, sizeof(*file)), *all;
	const double *value;
	int rc;

	*x = file;
	if (frame_apart(d->frame, column)) {
		rc = numbers_apart(file, d, column, err);
	} else if ((rc = values_of(&value, d, column, err)) == 0) {
		c = frame_column(d->frame, column);
		for (size_t i = 0; i < rows; i++) {
			uint32_t code = frame_code(c, i);

			file[i] = code == FRAME_NONE ? NAN : value[code];
		}
	}
	if (rc != 0 || d->row == NULL)
		return rc;
	*x = all = pool_array(d->pool, d->n + 1, sizeof(*all));
	for (size_t i = 0; i < d->n; i++)
		all[i] = file[d->row[i]];
	return 0;
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
	int column = plan_data_column(d, name, err), rc = 0;

	if (column < 0)
		return column;
	if (d->many[column] == PLAN_MANY)
		return many_refuse(name, err);
	if (d->number[column] == NULL)
		rc = numbers_make(&d->number[column], d, (size_t)column, err);
	*x = d->number[column];
	if (rc != 0)
		d->number[column] = NULL;
	return rc;
}

/* ---- coded columns ---- */

/* The code8 of the frame in the order of the rows. */
static const uint8_t *
codes_of(const struct plan_data *d, const struct frame_column *c)
{
	uint8_t *code;

	if (d->row == NULL)
		return c->code8;
	code = pool_array(d->pool, d->n + 1, 1);
	for (size_t i = 0; i < d->n; i++)
		code[i] = c->code8[d->row[i]];
	return code;
}

/* Each row's whole number, part[] having that of each level. */
static struct column
column_whole(const struct plan_data *d, const struct frame_column *c, const int32_t part[])
{
	struct column item = { .name = c->name, .upper = NAN, .unit = 1 };
	int32_t *all;

	if (c->code8 != NULL) {
		item.code = codes_of(d, c);
		item.part = part;
		return item;
	}
	all = pool_array(d->pool, d->n + 1, sizeof(*all));
	for (size_t i = 0; i < d->n; i++) {
		uint32_t code = frame_code(c, plan_data_row(d, i));

		all[i] = code == FRAME_NONE ? COLUMN_MISSING : part[code];
	}
	item.whole = all;
	return item;
}

/* Whole numbers in place of x[n], the rest of part[room] missing; NULL: not all are whole, or some
 * are too large to be summed as such. */
static const int32_t *
parts_of(const struct plan_data *d, const double x[], size_t n, size_t room)
{
	int32_t *part = pool_array(d->pool, room + 1, sizeof(*part));

	for (size_t k = 0; k < room; k++) {
		part[k] = COLUMN_MISSING;
		if (k >= n || isnan(x[k]))
			continue;
		if (x[k] != floor(x[k]) || fabs(x[k]) >= COLUMN_REACH)
			return NULL;
		part[k] = (int32_t)x[k];
	}
	return part;
}

/* By its levels. */
static int
item_coded(struct column *item, struct plan_data *d, size_t column, struct err *err)
{
	const struct frame_column *c = frame_column(d->frame, column);
	size_t room = c->levels > COLUMN_CODES ? c->levels : COLUMN_CODES;
	const double *value;
	const int32_t *part;
	int rc;

	if ((rc = values_of(&value, d, column, err)) != 0)
		return rc;
	if ((part = parts_of(d, value, c->levels, room)) != NULL)
		*item = column_whole(d, c, part);
	return 0;
}

/* Whole numbers wherever they are, however the frame keeps the cells: the digits of an answer do
 * not depend on what was asked before. */
static int
item_make(struct column *item, struct plan_data *d, size_t column, struct err *err)
{
	const char *name = frame_name(d->frame, column);
	int rc;

	*item = (struct column){ .name = name, .upper = NAN };
	if (!frame_apart(d->frame, column) && (rc = item_coded(item, d, column, err)) != 0)
		return rc;
	if (item->code != NULL || item->whole != NULL)
		return 0;
	if ((rc = plan_data_numbers(&item->x, d, name, err)) != 0)
		return rc;
	if ((item->whole = parts_of(d, item->x, d->n, d->n)) != NULL) {
		item->x = NULL;
		item->unit = 1;
	}
	return 0;
}

int
plan_data_item(struct column *item, struct plan_data *d, const char *name, struct err *err)
{
	int column = plan_data_column(d, name, err), rc;

	if (column < 0)
		return column;
	if (d->many[column] == PLAN_MANY)
		return many_refuse(name, err);
	if (d->item[column] == NULL) {
		if ((rc = item_make(item, d, (size_t)column, err)) != 0)
			return rc;
		d->item[column] = pool_take(d->pool, sizeof(*item));
		*d->item[column] = *item;
	}
	*item = *d->item[column];
	item->name = name;
	return 0;
}

struct column
plan_data_indicator(const struct plan_data *d, const struct plan_levels *l, const int32_t hit[])
{
	const struct frame_column *c = l->column;
	int32_t *part = pool_array(d->pool, c->levels + COLUMN_CODES, sizeof(*part));
	struct column column;

	for (size_t k = 0; k < c->levels + COLUMN_CODES; k++)
		part[k] = k < c->levels && l->of[k] != FACTOR_NONE ? hit[l->of[k]] : COLUMN_MISSING;
	column = column_whole(d, c, part);
	column.upper = 1;
	return column;
}

/* ---- categories ---- */

static const struct factor *
cells_of(struct plan_data *d, size_t column)
{
	const struct plan_levels *l = plan_data_levels(d, column);
	struct factor *made;
	uint32_t *of;

	if (d->factor[column] != NULL)
		return d->factor[column];
	made = pool_take(d->pool, sizeof(*made));
	of = pool_array(d->pool, d->n + 1, sizeof(*of));
	for (size_t i = 0; i < d->n; i++)
		of[i] = plan_data_level(d, l, i);
	*made = (struct factor){ l->column->name, d->n, l->level, l->levels, of };
	return d->factor[column] = made;
}

int
plan_data_factor(const struct factor **f, struct plan_data *d, const char *name, struct err *err)
{
	int column = plan_data_column(d, name, err);

	if (column < 0)
		return column;
	if (d->many[column] == PLAN_MANY)
		return many_refuse(name, err);
	*f = cells_of(d, (size_t)column);
	return 0;
}
