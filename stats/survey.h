/* Estimates from a tally under its sampling design and weights. */
#ifndef STATS_SURVEY_H
#define STATS_SURVEY_H

#include "stats/design.h"
#include "stats/weight/rake.h"
#include "stats/table.h"
#include "stats/tally.h"

/*
 * How the sample was drawn and is to be weighted.  Zeroed: with replacement, lonely PSUs fail,
 * base weights.
 */
struct survey_options {
	enum design_lonely lonely;
	const struct design_stratum *population;	/* PSUs in the population, by stratum
							 * label; NULL: no fpc */
	size_t populations;
	const struct rake_margin *margin;	/* margin.variable is a variable of the tally */
	size_t margins;
	struct rake_options rake;
	const struct survey_where *where;	/* who is in the sample at all: raking sees only
						 * these; PSUs still all count */
	size_t wheres;
};

/* variable is one of level[]; several must all hold. */
struct survey_where {
	const char *variable;
	const char *const *level;
	size_t levels;
	bool exclude;		/* none of level[] instead */
};

/*
 * A tally with design and weights resolved; opaque, in pool.  The tally must
 * not change while it is used.  Cells are put in order of their labels
 * first, so the result is the same bits whatever order the rows came in.
 * options NULL: all zero; its arrays must outlive the survey.
 *
 * Fails:   FAULT_COLUMN, FAULT_FPC, and those of rake_fit().
 */
struct survey;
int survey_open(struct survey **survey, const struct tally *tally,
	const struct survey_options *options, struct pool *pool, struct err *err);

/* What weighting did; NULL without margins. */
const struct rake_report *survey_rake_report(const struct survey *survey);
/* PSUs, strata, df, lonely strata. */
const struct design *survey_design(const struct survey *survey);
/*
 * Sorted levels a variable takes in the tally; in the survey's pool.  Returns -1 for an unknown
 * variable.
 */
int survey_levels(const struct survey *survey, const char *variable, const char *const **level,
	size_t *levels);

/* For who answers requests from tallies where it can: this one's needs the rows.
 * Beside 0 and the faults. */
enum { SURVEY_ROWS = 1 };

/* What to estimate.  Zeroed members: everyone, every score, default interval. */
struct survey_ask {
	const size_t *score;		/* score[scores], indexes in the layout */
	size_t scores;			/* 0: all */
	const char *const *by;		/* by[bys]: variables; levels sorted, the first variable's
					 * vary fastest, as in R */
	size_t bys;
	const struct survey_where *where;
	size_t wheres;
	double level;			/* 0: 0.95 */
	enum interval interval;
	bool domain_df;			/* df of PSUs and strata with a member of the domain (of
					 * `where`), R's subset(); otherwise the full design's */
	bool own_df;			/* with by, each row's interval by the df of its own domain:
					 * with the design's a town of a few communities
					 * gets 72 to 92 % for 95 */
	const char *mapping, *population, *stream;	/* copied into the estimates; NULL: "" */
	const char *weighting;		/* said in estimate.method: "raked to sex, age"; NULL:
					 * computed */
};

/* ---- survey_estimate.c ---- */
/*
 * Weighted means (index points 0..100, shares 0..1) of scores by domain with
 * linearised standard errors, rows ordered by domain, then score; a domain
 * exists where the tally has a cell for it.  A row nobody answered
 * carries its fault and does not stop the others; one whose error cannot be
 * seen (one PSU in all, in its stratum under policy fail, or in its domain)
 * keeps its value and n, with span_fault.
 *
 * Fails:   FAULT_COLUMN, FAULT_INPUT.
 * Caution: PSUs exist where somebody of the whole tally answered: a sampled
 *          PSU nobody answered in is unknown to a tally.
 * Source:  Binder (1983); Wolter (2007) ch. 6; g-weighted residuals after
 *          raking: Deville & Sarndal (1992), JASA 87:376-382.
 */
int survey_estimate(struct table *table, const struct survey *survey, const struct survey_ask *ask,
	struct pool *pool, struct err *err);

#endif
