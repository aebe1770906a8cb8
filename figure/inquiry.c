/* Questions to stored waves. */
#include "figure/inquiry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "stats/fault.h"
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

struct figures *
inquiry_figures(const struct inquiry *q, size_t i, struct err *err)
{
	return session_wave(q->session, q->at[i], err);
}

/* ---- columns ---- */

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

/* What each choice counts: one of those named, or its code on the scale; without 98 and 99. */
static const int32_t *
parts_of(const struct item *item, const struct inquiry_is *is, struct pool *pool)
{
	int32_t *part = pool_array(pool, COLUMN_CODES, sizeof(*part));

	for (size_t c = 0; c < COLUMN_CODES; c++) {
		const struct choice *choice = c < item->choices ? &item->choice[c] : NULL;

		part[c] = COLUMN_MISSING;
		if (choice == NULL || choice->code == FORM_DONT_KNOW ||
				choice->code == FORM_SKIPPED)
			continue;
		if (is != NULL)
			part[c] = name_is(choice->name, is);
		else if (choice->code >= item->low && choice->code <= item->high)
			part[c] = choice->code;
	}
	return part;
}

/* An indicator of who ticked what is named of a multiple, or of each of its choices, of those who
 * ticked anything; how many. */
static size_t
ticked_put(struct column column[], struct survey *s, size_t at, const struct inquiry_is *is)
{
	const struct item *item = &s->answers->form->item[at];
	struct score score = { .name = item->name, .kind = SCORE_SET, .item = &at, .items = 1 };
	size_t n = 0;

	for (size_t c = 0; c < item->choices; c++) {
		const char *choice = item->choice[c].name;

		if (is == NULL)
			score = (struct score){ .name = pool_fmt(s->pool, "%s%s", item->name,
				choice), .kind = SCORE_SET, .item = &at, .items = 1 };
		if (is == NULL || name_is(choice, is))
			score.mask.bit[c / 64] |= UINT64_C(1) << c % 64;
		if (is == NULL)
			column[n++] = survey_column(s, &score);
	}
	if (is != NULL)
		column[n++] = survey_column(s, &score);
	return n;
}

/* A column of one item with one answer; false where it is none: words, another scale. */
static bool
column_of(struct column *column, struct survey *s, const struct inquiry_ask *ask, size_t at)
{
	const struct item *item = &s->answers->form->item[at];

	if (item->choices == 0 || kind_written(item->kind))
		return false;
	*column = (struct column){ .name = item->name, .unit = 1, .upper = 1,
		.code = survey_codes(s, at), .part = parts_of(item, ask->is, s->pool) };
	if (ask->is != NULL)
		return true;
	column->upper = NAN;
	if (ask->points) {
		column->upper = 100;
		column->unit = 100. / (ask->hi - ask->lo);
		column->zero = -column->unit * ask->lo;
	}
	return item->kind == KIND_SCALE &&
		(!ask->points || (ask->lo == item->low && ask->hi == item->high));
}

/* Columns of all items; NULL where columns cannot tell. */
static const struct column *
columns_of(size_t *n, struct survey *s, const struct inquiry_ask *ask)
{
	const struct form *form = s->answers->form;
	struct column *column;
	size_t most = 0;
	int at;

	for (size_t i = 0; i < ask->items; i++) {
		if ((at = form_item(form, ask->item[i])) < 0)
			return NULL;
		most += 1 + form->item[at].choices;
	}
	column = pool_array(s->pool, most + 1, sizeof(*column));
	*n = 0;
	for (size_t i = 0; i < ask->items; i++) {
		at = form_item(form, ask->item[i]);
		if (form->item[at].kind == KIND_MULTI && !ask->points)
			*n += ticked_put(column + *n, s, (size_t)at, ask->is);
		else if (form->item[at].kind == KIND_MULTI ||
				!column_of(&column[(*n)++], s, ask, (size_t)at))
			return NULL;
	}
	return column;
}

/* ---- who ---- */

/* The item of that name that takes several choices, or -1. */
static int
multiple(const struct form *form, const char *name)
{
	int at = form_item(form, name);

	return at >= 0 && form->item[at].kind == KIND_MULTI ? at : -1;
}

static void
where_ticked(bool in[], struct survey *s, size_t item, const struct inquiry_is *is)
{
	struct column column;

	ticked_put(&column, s, item, is);
	for (size_t i = 0; i < s->n; i++)
		in[i] = in[i] && column_part(&column, i) == 1;
}

/* Clear in[] of rows that do not fit one condition. */
static int
where_apply(bool in[], struct survey *s, const struct inquiry_where *where, struct err *err)
{
	struct inquiry_is is = { where->level, where->levels };
	int rc, item = multiple(s->answers->form, where->variable);
	struct factor f;
	bool *named;

	if (item >= 0) {
		where_ticked(in, s, (size_t)item, &is);
		return 0;
	}
	if ((rc = survey_factor(&f, s, where->variable, err)) != 0)
		return rc;
	named = pool_array(s->pool, f.levels + 1, sizeof(*named));
	for (size_t l = 0; l < f.levels; l++)
		named[l] = name_is(f.level[l], &is);
	for (size_t i = 0; i < s->n; i++)
		in[i] = in[i] && f.of[i] != FACTOR_NONE && named[f.of[i]];
	return 0;
}

static int
where_make(const bool **where, struct survey *s, const struct inquiry_ask *ask, struct err *err)
{
	bool *in = pool_array(s->pool, s->n + 1, sizeof(*in));
	int rc = 0;

	memset(in, 1, s->n * sizeof(*in));
	for (size_t i = 0; rc == 0 && i < ask->wheres; i++)
		rc = where_apply(in, s, &ask->where[i], err);
	*where = ask->wheres > 0 ? in : NULL;
	return rc;
}

/* ---- one wave ---- */

/* Can all it names be asked of columns: an item, a group, a condition? */
static bool
askable(const struct form *form, const struct inquiry_ask *ask)
{
	for (size_t i = 0; i < ask->bys; i++)
		if (level_find(form, ask->by[i]).kind == LEVEL_NONE)
			return false;
	for (size_t i = 0; i < ask->wheres; i++)
		if (level_find(form, ask->where[i].variable).kind == LEVEL_NONE &&
				multiple(form, ask->where[i].variable) < 0)
			return false;
	return ask->items > 0;
}

static int
table_estimate(struct table *t, struct survey *s, const struct inquiry_ask *ask, struct err *err)
{
	struct factor *factor = pool_array(s->pool, ask->bys + 1, sizeof(*factor));
	const struct factor **by = pool_array(s->pool, ask->bys + 1, sizeof(*by));
	struct sample_ask what = { .by = by, .bys = ask->bys, .paired = ask->paired,
		.totals = true, .level = ask->level, .interval = ask->interval, .df = ask->df };
	int rc;

	if ((what.of = columns_of(&what.ofs, s, ask)) == NULL)
		return INQUIRY_ROWS;
	for (size_t i = 0; i < ask->bys; i++) {
		if ((rc = survey_factor(&factor[i], s, ask->by[i], err)) != 0)
			return rc;
		by[i] = &factor[i];
	}
	rc = where_make(&what.where, s, ask, err);
	return rc != 0 ? rc : sample_estimate(t, s->sample, &what, s->pool, err);
}

static int
wave_table(struct table *t, const struct inquiry *q, size_t i, const struct inquiry_ask *ask,
	struct err *err)
{
	struct survey_how how = { .stream = q->stream, .margins = inquiry_margins(q, i) };
	struct figures *figures = inquiry_figures(q, i, err);
	struct survey *s;
	int rc;

	if (figures == NULL)
		return FAULT_INPUT;
	if ((rc = ask_check(figures->answers.form, ask, err)) != 0)
		return rc;
	if (!askable(figures->answers.form, ask))
		return INQUIRY_ROWS;
	rc = figures_survey(&s, figures, &how, err);
	return rc != 0 ? rc : table_estimate(t, s, ask, err);
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

/* Several choices, and not the same in every version of the form, make no comparison. */
static int
rows_check(const struct inquiry *q, const struct table part[], struct err *err)
{
	size_t items = table_items(&part[0]);
	bool same = true;

	for (size_t i = 1; same && i < q->waves; i++) {
		same = table_items(&part[i]) == items;
		for (size_t k = 0; same && k < items; k++)
			same = strcmp(part[0].row[k].of, part[i].row[k].of) == 0;
	}
	return same ? 0 : fault_set(err, FAULT_INPUT,
		"各轮次的选项不同，不能放在一起比较：请用 share 说明选项",
		"the choices are not the same in every wave: name one of them with share");
}

static int
join(struct table *t, const struct inquiry *q, struct table part[], struct err *err)
{
	const struct table *each[WAVES_MAX];
	struct err quiet = { 0 };

	if (rows_check(q, part, err) != 0)
		return FAULT_INPUT;

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

bool
inquiry_named(const struct inquiry *q, const char *name)
{
	struct err quiet = { 0 };
	enum scores_set set;
	bool named = false;

	for (size_t i = 0; i < q->waves; i++) {
		const struct figures *figures = inquiry_figures(q, i, &quiet);

		if (figures == NULL)
			continue;
		if (form_item(figures->answers.form, name) >= 0)
			return false;
		named = named || scores_find(&figures->scores, name, &set) != NULL;
	}
	return named;
}

static int
figure_wave(struct table *t, const struct inquiry *q, size_t i, const char *name, const char *by,
	double level, struct err *err)
{
	struct figures_ask ask = { .by = by != NULL ? by : "", .level = level > 0 ? level : 0.95,
		.weights = session_weights(q->session), .margins = inquiry_margins(q, i) };
	struct figures *figures = inquiry_figures(q, i, err);
	const struct scores_figure *figure;

	if (figures == NULL || level_known(figures->answers.form, ask.by, err) != 0)
		return FAULT_INPUT;
	if ((figure = scores_find(&figures->scores, name, &ask.set)) == NULL)
		return fault_set(err, FAULT_COLUMN, "问卷 %s 没有指数或比例“%s”",
			"form %s has no index or share “%s”", figures->answers.form->id, name);
	return figures_rows(t, figures, &ask, figure, q->stream, q->pool, err);
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
