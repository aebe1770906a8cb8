/* A rule as people read it, in both languages. */
#ifndef TRACK_RULE_SENTENCE_H
#define TRACK_RULE_SENTENCE_H

#include "base/lang.h"
#include "track/rule/rule.h"

/*
 * What the sub-target asks, as a sentence without its full stop: "专项经费占年财政一般预算收入比例
 * 不低于 1‰", "进口商品法检检出率连续 3 年位居全国城市前 10 名", "每年列支质量专项经费".  No sign
 * of the rule language is left in it.  English takes names and whole clauses from the data
 * (english.h); what has none there stands in quotation marks, in Chinese.
 */
struct words rule_sentence(const struct rule *rule, struct pool *pool);

/* The matter alone, for tables and "item 2, …": "专项经费占年财政一般预算收入比例". */
struct words rule_label(const struct rule *rule, struct pool *pool);

/* What is asked of it alone: "不低于 1‰", "位居全国同级城市前列"; the whole sentence
 * where a word is asked. */
struct words rule_wanted(const struct rule *rule, struct pool *pool);

/* The sentence of a rule that was kept as text (published figures); the text itself
 * where it is no rule. */
struct words rule_sentence_of(const char *text, const struct english *english, struct pool *pool);

#endif
