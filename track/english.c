/* English for what the programme's table says in Chinese: one line a text, looked up by the Chinese. */
#include "track/english.h"

#include <string.h>

#include "track/embed.h"

const char *
english_of(const char *zh, struct pool *pool)
{
	const char *line = (const char *)embed_indicators_en_tsv, *end;
	size_t n = strlen(zh);

	for (; *line != '\0'; line = end + (*end != '\0')) {
		end = line + strcspn(line, "\n");
		if (n > 0 && strncmp(line, zh, n) == 0 && line[n] == '\t')
			return pool_strndup(pool, line + n + 1, (size_t)(end - line) - n - 1);
	}
	return NULL;
}

struct words
english_words(const char *zh, struct pool *pool)
{
	const char *en = english_of(zh, pool);

	return (struct words){ { zh, en != NULL ? en : zh } };
}
