/* manyi analyse: a pre-registered plan, run as it was written. */
#include "cli/cli.h"
#include "cli/estimates.h"
#include "plan/plan.h"
#include "stats/stats.h"

static int
run_analyse(struct cli *cli, struct err *err)
{
	size_t answered = 0;

	stats_init();
	cli->said = plan_run_path(cli_operand(cli, 0), args_value(&cli->args, "encoding"), &answered, &cli->pool, err);
	if (cli->said == NULL)
		return -1;
	return answered > 0 || json_array_size(json_object_get(cli->said, "results")) == 0 ? 0 : 1;
}

static const struct args_option options[] = {
	{ .name = "encoding", .value = "E",
	  .help = { { "数据的编码：utf-8（默认）或 gb18030", "of the data: utf-8 (default) or gb18030" } } },
	{ .name = NULL }
};

const struct command cmd_analyse[] = {
	{ .name = "", .help = { { "运行预先登记的分析计划", "run a pre-registered analysis plan" } },
	  .operands = "PLAN.json", .least = 1, .most = 1, .need = CLI_ALONE, .option = options, .run = run_analyse,
	  .show = estimates_show,
	  .more = { { "- 读标准输入。数据路径相对于计划所在目录。结果带计划的 SHA-256。\n"
	      "没有一个请求能给出数字时退出码为 1。",
	      "- reads standard input. Paths are relative to the plan. The answer carries the plan's SHA-256.\n"
	      "Exit 1 when no request could be answered." } } },
	{ .name = NULL }
};
