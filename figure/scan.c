/* A stored answers array as integers, fast. */
#include "figure/scan.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { DIRECT_MAX = 128 };

/* A choice by its code, sorted by code. */
struct scan_code {
	int code, choice;
};

struct scan_item {
	const struct item *item;
	signed char direct[DIRECT_MAX];	/* choice of a code 0..127, or -1 */
	const struct scan_code *code;	/* every choice, by code */
	size_t codes;
};

struct scan {
	const struct scan_item *item;
	size_t items;
};

static int
code_order(const void *a, const void *b)
{
	int x = ((const struct scan_code *)a)->code, y = ((const struct scan_code *)b)->code;

	return (x > y) - (x < y);
}

static void
item_make(struct scan_item *s, const struct item *item, struct pool *pool)
{
	struct scan_code *code = pool_array(pool, item->choices + 1, sizeof(*code));

	s->item = item;
	memset(s->direct, -1, sizeof(s->direct));
	for (size_t i = 0; i < item->choices; i++) {
		code[i] = (struct scan_code){ item->choice[i].code, (int)i };
		if (code[i].code >= 0 && code[i].code < DIRECT_MAX)
			s->direct[code[i].code] = (signed char)i;
	}
	qsort(code, item->choices, sizeof(*code), code_order);
	s->code = code;
	s->codes = item->choices;
}

const struct scan *
scan_make(const struct form *form, struct pool *pool)
{
	struct scan *scan = pool_take(pool, sizeof(*scan));
	struct scan_item *item = pool_array(pool, form->items, sizeof(*item));

	for (size_t i = 0; i < form->items; i++)
		item_make(&item[i], &form->item[i], pool);
	scan->item = item;
	scan->items = form->items;
	return scan;
}

static int
item_choice(const struct scan_item *s, int code)
{
	size_t low = 0, high = s->codes, mid;

	if (code >= 0 && code < DIRECT_MAX)
		return s->direct[code];
	while (low < high) {
		mid = (low + high) / 2;
		if (s->code[mid].code == code)
			return s->code[mid].choice;
		if (s->code[mid].code < code)
			low = mid + 1;
		else
			high = mid;
	}
	return -1;
}

/* A choice by the name in quotes; names are plain ASCII, so no escape can occur in a known one. */
static int
item_named(const struct scan_item *s, const char *name, size_t n)
{
	for (size_t i = 0; i < s->item->choices; i++)
		if (strncmp(s->item->choice[i].name, name, n) == 0 &&
				s->item->choice[i].name[n] == '\0')
			return (int)i;
	return -1;
}

static inline const char *
skip_blank(const char *p)
{
	while (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r')
		p++;
	return p;
}

/* A whole number of at most nine digits; NULL for anything else. */
static inline const char *
read_digits(const char *p, int *number)
{
	const char *start = p;
	int x = 0;

	while (*p >= '0' && *p <= '9' && p - start < 9)
		x = 10 * x + (*p++ - '0');
	if (p == start || (*p >= '0' && *p <= '9') || *p == '.' || *p == 'e' || *p == 'E')
		return NULL;
	*number = x;
	return p;
}

/* From the opening quote to after the closing one; *t is the inside. */
static const char *
read_string(const char *p, struct scan_text *t)
{
	t->s = ++p;
	for (; *p != '"'; p++) {
		if (*p == '\\')
			p++;
		if (*p == '\0')
			return NULL;
	}
	t->n = (size_t)(p - t->s);
	return p + 1;
}

/* One number or name of a choice; *choice its place, -1 for 98 and 99, and *code the value. */
static inline const char *
read_choice(const struct scan_item *s, const char *p, int *choice, int *code)
{
	struct scan_text name;

	if (*p == '"') {
		p = read_string(p, &name);
		*choice = p == NULL ? -1 : item_named(s, name.s, name.n);
		if (*choice < 0)
			return NULL;
		*code = s->item->choice[*choice].code;
		return p;
	}
	p = read_digits(p, code);
	if (p == NULL)
		return NULL;
	*choice = item_choice(s, *code);
	if (*choice < 0 && *code != FORM_DONT_KNOW && *code != FORM_SKIPPED)
		return NULL;
	return p;
}

static const char *
read_many(const struct scan_item *s, const char *p, uint8_t *to, struct scan_set *set)
{
	struct scan_set ticked = { { 0, 0 } };
	int choice, code;

	for (p = skip_blank(p + 1); *p != ']'; p = skip_blank(p)) {
		p = read_choice(s, p, &choice, &code);
		if (p == NULL || choice < 0)
			return NULL;
		ticked.bit[choice / 64] |= UINT64_C(1) << choice % 64;
		p = skip_blank(p);
		if (*p == ',')
			p = skip_blank(p + 1);
		else if (*p != ']')
			return NULL;
	}
	*to = 0;
	if (set != NULL)
		*set = ticked;
	return p + 1;
}

static const char *
read_text(const char *p, uint8_t *to, struct scan_text *text)
{
	struct scan_text t;

	p = read_string(p, &t);
	*to = p == NULL || t.n == 0 ? SCAN_NONE : 0;
	if (text != NULL)
		*text = t;
	return p;
}

static inline const char *
read_value(const struct scan_item *s, const char *p, uint8_t *to, struct scan_set *set,
	struct scan_text *text)
{
	int choice, code;

	if (*p == 'n') {
		*to = SCAN_NONE;
		return strncmp(p, "null", 4) == 0 ? p + 4 : NULL;
	}
	if (*p == '[')
		return s->item->kind == KIND_MULTI ? read_many(s, p, to, set) : NULL;
	if (*p == '"' && kind_written(s->item->kind))
		return read_text(p, to, text);
	p = read_choice(s, p, &choice, &code);
	if (p == NULL)
		return NULL;
	*to = code == FORM_DONT_KNOW ? SCAN_DONT_KNOW : code == FORM_SKIPPED ? SCAN_SKIPPED :
		(uint8_t)choice;
	return s->item->kind == KIND_MULTI && *to < SCAN_SKIPPED ? NULL : p;
}

int
scan_row(const struct scan *scan, const char *json, uint8_t code[], struct scan_set set[],
	struct scan_text text[])
{
	const char *p = skip_blank(json);
	size_t i;

	if (*p != '[')
		return -1;
	for (p++, i = 0; i < scan->items; i++) {
		if (text != NULL)
			text[i] = (struct scan_text){ NULL, 0 };
		p = read_value(&scan->item[i], skip_blank(p), &code[i],
			set == NULL ? NULL : &set[i], text == NULL ? NULL : &text[i]);
		if (p == NULL)
			return -1;
		p = skip_blank(p);
		if (*p != (i + 1 < scan->items ? ',' : ']'))
			return -1;
		p++;
	}
	return scan->items > 0 && *skip_blank(p) == '\0' ? 0 : -1;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Four hex digits at p, or -1. */
static long
hex_four(const char *p, const char *end)
{
	long x = 0;
	int d;

	if (end - p < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		d = hex_digit(p[i]);
		if (d < 0)
			return -1;
		x = 16 * x + d;
	}
	return x;
}

static size_t
utf8_put(char out[4], unsigned long c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

/* After "\u": one code point, surrogates joined; *p moves on. */
static unsigned long
read_unicode(const char **p, const char *end)
{
	long high = hex_four(*p, end), low;

	if (high < 0)
		return 0xFFFD;
	*p += 4;
	if (high < 0xD800 || high > 0xDFFF)
		return (unsigned long)high;
	if (high > 0xDBFF || end - *p < 6 || (*p)[0] != '\\' || (*p)[1] != 'u')
		return 0xFFFD;
	low = hex_four(*p + 2, end);
	if (low < 0xDC00 || low > 0xDFFF)
		return 0xFFFD;
	*p += 6;
	return 0x10000 + ((unsigned long)(high - 0xD800) << 10) + (unsigned long)(low - 0xDC00);
}

/* The next character of the text as UTF-8 bytes; *p moves on. */
static size_t
next_char(char c[4], const char **p, const char *end)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *which;
	size_t n = 0;

	if (**p != '\\' || end - *p < 2) {
		do
			c[n++] = *(*p)++;
		while (n < 4 && *p < end && (**p & 0xC0) == 0x80);
		return n;
	}
	*p += 2;
	if ((*p)[-1] == 'u')
		return utf8_put(c, read_unicode(p, end));
	which = strchr(from, (*p)[-1]);
	c[0] = which == NULL ? (*p)[-1] : to[which - from];
	return 1;
}

size_t
scan_unescape(char *out, size_t room, struct scan_text text)
{
	const char *p = text.s, *end = p + text.n;
	size_t k = 0, n;
	char c[4];

	while (text.n > 0 && p < end) {
		n = next_char(c, &p, end);
		if (k + n > room)
			break;
		memcpy(out + k, c, n);
		k += n;
	}
	return k;
}
