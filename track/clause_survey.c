/* Sub-targets that the surveys and the complaint counts feed. */
#include "track/known.h"

#include <math.h>
#include <string.h>

#include "figure/series.h"

/* ---- trends ---- */

/*
 * Did each of the last `wanted` steps go the wanted way?  From the newest step back: a step
 * the other way (or none) decides at once, a break ends what can be seen.
 */
static enum truth
trend_literal(const struct series *s, bool up)
{
	size_t i = s->years < 2 ? 0 : s->years - 1;
	int known = 0, seen = 0;
	double change;

	for (; i-- > 0 && seen < s->wanted; seen++) {
		if (s->step[i].broken)
			break;
		change = up ? s->step[i].difference.value : -s->step[i].difference.value;
		if (change <= 0)
			return TRUTH_FALSE;
		known += change > 0;
	}
	return known == s->wanted ? TRUTH_TRUE : TRUTH_UNKNOWN;
}

/* The newest break among the last steps, or NULL. */
static const struct step *
trend_break(const struct series *s)
{
	size_t i = s->years < 2 ? 0 : s->years - 1;

	for (int seen = 0; i-- > 0 && seen < s->wanted; seen++)
		if (s->step[i].broken)
			return &s->step[i];
	return NULL;
}

/* "2022 年 78.4 → 2023 年 79.0 → 2024 年 79.1" of the figures the wording is about. */
static const char *
trend_value(const struct series *s, struct pool *pool)
{
	size_t first = s->years > (size_t)s->wanted + 1 ? s->years - (size_t)s->wanted - 1 : 0;
	const char *out = "";

	for (size_t i = first; i < s->years; i++)
		out = pool_fmt(pool, "%s%s%s%s", out, i > first ? " → " : "", s->years - first > 1 ?
			pool_fmt(pool, "%d 年 ", s->year[i].year) : "", s->year[i].err_code[0] !=
			'\0' ? "—" : pool_fmt(pool, "%.1f", s->year[i].estimate.value));
	return out;
}

static void
trend_unknown(struct clause *c, const struct known *k, const struct series *s)
{
	const struct figure *newest = series_newest(s);
	const struct step *broken = trend_break(s);

	if (newest == NULL) {
		c->reason = say(k->pool, "还没有数据。", "There is no figure yet.");
	} else if (newest->err_code[0] != '\0') {
		struct words why = say_refusal(newest);

		c->reason = (struct words){ { pool_fmt(k->pool, "%d 年没有可公布的数：%s。",
			newest->year, why.in[LANG_ZH]), pool_fmt(k->pool, "%d has no figure: %s.",
			newest->year, why.in[LANG_EN]) } };
	} else if (broken != NULL) {
		c->reason = (struct words){ {
			pool_fmt(k->pool, "%d 年起序列中断（%s），不能跨断点比较。", broken->to,
				broken->break_words.in[LANG_ZH]),
			pool_fmt(k->pool,
				"The series breaks in %d (%s); no claim across the break.",
				broken->to, broken->break_words.in[LANG_EN]) } };
	} else {
		c->reason = say(k->pool,
			"连续 %d 年按 %d 次变化计，要有 %d 个年度的数据，现有 %zu 个。",
			"%d years in a row are counted as %d steps: %d yearly figures are needed,"
			" there are %zu.", c->rule->years, s->wanted, s->wanted + 1, s->years);
	}
}

static void
trend_strength(struct clause *c, const struct known *k, const struct series *s, bool up)
{
	double p = up ? s->iut_up : s->iut_down;
	struct words count = say_times(s->wanted);

	if (isnan(p))
		return;
	c->proven = p * 100 < ALPHA_PERCENT ? TRUTH_TRUE : TRUTH_FALSE;
	c->strength = (struct words){ {
		pool_fmt(k->pool, "连续%s次%s：%s（%s，取各年单侧检验中最大的 p）。",
			count.in[LANG_ZH], up ? "上升" : "下降",
			c->proven == TRUTH_TRUE ? "可以认定" : "尚不能认定", say_p(k->pool, p)),
		pool_fmt(k->pool, "%s %s in a row: %s (%s, the largest one-sided p of the steps).",
			count.in[LANG_EN], up ? "rises" : "falls",
			c->proven == TRUTH_TRUE ? "confirmed" : "not confirmed", say_p(k->pool, p)),
	} };
}

/* A series is counted by the year: it must reach the board's. */
static bool
stale(const struct known *k, const struct series *s)
{
	return s->years > 0 && series_newest(s)->year != k->year;
}

/* The series as so many steps are asked of it. */
static const struct series *
in_steps(const struct series *s, int steps, struct pool *pool)
{
	struct series *own;

	if (s->wanted == steps)
		return s;
	own = pool_take(pool, sizeof(*own));
	*own = *s;
	own->wanted = steps;
	series_finish(own);
	return own;
}

static void
clause_trend(struct clause *c, struct verdict *v, const struct known *k,
	const struct series *s, bool up)
{
	struct words count = say_times(c->steps), by = known_steps_by(k, c->rule);

	s = in_steps(s, c->steps, k->pool);
	c->fed = true;
	c->value = trend_value(s, k->pool);
	c->year = s->years > 0 ? series_newest(s)->year : 0;
	v->basis = BASIS_SERIES;
	v->silent = s->years == 0 || stale(k, s);
	if (stale(k, s)) {
		c->reason = say(k->pool, "逐年计算，没有 %d 年的数；最近的是 %d 年。",
			"It is counted by the year and there is no figure of %d;"
			" the newest is of %d.", k->year, c->year);
		return;
	}
	c->series = s;
	trend_strength(c, k, s, up);
	v->proven = c->proven;
	v->literal = trend_literal(s, up);
	if (v->literal == TRUTH_UNKNOWN)
		trend_unknown(c, k, s);
	else
		c->reason = (struct words){ {
			pool_fmt(k->pool, "按连续%s次%s（%d 个年度）计%s，%s。", count.in[LANG_ZH],
				up ? "上升" : "下降", s->wanted + 1, by.in[LANG_ZH],
				v->literal == TRUTH_TRUE ? "符合条文" : "不符合条文"),
			pool_fmt(k->pool, "Counted as %s %s in a row (%d yearly figures)%s: %s.",
				count.in[LANG_EN],
				up ? "rises" : "falls", s->wanted + 1, by.in[LANG_EN],
				v->literal == TRUTH_TRUE ? "as worded" : "not as worded"),
		} };
}

void
clause_series(struct clause *c, struct verdict *v, const struct known *k)
{
	const struct feed *feed = c->rule->feed;

	c->source = feed->source.in[LANG_ZH];
	clause_trend(c, v, k, surveys_figure(k->surveys, &feed->figure),
		c->rule->op == RULE_RISING);
}

/* ---- complaints ---- */

/* Why the two rates cannot be held against each other; in[] NULL where they can. */
static struct words
national_refusal(const struct known *k, const struct series *s)
{
	const struct figure *m = series_newest(s);
	size_t last = s->years - 1;

	if (m == NULL)
		return say(k->pool, "还没有投诉数据。", "There are no complaint figures yet.");
	if (stale(k, s))
		return say(k->pool, "没有 %d 年的投诉数据；最近的是 %d 年。",
			"There is no complaint figure of %d; the newest is of %d.",
			k->year, m->year);
	if (m->err_code[0] != '\0')
		return say(k->pool, "%d 年没有常住人口数，算不出投诉率。",
			"The residents of %d are not known: there is no rate.", m->year);
	if (isnan(s->reference[last]))
		return say(k->pool, "没有 %d 年的全国投诉率，不能比较。",
			"The national rate of %d is not known.", m->year);
	if (!s->comparable[last])
		return (struct words){ {
			pool_fmt(k->pool, "%d 年的投诉率与全国口径不可比：%s。", m->year,
				s->definition[last].in[LANG_ZH]),
			pool_fmt(k->pool, "Definitions cannot be compared: %d, %s.", m->year,
				s->definition[last].in[LANG_EN]) } };
	return (struct words){ { NULL, NULL } };
}

/* Our rate's interval against the national rate, which is taken as a fixed number. */
static void
clause_national(struct clause *c, struct verdict *v, const struct known *k, const struct series *s)
{
	const struct figure *m = series_newest(s);
	double national = s->years > 0 ? s->reference[s->years - 1] : NAN;

	c->fed = true;
	c->series = stale(k, s) ? NULL : s;
	v->basis = BASIS_SERIES;
	c->reason = national_refusal(k, s);
	if (c->reason.in[LANG_ZH] != NULL) {
		v->silent = m == NULL || stale(k, s) || m->err_code[0] != '\0' || isnan(national);
		return;
	}
	c->year = m->year;
	c->value = pool_fmt(k->pool, "%.1f，全国 %.1f（件/万人）", m->estimate.value, national);
	v->literal = m->estimate.value < national ? TRUTH_TRUE : TRUTH_FALSE;
	v->proven = m->estimate.high < national ? TRUTH_TRUE :
		m->estimate.low > national ? TRUTH_FALSE : TRUTH_UNKNOWN;
	c->proven = v->proven == TRUTH_TRUE ? TRUTH_TRUE : TRUTH_FALSE;
	c->strength = (struct words){ {
		pool_fmt(k->pool, "投诉率的 95%% 区间 %.1f–%.1f，%s全国的 %.1f。", m->estimate.low,
			m->estimate.high, v->proven == TRUTH_TRUE ? "整个低于" :
			v->proven == TRUTH_FALSE ? "整个高于" : "包含", national),
		pool_fmt(k->pool, "The 95%% interval of our rate, %.1f–%.1f, %s the national %.1f.",
			m->estimate.low,
			m->estimate.high, v->proven == TRUTH_TRUE ? "is wholly below" :
			v->proven == TRUTH_FALSE ? "is wholly above" : "contains", national),
	} };
	c->reason = say(k->pool,
		v->literal == TRUTH_TRUE ? "%d 年每万人 %.1f 件，低于全国的 %.1f 件。" :
		"%d 年每万人 %.1f 件，不低于全国的 %.1f 件。", v->literal == TRUTH_TRUE ?
		"%d: %.1f per 10,000 residents, below the national %.1f." :
		"%d: %.1f per 10,000 residents, not below the national %.1f.", m->year,
		m->estimate.value, national);
}

void
clause_complaints(struct clause *c, struct verdict *v, const struct known *k)
{
	const struct series *s = &k->surveys->complaints;

	c->source = "登记的投诉件数";
	if (c->rule->op == RULE_FALLING)
		clause_trend(c, v, k, s, false);
	else
		clause_national(c, v, k, s);
}

/* ---- levels ---- */

static const struct wave *
wave_of(const struct known *k, const struct figure *m)
{
	size_t waves;
	const struct wave *wave = session_waves(k->session, &waves);

	for (size_t i = 0; i < waves; i++)
		if (wave[i].id == m->wave)
			return &wave[i];
	return NULL;
}

/* The series with the bound it is held against. */
static const struct series *
targeted(const struct series *s, double target, struct pool *pool)
{
	struct series *own = pool_take(pool, sizeof(*own));

	*own = *s;
	own->target = target;
	return own;
}

/* The standard with its unit: "91%", "75". */
static const char *
standard(const struct clause *c, const struct known *k)
{
	return pool_fmt(k->pool, "%g%s", c->threshold, c->rule->unit);
}

/* Why the number signed last does not count for a survey. */
static struct words
too_late(const struct clause *c, const struct known *k, const struct wave *wave, int year)
{
	const struct threshold_row *last = known_threshold(k, c->rule, 0);

	if (last != NULL && wave != NULL && threshold_late(last, wave->opens))
		return (struct words){ {
			pool_fmt(k->pool,
				"标准 %s 由 %s 审定于 %s，%s 才录入，没有写明审定它的文件；"
				"%d 年调查已经开始，对这次调查无效。",
				standard(c, k), c->signed_by, c->signed_date, c->entered, year),
			pool_fmt(k->pool,
				"The standard %s was set by %s on %s, but entered on %s without the"
				" document that set it, when the survey of %d had"
				" begun: it does not count for it.", standard(c, k), c->signed_by,
				c->signed_date, c->entered, year) } };
	return say(k->pool, "标准 %s 由 %s 于 %s 才审定，不早于 %d 年调查开始，对这次调查无效。",
		"The standard %s was set by %s on %s, not before the survey of %d"
		" opened: it does not count for it.",
		standard(c, k), c->signed_by, c->signed_date, year);
}

/* "标准 80% 审定 2021-04-01，录入 2026-12-01（录入人 …，依据 …）：录入时 2024 年调查已经开始。" */
static struct words
late_words(const struct clause *c, const struct known *k, const struct threshold_row *row, int year)
{
	return (struct words){ {
		pool_fmt(k->pool,
			"标准 %s 审定 %s，录入 %s（录入人 %s，依据"
			" %s）：录入时 %d 年调查已经开始。", standard(c, k), row->date,
			c->entered, row->who, row->document, year),
		pool_fmt(k->pool,
			"The standard %s was set on %s and entered on %s (by %s, after %s),"
			" when the survey of %d had begun.",
			standard(c, k), row->date, c->entered, row->who, row->document, year) } };
}

/* What the interval and the value say of the number signed, c->threshold, in the year c->year. */
static void
level_said(struct clause *c, const struct verdict_level *level, const struct figure *m,
	struct pool *pool)
{
	const struct words figure = say_estimate(pool, &m->estimate, figure_is_share(m));
	const char *unit = c->rule->unit;

	c->strength = (struct words){ {
		pool_fmt(pool, "95%% 区间%s %g%s。", level->proven == TRUTH_TRUE ? "整个不低于" :
			level->proven == TRUTH_FALSE ? "整个低于" : "包含", c->threshold, unit),
		pool_fmt(pool, "The 95%% interval %s %g%s.", level->proven == TRUTH_TRUE ?
			"is wholly at or above" : level->proven == TRUTH_FALSE ? "is wholly below" :
			"contains", c->threshold, unit),
	} };
	c->reason = (struct words){ {
		pool_fmt(pool, "%d 年 %s，%s %g%s。", c->year, figure.in[LANG_ZH],
			level->literal == TRUTH_TRUE ? "不低于" : "低于", c->threshold, unit),
		pool_fmt(pool, "%d: %s, %s %g%s.", c->year, figure.in[LANG_EN],
			level->literal == TRUTH_TRUE ? "at least" : "below", c->threshold, unit),
	} };
}

/* Hold the newest figure against a number signed in time. */
static void
level_held(struct clause *c, struct verdict *v, const struct known *k, const struct series *s,
	const struct threshold_row *in_time, double bound)
{
	const struct figure *m = series_newest(s);
	const double unit = figure_is_share(m) ? 100 : 1;
	struct verdict_level level;

	c->threshold = bound;
	clause_signed(c, in_time, k->pool);
	if (threshold_late(in_time, wave_of(k, m)->opens))
		c->late = late_words(c, k, in_time, m->year);
	c->series = targeted(s, bound / unit, k->pool);
	level = verdict_at_least(m->estimate.value * unit, m->estimate.low * unit,
		m->estimate.high * unit, bound);
	v->literal = level.literal;
	v->proven = level.proven;
	c->proven = level.proven == TRUTH_TRUE ? TRUTH_TRUE : TRUTH_FALSE;
	level_said(c, &level, m, k->pool);
	if (c->late.in[LANG_ZH] != NULL)
		c->reason = say_join(k->pool, c->reason,
			say_join(k->pool, (struct words){ { "", " " } }, c->late));
}

/* A figure of ours against the number signed before its survey opened. */
static void
clause_level(struct clause *c, struct verdict *v, const struct known *k, const struct series *s)
{
	const struct figure *m = series_newest(s);
	const struct wave *wave = m == NULL ? NULL : wave_of(k, m);
	const struct threshold_row *in_time = wave == NULL ? NULL :
		known_threshold(k, c->rule, wave->opens);
	struct words refusal;
	double bound;

	c->fed = true;
	c->series = s->years > 0 ? s : NULL;
	v->basis = BASIS_LEVEL;
	v->silent = m == NULL;
	if (m == NULL) {
		c->reason = say(k->pool, "还没有抽样调查数据。", "There is no sampled figure yet.");
		return;
	}
	c->year = m->year;
	if (m->err_code[0] != '\0') {
		refusal = say_refusal(m);
		c->reason = (struct words){ { pool_fmt(k->pool, "%d 年没有可公布的数：%s。",
			m->year, refusal.in[LANG_ZH]), pool_fmt(k->pool, "%d has no figure: %s.",
			m->year, refusal.in[LANG_EN]) } };
		return;
	}
	c->value = say_estimate(k->pool, &m->estimate, figure_is_share(m)).in[LANG_ZH];
	if (v->open)
		return;
	if (in_time == NULL || rule_read_threshold(&bound, c->rule, in_time->value, NULL) != 0) {
		v->open = true;
		c->reason = too_late(c, k, wave, m->year);
		c->signature_said = true;
		return;
	}
	level_held(c, v, k, s, in_time, bound);
}

/* What is known, without the readings that are the city's own word: those no qualified agency's
 * result of the year backs. */
static struct known
agency_readings(const struct known *k)
{
	struct reading_row *kept = pool_array(k->pool, k->readings + 1, sizeof(*kept));
	const struct external_row *result;
	struct known of = *k;

	of.readings = 0;
	for (size_t i = 0; i < k->readings; i++) {
		result = external_of(k->external, k->externals, k->reading[i].year);
		if (result != NULL && result->qualification[0] != '\0' &&
				agency_named(&k->reading[i], result))
			kept[of.readings++] = k->reading[i];
	}
	of.reading = kept;
	return of;
}

/*
 * A reading from the commissioned agency's report decides; our own index stands beside it.
 * Without such a reading our own index shows where it is, and never meets (own_only).
 */
void
clause_confirmed(struct clause *c, struct verdict *v, const struct known *k)
{
	const struct series *s = surveys_figure(k->surveys, &c->rule->feed->figure);
	const struct known agency = agency_readings(k);
	struct clause own = *c;
	struct verdict own_v = *v;

	clause_reading(c, v, &agency);
	clause_level(&own, &own_v, k, s);
	if (c->year > 0) {
		c->series = own.series;
		c->strength = own.value[0] == '\0' ? c->strength : (struct words){ {
			pool_fmt(k->pool, "本市自测 %d 年 %s，仅供对照。", own.year, own.value),
			pool_fmt(k->pool,
				"Our own survey, %d: %.1f (%.1f–%.1f), for comparison only.",
				own.year,
				series_newest(s)->estimate.value, series_newest(s)->estimate.low,
				series_newest(s)->estimate.high) } };
		return;
	}
	if (own.reason.in[LANG_ZH] == NULL)
		own.reason = c->reason;
	*c = own;
	*v = own_v;
	v->own_only = true;
	c->source = c->rule->feed->source.in[LANG_ZH];
	if (!v->open && v->literal == TRUTH_TRUE && v->proven == TRUTH_TRUE)
		c->reason = say_join(k->pool, c->reason, (struct words){ {
			"这是本市自己的调查，要由受委托的有资质机构测评确认。",
			" This is our own survey: the commissioned,"
				" qualified agency has to confirm it." } });
}

void
clause_own(struct clause *c, struct verdict *v, const struct known *k)
{
	c->source = c->rule->feed->source.in[LANG_ZH];
	clause_level(c, v, k, surveys_figure(k->surveys, &c->rule->feed->figure));
	if (v->open && c->reason.in[LANG_ZH] == NULL)
		c->reason = clause_open(c, k);
}
