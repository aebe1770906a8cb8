/* The languages of a form file, and texts in all of them. */
#include <string.h>
#include <strings.h>

#include "forms/load/load.h"

/* BCP 47 as far as a file can be held to it: "ug", "zh-Hant", "sr-Latn-RS". */
static bool
tag_fits(const char *tag)
{
	size_t n = strlen(tag), own = strcspn(tag, "-");

	if (n > LANGUAGE_TAG_MAX || own < 2 || own > 8)
		return false;
	for (size_t i = 0, part = 0; i <= n; i++, part++) {
		char c = tag[i];
		bool alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (c == '-' || c == '\0') {
			if (part == 0 || part > 8)
				return false;
			part = (size_t)-1;
		} else if (!alpha && (i < own || c < '0' || c > '9')) {
			return false;
		}
	}
	return true;
}

/* Which of two words stands there; -1 after a fault. */
static int
load_either(struct loader *l, const json_t *value, const char *key, const char *where,
	const char *const word[3])
{
	const char *s = NULL;

	if (!load_text(l, value, key, where, NEED, &s))
		return -1;
	for (int i = 0; i < 2; i++)
		if (strcmp(s, word[i]) == 0)
			return i;
	fault_add(l->faults, fault_key(l->faults, where, key), FAULT_WORD, key, s, NULL,
		fault_suggest(l->faults, s, word));
	return -1;
}

/* The program's own two are known by their tags; only their name may be another. */
static bool
load_known(struct loader *l, const json_t *value, const char *where, const struct language *known,
	struct language *one)
{
	static const char *const keys[] = { "tag", "name", NULL };

	fault_keys(l->faults, value, where, keys);
	*one = *known;
	return load_text(l, value, "name", where, NEED_NOT, &one->name);
}

static bool
load_other(struct loader *l, const json_t *value, const char *where, const char *tag,
	struct language *one)
{
	static const char *const keys[] = { "tag", "name", "direction", "frame", NULL };
	static const char *const directions[] = { "ltr", "rtl", NULL };
	static const char *const frames[] = { "zh", "en", NULL };
	bool named;
	int rtl, frame;

	fault_keys(l->faults, value, where, keys);
	*one = (struct language){ .tag = tag, .page = tag };
	named = load_text(l, value, "name", where, NEED, &one->name);
	rtl = load_either(l, value, "direction", where, directions);
	frame = load_either(l, value, "frame", where, frames);
	one->rtl = rtl == 1;
	one->frame = frame == 1 ? LANG_EN : LANG_ZH;
	return named && rtl >= 0 && frame >= 0;
}

static bool
stands_already(const struct languages *all, const struct language *one)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcasecmp(all->of[i].page, one->page) == 0)
			return true;
	return false;
}

static void
load_language(struct loader *l, const json_t *value, const char *where)
{
	struct languages *all = &l->form->languages;
	struct language *one = &all->of[all->n];
	const char *at = fault_key(l->faults, where, "tag"), *tag = NULL;
	const struct language *known = NULL;

	if (!json_is_object(value)) {
		fault_add(l->faults, where, FAULT_LANGUAGES);
		return;
	}
	if (!load_text(l, value, "tag", where, NEED, &tag))
		return;
	for (size_t i = 0; i < languages_two.n; i++)
		if (strcmp(tag, languages_two.of[i].tag) == 0)
			known = &languages_two.of[i];
	if (!tag_fits(tag))
		fault_add(l->faults, at, FAULT_TAG, tag);
	else if (known != NULL && !load_known(l, value, where, known, one))
		return;
	else if (known == NULL && !load_other(l, value, where, tag, one))
		return;
	else if (stands_already(all, one))
		fault_add(l->faults, at, FAULT_TAG_TWICE, tag);
	else
		all->n++;
}

void
load_languages(struct loader *l, const json_t *settings)
{
	const json_t *list = load_array(l, settings, "languages", "/settings", NEED_NOT);
	struct languages *all = &l->form->languages;
	size_t n = json_array_size(list), had = l->faults->n;

	if (n > LANGUAGES_MAX)
		fault_add(l->faults, "/settings/languages", FAULT_MANY, "languages",
			fault_number(l->faults, LANGUAGES_MAX));
	for (size_t i = 0; i < n && n <= LANGUAGES_MAX; i++)
		load_language(l, json_array_get(list, i),
			fault_index(l->faults, "/settings/languages", i));
	if (list != NULL && n == 0)
		fault_add(l->faults, "/settings/languages", FAULT_LANGUAGES);
	l->languages_known = l->faults->n == had;
	if (all->n == 0)
		*all = languages_two;
}

/* {"zh": "中文", "ug": "..."}: what a text of this form looks like. */
static const char *
shape(struct loader *l)
{
	const struct languages *all = &l->form->languages;
	const char *s = "";

	for (size_t i = 0; i < all->n; i++)
		s = pool_fmt(l->pool, "%s%s\"%s\": \"%s\"", s, i > 0 ? ", " : "", all->of[i].tag,
			all->of[i].name);
	return pool_fmt(l->pool, "{%s}", s);
}

/* Text of one language of the object at where, or NULL after a fault. */
static const char *
load_in_language(struct loader *l, const json_t *value, const char *key, const char *where,
	const char *tag)
{
	const char *s = NULL;

	if (json_object_get(value, tag) != NULL)
		load_text(l, value, tag, where, NEED, &s);
	else
		fault_add(l->faults, where, FAULT_LANGUAGE, key, tag);
	return s;
}

/*
 * Where the list of languages has a fault of its own, texts in languages it does not name, or in
 * too few, say nothing new: they are judged once the list stands.
 */
bool
load_texts(struct loader *l, const json_t *object, const char *key, const char *where,
	enum need need, struct texts *out)
{
	const json_t *value = json_object_get(object, key);
	const struct languages *all = &l->form->languages;
	const char *tag[LANGUAGES_MAX + 1], **in = pool_array(l->pool, all->n, sizeof(in[0]));
	bool good = l->languages_known;

	if (value == NULL && need == NEED)
		fault_add(l->faults, where, FAULT_NO_KEY, key);
	if (value == NULL)
		return need == NEED_NOT;
	where = fault_key(l->faults, where, key);
	if (!json_is_object(value)) {
		fault_add(l->faults, where, FAULT_TYPE, key,
			pool_join(l->pool, LANG_PICK(" ", ""), shape(l)));
		return false;
	}
	if (!l->languages_known)
		return false;
	tag[languages_tags(all, tag)] = NULL;
	fault_keys(l->faults, value, where, tag);
	for (size_t i = 0; i < all->n; i++) {
		in[i] = load_in_language(l, value, key, where, tag[i]);
		good &= in[i] != NULL;
	}
	if (good)
		*out = (struct texts){ all, in };
	return good;
}
