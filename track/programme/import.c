/* The table as offices send it, read into a programme's file. */
#include "track/programme/import.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "track/programme/in.h"

enum column { CHAPTER, TITLE, CONTENT, LEAD, COOPERATE, COLUMNS };
static const char *const heading[COLUMNS] = {
	[CHAPTER] = "指标项", [TITLE] = "指标内容", [CONTENT] = "目标任务", [LEAD] = "牵头部门",
	[COOPERATE] = "配合部门",
};

enum { NAMES_MAX = 256 };

/* What is being made. */
struct import {
	const struct csv *csv;
	const struct programme_import *of;
	struct pool *pool;
	struct err *err;
	json_t *notes;
	json_t *chapters, *rows;
	int column[COLUMNS];
	const char *name[NAMES_MAX];		/* departments as they stand in
						 * the cells, each once */
	size_t names;
	const char *everyone;
	const char *chapter, *title, *number;	/* of the line above */
	int part;				/* tasks of that title so far */
};

/* ---- cells ---- */

static size_t
blank(const char *s)
{
	static const char *const wide[] = { "\xe3\x80\x80", "\xc2\xa0" };

	if (*s != '\0' && strchr(" \t\r\n", *s) != NULL)
		return 1;
	for (size_t i = 0; i < 2; i++)
		if (strncmp(s, wide[i], strlen(wide[i])) == 0)
			return strlen(wide[i]);
	return 0;
}

/* On one line, without blanks at the ends; lines within are joined. */
static const char *
cell(struct import *in, size_t row, enum column c)
{
	const char *s = in->csv->cell[row * in->csv->columns + (size_t)in->column[c]];
	char *out = pool_take(in->pool, strlen(s) + 1), *end = out, *last = out;
	size_t n;

	while ((n = blank(s)) > 0)
		s += n;
	while (*s != '\0') {
		n = blank(s);
		if (*s == '\r' || *s == '\n') {
			s++;
			continue;
		}
		if (n == 0) {
			*end++ = *s++;
			last = end;
			continue;
		}
		memcpy(end, s, n);
		end += n;
		s += n;
	}
	*last = '\0';
	return out;
}

/* Bytes of a number before a text, "11.2", "15", "一、"; with the sign behind it. */
static size_t
number_length(const char *s, bool chapter)
{
	static const char *const digit[] = { "一", "二", "三", "四", "五", "六", "七", "八",
		"九", "十", "百" };
	static const char *const sign[] = { "、", "．", "，", ".", " ", "　" };
	size_t n = strspn(s, chapter ? "0123456789" : "0123456789.");

	for (size_t i = 0; chapter && i < sizeof(digit) / sizeof(digit[0]); i++)
		if (strncmp(s + n, digit[i], strlen(digit[i])) == 0) {
			n += strlen(digit[i]);
			i = (size_t)-1;
		}
	if (n == 0)
		return 0;
	for (size_t i = 0; i < sizeof(sign) / sizeof(sign[0]); i++)
		if (strncmp(s + n, sign[i], strlen(sign[i])) == 0) {
			n += strlen(sign[i]);
			i = (size_t)-1;
		}
	return n;
}

/* ---- departments ---- */

static void
note(struct import *in, const char *said)
{
	json_array_append_new(in->notes, json_string(said));
}

/* Without the blanks that only fill a short name out, and without （牵头） behind it. */
static const char *
plain_name(const char *s, size_t n, struct pool *pool)
{
	static const char *const lead[] = { "（牵头）", "(牵头)", "（配合）", "(配合)" };
	char *out = pool_take(pool, n + 1), *end = out;
	size_t skip;

	for (size_t i = 0; i < n; i += skip > 0 ? skip : 1) {
		skip = blank(s + i);
		if (skip == 0)
			*end++ = s[i];
	}
	*end = '\0';
	for (size_t i = 0; i < sizeof(lead) / sizeof(lead[0]); i++) {
		size_t k = strlen(lead[i]), have = strlen(out);

		if (have > k && strcmp(out + have - k, lead[i]) == 0)
			out[have - k] = '\0';
	}
	return out;
}

/* Bytes of what parts names at s, 0: nothing does. */
static size_t
separator(const char *s)
{
	static const char *const between[] = { "、", "，", "；", ",", ";", "/", "\n", "\r" };

	for (size_t i = 0; i < sizeof(between) / sizeof(between[0]); i++)
		if (strncmp(s, between[i], strlen(between[i])) == 0)
			return strlen(between[i]);
	return 0;
}

/* Does the run of characters that begins at s, or that ends before it, have one character only? */
static bool
single(const char *from, const char *upto)
{
	const char *p = from;
	size_t n = 0;

	for (; upto != NULL ? p < upto : *p != '\0' && blank(p) == 0 && separator(p) == 0; p++)
		n += ((unsigned char)*p & 0xc0) != 0x80;
	return n == 1;
}

/* Blanks at s: do they part two names?  Between single characters they only fill a name out. */
static bool
parts(const char *piece, const char *s)
{
	const char *next = s;

	while (blank(next) > 0)
		next += blank(next);
	return !single(piece, s) && !single(next, NULL);
}

/* The next name of a cell into *name; what is left of the cell, or NULL. */
static const char *
next_name(const char **name, const char *s, struct pool *pool)
{
	const char *end, *piece;

	while (separator(s) + blank(s) > 0)
		s += separator(s) > 0 ? separator(s) : blank(s);
	if (*s == '\0')
		return NULL;
	for (end = piece = s; *end != '\0' && separator(end) == 0;) {
		if (blank(end) == 0) {
			end++;
			continue;
		}
		if (parts(piece, end))
			break;
		while (blank(end) > 0)
			end += blank(end);
		piece = end;
	}
	*name = plain_name(s, (size_t)(end - s), pool);
	return end;
}

static const char *
raw(const struct import *in, size_t row, enum column c)
{
	return in->csv->cell[row * in->csv->columns + (size_t)in->column[c]];
}

static bool
known(const struct import *in, const char *name)
{
	for (size_t i = 0; i < in->names; i++)
		if (strcmp(in->name[i], name) == 0)
			return true;
	return false;
}

static bool
ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), k = strlen(end);

	return n >= k && strcmp(s + n - k, end) == 0;
}

/* All departments of the table together: 各成员单位, 各有关部门, 全市各单位; not 各区县政府. */
static bool
is_everyone(const char *name)
{
	return (strncmp(name, "各", strlen("各")) == 0 ||
		strncmp(name, "全市各", strlen("全市各")) == 0) &&
		(ends_with(name, "单位") || ends_with(name, "部门"));
}

static int
collect_names(struct import *in, size_t row, enum column c)
{
	const char *s = raw(in, row, c), *name;

	while ((s = next_name(&name, s, in->pool)) != NULL) {
		if (known(in, name))
			continue;
		if (in->names == NAMES_MAX)
			return err_set(in->err, ERR_INPUT, "部门超过 %d 个",
				"there are more than %d departments", NAMES_MAX);
		in->name[in->names++] = name;
		if (in->everyone[0] == '\0' && is_everyone(name))
			in->everyone = name;
	}
	return 0;
}

/* A name that is others of the table one after another: its first part's length, longest
 * first; 0: it is its own. */
static size_t
first_part(const struct import *in, const char *name)
{
	size_t best = 0;

	for (size_t i = 0; i < in->names; i++) {
		size_t n = strlen(in->name[i]);

		if (n < strlen(name) && strncmp(in->name[i], name, n) == 0 && n > best &&
				(known(in, name + n) || first_part(in, name + n) > 0))
			best = n;
	}
	return best;
}

static void
add_name(struct import *in, json_t *list, const char *name)
{
	size_t n = first_part(in, name);

	if (n == 0) {
		json_array_append_new(list, json_string(name));
		return;
	}
	add_name(in, list, pool_strndup(in->pool, name, n));
	add_name(in, list, name + n);
}

static json_t *
names_of(struct import *in, size_t row, enum column c)
{
	json_t *list = json_array();
	const char *s = raw(in, row, c), *name;

	while ((s = next_name(&name, s, in->pool)) != NULL)
		add_name(in, list, name);
	return list;
}

/* Names that are not others run together, in order of first mention. */
static json_t *
departments(struct import *in)
{
	json_t *list = json_array();

	if (in->everyone[0] != '\0')
		note(in, pool_fmt(in->pool, LANG_PICK("“%s”指表中所有部门",
			"“%s” means every department of the table"), in->everyone));
	for (size_t i = 0; i < in->names; i++) {
		if (first_part(in, in->name[i]) > 0)
			json_array_append_new(in->notes,
				json_string(pool_fmt(in->pool, LANG_PICK("“%s”按连写的几个部门拆开",
				"“%s” is taken apart as several departments run together"),
				in->name[i])));
		else if (strcmp(in->name[i], in->everyone) != 0)
			json_array_append_new(list, json_pack("{s:s}", "name", in->name[i]));
	}
	return list;
}

/* ---- rows ---- */

static int
fault(struct import *in, size_t row, const char *zh, const char *en)
{
	return err_set(in->err, ERR_INPUT, "%s 第 %zu 行：%s", "%s:%zu: %s", in->of->file,
		in->csv->line[row], LANG_PICK(zh, en));
}

static void
begin_chapter(struct import *in, const char *chapter)
{
	const char *title = chapter + number_length(chapter, true);

	if (strcmp(title, in->chapter) == 0)
		return;
	in->chapter = title;
	json_array_append_new(in->chapters, json_pack("{s:i, s:s}", "number",
		(int)json_array_size(in->chapters) + 1, "title", title));
}

static void
begin_title(struct import *in, const char *title)
{
	size_t n = number_length(title, false), digits = strspn(title, "0123456789");

	in->title = title + n;
	in->number = n > 0 && digits > 0 ? pool_strndup(in->pool, title, digits) :
		pool_fmt(in->pool, "%zu", json_array_size(in->rows) + 1);
	in->part = 0;
}

/* Does a line below carry on this title? */
static bool
carries_on(struct import *in, size_t row)
{
	return row + 1 < in->csv->rows && cell(in, row + 1, TITLE)[0] == '\0' &&
		cell(in, row + 1, CONTENT)[0] != '\0';
}

/* "11.2…" under the title 11 is the task's number, no part of its wording. */
static const char *
task(struct import *in, const char *content)
{
	const char *mark = pool_fmt(in->pool, "%s.%d", in->number, in->part);

	return strncmp(content, mark, strlen(mark)) == 0 ? content + strlen(mark) : content;
}

/* The first line that says the same. */
static size_t
twin(struct import *in, size_t row)
{
	const char *const *all = in->csv->cell;
	size_t k = in->csv->columns;

	for (size_t i = 0; i < row; i++) {
		bool same = true;

		for (size_t c = 0; same && c < k; c++)
			same = strcmp(all[i * k + c], all[row * k + c]) == 0;
		if (same)
			return i;
	}
	return row;
}

/* A total or a remark below the table: its first filled cell says so, and the others are empty. */
static bool
is_remark(struct import *in, size_t row)
{
	static const char *const begins[] = { "总计", "合计", "小计", "共计", "注：", "注:", "备注",
		"说明", "填表" };
	const char *chapter = cell(in, row, CHAPTER);

	if (cell(in, row, TITLE)[0] != '\0' || cell(in, row, CONTENT)[0] != '\0')
		return false;
	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
		if (strncmp(chapter, begins[i], strlen(begins[i])) == 0)
			return true;
	return false;
}

static int
add_row(struct import *in, size_t row)
{
	const char *content = cell(in, row, CONTENT), *title = cell(in, row, TITLE), *id;
	bool several;

	if (title[0] != '\0')
		begin_title(in, title);
	if (in->title[0] == '\0')
		return fault(in, row, "“指标内容”是空的，上面也没有",
			"指标内容 is empty, and so it is above");
	if (in->chapter[0] == '\0')
		return fault(in, row, "“指标项”是空的，上面也没有",
			"指标项 is empty, and so it is above");
	if (content[0] == '\0')
		return fault(in, row, "“目标任务”是空的", "目标任务 is empty");
	if (cell(in, row, LEAD)[0] == '\0')
		return fault(in, row, "“牵头部门”是空的：合并的单元格请逐行填上",
			"牵头部门 is empty: fill merged cells line by line");
	if (twin(in, row) < row)
		return fault(in, row, "与上面的一行完全相同", "the same as a line above");
	in->part++;
	several = in->part > 1 || carries_on(in, row);
	id = several ? pool_fmt(in->pool, "%s.%d", in->number, in->part) : in->number;
	json_array_append_new(in->rows,
		json_pack("{s:s, s:i, s:s, s:s, s:o, s:o, s:[s], s:s, s:n, s:[], s:[]}", "id", id,
		"chapter", (int)json_array_size(in->chapters), "title", in->title, "content",
		several ? task(in, content) : content, "lead", names_of(in, row, LEAD), "cooperate",
		names_of(in, row, COOPERATE), "kind", "document", "deadline", "",
		"points", "evidence", "clauses"));
	return 0;
}

static int
read_rows(struct import *in)
{
	for (size_t i = 0; i < in->csv->rows; i++)
		if (collect_names(in, i, LEAD) != 0 || collect_names(in, i, COOPERATE) != 0)
			return -1;
	for (size_t i = 0; i < in->csv->rows; i++) {
		const char *chapter = cell(in, i, CHAPTER);

		if (is_remark(in, i)) {
			note(in, pool_fmt(in->pool, LANG_PICK("第 %zu 行“%s”不是任务，略过",
				"line %zu “%s” is no task and is passed over"),
				in->csv->line[i], chapter));
			continue;
		}
		if (chapter[0] != '\0')
			begin_chapter(in, chapter);
		if (cell(in, i, TITLE)[0] == '\0' && cell(in, i, CONTENT)[0] == '\0')
			continue;
		if (add_row(in, i) != 0)
			return -1;
	}
	if (json_array_size(in->rows) == 0)
		return err_set(in->err, ERR_INPUT, "%s：表里没有一项任务",
			"%s: there is no row in the table", in->of->file);
	if (json_array_size(in->rows) > PROGRAMME_ROWS_MAX)
		return err_set(in->err, ERR_INPUT, "%s：有 %zu 项任务，最多 %d 项",
			"%s: there are %zu rows, at most %d are possible", in->of->file,
			json_array_size(in->rows), PROGRAMME_ROWS_MAX);
	return 0;
}

/* The headings there are, for whoever has others. */
static const char *
headings(const struct import *in)
{
	const char *all = "";

	for (size_t c = 0; c < in->csv->columns; c++)
		all = pool_fmt(in->pool, "%s%s%s", all, c > 0 ? "、" : "", in->csv->header[c]);
	return all;
}

/* Columns that tables often have besides are passed over; of others nobody knows what they mean. */
static int
check_others(struct import *in)
{
	static const char *const besides[] = { "序号", "备注" };

	for (size_t c = 0; c < in->csv->columns; c++) {
		const char *name = in->csv->header[c];
		bool mine = strcmp(name, besides[0]) == 0 || strcmp(name, besides[1]) == 0;

		if (mine)
			note(in, pool_fmt(in->pool, LANG_PICK("“%s”列不读入",
				"the column “%s” is passed over"), name));
		for (int k = 0; !mine && k < COLUMNS; k++)
			mine = in->column[k] == (int)c;
		if (!mine)
			return err_set(in->err, ERR_INPUT,
				"%s：表头应正好是 指标项、指标内容、目标任务、牵头部门、配合部门"
				" 五列（另可有 序号、备注），不认识“%s”列",
				"%s: the headings are 指标项, 指标内容, 目标任务, 牵头部门,"
				" 配合部门 (序号 and 备注 may stand beside them), not “%s”",
				in->of->file, name);
	}
	return 0;
}

static int
find_columns(struct import *in)
{
	const char *missing = "";

	for (int c = 0; c < COLUMNS; c++) {
		in->column[c] = csv_column(in->csv, heading[c]);
		if (in->column[c] < 0)
			missing = pool_fmt(in->pool, "%s“%s”", missing, heading[c]);
	}
	if (missing[0] != '\0')
		return err_set(in->err, ERR_INPUT,
			"%s：缺%s列：表头应是 指标项、指标内容、目标任务、"
			"牵头部门、配合部门，这里是 %s",
			"%s: missing: %s; the headings are 指标项, 指标内容, 目标任务,"
			" 牵头部门, 配合部门, and here %s", in->of->file, missing, headings(in));
	return check_others(in);
}

json_t *
programme_import(const struct csv *csv, const struct programme_import *of, json_t *notes,
	struct pool *pool, struct err *err)
{
	struct import in = { .csv = csv, .of = of, .pool = pool, .err = err, .notes = notes,
		.everyone = "", .chapter = "", .title = "" };
	json_t *o = NULL;

	in.chapters = json_array();
	in.rows = json_array();
	if (find_columns(&in) != 0 || read_rows(&in) != 0)
		goto out;
	o = json_pack("{s:{s:s, s:s, s:s, s:[s]}, s:s, s:O, s:o, s:[], s:O}", "programme", "id",
		of->id, "edition", of->edition, "title", of->title, "languages", "zh", "everyone",
		in.everyone, "chapters", in.chapters, "departments",
		departments(&in), "words", "rows", in.rows);
out:
	json_decref(in.chapters);
	json_decref(in.rows);
	return o;
}
