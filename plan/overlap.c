/* Groups that overlap: by the choices of a question that takes several, a domain for each. */
#include <math.h>
#include <string.h>

#include "plan/many.h"
#include "plan/op/ops.h"
#include "stats/fault.h"

int
plan_stack(struct table *all, const struct table part[], size_t parts, struct pool *pool,
	struct err *err)
{
	size_t at = 0, n = 0;

	for (size_t p = 0; p < parts; p++)
		n += part[p].rows;
	if (table_room(n, 1, err) != 0)
		return FAULT_INPUT;
	*all = part[0];
	all->rows = n;
	all->srs = NULL;
	all->total = NULL;
	all->row = pool_array(pool, n + 1, sizeof(*all->row));
	all->cov = pool_array(pool, n * n + 1, sizeof(*all->cov));
	for (size_t i = 0; i < n * n; i++)
		all->cov[i] = NAN;
	for (size_t p = 0; p < parts; at += part[p++].rows)
		for (size_t i = 0; i < part[p].rows; i++) {
			all->row[at + i] = part[p].row[i];
			for (size_t j = 0; j < part[p].rows; j++)
				all->cov[(at + i) * n + at + j] = part[p].cov[i * part[p].rows + j];
		}
	return 0;
}

/* Labels with the choice at its place among the other groups'. */
static const char *const *
labels_with(const char *const other[], size_t bys, size_t at, const char *choice, struct pool *pool)
{
	const char **by = pool_array(pool, bys + 1, sizeof(*by));

	for (size_t i = 0, k = 0; i < bys; i++)
		by[i] = i == at ? choice : other != NULL ? other[k++] : "";
	return by;
}

/* The people who ticked the choice, as groups of their own. */
static int
choice_table(struct table *t, const struct plan_work *w, const struct plan_ask *a,
	const char *choice, plan_tables *run, void *ctx, struct err *err)
{
	size_t n = w->data->n;
	bool *in = pool_array(w->pool, n + 1, sizeof(*in));
	json_t *value = json_string(choice);
	struct plan_ask one = *a;
	int rc = plan_value_one_of(in, NULL, w->data, a->many, value, err);

	json_decref(value);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < n; i++)
		in[i] = in[i] && (a->where == NULL || a->where[i]);
	one.many = NULL;
	one.where = in;
	one.ask.where = in;
	if ((rc = run(t, w, &one, ctx, err)) != 0)
		return rc;
	t->by = labels_with(t->by, t->bys + 1, a->many_at, a->many, w->pool);
	for (size_t i = 0; i < t->rows; i++)
		t->row[i].by = labels_with(t->bys > 0 ? t->row[i].by : NULL, t->bys + 1, a->many_at,
			choice, w->pool);
	t->bys++;
	return 0;
}

static void
say_overlap(json_t *result, const char *name)
{
	struct err err = { 0 };

	err_set(&err, ERR_NONE,
		"%s 可多选，一人可以在几组里：各组有重叠，人数之和多于全体，"
		"组间之差不能按独立样本看",
		"%s takes several choices, so one person can be in several groups: they overlap,"
		" their n sum to more than all, and they are no independent samples", name);
	json_object_set_new(result, "overlapping",
		json_pack("{s:s, s:s}", "by", name, "message", err.text));
}

int
plan_each_choice(json_t *result, struct table *t, const struct plan_work *w, struct plan_ask *a,
	plan_tables *run, void *ctx, struct err *err)
{
	const char *const *choice;
	struct table *part;
	size_t n;
	int rc;

	if (a->many == NULL)
		return run(t, w, a, ctx, err);
	if ((rc = plan_many_choices(&choice, &n, w->data, a->many, err)) != 0)
		return rc;
	if (n == 0)
		return fault_set(err, FAULT_EMPTY_DOMAIN, "%s 没有一个选项有人选",
			"%s: nobody ticked any choice", a->many);
	part = pool_array(w->pool, n, sizeof(*part));
	for (size_t c = 0; c < n; c++)
		if ((rc = choice_table(&part[c], w, a, choice[c], run, ctx, err)) != 0)
			return rc;
	if ((rc = plan_stack(t, part, n, w->pool, err)) != 0)
		return rc;
	say_overlap(result, a->many);
	return 0;
}
