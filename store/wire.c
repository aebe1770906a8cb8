/* The few messages between intake and store. */
#include "store/wire.h"

#include <string.h>

#include "base/utf8.h"

static void
put_length(unsigned char at[4], size_t n)
{
	at[0] = (unsigned char)(n >> 24);
	at[1] = (unsigned char)(n >> 16);
	at[2] = (unsigned char)(n >> 8);
	at[3] = (unsigned char)n;
}

static size_t
get_length(const unsigned char at[4])
{
	return (size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3];
}

size_t
wire_begin(struct text *out, enum wire_type type)
{
	size_t begin = out->n;

	text_add(out, "\0\0\0\0", 4);
	text_putc(out, (char)type);
	return begin;
}

void
wire_put_bytes(struct text *out, const void *bytes, size_t n)
{
	unsigned char length[4];

	put_length(length, n);
	text_add(out, length, sizeof(length));
	text_add(out, bytes, n);
}

void
wire_put_text(struct text *out, const char *s)
{
	wire_put_bytes(out, s != NULL ? s : "", s != NULL ? strlen(s) : 0);
}

void
wire_put_number(struct text *out, int64_t n)
{
	char decimal[DECIMAL_MAX];

	wire_put_bytes(out, decimal, text_decimal(decimal, n));
}

void
wire_end(struct text *out, size_t begin)
{
	put_length((unsigned char *)out->s + begin, out->n - begin - 4);
}

void
wire_put_error(struct text *out, const struct err *err)
{
	size_t begin = wire_begin(out, WIRE_ERROR);

	wire_put_number(out, err->code);
	wire_put_text(out, err->text);
	wire_end(out, begin);
}

long
wire_frame(struct wire *wire, const void *bytes, size_t n, size_t max)
{
	const unsigned char *p = bytes;
	size_t length;

	if (n < 4)
		return 0;
	length = get_length(p);
	if (length == 0 || length > max)
		return -1;
	if (n - 4 < length)
		return 0;
	*wire = (struct wire){ .type = p[4], .p = p + 5, .n = length - 1 };
	return (long)(length + 4);
}

/* The bytes of the next field, or NULL. */
static const unsigned char *
next_field(struct wire *wire, size_t *n)
{
	const unsigned char *field;

	if (wire->bad || wire->n < 4 || get_length(wire->p) > wire->n - 4) {
		wire->bad = true;
		return NULL;
	}
	*n = get_length(wire->p);
	field = wire->p + 4;
	wire->p += 4 + *n;
	wire->n -= 4 + *n;
	return field;
}

const char *
wire_get_text(struct wire *wire, struct pool *pool)
{
	size_t n;
	const unsigned char *field = next_field(wire, &n);

	if (field == NULL)
		return "";
	if (memchr(field, '\0', n) != NULL || utf8_valid((const char *)field, n) != n) {
		wire->bad = true;
		return "";
	}
	return pool_strndup(pool, (const char *)field, n);
}

bool
wire_get_word(struct wire *wire, char *out, size_t most)
{
	size_t n;
	const unsigned char *field = next_field(wire, &n);

	out[0] = '\0';
	if (field == NULL)
		return false;
	if (n > most || memchr(field, '\0', n) != NULL || utf8_valid((const char *)field, n) != n) {
		wire->bad = true;
		return false;
	}
	memcpy(out, field, n);
	out[n] = '\0';
	return true;
}

/* Digits after an optional minus, no more than a number can have; false if it is anything
 * else or does not fit. */
static bool
read_number(int64_t *number, const unsigned char *s, size_t n)
{
	bool minus = n > 0 && s[0] == '-';
	uint64_t sum = 0, most = (uint64_t)INT64_MAX + minus;

	if (n == (size_t)minus || n >= DECIMAL_MAX)
		return false;
	for (size_t i = minus; i < n; i++) {
		unsigned digit = s[i] - (unsigned)'0';

		if (digit > 9 || sum > (most - digit) / 10)
			return false;
		sum = sum * 10 + digit;
	}
	*number = minus ? (int64_t)(0 - sum) : (int64_t)sum;
	return true;
}

int64_t
wire_get_number(struct wire *wire)
{
	size_t n;
	const unsigned char *field = next_field(wire, &n);
	int64_t number;

	if (field == NULL)
		return 0;
	if (!read_number(&number, field, n)) {
		wire->bad = true;
		return 0;
	}
	return number;
}

bool
wire_done(const struct wire *wire)
{
	return !wire->bad && wire->n == 0;
}
