/* One stream of a stored wave: its columns as data, its sample. */
#include "plan/many.h"
#include "plan/read.h"
#include "plan/waves.h"
#include "stats/fault.h"

void
plan_wave_clear(struct plan_wave *w)
{
	json_decref(w->design);
	json_decref(w->calibrate);
	json_decref(w->multi);
	json_decref(w->choices);
	json_decref(w->wording);
	*w = (struct plan_wave){ .frame = NULL };
}

int
plan_wave_data(struct plan_data *data, const struct plan_wave *w, const json_t *codes,
	struct pool *pool, struct err *err)
{
	if (plan_data_frame(data, w->frame, w->name, codes, pool, err) != 0)
		return FAULT_INPUT;
	data->in = w->in;
	plan_many_form(data, w->multi, w->choices);
	return 0;
}

/* ---- opening ---- */

/* A member of the plan where it has one, else the wave's. */
static int
member(const json_t **value, const struct waves *w, const char *key, const json_t *otherwise,
	struct err *err)
{
	*value = otherwise;
	return json_object_get(w->plan, key) == NULL ? 0 : read_object(value, w->plan, key, err);
}

/* Drawn and weighted as the plan says; where it says nothing, as the wave is. */
static int
one_sample(struct waves_one *one, const struct waves *w, struct err *err)
{
	const json_t *design, *calibrate;

	one->sample = one->wave.sample;
	if (w->own == NULL) {
		*err = one->wave.why;
		return one->wave.fault;
	}
	if (member(&design, w, "design", one->wave.design, err) != 0 ||
			member(&calibrate, w, "calibrate", one->wave.calibrate, err) != 0)
		return FAULT_INPUT;
	return plan_sample_make(&one->sample, &one->data, design, calibrate, err);
}

static int
one_open(struct waves_one *one, const struct waves *w, size_t i, struct err *err)
{
	const json_t *codes;
	int rc;

	if (read_object(&codes, w->plan, "codes", err) != 0)
		return FAULT_INPUT;
	if ((rc = w->stored->wave(&one->wave, w->stored->ctx, i, w->plan, err)) != 0 ||
			(rc = plan_wave_data(&one->data, &one->wave, codes, w->pool, err)) != 0)
		return rc;
	one->work = (struct plan_work){ &one->data, &one->sample, w->level, w->pool,
		w->stored->waves > 1 };
	return one_sample(one, w, err);
}

int
waves_open(struct waves *w, size_t i, struct err *err)
{
	struct waves_one *one = &w->one[i];

	if (!one->opened)
		one->fault = one_open(one, w, i, &one->why);
	one->opened = true;
	if (one->fault != 0)
		*err = one->why;
	return one->fault;
}
