/* A plan's sample. */
#include "plan/design.h"

#include <math.h>
#include <string.h>

#include "plan/calibrate.h"
#include "plan/read.h"
#include "stats/fault.h"
#include "stats/sample/replicate.h"

int
plan_lonely(enum design_lonely *lonely, const json_t *object, const char *key, struct err *err)
{
	static const char *const word[] = { "fail", "adjust", "average", "certainty",
		"remove", NULL };
	static const enum design_lonely policy[] = { DESIGN_FAIL, DESIGN_ADJUST, DESIGN_AVERAGE,
		DESIGN_CERTAINTY, DESIGN_CERTAINTY };
	int i = -1;

	if (read_word(&i, object, key, word, err) != 0)
		return FAULT_INPUT;
	if (i >= 0)
		*lonely = policy[i];
	return 0;
}

/* ---- how it was drawn ---- */

/* Rows that are part of the sample; NULL: all. */
static const bool *
rows_in(const struct plan_data *data)
{
	bool *in;

	if (data->in == NULL)
		return NULL;
	in = pool_array(data->pool, data->n + 1, sizeof(*in));
	for (size_t i = 0; i < data->n; i++)
		in[i] = data->in[plan_data_row(data, i)];
	return in;
}

static int
stages_check(size_t n, const char *key, struct err *err)
{
	return n <= SAMPLE_STAGES ? 0 : fault_set(err, FAULT_INPUT, "“%s” 最多 %d 阶",
		"\"%s\" has at most %d stages", key, SAMPLE_STAGES);
}

static int
factors_read(const struct factor *into[], size_t *n, struct plan_data *data, const json_t *design,
	const char *key, struct err *err)
{
	const char *const *name = NULL;
	int rc;

	*n = 0;
	if (read_texts(&name, n, design, key, data->pool, err) != 0 ||
			stages_check(*n, key, err) != 0)
		return FAULT_INPUT;
	for (size_t i = 0; i < *n; i++)
		if (name[i] != NULL && (rc = plan_data_factor(&into[i], data, name[i], err)) != 0)
			return rc;
	return 0;
}

static int
clusters_read(struct sample_design *d, struct plan_data *data, const json_t *design,
	struct err *err)
{
	int rc = factors_read(d->cluster, &d->stages, data, design, "cluster", err);

	for (size_t i = 0; rc == 0 && i < d->stages; i++)
		if (d->cluster[i] == NULL)
			return fault_set(err, FAULT_INPUT, "“cluster” 的第 %zu 阶没有列名",
				"\"cluster\" has no column at stage %zu", i + 1);
	return rc;
}

static int
fpc_read(struct sample_design *d, struct plan_data *data, const json_t *design, struct err *err)
{
	const char *const *name = NULL;
	size_t n = 0;
	int rc;

	if (read_texts(&name, &n, design, "fpc", data->pool, err) != 0 ||
			stages_check(n, "fpc", err) != 0)
		return FAULT_INPUT;
	for (size_t i = 0; i < n; i++)
		if (name[i] != NULL &&
				(rc = plan_data_numbers(&d->fpc[i], data, name[i], err)) != 0)
			return rc;
	return 0;
}

static int
columns_read(struct sample_design *d, struct plan_data *data, const json_t *design, struct err *err)
{
	const char *weight = NULL;
	size_t strata;
	int rc;

	if (read_text(&weight, design, "weight", err) != 0)
		return FAULT_INPUT;
	if ((rc = clusters_read(d, data, design, err)) != 0 ||
			(rc = factors_read(d->stratum, &strata, data, design, "strata", err)) !=
			0 || (rc = fpc_read(d, data, design, err)) != 0)
		return rc;
	return weight == NULL ? 0 : plan_data_numbers(&d->weight, data, weight, err);
}

static int
design_read(struct sample_design *d, struct plan_data *data, const json_t *design, struct err *err)
{
	static const char *const known[] = { "cluster", "strata", "weight", "fpc", "frequency",
		"nest", "lonely", "domain_lonely", "replicates", NULL };
	const char *frequency = NULL;
	int rc;

	if (read_known(design, known, err) != 0 ||
			read_text(&frequency, design, "frequency", err) != 0 ||
			read_flag(&d->nest, design, "nest", err) != 0 ||
			plan_lonely(&d->lonely, design, "lonely", err) != 0 ||
			read_flag(&d->domain_lonely, design, "domain_lonely", err) != 0)
		return FAULT_INPUT;
	if (frequency != NULL && (rc = plan_data_repeat(data, frequency, err)) != 0)
		return rc;
	return columns_read(d, data, design, err);
}

/* ---- replicates ---- */

static int
replicates_columns(struct replicate_spec *spec, struct plan_data *data, const json_t *object,
	struct err *err)
{
	const char *const *name = NULL;
	const double **column;
	size_t n = 0;
	int rc;

	if (read_required(object, "columns", err) != 0 ||
			read_texts(&name, &spec->r, object, "columns", data->pool, err) != 0 ||
			read_numbers(&spec->rscale, &n, object, "rscales", data->pool, err) != 0)
		return FAULT_INPUT;
	if (spec->rscale != NULL && n != spec->r)
		return fault_set(err, FAULT_INPUT, "rscales 有 %zu 个，复制权数有 %zu 列",
			"there are %zu rscales for %zu columns of replicate weights", n, spec->r);
	column = pool_array(data->pool, spec->r + 1, sizeof(*column));
	for (size_t i = 0; i < spec->r; i++)
		if ((rc = plan_data_numbers(&column[i], data,
				name[i] != NULL ? name[i] : "", err)) != 0)
			return rc;
	spec->column = column;
	return 0;
}

static int
replicates_read(struct replicate_spec *spec, struct plan_data *data, const json_t *object,
	struct err *err)
{
	static const char *const known[] = { "type", "columns", "rho", "scale", "rscales", "mse",
		"combined", "df", NULL };
	const char *type = "";

	*spec = (struct replicate_spec){ .scale = NAN, .df = NAN, .combined = true };
	if (read_known(object, known, err) != 0 || read_required(object, "type", err) != 0 ||
			read_text(&type, object, "type", err) != 0 ||
			read_number(&spec->rho, object, "rho", err) != 0 ||
			read_number(&spec->scale, object, "scale", err) != 0 ||
			read_flag(&spec->mse, object, "mse", err) != 0 ||
			read_flag(&spec->combined, object, "combined", err) != 0 ||
			read_number(&spec->df, object, "df", err) != 0)
		return FAULT_INPUT;
	if (replicate_parse(&spec->type, type) != 0)
		return fault_set(err, FAULT_INPUT,
			"“type” 不能是 “%s”，只能是 JK1、JKn、BRR、Fay、bootstrap、other",
			"\"type\" cannot be \"%s\", only JK1, JKn, BRR, Fay, bootstrap, other",
			type);
	return replicates_columns(spec, data, object, err);
}

static double
most(const double x[], size_t n)
{
	double m = x[0];

	for (size_t i = 1; i < n; i++)
		m = fmax(m, x[i]);
	return m;
}

/* Whoever is no part of the sample is none of a replicate. */
static void
replicates_in(struct replicate_spec *spec, const bool in[], size_t n, struct pool *pool)
{
	const double **column = pool_array(pool, spec->r + 1, sizeof(*column));

	if (in == NULL)
		return;
	for (size_t k = 0; k < spec->r; k++) {
		double *w = pool_array(pool, n + 1, sizeof(*w));

		for (size_t i = 0; i < n; i++)
			w[i] = in[i] ? spec->column[k][i] : 0;
		column[k] = w;
	}
	spec->column = column;
}

/* The type's own scales, which can be seen from factors on the weight but not
 * from calibrated weights. */
static void
scales_keep(struct replicate_spec *spec, size_t n, struct pool *pool)
{
	double *rscale;

	if (spec->combined)
		return;
	if (spec->type == REPLICATE_JK1 && isnan(spec->scale) && spec->r > 0)
		spec->scale = 1 / most(spec->column[0], n);
	if (spec->type != REPLICATE_JKN || spec->rscale != NULL)
		return;
	rscale = pool_array(pool, spec->r + 1, sizeof(*rscale));
	for (size_t k = 0; k < spec->r; k++)
		rscale[k] = 1 / most(spec->column[k], n);
	spec->rscale = rscale;
}

/* One replicate's weights, calibrated by themselves. */
static int
replicate_calibrate(double out[], const struct plan_data *data, const double weight[],
	const struct plan_calibrate *c, struct err *err)
{
	struct sample_design plain = { .n = data->n, .weight = weight };
	struct pool pool = POOL_INIT;
	struct rake_report report;
	struct sample *s;
	int rc = sample_open(&s, &plain, &pool, err);

	if (rc == 0)
		rc = plan_calibrate_apply(s, c, &report, err);
	if (rc == 0)
		memcpy(out, sample_weights(s), data->n * sizeof(*out));
	pool_clear(&pool);
	return rc;
}

static int
replicates_calibrate(struct replicate_spec *spec, const struct plan_data *data, const double base[],
	const struct plan_calibrate *c, struct err *err)
{
	const double **column = pool_array(data->pool, spec->r + 1, sizeof(*column));
	int rc = 0;

	scales_keep(spec, data->n, data->pool);
	for (size_t k = 0; rc == 0 && k < spec->r; k++) {
		double *w = pool_array(data->pool, data->n + 1, sizeof(*w));

		for (size_t i = 0; i < data->n; i++)
			w[i] = spec->combined ? spec->column[k][i] : spec->column[k][i] * base[i];
		rc = replicate_calibrate(w, data, w, c, err);
		column[k] = w;
	}
	spec->column = column;
	spec->combined = true;
	return rc;
}

/* ---- the whole ---- */

/* Weights to margins, of the full sample and of every replicate. */
static int
weigh(struct plan_sample *s, struct plan_data *data, const json_t *replicates,
	const json_t *calibrate, struct err *err)
{
	struct plan_calibrate c = { .method = false };
	struct replicate_spec spec;
	double *base = pool_array(data->pool, data->n + 1, sizeof(*base));
	int rc;

	memcpy(base, sample_weights(s->sample), data->n * sizeof(*base));
	if (calibrate != NULL && ((rc = plan_calibrate_read(&c, data, calibrate, err)) != 0 ||
			(rc = plan_calibrate_apply(s->sample, &c, &s->report, err)) != 0))
		return rc;
	s->calibrated = c.method;
	if (replicates == NULL)
		return 0;
	if ((rc = replicates_read(&spec, data, replicates, err)) != 0)
		return rc;
	replicates_in(&spec, rows_in(data), data->n, data->pool);
	if ((calibrate != NULL &&
			(rc = replicates_calibrate(&spec, data, base, &c, err)) != 0))
		return rc;
	return sample_replicate(s->sample, &spec, err);
}

int
plan_sample_make(struct plan_sample *s, struct plan_data *data, const json_t *design,
	const json_t *calibrate, struct err *err)
{
	struct sample_design *d = pool_take(data->pool, sizeof(*d));
	const json_t *replicates;
	int rc;

	*s = (struct plan_sample){ .report = { .cap = NAN } };
	if (read_object(&replicates, design, "replicates", err) != 0)
		return FAULT_INPUT;
	if (design != NULL && (rc = design_read(d, data, design, err)) != 0)
		return rc;
	d->n = data->n;
	d->in = rows_in(data);
	if ((rc = sample_open(&s->sample, d, data->pool, err)) != 0 ||
			(rc = weigh(s, data, replicates, calibrate, err)) != 0)
		return rc;
	s->designed = json_object_size(design) > (json_object_get(design, "frequency") != NULL) ||
		calibrate != NULL || d->in != NULL;
	return 0;
}
