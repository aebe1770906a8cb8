/* One stream of a wave as a sample: design, weights, and its answers as columns and groups. */
#ifndef FIGURE_SURVEY_H
#define FIGURE_SURVEY_H

#include "figure/counted.h"
#include "figure/level.h"
#include "figure/margins.h"
#include "figure/scores.h"
#include "stats/sample/sample.h"
#include "stats/weight/rake.h"

/* How a stream is opened; zeroed: the main estimate, not weighted. */
struct survey_how {
	enum stream stream;
	const struct margins *margins;	/* of the sampled stream; n == 0: not weighted */
	bool unflagged;			/* flagged rows too; otherwise they only count as
					 * people of their sampling unit */
	bool apart;			/* open stream: rows of a site are no cluster, each
					 * stands for itself, as figures by site need it */
};

/*
 * Sampled rows keep their stratum and cluster.  Open rows have no design: their site is the
 * cluster (people at one place are alike), and a row without site stands alone.
 */
struct survey {
	const struct counted *answers;
	struct survey_how how;
	size_t n;			/* rows of the stream */
	const uint32_t *row;		/* row[n]: places among the answers; NULL: all */
	const bool *in;			/* in[n]: in the estimate; NULL: all */
	struct sample *sample;
	bool raked;			/* to the margins, and how that went */
	struct rake_report report;
	const uint8_t **code;		/* code[items], NULL until asked for */
	struct pool *pool;
};

/* Fails as sample_open() and sample_calibrate(), and FAULT_EMPTY_DOMAIN: no rows. */
int survey_open(struct survey *s, const struct counted *a, const struct survey_how *how,
	struct pool *pool, struct err *err);

/* Place of the i-th row among the answers. */
static inline size_t
survey_row(const struct survey *s, size_t i)
{
	return s->row == NULL ? i : s->row[i];
}

/* ---- columns and groups ---- */

/* The rows of a survey by a name of level.h: missing where not answered, 98, or without site.  In
 * the survey's pool.  Fails: FAULT_COLUMN. */
int survey_factor(struct factor *f, const struct survey *s, const char *name, struct err *err);

/* A score as a column; in the survey's pool. */
struct column survey_column(struct survey *s, const struct score *score);
/* An item's codes in the order of the survey's rows. */
const uint8_t *survey_codes(struct survey *s, size_t item);

#endif
