/* UTF-8 after RFC 3629. */
#include "base/utf8.h"

#include <string.h>

/* Length of the valid sequence at s, or 0; *cp gets its code point. */
static size_t
decode(const unsigned char *s, size_t n, uint32_t *cp)
{
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t len;
	uint32_t c;

	if (n == 0)
		return 0;
	if (s[0] < 0x80) {
		*cp = s[0];
		return 1;
	}
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	len = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	if (len > n)
		return 0;
	c = s[0] & (0x7fu >> len);
	for (size_t i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3fu);
	}
	if (c < least[len] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*cp = c;
	return len;
}

size_t
utf8_valid(const char *s, size_t n)
{
	size_t i = 0, len;
	uint32_t cp;

	while (i < n) {
		/* Eight of ASCII at once. */
		while (n - i >= 8) {
			uint64_t word;

			memcpy(&word, s + i, sizeof(word));
			if ((word & UINT64_C(0x8080808080808080)) != 0)
				break;
			i += 8;
		}
		if (i == n)
			break;
		len = decode((const unsigned char *)s + i, n - i, &cp);
		if (len == 0)
			break;
		i += len;
	}
	return i;
}

size_t
utf8_count(const char *s, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += ((unsigned char)s[i] & 0xc0) != 0x80;
	return count;
}

uint32_t
utf8_next(const char *s, size_t n, size_t *len)
{
	uint32_t cp;

	*len = decode((const unsigned char *)s, n, &cp);
	if (*len != 0)
		return cp;
	*len = 1;
	return 0xfffd;
}

/* Unicode's East_Asian_Width W and F in blocks, and marks that take no column. */
static size_t
columns(uint32_t c)
{
	static const struct { uint32_t first, last; size_t columns; } block[] = {
		{ 0x0000, 0x001f, 0 }, { 0x007f, 0x009f, 0 }, { 0x0300, 0x036f, 0 },
		{ 0x1100, 0x115f, 2 }, { 0x200b, 0x200f, 0 }, { 0x2e80, 0x303e, 2 },
		{ 0x3041, 0xa4cf, 2 }, { 0xac00, 0xd7a3, 2 }, { 0xf900, 0xfaff, 2 },
		{ 0xfe00, 0xfe0f, 0 }, { 0xfe10, 0xfe6f, 2 }, { 0xff01, 0xff60, 2 },
		{ 0xffe0, 0xffe6, 2 }, { 0x1f300, 0x1faff, 2 }, { 0x20000, 0x3fffd, 2 },
	};

	for (size_t i = 0; i < sizeof(block) / sizeof(block[0]); i++)
		if (c >= block[i].first && c <= block[i].last)
			return block[i].columns;
	return 1;
}

size_t
utf8_width(const char *s)
{
	size_t n = strlen(s), width = 0, len;

	for (size_t i = 0; i < n; i += len)
		width += columns(utf8_next(s + i, n - i, &len));
	return width;
}

bool
utf8_unseen(uint32_t c)
{
	static const struct { uint32_t first, last; } block[] = {
		{ 0x0000, 0x001f }, { 0x007f, 0x009f }, { 0x00ad, 0x00ad }, { 0x061c, 0x061c },
		{ 0x180e, 0x180e }, { 0x200b, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x206f },
		{ 0xfdd0, 0xfdef }, { 0xfeff, 0xfeff }, { 0xfff9, 0xfffb }, { 0xfffe, 0xffff },
		{ 0xe0000, 0xe007f },
	};

	for (size_t i = 0; i < sizeof(block) / sizeof(block[0]); i++)
		if (c >= block[i].first && c <= block[i].last)
			return true;
	return (c & 0xfffe) == 0xfffe;
}

void
utf8_repair(struct text *out, const char *s, size_t n)
{
	size_t good;

	while (n > 0) {
		good = utf8_valid(s, n);
		if (memchr(s, '\0', good) != NULL)
			good = strlen(s);
		text_add(out, s, good);
		s += good;
		n -= good;
		if (n > 0) {
			text_fmt(out, "\\x%02x", (unsigned char)*s);
			s++;
			n--;
		}
	}
}

void
utf8_show(struct text *out, const char *s)
{
	struct text valid = TEXT_INIT;
	size_t len;

	utf8_repair(&valid, s, strlen(s));
	for (size_t i = 0; i < valid.n; i += len) {
		uint32_t c = utf8_next(valid.s + i, valid.n - i, &len);

		if (utf8_unseen(c))
			text_fmt(out, "\\u%04x", (unsigned)c);
		else
			text_add(out, valid.s + i, len);
	}
	text_clear(&valid);
}
