/* Measures as JSON text and back, to the last bit. */
#include "figure/session.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/sha256.h"
#include "base/text.h"

/* The numbers of an estimate by name. */
static const struct {
	const char *name;
	size_t at;
} number[] = {
	{ "value", offsetof(struct estimate, value) },
	{ "se", offsetof(struct estimate, se) },
	{ "low", offsetof(struct estimate, low) },
	{ "high", offsetof(struct estimate, high) },
	{ "level", offsetof(struct estimate, level) },
	{ "df", offsetof(struct estimate, df) },
	{ "n", offsetof(struct estimate, n) },
	{ "n_eff", offsetof(struct estimate, n_eff) },
	{ "kish", offsetof(struct estimate, kish) },
	{ "deff", offsetof(struct estimate, deff) },
};
enum { NUMBERS = sizeof(number) / sizeof(number[0]) };

/* Strings of a figure by name. */
static const struct {
	const char *name;
	size_t at;
} string[] = {
	{ "form", offsetof(struct figure, form) },
	{ "index", offsetof(struct figure, index) },
	{ "index_zh", offsetof(struct figure, index_label.in[LANG_ZH]) },
	{ "index_en", offsetof(struct figure, index_label.in[LANG_EN]) },
	{ "domain", offsetof(struct figure, domain) },
	{ "domain_zh", offsetof(struct figure, domain_label.in[LANG_ZH]) },
	{ "domain_en", offsetof(struct figure, domain_label.in[LANG_EN]) },
	{ "stream", offsetof(struct figure, stream) },
	{ "margins", offsetof(struct figure, margins) },
	{ "margins_hash", offsetof(struct figure, margins_hash) },
	{ "err_code", offsetof(struct figure, err_code) },
	{ "note_zh", offsetof(struct figure, note.in[LANG_ZH]) },
	{ "note_en", offsetof(struct figure, note.in[LANG_EN]) },
	{ "method", offsetof(struct figure, estimate.method) },
	{ "mapping", offsetof(struct figure, estimate.mapping) },
	{ "population", offsetof(struct figure, estimate.population) },
};
enum { STRINGS = sizeof(string) / sizeof(string[0]) };

/* Infinite df would be lost as null: kept as a word. */
static json_t *
number_write(double x)
{
	return isinf(x) ? json_string(x > 0 ? "inf" : "-inf") : json_number(x);
}

static double
number_read(const json_t *v)
{
	if (json_is_string(v))
		return strcmp(json_string_value(v), "inf") == 0 ? INFINITY : -INFINITY;
	return json_is_number(v) ? json_number_value(v) : NAN;
}

static json_t *
figure_write(const struct figure *m)
{
	json_t *o = json_object();

	for (size_t i = 0; i < STRINGS; i++)
		json_object_set_new(o, string[i].name,
			json_string(*(const char *const *)((const char *)m + string[i].at)));
	for (size_t i = 0; i < NUMBERS; i++)
		json_object_set_new(o, number[i].name,
			number_write(*(const double *)((const char *)&m->estimate + number[i].at)));
	json_object_set_new(o, "year", json_integer(m->year));
	json_object_set_new(o, "wave", json_integer(m->wave));
	json_object_set_new(o, "simulated", json_boolean(m->simulated));
	json_object_set_new(o, "err", json_integer(m->err.code));
	json_object_set_new(o, "err_zh", json_string(err_in(&m->err, LANG_ZH)));
	json_object_set_new(o, "err_en", json_string(err_in(&m->err, LANG_EN)));
	return o;
}

const char *
cache_sum(const char *state, const json_t *list, struct pool *pool)
{
	struct text t = TEXT_INIT;
	char *hex = pool_take(pool, 65);

	text_fmt(&t, "%s\n", state);
	json_put(&t, list, 0);
	sha256_hex(hex, t.s, t.n);
	text_clear(&t);
	return hex;
}

const char *
cache_write(const char *state, const struct figure figure[], size_t n, struct pool *pool)
{
	json_t *o = json_object(), *list = json_array();
	struct text t = TEXT_INIT;
	const char *s;

	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, figure_write(&figure[i]));
	json_object_set_new(o, "state", json_string(state));
	json_object_set_new(o, "sum", json_string(cache_sum(state, list, pool)));
	json_object_set_new(o, "measures", list);
	json_put(&t, o, 0);
	json_decref(o);
	s = pool_strdup(pool, text_str(&t));
	text_clear(&t);
	return s;
}

static int
text_read(char *out, size_t room, const json_t *v)
{
	const char *text = json_string_value(v);

	if (text == NULL || strlen(text) >= room)
		return -1;
	strcpy(out, text);
	return 0;
}

static int
figure_read(struct figure *m, const json_t *o, struct pool *pool)
{
	const char *text;

	for (size_t i = 0; i < STRINGS; i++) {
		text = json_string_value(json_object_get(o, string[i].name));
		if (text == NULL)
			return -1;
		*(const char **)((char *)m + string[i].at) = pool_strdup(pool, text);
	}
	for (size_t i = 0; i < NUMBERS; i++)
		*(double *)((char *)&m->estimate + number[i].at) =
			number_read(json_object_get(o, number[i].name));
	m->estimate.stream = m->stream;
	m->year = (int)json_integer_value(json_object_get(o, "year"));
	m->wave = json_integer_value(json_object_get(o, "wave"));
	m->simulated = json_is_true(json_object_get(o, "simulated"));
	m->err.code = (enum err_code)json_integer_value(json_object_get(o, "err"));
	if (text_read(m->err.text, sizeof(m->err.text),
			json_object_get(o, LANG_PICK("err_zh", "err_en"))) != 0 ||
			text_read(m->err.other, sizeof(m->err.other),
			json_object_get(o, LANG_PICK("err_en", "err_zh"))) != 0)
		return -1;
	return 0;
}

int
cache_read(const char *json, const char *state, const struct figure **figure, size_t *n,
	struct pool *pool)
{
	json_t *o = json_loads(json, 0, NULL), *list = json_object_get(o, "measures");
	const char *was = json_string_value(json_object_get(o, "state"));
	const char *sum = json_string_value(json_object_get(o, "sum"));
	struct figure *m;
	size_t i;
	int rc = -1;

	if (was == NULL || strcmp(was, state) != 0 || !json_is_array(list) || sum == NULL ||
			strcmp(sum, cache_sum(state, list, pool)) != 0)
		goto out;
	m = pool_array(pool, json_array_size(list) + 1, sizeof(*m));
	for (i = 0; i < json_array_size(list); i++)
		if (figure_read(&m[i], json_array_get(list, i), pool) != 0)
			goto out;
	*figure = m;
	*n = i;
	rc = 0;
out:
	json_decref(o);
	return rc;
}
