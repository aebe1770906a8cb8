/* A sample opened, described, weighted. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/in.h"

static struct factor *
factor_of(const char *name, const char *const label[], size_t n, struct pool *pool)
{
	struct factor *f = pool_take(pool, sizeof(*f));

	factor_make(f, name, label, n, pool);
	return f;
}

static int
design_check(const struct manyi_design *d, struct err *err)
{
	if (d->n == 0 || d->stages > MANYI_STAGES)
		return fault_set(err, FAULT_INPUT, "样本没有行，或抽样阶段超过 %d 个",
			"the sample has no rows, or more than %d stages", MANYI_STAGES);
	for (size_t i = 0; i < d->stages; i++)
		if (d->cluster[i] == NULL)
			return fault_set(err, FAULT_INPUT, "第 %zu 阶段没有抽样单元",
				"stage %zu has no clusters", i + 1);
	return 0;
}

int
manyi_sample_open(struct manyi_sample **sample, const struct manyi_design *d,
	struct manyi_error *error)
{
	struct sample_design design = { .n = d->n, .stages = d->stages, .weight = d->weight,
		.nest = d->nest != 0, .lonely = (enum design_lonely)d->lonely,
		.domain_lonely = d->domain_lonely != 0 };
	struct manyi_sample *s;
	struct err err = { 0 };
	int rc = design_check(d, &err);

	if (rc != 0)
		return lib_error(error, rc, &err);
	s = calloc(1, sizeof(*s));
	if (s == NULL)
		err_die("out of memory");
	s->n = d->n;
	for (size_t i = 0; i < MANYI_STAGES; i++) {
		if (i < d->stages)
			design.cluster[i] = factor_of("cluster", d->cluster[i], d->n, &s->pool);
		if (d->stratum[i] != NULL)
			design.stratum[i] = factor_of("stratum", d->stratum[i], d->n, &s->pool);
		design.fpc[i] = d->fpc[i];
	}
	rc = sample_open(&s->sample, &design, &s->pool, &err);
	if (rc == 0)
		*sample = s;
	else
		manyi_sample_free(s);
	return lib_error(error, rc, &err);
}

void
manyi_sample_free(struct manyi_sample *s)
{
	if (s == NULL)
		return;
	pool_clear(&s->pool);
	free(s);
}

const double *
manyi_sample_weights(const struct manyi_sample *s)
{
	return sample_weights(s->sample);
}

struct manyi_summary
manyi_sample_summary(const struct manyi_sample *s)
{
	struct sample_summary m = sample_summarise(s->sample);

	return (struct manyi_summary){ m.n, m.df, m.sum_w, m.sum_w2, m.kish_deff, m.kish_n };
}

/* ---- weights ---- */

static void
margins_of(struct calibrate_spec *spec, const struct manyi_calibration *c, struct manyi_sample *s)
{
	struct rake_margin *margin = pool_array(&s->pool, c->margins + 1, sizeof(*margin));
	const struct factor **factor = pool_array(&s->pool, c->margins + 1, sizeof(*factor));

	for (size_t i = 0; i < c->margins; i++) {
		const struct manyi_margin *m = &c->margin[i];

		margin[i] =
			(struct rake_margin){ m->variable, m->category, m->target, m->categories };
		factor[i] = factor_of(m->variable, m->label, s->n, &s->pool);
	}
	spec->margin = margin;
	spec->factor = factor;
	spec->margins = c->margins;
}

static void
totals_of(struct calibrate_spec *spec, const struct manyi_calibration *c, struct manyi_sample *s)
{
	struct column *x = pool_array(&s->pool, c->xs + 1, sizeof(*x));

	for (size_t i = 0; i < c->xs; i++)
		x[i] = (struct column){ .name = pool_fmt(&s->pool, "x%zu", i + 1), .x = c->x[i],
			.upper = NAN };
	spec->x = x;
	spec->total = c->total;
	spec->xs = c->xs;
}

int
manyi_sample_calibrate(struct manyi_sample *s, const struct manyi_calibration *c,
	struct manyi_calibrated *report, struct manyi_error *error)
{
	bool bounds = c->low != 0 || c->high != 0;
	struct calibrate_spec spec = { .method = (enum calibrate_method)c->method,
		.low = bounds ? c->low : -INFINITY, .high = bounds ? c->high : INFINITY,
		.cap = c->cap > 0 ? c->cap : NAN, .rake = { .tolerance = c->tolerance } };
	struct rake_report r = { 0 };
	struct err err = { 0 };
	int rc;

	margins_of(&spec, c, s);
	totals_of(&spec, c, s);
	rc = sample_calibrate(s->sample, &spec, &r, &err);
	if (rc == 0 && report != NULL)
		*report = (struct manyi_calibrated){ r.iterations, r.error, r.deff_before,
			r.deff_after, r.g_low, r.g_high, r.sum, r.trimmed, r.rounds };
	return lib_error(error, rc, &err);
}

int
manyi_sample_replicate(struct manyi_sample *s, const struct manyi_replicates *r,
	struct manyi_error *error)
{
	struct replicate_spec spec = { .type = (enum replicate_type)r->type, .column = r->column,
		.r = r->replicates, .scale = r->scale > 0 ? r->scale : NAN, .rscale = r->rscale,
		.rho = r->rho, .mse = r->mse != 0, .combined = r->factors == 0, .df = NAN };
	struct err err = { 0 };

	return lib_error(error, sample_replicate(s->sample, &spec, &err), &err);
}
