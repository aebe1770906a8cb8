/* manyi analyse: a pre-registered plan, run as it was written. */
#include "cli/cli.h"
#include "cli/analyse/estimates.h"
#include "cli/analyse/stored.h"
#include "plan/plan.h"
#include "stats/stats.h"

static int
run_analyse(struct cli *cli, struct err *err)
{
	size_t answered = 0;

	stats_init();
	if (stored_asked(cli)) {
		struct plan_stored stored;
		struct inquiry q;

		if (stored_open(&q, cli, err) != 0)
			return -1;
		stored = stored_plan(&q);
		cli->said = stored_said(plan_run_stored_path(cli_operand(cli, 0), &stored,
			&answered, &cli->pool, err), &q);
	} else
		cli->said = plan_run_path(cli_operand(cli, 0), args_value(&cli->args, "encoding"),
			&answered, &cli->pool, err);
	if (cli->said == NULL)
		return -1;
	return answered > 0 || json_array_size(json_object_get(cli->said, "results")) == 0 ? 0 : 1;
}

static void
show_analyse(struct text *out, const json_t *said)
{
	stored_show(out, said);
	estimates_show(out, said);
}

static const struct args_option options[] = {
	STORED_OPTIONS,
	STORED_ENCODING_OPTION,
	{ .name = NULL }
};

const struct command cmd_analyse[] = {
	{ .name = "",
		.help = { { "运行预先登记的分析计划", "run a pre-registered analysis plan" } },
		.operands = "PLAN.json", .least = 1, .most = 1, .need = CLI_WAVE, .option = options,
		.run = run_analyse, .show = show_analyse,
		.more = { {
			"- 读标准输入。数据路径相对于计划所在目录。结果带计划的 SHA-256。\n"
				"没有一个请求能给出数字时退出码为 1。\n"
				"用 --wave 时不读 data：按该轮的设计和权数。",
			"- reads standard input. Paths are relative to the plan. The answer"
				" carries the plan's SHA-256.\n"
				"Exit 1 when no request could be answered.\n"
				"With --wave \"data\" is not read: the wave's design and"
				" weights hold." } } },
	{ .name = NULL }
};
