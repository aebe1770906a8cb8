/* What was typed: said again in words, carried along as hidden fields. */
#include "view/resident/part.h"

#include <string.h>

#include "base/utf8.h"
#include "view/html.h"

void
note_typed(struct text *out, const struct pair *pair, struct pool *pool)
{
	size_t n = 0;

	while (n < pair->value_n && ((unsigned char)pair->value[n] >= 0x20 ||
			pair->value[n] == '\n' || pair->value[n] == '\r' || pair->value[n] == '\t'))
		n++;
	html_text(out, pool_strndup(pool, pair->value, utf8_valid(pair->value, n)));
}

/* Only what survives as text: a NUL or bytes that are not UTF-8 would be refused anyway. */
static bool
is_text(const char *s, size_t n)
{
	return memchr(s, '\0', n) == NULL && utf8_valid(s, n) == n;
}

static void
put_pair(struct text *out, const struct pair *pair, struct pool *pool)
{
	if (!is_text(pair->name, pair->name_n) || !is_text(pair->value, pair->value_n))
		return;
	html_lit(out, "<input type=\"hidden\" name=\"");
	html_text(out, pool_strndup(pool, pair->name, pair->name_n));
	html_lit(out, "\" value=\"");
	html_text(out, pool_strndup(pool, pair->value, pair->value_n));
	html_lit(out, "\">\n");
}

/* "0".."9" as a number; more stays 9. */
static int
count_of(const struct answers *typed, const char *name)
{
	const char *s = answers_get(typed, name);

	return s != NULL && s[0] >= '0' && s[0] <= '9' && s[1] == '\0' ? s[0] - '0' : 0;
}

void
note_fields(struct text *out, const struct answers *typed, const char *tag)
{
	struct pool pool = POOL_INIT;
	int before = count_of(typed, "_r");

	for (size_t i = 0; i < typed->pairs; i++)
		if (!answers_named(&typed->pair[i], "_r") &&
				!answers_named(&typed->pair[i], "_lang"))
			put_pair(out, &typed->pair[i], &pool);
	text_fmt(out, "<input type=\"hidden\" name=\"_lang\" value=\"%s\">\n", tag);
	text_fmt(out,
		"<input type=\"hidden\" name=\"_r\" value=\"%d\">\n", before < 9 ? before + 1 : 9);
	pool_clear(&pool);
}
