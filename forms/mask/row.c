/* Numbers in a row that are sums or rooms, and numbers of people parted by what no number has. */
#include "forms/mask/in.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "forms/mask/digit.h"

enum {
	SPLIT_MAX = 6,		/* signs between two parts */
	ROOM_STEP = 100		/* from one room to the next: 1204, 1301 */
};

/* ---- what stands around ---- */

/* Is c one of these? */
static bool
one_of(uint32_t c, const char *list)
{
	while (*list != '\0')
		if (mask_next(&list) == c)
			return true;
	return false;
}

bool
mask_ends_in(const struct group *g, const char *digits)
{
	size_t n = strlen(digits);

	return g->n > n && g->n <= NUMBER_MAX && strcmp(g->digit + g->n - n, digits) == 0;
}

bool
mask_unit_after(const char *p)
{
	uint32_t c = mask_after(p);

	if (one_of(c, "多余来")) {
		while (mask_next(&p) != c)
			continue;
		c = mask_after(p);
	}
	return one_of(c, "元圆块万亿千%％‰人户吨公斤度米平㎡");
}

bool
mask_money_before(const char *begin, const char *p)
{
	static const char *const words[] = { "花了", "花", "付了", "交了", "缴了", "收了", "罚了",
		"赔了", "涨了", "退了", "补了", "用了", "欠了",
		"费", "费用", "工资", "薪", "款", "价", "钱", "额", "税", "共", "计", "奖金",
		"租金", "押金", "定金", "资金", "投资", "补贴", "收入", "支出", "预算", "人民币" };

	for (;; p--) {
		if (p > begin && (p[-1] == ' ' || p[-1] == ':'))
			continue;
		if (p - begin < 3 || strncmp(p - 3, "：", 3) != 0)
			break;
		p -= 2;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t n = strlen(words[i]);

		if ((size_t)(p - begin) >= n && memcmp(p - n, words[i], n) == 0)
			return true;
	}
	return false;
}

/* ---- sums and rooms ---- */

size_t
mask_equation_at(const struct row *row, size_t i)
{
	long side[2] = { 0, 0 };
	size_t n = 0, equals = 0, signs = 0;

	for (; i + n < row->n && row->group[i + n].n <= SUM_MAX; n++) {
		const struct group *g = &row->group[i + n];
		long value = strtol(g->digit, NULL, 10);

		if (n > 0 && (strchr("+-=", g->gap) == NULL || g->split != SPLIT_NONE))
			break;
		if (n > 0 && g->gap == '=' && ++equals > 1)
			return 0;
		signs += n > 0 && g->gap != '=';
		side[equals] += n > 0 && g->gap == '-' ? -value : value;
	}
	return equals == 1 && signs > 0 && side[0] == side[1] ? n : 0;
}

/* How many numbers of three to five digits stand in a row from the i-th one, one
 * sign between them all. */
static size_t
plain_row(const struct row *row, size_t i)
{
	size_t n = 0;

	for (; i + n < row->n; n++) {
		const struct group *g = &row->group[i + n];

		if (g->n < 3 || g->n > 5 || g->digit[0] == '0' || g->words > 0)
			break;
		if (n > 0 && (strchr(" +-=", g->gap) == NULL ||
				(n > 1 && g->gap != g[-1].gap && g->gap != '=')))
			break;
	}
	return n;
}

static bool
all_end_in(const struct row *row, size_t i, size_t n, const char *digits)
{
	for (size_t k = i; k < i + n; k++)
		if (!mask_ends_in(&row->group[k], digits))
			return false;
	return true;
}

/* 201 202 203 204, 1203 1204 1301. */
static bool
are_rooms(const struct row *row, size_t i, size_t n)
{
	for (size_t k = i + 1; k < i + n; k++) {
		long step = strtol(row->group[k].digit, NULL, 10) -
			strtol(row->group[k - 1].digit, NULL, 10);

		if (row->group[k].n != row->group[i].n || step < 1 || step > ROOM_STEP)
			return false;
	}
	return n >= 3;
}

/* Does a number of a person begin in these groups; *beyond: and end behind them? */
static bool
holds_person(const struct row *row, size_t i, size_t n, bool *beyond)
{
	bool any = false;

	*beyond = false;
	for (size_t k = i; k < i + n; k++) {
		size_t parts = mask_together(row, k);

		any = any || parts > 0;
		*beyond = *beyond || k + parts > i + n;
	}
	return any;
}

/* What a row is said of: money, or rooms. */
static bool
has_context(const struct row *row, size_t i, size_t n)
{
	const char *end = row->group[i + n - 1].end;

	return mask_unit_after(end) || one_of(mask_after(end), "室房间") ||
		mask_money_before(row->begin, row->group[i].begin);
}

size_t
mask_plain_at(const struct row *row, size_t i)
{
	size_t n = plain_row(row, i);
	bool beyond, person, round, context;

	if (n < 2)
		return 0;
	person = holds_person(row, i, n, &beyond);
	if (beyond)
		return 0;
	round = all_end_in(row, i, n, "0");
	context = has_context(row, i, n);
	if (are_rooms(row, i, n) || (round && (n > 3 || (context && n > 2))))
		return n;
	if (person)
		return 0;
	return (n > 2 && (round || context)) || all_end_in(row, i, n, "00") ? n : 0;
}

/* ---- around a filter ---- */

/* What counts something or joins numbers: 15日1500元, 1300到1500. */
static bool
is_unit(uint32_t c)
{
	return one_of(c,
		"年月日号时点分秒元圆块角万亿千百十人户吨公斤克度米平个次天周岁名位家座栋幢楼层室房"
		"间单路车线件条张份项款级届期章页台辆瓶袋只双套本篇门所站区组村"
		"后前多余来约第到至和与或及比加减乘除");
}

/* A unit parts a telephone number only where it is the same throughout and does not
 * follow the last part, too. */
static bool
parted_on_purpose(const struct row *row, size_t i, size_t n)
{
	uint32_t first = row->group[i + 1].word;
	bool units = false, same = n > 2;

	for (size_t k = i + 1; k < i + n; k++) {
		units = units || (row->group[k].split == SPLIT_WORD && is_unit(row->group[k].word));
		same = same && row->group[k].word == first;
	}
	return !units || (same && mask_after(row->group[i + n - 1].end) != first);
}

/* Without the weaker readings: fifteen digits are one in ten an identity number. */
static bool
is_certain(const char *s, size_t n)
{
	return n >= 11 && n != 15 && mask_names_person(s, n);
}

size_t
mask_split_at(const struct row *row, size_t i)
{
	char digit[NUMBER_MAX + 1];
	size_t digits = 0;
	bool split = false;

	for (size_t k = i; k < row->n && digits + row->group[k].n <= NUMBER_MAX; k++) {
		const struct group *g = &row->group[k];
		size_t n = k - i + 1;

		if (k > i && mask_time_at(row, k) > 0)
			break;
		split = split || (k > i && g->split != SPLIT_NONE);
		memcpy(digit + digits, g->digit, g->n);
		digits += g->n;
		digit[digits] = '\0';
		if (split && is_certain(digit, digits) && !mask_is_list(row, i, n) &&
				!all_end_in(row, i, n, "0") && parted_on_purpose(row, i, n))
			return n;
	}
	return 0;
}

bool
mask_read_split(struct group *g, const char **p)
{
	const char *q = *p;
	size_t signs = 0, words = 0, spaces[2] = { 0, 0 };

	g->gap = '\0';
	g->gaps = 0;
	g->plus = false;
	while (*q != '\0' && signs + words + spaces[0] + spaces[1] <= SPLIT_MAX && words < 2) {
		const char *at = q;
		uint32_t c = mask_next(&q);
		bool word;

		if (digit_of(c, &word) >= 0) {
			if (signs + words == 0 ||
					(words > 0 && (signs > 0 || !spaces[0] != !spaces[1])))
				return false;
			*p = at;
			g->split = words > 0 ? SPLIT_WORD : SPLIT_SIGN;
			return true;
		}
		if (digit_separator(c) == ' ') {
			spaces[words]++;
		} else if (digit_sign(c)) {
			signs++;
		} else if (digit_letter(c)) {
			words++;
			g->word = c;
		} else if (!digit_glue(c)) {
			return false;
		}
	}
	return false;
}
