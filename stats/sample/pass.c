/* Rows in order, and cut into blocks. */
#include "stats/sample/pass.h"

#include <string.h>

enum { BLOCK_ROWS = 1 << 14 };

/* How many rows each group has; do they stand in order already? */
static bool
groups_count(struct order *order, const struct sums *o,
	size_t (*group)(const struct sums *o, size_t i))
{
	size_t n = o->s->n, k, last = 0;
	bool sorted = true;

	for (size_t i = 0; i < n; i++) {
		k = group(o, i);
		if (k == FACTOR_NONE) {
			sorted = false;
			continue;
		}
		sorted = sorted && k >= last;
		last = k;
		order->first[k + 1]++;
	}
	for (k = 0; k < order->groups; k++)
		order->first[k + 1] += order->first[k];
	order->n = order->first[order->groups];
	return sorted;
}

static void
rows_sort(struct order *order, const struct sums *o,
	size_t (*group)(const struct sums *o, size_t i), struct pool *pool)
{
	struct pool scratch = POOL_INIT;
	size_t *next = pool_array(&scratch, order->groups + 1, sizeof(*next)), k;

	order->row = pool_array(pool, order->n + 1, sizeof(*order->row));
	memcpy(next, order->first, order->groups * sizeof(*next));
	for (size_t i = 0; i < o->s->n; i++)
		if ((k = group(o, i)) != FACTOR_NONE)
			order->row[next[k]++] = (uint32_t)i;
	pool_clear(&scratch);
}

void
pass_order(struct order *order, const struct sums *o,
	size_t (*group)(const struct sums *o, size_t i), size_t groups, size_t room,
	struct pool *pool)
{
	size_t most, k = 0;

	*order = (struct order){ .groups = groups };
	order->first = pool_array(pool, groups + 2, sizeof(*order->first));
	if (!groups_count(order, o, group))
		rows_sort(order, o, group, pool);
	most = order->n / BLOCK_ROWS + 1;
	order->blocks = most < room ? most : room;
	order->from = pool_array(pool, order->blocks + 1, sizeof(*order->from));
	for (size_t b = 1; b < order->blocks; b++) {
		while (k < groups && order->first[k] * order->blocks < order->n * b)
			k++;
		order->from[b] = k;
	}
	order->from[order->blocks] = groups;
}
