/* One stream of one wave, for one ask: opened, and its scores estimated. */
#include <string.h>

#include "figure/figures_in.h"
#include "stats/fault.h"

/* A stream opened one way. */
struct figures_stream {
	struct survey_how how;
	struct survey survey;
	int fault;			/* of opening it */
	struct err err;
	struct figures_stream *next;
};

/* ---- opening a stream ---- */

static bool
same_how(const struct survey_how *a, const struct survey_how *b)
{
	return a->stream == b->stream && a->margins == b->margins &&
		a->unflagged == b->unflagged && a->apart == b->apart;
}

/* The one opened that way, or a new one. */
static struct figures_stream *
stream_open(struct figures *f, const struct survey_how *how)
{
	struct figures_stream *s;

	for (s = f->stream; s != NULL; s = s->next)
		if (same_how(&s->how, how))
			return s;
	s = pool_take(f->pool, sizeof(*s));
	s->how = *how;
	s->fault = survey_open(&s->survey, &f->answers, how, f->pool, &s->err);
	s->next = f->stream;
	f->stream = s;
	return s;
}

int
figures_survey(struct survey **survey, struct figures *f, const struct survey_how *how,
	struct err *err)
{
	struct figures_stream *s = stream_open(f, how);

	*survey = &s->survey;
	if (s->fault != 0 && err != NULL)
		*err = s->err;
	return s->fault;
}

static void
one_fault(struct one *o, const char *fault, const struct err *err)
{
	o->fault = fault;
	o->err = *err;
}

static bool
one_raked(const struct one *o)
{
	return o->stream == STREAM_SAMPLED && o->f->margins->n > 0;
}

static struct figures_stream *
one_stream(const struct one *o, bool raked)
{
	struct survey_how how = { .stream = o->stream, .unflagged = o->ask->unflagged,
		.margins = raked ? o->f->margins : NULL,
		.apart = o->stream == STREAM_OPEN && strcmp(o->ask->by, "site") == 0 };

	return stream_open(o->f, &how);
}

bool
one_open(struct one *o)
{
	const struct margins *m = o->f->margins;
	bool raked = one_raked(o);
	struct figures_stream *s;

	if (raked && m->fault != NULL) {
		one_fault(o, m->fault, &m->err);
		raked = false;
	}
	s = one_stream(o, raked);
	if (s->survey.n == 0)
		return false;
	if (s->fault != 0) {
		if (o->fault == NULL)
			one_fault(o, fault_word(s->fault), &s->err);
		s = raked ? one_stream(o, false) : s;
	}
	o->survey = s->fault == 0 ? &s->survey : NULL;
	return true;
}

/* ---- estimating ---- */

int
one_estimate(struct table *t, const struct one *o, const struct one_scores *scores,
	enum interval interval, const char *by, bool within, struct err *err)
{
	const struct score *list = o->f->scores.score[o->ask->set];
	struct column *column = pool_array(o->temp, scores->n + 1, sizeof(*column));
	struct factor *factor = pool_take(o->temp, sizeof(*factor));
	const struct factor **factors = pool_take(o->temp, sizeof(*factors));
	struct sample_ask ask = { .of = column, .ofs = scores->n, .level = o->ask->level,
		.interval = interval, .paired = scores->pair != NULL, .pair = scores->pair,
		.within = within, .totals = !within,
		/* A domain's own; the sectors of a composed city share the design's. */
		.df = o->ask->by[0] != '\0' ? SAMPLE_DF_AUTO : SAMPLE_DF_DESIGN };
	int rc;

	for (size_t i = 0; i < scores->n; i++)
		column[i] = survey_column(o->survey, &list[scores->score[i]]);
	if (by[0] != '\0') {
		if ((rc = survey_factor(factor, o->survey, by, err)) != 0)
			return rc;
		*factors = factor;
		ask.by = factors;
		ask.bys = 1;
	}
	return sample_estimate(t, o->survey->sample, &ask, o->temp, err);
}

size_t
one_place(struct one_scores *s, size_t score)
{
	size_t i = 0;

	while (i < s->n && s->score[i] != score)
		i++;
	if (i == s->n)
		s->score[s->n++] = score;
	return i;
}

void
one_scores(struct one_scores *s, const struct scores_figure figure[], size_t figures,
	struct pool *pool)
{
	size_t most = 0;
	bool pairs = false, *pair;

	for (size_t k = 0; k < figures; k++) {
		most += figure[k].parts;
		pairs = pairs || figure[k].parts > 1;
	}
	*s = (struct one_scores){ .score = pool_array(pool, most + 1, sizeof(*s->score)) };
	for (size_t k = 0; k < figures; k++)
		for (size_t i = 0; i < figure[k].parts; i++)
			one_place(s, figure[k].part[i]);
	if (!pairs)
		return;
	s->pair = pair = pool_array(pool, s->n * s->n, sizeof(*pair));
	for (size_t k = 0; k < figures; k++)
		for (size_t i = 0; i < figure[k].parts; i++)
			for (size_t j = 0; j < i; j++)
				pair[one_place(s, figure[k].part[i]) * s->n +
					one_place(s, figure[k].part[j])] = true;
}
