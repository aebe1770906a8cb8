/* Covariances under simple random sampling of items of the same people, from codes: exact sums. */
#include <math.h>
#include <string.h>

#include "stats/parallel.h"
#include "stats/sample/fixed.h"
#include "stats/sample/work.h"

/* Over people of one domain who have both items, about the pivots. */
struct pair_sum {
	int64_t n;
	__int128 w, x, y, xy;
};

struct pairs {
	const struct work *w;
	struct table *t;
	int64_t *pivot;		/* pivot[items], in parts */
	double scale;
};

static void
pair_add(struct pair_sum sum[], const struct pairs *p, size_t a, size_t b)
{
	const struct work *w = p->w;
	const struct sample *s = w->s;
	const struct column *x = &w->ask->of[a], *y = &w->ask->of[b];

	for (size_t i = 0; i < s->n; i++) {
		struct pair_sum *to;
		int64_t weight, u, v;

		if (row_domain(w, i) == FACTOR_NONE || s->weight[i] == 0 ||
				(u = column_part(x, i)) == COLUMN_MISSING ||
				(v = column_part(y, i)) == COLUMN_MISSING)
			continue;
		to = sum + row_domain(w, i);
		weight = fixed_of(s->weight[i], p->scale);
		u -= p->pivot[a];
		v -= p->pivot[b];
		to->n++;
		to->w += weight;
		to->x += (__int128)weight * u;
		to->y += (__int128)weight * v;
		to->xy += (__int128)weight * (u * v);
	}
}

/* Whole parts from the pivot to near an item's mean in a domain; none to where a total counts from,
 * which is not among the answers. */
static int64_t
parts_to_mean(const struct pairs *p, const struct moment *m, size_t j)
{
	return p->w->ask->statistic == SAMPLE_MEAN ? llrint(m->centre / p->w->ask->of[j].unit) : 0;
}

/* As linearised variables, about whole numbers near the means: what is left is small. */
static struct both
pair_both(const struct pair_sum *from, const struct pairs *p, size_t domain, size_t a, size_t b)
{
	const struct work *w = p->w;
	const struct moment *m = &w->moment[domain * w->items + a],
		*o = &w->moment[domain * w->items + b];
	int64_t u = parts_to_mean(p, m, a), v = parts_to_mean(p, o, b);
	__int128 near_x = from->x - from->w * u, near_y = from->y - from->w * v,
		near_xy = from->xy - from->y * u - near_x * v;
	double unit_a = w->ask->of[a].unit, unit_b = w->ask->of[b].unit,
		centre_a = m->centre - unit_a * (double)u,
		centre_b = o->centre - unit_b * (double)v,
		x = unit_a * fixed_number(near_x) / p->scale,
		y = unit_b * fixed_number(near_y) / p->scale,
		xy = unit_a * unit_b * fixed_number(near_xy) / p->scale;
	struct both both = { .n = (double)from->n, .w = fixed_number(from->w) / p->scale };

	sum_add(&both.x, (x - centre_a * both.w) / m->scale);
	sum_add(&both.y, (y - centre_b * both.w) / o->scale);
	sum_add(&both.xy, (xy - centre_a * y - centre_b * x + centre_a * centre_b * both.w) /
		(m->scale * o->scale));
	return both;
}

/* Item a with every item before it. */
static void
pairs_of(void *arg, size_t a)
{
	const struct pairs *p = arg;
	const struct work *w = p->w;
	struct pool scratch = POOL_INIT;
	struct pair_sum *sum = pool_array(&scratch, w->domains.n + 1, sizeof(*sum));

	for (size_t b = 0; b < a; b++) {
		if (w->ask->pair != NULL && !w->ask->pair[a * w->items + b] &&
				!w->ask->pair[b * w->items + a])
			continue;
		memset(sum, 0, w->domains.n * sizeof(*sum));
		pair_add(sum, p, a, b);
		for (size_t d = 0; d < w->domains.n; d++) {
			size_t at = d * w->items + a, with = d * w->items + b;
			struct both both = pair_both(&sum[d], p, d, a, b);

			p->t->srs[at * w->rows + with] = p->t->srs[with * w->rows + at] =
				work_both(w, &both, at, with);
		}
	}
	pool_clear(&scratch);
}

void
work_pairs(const struct work *w, struct table *t)
{
	struct pairs p = { .w = w, .t = t, .scale = fixed_scale(w->s->weight, w->s->n) };

	p.pivot = pool_array(w->scratch, w->items + 1, sizeof(*p.pivot));
	for (size_t j = 0; j < w->items; j++)
		p.pivot[j] = llrint((w->sums.pivot[j] - w->ask->of[j].zero) / w->ask->of[j].unit);
	parallel_each(w->items, pairs_of, &p);
}
