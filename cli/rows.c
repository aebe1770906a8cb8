/* One way of saying what is wrong with a file, for every import. */
#include "cli/rows.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/args.h"
#include "cli/show.h"

/* row counts from 1; 0 is the header. */
static void
add(struct rows_errors *errors, size_t row, size_t line, const char *column, const char *message)
{
	if (errors->list == NULL)
		errors->list = json_array();
	if (json_array_size(errors->list) >= ROWS_ERRORS_MAX) {
		errors->more++;
		return;
	}
	json_array_append_new(errors->list, json_pack("{s:I, s:I, s:s, s:s}", "row", (json_int_t)row,
	    "line", (json_int_t)line, "column", column, "message", message));
}

void
rows_error(struct rows_errors *errors, const struct csv *csv, size_t row, const char *column,
    const char *message)
{
	add(errors, row + 1, csv->line[row], column, message);
}

json_t *
rows_refused(struct rows_errors *errors)
{
	json_t *said = json_pack("{s:o}", "errors", errors->list);

	if (errors->more > 0)
		json_object_set_new(said, "more", json_integer((json_int_t)errors->more));
	errors->list = NULL;
	return said;
}

void
rows_show(struct text *out, const json_t *said)
{
	const json_t *error;
	size_t i;

	json_array_foreach(json_object_get(said, "errors"), i, error) {
		const char *column = show_string(error, "column");

		show_line(out, "第 %lld 行（文件第 %lld 行）%s%s：%s", "row %lld (line %lld) %s%s: %s",
		    show_whole(error, "row"), show_whole(error, "line"),
		    *column != '\0' ? LANG_PICK("列 ", "column ") : "", column,
		    show_string(error, "message"));
	}
	if (show_whole(said, "more") > 0)
		show_line(out, "还有 %lld 处错误没有列出。", "%lld more errors are not listed.",
		    show_whole(said, "more"));
	show_line(out, "什么都没有保存；改好后重新导入。", "Nothing was stored; mend the file and import it again.");
}

static const char *
column_word(size_t i, const void *ctx)
{
	const char *const *known = ctx;

	return known[i];
}

static bool
is_known(const char *name, const char *const known[])
{
	for (size_t i = 0; known[i] != NULL; i++)
		if (strcmp(known[i], name) == 0)
			return true;
	return false;
}

static void
unknown_column(struct rows_errors *errors, const char *name, const char *const known[])
{
	const char *near = args_nearest(name, column_word, known);
	struct err wrong = { .code = ERR_NONE };

	if (near != NULL)
		err_set(&wrong, ERR_INPUT, "不认识“%s”这一列；是不是“%s”？",
		    "unknown column \"%s\"; did you mean \"%s\"?", name, near);
	else
		err_set(&wrong, ERR_INPUT, "不认识“%s”这一列；删去或改名",
		    "unknown column \"%s\"; remove or rename it", name);
	add(errors, 0, 1, name, wrong.text);
}

bool
rows_columns(struct rows_errors *errors, const struct csv *csv, const char *const known[],
    size_t required)
{
	for (size_t i = 0; i < csv->columns; i++)
		if (!is_known(csv->header[i], known))
			unknown_column(errors, csv->header[i], known);
	for (size_t i = 0; i < required; i++)
		if (csv_column(csv, known[i]) < 0)
			add(errors, 0, 1, known[i], LANG_PICK("缺少这一列", "this column is missing"));
	return errors->list == NULL;
}

const char *
rows_cell(const struct csv *csv, size_t row, const char *column)
{
	int c = csv_column(csv, column);

	return c < 0 ? "" : csv->cell[row * csv->columns + (size_t)c];
}

int
rows_number(double *number, const char *cell)
{
	char *end;
	double x;

	if (*cell == '\0') {
		*number = NAN;
		return 0;
	}
	x = strtod(cell, &end);
	if (end == cell || *end != '\0' || !isfinite(x))
		return -1;
	*number = x;
	return 0;
}

int
rows_whole(long long *number, const char *cell, long long low, long long high)
{
	char *end;
	long long x;

	errno = 0;
	x = strtoll(cell, &end, 10);
	if (end == cell || *end != '\0' || errno != 0 || x < low || x > high)
		return -1;
	*number = x;
	return 0;
}
