/* Names and values as they come: from a page's body or from cells of a table. */
#include "forms/answers.h"

#include <string.h>

#include "forms/clean.h"
#include "forms/form.h"
#include "forms/response.h"

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decode from[0..n) to to, which never runs ahead.  Returns the length, -1 on a broken %XX. */
static long
decode(char *to, const char *from, size_t n)
{
	char *start = to;

	for (size_t i = 0; i < n; i++) {
		if (from[i] != '%') {
			*to++ = from[i] == '+' ? ' ' : from[i];
			continue;
		}
		if (n - i < 3 || hex(from[i + 1]) < 0 || hex(from[i + 2]) < 0)
			return -1;
		*to++ = (char)(hex(from[i + 1]) << 4 | hex(from[i + 2]));
		i += 2;
	}
	return to - start;
}

/* One "name=value" between two "&", decoded where it stands: there is room for each NUL. */
static int
take_pair(struct pair *pair, char *s, size_t n)
{
	char *equals = memchr(s, '=', n);
	size_t name_n = equals != NULL ? (size_t)(equals - s) : n;
	size_t value_n = equals != NULL ? n - name_n - 1 : 0;
	char *value = equals != NULL ? equals + 1 : s + n;
	long a = decode(s, s, name_n), b = decode(value, value, value_n);

	if (a < 0 || b < 0)
		return -1;
	s[a] = '\0';
	value[b] = '\0';
	*pair = (struct pair){ s, (size_t)a, value, (size_t)b };
	return 0;
}

int
answers_parse(struct answers *a, const char *body, size_t n, struct pool *pool, struct err *err)
{
	struct pair *pair;
	char *copy;
	size_t pairs = 0, room = 1;

	*a = (struct answers){ .pairs = 0 };
	if (n > FORM_BODY_MAX)
		return err_set(err, ERR_INPUT, "提交的内容太长：%zu 字节，最多 %d 字节",
			"the submission is too long: %zu bytes, at most %d", n, FORM_BODY_MAX);
	copy = pool_take(pool, n + 1);
	if (n > 0)
		memcpy(copy, body, n);
	for (size_t i = 0; i < n && room < ANSWERS_PAIRS_MAX; i++)
		room += copy[i] == '&';
	pair = pool_array(pool, room, sizeof(*pair));
	for (size_t at = 0, len; at < n; at += len + 1) {
		const char *end = memchr(copy + at, '&', n - at);

		len = end != NULL ? (size_t)(end - (copy + at)) : n - at;
		if (len == 0)
			continue;
		if (pairs == ANSWERS_PAIRS_MAX)
			return err_set(err, ERR_INPUT, "提交的内容太多：最多 %d 项",
				"the submission holds too much: at most %d fields",
				ANSWERS_PAIRS_MAX);
		if (take_pair(&pair[pairs++], copy + at, len) != 0)
			return err_set(err, ERR_INPUT,
				"提交的第 %zu 项编码不对：%% 后面应是两位十六进制数",
				"field %zu of the submission is badly"
				" encoded: %% takes two hex digits", pairs);
	}
	*a = (struct answers){ .pair = pair, .pairs = pairs };
	return 0;
}

bool
answers_named(const struct pair *pair, const char *name)
{
	return pair->name_n == strlen(name) && memcmp(pair->name, name, pair->name_n) == 0;
}

const char *
answers_get(const struct answers *a, const char *name)
{
	const char *found = NULL;

	for (size_t i = 0; i < a->pairs; i++) {
		const struct pair *p = &a->pair[i];

		if (!answers_named(p, name))
			continue;
		if (found != NULL || memchr(p->value, '\0', p->value_n) != NULL)
			return NULL;
		found = p->value;
	}
	return found;
}

/* How many pairs a cell becomes: for a multi one per word, else one. */
static size_t
cell_pairs(const char *cell, bool many)
{
	size_t n = 0;

	if (!many)
		return *cell != '\0';
	for (cell += strspn(cell, " "); *cell != '\0'; cell += strspn(cell, " ")) {
		cell += strcspn(cell, " ");
		n++;
	}
	return n;
}

static size_t
put_cell(struct pair *pair, const char *name, const char *cell, bool many, struct pool *pool)
{
	size_t n = cell_pairs(cell, many), len;

	for (size_t i = 0; i < n; i++) {
		cell += many ? strspn(cell, " ") : 0;
		len = many ? strcspn(cell, " ") : strlen(cell);
		pair[i] = (struct pair){ name, strlen(name), pool_strndup(pool, cell, len), len };
		cell += len;
	}
	return n;
}

void
answers_from_cells(struct answers *a, const struct form *form, const char *const name[],
	const char *const cell[], size_t n, struct pool *pool)
{
	bool *many = pool_array(pool, n + 1, sizeof(many[0]));
	struct pair *pair;
	size_t pairs = 0;

	for (size_t i = 0; i < n; i++) {
		int item = form_item(form, name[i]);

		many[i] = item >= 0 && form->item[item].kind == KIND_MULTI;
		pairs += cell_pairs(cell[i], many[i]);
	}
	pair = pool_array(pool, pairs + 1, sizeof(*pair));
	pairs = 0;
	for (size_t i = 0; i < n; i++)
		pairs += put_cell(pair + pairs, name[i], cell[i], many[i], pool);
	*a = (struct answers){ .pair = pair, .pairs = pairs, .typed_up = true };
}

const char *
answers_text(const struct pair *pair, struct pool *pool)
{
	return clean_text(pair->value, pair->value_n, pool);
}
