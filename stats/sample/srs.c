/* What a simple random sample of as many rows would give. */
#include <math.h>

#include "stats/sample/work.h"

static double
finite_factor(const struct work *w, const struct moment *m)
{
	double total = sum_of(&m->w);

	if (w->ask->deff == SAMPLE_DEFF_REPLACE)
		return 1;
	return total >= m->n ? (total - m->n) / total : NAN;
}

double
work_both(const struct work *w, const struct both *b, size_t p, size_t q)
{
	const struct moment *m = &w->moment[p], *o = &w->moment[q];
	double centred = sum_of(&b->xy) - sum_of(&b->x) * sum_of(&b->y) / b->w;
	double wp = sum_of(&m->w), wq = sum_of(&o->w);

	return centred * (wp / b->w) * wq * (b->n / (b->n - 1)) * (b->n / (m->n * o->n)) *
		sqrt(finite_factor(w, m) * finite_factor(w, o));
}
