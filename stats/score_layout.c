/* Which sums a cell holds, and where. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "stats/fault.h"
#include "stats/score_in.h"

enum {
	ITEMS_MAX = 12,		/* of a SCORE_MEAN: 4096 subsets */
	TABLE_MAX = 4096	/* widest lo..hi of a share kept as a table */
};

#define PARTS_MAX ((int64_t)1 << 18)	/* largest y */

static int64_t
gcd(int64_t a, int64_t b)
{
	while (b != 0) {
		int64_t r = a % b;

		a = b;
		b = r;
	}
	return a;
}

/* Sum of the weights of a subset of items, 0 if it has fewer than `least`. */
static int64_t
subset_weight(const struct score *s, unsigned subset)
{
	size_t n = 0;
	int64_t sum = 0;

	for (size_t i = 0; i < s->items; i++)
		if (subset >> i & 1) {
			n++;
			sum += score_item_weight(s, i);
		}
	return n >= (s->least == 0 ? s->items : s->least) ? sum : 0;
}

/*
 * Parts of one point in which every possible mean is whole, or rounded when there would be too
 * many.
 */
static void
mean_parts(struct score_step *step)
{
	const struct score *s = step->score;
	int64_t range = (int64_t)s->hi - s->lo, parts = 1, sum;

	for (unsigned subset = 1; subset < 1u << s->items; subset++) {
		sum = subset_weight(s, subset);
		if (sum == 0)
			continue;
		parts = parts / gcd(parts, sum) * sum;
		if (parts * range > PARTS_MAX) {
			step->rounded = true;
			step->parts = PARTS_MAX / range;
			return;
		}
	}
	step->parts = parts;
}

static int
wrong(const struct score *s, const char *zh, const char *en, struct err *err)
{
	return fault_set(err, FAULT_INPUT, "指标 %s：%s", "score %s: %s",
		s->name != NULL ? s->name : "?", LANG_PICK(zh, en));
}

static int
score_valid(const struct score *s, struct err *err)
{
	if (s->name == NULL || *s->name == '\0')
		return wrong(s, "没有名称", "has no name", err);
	if (s->items == 0 || s->item == NULL)
		return wrong(s, "没有题目", "has no item", err);
	if (s->items > (s->kind == SCORE_MEAN ? ITEMS_MAX : 1))
		return wrong(s, "题目太多", "has too many items", err);
	if (s->lo >= s->hi)
		return wrong(s, "量表下限不小于上限",
			"its scale's low end is not below the high end", err);
	if ((int64_t)s->hi - s->lo > 10000 && (s->kind == SCORE_SCALE || s->kind == SCORE_MEAN))
		return wrong(s, "量表过长", "its scale is too long", err);
	if (s->least > s->items)
		return wrong(s, "要求的答题数多于题目数",
			"asks for more answers than it has items", err);
	for (size_t i = 0; i < s->items; i++)
		if (score_item_weight(s, i) < 1 || score_item_weight(s, i) > 1000000)
			return wrong(s, "权数须为 1 至 1000000 的整数",
				"weights must be whole numbers from 1 to 1000000", err);
	return 0;
}

static const struct score *
score_copy(const struct score *score, size_t scores, struct pool *pool)
{
	struct score *copy = pool_array(pool, scores, sizeof(*copy));

	for (size_t i = 0; i < scores; i++) {
		struct score *s = &copy[i];

		*s = score[i];
		s->name = pool_strdup(pool, score[i].name);
		s->item = memcpy(pool_array(pool, s->items, sizeof(*s->item)),
			score[i].item, s->items * sizeof(*s->item));
		if (s->weight != NULL)
			s->weight = memcpy(pool_array(pool, s->items, sizeof(*s->weight)),
				score[i].weight, s->items * sizeof(*s->weight));
		if (s->ins > 0)
			s->in = memcpy(pool_array(pool, s->ins, sizeof(*s->in)),
				score[i].in, s->ins * sizeof(*s->in));
	}
	return copy;
}

static void
share_table(struct score_step *step, struct pool *pool)
{
	const struct score *s = step->score;

	if ((int64_t)s->hi - s->lo >= TABLE_MAX)
		return;
	step->in = pool_take(pool, (size_t)(s->hi - s->lo + 1));
	for (size_t i = 0; i < s->ins; i++)
		if (s->in[i] >= s->lo && s->in[i] <= s->hi)
			step->in[s->in[i] - s->lo] = 1;
}

static void
step_init(struct score_step *step, const struct score *s, struct pool *pool)
{
	step->score = s;
	step->parts = 1;
	step->binary = s->kind == SCORE_SHARE || s->kind == SCORE_BITS;
	if (s->kind == SCORE_MEAN)
		mean_parts(step);
	if (s->kind == SCORE_SHARE)
		share_table(step, pool);
}

static size_t
step_sums(const struct score_layout *layout, const struct score_step *step)
{
	size_t n = step->binary ? 4 : 5;

	if (layout->elements)
		n += step->binary ? 1 : 2;
	return n;
}

static void
layout_pairs(struct score_layout *layout, bool all, struct pool *pool)
{
	struct score_plan *plan = layout->plan;
	size_t n = 0;
	size_t (*pair)[2];

	plan->nth = pool_array(pool, layout->scores, sizeof(*plan->nth));
	for (size_t i = 0; i < layout->scores; i++)
		plan->nth[i] = all || layout->score[i].paired ? plan->paired++ : SIZE_MAX;
	pair = pool_array(pool, plan->paired * plan->paired + 1, sizeof(*pair));
	for (size_t i = 0; i < layout->scores; i++)
		for (size_t j = i + 1; j < layout->scores; j++) {
			if (plan->nth[i] == SIZE_MAX || plan->nth[j] == SIZE_MAX)
				continue;
			pair[n][0] = i;
			pair[n++][1] = j;
		}
	layout->pair = (const size_t (*)[2])pair;
	layout->pairs = n;
}

/* Largest weight for which no product of a row reaches 2^61. */
static int64_t
fast_weight(const struct score_layout *layout)
{
	double y = 1, limit = 0x1p61;

	for (size_t i = 0; i < layout->scores; i++)
		y = fmax(y, (double)score_range(layout, i));
	return (int64_t)(layout->elements ? sqrt(limit) / y : fmin(sqrt(limit), limit / (y * y)));
}

int
score_layout(struct score_layout *layout, const struct score score[], size_t scores,
	bool elements, bool all_pairs, struct pool *pool, struct err *err)
{
	struct score_plan *plan = pool_take(pool, sizeof(*plan));
	size_t at = SUM_CELL;
	int rc;

	memset(layout, 0, sizeof(*layout));
	if (scores == 0 || scores > SCORES_MAX)
		return fault_set(err, FAULT_INPUT, "指标个数须为 1 至 %d",
			"there must be 1 to %d scores", (int)SCORES_MAX);
	for (size_t i = 0; i < scores; i++)
		if ((rc = score_valid(&score[i], err)) != 0)
			return rc;
	layout->score = score_copy(score, scores, pool);
	layout->scores = scores;
	layout->elements = elements;
	layout->plan = plan;
	plan->step = pool_array(pool, scores, sizeof(*plan->step));
	for (size_t i = 0; i < scores; i++) {
		step_init(&plan->step[i], &layout->score[i], pool);
		plan->step[i].base = at;
		at += step_sums(layout, &plan->step[i]);
	}
	layout_pairs(layout, all_pairs, pool);
	plan->pair_base = at;
	plan->pair_sums = elements ? 9 : 5;
	layout->sums = at + layout->pairs * plan->pair_sums;
	layout->words = 2 * layout->sums;
	plan->fast = fast_weight(layout);
	return 0;
}

const char *
score_layout_text(const struct score_layout *layout, struct pool *pool)
{
	static const char *const kind[] = { "scale", "mean", "share", "bits" };
	struct text t = TEXT_INIT;
	const char *s;

	text_fmt(&t, "sums 1%s", layout->elements ? " elements" : "");
	for (size_t i = 0; i < layout->scores; i++) {
		const struct score *p = &layout->score[i];

		text_fmt(&t, "; %s %s %d..%d", p->name, kind[p->kind], p->lo, p->hi);
		for (size_t j = 0; j < p->items; j++)
			text_fmt(&t, " %zu*%d", p->item[j], score_item_weight(p, j));
		if (p->kind == SCORE_MEAN)
			text_fmt(&t, " least %zu parts %lld%s", p->least,
				(long long)layout->plan->step[i].parts,
				layout->plan->step[i].rounded ? " rounded" : "");
		for (size_t j = 0; j < p->ins; j++)
			text_fmt(&t, " =%d", p->in[j]);
		if (p->kind == SCORE_BITS)
			text_fmt(&t, " mask %d", p->mask);
		if (layout->plan->nth[i] != SIZE_MAX)
			text_puts(&t, " paired");
	}
	s = pool_strdup(pool, text_str(&t));
	text_clear(&t);
	return s;
}

/* ---- where things stand ---- */

int64_t
score_range(const struct score_layout *layout, size_t score)
{
	const struct score_step *step = &layout->plan->step[score];

	return step->binary ? 1 : step->parts * ((int64_t)step->score->hi - step->score->lo);
}

double
score_upper(const struct score_layout *layout, size_t score)
{
	return layout->plan->step[score].binary ? 1 : 100;
}

double
score_unit(const struct score_layout *layout, size_t score)
{
	return score_upper(layout, score) / (double)score_range(layout, score);
}

size_t
score_sum_at(const struct score_layout *layout, size_t score, enum score_sum sum)
{
	const struct score_step *step = &layout->plan->step[score];
	size_t elements = step->base + (step->binary ? 4 : 5);

	switch (sum) {
	case SUM_SCORE_Q:
		return step->base + (step->binary ? 3 : 4);
	case SUM_SCORE_WWT:
		assert(layout->elements);
		return elements;
	case SUM_SCORE_WWQ:
		assert(layout->elements);
		return step->binary ? elements : elements + 1;
	default:
		return step->base + (size_t)sum;
	}
}

size_t
score_pair_at(const struct score_layout *layout, size_t a, size_t b, bool *swapped)
{
	const struct score_plan *plan = layout->plan;
	size_t lo = plan->nth[a < b ? a : b], hi = plan->nth[a < b ? b : a];

	*swapped = a > b;
	if (a == b || lo == SIZE_MAX || hi == SIZE_MAX)
		return 0;
	/* Pairs stand in the order (0,1) (0,2) ... (1,2) ... */
	return plan->pair_base +
		(lo * (2 * plan->paired - lo - 1) / 2 + (hi - lo - 1)) * plan->pair_sums;
}
