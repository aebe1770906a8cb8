/* manyi publish: a figure leaves the house, signed. */
#include "base/date.h"
#include "cli/cli.h"
#include "seal/publish.h"
#include "cli/show.h"
#include "view/fact.h"

static int
run_publish(struct cli *cli, struct err *err)
{
	const struct args *a = &cli->args;
	struct publish p = { .indicator = cli_operand(cli, 0),
		.signed_by = args_value(a, "signed-by"), .minute = date_now_minute(),
		.key_path = cli_key_path(cli->db_path, &cli->pool) };
	struct published_row row;

	if (args_year(a, "year", &p.year, err) != 0)
		return -1;
	if (publish_figure(cli->db, &p, &row, &cli->pool, err) != 0)
		return -1;
	cli->said = fact_published(&row);
	return 0;
}

static void
show_publish(struct text *out, const json_t *said)
{
	const json_t *provenance = json_object_get(said, "provenance");

	show_line(out, "已公布：第 %s 项，%lld 年，第 %lld 版，签发人 %s。",
		"Published: indicator %s, %lld, version %lld, signed by %s.",
		show_string(said, "indicator"), show_whole(said, "year"),
		show_whole(said, "version"), show_string(said, "signed_by"));
	show_line(out, "存证摘要（%lld 份答卷）：%s", "Ledger head (%lld answers): %s",
		show_whole(provenance, "ledger_size"), show_string(provenance, "ledger_head"));
}

static int
run_list(struct cli *cli, struct err *err)
{
	struct published_row *row;
	size_t n;

	if (db_list_published(cli->db, cli_operand(cli, 0), &row, &n, &cli->pool, err) != 0)
		return -1;
	cli->said = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(cli->said, fact_published(&row[i]));
	return 0;
}

static void
show_list(struct text *out, const json_t *said)
{
	static const struct show_column column[] = {
		{ "indicator", { { "指标", "row" } }, SHOW_PLAIN },
		{ "year", { { "年度", "year" } }, SHOW_COUNT },
		{ "version", { { "版本", "version" } }, SHOW_COUNT },
		{ "signed_by", { { "签发人", "signed by" } }, SHOW_PLAIN },
		{ "minute", { { "时间", "when" } }, SHOW_MINUTE },
	};

	show_table(out, said, column, sizeof(column) / sizeof(column[0]));
}

static const struct args_option none[] = { { .name = NULL } };
static const struct args_option options[] = {
	{ .name = "year", .value = "YEAR", .required = true, .help = { { "年度", "year" } } },
	{ .name = "signed-by", .value = "NAME", .required = true,
		.help = { { "签发人", "who signs" } } },
	{ .name = NULL }
};

const struct command cmd_publish[] = {
	{ .name = "",
		.help = { {
			"发布一个数字，连同出处一起冻结",
			"publish a figure, frozen with its provenance" } },
		.operands = "ID", .least = 1, .most = 1, .need = CLI_WRITE, .option = options,
		.run = run_publish, .show = show_publish },
	{ .name = "list",
		.help = { { "列出已发布的数字和版本", "list published figures and versions" } },
		.operands = "[ID]", .most = 1, .need = CLI_READ, .option = none, .run = run_list,
		.show = show_list },
	{ .name = NULL }
};
