/* The rule language of the table's sub-targets, parsed once. */
#ifndef TRACK_RULE_H
#define TRACK_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/pool.h"

/*
 * "a;b|c" means a AND (b OR c): ';' separates groups, '|' alternatives in a
 * group.  An alternative is a name, a comparison and a value:
 *     name=是        name>=94%      name>80%      name<全国平均水平
 *     name 位次<=10(peers)          name 位次:全国同级城市前列
 *     name 趋势:连续3年提高         name 趋势:连续3年递减
 * "前列" and "高(阈值未定义)" carry no number: the rule has no threshold until
 * a person signs one.  The program never invents one.
 */
enum rule_op {
	RULE_IS,		/* = a word: 是, 有, 建成, 市长 ... */
	RULE_EQUAL,		/* = a number: 100%, 0起 */
	RULE_AT_LEAST,		/* >= */
	RULE_ABOVE,		/* >  strict */
	RULE_AT_MOST,		/* <= */
	RULE_BELOW,		/* <  strict */
	RULE_BELOW_NATIONAL,	/* < the national average, entered beside the reading */
	RULE_RANK,		/* 位次 <= threshold */
	RULE_FRONT,		/* 位次 前列: no number given */
	RULE_RISING,		/* threshold years in a row up */
	RULE_FALLING,		/* threshold years in a row down */
	RULE_HIGH,		/* "高": no number given */
	RULE_JUDGED		/* experts decide: nothing by itself */
};

struct rule {
	int number;		/* sub-target number in its indicator, from 1, left to right */
	int group;		/* from 1: same group, any one suffices */
	const char *text;	/* verbatim */
	const char *name;	/* the part before the comparison */
	enum rule_op op;
	const char *word;	/* RULE_IS: the word wanted */
	double threshold;	/* number to compare with; NAN where the table gives none */
	const char *unit;	/* "%", "‰", "个", "天", "次" ... or "" */
	const char *peers;	/* RANK, FRONT: the group compared with, "全国同级城市", or "" */
	bool yearly;		/* "/年": must hold every year */
	int years;		/* RULE_RANK with 连续3年, RISING, FALLING: 3; else 0 */
};

/* Parse "a;b|c"; rule[] in pool. Returns 0, or -1 with *err naming the part that is not understood. */
int rule_parse(const struct rule **rule, size_t *rules, const char *sub_targets,
	struct pool *pool, struct err *err);

/* A value as a person entered it: "85.5%", "12", "1.2‰", "是".  *number is NAN for a word.
 * Percent stays in percent (85.5), per mille in per mille.  Returns 0, or -1 with *err when a
 * numeric rule got a word, a rank is not whole, a percentage is outside 0..100, or the units differ. */
int rule_read(double *number, const struct rule *rule, const char *value, struct err *err);

enum truth { TRUTH_UNKNOWN, TRUTH_FALSE, TRUTH_TRUE };
/* One reading against one rule; threshold overrides the rule's where that is NAN. */
enum truth rule_holds(const struct rule *rule, const char *value, double threshold, double national);
/* Three-valued (Kleene) AND over groups of OR. */
enum truth truth_and(enum truth a, enum truth b);
enum truth truth_or(enum truth a, enum truth b);

#endif
