/* Cells that are sets of choices. */
#include "plan/many.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/part.h"
#include "base/text.h"
#include "stats/fault.h"

enum { LISTED_MAX = 40 };

/* A column read as sets. */
struct plan_set {
	const struct plan_levels *cells;
	const char ***word;	/* word[levels of cells][words] */
	size_t *words;		/* words[levels of cells] */
	const char **choice;	/* choice[choices]: declared, else those that occur */
	size_t choices;
};

/* ---- what was declared ---- */

static int
declare(struct plan_data *d, const char *name, const json_t *how, struct err *err)
{
	int column = plan_data_column(d, name, err);

	if (column < 0)
		return column;
	if (!json_is_boolean(how) && !json_is_array(how))
		return fault_set(err, FAULT_INPUT, "“multi” 中 %s 应为 true、false 或选项的列表",
			"\"multi\": %s should be true, false or a list of its choices", name);
	d->many[column] = json_is_false(how) ? PLAN_SINGLE : PLAN_MANY;
	if (json_is_array(how))
		d->choices[column] = how;
	return 0;
}

int
plan_many_declare(struct plan_data *d, const json_t *said, struct err *err)
{
	const char *key;
	json_t *value, *yes = json_true();
	size_t i;
	int rc = 0;

	if (said == NULL || json_is_null(said))
		return 0;
	if (json_is_string(said))
		return declare(d, json_string_value(said), yes, err);
	if (!json_is_array(said) && !json_is_object(said))
		return fault_set(err, FAULT_INPUT, "“multi” 应为列名、列名的列表或对象",
			"\"multi\" should be a column, a list of columns or an object");
	json_array_foreach((json_t *)said, i, value)
		if (rc == 0)
			rc = json_is_string(value) ? declare(d, json_string_value(value), yes,
				err) : fault_set(err, FAULT_INPUT, "“multi” 的列表里应为列名",
				"\"multi\" should list names of columns");
	json_object_foreach((json_t *)said, key, value)
		if (rc == 0)
			rc = declare(d, key, value, err);
	return rc;
}

void
plan_many_form(struct plan_data *d, const json_t *multi, const json_t *choices)
{
	const char *key;
	json_t *value;
	int column;

	json_object_foreach((json_t *)multi, key, value)
		if ((column = frame_find(d->frame, key)) >= 0)
			d->many[column] = json_is_true(value) ? PLAN_MANY : PLAN_SINGLE;
	json_object_foreach((json_t *)choices, key, value)
		if ((column = frame_find(d->frame, key)) >= 0)
			d->choices[column] = value;
}

bool
plan_many(const struct plan_data *d, const char *name)
{
	int column = frame_find(d->frame, name);

	return column >= 0 && d->many[column] == PLAN_MANY;
}

/* ---- words of a cell ---- */

static bool
parted(const char *cell)
{
	while (*cell != '\0' && part_mark(cell) == 0)
		cell++;
	return *cell != '\0';
}

/* Bytes of the longest declared choice that a word is: it keeps the marks it is
 * written with.  0: none. */
static size_t
declared_at(const struct plan_data *d, size_t column, const char *word)
{
	size_t i, n, most = 0;
	json_t *choice;

	json_array_foreach((json_t *)d->choices[column], i, choice) {
		n = json_string_length(choice);
		if (n > most && strncmp(word, json_string_value(choice), n) == 0 &&
				(word[n] == '\0' || part_mark(word + n) > 0))
			most = n;
	}
	return most;
}

/* The next word of a cell, in *n bytes; NULL at its end. */
static const char *
word_next(const char **rest, size_t *n, const struct plan_data *d, size_t column)
{
	const char *word = *rest;
	size_t mark;

	while ((mark = part_mark(word)) > 0)
		word += mark;
	*n = declared_at(d, column, word);
	*rest = word + *n;
	return *n > 0 ? word : part_next(rest, n);
}

/* Words as strings of their own, without the codes that are missing; how many. */
static size_t
words_of(const char ***word, struct plan_data *d, size_t column, const char *cell)
{
	const char *rest = cell, *w;
	size_t n, words = 0;

	*word = pool_array(d->pool, strlen(cell) / 2 + 2, sizeof(**word));
	while ((w = word_next(&rest, &n, d, column)) != NULL) {
		w = pool_strndup(d->pool, w, n);
		if (!plan_data_missing(d, column, w))
			(*word)[words++] = w;
	}
	return words;
}

/* A cell that is parted by something else than spaces, in words that were not declared
 * with it; NULL: none. */
static const char *
cell_guessed(struct plan_data *d, size_t column)
{
	const struct plan_levels *f = plan_data_levels(d, column);
	const char *word;
	size_t n;

	for (size_t l = 0; l < f->levels; l++)
		for (const char *rest = f->level[l];
				(word = word_next(&rest, &n, d, column)) != NULL;)
			if (part_mark(rest) > 0 && *rest != ' ')
				return f->level[l];
	return NULL;
}

void
plan_many_notes(json_t *notes, struct plan_data *d)
{
	const char *cell;

	for (size_t c = 0; c < frame_columns(d->frame); c++)
		if (d->many[c] == PLAN_MANY && (cell = cell_guessed(d, c)) != NULL)
			json_array_append_new(notes, json_string(pool_fmt(d->pool, LANG_PICK(
				"%s 列的多个选项不是用空格分开的（如“%s”）：按分隔符拆成了各个选项",
				"column %s: choices are not separated by spaces (\"%s\"): the"
				" cells were split at their marks"),
				frame_name(d->frame, c), cell)));
}

static int
by_text(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

static void
choices_declared(const char ***choice, size_t *n, const struct plan_data *d, const json_t *list)
{
	*choice = pool_array(d->pool, json_array_size(list) + 1, sizeof(**choice));
	for (*n = 0; *n < json_array_size(list); (*n)++) {
		const json_t *v = json_array_get(list, *n);

		(*choice)[*n] = json_is_string(v) ? json_string_value(v) :
			pool_fmt(d->pool, "%.15g", json_number_value(v));
	}
}

/* The choices that occur, each once. */
static void
choices_met(struct plan_set *set, struct pool *pool)
{
	size_t all = 0, kept = 0;

	for (size_t l = 0; l < set->cells->levels; l++)
		all += set->words[l];
	set->choice = pool_array(pool, all + 1, sizeof(*set->choice));
	all = 0;
	for (size_t l = 0; l < set->cells->levels; l++)
		for (size_t i = 0; i < set->words[l]; i++)
			set->choice[all++] = set->word[l][i];
	qsort(set->choice, all, sizeof(*set->choice), by_text);
	for (size_t i = 0; i < all; i++)
		if (i == 0 || strcmp(set->choice[i], set->choice[i - 1]) != 0)
			set->choice[kept++] = set->choice[i];
	set->choices = kept;
}

static const struct plan_set *
set_of(struct plan_data *d, size_t column)
{
	struct plan_set *set = d->set[column];

	if (set != NULL)
		return set;
	set = d->set[column] = pool_take(d->pool, sizeof(*set));
	set->cells = plan_data_levels(d, column);
	set->word = pool_array(d->pool, set->cells->levels + 1, sizeof(*set->word));
	set->words = pool_array(d->pool, set->cells->levels + 1, sizeof(*set->words));
	for (size_t l = 0; l < set->cells->levels; l++)
		set->words[l] = words_of(&set->word[l], d, column, set->cells->level[l]);
	if (d->choices[column] != NULL)
		choices_declared(&set->choice, &set->choices, d, d->choices[column]);
	else
		choices_met(set, d->pool);
	return set;
}

int
plan_many_choices(const char *const **choice, size_t *n, struct plan_data *d, const char *name,
	struct err *err)
{
	int column = plan_data_column(d, name, err);
	const struct plan_set *set;

	if (column < 0)
		return column;
	set = set_of(d, (size_t)column);
	*choice = set->choice;
	*n = set->choices;
	return 0;
}

/* ---- values ---- */

static const char *
listed(const char *const choice[], size_t n, struct pool *pool)
{
	struct text t = TEXT_INIT;
	const char *s;

	for (size_t i = 0; i < n && i < LISTED_MAX; i++)
		text_fmt(&t, "%s%s", i > 0 ? " " : "", choice[i]);
	if (n > LISTED_MAX)
		text_puts(&t, " …");
	s = pool_strdup(pool, text_str(&t));
	text_clear(&t);
	return s;
}

/* numbers: any number will do, though nobody gave it. */
static int
value_check(const struct plan_data *d, const char *name, const char *const choice[], size_t n,
	bool numbers, const json_t *value, struct err *err)
{
	const char *word;

	if (numbers && json_is_number(value))
		return 0;
	for (size_t i = 0; i < n; i++)
		if (plan_data_is(choice[i], value))
			return 0;
	word = json_is_string(value) ? json_string_value(value) :
		pool_fmt(d->pool, "%.15g", json_number_value(value));
	return fault_set(err, FAULT_INPUT, "%s 没有选项“%s”；有：%s",
		"%s has no choice \"%s\"; it has: %s", name, word, listed(choice, n, d->pool));
}

static int
values_check(const struct plan_data *d, const char *name, const char *const choice[], size_t n,
	bool numbers, const json_t *values, struct err *err)
{
	json_t *value;
	size_t i;
	int rc = 0;

	if (!json_is_array(values))
		return value_check(d, name, choice, n, numbers, values, err);
	json_array_foreach((json_t *)values, i, value)
		if (rc == 0)
			rc = value_check(d, name, choice, n, numbers, value, err);
	return rc;
}

static int
levels_check(struct plan_data *d, const struct plan_levels *l, const json_t *values,
	struct err *err)
{
	const char *name = l->column->name, **choice;
	int column = frame_find(d->frame, name);
	size_t n;
	double x;

	if (d->choices[column] != NULL) {
		choices_declared(&choice, &n, d, d->choices[column]);
		return values_check(d, name, choice, n, false, values, err);
	}
	return l->levels == 0 ? 0 : values_check(d, name, l->level, l->levels,
		factor_number(&x, l->level[0]), values, err);
}

/* hit[levels]: 1, 0 or COLUMN_MISSING of each level of a question with several choices. */
static int
set_hits(int32_t *hit[], const struct plan_levels **levels, struct plan_data *d, size_t column,
	const json_t *values, struct err *err)
{
	const struct plan_set *set = set_of(d, column);
	const char *name = frame_name(d->frame, column);
	int rc = values_check(d, name, set->choice, set->choices, false, values, err);

	*levels = set->cells;
	*hit = pool_array(d->pool, set->cells->levels + 1, sizeof(**hit));
	for (size_t l = 0; rc == 0 && l < set->cells->levels; l++) {
		(*hit)[l] = set->words[l] == 0 ? COLUMN_MISSING : 0;
		for (size_t i = 0; i < set->words[l]; i++)
			if (plan_data_in(set->word[l][i], values))
				(*hit)[l] = 1;
	}
	return rc;
}

/* ---- cells that look like sets ---- */

/* A word with the level it is in. */
struct met {
	const char *word;
	size_t level;
	bool alone;		/* it is the whole cell */
};

static int
by_word(const void *x, const void *y)
{
	const struct met *a = x, *b = y;
	int c = strcmp(a->word, b->word);

	return c != 0 ? c : (a->level > b->level) - (a->level < b->level);
}

/* In how many cells is the word, and in one alone? */
static void
met_of(const struct met met[], size_t n, const char *word, size_t *levels, bool *alone)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (strcmp(met[mid].word, word) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	*levels = 0;
	*alone = false;
	for (; low < n && strcmp(met[low].word, word) == 0; low++) {
		*levels += *levels == 0 || met[low].level != met[low - 1].level;
		*alone = *alone || met[low].alone;
	}
}

static bool
looks_like_a_set(const struct met met[], size_t n, const char *const word[], size_t words)
{
	bool any = false, alone;
	size_t levels;

	for (size_t i = 0; i < words; i++) {
		met_of(met, n, word[i], &levels, &alone);
		if (levels < 2)
			return false;
		any = any || alone;
	}
	return words > 1 && any;
}

/* A cell that makes the column look like one of sets; NULL: none does. */
static const char *
cell_suspect(struct plan_data *d, size_t column)
{
	const struct plan_levels *f = plan_data_levels(d, column);
	const struct plan_set *set;
	struct met *met;
	size_t l, n = 0;

	for (l = 0; l < f->levels && !parted(f->level[l]); l++)
		;
	if (l == f->levels)
		return NULL;
	set = set_of(d, column);
	for (l = 0; l < f->levels; l++)
		n += set->words[l];
	met = pool_array(d->pool, n + 1, sizeof(*met));
	for (n = l = 0; l < f->levels; l++)
		for (size_t i = 0; i < set->words[l]; i++)
			met[n++] = (struct met){ set->word[l][i], l, set->words[l] == 1 };
	qsort(met, n, sizeof(*met), by_word);
	for (l = 0; l < f->levels; l++)
		if (looks_like_a_set(met, n, set->word[l], set->words[l]))
			return f->level[l];
	return NULL;
}

/* What a column may be gone by: not cells that look like sets where nobody said what they are. */
static int
groups_check(struct plan_data *d, size_t column, struct err *err)
{
	const char *name = frame_name(d->frame, column), *cell;

	if (d->many[column] != PLAN_UNSAID || (cell = cell_suspect(d, column)) == NULL)
		return 0;
	return fault_set(err, FAULT_INPUT,
		"%s 列的单元格像是多选题（如“%s”）：请用 --multi %s，或在计划里写"
		" \"multi\": [\"%s\"]，按是否选中计算；若不是多选，在计划里写"
		" \"multi\": {\"%s\": false}",
		"column %s looks like a question with several choices (\"%s\"): say --multi %s,"
		" or \"multi\": [\"%s\"] in a plan, to count who ticked what; if it is none,"
		" say \"multi\": {\"%s\": false} in a plan", name, cell, name, name, name);
}

int
plan_many_groups(const struct factor **f, struct plan_data *d, const char *name, struct err *err)
{
	int rc = plan_data_factor(f, d, name, err);

	return rc != 0 ? rc : groups_check(d, (size_t)plan_data_column(d, name, NULL), err);
}

/* ---- membership ---- */

static int
hits_of(int32_t *hit[], const struct plan_levels **levels, struct plan_data *d, const char *name,
	const json_t *values, struct err *err)
{
	int column = plan_data_column(d, name, err), rc;

	if (column < 0)
		return column;
	if (d->many[column] == PLAN_MANY)
		return set_hits(hit, levels, d, (size_t)column, values, err);
	*levels = plan_data_levels(d, (size_t)column);
	if ((rc = groups_check(d, (size_t)column, err)) != 0 ||
			(rc = levels_check(d, *levels, values, err)) != 0)
		return rc;
	*hit = pool_array(d->pool, (*levels)->levels + 1, sizeof(**hit));
	for (size_t l = 0; l < (*levels)->levels; l++)
		(*hit)[l] = plan_data_in((*levels)->level[l], values);
	return 0;
}

int
plan_value_one_of(bool is[], bool missing[], struct plan_data *d, const char *name,
	const json_t *values, struct err *err)
{
	const struct plan_levels *levels;
	int32_t *hit;
	int rc = hits_of(&hit, &levels, d, name, values, err);

	for (size_t i = 0; rc == 0 && i < d->n; i++) {
		uint32_t l = plan_data_level(d, levels, i);

		is[i] = l != FACTOR_NONE && hit[l] == 1;
		if (missing != NULL)
			missing[i] = l == FACTOR_NONE || hit[l] == COLUMN_MISSING;
	}
	return rc;
}

int
plan_value_share(struct column *share, struct plan_data *d, const char *name,
	const json_t *values, struct err *err)
{
	const struct plan_levels *levels;
	int32_t *hit;
	int rc = hits_of(&hit, &levels, d, name, values, err);

	if (rc == 0)
		*share = plan_data_indicator(d, levels, hit);
	return rc;
}
