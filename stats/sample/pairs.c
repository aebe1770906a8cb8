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

static bool
pair_asked(const struct work *w, size_t a, size_t b)
{
	const bool *pair = w->ask->pair;

	return pair == NULL || pair[a * w->items + b] || pair[b * w->items + a];
}

/* Row by row. */
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

static void
pair_put(const struct pairs *p, const struct pair_sum sum[], size_t a, size_t b)
{
	const struct work *w = p->w;

	for (size_t d = 0; d < w->domains.n; d++) {
		size_t at = d * w->items + a, with = d * w->items + b;
		struct both both = pair_both(&sum[d], p, d, a, b);

		p->t->srs[at * w->rows + with] = p->t->srs[with * w->rows + at] =
			work_both(w, &both, at, with);
	}
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
		if (!pair_asked(w, a, b))
			continue;
		memset(sum, 0, w->domains.n * sizeof(*sum));
		pair_add(sum, p, a, b);
		pair_put(p, sum, a, b);
	}
	pool_clear(&scratch);
}

/* ---- by answers ---- */

/* Who gave which two answers in which domain: their weights, below 2^84, and their number above
 * these, so that one addition counts both. */
typedef __int128 cell;
#define CELL_ONE ((cell)1 << 96)

static inline int64_t
cell_n(cell c)
{
	return (int64_t)(c >> 96);
}

static inline __int128
cell_w(cell c)
{
	return c & (CELL_ONE - 1);
}

/* An item's answers, numbered from 1; 0 is none. */
struct answers {
	size_t n;			/* with 0 */
	uint8_t number[COLUMN_CODES];
	int64_t part[COLUMN_CODES];	/* of a number, less the pivot */
};

struct pair {
	size_t a, b, as, bs, first;	/* as, bs: answers; first: its cells */
};

struct joint {
	const struct pairs *p;
	struct answers *answers;	/* answers[items] */
	struct pair *pair;
	size_t pairs, cells, parts;
	cell *cell;			/* cell[parts * cells] */
};

enum { CHUNK = 256, PARTS_MAX = 8, PART_ROWS = 1 << 14 };
#define CELLS_MOST ((size_t)1 << 16)

/* Rows that count. */
struct chunk {
	size_t n;
	uint32_t row[CHUNK], domain[CHUNK];
	int64_t w[CHUNK];
	uint8_t *number;		/* number[n * items] */
};

static void
answers_make(struct answers *a, const struct column *c, int64_t pivot)
{
	a->n = 1;
	for (size_t k = 0; k < COLUMN_CODES - 1; k++)
		if (c->part[k] != COLUMN_MISSING) {
			a->part[a->n] = c->part[k] - pivot;
			a->number[k] = (uint8_t)a->n++;
		}
}

/* Is every pair one of codes, few enough for all cells to stay near? */
static bool
joint_make(struct joint *x, const struct pairs *p)
{
	const struct work *w = p->w;

	*x = (struct joint){ .p = p };
	x->answers = pool_array(w->scratch, w->items + 1, sizeof(*x->answers));
	x->pair = pool_array(w->scratch, w->items * w->items + 1, sizeof(*x->pair));
	for (size_t j = 0; j < w->items; j++) {
		if (w->ask->of[j].code == NULL ||
				w->ask->of[j].part[COLUMN_CODES - 1] != COLUMN_MISSING)
			return false;
		answers_make(&x->answers[j], &w->ask->of[j], p->pivot[j]);
	}
	for (size_t a = 0; a < w->items; a++)
		for (size_t b = 0; b < a; b++) {
			if (!pair_asked(w, a, b))
				continue;
			x->pair[x->pairs++] = (struct pair){ a, b, x->answers[a].n, x->answers[b].n,
				x->cells };
			x->cells += x->answers[a].n * x->answers[b].n * w->domains.n;
			if (x->cells > CELLS_MOST)
				return false;
		}
	x->parts = CELLS_MOST / (x->cells + 1) + 1;
	x->parts = x->parts < PARTS_MAX ? x->parts : PARTS_MAX;
	x->parts = x->parts < w->s->n / PART_ROWS + 1 ? x->parts : w->s->n / PART_ROWS + 1;
	x->cell = pool_array(w->scratch, x->parts * x->cells + 1, sizeof(*x->cell));
	return true;
}

static void
chunk_take(struct chunk *c, const struct joint *x, size_t from, size_t to)
{
	const struct work *w = x->p->w;

	c->n = 0;
	for (size_t i = from; i < to; i++) {
		if (row_domain(w, i) == FACTOR_NONE || w->s->weight[i] == 0)
			continue;
		c->row[c->n] = (uint32_t)i;
		c->domain[c->n] = (uint32_t)row_domain(w, i);
		c->w[c->n++] = fixed_of(w->s->weight[i], x->p->scale);
	}
	for (size_t j = 0; j < w->items; j++)
		for (size_t k = 0; k < c->n; k++)
			c->number[k * w->items + j] =
				x->answers[j].number[w->ask->of[j].code[c->row[k]]];
}

/* Row by row: no pair waits for its own cell of the row before. */
static void
chunk_add(const struct chunk *c, const struct joint *x, cell sum[])
{
	size_t items = x->p->w->items;

	for (size_t k = 0; k < c->n; k++)
		for (size_t q = 0; q < x->pairs; q++) {
			const struct pair *pair = &x->pair[q];
			const uint8_t *number = c->number + k * items;

			sum[pair->first + (c->domain[k] * pair->as + number[pair->a]) * pair->bs +
				number[pair->b]] += CELL_ONE + c->w[k];
		}
}

static void
part_sum(void *arg, size_t part)
{
	const struct joint *x = arg;
	size_t n = x->p->w->s->n, to = n * (part + 1) / x->parts;
	struct pool scratch = POOL_INIT;
	struct chunk *c = pool_take(&scratch, sizeof(*c));

	c->number = pool_array(&scratch, CHUNK, x->p->w->items);
	for (size_t from = n * part / x->parts; from < to; from += CHUNK) {
		chunk_take(c, x, from, from + CHUNK < to ? from + CHUNK : to);
		chunk_add(c, x, x->cell + part * x->cells);
	}
	pool_clear(&scratch);
}

/* Of those who have both answers. */
static void
pair_cells(struct pair_sum *sum, const struct joint *x, const struct pair *pair, size_t domain)
{
	const struct answers *a = &x->answers[pair->a], *b = &x->answers[pair->b];

	*sum = (struct pair_sum){ 0 };
	for (size_t i = 1; i < a->n; i++)
		for (size_t k = 1; k < b->n; k++) {
			size_t at = pair->first + (domain * a->n + i) * b->n + k;

			for (size_t part = 0; part < x->parts; part++, at += x->cells) {
				__int128 w = cell_w(x->cell[at]);

				sum->n += cell_n(x->cell[at]);
				sum->w += w;
				sum->x += w * a->part[i];
				sum->y += w * b->part[k];
				sum->xy += w * (a->part[i] * b->part[k]);
			}
		}
}

static void
joint_put(const struct joint *x)
{
	const struct work *w = x->p->w;
	struct pair_sum *sum = pool_array(w->scratch, w->domains.n + 1, sizeof(*sum));

	for (size_t q = 0; q < x->pairs; q++) {
		for (size_t d = 0; d < w->domains.n; d++)
			pair_cells(&sum[d], x, &x->pair[q], d);
		pair_put(x->p, sum, x->pair[q].a, x->pair[q].b);
	}
}

void
work_pairs(const struct work *w, struct table *t)
{
	struct pairs p = { .w = w, .t = t, .scale = fixed_scale(w->s->range) };
	struct joint joint;

	p.pivot = pool_array(w->scratch, w->items + 1, sizeof(*p.pivot));
	for (size_t j = 0; j < w->items; j++)
		p.pivot[j] = llrint((w->sums.pivot[j] - w->ask->of[j].zero) / w->ask->of[j].unit);
	if (!joint_make(&joint, &p)) {
		parallel_each(w->items, pairs_of, &p);
		return;
	}
	parallel_each(joint.parts, part_sum, &joint);
	joint_put(&joint);
}
