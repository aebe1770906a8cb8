/* The two languages every word of the program to a person exists in. */
#ifndef BASE_LANG_H
#define BASE_LANG_H

#include <stddef.h>

/* zh-CN comes first everywhere; zeroed memory means zh-CN. */
enum lang {
	LANG_ZH,
	LANG_EN,
	LANG_MAX
};

/* A text in each language; both are set, in UTF-8. */
struct words {
	const char *in[LANG_MAX];
};

/*
 * The language of messages this process prints for its own user: set once
 * by main() from --lang, MANYI_LANG or the locale, before any thread starts.
 * Pages do not use it: they carry the language of their reader.
 */
void lang_set(enum lang lang);
enum lang lang_get(void);

/* Which of tag[n] a name means, in any case: the longest it begins with ("zh" for "zh_CN.UTF-8",
 * "ug" for "ug-CN"), else the first of its language ("zh-Hant" for "zh").  n: none, or the name is
 * NULL. */
size_t lang_match(const char *name, const char *const tag[], size_t n);

/* "zh", "zh-CN", "zh_CN.UTF-8" or "en..." in any case.  Returns 0, or -1 (*lang untouched). */
int lang_parse(enum lang *lang, const char *name);

/* The language tag for HTML and JSON: "zh-CN" or "en". */
const char *lang_tag(enum lang lang);

/* Pick between two literals by the process's language. */
#define LANG_PICK(zh, en) (lang_get() == LANG_ZH ? (zh) : (en))

#endif
