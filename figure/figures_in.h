/* The inside of figures: one stream of one wave, for one ask. */
#ifndef FIGURE_FIGURES_IN_H
#define FIGURE_FIGURES_IN_H

#include "figure/figures.h"

struct one {
	struct figures *f;
	const struct figures_ask *ask;
	enum stream stream;
	struct survey *survey;		/* NULL: nothing can be estimated, fault says why */
	const char *fault;		/* stable word, or NULL */
	struct err err;
	struct pool *temp;		/* tables */
	struct pool *pool;		/* results */
};

/* Near 0 and 1 the logit's t is a little short: docs/coverage.md. */
static inline enum interval
one_interval(const struct scores_figure *figure)
{
	return figure->share ? INTERVAL_KORN : INTERVAL_DEFAULT;
}

/* ---- figures_one.c ---- */
/* Returns false for a stream without answers. */
bool one_open(struct one *o);
/* ---- figures_one.c ---- */
/* Scores of the set that stand side by side in a table. */
struct one_scores {
	size_t *score;			/* score[n]: places in the set */
	size_t n;
	const bool *pair;		/* pair[n * n]: which are combined; NULL: none */
};
/* ---- figures_one.c ---- */
/* Those that figures are made of, each once. */
void one_scores(struct one_scores *s, const struct scores_figure figure[], size_t figures,
	struct pool *pool);
/* ---- figures_one.c ---- */
/* The place of a score of the set among them; it is put behind them if it is new. */
size_t one_place(struct one_scores *s, size_t score);
/* ---- figures_one.c ---- */
/* Their estimates together, by a variable ("": none).  within: covariances within a domain only.  0
 * or a fault. */
int one_estimate(struct table *t, const struct one *o, const struct one_scores *scores,
	enum interval interval, const char *by, bool within, struct err *err);

/* ---- figures_city.c ---- */
/* The city's value as a[i] times the rows of *t; *left_out: sectors nobody answered in.  0 or a
 * fault. */
int one_city(struct table *t, double **a, int *left_out, const struct one *o,
	const struct scores_figure *figure, struct err *err);
/* ---- figures_city.c ---- */
/* How the sectors entered: said in the method. */
const char *one_sectors(const struct one *o, const double a[], const struct table *t, int left_out);

/* ---- figures_say.c ---- */
/* A figure without its numbers; domain NULL: the city. */
struct figure one_figure(const struct one *o, const struct scores_figure *figure,
	const char *domain);
/* ---- figures_say.c ---- */
void one_refuse(struct figure *m, const char *code, const struct err *err);
/* ---- figures_say.c ---- */
/* The estimate of a row into the figure, its words copied out of the temporary pool. */
void one_fill(struct figure *m, const struct one *o, const struct table_row *row,
	const char *extra);

#endif
