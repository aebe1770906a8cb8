/* A wave's sums into figures. */
#include "figure/figures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "stats/fault.h"
#include "stats/survey.h"

/* Domains estimated at once: their covariance is a square. */
enum { DOMAINS_AT_ONCE = 128 };

/* One stream of one wave, open for estimating. */
struct frame {
	const struct fold *fold;
	const struct figures_ask *ask;
	enum stream stream;
	struct survey *survey;		/* NULL: nothing can be estimated, fault says why */
	const char *fault;		/* stable word, or NULL */
	struct err err;
	const char *weighting;		/* said in the method; NULL: what stats says */
	struct pool *temp;		/* tables */
	struct pool *pool;		/* results */
};

static bool
any_by_sector(const struct fold *fold, enum scores_set set)
{
	for (size_t i = 0; i < fold->scores.figures[set]; i++)
		if (fold->scores.figure[set][i].by_sector)
			return true;
	return false;
}

struct fold_slice
figures_slice(const struct fold *fold, const struct figures_ask *ask)
{
	const char *by = ask->by;

	if (by[0] == '\0' && any_by_sector(fold, ask->set))
		by = "sector";
	return (struct fold_slice){ ask->set, by, ask->unflagged };
}

/* ---- opening a stream ---- */

static void
frame_fault(struct frame *f, const char *fault, const struct err *err)
{
	f->fault = fault;
	f->err = *err;
}

static int
frame_survey(struct frame *f, const struct tally *tally, bool raked, struct err *err)
{
	static const char *const main_rows[] = { "0" };
	static const struct survey_where in_main = { .variable = "flagged", .level = main_rows,
		.levels = 1 };
	struct survey_options options = { .rake = { .aside = true } };

	if (!f->ask->unflagged) {
		options.where = &in_main;
		options.wheres = 1;
	}
	if (raked) {
		options.margin = f->ask->margins->margin;
		options.margins = f->ask->margins->n;
	}
	return survey_open(&f->survey, tally, &options, f->temp, err);
}

/* Returns false for a stream without answers. */
static bool
frame_open(struct frame *f)
{
	struct fold_slice slice = figures_slice(f->fold, f->ask);
	const struct tally *tally = fold_tally(f->fold, &slice, f->stream);
	const struct margins *m = f->ask->margins;
	bool raked = f->stream == STREAM_SAMPLED && m->n > 0;
	struct err err = { 0 };
	int fault;

	if (tally == NULL || tally->cells == 0)
		return false;
	if (raked && m->fault != NULL) {
		frame_fault(f, m->fault, &m->err);
		raked = false;
	}
	fault = frame_survey(f, tally, raked, &err);
	if (fault != 0 && f->fault == NULL)
		frame_fault(f, fault_word(fault), &err);
	if (fault != 0 && frame_survey(f, tally, false, NULL) != 0)
		f->survey = NULL;
	return true;
}

/* ---- estimating ---- */

static const char *const by_sector = "sector", *const by_nobody = "";

/* Near 0 and 1 the logit's t is a little short: docs/coverage.md. */
static enum interval
interval_for(const struct scores_figure *figure)
{
	return figure->share ? INTERVAL_KORN : INTERVAL_DEFAULT;
}

static int
estimate_parts(struct table *t, const struct frame *f, const struct scores_figure *figure,
	const char *const *by, const struct survey_where *where, struct err *err)
{
	struct survey_ask ask = {
		.score = figure->part, .scores = figure->parts,
		.level = f->ask->level,
		.interval = interval_for(figure),
		.mapping = figure->share ? "share" : f->fold->wave.mapping,
		.population = f->fold->wave.population,
		.stream = stream_name(f->stream),
	};

	if ((*by)[0] != '\0') {
		ask.by = by;
		ask.bys = 1;
	}
	if (where != NULL) {
		ask.where = where;
		ask.wheres = 1;
	}
	/* A domain's own; the sectors of a composed city share the design's. */
	ask.own_df = f->ask->by[0] != '\0';
	return survey_estimate(t, f->survey, &ask, f->temp, err);
}

int
figures_weight(double *weight, const char *weights, const char *sector, struct err *err)
{
	size_t n = strlen(sector);
	const char *p = weights;
	char *end;

	*weight = 1;
	if (weights[0] == '\0')
		return 0;
	for (; *p != '\0'; p += strcspn(p, " ,"), p += strspn(p, " ,")) {
		if (strncmp(p, sector, n) != 0 || p[n] != '=')
			continue;
		*weight = strtod(p + n + 1, &end);
		if (end != p + n + 1 && strchr(" ,", *end) != NULL && *weight >= 0 && *weight < 1e9)
			return 0;
		break;
	}
	return err_set(err, ERR_INPUT,
		"行业权重“%s”里没有 %s，或者写得不对：应写成 S01=2 S02=1.5 …",
		"the sector weights “%s” do not say %s, or say it wrongly: write S01=2 S02=1.5 ...",
		weights, sector);
}

/* Coefficients of the city's value: parts, or sectors by their weights.  -1 with *err. */
static int
city_coefficients(double a[], const struct frame *f, const struct table *t,
	const struct scores_figure *figure, struct err *err)
{
	const struct score *score = f->fold->scores.layout[f->ask->set][0].score;

	for (size_t i = 0; i < t->rows; i++) {
		a[i] = 0;
		if (figure->by_sector) {
			if (t->row[i].by[0][0] == '\0')
				continue;
			if (figures_weight(&a[i], f->ask->weights, t->row[i].by[0], err) != 0)
				return -1;
			continue;
		}
		for (size_t k = 0; k < figure->parts; k++)
			if (strcmp(score[figure->part[k]].name, t->row[i].of) == 0)
				a[i] = figure->weight[k];
	}
	return 0;
}

/* Coefficients of one domain's value; false if the domain has no row. */
static bool
domain_coefficients(double a[], const struct frame *f, const struct table *t,
	const struct scores_figure *figure, const char *domain)
{
	const struct score *score = f->fold->scores.layout[f->ask->set][0].score;
	bool any = false;

	for (size_t i = 0; i < t->rows; i++) {
		a[i] = 0;
		if (strcmp(t->row[i].by[0], domain) != 0)
			continue;
		for (size_t k = 0; k < figure->parts; k++)
			if (strcmp(score[figure->part[k]].name, t->row[i].of) == 0)
				a[i] = figure->weight[k];
		any = true;
	}
	return any;
}

/* ---- a figure ---- */

static const char *
note_text(const struct frame *f, const struct scores_figure *figure, enum lang lang)
{
	struct text t = TEXT_INIT;
	const char *s, *sep = lang == LANG_ZH ? "；" : "; ";

	text_puts(&t, stream_note(f->stream).in[lang]);
	if (f->ask->unflagged)
		text_fmt(&t, "%s%s", t.n > 0 ? sep : "",
			lang == LANG_ZH ? "含疑似异常（待核）的答卷" : "flagged answers included");
	if (f->stream == STREAM_SAMPLED && f->ask->margins->simulated)
		text_fmt(&t, "%s%s", t.n > 0 ? sep : "",
			lang == LANG_ZH ? "人口数据为模拟数据" : "simulated population figures");
	if (figure->by_sector && f->ask->by[0] != '\0' && strcmp(f->ask->by, "sector") != 0)
		text_fmt(&t, "%s%s", t.n > 0 ? sep : "",
			lang == LANG_ZH ? "按应答者直接平均，未按行业合成" :
			"mean over respondents, not composed of sectors");
	s = pool_strdup(f->pool, text_str(&t));
	text_clear(&t);
	return s;
}

static struct figure
figure_base(const struct frame *f, const struct scores_figure *figure, const char *domain)
{
	const struct fold *fold = f->fold;
	bool city = domain == NULL, raked = f->stream == STREAM_SAMPLED && f->ask->margins->n > 0;
	struct figure m = {
		.form = fold->form->id, .index = figure->name, .index_label = figure->label,
		.domain = city ? "all" : pool_strdup(f->pool, domain),
		.domain_label = { { "全市", "Whole city" } },
		.year = fold->wave.year, .wave = fold->wave.id, .stream = stream_name(f->stream),
		.margins = raked ? f->ask->margins->names : "",
		.margins_hash = raked ? f->ask->margins->hash : "",
		.simulated = raked && f->ask->margins->simulated,
		.err_code = "",
	};

	if (!city)
		m.domain_label = fold_label(fold, f->ask->by, domain, f->pool);
	m.note.in[LANG_ZH] = note_text(f, figure, LANG_ZH);
	m.note.in[LANG_EN] = note_text(f, figure, LANG_EN);
	m.estimate.mapping = figure->share ? "share" : fold->wave.mapping;
	m.estimate.population = fold->wave.population;
	m.estimate.stream = m.stream;
	m.estimate.method = "";
	m.estimate.level = f->ask->level;
	return m;
}

/* No number leaves when there is a reason against it; n may, so that
 * fieldwork sees how far it is. */
static void
figure_refuse(struct figure *m, const char *code, const struct err *err)
{
	struct estimate *e = &m->estimate;

	m->err_code = code;
	m->err = *err;
	e->value = e->se = e->low = e->high = e->df = e->n_eff = e->kish = e->deff = NAN;
}

static void
figure_limits(struct figure *m)
{
	struct err err = { 0 };
	double n = m->estimate.n, n_eff = estimate_size(&m->estimate);

	if (m->err_code[0] != '\0' || estimate_publishable(&m->estimate))
		return;
	if (n < ESTIMATE_MIN_CELL || n_eff < ESTIMATE_MIN_N_EFF)
		err_set(&err, ERR_REFUSED,
			"样本太少：应答 %.0f 份，有效样本量 %.0f（至少要 %d 份、%d），不公布",
			"too few answers: %.0f, effective sample size %.0f"
			" (at least %d and %d): not shown",
			n, n_eff, ESTIMATE_MIN_CELL, ESTIMATE_MIN_N_EFF);
	else
		err_set(&err, ERR_REFUSED, "没有区间，不公布", "there is no interval: not shown");
	figure_refuse(m, n < ESTIMATE_MIN_CELL || n_eff < ESTIMATE_MIN_N_EFF ? "too_few" :
		"no_interval", &err);
}

/* The estimate of a combined row into the figure, its words copied out of the temporary pool. */
static void
figure_fill(struct figure *m, const struct frame *f, const struct table_row *row,
	const char *extra)
{
	struct estimate *e = &m->estimate;
	const char *mapping = e->mapping, *population = e->population, *stream = e->stream;

	*e = row->estimate;
	e->mapping = mapping;
	e->population = population;
	e->stream = stream;
	e->level = f->ask->level;
	e->method = pool_fmt(f->pool, "%s%s%s", e->method == NULL ? "" : e->method, extra,
		f->stream == STREAM_OPEN ? ", model-based" : "");
	if (f->fault != NULL)
		figure_refuse(m, f->fault, &f->err);
	else if (row->fault != 0)
		figure_refuse(m, fault_word(row->fault), row->err);
	else if (row->span_fault != 0)
		figure_refuse(m, fault_word(row->span_fault), row->err);
	figure_limits(m);
}

/* How the sectors entered: said in the method. */
static const char *
sector_words(const struct frame *f, const double a[], const struct table *t, int left_out)
{
	size_t n = 0;

	for (size_t i = 0; i < t->rows; i++)
		n += a[i] != 0;
	return pool_fmt(f->pool, ", %zu sectors weighted %s%s", n,
		f->ask->weights[0] == '\0' ? "equally" : f->ask->weights,
		left_out > 0 ? pool_fmt(f->pool, " (%d without answers left out)", left_out) : "");
}

static struct figure
figure_city(const struct frame *f, const struct scores_figure *figure)
{
	struct figure m = figure_base(f, figure, NULL);
	const char *extra = "", *fault;
	struct err err = { 0 };
	struct table_row row;
	struct table t;
	int left_out = 0, rc;
	double *a;

	rc = f->survey == NULL ? FAULT_NUMERIC : estimate_parts(&t, f, figure,
		figure->by_sector ? &by_sector : &by_nobody, NULL, &err);
	fault = f->fault != NULL ? f->fault : fault_word(rc);
	if (rc != 0) {
		figure_refuse(&m, fault, f->fault != NULL ? &f->err : &err);
		return m;
	}
	a = pool_array(f->temp, t.rows + 1, sizeof(*a));
	if (city_coefficients(a, f, &t, figure, &err) != 0) {
		figure_refuse(&m, "sector_weights", &err);
		return m;
	}
	if (figure->by_sector)
		left_out = table_present(&t, a);
	if (left_out < 0) {
		err_set(&err, ERR_REFUSED, "没有一个行业有可用的答卷",
			"no sector has usable answers");
		figure_refuse(&m, "empty_domain", &err);
		return m;
	}
	if (figure->by_sector)
		extra = sector_words(f, a, &t, left_out);
	row = table_combine(&t, a, figure->name, figure->share ? 1 : 100,
		interval_for(figure), f->temp);
	figure_fill(&m, f, &row, extra);
	return m;
}

/* ---- domains ---- */

/* Measures being listed. */
struct listing {
	struct figure *m;
	size_t n, room;
};

static void
list_add(struct listing *l, const struct figure *m, struct pool *pool)
{
	struct figure *grown;

	if (l->n == l->room) {
		l->room = l->room == 0 ? 64 : 2 * l->room;
		grown = pool_array(pool, l->room, sizeof(*grown));
		if (l->n > 0)
			memcpy(grown, l->m, l->n * sizeof(*grown));
		l->m = grown;
	}
	l->m[l->n++] = *m;
}

/* Some levels of `by` at once. */
static void
figure_chunk(struct listing *l, const struct frame *f, const struct scores_figure *figure,
	const char *const level[], size_t levels)
{
	struct survey_where where = { .variable = f->ask->by, .level = level, .levels = levels };
	struct err err = { 0 };
	struct figure m;
	struct table t;
	double *a;
	int rc = estimate_parts(&t, f, figure, &f->ask->by, &where, &err);

	a = rc == 0 ? pool_array(f->temp, t.rows + 1, sizeof(*a)) : NULL;
	for (size_t i = 0; i < levels; i++) {
		if (level[i][0] == '\0' ||
				(rc == 0 && !domain_coefficients(a, f, &t, figure, level[i])))
			continue;
		m = figure_base(f, figure, level[i]);
		if (rc == 0) {
			struct table_row row = table_combine(&t, a, figure->name,
				figure->share ? 1 : 100, interval_for(figure), f->temp);

			figure_fill(&m, f, &row, "");
		} else {
			figure_refuse(&m, f->fault != NULL ? f->fault : fault_word(rc),
				f->fault != NULL ? &f->err : &err);
		}
		list_add(l, &m, f->pool);
	}
}

static void
figure_domains(struct listing *l, const struct frame *f, const struct scores_figure *figure)
{
	const char *const *level;
	size_t levels, n;

	if (f->survey == NULL || survey_levels(f->survey, f->ask->by, &level, &levels) != 0)
		return;
	for (size_t i = 0; i < levels; i += n) {
		n = levels - i < DOMAINS_AT_ONCE ? levels - i : DOMAINS_AT_ONCE;
		figure_chunk(l, f, figure, level + i, n);
	}
}

void
figures_make(struct figure **figure, size_t *n, const struct fold *fold,
	const struct figures_ask *ask, struct pool *pool)
{
	struct pool temp = POOL_INIT;
	struct frame frame[STREAM_MAX];
	struct listing l = { NULL, 0, 0 };
	bool open[STREAM_MAX];

	for (int s = 0; s < STREAM_MAX; s++) {
		frame[s] = (struct frame){ .fold = fold, .ask = ask, .stream = (enum stream)s,
			.temp = &temp, .pool = pool };
		open[s] = frame_open(&frame[s]);
	}
	for (size_t i = 0; i < fold->scores.figures[ask->set]; i++)
		for (int s = 0; s < STREAM_MAX; s++) {
			const struct scores_figure *score =
				&fold->scores.figure[ask->set][i];

			if (open[s] && ask->by[0] != '\0') {
				figure_domains(&l, &frame[s], score);
			} else if (open[s]) {
				struct figure m = figure_city(&frame[s], score);

				list_add(&l, &m, pool);
			}
		}
	pool_clear(&temp);
	*figure = l.m;
	*n = l.n;
}

int
figures_table(struct table *table, double **a, const struct fold *fold,
	const struct figures_ask *ask,
	const struct scores_figure *figure, enum stream stream, struct pool *pool)
{
	struct frame f = { .fold = fold, .ask = ask, .stream = stream, .temp = pool, .pool = pool };
	struct err err = { 0 };

	if (!frame_open(&f) || f.survey == NULL || f.fault != NULL)
		return -1;
	if (estimate_parts(table, &f, figure, figure->by_sector ? &by_sector : &by_nobody,
			NULL, &err) != 0)
		return -1;
	*a = pool_array(pool, table->rows + 1, sizeof(**a));
	if (city_coefficients(*a, &f, table, figure, &err) != 0)
		return -1;
	return figure->by_sector && table_present(table, *a) < 0 ? -1 : 0;
}

/* ---- a figure's rows with their covariance ---- */

/* Rows of t combined: a[k * t->rows] are the coefficients of row k of out. */
static void
combine_covariance(struct table *out, const struct table *t, const double a[], struct pool *pool)
{
	size_t n = t->rows, k = out->rows;
	double *half = pool_array(pool, k * n + 1, sizeof(*half)), *total;

	out->cov = pool_array(pool, k * k + 1, sizeof(*out->cov));
	for (size_t i = 0; i < k; i++)
		for (size_t p = 0; p < n; p++)
			for (size_t q = 0; a[i * n + p] != 0 && q < n; q++)
				half[i * n + q] += a[i * n + p] * t->cov[p * n + q];
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < k; j++)
			for (size_t q = 0; q < n; q++)
				if (a[j * n + q] != 0)
					out->cov[i * k + j] += half[i * n + q] * a[j * n + q];
	if (t->total == NULL)
		return;
	total = pool_array(pool, t->design->psus * k + 1, sizeof(*total));
	for (size_t p = 0; p < t->design->psus; p++)
		for (size_t i = 0; i < k; i++)
			for (size_t q = 0; q < n; q++)
				if (a[i * n + q] != 0)
					total[p * k + i] += a[i * n + q] * t->total[p * n + q];
	out->design = t->design;
	out->total = total;
}

static struct table_row
figure_row(const struct frame *f, const struct table *t, const double a[],
	const struct scores_figure *figure, const char *extra)
{
	struct table_row row = table_combine(t, a, figure->name, figure->share ? 1 : 100,
		interval_for(figure), f->pool);

	row.estimate.method = pool_fmt(f->pool, "%s%s%s", row.estimate.method == NULL ? "" :
		row.estimate.method, extra, f->stream == STREAM_OPEN ? ", model-based" : "");
	return row;
}

static int
rows_city(struct table *out, const struct frame *f, const struct table *t,
	const struct scores_figure *figure, struct err *err)
{
	double *a = pool_array(f->pool, t->rows + 1, sizeof(*a));
	int left_out = 0;

	if (city_coefficients(a, f, t, figure, err) != 0)
		return FAULT_INPUT;
	if (figure->by_sector && (left_out = table_present(t, a)) < 0)
		return fault_set(err, FAULT_EMPTY_DOMAIN, "没有一个行业有可用的答卷",
			"no sector has usable answers");
	out->rows = 1;
	out->row = pool_take(f->pool, sizeof(*out->row));
	out->row[0] = figure_row(f, t, a, figure,
		figure->by_sector ? sector_words(f, a, t, left_out) : "");
	combine_covariance(out, t, a, f->pool);
	return 0;
}

static void
rows_domains(struct table *out, const struct frame *f, const struct table *t,
	const struct scores_figure *figure)
{
	size_t n = t->rows, k = n / figure->parts;
	double *a = pool_array(f->pool, k * n + 1, sizeof(*a));

	out->rows = k;
	out->row = pool_array(f->pool, k + 1, sizeof(*out->row));
	out->by = t->by;
	out->bys = t->bys;
	for (size_t i = 0; i < k; i++) {
		const char *const *by = t->row[i * figure->parts].by;

		domain_coefficients(a + i * n, f, t, figure, by[0]);
		out->row[i] = figure_row(f, t, a + i * n, figure, "");
		out->row[i].by = by;
	}
	combine_covariance(out, t, a, f->pool);
}

int
figures_rows(struct table *out, const struct fold *fold, const struct figures_ask *ask,
	const struct scores_figure *figure, enum stream stream, struct pool *pool, struct err *err)
{
	struct frame f = { .fold = fold, .ask = ask, .stream = stream, .temp = pool, .pool = pool };
	struct fold_slice slice = figures_slice(fold, ask);
	const struct tally *tally = fold_tally(fold, &slice, stream);
	bool city = ask->by[0] == '\0';
	const char **by = pool_take(pool, sizeof(*by));
	struct table t;
	int rc;

	if (tally == NULL || tally->cells == 0)
		return fault_set(err, FAULT_EMPTY_DOMAIN, "这一轮没有 %s 答卷",
			"this wave has no answers of the %s stream", stream_name(stream));
	rc = frame_survey(&f, tally, stream == STREAM_SAMPLED && ask->margins->n > 0, err);
	*by = ask->by;
	if (rc != 0 || (rc = estimate_parts(&t, &f, figure,
			!city ? by : figure->by_sector ? &by_sector : &by_nobody, NULL, err)) != 0)
		return rc;
	*out = (struct table){ .df = t.df, .level = t.level };
	if (city)
		return rows_city(out, &f, &t, figure, err);
	rows_domains(out, &f, &t, figure);
	return 0;
}
