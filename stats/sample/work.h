/* One estimation at work; for estimate.c and what it is made of (df.c, pairs.c, quick.c, srs.c,
 * theta.c) only. */
#ifndef STATS_SAMPLE_WORK_H
#define STATS_SAMPLE_WORK_H

#include "stats/sample/sums.h"
#include "stats/sum.h"

/* Weighted sums of one item in one domain, about a pivot near its mean. */
struct moment {
	double n;		/* rows that count */
	struct sum w, ww;
	struct sum t;		/* of w (x - pivot), or w y for a ratio */
	struct sum d;		/* of w x (denominator) */
	double value;		/* the estimate */
	double scale;		/* of its linearised variable: W, 1 or X */
	double centre;		/* mean less pivot; 0 for a total */
	double first;		/* x of the first that counts */
	bool varied;		/* some other x differs; for a ratio: some x
				 * is not ratio times den */
	size_t unit;		/* sampling unit of the first */
	bool units;		/* there is another */
	bool open;		/* some unit's stratum was not taken whole */
};

struct work {
	const struct sample *s;
	const struct sample_ask *ask;
	struct pool *pool;	/* the caller's: what the table keeps */
	struct pool *scratch;	/* what ends with the estimate */
	struct domains domains;
	size_t items, rows;
	bool *member;		/* member[n * items] */
	double *pivot;		/* pivot[items] */
	struct moment *moment;	/* moment[rows] */
	double *u;		/* u[n * items]: weighted linearised variable */
	struct sums sums;	/* in place of members, pivots and u */
	struct sums_linear linear;
};

static inline size_t
row_domain(const struct work *w, size_t i)
{
	return w->domains.of[i];
}

/* Items beyond this many get their variances only: pairs would cost more than the estimates. */
enum { PAIRED_ITEMS = 64 };

/* Sums over the rows that count for both of two items. */
struct both {
	double n, w;
	struct sum x, y, xy;
};

/* ---- srs.c ---- */
/* Their covariance under simple random sampling of rows p and q of the table. */
double work_both(const struct work *w, const struct both *b, size_t p, size_t q);

/* ---- quick.c ---- */
/* Can sums of units do it?  Then moments, linearised rows and t->srs from them. */
bool work_quick(const struct work *w);
void work_quick_moments(struct work *w);
void work_quick_srs(const struct work *w, struct table *t);

/* ---- pairs.c ---- */
/* t->srs of different items of a domain, from codes. */
void work_pairs(const struct work *w, struct table *t);

/* ---- df.c ---- */
/* Degrees of freedom of the table: of the design, or of everybody in some domain. */
double work_df(const struct work *w);
/* Of each domain's interval: own[domains], where it does not go by those of all. */
const double *work_own_df(const struct work *w, double all);

/* ---- theta.c ---- */
/* cov[rows * rows] from how the estimates move with the replicate weights. */
void work_replicates(const struct work *w, double cov[]);

#endif
