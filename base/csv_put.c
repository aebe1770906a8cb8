/* CSV out: quoted where needed, and nothing that a spreadsheet would run. */
#include "base/csv.h"

#include <stdbool.h>
#include <string.h>

/* [+-]digits[.digits][e[+-]digits]: what a spreadsheet reads as a number, not a formula. */
static bool
is_number(const char *s)
{
	size_t whole, part = 0;

	s += *s == '+' || *s == '-';
	whole = strspn(s, "0123456789");
	s += whole;
	if (*s == '.') {
		part = strspn(++s, "0123456789");
		s += part;
	}
	if (whole + part == 0)
		return false;
	if (*s == 'e' || *s == 'E') {
		s++;
		s += *s == '+' || *s == '-';
		if (strspn(s, "0123456789") == 0)
			return false;
		s += strspn(s, "0123456789");
	}
	return *s == '\0';
}

void
csv_put(struct text *out, const char *cell)
{
	bool guard = cell[0] != '\0' && strchr("=+-@\t\r", cell[0]) != NULL && !is_number(cell);
	bool quote = strpbrk(cell, ",\"\r\n") != NULL;

	if (quote)
		text_putc(out, '"');
	if (guard)
		text_putc(out, '\'');
	for (; *cell != '\0'; cell++) {
		if (*cell == '"')
			text_putc(out, '"');
		text_putc(out, *cell);
	}
	if (quote)
		text_putc(out, '"');
}
