/* Blotting out numbers: digits are gathered into groups, groups into rows, and each row
 * is read from the left. */
#include "forms/mask/mask.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/pool.h"
#include "base/utf8.h"
#include "forms/mask/digit.h"
#include "forms/mask/in.h"

/* ---- what stands around a number ---- */

/* Seven or eight digits as a telephone without its area code has them. */
static bool
is_local(const struct group *g)
{
	return (g->n == 7 || g->n == 8) && g->digit[0] >= '2' && g->digit[0] <= '8';
}

/* A unit behind it, a currency's sign before it, or words of money before what is no local
 * telephone number. */
static bool
is_amount(const struct row *row, const struct group *first, const struct group *last)
{
	static const uint32_t signs[] = { 0xa5, 0xffe5, '$', 0xff04, 0x20ac, 0xa3 };
	uint32_t c;

	if (mask_unit_after(last->end))
		return true;
	c = mask_before(row->begin, first->begin);
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (c == signs[i])
			return true;
	if (first != last || !mask_money_before(row->begin, first->begin))
		return false;
	return !is_local(first) || mask_ends_in(first, "00");
}

/* ---- what a number is ---- */

/* 20261130, 202611301025, 20261130102530. */
static bool
compact_date(const struct group *g)
{
	const char *s = g->digit;

	return (g->n == 8 || g->n == 12 || g->n == 14) && mask_in(mask_number(s, 4), 1900, 2099) &&
		mask_month_day(s + 4) &&
		(g->n == 8 || (mask_number(s + 8, 2) < 24 && mask_number(s + 10, 2) < 60));
}

static bool
is_year(const struct group *g)
{
	return g->n == 4 && mask_in(mask_number(g->digit, 4), 1900, 2099);
}

/* 12345, 12315, 123xx, 95xxx, 96xxx, 100xx; 110, 119, 120, 122, 114. */
static bool
is_service(const struct group *g)
{
	static const char *const three[] = { "110", "119", "120", "122", "114" };

	for (size_t i = 0; g->n == 3 && i < sizeof(three) / sizeof(three[0]); i++)
		if (strcmp(g->digit, three[i]) == 0)
			return true;
	return g->n == 5 && (strncmp(g->digit, "12", 2) == 0 || strncmp(g->digit, "95", 2) == 0 ||
		strncmp(g->digit, "96", 2) == 0 || strncmp(g->digit, "100", 3) == 0);
}

/* ---- ordinary numbers: how many groups from the i-th one are one; 0: none ---- */

static size_t
date_at(const struct row *row, size_t i)
{
	const struct group *g = row->group + i;
	char sign = mask_tie(row, i + 1);

	if (i + 2 >= row->n || !is_year(g) || (sign != '-' && sign != '/' && sign != '.') ||
			mask_tie(row, i + 2) != sign || mask_tie(row, i) == sign ||
			mask_tie(row, i + 3) == sign)
		return 0;
	return g[1].n <= 2 && g[2].n <= 2 && mask_in(mask_number(g[1].digit, g[1].n), 1, 12) &&
		mask_in(mask_number(g[2].digit, g[2].n), 1, 31) ? 3 : 0;
}

/* 1280.50, 12,800, 1,280,500.00 */
static size_t
sum_at(const struct row *row, size_t i)
{
	const struct group *g = row->group + i;
	size_t n = 1, digits = g->n;

	if (mask_tie(row, i) == '.' || mask_tie(row, i) == ',')
		return 0;
	while (mask_tie(row, i + n) == ',' && g[n].n == 3 && g[0].n <= 3)
		digits += g[n++].n;
	if (mask_tie(row, i + n) == '.' && g[n].n <= 2 && mask_tie(row, i + n + 1) != '.')
		digits += g[n++].n;
	return n > 1 && digits <= SUM_MAX + 1 && mask_together(row, i) <= n ? n : 0;
}

static size_t
service_at(const struct row *row, size_t i)
{
	const struct group *g = row->group + i;

	if (is_service(g))
		return 1;
	if (g->digit[0] == '0' && mask_in((int)g->n, 3, 4) && i + 1 < row->n && is_service(g + 1))
		return 2;
	if (strncmp(g->digit, "400", 3) != 0 && strncmp(g->digit, "800", 3) != 0)
		return 0;
	if (g->n == 10)
		return 1;
	return i + 2 < row->n && g[0].n + g[1].n + g[2].n == 10 ? 3 : 0;
}

static size_t
ordinary(const struct row *row, size_t i)
{
	static size_t (*const kind[])(const struct row *, size_t) = { date_at, mask_time_at,
		mask_equation_at, mask_plain_at, service_at, sum_at };
	size_t n = 0;

	for (size_t k = 0; n == 0 && k < sizeof(kind) / sizeof(kind[0]); k++)
		n = kind[k](row, i);
	return n;
}

/* ---- numbers that name a person: the same ---- */

/* A foreign number, up to fifteen digits (ITU-T E.164); 1000+2000 is none. */
static size_t
foreign(const struct row *row, size_t i)
{
	const struct group *g = row->group + i;
	size_t digits = 0, n = 0;

	if (!g->plus || (mask_tie(row, i) == '+' && mask_in((int)g->n, 4, 7)))
		return 0;
	while (i + n < row->n && digits + g[n].n <= 15 &&
			(n == 0 || strchr(" -.()", g[n].gap) != NULL))
		digits += g[n++].n;
	return digits >= 8 ? n : 0;
}

/* 6222 0212 3456 7890; 3138 1234 5678. */
static size_t
in_parts(const struct row *row, size_t i)
{
	size_t n = 0, digits = 0, years = 0;

	for (; i + n < row->n && row->group[i + n].n >= 3 && row->group[i + n].n <= 5; n++) {
		if (n > 0 && strchr(" -._=", row->group[i + n].gap) == NULL)
			break;
		years += is_year(&row->group[i + n]);
		digits += row->group[i + n].n;
	}
	if (n < 3 || digits < 10 || years == n ||
			is_amount(row, row->group + i, row->group + i + n - 1))
		return 0;
	return n;
}

/* 8512-3456 and 8512 3456; 851-2345. */
static size_t
local_in_two(const struct row *row, size_t i)
{
	const struct group *g = row->group + i;
	char sign = mask_tie(row, i + 1);

	if (i + 1 >= row->n || g[0].digit[0] < '2' || g[0].digit[0] > '8' || g[1].n != 4 ||
			is_year(g) || !mask_in((int)g[0].n, 3, 4) ||
			(sign != '-' && !(sign == ' ' && g[0].n == 4)) ||
			mask_tie(row, i + 2) == '-' || is_amount(row, g, g + 1))
		return 0;
	return 2;
}

/* Does some part of it? */
static bool
holds_person(const struct group *g)
{
	size_t n = strlen(g->digit);

	for (size_t from = 0; from + 10 <= n; from++)
		for (size_t length = 10; from + length <= n; length++) {
			char part[NUMBER_MAX + 2] = "";

			memcpy(part, g->digit + from, length);
			if (mask_names_person(part, length))
				return true;
		}
	return is_local(g);
}

/* Chinese and circled numerals are counted with as well: with them only what can be
 * a number of a person. */
static size_t
without_gap(const struct row *row, size_t i)
{
	const struct group *g = row->group + i;

	if (g->n < LONG_MIN || compact_date(g))
		return 0;
	if (g->words > 0 && g->n - g->words < LONG_MIN)
		return holds_person(g);
	return g->n > SUM_MAX || !is_amount(row, g, g);
}

static size_t
personal(const struct row *row, size_t i)
{
	static size_t (*const kind[])(const struct row *, size_t) = {
		mask_together, foreign, in_parts, local_in_two, without_gap
	};
	size_t n = 0;

	for (size_t k = 0; n == 0 && k < sizeof(kind) / sizeof(kind[0]); k++)
		n = kind[k](row, i);
	return n;
}

/* Groups that stand as near each other as the parts of a number do. */
static size_t
judge_near(struct row *row)
{
	size_t found = 0, n;

	for (size_t i = 0; i < row->n; i += n) {
		n = ordinary(row, i);
		if (n > 0)
			continue;
		n = personal(row, i);
		for (size_t k = i; k < i + n; k++)
			row->group[k].mask = true;
		found += n > 0;
		if (n == 0)
			n = 1;
	}
	return found;
}

/* Each stretch of near groups by itself, then what is written around a filter across them. */
static size_t
judge(struct row *row)
{
	size_t found = 0, n;

	for (size_t i = 0; i < row->n; i += n) {
		struct row near = { .group = row->group + i, .begin = row->begin };

		for (n = 1; i + n < row->n && row->group[i + n].split == SPLIT_NONE;)
			n++;
		near.n = n;
		found += judge_near(&near);
	}
	for (size_t i = 0; i < row->n; i += n > 0 ? n : 1) {
		bool fresh = true;

		n = mask_split_at(row, i);
		for (size_t k = i; k < i + n; k++) {
			fresh = fresh && !row->group[k].mask;
			row->group[k].mask = true;
		}
		found += n > 0 && fresh;
	}
	return found;
}

/* ---- reading and writing ---- */

/* The digits from p on, glue between them; returns what follows. */
static const char *
read_group(struct group *g, const char *p)
{
	const char *q;

	g->begin = p;
	while (*p != '\0') {
		bool word;
		uint32_t c;
		int digit;

		q = p;
		c = mask_next(&q);
		digit = digit_of(c, &word);
		if (digit < 0 && !digit_glue(c))
			break;
		g->end = p = q;
		if (digit < 0)
			continue;
		g->words += word;
		if (g->n < NUMBER_MAX)
			g->digit[g->n] = (char)('0' + digit);
		g->n++;
	}
	return p;
}

/* Does an X end the identity number whose last digit is that of the row's last group? */
static void
take_x(struct row *row)
{
	struct group *g = row->group + row->n - 1;
	size_t digits = 0;
	const char *p = g->end;
	uint32_t c = *p != '\0' ? mask_next(&p) : 0;

	if (c != 'x' && c != 'X' && c != 0xff38 && c != 0xff58 && c != 0xd7)
		return;
	for (size_t i = row->n; i-- > 0 && digits < 17;) {
		digits += row->group[i].n;
		if (row->group[i].split != SPLIT_NONE)
			break;
	}
	if (digits != 17 || g->n + 1 > NUMBER_MAX)
		return;
	g->digit[g->n++] = 'X';
	g->end = p;
}

/* The signs between two groups: *p moves to the next digit, or stays where the row ends. */
static bool
read_gap(struct group *g, const char **p)
{
	const char *q = *p;

	while (*q != '\0' && g->gaps <= GAP_MAX) {
		const char *at = q;
		uint32_t c = mask_next(&q);
		char sign = digit_separator(c);
		bool word;

		if (digit_of(c, &word) >= 0) {
			*p = at;
			return true;
		}
		if (digit_glue(c))
			continue;
		if (sign == '\0')
			return false;
		if (g->gaps++ == 0 || g->gap == ' ')
			g->gap = sign;
		g->plus = sign == '+';
	}
	return false;
}

/* The row that begins at p; room for as many groups as there are characters. */
static const char *
read_row(struct row *row, const char *p)
{
	struct group g = { .plus = mask_before(row->begin, p) == '+' };

	do {
		p = read_group(&g, p);
		row->group[row->n++] = g;
		take_x(row);
		p = row->group[row->n - 1].end;
		g = (struct group){ .begin = p };
	} while (read_gap(&g, &p) || mask_read_split(&g, &p));
	return p;
}

/* [from, to) to out, its digits blotted out and its glue left away if mask; returns the end. */
static char *
write_part(char *out, const char *from, const char *to, bool mask)
{
	while (from < to) {
		const char *one = from;
		uint32_t c = mask_next(&from);

		if (mask && digit_glue(c))
			continue;
		if (mask) {
			*out++ = '*';
		} else {
			memmove(out, one, (size_t)(from - one));
			out += from - one;
		}
	}
	return out;
}

size_t
mask_digits(char *s)
{
	struct pool pool = POOL_INIT;
	struct row row = { .group = pool_array(&pool, strlen(s) + 1, sizeof(*row.group)),
		.begin = s };
	const char *copy = pool_strdup(&pool, s), *p = copy;
	char *out = s;
	size_t found = 0;

	row.begin = copy;
	while (*p != '\0') {
		const char *start = p, *end;
		bool word;

		if (digit_of(mask_next(&p), &word) < 0) {
			out = write_part(out, start, p, false);
			continue;
		}
		row.n = 0;
		end = read_row(&row, start);
		found += judge(&row);
		for (size_t i = 0; i < row.n; i++) {
			out = write_part(out, start, row.group[i].begin, false);
			out = write_part(out, row.group[i].begin, row.group[i].end,
				row.group[i].mask);
			start = row.group[i].end;
		}
		p = end;
	}
	*out = '\0';
	pool_clear(&pool);
	return found;
}
