/* Questions to stored waves. */
#include "figure/inquiry.h"

#include <string.h>

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

int
inquiry_survey(struct survey **s, const struct inquiry *q, size_t i, bool weighted,
	struct err *err)
{
	const struct margins *m = inquiry_margins(q, i);
	struct survey_how how = { .stream = q->stream,
		.margins = weighted && m->fault == NULL ? m : NULL };
	struct figures *figures = inquiry_figures(q, i, err);

	return figures == NULL ? FAULT_INPUT : figures_survey(s, figures, &how, err);
}

bool
inquiry_shared(const struct inquiry *q)
{
	for (size_t i = 0; i + 1 < q->waves; i++)
		if (!series_shared(inquiry_wave(q, i), inquiry_wave(q, i + 1), q->stream))
			return false;
	return true;
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

int
inquiry_figure(struct table *t, const struct inquiry *q, size_t i, const char *name,
	const char *by, double level, struct err *err)
{
	struct figures_ask ask = { .by = by != NULL ? by : "", .level = level > 0 ? level : 0.95 };
	struct figures *figures = inquiry_figures(q, i, err);
	const struct scores_figure *figure;

	if (figures == NULL || level_known(figures->answers.form, ask.by, err) != 0)
		return FAULT_INPUT;
	if ((figure = scores_find(&figures->scores, name, &ask.set)) == NULL)
		return fault_set(err, FAULT_COLUMN, "问卷 %s 没有指数或比例“%s”",
			"form %s has no index or share “%s”", figures->answers.form->id, name);
	return figures_rows(t, figures, &ask, figure, q->stream, q->pool, err);
}
