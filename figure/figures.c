/* A wave's answers into figures. */
#include "figure/figures.h"

#include <string.h>

#include "figure/figures_in.h"
#include "stats/fault.h"

/* Rows of a table at once: their covariance is a square. */
enum { ROWS_AT_ONCE = 2048 };

int
figures_open(struct figures *f, struct db *db, const struct wave *wave, bool rows_only,
	struct pool *pool, struct err *err)
{
	*f = (struct figures){ .pool = pool };
	if (counted_open(&f->answers, db, wave, rows_only, pool, err) != 0)
		return -1;
	return scores_make(&f->scores, f->answers.form, pool, err);
}

/* A figure's estimates in one stream, still apart from the others. */
struct list {
	struct figure *m;
	size_t n;
};

/* The city as a mean of its sectors, which stand in a table of their own. */
static struct figure
sector_figure(const struct one *o, const struct scores_figure *figure)
{
	struct figure m = one_figure(o, figure, NULL);
	struct err err = { 0 };
	struct table_row row;
	struct table t;
	double *a;
	int left_out, rc = one_city(&t, &a, &left_out, o, figure, &err);

	if (rc != 0) {
		one_refuse(&m, o->fault != NULL ? o->fault : rc == FAULT_INPUT ? "sector_weights" :
			fault_word(rc), o->fault != NULL ? &o->err : &err);
		return m;
	}
	row = table_combine(&t, a, figure->name, figure->share ? 1 : 100, one_interval(figure),
		o->temp);
	one_fill(&m, o, &row, one_sectors(o, a, &t, left_out));
	return m;
}

/* The rows of some scores in one domain. */
static struct table
table_part(const struct table *t, size_t domain, struct one_scores *s,
	const struct scores_figure *figure, struct pool *pool)
{
	size_t n = figure->parts, *at = pool_array(pool, n, sizeof(*at));
	struct table part = { .rows = n, .by = t->by, .bys = t->bys, .df = t->df,
		.level = t->level };

	part.row = pool_array(pool, n, sizeof(*part.row));
	part.cov = pool_array(pool, n * n, sizeof(*part.cov));
	part.srs = pool_array(pool, n * n, sizeof(*part.srs));
	for (size_t i = 0; i < n; i++) {
		at[i] = domain * s->n + one_place(s, figure->part[i]);
		part.row[i] = t->row[at[i]];
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			part.cov[i * n + j] = t->cov[at[i] * t->rows + at[j]];
			part.srs[i * n + j] = t->srs[at[i] * t->rows + at[j]];
		}
	return part;
}

static void
list_take(struct list *list, const struct one *o, const struct scores_figure *figure,
	struct one_scores *s, const struct table *t)
{
	list->n = t->rows / s->n;
	list->m = pool_array(o->pool, list->n + 1, sizeof(*list->m));
	for (size_t d = 0; d < list->n; d++) {
		const struct table_row *row = &t->row[d * s->n + one_place(s, figure->part[0])];
		struct table_row whole;
		struct table part;

		list->m[d] = one_figure(o, figure, o->ask->by[0] == '\0' ? NULL : row->by[0]);
		if (figure->parts > 1) {
			part = table_part(t, d, s, figure, o->temp);
			whole = table_combine(&part, figure->weight, figure->name,
				figure->share ? 1 : 100, one_interval(figure), o->temp);
			row = &whole;
		}
		one_fill(&list->m[d], o, row, "");
	}
}

static void
list_refuse(struct list *list, const struct one *o, const struct scores_figure *figure,
	const char *code, const struct err *err)
{
	list->m = pool_take(o->pool, sizeof(*list->m));
	list->m[0] = one_figure(o, figure, NULL);
	list->n = 1;
	one_refuse(list->m, o->fault != NULL ? o->fault : code, o->fault != NULL ? &o->err : err);
}

/* Figures beside each other in one table. */
static void
lists_estimate(struct list list[], const struct one *o, const struct scores_figure figure[],
	size_t figures)
{
	struct one_scores scores;
	struct err err = { 0 };
	struct table t;
	int rc;

	one_scores(&scores, figure, figures, o->temp);
	rc = one_estimate(&t, o, &scores, one_interval(figure), o->ask->by, true, &err);
	for (size_t k = 0; k < figures; k++)
		if (rc == 0)
			list_take(&list[k], o, &figure[k], &scores, &t);
		else if (o->ask->by[0] == '\0')
			list_refuse(&list[k], o, &figure[k], fault_word(rc), &err);
}

/* How many of these figures one table has room for; none is too many. */
static size_t
together(const struct one *o, const struct scores_figure figure[], size_t figures)
{
	size_t scores = 0, n = 0, domains = 1;
	struct factor f;

	if (o->ask->by[0] != '\0' && survey_factor(&f, o->survey, o->ask->by, NULL) == 0)
		domains = f.levels;
	while (n < figures && !figure[n].by_sector && (n == 0 || (scores + figure[n].parts) *
			domains <= ROWS_AT_ONCE))
		scores += figure[n++].parts;
	return n > 0 ? n : 1;
}

static bool
wanted(const struct one *o, const struct scores_figure *figure)
{
	return o->ask->only == NULL || strcmp(o->ask->only, figure->name) == 0;
}

static void
lists_make(struct list list[], const struct one *o)
{
	const struct scores_figure *figure = o->f->scores.figure[o->ask->set];
	size_t n = o->f->scores.figures[o->ask->set], k;
	bool city = o->ask->by[0] == '\0';

	for (size_t i = 0; i < n; i += k) {
		k = 1;
		if (!wanted(o, &figure[i]))
			continue;
		if (o->survey == NULL) {
			if (city)
				list_refuse(&list[i], o, &figure[i], o->fault, &o->err);
		} else if (city && figure[i].by_sector) {
			list[i].m = pool_take(o->pool, sizeof(*list[i].m));
			list[i].m[0] = sector_figure(o, &figure[i]);
			list[i].n = 1;
		} else {
			k = o->ask->only != NULL ? 1 : together(o, &figure[i], n - i);
			lists_estimate(&list[i], o, &figure[i], k);
		}
	}
}

void
figures_make(struct figure **figure, size_t *n, struct figures *f,
	const struct figures_ask *ask, struct pool *pool)
{
	struct pool temp = POOL_INIT;
	size_t figures = f->scores.figures[ask->set];
	struct list *list[STREAM_MAX];

	*n = 0;
	for (int s = 0; s < STREAM_MAX; s++) {
		struct one o = { .f = f, .ask = ask, .stream = (enum stream)s, .temp = &temp,
			.pool = pool };

		list[s] = pool_array(&temp, figures + 1, sizeof(*list[s]));
		if (one_open(&o))
			lists_make(list[s], &o);
		for (size_t i = 0; i < figures; i++)
			*n += list[s][i].n;
	}
	*figure = pool_array(pool, *n + 1, sizeof(**figure));
	*n = 0;
	for (size_t i = 0; i < figures; i++)
		for (int s = 0; s < STREAM_MAX; s++) {
			if (list[s][i].n > 0)
				memcpy(*figure + *n, list[s][i].m,
					list[s][i].n * sizeof(**figure));
			*n += list[s][i].n;
		}
	pool_clear(&temp);
}
