/* JSON members, checked. */
#include "plan/read.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "stats/fault.h"

static const char *const notes[] = { "name", "id", "label", "title", "note", "comment", NULL };

static bool
listed(const char *word, const char *const list[])
{
	for (size_t i = 0; list[i] != NULL; i++)
		if (strcmp(word, list[i]) == 0)
			return true;
	return false;
}

static int
wrong(struct err *err, const char *key, const char *zh, const char *en)
{
	return fault_set(err, FAULT_INPUT, "“%s” 应为%s", "\"%s\" should be %s", key,
		LANG_PICK(zh, en));
}

/* The member, NULL where absent or null. */
static const json_t *
member(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_is_null(value) ? NULL : value;
}

int
read_known(const json_t *object, const char *const known[], struct err *err)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)object, key, value)
		if (!listed(key, known) && !listed(key, notes))
			return fault_set(err, FAULT_INPUT, "不认识 “%s”：请检查拼写",
				"\"%s\" means nothing here: check the spelling", key);
	return 0;
}

int
read_text(const char **text, const json_t *object, const char *key, struct err *err)
{
	const json_t *value = member(object, key);

	if (value == NULL)
		return 0;
	if (!json_is_string(value))
		return wrong(err, key, "文字", "a text");
	*text = json_string_value(value);
	return 0;
}

int
read_flag(bool *flag, const json_t *object, const char *key, struct err *err)
{
	const json_t *value = member(object, key);

	if (value == NULL)
		return 0;
	if (!json_is_boolean(value))
		return wrong(err, key, " true 或 false", "true or false");
	*flag = json_is_true(value);
	return 0;
}

int
read_number(double *number, const json_t *object, const char *key, struct err *err)
{
	const json_t *value = member(object, key);

	if (value == NULL)
		return 0;
	if (!json_is_number(value))
		return wrong(err, key, "数", "a number");
	*number = json_number_value(value);
	return 0;
}

int
read_level(double *level, const json_t *object, const char *key, struct err *err)
{
	double x = 0.5;

	if (read_number(&x, object, key, err) != 0)
		return FAULT_INPUT;
	if (!(x > 0 && x < 1))
		return wrong(err, key, " 0 与 1 之间的数，如 0.95", "between 0 and 1, as 0.95");
	if (member(object, key) != NULL)
		*level = x;
	return 0;
}

int
read_texts(const char *const **list, size_t *n, const json_t *object, const char *key,
	struct pool *pool, struct err *err)
{
	const json_t *value = member(object, key);
	size_t items = json_is_array(value) ? json_array_size(value) : 1;
	const char **text = pool_array(pool, items + 1, sizeof(*text));

	if (value == NULL)
		return 0;
	for (size_t i = 0; i < items; i++) {
		const json_t *one = json_is_array(value) ? json_array_get(value, i) : value;

		if (!json_is_string(one) && !json_is_null(one))
			return wrong(err, key, "文字或文字的列表", "a text or a list of texts");
		text[i] = json_string_value(one);
	}
	*list = text;
	*n = items;
	return 0;
}

int
read_numbers(const double **list, size_t *n, const json_t *object, const char *key,
	struct pool *pool, struct err *err)
{
	const json_t *value = member(object, key);
	size_t items = json_is_array(value) ? json_array_size(value) : 1;
	double *number = pool_array(pool, items + 1, sizeof(*number));

	if (value == NULL)
		return 0;
	for (size_t i = 0; i < items; i++) {
		const json_t *one = json_is_array(value) ? json_array_get(value, i) : value;

		if (!json_is_number(one))
			return wrong(err, key, "数或数的列表", "a number or a list of numbers");
		number[i] = json_number_value(one);
	}
	*list = number;
	*n = items;
	return 0;
}

int
read_object(const json_t **value, const json_t *object, const char *key, struct err *err)
{
	const json_t *found = member(object, key);

	if (found != NULL && !json_is_object(found))
		return wrong(err, key, "对象 {…}", "an object {...}");
	*value = found;
	return 0;
}

int
read_word(int *index, const json_t *object, const char *key, const char *const word[],
	struct err *err)
{
	const char *text = NULL;
	struct text all = TEXT_INIT;
	int rc;

	if (read_text(&text, object, key, err) != 0)
		return FAULT_INPUT;
	if (text == NULL)
		return 0;
	for (int i = 0; word[i] != NULL; i++)
		if (strcmp(text, word[i]) == 0) {
			*index = i;
			return 0;
		}
	for (int i = 0; word[i] != NULL; i++)
		text_fmt(&all, "%s%s", i > 0 ? ", " : "", word[i]);
	rc = fault_set(err, FAULT_INPUT, "“%s” 不能是 “%s”，只能是 %s",
		"\"%s\" cannot be \"%s\", only %s", key, text, text_str(&all));
	text_clear(&all);
	return rc;
}

int
read_required(const json_t *object, const char *key, struct err *err)
{
	return member(object, key) != NULL ? 0 :
		fault_set(err, FAULT_INPUT, "缺少 “%s”", "\"%s\" is missing", key);
}
