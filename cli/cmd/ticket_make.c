/* manyi ticket make: codes drawn, stored as hashes, printed once. */
#include "cli/cmd/ticket.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/date.h"
#include "base/file.h"
#include "cli/cmd/office.h"
#include "cli/rows.h"
#include "cli/show.h"
#include "cli/cmd/sites.h"
#include "db/ticket.h"
#include "ledger/ticket.h"
#include "db/row.h"
#include "view/paper/poster.h"
#include "view/paper/slips.h"

enum { COUNT_MAX = 100000, FEW = 10 };

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

	if (rows_number(&w, or_empty(args_value(&m->cli->args, "weight"))) != 0 ||
			(!isnan(w) && !(w >= 1e-6 && w <= 1e6)))
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
	m->batch.expires = minute + DATE_DAY;
	if (m->batch.expires <= date_now_minute())
		return err_set(err, ERR_USAGE, "--until %s 已经过去",
			"--until %s is over", m->until);
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

	if (db_find_wave(cli->db, &m->wave, args_value(&cli->args, "wave"), &cli->pool, err) != 0)
		return -1;
	if (!m->wave.open)
		return err_set(err, ERR_CONFLICT, "轮次 %s 已经结束，不能再发邀请码",
			"the wave %s is closed; no tickets are made for it",
			row_wave_name(&m->wave, &cli->pool));
	m->batch.wave = m->wave.id;
	m->form = db_get_form(cli->db, m->wave.form_id, m->wave.form_version, &cli->pool, err);
	return m->form != NULL ? 0 : -1;
}

static int
draw(struct making *m, struct err *err)
{
	struct pool *pool = &m->cli->pool;
	struct ticket_key key;

	if (ticket_key_ready(&key, ticket_key_path(m->cli->db_path, pool), m->cli->db_path, err) !=
			0)
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

/* The link stands last, between a blank and the end: apps make everything up to the
 * next blank part of it. */
static void
say_message(struct text *out, const struct making *m, const char *url)
{
	text_fmt(out, "【%s】您被抽取参加%s", m->slips.city, texts_for(&m->form->title, LANG_ZH));
	if (m->form->minutes > 0)
		text_fmt(out, "，约%d分钟", m->form->minutes);
	if (*m->until != '\0')
		text_fmt(out, "，%s前有效", m->until);
	text_puts(out, "，不登录、不记名，只能用一次，请勿转发");
	if (m->slips.english)
		text_fmt(out,
			"。You were selected for a survey: %s. No login, no name; works once%s%s,"
			" please do not forward", texts_for(&m->form->title, LANG_EN),
			*m->until != '\0' ? ", until " : "", m->until);
	text_fmt(out, m->slips.english ? ": %s" : "： %s", url);
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
write_one(const struct making *m, const char *option,
	int (*put)(struct text *, const struct making *, struct err *), struct err *err)
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

	return (struct slips){ .base_url = base != NULL ? base : o.base_url, .city = o.city,
		.agency = o.agency, .table_number = o.table_number, .approval = o.approval,
		.valid_until = o.valid_until, .place = m->place, .until = m->until, .form = m->form,
		.english = args_on(a, "english"), .demo = o.demo, .code = m->code, .n = m->n };
}

/* Stored with the files written, or not at all: a code on paper that the database does not
 * know is worse than none. */
static int
keep(struct making *m, struct err *err)
{
	struct db *db = m->cli->db;
	const char *file[] = { args_value(&m->cli->args, "pdf"), args_value(&m->cli->args, "csv") };

	/* Slips take seconds to draw: first, so that no answer waits for them. */
	if (write_one(m, "pdf", put_pdf, err) == 0 && write_one(m, "csv", put_csv, err) == 0 &&
			db_put_tickets(db, &m->batch,
			(const unsigned char (*)[TICKET_HASH_N])m->hash, m->n, err) == 0)
		return 0;
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
			"fewer than 10: so few people of one stratum and cluster may be recognised;"
			" make larger batches")));
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

int
ticket_make(struct cli *cli, struct err *err)
{
	struct making m = { .cli = cli,
		.batch = { .stratum = or_empty(args_value(&cli->args, "stratum")),
		.cluster = or_empty(args_value(&cli->args, "cluster")),
		.note = or_empty(args_value(&cli->args, "note")), .issued = date_now_minute() } };
	struct text url = TEXT_INIT;
	int rc;

	if (read_count(&m, err) != 0 || read_weight(&m, err) != 0 || read_until(&m, err) != 0 ||
			read_wave(&m, err) != 0 || read_site(&m, err) != 0)
		return -1;
	m.slips = slips_of(&m);
	/* a wrong address is said before anything is made */
	rc = slips_url(&url, m.slips.base_url, "0", err);
	text_clear(&url);
	if (rc != 0 || draw(&m, err) != 0)
		return -1;
	m.slips.code = m.code;
	if (keep(&m, err) != 0)
		return -1;
	cli->said = made_json(&m);
	return 0;
}

void
ticket_show_made(struct text *out, const json_t *said)
{
	const json_t *code;
	size_t i;

	show_line(out, "%s：发出 %lld 个邀请码（第 %lld 批）。",
		"%s: %lld tickets made (batch %lld).",
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
		"The codes are shown this once; the database keeps a keyed hash."
		" Keep them safe and destroy leftovers.");
}
