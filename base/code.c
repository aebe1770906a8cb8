/* Crockford's base 32 with Luhn's sum mod 32. */
#include "base/code.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static int
digit_of(char c)
{
	const char *p = c != '\0' ? strchr(alphabet, c) : NULL;

	return p != NULL ? (int)(p - alphabet) : -1;
}

/* Luhn mod N: every second digit from the right is doubled, its two digits to base N added. */
static char
check_of(const char *s, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++) {
		int d = digit_of(s[n - 1 - i]) * (i % 2 == 0 ? 2 : 1);

		sum += d / 32 + d % 32;
	}
	return alphabet[(32 - sum % 32) % 32];
}

static void
finish(char *out, size_t n)
{
	out[n - 1] = check_of(out, n - 1);
	out[n] = '\0';
}

void
code_make(char *out, size_t n, uint64_t value)
{
	assert(n >= 2 && n <= 13);
	for (size_t i = n - 1; i-- > 0; value >>= 5)
		out[i] = alphabet[value & 31];
	finish(out, n);
}

void
code_from_bytes(char *out, size_t n, const unsigned char *bytes, size_t bytes_n)
{
	assert(n >= 2 && (n - 1) * 5 <= bytes_n * 8);
	for (size_t i = 0; i < n - 1; i++) {
		size_t bit = i * 5, at = bit / 8;
		unsigned two = (unsigned)bytes[at] << 8;

		if (at + 1 < bytes_n)
			two |= bytes[at + 1];
		out[i] = alphabet[two >> (11 - bit % 8) & 31];
	}
	finish(out, n);
}

/* Blanks and dashes, and what messages and keyboards slip in between, which nobody sees. */
static bool
for_the_eye(uint32_t c)
{
	return c == ' ' || c == '-' || c == 0xa0 || (c >= 0x2010 && c <= 0x2015) || c == 0x3000 ||
		c == 0xfe0f || utf8_unseen(c);
}

/* The symbol a typed character stands for, 0 if it is only there for the eye, -1 if it is none.
 * Phones with a Chinese keyboard give full-width letters and dashes. */
static int
symbol_of(uint32_t c)
{
	if (c >= 0xff01 && c <= 0xff5e)
		c -= 0xfee0;
	if (for_the_eye(c))
		return 0;
	if (c >= 'a' && c <= 'z')
		c -= 'a' - 'A';
	if (c == 'I' || c == 'L')
		return '1';
	if (c == 'O')
		return '0';
	return c < 0x80 && digit_of((char)c) >= 0 ? (int)c : -1;
}

int
code_normal(char *out, size_t n, const char *typed)
{
	size_t left = strlen(typed), len, k = 0;

	assert(n >= 2);
	for (; left > 0; typed += len, left -= len) {
		int c = symbol_of(utf8_next(typed, left, &len));

		if (c < 0 || (c > 0 && k == n))
			return -1;
		if (c > 0)
			out[k++] = (char)c;
	}
	if (k != n || check_of(out, n - 1) != out[n - 1])
		return -1;
	out[n] = '\0';
	return 0;
}

/* n symbols from s on, and then none close by; their check character must fit. */
static bool
begins_code(char *out, size_t n, const char *s, size_t left)
{
	size_t len, k = 0;
	int c = 0;

	for (; left > 0 && k < n && c >= 0; s += len, left -= len) {
		c = symbol_of(utf8_next(s, left, &len));
		if (c > 0)
			out[k++] = (char)c;
	}
	if (k < n || (left > 0 && symbol_of(utf8_next(s, left, &len)) > 0) ||
			check_of(out, n - 1) != out[n - 1])
		return false;
	out[n] = '\0';
	return true;
}

/* Behind the last "/Q/" of an address, where its code stands. */
static const char *
behind_room(const char *s)
{
	const char *found = s;

	for (; *s != '\0'; s++)
		if (s[0] == '/' && ((s[1] >= 'A' && s[1] <= 'Z') || (s[1] >= 'a' && s[1] <= 'z')) &&
				s[2] == '/')
			found = s + 3;
	return found;
}

int
code_find(char *out, size_t n, const char *typed)
{
	const char *s = behind_room(typed);
	size_t left = strlen(s), len;
	bool within = false;

	if (code_normal(out, n, typed) == 0)
		return 0;
	for (; left > 0; s += len, left -= len) {
		bool symbol = symbol_of(utf8_next(s, left, &len)) > 0;

		if (symbol && !within && begins_code(out, n, s, left))
			return 0;
		within = symbol;
	}
	return -1;
}

static bool
fits_key(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		c == '_' || c == '.' || c == ':' || c == '-';
}

size_t
code_key(const char *key)
{
	size_t n = 0;

	while (n <= KEY_MAX && fits_key(key[n]))
		n++;
	return n <= KEY_MAX && key[n] == '\0' ? n : 0;
}
