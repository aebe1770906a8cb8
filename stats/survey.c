/* A tally made ready: cells in order, design, who is in, weights. */
#include "stats/survey.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/fault.h"
#include "stats/survey_in.h"

/* ---- cells in order ---- */

static int
cell_compare(const void *x, const void *y)
{
	const struct tally_cell *a = *(const struct tally_cell *const *)x;
	const struct tally_cell *b = *(const struct tally_cell *const *)y;
	int c = strcmp(a->stratum, b->stratum);

	if (c == 0)
		c = strcmp(a->cluster, b->cluster);
	return c != 0 ? c : strcmp(a->key, b->key);
}

static void
cells_sort(struct survey *s, struct pool *pool)
{
	s->cells = s->tally->cells;
	s->cell = pool_array(pool, s->cells + 1, sizeof(*s->cell));
	for (size_t i = 0; i < s->cells; i++)
		s->cell[i] = &s->tally->cell[i];
	qsort(s->cell, s->cells, sizeof(*s->cell), cell_compare);
}

/* ---- levels ---- */

static int
name_compare(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* The v-th part of a key, in pool. */
static const char *
key_level(const char *key, size_t v, struct pool *pool)
{
	const char *end;

	for (; v > 0; v--)
		key = strchr(key, '|') + 1;
	end = strchr(key, '|');
	return pool_strndup(pool, key, end == NULL ? strlen(key) : (size_t)(end - key));
}

static size_t
level_find(const struct survey_variable *v, const char *name)
{
	const char **at = bsearch(&name, v->level, v->levels, sizeof(*v->level), name_compare);

	return at == NULL ? SURVEY_NONE : (size_t)(at - v->level);
}

static void
variable_init(const struct survey *s, struct survey_variable *v, size_t index, struct pool *pool)
{
	const char **name = pool_array(pool, s->cells + 1, sizeof(*name));

	v->level = pool_array(pool, s->cells + 1, sizeof(*v->level));
	v->of = pool_array(pool, s->cells + 1, sizeof(*v->of));
	for (size_t i = 0; i < s->cells; i++)
		v->level[i] = name[i] = key_level(s->cell[i]->key, index, pool);
	qsort(v->level, s->cells, sizeof(*v->level), name_compare);
	for (size_t i = 0; i < s->cells; i++)
		if (i == 0 || strcmp(v->level[i], v->level[v->levels - 1]) != 0)
			v->level[v->levels++] = v->level[i];
	for (size_t i = 0; i < s->cells; i++)
		v->of[i] = level_find(v, name[i]);
}

/* ---- who is in ---- */

int
survey_where_check(
	const struct tally *t, const struct survey_where *where, size_t wheres, struct err *err)
{
	for (size_t i = 0; i < wheres; i++)
		if (tally_variable(t, where[i].variable) < 0)
			return fault_set(err, FAULT_COLUMN, "没有变量 %s",
				"there is no variable %s", where[i].variable);
	return 0;
}

void
survey_where_apply(const struct survey *s, bool keep[], const struct survey_where *where,
	size_t wheres, struct pool *pool)
{
	size_t c;

	for (size_t i = 0; i < wheres; i++) {
		const struct survey_variable *v =
			&s->variable[tally_variable(s->tally, where[i].variable)];
		bool *named = pool_array(pool, v->levels + 1, sizeof(*named));

		for (size_t j = 0; j < where[i].levels; j++)
			if ((c = level_find(v, where[i].level[j])) != SURVEY_NONE)
				named[c] = true;
		for (c = 0; c < s->cells; c++)
			keep[c] = keep[c] && named[v->of[c]] != where[i].exclude;
	}
}

/* ---- the design ---- */

static double
population_of(const struct survey_options *o, const char *stratum)
{
	for (size_t i = 0; i < o->populations; i++)
		if (strcmp(o->population[i].label, stratum) == 0)
			return o->population[i].psus;
	return NAN;
}

static int
fractions(struct survey *s, struct pool *pool, struct err *err)
{
	struct design *d = &s->design;
	double *fraction = pool_array(pool, d->strata + 1, sizeof(*fraction)), n, total;

	for (size_t h = 0; h < d->strata; h++) {
		total = population_of(s->options, d->stratum[h]);
		n = (double)(d->first[h + 1] - d->first[h]);
		if (!(total > 0) || (total > 1 && total < n))
			return fault_set(err, FAULT_FPC,
				"层 %s：抽中 %g 个抽样单元，总体单元数 %g 不可能",
				"stratum %1$s: a population of %3$g sampling units cannot be, "
				"%2$g were sampled",
				d->stratum[h], n, total);
		fraction[h] = total <= 1 ? total : n / total;
	}
	d->fraction = fraction;
	return 0;
}

/* Number clusters and strata along the sorted cells; rows without a cluster count one by one. */
static int
design_make(struct survey *s, struct pool *pool, struct err *err)
{
	struct design *d = &s->design;
	size_t *first = pool_array(pool, s->cells + 2, sizeof(*first));
	const char **stratum = pool_array(pool, s->cells + 1, sizeof(*stratum));
	const char **psu = pool_array(pool, s->cells + 1, sizeof(*psu));

	for (size_t i = 0; i < s->cells; i++) {
		const struct tally_cell *c = s->cell[i], *last = i == 0 ? NULL : s->cell[i - 1];
		bool fresh = last == NULL || strcmp(c->stratum, last->stratum) != 0;

		if (fresh) {
			first[d->strata] = d->psus;
			stratum[d->strata++] = c->stratum;
		}
		s->stratum[i] = d->strata - 1;
		s->psu[i] = SURVEY_NONE;
		if (*c->cluster == '\0') {
			s->elements = true;
			d->psus += (size_t)c->words[SUM_N];
			continue;
		}
		if (fresh || strcmp(c->cluster, last->cluster) != 0) {
			psu[s->clusters++] = c->cluster;
			d->psus++;
		}
		s->psu[i] = s->clusters - 1;
	}
	first[d->strata] = d->psus;
	d->first = first;
	d->stratum = stratum;
	d->psu = s->elements ? NULL : psu;
	d->lonely = s->options->lonely;
	d->stage = 1;
	return s->options->populations == 0 ? 0 : fractions(s, pool, err);
}

/* ---- weights ---- */

/* Category of every cell in one margin; *unlisted gets a level met without target. */
static int
margin_levels(struct survey *s, size_t m, size_t level[], const char **unlisted, struct err *err)
{
	const struct rake_margin *margin = &s->margin[m];
	int v = tally_variable(s->tally, margin->variable);

	if (v < 0)
		return fault_set(err, FAULT_COLUMN, "边际变量 %s 不在样本中",
			"there is no variable %s to weight to", margin->variable);
	for (size_t i = 0; i < s->cells; i++) {
		const char *name = s->variable[v].level[s->variable[v].of[i]];

		level[i] = rake_category(margin, name);
		s->category[m][i] = level[i] == RAKE_NONE ? margin->categories : level[i];
		if (level[i] == RAKE_NONE && s->in[i])
			*unlisted = *name == '\0' ? "NA" : name;
	}
	return 0;
}

static int
weigh(struct survey *s, struct pool *pool, struct err *err)
{
	size_t n = s->cells, **level = pool_array(pool, s->margins, sizeof(*level));
	double *weight = pool_array(pool, n + 1, sizeof(*weight)),
		*square = pool_array(pool, n + 1, sizeof(*square));
	double *count = pool_array(pool, n + 1, sizeof(*count));
	const char **unlisted = pool_array(pool, s->margins, sizeof(*unlisted));
	struct rake_units units = { n, weight, count, square, (const size_t *const *)level,
		unlisted };
	int rc;

	s->category = pool_array(pool, s->margins, sizeof(*s->category));
	s->offset = pool_array(pool, s->margins + 1, sizeof(*s->offset));
	for (size_t m = 0; m < s->margins; m++) {
		level[m] = pool_array(pool, n + 1, sizeof(**level));
		s->category[m] = pool_array(pool, n + 1, sizeof(**s->category));
		if ((rc = margin_levels(s, m, level[m], &unlisted[m], err)) != 0)
			return rc;
		s->offset[m + 1] = s->offset[m] + s->margin[m].categories + 1;
	}
	for (size_t i = 0; i < n; i++) {
		if (!s->in[i])
			continue;
		weight[i] = survey_sum(s, i, SUM_W) / 1e6;
		square[i] = survey_sum(s, i, SUM_WW) / 1e12;
		count[i] = survey_sum(s, i, SUM_N);
	}
	s->raked = true;
	return rake_fit(s->g, &s->report, &units, s->margin, s->margins, &s->options->rake, err);
}

/* ---- open ---- */

static void
arrays_take(struct survey *s, struct pool *pool)
{
	s->psu = pool_array(pool, s->cells + 1, sizeof(*s->psu));
	s->stratum = pool_array(pool, s->cells + 1, sizeof(*s->stratum));
	s->in = pool_array(pool, s->cells + 1, sizeof(*s->in));
	s->g = pool_array(pool, s->cells + 1, sizeof(*s->g));
	s->variable = pool_array(pool, s->tally->variables + 1, sizeof(*s->variable));
	for (size_t v = 0; v < s->tally->variables; v++)
		variable_init(s, &s->variable[v], v, pool);
	for (size_t i = 0; i < s->cells; i++)
		s->in[i] = true;
	survey_where_apply(s, s->in, s->options->where, s->options->wheres, pool);
	for (size_t i = 0; i < s->cells; i++)
		s->g[i] = s->in[i];
}

int
survey_open(struct survey **survey, const struct tally *tally, const struct survey_options *options,
	struct pool *pool, struct err *err)
{
	struct survey_options *copy = pool_take(pool, sizeof(*copy));
	struct survey *s = pool_take(pool, sizeof(*s));
	int rc;

	s->tally = tally;
	s->layout = tally->layout;
	if (options != NULL)
		*copy = *options;
	s->options = copy;
	if ((rc = survey_where_check(tally, s->options->where, s->options->wheres, err)) != 0)
		return rc;
	cells_sort(s, pool);
	arrays_take(s, pool);
	if ((rc = design_make(s, pool, err)) != 0)
		return rc;
	s->margin = s->options->margin;
	s->margins = s->options->margins;
	if (s->margins > 0 && (rc = weigh(s, pool, err)) != 0)
		return rc;
	for (size_t i = 0; i < s->cells; i++)
		if (!s->in[i])
			s->g[i] = 0;
	*survey = s;
	return 0;
}

const struct rake_report *
survey_rake_report(const struct survey *s)
{
	return s->raked ? &s->report : NULL;
}

const struct design *
survey_design(const struct survey *s)
{
	return &s->design;
}

int
survey_levels(
	const struct survey *s, const char *variable, const char *const **level, size_t *levels)
{
	int v = tally_variable(s->tally, variable);

	if (v < 0)
		return -1;
	*level = (const char *const *)s->variable[v].level;
	*levels = s->variable[v].levels;
	return 0;
}
