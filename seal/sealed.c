/* A published figure as files: its frozen body read back, number by number. */
#include "seal/sealed.h"

#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "db/survey.h"
#include "seal/embed.h"
#include "seal/proof.h"
#include "seal/sealed_in.h"

/* ---- waves and columns ---- */

/* What its rows are read by. */
static int
wave_form(struct sealed_work *w, struct sealed_wave *wave, const struct wave *row)
{
	const struct form *form = db_get_form(w->db, row->form_id, row->form_version, w->pool,
		w->err);

	if (form == NULL || scores_make(&wave->scores, form, w->pool, w->err) != 0)
		return -1;
	wave->form = form;
	return db_list_sites(w->db, &wave->site, &wave->sites, w->pool, w->err);
}

struct sealed_wave *
sealed_wave(struct sealed_work *w, int64_t id)
{
	struct sealed_wave *wave;
	struct wave row;

	for (size_t i = 0; i < w->waves; i++)
		if (w->wave[i].id == id)
			return &w->wave[i];
	if (w->waves == SEALED_WAVES) {
		err_set(w->err, ERR_REFUSED, "涉及的轮次超过 %d 个",
			"more than %d waves are involved", SEALED_WAVES);
		return NULL;
	}
	wave = &w->wave[w->waves];
	if (db_get_wave(w->db, &row, id, w->pool, w->err) != 0 || wave_form(w, wave, &row) != 0)
		return NULL;
	wave->id = id;
	wave->name = pool_fmt(w->pool, "%s-%s", row.form_id, row.label);
	w->waves++;
	return wave;
}

/* Was this number written already?  Remembers it. */
static bool
seen(struct sealed_work *w, const char *id)
{
	for (size_t i = 0; i < w->seen_n; i++)
		if (strcmp(w->seen[i], id) == 0)
			return true;
	if (w->seen_n < sizeof(w->seen) / sizeof(w->seen[0]))
		w->seen[w->seen_n++] = id;
	return false;
}

/* ---- published.csv ---- */

static const char *const column[] = {
	"estimate", "se", "low", "high", "level", "df", "n", "n_eff", "deff", "p_up", "p_down"
};
enum { COLUMNS = sizeof(column) / sizeof(column[0]) };

static void
put_published(struct sealed_work *w, const char *id, const char *what, const json_t *o,
	const char *printed)
{
	struct text *out = &w->out->published;

	csv_put(out, id);
	text_putc(out, ',');
	csv_put(out, what);
	for (size_t i = 0; i < COLUMNS; i++) {
		double x = json_number_at(o, i == 0 ? "value" : column[i]);

		text_putc(out, ',');
		if (!isnan(x))
			text_fmt(out, "%.17g", x);
	}
	text_putc(out, ',');
	csv_put(out, printed);
	text_putc(out, '\n');
	w->out->figures++;
}

/* As printed; what is undefined is a dash. */
static const char *
number_text(struct sealed_work *w, double x, int decimals)
{
	return isnan(x) ? "-" : pool_fmt(w->pool, "%.*f", decimals, x);
}

static const char *
signed_text(struct sealed_work *w, double x, int decimals)
{
	const char *s = number_text(w, fabs(x), decimals);

	if (isnan(x) || strspn(s, "0.") == strlen(s))
		return s;
	return pool_fmt(w->pool, "%s%s", x > 0 ? "+" : "-", s);
}

static const char *
change_text(struct sealed_work *w, const json_t *o, double unit, int decimals)
{
	return pool_fmt(w->pool, "change %s (%s to %s) p_up %s p_down %s",
		signed_text(w, json_number_at(o, "value") * unit, decimals),
		signed_text(w, json_number_at(o, "low") * unit, decimals),
		signed_text(w, json_number_at(o, "high") * unit, decimals),
		number_text(w, json_number_at(o, "p_up"), 4),
		number_text(w, json_number_at(o, "p_down"), 4));
}

/* ---- figures ---- */

/* One estimate of a stream; its list(...) in R, or NULL: it has no number, or *err says why. */
static const char *
figure_list(struct sealed_work *w, const json_t *o)
{
	struct sealed_wave *wave;
	enum stream stream;
	const char *list;

	if (json_object_get(o, "error") != NULL || isnan(json_number_at(o, "value")))
		return NULL;
	if (stream_parse(&stream, json_text_at(o, "stream"), NULL) != 0 ||
			(wave = sealed_wave(w, json_integer_value(json_object_get(o, "wave")))) ==
			NULL)
		return NULL;
	list = sealed_figure(w, wave, json_text_at(o, "index"), stream, json_text_at(o, "margins"),
		strncmp(json_text_at(o, "method"), "korn-graubard", 13) == 0);
	if (list == NULL)
		err_set(w->err, ERR_MISSING, "问卷 %s 没有指数“%s”", "form %s has no index \"%s\"",
			json_text_at(o, "form"), json_text_at(o, "index"));
	return list;
}

static const char *
figure_id(struct sealed_work *w, const json_t *o)
{
	return pool_fmt(w->pool, "%s %s %lld wave %lld", json_text_at(o, "index"),
		json_text_at(o, "stream"), json_integer_value(json_object_get(o, "year")),
		json_integer_value(json_object_get(o, "wave")));
}

static void
put_figure(struct sealed_work *w, const json_t *o)
{
	const char *list = figure_list(w, o), *id = figure_id(w, o), *what, *mark;
	double unit;

	if (list == NULL || seen(w, id))
		return;
	unit = strcmp(json_text_at(o, "mapping"), "share") == 0 ? 100 : 1;
	mark = unit == 100 ? "%" : "";
	what = pool_fmt(w->pool, "%s %s", json_text_at(json_object_get(o, "label"), "zh"),
		json_text_at(json_object_get(o, "label"), "en"));
	put_published(w, id, what, o,
		pool_fmt(w->pool, "%.1f%s (%.1f%s-%.1f%s) n %.0f n_eff %s deff %s",
		json_number_at(o, "value") * unit, mark, json_number_at(o, "low") * unit, mark,
		json_number_at(o, "high") * unit, mark, json_number_at(o, "n"), number_text(w,
		json_number_at(o, "n_eff"), 0), number_text(w, json_number_at(o, "deff"), 2)));
	text_fmt(&w->calls, "# %s: %s\n# %s\nfigure(\"%s\", %s)\n", what,
		json_text_at(o, "mapping"), json_text_at(o, "method"), id, list);
}

/* ---- series ---- */

static const json_t *
year_of(const json_t *series, const json_t *step, const char *end)
{
	json_int_t year = json_integer_value(json_object_get(step, end));
	const json_t *o;
	size_t i;

	json_array_foreach(json_object_get(series, "years"), i, o)
		if (json_integer_value(json_object_get(o, "year")) == year)
			return o;
	return NULL;
}

/* Counts of complaints have no stream. */
static const char *
series_stream(const json_t *series)
{
	const char *stream = json_text_at(series, "stream");

	return stream[0] != '\0' ? stream : "registered";
}

static const char *
step_id(struct sealed_work *w, const json_t *series, const json_t *step)
{
	return pool_fmt(w->pool, "%s %s %lld-%lld", json_text_at(series, "index"),
		series_stream(series), json_integer_value(json_object_get(step, "from")),
		json_integer_value(json_object_get(step, "to")));
}

static void
put_step(struct sealed_work *w, const json_t *series, const json_t *step)
{
	const json_t *from = year_of(series, step, "from"), *to = year_of(series, step, "to");
	const char *id = step_id(w, series, step), *was, *is,
		*method = json_text_at(step, "method");
	bool shared = strstr(method, "shared") != NULL;

	if (isnan(json_number_at(step, "value")) || (was = figure_list(w, from)) == NULL ||
			(is = figure_list(w, to)) == NULL || seen(w, id))
		return;
	put_published(w, id, pool_fmt(w->pool, "%s %lld → %lld",
		json_text_at(json_object_get(to, "label"), "zh"),
		json_integer_value(json_object_get(step, "from")),
		json_integer_value(json_object_get(step, "to"))), step, change_text(w, step,
		strcmp(json_text_at(to, "mapping"), "share") == 0 ? 100 : 1, 1));
	text_fmt(&w->calls, "# %s\ndifference(\"%s\",\n    %s,\n    %s,\n    shared = %s)\n",
		method, id, was, is, shared ? "TRUE" : "FALSE");
}

static void
put_rate(struct sealed_work *w, const json_t *o)
{
	long long year = json_integer_value(json_object_get(o, "year"));
	const char *id = pool_fmt(w->pool, "rate registered %lld", year);

	if (isnan(json_number_at(o, "value")) || seen(w, id))
		return;
	put_published(w, id,
		pool_fmt(w->pool, "%s %lld", json_text_at(json_object_get(o, "label"), "zh"), year),
		o, pool_fmt(w->pool, "%.2f (%.2f-%.2f) n %.0f", json_number_at(o, "value"),
		json_number_at(o, "low"), json_number_at(o, "high"), json_number_at(o, "n")));
	text_fmt(&w->calls, "rate(\"%s\", %lld)\n", id, year);
}

static void
put_rate_step(struct sealed_work *w, const json_t *series, const json_t *step)
{
	const char *id = step_id(w, series, step);
	long long from = json_integer_value(json_object_get(step, "from"));
	long long to = json_integer_value(json_object_get(step, "to"));

	if (isnan(json_number_at(step, "value")) || seen(w, id))
		return;
	put_published(w, id, pool_fmt(w->pool, "消费者投诉率 %lld → %lld", from, to), step,
		change_text(w, step, 1, 2));
	text_fmt(&w->calls, "rate_difference(\"%s\", %lld, %lld)\n", id, from, to);
}

/* The largest p of the last steps. */
static void
put_every_step(struct sealed_work *w, const json_t *series)
{
	const json_t *steps = json_object_get(series, "steps"), *step;
	size_t wanted = (size_t)json_integer_value(json_object_get(series, "wanted")),
		n = json_array_size(steps);
	const char *id = pool_fmt(w->pool, "%s %s last %zu steps", json_text_at(series, "index"),
		series_stream(series), wanted);
	double up = json_number_at(series, "iut_up"), down = json_number_at(series, "iut_down");
	json_t *p;

	if (isnan(up) || isnan(down) || wanted == 0 || n < wanted || seen(w, id))
		return;
	p = json_pack("{s:f, s:f}", "p_up", up, "p_down", down);
	put_published(w, id, "连续同向变化 every step one way", p,
		pool_fmt(w->pool, "p_up %.4f p_down %.4f", up, down));
	json_decref(p);
	text_fmt(&w->calls, "every_step(\"%s\", c(", id);
	for (size_t i = n - wanted; i < n; i++) {
		step = json_array_get(steps, i);
		text_fmt(&w->calls, "%s\"%s\"", i > n - wanted ? ", " : "",
			step_id(w, series, step));
	}
	text_puts(&w->calls, "))\n");
}

static void
put_series(struct sealed_work *w, const json_t *series)
{
	bool complaints = strcmp(json_text_at(series, "form"), "complaints") == 0;
	const json_t *o;
	size_t i;

	json_array_foreach(json_object_get(series, "years"), i, o)
		(complaints ? put_rate : put_figure)(w, o);
	json_array_foreach(json_object_get(series, "steps"), i, o)
		(complaints ? put_rate_step : put_step)(w, series, o);
	put_every_step(w, series);
	if (complaints && w->out->complaints.n == 0) {
		static const char *const named[] = { "year", "registered", "residents",
			"national_per_10000", "source", "date" };

		sealed_table(&w->out->complaints, json_object_get(w->inputs, "complaints"), named,
			sizeof(named) / sizeof(named[0]));
	}
}

static void
put_body(struct sealed_work *w, const json_t *body)
{
	const json_t *o;
	size_t i;

	csv_put(&w->out->published, "id");
	text_puts(&w->out->published, ",what");
	for (i = 0; i < COLUMNS; i++)
		text_fmt(&w->out->published, ",%s", column[i]);
	text_puts(&w->out->published, ",printed\n");
	json_array_foreach(json_object_get(body, "estimates"), i, o)
		put_figure(w, o);
	json_array_foreach(json_object_get(body, "clauses"), i, o)
		if (json_object_get(json_object_get(o, "strength"), "years") != NULL)
			put_series(w, json_object_get(o, "strength"));
}

/* ---- recompute.R ---- */

static void
put_what(struct text *out, const struct published_row *row, const json_t *provenance,
	const struct sealed *s)
{
	text_fmt(out,
		"# 指标 %s，%d 年，第 %d 版，签发人 %s（%s）\n"
		"# Indicator %s, %d, version %d, signed by %s (%s)\n"
		"# 存证摘要 ledger head %s，%lld 份答卷 answers\n"
		"# answers.csv SHA-256 %s\n#\n", row->indicator, row->year, row->version,
		row->signed_by, json_text_at(provenance, "program"), row->indicator, row->year,
		row->version, row->signed_by, json_text_at(provenance, "program"),
		json_text_at(provenance, "ledger_head"),
		json_integer_value(json_object_get(provenance, "ledger_size")), s->rows_sha256);
}

static void
put_calls(struct text *out, const struct sealed_work *w)
{
	for (size_t i = 0; i < w->scores; i++)
		text_fmt(out,
			"answers[[\"score.%s\"]] <- %s\n", w->score[i].column, w->score[i].text);
	text_putc(out, '\n');
	text_puts(out, text_str(&w->calls));
}

/* The template with what is this figure's own where its two marks stand. */
static void
put_script(struct sealed_work *w, const struct published_row *row, const json_t *provenance)
{
	static const char what[] = "#@ what\n", figures[] = "#@ figures\n";
	struct text *out = &w->out->script;
	const char *text = (const char *)embed_recompute_R, *at = strstr(text, figures);

	text_puts(out, "#!/usr/bin/env Rscript\n");
	put_what(out, row, provenance, w->out);
	text_add(out, text + sizeof(what) - 1, (size_t)(at - text) - (sizeof(what) - 1));
	put_calls(out, w);
	text_puts(out, at + sizeof(figures) - 1);
}

/* ---- all ---- */

static int
waves_intact(const struct sealed_work *w)
{
	int64_t id[SEALED_WAVES];

	for (size_t i = 0; i < w->waves; i++)
		id[i] = w->wave[i].id;
	return proof_rows(w->db, id, w->waves, w->pool, w->err);
}

static int
make(struct sealed_work *w, const struct published_row *row, const json_t *body,
	const json_t *provenance)
{
	static const char *const named[] = { "variable", "category", "population", "source",
		"date", "area" };

	w->inputs = json_object_get(provenance, "inputs");
	if (w->inputs == NULL)
		return err_set(w->err, ERR_REFUSED,
			"指标 %s %d 年第 %d 版发布时没有冻结加权依据，不能导出：请重新发布一版",
			"indicator %s, %d, version %d was frozen without what it"
			" was weighted to: publish it again",
			row->indicator, row->year, row->version);
	w->weights = json_text_at(w->inputs, "sector_weights");
	put_body(w, body);
	if (w->err->code != ERR_NONE)
		return -1;
	if (w->out->figures == 0)
		return err_set(w->err, ERR_REFUSED,
			"指标 %s %d 年第 %d 版没有由答卷或投诉件数算出的数字",
			"indicator %s, %d, version %d holds no number"
			" computed from answers or complaints",
			row->indicator, row->year, row->version);
	if (waves_intact(w) != 0 || sealed_rows(w) != 0)
		return -1;
	if (strstr(text_str(&w->calls), "rake = ") != NULL)
		sealed_table(&w->out->margins, json_object_get(w->inputs, "margins"), named,
			sizeof(named) / sizeof(named[0]));
	put_script(w, row, provenance);
	return 0;
}

int
sealed_make(struct sealed *sealed, struct db *db, const struct published_row *row,
	struct pool *pool, struct err *err)
{
	struct err mine = { 0 };
	struct sealed_work *w = pool_take(pool, sizeof(*w));
	json_t *body = json_loads(row->body, 0, NULL),
		*provenance = json_loads(row->provenance, 0, NULL);
	int rc;

	memset(sealed, 0, sizeof(*sealed));
	w->db = db;
	w->pool = pool;
	w->err = &mine;
	w->out = sealed;
	rc = make(w, row, body, provenance);
	text_clear(&w->calls);
	json_decref(body);
	json_decref(provenance);
	if (rc != 0) {
		sealed_clear(sealed);
		if (err != NULL)
			*err = mine;
	}
	return rc;
}

void
sealed_clear(struct sealed *s)
{
	text_clear(&s->rows);
	text_clear(&s->margins);
	text_clear(&s->complaints);
	text_clear(&s->published);
	text_clear(&s->script);
}
