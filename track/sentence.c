/* What is said of a row: figures first, then why it stands as it does. */
#include "track/known.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "track/rule/sentence.h"

enum { LIST_MAX = 12 };

static bool
has(const struct words *w)
{
	return w->in[LANG_ZH] != NULL && w->in[LANG_ZH][0] != '\0';
}

static const struct figure *
published(const struct series *s)
{
	const struct figure *m = series_newest(s);

	return m == NULL || m->err_code[0] != '\0' ? NULL : m;
}

/* ---- a series in one sentence ---- */

/* "，比上年 +0.6，变化不显著" */
static struct words
change_words(const struct series *s, const struct known *k, bool share)
{
	const struct step *step = s->years < 2 ? NULL : &s->step[s->years - 2];
	const char *change;

	if (step == NULL || isnan(step->difference.value))
		return (struct words){ { "", "" } };
	if (step->broken)
		return (struct words){ { pool_fmt(k->pool, "，与 %d 年不可比（%s）", step->from,
			step->break_words.in[LANG_ZH]),
			pool_fmt(k->pool, ", not comparable with %d (%s)", step->from,
			step->break_words.in[LANG_EN]) } };
	change = say_change(k->pool, step->difference.value, share);
	return (struct words){ {
		pool_fmt(k->pool, "，比上年 %s%s，%s", change, share ? " 个百分点" : "",
			!step->significant ? "在抽样误差之内" :
			step->difference.value > 0 ? "上升超出抽样误差" : "下降超出抽样误差"),
		pool_fmt(k->pool, ", %s%s on the year before, %s", change, share ? " points" : "",
			!step->significant ? "within sampling error" : step->difference.value > 0 ?
			"a rise beyond sampling error" : "a fall beyond sampling error"),
	} };
}

/* "2024 年服务业满意度 78.4（76.9–79.8），比上年 +0.6，变化不显著" or why there
 * is none; no full stop. */
static struct words
series_words(const struct series *s, const struct known *k, const struct words *label)
{
	const struct figure *m = series_newest(s);
	const char *zh = label->in[LANG_ZH], *en = label->in[LANG_EN];
	bool share = m != NULL && figure_is_share(m);
	struct words figure, change;

	if (m == NULL)
		return (struct words){ { pool_fmt(k->pool, "还没有抽样的%s数据", zh),
			pool_fmt(k->pool, "There is no sampled figure of %s yet", en) } };
	if (m->err_code[0] != '\0') {
		figure = say_refusal(m);
		return (struct words){ {
			pool_fmt(k->pool, "%d 年%s不能公布：%s", m->year, zh, figure.in[LANG_ZH]),
			pool_fmt(k->pool, "The %d figure of %s cannot be shown: %s", m->year, en,
				figure.in[LANG_EN]) } };
	}
	figure = say_estimate(k->pool, &m->estimate, share);
	change = change_words(s, k, share);
	return (struct words){ {
		pool_fmt(k->pool, "%d 年%s %s%s", m->year, zh, figure.in[LANG_ZH],
			change.in[LANG_ZH]),
		pool_fmt(k->pool, "In %d %s was %s%s", m->year, en, figure.in[LANG_EN],
			change.in[LANG_EN]),
	} };
}

static struct words
stop(struct pool *pool, struct words w)
{
	return say_join(pool, w, (struct words){ { "。", "." } });
}

/* Sentences set one after another, English ones with a blank. */
static struct words
then(struct pool *pool, struct words a, struct words b)
{
	if (!has(&a) || !has(&b))
		return has(&a) ? a : b;
	return say_join(pool, a, say_join(pool, (struct words){ { "", " " } }, b));
}

/* The series of a headline's figure. */
static const struct series *
series_of(const struct known *k, const struct programme_part *part, enum stream stream)
{
	return surveys_series(k->surveys, k->indicator->figures.form, part->index, stream);
}

/* What people who chose to answer say, where nobody was drawn. */
static struct words
open_words(const struct known *k)
{
	const struct programme_part *first = &k->indicator->first[0];
	const struct figure *m = published(series_of(k, first, STREAM_OPEN));
	struct words figure;

	if (m == NULL || published(series_of(k, first, STREAM_SAMPLED)) != NULL)
		return (struct words){ { "", "" } };
	figure = say_estimate(k->pool, &m->estimate, figure_is_share(m));
	return (struct words){ {
		pool_fmt(k->pool, "群众扫码 %d 年为 %s（" STREAM_CAUTION_ZH "），不作判定依据。",
			m->year, figure.in[LANG_ZH]),
		pool_fmt(k->pool, "The open stream of %d gives %s (" STREAM_CAUTION_EN
			"); it decides nothing.", m->year, figure.in[LANG_EN]),
	} };
}

/* The figure that speaks first: of several the first that has a year, else the last. */
static const struct programme_part *
leading(const struct known *k)
{
	const struct indicator *row = k->indicator;
	size_t i = 0;

	while (i + 1 < row->firsts && series_of(k, &row->first[i], STREAM_SAMPLED)->years == 0)
		i++;
	return &row->first[i];
}

static struct words
leading_words(const struct known *k)
{
	const struct programme_part *part = leading(k);

	return series_words(series_of(k, part, STREAM_SAMPLED), k, &part->label);
}

/* ---- a trend ---- */

/* "四年数字逐年上升，但涨幅未超出抽样误差，尚不能认定“连续三年提高”"; p stands in the table. */
static struct words
trend_words(const struct clause *c, const struct known *k, bool up)
{
	struct words count = say_count(c->rule->years), years = say_count(c->steps + 1);
	const char *claim =
		pool_fmt(k->pool, "“连续%s年%s”", count.in[LANG_ZH], up ? "提高" : "递减");
	const char *way = up ? "上升" : "下降", *size = up ? "涨幅" : "降幅";
	const char *error = c->feed == FEED_COMPLAINTS ? "随机波动" : "抽样误差";
	const char *claim_en = pool_fmt(k->pool, "“%s %s in a row”",
		say_count(c->steps).in[LANG_EN], up ? "rises" : "falls");
	const char *way_en = up ? "rises" : "falls";

	if (c->literal == TRUTH_FALSE)
		return (struct words){ { pool_fmt(k->pool, "没有逐年%s，不符合%s", way, claim),
			pool_fmt(k->pool,
			"not every figure %s, so there are no %s", way_en, claim_en) } };
	if (c->literal != TRUTH_TRUE)
		return (struct words){ { pool_fmt(k->pool, "现有数据尚不能判断是否%s", claim),
			pool_fmt(k->pool,
			"the figures cannot tell yet whether there are %s", claim_en) } };
	if (c->proven == TRUTH_TRUE)
		return (struct words){ {
			pool_fmt(k->pool, "%s年数字逐年%s，%s超出%s，可以认定%s", years.in[LANG_ZH],
				way, size, error, claim),
			pool_fmt(k->pool,
				"each of the %s yearly figures %s,"
				" by more than chance: %s is confirmed",
				years.in[LANG_EN], way_en, claim_en) } };
	return (struct words){ {
		pool_fmt(k->pool, "%s年数字逐年%s，但%s未超出%s，尚不能认定%s", years.in[LANG_ZH],
			way, size, error, claim),
		pool_fmt(k->pool,
			"each of the %s yearly figures %s, but by no more"
			" than chance: %s is not confirmed",
			years.in[LANG_EN], way_en, claim_en) } };
}

/* "消费者投诉率每万人 24.8 件（23.8–25.9），低于全国的 31.5 件，可以认定" */
static struct words
national_words(const struct clause *c, const struct known *k)
{
	const struct figure *m = published(&k->surveys->complaints);
	const struct series *s = &k->surveys->complaints;
	struct words figure;
	bool below = c->literal == TRUTH_TRUE, sure = c->proven == TRUTH_TRUE;

	if (m == NULL || c->literal == TRUTH_UNKNOWN)
		return c->reason;
	figure = say_estimate(k->pool, &m->estimate, false);
	return (struct words){ {
		pool_fmt(k->pool, "%d 年消费者投诉率每万人 %s件，%s全国的 %.1f 件%s。", m->year,
			figure.in[LANG_ZH], below ? "低于" : "不低于", s->reference[s->years - 1],
			!below ? "" : sure ? "，可以认定" : "，但差距未超出随机波动，尚不能认定"),
		pool_fmt(k->pool,
			"Complaints in %d: %s per 10,000 residents, %s the national %.1f%s.",
			m->year, figure.in[LANG_EN], below ? "below" : "not below",
			s->reference[s->years - 1], !below ? "" : sure ? ", confirmed" :
			", but by no more than chance: not confirmed"),
	} };
}

static const struct clause *
clause_of(const struct track_row *row, enum rule_op op)
{
	for (size_t i = 0; i < row->rules; i++)
		if (row->rule[i].op == op)
			return &row->clause[i];
	return NULL;
}

static const struct clause *
clause_fed(const struct track_row *row, enum feed_kind feed)
{
	for (size_t i = 0; i < row->rules; i++)
		if (row->clause[i].feed == feed)
			return &row->clause[i];
	return NULL;
}

static struct words
headline_trend(const struct track_row *row, const struct known *k)
{
	const struct clause *trend = clause_fed(row, FEED_SERIES),
		*below = clause_of(row, RULE_BELOW_NATIONAL);
	struct words w = leading_words(k);

	if (trend != NULL && series_of(k, leading(k), STREAM_SAMPLED)->years > 0)
		w = say_join(k->pool, w, say_join(k->pool, (struct words){ { "；", "; " } },
			trend_words(trend, k, trend->rule->op == RULE_RISING)));
	w = then(k->pool, stop(k->pool, w), open_words(k));
	return below == NULL ? w : then(k->pool, w, national_words(below, k));
}

/* "服务业满意度四年数字逐年上升，…", "位居前列，标准未定", "投诉率低于全国，达标" */
static struct words
condition_words(const struct clause *c, const struct known *k)
{
	struct words state = standing_words(c->standing), w, label;

	if (c->feed == FEED_SERIES || (c->feed == FEED_COMPLAINTS && c->rule->op == RULE_FALLING)) {
		w = trend_words(c, k, c->rule->op == RULE_RISING);
		label = c->feed == FEED_SERIES ? c->rule->feed->label :
			(struct words){ { "消费者投诉率", "complaints" } };
		return (struct words){ {
			pool_fmt(k->pool, "%s%s", label.in[LANG_ZH], w.in[LANG_ZH]),
			pool_fmt(k->pool, "%s, %s", label.in[LANG_EN], w.in[LANG_EN]) } };
	}
	label = c->rule->op == RULE_FRONT ? (struct words){ { "位居前列", "place in front" } } :
		c->rule->op == RULE_BELOW_NATIONAL ?
		(struct words){ { "投诉率低于全国", "complaint rate below the national" } } :
		rule_label(c->rule, k->pool);
	return (struct words){ { pool_fmt(k->pool, "%s，%s", label.in[LANG_ZH], state.in[LANG_ZH]),
		pool_fmt(k->pool, "%s: %s", label.in[LANG_EN], state.in[LANG_EN]) } };
}

/* Each way the wording allows, with what is known of it. */
static struct words
reason_conditions(const struct track_row *row, const struct known *k,
	const enum standing standing[])
{
	struct words w = standing_words(row->standing), one, state, count;

	for (size_t i = 0; i < row->rules; i++) {
		bool begins = i == 0 || row->rule[i].group != row->rule[i - 1].group;

		one = condition_words(&row->clause[i], k);
		state = standing_words(verdict_group(standing, row->rule, row->rules,
			row->rule[i].group));
		count = say_count(row->rule[i].group);
		w = begins ? (struct words){ {
			pool_fmt(k->pool, "%s。条件%s（%s）：%s", w.in[LANG_ZH], count.in[LANG_ZH],
				state.in[LANG_ZH], one.in[LANG_ZH]),
			pool_fmt(k->pool, "%s. Condition %s (%s): %s", w.in[LANG_EN],
				count.in[LANG_EN], state.in[LANG_EN], one.in[LANG_EN]) } } :
				say_join(k->pool, w,
				say_join(k->pool, (struct words){ { "；", "; " } }, one));
	}
	return stop(k->pool, w);
}

/* ---- the other kinds of headline ---- */

static struct words
headline_place(const struct track_row *row, const struct known *k)
{
	const struct clause *c = &row->clause[0];
	struct words w = c->reason;

	if (has(&c->strength))
		return then(k->pool, w, c->strength);
	return then(k->pool, w, open_words(k));
}

static struct words
headline_level(const struct track_row *row, const struct known *k)
{
	const struct indicator *of = k->indicator;
	const struct clause *high = clause_of(row, RULE_HIGH);
	const struct figure *m = of->besides == 0 ? NULL :
		published(series_of(k, &of->beside[0], STREAM_SAMPLED));
	struct words w = leading_words(k), figure;

	if (m != NULL) {
		figure = say_estimate(k->pool, &m->estimate, figure_is_share(m));
		w = say_join(k->pool, w, (struct words){ {
			pool_fmt(k->pool, "；%s %s", of->beside[0].label.in[LANG_ZH],
				figure.in[LANG_ZH]),
			pool_fmt(k->pool, "; %s %s", of->beside[0].label.in[LANG_EN],
				figure.in[LANG_EN]) } });
	}
	w = stop(k->pool, w);
	if (high != NULL && !isnan(high->threshold) && high->signed_by != NULL && !has(&high->late))
		w = then(k->pool, w, say(k->pool, "标准为 %g%%，%s 于 %s 审定。",
			"The standard is %g%%, set by %s on %s.",
			high->threshold, high->signed_by, high->signed_date));
	return w;
}

/* "；环境质量最高 81.2，公共管理最低 72.5" of the figures that feed the row's clauses. */
static struct words
extremes(const struct track_row *row, const struct known *k)
{
	const struct figure *m, *low = NULL, *high = NULL;

	for (size_t i = 0; i < row->rules; i++) {
		if (feed_of(&row->rule[i]) != FEED_CONFIRMED || (m = published(
				surveys_figure(k->surveys, &row->rule[i].feed->figure))) == NULL)
			continue;
		low = low == NULL || m->estimate.value < low->estimate.value ? m : low;
		high = high == NULL || m->estimate.value > high->estimate.value ? m : high;
	}
	if (low == NULL)
		return (struct words){ { "", "" } };
	return (struct words){ { pool_fmt(k->pool, "；%s最高 %.1f，%s最低 %.1f",
		high->index_label.in[LANG_ZH], high->estimate.value, low->index_label.in[LANG_ZH],
		low->estimate.value), pool_fmt(k->pool,
		"; highest: %s, %.1f; lowest: %s, %.1f", high->index_label.in[LANG_EN],
		high->estimate.value, low->index_label.in[LANG_EN], low->estimate.value) } };
}

static struct words
headline_parts(const struct track_row *row, const struct known *k)
{
	const struct clause *front = clause_of(row, RULE_FRONT);
	struct words w = leading_words(k);

	if (published(series_of(k, leading(k), STREAM_SAMPLED)) != NULL)
		w = say_join(k->pool, w, extremes(row, k));
	w = stop(k->pool, w);
	w = then(k->pool, w, say(k->pool, "以上为本市自测，不能据此判为达标。",
		"These are our own figures: they cannot by themselves meet the indicator."));
	return front == NULL ? w : then(k->pool, w, front->reason);
}

static struct words
headline_experts(const struct track_row *row, const struct known *k)
{
	const struct indicator *of = k->indicator;
	struct words w = then(k->pool, row->clause[0].reason, stop(k->pool, leading_words(k)));
	const struct series *s;

	for (size_t i = 0; i < of->besides; i++) {
		s = series_of(k, &of->beside[i], STREAM_SAMPLED);
		if (published(s) != NULL)
			w = then(k->pool, w,
				stop(k->pool, series_words(s, k, &of->beside[i].label)));
	}
	return w;
}

/* ---- any row ---- */

/* The clause that speaks for a group: the first with the group's own standing. */
static const struct clause *
speaker(const struct track_row *row, const enum standing standing[], size_t first)
{
	enum standing group =
		verdict_group(standing, row->rule, row->rules, row->rule[first].group);

	for (size_t i = first; i < row->rules && row->rule[i].group == row->rule[first].group; i++)
		if (row->clause[i].standing == group)
			return &row->clause[i];
	return &row->clause[first];
}

/* "第 5、6 条" */
static const char *
numbers(const struct clause *const list[], size_t from, size_t n, struct pool *pool,
	const char *sep)
{
	const char *out = "";

	for (size_t i = from; i < n; i++)
		out = pool_fmt(pool, "%s%s%d", out, i > from ? sep : "", list[i]->rule->number);
	return out;
}

static struct words
reason_of(const struct track_row *row, const struct known *k, const enum standing standing[])
{
	const struct clause *list[LIST_MAX], *c;
	struct words state = standing_words(row->standing), w, label;
	size_t n = 0;

	for (size_t i = 0; i < row->rules; i++) {
		if (i > 0 && row->rule[i].group == row->rule[i - 1].group)
			continue;
		c = speaker(row, standing, i);
		if (c->standing == row->standing && n < LIST_MAX)
			list[n++] = c;
	}
	if (n == 0)
		return state;
	label = rule_label(list[0]->rule, k->pool);
	w = (struct words){ {
		pool_fmt(k->pool, "%s：第 %d 条“%s”，%s", state.in[LANG_ZH], list[0]->rule->number,
			label.in[LANG_ZH], list[0]->reason.in[LANG_ZH]),
		pool_fmt(k->pool, "%s: requirement %d, “%s”. %s", state.in[LANG_EN],
			list[0]->rule->number, label.in[LANG_EN], list[0]->reason.in[LANG_EN]),
	} };
	if (n == 1)
		return w;
	return say_join(k->pool, w, (struct words){ {
		pool_fmt(k->pool, "同为%s的还有第 %s 条。", state.in[LANG_ZH],
			numbers(list, 1, n, k->pool, "、")),
		pool_fmt(k->pool, " So %s %s.", n == 2 ? "is requirement" : "are requirements",
			numbers(list, 1, n, k->pool, ", ")) } });
}

/* "，2 条审定为不适用" of the clauses that dropped out this way; "" for none. */
static struct words
dropped(const struct track_row *row, const struct known *k, enum standing standing, const char *zh,
	const char *en)
{
	size_t n = 0;

	for (size_t i = 0; i < row->rules; i++)
		n += row->clause[i].standing == standing;
	return n == 0 ? (struct words){ { "", "" } } : (struct words){ {
		pool_fmt(k->pool, "，%zu 条%s", n, zh), pool_fmt(k->pool, ", %zu %s", n, en) } };
}

static struct words
reason_met(const struct track_row *row, const struct known *k)
{
	size_t met = 0, other = 0;
	struct words w;

	for (size_t i = 0; i < row->rules; i++) {
		met += row->clause[i].standing == STANDING_MET;
		other += row->clause[i].standing != STANDING_MET &&
			row->clause[i].standing != STANDING_NONE &&
			row->clause[i].standing != STANDING_CANCELLED;
	}
	if (row->rules == 1)
		return (struct words){ {
			pool_fmt(k->pool, "达标：%s", row->clause[0].reason.in[LANG_ZH]),
			pool_fmt(k->pool, "Met. %s", row->clause[0].reason.in[LANG_EN]) } };
	if (met == row->rules)
		return say(k->pool, "达标：%zu 条要求全部符合。",
			"Met: all %zu requirements hold.", row->rules);
	w = say(k->pool, "达标：%zu 条要求中符合 %zu 条",
		"Met: of %zu requirements %zu hold", row->rules, met);
	if (other > 0)
		w = say_join(k->pool, w, say(k->pool, "，%zu 条可由别条代替",
			", %zu with an alternative that holds", other));
	w = say_join(k->pool, w, dropped(row, k, STANDING_CANCELLED, "的评价依据已取消",
		"whose yardstick no longer exists"));
	w = say_join(k->pool, w,
		dropped(row, k, STANDING_NONE, "审定为不适用", "signed as not applicable"));
	return stop(k->pool, w);
}

/* Whose signature decides between the two readings, of the first clause where they differ. */
static struct words
with_governs(struct words w, const struct track_row *row, const struct known *k)
{
	for (size_t i = 0; i < row->rules; i++)
		if (row->clause[i].differ)
			return then(k->pool, w, governs_clause(&row->clause[i], k));
	return w;
}

/* A standard that was entered when its survey had begun is said beside every
 * result that rests on it. */
static struct words
with_late(struct words w, const struct track_row *row, const struct known *k)
{
	for (size_t i = 0; i < row->rules; i++)
		if (has(&row->clause[i].late) &&
				strstr(w.in[LANG_ZH], row->clause[i].late.in[LANG_ZH]) == NULL)
			return then(k->pool, w, row->clause[i].late);
	return w;
}

void
sentence_row(struct track_row *row, const struct known *k)
{
	static struct words (*const headline[HEADLINE_MAX])(const struct track_row *,
		const struct known *) = {
			[HEADLINE_TREND] = headline_trend,
			[HEADLINE_PLACE] = headline_place,
			[HEADLINE_LEVEL] = headline_level,
			[HEADLINE_PARTS] = headline_parts,
			[HEADLINE_EXPERTS] = headline_experts,
		};
	enum standing *standing = pool_array(k->pool, row->rules, sizeof(*standing));
	enum headline_kind kind = row->indicator->headline;

	for (size_t i = 0; i < row->rules; i++)
		standing[i] = row->clause[i].standing;
	row->headline = kind == HEADLINE_NONE ? (struct words){ { "", "" } } :
		headline[kind](row, k);
	if (kind == HEADLINE_TREND)
		row->reason = with_governs(reason_conditions(row, k, standing), row, k);
	else if (row->standing == STANDING_MET)
		row->reason = reason_met(row, k);
	else
		row->reason = reason_of(row, k, standing);
	row->reason = with_late(row->reason, row, k);
	if (has(&row->headline))
		row->headline = with_late(row->headline, row, k);
}
