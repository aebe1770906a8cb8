/* Single values of a form file, each checked and named when wrong. */
#include <string.h>

#include "forms/load/load.h"

enum { TEXT_BYTES_MAX = 8000 };

static const json_t *
present(struct loader *l, const json_t *object, const char *key, const char *where,
	enum need need)
{
	const json_t *value = json_object_get(object, key);

	if (value == NULL && need == NEED)
		fault_add(l->faults, where, FAULT_NO_KEY, key);
	return value;
}

static bool
wrong_type(struct loader *l, const char *where, const char *key, const char *zh, const char *en)
{
	fault_add(l->faults, fault_key(l->faults, where, key), FAULT_TYPE, key,
		LANG_PICK(zh, en));
	return false;
}

/* Offset of the first control character other than a line end, or n. */
static size_t
plain(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && ((unsigned char)s[i] >= 0x20 || s[i] == '\n') && s[i] != 0x7f)
		i++;
	return i;
}

/* A string's text in the pool, or NULL after a fault. */
static const char *
text_value(struct loader *l, const json_t *value, const char *where, const char *key)
{
	const char *s = json_string_value(value);
	size_t n = json_string_length(value);

	if (s == NULL) {
		wrong_type(l, where, key, "带引号的文字", "text in quotes");
		return NULL;
	}
	where = fault_key(l->faults, where, key);
	if (n == 0)
		fault_add(l->faults, where, FAULT_EMPTY, key);
	else if (n > TEXT_BYTES_MAX)
		fault_add(l->faults, where, FAULT_LONG, key,
			fault_number(l->faults, TEXT_BYTES_MAX));
	else if (plain(s, n) < n)
		fault_add(l->faults, where, FAULT_CONTROL, key);
	else
		return pool_strndup(l->pool, s, n);
	return NULL;
}

bool
load_text(struct loader *l, const json_t *object, const char *key, const char *where,
	enum need need, const char **out)
{
	const json_t *value = present(l, object, key, where, need);
	const char *s;

	if (value == NULL)
		return need == NEED_NOT;
	s = text_value(l, value, where, key);
	if (s == NULL)
		return false;
	*out = s;
	return true;
}

bool
load_bool(struct loader *l, const json_t *object, const char *key, const char *where,
	enum need need, bool *out)
{
	static const struct { const char *word; bool value; } known[] = {
		{ "yes", true }, { "no", false }, { "true()", true }, { "false()", false },
	};
	const json_t *value = present(l, object, key, where, need);
	const char *s = json_string_value(value);

	if (value == NULL)
		return need == NEED_NOT;
	if (json_is_boolean(value)) {
		*out = json_is_true(value);
		return true;
	}
	for (size_t i = 0; s != NULL && i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(s, known[i].word) == 0) {
			*out = known[i].value;
			return true;
		}
	return wrong_type(l, where, key, " true 或 false", "true or false");
}

bool
load_int(struct loader *l, const json_t *object, const char *key, const char *where,
	enum need need, unsigned min, unsigned max, int *out)
{
	const json_t *value = present(l, object, key, where, need);

	if (value == NULL)
		return need == NEED_NOT;
	if (!json_is_integer(value))
		return wrong_type(l, where, key, "整数", "a whole number");
	if (json_integer_value(value) < min || json_integer_value(value) > max) {
		fault_add(l->faults, fault_key(l->faults, where, key), FAULT_RANGE, key,
			fault_number(l->faults, min), fault_number(l->faults, max));
		return false;
	}
	*out = (int)json_integer_value(value);
	return true;
}

const json_t *
load_array(struct loader *l, const json_t *object, const char *key, const char *where,
	enum need need)
{
	const json_t *value = present(l, object, key, where, need);

	if (value == NULL || json_is_array(value))
		return value;
	wrong_type(l, where, key, "数组 […]", "an array [...]");
	return NULL;
}

bool
load_name_fits(const char *name, bool letter, bool dash)
{
	size_t n = strlen(name);

	if (n == 0 || n > FORM_NAME_MAX)
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = name[i];
		bool alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		bool digit = c >= '0' && c <= '9';

		if (!alpha && (letter && i == 0))
			return false;
		if (!alpha && !digit && c != '_' && !(dash && c == '-'))
			return false;
	}
	return true;
}

bool
load_in(const char *word, const char *const list[])
{
	for (size_t i = 0; list[i] != NULL; i++)
		if (strcmp(word, list[i]) == 0)
			return true;
	return false;
}
