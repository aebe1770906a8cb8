/* A figure in words: what it is of, what must stand beside it, and why there is none. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "figure/figures_in.h"
#include "stats/fault.h"

static const char *
note_text(const struct one *o, const struct scores_figure *figure, enum lang lang)
{
	struct text t = TEXT_INIT;
	const char *s, *sep = lang == LANG_ZH ? "；" : "; ";

	text_puts(&t, stream_note(o->stream).in[lang]);
	if (o->ask->unflagged)
		text_fmt(&t, "%s%s", t.n > 0 ? sep : "",
			lang == LANG_ZH ? "含疑似异常（待核）的答卷" : "flagged answers included");
	if (o->stream == STREAM_SAMPLED && o->f->margins->simulated)
		text_fmt(&t, "%s%s", t.n > 0 ? sep : "",
			lang == LANG_ZH ? "人口数据为模拟数据" : "simulated population figures");
	if (figure->by_sector && o->ask->by[0] != '\0' && strcmp(o->ask->by, "sector") != 0)
		text_fmt(&t, "%s%s", t.n > 0 ? sep : "",
			lang == LANG_ZH ? "按应答者直接平均，未按行业合成" :
			"mean over respondents, not composed of sectors");
	s = pool_strdup(o->pool, text_str(&t));
	text_clear(&t);
	return s;
}

struct figure
one_figure(const struct one *o, const struct scores_figure *figure, const char *domain)
{
	const struct counted *a = &o->f->answers;
	bool city = domain == NULL, raked = o->stream == STREAM_SAMPLED && o->f->margins->n > 0;
	struct figure m = {
		.form = a->form->id, .index = figure->name, .index_label = figure->label,
		.domain = city ? "all" : pool_strdup(o->pool, domain),
		.domain_label = { { "全市", "Whole city" } },
		.year = a->wave.year, .wave = a->wave.id, .stream = stream_name(o->stream),
		.margins = raked ? o->f->margins->names : "",
		.margins_hash = raked ? o->f->margins->hash : "",
		.simulated = raked && o->f->margins->simulated,
		.err_code = "",
	};

	if (!city)
		m.domain_label = level_label(a, o->ask->by, domain, o->pool);
	m.note.in[LANG_ZH] = note_text(o, figure, LANG_ZH);
	m.note.in[LANG_EN] = note_text(o, figure, LANG_EN);
	m.estimate.mapping = figure->share ? "share" : a->wave.mapping;
	m.estimate.population = a->wave.population;
	m.estimate.stream = m.stream;
	m.estimate.method = "";
	m.estimate.level = o->ask->level;
	return m;
}

/* No number leaves when there is a reason against it; n may, so that
 * fieldwork sees how far it is. */
void
one_refuse(struct figure *m, const char *code, const struct err *err)
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
	one_refuse(m, n < ESTIMATE_MIN_CELL || n_eff < ESTIMATE_MIN_N_EFF ? "too_few" :
		"no_interval", &err);
}

/* The estimate of a combined row into the figure, its words copied out of the temporary pool. */
void
one_fill(struct figure *m, const struct one *o, const struct table_row *row,
	const char *extra)
{
	struct estimate *e = &m->estimate;
	const char *mapping = e->mapping, *population = e->population, *stream = e->stream;

	*e = row->estimate;
	e->mapping = mapping;
	e->population = population;
	e->stream = stream;
	e->level = o->ask->level;
	e->method = pool_fmt(o->pool, "%s%s%s", e->method == NULL ? "" : e->method, extra,
		o->stream == STREAM_OPEN ? ", model-based" : "");
	if (o->fault != NULL)
		one_refuse(m, o->fault, &o->err);
	else if (row->fault != 0)
		one_refuse(m, fault_word(row->fault), row->err);
	else if (row->span_fault != 0)
		one_refuse(m, fault_word(row->span_fault), row->err);
	figure_limits(m);
}
