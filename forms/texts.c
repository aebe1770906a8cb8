/* Texts of a form, by language. */
#include "forms/texts.h"

#include <string.h>

const struct languages languages_two = {
	.of = {
		{ .tag = "zh", .page = "zh-CN", .name = "中文", .frame = LANG_ZH },
		{ .tag = "en", .page = "en", .name = "English", .frame = LANG_EN },
	},
	.n = 2
};

size_t
languages_tags(const struct languages *l, const char *tag[])
{
	for (size_t i = 0; i < l->n; i++)
		tag[i] = l->of[i].tag;
	return l->n;
}

size_t
languages_find(const struct languages *l, const char *tag)
{
	const char *tags[LANGUAGES_MAX] = { NULL };
	size_t n = languages_tags(l, tags), i = lang_match(tag, tags, n);

	return i < n ? i : 0;
}

size_t
languages_of(const struct languages *l, enum lang lang)
{
	return languages_find(l, lang_tag(lang));
}

bool
texts_given(const struct texts *t)
{
	return t->each != NULL;
}

const char *
texts_in(const struct texts *t, size_t i)
{
	return t->each != NULL && i < t->languages->n ? t->each[i] : "";
}

const char *
texts_for(const struct texts *t, enum lang lang)
{
	return t->each != NULL ? t->each[languages_of(t->languages, lang)] : "";
}

struct words
texts_words(const struct texts *t)
{
	return (struct words){ {
		[LANG_ZH] = texts_for(t, LANG_ZH),
		[LANG_EN] = texts_for(t, LANG_EN),
	} };
}

bool
texts_same(const struct texts *a, const struct texts *b)
{
	if (a->each == NULL || b->each == NULL)
		return a->each == b->each;
	for (size_t i = 0; i < a->languages->n; i++)
		if (strcmp(a->each[i], texts_in(b, i)) != 0)
			return false;
	return true;
}
