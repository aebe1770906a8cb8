/*
 * Sums of codes, rows as they stand: each row is added where it belongs, to its unit and domain and
 * to its domain and margin cell, as long as all of these stay near at hand.
 */
#include <stdlib.h>
#include <string.h>

#include "stats/parallel.h"
#include "stats/sample/fixed.h"
#include "stats/sample/items.h"
#include "stats/sample/pass.h"

enum { CHUNK = 256, PARTS_MAX = 8, PART_ROWS = 1 << 14 };
#define SUMS_MOST ((size_t)1 << 18)	/* of a part */
#define SUMS_ALL ((size_t)1 << 16)	/* of all parts, but two there are at least */

/* Rows of a kind: all of them, and by item what they add and those who did not say. */
struct tally {
	__int128 *w;		/* w[n] */
	__int128 *t, *gone;	/* [n * items] */
};

/* Sums of some of the rows. */
struct part {
	size_t *count;		/* count[places] */
	struct tally place, cell;
	struct run *all;	/* all[domains]: everybody */
	struct run *gone;	/* gone[domains * items]: those who did not say; q of the others */
};

struct spread {
	struct sums *o;
	const struct item *item;
	size_t places, cells, parts;	/* cells: over all domains */
	struct part *part;		/* part[parts] */
	double scale;			/* of weights in fixed point */
};

/* Rows that count, with where they are added. */
struct chunk {
	size_t n;
	uint32_t row[CHUNK], place[CHUNK], cell[CHUNK], domain[CHUNK];
	int64_t w[CHUNK];
	int32_t *x;		/* x[n * items]: parts less the pivot, 0 where missing */
};

/* ---- a chunk of rows ---- */

static inline void
run_weight(struct run *r, int64_t w)
{
	r->n++;
	r->w += w;
	r->ww += fixed_square(w);
}

static void
chunk_take(struct chunk *c, const struct spread *s, struct part *part, size_t from, size_t to)
{
	const struct sample *sample = s->o->s;
	size_t n = 0;

	for (size_t i = from; i < to; i++) {
		size_t place = pass_place(s->o, i);

		if (place == FACTOR_NONE)
			continue;
		c->row[n] = (uint32_t)i;
		c->place[n] = (uint32_t)place;
		c->domain[n] = s->o->domains->of[i];
		c->cell[n] = s->cells > 0 ? (uint32_t)pass_cell(s->o, i) : 0;
		c->w[n++] = fixed_of(sample->weight[i], s->scale);
		part->count[place]++;
	}
	c->n = n;
	for (size_t k = 0; k < n; k++) {
		run_weight(&part->all[c->domain[k]], c->w[k]);
		part->place.w[c->place[k]] += c->w[k];
		if (s->cells > 0)
			part->cell.w[c->cell[k]] += c->w[k];
	}
}

/* Who did not say, without a guess of who will. */
static size_t
chunk_missing(uint8_t gone[], const struct chunk *c, const struct item *item)
{
	size_t n = 0;

	for (size_t k = 0; k < c->n; k++) {
		gone[n] = (uint8_t)k;
		n += item->code != NULL ? item->none[item->code[c->row[k]]] :
			item->whole[c->row[k]] == COLUMN_MISSING;
	}
	return n;
}

static void
chunk_item(const struct chunk *c, const struct spread *s, struct part *part, size_t j)
{
	const struct item *item = &s->item[j];
	size_t items = s->o->items, n = 0;
	uint8_t gone[CHUNK + 1];

	if (item->missing)
		n = chunk_missing(gone, c, item);
	for (size_t k = 0; item->code != NULL && k < c->n; k++)
		c->x[k * items + j] = item->part[item->code[c->row[k]]];
	for (size_t k = 0; item->code == NULL && k < c->n; k++)
		c->x[k * items + j] = (int32_t)(item->whole[c->row[k]] - item->pivot);
	for (size_t g = 0; g < n; g++) {
		size_t k = gone[g];

		c->x[k * items + j] = 0;
		run_weight(&part->gone[c->domain[k] * items + j], c->w[k]);
		part->place.gone[c->place[k] * items + j] += c->w[k];
		if (s->cells > 0)
			part->cell.gone[c->cell[k] * items + j] += c->w[k];
	}
}

/* What a row says, item by item: none waits for the sum of the one before. */
static void
chunk_add(const struct chunk *c, const struct spread *s, struct part *part)
{
	size_t items = s->o->items;

	for (size_t k = 0; k < c->n; k++) {
		const int32_t *x = c->x + k * items;
		__int128 *place = part->place.t + c->place[k] * items,
			*cell = part->cell.t + c->cell[k] * items;
		struct run *run = part->gone + c->domain[k] * items;
		int64_t w = c->w[k];

		for (size_t j = 0; j < items; j++) {
			place[j] += (__int128)w * x[j];
			run[j].q += (__int128)w * ((int64_t)x[j] * x[j]);
		}
		for (size_t j = 0; s->cells > 0 && j < items; j++)
			cell[j] += (__int128)w * x[j];
	}
}

/* ---- parts ---- */

static void
part_make(struct part *part, const struct spread *s, struct pool *pool)
{
	size_t items = s->o->items, domains = s->o->domains->n;

	part->count = pool_array(pool, s->places + 1, sizeof(*part->count));
	part->all = pool_array(pool, domains + 1, sizeof(*part->all));
	part->gone = pool_array(pool, domains * items + 1, sizeof(*part->gone));
	part->place.w = pool_array(pool, s->places + 1, sizeof(__int128));
	part->place.t = pool_array(pool, s->places * items + 1, sizeof(__int128));
	part->place.gone = pool_array(pool, s->places * items + 1, sizeof(__int128));
	part->cell.w = pool_array(pool, s->cells + 1, sizeof(__int128));
	part->cell.t = pool_array(pool, s->cells * items + 1, sizeof(__int128));
	part->cell.gone = pool_array(pool, s->cells * items + 1, sizeof(__int128));
}

static void
part_sum(void *arg, size_t p)
{
	const struct spread *s = arg;
	size_t n = s->o->s->n, to = n * (p + 1) / s->parts;
	struct chunk *c = calloc(1, sizeof(*c));

	if (c == NULL || (c->x = calloc(CHUNK * s->o->items, sizeof(*c->x))) == NULL)
		err_die("out of memory");
	for (size_t from = n * p / s->parts; from < to; from += CHUNK) {
		chunk_take(c, s, &s->part[p], from, from + CHUNK < to ? from + CHUNK : to);
		for (size_t j = 0; j < s->o->items; j++)
			chunk_item(c, s, &s->part[p], j);
		chunk_add(c, s, &s->part[p]);
	}
	free(c->x);
	free(c);
}

static void
tally_add(const struct tally *to, const struct tally *from, size_t n, size_t items)
{
	for (size_t g = 0; g < n; g++)
		to->w[g] += from->w[g];
	for (size_t k = 0; k < n * items; k++) {
		to->t[k] += from->t[k];
		to->gone[k] += from->gone[k];
	}
}

/* All into the first. */
static void
parts_add(const struct spread *s)
{
	size_t items = s->o->items, domains = s->o->domains->n;
	const struct part *to = &s->part[0];

	for (size_t p = 1; p < s->parts; p++) {
		const struct part *from = &s->part[p];

		for (size_t k = 0; k < s->places; k++)
			to->count[k] += from->count[k];
		for (size_t d = 0; d < domains; d++)
			run_add(&to->all[d], &from->all[d]);
		for (size_t k = 0; k < domains * items; k++)
			run_add(&to->gone[k], &from->gone[k]);
		tally_add(&to->place, &from->place, s->places, items);
		tally_add(&to->cell, &from->cell, s->cells, items);
	}
}

/* ---- in points and people ---- */

static void
places_put(const struct spread *s, struct run run[])
{
	const struct tally *t = &s->part[0].place;
	struct sums *o = s->o;

	for (size_t place = 0; place < s->places; place++)
		for (size_t j = 0; s->part[0].count[place] > 0 && j < o->items; j++) {
			size_t at = place * o->items + j;

			o->t[at] = s->item[j].unit * fixed_number(t->t[at]) / s->scale;
			o->w[at] = fixed_number(t->w[place] - t->gone[at]) / s->scale;
			run[place % o->domains->n * o->items + j].t += t->t[at];
		}
}

static void
cells_put(const struct spread *s)
{
	const struct tally *t = &s->part[0].cell;
	struct sums *o = s->o;
	size_t cells = s->cells / o->domains->n;

	for (size_t cell = 0; cell < s->cells; cell++)
		for (size_t j = 0; t->w[cell] > 0 && j < o->items; j++) {
			size_t from = cell * o->items + j,
				at = (cell / cells * o->items + j) * cells + cell % cells;

			o->cell_t[at] = s->item[j].unit * fixed_number(t->t[from]) / s->scale;
			o->cell_w[at] = fixed_number(t->w[cell] - t->gone[from]) / s->scale;
		}
}

static void
domains_put(const struct spread *s, const struct run run[])
{
	struct sums *o = s->o;

	for (size_t k = 0; k < o->domains->n * o->items; k++) {
		const struct run *all = &s->part[0].all[k / o->items], *gone = &s->part[0].gone[k];
		struct run said = { all->n - gone->n, all->w - gone->w, all->ww - gone->ww,
			run[k].t, gone->q };

		o->row[k] = items_row(&said, &s->item[k % o->items], s->scale);
	}
}

/* ---- from outside ---- */

/* Sums of a part. */
static size_t
sums_of(const struct pass *p)
{
	const struct sums *o = p->out;

	return (o->s->stage[0].psus + p->cells) * o->domains->n * o->items;
}

/* Few where each has much to keep, or little to do. */
static size_t
parts_of(const struct pass *p)
{
	size_t room = SUMS_ALL / (sums_of(p) + 1) + 2, work = p->out->s->n / PART_ROWS + 1;

	room = room < PARTS_MAX ? room : PARTS_MAX;
	return room < work ? room : work;
}

bool
spread_fits(const struct pass *p)
{
	return p->out->s->n >= sums_of(p) / p->out->items / 2 && sums_of(p) <= SUMS_MOST;
}

void
spread_sum(struct pass *p, size_t **count, struct pool *pool)
{
	struct sums *o = p->out;
	struct pool scratch = POOL_INIT;
	struct spread s = { .o = o, .places = o->s->stage[0].psus * o->domains->n,
		.cells = p->cells * o->domains->n, .parts = parts_of(p),
		.scale = fixed_scale(o->s->range),
		.item = items_make(&o->pivot, p->of, o->items, o->s->n, pool) };
	struct run *run = pool_array(&scratch, o->domains->n * o->items + 1, sizeof(*run));

	s.part = pool_array(&scratch, s.parts, sizeof(*s.part));
	for (size_t k = 0; k < s.parts; k++)
		part_make(&s.part[k], &s, &scratch);
	parallel_each(s.parts, part_sum, &s);
	parts_add(&s);
	places_put(&s, run);
	cells_put(&s);
	domains_put(&s, run);
	*count = pool_array(pool, s.places + 1, sizeof(**count));
	memcpy(*count, s.part[0].count, s.places * sizeof(**count));
	pool_clear(&scratch);
}
