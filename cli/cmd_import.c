/* manyi import: answers an agency collected, checked like everybody's, stored all or none. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/code.h"
#include "base/csv.h"
#include "base/date.h"
#include "base/file.h"
#include "base/sha256.h"
#include "cli/cli.h"
#include "cli/progress.h"
#include "cli/rows.h"
#include "cli/show.h"
#include "db/db_survey.h"
#include "forms/response.h"
#include "store/row.h"

enum { BATCH = 1000, FIELDS = 15 };

/* Columns beside the form's items. */
enum field { FIELD_SITE, FIELD_MINUTE, FIELD_SECONDS, FIELD_STRATUM, FIELD_CLUSTER, FIELD_WEIGHT,
	FIELD_KEY, FIELD_MODE, FIELD_STREAM, FIELD_FLAGGED, FIELD_SCREENS, FIELD_DONT_KNOW,
	FIELD_RESENDS, FIELD_CLIENT, FIELD_RUSH };
static const char *const field_names[FIELDS] = {
	[FIELD_SITE] = "site", [FIELD_MINUTE] = "minute", [FIELD_SECONDS] = "seconds",
	[FIELD_STRATUM] = "stratum", [FIELD_CLUSTER] = "cluster", [FIELD_WEIGHT] = "weight",
	[FIELD_KEY] = "key", [FIELD_MODE] = "mode", [FIELD_STREAM] = "stream",
	/* Exports have it; here it is the form's own rule that decides. */
	[FIELD_FLAGGED] = "flagged",
	[FIELD_SCREENS] = "screens", [FIELD_DONT_KNOW] = "dont_know", [FIELD_RESENDS] = "resends",
	[FIELD_CLIENT] = "client", [FIELD_RUSH] = "rush",
};

/* One import. */
struct import {
	struct cli *cli;
	struct csv csv;
	struct wave wave;
	const char *wave_name;
	const struct form *form;
	int field[FIELDS];		/* column of each field, -1: none */
	const char **name;		/* name[items]: item columns */
	size_t *column;			/* column[items]: where they stand */
	size_t items;
	const char *mode, *stream;	/* for rows that do not say */
	int64_t now;
	char file_key[41];		/* makes keys for rows without one */
	struct site *site;
	size_t sites;
	struct response_row *row;	/* row[csv.rows] */
	struct rows_errors errors;
};

static void
complain(struct import *in, size_t i, const char *column, const char *zh, const char *en)
{
	rows_error(&in->errors, &in->csv, i, column, LANG_PICK(zh, en));
}

static const char *
field_cell(const struct import *in, size_t i, enum field f)
{
	return in->field[f] < 0 ? "" : in->csv.cell[i * in->csv.columns + (size_t)in->field[f]];
}

/* Exports put an apostrophe before text that a spreadsheet would run: take it off again. */
static const char *
unguard(const char *cell)
{
	return cell[0] == '\'' && cell[1] != '\0' && strchr("=+-@\t\r", cell[1]) != NULL ? cell + 1 : cell;
}

static void
unguard_all(struct csv *csv)
{
	for (size_t i = 0; i < csv->rows * csv->columns; i++)
		csv->cell[i] = unguard(csv->cell[i]);
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

static bool
read_header(struct import *in)
{
	struct pool *pool = &in->cli->pool;

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
	complain(in, i, "site", "没有这个点位编号", "there is no site of this code");
	return NULL;
}

/* "2024-05-12", "2024-05-12 09:30", "2024-05-12T09:30" (China's time), or minutes since 1970. */
static int
minute_from(int64_t *minute, const char *cell)
{
	char day[11];
	long long x;
	int hour, min, n = 0;

	if (strlen(cell) < 10 || cell[4] != '-')
		return rows_whole(&x, cell, 0, 1000000000) == 0 ? (*minute = x, 0) : -1;
	memcpy(day, cell, 10);
	day[10] = '\0';
	if (date_parse(day, minute) != 0)
		return -1;
	if (cell[10] == '\0')
		return 0;
	if ((cell[10] != ' ' && cell[10] != 'T') ||
	    sscanf(cell + 11, "%2d:%2d%n", &hour, &min, &n) != 2 || hour < 0 || hour > 23 ||
	    min < 0 || min > 59)
		return -1;
	/* Seconds are cut off. */
	if (cell[11 + n] == ':')
		n += 1 + (int)strspn(cell + 12 + n, "0123456789");
	if (cell[11 + n] != '\0')
		return -1;
	*minute += hour * 60 + min;
	return 0;
}

static void
read_times(struct import *in, struct row_envelope *e, size_t i)
{
	const char *cell = field_cell(in, i, FIELD_MINUTE);
	long long seconds = -1;

	e->minute = in->now;
	if (*cell != '\0' && minute_from(&e->minute, cell) != 0)
		complain(in, i, "minute", "时间应写成 2024-05-12 09:30，或 1970 年以来的分钟数",
		    "a time is written 2024-05-12 09:30, or as minutes since 1970");
	cell = field_cell(in, i, FIELD_SECONDS);
	if (*cell != '\0' && rows_whole(&seconds, cell, -1, 1000000) != 0)
		complain(in, i, "seconds", "用时应是秒数（整数）", "the time taken is a whole number of seconds");
	e->seconds = seconds;
}

static int
read_count(struct import *in, size_t i, enum field f, long long none, long long high)
{
	const char *cell = field_cell(in, i, f);
	long long n = none;

	if (*cell != '\0' && rows_whole(&n, cell, 0, high) != 0)
		complain(in, i, field_names[f], "不是这一栏可有的整数", "not a whole number this column may hold");
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
		complain(in, i, "client", "只有 phone tablet desktop wechat other",
		    "one of phone, tablet, desktop, wechat, other");
}

/* Weights are kept in millionths, so that sums are exact. */
static void
read_weight(struct import *in, struct row_envelope *e, size_t i)
{
	double w = NAN;

	e->weight = 1000000;
	if (rows_number(&w, field_cell(in, i, FIELD_WEIGHT)) != 0 ||
	    (!isnan(w) && !(w >= 1e-6 && w <= 1e6)))
		complain(in, i, "weight", "权重应在 0.000001 与 1000000 之间",
		    "a weight lies between 0.000001 and 1000000");
	else if (!isnan(w))
		e->weight = llround(w * 1e6);
}

static bool
is_one_of(const char *s, const char *const list[])
{
	while (*list != NULL && strcmp(*list, s) != 0)
		list++;
	return *list != NULL;
}

static const char *const modes[] = { "phone", "household", "ticket", "qr", "link", NULL };
static const char *const streams[] = { "sampled", "open", NULL };

static void
read_ways(struct import *in, struct row_envelope *e, size_t i)
{
	const char *mode = field_cell(in, i, FIELD_MODE), *stream = field_cell(in, i, FIELD_STREAM);

	e->mode = *mode != '\0' ? mode : in->mode;
	e->stream = *stream != '\0' ? stream : in->stream;
	if (!is_one_of(e->mode, modes))
		complain(in, i, "mode", "只有 phone household ticket qr link",
		    "one of phone, household, ticket, qr, link");
	if (!is_one_of(e->stream, streams))
		complain(in, i, "stream", "只有 sampled 和 open", "sampled or open");
}

/* The row's key, or one made of the file's bytes and the row's number: the same file counts once. */
static void
read_key(struct import *in, struct row_envelope *e, size_t i)
{
	const char *key = field_cell(in, i, FIELD_KEY);

	if (*key == '\0')
		key = pool_fmt(&in->cli->pool, "%s-%zu", in->file_key, i + 1);
	else if (code_key(key) == 0)
		complain(in, i, "key", "只能用字母、数字和 _ . : -，最长 64 个",
		    "letters, digits and _ . : - only, at most 64");
	e->key = key;
}

static void
read_answers(struct import *in, struct response *r, const struct site *site, size_t i,
    struct pool *pool)
{
	const char **cell = pool_array(pool, in->items + 1, sizeof(*cell));
	struct issue issue[ISSUES_MAX];
	struct answers answers;
	size_t issues;

	for (size_t k = 0; k < in->items; k++)
		cell[k] = in->csv.cell[i * in->csv.columns + in->column[k]];
	answers_from_cells(&answers, in->form, in->name, cell, in->items, pool);
	issues = form_accept(in->form, r, issue, &answers,
	    site != NULL && *site->sector != '\0' ? site->sector : NULL, pool);
	for (size_t k = 0; k < issues; k++)
		rows_error(&in->errors, &in->csv, i, issue[k].item >= 0 ?
		    in->form->item[issue[k].item].name : issue[k].name,
		    issue_words(issue[k].code, lang_get()));
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
	e.site_code = site != NULL ? site->code : "";
	read_times(in, &e, i);
	read_paradata(in, &paradata, i);
	e.paradata = &paradata;
	read_weight(in, &e, i);
	read_ways(in, &e, i);
	read_key(in, &e, i);
	read_answers(in, &r, site, i, pool);
	/* Once something is wrong nothing is stored: only look for more errors. */
	if (in->errors.list == NULL)
		row_make(&in->row[i], &r, &e, &in->cli->pool);
}

/* ---- the file ---- */

static int
store_rows(struct import *in, size_t *stored, struct progress *progress, struct err *err)
{
	bool fresh[BATCH];
	size_t n;

	if (db_begin(in->cli->db, err) != 0)
		return -1;
	for (size_t i = 0; i < in->csv.rows; i += n) {
		n = in->csv.rows - i < BATCH ? in->csv.rows - i : BATCH;
		if (db_put_responses(in->cli->db, in->row + i, fresh, n, err) != 0) {
			db_rollback(in->cli->db);
			return -1;
		}
		for (size_t k = 0; k < n; k++)
			*stored += fresh[k];
		progress_step(progress, (int64_t)n);
	}
	return db_commit(in->cli->db, err);
}

static void
read_rows(struct import *in, struct progress *progress)
{
	struct pool pool = POOL_INIT;

	in->row = pool_array(&in->cli->pool, in->csv.rows + 1, sizeof(*in->row));
	for (size_t i = 0; i < in->csv.rows; i++) {
		read_row(in, i, &pool);
		pool_clear(&pool);
		progress_step(progress, 1);
	}
}

/* The wave must take answers; its form says which columns there may be. */
static int
open_wave(struct import *in, struct err *err)
{
	struct cli *cli = in->cli;

	if (db_find_wave(cli->db, &in->wave, args_value(&cli->args, "wave"), &cli->pool, err) != 0)
		return -1;
	in->wave_name = row_wave_name(&in->wave, &cli->pool);
	if (!in->wave.open)
		return err_set(err, ERR_CONFLICT, "轮次 %s 已经结束，不再收答卷",
		    "the wave %s is closed and takes no more answers", in->wave_name);
	in->form = db_get_form(cli->db, in->wave.form_id, in->wave.form_version, &cli->pool, err);
	if (in->form == NULL)
		return -1;
	return db_list_sites(cli->db, &in->site, &in->sites, &cli->pool, err);
}

/* Who was drawn and who chose to answer are never pooled: the mode tells, unless said otherwise. */
static int
choose_stream(struct import *in, struct err *err)
{
	const char *mode = args_value(&in->cli->args, "mode");
	const char *stream = args_value(&in->cli->args, "stream");

	in->mode = mode != NULL ? mode : "phone";
	if (!is_one_of(in->mode, modes))
		return err_set(err, ERR_USAGE, "--mode 只有 phone household ticket qr link，没有“%s”",
		    "--mode is phone, household, ticket, qr or link, not \"%s\"", in->mode);
	in->stream = stream != NULL ? stream :
	    strcmp(in->mode, "qr") == 0 || strcmp(in->mode, "link") == 0 ? "open" : "sampled";
	if (!is_one_of(in->stream, streams))
		return err_set(err, ERR_USAGE, "--stream 只有 sampled 和 open，没有“%s”",
		    "--stream is sampled or open, not \"%s\"", in->stream);
	return 0;
}

static int
load_file(struct import *in, struct err *err)
{
	struct cli *cli = in->cli;
	const char *path = cli_operand(cli, 0), *bytes;
	char hex[65];
	struct sha256 s;
	unsigned char digest[32];
	size_t n;

	if (file_read(&bytes, &n, path, 0, &cli->pool, err) != 0 ||
	    csv_parse(&in->csv, bytes, n, path, args_value(&cli->args, "encoding"), &cli->pool, err) != 0)
		return -1;
	unguard_all(&in->csv);
	/* The wave is part of the key: one file may serve two waves. */
	sha256_init(&s);
	sha256_add(&s, in->wave_name, strlen(in->wave_name) + 1);
	sha256_add(&s, bytes, n);
	sha256_end(digest, &s);
	for (size_t i = 0; i < sizeof(digest); i++)
		snprintf(hex + 2 * i, 3, "%02x", digest[i]);
	snprintf(in->file_key, sizeof(in->file_key), "f.%.38s", hex);
	return 0;
}

static int
run_import(struct cli *cli, struct err *err)
{
	static const struct words what = { { "导入答卷", "importing answers" } };
	struct import *in = pool_take(&cli->pool, sizeof(*in));
	struct progress progress;
	size_t stored = 0;
	int rc = 0;

	in->cli = cli;
	in->now = date_now_minute();
	if (choose_stream(in, err) != 0 || open_wave(in, err) != 0 || load_file(in, err) != 0)
		return -1;
	progress_begin(&progress, what, 2 * (int64_t)in->csv.rows);
	if (read_header(in))
		read_rows(in, &progress);
	if (in->errors.list == NULL)
		rc = store_rows(in, &stored, &progress, err);
	progress_end(&progress);
	if (in->errors.list != NULL) {
		cli->said = rows_refused(&in->errors);
		return 1;
	}
	if (rc == 0)
		cli->said = json_pack("{s:s, s:I, s:I, s:I}", "wave", in->wave_name,
		    "rows", (json_int_t)in->csv.rows, "stored", (json_int_t)stored,
		    "duplicates", (json_int_t)(in->csv.rows - stored));
	return rc;
}

static void
show_import(struct text *out, const json_t *said)
{
	if (json_object_get(said, "errors") != NULL)
		rows_show(out, said);
	else
		show_line(out, "%s：读到 %lld 行，存入 %lld 份，重复 %lld 份。",
		    "%s: %lld rows read, %lld stored, %lld duplicates.", show_string(said, "wave"),
		    show_whole(said, "rows"), show_whole(said, "stored"), show_whole(said, "duplicates"));
}

static const struct args_option options[] = {
	{ .name = "wave", .value = "WAVE", .required = true, .help = { { "轮次，如 A-2024", "wave, as A-2024" } } },
	ROWS_ENCODING_OPTION,
	{ .name = "mode", .value = "MODE",
	  .help = { { "phone（默认）household ticket qr link", "phone (default) household ticket qr link" } } },
	{ .name = "stream", .value = "S",
	  .help = { { "sampled 或 open；默认 qr、link 为 open，其余为 sampled",
	      "sampled or open; default: open for qr and link, else sampled" } } },
	{ .name = NULL }
};

const struct command cmd_import[] = {
	{ .name = "", .help = { { "导入电话、入户答卷（CSV），有一处错就一份都不存",
	      "import phone or household answers (CSV), all or none" } },
	  .operands = "FILE.csv", .least = 1, .most = 1, .need = CLI_WRITE, .option = options,
	  .run = run_import, .show = show_import,
	  .more = { {
	      "第一行是题目变量名，另可有 site minute seconds stratum cluster weight key mode stream。\n"
	      "导出文件里的 screens dont_know resends client rush（填写过程）也可以有。\n"
	      "单元格写选项的代码；多选用空格隔开；空白表示没有回答。\n"
	      "报错的“行”从表头之后的第一行数起，为 1；另注文件行号。0 是表头。\n"
	      "没有 key 的行按文件内容和行号得到一个，同一文件导入两次只算一次。",
	      "The header names the form's items, and may have site, minute, seconds, stratum, cluster,\n"
	      "weight, key, mode and stream, and what exports say of how an answer was filled in (screens,\n"
	      "dont_know, resends, client, rush).  Cells hold choice codes; several are separated by spaces; an\n"
	      "empty cell was not answered.  In errors, row 1 is the first row after the header (row 0),\n"
	      "and line is the file's own line.  A row without a key gets one from the file's bytes and its\n"
	      "number, so that the same file counts once." } } },
	{ .name = NULL }
};
