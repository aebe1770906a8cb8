/* Replicates of a path model, in parallel. */
#include "stats/path/boot.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stats/dist.h"
#include "stats/fault.h"
#include "stats/path/gram.h"
#include "stats/random.h"

enum { THREADS_MAX = 64 };
static const size_t NUMBERS_MAX = (size_t)1 << 27;	/* of all replicates together: 1 GiB */

/* All that the threads share. */
struct work {
	const struct pls_model *model;
	const struct pls_resample *how;
	const struct design *psus;
	const uint32_t *psu_of;		/* psu_of[rows] */
	struct pls_gram gram;
	struct pls_gram_units by;	/* jackknife */
	double *all;			/* jackknife: all[strata * size], the
					 * sums of each stratum */
	size_t replicates;
	size_t numbers;			/* statistics of one replicate */
	double *theta;			/* theta[replicates * numbers] */
	int *fault;			/* fault[replicates] */
	uint64_t seed;			/* of replicate 0; the next ones follow */
	atomic_size_t next;
};

/* ---- the numbers of a fit, one after the other ---- */

static size_t
numbers_of(const struct pls_model *model)
{
	return 2 * model->items + 2 * model->blocks * model->blocks + 2 * model->blocks;
}

static void
numbers_put(double theta[], const struct pls_fit *fit, const struct pls_model *model)
{
	const struct {
		const double *from;
		size_t n;
	} part[] = {
		{ fit->weight, model->items }, { fit->loading, model->items },
		{ fit->path, model->blocks * model->blocks },
		{ fit->total, model->blocks * model->blocks }, { fit->r2, model->blocks },
		{ fit->index, model->blocks },
	};

	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++) {
		memcpy(theta, part[i].from, part[i].n * sizeof(*theta));
		theta += part[i].n;
	}
}

static void
numbers_get(struct pls_replicates *out, struct pls_spread spread[], const struct pls_model *model)
{
	size_t k = model->items, b = model->blocks;

	out->weight = spread;
	out->loading = out->weight + k;
	out->path = out->loading + k;
	out->total = out->path + b * b;
	out->r2 = out->total + b * b;
	out->index = out->r2 + b;
}

/* ---- how much each unit counts in a replicate ---- */

static void
stored_factors(double factor[], const struct work *w, size_t replicate)
{
	const uint32_t *draw = w->how->draw + replicate * w->how->draws;

	memset(factor, 0, w->gram.units * sizeof(*factor));
	for (size_t i = 0; i < w->how->draws; i++)
		factor[w->psu_of[draw[i]]]++;
}

/* Random numbers in halves of 32 bits. */
struct halves {
	struct random random;
	uint64_t bits;
	bool more;
};

static uint32_t
half(struct halves *h)
{
	h->more = !h->more;
	h->bits = h->more ? random_bits(&h->random) : h->bits >> 32;
	return (uint32_t)h->bits;
}

/* 0 .. n - 1 without bias and without a division.  Source: Lemire (2019), ACM Trans. Model.
 * Comput. Simul. 29:3. */
static uint32_t
half_below(struct halves *h, uint32_t n)
{
	uint64_t wide = (uint64_t)half(h) * n;

	if ((uint32_t)wide < n)
		for (uint32_t least = -n % n; (uint32_t)wide < least;)
			wide = (uint64_t)half(h) * n;
	return (uint32_t)(wide >> 32);
}

static void
drawn_factors(double factor[], const struct work *w, size_t replicate)
{
	const struct design *d = w->psus;
	struct halves halves = { .more = false };

	random_seed(&halves.random, w->seed + replicate);
	memset(factor, 0, d->psus * sizeof(*factor));
	for (size_t h = 0; h < d->strata; h++) {
		size_t first = d->first[h], n = d->first[h + 1] - first,
			draws = n - w->how->rescaled;

		if (n == 1) {
			factor[first] = 1;
			continue;
		}
		for (size_t i = 0; i < draws; i++)
			factor[first + half_below(&halves, (uint32_t)n)]++;
		for (size_t i = 0; i < n && w->how->rescaled; i++)
			factor[first + i] *= (double)n / (double)draws;
	}
}

/* Without one PSU, the rest of its stratum stands for it. */
static void
without_unit(double sum[], const struct work *w, size_t unit, struct pool *pool)
{
	size_t h = 0, size = w->gram.size;
	double n;

	while (w->psus->first[h + 1] <= unit)
		h++;
	n = (double)(w->psus->first[h + 1] - w->psus->first[h]);
	memset(sum, 0, size * sizeof(*sum));
	if (n > 1)
		pls_gram_add_unit(sum, &w->gram, &w->by, unit, -n / (n - 1), pool);
	for (size_t g = 0; g < w->psus->strata; g++) {
		double factor = g == h && n > 1 ? n / (n - 1) : 1;

		for (size_t i = 0; i < size; i++)
			sum[i] += factor * w->all[g * size + i];
	}
}

/* ---- one replicate ---- */

static void
moments_room(struct pls_moments *m, size_t k, struct pool *pool)
{
	m->mean = pool_array(pool, k, sizeof(double));
	m->sd = pool_array(pool, k, sizeof(double));
	m->cor = pool_array(pool, k * k, sizeof(double));
}

/* What a thread keeps from one replicate to the next. */
struct desk {
	double *sum;			/* of the replicate: a Gram matrix */
	double *factor;			/* how much each unit counts; bootstrap */
};

static int
replicate_solve(double theta[], const struct work *w, size_t replicate, const struct desk *desk,
	struct pool *pool)
{
	struct pls_moments m;
	struct pls_fit fit;
	int rc;

	if (w->how->way == PLS_JACKKNIFE) {
		without_unit(desk->sum, w, replicate, pool);
	} else {
		(w->how->draw != NULL ? stored_factors : drawn_factors)(desk->factor, w, replicate);
		pls_gram_sums(desk->sum, &w->gram, desk->factor, pool);
	}
	moments_room(&m, w->model->items, pool);
	if ((rc = pls_gram_moments(&m, &w->gram, desk->sum)) != 0 ||
			(rc = pls_solve(&fit, w->model, &m, pool, NULL)) != 0)
		return rc;
	numbers_put(theta, &fit, w->model);
	return 0;
}

/* A thread takes the next replicate until there is none. */
static void *
take_turns(void *context)
{
	struct work *w = context;
	struct pool own = POOL_INIT;
	struct desk desk = { pool_array(&own, w->gram.size, sizeof(double)), pool_array(&own,
		w->how->way == PLS_JACKKNIFE ? 1 : w->gram.units, sizeof(double)) };
	size_t r;

	while ((r = atomic_fetch_add(&w->next, 1)) < w->replicates) {
		struct pool pool = POOL_INIT;

		w->fault[r] = replicate_solve(w->theta + r * w->numbers, w, r, &desk, &pool);
		pool_clear(&pool);
	}
	pool_clear(&own);
	return NULL;
}

static void
run(struct work *w)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t n = w->how->threads > 0 ? w->how->threads : processors > 0 ? (size_t)processors :
		1, started = 0;
	pthread_t thread[THREADS_MAX];

	if (n > THREADS_MAX)
		n = THREADS_MAX;
	/* Where no thread can be had, this one does all. */
	while (started + 1 < n && pthread_create(&thread[started], NULL, take_turns, w) == 0)
		started++;
	take_turns(w);
	for (size_t i = 0; i < started; i++)
		pthread_join(thread[i], NULL);
}

/* ---- what the replicates say ---- */

static int
ascending(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return (a > b) - (a < b);
}

/* Type 7 of Hyndman and Fan: R's default. */
static double
percentile(const double sorted[], size_t n, double p)
{
	double h = (double)(n - 1) * p, whole = floor(h);
	size_t i = (size_t)whole;

	return i + 1 < n ? sorted[i] + (h - whole) * (sorted[i + 1] - sorted[i]) : sorted[n - 1];
}

/* The j-th number of every replicate that has a solution; kept[] says which those are. */
static size_t
gather(double x[], size_t kept[], const struct work *w, size_t j)
{
	size_t n = 0;

	for (size_t r = 0; r < w->replicates; r++)
		if (w->fault[r] == 0) {
			kept[n] = r;
			x[n++] = w->theta[r * w->numbers + j];
		}
	return n;
}

static double
mean_of(const double x[], size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += x[i] - x[0];
	return x[0] + sum / (double)n;
}

/* Sum of squares about the mean, each times its scale (NULL: 1). */
static double
squares(const double x[], size_t n, double mean, const double scale[], const size_t kept[])
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (x[i] - mean) * (x[i] - mean) * (scale != NULL ? scale[kept[i]] : 1);
	return sum;
}

static void
bootstrap_spread(struct pls_spread *s, double x[], size_t n, double level)
{
	s->se = sqrt(squares(x, n, s->mean, NULL, NULL) / (double)(n - 1));
	qsort(x, n, sizeof(*x), ascending);
	s->low = percentile(x, n, (1 - level) / 2);
	s->high = percentile(x, n, (1 + level) / 2);
}

/* (n - 1) / n of the replicate's stratum. */
static double *
jackknife_scales(const struct design *d, struct pool *pool)
{
	double *scale = pool_array(pool, d->psus + 1, sizeof(*scale));

	for (size_t h = 0; h < d->strata; h++) {
		double n = (double)(d->first[h + 1] - d->first[h]);

		for (size_t u = d->first[h]; u < d->first[h + 1]; u++)
			scale[u] = (n - 1) / n;
	}
	return scale;
}

static void
summarise(struct pls_replicates *out, const struct work *w, const struct pls_fit *fit,
	struct pool *pool)
{
	struct pls_spread *spread = pool_array(pool, w->numbers, sizeof(*spread));
	double *full = pool_array(pool, w->numbers, sizeof(*full)),
		level = w->how->level > 0 ? w->how->level : 0.95;
	double *x = pool_array(pool, w->replicates + 1, sizeof(*x)),
		*scale = jackknife_scales(w->psus, pool);
	size_t *kept = pool_array(pool, w->replicates + 1, sizeof(*kept)), n;

	numbers_put(full, fit, w->model);
	for (size_t j = 0; j < w->numbers; j++) {
		struct pls_spread *s = &spread[j];

		n = gather(x, kept, w, j);
		*s = (struct pls_spread){ NAN, NAN, NAN, NAN };
		if (n < 2)
			continue;
		s->mean = mean_of(x, n);
		if (w->how->way == PLS_BOOTSTRAP) {
			bootstrap_spread(s, x, n, level);
			continue;
		}
		s->se = sqrt(squares(x, n, s->mean, scale, kept));
		s->low = full[j] - dist_critical(level, out->df) * s->se;
		s->high = full[j] + dist_critical(level, out->df) * s->se;
	}
	numbers_get(out, spread, w->model);
	for (size_t r = 0; r < w->replicates; r++) {
		out->constant += w->fault[r] == FAULT_CONSTANT || w->fault[r] == FAULT_TOO_FEW;
		out->unsolved += w->fault[r] == FAULT_NUMERIC;
		out->unconverged += w->fault[r] == FAULT_NOT_CONVERGED;
	}
}

/* ---- the whole ---- */

static int
refuse(const struct design *d, const struct pls_resample *how, size_t rows, struct pool *pool,
	struct err *err)
{
	const char *lonely = design_lonely_strata(d, pool);

	if (d->psus < 2)
		return fault_set(err, FAULT_ONE_PSU, "只有一个初级抽样单元，无从重抽",
			"there is one PSU: nothing to resample");
	if (how->draw == NULL && lonely != NULL && d->lonely != DESIGN_CERTAINTY)
		return fault_set(err, FAULT_LONELY_PSU, "这些层只有一个初级抽样单元：%s",
			"strata with one PSU: %s", lonely);
	if (how->draw == NULL)
		return 0;
	if (d->psus != rows || d->strata != 1)
		return fault_set(err, FAULT_INPUT, "存好的重抽样只能用于不分层、不整群的样本",
			"stored resamples are of rows: they do not go with clusters or strata");
	for (size_t i = 0; i < how->replicates * how->draws; i++)
		if (how->draw[i] >= rows)
			return fault_set(err, FAULT_INPUT,
				"第 %zu 次重抽样中有第 %zu 行，而数据只有 %zu 行",
				"resample %zu has row %zu, and the data have %zu",
				i / how->draws + 1, (size_t)how->draw[i] + 1, rows);
	return 0;
}

/* The sums of every stratum, for the jackknife. */
static void
stratum_sums(struct work *w, struct pool *pool)
{
	w->all = pool_array(pool, w->psus->strata * w->gram.size, sizeof(*w->all));
	pls_gram_units(&w->by, &w->gram, pool);
	for (size_t h = 0; h < w->psus->strata; h++)
		for (size_t u = w->psus->first[h]; u < w->psus->first[h + 1]; u++) {
			struct pool scratch = POOL_INIT;

			pls_gram_add_unit(w->all + h * w->gram.size, &w->gram, &w->by,
				u, 1, &scratch);
			pool_clear(&scratch);
		}
}

int
pls_resample(struct pls_replicates *out, const struct pls_model *model, const struct pls_fit *fit,
	const double x[], const struct sample *sample, enum pls_missing missing,
	const struct pls_resample *how, struct pool *pool, struct err *err)
{
	const struct design *d = sample_psus(sample);
	struct work w = { .model = model, .how = how, .psus = d, .psu_of = sample_psu_of(sample),
		.numbers = numbers_of(model) };
	struct pool scratch = POOL_INIT;
	uint64_t state = how->seed;
	int rc = refuse(d, how, sample_rows(sample), pool, err);

	if (rc != 0)
		return rc;
	*out = (struct pls_replicates){ .df = design_df(d) };
	w.replicates = out->replicates = how->way == PLS_JACKKNIFE ? d->psus : how->replicates;
	if (w.replicates > NUMBERS_MAX / w.numbers)
		return fault_set(err, FAULT_INPUT, "%zu 次重抽对这个模型太多，最多 %zu 次",
			"%zu replicates are too many for this model: at most %zu", w.replicates,
			NUMBERS_MAX / w.numbers);
	w.theta = pool_array(&scratch, w.replicates * w.numbers, sizeof(*w.theta));
	w.fault = pool_array(&scratch, w.replicates, sizeof(*w.fault));
	w.seed = random_split(&state);
	pls_gram_make(&w.gram, x, sample_rows(sample), model, sample_weights(sample), w.psu_of,
		d->psus, missing, &scratch);
	if (how->way == PLS_JACKKNIFE)
		stratum_sums(&w, &scratch);
	run(&w);
	summarise(out, &w, fit, pool);
	pool_clear(&scratch);
	return 0;
}
