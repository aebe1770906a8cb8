/*
 * The estimates of every replicate: weights times answers, as a product of matrices.  Answers are
 * laid out once, row by row and domain by domain; blocks of replicates go to several threads, and
 * each estimate is summed in the same order by whichever thread does it.
 */
#include <math.h>
#include <string.h>

#include "stats/parallel.h"
#include "stats/sample/replicate.h"
#include "stats/sample/work.h"
#include "stats/wide.h"

enum {
	CHUNK = 128,	/* rows whose answers stay near the processor */
	TOGETHER = 16	/* replicates that share them */
};

struct product {
	const struct work *w;
	size_t k;		/* numbers of a row: items above the line, then what is below it */
	bool shared;		/* below the line stands 1 for all items: one number */
	size_t *row;		/* row[n]: by domain */
	size_t *first;		/* first[domains + 1] */
	double *y;		/* y[n * k], in that order */
	double *theta;		/* theta[replicates * rows] */
};

static void
order_make(struct product *p)
{
	const struct work *w = p->w;
	size_t n = w->s->n, *next;

	p->first = pool_array(w->scratch, w->domains.n + 2, sizeof(*p->first));
	next = pool_array(w->scratch, w->domains.n + 2, sizeof(*next));
	p->row = pool_array(w->scratch, n + 1, sizeof(*p->row));
	for (size_t i = 0; i < n; i++)
		if (row_domain(w, i) != FACTOR_NONE)
			p->first[row_domain(w, i) + 1]++;
	for (size_t d = 0; d < w->domains.n; d++)
		next[d + 1] = p->first[d + 1] += p->first[d];
	for (size_t i = 0; i < n; i++)
		if (row_domain(w, i) != FACTOR_NONE)
			p->row[next[row_domain(w, i)]++] = i;
}

/* Is every item answered by every row that is in a domain? */
static bool
all_answered(const struct work *w)
{
	for (size_t i = 0; i < w->s->n; i++)
		for (size_t j = 0; row_domain(w, i) != FACTOR_NONE && j < w->items; j++)
			if (!w->member[i * w->items + j])
				return false;
	return true;
}

static void
answers_make(struct product *p)
{
	const struct work *w = p->w;
	size_t n = p->first[w->domains.n], row;
	bool ratio = w->ask->statistic == SAMPLE_RATIO;

	p->shared = !ratio && all_answered(w);
	p->k = w->items + (p->shared ? 1 : w->items);
	p->y = pool_array(w->scratch, n * p->k + 1, sizeof(*p->y));
	for (size_t i = 0; i < n; i++) {
		double *y = p->y + i * p->k;

		row = p->row[i];
		for (size_t j = 0; j < w->items; j++) {
			if (!w->member[row * w->items + j])
				continue;
			y[j] = w->ask->of[j].x[row] - w->pivot[j];
			y[w->items + (p->shared ? 0 : j)] = ratio ? w->ask->den[j].x[row] : 1;
		}
	}
}

/* sum[c] += weight of each row times y[c]; wider registers add the same
 * numbers in the same order. */
WIDE static void
rows_times(double sum[], const double weight[], const double y[], size_t n, size_t k)
{
	for (size_t i = 0; i < n; i++)
		for (size_t c = 0; c < k; c++)
			sum[c] += weight[i] * y[i * k + c];
}

static void
chunk_times(const struct product *p, struct sum all[], size_t r, size_t from, size_t n,
	double part[])
{
	const double *weight = p->w->s->replicates->weight[r];
	double w[CHUNK];

	for (size_t i = 0; i < n; i++)
		w[i] = weight[p->row[from + i]];
	memset(part, 0, p->k * sizeof(*part));
	rows_times(part, w, p->y + from * p->k, n, p->k);
	for (size_t c = 0; c < p->k; c++)
		sum_add(&all[c], part[c]);
}

static void
domain_times(const struct product *p, size_t d, size_t from, size_t to, struct sum all[],
	double part[])
{
	const struct work *w = p->w;
	size_t n;

	memset(all, 0, (to - from) * p->k * sizeof(*all));
	for (size_t at = p->first[d]; at < p->first[d + 1]; at += n) {
		n = p->first[d + 1] - at < CHUNK ? p->first[d + 1] - at : CHUNK;
		for (size_t r = from; r < to; r++)
			chunk_times(p, all + (r - from) * p->k, r, at, n, part);
	}
	for (size_t r = from; r < to; r++)
		for (size_t j = 0; j < w->items; j++) {
			const struct sum *sum = all + (r - from) * p->k;
			double top = sum_of(&sum[j]),
				bottom = sum_of(&sum[w->items + (p->shared ? 0 : j)]);

			p->theta[r * w->rows + d * w->items + j] =
				w->ask->statistic == SAMPLE_TOTAL ? top : top / bottom;
		}
}

static void
block_times(void *arg, size_t b)
{
	const struct product *p = arg;
	size_t from = b * TOGETHER, to = from + TOGETHER, r = p->w->s->replicates->r;
	struct pool pool = POOL_INIT;
	struct sum *all = pool_array(&pool, TOGETHER * p->k, sizeof(*all));
	double *part = pool_array(&pool, p->k, sizeof(*part));

	for (size_t d = 0; d < p->w->domains.n; d++)
		domain_times(p, d, from, to < r ? to : r, all, part);
	pool_clear(&pool);
}

void
work_replicates(const struct work *w, double cov[])
{
	const struct replicates *r = w->s->replicates;
	double *full = pool_array(w->scratch, w->rows + 1, sizeof(*full));
	struct product product = { .w = w };

	product.theta = pool_array(w->scratch, r->r * w->rows + 1, sizeof(*product.theta));
	order_make(&product);
	answers_make(&product);
	parallel_each((r->r + TOGETHER - 1) / TOGETHER, block_times, &product);
	for (size_t p = 0; p < w->rows; p++)
		full[p] = w->moment[p].value - w->pivot[p % w->items];
	replicate_covariance(r, cov, product.theta, full, w->rows);
}
