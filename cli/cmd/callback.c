/* manyi callback: phones left for a call, and nothing that leads to an answer. */
#include "base/date.h"
#include "cli/cli.h"
#include "cli/show.h"
#include "db/survey.h"

static json_t *
day_json(int64_t minute)
{
	char day[11];

	date_day(day, minute);
	return json_string(day);
}

static int
run_list(struct cli *cli, struct err *err)
{
	struct callback *c;
	size_t n;

	if (db_list_callbacks(cli->db, &c, &n, &cli->pool, err) != 0)
		return -1;
	cli->said = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(cli->said,
			json_pack("{s:s, s:s, s:o, s:o}", "phone", c[i].phone, "site", c[i].site,
			"day", day_json(c[i].day), "delete_after", day_json(c[i].delete_after)));
	return 0;
}

static void
show_list(struct text *out, const json_t *said)
{
	static const struct show_column column[] = {
		{ "day", { { "日期", "day" } }, SHOW_PLAIN },
		{ "site", { { "点位", "site" } }, SHOW_PLAIN },
		{ "phone", { { "电话", "phone" } }, SHOW_PLAIN },
		{ "delete_after", { { "此后删除", "deleted after" } }, SHOW_PLAIN },
	};

	show_table(out, said, column, sizeof(column) / sizeof(column[0]));
}

static int
run_clean(struct cli *cli, struct err *err)
{
	if (db_drop_callbacks(cli->db, date_now_minute(), err) != 0)
		return -1;
	return run_list(cli, err);
}

static const struct args_option none[] = { { .name = NULL } };

const struct command cmd_callback[] = {
	{ .name = "list",
		.help = { { "列出等回访的电话", "list phones waiting for a call" } },
		.operands = "", .need = CLI_KEEP, .option = none, .run = run_list,
		.show = show_list },
	{ .name = "clean",
		.help = { { "删除到期的电话", "delete phones whose time has come" } },
		.operands = "", .need = CLI_WRITE, .option = none, .run = run_clean,
		.show = show_list },
	{ .name = NULL }
};
