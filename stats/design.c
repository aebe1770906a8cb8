/* Covariance under strata, clusters and finite populations. */
#include "stats/design.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "stats/fault.h"

#define ALL_TAKEN 1e-7	/* a stratum with less than this left unsampled has no variance */

static size_t
stratum_n(const struct design *d, size_t h)
{
	return d->first[h + 1] - d->first[h];
}

/* The unsampled part, with the fractions of earlier stages; 0 for a stratum taken whole. */
static double
stratum_left(const struct design *d, size_t h)
{
	double left = d->fraction == NULL ? 1 : 1 - d->fraction[h];

	return left < ALL_TAKEN || (d->scale != NULL && d->scale[h] == 0) ? 0 : left;
}

bool
design_open(const struct design *d, size_t h)
{
	return stratum_left(d, h) > 0;
}

bool
design_alone(const struct design *d, size_t h)
{
	return stratum_n(d, h) == 1 && design_open(d, h);
}

double
design_df(const struct design *d)
{
	return (double)d->psus - (double)d->strata;
}

const char *
design_lonely_strata(const struct design *d, struct pool *pool)
{
	struct text t = TEXT_INIT;
	const char *s = NULL;
	size_t n = 0;

	for (size_t h = 0; h < d->strata; h++) {
		if (!design_alone(d, h))
			continue;
		if (n++ < 5)
			text_fmt(&t, "%s%s", n > 1 ? ", " : "", d->stratum[h]);
	}
	if (n > 5)
		text_fmt(&t, " … (%zu)", n);
	if (n > 0)
		s = pool_strdup(pool, text_str(&t));
	text_clear(&t);
	return s;
}

static int
lonely_fault(const struct design *d, struct err *err)
{
	struct pool pool = POOL_INIT;
	const char *strata = design_lonely_strata(d, &pool);

	if (strata != NULL)
		err_set(err, fault_code(FAULT_LONELY_PSU),
			"层 %s 在第 %d 阶只有一个抽样单元，无法估计误差；"
			"请合并层，或指定 lonely 的处理方式",
			"stratum %s has only one sampling unit at stage %d, so its error cannot "
			"be estimated; merge strata, or choose a lonely policy",
			strata, d->stage > 0 ? d->stage : 1);
	pool_clear(&pool);
	return FAULT_LONELY_PSU;
}

void
design_begin(
	struct design_sum *s, const struct design *d, double cov[], size_t k, const double centre[])
{
	memset(s, 0, sizeof(*s));
	s->design = d;
	s->cov = cov;
	s->centre = centre;
	s->k = k;
	memset(cov, 0, k * k * sizeof(*cov));
}

void
design_add(
	struct design_sum *s, size_t h, const double spread[], const double far[], size_t members)
{
	const struct design *d = s->design;
	double n = (double)stratum_n(d, h), factor = stratum_left(d, h);
	bool alone = n == 1 || (d->domain_lonely && members == 1 &&
		(d->lonely == DESIGN_ADJUST || d->lonely == DESIGN_AVERAGE));

	if (members == 0)
		return;
	s->seen++;
	if (factor == 0 || (alone && d->lonely == DESIGN_CERTAINTY)) {
		s->usable++;
		return;
	}
	if (alone && (d->lonely == DESIGN_AVERAGE || d->lonely == DESIGN_FAIL))
		return;
	s->usable++;
	if (n > 1)
		factor *= n / (n - 1);
	if (d->scale != NULL)
		factor *= d->scale[h];
	for (size_t i = 0; i < s->k * s->k; i++)
		s->cov[i] += factor * (alone ? far[i] : spread[i]);
}

int
design_end(struct design_sum *s, struct err *err)
{
	const struct design *d = s->design;
	double scale = (double)s->seen / (double)s->usable;

	if (d->stage <= 1 && d->psus <= 1 && (d->psus == 0 || design_open(d, 0))) {
		for (size_t i = 0; i < s->k * s->k; i++)
			s->cov[i] = NAN;
		if (d->lonely != DESIGN_FAIL)
			return 0;
		return fault_set(err, FAULT_ONE_PSU, "全样本只有一个抽样单元，无法估计误差",
			"there is only one sampling unit in all, so no error can be estimated");
	}
	if (s->seen == s->usable)
		return 0;
	if (d->lonely == DESIGN_FAIL)
		return lonely_fault(d, err);
	for (size_t i = 0; i < s->k * s->k; i++)
		s->cov[i] = s->usable == 0 ? NAN : s->cov[i] * scale;
	return 0;
}

/* ---- from PSU totals ---- */

enum { PRODUCTS_RUN = 512 };

struct work {
	double *mean, *centre, *spread, *far, *part, *row;
};

static void
work_take(struct work *w, size_t k)
{
	double *all = calloc(3 * k + 3 * k * k + 1, sizeof(*all));

	if (all == NULL)
		err_die("out of memory");
	w->mean = all;
	w->centre = all + k;
	w->row = all + 2 * k;
	w->spread = all + 3 * k;
	w->far = all + 3 * k + k * k;
	w->part = all + 3 * k + 2 * k * k;
}

static void
mean_of(double mean[], const double total[], size_t from, size_t to, size_t k)
{
	memset(mean, 0, k * sizeof(*mean));
	for (size_t i = from; i < to; i++)
		for (size_t j = 0; j < k; j++)
			mean[j] += total[i * k + j];
	for (size_t j = 0; j < k; j++)
		mean[j] /= (double)(to - from);
}

/* Into w->part, the lower triangle. */
static void
products_run(struct work *w, const double total[], size_t from, size_t to, size_t k,
	const double mean[])
{
	for (size_t i = from; i < to; i++) {
		for (size_t j = 0; j < k; j++)
			w->row[j] = total[i * k + j] - mean[j];
		for (size_t j = 0; j < k; j++)
			for (size_t l = 0; w->row[j] != 0 && l <= j; l++)
				w->part[j * k + l] += w->row[j] * w->row[l];
	}
}

/* Sums of products about mean[], in runs, so that a million terms lose no more
 * digits than a thousand. */
static void
products(double out[], struct work *w, const double total[], size_t from, size_t to, size_t k,
	const double mean[])
{
	size_t next;

	memset(out, 0, k * k * sizeof(*out));
	for (size_t i = from; i < to; i = next) {
		next = to - i > PRODUCTS_RUN ? i + PRODUCTS_RUN : to;
		memset(w->part, 0, k * k * sizeof(*w->part));
		products_run(w, total, i, next, k, mean);
		for (size_t j = 0; j < k * k; j++)
			out[j] += w->part[j];
	}
	for (size_t j = 0; j < k; j++)
		for (size_t l = 0; l < j; l++)
			out[l * k + j] = out[j * k + l];
}

static size_t
members_of(const struct design *d, size_t h, const bool member[])
{
	size_t n = 0;

	if (member == NULL)
		return stratum_n(d, h);
	for (size_t i = d->first[h]; i < d->first[h + 1]; i++)
		n += member[i];
	return n;
}

int
design_covariance(const struct design *d, double cov[], const double total[], size_t k,
	const bool member[], struct err *err)
{
	struct design_sum sum;
	struct work w;
	int rc;

	work_take(&w, k);
	if (d->psus > 0)
		mean_of(w.centre, total, 0, d->psus, k);
	design_begin(&sum, d, cov, k, w.centre);
	for (size_t h = 0; h < d->strata; h++) {
		size_t n = stratum_n(d, h), members = members_of(d, h, member);

		if (members == 0)
			continue;
		mean_of(w.mean, total, d->first[h], d->first[h + 1], k);
		products(w.spread, &w, total, d->first[h], d->first[h + 1], k, w.mean);
		if (d->lonely == DESIGN_ADJUST && (n == 1 || members == 1))
			products(w.far, &w, total, d->first[h], d->first[h + 1], k, w.centre);
		design_add(&sum, h, w.spread, w.far, members);
	}
	rc = design_end(&sum, err);
	free(w.mean);
	return rc;
}
