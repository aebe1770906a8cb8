/* The language of a process's messages. */
#include "base/lang.h"

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

int
lang_parse(enum lang *lang, const char *name)
{
	static const char *const prefix[LANG_MAX] = { [LANG_ZH] = "zh", [LANG_EN] = "en" };

	for (int i = 0; name != NULL && i < LANG_MAX; i++)
		if (strncasecmp(name, prefix[i], 2) == 0 &&
		    (name[2] == '\0' || strchr("-_.@", name[2]) != NULL)) {
			*lang = (enum lang)i;
			return 0;
		}
	return -1;
}

const char *
lang_tag(enum lang lang)
{
	return lang == LANG_ZH ? "zh-CN" : "en";
}
