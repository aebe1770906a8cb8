/* The rule language of the table's sub-targets, parsed once. */
#ifndef TRACK_RULE_RULE_H
#define TRACK_RULE_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/pool.h"

/*
 * "a;b|c" means a AND (b OR c): ';' separates groups, '|' alternatives in a
 * group; neither splits inside parentheses.  An alternative is a name, a
 * comparison and a value:
 *     name=是   name=有   name=市长   name=是/每年
 *     name>=94%   name>80%   name>=1次/年(定期)   name=100%   name=0起
 *     name<全国平均水平
 *     name 位次<=10(peers)   name 位次<=10(peers,连续3年)   name 位次:全国同级城市前列
 *     name 趋势:连续3年提高   name 趋势:连续3年递减
 *     name=高(阈值未定义)   产品质量满意=是   验收专家酌情打分=...
 * 前列, 高, 满意 and the experts' score carry no number: the rule has no threshold until
 * a person signs one.  The program never invents one.
 */
enum rule_op {
	RULE_IS,		/* = a word: 是, 有, 建成, 市长 ... */
	RULE_EQUAL,		/* = a number: 100%, 0起 */
	RULE_AT_LEAST,		/* >= */
	RULE_ABOVE,		/* >  strict */
	RULE_AT_MOST,		/* <= */
	RULE_BELOW,		/* <  strict */
	RULE_BELOW_NATIONAL,	/* < the national average, entered beside the
				 * reading: "0.31/0.45" */
	RULE_RANK,		/* 位次 <= threshold */
	RULE_FRONT,		/* 位次 前列: no number given */
	RULE_RISING,		/* `years` rises in a row, so years + 1 annual values */
	RULE_FALLING,		/* `years` falls in a row */
	RULE_HIGH,		/* "高": no number given */
	RULE_SATISFIED,		/* "…满意=是": no number given; a score 0..100 or 是/否 */
	RULE_JUDGED,		/* experts decide: nothing by itself */
	RULE_UNWRITTEN,		/* no rule yet: a person says 达标 or 未达标;
				 * rule_unwritten() alone makes it */
	RULE_OP_MAX
};

/* What feeds a clause; track/programme/programme.h.  The English of the programme's
 * words; track/english.h. */
struct feed;
struct programme_clause;
struct english;

struct rule {
	int number;		/* sub-target number in its indicator, from 1, left to right */
	int group;		/* from 1: same group, any one suffices */
	const char *text;	/* verbatim */
	const char *name;	/* the part before the comparison */
	enum rule_op op;
	const char *word;	/* RULE_IS, RULE_JUDGED: the word wanted; else "" */
	double threshold;	/* number to compare with; NAN where the table gives none */
	const char *unit;	/* "%", "‰", "个", "天", "次" ... or "" */
	const char *peers;	/* RANK, FRONT: the group compared with, "全国同级城市", or "" */
	const char *note;	/* what else stands in parentheses,
				 * "国家认可第三方权威机构测评", or "" */
	bool yearly;		/* "/年", "/每年": must hold every year */
	int years;		/* RULE_RANK with 连续3年, RISING, FALLING: 3; else 0 */
	const struct feed *feed;	/* as the programme says; NULL of a rule that is of no
					 * programme: a person enters it */
	const struct programme_clause *clause;	/* what else the programme says of it;
						 * NULL: of no programme */
	const struct english *english;	/* of its programme; NULL: of none */
};

/* Parse "a;b|c"; rule[] in pool. Returns 0, or -1 with *err naming the part
 * that is not understood. */
int rule_parse(const struct rule **rule, size_t *rules, const char *sub_targets,
	struct pool *pool, struct err *err);

/* The rule of a row for which nobody has written one: a person judges it.
 * name: what it is about. */
struct rule rule_unwritten(const char *name);

/*
 * Is it counted by the year?  Then a verdict of a year needs that very year's value: "/年",
 * "/每年", a name that begins with 每年 or 当年, a claim of several years in a row, a place, a
 * comparison with the national rate.  Anything else is done once, or a level that holds until a
 * newer value replaces it.
 */
bool rule_annual(const struct rule *rule);

/* Does the table leave the number open (FRONT, HIGH, SATISFIED, JUDGED)?  Only
 * then may one be signed. */
bool rule_open(const struct rule *rule);

/* ---- read.c ---- */
/*
 * A value as a person entered it: "85.5%", "12", "12个", "1.2‰", "是", "7/20" (7th of 20),
 * "第7位", "0.31/0.45" (ours/national).  Full-width digits and signs are taken as their
 * ASCII twins.  A bare number is in the rule's unit: percent stays in percent (85.5), per mille in
 * per mille.  *number is NAN for a word.
 *
 * Returns 0, or -1 with *err when a numeric rule got a word or a word rule a number, the
 * word is none of 是 否 有 无 and the rule's own, a percentage is outside 0..100 or a per mille
 * outside 0..1000, a count or rank is not whole, a rank is below 1 or beyond the number of cities,
 * units differ, or anything is left over.  有 and 无 are answers to "=有" and "=是" only: of
 * "无标生产=基本消灭" nobody could say what 无 means.
 */
int rule_read(double *number, const struct rule *rule, const char *value, struct err *err);

/* The part after '/' of a value that rule_read() accepts: the national average of "0.31/0.45",
 * the number of cities of "7/20"; NAN if there is none. */
double rule_beside(const struct rule *rule, const char *value);

/* The number a person signs for an open rule: a rank >= 1 for 前列, a percentage for 高, a score
 * 0..100 for 满意, a mark >= 0 for the experts.  -1 with *err when the rule is not open or the
 * number is out of place. */
int rule_read_threshold(double *number, const struct rule *rule, const char *value,
	struct err *err);

enum truth { TRUTH_UNKNOWN, TRUTH_FALSE, TRUTH_TRUE };

/*
 * One reading against one rule.  threshold stands in where the table gives none (NAN: still none);
 * national where the value carries none.  TRUTH_UNKNOWN without a threshold or a
 * national average, for a value rule_read() refuses, and for RISING and FALLING, which one
 * reading cannot settle (rule_trend()).
 */
enum truth rule_holds(const struct rule *rule, const char *value, double threshold,
	double national);

/*
 * RISING, FALLING: value[n], one a year, oldest first, over consecutive years.  TRUE when each of
 * the last `years` steps goes the wanted way (years + 1 values); FALSE as soon as one of the steps
 * there are, among the last `years`, does not, even with fewer values; else UNKNOWN.
 */
enum truth rule_trend(const struct rule *rule, const double value[], size_t n);

/* ---- rule.c ---- */
/* Kleene's strong three-valued logic. */
enum truth truth_and(enum truth a, enum truth b);
enum truth truth_or(enum truth a, enum truth b);

#endif
