/* Single values of a programme's file, each checked and named when wrong. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "track/programme/in.h"

enum { TEXT_BYTES_MAX = 4000, SAID_MAX = 600 };

void
programme_fault(struct programme_reader *r, const char *where, const char *zh, const char *en, ...)
{
	struct fault *f = &r->fault[r->faults];
	char said[SAID_MAX];
	va_list ap;

	if (r->faults == PROGRAMME_FAULTS_MAX)
		return;
	r->faults++;
	va_start(ap, en);
	vsnprintf(said, sizeof(said), lang_get() == LANG_ZH ? zh : en, ap);
	va_end(ap);
	*f = (struct fault){ .where = where, .what = pool_strdup(r->pool, said), .instead = "" };
	json_where(r->source, where, &f->line, &f->column);
}

const char *
programme_at(struct programme_reader *r, const char *where, const char *key)
{
	return pool_fmt(r->pool, "%s/%s", where, key);
}

const char *
programme_nth(struct programme_reader *r, const char *where, size_t i)
{
	return pool_fmt(r->pool, "%s/%zu", where, i);
}

/* "id, title, rows" */
static const char *
joined(struct programme_reader *r, const char *const word[])
{
	const char *out = "";

	for (size_t i = 0; word[i] != NULL; i++)
		out = pool_fmt(r->pool, "%s%s%s", out, i > 0 ? LANG_PICK("、", ", ") : "", word[i]);
	return out;
}

bool
programme_keys(struct programme_reader *r, const json_t *object, const char *where,
	const char *const allowed[])
{
	const char *key;
	json_t *value;
	size_t i;

	if (!json_is_object(object)) {
		programme_fault(r, where, "这里应是 { }，里面可写：%s",
			"an object is expected here, with: %s", joined(r, allowed));
		return false;
	}
	json_object_foreach((json_t *)object, key, value) {
		for (i = 0; allowed[i] != NULL && strcmp(allowed[i], key) != 0; i++)
			continue;
		if (allowed[i] == NULL)
			programme_fault(r, programme_at(r, where, key), "不认识“%s”；这里可写：%s",
				"“%s” is not known; here may stand: %s", key, joined(r, allowed));
	}
	return true;
}

static const json_t *
present(struct programme_reader *r, const json_t *object, const char *key, const char *where,
	enum need need)
{
	const json_t *value = json_object_get(object, key);

	if ((value == NULL || json_is_null(value)) && need == NEED)
		programme_fault(r, where, "缺“%s”", "“%s” is missing", key);
	return json_is_null(value) ? NULL : value;
}

static bool
plain(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			return false;
	return true;
}

static const char *
text_of(struct programme_reader *r, const json_t *value, const char *where)
{
	const char *s = json_string_value(value);

	if (s == NULL)
		programme_fault(r, where, "应是带引号的文字", "text in quotes is expected");
	else if (strlen(s) > TEXT_BYTES_MAX || !plain(s))
		programme_fault(r, where, "文字太长，或含有换行等控制字符",
			"the text is too long or holds control characters");
	else
		return pool_strdup(r->pool, s);
	return "";
}

const char *
programme_text(struct programme_reader *r, const json_t *object, const char *key, const char *where,
	enum need need)
{
	const json_t *value = present(r, object, key, where, need);
	const char *s = value == NULL ? "" : text_of(r, value, programme_at(r, where, key));

	if (value != NULL && json_is_string(value) &&
			json_string_length(value) == 0 && need == NEED)
		programme_fault(r, programme_at(r, where, key), "“%s”不能空",
			"“%s” must not be empty", key);
	return s;
}

void
programme_english(struct programme_reader *r, const char *zh, const char *en, const char *where)
{
	struct english *e = &r->english;
	struct english_pair *grown;

	if (zh[0] == '\0' || en[0] == '\0' || strcmp(zh, en) == 0)
		return;
	for (size_t i = 0; i < e->n; i++) {
		if (strcmp(e->pair[i].zh, zh) != 0)
			continue;
		if (strcmp(e->pair[i].en, en) != 0)
			programme_fault(r, where, "“%s”前面已有另一种英文“%s”：同一文字只能有一种",
				"“%s” has other English "
				"before, “%s”: a text has one", zh, e->pair[i].en);
		return;
	}
	if (e->n == r->english_room) {
		r->english_room = r->english_room == 0 ? 256 : 2 * r->english_room;
		grown = pool_array(r->pool, r->english_room, sizeof(*grown));
		if (e->n > 0)
			memcpy(grown, e->pair, e->n * sizeof(*grown));
		e->pair = grown;
	}
	e->pair[e->n++] = (struct english_pair){ zh, en };
}

struct words
programme_words(struct programme_reader *r, const json_t *object, const char *key,
	const char *where, enum need need)
{
	static const char *const keys[] = { "zh", "en", NULL };
	const json_t *value = present(r, object, key, where, need);
	const char *s;

	if (value == NULL)
		return (struct words){ { "", "" } };
	where = programme_at(r, where, key);
	if (json_is_string(value)) {
		s = text_of(r, value, where);
		return (struct words){ { s, s } };
	}
	if (!programme_keys(r, value, where, keys))
		return (struct words){ { "", "" } };
	return (struct words){ { programme_text(r, value, "zh", where, NEED),
		programme_text(r, value, "en", where, NEED) } };
}

const char *
programme_named(struct programme_reader *r, const json_t *object, const char *key,
	const char *where, enum need need)
{
	struct words w = programme_words(r, object, key, where, need);

	if (json_is_object(json_object_get(object, key)))
		programme_english(r, w.in[LANG_ZH], w.in[LANG_EN], programme_at(r, where, key));
	if (need == NEED && json_is_string(json_object_get(object, key)) &&
			w.in[LANG_ZH][0] == '\0')
		programme_fault(r, programme_at(r, where, key), "“%s”不能空",
			"“%s” must not be empty", key);
	return w.in[LANG_ZH];
}

const char *const *
programme_texts(struct programme_reader *r, const json_t *object, const char *key,
	const char *where, enum need need, size_t *n)
{
	const json_t *value = present(r, object, key, where, need);
	const char **text = pool_array(r->pool, json_array_size(value) + 1, sizeof(*text));
	json_t *one;
	size_t i;

	*n = 0;
	where = programme_at(r, where, key);
	if (value != NULL && !json_is_array(value))
		programme_fault(r, where, "应是 [ ] 里的文字", "a list of texts is expected");
	json_array_foreach((json_t *)value, i, one) {
		const char *s = text_of(r, one, programme_nth(r, where, i));

		if (s[0] == '\0' || strchr(s, ';') != NULL)
			programme_fault(r, programme_nth(r, where, i),
				"每一个都不能空，也不能含“;”", "none may be empty or hold “;”");
		else
			text[(*n)++] = s;
	}
	if (*n == 0 && need == NEED && json_is_array(value))
		programme_fault(r, where, "至少要有一个", "at least one is needed");
	return text;
}

const char *
programme_list(struct programme_reader *r, const json_t *object, const char *key, const char *where,
	enum need need)
{
	size_t n;
	const char *const *text = programme_texts(r, object, key, where, need, &n), *out = "";

	for (size_t i = 0; i < n; i++)
		out = pool_fmt(r->pool, "%s%s%s", out, i > 0 ? ";" : "", text[i]);
	return out;
}

int
programme_whole(struct programme_reader *r, const json_t *object, const char *key,
	const char *where, int low, int high, int none)
{
	const json_t *value = present(r, object, key, where, NEED_NOT);

	if (value == NULL)
		return none;
	if (json_is_integer(value) && json_integer_value(value) >= low &&
			json_integer_value(value) <= high)
		return (int)json_integer_value(value);
	programme_fault(r, programme_at(r, where, key), "应是 %d 到 %d 的整数",
		"a whole number from %d to %d is expected", low, high);
	return none;
}

int
programme_word(struct programme_reader *r, const json_t *object, const char *key, const char *where,
	enum need need, const char *const word[])
{
	const json_t *value = present(r, object, key, where, need);
	const char *s = json_string_value(value);

	if (value == NULL)
		return -1;
	for (int i = 0; s != NULL && word[i] != NULL; i++)
		if (strcmp(word[i], s) == 0)
			return i;
	programme_fault(r, programme_at(r, where, key), "不认识“%s”；可写：%s",
		"“%s” is not known; use: %s", s == NULL ? "" : s, joined(r, word));
	return -1;
}

void
programme_proof(struct programme_reader *r, const json_t *object, const char *where,
	const char **document, const char **date)
{
	int year, month, day;

	*document = programme_text(r, object, "document", where, NEED_NOT);
	*date = programme_text(r, object, "date", where, NEED_NOT);
	if ((*document)[0] == '\0' && (*date)[0] == '\0')
		return;
	if ((*document)[0] == '\0' || date_parse_day(*date, &year, &month, &day) != 0)
		programme_fault(r, where,
			"要有文件（文号）和它的日期，如 2019-03-01，两样都写才算确认",
			"a confirmation needs the document and its day, as 2019-03-01");
}

const char *
programme_choices(struct programme_reader *r, const json_t *object, const char *key,
	const char *where, const char *const word[])
{
	size_t n, k;
	const char *const *text = programme_texts(r, object, key, where,
		json_object_get(object, key) != NULL ? NEED : NEED_NOT, &n);
	const char *out = "";

	for (size_t i = 0; i < n; i++) {
		for (k = 0; word[k] != NULL && strcmp(word[k], text[i]) != 0; k++)
			continue;
		if (word[k] == NULL)
			programme_fault(r, programme_nth(r, programme_at(r, where, key), i),
				"不认识“%s”；可写：%s",
				"“%s” is not known; use: %s", text[i], joined(r, word));
		out = pool_fmt(r->pool, "%s%s%s", out, i > 0 ? ";" : "", text[i]);
	}
	return out;
}
