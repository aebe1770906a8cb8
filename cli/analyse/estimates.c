/* Results of an analysis as tables. */
#include "cli/analyse/estimates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "cli/show.h"
#include "cli/analyse/stored.h"

json_t *
estimates_number(const json_t *value)
{
	char digits[32] = "";

	if (json_is_number(value))
		snprintf(digits, sizeof(digits), "%.6g", json_number_value(value));
	return json_string(digits);
}

/* "a, g=x, 2019 to 2020": what a row is about. */
static json_t *
what(const json_t *row)
{
	struct text t = TEXT_INIT;
	const char *key;
	json_t *value, *label;

	text_puts(&t, show_string(row, "of"));
	json_object_foreach(json_object_get(row, "by"), key, value)
		text_fmt(&t, "%s%s=%s", t.n > 0 ? " " : "", key, json_string_value(value));
	if (json_object_get(row, "from") != NULL)
		text_fmt(&t, " %s → %s", show_string(row, "from"), show_string(row, "to"));
	label = json_string(text_str(&t));
	text_clear(&t);
	return label;
}

/* A row of the answer as words and rounded numbers. */
static json_t *
flat(const json_t *row)
{
	json_t *o = json_object(), *value;
	const char *key;

	if (json_object_get(row, "of") != NULL)
		json_object_set_new(o, "what", what(row));
	json_object_foreach((json_t *)row, key, value) {
		if (json_is_number(value) || json_is_null(value))
			json_object_set_new(o, key, estimates_number(value));
		else if (json_is_string(value) && json_object_get(o, key) == NULL)
			json_object_set(o, key, value);
	}
	/* Kish's n stands where there is no design effect to make an effective n of. */
	if (json_is_number(json_object_get(row, "n_eff")))
		json_object_del(o, "kish_n");
	if (json_object_get(row, "error") != NULL)
		json_object_set(o, "message",
			json_object_get(json_object_get(row, "error"), "message"));
	if (json_object_get(row, "no_interval") != NULL)
		json_object_set(o, "message",
			json_object_get(json_object_get(row, "no_interval"), "message"));
	return o;
}

/* Say beside the rows at these places that they are too thin to publish. */
static void
limits_mark(struct text *out, json_t *list, const json_t *thin)
{
	json_t *at;
	size_t i;

	json_array_foreach((json_t *)thin, i, at)
		json_object_set_new(json_array_get(list, (size_t)json_integer_value(at)), "limits",
			json_string(LANG_PICK("不可发布", "not to publish")));
	if (json_array_size(thin) > 0)
		stored_limits_show(out);
}

static const struct show_column estimate_column[] = {
	{ "what", { { "内容", "what" } }, SHOW_PLAIN },
	{ "quantile", { { "分位", "quantile" } }, SHOW_PLAIN },
	{ "estimate", { { "估计", "estimate" } }, SHOW_PLAIN },
	{ "low", { { "下限", "low" } }, SHOW_PLAIN },
	{ "high", { { "上限", "high" } }, SHOW_PLAIN },
	{ "se", { { "标准误", "se" } }, SHOW_PLAIN },
	{ "df", { { "自由度", "df" } }, SHOW_PLAIN },
	{ "n", { { "n", "n" } }, SHOW_PLAIN },
	{ "n_eff", { { "有效 n", "n eff" } }, SHOW_PLAIN },
	{ "kish_n", { { "Kish 有效 n", "Kish n" } }, SHOW_PLAIN },
	{ "deff", { { "设计效应", "deff" } }, SHOW_PLAIN },
	{ "p_two", { { "p（双侧）", "p (two-sided)" } }, SHOW_PLAIN },
	{ "chisq", { { "卡方", "chi-square" } }, SHOW_PLAIN },
	{ "z", { { "z", "z" } }, SHOW_PLAIN },
	{ "alpha_raw", { { "原始 alpha", "raw alpha" } }, SHOW_PLAIN },
	{ "alpha_standardised", { { "标准化 alpha", "standardised alpha" } }, SHOW_PLAIN },
	{ "k", { { "题数", "items" } }, SHOW_PLAIN },
	{ "sum_w", { { "权数之和", "sum of weights" } }, SHOW_PLAIN },
	{ "kish_deff", { { "Kish 设计效应", "Kish deff" } }, SHOW_PLAIN },
	{ "limits", { { "发布", "publication" } }, SHOW_PLAIN },
	{ "message",
		{ { "为什么没有数字或区间", "why there is no figure or interval" } }, SHOW_PLAIN },
};

static void
rows_show(struct text *out, const json_t *rows, const json_t *thin)
{
	json_t *list = json_array(), *row;
	struct text legend = TEXT_INIT;
	bool uncertain = false;
	size_t i;

	json_array_foreach((json_t *)rows, i, row) {
		json_array_append_new(list, flat(row));
		uncertain |= json_object_get(row, "uncertain") != NULL;
	}
	limits_mark(&legend, list, thin);
	show_table(out, list, estimate_column,
		sizeof(estimate_column) / sizeof(estimate_column[0]));
	text_puts(out, text_str(&legend));
	text_clear(&legend);
	json_decref(list);
	if (uncertain)
		show_line(out, "自由度少于 8 的行：标准误本身就估不准，设计效应和有效 n 也一样。",
			"Rows with fewer than 8 degrees of freedom: the standard error is itself"
			" uncertain, and with it deff and n eff.");
}

static void
heading(struct text *out, const json_t *request)
{
	const char *key;
	json_t *value;

	text_puts(out, show_string(request, "op"));
	json_object_foreach((json_t *)request, key, value) {
		char *json;

		if (strcmp(key, "op") == 0)
			continue;
		json = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
		text_fmt(out, "  %s %s", key, json != NULL ? json : "");
		free(json);
	}
	text_putc(out, '\n');
}

/* "left out, T, sex 2: of year there is 2024 alone: ..." */
static void
left_out_show(struct text *out, const json_t *list)
{
	json_t *one, *level;
	const char *key;
	size_t i;

	json_array_foreach((json_t *)list, i, one) {
		text_fmt(out, LANG_PICK("没有列入 %s", "left out, %s"), show_string(one, "of"));
		json_object_foreach(json_object_get(one, "by"), key, level)
			text_fmt(out, LANG_PICK("，%s %s", ", %s %s"), key,
				json_string_value(level));
		text_fmt(out, LANG_PICK("：%s\n", ": %s\n"),
			show_string(json_object_get(one, "error"), "message"));
	}
}

static void
result_show(struct text *out, const json_t *result)
{
	const json_t *error = json_object_get(result, "error"),
		*rows = json_object_get(result, "rows");
	const json_t *weights = json_object_get(result, "weights");

	heading(out, json_object_get(result, "request"));
	if (error != NULL)
		text_fmt(out, "%s\n", show_string(error, "message"));
	else if (rows != NULL)
		rows_show(out, rows, json_object_get(result, "below_limits"));
	left_out_show(out, json_object_get(result, "left_out"));
	if (json_object_get(result, "overlapping") != NULL)
		text_fmt(out, "%s\n",
			show_string(json_object_get(result, "overlapping"), "message"));
	if (json_is_number(json_object_get(result, "p_iut")))
		show_line(out, "每一步都上升（交并检验）：单侧 p = %.4g",
			"a rise in every step (intersection-union): one-sided p = %.4g",
			show_number(result, "p_iut"));
	if (weights != NULL)
		show_line(out, "%zu 个权数；全部数值见 --json",
			"%zu weights; --json lists them", json_array_size(weights));
}

void
estimates_show(struct text *out, const json_t *said)
{
	const json_t *results = json_object_get(said, "results");
	json_t *result;
	size_t i;

	json_array_foreach((json_t *)results, i, result) {
		if (i > 0)
			text_putc(out, '\n');
		result_show(out, result);
	}
	json_array_foreach(json_object_get(said, "notes"), i, result)
		text_fmt(out, "%s\n", json_string_value(result));
	if (json_object_get(said, "plan_sha256") != NULL)
		show_line(out, "计划 SHA-256：%s", "plan SHA-256: %s",
			show_string(said, "plan_sha256"));
}
