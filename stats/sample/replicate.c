/* Variance from stored replicate weights. */
#include "stats/sample/replicate.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "stats/fault.h"
#include "stats/sample/in.h"
#include "stats/sum.h"

static const char *const name[REPLICATE_MAX] = {
	[REPLICATE_JK1] = "JK1",
	[REPLICATE_JKN] = "JKn",
	[REPLICATE_BRR] = "BRR",
	[REPLICATE_FAY] = "Fay",
	[REPLICATE_BOOTSTRAP] = "bootstrap",
	[REPLICATE_OTHER] = "other",
};

int
replicate_parse(enum replicate_type *type, const char *text)
{
	for (int i = 0; i < REPLICATE_MAX; i++)
		if (strcmp(name[i], text) == 0) {
			*type = (enum replicate_type)i;
			return 0;
		}
	return -1;
}

/* ---- degrees of freedom: the rank of the weights ---- */

#define DEPENDENT 1e-5	/* R's tolerance for this rank */

/* Rows that are multiples of each other add nothing to the rank; one of each is kept. */
struct row {
	uint64_t hash;
	size_t row;
};

static int
row_compare(const void *x, const void *y)
{
	const struct row *a = x, *b = y;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return a->row < b->row ? -1 : a->row > b->row;
}

static uint64_t
row_hash(const double *const column[], size_t r, size_t i)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325), bits;
	double x;

	for (size_t k = 0; k < r; k++) {
		x = column[k][i];
		memcpy(&bits, &x, sizeof(bits));
		h = (h ^ bits) * UINT64_C(0x100000001b3);
		h ^= h >> 29;
	}
	return h;
}

static size_t
distinct_rows(struct row row[], const double *const column[], size_t r, const bool keep[], size_t n)
{
	size_t kept = 0, m = 0;

	for (size_t i = 0; i < n; i++)
		if (keep == NULL || keep[i])
			row[kept++] = (struct row){ row_hash(column, r, i), i };
	qsort(row, kept, sizeof(*row), row_compare);
	for (size_t i = 0; i < kept; i++)
		if (i == 0 || row[i].hash != row[i - 1].hash)
			row[m++] = row[i];
	return m;
}

/* Gram-Schmidt over the rows, twice for safety; stops once no further row can matter. */
static size_t
rank_of(const double *const column[], size_t r, const struct row row[], size_t rows)
{
	double *basis = calloc(r * r + r + 1, sizeof(*basis)), *v, length, dot, norm;
	size_t rank = 0;

	if (basis == NULL)
		err_die("out of memory");
	for (size_t i = 0; i < rows && rank < r; i++) {
		v = basis + rank * r;
		length = 0;
		for (size_t k = 0; k < r; k++) {
			v[k] = column[k][row[i].row];
			length += v[k] * v[k];
		}
		for (size_t turn = 0; turn < 2; turn++)
			for (size_t b = 0; b < rank; b++) {
				dot = 0;
				for (size_t k = 0; k < r; k++)
					dot += v[k] * basis[b * r + k];
				for (size_t k = 0; k < r; k++)
					v[k] -= dot * basis[b * r + k];
			}
		norm = 0;
		for (size_t k = 0; k < r; k++)
			norm += v[k] * v[k];
		if (!(norm > DEPENDENT * DEPENDENT * length))
			continue;
		for (size_t k = 0; k < r; k++)
			v[k] /= sqrt(norm);
		rank++;
	}
	free(basis);
	return rank;
}

static double
rank_df(const double *const column[], size_t r, const bool keep[], size_t n)
{
	struct row *row = calloc(n + 1, sizeof(*row));
	double df;

	if (row == NULL)
		err_die("out of memory");
	df = (double)rank_of(column, r, row, distinct_rows(row, column, r, keep, n)) - 1;
	free(row);
	return df;
}

double
replicate_domain_df(const struct replicates *r, const bool keep[], size_t n)
{
	return r->df_given ? r->df : rank_df(r->weight, r->r, keep, n);
}

/* ---- scales ---- */

static double
largest(const double x[], size_t n)
{
	double most = x[0];

	for (size_t i = 1; i < n; i++)
		most = fmax(most, x[i]);
	return most;
}

static double
scale_of(const struct replicate_spec *spec, size_t n)
{
	double r = (double)spec->r;

	switch (spec->type) {
	case REPLICATE_BRR:
		return 1 / r;
	case REPLICATE_FAY:
		return 1 / (r * (1 - spec->rho) * (1 - spec->rho));
	case REPLICATE_JK1:
		if (!isnan(spec->scale))
			return spec->scale;
		return spec->combined ? (r - 1) / r : 1 / largest(spec->column[0], n);
	case REPLICATE_BOOTSTRAP:
		return isnan(spec->scale) ? 1 / (r - 1) : spec->scale;
	default:
		return isnan(spec->scale) ? 1 : spec->scale;
	}
}

static double
rscale_of(const struct replicate_spec *spec, size_t k, size_t n)
{
	if (spec->rscale != NULL)
		return spec->rscale[k];
	return spec->type == REPLICATE_JKN ? 1 / largest(spec->column[k], n) : 1;
}

static int
spec_check(const struct replicate_spec *spec, size_t n, struct err *err)
{
	if (spec->r < 2)
		return fault_set(err, FAULT_INPUT, "复制权数至少要有两列",
			"there must be at least two replicate weights");
	if (spec->type == REPLICATE_FAY && !(spec->rho >= 0 && spec->rho < 1))
		return fault_set(err, FAULT_INPUT, "Fay 法的 rho 须在 0 至 1 之间",
			"Fay's rho must be from 0 to below 1");
	if (spec->type == REPLICATE_JKN && spec->combined && spec->rscale == NULL)
		return fault_set(err, FAULT_INPUT, "合并权数的 JKn 须给出 rscales",
			"JKn of combined weights needs rscales");
	for (size_t k = 0; k < spec->r; k++)
		for (size_t i = 0; i < n; i++)
			if (!isfinite(spec->column[k][i]))
				return fault_set(err, FAULT_WEIGHT,
					"第 %zu 行缺少第 %zu 个复制权数",
					"row %zu has no replicate weight %zu", i + 1, k + 1);
	return 0;
}

int
sample_replicate(struct sample *s, const struct replicate_spec *spec, struct err *err)
{
	struct replicates *r = pool_take(s->pool, sizeof(*r));
	const double **weight = pool_array(s->pool, spec->r + 1, sizeof(*weight));
	double *rscale = pool_array(s->pool, spec->r + 1, sizeof(*rscale)), *w;
	int rc;

	if ((rc = spec_check(spec, s->n, err)) != 0)
		return rc;
	for (size_t k = 0; k < spec->r; k++) {
		rscale[k] = scale_of(spec, s->n) * rscale_of(spec, k, s->n);
		weight[k] = spec->column[k];
		if (spec->combined)
			continue;
		w = pool_array(s->pool, s->n + 1, sizeof(*w));
		for (size_t i = 0; i < s->n; i++)
			w[i] = spec->column[k][i] * s->weight[i];
		weight[k] = w;
	}
	*r = (struct replicates) { spec->r, weight, rscale, spec->mse, isnan(spec->df) ?
		rank_df(weight, spec->r, NULL, s->n) : spec->df, !isnan(spec->df) };
	s->replicates = r;
	return 0;
}

/* ---- the variance ---- */

static double
centre_of(const struct replicates *r, const double theta[], double full, size_t k, size_t p)
{
	struct sum sum = { 0, 0 };
	double n = 0;

	if (r->mse)
		return full;
	for (size_t i = 0; i < r->r; i++)
		if (r->rscale[i] > 0 && !isnan(theta[i * k + p])) {
			sum_add(&sum, theta[i * k + p]);
			n++;
		}
	return sum_of(&sum) / n;
}

void
replicate_covariance(const struct replicates *r, double cov[], const double theta[],
	const double full[], size_t k)
{
	double *left = calloc(r->r * k + 1, sizeof(*left)), centre, x;

	if (left == NULL)
		err_die("out of memory");
	for (size_t p = 0; p < k; p++) {
		centre = centre_of(r, theta, full[p], k, p);
		for (size_t i = 0; i < r->r; i++)
			left[i * k + p] = theta[i * k + p] - centre;
	}
	for (size_t p = 0; p < k; p++)
		for (size_t q = 0; q <= p; q++) {
			struct sum sum = { 0, 0 };
			size_t used = 0;

			for (size_t i = 0; i < r->r; i++) {
				x = r->rscale[i] * left[i * k + p] * left[i * k + q];
				if (isnan(x))
					continue;
				sum_add(&sum, x);
				used++;
			}
			cov[p * k + q] = cov[q * k + p] = used > 0 ? sum_of(&sum) : NAN;
		}
	free(left);
}
