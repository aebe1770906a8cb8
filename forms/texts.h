/* What a form says, in the languages it brings itself. */
#ifndef FORMS_TEXTS_H
#define FORMS_TEXTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/lang.h"

enum { LANGUAGES_MAX = 8, LANGUAGE_TAG_MAX = 35 };

/* One language of a form. */
struct language {
	const char *tag;	/* BCP 47, as the form's texts are keyed: "zh", "en", "ug" */
	const char *page;	/* the same for lang="" and ?lang=: "zh-CN", "en", "ug" */
	const char *name;	/* its own name, on the button that leads to it: "中文" */
	bool rtl;		/* written from right to left */
	enum lang frame;	/* the program's own words around the form are in this one */
};

/* All of them, the form's own first; n >= 1. */
struct languages {
	struct language of[LANGUAGES_MAX];
	size_t n;
};

/* A text in each of the form's languages.  Zeroed memory: the form has none. */
struct texts {
	const struct languages *languages;
	const char *const *each;	/* each[languages->n], in their order; none NULL or empty */
};

/* zh and en, what a form speaks that names no languages. */
extern const struct languages languages_two;

/* The language of a tag ("ug-CN" is "ug"), the form's own where it has none of it. */
size_t languages_find(const struct languages *l, const char *tag);
/* The same for one of the program's two: of a form that lacks it staff read the form's own. */
size_t languages_of(const struct languages *l, enum lang lang);
/* Fill tag[LANGUAGES_MAX] with their tags; returns how many. */
size_t languages_tags(const struct languages *l, const char *tag[]);

bool texts_given(const struct texts *t);
/* The text in the form's i-th language, "" where the form has none. */
const char *texts_in(const struct texts *t, size_t i);
/* The text for a reader of one of the program's two languages. */
const char *texts_for(const struct texts *t, enum lang lang);
/* The same for both, to stand among the program's own words: what pages of figures show. */
struct words texts_words(const struct texts *t);
/* Are they of one wording, in every language? */
bool texts_same(const struct texts *a, const struct texts *b);

#endif
