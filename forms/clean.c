/* Text and telephone numbers as typed, brought into one form. */
#include "forms/clean.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/nfc.h"
#include "base/utf8.h"
#include "forms/mask/digit.h"

static bool
forbidden(uint32_t c)
{
	return (c < 0x20 && c != '\n' && c != '\r' && c != '\t') || (c >= 0x7f && c < 0xa0) ||
		(c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
}

/* Embeddings, overrides, isolates and marks of direction, and the byte order mark. */
static bool
steers(uint32_t c)
{
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e ||
		c == 0x200f || c == 0x061c || c == 0xfeff;
}

/* Bytes of white space that s begins with: space, line end, NBSP, 全角空格, zero width space. */
static size_t
blank(const char *s)
{
	static const char *const blanks[] = { " ", "\n", "\xc2\xa0", "\xe3\x80\x80",
		"\xe2\x80\x8b" };

	for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++)
		if (strncmp(s, blanks[i], strlen(blanks[i])) == 0)
			return strlen(blanks[i]);
	return 0;
}

static char *
trim(char *s)
{
	char *end;
	size_t n;

	while ((n = blank(s)) > 0)
		s += n;
	end = s + strlen(s);
	for (char *p = s; *p != '\0'; ) {
		n = blank(p);
		if (n == 0) {
			p++;
			end = p;
		} else {
			p += n;
		}
	}
	*end = '\0';
	return s;
}

/* Nothing in it is seen: joiners, fillers, blanks of every width, marks on nothing. */
static bool
invisible(const char *s)
{
	size_t n = strlen(s), len;

	for (size_t i = 0; i < n; i += len) {
		uint32_t c = utf8_next(s + i, n - i, &len);

		if (!digit_glue(c) && digit_separator(c) != ' ' && c != 0x1680 && c != 0x2800)
			return false;
	}
	return true;
}

char *
clean_text(const char *s, size_t n, struct pool *pool)
{
	char *out = pool_take(pool, n + 1);
	size_t used = 0, len;
	uint32_t c;

	if (utf8_valid(s, n) < n)
		return NULL;
	for (size_t i = 0; i < n; i += len) {
		c = utf8_next(s + i, n - i, &len);
		if (forbidden(c))
			return NULL;
		if (steers(c) || (c == '\r' && i + 1 < n && s[i + 1] == '\n'))
			continue;
		if (c == '\r' || c == 0x2028 || c == 0x2029) {
			out[used++] = '\n';
		} else if (c == '\t') {
			out[used++] = ' ';
		} else {
			memcpy(out + used, s + i, len);
			used += len;
		}
	}
	out[used] = '\0';
	out = trim(nfc(out, used, pool));
	if (invisible(out))
		*out = '\0';
	return out;
}

/* May stand between the digits of a telephone number as people write it. */
static bool
joins(uint32_t c)
{
	static const uint32_t known[] = { ' ', '-', '(', ')', '.', 0x2013, 0x2014, 0x3000, 0xff08,
		0xff09, 0xff0d };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (c == known[i])
			return true;
	return false;
}

/* Digits of s into out[room]; -1 on anything that no telephone number holds. */
static int
digits_of(const char *s, char *out, size_t room)
{
	size_t n = strlen(s), used = 0, len;
	uint32_t c;

	for (size_t i = 0; i < n; i += len) {
		c = utf8_next(s + i, n - i, &len);
		if (c >= 0xff10 && c <= 0xff19)
			c = c - 0xff10 + '0';
		if (c >= '0' && c <= '9' && used + 1 < room)
			out[used++] = (char)c;
		else if (!(c == '+' && used == 0) && !joins(c))
			return -1;
	}
	out[used] = '\0';
	return (int)used;
}

/* 2 to 8 begins a local number; 0 and 1 are taken. */
static bool
local(const char *p)
{
	size_t n = strlen(p);

	return (n == 7 || n == 8) && p[0] >= '2' && p[0] <= '8';
}

static bool
landline(const char *p)
{
	if (p[0] != '0')
		return local(p);
	/* 010 and 02x have three digits, the others four */
	if (p[1] == '1' || p[1] == '2')
		return (p[1] == '2' || p[2] == '0') && strlen(p) == 11 && local(p + 3);
	return p[1] >= '3' && p[1] <= '9' && strlen(p) > 4 && local(p + 4);
}

char *
clean_phone(const char *s, struct pool *pool)
{
	char digit[20], *p = digit;
	int n = digits_of(s, digit, sizeof(digit));

	if (n < 7)
		return NULL;
	if (strncmp(p, "0086", 4) == 0)
		p += 4;
	else if (strncmp(p, "86", 2) == 0 && n > 11)
		p += 2;
	if ((strlen(p) == 11 && p[0] == '1' && p[1] >= '3') || landline(p))
		return pool_strdup(pool, p);
	return NULL;
}
