/* Tables are measured in columns of the terminal, where a Chinese character takes two. */
#include "cli/show.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "forms/stream.h"

enum { COLUMN_GAP = 2 };

const char *
show_string(const json_t *object, const char *key)
{
	return json_text_at(object, key);
}

double
show_number(const json_t *object, const char *key)
{
	return json_number_at(object, key);
}

long long
show_whole(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

void
show_line(struct text *out, const char *zh, const char *en, ...)
{
	va_list ap;

	va_start(ap, en);
	text_vfmt(out, LANG_PICK(zh, en), ap);
	va_end(ap);
	text_putc(out, '\n');
}

void
show_pad(struct text *out, const char *s, size_t width, bool right)
{
	size_t w = utf8_width(s), space = width > w ? width - w : 0;

	if (!right)
		text_puts(out, s);
	for (size_t i = 0; i < space; i++)
		text_putc(out, ' ');
	if (right)
		text_puts(out, s);
}

void
show_interval(struct text *out, double value, double low, double high, int decimals)
{
	if (!isfinite(value)) {
		text_puts(out, "—");
		return;
	}
	text_fmt(out, "%.*f", decimals, value);
	if (isfinite(low) && isfinite(high))
		text_fmt(out, LANG_PICK("（%.*f–%.*f）", " (%.*f–%.*f)"), decimals, low,
			decimals, high);
}

/* A share is between 0 and 1: percent reads better, and an index keeps its points. */
static void
estimate_text(struct text *out, const json_t *row)
{
	bool share = strcmp(show_string(row, "mapping"), "share") == 0;
	double unit = share ? 100 : 1;

	show_interval(out, unit * show_number(row, "value"), unit * show_number(row, "low"),
		unit * show_number(row, "high"), 1);
	if (share && isfinite(show_number(row, "value")))
		text_puts(out, " %");
}

static void
plain_text(struct text *out, const json_t *v)
{
	const char *gap = "";
	const json_t *part;
	size_t i;

	switch (json_typeof(v)) {
	case JSON_STRING:
		utf8_show(out, json_string_value(v));
		break;
	case JSON_INTEGER:
		text_fmt(out, "%lld", (long long)json_integer_value(v));
		break;
	case JSON_REAL:
		text_fmt(out, "%.10g", json_real_value(v));
		break;
	case JSON_TRUE:
		text_puts(out, LANG_PICK("是", "yes"));
		break;
	case JSON_FALSE:
		text_puts(out, LANG_PICK("否", "no"));
		break;
	case JSON_ARRAY:
		json_array_foreach((json_t *)v, i, part) {
			text_puts(out, gap);
			plain_text(out, part);
			gap = LANG_PICK("、", ", ");
		}
		break;
	case JSON_OBJECT:
		json_put(out, v, 0);
		while (out->n > 0 && out->s[out->n - 1] == '\n')
			out->s[--out->n] = '\0';
		break;
	default:
		break;
	}
}

static void
cell_text(struct text *out, const json_t *row, const struct show_column *c)
{
	const json_t *v = c->key != NULL ? json_object_get(row, c->key) : NULL;
	enum stream stream;
	char minute[17];

	if (c->as == SHOW_ESTIMATE)
		estimate_text(out, row);
	else if (c->as == SHOW_REFUSAL)
		text_puts(out, show_string(json_object_get(row, "error"), "message"));
	else if (v == NULL || json_is_null(v))
		return;
	else if (c->as == SHOW_WORDS)
		text_puts(out, show_string(v, LANG_PICK("zh", "en")));
	else if (c->as == SHOW_STREAM && json_is_string(v) &&
			stream_parse(&stream, json_string_value(v), NULL) == 0)
		text_puts(out, stream_words(stream).in[lang_get()]);
	else if (c->as == SHOW_ONE)
		text_fmt(out, "%.1f", json_number_value(v));
	else if (c->as == SHOW_COUNT && json_is_number(v))
		text_fmt(out, "%.0f", json_number_value(v));
	else if (c->as == SHOW_MINUTE && json_is_integer(v)) {
		date_minute(minute, json_integer_value(v));
		text_puts(out, minute);
	} else
		plain_text(out, v);
}

static bool
on_the_right(const struct show_column *c)
{
	return c->as == SHOW_COUNT || c->as == SHOW_ONE;
}

/* The widest cell of a column, 0 if all are empty. */
static size_t
column_width(const json_t *rows, const struct show_column *c)
{
	struct text cell = TEXT_INIT;
	size_t widest = 0, i;
	const json_t *row;

	json_array_foreach((json_t *)rows, i, row) {
		text_reset(&cell);
		cell_text(&cell, row, c);
		if (utf8_width(text_str(&cell)) > widest)
			widest = utf8_width(text_str(&cell));
	}
	text_clear(&cell);
	if (widest > 0 &&
			utf8_width(LANG_PICK(c->title.in[LANG_ZH], c->title.in[LANG_EN])) > widest)
		widest = utf8_width(LANG_PICK(c->title.in[LANG_ZH], c->title.in[LANG_EN]));
	return widest;
}

/* One line of cells; row NULL: the titles.  No spaces at the end. */
static void
table_line(struct text *out, const json_t *row, const struct show_column column[],
	const size_t width[], size_t columns)
{
	struct text cell = TEXT_INIT;
	bool first = true;

	for (size_t i = 0; i < columns; i++) {
		if (width[i] == 0)
			continue;
		text_reset(&cell);
		if (row == NULL)
			text_puts(&cell, column[i].title.in[lang_get()]);
		else
			cell_text(&cell, row, &column[i]);
		if (!first)
			show_pad(out, "", COLUMN_GAP, false);
		first = false;
		show_pad(out, text_str(&cell), width[i], on_the_right(&column[i]));
	}
	while (out->n > 0 && out->s[out->n - 1] == ' ')
		out->s[--out->n] = '\0';
	text_putc(out, '\n');
	text_clear(&cell);
}

void
show_table(struct text *out, const json_t *rows, const struct show_column column[],
	size_t columns)
{
	size_t width[32], i;
	const json_t *row;

	if (json_array_size(rows) == 0) {
		show_line(out, "（没有）", "(none)");
		return;
	}
	for (i = 0; i < columns; i++)
		width[i] = column_width(rows, &column[i]);
	table_line(out, NULL, column, width, columns);
	json_array_foreach((json_t *)rows, i, row)
		table_line(out, row, column, width, columns);
}

void
show_members(struct text *out, const json_t *object)
{
	size_t widest = 0;
	const char *key;
	json_t *v;

	json_object_foreach((json_t *)object, key, v)
		if (strlen(key) > widest)
			widest = strlen(key);
	json_object_foreach((json_t *)object, key, v) {
		show_pad(out, key, widest + COLUMN_GAP, false);
		plain_text(out, v);
		text_putc(out, '\n');
	}
}
