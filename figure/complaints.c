/* Complaint counts as a yearly series: exact Poisson intervals, exact tests of the steps. */
#include "figure/figure.h"

#include <math.h>

#include "db/track.h"
#include "stats/dist.h"
#include "stats/compare/rate.h"
#include "figure/definition.h"
#include "figure/series.h"

static const double per = 10000;	/* residents */

/* Garwood's interval of a count, per `per` residents. */
static void
rate_estimate(struct estimate *e, const struct complaint_row *row)
{
	double k = (double)row->registered, scale = per / row->residents;
	struct span garwood = rate_garwood(k, 0.95);

	*e = (struct estimate){
		.value = k * scale, .se = sqrt(k) * scale, .level = 0.95, .df = INFINITY, .n = k,
		.n_eff = NAN, .kish = NAN, .deff = NAN,
		.method = "Poisson count, Garwood exact interval",
		.mapping = "per 10,000 residents", .population = "", .stream = "",
	};
	e->low = garwood.low * scale;
	e->high = garwood.high * scale;
}

static struct figure
rate_figure(const struct complaint_row *row)
{
	struct figure m = {
		.form = "complaints", .index = "rate",
		.index_label = { { "消费者投诉率（件/万人）",
			"Consumer complaints per 10,000 residents" } },
		.domain = "all", .domain_label = { { "全市", "Whole city" } },
		.year = row->year, .stream = "", .margins = "", .margins_hash = "", .err_code = "",
		.note = { { "投诉件数可能一事多诉，区间偏窄；投诉少不等于更满意",
			"one incident may bring many complaints, so the interval is rather narrow;"
			" fewer complaints do not prove more satisfaction" } },
	};

	rate_estimate(&m.estimate, row);
	if (isnan(row->residents)) {
		m.err_code = "no_residents";
		err_set(&m.err, ERR_REFUSED, "%d 年没有常住人口数，算不出投诉率",
			"the number of residents of %d is not known: there is no rate", row->year);
	}
	return m;
}

static void
step_test(struct step *step, const struct complaint_row *was, const struct complaint_row *is)
{
	struct rate from = { (double)was->registered, was->residents },
		to = { (double)is->registered, is->residents };
	struct rate_change change = rate_compare(&from, &to, 0.95);
	bool known = !isnan(was->residents) && !isnan(is->residents);

	step->p_down = known ? change.p_fall : NAN;
	step->p_up = known ? change.p_rise : NAN;
	step->significant = !step->broken && 2 * fmin(step->p_up, step->p_down) < 0.05;
}

static void
step_difference(struct estimate *e, const struct estimate *was, const struct estimate *is)
{
	*e = *is;
	e->value = is->value - was->value;
	e->se = sqrt(was->se * was->se + is->se * is->se);
	e->low = e->value - dist_critical(0.95, INFINITY) * e->se;
	e->high = e->value + dist_critical(0.95, INFINITY) * e->se;
	e->n = was->n + is->n;
	e->method = "difference of Poisson rates, normal interval; exact conditional binomial test";
}

static void
break_say(struct step *step, struct pool *pool, const char *zh, const char *en)
{
	struct words *w = &step->break_words;

	w->in[LANG_ZH] = pool_fmt(pool, "%s%s%s", w->in[LANG_ZH], step->broken ? "；" : "", zh);
	w->in[LANG_EN] = pool_fmt(pool, "%s%s%s", w->in[LANG_EN], step->broken ? "; " : "", en);
	step->broken = true;
	step->break_note = w->in[LANG_ZH];
}

/* Two known definitions that differ; of an unknown one nothing is claimed. */
static bool
counts_changed(const struct complaint_row *was, const struct complaint_row *is)
{
	return was->definition[0] != '\0' && is->definition[0] != '\0' &&
		!definition_same(was->definition, is->definition);
}

static void
step_break(struct step *step, const struct complaint_row *was, const struct complaint_row *is,
	struct pool *pool)
{
	step->break_words = (struct words){ { "", "" } };
	step->break_note = "";
	if (step->to - step->from > 1)
		break_say(step, pool,
			pool_fmt(pool, "%d 年与 %d 年之间缺年份", step->from, step->to),
			pool_fmt(pool, "no figure between %d and %d", step->from, step->to));
	if (is->break_note[0] != '\0')
		break_say(step, pool, is->break_note, is->break_note);
	if (counts_changed(was, is))
		break_say(step, pool,
			pool_fmt(pool, "统计口径改变（%s → %s）", was->definition, is->definition),
			pool_fmt(pool,
			"another definition (%s → %s)", was->definition, is->definition));
}

/* "本市的口径为12315 登记的投诉，不含举报；全国的口径没有登记" */
static struct words
definition_both(const struct complaint_row *row, struct pool *pool)
{
	struct err none = { 0 };
	unsigned ours, theirs;
	struct words a, b;

	if (definition_read(&ours, row->definition, &none) != 0)
		ours = 0;
	if (definition_read(&theirs, row->national_definition, &none) != 0)
		theirs = 0;
	a = definition_words(ours, pool);
	b = definition_words(theirs, pool);
	if (ours == 0 && theirs == 0)
		return (struct words){ { "本市和全国的口径都没有登记",
			"neither definition is on record" } };
	return (struct words){ { pool_fmt(pool, "本市的口径%s%s；全国的口径%s%s",
		ours == 0 ? "没有登记" : "为 ", ours == 0 ? "" : a.in[LANG_ZH],
		theirs == 0 ? "没有登记" : "为 ", theirs == 0 ? "" : b.in[LANG_ZH]),
		pool_fmt(pool, "ours: %s; national: %s", a.in[LANG_EN], b.in[LANG_EN]) } };
}

int
figure_complaints(struct db *db, int until, int wanted, struct series *series, struct pool *pool,
	struct err *err)
{
	struct complaint_row *row;
	struct figure *year;
	struct step *step;
	struct words *definition;
	double *national;
	bool *comparable;
	size_t n;

	if (db_list_complaints(db, &row, &n, pool, err) != 0)
		return -1;
	while (until != 0 && n > 0 && row[n - 1].year > until)
		n--;
	year = pool_array(pool, n + 1, sizeof(*year));
	step = pool_array(pool, n + 1, sizeof(*step));
	national = pool_array(pool, n + 1, sizeof(*national));
	comparable = pool_array(pool, n + 1, sizeof(*comparable));
	definition = pool_array(pool, n + 1, sizeof(*definition));
	for (size_t i = 0; i < n; i++) {
		year[i] = rate_figure(&row[i]);
		national[i] = row[i].national_per_10000;
		comparable[i] = definition_same(row[i].definition, row[i].national_definition);
		definition[i] = definition_both(&row[i], pool);
		if (i == 0)
			continue;
		step[i - 1] = (struct step){ .from = row[i - 1].year, .to = row[i].year };
		step_break(&step[i - 1], &row[i - 1], &row[i], pool);
		step_difference(&step[i - 1].difference, &year[i - 1].estimate, &year[i].estimate);
		step_test(&step[i - 1], &row[i - 1], &row[i]);
	}
	*series = (struct series){
		.form = "complaints", .index = "rate", .stream = "",
		.label = { { "消费者投诉率（件/万人）",
			"Consumer complaints per 10,000 residents" } },
		.year = year, .years = n, .step = step, .wanted = wanted, .reference = national,
		.comparable = comparable, .definition = definition, .target = NAN,
	};
	series_finish(series);
	return 0;
}
