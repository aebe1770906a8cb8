/* One value against what is asked of it, in words that name the gap. */
#ifndef TRACK_RULE_GAP_H
#define TRACK_RULE_GAP_H

#include "base/lang.h"
#include "track/rule/rule.h"

/* What was reported for a year. */
struct gap {
	const struct rule *rule;
	double threshold;	/* in force, the table's or a signed one; NAN: none */
	int year;
	const char *value;	/* as a person entered it; rule_read() accepts it */
	const char *shown;	/* the same with its unit, "第 12 名，共 46 个城市" */
};

/*
 * "2024 年完成值 0.84‰，低于 1‰ 的要求，差 0.16 个千分点。"; "2024 年完成情况为“否”，不符合要求。"
 * literal says which: TRUTH_TRUE or TRUTH_FALSE.
 */
struct words gap_words(const struct gap *gap, enum truth literal, struct pool *pool);

#endif
