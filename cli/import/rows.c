/* Rows of a file into rows to store: what can be read is read and noted, what cannot is named. */
#include "cli/import/import.h"

#include <math.h>
#include <string.h>

#include "base/code.h"
#include "base/date.h"
#include "base/sha256.h"

static const char *const field_names[FIELDS] = {
	[FIELD_SITE] = "site", [FIELD_MINUTE] = "minute", [FIELD_SECONDS] = "seconds",
	[FIELD_STRATUM] = "stratum", [FIELD_CLUSTER] = "cluster", [FIELD_WEIGHT] = "weight",
	[FIELD_KEY] = "key", [FIELD_MODE] = "mode", [FIELD_STREAM] = "stream",
	/* Exports have it; here it is the form's own rule that decides. */
	[FIELD_FLAGGED] = "flagged",
	[FIELD_SCREENS] = "screens", [FIELD_DONT_KNOW] = "dont_know", [FIELD_RESENDS] = "resends",
	[FIELD_CLIENT] = "client", [FIELD_RUSH] = "rush",
	/* As exports write them: the first and last are of the database the rows come from. */
	[FIELD_BATCH] = "batch", [FIELD_AGENCY_KEY] = "agency_key", [FIELD_COUNTED] = "counted",
};

static const char *
cell_at(const struct import *in, size_t i, size_t column)
{
	return in->csv.cell[i * in->csv.columns + column];
}

static const char *
field_cell(const struct import *in, size_t i, enum field f)
{
	return in->field[f] < 0 ? "" : cell_at(in, i, (size_t)in->field[f]);
}

/* Exports put an apostrophe before text that a spreadsheet would run: take it off again. */
static const char *
unguard(const char *cell)
{
	return cell[0] == '\'' && cell[1] != '\0' && strchr("=+-@\t\r", cell[1]) != NULL ?
		cell + 1 : cell;
}

/* ---- what was read otherwise than it stood ---- */

static void
note_habit(struct import *in, size_t i, size_t column, enum habit habit, const char *from,
	const char *to)
{
	uint64_t bit = UINT64_C(1) << (column & 63),
		*seen = &in->habit[habit].seen[column / 64 & 3];

	if (in->habit[habit].n++ == 0) {
		in->habit[habit].row = i;
		in->habit[habit].column = in->csv.header[column];
		in->habit[habit].from = from;
		in->habit[habit].to = to;
	}
	in->habit[habit].columns += (*seen & bit) == 0;
	*seen |= bit;
}

static void
note_all(struct import *in)
{
	static const struct words said[HABIT_MAX] = {
		[HABIT_SPACE] = { { "前后有空格，已去掉",
			"had spaces around, which were taken off" } },
		[HABIT_WIDTH] = { { "用了全角字符，已按半角读",
			"had full-width characters, read as half-width ones" } },
		[HABIT_FLOAT] = { { "带小数点，已按整数读",
			"had a decimal point, read as whole numbers" } },
		[HABIT_SEPARATOR] = { { "多个代码没有用空格隔开，已按多个代码读",
			"held several codes not parted by spaces, read as several codes" } },
		[HABIT_DATE] = { { "时间写法不同，已照读",
			"wrote a time in another way, which was understood" } },
	};

	for (size_t i = 0; i < in->csv.notes; i++)
		json_array_append_new(in->notes, json_string(in->csv.note[i]));
	for (int h = 1; h < HABIT_MAX; h++)
		if (in->habit[h].n > 0)
			json_array_append_new(in->notes, json_string(pool_fmt(&in->cli->pool,
				LANG_PICK("%zu 栏共 %zu 格%s：如文件第 %zu 行 %s 列的“%s”读作“%s”",
				"in %zu columns %zu cells %s: line %zu,"
				" column %s: \"%s\" is \"%s\""), in->habit[h].columns,
				in->habit[h].n,
				said[h].in[lang_get()], in->csv.line[in->habit[h].row],
				in->habit[h].column, in->habit[h].from, in->habit[h].to)));
}

/* Every cell as it was meant; text that people wrote only loses the apostrophe. */
static void
mend_cell(struct import *in, size_t i, size_t c, const struct item *item)
{
	const char **cell = &in->csv.cell[i * in->csv.columns + c], *now;
	enum habit habit = HABIT_NONE;

	now = unguard(*cell);
	now = item != NULL ? cell_codes(item, now, &habit, &in->cli->pool) :
		cell_plain(now, &habit, &in->cli->pool);
	if (habit != HABIT_NONE)
		note_habit(in, i, c, habit, *cell, now);
	*cell = now;
}

static void
mend_cells(struct import *in)
{
	for (size_t c = 0; c < in->csv.columns; c++) {
		int at = form_item(in->form, in->csv.header[c]);

		for (size_t i = 0; i < in->csv.rows; i++)
			mend_cell(in, i, c, at >= 0 ? &in->form->item[at] : NULL);
	}
}

/* ---- errors ---- */

static void
complain(struct import *in, size_t i, enum field f, const char *zh, const char *en)
{
	rows_error_cell(&in->errors, &in->csv, i, field_names[f], NULL, field_cell(in, i, f),
		LANG_PICK(zh, en));
}

static const char *
item_cell(const struct import *in, size_t i, const char *name)
{
	for (size_t k = 0; k < in->items; k++)
		if (strcmp(in->name[k], name) == 0)
			return cell_at(in, i, in->column[k]);
	return "";
}

static void
complain_item(struct import *in, size_t i, const struct issue *issue, struct pool *pool)
{
	const struct item *item = issue->item >= 0 ? &in->form->item[issue->item] : NULL;
	const char *name = item != NULL ? item->name : issue->name, *cell = item_cell(in, i, name);

	rows_error_cell(&in->errors, &in->csv, i, name,
		item != NULL ? texts_for(&item->label, lang_get()) : NULL, cell,
		cell_fault(in->form, issue, cell, pool));
}

/* ---- the header ---- */

/* Every name that may stand in the header: fields, then items. */
static const char *const *
known_columns(const struct form *form, struct pool *pool)
{
	const char **known = pool_array(pool, FIELDS + form->items + 1, sizeof(*known));

	memcpy(known, field_names, sizeof(field_names));
	for (size_t i = 0; i < form->items; i++)
		known[FIELDS + i] = form->item[i].name;
	return known;
}

/* Headings in words, as survey platforms write them: one sentence, not one for every column. */
static bool
refuse_words(struct import *in)
{
	const char *first = NULL;
	size_t known = 0;

	for (size_t c = 0; c < in->csv.columns; c++) {
		bool item = form_item(in->form, in->csv.header[c]) >= 0;

		known += item;
		if (!item && first == NULL && strlen(in->csv.header[c]) > FORM_NAME_MAX)
			first = in->csv.header[c];
	}
	if (known > 0 || first == NULL)
		return false;
	rows_error_header(&in->errors, first, pool_fmt(&in->cli->pool, LANG_PICK(
		"列名是题目的文字，不是变量名，单元格里多半也是选项的文字：本程序还不能对照。"
		"请在导出时选“选项序号”，把第一行改成变量名（manyi form show %s"
		" 列出每题的变量名和代码），并删去问卷没有的列",
		"the headings are the words of the questions, not names of variables, and the cells"
		" perhaps the words of choices, which this program cannot match yet.  Export codes"
		" instead, write the variables' names into the first line (manyi form show %s lists"
		" names and codes), and remove columns the form does not have"), in->form->id));
	return true;
}

static bool
read_header(struct import *in)
{
	struct pool *pool = &in->cli->pool;

	if (refuse_words(in))
		return false;
	if (!rows_columns(&in->errors, &in->csv, known_columns(in->form, pool), 0))
		return false;
	in->name = pool_array(pool, in->csv.columns + 1, sizeof(*in->name));
	in->column = pool_array(pool, in->csv.columns + 1, sizeof(*in->column));
	for (int f = 0; f < FIELDS; f++)
		in->field[f] = csv_column(&in->csv, field_names[f]);
	for (size_t c = 0; c < in->csv.columns; c++) {
		if (form_item(in->form, in->csv.header[c]) < 0)
			continue;
		in->name[in->items] = in->csv.header[c];
		in->column[in->items++] = c;
	}
	return true;
}

/* ---- one row ---- */

static const struct site *
site_of(struct import *in, size_t i)
{
	const char *cell = field_cell(in, i, FIELD_SITE);
	char code[SITE_CODE_N + 1];

	if (*cell == '\0')
		return NULL;
	for (size_t s = 0; code_normal(code, SITE_CODE_N, cell) == 0 && s < in->sites; s++)
		if (strcmp(in->site[s].code, code) == 0)
			return &in->site[s];
	complain(in, i, FIELD_SITE, "没有这个点位编号；用 manyi site list 查编号，没有点位就空着",
		"there is no site of this code; see manyi site list, or leave it empty");
	return NULL;
}

/* Minutes before this are no minutes but something else, above all a
 * spreadsheet's number of a day. */
enum { MINUTE_1990 = 10519200 };

static void
note_minute(struct import *in, size_t i, enum habit habit, const char *cell, int64_t minute)
{
	char read[17];

	date_minute(read, minute);
	note_habit(in, i, (size_t)in->field[FIELD_MINUTE], habit, cell,
		pool_strdup(&in->cli->pool, read));
}

static void
read_times(struct import *in, struct row_envelope *e, size_t i)
{
	const char *cell = field_cell(in, i, FIELD_MINUTE);
	enum habit habit = HABIT_NONE;
	long long seconds = -1;

	in->more[i].timeless = *cell == '\0';
	e->minute = in->now;
	if (*cell != '\0' && cell_minute(cell, &e->minute, &habit) != 0)
		complain(in, i, FIELD_MINUTE, "不是能认的时间；写成 2024-05-12 09:30",
			"no time that can be understood; write 2024-05-12 09:30");
	else if (*cell != '\0' && e->minute < MINUTE_1990)
		complain(in, i, FIELD_MINUTE,
			"不是时间：也许是表格软件的日期序号，请把这一列的格式改为日期，写成"
			" 2024-05-12 09:30",
			"no time; perhaps a spreadsheet's number of a day: format the"
			" column as a date, 2024-05-12 09:30");
	else if (e->minute > in->now)
		complain(in, i, FIELD_MINUTE, "是将来的时间；答卷不会来自将来，请核对年份",
			"lies in the future; no answer does: check the year");
	if (habit != HABIT_NONE)
		note_minute(in, i, habit, cell, e->minute);
	cell = field_cell(in, i, FIELD_SECONDS);
	if (*cell != '\0' && rows_whole(&seconds, cell, -1, 1000000) != 0)
		complain(in, i, FIELD_SECONDS, "用时应是秒数，整数，不带单位；不知道就空着",
			"the time taken is a whole number of seconds without a unit;"
			" leave it empty if it is not known");
	e->seconds = seconds;
}

static int
read_count(struct import *in, size_t i, enum field f, long long none, long long high)
{
	const char *cell = field_cell(in, i, f);
	long long n = none;

	if (*cell != '\0' && rows_whole(&n, cell, 0, high) != 0)
		rows_error_cell(&in->errors, &in->csv, i, field_names[f], NULL, cell,
			pool_fmt(&in->cli->pool, LANG_PICK("应是 0 到 %lld 的整数，或空着",
			"a whole number from 0 to %lld, or empty"), high));
	return (int)n;
}

/* As exports write it; an agency's own answers have none. */
static void
read_paradata(struct import *in, struct paradata *p, size_t i)
{
	*p = (struct paradata){
		.screens = read_count(in, i, FIELD_SCREENS, -1, PARADATA_SCREENS),
		.dont_know = read_count(in, i, FIELD_DONT_KNOW, -1, FORM_ITEMS_MAX),
		.resends = read_count(in, i, FIELD_RESENDS, -1, PARADATA_RESENDS),
		.rush = read_count(in, i, FIELD_RUSH, 0, RUSH_NETWORK | RUSH_SITE),
		.client = field_cell(in, i, FIELD_CLIENT),
	};
	if (!paradata_valid(p))
		complain(in, i, FIELD_CLIENT, "只有 phone tablet desktop wechat other",
			"one of phone, tablet, desktop, wechat, other");
}

/* Weights are kept in millionths, so that sums are exact. */
static void
read_weight(struct import *in, struct row_envelope *e, size_t i)
{
	double w = NAN;

	e->weight = 1000000;
	if (rows_number(&w, field_cell(in, i, FIELD_WEIGHT)) != 0)
		complain(in, i, FIELD_WEIGHT,
			"不是数；权重写成 1234.5 这样的数，不带 %、逗号和单位",
			"not a number; a weight is written as 1234.5, without %, commas or units");
	else if (!isnan(w) && !(w >= 1e-6 && w <= 1e6))
		complain(in, i, FIELD_WEIGHT, "权重应在 0.000001 与 1000000 之间",
			"a weight lies between 0.000001 and 1000000");
	else if (!isnan(w))
		e->weight = llround(w * 1e6);
}

bool
import_is_one_of(const char *s, const char *const list[])
{
	while (*list != NULL && strcmp(*list, s) != 0)
		list++;
	return *list != NULL;
}

const char *const import_modes[] = { "phone", "household", "ticket", "qr", "link", NULL };
const char *const import_streams[] = { "sampled", "open", NULL };

static void
read_ways(struct import *in, struct row_envelope *e, size_t i)
{
	const char *mode = field_cell(in, i, FIELD_MODE), *stream = field_cell(in, i, FIELD_STREAM);

	e->mode = *mode != '\0' ? mode : in->mode;
	e->stream = *stream != '\0' ? stream : in->stream;
	if (!import_is_one_of(e->mode, import_modes))
		complain(in, i, FIELD_MODE,
			"只有 phone（电话）household（入户）ticket（邀请码）qr（扫码）link（链接）",
			"one of phone, household, ticket, qr, link");
	if (!import_is_one_of(e->stream, import_streams))
		complain(in, i, FIELD_STREAM,
			"只有 sampled（抽样调查）和 open（群众扫码）", "sampled or open");
}

/* Eleven digits that begin with 1, or the eighteen of an identity number, alone in the cell. */
static bool
names_somebody(const char *key)
{
	size_t n = strspn(key, "0123456789");

	return (n == 11 && key[0] == '1' && key[1] >= '3' && key[n] == '\0') || (n >= 17 &&
		strlen(key) == 18 && (key[n] == '\0' || key[n] == 'X' || key[n] == 'x'));
}

/* The agency's own; ours is made when the row is stored, so that a replacement never
 * meets what it replaces. */
static void
read_key(struct import *in, struct row_envelope *e, size_t i)
{
	enum field f = in->field[FIELD_AGENCY_KEY] >= 0 ? FIELD_AGENCY_KEY : FIELD_KEY;
	const char *key = field_cell(in, i, f);

	e->key = "";
	e->agency_key = key;
	if (*key == '\0')
		return;
	if (code_key(key) == 0)
		complain(in, i, f, "编号只能用字母、数字和 _ . : -，最长 64 个",
			"letters, digits and _ . : - only, at most 64");
	else if (names_somebody(key))
		complain(in, i, f, "像是手机号或身份证号：答卷不得带能认出人的编号，请换成流水号",
			"looks like a telephone or identity number: an answer may bear nothing that"
			" tells who gave it; use a serial number");
}

/* Its content as the wave's rows are compared: not the weight, not who brought it. */
void
import_content(unsigned char hash[16], const struct response_row *row, bool timeless)
{
	struct sha256 s;
	unsigned char digest[32];
	int64_t number[2] = { row->site, timeless ? -1 : row->minute };

	sha256_init(&s);
	sha256_add(&s, row->answers, strlen(row->answers) + 1);
	sha256_add(&s, row->stratum, strlen(row->stratum) + 1);
	sha256_add(&s, row->cluster, strlen(row->cluster) + 1);
	sha256_add(&s, number, sizeof(number));
	sha256_end(digest, &s);
	memcpy(hash, digest, 16);
}

static bool
read_answers(struct import *in, struct response *r, const struct site *site, size_t i,
	struct pool *pool)
{
	const char **cell = pool_array(pool, in->items + 1, sizeof(*cell));
	struct issue issue[ISSUES_MAX];
	struct answers answers;
	size_t issues;

	for (size_t k = 0; k < in->items; k++)
		cell[k] = cell_at(in, i, in->column[k]);
	answers_from_cells(&answers, in->form, in->name, cell, in->items, pool);
	issues = form_accept(in->form, r, issue, &answers,
		site != NULL && *site->sector != '\0' ? site->sector : NULL, pool);
	for (size_t k = 0; k < issues; k++)
		complain_item(in, i, &issue[k], pool);
	return issues == 0;
}

static void
read_row(struct import *in, size_t i, struct pool *pool)
{
	struct row_envelope e = { .wave = in->wave.id, .wave_name = in->wave_name,
		.stratum = field_cell(in, i, FIELD_STRATUM),
		.cluster = field_cell(in, i, FIELD_CLUSTER) };
	const struct site *site = site_of(in, i);
	struct paradata paradata;
	struct response r;

	e.site = site != NULL ? site->id : 0;
	e.site_code = in->more[i].site_code = site != NULL ? site->code : "";
	read_times(in, &e, i);
	read_paradata(in, &paradata, i);
	e.paradata = &paradata;
	read_weight(in, &e, i);
	read_ways(in, &e, i);
	read_key(in, &e, i);
	in->row[i].stream = e.stream;
	/* Once something is wrong nothing is stored: only look for more errors. */
	if (!read_answers(in, &r, site, i, pool) || in->errors.list != NULL)
		return;
	row_make(&in->row[i], &r, &e, &in->cli->pool);
	import_content(in->more[i].content, &in->row[i], in->more[i].timeless);
}

/* Rows that are none: of totals, or that an export marks as out of every figure. */
static bool
is_no_row(struct import *in, size_t i)
{
	const char *const *row = &in->csv.cell[i * in->csv.columns];
	int c = csv_total(row, in->csv.columns);

	if (c >= 0) {
		rows_error_cell(&in->errors, &in->csv, i, in->csv.header[c], NULL, row[c],
			LANG_PICK("这是合计行，不是答卷；删去",
			"a row of totals, not an answer; remove it"));
		return true;
	}
	in->more[i].skip = strcmp(field_cell(in, i, FIELD_COUNTED), "0") == 0;
	in->uncounted += in->more[i].skip;
	return in->more[i].skip;
}

/* ---- the file as a whole ---- */

/* A weight, stratum or cluster that only some rows have: an empty one would be a weight of 1, a
 * stratum of its own. */
static void
check_blanks(struct import *in, enum field f, const char *stream)
{
	bool some = false;

	for (size_t i = 0; i < in->csv.rows && !some; i++)
		some = strcmp(in->row[i].stream, stream) == 0 && *field_cell(in, i, f) != '\0';
	for (size_t i = 0; some && i < in->csv.rows; i++)
		if (strcmp(in->row[i].stream, stream) == 0 && *field_cell(in, i, f) == '\0')
			complain(in, i, f, "这一格空着，而文件里别的行有：请补上，或把整列清空",
				"empty, while other rows of the file have one: fill it in,"
				" or empty the whole column");
}

static void
check_all_blanks(struct import *in)
{
	static const enum field field[] = { FIELD_WEIGHT, FIELD_STRATUM, FIELD_CLUSTER };

	for (size_t k = 0; k < sizeof(field) / sizeof(field[0]); k++)
		for (size_t s = 0; in->field[field[k]] >= 0 && import_streams[s] != NULL; s++)
			/* Volunteers have no design: their rows may lie in a stratum or not. */
			if (field[k] == FIELD_WEIGHT || strcmp(import_streams[s], "sampled") == 0)
				check_blanks(in, field[k], import_streams[s]);
}

/* What is no fault and should not go unsaid. */
static void
note_left(struct import *in)
{
	bool weight = in->field[FIELD_WEIGHT] < 0;

	if (in->uncounted > 0)
		json_array_append_new(in->notes, json_string(pool_fmt(&in->cli->pool,
			LANG_PICK("%zu 行标着 counted=0（已撤回或没有导入完），没有读入",
			"%zu rows are marked counted=0 (withdrawn or unfinished) and are left out"),
			in->uncounted)));
	for (size_t i = 0; i < in->csv.rows && !weight; i++)
		weight = *field_cell(in, i, FIELD_WEIGHT) != '\0';
	if (!weight)
		json_array_append_new(in->notes, json_string(LANG_PICK("weight 列全空，每人按 1 计",
			"the column weight is empty: each person weighs 1")));
}

void
import_rows(struct import *in)
{
	struct pool pool = POOL_INIT;

	in->row = pool_array(&in->cli->pool, in->csv.rows + 1, sizeof(*in->row));
	in->more = pool_array(&in->cli->pool, in->csv.rows + 1, sizeof(*in->more));
	if (!read_header(in))
		return;
	mend_cells(in);
	for (size_t i = 0; i < in->csv.rows; i++) {
		in->row[i].stream = "";
		if (!is_no_row(in, i))
			read_row(in, i, &pool);
		pool_clear(&pool);
		progress_step(&in->progress, 1);
	}
	check_all_blanks(in);
	note_all(in);
	note_left(in);
}
