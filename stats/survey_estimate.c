/* Estimates by domain from a survey's cells. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "stats/fault.h"
#include "stats/linear.h"
#include "stats/sum.h"
#include "stats/survey_in.h"

/* ---- domains ---- */

/* A cell with the levels of the by-variables as one number, the first counting fastest. */
struct coded {
	size_t code, cell;
};

static int
coded_compare(const void *x, const void *y)
{
	const struct coded *a = x, *b = y;

	if (a->code != b->code)
		return a->code < b->code ? -1 : 1;
	return a->cell < b->cell ? -1 : a->cell > b->cell;
}

static int
code_of(size_t *code, const struct survey_work *w, size_t cell, struct err *err)
{
	const struct survey *s = w->s;

	*code = 0;
	for (size_t i = w->ask->bys; i-- > 0;) {
		int v = tally_variable(s->tally, w->ask->by[i]);

		if (v < 0)
			return fault_set(err, FAULT_COLUMN, "没有分组变量 %s",
				"there is no variable %s to group by", w->ask->by[i]);
		if (__builtin_mul_overflow(*code, s->variable[v].levels, code))
			return fault_set(err, FAULT_INPUT, "分组太多", "there are too many groups");
		*code += s->variable[v].of[cell];
	}
	return 0;
}

static int
domains_make(struct survey_work *w, struct err *err)
{
	const struct survey *s = w->s;
	struct coded *coded = pool_array(w->pool, s->cells + 1, sizeof(*coded));
	bool *keep = pool_array(w->pool, s->cells + 1, sizeof(*keep));
	size_t n = 0;
	int rc;

	w->domain = pool_array(w->pool, s->cells + 1, sizeof(*w->domain));
	w->sample_cell = pool_array(w->pool, s->cells + 1, sizeof(*w->sample_cell));
	memcpy(keep, s->in, s->cells * sizeof(*keep));
	survey_where_apply(s, keep, w->ask->where, w->ask->wheres, w->pool);
	for (size_t c = 0; c < s->cells; c++) {
		w->domain[c] = SURVEY_NONE;
		if (keep[c]) {
			if ((rc = code_of(&coded[n].code, w, c, err)) != 0)
				return rc;
			coded[n++].cell = c;
		}
	}
	qsort(coded, n, sizeof(*coded), coded_compare);
	for (size_t c = 0; c < n; c++) {
		if (c == 0 || coded[c].code != coded[c - 1].code)
			w->sample_cell[w->domains++] = coded[c].cell;
		w->domain[coded[c].cell] = w->domains - 1;
	}
	if (w->domains == 0 && w->ask->bys == 0) {
		w->domains = 1;
		w->sample_cell[0] = SURVEY_NONE;
	}
	w->rows = w->domains * w->scores;
	return 0;
}

/* ---- means ---- */

/* Base weights add up as integers, calibrated ones as compensated sums. */
struct total {
	__int128 whole;
	struct sum part;
};

static void
total_add(struct total *t, const struct survey *s, size_t c, size_t k, double factor)
{
	if (s->raked)
		sum_add_product(&t->part, factor, survey_sum(s, c, k));
	else
		t->whole += score_read(s->layout, survey_words(s, c), k);
}

static double
total_of(const struct total *t)
{
	return (double)t->whole + sum_of(&t->part);
}

/* Integers, so that "alike" is exact: T T = Q W within the cell, and T / W that of the first. */
static bool
cell_varies(const struct survey *s, size_t c, size_t first, size_t score)
{
	const struct score_layout *l = s->layout;
	const int64_t *x = survey_words(s, c), *y = survey_words(s, first);
	size_t at_w = score_sum_at(l, score, SUM_SCORE_W),
		at_t = score_sum_at(l, score, SUM_SCORE_T);
	double w = (double)score_read(l, x, at_w), t = (double)score_read(l, x, at_t),
		q = (double)score_read(l, x, score_sum_at(l, score, SUM_SCORE_Q)),
		mean = (double)score_read(l, y, at_t) / (double)score_read(l, y, at_w);

	return fabs(t - mean * w) > 1e-14 * w || fabs(q - mean * t) > 1e-14 * (q + w);
}

/* Which sampling units a row's answers come from, and whether they vary at all. */
static void
moment_place(const struct survey_work *w, struct survey_moment *m, size_t c, size_t score)
{
	const struct survey *s = w->s;
	const struct design *d = &s->design;
	double n = survey_sum(s, c, score_sum_at(s->layout, score, SUM_SCORE_N));

	if (n == 0 || survey_sum(s, c, score_sum_at(s->layout, score, SUM_SCORE_W)) == 0)
		return;
	if (m->n == 0) {
		m->n = 1;
		m->cell = c;
		m->unit = s->psu[c];
		m->units = s->psu[c] == SURVEY_NONE && n > 1;
	} else {
		m->units = m->units || s->psu[c] == SURVEY_NONE || s->psu[c] != m->unit;
	}
	m->varied = m->varied || cell_varies(s, c, m->cell, score);
	m->open = m->open || design_open(d, s->stratum[c]);
}

static void
moments_make(struct survey_work *w)
{
	const struct survey *s = w->s;
	struct total (*sum)[5] = pool_array(w->pool, w->rows + 1, sizeof(*sum));

	w->moment = pool_array(w->pool, w->rows + 1, sizeof(*w->moment));
	w->mean = pool_array(w->pool, w->rows + 1, sizeof(*w->mean));
	for (size_t c = 0; c < s->cells; c++)
		for (size_t j = 0; w->domain[c] != SURVEY_NONE && j < w->scores; j++) {
			struct total *t = sum[w->domain[c] * w->scores + j];
			size_t score = w->score[j];

			moment_place(w, &w->moment[w->domain[c] * w->scores + j], c, score);

			t[0].whole += score_read(s->layout, survey_words(s, c),
				score_sum_at(s->layout, score, SUM_SCORE_N));
			total_add(
				&t[1], s, c, score_sum_at(s->layout, score, SUM_SCORE_W), s->g[c]);
			total_add(
				&t[2], s, c, score_sum_at(s->layout, score, SUM_SCORE_T), s->g[c]);
			total_add(
				&t[3], s, c, score_sum_at(s->layout, score, SUM_SCORE_Q), s->g[c]);
			total_add(&t[4], s, c, score_sum_at(s->layout, score, SUM_SCORE_WW),
				s->g[c] * s->g[c]);
		}
	for (size_t p = 0; p < w->rows; p++) {
		w->moment[p].n = total_of(&sum[p][0]);
		w->moment[p].w = total_of(&sum[p][1]);
		w->moment[p].t = total_of(&sum[p][2]);
		w->moment[p].q = total_of(&sum[p][3]);
		w->moment[p].ww = total_of(&sum[p][4]);
		w->mean[p] = w->moment[p].w > 0 ? w->moment[p].t / w->moment[p].w : 0;
	}
}

/* ---- the regression behind calibrated residuals, on base weights ---- */

static void
regression_add(const struct survey_work *w, double a[], size_t c)
{
	const struct survey *s = w->s;
	size_t from, at;
	double weight = survey_sum(s, c, SUM_W), u;

	for (size_t i = 0; i < s->margins; i++)
		for (size_t j = 0; j < s->margins; j++)
			a[(s->offset[i] + s->category[i][c]) * w->k + s->offset[j] +
				s->category[j][c]] += weight;
	if (w->domain[c] == SURVEY_NONE)
		return;
	from = w->domain[c] * w->scores;
	for (size_t p = from; p < from + w->scores; p++) {
		if (w->moment[p].w == 0)
			continue;
		u = (survey_sum(s, c, score_sum_at(s->layout, w->score[p - from], SUM_SCORE_T)) -
			w->mean[p] *
			survey_sum(
			s, c, score_sum_at(s->layout, w->score[p - from], SUM_SCORE_W))) *
			score_unit(s->layout, w->score[p - from]) / w->moment[p].w;
		for (size_t i = 0; i < s->margins; i++) {
			at = s->offset[i] + s->category[i][c];
			w->slope[at * w->rows + p] += u;
		}
	}
}

static void
regression_make(struct survey_work *w)
{
	const struct survey *s = w->s;
	double *a;

	if (!s->raked)
		return;
	w->k = s->offset[s->margins];
	a = pool_array(w->pool, w->k * w->k, sizeof(*a));
	w->slope = pool_array(w->pool, w->k * w->rows + 1, sizeof(*w->slope));
	for (size_t c = 0; c < s->cells; c++)
		if (s->in[c])
			regression_add(w, a, c);
	linear_solve(a, w->k, w->slope, w->rows);
}

/* ---- covariance ---- */

/*
 * Which PSUs, or cells of rows that are PSUs, have a member; NULL where weights carry every
 * stratum along.
 */
static bool *
members_make(const struct survey_work *w, bool by_cell)
{
	const struct survey *s = w->s;
	bool *member;

	if (s->raked)
		return NULL;
	member = pool_array(w->pool, s->cells + 1, sizeof(*member));
	for (size_t c = 0; c < s->cells; c++)
		if (w->domain[c] != SURVEY_NONE)
			member[by_cell ? c : s->psu[c]] = true;
	return member;
}

/* Which domains meet the stratum of one unit: all, where weights carry every stratum along
 * or there is one unit. */
static void
lonely_note(struct survey_work *w, int fault)
{
	const struct survey *s = w->s;
	const struct design *d = &s->design;

	w->lonely = fault;
	w->met = pool_array(w->pool, w->domains + 1, sizeof(*w->met));
	for (size_t i = 0; i < w->domains; i++)
		w->met[i] = s->raked || fault == FAULT_ONE_PSU;
	for (size_t c = 0; c < s->cells; c++)
		if (w->domain[c] != SURVEY_NONE && design_alone(d, s->stratum[c]))
			w->met[w->domain[c]] = true;
}

static int
covariance_make(struct survey_work *w, struct table *t, struct err *err)
{
	const struct survey *s = w->s;
	double *total;
	int rc;

	t->cov = pool_array(w->pool, w->rows * w->rows + 1, sizeof(*t->cov));
	if (s->elements) {
		rc = survey_element_covariance(w, t->cov, members_make(w, true), &w->why);
	} else {
		total = pool_array(w->pool, s->clusters * w->rows + 1, sizeof(*total));
		survey_totals(w, total);
		rc = design_covariance(&s->design, t->cov, total, w->rows,
			members_make(w, false), &w->why);
		t->design = &s->design;
		t->total = total;
	}
	if (rc == FAULT_LONELY_PSU || rc == FAULT_ONE_PSU) {
		lonely_note(w, rc);
		rc = 0;
	} else if (rc != 0) {
		*err = w->why;
	}
	return rc;
}

/* PSUs less strata among those with a member of the domain. */
static double
domain_df(const struct survey_work *w)
{
	const struct survey *s = w->s;
	size_t psus = 0, strata = 0, last_psu = SURVEY_NONE, last = SURVEY_NONE;

	for (size_t c = 0; c < s->cells; c++) {
		if (w->domain[c] == SURVEY_NONE)
			continue;
		if (s->psu[c] == SURVEY_NONE)
			psus += (size_t)survey_words(s, c)[SUM_N];
		else if (s->psu[c] != last_psu)
			psus++;
		last_psu = s->psu[c];
		strata += s->stratum[c] != last;
		last = s->stratum[c];
	}
	return (double)psus - (double)strata;
}

/* The same of every domain: own[domains]. */
static double *
own_df(const struct survey_work *w)
{
	const struct survey *s = w->s;
	double *own = pool_array(w->pool, w->domains + 1, sizeof(*own));
	size_t *psu = pool_array(w->pool, w->domains + 1, sizeof(*psu)),
		*stratum = pool_array(w->pool, w->domains + 1, sizeof(*stratum)), d;

	/* Cells stand in order of stratum and cluster; numbers are from 1 here. */
	for (size_t c = 0; c < s->cells; c++) {
		if ((d = w->domain[c]) == SURVEY_NONE)
			continue;
		if (s->psu[c] == SURVEY_NONE)
			own[d] += (double)survey_words(s, c)[SUM_N];
		else if (psu[d] != s->psu[c] + 1)
			own[d]++;
		psu[d] = s->psu[c] == SURVEY_NONE ? 0 : s->psu[c] + 1;
		own[d] -= stratum[d] != s->stratum[c] + 1;
		stratum[d] = s->stratum[c] + 1;
	}
	return own;
}

/* ---- rows ---- */

static const char *
method_words(const struct survey_work *w)
{
	const struct survey *s = w->s;
	const char *interval = w->ask->interval == INTERVAL_DEFAULT
		? "logit"
		: interval_name(w->ask->interval);
	struct text t = TEXT_INIT;
	const char *words;

	text_fmt(&t, "%s t, linearised", interval);
	if (w->ask->weighting != NULL)
		text_fmt(&t, ", %s", w->ask->weighting);
	else if (s->raked)
		for (size_t m = 0; m < s->margins; m++)
			text_fmt(&t, "%s%s", m == 0 ? ", raked to " : " ", s->margin[m].variable);
	words = pool_strdup(w->pool, text_str(&t));
	text_clear(&t);
	return words;
}

static const char *const *
by_labels(const struct survey_work *w, size_t domain)
{
	const char **by = pool_array(w->pool, w->ask->bys + 1, sizeof(*by));

	for (size_t i = 0; i < w->ask->bys; i++) {
		const struct survey_variable *v =
			&w->s->variable[tally_variable(w->s->tally, w->ask->by[i])];

		by[i] = v->level[v->of[w->sample_cell[domain]]];
	}
	return by;
}

static void
row_fail_missing(const struct survey_work *w, struct table_row *row)
{
	const char *by = w->ask->bys > 0 ? row->by[0] : "";
	struct err err = { 0 };

	err_set(&err, fault_code(FAULT_ALL_MISSING), "%s%s%s：没有有效回答",
		"%s%s%s: nobody gave a valid answer", row->of, *by != '\0' ? " " : "", by);
	table_row_fail(row, FAULT_ALL_MISSING, &err, w->pool);
}

static void
row_fail_empty(const struct survey_work *w, struct table_row *row)
{
	struct err err = { 0 };

	err_set(&err, fault_code(FAULT_EMPTY_DOMAIN), "%s：该范围内没有受访者",
		"%s: nobody belongs to this domain", row->of);
	table_row_fail(row, FAULT_EMPTY_DOMAIN, &err, w->pool);
}

static void
row_fail_lonely(const struct survey_work *w, struct table_row *row, const struct survey_moment *m)
{
	const char *unit = m->unit == SURVEY_NONE ? "" : w->s->cell[m->cell]->cluster;
	struct err err = { 0 };

	err_set(&err, fault_code(FAULT_LONELY_DOMAIN),
		"%s：%.0f 份有效回答都来自 1 个抽样单元%s%s，无法估计误差",
		"%s: lonely domain, its %.0f answers come from 1 sampling unit%s%s,"
		" so no error can be estimated",
		table_row_label(row, w->ask->bys, w->pool), m->n, *unit != '\0' ? " " : "", unit);
	table_row_unseen(row, FAULT_LONELY_DOMAIN, &err, w->pool);
}

static void
row_fail_stratum(const struct survey_work *w, struct table_row *row)
{
	struct err err = { 0 };

	err_set(&err, fault_code(w->lonely), "%s：%s", "%s: %s",
		table_row_label(row, w->ask->bys, w->pool), w->why.text);
	table_row_unseen(row, w->lonely, &err, w->pool);
}

/* The estimate; false: its answers cannot show an error, so its covariances are undefined. */
static bool
row_finish(const struct survey_work *w, struct table *t, size_t p)
{
	const struct survey_moment *m = &w->moment[p];
	double variance = t->cov[p * w->rows + p], srs = t->srs[p * w->rows + p];
	struct table_row *row = &t->row[p];
	bool seen;

	if (w->lonely != 0 && w->met[p / w->scores])
		row_fail_stratum(w, row);
	else if (!m->units && m->open && w->s->design.lonely == DESIGN_FAIL)
		row_fail_lonely(w, row, m);
	seen = row->span_fault == 0;
	row->alike = seen && m->open && !m->varied;
	table_row_finish(row, variance, srs, w->own == NULL ? t->df : w->own[p / w->scores],
		t->level, w->ask->interval);
	table_row_explain(row, w->ask->bys, w->pool);
	return seen;
}

static void
row_make(const struct survey_work *w, struct table *t, size_t p, const char *method)
{
	const struct score_layout *layout = w->s->layout;
	const struct survey_moment *m = &w->moment[p];
	struct table_row *row = &t->row[p];
	struct estimate *e = &row->estimate;
	size_t score = w->score[p % w->scores], domain = p / w->scores;

	*row = (struct table_row){ .of = layout->score[score].name, .p = NAN,
		.upper = score_upper(layout, score), .kish = m->ww > 0 ? m->w / m->ww * m->w : 0 };
	row->by = w->sample_cell[domain] == SURVEY_NONE ? NULL : by_labels(w, domain);
	e->n = m->n;
	e->level = t->level;
	e->method = method;
	e->mapping = w->ask->mapping != NULL ? w->ask->mapping : "";
	e->population = w->ask->population != NULL ? w->ask->population : "";
	e->stream = w->ask->stream != NULL ? w->ask->stream : "";
	if (m->w > 0) {
		e->value = w->mean[p] * score_unit(layout, score);
		if (row_finish(w, t, p))
			return;
	} else if (w->sample_cell[domain] == SURVEY_NONE)
		row_fail_empty(w, row);
	else
		row_fail_missing(w, row);
	for (size_t i = 0; i < w->rows; i++)
		t->cov[p * w->rows + i] = t->cov[i * w->rows + p] = NAN;
}

static int
scores_make(struct survey_work *w, struct err *err)
{
	const struct score_layout *layout = w->s->layout;
	size_t *all;

	w->score = w->ask->score;
	w->scores = w->ask->scores;
	if (w->scores == 0) {
		w->score = all = pool_array(w->pool, layout->scores, sizeof(*all));
		for (size_t i = 0; i < layout->scores; i++)
			all[i] = i;
		w->scores = layout->scores;
	}
	for (size_t i = 0; i < w->scores; i++)
		if (w->score[i] >= layout->scores)
			return fault_set(err, FAULT_COLUMN, "没有编号为 %zu 的指标",
				"there is no score number %zu", w->score[i]);
	return survey_where_check(w->s->tally, w->ask->where, w->ask->wheres, err);
}

int
survey_estimate(struct table *table, const struct survey *survey, const struct survey_ask *ask,
	struct pool *pool, struct err *err)
{
	struct survey_work w = { .s = survey, .ask = ask, .pool = pool };
	const char *method;
	int rc;

	memset(table, 0, sizeof(*table));
	if ((rc = scores_make(&w, err)) != 0 || (rc = domains_make(&w, err)) != 0)
		return rc;
	moments_make(&w);
	regression_make(&w);
	table->rows = w.rows;
	table->row = pool_array(pool, w.rows + 1, sizeof(*table->row));
	table->by = ask->by;
	table->bys = ask->bys;
	table->level = ask->level > 0 ? ask->level : 0.95;
	table->df = ask->domain_df ? domain_df(&w) : design_df(&survey->design);
	if ((rc = covariance_make(&w, table, err)) != 0)
		return rc;
	table->srs = pool_array(pool, w.rows * w.rows + 1, sizeof(*table->srs));
	survey_srs(&w, table->srs);
	method = method_words(&w);
	w.own = ask->own_df && ask->bys > 0 ? own_df(&w) : NULL;
	for (size_t p = 0; p < w.rows; p++)
		row_make(&w, table, p, method);
	return 0;
}
