/* Blotting out rows of digits. */
#include "forms/mask.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

enum { ROW_MIN = 7, JOINS_MAX = 3 };

/* The digit a character stands for, or -1. */
static int
digit_of(uint32_t c)
{
	static const uint32_t numeral[] = { 0x3007, 0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94, 0x516d,
	    0x4e03, 0x516b, 0x4e5d };	/* 〇 to 九 */

	if (c >= '0' && c <= '9')
		return (int)(c - '0');
	if (c >= 0xff10 && c <= 0xff19)
		return (int)(c - 0xff10);
	for (int i = 0; i < 10; i++)
		if (c == numeral[i])
			return i;
	if (c == 0x96f6)	/* 零 */
		return 0;
	if (c == 0x5e7a)	/* 幺 */
		return 1;
	return c == 0x4e24 ? 2 : -1;	/* 两 */
}

/* May stand between the digits of one number. */
static bool
joins(uint32_t c)
{
	static const uint32_t known[] = { ' ', '-', '.', '_', '(', ')', '+', '/', 0xa0, 0xb7, 0x2010,
	    0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x200b, 0x200c, 0x200d, 0x2060, 0x3000, 0xff08,
	    0xff09, 0xff0d, 0xff0e, 0xff3f, 0xff0f };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (c == known[i])
			return true;
	return false;
}

static uint32_t
next(const char **p)
{
	size_t len;
	uint32_t c = utf8_next(*p, strlen(*p), &len);

	*p += len;
	return c;
}

/* From the digit at s to after the last digit of its row; *digits counts them. */
static const char *
row_end(const char *s, size_t *digits)
{
	const char *p = s, *end = s, *q;
	size_t between = 0;

	*digits = 0;
	while (*p != '\0' && between <= JOINS_MAX) {
		uint32_t c = next(&p);

		if (digit_of(c) >= 0) {
			++*digits;
			between = 0;
			end = p;
		} else if (joins(c)) {
			between++;
		} else {
			break;
		}
	}
	q = end;
	if (*digits == 17 && *q != '\0') {
		uint32_t c = next(&q);

		if (c == 'x' || c == 'X' || c == 0xff38 || c == 0xff58)
			end = q;
	}
	return end;
}

/* 12345, 12315, 96xxx, 95xxx, 100xx; 110, 119, 120, 122, 114. */
static bool
service(const char *g)
{
	static const char *const three[] = { "110", "119", "120", "122", "114" };
	size_t n = strlen(g);

	for (size_t i = 0; n == 3 && i < sizeof(three) / sizeof(three[0]); i++)
		if (strcmp(g, three[i]) == 0)
			return true;
	return n == 5 && (strncmp(g, "12", 2) == 0 || strncmp(g, "95", 2) == 0 ||
	    strncmp(g, "96", 2) == 0 || strncmp(g, "100", 3) == 0);
}

/* Is the row [s, end) nothing but service numbers, each with its area code or without? */
static bool
public_row(const char *s, const char *end)
{
	bool area = false;

	while (s < end) {
		char group[8];
		size_t n = 0;
		int d = -1;

		while (s < end && (d = digit_of(next(&s))) >= 0)
			if (n < sizeof(group) - 1)
				group[n++] = (char)('0' + d);
		group[n] = '\0';
		if (n == 0)
			continue;
		if (group[0] == '0' && (n == 3 || n == 4) && !area) {
			area = true;
			continue;
		}
		if (!service(group))
			return false;
		area = false;
	}
	return !area;
}

void
mask_digits(char *s)
{
	char *out = s;
	const char *p = s;

	while (*p != '\0') {
		const char *start = p, *end;
		size_t digits;
		bool mask;

		if (digit_of(next(&p)) < 0) {
			memmove(out, start, (size_t)(p - start));
			out += p - start;
			continue;
		}
		end = row_end(start, &digits);
		mask = digits >= ROW_MIN && !public_row(start, end);
		for (p = start; p < end; ) {
			const char *one = p;

			if (!joins(next(&p)) && mask) {
				*out++ = '*';
			} else {
				memmove(out, one, (size_t)(p - one));
				out += p - one;
			}
		}
	}
	*out = '\0';
}
