/* A sample's design and weights from columns. */
#include "stats/sample/sample.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "stats/fault.h"
#include "stats/sample/in.h"
#include "stats/sum.h"

/* ---- numbering ---- */

struct pair {
	size_t a, b, row;
};

static int
pair_compare(const void *x, const void *y)
{
	const struct pair *p = x, *q = y;

	if (p->a != q->a)
		return p->a < q->a ? -1 : 1;
	if (p->b != q->b)
		return p->b < q->b ? -1 : 1;
	return p->row < q->row ? -1 : p->row > q->row;
}

/* NULL: all in one. */
static inline size_t
of_row(const uint32_t of[], size_t i)
{
	return of == NULL ? 0 : of[i];
}

/* By counting, where the table of all pairs is small enough. */
static size_t
number_small(uint32_t out[], const uint32_t a[], const uint32_t b[], size_t nb, size_t all,
	size_t n)
{
	uint32_t *index = calloc(all + 1, sizeof(*index)), next = 0;

	if (index == NULL)
		err_die("out of memory");
	for (size_t i = 0; i < n; i++) {
		out[i] = (uint32_t)(of_row(a, i) * nb + of_row(b, i));
		index[out[i]] = 1;
	}
	for (size_t i = 0; i < all; i++)
		if (index[i] != 0)
			index[i] = next++;
	for (size_t i = 0; i < n; i++)
		out[i] = index[out[i]];
	free(index);
	return next;
}

static size_t
number_large(uint32_t out[], const uint32_t a[], const uint32_t b[], size_t n)
{
	struct pair *p = calloc(n + 1, sizeof(*p));
	size_t next = 0;

	if (p == NULL)
		err_die("out of memory");
	for (size_t i = 0; i < n; i++)
		p[i] = (struct pair){ of_row(a, i), of_row(b, i), i };
	qsort(p, n, sizeof(*p), pair_compare);
	for (size_t i = 0; i < n; i++) {
		next += i == 0 || p[i].a != p[i - 1].a || p[i].b != p[i - 1].b;
		out[p[i].row] = (uint32_t)(next - 1);
	}
	free(p);
	return next;
}

/* Number the distinct pairs that occur in the order of a, then b; returns how many. */
static size_t
number_pairs(uint32_t out[], const uint32_t a[], size_t na, const uint32_t b[], size_t nb,
	size_t n)
{
	size_t all;

	if (!__builtin_mul_overflow(na, nb, &all) && all <= 8 * n + 65536 && all < FACTOR_NONE)
		return number_small(out, a, b, nb, all, n);
	return number_large(out, a, b, n);
}

/* ---- stages ---- */

/* What is known of a row's place after each stage. */
struct nest {
	struct sample *s;
	struct err *err;
	bool population;	/* fpc are sizes, not fractions */
	const uint32_t *parent;	/* parent[n]: unit of the stage before; NULL: one for all */
	size_t parents;
	struct pool *scratch;
	const double *scale;	/* scale[parents]: product of fractions so far */
};

static int
column_check(const struct factor *f, const char *zh, const char *en, size_t n, struct err *err)
{
	for (size_t i = 0; f != NULL && i < n; i++)
		if (f->of[i] == FACTOR_NONE)
			return fault_set(err, FAULT_MISSING_DESIGN, "第 %zu 行缺少%s（%s 列）",
				"row %zu has no %s (column %s)", i + 1, LANG_PICK(zh, en), f->name);
	return 0;
}

/* A cluster name that stands in two strata. */
static int
nesting_check(const struct nest *nest, const struct factor *cluster, const struct factor *stratum)
{
	size_t *seen = pool_array(nest->scratch, cluster->levels + 1, sizeof(*seen)), c;

	for (size_t i = 0; i < nest->s->n; i++) {
		c = cluster->of[i];
		if (c == FACTOR_NONE)
			continue;
		if (seen[c] != 0 && seen[c] != stratum->of[i] + 1)
			return fault_set(nest->err, FAULT_NOT_NESTED,
				"群 %s 同时出现在层 %s 和层 %s 中；"
				"若编号在各层内重新开始，请设 nest",
				"cluster %s stands in stratum %s and in stratum %s; "
				"if names start again in each stratum, say nest", cluster->level[c],
				stratum->level[seen[c] - 1], stratum->level[stratum->of[i]]);
		seen[c] = stratum->of[i] + 1;
	}
	return 0;
}

/* The clusters of a stage where some rows, or all, are units of their own: those come after. */
static const uint32_t *
units_alone(struct nest *nest, const struct factor *c, size_t *levels)
{
	struct sample *s = nest->s;
	size_t clusters = c == NULL ? 0 : c->levels;
	uint32_t *of;

	*levels = clusters;
	for (size_t i = 0; c != NULL && i < s->n; i++)
		s->alone = s->alone || c->of[i] == FACTOR_NONE;
	if (c != NULL && !s->alone)
		return c->of;
	s->alone = true;
	of = pool_array(nest->scratch, s->n + 1, sizeof(*of));
	for (size_t i = 0; i < s->n; i++)
		of[i] = c == NULL || c->of[i] == FACTOR_NONE ? (uint32_t)(clusters + i) : c->of[i];
	*levels = clusters + s->n;
	return of;
}

/* Rows to strata and units of one stage, numbered so that a stratum's units stand together. */
static void
stage_number(struct nest *nest, size_t stage, uint32_t stratum_of[], size_t *strata, size_t *units)
{
	struct sample *s = nest->s;
	const struct factor *h = s->from->stratum[stage], *c = NULL;
	const uint32_t *of;
	size_t levels;

	if (stage < s->from->stages)
		c = s->from->cluster[stage];
	*strata = number_pairs(stratum_of, nest->parent, nest->parents, h == NULL ? NULL : h->of,
		h == NULL ? 1 : h->levels, s->n);
	of = units_alone(nest, c, &levels);
	*units = number_pairs(s->unit[stage], stratum_of, *strata, of, levels, s->n);
}

static void
stage_labels(struct nest *nest, size_t stage, const uint32_t stratum_of[])
{
	struct sample *s = nest->s;
	struct design *d = &s->stage[stage];
	const struct factor *h = s->from->stratum[stage], *c = NULL;
	const char **stratum = pool_array(s->pool, d->strata + 1, sizeof(*stratum));
	const char **psu = pool_array(s->pool, d->psus + 1, sizeof(*psu));
	size_t *first = pool_array(s->pool, d->strata + 1, sizeof(*first)), u;

	if (stage < s->from->stages)
		c = s->from->cluster[stage];
	s->stratum[stage] = pool_array(s->pool, d->psus + 1, sizeof(*s->stratum[stage]));
	for (size_t i = 0; i < s->n; i++) {
		u = s->unit[stage][i];
		if (psu[u] != NULL)
			continue;
		s->stratum[stage][u] = stratum_of[i];
		psu[u] = c == NULL || c->of[i] == FACTOR_NONE ? "" : c->level[c->of[i]];
		stratum[stratum_of[i]] = h != NULL ? h->level[h->of[i]] : stage == 0 ? "1" :
			s->stage[stage - 1].psu[nest->parent[i]];
	}
	for (u = 0; u < d->psus; u++)
		first[s->stratum[stage][u] + 1] = u + 1;
	d->first = first;
	d->stratum = stratum;
	d->psu = psu;
}

static int
fraction_of(struct nest *nest, size_t stage, const char *stratum, double value, double n,
	double *fraction)
{
	if (!(value > 0) || isinf(value) || (nest->population && value < n * (1 - 1e-12)) ||
			(!nest->population && value > 1))
		return fault_set(nest->err, FAULT_FPC,
			"第 %zu 阶层 %s：抽中 %g 个单元，总体单元数（或抽样比）%g 不可能",
			"stage %zu, stratum %s: %g units were sampled, so a population "
			"(or fraction) of %g cannot be",
			stage + 1, stratum, n, value);
	*fraction = nest->population ? n / value : value;
	return 0;
}

static int
stage_fractions(struct nest *nest, size_t stage, const uint32_t stratum_of[])
{
	struct sample *s = nest->s;
	struct design *d = &s->stage[stage];
	const double *fpc = s->from->fpc[stage];
	double *fraction = pool_array(s->pool, d->strata + 1, sizeof(*fraction)), *value;
	size_t h;
	int rc;

	if (fpc == NULL)
		return 0;
	value = pool_array(s->pool, d->strata + 1, sizeof(*value));
	for (size_t i = 0; i < s->n; i++) {
		h = stratum_of[i];
		if (isnan(fpc[i]))
			return fault_set(nest->err, FAULT_MISSING_DESIGN,
				"第 %zu 行缺少总体单元数（第 %zu 阶）",
				"row %zu has no population size (stage %zu)", i + 1, stage + 1);
		if (value[h] != 0 && value[h] != fpc[i])
			return fault_set(nest->err, FAULT_FPC,
				"第 %zu 阶层 %s 的总体单元数不一致：%g 和 %g",
				"stage %zu, stratum %s has two population sizes: %g and %g",
				stage + 1, d->stratum[h], value[h], fpc[i]);
		value[h] = fpc[i];
	}
	for (h = 0; h < d->strata; h++)
		if ((rc = fraction_of(nest, stage, d->stratum[h], value[h],
				(double)(d->first[h + 1] - d->first[h]), &fraction[h])) != 0)
			return rc;
	d->fraction = fraction;
	return 0;
}

/* Products of the fractions of the stages before, by stratum; and by unit for the stage after. */
static void
stage_scales(struct nest *nest, size_t stage, const uint32_t stratum_of[])
{
	struct sample *s = nest->s;
	struct design *d = &s->stage[stage];
	double *by_stratum = pool_array(s->pool, d->strata + 1, sizeof(*by_stratum));
	double *by_unit = pool_array(s->pool, d->psus + 1, sizeof(*by_unit));

	for (size_t h = 0; stage == 0 && h < d->strata; h++)
		by_stratum[h] = 1;
	for (size_t i = 0; stage > 0 && i < s->n; i++)
		by_stratum[stratum_of[i]] = nest->scale[nest->parent[i]];
	for (size_t u = 0; u < d->psus; u++)
		by_unit[u] = by_stratum[s->stratum[stage][u]] *
			(d->fraction == NULL ? 0 : d->fraction[s->stratum[stage][u]]);
	d->scale = by_stratum;
	nest->scale = by_unit;
}

static int
stage_make(struct nest *nest, size_t stage)
{
	struct sample *s = nest->s;
	const struct sample_design *from = s->from;
	struct design *d = &s->stage[stage];
	uint32_t *stratum_of = pool_array(nest->scratch, s->n + 1, sizeof(*stratum_of));
	int rc;

	if ((rc = column_check(from->stratum[stage], "层", "stratum", s->n, nest->err)) != 0)
		return rc;
	if (stage < from->stages) {
		if (!from->alone && (rc = column_check(from->cluster[stage], "群", "cluster", s->n,
				nest->err)) != 0)
			return rc;
		if (stage == 0 && !from->nest && from->stratum[0] != NULL &&
				(rc = nesting_check(nest, from->cluster[0], from->stratum[0])) != 0)
			return rc;
	}
	s->unit[stage] = pool_array(s->pool, s->n + 1, sizeof(*s->unit[stage]));
	stage_number(nest, stage, stratum_of, &d->strata, &d->psus);
	stage_labels(nest, stage, stratum_of);
	d->lonely = from->lonely;
	d->domain_lonely = from->domain_lonely;
	d->stage = (int)stage + 1;
	if ((rc = stage_fractions(nest, stage, stratum_of)) != 0)
		return rc;
	stage_scales(nest, stage, stratum_of);
	nest->parent = s->unit[stage];
	nest->parents = d->psus;
	return 0;
}

/* Sizes where any number exceeds 1; then a number below 1 makes no sense. */
static int
fpc_kind(struct nest *nest)
{
	const struct sample_design *from = nest->s->from;
	bool above = false, below = false;

	for (size_t stage = 0; stage < SAMPLE_STAGES; stage++)
		for (size_t i = 0; from->fpc[stage] != NULL && i < from->n; i++) {
			above = above || from->fpc[stage][i] > 1;
			below = below || from->fpc[stage][i] < 1;
		}
	nest->population = above;
	if (above && below)
		return fault_set(nest->err, FAULT_FPC,
			"总体单元数须全部不小于 1，或全部为不大于 1 的抽样比",
			"population sizes must all be at least 1, or all be sampling fractions "
			"of at most 1");
	return 0;
}

/* ---- weights ---- */

static int
weights_given(struct sample *s, struct err *err)
{
	const double *w = s->from->weight;
	const bool *in = s->from->in;

	for (size_t i = 0; i < s->n; i++) {
		if (!(w[i] >= 0) || isinf(w[i]))
			return fault_set(err, FAULT_WEIGHT,
				isnan(w[i]) ? "第 %zu 行缺少权数" : "第 %zu 行的权数 %g 不是非负数",
				isnan(w[i]) ? "row %zu has no weight"
				: "row %zu: weight %g is not a number of at least 0",
				i + 1, w[i]);
		s->weight[i] = in == NULL || in[i] ? w[i] : 0;
	}
	return 0;
}

static int
weights_make(struct sample *s, struct err *err)
{
	bool all = true, any = false;

	if (s->from->weight != NULL)
		return weights_given(s, err);
	for (size_t stage = 0; stage < s->stages; stage++) {
		all = all && s->stage[stage].fraction != NULL;
		any = any || s->stage[stage].fraction != NULL;
	}
	if (any && !all)
		return fault_set(err, FAULT_WEIGHT,
			"没有权数列，且并非每一阶都有总体单元数，无法得出权数",
			"there is no weight, and not every stage has a population size "
			"to derive it from");
	for (size_t i = 0; i < s->n; i++) {
		s->weight[i] = s->from->in == NULL || s->from->in[i] ? 1 : 0;
		for (size_t stage = 0; all && stage < s->stages; stage++)
			s->weight[i] /=
				s->stage[stage].fraction[s->stratum[stage][s->unit[stage][i]]];
	}
	return 0;
}

static int
stages_make(struct sample *s, struct err *err)
{
	struct pool scratch = POOL_INIT;
	struct nest nest = { .s = s, .err = err, .parents = 1, .scratch = &scratch };
	int rc = fpc_kind(&nest);

	for (size_t stage = 0; rc == 0 && stage < s->stages; stage++)
		rc = stage_make(&nest, stage);
	pool_clear(&scratch);
	return rc;
}

int
sample_open(struct sample **sample, const struct sample_design *design, struct pool *pool,
	struct err *err)
{
	struct sample *s = pool_take(pool, sizeof(*s));
	struct sample_design *from = pool_take(pool, sizeof(*from));
	int rc;

	*from = *design;
	s->n = design->n;
	s->from = from;
	s->pool = pool;
	s->stages = design->stages == 0 ? 1 : design->stages;
	s->weight = pool_array(pool, s->n + 1, sizeof(*s->weight));
	if (design->stages > SAMPLE_STAGES)
		return fault_set(err, FAULT_INPUT, "抽样最多 %d 阶",
			"at most %d stages of sampling", SAMPLE_STAGES);
	if ((rc = stages_make(s, err)) != 0 || (rc = weights_make(s, err)) != 0)
		return rc;
	s->range = fixed_range(s->weight, s->n);
	*sample = s;
	return 0;
}

/* ---- what it is ---- */

const double *
sample_weights(const struct sample *s)
{
	return s->weight;
}

size_t
sample_rows(const struct sample *s)
{
	return s->n;
}

const struct design *
sample_psus(const struct sample *s)
{
	return &s->stage[0];
}

const uint32_t *
sample_psu_of(const struct sample *s)
{
	return s->unit[0];
}

double
sample_domain_df(const struct sample *s, const bool keep[])
{
	const struct design *d = &s->stage[0];
	bool *psu = calloc(d->psus + 1, sizeof(*psu)),
		*stratum = calloc(d->strata + 1, sizeof(*stratum));
	double df = 0;
	size_t u;

	if (psu == NULL || stratum == NULL)
		err_die("out of memory");
	for (size_t i = 0; i < s->n; i++) {
		u = s->unit[0][i];
		if (s->weight[i] == 0 || (keep != NULL && !keep[i]))
			continue;
		df += !psu[u];
		psu[u] = true;
		df -= !stratum[s->stratum[0][u]];
		stratum[s->stratum[0][u]] = true;
	}
	free(psu);
	free(stratum);
	return df;
}

double
sample_df(const struct sample *s)
{
	if (s->replicates != NULL)
		return s->replicates->df;
	return s->from->in != NULL ? design_df(&s->stage[0]) : sample_domain_df(s, NULL);
}

struct sample_summary
sample_summarise(const struct sample *s)
{
	struct sample_summary m = { .df = sample_df(s) };
	struct sum w = { 0, 0 }, ww = { 0, 0 };

	for (size_t i = 0; i < s->n; i++) {
		m.n += s->weight[i] != 0;
		sum_add(&w, s->weight[i]);
		sum_add_product(&ww, s->weight[i], s->weight[i]);
	}
	m.sum_w = sum_of(&w);
	m.sum_w2 = sum_of(&ww);
	m.kish_deff = m.n > 0 ? m.n * m.sum_w2 / (m.sum_w * m.sum_w) : NAN;
	m.kish_n = m.n > 0 ? m.sum_w * m.sum_w / m.sum_w2 : NAN;
	return m;
}
