/* Results as JSON. */
#include "plan/say.h"

#include <math.h>

#include "stats/fault.h"

json_t *
say_fault(int fault, const struct err *err)
{
	return json_pack("{s:s, s:s}", "code", fault_word(fault), "message", err->text);
}

/* With few degrees of freedom the error is itself a guess, and so is all that is made of it. */
static json_t *
unsure(const struct estimate *e)
{
	struct err err = { 0 };

	err_set(&err, ERR_REFUSED,
		"自由度只有 %g（少于 %d）：标准误本身就估不准，设计效应和有效 n 也一样",
		"only %g degrees of freedom (fewer than %d): the standard error is itself"
		" uncertain, and with it deff and n eff", e->df, ESTIMATE_MIN_DF);
	return json_pack("{s:s, s:s}", "code", "few_df", "message", err.text);
}

static json_t *
labels(const struct table_row *row, const char *const by[], size_t bys)
{
	json_t *object = json_object();

	for (size_t i = 0; i < bys && row->by != NULL; i++)
		json_object_set_new(object, by[i], json_string(row->by[i]));
	return object;
}

json_t *
say_row(const struct table_row *row, const char *const by[], size_t bys)
{
	const struct estimate *e = &row->estimate;
	json_t *o = json_pack("{s:s, s:o}", "of", row->of, "by", labels(row, by, bys));

	if (row->fault != 0) {
		json_object_set_new(o, "error", say_fault(row->fault, row->err));
		return o;
	}
	if (!isnan(row->p))
		json_object_set_new(o, "quantile", json_number(row->p));
	json_object_set_new(o, "estimate", json_number(e->value));
	json_object_set_new(o, "se", json_number(e->se));
	json_object_set_new(o, "low", json_number(e->low));
	json_object_set_new(o, "high", json_number(e->high));
	json_object_set_new(o, "level", json_number(e->level));
	json_object_set_new(o, "df", json_count(e->df));
	json_object_set_new(o, "n", json_count(e->n));
	json_object_set_new(o, "n_eff", json_number(e->n_eff));
	json_object_set_new(o, "kish_n", json_number(e->kish));
	json_object_set_new(o, "deff", json_number(e->deff));
	json_object_set_new(o, "method", json_string(e->method));
	if (row->span_fault != 0)
		json_object_set_new(o, "no_interval", say_fault(row->span_fault, row->err));
	if (estimate_unsure(e))
		json_object_set_new(o, "uncertain", unsure(e));
	return o;
}

json_t *
say_numbers(const double x[], size_t n)
{
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_number(x[i]));
	return list;
}

json_t *
say_matrix(const double x[], size_t rows, size_t columns)
{
	json_t *list = json_array();

	for (size_t i = 0; i < rows; i++)
		json_array_append_new(list, say_numbers(x + i * columns, columns));
	return list;
}

void
say_table(json_t *result, const struct table *t)
{
	json_t *rows = json_array();
	bool any = t->rows == 0;

	for (size_t i = 0; i < t->rows; i++) {
		json_array_append_new(rows, say_row(&t->row[i], t->by, t->bys));
		any = any || t->row[i].fault == 0;
	}
	if (t->rows == 0) {
		struct err err = { 0 };
		int fault = fault_set(&err, FAULT_EMPTY_DOMAIN, "没有人属于所问的任何一组",
			"nobody belongs to any of the groups asked for");

		json_object_set_new(result, "error", say_fault(fault, &err));
	}
	if (!any)
		json_object_set_new(result, "error", say_fault(t->row[0].fault, t->row[0].err));
	json_object_set_new(result, "rows", rows);
	json_object_set_new(result, "vcov", say_matrix(t->cov, t->rows, t->rows));
}

void
say_levels(json_t *result, const struct table *t)
{
	json_t *levels = json_array();

	for (size_t i = 0; i < t->rows; i++)
		json_array_append_new(levels, say_row(&t->row[i], t->by, t->bys));
	json_object_set_new(result, "levels", levels);
}
