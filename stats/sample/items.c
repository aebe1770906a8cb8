/* Columns of codes ready to be summed, and what sums of them say. */
#include "stats/sample/items.h"

#include "stats/parallel.h"
#include "stats/sample/fixed.h"

struct making {
	const struct column *of;
	size_t n;
	struct item *item;
};

/* How often each code is there: in four lists, since most people answer alike and one number would
 * wait for the last. */
static void
codes_count(int64_t count[], const uint8_t code[], size_t n)
{
	int64_t list[4][COLUMN_CODES] = { { 0 } };
	size_t i = 0;

	for (; i + 4 <= n; i += 4) {
		list[0][code[i]]++;
		list[1][code[i + 1]]++;
		list[2][code[i + 2]]++;
		list[3][code[i + 3]]++;
	}
	for (; i < n; i++)
		list[0][code[i]]++;
	for (size_t k = 0; k < COLUMN_CODES; k++)
		count[k] = list[0][k] + list[1][k] + list[2][k] + list[3][k];
}

/* What codes there are, and a whole number near the mean, whatever the order of rows: sums about it
 * stay small. */
static void
item_codes(struct item *item, const struct column *c, size_t n)
{
	int64_t sum = 0, answers = 0, count[COLUMN_CODES];

	codes_count(count, c->code, n);
	for (size_t k = 0; k < COLUMN_CODES; k++) {
		if (count[k] > 0)
			item->level[item->levels++] = (uint8_t)k;
		item->none[k] = c->part[k] == COLUMN_MISSING;
		item->missing = item->missing || (item->none[k] && count[k] > 0);
		if (!item->none[k]) {
			sum += count[k] * c->part[k];
			answers += count[k];
		}
	}
	item->pivot = answers > 0 ? sum / answers : 0;
	for (size_t k = 0; k < COLUMN_CODES; k++)
		item->part[k] = item->none[k] ? 0 : (int32_t)(c->part[k] - item->pivot);
}

static void
item_wholes(struct item *item, const struct column *c, size_t n)
{
	int64_t sum = 0, answers = 0;

	for (size_t i = 0; i < n; i++)
		if (c->whole[i] != COLUMN_MISSING) {
			sum += c->whole[i];
			answers++;
		}
	item->missing = answers < (int64_t)n;
	item->pivot = answers > 0 ? sum / answers : 0;
}

static void
item_make(void *arg, size_t j)
{
	struct making *m = arg;
	const struct column *c = &m->of[j];
	struct item *item = &m->item[j];

	*item = (struct item){ .code = c->code, .whole = c->whole, .unit = c->unit };
	if (c->code != NULL)
		item_codes(item, c, m->n);
	else
		item_wholes(item, c, m->n);
}

const struct item *
items_make(const double **pivot, const struct column of[], size_t items, size_t n,
	struct pool *pool)
{
	struct item *item = pool_array(pool, items + 1, sizeof(*item));
	double *number = pool_array(pool, items + 1, sizeof(*number));
	struct making m = { of, n, item };

	parallel_each(items, item_make, &m);
	for (size_t j = 0; j < items; j++)
		number[j] = of[j].zero + of[j].unit * (double)item[j].pivot;
	*pivot = number;
	return item;
}

/* The mean is far from the pivot where a domain differs from the others: what is left of the
 * squares is found in whole numbers, about a whole number near the mean. */
struct sums_row
items_row(const struct run *all, const struct item *item, double scale)
{
	double square = (1 << FIXED_SQUARE) / scale, rest;
	__int128 t, q;
	int64_t x;

	if (all->n == 0)
		return (struct sums_row){ 0 };
	x = llrint(fixed_number(all->t) / fixed_number(all->w));
	t = all->t - all->w * x;
	q = all->q - (all->t + t) * x;
	rest = fixed_number(q) - fixed_number(t) * (fixed_number(t) / fixed_number(all->w));
	return (struct sums_row){ .n = (double)all->n, .w = fixed_number(all->w) / scale,
		.ww = square * square * fixed_number(all->ww),
		.t = item->unit * fixed_number(all->t) / scale,
		.s = item->unit * item->unit * rest / scale, .alike = q == 0 };
}
