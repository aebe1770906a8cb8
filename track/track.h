/* The tracker of all rows: what is wanted, what is known, what may be said. */
#ifndef TRACK_TRACK_H
#define TRACK_TRACK_H

#include "db/track.h"
#include "figure/figure.h"
#include "track/programme/programme.h"
#include "track/rule/rule.h"
#include "track/verdict.h"

enum { TRACK_STEPS = 3 };	/* 连续3年: three rises or falls, so four yearly figures */

/* ---- words.c ---- */
/* JSON: "literal" "statistical", and "" where nobody has signed. */
const char *governs_name(enum governs governs);
struct words governs_words(enum governs governs);	/* 条文口径, 统计检验, 尚未审定 */
/* Back from a name, here and below; GOVERNS_MAX, STANDING_MAX, EVIDENCE_MAX for what is none. */
enum governs governs_find(const char *name);

struct words standing_words(enum standing standing);
enum standing standing_find(const char *name);
/* JSON: "met" "missed" "unfilled" "unproven" "unset" "awaiting" "judged" "none" "cancelled". */
const char *standing_name(enum standing standing);

/*
 * 佐证材料.  Of a row: the worst that counts, in the order RETURNED, NONE, WAITING, ACCEPTED (worst
 * first; a refusal is worse than nothing, because somebody has said no).
 *
 * What counts of one sub-target: the documents of it and of the whole row (sub-target 0); where it
 * is counted by the year (rule_annual()) those of the board's year alone (year_covered()).  A
 * returned one counts until a newer one of the same sub-target waits or is accepted: that one
 * replaces it.  Without any: NONE.  What counts of a group of alternatives: the best documented of
 * those that stand as the group does.  What counts of the row: every group; NONE and CANCELLED
 * clauses drop out (of a row of nothing else: every document).  So ACCEPTED says 佐证齐全: every
 * group that is wanted rests on accepted documents and nothing is under way.
 */
enum evidence {
	EVIDENCE_NONE,		/* 无 */
	EVIDENCE_WAITING,	/* 待审 */
	EVIDENCE_RETURNED,	/* 已退回 */
	EVIDENCE_ACCEPTED,	/* 已通过 */
	EVIDENCE_MAX
};
struct words evidence_words(enum evidence evidence);
/* JSON: "none" "waiting" "returned" "accepted" */
const char *evidence_name(enum evidence evidence);
enum evidence evidence_find(const char *name);
/* One document's, from its last decision. */
enum evidence evidence_file(const struct evidence_row *file);

/* One sub-target with what is known of it. */
struct clause {
	const struct rule *rule;
	enum feed_kind feed;
	enum standing standing;		/* of this sub-target alone, verdict.h */
	enum truth literal;		/* the wording taken literally; unknown of one that
					 * dropped out */
	bool fed;			/* computed by the program, not typed in */
	bool waived;			/* signed as not applicable here */
	bool cancelled;			/* signed: its yardstick no longer exists */
	const char *document, *successor;	/* of a cancelled one: what ended it, what stands
						 * for it today or "" */
	const char *value;		/* what was read: "2023 年 78.4 → 2024 年 79.0", "第 7 名，
					 * 共 20 个城市", "是"; "" if nothing;
					 * value_words() has its English */
	int year;			/* of the newest reading, 0 none */
	const char *source, *date;	/* of the newest reading */
	double threshold;		/* in force; NAN: none */
	const char *signed_by, *signed_date;	/* of what is signed, a threshold or that it
						 * dropped out; or NULL */
	int steps;			/* RISING, FALLING: how many its years are, as signed or as
					 * the programme counts */
	bool signature_said;		/* the reason names who signed and when */
	const char *entered_by, *entered;	/* who put it on record, on which day; or NULL */
	struct words late;			/* it was entered after the survey that it judges
						 * began: says so; else in[] NULL */
	struct words reason;		/* one sentence: why literal is what it is */
	const struct series *series;	/* the figures behind a fed clause; or NULL */
	struct words strength;		/* the strength in one sentence; .in[]
					 * NULL when there is none */
	enum truth proven;		/* the clause judged statistically: significant, not
					 * significant, no test */
	bool surveyed;			/* literal rests on figures with uncertainty:
					 * there are two readings */
	enum truth tested;		/* as the statistical test alone sees it; where not
					 * surveyed, the literal truth */
	bool differ;			/* the two readings say different things:
					 * a signed 口径 decides */
};

struct track_row {
	int year;			/* the board's: what is said here is said of it */
	const struct indicator *indicator;
	const struct rule *rule;
	size_t rules;
	const struct clause *clause;	/* clause[rules] */
	enum standing standing;
	enum evidence evidence;
	struct words reason;		/* why it stands so, readable aloud in a meeting */
	struct words headline;		/* the figures in one line, as the row's headline_kind says;
					 * "" where it has none */
	const struct external_row *external;	/* newest external result up to the year, or NULL */
	const struct reading_row *reading;	/* every reading on record, of later
						 * years too, oldest first */
	size_t readings;
	const struct evidence_row *file;	/* documents that speak of the year or an earlier
						 * one (year_of_document()) */
	size_t files;
	enum truth literal;		/* the row's wording taken literally:
					 * AND over groups of OR */
	enum truth tested;		/* the same of what the statistical
					 * test says of each clause */
	struct words both;		/* "条文口径：符合 · 统计检验：尚不能认定" where a clause is
					 * surveyed; else "" */
	enum governs governs;		/* which of the two decides, as signed */
	const char *governs_by, *governs_date;	/* who signed it, when; or NULL */
};

struct tracker {
	const struct programme *programme;	/* in force */
	struct track_row *row;		/* by the table's order */
	size_t rows;
	int year;			/* the one it was made for: nothing in it
					 * speaks of a later one */
	const int *known;		/* known[knowns]: years about which
					 * something is known, ascending */
	size_t knowns;
	const char *city;
	bool demo;
	struct session *session;	/* its figures were asked of this one; so is
					 * what else a page shows */
};

/* Which board.  Zeroed: the newest year that is known for most (year_newest()). */
struct track_ask {
	int year;
	bool rows;	/* for what is signed: from the answers themselves, nothing derived from
			 * them is read (session_rows_only()) */
};

/*
 * What speaks of a year: readings, outside results, complaints, peers and waves by the year they
 * are *for*, documents by their period (year_of_document()); whatever day any of it was signed or
 * entered.  A verdict of year Y uses nothing of a later year, and by feed and rule:
 *
 *     READING   annual (rule_annual())	the reading of Y itself; 每年 besides every year before it,
 *					a series
 *               			the unbroken run that ends with Y
 *     READING   anything else		the newest reading: a thing done, or a level, holds until it
 *					is replaced
 *     EXTERNAL				the result of Y itself: a place is a place among the cities
 *					of one year
 *     SERIES, COMPLAINTS		the series up to Y, and Y itself
 *     CONFIRMED, LEVEL		the newest survey up to Y, or for CONFIRMED the newest reading: a
 *				level
 *
 * What comes from an earlier year says so: clause.year.  A threshold and a waiver are for no year:
 * they say how the wording is read, of every year, except that a survey is held against what was
 * signed before it opened.
 */

/* ---- track.c ---- */
/*
 * Everything, computed for one year: rules, readings, thresholds, external results and the index
 * series.  A place (FEED_EXTERNAL) and what an agency confirms (FEED_CONFIRMED) are never MET from
 * our own survey.  What experts judge says nothing by itself.  ask may be NULL.  Lives in pool.
 * Fails: ERR_REFUSED for a year still to come or one about which nothing is known (track/year.h).
 */
int track_load(struct tracker *tracker, struct db *db, const struct track_ask *ask,
	struct pool *pool, struct err *err);

/* ---- track.c ---- */
/* The row of an id ("43", "11.2"), or NULL. */
const struct track_row *track_find(const struct tracker *tracker, const char *id);

/* ---- ask.c ---- */
/*
 * What figure_index() is asked so that it answers with the figures of a row (all else of *ask
 * stays): ERR_MISSING where no survey feeds it, ERR_USAGE where ask->form is another.
 */
int track_ask(struct figure_ask *ask, const struct programme *programme, const char *indicator,
	struct pool *pool, struct err *err);

/* ---- check.c ---- */
/*
 * What a person wants to enter, checked before it is stored.  0, or -1 with *err:
 * a reading for a sub-target that the program computes or an agency decides, a value rule_read()
 * refuses, a year or day that cannot be (base/entry.h), no source; a threshold for a rule with a
 * number of its own; a result without agency, rank beyond the number of cities, for a row without
 * programme_place(), or without qualification where the row needs one; and what would not count
 * (check_in.h).  A threshold of "不适用" waives a sub-target of FEED_READING ("由上级机关办理"): it
 * needs a signature as well.  A threshold of "评价依据已取消" (the yardstick of a FEED_READING or
 * FEED_EXTERNAL sub-target no longer exists) needs the document that ended it and its day.  "适用"
 * takes either back where no number can be signed that does.  A criterion: name and value known,
 * signed, and of a row that rests on figures with uncertainty.
 */
int track_check_reading(struct db *db, const struct reading_row *row, struct err *err);
int track_check_threshold(struct db *db, const struct threshold_row *row, struct err *err);
int track_check_criterion(struct db *db, const struct criterion_row *row, struct err *err);
int track_check_external(struct db *db, const struct external_row *row, struct err *err);

/* ---- check_effect.c ---- */
/*
 * What a signature just stored does not do, as sentences for who signed: it is not for surveys that
 * had begun, or marks that were given; a later signature goes on counting.  in[] "" where
 * it counts everywhere.
 */
int track_threshold_effect(struct words *effect, struct db *db, const struct threshold_row *row,
	struct pool *pool, struct err *err);

/* ---- check_effect.c ---- */
int track_criterion_effect(struct words *effect, struct db *db, const struct criterion_row *row,
	struct pool *pool, struct err *err);

/* ---- check.c ---- */
/* And of a document: an indicator or sub-target that is not there, a day to come, a period that
 * names no year or has not begun, neither day nor period. */
int track_check_evidence(struct db *db, const struct evidence_row *row, struct err *err);

/* ---- departments.c ---- */
/* The programme's departments in their order, as an array of names. */
size_t track_departments(const struct tracker *tracker, const char ***name, struct pool *pool);
/* What a department has to do with a row; everyone's rows (各成员单位) are
 * everybody's to help with. */
enum duty { DUTY_NONE, DUTY_COOPERATE, DUTY_LEAD };
enum duty track_duty(const struct tracker *tracker, const struct track_row *row,
	const char *department);

/*
 * How many rows stand where: the one place where rows are counted, so that every page says the same
 * number. track_count_add() counts one row more: for whoever has no tracker, only what was said of
 * it.  department NULL: of all rows.  Else of those it has that duty in, LEAD and COOPERATE counted
 * apart; rows of 各成员单位 are everybody's to help with.
 */
struct track_count {
	size_t rows;			/* sum of state[] */
	size_t state[STANDING_MAX];
	size_t documented;		/* of state[STANDING_MET]: 佐证齐全
					 * (EVIDENCE_ACCEPTED); the rest 佐证不全 */
};
void track_count_add(struct track_count *count, enum standing standing, enum evidence evidence);
struct track_count track_count(const struct tracker *tracker, const char *department,
	enum duty duty);
/* "达标 31（佐证齐全 22 · 佐证不全 9） · 未达标 4 · …": states that occur,
 * 达标 and 未达标 always. */
struct words track_count_words(const struct track_count *count, struct pool *pool);

#endif
