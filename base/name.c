/* Names that are printed: one line that can be seen. */
#include "base/name.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

/* The first character that is not seen, 0 if there is none; *place counts from 1. */
static uint32_t
unseen(const char *name, size_t *place)
{
	size_t n = strlen(name), len;

	*place = 0;
	for (size_t i = 0; i < n; i += len) {
		uint32_t c = utf8_next(name + i, n - i, &len);

		++*place;
		if (utf8_unseen(c))
			return c;
	}
	return 0;
}

/* Nothing but spaces, the wide one and the fixed one too. */
static bool
blank(const char *name)
{
	size_t n = strlen(name), len;

	for (size_t i = 0; i < n; i += len) {
		uint32_t c = utf8_next(name + i, n - i, &len);

		if (c != ' ' && c != 0xa0 && c != 0x3000 && !(c >= 0x2000 && c <= 0x200a))
			return false;
	}
	return true;
}

int
name_check(const struct words *what, const char *name, size_t most, struct err *err)
{
	const char *said = what->in[lang_get()];
	size_t n = utf8_count(name, strlen(name)), place;
	uint32_t c;

	if (utf8_valid(name, strlen(name)) != strlen(name))
		return err_set(err, ERR_INPUT, "%s不是 UTF-8 文字：%s",
			"%s is not UTF-8: %s", said, name);
	if ((c = unseen(name, &place)) != 0)
		return err_set(err, ERR_INPUT,
			"%s的第 %zu 个字符（U+%04X）看不见，印不出来：%s；请删去后重输",
			"%s: character %zu (U+%04X) is not seen and cannot be printed: %s;"
			" remove it and type it again", said, place, (unsigned)c, name);
	if (blank(name))
		return err_set(err, ERR_INPUT, "%s是空的", "%s is empty", said);
	if (n > most)
		return err_set(err, ERR_INPUT, "%s太长：%zu 个字，最多 %zu 个；请缩短",
			"%s is too long: %zu characters, at most %zu", said, n, most);
	return 0;
}

int
name_check_or_none(const struct words *what, const char *name, size_t most, struct err *err)
{
	return *name == '\0' ? 0 : name_check(what, name, most, err);
}
