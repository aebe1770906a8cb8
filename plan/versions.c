/* What versions of a form do not have in common: scales, choices, words. */
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "plan/waves.h"
#include "stats/fault.h"

void
waves_note(struct waves *w, const struct err *note)
{
	json_t *had;
	size_t i;

	json_array_foreach(w->notes, i, had)
		if (strcmp(json_string_value(had), note->text) == 0)
			return;
	json_array_append_new(w->notes, json_string(note->text));
}

/* 98 and 99 are no points of a scale and nothing to compare. */
static bool
special(const char *choice)
{
	return strcmp(choice, "98") == 0 || strcmp(choice, "99") == 0;
}

static bool
has(const json_t *choices, const char *choice)
{
	json_t *one;
	size_t i;

	json_array_foreach((json_t *)choices, i, one)
		if (strcmp(json_string_value(one), choice) == 0)
			return true;
	return false;
}

/* The choices, or those which `without` has not, parted by spaces; "" none. */
static const char *
listed(const json_t *choices, const json_t *without, struct pool *pool)
{
	struct text t = TEXT_INIT;
	const char *list;
	json_t *one;
	size_t i;

	json_array_foreach((json_t *)choices, i, one)
		if (!special(json_string_value(one)) && !has(without, json_string_value(one)))
			text_fmt(&t, "%s%s", t.n > 0 ? " " : "", json_string_value(one));
	list = pool_strdup(pool, text_str(&t));
	text_clear(&t);
	return list;
}

static bool
numbers(const json_t *choices)
{
	json_t *one;
	size_t i;
	double x;

	json_array_foreach((json_t *)choices, i, one)
		if (!factor_number(&x, json_string_value(one)))
			return false;
	return json_array_size(choices) > 0;
}

/* Does the request count the question's answers as numbers? */
static bool
counts(const json_t *request, const char *name)
{
	static const char *const member[] = { "of", "num", "den" };

	if (strcmp(json_text_at(request, "op"), "share") == 0)
		return false;
	for (size_t i = 0; i < sizeof(member) / sizeof(member[0]); i++)
		if (json_mentions(json_object_get(request, member[i]), name))
			return true;
	return false;
}

/* How a question's choices differ between two waves. */
static int
choices_compare(struct waves *w, const struct plan_wave *was, const struct plan_wave *is,
	const char *name, bool counted, struct err *err)
{
	const json_t *before = json_object_get(was->choices, name),
		*after = json_object_get(is->choices, name);
	const char *gone = listed(before, after, w->pool), *new = listed(after, before, w->pool);
	bool single = json_is_false(json_object_get(is->multi, name));
	struct err note = { 0 };

	if (*gone == '\0' && *new == '\0')
		return 0;
	if (counted && single && (numbers(before) || numbers(after)))
		return fault_set(err, FAULT_INPUT,
			"%s 的量表不同，不能放在一起：%s 为 %s；%s 为 %s",
			"%s has different scales, which cannot stand together:"
			" %s has %s; %s has %s", name, was->name,
			listed(before, NULL, w->pool), is->name, listed(after, NULL, w->pool));
	err_set(&note, ERR_NONE, "%s 的选项有改动：%s 独有 %s；%s 独有 %s",
		"the choices of %s changed: only in %s: %s; only in %s: %s", name, was->name,
		*gone != '\0' ? gone : LANG_PICK("（无）", "(none)"), is->name,
		*new != '\0' ? new : LANG_PICK("（无）", "(none)"));
	waves_note(w, &note);
	return 0;
}

static void
wording_compare(struct waves *w, const struct plan_wave *was, const struct plan_wave *is,
	const char *name)
{
	struct err note = { 0 };

	if (json_equal(json_object_get(was->wording, name), json_object_get(is->wording, name)))
		return;
	err_set(&note, ERR_NONE, "%s 的提法（题目或选项的文字）在 %s 与 %s 之间有改动",
		"the wording of %s (question or choices) changed between %s and %s", name,
		was->name, is->name);
	waves_note(w, &note);
}

int
waves_versions(struct waves *w, const json_t *request, struct err *err)
{
	const char *name;
	json_t *value;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i + 1 < w->stored->waves; i++) {
		const struct plan_wave *was = &w->one[i].wave, *is = &w->one[i + 1].wave;

		json_object_foreach(was->wording, name, value) {
			if (rc != 0 || !json_mentions(request, name) ||
					json_object_get(is->wording, name) == NULL)
				continue;
			rc = choices_compare(w, was, is, name, counts(request, name), err);
			wording_compare(w, was, is, name);
		}
	}
	return rc;
}
