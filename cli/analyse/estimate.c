/* manyi estimate: the quick question, answered by the engine of plans. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "cli/cli.h"
#include "cli/analyse/estimates.h"
#include "cli/analyse/stored.h"
#include "plan/plan.h"
#include "stats/stats.h"

/* "a,b" as a list of texts, or of numbers where wanted. */
static json_t *
list_of(const char *text, bool numbers, struct pool *pool)
{
	json_t *list = json_array();
	char *rest = pool_strdup(pool, text), *word;

	while ((word = strtok_r(rest, ",", &rest)) != NULL) {
		char *end;
		double x = strtod(word, &end);

		if (numbers && *end == '\0' && end != word && isfinite(x))
			json_array_append_new(list, json_count(x));
		else
			json_array_append_new(list, json_string(word));
	}
	return list;
}

/* "name:rest" or "name=rest" at its mark: the name in pool, and the rest; NULL without the mark. */
static const char *
split(const char **rest, const char *text, char mark, struct pool *pool)
{
	const char *at = strchr(text, mark);

	if (at == NULL || at == text || at[1] == '\0')
		return NULL;
	*rest = at + 1;
	return pool_strndup(pool, text, (size_t)(at - text));
}

static int
bad_value(const char *option, const char *form, struct err *err)
{
	return err_set(err, ERR_USAGE, "--%s 的写法是 %s", "--%s is written %s", option, form);
}

/* ---- requests ---- */

/* A request takes what all have in common and goes to the end of the list. */
static void
add(json_t *requests, json_t *request, const json_t *common)
{
	json_object_update_missing(request, (json_t *)common);
	json_array_append_new(requests, request);
}

static int
add_ratio(json_t *requests, const char *text, const json_t *common, struct pool *pool,
	struct err *err)
{
	const char *num, *den;

	if ((num = split(&den, text, '/', pool)) == NULL)
		return bad_value("ratio", "NUM/DEN", err);
	add(requests, json_pack("{s:s, s:s, s:s}", "op", "ratio", "num", num, "den", den), common);
	return 0;
}

static int
add_share(json_t *requests, const char *text, const json_t *common, struct pool *pool,
	struct err *err)
{
	const char *of, *is;

	if ((of = split(&is, text, '=', pool)) == NULL)
		return bad_value("share", "ITEM=9,10", err);
	add(requests, json_pack("{s:s, s:s, s:o}", "op", "share", "of", of, "is",
		list_of(is, true, pool)), common);
	return 0;
}

static int
add_quantile(json_t *requests, const char *text, const json_t *common, struct pool *pool,
	struct err *err)
{
	const char *of, *p;

	if ((of = split(&p, text, ':', pool)) == NULL)
		return bad_value("quantile", "ITEM:0.25,0.5", err);
	add(requests, json_pack("{s:s, s:s, s:o}", "op", "quantile", "of", of, "p",
		list_of(p, true, pool)), common);
	return 0;
}

static int
add_index(json_t *requests, const struct args *a, const json_t *common, struct pool *pool,
	struct err *err)
{
	const char *scale = args_value(a, "scale");
	json_t *of, *items, *item;
	size_t i;

	if (scale == NULL)
		return err_set(err, ERR_USAGE,
			"--index 还要用 --scale 说明量表两端，如 --scale 1,10",
			"--index needs the ends of the scale, as --scale 1,10");
	of = json_object();
	items = list_of(args_value(a, "index"), false, pool);
	json_array_foreach(items, i, item)
		json_object_set_new(of, json_string_value(item), json_integer(1));
	json_decref(items);
	add(requests, json_pack("{s:s, s:o, s:o}", "op", "index", "of", of, "scale",
		list_of(scale, true, pool)), common);
	return 0;
}

static int
requests_of(json_t *requests, const struct args *a, const json_t *common, struct pool *pool,
	struct err *err)
{
	const char *s;

	if ((s = args_value(a, "figure")) != NULL)
		add(requests, json_pack("{s:s, s:s}", "op", "index", "of", s), common);
	if ((s = args_value(a, "mean")) != NULL)
		add(requests, json_pack("{s:s, s:o}", "op", "mean", "of", list_of(s, false, pool)),
			common);
	if ((s = args_value(a, "total")) != NULL)
		add(requests, json_pack("{s:s, s:o}", "op", "total", "of", list_of(s, false, pool)),
			common);
	if (((s = args_value(a, "ratio")) != NULL &&
			add_ratio(requests, s, common, pool, err) != 0) ||
			((s = args_value(a, "share")) != NULL &&
			add_share(requests, s, common, pool, err) != 0) ||
			((s = args_value(a, "quantile")) != NULL &&
			add_quantile(requests, s, common, pool, err) != 0) ||
			(args_value(a, "index") != NULL &&
			add_index(requests, a, common, pool, err) != 0))
		return -1;
	if (json_array_size(requests) == 0)
		return err_set(err, ERR_USAGE,
			"没有说要估计什么：用 --mean、--total、--ratio、--share、--quantile"
			" 或 --index",
			"nothing to estimate: say --mean, --total, --ratio,"
			" --share, --quantile or --index");
	return 0;
}

/* ---- the plan they make ---- */

/* "G=x,y,H=z": a word with a name before it begins the next condition, a word without is one more
 * value of the last. */
static int
where_of(json_t *conditions, const char *text, struct pool *pool, struct err *err)
{
	char *rest = pool_strdup(pool, text), *word;
	json_t *list = NULL;

	while ((word = strtok_r(rest, ",", &rest)) != NULL) {
		const char *value = word, *name = split(&value, word, '=', pool);

		if ((name == NULL && (list == NULL || strchr(word, '=') != NULL)) ||
				(name != NULL && json_object_get(conditions, name) != NULL))
			return bad_value("where", "G=x,y,H=z", err);
		if (name != NULL)
			json_object_set_new(conditions, name, list = json_array());
		json_array_append_new(list, json_string(value));
	}
	return list != NULL ? 0 : bad_value("where", "G=x,y,H=z", err);
}

static int
common_of(json_t *common, const struct args *a, struct pool *pool, struct err *err)
{
	json_t *conditions;

	if (args_on(a, "by"))
		json_object_set_new(common, "by", list_of(args_value(a, "by"), false, pool));
	if (!args_on(a, "where"))
		return 0;
	conditions = json_object();
	json_object_set_new(common, "where", conditions);
	return where_of(conditions, args_value(a, "where"), pool, err);
}

static json_t *
design_of(const struct args *a, struct pool *pool)
{
	static const char *const lists[] = { "cluster", "strata", "fpc" };
	json_t *design = json_object();

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (args_on(a, lists[i]))
			json_object_set_new(design, lists[i],
				list_of(args_value(a, lists[i]), false, pool));
	if (args_on(a, "weight"))
		json_object_set_new(design, "weight", json_string(args_value(a, "weight")));
	if (args_on(a, "lonely"))
		json_object_set_new(design, "lonely", json_string(args_value(a, "lonely")));
	if (args_on(a, "nest"))
		json_object_set_new(design, "nest", json_true());
	return design;
}

/* The plan of a command line, or NULL with *err. */
static json_t *
plan_of(const struct args *a, const char *path, struct pool *pool, struct err *err)
{
	json_t *requests = json_array(), *common = json_object();
	json_t *plan = json_pack("{s:s, s:o, s:o}", "data", path, "design", design_of(a, pool),
		"requests", requests);
	double level = 0.95;
	int rc = -1;

	if (common_of(common, a, pool, err) != 0 ||
			requests_of(requests, a, common, pool, err) != 0 ||
			args_level(a, &level, err) != 0)
		goto out;
	json_object_set_new(plan, "level", json_real(level));
	if (args_on(a, "codes"))
		json_object_set_new(plan, "codes",
			json_pack("{s:o}", "*", list_of(args_value(a, "codes"), true, pool)));
	if (args_on(a, "multi"))
		json_object_set_new(plan, "multi", list_of(args_value(a, "multi"), false, pool));
	rc = 0;
out:
	json_decref(common);
	if (rc != 0) {
		json_decref(plan);
		return NULL;
	}
	return plan;
}

/* The wave's own design holds unless the command line says one. */
static void
plan_without_file(json_t *plan)
{
	json_object_del(plan, "data");
	if (json_object_size(json_object_get(plan, "design")) == 0)
		json_object_del(plan, "design");
}

static json_t *
estimate_stored(struct cli *cli, const json_t *plan, const char *digest, size_t *answered,
	struct err *err)
{
	struct plan_stored stored;
	struct inquiry q;

	if (stored_open(&q, cli, err) != 0)
		return NULL;
	stored = stored_plan(&q);
	return stored_said(plan_run_stored(plan, digest, &stored, answered, &cli->pool, err), &q);
}

static int
run_estimate(struct cli *cli, struct err *err)
{
	static const char *const wave[] = { "stream", "figure", NULL },
		*const file[] = { "encoding", "multi", NULL };
	json_t *plan = stored_source(cli, false, wave, file, err) != 0 ? NULL :
		plan_of(&cli->args, stored_asked(cli) ? "" : cli_operand(cli, 0), &cli->pool, err);
	struct text body = TEXT_INIT;
	size_t answered = 0;
	char digest[65];

	if (plan == NULL)
		return -1;
	stats_init();
	if (stored_asked(cli))
		plan_without_file(plan);
	json_put(&body, plan, 0);
	sha256_hex(digest, body.s, body.n);
	text_clear(&body);
	cli->said = stored_asked(cli) ? estimate_stored(cli, plan, digest, &answered, err) :
		plan_run(plan, ".", digest, args_value(&cli->args, "encoding"), &answered,
		&cli->pool, err);
	if (cli->said != NULL)
		json_object_set(cli->said, "plan", plan);
	json_decref(plan);
	return cli->said == NULL ? -1 : answered > 0 ? 0 : 1;
}

static void
show_estimate(struct text *out, const json_t *said)
{
	stored_show(out, said);
	estimates_show(out, said);
}

static const struct args_option options[] = {
	STORED_OPTIONS,
	{ .name = "figure", .value = "NAME",
		.help = { {
			"该轮已命名的指数，如 csi（用 --wave）",
			"a wave's index by its name, as csi" } } },
	{ .name = "mean", .value = "A,B", .help = { { "均值", "means" } } },
	{ .name = "total", .value = "A,B", .help = { { "总量", "totals" } } },
	{ .name = "ratio", .value = "A/B", .help = { { "比率", "a ratio" } } },
	{ .name = "share", .value = "A=9,10",
		.help = { { "回答其中之一的比例", "share with one of these answers" } } },
	{ .name = "quantile", .value = "A:0.5", .help = { { "分位数", "quantiles" } } },
	{ .name = "index", .value = "A,B",
		.help = { { "等权指数（0–100）", "index 0-100 of equal weights" } } },
	{ .name = "scale", .value = "LO,HI",
		.help = { { "指数量表的两端", "ends of the index's scale" } } },
	{ .name = "by", .value = "G,H", .help = { { "分组", "for each group" } } },
	{ .name = "where", .value = "G=x,y,H=z", .help = { { "只看这些人（各条件同时满足）",
		"of these people only; all conditions hold" } } },
	{ .name = "strata", .value = "S", .help = { { "分层的列", "column of strata" } } },
	{ .name = "cluster", .value = "C",
		.help = { { "群的列；多阶用逗号", "column of clusters; stages by commas" } } },
	{ .name = "weight", .value = "W", .help = { { "权数的列", "column of weights" } } },
	{ .name = "fpc", .value = "N",
		.help = { {
			"总体单元数或抽样比的列", "column of population sizes or fractions" } } },
	{ .name = "nest",
		.help = { {
			"群的编号在各层内重新开始",
			"cluster names start again in each stratum" } } },
	{ .name = "lonely", .value = "P",
		.help = { {
			"一层只有一个群时：fail（默认）、adjust、average、certainty",
			"one cluster in a stratum: fail (default),"
				" adjust, average, certainty" } } },
	{ .name = "codes", .value = "98,99",
		.help = { { "各列中视为缺失的编码", "codes that are missing, in any column" } } },
	{ .name = "multi", .value = "A,B",
		.help = { {
			"文件中可多选的列（选项用空格、分号、逗号等分开）；用 --wave 时由问卷决定",
			"columns of a file that take several choices, parted by spaces, ; ,"
				" | or /; with --wave the form says" } } },
	{ .name = "level", .value = "P",
		.help = { { "置信水平，默认 0.95", "confidence, default 0.95" } } },
	STORED_ENCODING_OPTION,
	{ .name = NULL }
};

const struct command cmd_estimate[] = {
	{ .name = "",
		.help = { { "对一份数据的快速提问", "a quick question to a data file" } },
		.operands = "[FILE.csv]", .least = 0, .most = 1, .need = CLI_WAVE,
		.option = options, .run = run_estimate, .show = show_estimate,
		.more = { {
			"与 analyse 同一引擎；--json 里附有等价的计划。",
			"The engine of analyse; --json carries the equivalent plan." } } },
	{ .name = NULL }
};
