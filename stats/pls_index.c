/* The index of a path model as a survey estimate. */
#include <math.h>

#include "stats/pls_boot.h"

/* Weight of the sample in which each item was answered, and in all. */
static double *
answered_weight(double *all, const double x[], const struct pls_model *model, const struct sample *s,
	struct pool *pool)
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
				y[model->of[i]][r] += factor * 100 / (model->high - model->low) * fit->raw_weight[i] *
				    (x[r * k + i] - m->mean[i]);
		}
	}
	return y;
}

int
pls_index(struct table *t, const struct pls_model *model, const struct pls_fit *fit,
	const struct pls_moments *m, const double x[], const struct sample *sample, enum pls_missing missing,
	double level, struct pool *pool, struct err *err)
{
	struct pool scratch = POOL_INIT;
	struct column *column = pool_array(pool, model->blocks + 1, sizeof(*column));
	double **y = person_values(model, fit, m, x, sample, missing, &scratch);
	struct sample_ask ask = { .statistic = SAMPLE_MEAN, .of = column, .ofs = model->blocks, .level = level,
		.deff = SAMPLE_DEFF_REPLACE };
	int rc;

	for (size_t b = 0; b < model->blocks; b++)
		column[b] = (struct column){ model->block[b], y[b], fit->outside[b] ? NAN : 100 };
	rc = sample_estimate(t, sample, &ask, pool, err);
	pool_clear(&scratch);
	return rc;
}
