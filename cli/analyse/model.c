/* manyi model: a satisfaction path model by partial least squares. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/analyse/estimates.h"
#include "cli/show.h"
#include "cli/analyse/stored.h"
#include "plan/model/model.h"
#include "stats/stats.h"

/* With --json a model that cannot be fitted says why in a word for scripts; a file that
 * cannot be read does not. */
static int
refuse(struct cli *cli, const char *word, const struct err *err)
{
	if (!cli->json || (err->code != ERR_REFUSED && err->code != ERR_INPUT))
		return -1;
	cli->said = json_pack("{s:{s:s, s:s}}", "error", "code", word, "message", err->text);
	return 1;
}

static int
fit_model(struct cli *cli, const char *path, struct err *err)
{
	const char *encoding = args_value(&cli->args, "encoding"), *word = "";
	struct plan_stored stored;
	struct inquiry q;

	if (stored_asked(cli)) {
		if (stored_open(&q, cli, err) != 0)
			return -1;
		stored = stored_plan(&q);
		cli->said = stored_said(plan_model_path(path, encoding, &stored, &word,
			&cli->pool, err), &q);
	} else
		cli->said = plan_model_path(path, encoding, NULL, &word, &cli->pool, err);
	return cli->said != NULL ? 0 : refuse(cli, word, err);
}

static int
run_model(struct cli *cli, struct err *err)
{
	const char *path = cli_operand(cli, 0), *show = args_value(&cli->args, "show");
	bool list = args_on(&cli->args, "list");

	stats_init();
	if ((path != NULL) + (show != NULL) + list != 1)
		return err_set(err, ERR_USAGE, "应给一个模型文件，或 --list，或 --show 名称",
			"give a model file, or --list, or --show NAME");
	if (path != NULL)
		return fit_model(cli, path, err);
	cli->said = list ? plan_model_list() : plan_model_ready(show, err);
	return cli->said != NULL ? 0 : -1;
}

/* ---- tables ---- */

/* Numbers of a row as rounded text, in place. */
static json_t *
rounded(const json_t *row)
{
	json_t *line = json_object(), *value;
	const char *key;

	json_object_foreach((json_t *)row, key, value) {
		if (json_is_number(value) || json_is_null(value))
			json_object_set_new(line, key, estimates_number(value));
		else
			json_object_set(line, key, value);
	}
	return line;
}

static json_t *
named(const char *name, const char *label)
{
	bool shown = lang_get() == LANG_ZH && *label != '\0';

	return json_sprintf(shown ? "%s %s" : "%s", name, label);
}

static void
show_constructs(struct text *out, const json_t *said)
{
	static const struct show_column column[] = {
		{ "name", { { "构念", "construct" } }, SHOW_PLAIN },
		{ "estimate", { { "指数", "index" } }, SHOW_PLAIN },
		{ "low", { { "下限", "low" } }, SHOW_PLAIN },
		{ "high", { { "上限", "high" } }, SHOW_PLAIN },
		{ "se", { { "标准误", "se" } }, SHOW_PLAIN },
		{ "r2", { { "R²", "R²" } }, SHOW_PLAIN },
		{ "alpha_standardised", { { "标准化 alpha", "standardised alpha" } }, SHOW_PLAIN },
		{ "rho_c", { { "组合信度", "rho_C" } }, SHOW_PLAIN },
		{ "ave", { { "AVE", "AVE" } }, SHOW_PLAIN },
	};
	json_t *list = json_array(), *construct;
	const char *name;

	json_object_foreach(json_object_get(said, "constructs"), name, construct) {
		json_t *line = rounded(construct),
			*index = rounded(json_object_get(construct, "index"));

		json_object_update(line, index);
		json_decref(index);
		json_object_set_new(line, "name", named(name, show_string(construct, "label")));
		json_array_append_new(list, line);
	}
	show_table(out, list, column, sizeof(column) / sizeof(column[0]));
	json_decref(list);
}

static void
show_paths(struct text *out, const json_t *said)
{
	static const struct show_column column[] = {
		{ "from", { { "原因", "from" } }, SHOW_PLAIN },
		{ "to", { { "结果", "to" } }, SHOW_PLAIN },
		{ "estimate", { { "路径系数", "path" } }, SHOW_PLAIN },
		{ "low", { { "下限", "low" } }, SHOW_PLAIN },
		{ "high", { { "上限", "high" } }, SHOW_PLAIN },
		{ "se", { { "标准误", "se" } }, SHOW_PLAIN },
		{ "f2", { { "f²", "f²" } }, SHOW_PLAIN },
		{ "vif", { { "VIF", "VIF" } }, SHOW_PLAIN },
	};
	static const char *const beside[] = { "f2", "vif" };
	json_t *list = json_array(), *path;
	size_t i;

	json_array_foreach(json_object_get(said, "paths"), i, path) {
		json_t *line = rounded(path);

		for (size_t k = 0; k < sizeof(beside) / sizeof(beside[0]); k++)
			json_object_set_new(line, beside[k], estimates_number(
				json_object_get(json_object_get(json_object_get(said, beside[k]),
				show_string(path, "to")), show_string(path, "from"))));
		json_array_append_new(list, line);
	}
	show_table(out, list, column, sizeof(column) / sizeof(column[0]));
	json_decref(list);
}

static void
show_items(struct text *out, const json_t *said)
{
	static const struct show_column column[] = {
		{ "item", { { "题目", "item" } }, SHOW_PLAIN },
		{ "weight", { { "权重", "weight" } }, SHOW_PLAIN },
		{ "index_weight", { { "在指数中的份量", "share of the index" } }, SHOW_PLAIN },
		{ "loading", { { "载荷", "loading" } }, SHOW_PLAIN },
	};
	json_t *list = json_array(), *weight;
	const char *item;

	json_object_foreach(json_object_get(said, "weights"), item, weight)
		json_array_append_new(list, json_pack("{s:s, s:o, s:o, s:o}", "item", item,
			"weight", estimates_number(weight), "index_weight",
			estimates_number(json_object_get(json_object_get(said, "index_weights"),
			item)), "loading", estimates_number(
			json_object_get(json_object_get(said, "loadings"), item))));
	show_table(out, list, column, sizeof(column) / sizeof(column[0]));
	json_decref(list);
}

static void
show_fit(struct text *out, const json_t *said)
{
	const json_t *resampling = json_object_get(said, "resampling");
	json_t *warning;
	size_t i;

	stored_show(out, said);
	show_constructs(out, said);
	text_putc(out, '\n');
	show_paths(out, said);
	text_putc(out, '\n');
	show_items(out, said);
	text_putc(out, '\n');
	json_array_foreach(json_object_get(said, "warnings"), i, warning)
		show_line(out, "注意：%s", "note: %s", json_string_value(warning));
	show_line(out, "答卷 %lld 份，迭代 %lld 轮", "%lld answers, %lld iterations",
		show_whole(said, "n"), show_whole(said, "iterations"));
	if (json_is_object(resampling)) {
		bool drawn = strcmp(show_string(resampling, "method"), "bootstrap") == 0;

		show_line(out, "重抽样：%s，%lld 次", "resampling: %s, %lld replicates",
			drawn ? LANG_PICK("自助法", "bootstrap") : LANG_PICK("刀切法", "jackknife"),
			show_whole(resampling, "replicates"));
	}
	show_line(out, "模型 SHA-256：%s", "model SHA-256: %s", show_string(said, "model_sha256"));
}

static void
show_list(struct text *out, const json_t *said)
{
	static const struct show_column column[] = {
		{ "name", { { "名称", "name" } }, SHOW_PLAIN },
		{ "title", { { "模型", "model" } }, SHOW_PLAIN },
		{ "constructs", { { "构念", "constructs" } }, SHOW_COUNT },
		{ "paths", { { "路径", "paths" } }, SHOW_COUNT },
	};

	show_table(out, said, column, sizeof(column) / sizeof(column[0]));
}

/* A ready model is shown as the JSON it is, to be saved and changed. */
static void
show_ready(struct text *out, const json_t *said)
{
	char *json = json_dumps(said, JSON_INDENT(2));

	text_fmt(out, "%s\n", json != NULL ? json : "");
	free(json);
}

static void
show_model(struct text *out, const json_t *said)
{
	if (json_is_array(said))
		show_list(out, said);
	else if (json_object_get(said, "model_sha256") == NULL)
		show_ready(out, said);
	else
		show_fit(out, said);
}

static const struct args_option options[] = {
	STORED_OPTIONS,
	{ .name = "list", .help = { { "列出现成的模型", "list the ready models" } } },
	{ .name = "show", .value = "NAME",
		.help = { { "印出一个现成的模型", "print a ready model" } } },
	STORED_ENCODING_OPTION,
	{ .name = NULL }
};

const struct command cmd_model[] = {
	{ .name = "",
		.help = { { "拟合满意度路径模型（PLS）", "fit a satisfaction path model (PLS)" } },
		.operands = "[MODEL.json]", .least = 0, .most = 1, .need = CLI_WAVE,
		.option = options, .run = run_model, .show = show_model,
		.more = { {
			"- 读标准输入。数据路径相对于模型所在目录。结果带模型的 SHA-256。\n"
				"最短的模型：{\"model\": \"ecsi\", \"data\": \"答卷.csv\","
				" \"bootstrap\": true}\n"
				"用 --wave 时不读 data：按该轮的设计和权数；"
				"问卷 A 可用 {\"model\": \"ccsi\"}。",
			"- reads standard input. Paths are relative to the model."
				" The answer carries the model's SHA-256.\n"
				"The shortest model: {\"model\": \"ecsi\","
				" \"data\": \"answers.csv\", \"bootstrap\": true}\n"
				"With --wave \"data\" is not read: the wave's design and weights"
				" hold; for form A {\"model\": \"ccsi\"} will do." } } },
	{ .name = NULL }
};
