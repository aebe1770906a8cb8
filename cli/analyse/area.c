/* manyi area: townships with few answers borrow strength from the others. */
#include "cli/cli.h"
#include "cli/analyse/estimates.h"
#include "cli/show.h"
#include "cli/analyse/stored.h"
#include "plan/areas.h"
#include "stats/stats.h"

/* Direct estimates and variances of a wave's domains; a file then has what explains. */
static json_t *
area_stored(struct cli *cli, const struct plan_areas *areas, struct err *err)
{
	struct stored_domains d = { .n = 0 };
	struct plan_direct direct;
	double *variance;

	if (stored_domains(&d, cli, err) != 0)
		return NULL;
	variance = pool_array(&cli->pool, d.n + 1, sizeof(*variance));
	for (size_t i = 0; i < d.n; i++)
		variance[i] = d.se[i] * d.se[i];
	direct = (struct plan_direct){ d.n, d.name, d.score, variance };
	return stored_domains_said(plan_area_direct(&direct, areas, &cli->pool, err), &d);
}

static int
run_area(struct cli *cli, struct err *err)
{
	static const char *const wave[] = { "by", "index", "stream", NULL },
		*const file[] = { "encoding", NULL };
	const struct args *a = &cli->args;
	struct plan_areas areas = { cli_operand(cli, 0), args_value(a, "encoding"),
		args_value(a, "x"), args_value(a, "factor") };

	if (stored_source(cli, true, wave, file, err) != 0)
		return -1;
	stats_init();
	cli->said = stored_asked(cli) ? area_stored(cli, &areas, err) :
		plan_area(&areas, &cli->pool, err);
	return cli->said != NULL ? 0 : -1;
}

static void
show_area(struct text *out, const json_t *said)
{
	static const char *const number[] = { "direct", "eblup", "se", "gamma" };
	static const struct show_column column[] = {
		{ "area", { { "地区", "area" } }, SHOW_PLAIN },
		{ "direct", { { "直接估计", "direct" } }, SHOW_PLAIN },
		{ "eblup", { { "EBLUP", "EBLUP" } }, SHOW_PLAIN },
		{ "se", { { "均方误差的根", "root MSE" } }, SHOW_PLAIN },
		{ "gamma", { { "直接估计的份量", "weight of direct" } }, SHOW_PLAIN },
		STORED_DOMAIN_COLUMNS,
	};
	json_t *list = json_array(), *row;
	size_t i;

	stored_show(out, said);
	json_array_foreach(json_object_get(said, "rows"), i, row) {
		json_t *line = json_copy(row);

		for (size_t k = 0; k < sizeof(number) / sizeof(number[0]); k++)
			json_object_set_new(line, number[k],
				estimates_number(json_object_get(row, number[k])));
		stored_domain_line(line, said, i);
		json_array_append_new(list, line);
	}
	show_table(out, list, column, sizeof(column) / sizeof(column[0]));
	json_decref(list);
	stored_domains_show(out, said);
	show_line(out, "地区间方差 %.6g",
		"variance between areas %.6g", show_number(said, "refvar"));
	if (json_is_string(json_object_get(said, "boundary")))
		text_fmt(out, "%s\n", show_string(said, "boundary"));
}

static const struct args_option options[] = {
	STORED_OPTIONS, STORED_DOMAIN_OPTIONS,
	{ .name = "x", .value = "A,B", .help = { { "解释变量的列", "columns that explain" } } },
	{ .name = "factor", .value = "F",
		.help = { { "分类解释变量的列", "a column of categories that explains" } } },
	STORED_ENCODING_OPTION,
	{ .name = NULL }
};

const struct command cmd_area[] = {
	{ .name = "",
		.help = { {
			"小地区估计（Fay–Herriot，REML）", "small areas (Fay-Herriot, REML)" } },
		.operands = "[FILE.csv]", .least = 0, .most = 1, .need = CLI_WAVE,
		.option = options, .run = run_area, .show = show_area,
		.more = { {
			"各列：area、estimate、variance。方差视为已知，样本很小时应先平滑。\n"
				"用 --wave 时直接估计取自该轮；文件可给出列 area 和解释变量。",
			"Columns: area, estimate, variance. Variances are taken as known: smooth"
				" those of tiny samples first.\n"
				"With --wave the direct estimates are the wave's;"
				" a file may give area and what explains." } } },
	{ .name = NULL }
};
