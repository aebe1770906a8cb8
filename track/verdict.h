/* From what is known of the sub-targets to what may be said of the row: pure logic, no data. */
#ifndef TRACK_VERDICT_H
#define TRACK_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include "track/rule.h"

/* 结果: what may be said of a sub-target or a row.  The order is the order on the board. */
enum standing {
	STANDING_MET,		/* 达标 */
	STANDING_MISSED,	/* 未达标 */
	STANDING_UNFILLED,	/* 未填报: nobody has said */
	STANDING_UNPROVEN,	/* 暂不能认定: asked, and the survey or the count cannot tell */
	STANDING_UNSET,		/* 标准未定: a threshold or a 口径 is not signed */
	STANDING_AWAITING,	/* 待外部结果确认: an outside agency has to say it */
	STANDING_JUDGED,	/* 由专家评定 */
	STANDING_NONE,		/* 不适用 */
	STANDING_CANCELLED,	/* 评价依据已取消: the yardstick no longer exists */
	STANDING_MAX
};

/* What a sub-target rests on: decides what a literal reading is worth. */
enum basis {
	BASIS_RECORD,	/* a document, an administrative number, an outside agency's result: what it says counts */
	BASIS_SERIES,	/* yearly figures with uncertainty, sampled or counted: a claimed change needs proof */
	BASIS_LEVEL,	/* a figure of our own survey against a bound: above or below needs proof */
	BASIS_MAX
};

/*
 * One sub-target, known as far as it is.
 *
 * Decision table: first line that fits.
 *
 *   waived                                      NONE      drops out of its group
 *   open (no number signed)                     UNSET
 *   literal unknown                             UNPROVEN
 *   RECORD   literal true                       MET
 *   RECORD   literal false                      MISSED
 *   SERIES   literal false                      MISSED    not rising is not rising
 *   SERIES   literal true,  proven              MET
 *   SERIES   literal true,  not proven          UNPROVEN  按条文符合，统计检验尚不能认定
 *   LEVEL    literal true,  proven,  outside    MET
 *   LEVEL    literal true,  proven,  own only   UNPROVEN  never met by those who are rated
 *   LEVEL    literal true,  not proven          UNPROVEN
 *   LEVEL    literal false, proven false        MISSED
 *   LEVEL    literal false, not proven false    UNPROVEN  the interval holds the bound
 */
struct verdict {
	bool waived;		/* a person signed that it does not apply here */
	bool open;		/* the table gives no number and nobody has signed one in time */
	enum basis basis;
	bool own_only;		/* our own survey may not settle it in our favour (40, 47) */
	enum truth literal;	/* the wording, taken literally */
	enum truth proven;	/* the same, judged by intervals: TRUE shown to hold, FALSE shown not to hold */
};
enum standing verdict_clause(const struct verdict *v);

/*
 * A row: alternatives of a group by OR, groups by AND, over the chain
 *     MISSED < UNSET < UNPROVEN < MET
 * with OR the best and AND the worst: Kleene's logic with its "unknown" split in two.
 * So a row waits for a signature (UNSET) before it waits for evidence, because no evidence can
 * settle it until then; a group that has another way waits for the evidence of
 * that way.  NONE drops out; a row of nothing but NONE is NONE.
 *
 * Shape:   standing[n] and rule[n], rules of one row in their order.
 */
enum standing verdict_row(const enum standing standing[], const struct rule rule[], size_t n);

/* One group's standing, by the same OR. */
enum standing verdict_group(const enum standing standing[], const struct rule rule[], size_t n, int group);

/* The literal truth of the row: Kleene AND of ORs, waived clauses (TRUTH_UNKNOWN with waived[i]) dropped. */
enum truth verdict_literal(const enum truth literal[], const bool waived[], const struct rule rule[], size_t n);

/* A bound against a figure with its interval. */
struct verdict_level {
	enum truth literal;	/* value >= bound */
	enum truth proven;	/* TRUE: low >= bound; FALSE: high < bound; else UNKNOWN */
};
struct verdict_level verdict_at_least(double value, double low, double high, double bound);

#endif
