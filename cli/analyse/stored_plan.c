/* What plans and models ask of stored waves. */
#include "cli/analyse/stored.h"

#include "figure/survey_frame.h"
#include "forms/stream.h"
#include "stats/fault.h"

/* ---- what a form says ---- */

/* In the program's two languages: a third that was added changes nothing of what was asked. */
static void
text_put(json_t *words, const struct texts *texts)
{
	for (int lang = 0; texts->each != NULL && lang < LANG_MAX; lang++)
		json_array_append_new(words, json_string(
			texts->each[languages_of(texts->languages, (enum lang)lang)]));
}

static json_t *
wording_of(const struct item *item)
{
	json_t *words = json_array();

	text_put(words, &item->label);
	for (size_t c = 0; c < item->choices; c++) {
		json_array_append_new(words, json_string(item->choice[c].name));
		text_put(words, &item->choice[c].label);
	}
	return words;
}

/* Which questions take several choices, what choices there are, and in what words. */
static void
form_say(struct plan_wave *w, const struct form *form)
{
	w->multi = json_object();
	w->choices = json_object();
	w->wording = json_object();
	for (size_t i = 0; i < form->items; i++) {
		const struct item *item = &form->item[i];
		json_t *list = json_array();

		for (size_t c = 0; c < item->choices; c++)
			json_array_append_new(list, json_string(item->choice[c].name));
		json_object_set_new(w->multi, item->name, json_boolean(item->kind == KIND_MULTI));
		json_object_set_new(w->wording, item->name, wording_of(item));
		/* Words are not limited to the 98 that may stand in their place. */
		if (item->choices > 0 && !kind_written(item->kind))
			json_object_set(w->choices, item->name, list);
		json_decref(list);
	}
}

/* ---- how it was drawn and weighted ---- */

static json_t *
calibrate_of(const struct margins *m)
{
	json_t *margins = json_object();

	for (size_t i = 0; i < m->n; i++) {
		json_t *one = json_object();

		for (size_t c = 0; c < m->margin[i].categories; c++)
			json_object_set_new(one, m->margin[i].category[c],
				json_real(m->margin[i].target[c]));
		json_object_set_new(margins, m->margin[i].variable, one);
	}
	return json_pack("{s:s, s:o, s:b}", "method", "rake", "margins", margins, "aside", 1);
}

static void
design_say(struct plan_wave *w, const struct survey *s, const struct margins *m)
{
	w->in = s->in;
	w->sample = (struct plan_sample){ .sample = s->sample, .designed = true,
		.calibrated = s->raked, .report = s->report };
	w->design = json_pack("{s:s, s:s, s:s, s:b}", "cluster", "cluster", "strata", "stratum",
		"weight", "weight", "nest", 1);
	if (s->how.stream == STREAM_SAMPLED && m->n > 0 && m->fault == NULL)
		w->calibrate = calibrate_of(m);
}

/* Does the plan name what is read from the rows alone? */
static bool
written_asked(const struct form *form, const json_t *asked)
{
	if (json_mentions(asked, "key") && survey_frame_written(form, "key"))
		return true;
	for (size_t i = 0; i < form->items; i++)
		if (survey_frame_written(form, form->item[i].name) &&
				json_mentions(asked, form->item[i].name))
			return true;
	return false;
}

/* ---- what is asked ---- */

static int
ask_wave(struct plan_wave *w, void *ctx, size_t i, const json_t *asked, struct err *err)
{
	const struct inquiry *q = ctx;
	const struct wave *wave = inquiry_wave(q, i);
	struct survey *s;
	const struct form *form;
	int rc;

	*w = (struct plan_wave){ .name = pool_fmt(q->pool, "%s-%s", wave->form_id, wave->label),
		.year = wave->year };
	/* A plan with margins of its own does without the wave's. */
	w->fault = inquiry_survey(&s, q, i, true, &w->why);
	if (w->fault != 0 && (rc = inquiry_survey(&s, q, i, false, err)) != 0)
		return rc;
	form = s->answers->form;
	if (survey_frame(&w->frame, s, written_asked(form, asked), err) != 0)
		return FAULT_INPUT;
	form_say(w, form);
	design_say(w, s, inquiry_margins(q, i));
	return 0;
}

static bool
ask_named(void *ctx, const char *name)
{
	return inquiry_named(ctx, name);
}

static int
ask_figure(struct table *t, void *ctx, size_t i, const char *name, const char *by, double level,
	struct err *err)
{
	return inquiry_figure(t, ctx, i, name, by, level, err);
}

struct plan_stored
stored_plan(struct inquiry *q)
{
	struct plan_stored s = { .ctx = q, .waves = q->waves, .shared = inquiry_shared(q),
		.wave = ask_wave, .named = ask_named, .figure = ask_figure,
		.model_based = q->stream == STREAM_OPEN, .refusal = q->fault, .why = q->err };

	return s;
}
