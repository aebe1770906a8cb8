/* Moments of means and totals from sums by sampling unit and domain. */
#include <math.h>

#include "stats/sample/work.h"

/* Which sampling units each row's answers come from: unit by unit, as the sums lie in memory. */
static void
moments_units(struct work *w)
{
	const struct design *d = &w->s->stage[0];
	bool *found = pool_array(w->scratch, w->rows + 1, sizeof(*found)), open;

	for (size_t u = 0; u < d->psus; u++) {
		const double *weight = w->sums.w + u * w->rows;

		open = design_open(d, w->s->stratum[0][u]);
		for (size_t p = 0; p < w->rows; p++) {
			struct moment *m = &w->moment[p];

			if (weight[p] == 0)
				continue;
			if (!found[p])
				m->unit = u;
			m->units = m->units || found[p];
			m->open = m->open || open;
			found[p] = true;
		}
	}
}

static void
sums_moment(struct work *w, size_t p)
{
	const struct sums_row *r = &w->sums.row[p];
	struct moment *m = &w->moment[p];
	bool mean = w->ask->statistic == SAMPLE_MEAN;
	double pivot = w->sums.pivot[p % w->items];

	m->n = r->n;
	sum_add(&m->w, r->w);
	sum_add(&m->ww, r->ww);
	sum_add(&m->t, r->t);
	m->scale = mean ? r->w : 1;
	m->centre = mean ? r->t / r->w : -pivot;
	m->value = mean ? pivot + m->centre : r->t + pivot * r->w;
	m->varied = !r->alike;
}

void
work_quick_moments(struct work *w)
{
	double *centre = pool_array(w->scratch, w->rows + 1, sizeof(*centre)),
		*scale = pool_array(w->scratch, w->rows + 1, sizeof(*scale));

	sums_make(&w->sums, w->s, &w->domains, w->ask->of, w->items, w->scratch);
	w->moment = pool_array(w->scratch, w->rows + 1, sizeof(*w->moment));
	for (size_t p = 0; p < w->rows; p++) {
		sums_moment(w, p);
		centre[p] = w->moment[p].centre;
		scale[p] = w->moment[p].scale;
	}
	moments_units(w);
	w->linear = (struct sums_linear){ &w->sums, centre, scale };
}

bool
work_quick(const struct work *w)
{
	const struct sample_ask *ask = w->ask;

	return ask->statistic != SAMPLE_RATIO && !ask->listwise &&
		(!ask->paired || w->items == 1 || sums_exact(w->s, ask->of, w->items)) &&
		sums_suffice(w->s, &w->domains, ask->of, w->items);
}

void
work_quick_srs(const struct work *w, struct table *t)
{
	t->srs = pool_array(w->pool, w->rows * w->rows + 1, sizeof(*t->srs));
	for (size_t p = 0; p < w->rows; p++) {
		const struct sums_row *r = &w->sums.row[p];
		const struct moment *m = &w->moment[p];
		struct both b = { .n = r->n, .w = r->w };

		/* About the mean both sums of the first power are nothing. */
		sum_add(&b.xy, r->alike ? 0 : r->s / m->scale / m->scale);
		for (size_t q = p / w->items * w->items; q < p; q++)
			t->srs[p * w->rows + q] = t->srs[q * w->rows + p] = NAN;
		t->srs[p * w->rows + p] = work_both(w, &b, p, p);
	}
	if (w->ask->paired && w->items > 1 && w->items <= PAIRED_ITEMS)
		work_pairs(w, t);
}
