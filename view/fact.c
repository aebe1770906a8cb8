/* Structs of track/ become JSON here and nowhere else. */
#include "view/fact.h"

#include <string.h>

#include "track/english.h"
#include "track/rule/sentence.h"

static const char *
words(const struct words *w)
{
	const char *s = w->in[lang_get()];

	return s != NULL ? s : "";
}

json_t *
fact_words(const struct words *w)
{
	const char *zh = w->in[LANG_ZH], *en = w->in[LANG_EN];

	return json_pack("{s:s, s:s}", "zh", zh != NULL ? zh : "", "en", en != NULL ? en : "");
}

static json_t *
string_or_null(const char *s)
{
	return s != NULL && *s != '\0' ? json_string(s) : json_null();
}

static const char *
or_empty(const char *s)
{
	return s != NULL ? s : "";
}

static void
add_estimate(json_t *o, const struct estimate *e)
{
	json_object_update_new(o,
		json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b}", "value",
		json_number(e->value), "se", json_number(e->se), "low", json_number(e->low), "high",
		json_number(e->high), "level", json_number(e->level), "df", json_number(e->df), "n",
		json_count(e->n), "n_eff", json_number(e->n_eff), "kish_n", json_number(e->kish),
		"deff", json_number(e->deff), "uncertain", estimate_unsure(e)));
	json_object_update_new(o, json_pack("{s:s, s:s, s:s}", "mapping", or_empty(e->mapping),
		"method", or_empty(e->method), "population", or_empty(e->population)));
}

static bool
noted(const struct figure *m)
{
	return m->note.in[LANG_ZH] != NULL && m->note.in[LANG_ZH][0] != '\0';
}

json_t *
fact_figure(const struct figure *m)
{
	json_t *o = json_pack("{s:o, s:s, s:s, s:s, s:i, s:s}", "indicator",
		string_or_null(m->indicator), "form", m->form, "index", m->index, "domain",
		m->domain, "year", m->year, "stream", or_empty(m->stream));

	json_object_update_new(o, json_pack("{s:o, s:o}", "label", fact_words(&m->index_label),
		"domain_label", fact_words(&m->domain_label)));
	if (m->err.code != ERR_NONE) {
		json_object_set_new(o, "error",
			json_pack("{s:s, s:s, s:s, s:s}", "code", m->err_code != NULL ?
			m->err_code : err_name(m->err.code), "message", m->err.text,
			"zh", err_in(&m->err, LANG_ZH), "en", err_in(&m->err, LANG_EN)));
		return o;
	}
	add_estimate(o, &m->estimate);
	json_object_update_new(o, json_pack("{s:I, s:s, s:s, s:b}", "wave", (json_int_t)m->wave,
		"margins", or_empty(m->margins), "margins_hash", or_empty(m->margins_hash),
		"simulated", m->simulated));
	json_object_set_new(o, "note", noted(m) ? fact_words(&m->note) : json_null());
	return o;
}

static json_t *
step_json(const struct step *step)
{
	json_t *o = json_pack("{s:i, s:i}", "from", step->from, "to", step->to);

	add_estimate(o, &step->difference);
	json_object_update_new(o,
		json_pack("{s:o, s:o, s:b, s:b, s:o}", "p_up", json_number(step->p_up),
		"p_down", json_number(step->p_down), "significant", step->significant,
		"broken", step->broken, "break_note", string_or_null(step->break_note)));
	return o;
}

json_t *
fact_series(const struct series *s)
{
	json_t *years = json_array(), *steps = json_array(), *references = json_array();

	for (size_t i = 0; i < s->years; i++)
		json_array_append_new(years, fact_figure(&s->year[i]));
	for (size_t i = 0; i + 1 < s->years; i++)
		json_array_append_new(steps, step_json(&s->step[i]));
	for (size_t i = 0; s->reference != NULL && i < s->years; i++)
		json_array_append_new(references, json_pack("{s:i, s:o, s:b, s:o}", "year",
			s->year[i].year, "value", json_number(s->reference[i]), "comparable",
			s->comparable == NULL || s->comparable[i], "definition",
			s->definition != NULL ? fact_words(&s->definition[i]) : json_null()));
	return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:i, s:i, s:i, s:o, s:o}", "form",
		s->form, "index", s->index, "stream", or_empty(s->stream), "years", years, "steps",
		steps, "references", references, "target", json_number(s->target),
		"wanted", s->wanted, "rises", s->rises, "falls", s->falls,
		"iut_up", json_number(s->iut_up), "iut_down", json_number(s->iut_down));
}

static json_t *
truth_json(enum truth truth)
{
	return truth == TRUTH_UNKNOWN ? json_null() : json_boolean(truth == TRUTH_TRUE);
}

/* Null where there is nothing statistical to say. */
static json_t *
strength_json(const struct clause *c)
{
	json_t *o;

	if (c->series == NULL && c->strength.in[LANG_ZH] == NULL)
		return json_null();
	o = json_pack("{s:s, s:s, s:s, s:o}", "text", words(&c->strength),
		"zh", or_empty(c->strength.in[LANG_ZH]), "en", or_empty(c->strength.in[LANG_EN]),
		"proven", truth_json(c->proven));
	if (c->series != NULL)
		json_object_update_new(o, fact_series(c->series));
	return o;
}

static json_t *
sentence_json(const struct rule *rule)
{
	struct pool pool = POOL_INIT;
	struct words w = rule_sentence(rule, &pool);
	json_t *o = fact_words(&w);

	pool_clear(&pool);
	return o;
}

json_t *
fact_clause(const struct clause *c)
{
	json_t *o = json_pack("{s:i, s:i, s:s, s:o, s:o, s:o, s:o}", "number", c->rule->number,
		"group", c->rule->group, "text", c->rule->text, "literal", truth_json(c->literal),
		"proven", truth_json(c->proven), "strength", strength_json(c),
		"value", string_or_null(c->value));

	json_object_update_new(o, json_pack("{s:o, s:o, s:o, s:b, s:o, s:o, s:o, s:s}",
		"year", c->year != 0 ? json_integer(c->year) : json_null(),
		"source", string_or_null(c->source), "date", string_or_null(c->date), "fed", c->fed,
		"threshold", json_number(c->threshold), "signed_by", string_or_null(c->signed_by),
		"signed_date", string_or_null(c->signed_date), "reason", words(&c->reason)));
	json_object_update_new(o, json_pack("{s:o, s:o}", "entered_by",
		string_or_null(c->entered_by), "entered", string_or_null(c->entered)));
	json_object_set_new(o, "sentence", sentence_json(c->rule));
	json_object_update_new(o, json_pack("{s:s, s:b, s:o, s:b}", "state",
		standing_name(c->standing), "surveyed", c->surveyed, "tested",
		c->surveyed ? truth_json(c->tested) : json_null(), "differ", c->differ));
	if (c->cancelled)
		json_object_update_new(o, json_pack("{s:s, s:o}", "document", c->document,
			"successor", string_or_null(c->successor)));
	json_object_update_new(o, json_pack("{s:o, s:o}", "unit", string_or_null(c->rule->unit),
		"reasons", fact_words(&c->reason)));
	return o;
}

void
fact_neutral(json_t *o)
{
	const char *key;
	json_t *v;
	size_t i;

	if (json_object_get(o, "zh") != NULL && json_object_get(o, "en") != NULL) {
		json_object_del(o, "text");
		json_object_del(o, "message");
	}
	v = json_object_get(o, "reasons");
	if (v != NULL) {
		json_object_set(o, "reason", v);
		json_object_del(o, "reasons");
	}
	json_object_foreach(o, key, v)
		fact_neutral(v);
	json_array_foreach(o, i, v)
		fact_neutral(v);
}

json_t *
fact_names(const char *names)
{
	json_t *list = json_array();

	while (*names != '\0') {
		size_t n = strcspn(names, ";");

		if (n > 0)
			json_array_append_new(list, json_stringn(names, n));
		names += n + (names[n] != '\0');
	}
	return list;
}

json_t *
fact_readings(const struct track_row *row)
{
	return json_pack("{s:o, s:o, s:o, s:o}", "literal", truth_json(row->literal),
		"tested", row->both.in[LANG_ZH] != NULL && row->both.in[LANG_ZH][0] != '\0' ?
		truth_json(row->tested) : json_null(), "both", row->both.in[LANG_ZH] != NULL &&
		row->both.in[LANG_ZH][0] != '\0' ? fact_words(&row->both) : json_null(),
		"governs", row->governs_by == NULL ? json_null() :
		json_pack("{s:s, s:s, s:s}", "value", governs_name(row->governs), "signed_by",
		row->governs_by, "date", row->governs_date));
}

json_t *
fact_count(const struct track_count *count)
{
	json_t *o = json_pack("{s:i}", "rows", (int)count->rows);

	for (int s = 0; s < STANDING_MAX; s++)
		json_object_set_new(o, standing_name((enum standing)s),
			json_integer((json_int_t)count->state[s]));
	json_object_set_new(o, "documented", json_integer((json_int_t)count->documented));
	return o;
}

struct track_count
fact_counted(const json_t *rows)
{
	struct track_count count = { .rows = 0 };
	const json_t *row;
	size_t i;

	json_array_foreach((json_t *)rows, i, row)
		track_count_add(&count, standing_find(json_text_at(row, "result_state")),
			evidence_find(json_text_at(row, "evidence_state")));
	return count;
}

json_t *
fact_departments(const struct tracker *tracker)
{
	struct pool pool = POOL_INIT;
	const char **name;
	size_t n = track_departments(tracker, &name, &pool);
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++) {
		struct track_count lead = track_count(tracker, name[i], DUTY_LEAD);
		struct track_count help = track_count(tracker, name[i], DUTY_COOPERATE);

		json_array_append_new(list, json_pack("{s:s, s:o, s:o}", "department", name[i],
			"lead", fact_count(&lead), "cooperate", fact_count(&help)));
	}
	pool_clear(&pool);
	return list;
}

json_t *
fact_row(const struct track_row *row)
{
	const struct indicator *i = row->indicator;
	struct words label = english_words(i->rule[0].english, i->title);
	json_t *o = json_pack("{s:s, s:i, s:i, s:s, s:s, s:s, s:o, s:o, s:s, s:s, s:s, s:o}", "id",
		i->id, "year", row->year, "chapter", i->chapter, "chapter_title", i->chapter_title,
		"title", i->title, "content", i->content, "lead", fact_names(i->lead), "cooperate",
		fact_names(i->cooperate), "evidence_state", evidence_name(row->evidence),
		"result_state", standing_name(row->standing), "reason", words(&row->reason),
		"label", fact_words(&label));

	json_object_update_new(o, fact_readings(row));
	json_object_set_new(o, "reasons", fact_words(&row->reason));
	return o;
}

static json_t *
readings_json(const struct track_row *row)
{
	json_t *list = json_array();

	for (size_t i = 0; i < row->readings; i++) {
		const struct reading_row *r = &row->reading[i];

		json_array_append_new(list,
			json_pack("{s:i, s:i, s:s, s:s, s:s, s:s, s:I}", "subtarget", r->subtarget,
			"year", r->year, "value", r->value, "source", r->source,
			"date", r->date, "who", r->who, "minute", (json_int_t)r->minute));
	}
	return list;
}

static json_t *
subtargets_json(const struct track_row *row)
{
	json_t *list = json_array();

	for (size_t i = 0; i < row->rules; i++) {
		const struct rule *r = &row->rule[i];

		json_array_append_new(list,
			json_pack("{s:i, s:i, s:s, s:s, s:o, s:s, s:s, s:b, s:i, s:o}",
			"number", r->number, "group", r->group, "text", r->text, "name", r->name,
			"threshold", json_number(r->threshold), "unit", r->unit, "peers", r->peers,
			"yearly", r->yearly, "years", r->years, "sentence", sentence_json(r)));
	}
	return list;
}

static json_t *
files_json(const struct track_row *row)
{
	json_t *list = json_array();

	for (size_t i = 0; i < row->files; i++) {
		const struct evidence_row *f = &row->file[i];

		json_array_append_new(list,
			json_pack("{s:I, s:i, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I}",
			"evidence", (json_int_t)f->id, "subtarget", f->subtarget, "title", f->title,
			"document_no", f->document_no, "date", f->date, "period", f->period,
			"sha256", f->sha256, "state", evidence_name(evidence_file(f)), "reviewer",
			f->reviewer, "note", f->note, "pages", (json_int_t)f->pages));
	}
	return list;
}

json_t *
fact_external(const struct external_row *e)
{
	if (e == NULL)
		return json_null();
	return json_pack("{s:i, s:i, s:i, s:o, s:o, s:s, s:s, s:s, s:s}", "year", e->year, "rank",
		e->rank, "of", e->of, "score", json_number(e->score), "se", json_number(e->se),
		"agency", e->agency, "qualification", e->qualification, "report", e->report,
		"report_sha256", e->report_sha256);
}

static json_t *
table_notes_json(const struct programme *programme, const struct indicator *row)
{
	struct pool pool = POOL_INIT;
	json_t *list = json_array();
	struct words *note;
	size_t n;

	programme_notes(&note, &n, programme, row, &pool);
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, fact_words(&note[i]));
	pool_clear(&pool);
	return list;
}

json_t *
fact_indicator(const struct tracker *tracker, const struct track_row *row)
{
	const struct indicator *i = row->indicator;
	json_t *o = fact_row(row), *clauses = json_array();

	for (size_t k = 0; k < row->rules; k++)
		json_array_append_new(clauses, fact_clause(&row->clause[k]));
	json_object_update_new(o, json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}",
		"headline", words(&row->headline), "clauses", clauses,
		"readings", readings_json(row), "subtargets", subtargets_json(row),
		"evidence", files_json(row), "external", fact_external(row->external)));
	json_object_update_new(o,
		json_pack("{s:o, s:o, s:o}", "points", json_number(i->points), "evidence_numbers",
		fact_names(i->evidence), "table_notes", table_notes_json(tracker->programme, i)));
	json_object_update_new(o, json_pack("{s:s, s:s, s:s, s:s}", "kind", i->kind,
		"data_source", i->data_source, "deadline", i->deadline, "notes", i->notes));
	return o;
}

/* JSON that was stored as text; null should it not be any. */
static json_t *
stored(const char *text)
{
	json_t *o = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	return o != NULL ? o : json_null();
}

json_t *
fact_published(const struct published_row *row)
{
	return json_pack("{s:s, s:i, s:i, s:o, s:o, s:s, s:I}", "indicator", row->indicator,
		"year", row->year, "version", row->version, "body", stored(row->body),
		"provenance", stored(row->provenance), "signed_by", row->signed_by,
		"minute", (json_int_t)row->minute);
}

bool
fact_any(const json_t *list, const char *key, const char *value)
{
	const json_t *o;
	size_t i;

	json_array_foreach((json_t *)list, i, o) {
		const json_t *v = json_object_get(o, key);

		if (value == NULL ? json_is_true(v) :
				json_is_string(v) && strcmp(json_string_value(v), value) == 0)
			return true;
	}
	return false;
}
