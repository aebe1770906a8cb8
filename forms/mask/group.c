/* Groups of digits: what stands around them, which person they name, what ties them together. */
#include <string.h>

#include "base/utf8.h"
#include "forms/mask/digit.h"
#include "forms/mask/in.h"

uint32_t
mask_next(const char **p)
{
	size_t len;
	uint32_t c = utf8_next(*p, strlen(*p), &len);

	*p += len;
	return c;
}

/* The last character before p that is neither glue nor a space; 0 at the beginning. */
uint32_t
mask_before(const char *begin, const char *p)
{
	while (p > begin) {
		const char *q = p - 1;
		uint32_t c;

		while (q > begin && ((unsigned char)*q & 0xc0) == 0x80)
			q--;
		p = q;
		c = mask_next(&q);
		if (!digit_glue(c) && digit_separator(c) != ' ')
			return c;
	}
	return 0;
}

uint32_t
mask_after(const char *p)
{
	uint32_t c = 0;

	while (*p != '\0') {
		c = mask_next(&p);
		if (!digit_glue(c) && digit_separator(c) != ' ')
			return c;
	}
	return 0;
}

/* The number of n digits at s, n <= 4. */
int
mask_number(const char *s, size_t n)
{
	int value = 0;

	for (size_t i = 0; i < n; i++)
		value = value * 10 + (s[i] - '0');
	return value;
}

bool
mask_in(int value, int low, int high)
{
	return value >= low && value <= high;
}

bool
mask_month_day(const char *s)
{
	return mask_in(mask_number(s, 2), 1, 12) && mask_in(mask_number(s + 2, 2), 1, 31);
}

static bool
is_mobile(const char *s, size_t n)
{
	return n == 11 && s[0] == '1' && s[1] >= '3';
}

/* An area code without its 0 and seven or eight digits. */
static bool
is_landline(const char *s, size_t n)
{
	size_t area = s[0] == '1' && s[1] == '0' ? 2 : s[0] == '2' ? 2 : s[0] >= '3' ? 3 : 0;

	return area > 0 && (n == area + 7 || n == area + 8) && s[area] >= '2' && s[area] <= '8';
}

static bool
is_identity(const char *s, size_t n)
{
	if (n == 18)
		return s[0] != '0' && mask_in(mask_number(s + 6, 4), 1900, 2099) &&
			mask_month_day(s + 10);
	return n == 15 && s[0] != '0' && s[0] != '9' && mask_month_day(s + 8);
}

bool
mask_names_person(const char *s, size_t n)
{
	if (strncmp(s, "0086", 4) == 0 && n >= 13)
		return mask_names_person(s + 4, n - 4);
	if (is_mobile(s, n) || is_identity(s, n) || (s[0] == '0' && is_landline(s + 1, n - 1)))
		return true;
	return strncmp(s, "86", 2) == 0 && (is_mobile(s + 2, n - 2) || is_landline(s + 2, n - 2));
}

char
mask_tie(const struct row *row, size_t i)
{
	return i < row->n && row->group[i].gaps == 1 ? row->group[i].gap : '\0';
}

size_t
mask_time_at(const struct row *row, size_t i)
{
	const struct group *g = row->group + i;
	size_t n = 2;

	if (mask_tie(row, i) == ':' || mask_tie(row, i + 1) != ':' || g[0].n > 2 ||
			mask_number(g[0].digit, g[0].n) > 24)
		return 0;
	if (mask_tie(row, i + 2) == ':')
		n = 3;
	for (size_t k = 1; k < n; k++)
		if (g[k].n != 2 || mask_number(g[k].digit, 2) > 59)
			return 0;
	return mask_tie(row, i + n) == ':' ? 0 : n;
}

bool
mask_is_list(const struct row *row, size_t i, size_t n)
{
	size_t ones = 0, longest = 0;

	for (size_t k = i; k < i + n; k++) {
		if (k > i && row->group[k].gap != ',' && row->group[k].split != SPLIT_SIGN)
			return false;
		ones += row->group[k].n == 1;
		longest = row->group[k].n > longest ? row->group[k].n : longest;
	}
	return n > 1 && longest <= 2 && ones < n;
}

/* Groups put together make one. */
size_t
mask_together(const struct row *row, size_t i)
{
	char digit[NUMBER_MAX + 1];
	size_t digits = 0;

	for (size_t k = i; k < row->n && digits + row->group[k].n <= NUMBER_MAX; k++) {
		if (k > i && mask_time_at(row, k) > 0)
			break;
		memcpy(digit + digits, row->group[k].digit, row->group[k].n);
		digits += row->group[k].n;
		digit[digits] = '\0';
		if (digits >= 10 && mask_names_person(digit, digits) &&
				!mask_is_list(row, i, k - i + 1))
			return k - i + 1;
	}
	return 0;
}
