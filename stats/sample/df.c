/* Degrees of freedom of a table and of each of its domains. */
#include "stats/sample/replicate.h"
#include "stats/sample/work.h"

double
work_df(const struct work *w)
{
	bool *keep;

	if (w->ask->df == SAMPLE_DF_DESIGN || (w->ask->df == SAMPLE_DF_AUTO && !w->domains.subset))
		return sample_df(w->s);
	keep = pool_array(w->scratch, w->s->n + 1, sizeof(*keep));
	for (size_t i = 0; i < w->s->n; i++)
		keep[i] = row_domain(w, i) != FACTOR_NONE;
	return w->s->replicates != NULL ? replicate_domain_df(w->s->replicates, keep, w->s->n) :
		sample_domain_df(w->s, keep);
}

/* Rows in the order of their domains: domain d has row[first[d]] .. row[first[d + 1] - 1]. */
static size_t *
rows_by_domain(size_t **first, const struct work *w)
{
	size_t n = w->s->n;
	size_t *row = pool_array(w->scratch, n + 1, sizeof(*row)),
		*next = pool_array(w->scratch, w->domains.n + 2, sizeof(*next));

	*first = pool_array(w->scratch, w->domains.n + 2, sizeof(**first));
	for (size_t i = 0; i < n; i++)
		if (row_domain(w, i) != FACTOR_NONE)
			(*first)[row_domain(w, i) + 1]++;
	for (size_t d = 0; d < w->domains.n; d++)
		next[d + 1] = (*first)[d + 1] += (*first)[d];
	for (size_t i = 0; i < n; i++)
		if (row_domain(w, i) != FACTOR_NONE)
			row[next[row_domain(w, i)]++] = i;
	return row;
}

/* Units less strata of each domain: a mark says which domain last met one. */
static void
own_linearised(double own[], const struct work *w)
{
	const struct sample *s = w->s;
	const struct design *d = &s->stage[0];
	size_t *unit = pool_array(w->scratch, d->psus + 1, sizeof(*unit)),
		*stratum = pool_array(w->scratch, d->strata + 1, sizeof(*stratum)), *first,
		*row = rows_by_domain(&first, w), u;

	for (size_t k = 0; k < w->domains.n; k++)
		for (size_t i = first[k]; i < first[k + 1]; i++) {
			if (s->weight[row[i]] == 0)
				continue;
			u = s->unit[0][row[i]];
			own[k] += unit[u] != k + 1;
			unit[u] = k + 1;
			own[k] -= stratum[s->stratum[0][u]] != k + 1;
			stratum[s->stratum[0][u]] = k + 1;
		}
}

/* The same by the sums' counts. */
static void
own_counted(double own[], const struct work *w)
{
	const struct design *d = &w->s->stage[0];
	size_t n = w->domains.n, *stratum = pool_array(w->scratch, n + 1, sizeof(*stratum));

	for (size_t u = 0; u < d->psus; u++)
		for (size_t k = 0; k < n; k++) {
			size_t h = w->s->stratum[0][u] + 1;

			if (w->sums.count[u * n + k] == 0)
				continue;
			own[k] += stratum[k] == h;
			stratum[k] = h;
		}
}

static void
own_replicated(double own[], const struct work *w)
{
	bool *keep = pool_array(w->scratch, w->s->n + 1, sizeof(*keep));

	for (size_t k = 0; k < w->domains.n; k++) {
		for (size_t i = 0; i < w->s->n; i++)
			keep[i] = row_domain(w, i) == k;
		own[k] = replicate_domain_df(w->s->replicates, keep, w->s->n);
	}
}

const double *
work_own_df(const struct work *w, double all)
{
	double *own = pool_array(w->scratch, w->domains.n + 1, sizeof(*own));

	if (w->ask->bys > 0 && w->ask->df != SAMPLE_DF_DESIGN) {
		if (w->s->replicates != NULL)
			own_replicated(own, w);
		else if (w->sums.s != NULL)
			own_counted(own, w);
		else
			own_linearised(own, w);
		return own;
	}
	for (size_t k = 0; k < w->domains.n; k++)
		own[k] = all;
	return own;
}
