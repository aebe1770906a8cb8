/* JSON from values, whatever bytes their texts hold: jansson alone would answer NULL to
 * one that is not UTF-8. */
#include "base/json.h"

#include <stdarg.h>
#include <string.h>

#include "base/utf8.h"

json_t *
json_text(const char *s)
{
	return s == NULL ? json_null() : json_text_n(s, strlen(s));
}

json_t *
json_text_n(const char *s, size_t n)
{
	struct text shown = TEXT_INIT;
	json_t *made;

	if (memchr(s, '\0', n) == NULL && utf8_valid(s, n) == n) {
		made = (json_stringn)(s, n);
	} else {
		utf8_repair(&shown, s, n);
		made = (json_stringn)(text_str(&shown), shown.n);
		text_clear(&shown);
	}
	if (made == NULL)
		err_die("out of memory");
	return made;
}

json_t *
json_text_fmt(const char *fmt, ...)
{
	struct text text = TEXT_INIT;
	json_t *made;
	va_list ap;

	va_start(ap, fmt);
	text_vfmt(&text, fmt, ap);
	va_end(ap);
	made = json_text(text_str(&text));
	text_clear(&text);
	return made;
}

/* A format on its way, with the values that are still to come. */
struct making {
	const char *format;
	va_list value;
};

static char
next(struct making *m)
{
	m->format += strspn(m->format, " \t\n,:");
	return *m->format == '\0' ? '\0' : *m->format++;
}

static json_t *
or_null(json_t *value)
{
	return value != NULL ? value : json_null();
}

static json_t *make(struct making *m, char kind);

/* Members up to '}': each a key and a value. */
static json_t *
make_object(struct making *m)
{
	json_t *object = json_object();
	const char *key;
	char kind;

	while ((kind = next(m)) != '}' && kind != '\0') {
		key = va_arg(m->value, const char *);
		(void)json_object_set_new(object, key, make(m, next(m)));
	}
	return object;
}

static json_t *
make_array(struct making *m)
{
	json_t *array = json_array();
	char kind;

	while ((kind = next(m)) != ']' && kind != '\0')
		(void)json_array_append_new(array, make(m, kind));
	return array;
}

static json_t *
make(struct making *m, char kind)
{
	switch (kind) {
	case '{': return make_object(m);
	case '[': return make_array(m);
	case 's':
		m->format += *m->format == '?';
		return json_text(va_arg(m->value, const char *));
	case 'b': return json_boolean(va_arg(m->value, int));
	case 'i': return json_integer(va_arg(m->value, int));
	case 'I': return json_integer(va_arg(m->value, json_int_t));
	case 'f': return json_number(va_arg(m->value, double));
	case 'o': return or_null(va_arg(m->value, json_t *));
	case 'O': return or_null(json_incref(va_arg(m->value, json_t *)));
	case 'n': return json_null();
	default: err_die("json_make: a format it does not know");
	}
}

json_t *
json_make(const char *format, ...)
{
	struct making m = { .format = format };
	json_t *made;

	va_start(m.value, format);
	made = make(&m, next(&m));
	va_end(m.value);
	return made;
}
