/* Confidence sets for ranks: tests of ordered pairs with normal draws, stepping down. */
#include "stats/compare/rank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/fault.h"
#include "stats/random.h"

enum { LANES = 8 };	/* draws side by side, so that the compiler can use wide registers */

/*
 * The family of tests: for an ordered pair (j, k) "j is truly above k".
 * inverse[j * n + k] is 1/se of score j less score k while the pair is still
 * to be tested and 0 once it was rejected, so that it can no longer be the
 * largest.
 *
 * The critical value needs only the top few per cent of the draws.  bound[]
 * never lies below a draw's largest statistic: first it is that of all pairs
 * both ways, later that of a larger family, so only draws near the top are
 * ever worked out again.
 */
struct family {
	const struct rank_peers *peers;
	size_t n, draws;
	double level;
	bool single;
	double *z;		/* z[draws / LANES][n][LANES]: draws of the scores' errors */
	const double *se;	/* se[n * n] of differences */
	double *inverse;
	char *above;		/* above[j * n + k]: proven that j is above k */
	double *first;		/* first[n + 1][draws]: largest over a peer's pairs both ways; at
				 * n over all */
	double *bound;		/* bound[draws] */
	bool *exact;		/* exact[draws]: the bound is the present family's largest */
	double *scratch;	/* scratch[draws + n] */
};

static size_t
lanes_of(size_t draws)
{
	return (draws + LANES - 1) / LANES * LANES;
}

static double
difference_se(const struct rank_peers *p, size_t j, size_t k)
{
	double v = p->cov == NULL ? p->se[j] * p->se[j] + p->se[k] * p->se[k] :
		p->cov[j * p->n + j] + p->cov[k * p->n + k] - 2 * p->cov[j * p->n + k];

	return v > 0 ? sqrt(v) : 0;
}

/* ---- draws ---- */

/* Lower triangle with L L' = cov; a zero pivot makes a zero column. */
static int
cholesky(double l[], const double cov[], size_t n)
{
	double sum, scale = 0;

	for (size_t i = 0; i < n; i++)
		scale = fmax(scale, cov[i * n + i]);
	for (size_t j = 0; j < n; j++)
		for (size_t i = j; i < n; i++) {
			sum = cov[i * n + j];
			for (size_t k = 0; k < j; k++)
				sum -= l[i * n + k] * l[j * n + k];
			if (i == j) {
				if (!(sum >= -1e-10 * scale))
					return -1;
				l[j * n + j] = sqrt(fmax(sum, 0));
			} else {
				l[i * n + j] = l[j * n + j] > 1e-8 * sqrt(scale)
					? sum / l[j * n + j]
					: 0;
			}
		}
	return 0;
}

static double *
draw_at(double z[], size_t n, size_t r, size_t peer)
{
	return &z[(r / LANES * n + peer) * LANES + r % LANES];
}

static void
draws_make(double z[], const struct rank_peers *p, const double l[], const struct rank_options *o,
	size_t draws, struct pool *pool)
{
	double *e = pool_array(pool, p->n + 1, sizeof(*e)), sum;
	struct random random;

	random_seed(&random, o->seed);
	for (size_t r = 0; r < draws; r++) {
		for (size_t i = 0; i < p->n; i++)
			e[i] = o->given != NULL ? o->given[r * p->n + i] : random_normal(&random);
		for (size_t i = 0; i < p->n; i++) {
			sum = l == NULL ? e[i] * p->se[i] : 0;
			for (size_t k = 0; l != NULL && k <= i; k++)
				sum += l[i * p->n + k] * e[k];
			*draw_at(z, p->n, r, i) = sum;
		}
	}
}

/* ---- the critical value ---- */

/* Largest statistics of LANES draws over all pairs both ways, by peer. */
static void
lanes_most(double most[], const double z[], const double inverse[], size_t n)
{
	for (size_t j = 0; j < n; j++)
		for (size_t k = j + 1; k < n; k++) {
			const double *a = z + j * LANES, *b = z + k * LANES;
			double *x = most + j * LANES, *y = most + k * LANES, f = inverse[j * n + k];

			for (size_t r = 0; r < LANES; r++) {
				double t = fabs(a[r] - b[r]) * f;

				x[r] = t > x[r] ? t : x[r];
				y[r] = t > y[r] ? t : y[r];
			}
		}
}

static void
first_make(struct family *f, struct pool *pool)
{
	double *most = pool_array(pool, f->n * LANES + 1, sizeof(*most)), all;

	for (size_t r = 0; r < f->draws; r++) {
		if (r % LANES == 0) {
			memset(most, 0, f->n * LANES * sizeof(*most));
			lanes_most(most, f->z + r * f->n, f->inverse, f->n);
		}
		all = 0;
		for (size_t j = 0; j < f->n; j++) {
			f->first[j * f->draws + r] = most[j * LANES + r % LANES];
			all = fmax(all, most[j * LANES + r % LANES]);
		}
		f->first[f->n * f->draws + r] = all;
	}
}

static double
row_most(const struct family *f, const double z[], size_t j, double most)
{
	const double *inverse = f->inverse + j * f->n;

	for (size_t k = 0; k < f->n; k++) {
		double t = (z[j] - z[k]) * inverse[k];

		most = t > most ? t : most;
	}
	return most;
}

/* The largest statistic of one draw over the pairs still to be tested. */
static double
draw_most(const struct family *f, size_t only, size_t r)
{
	double *z = f->scratch + f->draws, most = 0, t;

	for (size_t j = 0; j < f->n; j++)
		z[j] = *draw_at(f->z, f->n, r, j);
	if (only == SIZE_MAX) {
		for (size_t j = 0; j < f->n; j++)
			most = row_most(f, z, j, most);
		return most;
	}
	most = row_most(f, z, only, most);
	for (size_t j = 0; j < f->n; j++) {
		t = (z[j] - z[only]) * f->inverse[j * f->n + only];
		most = t > most ? t : most;
	}
	return most;
}

/* The k-th largest of bound[], from 0; scratch is disturbed. */
static double
largest(const struct family *f, size_t k)
{
	double *x = f->scratch, pivot, t;
	size_t low = 0, high = f->draws - 1, i, j;

	memcpy(x, f->bound, f->draws * sizeof(*x));
	while (low < high) {
		pivot = x[low + (high - low) / 2];
		for (i = low, j = high; i <= j;) {
			while (x[i] > pivot)
				i++;
			while (x[j] < pivot)
				j--;
			if (i > j)
				break;
			t = x[i];
			x[i++] = x[j];
			x[j] = t;
			if (j-- == 0)
				break;
		}
		if (k <= j && j < f->draws)
			high = j;
		else if (k >= i)
			low = i;
		else
			break;
	}
	return x[k];
}

/*
 * Quantile between order statistics (type 7, R's default); only the draws that can matter are
 * worked out.
 */
static double
critical(struct family *f, size_t only)
{
	double h = ((double)f->draws - 1) * f->level, least, upper;
	size_t at = (size_t)h, k = f->draws - 1 - at,
		slack = k + k / 4 < f->draws ? k + k / 4 : f->draws - 1, todo;

	do {
		least = largest(f, slack);
		todo = 0;
		for (size_t r = 0; r < f->draws; r++) {
			if (f->exact[r] || f->bound[r] < least)
				continue;
			f->bound[r] = draw_most(f, only, r);
			f->exact[r] = true;
			todo++;
		}
	} while (todo > 0);
	least = largest(f, k);
	upper = k > 0 ? largest(f, k - 1) : least;
	return least + (h - (double)at) * (upper - least);
}

/* ---- stepping down ---- */

static bool
reject_pair(struct family *f, size_t j, size_t k, double c)
{
	double *inverse = &f->inverse[j * f->n + k];

	if (*inverse == 0 || !((f->peers->score[j] - f->peers->score[k]) * *inverse > c))
		return false;
	f->above[j * f->n + k] = 1;
	*inverse = 0;
	return true;
}

/* Reject what exceeds the critical value; returns how many. */
static size_t
reject(struct family *f, size_t only, double c)
{
	size_t rejected = 0;

	for (size_t j = 0; j < f->n; j++) {
		if (only != SIZE_MAX && j != only) {
			rejected += reject_pair(f, j, only, c);
			continue;
		}
		for (size_t k = 0; k < f->n; k++)
			rejected += reject_pair(f, j, k, c);
	}
	memset(f->exact, 0, f->draws * sizeof(*f->exact));
	return rejected;
}

/* Pairs to be tested, by side: (k, j) limits how good j can be, (j, k) how bad. */
static void
family_start(struct family *f, size_t only, enum rank_side side)
{
	size_t n = f->n;

	for (size_t j = 0; j < n; j++)
		for (size_t k = 0; k < n; k++) {
			double se = f->se[j * n + k];
			bool wanted = j != k &&
				(only == SIZE_MAX || (j == only && side != RANK_LOW) ||
				(k == only && side != RANK_HIGH));

			/* Without any error the scores decide. */
			f->above[j * n + k] = wanted && se == 0 &&
				f->peers->score[j] > f->peers->score[k];
			f->inverse[j * n + k] = wanted && se > 0 ? 1 / se : 0;
		}
}

static void
family_test(struct family *f, size_t only, enum rank_side side)
{
	bool both = side == RANK_BOTH || only == SIZE_MAX;

	family_start(f, only, side);
	memcpy(f->bound, f->first + (only == SIZE_MAX ? f->n : only) * f->draws,
		f->draws * sizeof(*f->bound));
	for (size_t r = 0; r < f->draws; r++)
		f->exact[r] = both;
	while (reject(f, only, critical(f, only)) > 0 && !f->single)
		;
}

static void
limits(const struct family *f, size_t j, enum rank_side side, size_t *low, size_t *high)
{
	*low = 1;
	*high = f->n;
	for (size_t k = 0; k < f->n; k++) {
		*low += side != RANK_HIGH && f->above[k * f->n + j];
		*high -= side != RANK_LOW && f->above[j * f->n + k];
	}
}

/* ---- the chance of being near the top ---- */

struct drawn {
	double score;
	size_t peer;
};

static int
by_score(const void *x, const void *y)
{
	const struct drawn *a = x, *b = y;

	return a->score > b->score ? -1
		: a->score < b->score  ? 1
		: a->peer < b->peer	   ? -1
		: a->peer > b->peer;
}

static void
chances(struct rank_set set[], const struct family *f, size_t top, struct pool *pool)
{
	struct drawn *d = pool_array(pool, f->n + 1, sizeof(*d));

	for (size_t j = 0; j < f->n; j++)
		set[j].p_top = top == 0 ? NAN : 0;
	for (size_t r = 0; top > 0 && r < f->draws; r++) {
		for (size_t j = 0; j < f->n; j++)
			d[j] = (struct drawn){ f->peers->score[j] + *draw_at(f->z, f->n, r, j), j };
		qsort(d, f->n, sizeof(*d), by_score);
		for (size_t j = 0; j < f->n && j < top; j++)
			set[d[j].peer].p_top += 1 / (double)f->draws;
	}
}

/* ---- all together ---- */

static int
peers_check(const struct rank_peers *p, const struct rank_options *o, struct err *err)
{
	if (p->n == 0)
		return fault_set(err, FAULT_TOO_FEW, "没有可以排名的对象",
			"there is nobody to rank");
	if (o->given != NULL && o->draws == 0)
		return fault_set(err, FAULT_INPUT, "没有给出抽样次数",
			"the number of given draws is missing");
	for (size_t i = 0; i < p->n; i++) {
		double se = p->cov == NULL ? p->se[i] : p->cov[i * p->n + i];

		if (!isfinite(p->score[i]) || !isfinite(se) || se < 0)
			return fault_set(err, FAULT_INPUT, "第 %zu 个对象的得分或标准误不是数",
				"peer %zu: score or standard error is not a number", i + 1);
	}
	return 0;
}

static int
family_make(struct family *f, const struct rank_peers *p, const struct rank_options *o,
	struct pool *pool, struct err *err)
{
	size_t n = p->n;
	double *se, *l = NULL;

	*f = (struct family){ .peers = p, .n = n, .draws = o->draws > 0 ? o->draws : RANK_DRAWS,
		.level = o->level > 0 ? o->level : 0.95, .single = o->single };
	if (p->cov != NULL) {
		l = pool_array(pool, n * n, sizeof(*l));
		if (cholesky(l, p->cov, n) != 0)
			return fault_set(err, FAULT_NUMERIC, "协方差矩阵不是半正定的",
				"the covariance matrix is not positive semidefinite");
	}
	f->z = pool_array(pool, n * lanes_of(f->draws), sizeof(*f->z));
	draws_make(f->z, p, l, o, f->draws, pool);
	f->se = se = pool_array(pool, n * n, sizeof(*se));
	for (size_t j = 0; j < n; j++)
		for (size_t k = 0; k < n; k++)
			se[j * n + k] = difference_se(p, j, k);
	f->inverse = pool_array(pool, n * n, sizeof(*f->inverse));
	f->above = pool_array(pool, n * n, sizeof(*f->above));
	f->first = pool_array(pool, (n + 1) * f->draws, sizeof(*f->first));
	f->bound = pool_array(pool, f->draws, sizeof(*f->bound));
	f->exact = pool_array(pool, f->draws, sizeof(*f->exact));
	f->scratch = pool_array(pool, f->draws + n, sizeof(*f->scratch));
	family_start(f, SIZE_MAX, RANK_BOTH);
	first_make(f, pool);
	return 0;
}

int
rank_sets(struct rank_set set[], const struct rank_peers *peers, const struct rank_options *options,
	struct err *err)
{
	struct pool pool = POOL_INIT;
	struct family f;
	size_t k;
	int rc;

	if ((rc = peers_check(peers, options, err)) != 0 ||
			(rc = family_make(&f, peers, options, &pool, err)) != 0)
		goto out;
	family_test(&f, SIZE_MAX, options->side);
	for (size_t j = 0; j < f.n; j++)
		limits(&f, j, options->side, &set[j].low_simultaneous, &set[j].high_simultaneous);
	for (size_t j = 0; j < f.n; j++) {
		family_test(&f, j, options->side);
		limits(&f, j, options->side, &set[j].low, &set[j].high);
		for (k = 0, set[j].rank = 1; k < f.n; k++)
			set[j].rank += peers->score[k] > peers->score[j];
	}
	chances(set, &f, options->top, &pool);
out:
	pool_clear(&pool);
	return rc;
}
