/* What needs no sample: years, ranks, rates, alpha, small areas. */
#include <math.h>
#include <string.h>

#include "lib/in.h"

/* ---- years ---- */

struct manyi_step
manyi_step_between(const struct manyi_estimate *from, const struct manyi_estimate *to,
	double cov, double level)
{
	struct estimate a = lib_estimate_in(from), b = lib_estimate_in(to);
	struct trend_step s = trend_difference(&a, &b, cov, level);

	return (struct manyi_step){ lib_estimate(&s.difference), s.p_up, s.p_down, s.p_two };
}

double
manyi_every_step(const double p[], size_t n)
{
	return trend_iut(p, n);
}

/* ---- ranks ---- */

int
manyi_rank_sets(struct manyi_rank rank[], const double score[], const double se[], size_t n,
	const struct manyi_rank_options *options, struct manyi_error *error)
{
	static const struct manyi_rank_options usual;
	const struct manyi_rank_options *o = options != NULL ? options : &usual;
	struct rank_peers peers = { n, score, se, o->cov };
	struct rank_options inner = { .level = o->level, .draws = o->draws, .seed = o->seed,
		.given = o->given, .top = o->top };
	struct pool pool = POOL_INIT;
	struct rank_set *set = pool_array(&pool, n + 1, sizeof(*set));
	struct err err = { 0 };
	int rc = rank_sets(set, &peers, &inner, &err);

	for (size_t i = 0; rc == 0 && i < n; i++)
		rank[i] = (struct manyi_rank){ set[i].rank, set[i].low, set[i].high,
			set[i].low_simultaneous, set[i].high_simultaneous, set[i].p_top };
	pool_clear(&pool);
	return lib_error(error, rc, &err);
}

/* ---- rates ---- */

struct manyi_estimate
manyi_rate(double count, double exposure, double level)
{
	struct span s = rate_garwood(count, level);
	bool known = exposure > 0;

	return (struct manyi_estimate){ known ? count / exposure : NAN,
		known ? sqrt(count) / exposure : NAN, known ? s.low / exposure : NAN,
		known ? s.high / exposure : NAN, level, INFINITY, count, NAN, NAN, NAN };
}

struct manyi_rate_change
manyi_rate_compare(double count_from, double exposure_from, double count_to,
	double exposure_to, double level)
{
	struct rate from = { count_from, exposure_from }, to = { count_to, exposure_to };
	struct rate_change c = rate_compare(&from, &to, level);

	return (struct manyi_rate_change){ c.ratio, c.low, c.high, c.p_fall, c.p_rise, c.p_two };
}

/* ---- alpha ---- */

int
manyi_alpha_of(struct manyi_alpha *alpha, const double *const x[], size_t k, const double weight[],
	size_t n, int listwise, struct manyi_error *error)
{
	struct reliability r;
	struct err err = { 0 };
	int rc = reliability_alpha(&r, NULL, NULL, x, k, weight, n, listwise != 0, &err);

	if (rc == 0)
		*alpha = (struct manyi_alpha){ r.alpha, r.standardized, r.n, r.feldt.low,
			r.feldt.high };
	return lib_error(error, rc, &err);
}

/* ---- small areas ---- */

/* "1", "2" ...: names for messages. */
static const char *const *
numbered(const char *what, size_t n, struct pool *pool)
{
	const char **name = pool_array(pool, n + 1, sizeof(*name));

	for (size_t i = 0; i < n; i++)
		name[i] = pool_fmt(pool, "%s%zu", what, i + 1);
	return name;
}

int
manyi_area_fit(struct manyi_area area[], double *between, double beta[], const double direct[],
	const double variance[], size_t n, const double x[], size_t k, struct manyi_error *error)
{
	struct pool pool = POOL_INIT;
	struct area_model model = { n, numbered("", n, &pool), direct, variance, k, x,
		numbered("x", k, &pool) };
	struct area_fit fit;
	struct err err = { 0 };
	int rc = area_fit(&fit, &model, &pool, &err);

	for (size_t i = 0; rc == 0 && i < n; i++)
		area[i] = (struct manyi_area){ fit.eblup[i], fit.mse[i], fit.gamma[i] };
	for (size_t j = 0; rc == 0 && beta != NULL && j < k; j++)
		beta[j] = fit.beta[j];
	if (rc == 0)
		*between = fit.refvar;
	pool_clear(&pool);
	return lib_error(error, rc, &err);
}
