/* manyi export: the answers of a wave as CSV, for other programs and other eyes. */
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/date.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/cmd/export_r.h"
#include "cli/show.h"
#include "db/survey.h"
#include "figure/level.h"
#include "forms/stream.h"

static const char *const columns[] = {
	"key", "stream", "mode", "site", "minute", "seconds", "stratum", "cluster", "weight",
	"flagged", "screens", "dont_know", "resends", "client", "rush", "batch",
	"agency_key", "counted",
};
enum { COLUMNS = sizeof(columns) / sizeof(columns[0]) };

/* One export on its way. */
struct export {
	const struct wave *wave;
	const struct form *form;
	const struct site *site;
	size_t sites;
	const char *stream;	/* NULL: both */
	struct text csv;	/* the file so far, in UTF-8 */
	json_t *rows;		/* with --json and no file: the same rows; else NULL */
	int64_t n, uncounted;
	/* Of the row in hand. */
	const struct scan *scan;
	uint8_t code[FORM_ITEMS_MAX];
	struct scan_set set[FORM_ITEMS_MAX];
	struct scan_text words[FORM_ITEMS_MAX];
	struct err *err;
	int rc;
};

static const char *
site_code(const struct export *x, int64_t id)
{
	const struct site *site = level_site(x->site, x->sites, id);

	return site != NULL ? site->code : "";
}

/* What was ticked, with blanks between. */
static void
put_ticked(struct text *out, const struct item *item, const struct scan_set *set)
{
	for (size_t i = 0; i < item->choices; i++)
		if (scan_ticked(set, i)) {
			if (out->n > 0)
				text_putc(out, ' ');
			text_puts(out, item->choice[i].name);
		}
}

static void
put_words(struct text *out, struct scan_text words)
{
	char *plain = malloc(words.n + 1);

	if (plain == NULL)
		err_die("out of memory");
	text_add(out, plain, scan_unescape(plain, words.n, words));
	free(plain);
}

/* One answer as a cell: a code, codes with blanks between, or words; not asked is empty. */
static void
put_answer(struct text *out, const struct export *x, size_t i)
{
	const struct item *item = &x->form->item[i];
	uint8_t code = x->code[i];

	if (code == SCAN_SKIPPED || code == SCAN_DONT_KNOW)
		text_number(out, code == SCAN_SKIPPED ? FORM_SKIPPED : FORM_DONT_KNOW);
	else if (code == SCAN_NONE)
		return;
	else if (kind_written(item->kind))
		put_words(out, x->words[i]);
	else if (item->kind == KIND_MULTI)
		put_ticked(out, item, &x->set[i]);
	else
		text_puts(out, item->choice[code].name);
}

static void
put_cell(struct export *x, json_t *row, const char *cell, bool first)
{
	if (row != NULL) {
		json_array_append_new(row, json_string(cell));
		return;
	}
	if (!first)
		text_putc(&x->csv, ',');
	csv_put(&x->csv, cell);
}

/* Where, when and how, in the order of columns[]. */
static void
put_envelope(struct export *x, json_t *row, const struct response_row *r)
{
	char minute[17], seconds[24], weight[32];

	date_minute(minute, r->minute);
	snprintf(seconds, sizeof(seconds), "%lld", (long long)r->seconds);
	snprintf(weight, sizeof(weight), "%lld.%06lld", (long long)(r->weight / 1000000),
		(long long)(r->weight % 1000000));
	put_cell(x, row, r->key, true);
	put_cell(x, row, r->stream, false);
	put_cell(x, row, r->mode, false);
	put_cell(x, row, site_code(x, r->site), false);
	put_cell(x, row, minute, false);
	put_cell(x, row, r->seconds >= 0 ? seconds : "", false);
	put_cell(x, row, r->stratum, false);
	put_cell(x, row, r->cluster, false);
	put_cell(x, row, weight, false);
	put_cell(x, row, r->flagged ? "1" : "0", false);
}

/* -1 is not known, and so is every cell left empty. */
static void
put_count(struct export *x, json_t *row, int n)
{
	char cell[16];

	snprintf(cell, sizeof(cell), "%d", n);
	put_cell(x, row, n >= 0 ? cell : "", false);
}

/* How it was filled in, after the envelope. */
static void
put_paradata(struct export *x, json_t *row, const struct paradata *p)
{
	put_count(x, row, p->screens);
	put_count(x, row, p->dont_know);
	put_count(x, row, p->resends);
	put_cell(x, row, p->client, false);
	put_count(x, row, p->rush);
}

/* Which import it came with, and whether it counts: a batch may be unfinished or withdrawn. */
static void
put_origin(struct export *x, json_t *row, const struct response_row *r)
{
	char batch[24];

	snprintf(batch, sizeof(batch), "%lld", (long long)r->batch);
	put_cell(x, row, r->batch != 0 ? batch : "", false);
	put_cell(x, row, r->agency_key, false);
	put_cell(x, row, r->counted ? "1" : "0", false);
}

static int
put_row(const struct response_row *r, void *ctx)
{
	struct export *x = ctx;
	struct text cell = TEXT_INIT;
	json_t *row;

	if (x->stream != NULL && strcmp(x->stream, r->stream) != 0)
		return 0;
	x->rc = scan_row(x->scan, r->answers, x->code, x->set, x->words) == 0 ? 0 :
		rows_misfit(x->form, x->wave->id, r->id, x->err);
	if (x->rc != 0)
		return 1;
	row = x->rows != NULL ? json_array() : NULL;
	put_envelope(x, row, r);
	put_paradata(x, row, &r->paradata);
	put_origin(x, row, r);
	for (size_t i = 0; i < x->form->items; i++) {
		text_reset(&cell);
		put_answer(&cell, x, i);
		put_cell(x, row, text_str(&cell), false);
	}
	if (row != NULL)
		json_array_append_new(x->rows, row);
	else
		text_puts(&x->csv, "\r\n");
	text_clear(&cell);
	x->n++;
	x->uncounted += !r->counted;
	return 0;
}

static json_t *
header_json(const struct export *x)
{
	json_t *list = json_array();

	for (size_t i = 0; i < COLUMNS; i++)
		json_array_append_new(list, json_string(columns[i]));
	for (size_t i = 0; i < x->form->items; i++)
		json_array_append_new(list, json_string(x->form->item[i].name));
	return list;
}

static void
put_header(struct export *x)
{
	for (size_t i = 0; i < COLUMNS; i++)
		put_cell(x, NULL, columns[i], i == 0);
	for (size_t i = 0; i < x->form->items; i++)
		put_cell(x, NULL, x->form->item[i].name, false);
	text_puts(&x->csv, "\r\n");
}

static int
to_gb18030(struct text *out, const struct text *utf8, struct err *err)
{
	iconv_t cd = iconv_open("GB18030", "UTF-8");
	char *in = utf8->s, buffer[8192];
	size_t left = utf8->n;

	if (cd == (iconv_t)-1)
		return err_set_errno(err, ERR_SYSTEM, "系统没有 GB18030 编码",
			"this system has no GB18030");
	while (left > 0) {
		char *to = buffer;
		size_t room = sizeof(buffer);

		if (iconv(cd, &in, &left, &to, &room) == (size_t)-1 && errno != E2BIG) {
			iconv_close(cd);
			return err_set_errno(err, ERR_SYSTEM, "转换编码失败",
				"the encoding cannot be converted");
		}
		text_add(out, buffer, (size_t)(to - buffer));
	}
	iconv_close(cd);
	return 0;
}

/* Bytes in the encoding wanted; a spreadsheet knows UTF-8 by its BOM. */
static int
encode(struct text *out, const struct export *x, const struct args *a, struct err *err)
{
	const char *encoding = args_value(a, "encoding");

	if (encoding != NULL && strcmp(encoding, "gb18030") == 0)
		return to_gb18030(out, &x->csv, err);
	if (encoding != NULL && strcmp(encoding, "utf-8") != 0)
		return err_set(err, ERR_USAGE, "--encoding 只有 utf-8 和 gb18030，没有“%s”",
			"--encoding is utf-8 or gb18030, not \"%s\"", encoding);
	if (!args_on(a, "no-bom"))
		text_puts(out, "\xef\xbb\xbf");
	text_add(out, x->csv.s, x->csv.n);
	return 0;
}

static int
write_out(const struct export *x, struct cli *cli, struct err *err)
{
	const char *path = args_value(&cli->args, "output");
	struct text bytes = TEXT_INIT;
	int rc = encode(&bytes, x, &cli->args, err);

	if (rc == 0 && path != NULL)
		rc = file_write(path, bytes.s, bytes.n, 0600, err);
	else if (rc == 0 && fwrite(bytes.s, 1, bytes.n, stdout) != bytes.n)
		rc = err_set_errno(err, ERR_IO, "标准输出写不进去",
			"cannot write to standard output");
	text_clear(&bytes);
	return rc;
}

static int
export_wave(struct export *x, struct cli *cli, struct err *err)
{
	const char *path = args_value(&cli->args, "output");

	if (cli->json && path == NULL)
		x->rows = json_array();
	else
		put_header(x);
	if (db_each_stored(cli->db, x->wave->id, 0, put_row, x, err) != 0 || x->rc != 0)
		return -1;
	if (x->rows != NULL) {
		cli->said = json_pack("{s:o, s:o}", "columns", header_json(x), "rows", x->rows);
		x->rows = NULL;
		return 0;
	}
	if (write_out(x, cli, err) != 0)
		return -1;
	if (path != NULL)
		cli->said = json_pack("{s:s, s:I, s:I}", "file", path, "rows", (json_int_t)x->n,
			"counted", (json_int_t)(x->n - x->uncounted));
	if (x->uncounted > 0)
		fprintf(stderr, LANG_PICK(
			"manyi：注意：%lld 份属于已撤回或没有导入完的批次，不计入任何结果（counted"
			" 列为 0）\n",
			"manyi: note: %lld answers came in a batch that is withdrawn or unfinished"
			" and are part of no figure (counted is 0)\n"), (long long)x->uncounted);
	return 0;
}

static int
run_export(struct cli *cli, struct err *err)
{
	const char *stream = args_value(&cli->args, "stream");
	struct export x = { .stream = stream, .err = err };
	enum stream which;
	struct site *site;
	struct wave w;
	int rc = -1;

	if (args_on(&cli->args, "r"))
		return export_r(cli, err);
	if (args_value(&cli->args, "wave") == NULL)
		return err_set(err, ERR_USAGE,
			"用 --wave 说明导出哪一轮；导出已公布的数字用 --r 目录 --indicator --year",
			"say which wave with --wave; for a published figure: --r"
			" FOLDER --indicator ID --year YEAR");
	if (stream != NULL && stream_parse(&which, stream, err) != 0)
		return -1;
	if (db_find_wave(cli->db, &w, args_value(&cli->args, "wave"), &cli->pool, err) == 0 &&
			db_list_sites(cli->db, &site, &x.sites, &cli->pool, err) == 0 &&
			(x.form = db_get_form(cli->db, w.form_id, w.form_version, &cli->pool,
			err)) != NULL) {
		x.site = site;
		x.wave = &w;
		x.scan = scan_make(x.form, &cli->pool);
		rc = export_wave(&x, cli, err);
	}
	json_decref(x.rows);
	text_clear(&x.csv);
	return rc;
}

static void
show_export(struct text *out, const json_t *said)
{
	if (json_object_get(said, "folder") != NULL)
		export_r_show(out, said);
	else
		show_members(out, said);
}

static const struct args_option options[] = {
	{ .name = "wave", .value = "WAVE", .help = { { "轮次，如 A-2024", "wave, as A-2024" } } },
	{ .name = "stream", .value = "S",
		.help = { { "只要 sampled 或 open", "only sampled or open" } } },
	{ .name = "output", .letter = 'o', .value = "FILE",
		.help = { { "写到文件，默认标准输出", "file; default: standard output" } } },
	{ .name = "encoding", .value = "NAME",
		.help = { {
			"utf-8（默认，带 BOM）或 gb18030",
			"utf-8 (default, with BOM) or gb18030" } } },
	{ .name = "no-bom", .help = { { "UTF-8 不带 BOM", "UTF-8 without BOM" } } },
	{ .name = "r", .value = "FOLDER",
		.help = { {
			"把一个已公布的数字连同封存答卷和 R 脚本写进目录",
			"write a published figure, its sealed rows and R script" } } },
	{ .name = "indicator", .value = "ID",
		.help = { { "与 --r 同用：指标编号", "with --r: its indicator" } } },
	{ .name = "year", .value = "YEAR",
		.help = { { "与 --r 同用：年度", "with --r: its year" } } },
	{ .name = "edition", .value = "N",
		.help = { {
			"与 --r 同用：版本，默认最新",
			"with --r: its version; default: newest" } } },
	{ .name = NULL }
};

const struct command cmd_export[] = {
	{ .name = "",
		.help = { {
			"导出一轮答卷（CSV），可再导入",
			"export a wave's answers (CSV); import reads it" } },
		.operands = "", .need = CLI_READ, .option = options, .run = run_export,
		.show = show_export,
		.more = { {
			"单元格是选项代码：98 不清楚，99 跳过，空白是没有问到。"
				"以 = + - @ 开头的文字前加撇号。\n"
				"screens dont_know resends client rush 是填写过程，供筛查用；"
				"counted 为 0 的答卷属于没有导入完或已撤回的\n"
				"批次，不计入任何结果。含义见 docs/codebook.md。",
			"Cells hold choice codes: 98 don't know, 99 skipped,"
				" empty not asked.  Text that a\n"
				"spreadsheet would run as a formula gets a leading apostrophe."
				"  screens, dont_know, resends,\n"
				"client and rush tell how it was filled in; answers of which"
				" counted is 0 came in a batch that is unfinished or\n"
				"withdrawn and are part of no figure: docs/codebook.md." } } },
	{ .name = NULL }
};
