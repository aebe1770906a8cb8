/* From what is known of the sub-targets to what may be said of the row: pure logic, no data. */
#ifndef TRACK_VERDICT_H
#define TRACK_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include "track/rule/rule.h"

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
	BASIS_RECORD,	/* a document, an administrative number, an outside agency's
			 * result: what it says counts */
	BASIS_SERIES,	/* yearly figures with uncertainty, sampled or counted: a
			 * claimed change needs proof */
	BASIS_LEVEL,	/* a figure of our own survey against a bound: above or below needs proof */
	BASIS_MAX
};

/* Which reading of figures with uncertainty decides a row: a 口径 that a leader
 * signs, never the program. */
enum governs {
	GOVERNS_UNSIGNED,	/* nobody has signed */
	GOVERNS_LITERAL,	/* 以条文口径为准 */
	GOVERNS_STATISTICAL,	/* 以统计检验为准 */
	GOVERNS_MAX
};

/*
 * One sub-target, known as far as it is.
 *
 * Decision table: first line that fits.
 *
 *   cancelled                                   CANCELLED   drops out of its group
 *   waived                                      NONE        drops out of its group
 *   judged                                      JUDGED      the experts have not spoken, or no pass
 *   mark was set before they did open (no number signed)                     UNSET
 *   literal unknown, outside                    AWAITING    only an outside agency may say it
 *   literal unknown, silent or RECORD           UNFILLED
 *   literal unknown                             UNPROVEN    asked, and it cannot be told
 *   RECORD   literal true                       MET
 *   RECORD   literal false                      MISSED
 *   SERIES, LEVEL   both readings agree         what they say
 *   SERIES, LEVEL   they differ                 what the governing one says; UNSIGNED: UNSET
 *
 * The two readings of SERIES and LEVEL (verdict_reading()):
 *
 *                                        literal     statistical
 *   SERIES  false                        MISSED      MISSED      not rising is not rising
 *   SERIES  true,  proven                MET         MET
 *   SERIES  true,  not proven            MET         UNPROVEN    条文口径：符合 ·
 *   统计检验：尚不能认定 LEVEL   true,  proven                MET         MET
 *   LEVEL   true,  not proven            MET         UNPROVEN
 *   LEVEL   false, proven false          MISSED      MISSED
 *   LEVEL   false, not proven false      MISSED      UNPROVEN    the interval holds the bound
 *   LEVEL   own_only                     AWAITING in place of MET: those who are rated
 *   never say it themselves
 */
struct verdict {
	bool cancelled;		/* a person signed that the yardstick no longer exists */
	bool waived;		/* a person signed that it does not apply here */
	bool judged;		/* experts decide, and there is no mark of theirs with a
				 * pass mark set before it */
	bool open;		/* the table gives no number and nobody has signed one in time */
	bool outside;		/* an outside agency's result is wanted, and no
				 * usable one is on record */
	bool silent;		/* nobody has entered or answered anything */
	enum basis basis;
	bool own_only;		/* our own survey may not settle it in our favour: FEED_CONFIRMED */
	enum truth literal;	/* the wording, taken literally */
	enum truth proven;	/* the same, judged by intervals: TRUE shown to hold,
				 * FALSE shown not to hold */
	enum governs governs;	/* signed for the row */
};
enum standing verdict_clause(const struct verdict *v);

/* SERIES and LEVEL with a known literal truth: what one reading says of it, were it
 * the one that governs. */
enum standing verdict_reading(const struct verdict *v, enum governs governs);
/* Do the two readings say different things, so that a signature is needed? */
bool verdict_differ(const struct verdict *v);
/* The clause as the statistical test alone sees it: a RECORD is as it reads; else
 * TRUE only where proven. */
enum truth verdict_tested(const struct verdict *v);

/*
 * A row: alternatives of a group by OR, groups by AND, over one chain, nearest to met last:
 *     MISSED < UNSET < UNFILLED < UNPROVEN < AWAITING < JUDGED < MET
 * OR is the best of two and AND the worst, so both are commutative, associative and monotone, and
 *
 *     AND        MISSED  UNSET   UNFILLED UNPROVEN AWAITING JUDGED   MET
 *     MISSED     MISSED  MISSED  MISSED   MISSED   MISSED   MISSED   MISSED
 *     UNSET      MISSED  UNSET   UNSET    UNSET    UNSET    UNSET    UNSET
 *     UNFILLED   MISSED  UNSET   UNFILLED UNFILLED UNFILLED UNFILLED UNFILLED
 *     UNPROVEN   MISSED  UNSET   UNFILLED UNPROVEN UNPROVEN UNPROVEN UNPROVEN
 *     AWAITING   MISSED  UNSET   UNFILLED UNPROVEN AWAITING AWAITING AWAITING
 *     JUDGED     MISSED  UNSET   UNFILLED UNPROVEN AWAITING JUDGED   JUDGED
 *     MET        MISSED  UNSET   UNFILLED UNPROVEN AWAITING JUDGED   MET
 *
 *     OR         MISSED   UNSET    UNFILLED UNPROVEN AWAITING JUDGED MET
 *     MISSED     MISSED   UNSET    UNFILLED UNPROVEN AWAITING JUDGED MET
 *     UNSET      UNSET    UNSET    UNFILLED UNPROVEN AWAITING JUDGED MET
 *     UNFILLED   UNFILLED UNFILLED UNFILLED UNPROVEN AWAITING JUDGED MET
 *     UNPROVEN   UNPROVEN UNPROVEN UNPROVEN UNPROVEN AWAITING JUDGED MET
 *     AWAITING   AWAITING AWAITING AWAITING AWAITING AWAITING JUDGED MET
 *     JUDGED     JUDGED   JUDGED   JUDGED   JUDGED   JUDGED   JUDGED MET
 *     MET        MET      MET      MET      MET      MET      MET    MET
 *
 * Why this order: what fails needs no more; until a number or a 口径 is signed no entry can settle
 * the row, until something is entered nothing can be tested, and what is tested waits for others
 * last.  A group that has another way stands as its most promising way.  NONE and CANCELLED drop
 * out; a row of nothing else is CANCELLED if one of them is, else NONE.
 *
 * Shape:   standing[n] and rule[n], rules of one row in their order.
 */
enum standing verdict_row(const enum standing standing[], const struct rule rule[], size_t n);
enum standing verdict_and(enum standing a, enum standing b);
enum standing verdict_or(enum standing a, enum standing b);

/* One group's standing, by the same OR. */
enum standing verdict_group(const enum standing standing[], const struct rule rule[],
	size_t n, int group);

/* The literal truth of the row: Kleene AND of ORs, waived clauses (TRUTH_UNKNOWN
 * with waived[i]) dropped. */
enum truth verdict_literal(const enum truth literal[], const bool waived[],
	const struct rule rule[], size_t n);

/* A bound against a figure with its interval. */
struct verdict_level {
	enum truth literal;	/* value >= bound */
	enum truth proven;	/* TRUE: low >= bound; FALSE: high < bound; else UNKNOWN */
};
struct verdict_level verdict_at_least(double value, double low, double high, double bound);

#endif
