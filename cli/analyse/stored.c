/* Analyses on stored waves. */
#include "cli/analyse/stored.h"

#include <string.h>

#include "cli/show.h"
#include "figure/none.h"
#include "forms/stream.h"
#include "stats/fault.h"

bool
stored_asked(const struct cli *cli)
{
	return args_on(&cli->args, "wave");
}

static int
misplaced(const struct cli *cli, const char *const option[], const char *zh, const char *en,
	struct err *err)
{
	for (size_t i = 0; option[i] != NULL; i++)
		if (args_on(&cli->args, option[i]))
			return err_set(err, ERR_USAGE, zh, en, option[i]);
	return 0;
}

int
stored_source(const struct cli *cli, bool both, const char *const wave[], const char *const file[],
	struct err *err)
{
	const char *path = cli_operand(cli, 0);

	if (stored_asked(cli) ? path != NULL && !both : path == NULL)
		return err_set(err, ERR_USAGE, "给出一个 CSV 文件，或用 --wave 说明轮次",
			"name a CSV file, or a stored wave with --wave");
	if (!stored_asked(cli) && misplaced(cli, wave, "--%s 只与 --wave 同用",
			"--%s goes with --wave", err) != 0)
		return -1;
	if (path == NULL && misplaced(cli, file, "--%s 只用于文件", "--%s is for files", err) != 0)
		return -1;
	return path != NULL ? cli_readable(path, err) : 0;
}

static int
answers_check(const struct inquiry *q, struct err *err)
{
	for (size_t i = 0; i < q->waves; i++)
		if (none_answers(session_db(q->session), inquiry_wave(q, i), q->stream, q->pool,
				err) != 0)
			return -1;
	return 0;
}

int
stored_open(struct inquiry *q, struct cli *cli, struct err *err)
{
	const char *word = args_value(&cli->args, "stream");
	enum stream stream = STREAM_SAMPLED;
	struct session *session;

	if (word != NULL && stream_parse(&stream, word, err) != 0)
		return -1;
	if (session_open(&session, cli->db, &cli->pool, err) != 0 ||
			inquiry_open(q, session, args_value(&cli->args, "wave"), stream, err) != 0)
		return -1;
	return answers_check(q, err);
}

/* ---- what it is about ---- */

enum about { ABOUT_VERSION, ABOUT_MAPPING, ABOUT_POPULATION, ABOUT_MARGINS, ABOUT_HASH };

static const char *
text_of(const struct inquiry *q, size_t i, enum about about)
{
	const struct wave *w = inquiry_wave(q, i);
	const struct margins *m = inquiry_margins(q, i);
	const char *const text[] = { [ABOUT_VERSION] = w->form_version,
		[ABOUT_MAPPING] = w->mapping, [ABOUT_POPULATION] = w->population,
		[ABOUT_MARGINS] = m->n > 0 ? m->names : "none", [ABOUT_HASH] = m->hash };

	return text[about];
}

/* What the waves say, the same once. */
static json_t *
each_once(const struct inquiry *q, enum about about)
{
	struct text t = TEXT_INIT;
	json_t *said;

	for (size_t i = 0; i < q->waves; i++) {
		const char *one = text_of(q, i, about);
		size_t k = 0;

		while (k < i && strcmp(text_of(q, k, about), one) != 0)
			k++;
		if (k == i && *one != '\0')
			text_fmt(&t, "%s%s", t.n > 0 ? "; " : "", one);
	}
	said = json_string(text_str(&t));
	text_clear(&t);
	return said;
}

/* The waves' own margins, of a stream that is weighted. */
static void
margins_put(json_t *about, const struct inquiry *q)
{
	bool simulated = false, raked = false;

	for (size_t i = 0; i < q->waves; i++) {
		simulated = simulated || inquiry_margins(q, i)->simulated;
		raked = raked || inquiry_margins(q, i)->n > 0;
	}
	json_object_set_new(about, "calibration", json_string(raked ? "wave" : "none"));
	json_object_set_new(about, "margins",
		raked ? each_once(q, ABOUT_MARGINS) : json_string(""));
	json_object_set_new(about, "margins_hash", each_once(q, ABOUT_HASH));
	json_object_set_new(about, "simulated", json_boolean(simulated));
}

/* Those of a plan; NULL: none at all. */
static void
calibrate_put(json_t *about, const json_t *calibrate)
{
	static const char *const member[] = { "margins", "totals" };
	struct text names = TEXT_INIT;
	const char *key;
	json_t *value;

	for (size_t i = 0; i < sizeof(member) / sizeof(member[0]); i++)
		json_object_foreach(json_object_get(calibrate, member[i]), key, value)
			text_fmt(&names, "%s%s", names.n > 0 ? " " : "", key);
	json_object_set_new(about, "calibration",
		json_string(json_is_object(calibrate) ? "plan" : "none"));
	json_object_set_new(about, "margins", json_string(text_str(&names)));
	json_object_set_new(about, "margins_hash", json_string(""));
	json_object_set_new(about, "simulated", json_false());
	text_clear(&names);
}

/* The column the weights were, "fpc", or null: all 1. */
static void
design_put(json_t *about, const json_t *own)
{
	const json_t *design = json_object_get(own, "design"),
		*weight = json_object_get(design, "weight"), *fpc = json_object_get(design, "fpc");
	bool plan = design != NULL;

	json_object_set_new(about, "design", json_string(plan ? "plan" : "wave"));
	if (!plan)
		json_object_set_new(about, "weight", json_string("weight"));
	else if (json_is_string(weight))
		json_object_set(about, "weight", (json_t *)weight);
	else
		json_object_set_new(about, "weight", fpc == NULL || json_is_null(fpc) ?
			json_null() : json_string("fpc"));
}

static json_t *
about_of(struct inquiry *q, const json_t *own)
{
	const struct wave *w = inquiry_wave(q, 0);
	const json_t *calibrate = json_object_get(own, "calibrate");
	bool open = q->stream == STREAM_OPEN;
	json_t *names = json_array(), *years = json_array(), *about;

	for (size_t i = 0; i < q->waves; i++) {
		const struct wave *each = inquiry_wave(q, i);

		json_array_append_new(names, json_sprintf("%s-%s", each->form_id, each->label));
		json_array_append_new(years, json_integer(each->year));
	}
	about = json_pack("{s:o, s:s, s:o, s:o, s:s, s:s, s:o, s:o}", "name", names, "form",
		w->form_id, "version", each_once(q, ABOUT_VERSION), "year", years, "stream",
		stream_name(q->stream), "inference", open ? "model-based" : "design-based",
		"mapping", each_once(q, ABOUT_MAPPING), "population",
		each_once(q, ABOUT_POPULATION));
	design_put(about, own);
	if (calibrate != NULL || open)
		calibrate_put(about, calibrate);
	else
		margins_put(about, q);
	if (open)
		json_object_set_new(about, "note",
			json_pack("{s:s, s:s}", "zh", stream_note(q->stream).in[LANG_ZH],
			"en", stream_note(q->stream).in[LANG_EN]));
	return about;
}

json_t *
stored_said(json_t *said, struct inquiry *q)
{
	if (said != NULL)
		json_object_set_new(said, "wave", about_of(q, json_object_get(said, "own")));
	return said;
}

/* Margins of waves one by one: "none; sex". */
static void
margins_show(struct text *out, const char *margins)
{
	size_t n;

	for (const char *p = margins; *p != '\0'; p += n) {
		n = strcspn(p, ";");
		if (n == 4 && strncmp(p, "none", n) == 0)
			text_puts(out, LANG_PICK("（不加权）", "none"));
		else
			text_add(out, p, n);
		if (p[n] == ';') {
			text_puts(out, LANG_PICK("；", "; "));
			n += 1 + (p[n + 1] == ' ');
		}
	}
}

/* By what design, and weighted to what. */
static void
how_show(struct text *out, const json_t *wave, const json_t *own)
{
	const char *weight = show_string(wave, "weight"),
		*calibration = show_string(wave, "calibration");
	bool plan = strcmp(calibration, "plan") == 0;

	if (strcmp(show_string(wave, "design"), "plan") == 0)
		text_fmt(out, LANG_PICK(
			" · 按所给的抽样设计（权数：%s；未计入主估计的答卷权数为 0）",
			" · design as asked (weights: %s;"
			" 0 for answers out of the main estimate)"),
			*weight == '\0' ? LANG_PICK("均为 1", "all 1") : weight);
	if (plan || strcmp(calibration, "wave") == 0)
		text_fmt(out, " · %s ", plan ?
			LANG_PICK("按所给的人口数据加权到", "calibrated as asked to") :
			LANG_PICK("加权到", "raked to"));
	if (plan || strcmp(calibration, "wave") == 0)
		margins_show(out, show_string(wave, "margins"));
	else if (json_object_get(own, "calibrate") != NULL)
		text_fmt(out, " · %s", LANG_PICK("没有按人口数据加权",
			"not weighted to population figures"));
}

void
stored_show(struct text *out, const json_t *said)
{
	const json_t *wave = json_object_get(said, "wave"),
		*note = json_object_get(wave, "note"), *name;
	size_t i;

	if (wave == NULL)
		return;
	json_array_foreach(json_object_get(wave, "name"), i, name)
		text_fmt(out, "%s%s", i > 0 ? ", " : "", json_string_value(name));
	if (json_object_get(said, "index") != NULL)
		text_fmt(out, LANG_PICK(" · %s，按 %s", " · %s by %s"), show_string(said, "index"),
			show_string(said, "by"));
	text_fmt(out, " · %s", show_string(wave, "stream"));
	how_show(out, wave, json_object_get(said, "own"));
	if (note != NULL)
		text_fmt(out, " · %s", LANG_PICK(show_string(note, "zh"), show_string(note, "en")));
	if (json_is_true(json_object_get(wave, "simulated")))
		text_fmt(out, " · %s",
			LANG_PICK("人口数据为模拟数据", "simulated population figures"));
	text_putc(out, '\n');
}

/* ---- domains ---- */

static void
leave_out(struct stored_domains *d, const char *name, const struct table_row *row)
{
	int fault = row->fault != 0 ? row->fault : row->span_fault != 0 ? row->span_fault :
		FAULT_ONE_PSU;
	const char *message = row->err != NULL ? row->err->text :
		LANG_PICK("没有可用的标准误", "there is no usable standard error");

	json_array_append_new(d->left_out, json_pack("{s:s, s:{s:s, s:s}}", "name", name, "error",
		"code", fault_word(fault), "message", message));
}

/* Rows with an error of their own; the rest are named in left_out. */
static void
domains_fill(struct stored_domains *d, const struct table *t, struct pool *pool)
{
	size_t *row = pool_array(pool, t->rows + 1, sizeof(*row));

	d->name = pool_array(pool, t->rows + 1, sizeof(*d->name));
	d->score = pool_array(pool, t->rows + 1, sizeof(*d->score));
	d->se = pool_array(pool, t->rows + 1, sizeof(*d->se));
	d->count = pool_array(pool, t->rows + 1, sizeof(*d->count));
	d->estimate = pool_array(pool, t->rows + 1, sizeof(*d->estimate));
	d->left_out = json_array();
	for (size_t i = 0; i < t->rows; i++) {
		const struct estimate *e = &t->row[i].estimate;

		if (t->row[i].fault != 0 || !(e->se > 0)) {
			leave_out(d, t->row[i].by[0], &t->row[i]);
			continue;
		}
		d->name[d->n] = t->row[i].by[0];
		d->score[d->n] = e->value;
		d->se[d->n] = e->se;
		d->count[d->n] = e->n;
		d->estimate[d->n] = e;
		row[d->n++] = i;
	}
	d->cov = pool_array(pool, d->n * d->n + 1, sizeof(*d->cov));
	for (size_t i = 0; i < d->n; i++)
		for (size_t j = 0; j < d->n; j++)
			d->cov[i * d->n + j] = t->cov[row[i] * t->rows + row[j]];
}

/* Every one was left out: for the reason of the first. */
static int
none_left(struct stored_domains *d, struct err *err)
{
	const json_t *first = json_array_get(d->left_out, 0);

	err_set(err, ERR_REFUSED, "按 %s 没有一个能比较的：%s：%s",
		"by %s there is none to compare: %s: %s", d->by, show_string(first, "name"),
		show_string(json_object_get(first, "error"), "message"));
	json_decref(d->left_out);
	d->left_out = NULL;
	return -1;
}

int
stored_domains(struct stored_domains *d, struct cli *cli, struct err *err)
{
	const char *index = args_value(&cli->args, "index"), *by = args_value(&cli->args, "by");
	struct inquiry *q = &d->inquiry;
	struct figures *figures;
	const struct form *form;
	struct table t;

	*d = (struct stored_domains){ .n = 0 };
	if (stored_open(q, cli, err) != 0)
		return -1;
	if (q->waves > 1)
		return err_set(err, ERR_USAGE, "一次只能比较一个轮次", "one wave at a time");
	if (q->fault != NULL) {
		*err = q->err;
		return -1;
	}
	if ((figures = inquiry_figures(q, 0, err)) == NULL)
		return -1;
	form = figures->answers.form;
	if (index == NULL && form->indices == 0)
		return err_set(err, ERR_USAGE, "问卷 %s 没有指数：用 --index 说明比例或题目",
			"form %s has no index: say --index", form->id);
	d->index = index != NULL ? index : form->index[0].name;
	d->by = by != NULL ? by : "township";
	if (inquiry_figure(&t, q, 0, d->index, d->by, 0, err) != 0)
		return -1;
	if (t.rows == 0)
		return none_groups(pool_fmt(q->pool, "%s-%s", inquiry_wave(q, 0)->form_id,
			inquiry_wave(q, 0)->label), d->by, stream_name(q->stream), err);
	domains_fill(d, &t, q->pool);
	return d->n > 0 ? 0 : none_left(d, err);
}

/* What must stand beside a score: how many answered, its interval, and whether the
 * error is itself a guess. */
static void
estimate_put(json_t *row, const struct estimate *e)
{
	json_object_set_new(row, "n", json_count(e->n));
	json_object_set_new(row, "estimate_low", json_number(e->low));
	json_object_set_new(row, "estimate_high", json_number(e->high));
	if (estimate_unsure(e))
		json_object_set_new(row, "uncertain", json_true());
}

json_t *
stored_domains_said(json_t *said, struct stored_domains *d)
{
	json_t *thin = json_array();

	for (size_t i = 0; said != NULL && i < d->n; i++) {
		estimate_put(json_array_get(json_object_get(said, "rows"), i), d->estimate[i]);
		if (!estimate_publishable(d->estimate[i]))
			json_array_append_new(thin, json_integer((json_int_t)i));
	}
	if (said != NULL) {
		json_object_set_new(said, "index", json_string(d->index));
		json_object_set_new(said, "by", json_string(d->by));
		json_object_set(said, "left_out", d->left_out);
		json_object_set(said, "below_limits", thin);
	}
	json_decref(thin);
	json_decref(d->left_out);
	d->left_out = NULL;
	return stored_said(said, &d->inquiry);
}

void
stored_domain_line(json_t *line, const json_t *said, size_t row)
{
	json_t *at;
	size_t i;

	if (json_object_get(line, "estimate_low") != NULL)
		json_object_set_new(line, "interval", json_sprintf("%.4g–%.4g",
			show_number(line, "estimate_low"), show_number(line, "estimate_high")));
	json_array_foreach(json_object_get(said, "below_limits"), i, at)
		if ((size_t)json_integer_value(at) == row)
			json_object_set_new(line, "limits",
				json_string(LANG_PICK("不可发布", "not to publish")));
}

void
stored_domains_show(struct text *out, const json_t *said)
{
	json_t *row;
	bool unsure = false;
	size_t i;

	if (json_array_size(json_object_get(said, "below_limits")) > 0)
		stored_limits_show(out);
	json_array_foreach(json_object_get(said, "rows"), i, row)
		unsure = unsure || json_is_true(json_object_get(row, "uncertain"));
	if (unsure)
		show_line(out, "有的得分自由度少于 %d：标准误本身就估不准，名次和区间也一样。",
			"Some scores have fewer than %d degrees of freedom: their standard errors"
			" are themselves uncertain, and with them ranks and intervals.",
			ESTIMATE_MIN_DF);
	json_array_foreach(json_object_get(said, "left_out"), i, row)
		show_line(out, "没有列入 %s：%s", "left out, %s: %s", show_string(row, "name"),
			show_string(json_object_get(row, "error"), "message"));
}

void
stored_limits_show(struct text *out)
{
	show_line(out, "标“不可发布”的行：应答不足 %d 份、有效样本量不足 %d，或没有区间。",
		"Rows marked \"not to publish\" have fewer than %d answers,"
		" an effective n below %d or no interval.", ESTIMATE_MIN_CELL, ESTIMATE_MIN_N_EFF);
}
