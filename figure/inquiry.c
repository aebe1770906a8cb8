/* Questions to stored waves, answered from sums. */
#include "figure/inquiry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "stats/fault.h"
#include "figure/fold_in.h"
#include "figure/inquiry_in.h"
#include "figure/series.h"

enum { WAVES_MAX = 32 };

/* ---- open ---- */

static int
wave_add(struct inquiry *q, const char *name, struct err *err)
{
	const struct wave *all;
	struct wave w;
	size_t n, i;

	if (db_find_wave(session_db(q->session), &w, name, q->pool, err) != 0)
		return -1;
	all = session_waves(q->session, &n);
	for (i = 0; i < n && all[i].id != w.id; i++)
		;
	if (i == n || q->waves == WAVES_MAX)
		return err_set(err, ERR_INPUT, "轮次太多（“%s”）", "too many waves (“%s”)", name);
	if (q->waves > 0 && strcmp(all[q->at[0]].form_id, all[i].form_id) != 0)
		return err_set(err, ERR_INPUT,
			"轮次 %s 用的是问卷 %s，与前面的 %s 不同，不能放在一起",
			"wave %s is of form %s, not %s as the one"
			" before: they cannot stand together", name, all[i].form_id,
			all[q->at[0]].form_id);
	q->at[q->waves++] = i;
	return 0;
}

static int
years_check(struct inquiry *q, struct err *err)
{
	for (size_t i = 0; i + 1 < q->waves; i++)
		if (inquiry_wave(q, i)->year >= inquiry_wave(q, i + 1)->year)
			return err_set(err, ERR_INPUT, "多个轮次应按年份先后列出，每年一轮",
				"several waves are named in the order of their years, one a year");
	return 0;
}

int
inquiry_open(struct inquiry *q, struct session *session, const char *names, enum stream stream,
	struct err *err)
{
	struct pool *pool = session_pool(session);
	char *rest = pool_strdup(pool, names), *name;

	*q = (struct inquiry){ .session = session, .pool = pool, .stream = stream };
	q->at = pool_array(pool, WAVES_MAX, sizeof(*q->at));
	while ((name = strtok_r(rest, ",", &rest)) != NULL)
		if (wave_add(q, name, err) != 0)
			return -1;
	if (q->waves == 0)
		return err_set(err, ERR_USAGE, "没有说是哪一轮，如 A-2024",
			"say which wave, as A-2024");
	for (size_t i = 0; stream == STREAM_SAMPLED && i < q->waves; i++) {
		const struct margins *m = inquiry_margins(q, i);

		if (m->fault == NULL || q->fault != NULL)
			continue;
		q->fault = m->fault;
		q->err = m->err;
	}
	return years_check(q, err);
}

const struct wave *
inquiry_wave(const struct inquiry *q, size_t i)
{
	size_t n;

	return &session_waves(q->session, &n)[q->at[i]];
}

const struct margins *
inquiry_margins(const struct inquiry *q, size_t i)
{
	return session_margins(q->session, q->at[i]);
}

struct fold *
inquiry_fold(const struct inquiry *q, size_t i, struct err *err)
{
	return session_fold(q->session, q->at[i], err);
}

/* ---- scores ---- */

static bool
name_is(const char *name, const struct inquiry_is *is)
{
	for (size_t i = 0; i < is->names; i++) {
		char *end, *end_is;
		double x = strtod(name, &end), y = strtod(is->name[i], &end_is);

		if (strcmp(name, is->name[i]) == 0 || (end != name && *end == '\0' &&
				end_is != is->name[i] && *end_is == '\0' && x == y))
			return true;
	}
	return false;
}

/* The choice of an item that is named, or NULL. */
static const struct choice *
choice_named(const struct item *item, const char *name)
{
	struct inquiry_is one = { &name, 1 };

	for (size_t i = 0; i < item->choices; i++)
		if (name_is(item->choice[i].name, &one))
			return &item->choice[i];
	return NULL;
}

/* A misspelt choice would count nobody and say nothing. */
static int
choices_check(const struct form *form, const char *name, const char *const choice[], size_t n,
	struct err *err)
{
	int at = form_item(form, name);
	struct text t = TEXT_INIT;

	if (at < 0 || form->item[at].choices == 0)
		return 0;
	for (size_t i = 0; i < n; i++) {
		if (choice_named(&form->item[at], choice[i]) != NULL)
			continue;
		for (size_t c = 0; c < form->item[at].choices; c++)
			text_fmt(&t, " %s", form->item[at].choice[c].name);
		err_set(err, fault_code(FAULT_INPUT), "%s 没有选项“%s”；有：%s",
			"%s has no choice \"%s\"; it has:%s", name, choice[i], text_str(&t));
		text_clear(&t);
		return FAULT_INPUT;
	}
	return 0;
}

static int
ask_check(const struct form *form, const struct inquiry_ask *ask, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && ask->is != NULL && i < ask->items; i++)
		rc = choices_check(form, ask->item[i], ask->is->name, ask->is->names, err);
	for (size_t i = 0; rc == 0 && i < ask->wheres; i++)
		rc = choices_check(form, ask->where[i].variable, ask->where[i].level,
			ask->where[i].levels, err);
	return rc;
}

/* The share of one item with some of its choices; false where sums cannot hold it. */
static bool
share_score(struct score *score, const struct item *item, const struct inquiry_is *is,
	struct pool *pool)
{
	int *in = pool_array(pool, item->choices + 1, sizeof(*in));

	if (item->choices == 0 || item->kind == KIND_MULTI || kind_written(item->kind))
		return false;
	score->kind = SCORE_SHARE;
	score->lo = INT_MAX;
	score->hi = INT_MIN + 1;
	score->in = in;
	for (size_t i = 0; i < item->choices; i++) {
		const struct choice *c = &item->choice[i];

		if (c->code == FORM_DONT_KNOW || c->code == FORM_SKIPPED)
			continue;
		score->lo = c->code < score->lo ? c->code : score->lo;
		score->hi = c->code > score->hi ? c->code : score->hi;
		if (name_is(c->name, is))
			in[score->ins++] = c->code;
	}
	return score->ins > 0 && score->lo < score->hi;
}

static bool
score_of(struct score *score, const struct form *form, const struct inquiry_ask *ask, size_t i,
	struct pool *pool)
{
	int at = form_item(form, ask->item[i]);
	size_t *position;

	if (at < 0)
		return false;
	position = pool_take(pool, sizeof(*position));
	*position = (size_t)at;
	*score = (struct score){ .name = ask->item[i], .kind = SCORE_SCALE, .item = position,
		.items = 1, .lo = form->item[at].low, .hi = form->item[at].high };
	if (ask->is != NULL)
		return share_score(score, &form->item[at], ask->is, pool);
	return form->item[at].kind == KIND_SCALE &&
		(!ask->points || (ask->lo == score->lo && ask->hi == score->hi));
}

/* Every item as a score; false where one is none. */
static bool
scores_of(struct score **score, const struct form *form, const struct inquiry_ask *ask,
	struct pool *pool)
{
	*score = pool_array(pool, ask->items + 1, sizeof(**score));
	for (size_t i = 0; i < ask->items; i++)
		if (!score_of(&(*score)[i], form, ask, i, pool))
			return false;
	return ask->items > 0;
}

/* ---- which variables ---- */

struct variables {
	const char **name;
	size_t n, extra;		/* extra: those a slice has only as its `by` */
	const char *by;			/* one of them; "" */
};

static bool
listed(const char *const name[], size_t n, const char *what)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(name[i], what) == 0)
			return true;
	return false;
}

static void
variable_add(struct variables *v, const char *name, bool margin)
{
	if (listed(v->name, v->n, name))
		return;
	v->name[v->n++] = name;
	if (margin)
		return;
	v->extra++;
	v->by = name;
}

/* "flagged", margins, groups and conditions; false where a name is no variable of the wave. */
static bool
variables_of(struct variables *v, const struct fold *fold, const struct margins *m,
	const struct inquiry_ask *ask, struct pool *pool)
{
	*v = (struct variables){ .by = "" };
	v->name = pool_array(pool, 2 + m->n + ask->bys + ask->wheres, sizeof(*v->name));
	variable_add(v, "flagged", true);
	for (size_t i = 0; i < m->n; i++)
		variable_add(v, m->margin[i].variable, true);
	for (size_t i = 0; i < ask->bys; i++)
		variable_add(v, ask->by[i], false);
	for (size_t i = 0; i < ask->wheres; i++)
		variable_add(v, ask->where[i].variable, false);
	for (size_t i = 1; i < v->n; i++)
		if (fold_variable(fold->form, v->name[i]).kind == VARIABLE_NONE)
			return false;
	return v->n <= FOLD_VARIABLES_MAX;
}

/* ---- one wave ---- */

/* Where the item is among the scores the wave keeps sums of, if it can be asked of them. */
static bool
kept_score(size_t *at, const struct fold *fold, const struct inquiry_ask *ask,
	const struct variables *v)
{
	const struct score_layout *layout = &fold->scores.layout[SCORES_ITEM][0];

	if (ask->is != NULL || ask->items != 1 || v->extra > 1)
		return false;
	for (*at = 0; *at < layout->scores; (*at)++)
		if (strcmp(layout->score[*at].name, ask->item[0]) == 0)
			return true;
	return false;
}

static int
survey_make(struct survey **survey, const struct inquiry *q, const struct tally *tally,
	const struct margins *m, struct err *err)
{
	static const char *const main_rows[] = { "0" };
	static const struct survey_where in_main = { .variable = "flagged", .level = main_rows,
		.levels = 1 };
	struct survey_options options = { .rake = { .aside = true }, .where = &in_main, .wheres = 1,
		.margin = m->margin, .margins = m->n };

	return survey_open(survey, tally, &options, q->pool, err);
}

static int
estimate(struct table *t, const struct inquiry *q, const struct inquiry_ask *ask,
	const struct tally *tally,
	const size_t *score, const struct margins *m, const struct wave *wave, struct err *err)
{
	struct survey_ask what = { .score = score, .scores = score != NULL ? 1 : 0, .by = ask->by,
		.bys = ask->bys, .where = ask->where, .wheres = ask->wheres, .level = ask->level,
		.interval = ask->interval, .domain_df = ask->domain_df, .own_df = ask->own_df,
		.mapping = ask->is != NULL ? "share" : wave->mapping,
		.population = wave->population, .stream = stream_name(q->stream) };
	struct survey *survey;
	int rc = survey_make(&survey, q, tally, m, err);

	return rc != 0 ? rc : survey_estimate(t, survey, &what, q->pool, err);
}

/* From the stored sums: 1 where they could not be made current. */
static int
estimate_kept(struct table *t, const struct inquiry *q, struct fold *fold,
	const struct inquiry_ask *ask,
	const struct variables *v, size_t score, const struct margins *m, struct err *err)
{
	struct fold_slice slice = { SCORES_ITEM, v->by, false };
	const struct tally *tally;

	if (fold_slices(fold, &slice, 1, false, q->pool, err) != 0 ||
			(tally = fold_tally(fold, &slice, q->stream)) == NULL)
		return SURVEY_ROWS;
	return estimate(t, q, ask, tally, &score, m, &fold->wave, err);
}

static int
estimate_own(struct table *t, const struct inquiry *q, struct fold *fold,
	const struct inquiry_ask *ask, const struct variables *v, const struct score score[],
	const struct margins *m, struct err *err)
{
	struct score_layout layout;
	struct tally tally;
	int rc = score_layout(&layout, score, ask->items, true, ask->items > 1, q->pool, err);

	if (rc != 0)
		return rc;
	if (fold_own(&tally, fold, &layout, v->name, v->n, q->stream, q->pool, err) == -1)
		return FAULT_INPUT;
	return estimate(t, q, ask, &tally, NULL, m, &fold->wave, err);
}

static int
wave_table(struct table *t, const struct inquiry *q, size_t i, const struct inquiry_ask *ask,
	struct err *err)
{
	static const struct margins none = { .names = "" };
	const struct margins *m = q->stream == STREAM_SAMPLED ? inquiry_margins(q, i) : &none;
	struct fold *fold = inquiry_fold(q, i, err);
	struct score *score;
	struct variables v;
	size_t at;
	int rc = SURVEY_ROWS;

	if (fold == NULL)
		return FAULT_INPUT;
	if ((rc = ask_check(fold->form, ask, err)) != 0)
		return rc;
	rc = SURVEY_ROWS;
	if (!scores_of(&score, fold->form, ask, q->pool) ||
			!variables_of(&v, fold, m, ask, q->pool))
		return SURVEY_ROWS;
	if (kept_score(&at, fold, ask, &v))
		rc = estimate_kept(t, q, fold, ask, &v, at, m, err);
	if (rc == SURVEY_ROWS)
		rc = estimate_own(t, q, fold, ask, &v, score, m, err);
	if (rc != 0)
		return rc;
	inquiry_arrange(t, q->pool);
	inquiry_finish(t, ask, score, q->pool);
	return 0;
}

/* ---- over waves ---- */

/* The same groups under the year they belong to. */
static void
year_label(struct table *t, int year, struct pool *pool)
{
	const char **by = pool_array(pool, t->bys + 1, sizeof(*by)),
		*label = pool_fmt(pool, "%d", year);

	by[0] = "year";
	if (t->bys > 0)
		memcpy(by + 1, t->by, t->bys * sizeof(*by));
	for (size_t i = 0; i < t->rows; i++) {
		const char **level = pool_array(pool, t->bys + 1, sizeof(*level));

		level[0] = label;
		if (t->bys > 0 && t->row[i].by != NULL)
			memcpy(level + 1, t->row[i].by, t->bys * sizeof(*level));
		t->row[i].by = level;
	}
	t->by = by;
	t->bys++;
}

static bool
all_shared(const struct inquiry *q)
{
	for (size_t i = 0; i + 1 < q->waves; i++)
		if (!series_shared(inquiry_wave(q, i), inquiry_wave(q, i + 1), q->stream))
			return false;
	return true;
}

static int
join(struct table *t, const struct inquiry *q, struct table part[], struct err *err)
{
	const struct table *each[WAVES_MAX];
	struct err quiet = { 0 };

	for (size_t i = 0; i < q->waves; i++) {
		year_label(&part[i], inquiry_wave(q, i)->year, q->pool);
		each[i] = &part[i];
	}
	/* Element samples cannot be matched unit by unit: then the waves are independent. */
	if (all_shared(q) && table_join(t, each, q->waves, true, q->pool, &quiet) == 0)
		return 0;
	return table_join(t, each, q->waves, false, q->pool, err);
}

int
inquiry_table(struct table *t, const struct inquiry *q, const struct inquiry_ask *ask,
	struct err *err)
{
	bool years = ask->bys > 0 && strcmp(ask->by[0], "year") == 0;
	struct table part[WAVES_MAX];
	struct inquiry_ask one = *ask;
	int rc;

	if (!years)
		return q->waves > 1 ? fault_set(err, FAULT_INPUT,
			"选了多个轮次：请按 year 分组（by）或比较（over）",
			"several waves are open: group by or compare over \"year\"") :
			wave_table(t, q, 0, ask, err);
	one.by++;
	one.bys--;
	for (size_t i = 0; i < q->waves; i++)
		if ((rc = wave_table(&part[i], q, i, &one, err)) != 0)
			return rc;
	return join(t, q, part, err);
}

/* ---- figures by name ---- */

static int
figure_wave(struct table *t, const struct inquiry *q, size_t i, const char *name, const char *by,
	double level, struct err *err)
{
	struct figures_ask ask = { .by = by != NULL ? by : "", .level = level > 0 ? level : 0.95,
		.weights = session_weights(q->session), .margins = inquiry_margins(q, i) };
	struct fold *fold = inquiry_fold(q, i, err);
	const struct scores_figure *figure;
	struct fold_slice slice;
	int rc;

	if (fold == NULL || fold_by_known(fold, ask.by, err) != 0)
		return FAULT_INPUT;
	if ((figure = scores_find(&fold->scores, name, &ask.set)) == NULL)
		return fault_set(err, FAULT_COLUMN, "问卷 %s 没有指数或比例“%s”",
			"form %s has no index or share “%s”", fold->form->id, name);
	slice = figures_slice(fold, &ask);
	if (fold_slices(fold, &slice, 1, false, q->pool, err) != 0)
		return FAULT_INPUT;
	rc = figures_rows(t, fold, &ask, figure, q->stream, q->pool, err);
	if (rc == 0)
		inquiry_arrange(t, q->pool);
	return rc;
}

int
inquiry_figure(struct table *t, const struct inquiry *q, const char *figure, const char *by,
	double level, struct err *err)
{
	struct table *part = pool_array(q->pool, q->waves, sizeof(*part));
	int rc;

	for (size_t i = 0; i < q->waves; i++)
		if ((rc = figure_wave(&part[i], q, i, figure, by, level, err)) != 0)
			return rc;
	if (q->waves > 1)
		return join(t, q, part, err);
	*t = part[0];
	return 0;
}
