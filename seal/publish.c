/* Publishing: sign the ledger's head, compute once more, freeze the result with its provenance. */
#include "seal/publish.h"

#include <string.h>

#include "base/json.h"
#include "seal/approvals.h"
#include "view/fact.h"
#include "seal/proof.h"
#include "db/survey.h"
#include "figure/figures.h"
#include "seal/sealed.h"

static const char *
dump(json_t *value, struct pool *pool)
{
	struct text out = TEXT_INIT;
	const char *s;

	json_put(&out, value, 0);
	s = pool_strdup(pool, text_str(&out));
	text_clear(&out);
	json_decref(value);
	return s;
}

/* The first sampled estimate that stands: it names mapping, margins and wave. */
static const struct figure *
main_figure(const struct figure figure[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (figure[i].err.code == ERR_NONE && strcmp(figure[i].stream, "sampled") == 0)
			return &figure[i];
	return NULL;
}

/* Rows that surveys feed must have a figure; others are published as what was entered. */
static int
figure_year(const struct figure **figure, size_t *n, struct db *db, const struct publish *p,
	const struct programme *programme, struct pool *pool, struct err *err)
{
	struct figure_ask ask = { .year = p->year, .rows = true };
	const struct indicator *row = programme_row(programme, p->indicator, err);
	const struct figure *m;

	*n = 0;
	if (row == NULL || row->figures.n == 0)
		return row == NULL ? -1 : 0;
	if (track_ask(&ask, programme, row->id, pool, err) != 0 ||
			figure_index(db, &ask, figure, n, pool, err) != 0)
		return -1;
	for (size_t i = 0; i < *n; i++)
		if (approvals_settled(db, (*figure)[i].wave, pool, err) != 0)
			return -1;
	if (main_figure(*figure, *n) != NULL)
		return 0;
	m = *n > 0 ? &(*figure)[0] : NULL;
	return err_set(err, ERR_REFUSED, "第 %s 项 %d 年没有可以发布的抽样数字：%s",
		"indicator %s has no sampled figure of %d that may be published: %s", p->indicator,
		p->year,
		m != NULL ? m->err.text : LANG_PICK("没有这一年的答卷", "no answers of that year"));
}

/* Whoever publishes, in whichever language: the same body. */
static json_t *
body_json(const struct track_row *row, const struct figure figure[], size_t n)
{
	json_t *estimates = json_array(), *clauses = json_array(), *body;

	for (size_t i = 0; i < n; i++)
		json_array_append_new(estimates, fact_figure(&figure[i]));
	for (size_t i = 0; i < row->rules; i++)
		json_array_append_new(clauses, fact_clause(&row->clause[i]));
	body = json_pack("{s:o, s:o, s:s, s:s, s:o, s:o}", "headline", fact_words(&row->headline),
		"reason", fact_words(&row->reason), "standing", standing_name(row->standing),
		"evidence", evidence_name(row->evidence), "estimates", estimates,
		"clauses", clauses);
	json_object_update_new(body, fact_readings(row));
	fact_neutral(body);
	return body;
}

/* Which questionnaire, mapping and margins the figure rests on. */
static int
add_figure(json_t *o, struct db *db, const struct figure *m, struct pool *pool, struct err *err)
{
	const struct form *form;
	struct wave w;

	if (m == NULL)
		return 0;
	if (db_get_wave(db, &w, m->wave, pool, err) != 0 ||
			(form = db_get_form(db, w.form_id, w.form_version, pool, err)) == NULL)
		return -1;
	json_object_update_new(o, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b}",
		"form", w.form_id, "form_version", w.form_version, "form_sha256", form->sha256,
		"mapping", m->estimate.mapping, "method", m->estimate.method,
		"margins", m->margins != NULL ? m->margins : "", "margins_hash",
		m->margins_hash != NULL ? m->margins_hash : "", "simulated", m->simulated));
	return 0;
}

/* The rows it rests on are sealed with it: their hash goes into the provenance. */
static int
add_seal(struct published_row *row, json_t *provenance, struct db *db, struct pool *pool,
	struct err *err)
{
	struct sealed sealed;
	struct err none = { 0 };

	row->provenance = dump(json_incref(provenance), pool);
	if (sealed_make(&sealed, db, row, pool, &none) != 0)
		return none.code == ERR_REFUSED ? 0 : (*err = none, -1);
	json_object_update_new(provenance, json_pack("{s:s, s:I}", "rows_sha256",
		sealed.rows_sha256, "rows", (json_int_t)sealed.n));
	row->provenance = dump(json_incref(provenance), pool);
	sealed_clear(&sealed);
	return 0;
}

/* What is computed at one moment, and what it rests on. */
struct computed {
	struct tracker tracker;
	const struct track_row *of;
	const struct figure *figure;
	size_t n;
	json_t *inputs;		/* owned */
};

static int
compute_once(struct computed *c, struct db *db, const struct publish *p, struct pool *pool,
	struct err *err)
{
	const struct track_ask ask = { .year = p->year, .rows = true };

	c->inputs = sealed_inputs(db, pool, err);
	if (c->inputs == NULL || track_load(&c->tracker, db, &ask, pool, err) != 0)
		return -1;
	c->of = track_find(&c->tracker, p->indicator);
	if (c->of == NULL)
		return err_set(err, ERR_MISSING, "没有第“%s”项；运行 manyi track list 看有哪些",
			"there is no indicator \"%s\"; see manyi track list", p->indicator);
	if (figure_year(&c->figure, &c->n, db, p, c->tracker.programme, pool, err) != 0)
		return -1;
	/* One rule for all rows: without a figure of the year, what nobody has
	 * reported is no result. */
	if (c->n == 0 && c->of->standing == STANDING_UNFILLED)
		return err_set(err, ERR_REFUSED,
			"第 %s 项 %d 年的结果是“未填报”，没有可以公布的结论。%s",
			"row %s stands as not reported for %d: there is no verdict to publish. %s",
			p->indicator, p->year, c->of->reason.in[lang_get()]);
	return 0;
}

/* In one view of the database: answers that come meanwhile are stored, and
 * are not in the figure. */
static int
compute(struct computed *c, struct db *db, const struct publish *p, struct pool *pool,
	struct err *err)
{
	int rc;

	if (db_begin_read(db, err) != 0)
		return -1;
	rc = compute_once(c, db, p, pool, err);
	db_end_read(db);
	return rc;
}

static json_t *
provenance_json(struct db *db, const struct publish *p, const struct computed *c,
	const struct head *head, struct pool *pool, struct err *err)
{
	char root[65];
	json_t *o;

	head_hex(root, head->root);
	o = json_pack("{s:s, s:s, s:s, s:s, s:i, s:s, s:I, s:I, s:s, s:s, s:O}", "programme",
		c->tracker.programme->id, "programme_edition", c->tracker.programme->edition,
		"programme_sha256", c->tracker.programme->sha256, "program",
		PACKAGE_NAME " " PACKAGE_VERSION, "method_version", FIGURES_METHOD_VERSION,
		"ledger_head", root, "ledger_size", (json_int_t)head->size,
		"ledger_minute", (json_int_t)head->minute, "signed_by", p->signed_by,
		"command", pool_fmt(pool, c->n > 0 ? "manyi index --indicator %s --year %d" :
		"manyi track show %s --year %d", p->indicator, p->year), "inputs", c->inputs);
	if (add_figure(o, db, c->n > 0 ? main_figure(c->figure, c->n) : NULL, pool, err) == 0)
		return o;
	json_decref(o);
	return NULL;
}

/* The head covers every row of the figure, and perhaps some that came since. */
static int
freeze(struct published_row *row, const struct computed *c, struct db *db, const struct publish *p,
	struct pool *pool, struct err *err)
{
	json_t *provenance;
	struct head head;
	bool fresh;
	int rc = -1;

	if (proof_head(db, p->key_path, p->minute, &head, &fresh, NULL, err) != 0)
		return -1;
	provenance = provenance_json(db, p, c, &head, pool, err);
	if (provenance == NULL)
		return -1;
	*row = (struct published_row){ .indicator = p->indicator, .year = p->year,
		.signed_by = p->signed_by,
		.minute = p->minute, .body = dump(body_json(c->of, c->figure, c->n), pool) };
	if (add_seal(row, provenance, db, pool, err) == 0)
		rc = db_put_published(db, row, err);
	json_decref(provenance);
	return rc;
}

int
publish_figure(struct db *db, const struct publish *p, struct published_row *row,
	struct pool *pool, struct err *err)
{
	struct computed c = { .inputs = NULL };
	int rc = compute(&c, db, p, pool, err);

	if (rc == 0)
		rc = freeze(row, &c, db, p, pool, err);
	json_decref(c.inputs);
	return rc;
}
