/* Cells with several answers. */
#include "base/part.h"

#include <string.h>

size_t
part_mark(const char *s)
{
	static const char *const mark[] = { " ", ";", ",", "|", "/", "\t", "、", "；", "，", "｜",
		"／", "\u3000", "\u00a0" };

	for (size_t i = 0; i < sizeof(mark) / sizeof(mark[0]); i++)
		if (strncmp(s, mark[i], strlen(mark[i])) == 0)
			return strlen(mark[i]);
	return 0;
}

const char *
part_next(const char **rest, size_t *n)
{
	const char *part = *rest;
	size_t mark;

	while ((mark = part_mark(part)) > 0)
		part += mark;
	for (*n = 0; part[*n] != '\0' && part_mark(part + *n) == 0; ++*n)
		;
	*rest = part + *n;
	return *n > 0 ? part : NULL;
}
