/* What was entered or read, as people read it: with its unit, and in either language. */
#ifndef TRACK_RULE_VALUE_H
#define TRACK_RULE_VALUE_H

#include "base/lang.h"
#include "base/pool.h"
#include "track/english.h"
#include "track/rule/rule.h"

/* A value as it was entered, with the unit that makes a bare number readable: "1.2" is "1.2‰",
 * "9/86" is "第 9 名，共 86 个城市".  In pool, or value itself. */
const char *value_shown(const struct rule *rule, const char *value, struct pool *pool);

/* Such a value, or several years of it, "2023 年 是 → 2024 年 否", in both languages: "2023: yes →
 * 2024: no".  A count loses its measure word in English, where its name says what is counted.  The
 * Chinese is the value itself. */
struct words value_words(const char *value, const struct english *english, struct pool *pool);

/* A signed number as the rule reads it: "91%", "75 分", "前 10 名". */
struct words value_threshold(const struct rule *rule, double x, struct pool *pool);

#endif
