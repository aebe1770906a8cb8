/* manyi import: answers an agency collected, checked like everybody's; a batch that counts
 * when all of it is there. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "cli/import/import.h"
#include "cli/show.h"
#include "db/track.h"
#include "forms/stream.h"

/* ---- what is asked ---- */

/* Who was drawn and who chose to answer are never pooled: the mode tells, unless said otherwise. */
static int
choose_stream(struct import *in, struct err *err)
{
	const char *mode = args_value(&in->cli->args, "mode");
	const char *stream = args_value(&in->cli->args, "stream");
	enum stream which;

	in->mode = mode != NULL ? mode : "phone";
	if (!import_is_one_of(in->mode, import_modes))
		return err_set(err, ERR_USAGE,
			"--mode 只有 phone household ticket qr link，没有“%s”",
			"--mode is phone, household, ticket, qr or link, not \"%s\"", in->mode);
	in->stream = stream != NULL ? stream :
		strcmp(in->mode, "qr") == 0 || strcmp(in->mode, "link") == 0 ? "open" : "sampled";
	return stream_parse(&which, in->stream, err);
}

/* The published figure that rests on answers of the wave, or NULL. */
static const struct published_row *
published_from(const struct published_row row[], size_t n, const struct wave *w)
{
	for (size_t i = 0; i < n; i++) {
		json_t *body = json_loads(row[i].body, 0, NULL), *e;
		bool rests = false;
		size_t k;

		json_array_foreach(json_object_get(body, "estimates"), k, e)
			rests |= json_integer_value(json_object_get(e, "wave")) == w->id;
		json_decref(body);
		if (rests)
			return &row[i];
	}
	return NULL;
}

/* A closed wave takes what came late, by record, until a figure of it has been published. */
static int
check_late(struct import *in, struct err *err)
{
	const char *late = args_value(&in->cli->args, "late");
	const struct published_row *p;
	struct published_row *row;
	size_t n;

	in->batch.late = "";
	if (in->wave.open)
		return 0;
	if (db_list_published(in->cli->db, NULL, &row, &n, &in->cli->pool, err) != 0)
		return -1;
	p = published_from(row, n, &in->wave);
	if (p != NULL)
		return err_set(err, ERR_CONFLICT,
			"轮次 %s 已经结束，而且第 %s 项 %d 年的结果已据它公布（第"
			" %d 版）：不能再加入答卷",
			"the wave %s is closed, and the figure of %s for %d was published from it"
			" (version %d): no more answers can join it",
			in->wave_name, p->indicator, p->year, p->version);
	if (late == NULL || late[strspn(late, " ")] == '\0')
		return err_set(err, ERR_CONFLICT,
			"轮次 %s 已经结束，不再收答卷；若这确是那一轮迟到的答卷，加"
			" --late \"原因\"，原因记录在案",
			"the wave %s is closed and takes no more answers; if these are late answers"
			" of that wave, add --late \"REASON\", which goes on record",
			in->wave_name);
	in->batch.late = late;
	return 0;
}

static int
check_replaced(struct import *in, struct err *err)
{
	long long id = 0;
	struct batch old;

	if (args_whole(&in->cli->args, "replaces", &id, 1, INT64_MAX / 2, err) != 0)
		return -1;
	if (id == 0)
		return 0;
	if (db_get_batch(in->cli->db, &old, id, &in->cli->pool, err) != 0)
		return -1;
	if (old.wave != in->wave.id)
		return err_set(err, ERR_CONFLICT, "第 %lld 批是另一轮的，不能由 %s 的答卷取代",
			"batch %lld belongs to another wave and cannot be"
			" replaced by answers of %s", id, in->wave_name);
	if (batch_state(&old) != BATCH_COMPLETE)
		return err_set(err, ERR_CONFLICT, "第 %lld 批没有导入完或已经撤回，不用取代",
			"batch %lld is not complete or was withdrawn; there is"
			" nothing to replace", id);
	in->batch.replaces = id;
	return 0;
}

/* The wave; its form says which columns there may be. */
static int
open_wave(struct import *in, struct err *err)
{
	struct cli *cli = in->cli;

	if (db_find_wave(cli->db, &in->wave, args_value(&cli->args, "wave"), &cli->pool, err) != 0)
		return -1;
	in->wave_name = row_wave_name(&in->wave, &cli->pool);
	in->batch.wave = in->wave.id;
	if (check_late(in, err) != 0 || check_replaced(in, err) != 0)
		return -1;
	in->form = db_get_form(cli->db, in->wave.form_id, in->wave.form_version, &cli->pool, err);
	if (in->form == NULL)
		return -1;
	in->last_event = db_last_batch_event(cli->db, in->wave.id);
	if (db_list_batches(cli->db, in->wave.id, &in->batches, &in->batches_n, &cli->pool, err) !=
			0)
		return -1;
	return db_list_sites(cli->db, &in->site, &in->sites, &cli->pool, err);
}

/* ---- the file ---- */

/* Options that are on record: the option, and its name where the list is read by program. */
static const struct { const char *option, *name; } flags[] = { { "again", "again" },
	{ "unlike", "unlike" }, { "no-final-newline", "no_final_newline" } };
enum { FLAGS = sizeof(flags) / sizeof(flags[0]) };

/* What the same import is asked for, in words. */
static const char *
options_text(const struct import *in)
{
	const struct args *a = &in->cli->args;
	const char *encoding = args_value(a, "encoding");
	char *text =
		pool_fmt(&in->cli->pool, "mode=%s stream=%s encoding=%s replaces=%lld", in->mode,
		in->stream, encoding != NULL ? encoding : "", (long long)in->batch.replaces);

	for (size_t i = 0; i < FLAGS; i++)
		if (args_on(a, flags[i].option))
			text = pool_fmt(&in->cli->pool, "%s %s", text, flags[i].option);
	return text;
}

static void
put_flags(json_t *o, const char *options, struct pool *pool)
{
	for (size_t i = 0; i < FLAGS; i++)
		json_object_set_new(o, flags[i].name, json_boolean(strstr(options,
			pool_join(pool, " ", flags[i].option)) != NULL));
}

/* The last part of a path, as it can be printed. */
static const char *
printable_name(const char *path, struct pool *pool)
{
	const char *slash = strrchr(path, '/'),
		*name = slash != NULL && slash[1] != '\0' ? slash + 1 : path;
	struct text out = TEXT_INIT;

	if (strcmp(name, "-") == 0)
		return LANG_PICK("标准输入", "standard input");
	utf8_show(&out, name);
	name = pool_strdup(pool, text_str(&out));
	text_clear(&out);
	return *name != '\0' ? name : "?";
}

static int
load_file(struct import *in, struct err *err)
{
	struct cli *cli = in->cli;
	const char *path = cli_operand(cli, 0), *bytes;
	size_t n;

	if (file_read(&bytes, &n, path, 0, &cli->pool, err) != 0 ||
			csv_parse(&in->csv, bytes, n, printable_name(path, &cli->pool),
			args_value(&cli->args, "encoding"), &cli->pool, err) != 0)
		return -1;
	sha256_hex(in->batch.sha256, bytes, n);
	in->batch.file = printable_name(path, &cli->pool);
	in->batch.who = cli_account();
	in->batch.minute = in->now;
	in->batch.read = (int64_t)in->csv.rows;
	in->batch.options = options_text(in);
	if (in->csv.rows == 0)
		return err_set(err, ERR_INPUT, "%s 只有列名，没有一份答卷；请检查导出是否完整",
			"%s holds a header and no answer; see whether it was"
			" exported whole", in->batch.file);
	/* A cut inside the last cell leaves the right number of cells: 10 becomes 1, and
	 * nobody would ever know. */
	if (in->csv.open_end && in->csv.rows > 0 && !args_on(&cli->args, "no-final-newline"))
		return err_set(err, ERR_INPUT,
			"%s:%zu：文件末尾没有换行，可能在传送中断了：最后一格是“%s”。请与原件核对；"
			"若文件是完整的，加 --no-final-newline",
			"%s:%zu: the file does not end with a line end and may have been cut on its"
			" way: its last cell is \"%s\".  Compare it with the original;"
			" if it is whole, add --no-final-newline", in->batch.file,
			in->csv.line[in->csv.rows - 1],
			in->csv.cell[in->csv.rows * in->csv.columns - 1]);
	return 0;
}

static const char *
notes_text(const struct import *in)
{
	struct text out = TEXT_INIT;
	const char *s;

	json_put(&out, in->notes, 0);
	s = pool_strdup(&in->cli->pool, text_str(&out));
	text_clear(&out);
	return s;
}

/* What the command says once the file has passed. */
static void
say(struct import *in, bool dry)
{
	json_t *said = json_pack("{s:s, s:I, s:I, s:I, s:O}", "wave", in->wave_name, "rows",
		(json_int_t)in->csv.rows, "stored", (json_int_t)in->rows, "duplicates",
		(json_int_t)in->skipped, "notes", in->notes);

	if (dry)
		json_object_set_new(said, "dry_run", json_true());
	else
		json_object_set_new(said, "batch", json_integer((json_int_t)in->batch.id));
	if (in->resumed)
		json_object_set_new(said, "resumed", json_integer((json_int_t)in->batch.stored));
	if (in->batch.replaces != 0)
		json_object_set_new(said, "replaces", json_integer((json_int_t)in->batch.replaces));
	in->cli->said = said;
}

/* 1: refused, row by row; 0: goes in; -1 with *err. */
static int
check(struct import *in, struct err *err)
{
	import_rows(in);
	if (in->errors.list == NULL) {
		import_find(in);
		if (import_compare(in, err) != 0)
			return -1;
	}
	if (in->errors.list == NULL && in->uncounted == in->csv.rows)
		return err_set(err, ERR_INPUT,
			"%s 的每一行都标着 counted=0（已撤回或没有导入完）：没有可导入的答卷",
			"every row of %s is marked counted=0 (withdrawn or unfinished): there"
			" is no answer to import", in->batch.file);
	if (in->errors.list == NULL)
		return 0;
	in->cli->said = rows_refused(&in->errors);
	return 1;
}

static int
import(struct import *in, struct err *err)
{
	bool dry = args_on(&in->cli->args, "dry-run");
	int rc = check(in, err);

	if (rc != 0)
		return rc;
	in->batch.skipped = (int64_t)in->skipped;
	in->batch.notes = notes_text(in);
	if (dry)
		in->rows = in->csv.rows - in->skipped - in->uncounted;
	else if (import_store(in, err) != 0)
		return -1;
	say(in, dry);
	return 0;
}

static int
run_import(struct cli *cli, struct err *err)
{
	static const struct words what = { { "导入答卷", "importing answers" } };
	struct import *in = pool_take(&cli->pool, sizeof(*in));
	int rc;

	in->cli = cli;
	in->now = date_now_minute();
	in->notes = json_array();
	if (choose_stream(in, err) != 0 || open_wave(in, err) != 0 || load_file(in, err) != 0) {
		json_decref(in->notes);
		return -1;
	}
	progress_begin(&in->progress, what, 2 * (int64_t)in->csv.rows);
	rc = import(in, err);
	progress_end(&in->progress);
	json_decref(in->errors.list);
	json_decref(in->notes);
	return rc;
}

static void
show_import(struct text *out, const json_t *said)
{
	if (json_object_get(said, "errors") != NULL) {
		rows_show(out, said);
		return;
	}
	if (json_object_get(said, "dry_run") != NULL)
		show_line(out,
			"%s：试读 %lld 行，可存入 %lld 份，编号重复略过 %lld 份；什么都没有存。",
			"%s: %lld rows read, %lld would be stored, %lld passed over (key"
			" given twice); nothing was stored.", show_string(said, "wave"),
			show_whole(said, "rows"), show_whole(said, "stored"),
			show_whole(said, "duplicates"));
	else
		show_line(out, "%s 第 %lld 批：读到 %lld 行，存入 %lld 份，编号重复略过 %lld 份。",
			"%s, batch %lld: %lld rows read, %lld stored,"
			" %lld passed over (key given twice).", show_string(said, "wave"),
			show_whole(said, "batch"), show_whole(said, "rows"),
			show_whole(said, "stored"), show_whole(said, "duplicates"));
	if (json_object_get(said, "resumed") != NULL)
		show_line(out, "接着上次没有导入完的做：当时已存 %lld 份。",
			"Went on with an import that was stopped after %lld answers.",
			show_whole(said, "resumed"));
	if (json_object_get(said, "replaces") != NULL && json_object_get(said, "dry_run") != NULL)
		show_line(out, "真正导入时，第 %lld 批会由它取代，不再计入。",
			"Batch %lld would be replaced by it and no longer count.",
			show_whole(said, "replaces"));
	else if (json_object_get(said, "replaces") != NULL)
		show_line(out, "第 %lld 批由它取代，不再计入。",
			"Batch %lld is replaced by it and no longer counts.",
			show_whole(said, "replaces"));
	rows_show_notes(out, said);
}

/* ---- list, withdraw ---- */

static json_t *
batch_json(struct cli *cli, const struct batch *b, const struct wave wave[], size_t waves)
{
	json_t *o = json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:s, s:I, s:s}",
		"batch", (json_int_t)b->id, "wave", "", "file", b->file, "sha256", b->sha256,
		"state", batch_state_name(batch_state(b)), "who", b->who, "minute",
		(json_int_t)b->minute, "rows", (json_int_t)b->read, "stored", (json_int_t)b->stored,
		"duplicates", (json_int_t)b->skipped, "options", b->options, "replaces",
		(json_int_t)b->replaces, "late", b->late);

	for (size_t i = 0; i < waves; i++)
		if (wave[i].id == b->wave)
			json_object_set_new(o, "wave",
				json_string(row_wave_name(&wave[i], &cli->pool)));
	put_flags(o, b->options, &cli->pool);
	json_object_set_new(o, "notes", json_loads(b->notes, 0, NULL));
	if (b->withdrawn != 0)
		json_object_update_new(o,
			json_pack("{s:s, s:I, s:s}", "withdrawn_by", b->withdrawn_by, "withdrawn",
			(json_int_t)b->withdrawn_minute, "reason", b->reason));
	return o;
}

static int
run_list(struct cli *cli, struct err *err)
{
	const char *name = args_value(&cli->args, "wave");
	struct wave w = { .id = 0 }, *wave;
	struct batch *b;
	size_t n, waves;

	if ((name != NULL && db_find_wave(cli->db, &w, name, &cli->pool, err) != 0) ||
			db_list_waves(cli->db, NULL, &wave, &waves, &cli->pool, err) != 0 ||
			db_list_batches(cli->db, w.id, &b, &n, &cli->pool, err) != 0)
		return -1;
	cli->said = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(cli->said, batch_json(cli, &b[i], wave, waves));
	return 0;
}

static void
show_list(struct text *out, const json_t *said)
{
	static const struct words states[] = { { { "未导入完", "loading" } },
		{ { "计入", "complete" } }, { { "已撤回", "withdrawn" } } };
	static const struct show_column column[] = {
		{ "batch", { { "批", "batch" } }, SHOW_COUNT },
		{ "wave", { { "轮次", "wave" } }, SHOW_PLAIN },
		{ "said", { { "状态", "state" } }, SHOW_WORDS },
		{ "file", { { "文件", "file" } }, SHOW_PLAIN },
		{ "minute", { { "时间", "time" } }, SHOW_MINUTE },
		{ "who", { { "导入人", "by" } }, SHOW_PLAIN },
		{ "rows", { { "行", "rows" } }, SHOW_COUNT },
		{ "stored", { { "存入", "stored" } }, SHOW_COUNT },
		{ "reason", { { "撤回原因", "withdrawn because" } }, SHOW_PLAIN },
		{ "late", { { "迟到原因", "late because" } }, SHOW_PLAIN },
	};
	json_t *rows = json_deep_copy(said), *o;
	size_t i;

	json_array_foreach(rows, i, o) {
		for (int s = 0; s < 3; s++)
			if (strcmp(show_string(o, "state"),
					batch_state_name((enum batch_state)s)) == 0)
				json_object_set_new(o, "said", json_pack("{s:s, s:s}", "zh",
					states[s].in[LANG_ZH], "en", states[s].in[LANG_EN]));
	}
	show_table(out, rows, column, sizeof(column) / sizeof(column[0]));
	json_decref(rows);
}

static int
run_withdraw(struct cli *cli, struct err *err)
{
	const char *reason = args_value(&cli->args, "reason");
	const struct published_row *p;
	struct published_row *row;
	struct wave w;
	struct batch b;
	long long id = 0;
	size_t n;

	if (args_operand_whole(&cli->args, 0, &id, 1, INT64_MAX / 2, err) != 0)
		return -1;
	if (reason[strspn(reason, " ")] == '\0')
		return err_set(err, ERR_USAGE, "写明撤回的原因：--reason \"…\"",
			"say why it is withdrawn: --reason \"...\"");
	if (db_withdraw_batch(cli->db, id, cli_account(), date_now_minute(), reason, err) != 0 ||
			db_get_batch(cli->db, &b, id, &cli->pool, err) != 0 ||
			db_get_wave(cli->db, &w, b.wave, &cli->pool, err) != 0 ||
			db_list_published(cli->db, NULL, &row, &n, &cli->pool, err) != 0)
		return -1;
	cli->said = batch_json(cli, &b, &w, 1);
	p = published_from(row, n, &w);
	if (p != NULL)
		json_object_set_new(cli->said, "published", json_pack("{s:s, s:i, s:i}",
			"indicator", p->indicator, "year", p->year, "version", p->version));
	return 0;
}

static void
show_withdraw(struct text *out, const json_t *said)
{
	const json_t *p = json_object_get(said, "published");

	show_line(out, "第 %lld 批（%s，%lld 份）已撤回：答卷仍保存，不再计入任何结果。",
		"Batch %lld (%s, %lld answers) is withdrawn: its answers stay"
		" stored and are part of no figure.", show_whole(said, "batch"),
		show_string(said, "file"), show_whole(said, "stored"));
	if (p != NULL)
		show_line(out,
			"已据这一轮公布的结果（第 %s 项 %lld 年）不变，仍可核对；"
			"要改，请重新公布一版。",
			"What was published from this wave (%s, %lld) stays as it is and can still"
			" be recomputed; publish again to change it.",
			show_string(p, "indicator"), show_whole(p, "year"));
}

static const struct args_option options[] = {
	{ .name = "wave", .value = "WAVE", .required = true,
		.help = { { "轮次，如 A-2024", "wave, as A-2024" } } },
	ROWS_ENCODING_OPTION,
	{ .name = "mode", .value = "MODE",
		.help = { {
			"phone（默认）household ticket qr link",
			"phone (default) household ticket qr link" } } },
	{ .name = "stream", .value = "S",
		.help = { { "sampled 或 open；默认 qr、link 为 open，其余为 sampled",
		"sampled or open; default: open for qr and link, else sampled" } } },
	{ .name = "dry-run",
		.help = { { "只检查，什么都不存", "check only; nothing is stored" } } },
	{ .name = "again",
		.help = { {
			"与已存答卷相同的行是另外的人，照存",
			"rows that equal stored ones are other people: store them" } } },
	{ .name = "unlike",
		.help = { {
			"与已存的比，一方没有权数、层、群，或权数差十倍，照存（记录在案）",
			"weights, strata or clusters on one side only, or ten times off,"
				" are meant: goes on record" } } },
	{ .name = "replaces", .value = "BATCH",
		.help = { {
			"是这一批的更正件：导入完时撤回那一批",
			"it corrects this batch, which is withdrawn when all is stored" } } },
	{ .name = "late", .value = "REASON",
		.help = { {
			"轮次已结束，答卷迟到的原因（记录在案）",
			"the wave is closed: why the answers are late, for the record" } } },
	{ .name = "no-final-newline",
		.help = { {
			"已核对：文件末尾没有换行，但是完整的",
			"the file was looked at: it has no line end at its end, and is whole" } } },
	{ .name = NULL }
};
static const struct args_option list_options[] = {
	{ .name = "wave", .value = "WAVE", .help = { { "只列这一轮", "of this wave only" } } },
	{ .name = NULL }
};
static const struct args_option withdraw_options[] = {
	{ .name = "reason", .value = "TEXT", .required = true,
		.help = { { "原因，记录在案", "why, for the record" } } },
	{ .name = NULL }
};

const struct command cmd_import[] = {
	{ .name = "", .help = { { "导入电话、入户答卷（CSV），有一处错就一份都不存",
		"import phone or household answers (CSV), all or none" } },
		.operands = "FILE.csv", .least = 1, .most = 1, .need = CLI_WRITE, .option = options,
		.run = run_import, .show = show_import,
		.more = { {
			"列：问卷的题目，外加 site minute seconds stratum"
				" cluster weight key mode stream。\n"
				"单元格写代码，多选题代码之间用空格；空白表示没有问到。"
				"key 是机构自己的编号。\n"
				"一次导入是一批，全部存好才计入；"
				"中断了，用同一个文件再导入一次就接着做。\n"
				"与已存答卷相同的行会使导入停下，直到说明 --again 或 --replaces。",
			"Columns: the form's items, and site minute seconds stratum"
				" cluster weight key mode stream.\n"
				"Cells hold codes, separated by spaces where several may be given;"
				" empty: not asked.  key is the\n"
				"agency's own.  An import is a batch, which counts when all of it"
				" is stored; one that was stopped\n"
				"goes on when the same file is imported again.  Rows that equal"
				" stored ones stop an import until\n"
				"--again or --replaces is said." } } },
	{ .name = "list",
		.help = { { "列出历次导入", "list imports" } },
		.operands = "", .need = CLI_READ, .option = list_options, .run = run_list,
		.show = show_list },
	{ .name = "withdraw",
		.help = { {
			"撤回一批：答卷仍保存，不再计入任何结果",
			"withdraw a batch: it stays stored, and counts no more" } },
		.operands = "BATCH", .least = 1, .most = 1, .need = CLI_WRITE,
		.option = withdraw_options, .run = run_withdraw, .show = show_withdraw },
	{ .name = NULL }
};
