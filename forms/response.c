/* A response and its stored form, a JSON array. */
#include "forms/response.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "forms/kind.h"

/* ---- out ---- */

static void
put_string(struct text *out, const char *s)
{
	text_putc(out, '"');
	for (; *s != '\0'; s++) {
		size_t n = strcspn(s, "\"\\\n");

		text_add(out, s, n);
		s += n;
		if (*s == '\0')
			break;
		text_puts(out, *s == '"' ? "\\\"" : *s == '\\' ? "\\\\" : "\\n");
	}
	text_putc(out, '"');
}

/* Digits go out as they are: a choice with a code is named by that number. */
static void
put_choice(struct text *out, const struct choice *choice)
{
	if (choice->code >= 0)
		text_puts(out, choice->name);
	else
		put_string(out, choice->name);
}

static void
put_many(struct text *out, const struct value *v)
{
	for (size_t i = 0; i < v->count; i++) {
		text_putc(out, i == 0 ? '[' : ',');
		put_choice(out, v->many[i]);
	}
	text_putc(out, ']');
}

static void
put_value(struct text *out, const struct value *v)
{
	if (v->state == VALUE_NOT_ASKED)
		text_puts(out, "null");
	else if (v->state == VALUE_SKIPPED)
		text_puts(out, "99");
	else if (v->state == VALUE_DONT_KNOW)
		text_puts(out, "98");
	else if (v->many != NULL)
		put_many(out, v);
	else if (v->choice != NULL)
		put_choice(out, v->choice);
	else
		put_string(out, v->text);
}

void
response_put_json(struct text *out, const struct response *r)
{
	text_putc(out, '[');
	for (size_t i = 0; i < r->form->items; i++) {
		if (i > 0)
			text_putc(out, ',');
		put_value(out, &r->value[i]);
	}
	text_putc(out, ']');
}

void
response_judge(struct response *r)
{
	r->flagged = r->form->flag.root != NULL && relevant_true(&r->form->flag, r->form, r);
	r->work_order = r->form->work_order.root != NULL &&
		relevant_true(&r->form->work_order, r->form, r);
}

/* ---- in: the store takes no submission without it, so by hand; any doubt is a misfit ---- */

struct scan {
	const char *p;
	struct pool *pool;
	bool misfit;
};

static void
space(struct scan *in)
{
	in->p += strspn(in->p, " \t\r\n");
}

static bool
sign(struct scan *in, char c)
{
	space(in);
	if (*in->p != c)
		return false;
	in->p++;
	return true;
}

/* A number as we write them: digits without sign or leading zero.  -1 if it is none. */
static int
scan_number(struct scan *in)
{
	size_t n;
	int x;

	space(in);
	n = strspn(in->p, "0123456789");
	if (n == 0 || n > 9 || (n > 1 && *in->p == '0'))
		return -1;
	x = atoi(in->p);
	in->p += n;
	return x;
}

static int
hex4(const char *p)
{
	static const char digits[22] = "0123456789abcdefABCDEF";
	const char *d;
	int x = 0;

	for (int i = 0; i < 4; i++) {
		if ((d = memchr(digits, p[i], sizeof(digits))) == NULL)
			return -1;
		x = x << 4 | (int)(d - digits < 16 ? d - digits : d - digits - 6);
	}
	return x;
}

static size_t
put_utf8(char *out, int c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

/* \uXXXX, or two of them for one character beyond the BMP; p on the u.  -1 if broken or NUL. */
static int
scan_unicode(const char **p)
{
	int c = hex4(*p + 1), low;

	*p += 5;
	if (c < 0xd800 || c > 0xdfff)
		return c > 0 ? c : -1;
	if (c >= 0xdc00 || (*p)[0] != '\\' || (*p)[1] != 'u')
		return -1;
	low = hex4(*p + 2);
	if (low < 0xdc00 || low > 0xdfff)
		return -1;
	*p += 6;
	return 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
}

/* What follows a backslash, into out; returns its bytes, 0 if it is no escape of JSON. */
static size_t
scan_escape(const char **p, char *out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *k;
	int c;

	if (**p == 'u') {
		if ((c = hex4(*p + 1)) < 0 || (c = scan_unicode(p)) < 0)
			return 0;
		return put_utf8(out, c);
	}
	assert(**p != '\0');	/* scan_string() has looked how far the string goes */
	if ((k = strchr(from, **p)) == NULL)
		return 0;
	++*p;
	*out = to[k - from];
	return 1;
}

/* A string in quotes, in the pool; NULL if it is none or not UTF-8. */
static const char *
scan_string(struct scan *in)
{
	const char *end;
	char *out, *to;
	size_t n;

	if (!sign(in, '"'))
		return NULL;
	for (end = in->p; *end != '"'; end++)
		if (*end == '\0' || (*end == '\\' && *++end == '\0'))
			return NULL;
	to = out = pool_take(in->pool, (size_t)(end - in->p) + 1);
	for (const char *p = in->p; p < end; ) {
		if ((unsigned char)*p < 0x20)
			return NULL;
		if (*p != '\\') {
			*to++ = *p++;
			continue;
		}
		p++;
		n = scan_escape(&p, to);
		if (n == 0 || p > end)
			return NULL;
		to += n;
	}
	*to = '\0';
	in->p = end + 1;
	return utf8_valid(out, (size_t)(to - out)) == (size_t)(to - out) ? out : NULL;
}

/* A choice of the item, by number or by name; NULL if it is neither. */
static const struct choice *
scan_choice(struct scan *in, const struct item *item)
{
	const struct choice *choice;
	const char *name;
	int code;

	space(in);
	if (*in->p == '"') {
		name = scan_string(in);
		choice = name != NULL ? form_choice(item, name) : NULL;
		return choice != NULL && choice->code < 0 ? choice : NULL;
	}
	code = scan_number(in);
	return code >= 0 ? form_choice_code(item, code) : NULL;
}

static void
scan_many(struct scan *in, const struct item *item, struct value *v)
{
	const struct choice *choice;

	v->state = VALUE_GIVEN;
	v->many = pool_array(in->pool, item->choices, sizeof(v->many[0]));
	do {
		choice = scan_choice(in, item);
		if (choice == NULL || choice->code == FORM_DONT_KNOW ||
				(v->count > 0 && choice <= v->many[v->count - 1])) {
			in->misfit = true;
			return;
		}
		v->many[v->count++] = choice;
	} while (sign(in, ','));
	in->misfit = !sign(in, ']');
}

/* 99 and 98, which every kind may have; false leaves the place unchanged. */
static bool
scan_special(struct scan *in, const struct item *item, struct value *v)
{
	const char *p;
	int code;

	space(in);
	p = in->p;
	code = p[0] == '9' ? scan_number(in) : -1;
	if (code == FORM_SKIPPED) {
		v->state = VALUE_SKIPPED;
		return true;
	}
	if (code == FORM_DONT_KNOW && item->dont_know) {
		*v = (struct value){ .state = VALUE_DONT_KNOW,
			.choice = form_choice_code(item, FORM_DONT_KNOW) };
		return true;
	}
	in->p = p;
	return false;
}

static void
scan_value(struct scan *in, const struct item *item, struct value *v)
{
	space(in);
	if (strncmp(in->p, "null", 4) == 0) {
		in->p += 4;
		return;
	}
	if (item->kind == KIND_PHONE) {
		in->misfit = true;
		return;
	}
	if (scan_special(in, item, v))
		return;
	v->state = VALUE_GIVEN;
	if (item->kind == KIND_MULTI) {
		if (sign(in, '['))
			scan_many(in, item, v);
		else
			in->misfit = true;
	} else if (kind_written(item->kind)) {
		v->text = scan_string(in);
		in->misfit = v->text == NULL ||
			utf8_count(v->text, strlen(v->text)) > item->max_chars;
	} else {
		v->choice = scan_choice(in, item);
		in->misfit = v->choice == NULL;
	}
}

int
response_from_json(struct response *r, const struct form *form, const char *json,
	struct pool *pool, struct err *err)
{
	struct value *value = pool_array(pool, form->items, sizeof(value[0]));
	struct scan in = { .p = json, .pool = pool };
	size_t i = 0;

	*r = (struct response){ 0 };
	in.misfit = !sign(&in, '[');
	for (; i < form->items && !in.misfit; i++) {
		if (i > 0 && !sign(&in, ','))
			break;
		scan_value(&in, &form->item[i], &value[i]);
	}
	if (!in.misfit)
		in.misfit = i < form->items || !sign(&in, ']');
	space(&in);
	if (in.misfit || *in.p != '\0')
		return err_set(err, ERR_INPUT,
			"存储的回答不符合问卷 %s（%s）：第 %zu 题，第 %zu 个字节",
			"the stored answers do not fit form %s (%s): item %zu, byte %zu", form->id,
			form->version, i, (size_t)(in.p - json) + 1);
	*r = (struct response){ .form = form, .value = value };
	response_judge(r);
	return 0;
}
