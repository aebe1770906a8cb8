/* Where stored rows become estimates: the one meeting of db and stats. */
#ifndef FIGURE_FIGURE_H
#define FIGURE_FIGURE_H

#include "base/lang.h"
#include "db/survey.h"
#include "stats/estimate.h"

/* What to compute.  Zeroed members mean "all" or "none". */
struct figure_ask {
	const char *indicator;	/* what the answers are for, written into each; or NULL */
	const char *form;	/* "A" */
	const char *index;	/* one index, share or item by name; NULL: every one of figure[] */
	const char *const *figure;	/* figure[figures]; none: every index
					 * and share of the form */
	size_t figures;
	int year;		/* 0: every year */
	const char *by;		/* NULL: city; "sector", "township", "site" or an item of
				 * the form with choices */
	const char *stream;	/* "sampled", "open", NULL: both (never pooled) */
	double level;		/* 0: 0.95 */
	bool rows;		/* for what is signed: from the answers themselves
				 * (session_rows_only()) */
	bool unflagged;		/* false: main estimate (flagged rows out); true:
				 * with flagged rows too */
};

/* One answer: an estimate, or the reason there is none. */
struct figure {
	const char *indicator, *form, *index;
	struct words index_label;
	const char *domain;		/* "all", or the value: "S01", "210281001" */
	struct words domain_label;
	int year;
	int64_t wave;
	const char *stream;
	struct estimate estimate;	/* all NAN when err.code is set */
	struct err err;			/* ERR_REFUSED below the limits, placeholder
					 * margins, lonely PSU... */
	const char *err_code;		/* stable word: "placeholder_margins", "too_few",
					 * "lonely_psu", "empty_domain", ... */
	const char *margins;		/* "sex age edu", "" if not raked */
	const char *margins_hash;	/* SHA-256 of the margins used, hex, or "" */
	bool simulated;			/* demo margins */
	struct words note;		/* what must stand beside the value: stream_note() and more;
					 * in[] "" if nothing */
};

/* Is it a share, 0..1?  Else points. */
bool figure_is_share(const struct figure *m);

/* *figure[*n] lives in pool, in the order index, year, stream,
 * domain.  Returns -1 only when the question itself makes no sense (unknown indicator, form,
 * domain) or the database fails. */
int figure_index(struct db *db, const struct figure_ask *ask,
	const struct figure **figure, size_t *n, struct pool *pool, struct err *err);

/*
 * Steps of a yearly series with their differences.  Waves that share their sampling units (open
 * stream: sites; sampled: waves that describe the same clusters) take the covariance into account,
 * others are independent samples with Welch's degrees of freedom.
 */
struct step {
	int from, to;			/* years */
	struct estimate difference;	/* value = later - earlier, with interval */
	double p_up;			/* one-sided p of H0: no rise */
	double p_down;			/* one-sided p of H0: no fall */
	bool broken;			/* form version, mapping, population, mode or weighting
					 * changed, or a year is missing: no claim */
	const char *break_note;		/* why, in Chinese: the wave's own note where it has
					 * one; "" if not broken */
	struct words break_words;	/* the same in both languages; in[] "" if not broken */
	bool significant;		/* two-sided at the level, and not broken */
};

/* Series of one city index over the years, one stream.  A year is its newest wave. */
struct series {
	const char *form, *index, *stream;
	struct words label;
	const struct figure *year;	/* year[years], ascending */
	size_t years;
	const struct step *step;	/* step[years - 1] */
	int rises;			/* how many of the last steps in a row are point
					 * rises, up to a break */
	int falls;
	double iut_up;			/* intersection-union p for "rose in each of the last
					 * `wanted` steps": the largest of their one-sided p; NAN:
					 * too few steps, or one is broken or has no figure */
	double iut_down;
	int wanted;			/* 3: three rises, so four yearly figures */
	const double *reference;	/* reference[years]: the national rate of the year, NAN
					 * unknown; NULL for indices */
	const bool *comparable;		/* comparable[years]: the national rate counts what ours
					 * counts; NULL for indices */
	const struct words *definition;	/* definition[years]: what is counted, ours and the
					 * nation's; NULL for indices */
	double target;			/* a signed bound it is held against, in its own unit
					 * (shares 0..1); NAN: none */
};
/* Source of the test: Berger (1982), Technometrics 24:295-300: reject when
 * every single step does. */

/* ---- complaints.c ---- */
/*
 * Complaint rates by year per 10,000 residents with exact intervals, as a series of the same shape:
 * form "complaints", index "rate", reference the national rate, which is comparable only where its
 * definition is ours (definition.h).  A year whose known definition differs from the known one
 * before breaks the series.  Steps are tested by the exact conditional binomial test.  Complaints
 * come in clusters (one incident, many callers), so the intervals are rather too narrow; every
 * figure's note says so.
 * Source:  Garwood (1936), Biometrika 28:437-442; Przyborowski & Wilenski (1940),
 *          Biometrika 31:313-323.
 */
int figure_complaints(struct db *db, int until, int wanted, struct series *series,
	struct pool *pool, struct err *err);

/*
 * Where our city stands among the peers on record for a year: place, confidence set, P(place <=
 * top).  Our score is the peer list's, else the outside agency's of that year, else our own sampled
 * index, which then is another measurement than theirs: say so beside it.  No peers: no rows.
 * By rank, then city.
 */
struct rank_row {
	const char *city;
	double score, se;
	int rank, low, high;		/* marginal confidence set at the level */
	double p_top;			/* P(rank <= top); NAN where some city
					 * published no standard error */
	bool ours;
};
struct rank_ask {
	const char *indicator;		/* under which the peers and the agency's
					 * scores are on record */
	int year, top;
	const char *form, *index;	/* our own index; index NULL: none */
};

#endif
