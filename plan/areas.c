/* Areas from a file. */
#include "plan/areas.h"

#include <math.h>
#include <string.h>

#include "base/lang.h"
#include "plan/data.h"
#include "stats/compare/area.h"
#include "stats/fault.h"

/* Where the next column starts: its row i is room * i further on. */
static double *
column(struct area_model *m, const char *name, const char **names, double *x)
{
	names[m->k] = name;
	return x + m->k++;
}

static int
numbers_put(struct area_model *m, struct plan_data *data, const char *name, const char **names,
	double *x, size_t room, struct err *err)
{
	const double *value;
	double *into;

	if (plan_data_numbers(&value, data, name, err) != 0)
		return -1;
	into = column(m, name, names, x);
	for (size_t i = 0; i < m->n; i++)
		into[i * room] = value[i];
	return 0;
}

static void
factor_put(struct area_model *m, const struct factor *f, const char **names, double *x, size_t room,
	struct pool *pool)
{
	for (size_t l = 1; l < f->levels; l++) {
		double *into = column(m, pool_fmt(pool, "%s%s", f->name, f->level[l]), names, x);

		for (size_t i = 0; i < m->n; i++)
			into[i * room] = f->of[i] == FACTOR_NONE ? NAN : f->of[i] == l;
	}
}

static size_t
commas(const char *s)
{
	size_t n = 0;

	for (; s != NULL && *s != '\0'; s++)
		n += *s == ',';
	return n;
}

/* The intercept, the numbers, the categories but the first. */
static int
explain(struct area_model *m, struct plan_data *data, const struct plan_areas *areas,
	struct err *err)
{
	const struct factor *f = NULL;
	const char **names;
	char *rest = pool_strdup(data->pool, areas->x != NULL ? areas->x : ""), *name;
	double *x, *ones;
	size_t room;

	if (areas->factor != NULL && plan_data_factor(&f, data, areas->factor, err) != 0)
		return -1;
	room = 2 + commas(areas->x) + (f != NULL ? f->levels : 0);
	names = pool_array(data->pool, room + 1, sizeof(*names));
	x = pool_array(data->pool, m->n * room + 1, sizeof(*x));
	ones = column(m, "(Intercept)", names, x);
	for (size_t i = 0; i < m->n; i++)
		ones[i * room] = 1;
	while ((name = strtok_r(rest, ",", &rest)) != NULL)
		if (numbers_put(m, data, name, names, x, room, err) != 0)
			return -1;
	if (f != NULL)
		factor_put(m, f, names, x, room, data->pool);
	/* Close up the rows: x was laid out for as many columns as there could be. */
	for (size_t i = 0; i < m->n; i++)
		memmove(x + i * m->k, x + i * room, m->k * sizeof(*x));
	m->x = x;
	m->name = names;
	return 0;
}

static json_t *
say_areas(const struct area_fit *fit, const struct area_model *m)
{
	json_t *rows = json_array(), *beta = json_object(), *se = json_object(),
		*boundary = json_null();

	for (size_t j = 0; j < m->k; j++) {
		json_object_set_new(beta, m->name[j], json_number(fit->beta[j]));
		json_object_set_new(se, m->name[j], json_number(fit->beta_se[j]));
	}
	for (size_t i = 0; i < m->n; i++)
		json_array_append_new(rows, json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "area",
			m->area[i], "direct", json_number(m->direct[i]), "variance",
			json_number(m->variance[i]),
			"eblup", json_number(fit->eblup[i]), "mse", json_number(fit->mse[i]),
			"se", json_number(sqrt(fit->mse[i])), "gamma", json_number(fit->gamma[i])));
	if (fit->boundary)
		boundary = json_string(
			LANG_PICK("refvar 为 0：各地区的差异不超过抽样误差，结果全由模型给出",
			"refvar is 0: the areas differ no more than their sampling errors do,"
			" and every figure is the model's"));
	return json_pack("{s:o, s:o, s:o, s:o, s:o}", "refvar", json_number(fit->refvar),
		"boundary", boundary, "beta", beta, "beta_se", se, "rows", rows);
}

static int
direct_read(struct area_model *m, struct plan_data *data, int at, struct err *err)
{
	const char **name = pool_array(data->pool, data->n + 1, sizeof(*name));

	if (plan_data_numbers(&m->direct, data, "estimate", err) != 0 ||
			plan_data_numbers(&m->variance, data, "variance", err) != 0)
		return -1;
	for (size_t i = 0; i < data->n; i++)
		name[i] = frame_cell(data->frame, (size_t)at, i);
	m->area = name;
	return 0;
}

static json_t *
fit(struct area_model *m, struct plan_data *data, const struct plan_areas *areas, struct err *err)
{
	struct area_fit fit;

	if (explain(m, data, areas, err) != 0 || area_fit(&fit, m, data->pool, err) != 0)
		return NULL;
	return say_areas(&fit, m);
}

json_t *
plan_area(const struct plan_areas *areas, struct pool *pool, struct err *err)
{
	struct plan_data data = { .pool = pool };
	struct area_model m = { .n = 0 };
	int at;

	if (plan_data_load(&data, areas->path, areas->encoding, NULL, pool, err) != 0 ||
			(at = plan_data_column(&data, "area", err)) < 0 ||
			direct_read(&m, &data, at, err) != 0)
		return NULL;
	m.n = data.n;
	return fit(&m, &data, areas, err);
}

/* The file's rows in the order of the areas. */
static int
rows_match(struct plan_data *data, const struct plan_areas *areas, const struct plan_direct *direct,
	struct err *err)
{
	int at;
	size_t *row = pool_array(data->pool, direct->n + 1, sizeof(*row)), k;

	if (plan_data_load(data, areas->path, areas->encoding, NULL, data->pool, err) != 0 ||
			(at = plan_data_column(data, "area", err)) < 0)
		return -1;
	for (size_t i = 0; i < direct->n; i++) {
		for (k = 0; k < frame_rows(data->frame); k++)
			if (strcmp(frame_cell(data->frame, (size_t)at, k), direct->area[i]) == 0)
				break;
		if (k == frame_rows(data->frame))
			return fault_set(err, FAULT_INPUT, "%s 中没有地区 %s", "%s has no area %s",
				areas->path, direct->area[i]);
		row[i] = k;
	}
	data->row = row;
	data->n = direct->n;
	return 0;
}

json_t *
plan_area_direct(const struct plan_direct *direct, const struct plan_areas *areas,
	struct pool *pool, struct err *err)
{
	struct plan_data data = { .pool = pool };
	struct area_model m = { .n = direct->n, .area = direct->area, .direct = direct->estimate,
		.variance = direct->variance };

	if (areas->path != NULL && rows_match(&data, areas, direct, err) != 0)
		return NULL;
	if (areas->path == NULL && (areas->x != NULL || areas->factor != NULL)) {
		err_set(err, ERR_INPUT, "解释变量要由文件给出（列 area 与各变量）",
			"variables that explain come from a file with the column area");
		return NULL;
	}
	return fit(&m, &data, areas, err);
}
