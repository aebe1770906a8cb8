/* The language of a process's messages. */
#include "base/lang.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

static enum lang current;

void
lang_set(enum lang lang)
{
	current = lang;
}

enum lang
lang_get(void)
{
	return current;
}

static bool
ends(char c)
{
	return c == '\0' || strchr("-_.@", c) != NULL;
}

size_t
lang_match(const char *name, const char *const tag[], size_t n)
{
	size_t best = n, longest = 0, own = name != NULL ? strcspn(name, "-_.@") : 0;

	for (size_t i = 0; own > 0 && i < n; i++) {
		size_t all = strlen(tag[i]);

		if (all > longest && strncasecmp(name, tag[i], all) == 0 && ends(name[all])) {
			best = i;
			longest = all;
		} else if (best == n && strcspn(tag[i], "-") == own &&
				strncasecmp(name, tag[i], own) == 0) {
			best = i;
		}
	}
	return best;
}

int
lang_parse(enum lang *lang, const char *name)
{
	static const char *const tag[LANG_MAX] = { [LANG_ZH] = "zh", [LANG_EN] = "en" };
	size_t i = lang_match(name, tag, LANG_MAX);

	if (i == LANG_MAX)
		return -1;
	*lang = (enum lang)i;
	return 0;
}

const char *
lang_tag(enum lang lang)
{
	return lang == LANG_ZH ? "zh-CN" : "en";
}
