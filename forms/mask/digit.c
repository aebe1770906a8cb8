/* Digits in the writing of the world, and in that of people who write around a filter. */
#include "forms/mask/digit.h"

#include <stddef.h>

#define N(list) (sizeof(list) / sizeof((list)[0]))

/* Nine characters in a row from `one`, which stands for 1. */
static int
in_row(const uint32_t one[], size_t n, uint32_t c)
{
	for (size_t i = 0; i < n; i++)
		if (c >= one[i] && c < one[i] + 9)
			return (int)(c - one[i]) + 1;
	return -1;
}

/* General category Nd: ten in a row from zero[]. */
static int
decimal(uint32_t c)
{
	static const uint32_t zero[] = {
		0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66,
		0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80,
		0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0,
		0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0,
		0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50,
		0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec,
		0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0
	};

	if (c < 0x80)
		return c >= '0' && c <= '9' ? (int)(c - '0') : -1;
	for (size_t i = 0; i < N(zero); i++)
		if (c >= zero[i] && c < zero[i] + 10)
			return (int)(c - zero[i]);
	return -1;
}

/* Superscripts and subscripts. */
static int
raised(uint32_t c)
{
	if (c == 0xb9)
		return 1;
	if (c == 0xb2 || c == 0xb3)
		return (int)(c - 0xb0);
	if (c == 0x2070 || (c >= 0x2074 && c <= 0x2079))
		return (int)(c - 0x2070);
	return c >= 0x2080 && c <= 0x2089 ? (int)(c - 0x2080) : -1;
}

static int
numeral(uint32_t c)
{
	static const struct { uint32_t c; int digit; } words[] = {
		{ 0x3007, 0 }, { 0x96f6, 0 }, { 0x25cb, 0 }, { 0x25ef, 0 }, { 0x4e00, 1 },
		{ 0x5e7a, 1 }, { 0x58f9, 1 }, { 0x58f1, 1 }, { 0x4e8c, 2 }, { 0x4e24, 2 },
		{ 0x8d30, 2 }, { 0x8cb3, 2 }, { 0x4e09, 3 }, { 0x53c1, 3 }, { 0x53c3, 3 },
		{ 0x56db, 4 }, { 0x8086, 4 }, { 0x4e94, 5 }, { 0x4f0d, 5 }, { 0x516d, 6 },
		{ 0x9646, 6 }, { 0x9678, 6 }, { 0x4e03, 7 }, { 0x67d2, 7 }, { 0x516b, 8 },
		{ 0x634c, 8 }, { 0x4e5d, 9 }, { 0x7396, 9 }, { 0x24ea, 0 }, { 0x24ff, 0 },
		{ 0x1f100, 0 }, { 0x1f101, 0 }, { 0x1f10b, 0 }, { 0x1f10c, 0 },
	};
	static const uint32_t one[] = { 0x2460, 0x2474, 0x2488, 0x24f5, 0x2776, 0x2780, 0x278a,
		0x3021, 0x3220, 0x3280, 0x1f102 };

	for (size_t i = 0; i < N(words); i++)
		if (c == words[i].c)
			return words[i].digit;
	return in_row(one, N(one), c);
}

int
digit_of(uint32_t c, bool *word)
{
	int digit = decimal(c);

	*word = false;
	if (digit < 0)
		digit = raised(c);
	if (digit >= 0)
		return digit;
	*word = true;
	return numeral(c);
}

char
digit_separator(uint32_t c)
{
	static const struct { uint32_t first, last; char sign; } block[] = {
		{ 0x2000, 0x200a, ' ' }, { 0x2010, 0x2015, '-' }, { 0x2028, 0x2029, ' ' },
	};
	static const struct { uint32_t c; char sign; } known[] = {
		{ ' ', ' ' }, { '\n', ' ' }, { '\t', ' ' }, { 0xa0, ' ' }, { 0x202f, ' ' },
		{ 0x205f, ' ' }, { 0x3000, ' ' }, { 0x3164, ' ' }, { '-', '-' }, { 0x2212, '-' },
		{ 0x30fc, '-' }, { 0xfe63, '-' }, { 0xff0d, '-' }, { '.', '.' }, { 0xb7, '.' },
		{ 0x2022, '.' }, { 0x2024, '.' }, { 0x2027, '.' }, { 0x22c5, '.' }, { 0x30fb, '.' },
		{ 0xff0e, '.' }, { ':', ':' }, { 0xff1a, ':' }, { ',', ',' }, { 0xff0c, ',' },
		{ 0x3001, ',' }, { '/', '/' }, { 0xff0f, '/' }, { '(', '(' }, { ')', ')' },
		{ '[', '(' }, { ']', ')' }, { 0xff08, '(' }, { 0xff09, ')' }, { 0x3014, '(' },
		{ 0x3015, ')' }, { '+', '+' }, { 0xff0b, '+' }, { '_', '_' }, { 0xff3f, '_' },
		{ '*', '_' }, { '|', '_' }, { '\\', '_' }, { '~', '_' }, { '#', '_' }, { '=', '=' },
		{ 0xff1d, '=' }, { '\'', '_' }, { '"', '_' }, { 0xff5e, '_' },
	};

	for (size_t i = 0; i < N(block); i++)
		if (c >= block[i].first && c <= block[i].last)
			return block[i].sign;
	for (size_t i = 0; i < N(known); i++)
		if (c == known[i].c)
			return known[i].sign;
	return 0;
}

bool
digit_glue(uint32_t c)
{
	static const struct { uint32_t first, last; } block[] = {
		{ 0xad, 0xad }, { 0x300, 0x36f }, { 0x61c, 0x61c }, { 0x115f, 0x1160 },
		{ 0x17b4, 0x17b5 }, { 0x180b, 0x180f }, { 0x1ab0, 0x1aff }, { 0x1dc0, 0x1dff },
		{ 0x200b, 0x200f }, { 0x202a, 0x202e }, { 0x2060, 0x206f }, { 0x20d0, 0x20ff },
		{ 0xfe00, 0xfe0f }, { 0xfe20, 0xfe2f }, { 0xfeff, 0xfeff }, { 0xffa0, 0xffa0 },
		{ 0xe0000, 0xe0fff },
	};

	for (size_t i = 0; i < N(block); i++)
		if (c >= block[i].first && c <= block[i].last)
			return true;
	return false;
}

bool
digit_sign(uint32_t c)
{
	static const struct { uint32_t first, last; } block[] = {
		{ '!', '#' }, { '&', '/' }, { ':', '@' }, { '[', '`' }, { '{', '~' },
		{ 0xa1, 0xa1 }, { 0xa6, 0xa9 }, { 0xab, 0xaf }, { 0xb4, 0xb8 }, { 0xbb, 0xbb },
		{ 0xbf, 0xbf }, { 0xd7, 0xd7 }, { 0xf7, 0xf7 }, { 0x2010, 0x2027 },
		{ 0x2032, 0x205e }, { 0x2190, 0x2bff }, { 0x3001, 0x303f }, { 0x30fb, 0x30fc },
		{ 0xfe10, 0xfe68 }, { 0xff01, 0xff03 }, { 0xff06, 0xff0f },
		{ 0xff1a, 0xff20 }, { 0xff3b, 0xff40 }, { 0xff5b, 0xff65 }, { 0xfffd, 0xfffd },
		{ 0x1f000, 0x1faff }
	};

	for (size_t i = 0; i < N(block); i++)
		if (c >= block[i].first && c <= block[i].last)
			return true;
	return false;
}

bool
digit_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	return c >= 0xc0 && !digit_sign(c) && !digit_glue(c) && digit_separator(c) == 0 &&
		(c < 0x2000 || c >= 0x2e80) && c != 0xff04 && c != 0xff05 && c != 0xffe5;
}
