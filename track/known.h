/* Inside track: what is known of a row, and the clauses made from it. */
#ifndef TRACK_KNOWN_H
#define TRACK_KNOWN_H

#include "figure/session.h"
#include "track/track.h"

/* A signed "不适用": the sub-target is not ours to meet. */
#define TRACK_WAIVER "不适用"
/* Signed with the document that says so: the yardstick no longer exists. */
#define TRACK_CANCELLED "评价依据已取消"
/* Signed to take back either of them where the table has the number, or asks for none; else a
 * number takes it back. */
#define TRACK_APPLIES "适用"

enum { ALPHA_PERCENT = 5 };	/* proven means p < 0.05, one-sided */

/* The yearly series that feed a programme's rows, each made once (surveys.c). */
struct surveys {
	struct series *series;		/* series[n] */
	size_t n;
	struct series complaints;
};

/* ---- surveys.c ---- */
int surveys_load(struct surveys *s, const struct programme *programme, struct session *session,
	int year, struct err *err);
/* NULL: no row draws on it. */
const struct series *surveys_series(const struct surveys *s, const char *form, const char *index,
	enum stream stream);
/* The sampled series of the first of its indices that has a year, else of the last. */
const struct series *surveys_figure(const struct surveys *s, const struct programme_figure *figure);

/* One row's records, and what is shared by all rows. */
struct known {
	struct session *session;
	struct pool *pool;
	const struct surveys *surveys;
	int year;				/* the board's: nothing of a later
						 * one may be looked at */
	const struct programme *programme;
	const struct indicator *indicator;
	const struct rank_row *rank;		/* our city among its peers in the board's year,
						 * where the row shows it */
	size_t ranks;
	const struct reading_row *reading;	/* by subtarget, year, id */
	size_t readings;
	const struct threshold_row *threshold;	/* by clause, id */
	size_t thresholds;
	const struct criterion_row *criterion;	/* by name, id */
	size_t criteria;
	const struct external_row *external;	/* by year, id; none of a later year */
	size_t externals;
};

/* ---- signed.c: which record counts, of those there are ---- */

/*
 * What is signed of a clause: of the rows signed on a day before `before` (2024-05-12; NULL: any)
 * the one signed on the last day, of one day the last entered.  So what is entered late never
 * outdoes a later signature.  NULL: none.
 */
const struct threshold_row *threshold_last(const struct threshold_row row[], size_t n, int clause,
	const char *before);
/* Signed on a day before the survey opened (a minute), entered on that day or later. */
bool threshold_late(const struct threshold_row *row, int64_t opens);
/* The outside result of a year that counts: the last entered.  NULL: none. */
const struct external_row *external_of(const struct external_row row[], size_t n, int year);
/* Does the source of the reading name the agency of the result? */
bool agency_named(const struct reading_row *row, const struct external_row *result);
/* A pass mark that was there before the experts gave theirs: signed on a day before,
 * and entered no later. */
bool pass_mark_before(const struct threshold_row *pass, const struct reading_row *mark);

/* ---- known.c ---- */
/* The newest figure of a series; NULL where it has none. */
const struct figure *series_newest(const struct series *s);

/* Who signed a number and who entered it, into the clause. */
void clause_signed(struct clause *c, const struct threshold_row *row, struct pool *pool);

/* The newest external result, or NULL. */
const struct external_row *known_external(const struct known *k);
/*
 * The number signed for a clause (threshold_last()); in time for a survey: on a day before it opens
 * (a minute; 0: any), and entered before too, or with the document that set it.
 * NULL if there is none.
 */
const struct threshold_row *known_threshold(const struct known *k, const struct rule *rule,
	int64_t opens);

/* ---- governs.c ---- */
/* The 口径 of that name signed on the last day, of one day the last entered; or NULL. */
const struct criterion_row *known_criterion(const struct known *k, const char *name);
/* Which reading governs the row, and who signed it (NULL: nobody). */
enum governs known_governs(const struct known *k, const struct criterion_row **signed_row);
/* How many steps the years of a trend's rule ask for, as signed; *signed_row NULL: nobody has. */
int known_steps(const struct known *k, const struct rule *rule,
	const struct criterion_row **signed_row);
/* "（张三 于 2024-01-01 审定）"; "" where nobody has signed. */
struct words known_steps_by(const struct known *k, const struct rule *rule);

/* ---- clause.c ---- */
/* clause.c: fill *c with feed, literal, proven, value, reason, strength and standing. */
void clause_make(struct clause *c, const struct known *k, const struct rule *rule);

/* clause_reading.c, clause_survey.c: one feed each.  *v and *c arrive zeroed but for
 * rule, feed, threshold. */
void clause_reading(struct clause *c, struct verdict *v, const struct known *k);
void clause_external(struct clause *c, struct verdict *v, const struct known *k);

/* ---- clause_survey.c ---- */
void clause_series(struct clause *c, struct verdict *v, const struct known *k);
void clause_complaints(struct clause *c, struct verdict *v, const struct known *k);
void clause_confirmed(struct clause *c, struct verdict *v, const struct known *k);
void clause_own(struct clause *c, struct verdict *v, const struct known *k);

/* ---- clause_reading.c ---- */
/* Why a clause without a number signed says nothing, and who must act. */
struct words clause_open(const struct clause *c, const struct known *k);

/* sentence.c: the row's two sentences from its finished clauses. */
void sentence_row(struct track_row *row, const struct known *k);

/* evidence.c: the row's documents, as evidence_row() says of its finished clauses. */
enum evidence evidence_row(const struct track_row *row);

/* governs.c: the two readings of a row that rests on figures with uncertainty, and
 * which of them decides. */
void governs_row(struct track_row *row, const struct known *k);
/* The same of one clause whose readings differ, as a sentence to follow its reason; in[]
 * "" where they agree. */
struct words governs_clause(const struct clause *c, const struct known *k);

/* ---- say.c: words in both languages ---- */

/* printf twice; the arguments of both must be the same. */
struct words say(struct pool *pool, const char *zh, const char *en, ...)
	__attribute__((format(printf, 2, 4), format(printf, 3, 4)));
/* Both parts, one after the other. */
struct words say_join(struct pool *pool, struct words a, struct words b);
/* "78.4（76.9–79.8）" and "78.4 (76.9–79.8)"; shares as "61.3%（58.9%–63.6%）". */
struct words say_estimate(struct pool *pool, const struct estimate *e, bool share);
/* "+0.6" with a true minus, "0.0" for what rounds to nothing; shares in points. */
const char *say_change(struct pool *pool, double change, bool share);
/* "p = 0.17", "p < 0.001". */
const char *say_p(struct pool *pool, double p);
/* A simulated probability is never sure: "约 86%", "大于 99%", "小于 1%". */
struct words say_chance(struct pool *pool, double p);
/* "三" for 3 (1..20), and "three". */
struct words say_count(int n);
/* The same before 次: "两" for 2. */
struct words say_times(int n);
/* Why a figure has no value: its err_code in both languages. */
struct words say_refusal(const struct figure *m);

#endif
