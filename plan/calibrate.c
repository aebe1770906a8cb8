/* A plan's calibration. */
#include "plan/calibrate.h"

#include <math.h>
#include <string.h>

#include "plan/read.h"
#include "stats/fault.h"

/* ---- margins ---- */

static int
margin_read(struct rake_margin *m, const char *variable, const json_t *targets, struct pool *pool,
	struct err *err)
{
	size_t n = json_object_size(targets), i = 0;
	const char **category = pool_array(pool, n + 1, sizeof(*category)), *key;
	double *target = pool_array(pool, n + 1, sizeof(*target));
	json_t *value;

	if (!json_is_object(targets) || n == 0)
		return fault_set(err, FAULT_INPUT, "边际 %s 应为 {类别: 人数}",
			"margin %s should be {category: people}", variable);
	json_object_foreach((json_t *)targets, key, value) {
		if (!json_is_number(value))
			return fault_set(err, FAULT_INPUT, "边际 %s 类别 %s 的人数不是数",
				"margin %s, category %s: the target is not a number",
				variable, key);
		category[i] = key;
		target[i++] = json_number_value(value);
	}
	*m = (struct rake_margin){ variable, category, target, n };
	return 0;
}

static int
margins_read(struct plan_calibrate *c, struct plan_data *data, const json_t *margins,
	struct err *err)
{
	size_t n = json_object_size(margins), i = 0;
	struct rake_margin *m = pool_array(data->pool, n + 1, sizeof(*m));
	const struct factor **factor = pool_array(data->pool, n + 1, sizeof(*factor));
	const char *key;
	json_t *value;
	int rc;

	json_object_foreach((json_t *)margins, key, value) {
		if ((rc = margin_read(&m[i], key, value, data->pool, err)) != 0 ||
				(rc = plan_data_factor(&factor[i], data, key, err)) != 0)
			return rc;
		i++;
	}
	c->spec.margin = m;
	c->spec.factor = factor;
	c->spec.margins = n;
	return 0;
}

/* ---- totals ---- */

static const double *
ones(const struct plan_data *data)
{
	double *x = pool_array(data->pool, data->n + 1, sizeof(*x));

	for (size_t i = 0; i < data->n; i++)
		x[i] = 1;
	return x;
}

/* "stypeH": the indicator of category H of column stype; NULL where there is no such thing. */
static const double *
indicator(struct plan_data *data, const char *name, struct err *err)
{
	for (size_t c = 0; c < frame_columns(data->frame); c++) {
		const char *column = frame_name(data->frame, c);
		size_t n = strlen(column), level;
		const struct factor *f;
		double *x;

		if (strncmp(name, column, n) != 0 || n == 0 ||
				plan_data_factor(&f, data, column, err) != 0 ||
				(level = factor_level(f, name + n)) == FACTOR_NONE)
			continue;
		x = pool_array(data->pool, data->n + 1, sizeof(*x));
		for (size_t i = 0; i < data->n; i++)
			x[i] = f->of[i] == FACTOR_NONE ? NAN : f->of[i] == level;
		return x;
	}
	return NULL;
}

static int
auxiliary(struct column *column, struct plan_data *data, const char *name, struct err *err)
{
	*column = (struct column){ .name = name, .upper = NAN };
	if (strcmp(name, "(Intercept)") == 0)
		column->x = ones(data);
	else if (frame_find(data->frame, name) >= 0)
		return plan_data_numbers(&column->x, data, name, err);
	else
		column->x = indicator(data, name, err);
	return column->x != NULL ? 0 :
		fault_set(err, FAULT_COLUMN, "合计 %s 既不是列名，也不是“列名加类别”",
		"total %s is neither a column nor a column with a category", name);
}

static int
totals_read(struct plan_calibrate *c, struct plan_data *data, const json_t *totals, struct err *err)
{
	size_t n = json_object_size(totals), i = 0;
	struct column *x = pool_array(data->pool, n + 1, sizeof(*x));
	double *total = pool_array(data->pool, n + 1, sizeof(*total));
	const char *key;
	json_t *value;
	int rc;

	json_object_foreach((json_t *)totals, key, value) {
		if (!json_is_number(value))
			return fault_set(err, FAULT_INPUT, "合计 %s 不是数",
				"total %s is not a number", key);
		total[i] = json_number_value(value);
		if ((rc = auxiliary(&x[i++], data, key, err)) != 0)
			return rc;
	}
	c->spec.x = x;
	c->spec.total = total;
	c->spec.xs = n;
	return 0;
}

/* ---- the whole ---- */

static int
bounds_read(struct calibrate_spec *spec, const json_t *object, struct pool *pool, struct err *err)
{
	const double *bound = NULL;
	size_t n = 2;

	if (read_numbers(&bound, &n, object, "bounds", pool, err) != 0)
		return FAULT_INPUT;
	if (n != 2)
		return fault_set(err, FAULT_INPUT, "“bounds” 应为 [下限, 上限]",
			"\"bounds\" should be [low, high]");
	spec->low = bound == NULL ? -INFINITY : bound[0];
	spec->high = bound == NULL ? INFINITY : bound[1];
	return 0;
}

static int
trim_read(struct plan_calibrate *c, const json_t *object, struct err *err)
{
	static const char *const known[] = { "lower", "upper", "strict", NULL };
	const json_t *trim;

	c->low = -INFINITY;
	c->high = INFINITY;
	c->spec.cap = NAN;
	if (read_object(&trim, object, "trim", err) != 0)
		return FAULT_INPUT;
	if (trim == NULL)
		return 0;
	if (read_known(trim, known, err) != 0 || read_number(&c->low, trim, "lower", err) != 0 ||
			read_number(&c->high, trim, "upper", err) != 0 ||
			read_flag(&c->strict, trim, "strict", err) != 0)
		return FAULT_INPUT;
	c->trim = true;
	if (c->method && isinf(c->low) && (c->spec.method == CALIBRATE_POSTSTRATIFY ||
			c->spec.method == CALIBRATE_RAKE)) {
		c->spec.cap = c->high;
		c->trim = false;
	}
	return 0;
}

static int
method_read(struct plan_calibrate *c, const json_t *object, struct err *err)
{
	const char *method = NULL;

	if (read_text(&method, object, "method", err) != 0)
		return FAULT_INPUT;
	c->method = method != NULL;
	if (method == NULL && (json_object_get(object, "margins") != NULL ||
			json_object_get(object, "totals") != NULL))
		return read_required(object, "method", err);
	if (method != NULL && calibrate_parse(&c->spec.method, method) != 0)
		return fault_set(err, FAULT_INPUT,
			"“method” 不能是 “%s”，只能是 poststratify、rake、linear、raking、logit",
			"\"method\" cannot be \"%s\", only poststratify,"
			" rake, linear, raking, logit", method);
	return 0;
}

static int
variance_read(struct calibrate_spec *spec, struct plan_data *data, const json_t *object,
	struct err *err)
{
	const char *name = NULL;

	if (read_text(&name, object, "variance", err) != 0)
		return FAULT_INPUT;
	return name == NULL ? 0 : plan_data_numbers(&spec->spread, data, name, err);
}

int
plan_calibrate_read(struct plan_calibrate *c, struct plan_data *data, const json_t *object,
	struct err *err)
{
	static const char *const known[] = { "method", "margins", "totals", "bounds", "trim",
		"tolerance", "iterations", "variance", "aside", NULL };
	const json_t *margins, *totals;
	double iterations = 0;
	int rc;

	*c = (struct plan_calibrate){ .method = false };
	if (read_known(object, known, err) != 0 || method_read(c, object, err) != 0 ||
			read_object(&margins, object, "margins", err) != 0 ||
			read_object(&totals, object, "totals", err) != 0 ||
			read_number(&c->spec.rake.tolerance, object, "tolerance", err) != 0 ||
			read_number(&iterations, object, "iterations", err) != 0 ||
			read_flag(&c->spec.rake.aside, object, "aside", err) != 0 ||
			bounds_read(&c->spec, object, data->pool, err) != 0 ||
			trim_read(c, object, err) != 0)
		return FAULT_INPUT;
	if (!(c->spec.rake.tolerance >= 0) || !(iterations >= 0 && iterations <= 1e9))
		return fault_set(err, FAULT_INPUT, "tolerance 和 iterations 不能为负",
			"tolerance and iterations cannot be negative");
	c->spec.rake.iterations = (int)iterations;
	if ((rc = margins_read(c, data, margins, err)) != 0 ||
			(rc = totals_read(c, data, totals, err)) != 0)
		return rc;
	return variance_read(&c->spec, data, object, err);
}

int
plan_calibrate_apply(struct sample *s, const struct plan_calibrate *c, struct rake_report *report,
	struct err *err)
{
	int rc = 0;

	if (c->method)
		rc = sample_calibrate(s, &c->spec, report, err);
	if (rc == 0 && c->trim)
		rc = sample_trim(s, c->low, c->high, c->strict, err);
	return rc;
}
