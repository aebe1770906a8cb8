/* A published figure, read back from the JSON in which it was frozen. */
#include "view/board/indicator.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "track/rule/sentence.h"
#include "view/html.h"

/* {"zh","en"}; or one string that has to serve both. */
static struct words
words_in(const json_t *object, const char *name)
{
	const json_t *w = json_object_get(object, name);
	const char *one = json_is_string(w) ? json_string_value(w) : json_text_at(w, "text");
	struct words words = { { json_text_at(w, "zh"), json_text_at(w, "en") } };

	return board_has(&words) ? words : (struct words){ { one, one } };
}

/* Older figures were frozen with the sentence in one language. */
static void
put_error(struct err *err, const json_t *error)
{
	const char *zh = json_text_at(error, "zh"), *en = json_text_at(error, "en"),
		*one = json_text_at(error, "message");

	snprintf(err->text, sizeof(err->text), "%s", *zh == '\0' ? one : LANG_PICK(zh, en));
	snprintf(err->other, sizeof(err->other), "%s", *zh == '\0' ? one : LANG_PICK(en, zh));
}

/* A published estimate in the shape the pages show; its strings live in the JSON. */
struct figure
board_figure_of(const json_t *object)
{
	const json_t *error = json_object_get(object, "error");
	const char *label = json_object_get(object, "label") != NULL ? "label" : "index_label";
	struct figure m = {
		.form = json_text_at(object, "form"), .index = json_text_at(object, "index"),
		.index_label = words_in(object, label), .domain = json_text_at(object, "domain"),
		.domain_label = words_in(object, "domain_label"),
		.year = (int)json_integer_value(json_object_get(object, "year")),
		.stream = json_text_at(object, "stream"),
		.estimate = {
			.value = json_number_at(object, "value"),
			.se = json_number_at(object, "se"), .low = json_number_at(object, "low"),
			.high = json_number_at(object, "high"), .level =
				json_number_at(object, "level"), .df = json_number_at(object, "df"),
			.n = json_number_at(object, "n"), .n_eff = json_number_at(object, "n_eff"),
			.kish = json_number_at(object, "kish_n"),
			.deff = json_number_at(object, "deff"),
			.mapping = json_text_at(object, "mapping"),
			.method = json_text_at(object, "method"),
			.population = json_text_at(object, "population"),
			.stream = json_text_at(object, "stream"),
		},
	};

	if (json_is_object(error)) {
		m.err.code = ERR_REFUSED;
		put_error(&m.err, error);
	}
	return m;
}

static void
put_name(struct text *out, const struct board_frame *frame, const struct figure *m)
{
	if (board_has(&m->index_label))
		board_words_of(out, frame, &m->index_label);
	else
		html_text(out, m->index);
	if (*m->domain == '\0' || strcmp(m->domain, "all") == 0)
		return;
	html_lit(out, " · ");
	if (board_has(&m->domain_label))
		board_words_of(out, frame, &m->domain_label);
	else
		html_text(out, m->domain);
}

static void
put_estimate(struct text *out, const struct board_frame *frame, const struct figure *m, bool open)
{
	html_lit(out, "<tr><th scope=\"row\">");
	put_name(out, frame, m);
	html_lit(out, "</th>");
	board_cell(out, frame, WORD_YEAR);
	html_int(out, m->year);
	html_lit(out, "</td>");
	board_measured(out, frame, m, open ? WORD_VALUE_MODEL : WORD_VALUE_INTERVAL);
}

static void
begin_table(struct text *out, const struct board_frame *frame, bool open)
{
	static const enum word sample[] = { WORD_FIGURE, WORD_YEAR, WORD_VALUE_INTERVAL, WORD_N,
		WORD_N_EFF, WORD_DEFF, WORD_MAX },
		model[] = { WORD_FIGURE, WORD_YEAR, WORD_VALUE_MODEL, WORD_N, WORD_N_EFF, WORD_DEFF,
		WORD_MAX };

	html_lit(out, "<table class=\"numbers stack\">");
	board_head(out, frame, open ? model : sample);
	html_lit(out, "<tbody>");
}

/* Is it the figure of another year? */
static bool
same_figure(const struct figure *a, const struct figure *b)
{
	return strcmp(a->index, b->index) == 0 && strcmp(a->domain, b->domain) == 0;
}

/* The estimates of one stream, the figure of the years before with them and first;
 * nothing if it has none. */
static void
put_estimates(struct text *out, const struct board_frame *frame, const json_t *estimates,
	const struct figure before[], size_t befores, bool open)
{
	size_t i, n = befores;
	json_t *one;

	json_array_foreach(estimates, i, one)
		n += board_volunteered(json_text_at(one, "stream")) == open;
	if (n == 0)
		return;
	if (open)
		board_volunteers(out, frame);
	begin_table(out, frame, open);
	for (i = 0; i < befores; i++)
		put_estimate(out, frame, &before[i], open);
	for (int other = befores == 0; other < 2; other++)
		json_array_foreach(estimates, i, one) {
			struct figure m = board_figure_of(one);

			if (board_volunteered(m.stream) == open &&
					(befores == 0 || same_figure(&m, &before[0]) != other))
				put_estimate(out, frame, &m, open);
		}
	html_lit(out, "</tbody></table>");
}

/* A number without its unit gets it. */
static void
put_value(struct text *out, const struct board_frame *frame, const char *value, const char *unit)
{
	size_t n = strlen(value);
	bool bare = n > 0 && value[n - 1] >= '0' && value[n - 1] <= '9';
	struct pool pool = POOL_INIT;

	if (n == 0) {
		html_lit(out, "—");
		return;
	}
	board_read(out, frame, bare ? pool_fmt(&pool, "%s%s", value, unit) : value);
	pool_clear(&pool);
}

static void
put_reading(struct text *out, const struct board_frame *frame, const json_t *clause)
{
	board_cell(out, frame, WORD_READING_SOURCE);
	put_value(out, frame, json_text_at(clause, "value"), json_text_at(clause, "unit"));
	board_source(out, frame, (int)json_integer_value(json_object_get(clause, "year")),
		json_is_true(json_object_get(clause, "fed")), json_text_at(clause, "source"),
		json_text_at(clause, "date"));
	html_lit(out, "</td>");
}

static void
put_clause(struct text *out, const struct board_frame *frame, const json_t *clause)
{
	const json_t *literal = json_object_get(clause, "literal");
	struct words strength = words_in(clause, "strength"),
		sentence = words_in(clause, "sentence");
	struct pool pool = POOL_INIT;

	/* Frozen before sentences were kept: the rule's text is a rule still. */
	if (!board_has(&sentence))
		sentence =
			rule_sentence_of(json_text_at(clause, "text"), board_english(frame), &pool);

	html_lit(out, "<tr><th scope=\"row\">");
	board_words_of(out, frame, &sentence);
	pool_clear(&pool);
	html_lit(out, "</th>");
	put_reading(out, frame, clause);
	board_cell(out, frame, WORD_LITERAL);
	board_truth(out, frame, json_is_true(literal) ? TRUTH_TRUE :
		json_is_false(literal) ? TRUTH_FALSE : TRUTH_UNKNOWN);
	html_lit(out, "</td>");
	board_cell(out, frame, WORD_STRENGTH);
	if (board_has(&strength))
		board_words_of(out, frame, &strength);
	else
		html_lit(out, "—");
	html_lit(out, "</td></tr>");
}

static void
put_clauses(struct text *out, const struct board_frame *frame, const json_t *clauses)
{
	static const enum word column[] = { WORD_CLAUSE, WORD_READING_SOURCE, WORD_LITERAL,
		WORD_STRENGTH, WORD_MAX };
	size_t i;
	json_t *one;

	if (json_array_size(clauses) == 0)
		return;
	html_lit(out, "<table class=\"stack\">");
	board_head(out, frame, column);
	html_lit(out, "<tbody>");
	json_array_foreach(clauses, i, one)
		put_clause(out, frame, one);
	html_lit(out, "</tbody></table>");
}

/* One member of the provenance, if it is there. */
static void
put_member(struct text *out, const struct board_frame *frame, enum word word, const char *s)
{
	if (*s == '\0')
		return;
	html_lit(out, "<dt>");
	board_say(out, frame, word);
	html_lit(out, "</dt><dd>");
	if (word == WORD_METHOD) {
		board_method_words(out, frame, s);
	} else if (word == WORD_MARGINS) {
		board_variables(out, frame, s);
	} else {
		html_lit(out, "<code>");
		board_verbatim(out, frame, s);
		html_lit(out, "</code>");
	}
	html_lit(out, "</dd>");
}

static void
put_provenance(struct text *out, const struct board_frame *frame, const struct published_row *row)
{
	static const struct { const char *name; enum word word; } member[] = {
		{ "program", WORD_PROGRAM }, { "form", WORD_FORM },
		{ "form_version", WORD_FORM_VERSION }, { "mapping", WORD_MAPPING },
		{ "method", WORD_METHOD }, { "margins", WORD_MARGINS },
		{ "margins_hash", WORD_MARGINS_HASH }, { "ledger_head", WORD_LEDGER_HEAD },
		{ "command", WORD_RECOMPUTE },
	};
	json_t *provenance = json_loads(row->provenance != NULL ? row->provenance : "", 0, NULL);
	char minute[17], version[32];

	date_minute(minute, row->minute);
	snprintf(version, sizeof(version), "%d", row->version);
	html_lit(out, "<dl class=\"pairs\"><dt>");
	board_say(out, frame, WORD_SIGNED_BY);
	html_lit(out, "</dt><dd>");
	board_verbatim(out, frame, row->signed_by);
	html_lit(out, " ");
	html_text(out, minute);
	html_lit(out, " · ");
	board_fill(out, frame, WORD_VERSION_N, version, NULL);
	html_lit(out, "</dd>");
	for (size_t i = 0; i < sizeof(member) / sizeof(*member); i++)
		put_member(out, frame, member[i].word, json_text_at(provenance, member[i].name));
	html_lit(out, "</dl>");
	json_decref(provenance);
}

/* The two readings of the row as they were frozen, and which of them was signed to govern. */
static void
put_both(struct text *out, const struct board_frame *frame, const json_t *body)
{
	struct words both = words_in(body, "both");
	const json_t *signed_ = json_object_get(body, "governs");
	enum governs governs = governs_find(json_text_at(signed_, "value"));

	if (!board_has(&both))
		return;
	html_lit(out, "<p class=\"note both\">");
	board_words_of(out, frame, &both);
	/* Where both say the same there is nothing to decide. */
	if ((governs == GOVERNS_LITERAL || governs == GOVERNS_STATISTICAL) &&
			!json_equal(json_object_get(body, "literal"),
			json_object_get(body, "tested"))) {
		board_say(out, frame, WORD_SEMICOLON);
		board_fill(out, frame, WORD_GOVERNS_BY, governs_words(governs).in[frame->lang],
			json_text_at(signed_, "signed_by"));
	}
	html_lit(out, "</p>");
}

/*
 * An older program let any year be signed: one that was still to come, or with values of a later
 * one.  What was published stays listed, and says so.
 */
static bool
of_wrong_year(const struct published_row *row, const json_t *body)
{
	const json_t *clause;
	size_t i;

	if (row->year > date_year(row->minute))
		return true;
	json_array_foreach(json_object_get(body, "clauses"), i, clause)
		if (json_integer_value(json_object_get(clause, "year")) > row->year)
			return true;
	return false;
}

void
board_figure_head(struct text *out, const struct board_frame *frame, const struct tracker *tracker,
	const struct published_row *row, const char *heading)
{
	const struct track_row *of = track_find(tracker, row->indicator);
	json_t *body = json_loads(row->body != NULL ? row->body : "", 0, NULL);
	enum standing standing = standing_find(json_text_at(body, "standing"));
	struct words headline = words_in(body, "headline");
	char year[16];

	text_fmt(out, "<%s><span class=\"no\">", heading);
	html_text(out, row->indicator);
	html_lit(out, "</span> ");
	if (of != NULL)
		board_named(out, frame, of->indicator->title);
	html_lit(out, " <small>");
	snprintf(year, sizeof(year), "%d", row->year);
	board_fill(out, frame, WORD_YEAR_ONLY, year, NULL);
	html_lit(out, "</small> ");
	if (standing != STANDING_MAX)
		board_state(out, frame, standing);
	text_fmt(out, "</%s>", heading);
	if (of_wrong_year(row, body)) {
		html_lit(out, "<p class=\"wrong-year\"><b>");
		board_fill(out, frame, WORD_WRONG_YEAR, year, NULL);
		html_lit(out, "</b></p>");
	}
	if (board_has(&headline)) {
		html_lit(out, "<p class=\"lead\">");
		board_words_of(out, frame, &headline);
		html_lit(out, "</p>");
	}
	put_both(out, frame, body);
	json_decref(body);
}

void
board_figure_body(struct text *out, const struct board_frame *frame,
	const struct published_row *row, const struct figure before[], size_t n)
{
	json_t *body = json_loads(row->body != NULL ? row->body : "", 0, NULL);
	const json_t *estimates = json_object_get(body, "estimates");

	put_estimates(out, frame, estimates, before, n, false);
	put_clauses(out, frame, json_object_get(body, "clauses"));
	put_estimates(out, frame, estimates, NULL, 0, true);
	put_provenance(out, frame, row);
	json_decref(body);
}
