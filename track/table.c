/* The 52 task rows from the table's text, every field and rule checked. */
#include "track/track.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"

enum column {
	COLUMN_ID, COLUMN_CHAPTER, COLUMN_CHAPTER_TITLE, COLUMN_TITLE, COLUMN_CONTENT,
	COLUMN_LEAD, COLUMN_COOPERATE, COLUMN_SUB_TARGETS, COLUMN_KIND, COLUMN_SOURCE,
	COLUMN_DEADLINE, COLUMN_SEED_LINES, COLUMN_NOTES, COLUMN_MAX
};

static const char *const header[COLUMN_MAX] = {
	[COLUMN_ID] = "id",
	[COLUMN_CHAPTER] = "chapter_no",
	[COLUMN_CHAPTER_TITLE] = "chapter_title",
	[COLUMN_TITLE] = "title",
	[COLUMN_CONTENT] = "content",
	[COLUMN_LEAD] = "lead_departments",
	[COLUMN_COOPERATE] = "cooperating_departments",
	[COLUMN_SUB_TARGETS] = "sub_targets",
	[COLUMN_KIND] = "kind",
	[COLUMN_SOURCE] = "data_source",
	[COLUMN_DEADLINE] = "deadline",
	[COLUMN_SEED_LINES] = "seed_lines",
	[COLUMN_NOTES] = "notes",
};

/* What is being read, and where. */
struct reader {
	const char *name;	/* of the file, for messages */
	size_t line;
	char *at;		/* the text still to be read */
	char *cell[COLUMN_MAX];
	struct pool *pool;
	struct err *err;
};

static int
table_fault(const struct reader *r, const char *column, const char *zh, const char *en)
{
	return err_set(r->err, ERR_INPUT, "%s 第 %zu 行“%s”列：%s", "%s:%zu: column “%s”: %s",
	    r->name, r->line, column, LANG_PICK(zh, en));
}

/* Split the next line at its tabs; 0, or 1 at the end, or -1. */
static int
reader_line(struct reader *r)
{
	size_t columns = 0;
	char *end, *p = r->at;

	if (*p == '\0')
		return 1;
	r->line++;
	end = strchr(p, '\n');
	r->at = end == NULL ? p + strlen(p) : end + 1;
	if (end != NULL)
		*end = '\0';
	for (; p != NULL && columns < COLUMN_MAX; columns++) {
		r->cell[columns] = p;
		p = strchr(p, '\t');
		if (p != NULL)
			*p++ = '\0';
	}
	if (p != NULL || columns != COLUMN_MAX)
		return err_set(r->err, ERR_INPUT, "%s 第 %zu 行：应有 %d 列，用制表符分开",
		    "%s:%zu: %d columns separated by tabs are expected", r->name, r->line, COLUMN_MAX);
	return 0;
}

static int
reader_header(struct reader *r)
{
	size_t c;

	if (reader_line(r) != 0)
		return err_set(r->err, ERR_INPUT, "%s：没有表头", "%s: there is no header", r->name);
	for (c = 0; c < COLUMN_MAX; c++)
		if (strcmp(r->cell[c], header[c]) != 0)
			return table_fault(r, header[c], "表头不符", "the header differs");
	return 0;
}

/* "11.2" is 1102, "12" is 1200; -1 for anything else. */
static int
id_order(const char *id)
{
	char *end;
	long whole, part = 0;

	if (id[0] < '1' || id[0] > '9')
		return -1;
	whole = strtol(id, &end, 10);
	if (*end == '.' && end[1] >= '1' && end[1] <= '9')
		part = strtol(end + 1, &end, 10);
	return *end != '\0' || whole > 99 || part > 99 ? -1 : (int)(whole * 100 + part);
}

/* ';'-separated, none empty. */
static bool
list_ok(const char *list)
{
	return list[0] != ';' && strstr(list, ";;") == NULL &&
	    (list[0] == '\0' || list[strlen(list) - 1] != ';');
}

static bool
kinds_ok(const char *kinds)
{
	static const char *const kind[] = { "document", "event", "measure", "survey", "ranking" };
	size_t i, n;

	while (*kinds != '\0') {
		n = strcspn(kinds, ";");
		for (i = 0; i < 5; i++)
			if (strlen(kind[i]) == n && memcmp(kinds, kind[i], n) == 0)
				break;
		if (i == 5)
			return false;
		kinds += n + (kinds[n] == ';');
	}
	return true;
}

/* "2017-04": a month. */
static bool
month_ok(const char *month)
{
	char day[16];
	int y, m, d;

	if (strlen(month) != 7)
		return false;
	memcpy(day, month, 7);
	memcpy(day + 7, "-01", 4);
	return date_parse_day(day, &y, &m, &d) == 0;
}

static int
check_cells(const struct reader *r, const struct indicator_row *row, const struct indicator_row *last)
{
	const struct rule *rule;
	size_t rules;

	if (id_order(row->id) < 0 || (last != NULL && id_order(row->id) <= id_order(last->id)))
		return table_fault(r, "id", "编号应从 1 起递增，如 11.1、11.2",
		    "ids must rise from 1, as in 11.1, 11.2");
	if (row->chapter < 1 || row->chapter > (last == NULL ? 1 : last->chapter + 1) ||
	    (last != NULL && row->chapter < last->chapter))
		return table_fault(r, "chapter_no", "章号应逐章递增", "chapters must follow each other");
	if (row->title[0] == '\0' || row->content[0] == '\0' || row->chapter_title[0] == '\0')
		return table_fault(r, "title", "标题和内容不能空", "title and content must not be empty");
	if (row->lead[0] == '\0' || !list_ok(row->lead) || !list_ok(row->cooperate))
		return table_fault(r, "lead_departments", "牵头部门不能空，部门之间用“;”分开",
		    "a lead department is needed; departments are separated by “;”");
	if (row->kind[0] == '\0' || !kinds_ok(row->kind))
		return table_fault(r, "kind", "应为 document、event、measure、survey、ranking",
		    "use document, event, measure, survey, ranking");
	if (!month_ok(row->deadline))
		return table_fault(r, "deadline", "应写成 2017-04", "write it as 2017-04");
	if (rule_parse(&rule, &rules, row->sub_targets, r->pool, r->err) == -1)
		return -1;
	return 0;
}

static int
chapter_of(const char *cell)
{
	size_t n = strlen(cell);

	return n >= 1 && n <= 2 && strspn(cell, "0123456789") == n ? atoi(cell) : 0;
}

static void
row_fill(struct indicator_row *row, const struct reader *r, int number)
{
	*row = (struct indicator_row){
		.row = number,
		.id = r->cell[COLUMN_ID],
		.chapter = chapter_of(r->cell[COLUMN_CHAPTER]),
		.chapter_title = r->cell[COLUMN_CHAPTER_TITLE],
		.title = r->cell[COLUMN_TITLE],
		.content = r->cell[COLUMN_CONTENT],
		.lead = r->cell[COLUMN_LEAD],
		.cooperate = r->cell[COLUMN_COOPERATE],
		.sub_targets = r->cell[COLUMN_SUB_TARGETS],
		.kind = r->cell[COLUMN_KIND],
		.data_source = r->cell[COLUMN_SOURCE],
		.deadline = r->cell[COLUMN_DEADLINE],
		.notes = r->cell[COLUMN_NOTES],
	};
}

int
track_parse_table(const struct indicator_row **row, size_t *rows, const char *tsv, size_t n,
    const char *name, struct pool *pool, struct err *err)
{
	struct indicator_row *all = pool_array(pool, TRACK_ROWS, sizeof(*all));
	struct reader r = { .name = name, .pool = pool, .err = err };
	size_t count = 0;
	int state;

	if (utf8_valid(tsv, n) != n || memchr(tsv, '\0', n) != NULL)
		return err_set(err, ERR_INPUT, "%s：不是 UTF-8 文本", "%s: not UTF-8 text", name);
	r.at = pool_strndup(pool, tsv, n);
	if (reader_header(&r) == -1)
		return -1;
	while ((state = reader_line(&r)) == 0) {
		if (count == TRACK_ROWS)
			break;
		row_fill(&all[count], &r, (int)count + 1);
		if (check_cells(&r, &all[count], count == 0 ? NULL : &all[count - 1]) == -1)
			return -1;
		count++;
	}
	if (state == -1)
		return -1;
	if (state == 0 || count != TRACK_ROWS)
		return err_set(err, ERR_INPUT, "%s：任务表应正好 %d 行，这里%s %zu 行",
		    "%s: the table has %d rows, here there are%s %zu", name, TRACK_ROWS,
		    state == 0 ? LANG_PICK("多于", " more than") : LANG_PICK("是", ""), count);
	*row = all;
	*rows = count;
	return 0;
}
