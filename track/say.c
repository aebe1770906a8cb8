/* Words in both languages: numbers as people read them aloud. */
#include "track/known.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/text.h"

static const char *
keep(struct pool *pool, struct text *t)
{
	const char *s = pool_strdup(pool, text_str(t));

	text_clear(t);
	return s;
}

struct words
say(struct pool *pool, const char *zh, const char *en, ...)
{
	struct text t = TEXT_INIT;
	struct words w;
	va_list ap;

	va_start(ap, en);
	text_vfmt(&t, zh, ap);
	va_end(ap);
	w.in[LANG_ZH] = keep(pool, &t);
	va_start(ap, en);
	text_vfmt(&t, en, ap);
	va_end(ap);
	w.in[LANG_EN] = keep(pool, &t);
	return w;
}

struct words
say_join(struct pool *pool, struct words a, struct words b)
{
	struct words w;

	for (int lang = 0; lang < LANG_MAX; lang++)
		w.in[lang] = pool_fmt(pool, "%s%s", a.in[lang] == NULL ? "" : a.in[lang],
			b.in[lang] == NULL ? "" : b.in[lang]);
	return w;
}

struct words
say_estimate(struct pool *pool, const struct estimate *e, bool share)
{
	double unit = share ? 100 : 1, value = e->value * unit, low = e->low * unit,
		high = e->high * unit;
	const char *mark = share ? "%" : "";

	return (struct words){ {
		[LANG_ZH] = pool_fmt(pool,
			"%.1f%s（%.1f%s–%.1f%s）", value, mark, low, mark, high, mark),
		[LANG_EN] = pool_fmt(pool, "%.1f%s (%.1f%s–%.1f%s)", value, mark, low,
			mark, high, mark),
	} };
}

const char *
say_change(struct pool *pool, double change, bool share)
{
	double x = share ? 100 * change : change;

	if (fabs(x) < 0.05)
		return "0.0";
	return pool_fmt(pool, "%s%.1f", x > 0 ? "+" : "−", fabs(x));
}

const char *
say_p(struct pool *pool, double p)
{
	if (p < 0.001)
		return "p < 0.001";
	return pool_fmt(pool, p < 0.0995 ? "p = %.3f" : "p = %.2f", p);
}

struct words
say_count(int n)
{
	static const struct words count[] = {
		{ { "零", "zero" } }, { { "一", "one" } }, { { "二", "two" } },
		{ { "三", "three" } }, { { "四", "four" } }, { { "五", "five" } },
		{ { "六", "six" } }, { { "七", "seven" } }, { { "八", "eight" } },
		{ { "九", "nine" } }, { { "十", "ten" } }, { { "十一", "eleven" } },
		{ { "十二", "twelve" } }, { { "十三", "thirteen" } }, { { "十四", "fourteen" } },
		{ { "十五", "fifteen" } }, { { "十六", "sixteen" } }, { { "十七", "seventeen" } },
		{ { "十八", "eighteen" } }, { { "十九", "nineteen" } },
		{ { "二十", "twenty" } },
	};
	int last = (int)(sizeof(count) / sizeof(count[0])) - 1;

	return count[n < 0 ? 0 : n > last ? last : n];
}

struct words
say_times(int n)
{
	return n == 2 ? (struct words){ { "两", "two" } } : say_count(n);
}

struct words
say_refusal(const struct figure *m)
{
	static const struct { const char *code; struct words words; } reason[] = {
		{ "placeholder_margins", { { "人口数据只是占位数，不能加权",
			"the population figures are placeholders"
			" and must not weight a figure" } } },
		{ "margin_missing", { { "缺少加权要用的人口数据",
			"population figures to weight to are missing" } } },
		{ "margin_empty", { { "有的人口类别没有一份答卷，无法加权",
			"a population category has no answer at all: weighting is impossible" } } },
		{ "not_converged", { { "加权不收敛", "weighting does not converge" } } },
		{ "too_few", { { "样本太少，不公布", "too few answers to be shown" } } },
		{ "lonely_psu", { { "有的层只抽中一个单元，算不出误差",
			"a stratum has one sampling unit, so there is no standard error" } } },
		{ "one_psu", { { "只有一个抽样单元，算不出误差",
			"there is one sampling unit in all, so no standard error" } } },
		{ "lonely_domain", { { "答卷都来自一个抽样单元，算不出误差",
			"all answers come from one sampling unit,"
			" so there is no standard error" } } },
		{ "all_alike", { { "答案全部相同，算不出误差",
			"all answers are alike, so there is no standard error" } } },
		{ "empty_domain", { { "没有可用的答卷", "there is no usable answer" } } },
		{ "all_missing", { { "没有人回答这一题", "nobody answered the question" } } },
		{ "sector_weights",
			{ { "行业权重设置有误", "the sector weights are set wrongly" } } },
		{ "no_residents",
			{ { "没有常住人口数", "the number of residents is not known" } } },
	};

	for (size_t i = 0; i < sizeof(reason) / sizeof(reason[0]); i++)
		if (strcmp(reason[i].code, m->err_code) == 0)
			return reason[i].words;
	return (struct words){ { "无法估计", "there is no estimate" } };
}

struct words
say_chance(struct pool *pool, double p)
{
	if (p > 0.99)
		return (struct words){ { "大于 99%", "over 99%" } };
	if (p < 0.01)
		return (struct words){ { "小于 1%", "under 1%" } };
	return say(pool, "约 %.0f%%", "about %.0f%%", p * 100);
}
