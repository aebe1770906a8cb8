/* Rates from a file. */
#include "plan/rates.h"

#include <math.h>

#include "plan/data.h"
#include "stats/dist.h"
#include "stats/fault.h"
#include "stats/compare/rate.h"

enum { FALLS = 3 };

static int
period_check(const struct rate *r, const char *name, struct err *err)
{
	if (!(r->count >= 0) || r->count != floor(r->count) || isinf(r->count))
		return fault_set(err, FAULT_INPUT, "%s：件数应为非负整数",
			"%s: the count should be a whole number of at least 0", name);
	if (!(r->exposure > 0) || isinf(r->exposure))
		return fault_set(err, FAULT_INPUT, "%s：暴露量（人年等）应大于 0",
			"%s: the exposure should be above 0", name);
	return 0;
}

static int
periods_read(struct plan_periods *p, const struct plan_rates *rates, struct pool *pool,
	struct err *err)
{
	struct plan_data data = { .pool = pool };
	const double *count, *exposure;
	const char **name;
	struct rate *rate;
	int column;

	if (plan_data_load(&data, rates->path, rates->encoding, NULL, pool, err) != 0 ||
			(column = plan_data_column(&data, "period", err)) < 0 ||
			plan_data_numbers(&count, &data, "count", err) != 0 ||
			plan_data_numbers(&exposure, &data, "exposure", err) != 0)
		return -1;
	p->n = data.n;
	p->name = name = pool_array(pool, p->n + 1, sizeof(*name));
	p->rate = rate = pool_array(pool, p->n + 1, sizeof(*rate));
	for (size_t i = 0; i < p->n; i++) {
		name[i] = frame_cell(data.frame, (size_t)column, i);
		rate[i] = (struct rate){ count[i], exposure[i] };
	}
	return 0;
}

static void
say_span(json_t *o, const char *low, const char *high, struct span s, double unit)
{
	json_object_set_new(o, low, json_number(s.low * unit));
	json_object_set_new(o, high, json_number(s.high * unit));
}

static json_t *
say_period(const struct rate *r, const char *name, const struct plan_rates *rates)
{
	double unit = rates->per / r->exposure, mean = rates->reference / unit;
	json_t *o = json_pack("{s:s, s:o, s:o, s:o}", "period", name, "count", json_count(r->count),
		"exposure", json_count(r->exposure), "rate", json_number(r->count * unit));

	say_span(o, "low", "high", rate_garwood(r->count, rates->level), unit);
	say_span(o, "low_mid_p", "high_mid_p", rate_mid_p(r->count, rates->level), unit);
	say_span(o, "low_byar", "high_byar", rate_byar(r->count, rates->level), unit);
	if (isnan(rates->reference))
		return o;
	json_object_set_new(o, "p_below", json_number(dist_poisson_lower(r->count, mean)));
	json_object_set_new(o, "p_above",
		json_number(r->count > 0 ? 1 - dist_poisson_lower(r->count - 1, mean) : 1));
	return o;
}

static json_t *
say_change(const struct plan_periods *p, size_t i, double level)
{
	struct rate_change c = rate_compare(&p->rate[i], &p->rate[i + 1], level);

	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "from", p->name[i], "to",
		p->name[i + 1], "ratio", json_number(c.ratio), "low", json_number(c.low), "high",
		json_number(c.high), "p_two", json_number(c.p_two), "p_fall", json_number(c.p_fall),
		"p_rise", json_number(c.p_rise));
}

json_t *
plan_rate_periods(const struct plan_periods *p, const struct plan_rates *rates, struct err *err)
{
	struct rate_homogeneity h;
	json_t *rows, *changes, *answer;

	for (size_t i = 0; i < p->n; i++)
		if (period_check(&p->rate[i], p->name[i], err) != 0)
			return NULL;
	rows = json_array();
	changes = json_array();
	for (size_t i = 0; i < p->n; i++)
		json_array_append_new(rows, say_period(&p->rate[i], p->name[i], rates));
	for (size_t i = 0; i + 1 < p->n; i++)
		json_array_append_new(changes, say_change(p, i, rates->level));
	h = rate_homogeneity(p->rate, p->n);
	answer = json_pack("{s:o, s:o, s:{s:o, s:o, s:o, s:o}, s:{s:i, s:o}, s:o, s:o}", "rows",
		rows, "changes", changes, "homogeneity", "chisq", json_number(h.chisq), "df",
		json_count(h.df), "p_chisq", json_number(h.p),
		"overdispersion", json_number(h.overdispersion), "three_falls", "steps", FALLS,
		"p_fall", json_number(rate_falls(p->rate, p->n, FALLS)), "per",
		json_number(rates->per), "level", json_number(rates->level));
	if (!isnan(rates->reference))
		json_object_set_new(answer, "reference", json_number(rates->reference));
	return answer;
}

json_t *
plan_rate(const struct plan_rates *rates, struct pool *pool, struct err *err)
{
	struct plan_periods p;

	return periods_read(&p, rates, pool, err) != 0 ? NULL : plan_rate_periods(&p, rates, err);
}
