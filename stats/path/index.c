/* The index of a path model as a survey estimate. */
#include <math.h>

#include "stats/path/boot.h"
#include "stats/sample/in.h"

/* Weight of the sample in which each item was answered, and in all. */
static double *
answered_weight(double *all, const double x[], const struct pls_model *model,
	const struct sample *s, struct pool *pool)
{
	const double *w = sample_weights(s);
	double *answered = pool_array(pool, model->items + 1, sizeof(*answered));

	*all = 0;
	for (size_t r = 0; r < sample_rows(s); r++) {
		*all += w[r];
		for (size_t i = 0; i < model->items; i++)
			if (!isnan(x[r * model->items + i]))
				answered[i] += w[r];
	}
	return answered;
}

static bool
complete(const double row[], size_t items)
{
	for (size_t i = 0; i < items; i++)
		if (isnan(row[i]))
			return false;
	return true;
}

/*
 * What a person adds to each index y[blocks][rows]: its value plus weighted deviations of the
 * answers from their means.  A missing answer adds nothing; pairwise, the answered ones stand
 * for it, so that the mean of y varies as the items' own means do.
 */
static double **
person_values(const struct pls_model *model, const struct pls_fit *fit, const struct pls_moments *m,
	const double x[], const struct sample *s, enum pls_missing missing, struct pool *pool)
{
	size_t rows = sample_rows(s), k = model->items;
	double **y = pool_array(pool, model->blocks + 1, sizeof(*y)), all, *answered;

	answered = answered_weight(&all, x, model, s, pool);
	for (size_t b = 0; b < model->blocks; b++)
		y[b] = pool_array(pool, rows + 1, sizeof(**y));
	for (size_t r = 0; r < rows; r++) {
		bool out = missing == PLS_LISTWISE && !complete(x + r * k, k);

		for (size_t b = 0; b < model->blocks; b++)
			y[b][r] = out ? NAN : fit->index[b];
		for (size_t i = 0; i < k; i++) {
			double factor = missing == PLS_PAIRWISE ? all / answered[i] : 1;

			if (!isnan(x[r * k + i]))
				y[model->of[i]][r] += factor * 100 / (model->high - model->low) *
					fit->raw_weight[i] * (x[r * k + i] - m->mean[i]);
		}
	}
	return y;
}

/*
 * The complete rows of a sample without clusters or strata are a smaller such sample; in any other,
 * they are a domain, so that empty clusters still count.
 */
static int
complete_sample(struct sample **out, size_t row[], const struct sample *s, const double x[],
	size_t items, struct pool *pool, struct err *err)
{
	struct sample_design design = { .n = 0 };
	double *weight = pool_array(pool, sample_rows(s) + 1, sizeof(*weight));

	for (size_t r = 0; r < sample_rows(s); r++)
		if (complete(x + r * items, items)) {
			row[design.n] = r;
			weight[design.n++] = sample_weights(s)[r];
		}
	design.weight = weight;
	return sample_open(out, &design, pool, err);
}

static bool
simple(const struct sample *s)
{
	return s->calibration == NULL && sample_psus(s)->strata == 1 &&
		sample_psus(s)->psus == sample_rows(s);
}

int
pls_index(struct table *t, const struct pls_model *model, const struct pls_fit *fit,
	const struct pls_moments *m, const double x[], const struct sample *sample,
	enum pls_missing missing, double level, struct pool *pool, struct err *err)
{
	struct pool scratch = POOL_INIT;
	struct column *column = pool_array(pool, model->blocks + 1, sizeof(*column));
	double **y = person_values(model, fit, m, x, sample, missing, &scratch);
	size_t *row = pool_array(&scratch, sample_rows(sample) + 1, sizeof(*row));
	struct sample_ask ask = { .statistic = SAMPLE_MEAN, .of = column, .ofs = model->blocks,
		.level = level, .deff = SAMPLE_DEFF_REPLACE };
	struct sample *of = NULL;
	int rc = 0;

	if (missing == PLS_LISTWISE && simple(sample))
		rc = complete_sample(&of, row, sample, x, model->items, &scratch, err);
	for (size_t b = 0; b < model->blocks; b++) {
		for (size_t r = 0; of != NULL && r < sample_rows(of); r++)
			y[b][r] = y[b][row[r]];
		column[b] = (struct column){ .name = model->block[b], .x = y[b],
			.upper = fit->outside[b] ? NAN : 100 };
	}
	if (rc == 0)
		rc = sample_estimate(t, of != NULL ? of : sample, &ask, pool, err);
	pool_clear(&scratch);
	return rc;
}

void
pls_scores(double standard[], double index[], const struct pls_model *model,
	const struct pls_fit *fit,
	const struct pls_moments *m, const double x[], size_t rows, enum pls_missing missing)
{
	size_t k = model->items, n = model->blocks;

	for (size_t r = 0; r < rows; r++) {
		bool out = missing == PLS_LISTWISE && !complete(x + r * k, k);

		for (size_t b = 0; b < n; b++) {
			standard[r * n + b] = out ? NAN : 0;
			index[r * n + b] = out ? NAN : fit->index[b];
		}
		for (size_t i = 0; i < k; i++) {
			size_t at = r * n + model->of[i];
			double d = x[r * k + i] - m->mean[i];

			if (isnan(d) && missing == PLS_MEAN)
				d = 0;
			standard[at] += fit->weight[i] * d / m->sd[i];
			index[at] += 100 / (model->high - model->low) * fit->raw_weight[i] * d;
		}
	}
}
