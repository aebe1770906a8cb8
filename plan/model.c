/* Runs a model: its file, its data, the fit, the replicates. */
#include "plan/model.h"

#include <math.h>

#include "base/sha256.h"
#include "plan/model_in.h"
#include "plan/plan.h"
#include "stats/fault.h"

static int
fit(struct model_fit *f, const struct model *m, struct pool *pool, struct err *err)
{
	const double *w = sample_weights(m->sample.sample);
	int rc;

	*f = (struct model_fit){ .index = { .rows = 0 } };
	if ((rc = pls_moments(&f->moments, m->x, m->data.n, &m->pls, w, m->missing, pool, err)) != 0 ||
	    (rc = pls_fit(&f->fit, &m->pls, &f->moments, pool, err)) != 0)
		return rc;
	if (!isnan(m->pls.low) && (rc = pls_index(&f->index, &m->pls, &f->fit, &f->moments, m->x, m->sample.sample,
	    m->missing, m->level, pool, err)) != 0)
		return rc;
	return !m->resampled ? 0 : pls_resample(&f->replicates, &m->pls, &f->fit, m->x, m->sample.sample, m->missing,
	    &m->resample, pool, err);
}

static int
run(json_t **answer, const json_t *said, const char *folder, const char *encoding, struct pool *pool,
	struct err *err)
{
	struct model m = { .level = 0.95 };
	struct model_fit f;
	int rc;

	if ((rc = model_read_shape(&m, said, pool, err)) != 0 ||
	    (rc = model_read_data(&m, said, folder, encoding, pool, err)) != 0 || (rc = fit(&f, &m, pool, err)) != 0)
		return rc;
	*answer = model_say(&m, &f);
	return 0;
}

json_t *
plan_model_path(const char *path, const char *encoding, int *fault, struct pool *pool, struct err *err)
{
	const char *source;
	char digest[65];
	json_t *file, *said, *answer = NULL, *whole;
	size_t n;

	*fault = FAULT_INPUT;
	if ((file = json_load_path(path, pool, &source, &n, err)) == NULL)
		return NULL;
	if (!json_is_object(file)) {
		json_decref(file);
		err_set(err, ERR_INPUT, "模型应为 JSON 对象 {…}", "a model should be a JSON object {...}");
		return NULL;
	}
	sha256_hex(digest, source, n);
	said = model_merge(file, err);
	if (said != NULL)
		*fault = run(&answer, said, plan_folder(path, pool), encoding, pool, err);
	json_decref(file);
	/* The answer holds copies: names in the model end here. */
	if (answer != NULL) {
		whole = json_pack("{s:s}", "model_sha256", digest);
		json_object_update(whole, answer);
		json_decref(answer);
		answer = whole;
	}
	json_decref(said);
	return answer;
}
