/* English for what a programme says in Chinese, looked up by the whole text. */
#include "track/english.h"

#include <stdlib.h>
#include <string.h>

/* What every programme says: answers, and the sources that are the program's own. */
static const struct english_pair own[] = {
	{ "是", "yes" }, { "否", "no" }, { "有", "yes" }, { "无", "no" },
	{ "不适用", "not applicable" }, { "达标", "met" }, { "未达标", "not met" },
	{ "登记的投诉件数", "registered complaints" },
};

static int
by_zh(const void *a, const void *b)
{
	const struct english_pair *x = a, *y = b;

	return strcmp(x->zh, y->zh);
}

void
english_sort(struct english *english)
{
	if (english->n > 0)
		qsort(english->pair, english->n, sizeof(english->pair[0]), by_zh);
}

const char *
english_of(const struct english *english, const char *zh)
{
	const struct english_pair key = { zh, NULL }, *found = NULL;

	if (english != NULL && english->n > 0)
		found = bsearch(&key, english->pair, english->n, sizeof(english->pair[0]), by_zh);
	for (size_t i = 0; found == NULL && i < sizeof(own) / sizeof(own[0]); i++)
		if (strcmp(own[i].zh, zh) == 0)
			found = &own[i];
	return found == NULL ? NULL : found->en;
}

struct words
english_words(const struct english *english, const char *zh)
{
	const char *en = english_of(english, zh);

	return (struct words){ { zh, en != NULL ? en : zh } };
}
