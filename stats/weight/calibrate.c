/* Calibration of rows, their replicates, and trimming. */
#include "stats/weight/calibrate.h"

#include <math.h>
#include <string.h>

#include "stats/weight/in.h"
#include "stats/fault.h"
#include "stats/sum.h"

static const char *const name[CALIBRATE_MAX] = {
	[CALIBRATE_POSTSTRATIFY] = "poststratify",
	[CALIBRATE_RAKE] = "rake",
	[CALIBRATE_LINEAR] = "linear",
	[CALIBRATE_RAKING] = "raking",
	[CALIBRATE_LOGIT] = "logit",
};

int
calibrate_parse(enum calibrate_method *method, const char *text)
{
	for (int i = 0; i < CALIBRATE_MAX; i++)
		if (strcmp(name[i], text) == 0) {
			*method = (enum calibrate_method)i;
			return 0;
		}
	return -1;
}

/* Of all whose weight is above 0. */
static void
report_factor(struct rake_report *r, double g)
{
	r->g_low = g < r->g_low ? g : r->g_low;
	r->g_high = g > r->g_high ? g : r->g_high;
}

static void
report_totals(struct rake_report *r, const struct sample *s, const struct calibration *c)
{
	struct sum b = { 0, 0 }, bb = { 0, 0 }, w = { 0, 0 }, ww = { 0, 0 };
	double n = 0;

	r->g_low = INFINITY;
	r->g_high = -INFINITY;
	for (size_t i = 0; i < s->n; i++) {
		double base = c->base[i];

		if (base == 0)
			continue;
		n++;
		sum_add(&b, base);
		sum_add(&bb, base * base);
		sum_add(&w, s->weight[i]);
		sum_add(&ww, s->weight[i] * s->weight[i]);
		if (c->g != NULL)
			report_factor(r, c->g[i]);
	}
	for (size_t i = 0; c->g == NULL && i < c->cells; i++)
		if (c->cell_base[i] != 0)
			report_factor(r, c->cell_g[i]);
	r->sum = sum_of(&w);
	r->deff_before = n * sum_of(&bb) / (sum_of(&b) * sum_of(&b));
	r->deff_after = n * sum_of(&ww) / (sum_of(&w) * sum_of(&w));
}

/* Factors for these weights, and what the residuals need, into *c. */
static int
calibrate_once(struct sample *s, const struct calibrate_spec *spec, struct calibration *c,
	struct rake_report *report, struct err *err)
{
	memset(report, 0, sizeof(*report));
	report->cap = NAN;
	if (spec->method == CALIBRATE_POSTSTRATIFY || spec->method == CALIBRATE_RAKE)
		return calibrate_margins(s, spec, c, report, err);
	return calibrate_totals(s, spec, c, report, err);
}

/* Every replicate is brought to the same totals. */
static int
calibrate_replicates(struct sample *s, const struct calibrate_spec *spec, struct err *err)
{
	struct replicates *r = pool_take(s->pool, sizeof(*r));
	const double **weight = pool_array(s->pool, s->replicates->r + 1, sizeof(*weight));
	int rc;

	*r = *s->replicates;
	for (size_t k = 0; k < r->r; k++) {
		struct pool scratch = POOL_INIT;
		struct sample one = { .n = s->n,
			.weight = pool_array(s->pool, s->n + 1, sizeof(*one.weight)),
			.pool = &scratch };
		struct calibration c = { .k = 0 };
		struct rake_report report;

		memcpy(one.weight, s->replicates->weight[k], s->n * sizeof(*one.weight));
		rc = calibrate_once(&one, spec, &c, &report, err);
		for (size_t i = 0; rc == 0 && i < s->n; i++)
			one.weight[i] *= calibration_g(&c, i);
		pool_clear(&scratch);
		if (rc != 0)
			return rc;
		weight[k] = one.weight;
	}
	r->weight = weight;
	s->replicates = r;
	return 0;
}

int
sample_calibrate(struct sample *s, const struct calibrate_spec *spec, struct rake_report *report,
	struct err *err)
{
	struct calibration *c = pool_take(s->pool, sizeof(*c));
	double *weight;
	int rc;

	if (s->calibration != NULL)
		return fault_set(err, FAULT_INPUT, "样本已经加权",
			"the sample is calibrated already");
	if ((rc = calibrate_once(s, spec, c, report, err)) != 0)
		return rc;
	if (s->replicates != NULL && (rc = calibrate_replicates(s, spec, err)) != 0)
		return rc;
	weight = pool_array(s->pool, s->n + 1, sizeof(*weight));
	for (size_t i = 0; i < s->n; i++)
		weight[i] = s->weight[i] * calibration_g(c, i);
	c->base = s->weight;
	s->weight = weight;
	s->range = fixed_range(weight, s->n);
	s->calibration = c;
	report_totals(report, s, c);
	return 0;
}

/* ---- trimming as R's trimWeights() ---- */

/*
 * Cut once; weights that were cut before stay where they are.  Returns how many take what was
 * cut.
 */
static size_t
trim_once(double w[], bool cut_before[], size_t n, double low, double high, size_t *outside)
{
	struct sum cut = { 0, 0 };
	size_t inside = 0;
	double kept;

	*outside = 0;
	for (size_t i = 0; i < n; i++) {
		kept = fmin(fmax(w[i], low), high);
		*outside += kept != w[i];
		sum_add(&cut, w[i] - kept);
		cut_before[i] = cut_before[i] || kept != w[i];
		inside += !cut_before[i];
		w[i] = kept;
	}
	for (size_t i = 0; *outside > 0 && i < n; i++)
		if (!cut_before[i])
			w[i] += sum_of(&cut) / (double)inside;
	return inside;
}

int
sample_trim(struct sample *s, double low, double high, bool strict, struct err *err)
{
	bool *cut = pool_array(s->pool, s->n + 1, sizeof(*cut));
	size_t outside;

	do {
		if (trim_once(s->weight, cut, s->n, low, high, &outside) == 0)
			return fault_set(err, FAULT_NOT_CONVERGED, "权数不能限制在 %g 至 %g 之间",
				"weights cannot be kept between %g and %g", low, high);
	} while (strict && outside > 0);
	s->range = fixed_range(s->weight, s->n);
	return 0;
}
