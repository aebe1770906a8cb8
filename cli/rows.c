/* One way of saying what is wrong with a file, for every import. */
#include "cli/rows.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/args.h"
#include "cli/show.h"

/* The entry of the same habit, or NULL. */
static json_t *
find_entry(const json_t *list, const char *column, const char *message)
{
	json_t *entry;
	size_t i;

	json_array_foreach((json_t *)list, i, entry)
		if (strcmp(show_string(entry, "column"), column) == 0 &&
				strcmp(show_string(entry, "message"), message) == 0)
			return entry;
	return NULL;
}

static bool
holds(const json_t *list, const char *cell)
{
	const json_t *v;
	size_t i;

	json_array_foreach((json_t *)list, i, v)
		if (strcmp(json_string_value(v), cell) == 0)
			return true;
	return false;
}

/* Once more: counted, its line and cell kept while there are few. */
static void
add_again(json_t *entry, size_t line, const char *cell)
{
	json_t *lines = json_object_get(entry, "lines"), *cells = json_object_get(entry, "cells");

	json_object_set_new(entry, "count", json_integer(show_whole(entry, "count") + 1));
	if (json_array_size(lines) < ROWS_LINES_MAX)
		json_array_append_new(lines, json_integer((json_int_t)line));
	if (cell != NULL && json_array_size(cells) < ROWS_CELLS_MAX && !holds(cells, cell))
		json_array_append_new(cells, json_string(cell));
}

/* row counts from 1; 0 is the header. */
static void
add(struct rows_errors *errors, size_t row, size_t line, const char *column, const char *question,
	const char *cell, const char *message)
{
	json_t *entry = find_entry(errors->list, column, message);

	if (errors->list == NULL)
		errors->list = json_array();
	if (entry != NULL) {
		add_again(entry, line, cell);
		return;
	}
	if (json_array_size(errors->list) >= ROWS_ERRORS_MAX) {
		errors->more++;
		return;
	}
	entry = json_pack("{s:I, s:I, s:s, s:s, s:I, s:[I]}", "row", (json_int_t)row, "line",
		(json_int_t)line, "column", column,
		"message", message, "count", (json_int_t)1, "lines", (json_int_t)line);
	if (question != NULL)
		json_object_set_new(entry, "question", json_string(question));
	if (cell != NULL)
		json_object_update_new(entry,
			json_pack("{s:s, s:[s]}", "cell", cell, "cells", cell));
	json_array_append_new(errors->list, entry);
}

void
rows_error(struct rows_errors *errors, const struct csv *csv, size_t row, const char *column,
	const char *message)
{
	rows_error_cell(errors, csv, row, column, NULL, NULL, message);
}

void
rows_error_cell(struct rows_errors *errors, const struct csv *csv, size_t row, const char *column,
	const char *question, const char *cell, const char *message)
{
	add(errors, row + 1, csv->line[row], column, question, cell, message);
}

void
rows_error_header(struct rows_errors *errors, const char *heading, const char *message)
{
	add(errors, 0, 1, heading, NULL, NULL, message);
}

void
rows_notes(json_t *said, const struct csv *csv)
{
	json_t *list = json_array();

	for (size_t i = 0; i < csv->notes; i++)
		json_array_append_new(list, json_string(csv->note[i]));
	if (csv->notes > 0)
		json_object_set(said, "notes", list);
	json_decref(list);
}

void
rows_show_notes(struct text *out, const json_t *said)
{
	const json_t *note;
	size_t i;

	json_array_foreach(json_object_get(said, "notes"), i, note)
		show_line(out, "说明：%s", "note: %s", json_string_value(note));
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

/* "；同样的共 945 处，如文件第 3、4、5 行；格里写的是“a”“b”" */
static void
show_again(struct text *out, const json_t *error)
{
	const json_t *lines = json_object_get(error, "lines"),
		*cells = json_object_get(error, "cells"), *v;
	size_t i;

	text_fmt(out, LANG_PICK("；同样的共 %lld 处：文件第 ", "; %lld in all: lines "),
		show_whole(error, "count"));
	json_array_foreach((json_t *)lines, i, v)
		text_fmt(out, "%s%lld", i > 0 ? LANG_PICK("、", ", ") : "",
			(long long)json_integer_value(v));
	text_puts(out, show_whole(error, "count") > (long long)json_array_size(lines) ?
		LANG_PICK("…… 行", ", ...") : LANG_PICK(" 行", ""));
	if (json_array_size(cells) > 1)
		text_puts(out, LANG_PICK("，写的有", "; they hold"));
	json_array_foreach((json_t *)cells, i, v)
		if (json_array_size(cells) > 1)
			text_fmt(out, LANG_PICK("“%s”", " \"%s\""), json_string_value(v));
}

static void
show_error(struct text *out, const json_t *error)
{
	const char *column = show_string(error, "column"),
		*question = show_string(error, "question");

	if (show_whole(error, "row") > 0)
		text_fmt(out, LANG_PICK("第 %lld 行（文件第 %lld 行）", "row %lld (line %lld)"),
			show_whole(error, "row"), show_whole(error, "line"));
	else
		text_puts(out, LANG_PICK("表头", "header"));
	if (*column != '\0')
		text_fmt(out, LANG_PICK("列 %s", " column %s"), column);
	if (*question != '\0')
		text_fmt(out, LANG_PICK("（%s）", " (%s)"), question);
	text_puts(out, LANG_PICK("：", ": "));
	if (*show_string(error, "cell") != '\0')
		text_fmt(out, LANG_PICK("“%s”", "\"%s\": "), show_string(error, "cell"));
	text_puts(out, show_string(error, "message"));
	if (show_whole(error, "count") > 1)
		show_again(out, error);
	text_putc(out, '\n');
}

void
rows_show(struct text *out, const json_t *said)
{
	const json_t *error;
	size_t i;

	json_array_foreach(json_object_get(said, "errors"), i, error)
		show_error(out, error);
	if (show_whole(said, "more") > 0)
		show_line(out, "还有 %lld 处错误没有列出。", "%lld more errors are not listed.",
			show_whole(said, "more"));
	show_line(out, "什么都没有保存；改好后重新导入。",
		"Nothing was stored; mend the file and import it again.");
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

	if (*name == '\0') {
		add(errors, 0, 1, name, NULL, NULL,
			LANG_PICK("有一列没有列名，却有内容；写上列名，或清空那一列",
			"a column without a name holds something; name it, or empty it"));
		return;
	}
	if (near != NULL)
		err_set(&wrong, ERR_INPUT, "不认识“%s”这一列；是不是“%s”？",
			"unknown column \"%s\"; did you mean \"%s\"?", name, near);
	else
		err_set(&wrong, ERR_INPUT,
			"不认识“%s”这一列；改成变量名（见 manyi form show），或删去这一列",
			"unknown column \"%s\"; write the variable's name (see manyi form show),"
			" or remove the column", name);
	add(errors, 0, 1, name, NULL, NULL, wrong.text);
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
			add(errors, 0, 1, known[i], NULL, NULL,
				LANG_PICK("缺少这一列", "this column is missing"));
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
	/* Nobody means 0x1f by a number. */
	if (end == cell || *end != '\0' || !isfinite(x) || cell[strcspn(cell, "xX")] != '\0')
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
