/* The inside of a survey; for survey.c, survey_sums.c and survey_estimate.c only. */
#ifndef STATS_SURVEY_IN_H
#define STATS_SURVEY_IN_H

#include "stats/score_sum.h"
#include "stats/survey.h"

#define SURVEY_NONE ((size_t)-1)

/* One variable of the tally: its levels in order and which one each cell has. */
struct survey_variable {
	const char **level;	/* level[levels], sorted */
	size_t levels;
	size_t *of;		/* of[cells] */
};

struct survey {
	const struct tally *tally;
	const struct score_layout *layout;
	struct survey_variable *variable;	/* variable[tally->variables] */

	size_t cells;
	const struct tally_cell **cell;		/* in order of stratum, cluster, key */
	size_t *psu;				/* psu[cells]: cluster, or SURVEY_NONE for rows
						 * that are PSUs */
	size_t *stratum;			/* stratum[cells] */
	bool *in;				/* in[cells]: belongs to the sample */
	double *g;				/* g[cells]: factor on base weights; 0 outside */

	struct design design;			/* clusters and element rows together */
	size_t clusters;
	bool elements;				/* some cell has rows that are PSUs */
	const struct survey_options *options;

	bool raked;
	const struct rake_margin *margin;
	size_t margins;
	size_t **category;			/* category[margins][cells]; the one after the
						 * last: set aside */
	size_t *offset;				/* offset[margins + 1]: of a margin's indicators */
	struct rake_report report;
};

static inline const int64_t *
survey_words(const struct survey *s, size_t c)
{
	return s->cell[c]->words;
}

static inline double
survey_sum(const struct survey *s, size_t c, size_t k)
{
	return (double)score_read(s->layout, survey_words(s, c), k);
}

/* ---- survey.c ---- */
/*
 * Clear keep[] of the cells that do not satisfy all of these.  Variables were checked by
 * survey_where_check().
 */
void survey_where_apply(const struct survey *s, bool keep[], const struct survey_where *where,
	size_t wheres, struct pool *pool);
int survey_where_check(
	const struct tally *t, const struct survey_where *where, size_t wheres, struct err *err);

/* Weighted sums of one score in one domain, in parts of the score. */
struct survey_moment {
	double n, w, t, q, ww;
	size_t cell;		/* the first cell with an answer */
	size_t unit;		/* its sampling unit; SURVEY_NONE: rows are their own */
	bool units;		/* answers come from more than one */
	bool varied;		/* they differ */
	bool open;		/* some stratum was not taken whole */
};

/* One estimation: domains x scores; row p is score[p % scores] in domain p / scores. */
struct survey_work {
	const struct survey *s;
	const struct survey_ask *ask;
	struct pool *pool;
	const size_t *score;	/* score[scores] */
	size_t scores;
	size_t domains;
	size_t *domain;		/* domain[cells], or SURVEY_NONE */
	size_t *sample_cell;	/* sample_cell[domains]: a cell of it, for its labels;
				 * SURVEY_NONE: no cell */
	size_t rows;		/* domains * scores */
	struct survey_moment *moment;	/* moment[rows] */
	double *mean;		/* mean[rows], in parts */
	const double *own;	/* own[domains]: degrees of freedom; NULL: the design's */
	int lonely;		/* 0, or why some rows have no error:
				 * FAULT_LONELY_PSU, FAULT_ONE_PSU */
	bool *met;		/* met[domains]: those rows, where lonely */
	struct err why;		/* its sentence */
	size_t k;		/* calibration indicators; 0: none */
	double *slope;		/* slope[k * rows]: regression of the linearised rows on them */
};

/* ---- survey_sums.c ---- */
/* PSU totals of the linearised rows: total[clusters * rows], zeroed by the caller. */
void survey_totals(const struct survey_work *w, double total[]);
/* Covariance where some rows are their own PSUs: from sums of squares by stratum. */
int survey_element_covariance(
	const struct survey_work *w, double cov[], const bool member[], struct err *err);
/* Under simple random sampling with replacement; NAN where the layout lacks the pair. */
void survey_srs(const struct survey_work *w, double srs[]);
/* The first-moment weight of a cell in row p: g * unit / W, or 0 outside its domain. */
double survey_alpha(const struct survey_work *w, size_t cell, size_t p);
/* What calibration takes from row p per unit of base weight in a cell: g x'B. */
double survey_fitted(const struct survey_work *w, size_t cell, size_t p);

#endif
