/* Estimates asked for and read. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/in.h"

static struct column
column_of(const struct manyi_item *item, size_t n, struct pool *pool)
{
	const char *name = pool_strdup(pool, item->name != NULL ? item->name : "");
	struct column column = { .name = name, .x = item->x, .upper = NAN };

	if (item->scale == MANYI_POINTS)
		return column_points(&column, n, item->low, item->high, pool);
	if (item->scale == MANYI_SHARE)
		return column_share(name, item->x, n, item->is, item->iss, pool);
	return column;
}

static struct column *
columns_of(const struct manyi_item item[], size_t items, size_t n, struct pool *pool)
{
	struct column *c = pool_array(pool, items + 1, sizeof(*c));

	for (size_t i = 0; item != NULL && i < items; i++)
		c[i] = column_of(&item[i], n, pool);
	return c;
}

/* Labels are copied: the table's rows keep them. */
static const struct factor *const *
groups_of(const struct manyi_ask *ask, size_t n, struct pool *pool)
{
	const struct factor **by = pool_array(pool, ask->bys + 1, sizeof(*by));

	for (size_t i = 0; i < ask->bys; i++) {
		struct factor *f = pool_take(pool, sizeof(*f));
		const char **level;

		factor_make(f, pool_strdup(pool, ask->by[i].name), ask->by[i].label, n, pool);
		level = pool_array(pool, f->levels + 1, sizeof(*level));
		for (size_t k = 0; k < f->levels; k++)
			level[k] = pool_strdup(pool, f->level[k]);
		f->level = level;
		by[i] = f;
	}
	return by;
}

static const bool *
where_of(const unsigned char where[], size_t n, struct pool *pool)
{
	bool *in;

	if (where == NULL)
		return NULL;
	in = pool_array(pool, n + 1, sizeof(*in));
	for (size_t i = 0; i < n; i++)
		in[i] = where[i] != 0;
	return in;
}

static int
index_of(struct manyi_table *t, const struct manyi_sample *s, const struct sample_ask *inner,
	const struct manyi_ask *ask, struct err *err)
{
	double *equal = pool_array(&t->pool, ask->ofs + 1, sizeof(*equal));
	const char *name = pool_strdup(&t->pool, ask->name != NULL ? ask->name : "index");

	for (size_t i = 0; i < ask->ofs; i++)
		equal[i] = 1;
	return sample_index(&t->table, s->sample, inner, ask->a != NULL ? ask->a : equal, name,
		&t->pool, err);
}

static int
ask_check(const struct manyi_ask *ask, struct err *err)
{
	if (ask->of == NULL || ask->ofs == 0 ||
			(ask->statistic == MANYI_RATIO && ask->den == NULL) ||
			(ask->statistic == MANYI_QUANTILE && (ask->p == NULL || ask->ps == 0)))
		return fault_set(err, FAULT_INPUT, "没有说明要估计什么", "nothing is asked for");
	if (ask->level != 0 && !(ask->level > 0 && ask->level < 1))
		return fault_set(err, FAULT_INPUT, "置信水平 %g 不在 0 与 1 之间",
			"the level %g is not between 0 and 1", ask->level);
	for (size_t i = 0; i < ask->ofs; i++)
		if (ask->of[i].scale == MANYI_POINTS && !(ask->of[i].low < ask->of[i].high))
			return fault_set(err, FAULT_INPUT, "第 %zu 题的量表两端不对",
				"item %zu: its scale has no length", i + 1);
	return 0;
}

static int
estimate(struct manyi_table *t, const struct manyi_sample *s, const struct manyi_ask *ask,
	struct err *err)
{
	struct sample_ask inner = {
		.ofs = ask->ofs, .of = columns_of(ask->of, ask->ofs, s->n, &t->pool),
		.den = columns_of(ask->den, ask->ofs, s->n, &t->pool),
		.by = groups_of(ask, s->n, &t->pool), .bys = ask->bys,
		.where = where_of(ask->where, s->n, &t->pool), .listwise = ask->listwise != 0,
		.paired = ask->ofs <= 64,
		.deff = ask->finite ? SAMPLE_DEFF_FINITE : SAMPLE_DEFF_REPLACE,
		.df = (enum sample_df_rule)ask->df, .level = ask->level,
		.interval = (enum interval)ask->interval,
	};

	switch (ask->statistic) {
	case MANYI_INDEX:
		return index_of(t, s, &inner, ask, err);
	case MANYI_QUANTILE:
		return sample_quantile(&t->table, s->sample, &inner, ask->p, ask->ps, QUANTILE_MATH,
			&t->pool, err);
	case MANYI_TOTAL:
		inner.statistic = SAMPLE_TOTAL;
		break;
	case MANYI_RATIO:
		inner.statistic = SAMPLE_RATIO;
		break;
	default:
		inner.statistic = SAMPLE_MEAN;
	}
	return sample_estimate(&t->table, s->sample, &inner, &t->pool, err);
}

int
manyi_sample_estimate(struct manyi_table **table, const struct manyi_sample *s,
	const struct manyi_ask *ask, struct manyi_error *error)
{
	struct manyi_table *t;
	struct err err = { 0 };
	int rc = ask_check(ask, &err);

	if (rc != 0)
		return lib_error(error, rc, &err);
	t = calloc(1, sizeof(*t));
	if (t == NULL)
		err_die("out of memory");
	rc = estimate(t, s, ask, &err);
	if (rc == 0)
		*table = t;
	else
		manyi_table_free(t);
	return lib_error(error, rc, &err);
}

void
manyi_table_free(struct manyi_table *t)
{
	if (t == NULL)
		return;
	pool_clear(&t->pool);
	free(t);
}

size_t
manyi_table_rows(const struct manyi_table *t)
{
	return t->table.rows;
}

struct manyi_row
manyi_table_row(const struct manyi_table *t, size_t i)
{
	const struct table_row *r = &t->table.row[i];

	return (struct manyi_row){ lib_estimate(&r->estimate), r->of, t->table.bys > 0 ? r->by :
		NULL, r->p, r->fault, r->span_fault, r->err != NULL ? r->err->text : NULL };
}

double
manyi_table_covariance(const struct manyi_table *t, size_t i, size_t j)
{
	return t->table.cov[i * t->table.rows + j];
}

int
manyi_table_combine(struct manyi_estimate *e, const struct manyi_table *t, const double a[],
	double upper, struct manyi_error *error)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct table_row row = table_combine(&t->table, a, "", upper, INTERVAL_DEFAULT, &pool);
	int rc = row.fault;

	if (rc == 0)
		*e = lib_estimate(&row.estimate);
	else
		err = *row.err;
	pool_clear(&pool);
	return lib_error(error, rc, &err);
}
