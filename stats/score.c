/* One response into a cell's sums: integers only, so the order does not show. */
#include "stats/score.h"

#include <assert.h>
#include <math.h>

#include "stats/score_in.h"

#define LOW_BITS 62
#define LOW_MASK (((uint64_t)1 << LOW_BITS) - 1)

typedef unsigned __int128 wide;

/* Weighted mean of the answered items in parts, from lo; -1 if too few. */
static int64_t
mean_parts_of(const struct score_step *step, const int values[])
{
	const struct score *s = step->score;
	int64_t sum = 0, weight = 0, w;
	size_t n = 0;

	for (size_t i = 0; i < s->items; i++) {
		int x = values[s->item[i]];

		if (x < s->lo || x > s->hi)
			continue;
		w = score_item_weight(s, i);
		weight += w;
		sum += w * (x - s->lo);
		n++;
	}
	if (n == 0 || n < (s->least == 0 ? s->items : s->least))
		return -1;
	if (step->rounded)
		return (2 * sum * step->parts + weight) / (2 * weight);
	return sum * (step->parts / weight);
}

static int64_t
share_of(const struct score_step *step, int x)
{
	const struct score *s = step->score;

	if (step->in != NULL)
		return step->in[x - s->lo];
	for (size_t i = 0; i < s->ins; i++)
		if (s->in[i] == x)
			return 1;
	return 0;
}

/* The score in whole parts from lo, or -1 if missing. */
static inline int64_t
step_value(const struct score_step *step, const int values[])
{
	const struct score *s = step->score;
	int x;

	if (s->kind == SCORE_MEAN)
		return mean_parts_of(step, values);
	x = values[s->item[0]];
	if (x < s->lo || x > s->hi)
		return -1;
	switch (s->kind) {
	case SCORE_SCALE:
		return (int64_t)x - s->lo;
	case SCORE_SHARE:
		return share_of(step, x);
	default:
		return (x & s->mask) != 0;
	}
}

/* The low word keeps 62 bits, the rest goes to the high word. */
static inline void
bump(const struct score_layout *layout, int64_t words[], size_t k, wide x)
{
	wide sum = (wide)(uint64_t)words[k] + x;

	words[k] = (int64_t)((uint64_t)sum & LOW_MASK);
	words[layout->sums + k] += (int64_t)(sum >> LOW_BITS);
}

/* The same for x < 2^61. */
static inline void
bump_fast(const struct score_layout *layout, int64_t words[], size_t k, int64_t x)
{
	int64_t sum = words[k] + x;

	if (__builtin_expect(sum >> LOW_BITS != 0, 0)) {
		words[layout->sums + k]++;
		sum &= (int64_t)LOW_MASK;
	}
	words[k] = sum;
}

static inline void
bump_product(const struct score_layout *layout, int64_t words[], size_t k, int64_t w, int64_t u,
	int64_t y, bool fast)
{
	if (fast)
		bump_fast(layout, words, k, w * u * y);
	else
		bump(layout, words, k, (wide)w * (wide)u * (wide)y);
}

static inline void
add_score(const struct score_layout *layout, int64_t words[], const struct score_step *step,
	int64_t y, int64_t w, bool fast)
{
	size_t k = step->base;

	words[k]++;
	bump_product(layout, words, k + 1, w, 1, 1, fast);
	bump_product(layout, words, k + 2, w, w, 1, fast);
	bump_product(layout, words, k + 3, w, 1, y, fast);
	if (!step->binary)
		bump_product(layout, words, k + 4, w, 1, y * y, fast);
	if (!layout->elements)
		return;
	k += step->binary ? 4 : 5;
	bump_product(layout, words, k, w, w, y, fast);
	if (!step->binary)
		bump_product(layout, words, k + 1, w, w, y * y, fast);
}

static inline void
add_pair(const struct score_layout *layout, int64_t words[], size_t k, int64_t y, int64_t z,
	int64_t w, bool fast)
{
	words[k]++;
	bump_product(layout, words, k + 1, w, 1, 1, fast);
	bump_product(layout, words, k + 2, w, 1, y, fast);
	bump_product(layout, words, k + 3, w, 1, z, fast);
	bump_product(layout, words, k + 4, w, 1, y * z, fast);
	if (!layout->elements)
		return;
	bump_product(layout, words, k + 5, w, w, 1, fast);
	bump_product(layout, words, k + 6, w, w, y, fast);
	bump_product(layout, words, k + 7, w, w, z, fast);
	bump_product(layout, words, k + 8, w, w, y * z, fast);
}

static inline void
add_row(const struct score_layout *layout, int64_t words[], const int values[],
	int64_t w, bool fast)
{
	const struct score_plan *plan = layout->plan;
	int64_t y[SCORES_MAX];

	words[SUM_N]++;
	bump_product(layout, words, SUM_W, w, 1, 1, fast);
	bump_product(layout, words, SUM_WW, w, w, 1, fast);
	for (size_t i = 0; i < layout->scores; i++) {
		y[i] = step_value(&plan->step[i], values);
		if (y[i] >= 0)
			add_score(layout, words, &plan->step[i], y[i], w, fast);
	}
	for (size_t i = 0, k = plan->pair_base; i < layout->pairs; i++, k += plan->pair_sums) {
		int64_t a = y[layout->pair[i][0]], b = y[layout->pair[i][1]];

		if (a >= 0 && b >= 0)
			add_pair(layout, words, k, a, b, w, fast);
	}
}

int
score_add(const struct score_layout *layout, int64_t words[], const int values[], int64_t weight)
{
	if (weight < 1 || weight > SCORE_WEIGHT_MAX)
		return -1;
	if (weight <= layout->plan->fast)
		add_row(layout, words, values, weight, true);
	else
		add_row(layout, words, values, weight, false);
	return 0;
}

void
score_merge(const struct score_layout *layout, int64_t into[], const int64_t from[])
{
	for (size_t k = 0; k < layout->sums; k++) {
		bump_fast(layout, into, k, from[k]);
		into[layout->sums + k] += from[layout->sums + k];
	}
}

size_t
score_used(const struct score_layout *layout, const int64_t words[])
{
	size_t n = layout->words;

	while (n > 1 && words[n - 1] == 0)
		n--;
	return n;
}

bool
score_check(const struct score_layout *layout, const int64_t words[], size_t n)
{
	if (n == 0 || n > layout->words)
		return false;
	for (size_t k = 0; k < n; k++)
		if (words[k] < 0 || (k < layout->sums && words[k] >> LOW_BITS != 0))
			return false;
	for (size_t k = 0; k < layout->scores; k++) {
		size_t at = layout->plan->step[k].base;

		if (at < n && words[at] > words[SUM_N])
			return false;
	}
	return true;
}

double
score_points(const struct score_layout *layout, size_t score, const int values[])
{
	int64_t y;

	assert(score < layout->scores);
	y = step_value(&layout->plan->step[score], values);
	return y < 0 ? NAN : (double)y * score_unit(layout, score);
}
