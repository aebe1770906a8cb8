/* manyi index: every figure with its interval, or the reason there is none. */
#include <string.h>

#include "cli/cli.h"
#include "cli/show.h"
#include "figure/none.h"
#include "forms/stream.h"
#include "track/track.h"
#include "view/fact.h"

static int
ask_from(struct figure_ask *ask, const struct args *a, struct err *err)
{
	enum stream stream;
	double level = 0;

	*ask = (struct figure_ask){ .indicator = args_value(a, "indicator"),
		.form = args_value(a, "form"), .index = args_value(a, "index"),
		.by = args_value(a, "by"), .stream = args_value(a, "stream"),
		.unflagged = args_on(a, "with-flagged") };
	if ((ask->indicator == NULL) == (ask->form == NULL))
		return err_set(err, ERR_USAGE,
			"用 --indicator 指标 或 --form 问卷 说明要算什么（两者取一）",
			"say what to compute: either --indicator ID or --form ID");
	if (args_year(a, "year", &ask->year, err) != 0 || args_level(a, &level, err) != 0)
		return -1;
	if (ask->stream != NULL && stream_parse(&stream, ask->stream, err) != 0)
		return -1;
	ask->level = level;
	return 0;
}

static int
run_index(struct cli *cli, struct err *err)
{
	struct figure_ask ask;
	const struct figure *figure;
	bool any = false;
	json_t *list;
	size_t n;

	const struct programme *programme;

	if (ask_from(&ask, &cli->args, err) != 0)
		return -1;
	if (ask.indicator != NULL &&
			((programme = programme_in_force(cli->db, &cli->pool, err)) == NULL ||
			track_ask(&ask, programme, ask.indicator, &cli->pool, err) != 0))
		return -1;
	if (figure_index(cli->db, &ask, &figure, &n, &cli->pool, err) != 0)
		return -1;
	if (n == 0)
		return none_figures(cli->db, &ask, &cli->pool, err);
	list = json_array();
	cli->said = json_pack("{s:o}", "estimates", list);
	for (size_t i = 0; i < n; i++) {
		json_array_append_new(list, fact_figure(&figure[i]));
		any |= figure[i].err.code == ERR_NONE;
	}
	return any ? 0 : 1;
}

/* Kish's n has a column of its own, where there is no design effect to make an effective n of. */
static void
kish_where_alone(const json_t *list)
{
	json_t *row;
	size_t i;

	json_array_foreach((json_t *)list, i, row)
		if (!json_is_number(json_object_get(row, "n_eff")))
			json_object_set(row, "kish_shown", json_object_get(row, "kish_n"));
}

static bool
any_uncertain(const json_t *list)
{
	const json_t *row;
	size_t i;

	json_array_foreach((json_t *)list, i, row)
		if (json_is_true(json_object_get(row, "uncertain")))
			return true;
	return false;
}

static const char *
note_of(const json_t *row)
{
	return show_string(json_object_get(row, "note"), LANG_PICK("zh", "en"));
}

/* Did a row before this one say the same of the same stream? */
static bool
noted_before(const json_t *list, size_t i)
{
	const json_t *row = json_array_get(list, i), *before;

	while (i-- > 0) {
		before = json_array_get(list, i);
		if (strcmp(note_of(before), note_of(row)) == 0 &&
				strcmp(show_string(before, "stream"), show_string(row, "stream")) ==
				0)
			return true;
	}
	return false;
}

/* What must stand beside the figures, once for each stream. */
static void
show_notes(struct text *out, const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *row = json_array_get(list, i);
		bool open = strcmp(show_string(row, "stream"), "open") == 0;

		if (*note_of(row) != '\0' && !noted_before(list, i))
			show_line(out, "%s：%s。", "%s: %s.",
				open ? LANG_PICK("群众扫码", "Open stream") :
				LANG_PICK("抽样调查", "Sampled stream"), note_of(row));
	}
}

static void
show_index(struct text *out, const json_t *said)
{
	static const struct show_column column[] = {
		{ "label", { { "指数", "index" } }, SHOW_WORDS },
		{ "domain_label", { { "范围", "domain" } }, SHOW_WORDS },
		{ "year", { { "年度", "year" } }, SHOW_COUNT },
		{ "stream", { { "答卷来源", "stream" } }, SHOW_STREAM },
		{ NULL, { { "数值（95% 区间）", "value (95% interval)" } }, SHOW_ESTIMATE },
		{ "n", { { "n", "n" } }, SHOW_COUNT },
		{ "n_eff", { { "有效 n", "n eff" } }, SHOW_COUNT },
		{ "kish_shown", { { "Kish 有效 n", "Kish n" } }, SHOW_COUNT },
		{ NULL, { { "为什么没有数字", "why there is no figure" } }, SHOW_REFUSAL },
	};
	const json_t *list = json_object_get(said, "estimates");

	kish_where_alone(list);
	show_table(out, list, column, sizeof(column) / sizeof(column[0]));
	if (any_uncertain(list))
		show_line(out,
			"自由度少于 8 的数：标准误本身就估不准，设计效应和有效 n 也一样（--json"
			" 里 uncertain 为 true）。",
			"With fewer than 8 degrees of freedom the standard error is itself"
			" uncertain, and with it deff and n eff (--json: \"uncertain\").");
	show_notes(out, list);
	if (fact_any(list, "simulated", NULL))
		show_line(out, "演示数据，非真实调查。", "Simulated data, not a real survey.");
}

static const struct args_option options[] = {
	{ .name = "indicator", .value = "ID",
		.help = { { "指标编号，如 43", "indicator, as 43" } } },
	{ .name = "form", .value = "ID",
		.help = { { "或：一份问卷的全部指数", "or: a form's indices" } } },
	{ .name = "index", .value = "NAME",
		.help = { { "只算这个指数，如 csi", "only this index, as csi" } } },
	{ .name = "year", .value = "YEAR",
		.help = { { "年度，默认全部", "default: every year" } } },
	{ .name = "by", .value = "ITEM",
		.help = { {
			"分组：sector、township、site 或题目",
			"sector, township, site or an item" } } },
	{ .name = "stream", .value = "S", .help = { { "sampled 或 open，默认两者分列",
		"sampled or open; default: both, apart" } } },
	{ .name = "level", .value = "P",
		.help = { { "置信水平，默认 0.95", "confidence, default 0.95" } } },
	{ .name = "with-flagged", .help = { { "把标记的答卷也算进来，作对照",
		"with flagged answers too, for comparison" } } },
	{ .name = NULL }
};

const struct command cmd_index[] = {
	{ .name = "",
		.help = { { "计算指数及其区间", "compute indices with their intervals" } },
		.operands = "", .need = CLI_KEEP, .quiet = true, .option = options,
		.run = run_index, .show = show_index,
		.more = { {
			"全部数字都不能发布（如边际为占位、样本太少）时退出码为 1。",
			"Exit 1 when no figure may be published (placeholder margins,"
				" too few answers)." } } },
	{ .name = NULL }
};
