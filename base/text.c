/* Growing text. */
#include "base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

enum { FIRST_ROOM = 256 };

/* Room for n more bytes and the NUL. */
static void
reserve(struct text *t, size_t n)
{
	size_t room = t->room != 0 ? t->room : FIRST_ROOM;

	if (n >= SIZE_MAX / 2 - t->n)
		err_die("text too long");
	if (t->n + n + 1 <= t->room)
		return;
	while (room < t->n + n + 1)
		room *= 2;
	t->s = realloc(t->s, room);
	if (t->s == NULL)
		err_die("out of memory");
	t->room = room;
}

void
text_add(struct text *t, const void *bytes, size_t n)
{
	reserve(t, n);
	if (n != 0)
		memcpy(t->s + t->n, bytes, n);
	t->n += n;
	t->s[t->n] = '\0';
}

void
text_puts(struct text *t, const char *s)
{
	if (s != NULL)
		text_add(t, s, strlen(s));
}

void
text_putc(struct text *t, char c)
{
	text_add(t, &c, 1);
}

void
text_vfmt(struct text *t, const char *fmt, va_list ap)
{
	size_t room = t->room - t->n;
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(t->s != NULL ? t->s + t->n : NULL, room, fmt, again);
	va_end(again);
	if (n < 0)
		err_die("text_fmt: bad format");
	if ((size_t)n >= room) {
		reserve(t, (size_t)n);
		vsnprintf(t->s + t->n, (size_t)n + 1, fmt, ap);
	}
	t->n += (size_t)n;
}

void
text_fmt(struct text *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	text_vfmt(t, fmt, ap);
	va_end(ap);
}

size_t
text_decimal(char out[DECIMAL_MAX], long long number)
{
	unsigned long long left = number < 0 ? 0 - (unsigned long long)number :
		(unsigned long long)number;
	char digit[DECIMAL_MAX];
	size_t n = 0, k = 0;

	do
		digit[k++] = (char)('0' + left % 10);
	while ((left /= 10) > 0);
	if (number < 0)
		out[n++] = '-';
	while (k > 0)
		out[n++] = digit[--k];
	out[n] = '\0';
	return n;
}

void
text_number(struct text *t, long long number)
{
	char decimal[DECIMAL_MAX];
	size_t length = text_decimal(decimal, number);

	text_add(t, decimal, length);
}

const char *
text_str(const struct text *t)
{
	return t->n != 0 ? t->s : "";
}

void
text_reset(struct text *t)
{
	t->n = 0;
	if (t->s != NULL)
		t->s[0] = '\0';
}

void
text_clear(struct text *t)
{
	free(t->s);
	*t = (struct text)TEXT_INIT;
}

void
text_rest(struct text *t)
{
	if (t->room > TEXT_KEEP)
		text_clear(t);
	else
		text_reset(t);
}
