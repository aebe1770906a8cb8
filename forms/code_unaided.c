/* Coding of open answers about complaint channels, rule unaided-1. */
#include "forms/code_unaided.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

enum { FOLDED_MAX = 4096 };

/* A word of the answer and the code it stands for; written as fold() leaves them. */
struct word {
	const char *word, *code;
};

/* Names of the hotlines, old ones too; numbers are found apart. */
static const struct word hotlines[] = {
	{ "市长热线", "12345" }, { "市长公开电话", "12345" }, { "市民热线", "12345" },
	{ "市民服务热线", "12345" }, { "政务服务热线", "12345" }, { "政务热线", "12345" },
	{ "便民热线", "12345" }, { "政府热线", "12345" }, { "mayor", "12345" },
	{ "消费者投诉热线", "12315" }, { "消费者热线", "12315" }, { "消费者投诉举报", "12315" },
	{ "消费投诉热线", "12315" }, { "质监热线", "12365" }, { "质量监督热线", "12365" },
	{ "质量投诉热线", "12365" }, { "质检热线", "12365" },
};

static const char *const merchants[] = {
	"商家", "店", "商场", "超市", "卖家", "卖方", "卖货", "销售", "经销商", "供货", "客服",
	"厂家", "厂商", "生产商", "售后", "老板", "淘宝", "天猫", "京东", "拼多多", "抖音", "美团",
	"饿了么", "快手", "原处", "找他", "退货", "退换", "merchant", "shop", "store", "seller",
	"retailer", "manufacturer",
};

static const char *const unknowns[] = {
	"不知道", "不清楚", "不了解", "不晓得", "没想过", "没听说", "说不清", "说不上", "不记得",
	"不懂",
	"don't know", "dont know", "no idea", "not sure",
};

/* The ASCII digit a character stands for, or 0. */
static char
digit_of(uint32_t c)
{
	static const struct { uint32_t c; char digit; } numeral[] = {
		{ 0x4e00, '1' }, { 0x5e7a, '1' }, { 0x4e8c, '2' }, { 0x4e24, '2' }, { 0x4e09, '3' },
		{ 0x56db, '4' }, { 0x4e94, '5' }, { 0x516d, '6' },
	};

	if (c >= '0' && c <= '9')
		return (char)c;
	if (c >= 0xff10 && c <= 0xff19)
		return (char)(c - 0xff10 + '0');
	for (size_t i = 0; i < sizeof(numeral) / sizeof(numeral[0]); i++)
		if (c == numeral[i].c)
			return numeral[i].digit;
	return 0;
}

/*
 * Lower case, digits as ASCII digits, and the city's own name out: its 店 is no shop.
 * Numerals become digits only in rows of three or more, so that 一 in a sentence stays a word.
 */
static void
fold(char *out, const char *s)
{
	static const char city[] = "瓦房店";
	size_t used = 0, n = strlen(s);

	for (size_t i = 0; i < n && used + 8 < FOLDED_MAX; ) {
		size_t len, row = 0, at = i;
		char digit[32];

		if (strncmp(s + i, city, sizeof(city) - 1) == 0) {
			i += sizeof(city) - 1;
			continue;
		}
		while (at < n && row < sizeof(digit) &&
				(digit[row] = digit_of(utf8_next(s + at, n - at, &len))) != 0) {
			row++;
			at += len;
		}
		if (row >= 3 || (row > 0 && (unsigned char)s[i] < 0x80)) {
			row = row < FOLDED_MAX - 8 - used ? row : FOLDED_MAX - 8 - used;
			memcpy(out + used, digit, row);
			used += row;
			i = at;
			continue;
		}
		utf8_next(s + i, n - i, &len);
		for (size_t k = 0; k < len; k++, i++)
			out[used++] = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] | 0x20) : s[i];
	}
	out[used] = '\0';
}

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Does the number stand at p, spaces and hyphens inside allowed?  Returns its bytes, or 0. */
static size_t
number_at(const char *p, const char *number)
{
	const char *start = p;

	for (; *number != '\0'; number++, p++) {
		if (p > start)
			p += strspn(p, " -");
		if (*p != *number)
			return 0;
	}
	return (size_t)(p - start);
}

/* An area code may stand before it: 0411-12345, 041112345. */
static bool
begins_number(const char *s, const char *p)
{
	size_t n = 0;

	while (p - n > s && digit(p[-(long)n - 1]))
		n++;
	return n == 0 || ((n == 3 || n == 4) && p[-(long)n] == '0');
}

/* Where the number stands as a number of its own, or NULL. */
static const char *
find_number(const char *s, const char *number)
{
	size_t n;

	for (const char *p = s; *p != '\0'; p++) {
		n = number_at(p, number);
		if (n > 0 && !digit(p[n]) && begins_number(s, p))
			return p;
	}
	return NULL;
}

/* The hotline named first, or NULL. */
static const char *
first_hotline(const char *s)
{
	static const struct word numbers[] = { { "12345", "12345" }, { "12315", "12315" },
		{ "12365", "12365" }, { "315", "12315" } };
	const char *best = NULL, *code = NULL, *at;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		at = find_number(s, numbers[i].word);
		if (at != NULL && (best == NULL || at < best)) {
			best = at;
			code = numbers[i].code;
		}
	}
	for (size_t i = 0; i < sizeof(hotlines) / sizeof(hotlines[0]); i++) {
		at = strstr(s, hotlines[i].word);
		if (at != NULL && (best == NULL || at < best)) {
			best = at;
			code = hotlines[i].code;
		}
	}
	return code;
}

static bool
holds(const char *s, const char *const words[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(s, words[i]) != NULL)
			return true;
	return false;
}

const char *
code_unaided(const char *text)
{
	char s[FOLDED_MAX];
	const char *code;

	if (text == NULL || text[strspn(text, " \n")] == '\0')
		return "";
	if (strcmp(text, "98") == 0)
		return "98";
	fold(s, text);
	code = first_hotline(s);
	if (code != NULL)
		return code;
	if (holds(s, merchants, sizeof(merchants) / sizeof(merchants[0])))
		return "merchant";
	if (holds(s, unknowns, sizeof(unknowns) / sizeof(unknowns[0])))
		return "98";
	return "other";
}
