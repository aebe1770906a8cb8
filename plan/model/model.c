/* Runs a model: its file, its data, the fit, the replicates. */
#include "plan/model/model.h"

#include <math.h>

#include "base/sha256.h"
#include "plan/model/in.h"
#include "plan/plan.h"
#include "stats/fault.h"

static int
fit(struct model_fit *f, const struct model *m, struct pool *pool, struct err *err)
{
	const double *w = sample_weights(m->sample.sample);
	int rc;

	*f = (struct model_fit){ .index = { .rows = 0 } };
	if ((rc = pls_moments(&f->moments, m->x, m->data.n, &m->pls, w, m->missing, pool, err)) !=
			0 || (rc = pls_fit(&f->fit, &m->pls, &f->moments, pool, err)) != 0)
		return rc;
	if (!isnan(m->pls.low) && (rc = pls_index(&f->index, &m->pls, &f->fit, &f->moments, m->x,
			m->sample.sample, m->missing, m->level, pool, err)) != 0)
		return rc;
	return !m->resampled ? 0 : pls_resample(&f->replicates, &m->pls, &f->fit, m->x,
		m->sample.sample, m->missing, &m->resample, pool, err);
}

static int
run(json_t **answer, const json_t *said, const struct model_from *from, struct pool *pool,
	struct err *err)
{
	struct model m = { .level = 0.95 };
	struct model_fit f;
	int rc;

	if ((rc = model_read_shape(&m, said, pool, err)) == 0 &&
			(rc = model_read_data(&m, said, from, pool, err)) == 0 &&
			(rc = fit(&f, &m, pool, err)) == 0)
		*answer = model_say(&m, &f);
	if (rc == 0 && m.own != NULL)
		json_object_set(*answer, "own", m.own);
	json_decref(m.own);
	return rc;
}

/* The model's file, and the ready one under it; NULL with *err. */
static json_t *
load(char digest[65], const char *path, struct pool *pool, struct err *err)
{
	const char *source;
	size_t n;
	json_t *file = json_load_path(path, pool, &source, &n, err), *said = NULL;

	if (file == NULL)
		return NULL;
	if (json_is_object(file)) {
		sha256_hex(digest, source, n);
		said = model_merge(file, err);
	} else
		err_set(err, ERR_INPUT, "模型应为 JSON 对象 {…}",
			"a model should be a JSON object {...}");
	json_decref(file);
	return said;
}

json_t *
plan_model_path(const char *path, const char *encoding, const struct plan_stored *stored,
	const char **word, struct pool *pool, struct err *err)
{
	struct model_from from = { plan_folder(path, pool), encoding, stored };
	char digest[65];
	json_t *said, *answer = NULL, *whole;

	*word = fault_word(FAULT_INPUT);
	if ((said = load(digest, path, pool, err)) == NULL)
		return NULL;
	if (stored != NULL && stored->refusal != NULL && !model_own_weight(said)) {
		*word = stored->refusal;
		*err = stored->why;
	} else
		*word = fault_word(run(&answer, said, &from, pool, err));
	json_decref(said);
	if (answer == NULL)
		return NULL;
	whole = json_pack("{s:s}", "model_sha256", digest);
	json_object_update(whole, answer);
	json_decref(answer);
	return whole;
}
