/* manyi rank: between which places, and how likely near the top. */
#include <string.h>

#include "cli/cli.h"
#include "cli/analyse/estimates.h"
#include "cli/show.h"
#include "cli/analyse/stored.h"
#include "plan/peers.h"
#include "stats/stats.h"

/* A wave's domains, with the covariance of their estimates. */
static json_t *
rank_stored(struct cli *cli, const struct rank_options *options, struct err *err)
{
	struct stored_domains d = { .n = 0 };
	struct plan_scores scores;
	json_t *said = NULL;

	if (stored_domains(&d, cli, err) != 0)
		return NULL;
	scores = (struct plan_scores){ d.n, d.name, d.score, NULL, d.count };
	if (d.n < 2)
		err_set(err, ERR_REFUSED, "有标准误的不足两个，排不出名次",
			"fewer than two have a standard error: there is nothing to rank");
	else
		said = plan_rank_scores(&scores, d.cov, options, &cli->pool, err);
	return stored_domains_said(said, &d);
}

static int
run_rank(struct cli *cli, struct err *err)
{
	static const char *const wave[] = { "by", "index", "stream", NULL },
		*const file[] = { "vcov", "encoding", NULL };
	const struct args *a = &cli->args;
	struct plan_peers peers = { cli_operand(cli, 0), args_value(a, "encoding"),
		args_value(a, "vcov") };
	struct rank_options options;
	long long seed = 0, draws = RANK_DRAWS, top = 0;
	double level = 0.95;

	if (stored_source(cli, false, wave, file, err) != 0 ||
			args_whole(a, "seed", &seed, 0, 9007199254740991, err) != 0 ||
			args_whole(a, "draws", &draws, 100, 10000000, err) != 0 ||
			args_whole(a, "top", &top, 1, 1000000, err) != 0 ||
			args_level(a, &level, err) != 0)
		return -1;
	stats_init();
	options = (struct rank_options){ .level = level, .draws = (size_t)draws,
		.seed = (uint64_t)seed, .top = (size_t)top };
	cli->said = stored_asked(cli) ? rank_stored(cli, &options, err) :
		plan_rank(&peers, &options, &cli->pool, err);
	return cli->said != NULL ? 0 : -1;
}

/* "5–19": never a bare place. */
static void
places(json_t *row, const char *key, const char *low, const char *high)
{
	struct text t = TEXT_INIT;

	text_fmt(&t, "%lld–%lld", show_whole(row, low), show_whole(row, high));
	json_object_set_new(row, key, json_string(text_str(&t)));
	text_clear(&t);
}

static void
show_rank(struct text *out, const json_t *said)
{
	static const struct show_column column[] = {
		{ "name", { { "名称", "name" } }, SHOW_PLAIN },
		{ "score", { { "得分", "score" } }, SHOW_PLAIN },
		{ "se", { { "标准误", "se" } }, SHOW_PLAIN },
		{ "each", { { "名次（单独）", "rank (alone)" } }, SHOW_PLAIN },
		{ "all", { { "名次（同时）", "rank (all at once)" } }, SHOW_PLAIN },
		{ "p_top", { { "进入前列的概率", "P(top)" } }, SHOW_PLAIN },
		STORED_DOMAIN_COLUMNS,
	};
	json_t *list = json_array(), *row;
	size_t i;

	stored_show(out, said);
	json_array_foreach(json_object_get(said, "rows"), i, row) {
		json_t *line = json_copy(row);

		places(line, "each", "low", "high");
		places(line, "all", "low_simultaneous", "high_simultaneous");
		json_object_set_new(line, "score", estimates_number(json_object_get(row, "score")));
		json_object_set_new(line, "se", estimates_number(json_object_get(row, "se")));
		json_object_set_new(line, "p_top", estimates_number(json_object_get(row, "p_top")));
		stored_domain_line(line, said, i);
		json_array_append_new(list, line);
	}
	show_table(out, list, column, sizeof(column) / sizeof(column[0]));
	json_decref(list);
	stored_domains_show(out, said);
	show_line(out, "名次以 %g 的置信水平给出；%lld 次抽取，种子 %lld。",
		"Ranks at level %g; %lld draws, seed %lld.",
		show_number(said, "level"), show_whole(said, "draws"), show_whole(said, "seed"));
}

static const struct args_option options[] = {
	STORED_OPTIONS, STORED_DOMAIN_OPTIONS,
	{ .name = "top", .value = "K",
		.help = { {
			"同时给出进入前 K 名的概率",
			"with the chance of being among the first K" } } },
	{ .name = "level", .value = "P",
		.help = { { "置信水平，默认 0.95", "confidence, default 0.95" } } },
	{ .name = "draws", .value = "N",
		.help = { { "抽取次数，默认 20000", "draws, default 20000" } } },
	{ .name = "seed", .value = "N", .help = { { "随机数种子，默认 0", "seed, default 0" } } },
	{ .name = "vcov", .value = "FILE", .help = { { "得分的协方差矩阵（CSV），默认彼此独立",
		"CSV of the scores' covariances; default: independent" } } },
	STORED_ENCODING_OPTION,
	{ .name = NULL }
};

const struct command cmd_rank[] = {
	{ .name = "",
		.help = { { "名次的置信区间", "confidence sets for ranks" } },
		.operands = "[FILE.csv]", .least = 0, .most = 1, .need = CLI_WAVE,
		.option = options, .run = run_rank, .show = show_rank,
		.more = { {
			"各列：name、score、se，可有 n。第 1 名得分最高。\n"
				"用 --wave 时排该轮的乡镇、行业或站点，带它们估计值的协方差。",
			"Columns: name, score, se and, if known, n. Rank 1 is the highest score.\n"
				"With --wave: the wave's townships, sectors or sites,"
				" with the covariance of their estimates." } } },
	{ .name = NULL }
};
