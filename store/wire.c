/* The few messages between intake and store. */
#include "store/wire.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
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
	char decimal[24];

	snprintf(decimal, sizeof(decimal), "%" PRId64, n);
	wire_put_text(out, decimal);
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

int64_t
wire_get_number(struct wire *wire)
{
	size_t n;
	const unsigned char *field = next_field(wire, &n);
	char decimal[24], *end;
	long long number;

	if (field == NULL)
		return 0;
	if (n == 0 || n >= sizeof(decimal) || (field[0] != '-' && (field[0] < '0' || field[0] > '9'))) {
		wire->bad = true;
		return 0;
	}
	memcpy(decimal, field, n);
	decimal[n] = '\0';
	errno = 0;
	number = strtoll(decimal, &end, 10);
	if (end != decimal + n || errno != 0)
		wire->bad = true;
	return wire->bad ? 0 : number;
}

bool
wire_done(const struct wire *wire)
{
	return !wire->bad && wire->n == 0;
}
