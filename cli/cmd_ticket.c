/* manyi ticket: single-use codes that bring an answer into the sampled stream. */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/code.h"
#include "base/csv.h"
#include "base/date.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/office.h"
#include "cli/rows.h"
#include "cli/show.h"
#include "cli/sites.h"
#include "db/db_ticket.h"
#include "ledger/ticket.h"
#include "store/row.h"
#include "view/poster.h"
#include "view/slips.h"

enum { COUNT_MAX = 100000, FEW = 10, DAY = 24 * 60 };

/* Tickets on their way to paper. */
struct making {
	struct cli *cli;
	struct wave wave;
	const struct form *form;
	struct ticket_batch batch;
	const char *until;		/* last good day, "" if none */
	const char *place;		/* of the site, "" if none */
	struct slips slips;
	const char **code;
	unsigned char (*hash)[TICKET_HASH_N];
	size_t n;
};

static const char *
or_empty(const char *s)
{
	return s != NULL ? s : "";
}

static int
find_wave(struct cli *cli, struct wave *w, struct err *err)
{
	return db_find_wave(cli->db, w, args_value(&cli->args, "wave"), &cli->pool, err);
}

/* ---- make ---- */

static int
read_count(struct making *m, struct err *err)
{
	const char *cell = args_value(&m->cli->args, "count");
	long long n;

	if (*cell == '\0' || rows_whole(&n, cell, 1, COUNT_MAX) != 0)
		return err_set(err, ERR_USAGE, "--count 应是 1 到 %d 的整数，不是“%s”",
		    "--count is a whole number from 1 to %d, not \"%s\"", COUNT_MAX, cell);
	m->n = (size_t)n;
	return 0;
}

static int
read_weight(struct making *m, struct err *err)
{
	double w = NAN;

	if (rows_number(&w, or_empty(args_value(&m->cli->args, "weight"))) != 0 || (!isnan(w) && !(w >= 1e-6 && w <= 1e6)))
		return err_set(err, ERR_USAGE, "--weight 应在 0.000001 与 1000000 之间",
		    "--weight lies between 0.000001 and 1000000");
	m->batch.weight = isnan(w) ? 1000000 : llround(w * 1e6);
	return 0;
}

/* Good until the end of that day in China. */
static int
read_until(struct making *m, struct err *err)
{
	int64_t minute;

	m->until = or_empty(args_value(&m->cli->args, "until"));
	if (*m->until == '\0')
		return 0;
	if (date_parse(m->until, &minute) != 0)
		return err_set(err, ERR_USAGE, "--until 应写成 2026-12-31，不是“%s”",
		    "--until is a day as 2026-12-31, not \"%s\"", m->until);
	m->batch.expires = minute + DAY;
	if (m->batch.expires <= date_now_minute())
		return err_set(err, ERR_USAGE, "--until %s 已经过去", "--until %s is over", m->until);
	return 0;
}

static int
read_site(struct making *m, struct err *err)
{
	const char *code = args_value(&m->cli->args, "site");
	struct site site;

	m->place = "";
	if (code == NULL)
		return 0;
	if (db_get_site(m->cli->db, &site, sites_code(m->cli, code), &m->cli->pool, err) != 0)
		return -1;
	m->batch.site = site.id;
	m->place = site.name;
	return 0;
}

static int
read_wave(struct making *m, struct err *err)
{
	struct cli *cli = m->cli;

	if (find_wave(cli, &m->wave, err) != 0)
		return -1;
	if (!m->wave.open)
		return err_set(err, ERR_CONFLICT, "轮次 %s 已经结束，不能再发邀请码",
		    "the wave %s is closed; no tickets are made for it", row_wave_name(&m->wave, &cli->pool));
	m->batch.wave = m->wave.id;
	m->form = db_get_form(cli->db, m->wave.form_id, m->wave.form_version, &cli->pool, err);
	return m->form != NULL ? 0 : -1;
}

static int
draw(struct making *m, struct err *err)
{
	struct pool *pool = &m->cli->pool;
	struct ticket_key key;

	if (ticket_key_ready(&key, ticket_key_path(m->cli->db_path, pool), m->cli->db_path, err) != 0)
		return -1;
	m->code = pool_array(pool, m->n, sizeof(*m->code));
	m->hash = pool_array(pool, m->n, sizeof(*m->hash));
	for (size_t i = 0; i < m->n; i++) {
		char *code = pool_take(pool, TICKET_CODE_N + 1);

		ticket_code(code);
		ticket_hash(m->hash[i], &key, code);
		m->code[i] = code;
	}
	ticket_key_clear(&key);
	return 0;
}

static void
say_message(struct text *out, const struct making *m, const char *url)
{
	text_fmt(out, "【%s】您被抽取参加%s", m->slips.city, m->form->title.in[LANG_ZH]);
	if (m->form->minutes > 0)
		text_fmt(out, "，约%d分钟", m->form->minutes);
	text_fmt(out, "，不登录、不记名：%s", url);
	if (*m->until != '\0')
		text_fmt(out, " ，%s前有效", m->until);
	text_puts(out, "，只能用一次，请勿转发");
}

/* Messages are read by programs that make a link of "https://" in small letters alone. */
static int
message_url(struct text *url, const struct making *m, size_t i, struct err *err)
{
	struct text symbol = TEXT_INIT;
	int rc = slips_url(&symbol, m->slips.base_url, m->code[i], err);

	text_reset(url);
	if (rc == 0) {
		text_puts(url, strncmp(text_str(&symbol), "HTTPS:", 6) == 0 ? "https://" : "");
		poster_in_words(url, text_str(&symbol));
	}
	text_clear(&symbol);
	return rc;
}

/* A line a ticket, for a service that sends messages. */
static int
put_csv(struct text *out, const struct making *m, struct err *err)
{
	struct text url = TEXT_INIT, line = TEXT_INIT;
	int rc = 0;

	text_puts(out, "\xef\xbb\xbf" "code,url,until,message\r\n");
	for (size_t i = 0; rc == 0 && i < m->n; i++) {
		text_reset(&line);
		rc = message_url(&url, m, i, err);
		slips_code(&line, m->code[i]);
		csv_put(out, text_str(&line));
		text_reset(&line);
		say_message(&line, m, text_str(&url));
		text_putc(out, ',');
		csv_put(out, text_str(&url));
		text_putc(out, ',');
		csv_put(out, m->until);
		text_putc(out, ',');
		csv_put(out, text_str(&line));
		text_puts(out, "\r\n");
	}
	text_clear(&url);
	text_clear(&line);
	return rc;
}

static int
put_pdf(struct text *out, const struct making *m, struct err *err)
{
	return slips_pdf(out, &m->slips, err);
}

/* To a file only its owner reads: these codes stand nowhere else. */
static int
write_one(const struct making *m, const char *option, int (*put)(struct text *, const struct making *, struct err *),
	struct err *err)
{
	const char *path = args_value(&m->cli->args, option);
	struct text bytes = TEXT_INIT;
	int rc = 0;

	if (path != NULL) {
		rc = put(&bytes, m, err);
		if (rc == 0)
			rc = file_write(path, bytes.s, bytes.n, 0600, err);
	}
	text_clear(&bytes);
	return rc;
}

static struct slips
slips_of(const struct making *m)
{
	const struct args *a = &m->cli->args;
	struct office o = office_load(m->cli);
	const char *base = args_value(a, "base");

	return (struct slips){ .base_url = base != NULL ? base : o.base_url, .city = o.city, .agency = o.agency,
		.table_number = o.table_number, .approval = o.approval, .valid_until = o.valid_until,
		.place = m->place, .until = m->until, .form = m->form, .english = args_on(a, "english"),
		.demo = o.demo, .code = m->code, .n = m->n };
}

/* Stored with the files written, or not at all: a code on paper that the database does not know is worse than none. */
static int
keep(struct making *m, struct err *err)
{
	struct db *db = m->cli->db;
	const char *file[] = { args_value(&m->cli->args, "pdf"), args_value(&m->cli->args, "csv") };

	if (db_begin(db, err) != 0)
		return -1;
	if (db_put_tickets(db, &m->batch, (const unsigned char (*)[TICKET_HASH_N])m->hash, m->n, err) == 0 &&
	    write_one(m, "pdf", put_pdf, err) == 0 && write_one(m, "csv", put_csv, err) == 0 &&
	    db_commit(db, err) == 0)
		return 0;
	db_rollback(db);
	for (size_t i = 0; i < 2; i++)
		if (file[i] != NULL)
			(void)unlink(file[i]);
	return -1;
}

static json_t *
made_json(const struct making *m)
{
	const struct args *a = &m->cli->args;
	json_t *said = json_pack("{s:I, s:s, s:I}", "batch", (json_int_t)m->batch.id, "wave",
	    row_wave_name(&m->wave, &m->cli->pool), "count", (json_int_t)m->n);
	json_t *codes;

	if (args_value(a, "pdf") != NULL)
		json_object_set_new(said, "pdf", json_string(args_value(a, "pdf")));
	if (args_value(a, "csv") != NULL)
		json_object_set_new(said, "csv", json_string(args_value(a, "csv")));
	if (m->n < FEW)
		json_object_set_new(said, "note", json_string(LANG_PICK(
		    "这一批不到 10 个：同一层、同一群里的人太少，回答有可能对应到人。请并批。",
		    "fewer than 10: so few people of one stratum and cluster may be recognised; make larger batches")));
	if (args_value(a, "pdf") != NULL || args_value(a, "csv") != NULL)
		return said;
	codes = json_array();
	for (size_t i = 0; i < m->n; i++) {
		struct text code = TEXT_INIT;

		slips_code(&code, m->code[i]);
		json_array_append_new(codes, json_string(text_str(&code)));
		text_clear(&code);
	}
	json_object_set_new(said, "codes", codes);
	return said;
}

static int
run_make(struct cli *cli, struct err *err)
{
	struct making m = { .cli = cli, .batch = { .stratum = or_empty(args_value(&cli->args, "stratum")),
		.cluster = or_empty(args_value(&cli->args, "cluster")),
		.note = or_empty(args_value(&cli->args, "note")), .issued = date_now_minute() } };
	struct text url = TEXT_INIT;
	int rc;

	if (read_count(&m, err) != 0 || read_weight(&m, err) != 0 || read_until(&m, err) != 0 ||
	    read_wave(&m, err) != 0 || read_site(&m, err) != 0)
		return -1;
	m.slips = slips_of(&m);
	rc = slips_url(&url, m.slips.base_url, "0", err);	/* a wrong address is said before anything is made */
	text_clear(&url);
	if (rc != 0 || draw(&m, err) != 0)
		return -1;
	m.slips.code = m.code;
	if (keep(&m, err) != 0)
		return -1;
	cli->said = made_json(&m);
	return 0;
}

static void
show_made(struct text *out, const json_t *said)
{
	const json_t *code;
	size_t i;

	show_line(out, "%s：发出 %lld 个邀请码（第 %lld 批）。", "%s: %lld tickets made (batch %lld).",
	    show_string(said, "wave"), show_whole(said, "count"), show_whole(said, "batch"));
	if (*show_string(said, "pdf") != '\0')
		show_line(out, "纸条：%s", "slips: %s", show_string(said, "pdf"));
	if (*show_string(said, "csv") != '\0')
		show_line(out, "短信表：%s", "messages: %s", show_string(said, "csv"));
	if (*show_string(said, "note") != '\0')
		show_line(out, "注意：%s", "Note: %s", show_string(said, "note"));
	json_array_foreach(json_object_get(said, "codes"), i, code)
		text_fmt(out, "%s\n", json_string_value(code));
	show_line(out, "号码只在这里出现一次，数据库里只有加密后的指纹；请妥善保管，发完销毁底稿。",
	    "The codes are shown this once; the database keeps a keyed hash. Keep them safe and destroy leftovers.");
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
	    "batch", (json_int_t)b->id, "wave", wave, "site", site, "stratum", b->stratum, "cluster", b->cluster,
	    "weight", (double)b->weight / 1e6, "issued", day_json(b->issued),
	    "until", day_json(b->expires != 0 ? b->expires - DAY : 0), "note", b->note, "count", (json_int_t)b->n,
	    "used", (json_int_t)b->used, "void", (json_int_t)b->void_, "expired", (json_int_t)expired,
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

	if (load_batches(cli, &b, &n, err) != 0 || db_list_sites(cli->db, &site, &sites, &cli->pool, err) != 0)
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

/* Every ticket that was not taken back counts as an eligible case: the lowest rate there can be (AAPOR's RR1). */
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
	cli->said = json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I}", "wave", row_wave_name(&w, &cli->pool),
	    "count", (json_int_t)sum.n, "used", (json_int_t)sum.used, "void", (json_int_t)sum.void_,
	    "expired", (json_int_t)expired, "live", (json_int_t)(cases - sum.used - expired),
	    "cases", (json_int_t)cases);
	json_object_set_new(cli->said, "rr1", cases > 0 ? json_real((double)sum.used / (double)cases) : json_null());
	return 0;
}

static void
show_count(struct text *out, const json_t *said)
{
	show_line(out, "%s：发出 %lld 个，作废 %lld 个，已用 %lld 个，过期未用 %lld 个，还可用 %lld 个。",
	    "%s: %lld made, %lld void, %lld used, %lld expired, %lld still good.", show_string(said, "wave"),
	    show_whole(said, "count"), show_whole(said, "void"), show_whole(said, "used"),
	    show_whole(said, "expired"), show_whole(said, "live"));
	if (!json_is_null(json_object_get(said, "rr1")))
		show_line(out, "回答率 RR1（AAPOR）不低于 %.1f%%：%lld ÷ %lld。", "Response rate RR1 (AAPOR): %.1f%%, %lld of %lld.",
		    100 * show_number(said, "rr1"), show_whole(said, "used"), show_whole(said, "cases"));
}

/* ---- void ---- */

static int
void_code(struct cli *cli, const char *typed, struct err *err)
{
	char code[TICKET_CODE_N + 1];
	unsigned char hash[TICKET_HASH_N];
	struct ticket_key key;
	bool done;

	if (code_normal(code, TICKET_CODE_N, typed) != 0)
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
		return err_set(err, ERR_USAGE, "批号应是整数，不是“%s”", "a batch is a whole number, not \"%s\"", batch);
	if (db_void_batch(cli->db, id, &n, err) != 0)
		return -1;
	cli->said = json_pack("{s:I}", "void", (json_int_t)n);
	return n > 0 ? 0 : 1;
}

static void
show_void(struct text *out, const json_t *said)
{
	if (show_whole(said, "void") > 0)
		show_line(out, "作废 %lld 个未用的邀请码。", "%lld unused tickets taken back.", show_whole(said, "void"));
	else
		show_line(out, "没有未用的邀请码可作废。", "There is no unused ticket to take back.");
}

#define WAVE_OPTION { .name = "wave", .value = "WAVE", .required = true, \
	.help = { { "轮次，如 C-2024", "wave, as C-2024" } } }

static const struct args_option make_options[] = {
	WAVE_OPTION,
	{ .name = "count", .value = "N", .required = true, .help = { { "个数，最多 100000", "how many, at most 100000" } } },
	{ .name = "stratum", .value = "TEXT", .help = { { "抽样层", "sampling stratum" } } },
	{ .name = "cluster", .value = "TEXT", .help = { { "群（村、社区、楼栋）", "cluster: village, block" } } },
	{ .name = "weight", .value = "W", .help = { { "基础权数，默认 1", "base weight; default 1" } } },
	{ .name = "site", .value = "CODE", .help = { { "在哪个点位发放", "the site where they are handed out" } } },
	{ .name = "until", .value = "DAY", .help = { { "有效到哪一天", "last day they are good" } } },
	{ .name = "note", .value = "TEXT", .help = { { "发给谁，备查", "for whom, for the record" } } },
	{ .name = "pdf", .value = "FILE.pdf", .help = { { "纸条，A4 每页 10 张", "slips, ten on an A4 sheet" } } },
	{ .name = "csv", .value = "FILE.csv", .help = { { "短信表", "a table for text messages" } } },
	{ .name = "base", .value = "URL", .help = { { "网址，默认设置里的", "address; default: the setting" } } },
	{ .name = "english", .help = { { "纸条下加一行英文", "a line of English on the slips" } } },
	{ .name = NULL }
};
static const struct args_option list_options[] = {
	{ .name = "wave", .value = "WAVE", .help = { { "轮次，默认全部", "wave; default: all" } } },
	{ .name = NULL }
};
static const struct args_option count_options[] = { WAVE_OPTION, { .name = NULL } };
static const struct args_option void_options[] = {
	{ .name = "batch", .value = "N", .help = { { "这一批里未用的", "those of a batch that were not used" } } },
	{ .name = "code", .value = "CODE", .help = { { "一个号码", "one code" } } },
	{ .name = NULL }
};

const struct command cmd_ticket[] = {
	{ .name = "make", .help = { { "发一批一次性邀请码（纸条、短信）", "make single-use tickets: slips, messages" } },
	  .operands = "", .need = CLI_WRITE, .option = make_options, .run = run_make, .show = show_made,
	  .more = { { "凭码的回答进入抽样流；数据库只存带密钥的指纹（密钥在旁边的 ticket.key），答卷不记号码。",
	      "An answer with a ticket belongs to the sampled stream.  The database keeps a keyed hash alone\n"
	      "(its key is ticket.key beside it), and no answer says which ticket it came with." } } },
	{ .name = "list", .help = { { "各批的发出、已用、作废、过期", "batches: made, used, void, expired" } },
	  .operands = "", .need = CLI_READ, .option = list_options, .run = run_list, .show = show_list },
	{ .name = "count", .help = { { "一轮的回答率", "response rate of a wave" } },
	  .operands = "", .need = CLI_READ, .option = count_options, .run = run_count, .show = show_count },
	{ .name = "void", .help = { { "作废未用的邀请码", "take back unused tickets" } },
	  .operands = "", .need = CLI_WRITE, .option = void_options, .run = run_void, .show = show_void },
	{ .name = NULL }
};
