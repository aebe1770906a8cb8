/* One value against what is asked of it, in words that name the gap. */
#include "track/rule/gap.h"

#include <math.h>
#include <string.h>

#include "track/english.h"
#include "track/rule/sentence.h"

static bool
is_place(const struct rule *rule)
{
	return rule->op == RULE_RANK || rule->op == RULE_FRONT;
}

static bool
is_score(const struct rule *rule)
{
	return rule->op == RULE_SATISFIED || rule->op == RULE_JUDGED;
}

/* "0.16 个千分点", "12 天"; what binary fractions add far behind the point is not said. */
static struct words
amount(const struct rule *rule, double x, struct pool *pool)
{
	const char *u = is_score(rule) ? "分" : rule->unit,
		*point = strcmp(u, "%") == 0 ? "个百分点" : strcmp(u, "‰") == 0 ? "个千分点" : u;

	return (struct words){ { pool_fmt(pool, "%.10g%s%s", x, point[0] == '\0' ? "" : " ", point),
		pool_fmt(pool, "%.10g%s", x, strcmp(u, "%") == 0 ? " percentage points" :
		strcmp(u, "‰") == 0 ? " per mille points" : "") } };
}

/* What is asked, with a signed number where the table has none: "不低于 1‰", "前 10 名". */
static struct words
asked(const struct gap *gap, struct pool *pool)
{
	const struct rule *rule = gap->rule;
	struct words bound;

	if (is_place(rule))
		return (struct words){ { pool_fmt(pool, "前 %.15g 名", gap->threshold),
			pool_fmt(pool, "among the first %.15g", gap->threshold) } };
	if (rule->op == RULE_BELOW_NATIONAL)
		return (struct words){ { "低于全国平均水平", "below the national average" } };
	if (isnan(rule->threshold)) {
		bound = amount(rule, gap->threshold, pool);
		if (rule->op == RULE_HIGH)
			bound = (struct words){ {
				pool_fmt(pool, "%.10g%s", gap->threshold, rule->unit),
				pool_fmt(pool, "%.10g%s", gap->threshold, rule->unit) } };
		return (struct words){ { pool_fmt(pool, "不低于 %s", bound.in[LANG_ZH]),
			pool_fmt(pool, "at least %s", bound.in[LANG_EN]) } };
	}
	bound = rule_wanted(rule, pool);
	if (strncmp(bound.in[LANG_EN], "is ", 3) == 0)
		bound.in[LANG_EN] += 3;
	return bound;
}

/* "，差 0.16 个千分点": how far, and which way; nothing where the two are equal. */
static struct words
distance(const struct gap *gap, struct pool *pool)
{
	double x, bound = gap->threshold;
	struct words far;

	if (gap->rule->op == RULE_BELOW_NATIONAL)
		bound = rule_beside(gap->rule, gap->value);
	if (rule_read(&x, gap->rule, gap->value, NULL) != 0 || isnan(x) ||
			isnan(bound) || x == bound)
		return (struct words){ { "", "" } };
	if (is_place(gap->rule))
		return (struct words){ { pool_fmt(pool, "，差 %.10g 名", x - bound),
			pool_fmt(pool, ", %.10g too far down", x - bound) } };
	far = amount(gap->rule, fabs(x - bound), pool);
	return (struct words){ {
		pool_fmt(pool, x < bound ? "，差 %s" : "，高出 %s", far.in[LANG_ZH]),
		pool_fmt(pool, x < bound ? ", %s short" : ", %s too much", far.in[LANG_EN]),
	} };
}

/* The value itself: "24 天", "0.31（全国 0.28）", "第 12 名，共 46 个城市". */
static struct words
reported(const struct gap *gap, double x, struct pool *pool)
{
	const char *unit = is_score(gap->rule) ? "分" : gap->rule->unit;
	bool part = strcmp(unit, "%") == 0 || strcmp(unit, "‰") == 0;
	double beside = rule_beside(gap->rule, gap->value);

	if (is_place(gap->rule))
		return (struct words){ { gap->shown, pool_fmt(pool,
			isnan(beside) ? "place %.15g" : "place %.15g of %.15g", x, beside) } };
	if (gap->rule->op == RULE_BELOW_NATIONAL)
		return (struct words){ { pool_fmt(pool,
			isnan(beside) ? "%.15g" : "%.15g（全国 %.15g）", x, beside), pool_fmt(pool,
			isnan(beside) ? "%.15g" : "%.15g (nationwide %.15g)", x, beside) } };
	return (struct words){ { pool_fmt(pool, "%.15g%s%s", x, part || unit[0] == '\0' ? "" : " ",
		unit), pool_fmt(pool, "%.15g%s", x, part ? unit : "") } };
}

/* "不低于 1‰ 的要求", "不少于 36 天的要求": a blank parts digits and signs from words. */
static const char *
demand(const char *zh, struct pool *pool)
{
	size_t n = strlen(zh);
	bool sign = n >= 3 && (zh[n - 1] == '%' || memcmp(zh + n - 3, "‰", 3) == 0);

	return pool_fmt(pool, "%s%s的要求", zh, sign ? " " : "");
}

/* "，低于 1‰ 的要求" where that says it, else "，没有达到高于 80% 的要求". */
static struct words
missed(const struct gap *gap, struct pool *pool)
{
	const struct rule *rule = gap->rule;
	struct words want = asked(gap, pool);
	const char *zh = want.in[LANG_ZH];

	if (rule->op == RULE_AT_LEAST && !rule->yearly &&
			strncmp(zh, "不低于 ", strlen("不低于 ")) == 0)
		zh = demand(pool_fmt(pool, "低于 %s", zh + strlen("不低于 ")), pool);
	else if (rule->op == RULE_AT_LEAST && !rule->yearly &&
			strncmp(zh, "不少于 ", strlen("不少于 ")) == 0)
		zh = demand(pool_fmt(pool, "少于 %s", zh + strlen("不少于 ")), pool);
	else if (rule->op == RULE_BELOW_NATIONAL)
		zh = "不低于全国平均水平";
	else if (rule->op == RULE_AT_MOST || rule->op == RULE_BELOW ||
			(rule->op == RULE_EQUAL && rule->threshold == 0))
		zh = demand(pool_fmt(pool, "不符合%s", zh), pool);
	else
		zh = demand(pool_fmt(pool, strncmp(zh, "达到 ", strlen("达到 ")) == 0 ? "没有%s" :
			"没有达到%s", zh), pool);
	return (struct words){ { zh, pool_fmt(pool, "asked is: %s", want.in[LANG_EN]) } };
}

/* 是 and 否 answer a question: what was done, not what was counted. */
static struct words
answered(const struct gap *gap, bool yes, struct pool *pool)
{
	return (struct words){ {
		pool_fmt(pool, "%d 年完成情况为“%s”，%s。", gap->year, gap->shown,
			yes ? "符合要求" : "不符合要求"),
		pool_fmt(pool, "For %d “%s” was reported: %s.", gap->year,
			english_words(gap->rule->english, gap->value).in[LANG_EN],
			yes ? "as asked" : "not as asked"),
	} };
}

struct words
gap_words(const struct gap *gap, enum truth literal, struct pool *pool)
{
	const char *what = is_place(gap->rule) ? "位居" : is_score(gap->rule) ? "得分 " : "完成值 ";
	bool yes = literal == TRUTH_TRUE;
	struct words want, far, value;
	double x;

	if (rule_read(&x, gap->rule, gap->value, NULL) != 0 || isnan(x))
		return answered(gap, yes, pool);
	value = reported(gap, x, pool);
	want = yes ? asked(gap, pool) : missed(gap, pool);
	far = yes ? (struct words){ { "", "" } } : distance(gap, pool);
	if (yes)
		return (struct words){ {
			pool_fmt(pool, "%d 年%s%s，%s%s。", gap->year, what, value.in[LANG_ZH],
				strncmp(want.in[LANG_ZH], "达到 ", strlen("达到 ")) == 0 ? "" :
				"符合", demand(want.in[LANG_ZH], pool)),
			pool_fmt(pool, "%d: %s, as asked (%s).", gap->year, value.in[LANG_EN],
				want.in[LANG_EN]),
		} };
	return (struct words){ {
		pool_fmt(pool, "%d 年%s%s，%s%s。", gap->year, what, value.in[LANG_ZH],
			want.in[LANG_ZH], far.in[LANG_ZH]),
		pool_fmt(pool, "%d: %s; %s%s.", gap->year, value.in[LANG_EN], want.in[LANG_EN],
			far.in[LANG_EN]),
	} };
}
