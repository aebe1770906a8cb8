/* Rules are data; what people read of them are sentences, made here. */
#include "track/rule/sentence.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "track/english.h"

static bool
ends(const char *s, const char *with)
{
	size_t n = strlen(s), m = strlen(with);

	return n > m && strcmp(s + n - m, with) == 0;
}

static const char *
keep(struct text *t, struct pool *pool)
{
	const char *s = pool_strdup(pool, text_str(t));

	text_clear(t);
	return s;
}

/* The table types its Chinese with ASCII signs: a sentence has its own. */
static const char *
tidy(const char *s, struct pool *pool)
{
	static const struct { char from; const char *to; } sign[] = {
		{ '(', "（" }, { ')', "）" }, { ',', "，" }, { ':', "：" }, { ';', "；" },
		{ '+', "和" },
	};
	struct text t = TEXT_INIT;
	size_t i;

	for (; *s != '\0'; s++) {
		for (i = 0; i < sizeof(sign) / sizeof(sign[0]) && sign[i].from != *s; i++)
			;
		if (i < sizeof(sign) / sizeof(sign[0]))
			text_puts(&t, sign[i].to);
		else
			text_putc(&t, *s);
	}
	return keep(&t, pool);
}

/* "中国名牌产品数/亿元GDP" is "每亿元GDP拥有的中国名牌产品数". */
static const char *
name_zh(const struct rule *rule, struct pool *pool)
{
	const char *per = strstr(rule->name, "/亿元");

	if (per == NULL)
		per = strstr(rule->name, "/万");
	if (per == NULL)
		return tidy(rule->name, pool);
	return pool_fmt(pool, "每%s拥有的%s", tidy(per + 1, pool),
		tidy(pool_strndup(pool, rule->name, (size_t)(per - rule->name)), pool));
}

/* "94%", "36 天"; nothing is rounded. */
static const char *
number_zh(const struct rule *rule, struct pool *pool)
{
	bool part = strcmp(rule->unit, "%") == 0 || strcmp(rule->unit, "‰") == 0 ||
		rule->unit[0] == '\0';

	return pool_fmt(pool, "%.15g%s%s", rule->threshold, part ? "" : " ", rule->unit);
}

static bool
counted(const struct rule *rule)
{
	return rule->unit[0] != '\0' && strcmp(rule->unit, "%") != 0 &&
		strcmp(rule->unit, "‰") != 0;
}

/* Verbs that a heading puts behind what they act upon and a sentence before it. */
static const char *const verbs[] = {
	"出台", "公布", "推广", "推行", "推进", "探索", "执行", "列支", "开展", "建成", "建立",
	"推动建立", "基本消灭",
};
enum { VERBS = sizeof(verbs) / sizeof(verbs[0]) };

/* "质量专项经费列支" is "列支质量专项经费"; no such verb: as it is. */
static const char *
verb_first(const char *name, struct pool *pool)
{
	for (size_t i = 0; i < VERBS; i++)
		if (ends(name, verbs[i]))
			return pool_fmt(pool, "%s%.*s", verbs[i],
				(int)(strlen(name) - strlen(verbs[i])), name);
	return name;
}

static bool
is_verb(const char *word)
{
	for (size_t i = 0; i < VERBS; i++)
		if (strcmp(word, verbs[i]) == 0)
			return true;
	return false;
}

static const char *
is_zh(const struct rule *rule, struct pool *pool)
{
	const char *name = name_zh(rule, pool), *word = tidy(rule->word, pool);
	const char *yearly = rule->yearly ? "每年" : "";

	if (strcmp(word, "是") == 0)
		return pool_fmt(pool, "%s%s", yearly, verb_first(name, pool));
	if (strcmp(word, "有") == 0 || is_verb(word))
		return pool_fmt(pool, "%s%s%s", yearly, word, name);
	if (ends(name, "组长") || ends(name, "负责人") || ends(name, "主任"))
		return pool_fmt(pool, "%s%s由%s担任", name, yearly, word);
	return pool_fmt(pool, "%s%s%s", name, yearly, word);
}

/* "每年不少于 2 次" */
static const char *
bound_zh(const struct rule *rule, struct pool *pool)
{
	bool count = counted(rule);
	const char *than = rule->op == RULE_AT_LEAST ? (count ? "不少于 " : "不低于 ") :
		rule->op == RULE_ABOVE ? (count ? "多于 " : "高于 ") :
		rule->op == RULE_AT_MOST ? (count ? "不多于 " : "不高于 ") :
		rule->op == RULE_BELOW ? (count ? "少于 " : "低于 ") : count ? "为 " : "达到 ";

	return pool_fmt(pool, "%s%s%s", rule->yearly ? "每年" : "", than, number_zh(rule, pool));
}

static const char *
place_zh(const struct rule *rule, struct pool *pool)
{
	const char *years = rule->years > 0 ? pool_fmt(pool, "连续 %d 年", rule->years) : "";
	const char *peers = tidy(rule->peers, pool);

	if (rule->op == RULE_FRONT)
		return pool_fmt(pool, "位居%s前列", peers);
	return pool_fmt(pool, "%s位居%s前 %.15g 名", years, peers, rule->threshold);
}

static const char *
wanted_zh(const struct rule *rule, struct pool *pool)
{
	switch (rule->op) {
	case RULE_BELOW_NATIONAL:
		return "低于全国平均水平";
	case RULE_RANK: case RULE_FRONT:
		return place_zh(rule, pool);
	case RULE_RISING:
		return pool_fmt(pool, "连续 %d 年提高", rule->years);
	case RULE_FALLING:
		return pool_fmt(pool, "连续 %d 年递减", rule->years);
	case RULE_HIGH:
		return "高";
	default:
		return bound_zh(rule, pool);
	}
}

static const char *
sentence_zh(const struct rule *rule, struct pool *pool)
{
	const char *name = name_zh(rule, pool);

	switch (rule->op) {
	case RULE_IS:
		return is_zh(rule, pool);
	case RULE_SATISFIED:
		return pool_fmt(pool, "居民对%.*s满意", (int)(strlen(name) - strlen("满意")), name);
	case RULE_JUDGED:
		return pool_fmt(pool, "由验收专家根据%s酌情打分", tidy(rule->word, pool));
	case RULE_UNWRITTEN:
		return pool_fmt(pool, "由人判定：%s", name);
	default:
		return pool_fmt(pool, "%s%s", name, wanted_zh(rule, pool));
	}
}

/* ---- English ---- */

/* Somebody's Chinese where the data have no English for it, in quotation marks. */
static const char *
said_en(const struct rule *rule, const char *zh, struct pool *pool)
{
	const char *en = english_of(rule->english, zh);

	return en != NULL ? en : pool_fmt(pool, "“%s”", tidy(zh, pool));
}

static const char *
number_en(const struct rule *rule, struct pool *pool)
{
	return pool_fmt(pool, "%.15g%s", rule->threshold, counted(rule) ? "" : rule->unit);
}

static const char *
place_en(const struct rule *rule, struct pool *pool)
{
	const char *of = rule->peers[0] == '\0' ? "" :
		pool_fmt(pool, " of %s", said_en(rule, rule->peers, pool));
	const char *years = rule->years > 0 ? pool_fmt(pool, ", %d years in a row", rule->years) :
		"";

	if (rule->op == RULE_FRONT)
		return pool_fmt(pool, "ranks among the foremost%s", of);
	return pool_fmt(pool, "ranks among the first %.15g%s%s", rule->threshold, of, years);
}

static const char *
bound_en(const struct rule *rule, struct pool *pool)
{
	const char *than = rule->op == RULE_AT_LEAST ? "at least " :
		rule->op == RULE_ABOVE ? "above " :
		rule->op == RULE_AT_MOST ? "at most " : rule->op == RULE_BELOW ? "below " : "";

	return pool_fmt(pool, "is %s%s%s", than, number_en(rule, pool),
		rule->yearly ? " every year" : "");
}

static const char *
wanted_en(const struct rule *rule, struct pool *pool)
{
	switch (rule->op) {
	case RULE_IS:
		return pool_fmt(pool, "holds%s", rule->yearly ? " every year" : "");
	case RULE_BELOW_NATIONAL:
		return "is below the national average";
	case RULE_RANK: case RULE_FRONT:
		return place_en(rule, pool);
	case RULE_RISING:
		return pool_fmt(pool, "rises %d years in a row", rule->years);
	case RULE_FALLING:
		return pool_fmt(pool, "falls %d years in a row", rule->years);
	case RULE_HIGH:
		return "is high";
	case RULE_SATISFIED:
		return "holds";
	case RULE_JUDGED:
		return "is left to the experts";
	case RULE_UNWRITTEN:
		return "is judged by a person";
	default:
		return bound_en(rule, pool);
	}
}

/* Words have a sentence of their own in the data, numbers a name. */
static const char *
sentence_en(const struct rule *rule, struct pool *pool)
{
	const char *whole = english_of(rule->english, rule->text);
	bool plain = rule->op == RULE_IS &&
		(strcmp(rule->word, "是") == 0 || strcmp(rule->word, "有") == 0);

	if (whole == NULL && (plain || rule->op == RULE_SATISFIED) && !rule->yearly)
		whole = english_of(rule->english, rule->name);
	if (whole != NULL)
		return whole;
	return pool_fmt(pool, "%s %s", said_en(rule, rule->name, pool), wanted_en(rule, pool));
}

/* ---- both ---- */

/* What else stands in parentheses; "阈值未定义" speaks of the table, not of the city. */
static struct words
with_note(const struct rule *rule, const char *zh, const char *en, struct pool *pool)
{
	if (rule->note[0] == '\0' || rule->op == RULE_HIGH)
		return (struct words){ { zh, en } };
	return (struct words){ { pool_fmt(pool, "%s（%s）", zh, tidy(rule->note, pool)),
		pool_fmt(pool, "%s (%s)", en, said_en(rule, rule->note, pool)) } };
}

struct words
rule_sentence(const struct rule *rule, struct pool *pool)
{
	return with_note(rule, sentence_zh(rule, pool), sentence_en(rule, pool), pool);
}

struct words
rule_label(const struct rule *rule, struct pool *pool)
{
	const char *en = english_of(rule->english, rule->text);

	if (en == NULL)
		en = english_of(rule->english, rule->name);
	return (struct words){ { name_zh(rule, pool), en != NULL ? en : name_zh(rule, pool) } };
}

struct words
rule_wanted(const struct rule *rule, struct pool *pool)
{
	if (rule->op == RULE_IS || rule->op == RULE_SATISFIED || rule->op == RULE_JUDGED ||
			rule->op == RULE_UNWRITTEN)
		return rule_sentence(rule, pool);
	return with_note(rule, wanted_zh(rule, pool), wanted_en(rule, pool), pool);
}

struct words
rule_sentence_of(const char *text, const struct english *english, struct pool *pool)
{
	const struct rule *parsed;
	struct rule rule;
	size_t rules;

	if (rule_parse(&parsed, &rules, text, pool, NULL) != 0 || rules != 1)
		return (struct words){ { text, text } };
	rule = parsed[0];
	rule.english = english;
	return rule_sentence(&rule, pool);
}
