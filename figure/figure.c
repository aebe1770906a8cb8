/* The public questions: figures of an indicator or form. */
#include "figure/figure.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "figure/session.h"

/* The question, resolved. */
struct asked {
	const char *const *figure;	/* figure[figures]; none: every figure of the
					 * form, or `index` alone */
	size_t figures;
	const char *form, *index;
	int stream;			/* -1: both */
	struct figures_ask ask;
	int year;
};

static int
ask_resolve(struct asked *q, const struct figure_ask *ask, struct err *err)
{
	enum stream stream;

	*q = (struct asked){ .figure = ask->figure, .figures = ask->figures, .form = ask->form,
		.index = ask->index, .stream = -1, .year = ask->year };
	q->ask = (struct figures_ask){ .by = ask->by == NULL ? "" : ask->by,
		.unflagged = ask->unflagged, .level = ask->level };
	if (ask->level != 0 && !(ask->level > 0.5 && ask->level < 1))
		return err_set(err, ERR_USAGE, "置信水平应在 0.5 与 1 之间，如 0.95",
			"the confidence level is between 0.5 and 1, like 0.95");
	if (q->form == NULL)
		return err_set(err, ERR_USAGE, "请说明指标或问卷", "say which indicator or form");
	if (ask->stream == NULL)
		return 0;
	if (stream_parse(&stream, ask->stream, err) != 0)
		return -1;
	q->stream = (int)stream;
	return 0;
}

static bool
index_wanted(const struct asked *q, const char *index)
{
	if (q->index != NULL)
		return strcmp(q->index, index) == 0;
	for (size_t i = 0; i < q->figures; i++)
		if (strcmp(q->figure[i], index) == 0)
			return true;
	return q->figures == 0;
}

static bool
figure_wanted(const struct asked *q, const struct figure *m)
{
	return index_wanted(q, m->index) &&
		(q->stream < 0 || strcmp(m->stream, stream_name((enum stream)q->stream)) == 0);
}

/* Measures being gathered over waves. */
struct gathering {
	struct figure *m;
	size_t n, room;
	struct pool *pool;
};

static void
gather(struct gathering *g, const struct figure *m, const char *indicator)
{
	struct figure *grown;

	if (g->n == g->room) {
		g->room = g->room == 0 ? 64 : 2 * g->room;
		grown = pool_array(g->pool, g->room, sizeof(*grown));
		if (g->n > 0)
			memcpy(grown, g->m, g->n * sizeof(*grown));
		g->m = grown;
	}
	g->m[g->n] = *m;
	g->m[g->n++].indicator = indicator;
}

/* Those of one wave that are wanted; how many there were. */
static int
gather_set(struct gathering *g, struct session *s, size_t wave, const struct asked *q,
	const char *indicator, size_t *found, struct err *err)
{
	const struct figure *m;
	struct figures_ask ask = q->ask;
	size_t n;

	ask.only = q->index;
	if (session_figures(s, wave, &ask, &m, &n, err) != 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (!figure_wanted(q, &m[i]))
			continue;
		gather(g, &m[i], indicator);
		(*found)++;
	}
	return 0;
}

/* Indices and shares; an item only when it is named. */
static int
gather_wave(struct gathering *g, struct session *s, size_t wave, const struct asked *q,
	const char *indicator, struct err *err)
{
	struct asked one = *q;
	size_t found = 0;

	for (int set = 0; set < SCORES_SETS; set++) {
		if (set == SCORES_ITEM && (found > 0 || q->index == NULL))
			break;
		one.ask.set = (enum scores_set)set;
		if (gather_set(g, s, wave, &one, indicator, &found, err) != 0)
			return -1;
	}
	return 0;
}

/* Does some wave's form define the figure at all?  Then "no answers yet" is not "no such index". */
static int
index_known(struct session *s, const struct asked *q, struct err *err)
{
	const struct form *form = db_get_form(session_db(s), q->form, NULL, session_pool(s), err);
	enum scores_set set;
	struct scores scores;
	struct text t = TEXT_INIT;

	if (form == NULL || scores_make(&scores, form, session_pool(s), err) != 0)
		return -1;
	if (q->index == NULL || scores_find(&scores, q->index, &set) != NULL)
		return 0;
	for (int k = 0; k < SCORES_ITEM; k++)
		for (size_t i = 0; i < scores.figures[k]; i++)
			text_fmt(&t, " %s", scores.figure[k][i].name);
	err_set(err, ERR_MISSING, "问卷 %s 没有指数或题目“%s”；有：%s 以及各 1—10 分题",
		"form %s has no index or item “%s”; it has:%s and the ten-point items", q->form,
		q->index, text_str(&t));
	text_clear(&t);
	return -1;
}

/* Order of the figures as first met, then year, wave, stream, domain: a stable sort by
 * what the header states. */
struct ordered {
	struct figure m;
	size_t index, at;
};

static int
figure_order(const void *a, const void *b)
{
	const struct ordered *x = a, *y = b;
	int c;

	if (x->index != y->index)
		return x->index < y->index ? -1 : 1;
	if (x->m.year != y->m.year)
		return x->m.year < y->m.year ? -1 : 1;
	if (x->m.wave != y->m.wave)
		return x->m.wave < y->m.wave ? -1 : 1;
	c = strcmp(y->m.stream, x->m.stream);	/* sampled before open */
	if (c != 0)
		return c;
	return x->at < y->at ? -1 : x->at > y->at;
}

static void
sort_figures(struct gathering *g)
{
	struct ordered *o = pool_array(g->pool, g->n + 1, sizeof(*o));
	size_t k;

	for (size_t i = 0; i < g->n; i++) {
		k = i > 0 && strcmp(o[i - 1].m.index, g->m[i].index) == 0 ? i - 1 : 0;
		while (k < i && strcmp(o[k].m.index, g->m[i].index) != 0)
			k++;
		o[i] = (struct ordered){ g->m[i], k < i ? o[k].index : i, i };
	}
	qsort(o, g->n, sizeof(*o), figure_order);
	for (size_t i = 0; i < g->n; i++)
		g->m[i] = o[i].m;
}

int
session_index(struct session *s, const struct figure_ask *ask, const struct figure **figure,
	size_t *n, struct err *err)
{
	struct gathering g = { .pool = session_pool(s) };
	const struct wave *wave;
	struct asked q;
	size_t waves;

	if (ask_resolve(&q, ask, err) != 0 || index_known(s, &q, err) != 0)
		return -1;
	wave = session_waves(s, &waves);
	for (size_t i = 0; i < waves; i++) {
		if (strcmp(wave[i].form_id, q.form) != 0 || (q.year != 0 && wave[i].year != q.year))
			continue;
		if (gather_wave(&g, s, i, &q, ask->indicator, err) != 0)
			return -1;
	}
	sort_figures(&g);
	*figure = g.m;
	*n = g.n;
	return 0;
}

int
figure_index(struct db *db, const struct figure_ask *ask, const struct figure **figure,
	size_t *n, struct pool *pool, struct err *err)
{
	struct session *s;

	if (session_open(&s, db, pool, err) != 0)
		return -1;
	if (ask->rows)
		session_rows_only(s);
	return session_index(s, ask, figure, n, err);
}

bool
figure_is_share(const struct figure *m)
{
	return m->estimate.mapping != NULL && strcmp(m->estimate.mapping, "share") == 0;
}
