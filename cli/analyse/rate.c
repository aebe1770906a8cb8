/* manyi rate: counts over exposure, with exact intervals and honest comparisons. */
#include <math.h>

#include "cli/cli.h"
#include "cli/analyse/estimates.h"
#include "cli/show.h"
#include "cli/analyse/stored.h"
#include "db/track.h"
#include "plan/rates.h"
#include "stats/stats.h"

/* Complaints and residents as the tracker has them, up to the year of the wave. */
static int
complaints_read(struct plan_periods *p, struct db *db, int until, struct pool *pool,
	struct err *err)
{
	struct complaint_row *row;
	const char **name;
	struct rate *rate;
	size_t n;

	if (db_list_complaints(db, &row, &n, pool, err) != 0)
		return -1;
	name = pool_array(pool, n + 1, sizeof(*name));
	rate = pool_array(pool, n + 1, sizeof(*rate));
	*p = (struct plan_periods){ 0, name, rate };
	for (size_t i = 0; i < n; i++) {
		if (row[i].year > until || isnan(row[i].residents))
			continue;
		name[p->n] = pool_fmt(pool, "%d", row[i].year);
		rate[p->n++] = (struct rate){ (double)row[i].registered, row[i].residents };
	}
	return p->n > 0 ? 0 : err_set(err, ERR_REFUSED,
		"%d 年及以前没有登记投诉件数与常住人口：先用 track complaints 导入",
		"there are no complaints with residents on record up to %d: import"
		" them with track complaints", until);
}

static json_t *
rate_stored(struct cli *cli, const struct plan_rates *rates, struct err *err)
{
	struct plan_periods p;
	struct wave w;
	json_t *said;

	if (db_find_wave(cli->db, &w, args_value(&cli->args, "wave"), &cli->pool, err) != 0 ||
			complaints_read(&p, cli->db, w.year, &cli->pool, err) != 0 ||
			(said = plan_rate_periods(&p, rates, err)) == NULL)
		return NULL;
	json_object_set_new(said, "wave", json_pack("{s:o, s:[i], s:{s:s, s:s}}", "name",
		json_pack("[o]", json_sprintf("%s-%s", w.form_id, w.label)), "year", w.year, "note",
		"zh", "登记投诉件数与常住人口，取自指标 43 的记录", "en",
		"complaints on record and residents, as indicator 43 has them"));
	return said;
}

static int
run_rate(struct cli *cli, struct err *err)
{
	static const char *const none[] = { NULL }, *const file[] = { "encoding", NULL };
	const struct args *a = &cli->args;
	struct plan_rates rates = { .path = cli_operand(cli, 0),
		.encoding = args_value(a, "encoding"), .per = 10000, .reference = NAN,
		.level = 0.95 };

	if (stored_source(cli, false, none, file, err) != 0 ||
			args_number(a, "per", &rates.per, err) != 0 ||
			args_number(a, "reference", &rates.reference, err) != 0 ||
			args_number(a, "level", &rates.level, err) != 0)
		return -1;
	if (!(rates.per > 0) || (args_on(a, "reference") && !(rates.reference >= 0)) ||
			!(rates.level > 0 && rates.level < 1))
		return err_set(err, ERR_USAGE,
			"--per 应大于 0，--reference 不能为负，--level 应在 0 与 1 之间",
			"--per is above 0, --reference at least 0, --level between 0 and 1");
	stats_init();
	cli->said = stored_asked(cli) ? rate_stored(cli, &rates, err) :
		plan_rate(&rates, &cli->pool, err);
	return cli->said != NULL ? 0 : -1;
}

/* Rows with their numbers shortened. */
static json_t *
rounded(const json_t *rows)
{
	json_t *list = json_array(), *row, *value;
	const char *key;
	size_t i;

	json_array_foreach((json_t *)rows, i, row) {
		json_t *line = json_object();

		json_object_foreach(row, key, value) {
			if (json_is_string(value) || json_is_integer(value))
				json_object_set(line, key, value);
			else
				json_object_set_new(line, key, estimates_number(value));
		}
		json_array_append_new(list, line);
	}
	return list;
}

/* From one period to the next, and whether all could have one rate. */
static void
show_changes(struct text *out, const json_t *changes, const json_t *h)
{
	static const struct show_column change[] = {
		{ "from", { { "从", "from" } }, SHOW_PLAIN },
		{ "to", { { "到", "to" } }, SHOW_PLAIN },
		{ "ratio", { { "比", "ratio" } }, SHOW_PLAIN },
		{ "low", { { "下限", "low" } }, SHOW_PLAIN },
		{ "high", { { "上限", "high" } }, SHOW_PLAIN },
		{ "p_two", { { "p（双侧）", "p (two-sided)" } }, SHOW_PLAIN },
		{ "p_fall", { { "下降的 p（单侧）", "p of a fall (one-sided)" } }, SHOW_PLAIN },
	};

	text_putc(out, '\n');
	show_table(out, changes, change, sizeof(change) / sizeof(change[0]));
	show_line(out, "同一个率？卡方检验 p = %.4g；离散 %.3g（大于 1：投诉成串，区间偏窄）",
		"One rate for all? chi-square p = %.4g; dispersion %.3g (above 1: counts come in"
		" bunches, intervals are too narrow)",
		show_number(h, "p_chisq"), show_number(h, "overdispersion"));
}

static void
show_rate(struct text *out, const json_t *said)
{
	static const struct show_column period[] = {
		{ "period", { { "时期", "period" } }, SHOW_PLAIN },
		{ "count", { { "件数", "count" } }, SHOW_COUNT },
		{ "exposure", { { "暴露量", "exposure" } }, SHOW_PLAIN },
		{ "rate", { { "率", "rate" } }, SHOW_PLAIN },
		{ "low", { { "下限", "low" } }, SHOW_PLAIN },
		{ "high", { { "上限", "high" } }, SHOW_PLAIN },
		{ "p_below", { { "低于参照的 p（单侧）", "p below reference (one-sided)" } },
			SHOW_PLAIN },
	};
	json_t *rows = rounded(json_object_get(said, "rows")),
		*changes = rounded(json_object_get(said, "changes"));
	const json_t *falls = json_object_get(said, "three_falls");

	show_table(out, rows, period, sizeof(period) / sizeof(period[0]));
	if (json_array_size(changes) > 0)
		show_changes(out, changes, json_object_get(said, "homogeneity"));
	if (json_is_number(json_object_get(falls, "p_fall")))
		show_line(out, "连续三次下降（交并检验）：单侧 p = %.4g",
			"three falls in a row (intersection-union): one-sided p = %.4g",
			show_number(falls, "p_fall"));
	json_decref(rows);
	json_decref(changes);
}

static const struct args_option options[] = {
	{ .name = "wave", .value = "W", .help = { { "用已登记的投诉件数与人口，到该轮的年度为止",
		"complaints and residents on record, up to this wave's year" } } },
	{ .name = "per", .value = "N",
		.help = { {
			"每多少暴露量，默认 10000",
			"rate per so much exposure, default 10000" } } },
	{ .name = "reference", .value = "RATE",
		.help = { { "参照率（如全国），同一单位", "a rate to compare with, same unit" } } },
	{ .name = "level", .value = "P",
		.help = { { "置信水平，默认 0.95", "confidence, default 0.95" } } },
	STORED_ENCODING_OPTION,
	{ .name = NULL }
};

const struct command cmd_rate[] = {
	{ .name = "",
		.help = { { "率及其精确区间", "rates with exact intervals" } },
		.operands = "[FILE.csv]", .least = 0, .most = 1, .need = CLI_WAVE,
		.option = options, .run = run_rate, .show = show_rate,
		.more = { {
			"各列：period、count、exposure，按时间先后。",
			"Columns: period, count, exposure, in the order of time." } } },
	{ .name = NULL }
};
