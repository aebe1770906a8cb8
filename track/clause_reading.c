/* Sub-targets that people or outside agencies fill in. */
#include "track/known.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "track/english.h"
#include "track/rule/gap.h"
#include "track/rule/value.h"

enum { YEARS_MAX = 64 };

/* The newest reading of each year of one sub-target up to the board's, oldest first. */
struct history {
	const struct reading_row *year[YEARS_MAX];
	size_t years;
};

static void
history_find(struct history *h, const struct known *k, const struct rule *rule)
{
	h->years = 0;
	for (size_t i = 0; i < k->readings; i++) {
		const struct reading_row *r = &k->reading[i];

		if (r->subtarget != rule->number || r->year > k->year)
			continue;
		if (h->years > 0 && h->year[h->years - 1]->year == r->year)
			h->years--;
		if (h->years == YEARS_MAX) {
			memmove(h->year, h->year + 1, sizeof(h->year) - sizeof(h->year[0]));
			h->years--;
		}
		h->year[h->years++] = r;
	}
}

static void
clause_newest(struct clause *c, const struct known *k, const struct reading_row *r)
{
	c->value = value_shown(c->rule, r->value, k->pool);
	c->year = r->year;
	c->source = r->source;
	c->date = r->date;
}

/* "2023 年 61.2% → 2024 年 64.8%" of the readings from first on; one alone
 * has its year beside it. */
static const char *
arrows(const struct known *k, const struct rule *rule, const struct history *h, size_t first)
{
	struct text t = TEXT_INIT;
	const char *s;

	for (size_t i = first; i < h->years; i++)
		text_fmt(&t, "%s%s%s", i > first ? " → " : "",
			h->years - first > 1 ? pool_fmt(k->pool, "%d 年 ", h->year[i]->year) : "",
			value_shown(rule, h->year[i]->value, k->pool));
	s = pool_strdup(k->pool, text_str(&t));
	text_clear(&t);
	return s;
}

/* First reading of the run of consecutive years that ends with the newest. */
static size_t
run_start(const struct history *h)
{
	size_t i = h->years - 1;

	while (i > 0 && h->year[i - 1]->year == h->year[i]->year - 1)
		i--;
	return i;
}

/* What follows the number: "%", "" ... so that a series is not compared across units. */
static const char *
tail_of(const char *value)
{
	return value + strcspn(value, "0123456789") +
		strspn(value + strcspn(value, "0123456789"), "0123456789. ");
}

static void
reading_trend(struct clause *c, struct verdict *v, const struct known *k, const struct history *h)
{
	size_t first = run_start(h);
	const struct rule *rule = c->rule;
	struct rule asked = *rule;
	double value[YEARS_MAX];
	struct words count = say_times(c->steps), by = known_steps_by(k, rule);

	asked.years = c->steps;
	if (h->years - first > (size_t)c->steps + 1)
		first = h->years - (size_t)c->steps - 1;
	c->value = arrows(k, rule, h, first);
	for (size_t i = first; i < h->years; i++) {
		if (rule_read(&value[i], rule, h->year[i]->value, NULL) != 0 ||
				strcmp(tail_of(h->year[i]->value),
				tail_of(h->year[first]->value)) != 0) {
			c->reason = say(k->pool, "各年完成值的单位不一致，无法比较。",
				"The yearly values differ in unit.");
			return;
		}
	}
	v->literal = rule_trend(&asked, value + first, h->years - first);
	if (v->literal == TRUTH_UNKNOWN)
		c->reason = (struct words){ {
			pool_fmt(k->pool, "连续 %d 年要有 %d 个年度的完成值，现有连续 %zu 个。",
				rule->years, c->steps + 1, h->years - first),
			pool_fmt(k->pool,
				"%d steps in a row need %d yearly values; there are %zu in a row.",
				c->steps, c->steps + 1, h->years - first) } };
	else
		c->reason = (struct words){ {
			pool_fmt(k->pool, "按连续%s次变化（%d 个年度）计%s，%s。",
				count.in[LANG_ZH], c->steps + 1, by.in[LANG_ZH],
				v->literal == TRUTH_TRUE ? "符合要求" : "不符合要求"),
			pool_fmt(k->pool, "Counted as %s steps in a row (%d yearly values)%s: %s.",
				count.in[LANG_EN], c->steps + 1, by.in[LANG_EN],
				v->literal == TRUTH_TRUE ? "as asked" : "not as asked"),
		} };
}

/* The sentence of one reading held against its bound. */
static struct words
plain_reason(const struct clause *c, const struct known *k, const struct reading_row *r,
	enum truth literal)
{
	const struct gap gap = { .rule = c->rule, .threshold = c->threshold, .year = r->year,
		.value = r->value, .shown = value_shown(c->rule, r->value, k->pool) };

	if (literal != TRUTH_UNKNOWN)
		return gap_words(&gap, literal, k->pool);
	if (c->rule->op == RULE_BELOW_NATIONAL)
		return say(k->pool, "%d 年完成值 %s，没有填全国平均水平，不能比较。",
			"The value of %d is %s; without the national average"
			" there is nothing to compare.", c->year, c->value);
	return say(k->pool, "%d 年填报的“%s”不合本项填法。",
		"What was reported for %d, “%s”, does not fit the requirement.", c->year, c->value);
}

/* Must hold in each of the last `wanted` consecutive years (0: in every year on record). */
static void
reading_each_year(struct clause *c, struct verdict *v, const struct known *k,
	const struct history *h, int wanted)
{
	size_t first = wanted == 0 || h->years < (size_t)wanted ? 0 : h->years - (size_t)wanted;
	enum truth all = TRUTH_TRUE, one;
	bool gap = false;

	c->value = arrows(k, c->rule, h, first);
	for (size_t i = first; i < h->years; i++) {
		one = rule_holds(c->rule, h->year[i]->value, c->threshold, NAN);
		if (one == TRUTH_FALSE)
			c->reason = plain_reason(c, k, h->year[i], one);
		gap |= i > first && h->year[i]->year != h->year[i - 1]->year + 1;
		all = truth_and(all, one);
	}
	v->literal = all;
	if (all == TRUTH_FALSE)
		return;
	if (wanted > 0 && h->years < (size_t)wanted)
		c->reason = say(k->pool, "要连续 %d 年符合，只有 %zu 年的完成值。",
			"It must hold %d years in a row; there are values of %zu.",
			wanted, h->years);
	else if (gap)
		c->reason = say(k->pool, "要年年符合，中间有年份没有填报。",
			"It must hold every year; a year is missing between.");
	else
		return;
	v->literal = TRUTH_UNKNOWN;
}

static void
reading_plain(struct clause *c, struct verdict *v, const struct known *k, const struct history *h)
{
	v->literal = rule_holds(c->rule, h->year[h->years - 1]->value, c->threshold, NAN);
	c->reason = plain_reason(c, k, h->year[h->years - 1], v->literal);
}

struct words
clause_open(const struct clause *c, const struct known *k)
{
	switch (c->rule->op) {
	case RULE_FRONT:
		return (struct words){ {
			pool_fmt(k->pool,
				"“%s前列”尚无量化标准，待领导小组审定具体名次。", c->rule->peers),
			pool_fmt(k->pool,
				"“Among the foremost of %s” has no number yet: the"
				" leading group has to set a place.",
				english_words(c->rule->english, c->rule->peers).in[LANG_EN]) } };
	case RULE_SATISFIED:
		return say(k->pool, "“满意”尚无量化标准，待领导小组审定具体分数。",
			"“Satisfied” has no number yet: the leading group has to set a score.");
	default:
		return say(k->pool, "“高”尚无量化标准，待领导小组在调查前审定具体数值。",
			"“High” has no number yet: the leading group"
			" has to set one before the survey.");
	}
}

/* An outside agency's place counts like a reading, whichever is newer. */
static bool
external_newer(const struct known *k, const struct rule *rule, const struct history *h)
{
	const struct external_row *e = known_external(k);

	return e != NULL && programme_place(k->indicator) == rule &&
		(h->years == 0 || h->year[h->years - 1]->year < e->year);
}

/* Counted by the year, and the board's year itself is missing: what there is of other
 * years settles nothing. */
static bool
year_missing(struct clause *c, const struct known *k)
{
	if (!rule_annual(c->rule) || c->year == k->year)
		return false;
	c->reason = say(k->pool, "逐年计算，没有 %d 年的数；最近的是 %d 年 %s。",
		"It is counted by the year and there is no value of %d; the newest is of %d: %s.",
		k->year, c->year, c->value);
	return true;
}

/* The last pass mark that was there before the experts gave theirs, or NULL. */
static const struct threshold_row *
pass_mark(const struct known *k, const struct rule *rule, const struct reading_row *mark)
{
	struct threshold_row *before = pool_array(k->pool, k->thresholds + 1, sizeof(*before));
	size_t n = 0;

	for (size_t i = 0; i < k->thresholds; i++)
		if (pass_mark_before(&k->threshold[i], mark))
			before[n++] = k->threshold[i];
	return threshold_last(before, n, rule->number, NULL);
}

/*
 * The experts' mark says nothing by itself, nor does a pass mark that was set when the mark was
 * known: without one that was there before, the row stays theirs, with their mark shown.
 */
static void
reading_mark(struct clause *c, struct verdict *v, const struct known *k,
	const struct reading_row *mark)
{
	const struct threshold_row *pass = pass_mark(k, c->rule, mark);
	bool late = !isnan(c->threshold);

	v->open = false;
	if (pass != NULL && rule_read_threshold(&c->threshold, c->rule, pass->value, NULL) == 0) {
		clause_signed(c, pass, k->pool);
		v->literal = rule_holds(c->rule, mark->value, c->threshold, NAN);
		c->reason = plain_reason(c, k, mark, v->literal);
		return;
	}
	v->judged = true;
	c->reason = say(k->pool, late ?
		"专家评分 %s 已记录；及格分不是在评分之前审定的，不用来判断，结果由专家评定。" :
		"专家评分 %s 已记录；评分之前没有审定及格分，结果由专家评定。", late ?
		"The experts’ mark %s is on record; the pass mark was not set before it and decides"
		" nothing: the result is theirs to say." :
		"The experts’ mark %s is on record; no pass mark was set before"
		" it: the result is theirs to say.", c->value);
}

void
clause_reading(struct clause *c, struct verdict *v, const struct known *k)
{
	struct history h;

	history_find(&h, k, c->rule);
	if (external_newer(k, c->rule, &h)) {
		clause_external(c, v, k);
		return;
	}
	if (h.years == 0) {
		c->reason = c->rule->op == RULE_UNWRITTEN ? say(k->pool,
			"本项还没有写成可以计算的规则，由人判定：请填“达标”或“未达标”，写明依据。",
			"No rule has been written for this row yet: a person says whether"
			" it is met, and on what grounds.") : c->rule->op == RULE_JUDGED ?
			say(k->pool, "由验收专家根据现场审核和满意度调查酌情打分，程序不作判断。",
			"Judged by the experts from the site review and the survey;"
			" the program does not judge.") : v->open ? clause_open(c, k) :
			say(k->pool, "还没有填报。", "Nothing has been reported yet.");
		v->judged = c->rule->op == RULE_JUDGED || c->rule->op == RULE_UNWRITTEN;
		return;
	}
	clause_newest(c, k, h.year[h.years - 1]);
	if (c->rule->op == RULE_JUDGED)
		reading_mark(c, v, k, h.year[h.years - 1]);
	else if (v->open)
		c->reason = clause_open(c, k);
	else if (year_missing(c, k))
		return;
	else if (c->rule->op == RULE_RISING || c->rule->op == RULE_FALLING)
		reading_trend(c, v, k, &h);
	else if (c->rule->yearly || c->rule->years > 0)
		reading_each_year(c, v, k, &h, c->rule->years);
	else
		reading_plain(c, v, k, &h);
	if (c->reason.in[LANG_ZH] == NULL)
		c->reason = plain_reason(c, k, h.year[h.years - 1], v->literal);
}

/* A recognised or qualified agency: on record, not by hearsay. */
static bool
needs_qualification(const struct known *k)
{
	return k->indicator->qualified;
}

/* Where our score puts us among the peers; without a p_top nothing is said of the first ones. */
static struct words
rank_words(const struct rank_row *r, int among, struct pool *pool)
{
	struct words place = r->low == r->high ? say(pool, "名次为第 %d 名", "the place is %d",
		r->low) : say(pool, "名次可能在第 %d 至第 %d 名之间",
		"the place may be from %d to %d", r->low, r->high);
	struct words chance = say_chance(pool, r->p_top);
	struct words top = isnan(r->p_top) ? say(pool, "。", ".") : (struct words){ {
		pool_fmt(pool, "，居前 %d 名的概率%s。", among, chance.in[LANG_ZH]),
		pool_fmt(pool, "; the probability of a place among the first %d is %s.", among,
			chance.in[LANG_EN]) } };

	return say_join(pool, say(pool, "按各城市得分，考虑抽样误差，",
		"By the cities’ scores, allowing for sampling error, "),
		say_join(pool, place, top));
}

/* What the peers' scores say of the place, and our own index as a mere self-check. */
static void
place_strength(struct clause *c, const struct known *k)
{
	const struct programme_figure *figure = &k->indicator->figures;
	const struct series *index = figure->n == 0 || k->indicator->top == 0 ? NULL :
		surveys_series(k->surveys, figure->form, figure->index[0], STREAM_SAMPLED);
	const struct figure *own = index == NULL ? NULL : series_newest(index);
	struct words own_words, all = { { NULL, NULL } };

	if (k->indicator->top == 0)
		return;
	for (size_t i = 0; i < k->ranks; i++)
		if (k->rank[i].ours)
			all = rank_words(&k->rank[i], k->indicator->top, k->pool);
	if (own != NULL && own->err_code[0] == '\0') {
		own_words = say_estimate(k->pool, &own->estimate, false);
		all = say_join(k->pool, all, (struct words){ {
			pool_fmt(k->pool, "本市 %d 年自查指数 %s，仅供对照。", own->year,
				own_words.in[LANG_ZH]),
			pool_fmt(k->pool, "%sOur own index of %d, %s, is for comparison only.",
				all.in[LANG_EN] == NULL ? "" : " ", own->year,
				own_words.in[LANG_EN]),
		} });
	}
	if (all.in[LANG_ZH] != NULL)
		all = say_join(k->pool, all, (struct words){ {
			"名次只认国家认可的第三方结果，"
				"各城市得分的推算和本市自查都不能决定它，所以只供参考。",
			" The place is the recognised third party’s to say: neither the"
				" cities’ scores nor our own index decide it,"
				" so they are for information only." } });
	c->strength = all;
	c->series = own != NULL ? index : NULL;
}

void
clause_external(struct clause *c, struct verdict *v, const struct known *k)
{
	const struct external_row *e = known_external(k);

	v->outside = true;
	place_strength(c, k);
	if (e != NULL) {
		c->value = pool_fmt(k->pool, "第 %d 名，共 %d 个城市", e->rank, e->of);
		c->year = e->year;
		c->source = e->report[0] == '\0' ? e->agency :
			pool_fmt(k->pool, "%s《%s》", e->agency, e->report);
	}
	if (v->open) {
		c->reason = clause_open(c, k);
		return;
	}
	if (e == NULL) {
		c->reason = needs_qualification(k) ?
			say(k->pool, "还没有登记国家认可或有资质的第三方机构的测评结果。",
			"No result of a recognised, qualified third party is on record.") :
			say(k->pool, "还没有登记外部测评结果。", "No outside result is on record.");
		return;
	}
	if (year_missing(c, k))
		return;
	if (needs_qualification(k) && e->qualification[0] == '\0') {
		c->reason = say(k->pool, "%s 的测评结果没有登记资质证书号，不能采信。",
			"The result of %s is on record without its qualification"
			" and cannot be relied on.", e->agency);
		return;
	}
	v->literal = e->rank <= c->threshold ? TRUTH_TRUE : TRUTH_FALSE;
	c->reason = say(k->pool, "%d 年%s测评：第 %d 名，共 %d 个城市，要求前 %g 名。",
		"%d, %s: place %d of %d cities; wanted: among the first %g.", e->year, e->agency,
		e->rank, e->of, c->threshold);
}
