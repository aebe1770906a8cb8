/* A request's members. */
#include "plan/ask.h"

#include <math.h>
#include <string.h>

#include "plan/many.h"
#include "plan/read.h"
#include "stats/fault.h"

enum { WORDS_MAX = 1000 };	/* categories of one column, an estimate each */

/* ---- who ---- */

static int
by_read(struct plan_ask *a, const struct plan_work *w, const json_t *request, struct err *err)
{
	const char *const *name = NULL;
	const struct factor **by;
	size_t n = 0;
	int rc;

	if (read_texts(&name, &n, request, "by", w->pool, err) != 0)
		return FAULT_INPUT;
	by = pool_array(w->pool, n + 1, sizeof(*by));
	for (size_t i = 0; i < n; i++) {
		const char *one = name[i] != NULL ? name[i] : "";

		if (!plan_many(w->data, one)) {
			if ((rc = plan_many_groups(&by[a->ask.bys++], w->data, one, err)) != 0)
				return rc;
		} else if (a->many == NULL) {
			a->many = one;
			a->many_at = i;
		} else {
			return fault_set(err, FAULT_INPUT,
				"%s 与 %s 都可多选，“by” 里只能有一道多选题",
				"%s and %s both take several choices,"
				" and \"by\" can have one such question", a->many, one);
		}
	}
	a->ask.by = by;
	return 0;
}

static int
where_read(struct plan_ask *a, const struct plan_work *w, const json_t *request, struct err *err)
{
	const json_t *where;
	const char *key;
	json_t *value;
	bool *is;
	int rc;

	if (read_object(&where, request, "where", err) != 0)
		return FAULT_INPUT;
	if (where == NULL)
		return 0;
	a->where = pool_array(w->pool, w->data->n + 1, sizeof(*a->where));
	memset(a->where, 1, w->data->n * sizeof(*a->where));
	is = pool_array(w->pool, w->data->n + 1, sizeof(*is));
	json_object_foreach((json_t *)where, key, value) {
		if ((rc = plan_value_one_of(is, NULL, w->data, key, value, err)) != 0)
			return rc;
		for (size_t i = 0; i < w->data->n; i++)
			a->where[i] = a->where[i] && is[i];
	}
	a->ask.where = a->where;
	return 0;
}

/* ---- how ---- */

/* true: as R does it; "replace": against sampling with replacement, which is also
 * what is told unasked. */
static int
deff_read(struct plan_ask *a, const json_t *request, struct err *err)
{
	const json_t *deff = json_object_get(request, "deff");

	if (deff == NULL || json_is_null(deff) || json_is_false(deff) ||
			(json_is_string(deff) && strcmp(json_string_value(deff), "replace") == 0))
		a->ask.deff = SAMPLE_DEFF_REPLACE;
	else if (json_is_true(deff))
		a->ask.deff = SAMPLE_DEFF_FINITE;
	else
		return fault_set(err, FAULT_INPUT, "“deff” 应为 true、false 或 \"replace\"",
			"\"deff\" should be true, false or \"replace\"");
	return 0;
}

static int
interval_read(struct plan_ask *a, const json_t *request, struct err *err)
{
	const char *interval = NULL;

	if (read_text(&interval, request, "interval", err) != 0)
		return FAULT_INPUT;
	if (interval != NULL && interval_parse(&a->ask.interval, interval) != 0)
		return fault_set(err, FAULT_INPUT,
			"“interval” 不能是 “%s”，只能是 logit、beta、"
			"beta-capped、wilson、asin、wald",
			"\"interval\" cannot be \"%s\", only logit, beta,"
			" beta-capped, wilson, asin, wald", interval);
	a->interval = interval != NULL;
	return 0;
}

int
plan_ask_words(struct plan_ask *a, double level, const json_t *request, struct err *err)
{
	static const char *const missing[] = { "available", "listwise", NULL };
	static const char *const df[] = { "design", "domain", NULL };
	int how = 0, which = -1;

	*a = (struct plan_ask){ .ask = { .level = level } };
	if (read_word(&how, request, "missing", missing, err) != 0 ||
			read_word(&which, request, "df", df, err) != 0 ||
			read_level(&a->ask.level, request, "level", err) != 0 ||
			interval_read(a, request, err) != 0 || deff_read(a, request, err) != 0)
		return FAULT_INPUT;
	a->ask.listwise = how == 1;
	a->ask.df = which < 0 ? SAMPLE_DF_AUTO : which == 0 ? SAMPLE_DF_DESIGN : SAMPLE_DF_DOMAIN;
	return 0;
}

int
plan_ask_read(struct plan_ask *a, const struct plan_work *w, const json_t *request, struct err *err)
{
	int rc = plan_ask_read_many(a, w, request, err);

	if (rc == 0 && a->many != NULL)
		return fault_set(err, FAULT_INPUT,
			"%s 可多选，各组有重叠，这种分析不能按它分组；"
			"可以用 where 只看选了某项的人",
			"%s takes several choices, so its groups overlap and this analysis cannot"
			" go by it; look at those who ticked one with where", a->many);
	return rc;
}

int
plan_ask_read_many(struct plan_ask *a, const struct plan_work *w, const json_t *request,
	struct err *err)
{
	int rc = plan_ask_words(a, w->level, request, err);

	a->ask.totals = w->joined;
	if (rc != 0 || (rc = by_read(a, w, request, err)) != 0)
		return rc;
	return where_read(a, w, request, err);
}

/* ---- what ---- */

static size_t
column_count(const struct plan_work *w, const char *name, struct err *err)
{
	int column = name != NULL ? frame_find(w->data->frame, name) : -1;
	const char *const *choice;
	size_t choices;

	if (column >= 0 && plan_many(w->data, name))
		return plan_many_choices(&choice, &choices, w->data, name, err) != 0 ? 1 : choices;
	if (column < 0 || !plan_data_words(w->data, (size_t)column))
		return 1;
	return plan_data_levels(w->data, (size_t)column)->levels;
}

/* One indicator a choice: who ticked it, of those who ticked anything. */
static int
choices_put(struct column column[], size_t *n, const struct plan_work *w, const char *name,
	struct err *err)
{
	const char *const *choice;
	size_t choices;
	int rc = plan_many_choices(&choice, &choices, w->data, name, err);

	for (size_t c = 0; rc == 0 && c < choices; c++) {
		json_t *value = json_string(choice[c]);

		rc = plan_value_share(&column[*n], w->data, name, value, err);
		json_decref(value);
		column[(*n)++].name = pool_fmt(w->pool, "%s%s", name, choice[c]);
	}
	return rc;
}

/* One indicator a category. */
static int
words_put(struct column column[], size_t *n, const struct plan_work *w, const char *name,
	size_t at, struct err *err)
{
	const struct plan_levels *l = plan_data_levels(w->data, at);
	const struct factor *f;
	int32_t *hit = pool_array(w->pool, l->levels + 1, sizeof(*hit));
	int rc = plan_many_groups(&f, w->data, name, err);

	if (rc == 0 && l->levels > WORDS_MAX)
		return fault_set(err, FAULT_INPUT,
			"%s 有 %zu 种不同的文字，多于 %d 种，不能各算一行："
			"请先归类，或用 share 问其中几种",
			"column %s has %zu different words, more than the %d that can have an"
			" estimate each: code them first, or ask for the share of some", name,
			l->levels, WORDS_MAX);
	for (size_t k = 0; rc == 0 && k < l->levels; k++) {
		hit[k] = 1;
		column[*n] = plan_data_indicator(w->data, l, hit);
		hit[k] = 0;
		column[(*n)++].name = pool_fmt(w->pool, "%s%s", name, l->level[k]);
	}
	return rc;
}

/* Put the columns of a name behind column[*n]. */
static int
column_put(struct column column[], size_t *n, const struct plan_work *w, const char *name,
	struct err *err)
{
	int at = plan_data_column(w->data, name, err);

	if (at < 0)
		return at;
	if (plan_many(w->data, name))
		return choices_put(column, n, w, name, err);
	if (plan_data_words(w->data, (size_t)at))
		return words_put(column, n, w, name, (size_t)at, err);
	return plan_data_item(&column[(*n)++], w->data, name, err);
}

int
plan_columns(struct column **column, size_t *n, const struct plan_work *w, const json_t *request,
	const char *key, struct err *err)
{
	const char *const *name = NULL;
	size_t names = 0, all = 0;
	int rc = 0;

	if (read_required(request, key, err) != 0 ||
			read_texts(&name, &names, request, key, w->pool, err) != 0)
		return FAULT_INPUT;
	for (size_t i = 0; i < names; i++)
		all += column_count(w, name[i], err);
	*column = pool_array(w->pool, all + 1, sizeof(**column));
	*n = 0;
	for (size_t i = 0; rc == 0 && i < names; i++)
		rc = column_put(*column, n, w, name[i] != NULL ? name[i] : "", err);
	return rc;
}

int
plan_column(struct column *column, const struct plan_work *w, const json_t *request,
	const char *key, struct err *err)
{
	const char *name = NULL;

	if (read_required(request, key, err) != 0 || read_text(&name, request, key, err) != 0)
		return FAULT_INPUT;
	*column = (struct column){ .name = name, .upper = NAN };
	return plan_data_numbers(&column->x, w->data, name, err);
}

int
plan_factor(const struct factor **f, const struct plan_work *w, const json_t *request,
	const char *key, struct err *err)
{
	const char *name = NULL;

	if (read_required(request, key, err) != 0 || read_text(&name, request, key, err) != 0)
		return FAULT_INPUT;
	return plan_many_groups(f, w->data, name, err);
}
