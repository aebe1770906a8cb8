/* manyi ticket: single-use codes that bring an answer into the sampled stream. */
#include "base/code.h"
#include "base/date.h"
#include "cli/cli.h"
#include "cli/rows.h"
#include "cli/show.h"
#include "cli/cmd/ticket.h"
#include "db/ticket.h"
#include "ledger/ticket.h"
#include "db/row.h"

static int
find_wave(struct cli *cli, struct wave *w, struct err *err)
{
	return db_find_wave(cli->db, w, args_value(&cli->args, "wave"), &cli->pool, err);
}

/* ---- list, count ---- */

static json_t *
day_json(int64_t minute)
{
	char day[11];

	date_day(day, minute);
	return json_string(minute != 0 ? day : "");
}

/* Not used when its time was over. */
static int64_t
expired_of(const struct ticket_batch *b)
{
	return b->expires != 0 && date_now_minute() >= b->expires ? b->n - b->used - b->void_ : 0;
}

static json_t *
batch_json(const struct ticket_batch *b, const char *wave, const char *site)
{
	int64_t expired = expired_of(b);

	return json_pack("{s:I, s:s, s:s, s:s, s:s, s:f, s:o, s:o, s:s, s:I, s:I, s:I, s:I, s:I}",
		"batch", (json_int_t)b->id, "wave", wave, "site", site, "stratum", b->stratum,
		"cluster", b->cluster, "weight", (double)b->weight / 1e6, "issued",
		day_json(b->issued), "until", day_json(b->expires != 0 ? b->expires - DATE_DAY : 0),
		"note", b->note, "count", (json_int_t)b->n, "used", (json_int_t)b->used, "void",
		(json_int_t)b->void_, "expired", (json_int_t)expired,
		"live", (json_int_t)(b->n - b->used - b->void_ - expired));
}

static const char *
site_code_of(const struct site *site, size_t sites, int64_t id)
{
	for (size_t i = 0; i < sites; i++)
		if (site[i].id == id)
			return site[i].code;
	return "";
}

/* Batches of --wave, or of every wave. */
static int
load_batches(struct cli *cli, struct ticket_batch **batch, size_t *n, struct err *err)
{
	struct wave w = { .id = 0 };

	if (args_value(&cli->args, "wave") != NULL && find_wave(cli, &w, err) != 0)
		return -1;
	return db_list_tickets(cli->db, w.id, batch, n, &cli->pool, err);
}

static int
run_list(struct cli *cli, struct err *err)
{
	struct ticket_batch *b;
	struct site *site;
	struct wave w;
	size_t n, sites;

	if (load_batches(cli, &b, &n, err) != 0 ||
			db_list_sites(cli->db, &site, &sites, &cli->pool, err) != 0)
		return -1;
	cli->said = json_array();
	for (size_t i = 0; i < n; i++) {
		if (db_get_wave(cli->db, &w, b[i].wave, &cli->pool, err) != 0)
			return -1;
		json_array_append_new(cli->said, batch_json(&b[i], row_wave_name(&w, &cli->pool),
			site_code_of(site, sites, b[i].site)));
	}
	return 0;
}

static void
show_list(struct text *out, const json_t *said)
{
	static const struct show_column column[] = {
		{ "batch", { { "批", "batch" } }, SHOW_COUNT },
		{ "wave", { { "轮次", "wave" } }, SHOW_PLAIN },
		{ "site", { { "点位", "site" } }, SHOW_PLAIN },
		{ "stratum", { { "层", "stratum" } }, SHOW_PLAIN },
		{ "cluster", { { "群", "cluster" } }, SHOW_PLAIN },
		{ "note", { { "说明", "note" } }, SHOW_PLAIN },
		{ "issued", { { "发出", "issued" } }, SHOW_PLAIN },
		{ "until", { { "有效期至", "until" } }, SHOW_PLAIN },
		{ "count", { { "发出数", "count" } }, SHOW_COUNT },
		{ "used", { { "已用", "used" } }, SHOW_COUNT },
		{ "void", { { "作废", "void" } }, SHOW_COUNT },
		{ "expired", { { "过期未用", "expired" } }, SHOW_COUNT },
		{ "live", { { "未用", "live" } }, SHOW_COUNT },
	};

	show_table(out, said, column, sizeof(column) / sizeof(column[0]));
}

/* Every ticket that was not taken back counts as an eligible case: the lowest rate there
 * can be (AAPOR's RR1). */
static int
run_count(struct cli *cli, struct err *err)
{
	struct ticket_batch *b, sum = { 0 };
	struct wave w;
	size_t n;
	int64_t expired = 0, cases;

	if (find_wave(cli, &w, err) != 0 || load_batches(cli, &b, &n, err) != 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		sum.n += b[i].n;
		sum.used += b[i].used;
		sum.void_ += b[i].void_;
		expired += expired_of(&b[i]);
	}
	cases = sum.n - sum.void_;
	cli->said = json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I}", "wave",
		row_wave_name(&w, &cli->pool), "count", (json_int_t)sum.n, "used",
		(json_int_t)sum.used, "void", (json_int_t)sum.void_, "expired", (json_int_t)expired,
		"live", (json_int_t)(cases - sum.used - expired), "cases", (json_int_t)cases);
	json_object_set_new(cli->said, "rr1",
		cases > 0 ? json_real((double)sum.used / (double)cases) : json_null());
	return 0;
}

static void
show_count(struct text *out, const json_t *said)
{
	show_line(out,
		"%s：发出 %lld 个，作废 %lld 个，已用 %lld 个，过期未用 %lld 个，还可用 %lld 个。",
		"%s: %lld made, %lld void, %lld used, %lld expired, %lld still good.",
		show_string(said, "wave"), show_whole(said, "count"), show_whole(said, "void"),
		show_whole(said, "used"), show_whole(said, "expired"), show_whole(said, "live"));
	if (!json_is_null(json_object_get(said, "rr1")))
		show_line(out, "应答率 RR1（AAPOR）不低于 %.1f%%：%lld ÷ %lld。",
			"Response rate RR1 (AAPOR): %.1f%%, %lld of %lld.",
			100 * show_number(said, "rr1"), show_whole(said, "used"),
			show_whole(said, "cases"));
}

/* ---- void ---- */

static int
void_code(struct cli *cli, const char *typed, struct err *err)
{
	char code[TICKET_CODE_N + 1];
	unsigned char hash[TICKET_HASH_N];
	struct ticket_key key;
	bool done;

	if (code_find(code, TICKET_CODE_N, typed) != 0)
		return err_set(err, ERR_INPUT, "“%s”不是邀请码：应是 12 个字母和数字",
			"\"%s\" is no ticket: 12 letters and digits expected", typed);
	if (ticket_key_load(&key, ticket_key_path(cli->db_path, &cli->pool), err) != 0)
		return -1;
	ticket_hash(hash, &key, code);
	ticket_key_clear(&key);
	if (db_void_ticket(cli->db, hash, &done, err) != 0)
		return -1;
	cli->said = json_pack("{s:i}", "void", done ? 1 : 0);
	return done ? 0 : 1;
}

static int
run_void(struct cli *cli, struct err *err)
{
	const char *batch = args_value(&cli->args, "batch"), *code = args_value(&cli->args, "code");
	long long id;
	int64_t n;

	if ((batch != NULL) == (code != NULL))
		return err_set(err, ERR_USAGE, "用 --batch 批号 或 --code 号码（两者取一）",
			"say which: either --batch N or --code CODE");
	if (code != NULL)
		return void_code(cli, code, err);
	if (*batch == '\0' || rows_whole(&id, batch, 1, INT64_MAX) != 0)
		return err_set(err, ERR_USAGE, "批号应是整数，不是“%s”",
			"a batch is a whole number, not \"%s\"", batch);
	if (db_void_batch(cli->db, id, &n, err) != 0)
		return -1;
	cli->said = json_pack("{s:I}", "void", (json_int_t)n);
	return n > 0 ? 0 : 1;
}

static void
show_void(struct text *out, const json_t *said)
{
	if (show_whole(said, "void") > 0)
		show_line(out, "作废 %lld 个未用的邀请码。",
			"%lld unused tickets taken back.", show_whole(said, "void"));
	else
		show_line(out, "没有未用的邀请码可作废。",
			"There is no unused ticket to take back.");
}

#define WAVE_OPTION { .name = "wave", .value = "WAVE", .required = true, \
	.help = { { "轮次，如 C-2024", "wave, as C-2024" } } }

static const struct args_option make_options[] = {
	WAVE_OPTION,
	{ .name = "count", .value = "N", .required = true,
		.help = { { "个数，最多 100000", "how many, at most 100000" } } },
	{ .name = "stratum", .value = "TEXT", .help = { { "抽样层", "sampling stratum" } } },
	{ .name = "cluster", .value = "TEXT",
		.help = { { "群（村、社区、楼栋）", "cluster: village, block" } } },
	{ .name = "weight", .value = "W",
		.help = { { "基础权数，默认 1", "base weight; default 1" } } },
	{ .name = "site", .value = "CODE",
		.help = { { "在哪个点位发放", "the site where they are handed out" } } },
	{ .name = "until", .value = "DAY",
		.help = { { "有效到哪一天", "last day they are good" } } },
	{ .name = "note", .value = "TEXT",
		.help = { { "发给谁，备查", "for whom, for the record" } } },
	{ .name = "pdf", .value = "FILE.pdf",
		.help = { { "纸条，A4 每页 10 张", "slips, ten on an A4 sheet" } } },
	{ .name = "csv", .value = "FILE.csv",
		.help = { { "短信表", "a table for text messages" } } },
	{ .name = "base", .value = "URL",
		.help = { { "网址，默认设置里的", "address; default: the setting" } } },
	{ .name = "english", .help = { { "纸条下加一行英文", "a line of English on the slips" } } },
	{ .name = NULL }
};
static const struct args_option list_options[] = {
	{ .name = "wave", .value = "WAVE", .help = { { "轮次，默认全部", "wave; default: all" } } },
	{ .name = NULL }
};
static const struct args_option count_options[] = { WAVE_OPTION, { .name = NULL } };
static const struct args_option void_options[] = {
	{ .name = "batch", .value = "N",
		.help = { { "这一批里未用的", "those of a batch that were not used" } } },
	{ .name = "code", .value = "CODE", .help = { { "一个号码", "one code" } } },
	{ .name = NULL }
};

const struct command cmd_ticket[] = {
	{ .name = "make",
		.help = { {
			"发一批一次性邀请码（纸条、短信）",
			"make single-use tickets: slips, messages" } },
		.operands = "", .need = CLI_WRITE, .option = make_options, .run = ticket_make,
		.show = ticket_show_made,
		.more = { {
			"凭码的回答进入抽样流；数据库只存带密钥的指纹（密钥在旁边的"
				" ticket.key），答卷不记号码。",
			"An answer with a ticket belongs to the sampled stream.  The"
				" database keeps a keyed hash alone\n"
				"(its key is ticket.key beside it), and no answer"
				" says which ticket it came with." } } },
	{ .name = "list",
		.help = { {
			"各批的发出、已用、作废、过期", "batches: made, used, void, expired" } },
		.operands = "", .need = CLI_READ, .option = list_options, .run = run_list,
		.show = show_list },
	{ .name = "count",
		.help = { { "一轮的应答率", "response rate of a wave" } },
		.operands = "", .need = CLI_READ, .option = count_options, .run = run_count,
		.show = show_count },
	{ .name = "void",
		.help = { { "作废未用的邀请码", "take back unused tickets" } },
		.operands = "", .need = CLI_WRITE, .option = void_options, .run = run_void,
		.show = show_void },
	{ .name = NULL }
};
