/* The yearly series that feed a programme's rows, each made once. */
#include "track/known.h"

#include <string.h>

#include "figure/series.h"

const struct series *
surveys_series(const struct surveys *s, const char *form, const char *index, enum stream stream)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->series[i].form, form) == 0 &&
				strcmp(s->series[i].index, index) == 0 &&
				strcmp(s->series[i].stream, stream_name(stream)) == 0)
			return &s->series[i];
	return NULL;
}

const struct series *
surveys_figure(const struct surveys *s, const struct programme_figure *figure)
{
	const struct series *series = NULL;

	for (size_t i = 0; i < figure->n && (series == NULL || series->years == 0); i++)
		series = surveys_series(s, figure->form, figure->index[i], STREAM_SAMPLED);
	return series;
}

/* What is being made, and for which year. */
struct making {
	struct surveys *surveys;
	size_t room;
	struct session *session;
	int year;
	struct err *err;
};

static int
add(struct making *m, const char *form, const char *index, enum stream stream)
{
	struct surveys *s = m->surveys;
	struct series *grown;

	if (surveys_series(s, form, index, stream) != NULL)
		return 0;
	if (s->n == m->room) {
		m->room = m->room == 0 ? 16 : 2 * m->room;
		grown = pool_array(session_pool(m->session), m->room, sizeof(*grown));
		if (s->n > 0)
			memcpy(grown, s->series, s->n * sizeof(*grown));
		s->series = grown;
	}
	if (series_make(&s->series[s->n], m->session, form, index, stream_name(stream), m->year,
			TRACK_STEPS, m->err) != 0)
		return -1;
	s->n++;
	return 0;
}

static int
add_parts(struct making *m, const char *form, const struct programme_part part[],
	size_t n, bool open)
{
	for (size_t i = 0; i < n; i++)
		if (add(m, form, part[i].index, STREAM_SAMPLED) != 0 ||
				(open && add(m, form, part[i].index, STREAM_OPEN) != 0))
			return -1;
	return 0;
}

static int
add_row(struct making *m, const struct indicator *row)
{
	for (size_t i = 0; i < row->rules; i++) {
		const struct feed *feed = row->rule[i].feed;

		for (size_t k = 0; feed != NULL && k < feed->figure.n; k++)
			if (add(m, feed->figure.form, feed->figure.index[k], STREAM_SAMPLED) != 0)
				return -1;
	}
	if (row->top > 0 && row->figures.n > 0 &&
			add(m, row->figures.form, row->figures.index[0], STREAM_SAMPLED) != 0)
		return -1;
	if (add_parts(m, row->figures.form, row->first, row->firsts, true) != 0)
		return -1;
	return add_parts(m, row->figures.form, row->beside, row->besides, false);
}

int
surveys_load(struct surveys *s, const struct programme *p, struct session *session, int year,
	struct err *err)
{
	struct making m = { .surveys = s, .session = session, .year = year, .err = err };

	*s = (struct surveys){ .n = 0 };
	for (size_t i = 0; i < p->rows; i++)
		if (add_row(&m, &p->row[i]) != 0)
			return -1;
	return figure_complaints(session_db(session), year, TRACK_STEPS, &s->complaints,
		session_pool(session), err);
}
