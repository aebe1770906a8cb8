/* Yearly figures, their differences, and the test that all of the last steps went one way. */
#include "figure/series.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "figure/keep.h"
#include "stats/compare/trend.h"

enum { STEPS_MAX = 16 };	/* of one claim */

/* One year of the series: its wave and its figure. */
struct point {
	size_t wave;
	const struct figure *figure;
};

/* ---- breaks ---- */

static void
break_say(struct step *step, struct pool *pool, const char *zh, const char *en)
{
	const char *sep_zh = step->broken ? "；" : "", *sep_en = step->broken ? "; " : "";
	struct words *w = &step->break_words;

	w->in[LANG_ZH] = pool_fmt(pool, "%s%s%s", w->in[LANG_ZH], sep_zh, zh);
	w->in[LANG_EN] = pool_fmt(pool, "%s%s%s", w->in[LANG_EN], sep_en, en);
	step->broken = true;
	step->break_note = w->in[LANG_ZH];
}

static void
break_change(struct step *step, struct pool *pool, const char *zh, const char *en, const char *was,
	const char *is)
{
	if (strcmp(was, is) != 0)
		break_say(step, pool, pool_fmt(pool, zh, was, is), pool_fmt(pool, en, was, is));
}

static void
break_find(struct step *step, const struct wave *was, const struct wave *is, struct pool *pool)
{
	if (is->break_note[0] != '\0')
		break_say(step, pool, is->break_note, is->break_note);
	if (is->year - was->year > 1)
		break_say(step, pool,
			pool_fmt(pool, "%d 年与 %d 年之间缺年份", was->year, is->year),
			pool_fmt(pool, "no figure between %d and %d", was->year, is->year));
	break_change(step, pool, "问卷改版（%s → %s）", "another form version (%s → %s)",
		was->form_version, is->form_version);
	break_change(step, pool, "计分方法改变（%s → %s）",
		"another mapping (%s → %s)", was->mapping, is->mapping);
	break_change(step, pool, "调查对象改变（%s → %s）", "another population (%s → %s)",
		was->population, is->population);
	break_change(step, pool,
		"调查方式改变（%s → %s）", "other modes (%s → %s)", was->modes, is->modes);
}

/* Weighting is a matter of the sampled stream alone. */
static void
break_weighting(struct step *step, const struct figure *was, const struct figure *is,
	struct pool *pool)
{
	break_change(step, pool, "加权变量改变（“%s” → “%s”）",
		"other weighting variables (“%s” → “%s”)", was->margins, is->margins);
}

/* ---- differences ---- */

static void
difference_independent(struct figure *m, const struct estimate *was, const struct estimate *is)
{
	m->estimate = trend_difference(was, is, 0, is->level).difference;
	m->estimate.method = "difference of independent samples, Welch t";
}

/* With the covariance of shared sampling units; -1 where the designs cannot be joined. */
static int
difference_shared(struct figure *m, struct session *s, const struct point *was,
	const struct point *is, enum stream stream)
{
	struct table table[2], joined;
	const struct table *const part[] = { &table[0], &table[1] };
	struct pool *pool = session_pool(s);
	double *a[2], *contrast;
	struct table_row row;

	if (session_table(s, was->wave, m->index, stream, &table[0], &a[0]) != 0 ||
			session_table(s, is->wave, m->index, stream, &table[1], &a[1]) != 0 ||
			table_join(&joined, part, 2, true, pool, NULL) != 0)
		return -1;
	contrast = pool_array(pool, joined.rows, sizeof(*contrast));
	for (size_t i = 0; i < joined.rows; i++)
		contrast[i] = i < table[0].rows ? -a[0][i] : a[1][i - table[0].rows];
	row = table_combine(&joined, contrast, m->index, NAN, INTERVAL_WALD, pool);
	if (row.fault != 0 || !(row.estimate.se >= 0))
		return -1;
	m->estimate = row.estimate;
	m->estimate.n = was->figure->estimate.n + is->figure->estimate.n;
	m->estimate.n_eff = m->estimate.kish = m->estimate.deff = NAN;
	m->estimate.method = "difference over shared sampling units, linearised t";
	return 0;
}

bool
series_shared(const struct wave *was, const struct wave *is, enum stream stream)
{
	return stream == STREAM_OPEN ||
		(was->clusters[0] != '\0' && strcmp(was->clusters, is->clusters) == 0);
}

static void
difference_compute(struct figure *m, struct session *s, const struct point *was,
	const struct point *is, enum stream stream)
{
	size_t waves;
	const struct wave *wave = session_waves(s, &waves);

	*m = *is->figure;
	if (!series_shared(&wave[was->wave], &wave[is->wave], stream) ||
			difference_shared(m, s, was, is, stream) != 0)
		difference_independent(m, &was->figure->estimate, &is->figure->estimate);
	m->estimate.mapping = is->figure->estimate.mapping;
	m->estimate.population = is->figure->estimate.population;
	m->estimate.stream = is->figure->stream;
}

/* Once for a process that keeps it: joining designs reads both waves. */
static int
difference_make(struct step *step, struct session *s, const struct point *was,
	const struct point *is, enum stream stream, struct err *err)
{
	struct pool *pool = session_pool(s);
	const char *before = session_state(s, was->wave, err),
		*after = session_state(s, is->wave, err);
	const char *state, *key, *json = NULL;
	const struct figure *cached;
	struct figure m;
	size_t n;

	if (before == NULL || after == NULL)
		return -1;
	state = pool_fmt(pool, "%s | %s", before, after);
	key = pool_fmt(pool, "step %" PRId64 " %" PRId64 " %s %s", was->figure->wave,
		is->figure->wave, is->figure->index, stream_name(stream));
	if (before[0] != '\0' && after[0] != '\0' &&
			(json = keep_get(session_db(s), key, pool)) != NULL &&
			cache_read(json, state, &cached, &n, pool) == 0 && n == 1) {
		step->difference = cached->estimate;
		return 0;
	}
	difference_compute(&m, s, was, is, stream);
	step->difference = m.estimate;
	if (before[0] != '\0' && after[0] != '\0')
		keep_put(session_db(s), key, cache_write(state, &m, 1, pool));
	return 0;
}

void
series_test(struct step *step)
{
	struct trend_step test = { .difference = step->difference };

	trend_test(&test);
	step->p_up = test.p_up;
	step->p_down = test.p_down;
	step->significant = !step->broken && test.p_two < 1 - step->difference.level;
}

/* Steps at the end that go one way without a break. */
static int
run_length(const struct series *s, double sign)
{
	int n = 0;

	for (size_t i = s->years < 2 ? 0 : s->years - 1; i-- > 0; n++)
		if (s->step[i].broken || !(sign * s->step[i].difference.value > 0))
			break;
	return n;
}

static double
largest_p(const struct series *s, bool up)
{
	double p[STEPS_MAX];
	size_t n = 0, first;

	if (s->years < (size_t)s->wanted + 1 || s->wanted > STEPS_MAX)
		return NAN;
	first = s->years - 1 - (size_t)s->wanted;
	for (size_t i = first; i < s->years - 1; i++)
		p[n++] = s->step[i].broken ? NAN : up ? s->step[i].p_up : s->step[i].p_down;
	return trend_iut(p, n);
}

void
series_finish(struct series *s)
{
	s->rises = run_length(s, 1);
	s->falls = run_length(s, -1);
	s->iut_up = largest_p(s, true);
	s->iut_down = largest_p(s, false);
}

/* ---- a series ---- */

static const struct figure *
city_figure(struct session *s, size_t wave, const char *index, const char *stream, struct err *err)
{
	struct figures_ask ask = { .by = "" };
	const struct figure *m;
	size_t n;

	for (int set = 0; set < SCORES_ITEM; set++) {
		ask.set = (enum scores_set)set;
		if (session_figures(s, wave, &ask, &m, &n, err) != 0)
			return NULL;
		for (size_t i = 0; i < n; i++)
			if (strcmp(m[i].index, index) == 0 && strcmp(m[i].stream, stream) == 0)
				return &m[i];
	}
	return NULL;
}

/* The newest wave of every year up to `until` that has the figure. */
static int
points_find(struct point point[], size_t *points, struct session *s, const char *form,
	const char *index, const char *stream, int until, struct err *err)
{
	size_t waves;
	const struct wave *wave = session_waves(s, &waves);
	struct err failed = { 0 };

	*points = 0;
	for (size_t i = 0; i < waves; i++) {
		const struct figure *m;

		if (strcmp(wave[i].form_id, form) != 0 || (until != 0 && wave[i].year > until))
			continue;
		m = city_figure(s, i, index, stream, &failed);
		if (failed.code != ERR_NONE) {
			*err = failed;
			return -1;
		}
		if (m == NULL)
			continue;
		if (*points > 0 && point[*points - 1].figure->year == m->year)
			(*points)--;
		point[(*points)++] = (struct point){ i, m };
	}
	return 0;
}

static int
steps_make(struct step step[], const struct point point[], size_t points, struct session *s,
	enum stream stream, struct err *err)
{
	size_t waves;
	const struct wave *wave = session_waves(s, &waves);
	struct pool *pool = session_pool(s);

	for (size_t i = 0; i + 1 < points; i++) {
		const struct point *was = &point[i], *is = &point[i + 1];

		step[i] = (struct step){ .from = was->figure->year, .to = is->figure->year,
			.break_note = "", .break_words = { { "", "" } } };
		break_find(&step[i], &wave[was->wave], &wave[is->wave], pool);
		break_weighting(&step[i], was->figure, is->figure, pool);
		if (difference_make(&step[i], s, was, is, stream, err) != 0)
			return -1;
		series_test(&step[i]);
	}
	return 0;
}

int
series_make(struct series *series, struct session *s, const char *form, const char *index,
	const char *stream, int until, int wanted, struct err *err)
{
	struct pool *pool = session_pool(s);
	size_t waves, points;
	struct point *point;
	struct figure *year;
	struct step *step;
	enum stream which;
	struct err mine = { 0 };

	session_waves(s, &waves);
	if (stream_parse(&which, stream, err) != 0)
		return -1;
	point = pool_array(pool, waves + 1, sizeof(*point));
	if (points_find(point, &points, s, form, index, stream, until, err == NULL ? &mine : err) !=
			0)
		return -1;
	year = pool_array(pool, points + 1, sizeof(*year));
	step = pool_array(pool, points + 1, sizeof(*step));
	for (size_t i = 0; i < points; i++)
		year[i] = *point[i].figure;
	if (steps_make(step, point, points, s, which, err) != 0)
		return -1;
	*series = (struct series){
		.form = pool_strdup(pool, form), .index = pool_strdup(pool, index),
		.stream = stream_name(which),
		.label = points > 0 ? year[0].index_label : (struct words){ { "", "" } },
		.year = year, .years = points, .step = step, .wanted = wanted, .target = NAN,
	};
	series_finish(series);
	return 0;
}
