/* A fitted model as JSON. */
#include <math.h>

#include "base/lang.h"
#include "plan/model/in.h"
#include "plan/say.h"

static const char *
pick(const char *zh, const char *en)
{
	return LANG_PICK(zh, en);
}

/* ---- numbers by name ---- */

static json_t *
by_item(const struct pls_model *p, const double x[])
{
	json_t *o = json_object();

	for (size_t i = 0; i < p->items; i++)
		json_object_set_new(o, p->item[i], json_number(x[i]));
	return o;
}

/* Constructs by constructs. */
static json_t *
square(const struct pls_model *p, const double x[])
{
	json_t *all = json_object();

	for (size_t a = 0; a < p->blocks; a++) {
		json_t *row = json_object();

		for (size_t b = 0; b < p->blocks; b++)
			json_object_set_new(row, p->block[b], json_number(x[a * p->blocks + b]));
		json_object_set_new(all, p->block[a], row);
	}
	return all;
}

/* Of every path: {effect: {cause: x}}. */
static json_t *
by_effect(const struct pls_model *p, const double x[])
{
	json_t *all = json_object();

	for (size_t to = 0; to < p->blocks; to++) {
		json_t *row = json_object();

		for (size_t from = 0; from < p->blocks; from++)
			if (p->path[from * p->blocks + to])
				json_object_set_new(row, p->block[from],
					json_number(x[from * p->blocks + to]));
		if (json_object_size(row) > 0)
			json_object_set(all, p->block[to], row);
		json_decref(row);
	}
	return all;
}

static void
put_spread(json_t *o, const struct pls_spread *s)
{
	json_object_set_new(o, "se", json_number(s != NULL ? s->se : NAN));
	json_object_set_new(o, "low", json_number(s != NULL ? s->low : NAN));
	json_object_set_new(o, "high", json_number(s != NULL ? s->high : NAN));
}

/* An estimate from one construct to another; spread NULL: its error was not computed. */
static json_t *
way(const struct pls_model *p, size_t from, size_t to, const double x[],
	const struct pls_spread spread[])
{
	size_t at = from * p->blocks + to;
	json_t *o = json_pack("{s:s, s:s, s:o}", "from", p->block[from], "to", p->block[to],
		"estimate", json_number(x[at]));

	put_spread(o, spread != NULL ? &spread[at] : NULL);
	return o;
}

static json_t *
paths(const struct model *m, const struct model_fit *f)
{
	json_t *list = json_array();

	for (size_t i = 0; i < m->paths; i++)
		json_array_append_new(list, way(&m->pls, m->path[i][0], m->path[i][1], f->fit.path,
			m->resampled ? f->replicates.path : NULL));
	return list;
}

static json_t *
total_effects(const struct model *m, const struct model_fit *f)
{
	size_t n = m->pls.blocks;
	json_t *list = json_array();

	for (size_t from = 0; from < n; from++)
		for (size_t to = 0; to < n; to++)
			if (f->fit.total[from * n + to] != 0)
				json_array_append_new(list, way(&m->pls, from, to, f->fit.total,
					m->resampled ? f->replicates.total : NULL));
	return list;
}

/* ---- constructs ---- */

/* The index with what the replicates say in place of its linearised error. */
static json_t *
say_index(const struct model *m, const struct model_fit *f, size_t b)
{
	struct table_row row;
	struct estimate *e = &row.estimate;
	const struct pls_spread *s;
	json_t *said;
	double srs;

	if (f->index.rows == 0)
		return json_null();
	row = f->index.row[b];
	srs = e->se * e->se / e->deff;
	if (m->resampled && m->resample.way == PLS_BOOTSTRAP) {
		s = &f->replicates.index[b];
		row.fault = row.span_fault = 0;
		e->value = f->fit.index[b];
		e->se = s->se;
		e->low = s->low;
		e->high = s->high;
		e->deff = s->se * s->se / srs;
		e->n_eff = fmin(e->n, e->n / e->deff);
		e->method = pick("百分位区间，按初级抽样单元重抽", "percentile, bootstrap of PSUs");
	} else if (m->resampled) {
		row.fault = row.span_fault = 0;
		table_row_finish(&row, f->replicates.index[b].se * f->replicates.index[b].se, srs,
			f->replicates.df, m->level, INTERVAL_DEFAULT);
		e->method = pick("logit t 区间，刀切法", "logit t, jackknife");
	} else if (row.fault == 0 && row.span_fault == 0) {
		e->method = pick("logit t 区间，线性化，题目权重视为固定",
			"logit t, linearised, item weights held fixed");
	}
	said = say_row(&row, NULL, 0);
	if (m->model_based && row.fault == 0)
		json_object_set_new(said, "method",
			json_sprintf(LANG_PICK("%s，基于模型", "%s, model-based"), e->method));
	return said;
}

static json_t *
constructs(const struct model *m, const struct model_fit *f)
{
	json_t *all = json_object();

	for (size_t b = 0; b < m->pls.blocks; b++) {
		json_t *o = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "r2",
			json_number(f->fit.r2[b]),
			"r2_adjusted", json_number(f->fit.r2_adjusted[b]), "alpha_standardised",
			json_number(f->fit.alpha[b]), "alpha_raw", json_number(f->fit.alpha_raw[b]),
			"rho_a", json_number(f->fit.rho_a[b]), "rho_c",
			json_number(f->fit.rho_c[b]), "ave", json_number(f->fit.ave[b]), "index",
			say_index(m, f, b));

		json_object_set_new(o, "index_sd", json_number(f->fit.index_sd[b]));
		if (*m->label[b] != '\0')
			json_object_set_new(o, "label", json_string(m->label[b]));
		json_object_set_new(all, m->pls.block[b], o);
	}
	return all;
}

/* One point more of the cause's index goes with so many points more of the target's. */
static json_t *
importance(const struct model *m, const struct model_fit *f)
{
	const struct pls_model *p = &m->pls;
	json_t *list = json_array();

	for (size_t to = 0; to < p->blocks; to++)
		for (size_t from = 0; from < p->blocks; from++) {
			double total = f->fit.total[from * p->blocks + to];

			if (total == 0)
				continue;
			json_array_append_new(list, json_pack("{s:s, s:s, s:o, s:o, s:o}", "target",
				p->block[to], "construct", p->block[from], "importance",
				json_number(total * f->fit.index_sd[to] / f->fit.index_sd[from]),
				"importance_standardized", json_number(total), "performance",
				json_number(f->fit.index[from])));
		}
	return list;
}

/* What the paths would be without the noise of the items; null in mode B. */
static json_t *
consistent(const struct model *m, const struct pls_fit *fit)
{
	const struct pls_model *p = &m->pls;
	json_t *list, *r2;

	if (isnan(fit->consistent_loading[0]))
		return json_null();
	list = json_array();
	r2 = json_object();
	for (size_t i = 0; i < m->paths; i++)
		json_array_append_new(list,
			json_pack("{s:s, s:s, s:o}", "from", p->block[m->path[i][0]], "to",
			p->block[m->path[i][1]], "estimate", json_number(
			fit->consistent_path[m->path[i][0] * p->blocks + m->path[i][1]])));
	for (size_t b = 0; b < p->blocks; b++)
		json_object_set_new(r2, p->block[b], json_number(fit->consistent_r2[b]));
	return json_pack("{s:o, s:o, s:o, s:b}", "paths", list, "r2", r2, "loadings",
		by_item(p, fit->consistent_loading), "admissible", (int)fit->admissible);
}

/* {item: {construct: loading}}. */
static json_t *
cross_loadings(const struct pls_model *p, const double cross[])
{
	json_t *all = json_object();

	for (size_t i = 0; i < p->items; i++) {
		json_t *row = json_object();

		for (size_t b = 0; b < p->blocks; b++)
			json_object_set_new(row, p->block[b],
				json_number(cross[i * p->blocks + b]));
		json_object_set_new(all, p->item[i], row);
	}
	return all;
}

/* ---- every row ---- */

static json_t *
column_of(const struct pls_model *p, const double score[], size_t rows)
{
	json_t *all = json_object();

	for (size_t b = 0; b < p->blocks; b++) {
		json_t *list = json_array();

		for (size_t r = 0; r < rows; r++)
			json_array_append_new(list, json_number(score[r * p->blocks + b]));
		json_object_set_new(all, p->block[b], list);
	}
	return all;
}

static json_t *
scores(const struct model *m, const struct model_fit *f)
{
	size_t rows = m->data.n, n = rows * m->pls.blocks;
	struct pool pool = POOL_INIT;
	double *standard = pool_array(&pool, n, sizeof(*standard)),
		*index = pool_array(&pool, n, sizeof(*index));
	json_t *o;

	pls_scores(standard, index, &m->pls, &f->fit, &f->moments, m->x, rows, m->missing);
	o = json_pack("{s:o, s:o}", "standardized", column_of(&m->pls, standard, rows), "index",
		column_of(&m->pls, index, rows));
	pool_clear(&pool);
	return o;
}

/* ---- resampling ---- */

static void
put_spread_mean(json_t *o, const struct pls_spread *s)
{
	json_object_set_new(o, "mean", json_number(s->mean));
	put_spread(o, s);
}

static json_t *
spreads(const char *const name[], size_t n, const struct pls_spread s[])
{
	json_t *o = json_object();

	for (size_t i = 0; i < n; i++) {
		json_t *one = json_object();

		put_spread_mean(one, &s[i]);
		json_object_set_new(o, name[i], one);
	}
	return o;
}

static json_t *
path_spreads(const struct model *m, const struct pls_spread s[])
{
	json_t *list = json_array();

	for (size_t i = 0; i < m->paths; i++) {
		size_t from = m->path[i][0], to = m->path[i][1];
		json_t *o =
			json_pack("{s:s, s:s}", "from", m->pls.block[from], "to", m->pls.block[to]);

		put_spread_mean(o, &s[from * m->pls.blocks + to]);
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *
resampling(const struct model *m, const struct pls_replicates *r)
{
	size_t failed = r->constant + r->unsolved + r->unconverged;
	bool drawn = m->resample.way == PLS_BOOTSTRAP && m->resample.draw == NULL;
	json_t *o;

	if (!m->resampled)
		return json_null();
	o = json_pack("{s:s, s:o, s:o, s:o, s:o, s:b}", "method",
		m->resample.way == PLS_BOOTSTRAP ? "bootstrap" : "jackknife", "replicates",
		json_count((double)r->replicates), "failed", json_count((double)failed), "seed",
		drawn ? json_count((double)m->resample.seed) : json_null(), "df", json_count(r->df),
		"rescaled", (int)(drawn && m->resample.rescaled));
	json_object_set_new(o, "paths", path_spreads(m, r->path));
	json_object_set_new(o, "weights", spreads(m->pls.item, m->pls.items, r->weight));
	json_object_set_new(o, "loadings", spreads(m->pls.item, m->pls.items, r->loading));
	json_object_set_new(o, "r2", spreads(m->pls.block, m->pls.blocks, r->r2));
	json_object_set_new(o, "index", spreads(m->pls.block, m->pls.blocks, r->index));
	return o;
}

/* ---- the whole ---- */

json_t *
model_say(const struct model *m, const struct model_fit *f)
{
	const struct pls_model *p = &m->pls;
	const struct pls_fit *fit = &f->fit;
	json_t *o = json_pack("{s:o, s:o, s:o, s:o}", "n", json_count(f->moments.n), "weights",
		by_item(p, fit->weight), "index_weights", by_item(p, fit->raw_weight), "loadings",
		by_item(p, fit->loading));

	json_object_set_new(o, "paths", paths(m, f));
	json_object_set_new(o, "total_effects", total_effects(m, f));
	json_object_set_new(o, "constructs", constructs(m, f));
	json_object_set_new(o, "correlations", square(p, fit->cor));
	json_object_set_new(o, "htmt", square(p, fit->htmt));
	json_object_set_new(o, "vif", by_effect(p, fit->vif));
	json_object_set_new(o, "f2", by_effect(p, fit->f2));
	json_object_set_new(o, "cross_loadings", cross_loadings(p, fit->cross));
	json_object_set_new(o, "consistent", consistent(m, fit));
	json_object_set_new(o, "importance_performance", importance(m, f));
	json_object_set_new(o, "resampling", resampling(m, &f->replicates));
	if (m->scores)
		json_object_set_new(o, "scores", scores(m, f));
	json_object_set_new(o, "iterations", json_integer(fit->iterations));
	json_object_set_new(o, "warnings", model_warnings(m, f));
	return o;
}
