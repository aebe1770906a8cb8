/* JSON through jansson; a small scanner finds where values stand. */
#include "base/json.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/file.h"
#include "base/filekind.h"
#include "base/lang.h"
#include "base/utf8.h"

enum { JSON_LIMIT = 64 << 20 };

/* jansson words its complaints in English; the same by its code in Chinese. */
const char *
json_said(const json_error_t *e)
{
	static const struct { enum json_error_code code; const char *zh; } known[] = {
		{ json_error_stack_overflow, "括号套得太深" },
		{ json_error_invalid_utf8, "不是 UTF-8 编码（可能是 GBK）：请另存为 UTF-8" },
		{ json_error_premature_end_of_input, "文件在这里就断了，缺右括号或右引号" },
		{ json_error_end_of_input_expected, "这里之后不应再有内容" },
		{ json_error_invalid_syntax, "写法不对，请检查逗号、引号和括号（都要半角）" },
		{ json_error_duplicate_key, "同一个对象里有重复的名字" },
		{ json_error_numeric_overflow, "数太大" },
		{ json_error_null_character, "文字里有空字符 \\u0000" },
		{ json_error_null_byte_in_key, "名字里有空字符 \\u0000" },
	};

	if (lang_get() == LANG_ZH)
		for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
			if (known[i].code == json_error_code(e))
				return known[i].zh;
	return e->text;
}

static size_t
bom(const char *bytes, size_t n)
{
	return n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

/* Line and column of p in the text from start on. */
static void
place(const char *start, const char *p, size_t *line, size_t *column)
{
	*line = 1;
	for (const char *q = start; q < p; q++)
		if (*q == '\n') {
			++*line;
			start = q + 1;
		}
	*column = 1 + utf8_count(start, (size_t)(p - start));
}

json_t *
json_parse(const char *bytes, size_t n, json_error_t *e)
{
	size_t skip = bom(bytes, n), line, column;
	const char *nul = memchr(bytes, '\0', n);

	if (nul == NULL)
		return json_loadb(bytes + skip, n - skip, JSON_REJECT_DUPLICATES, e);
	place(bytes + skip, nul, &line, &column);
	*e = (json_error_t){ .line = (int)line, .column = (int)column, .text = "NUL byte" };
	/* where json_error_code() looks */
	e->text[JSON_ERROR_TEXT_LENGTH - 1] = json_error_null_character;
	return NULL;
}

json_t *
json_load_path(const char *path, struct pool *pool, const char **source,
	size_t *source_n, struct err *err)
{
	const char *bytes;
	json_error_t e;
	json_t *value;
	size_t n;

	if (file_read(&bytes, &n, path, JSON_LIMIT, pool, err) != 0 ||
			filekind_json(bytes, n, path, err) != 0)
		return NULL;
	value = json_parse(bytes, n, &e);
	if (value == NULL) {
		err_set(err, ERR_INPUT, "%s:%d:%d：%s", "%s:%d:%d: %s", path,
			e.line < 1 ? 1 : e.line, e.column < 1 ? 1 : e.column, json_said(&e));
		return NULL;
	}
	if (source != NULL)
		*source = bytes;
	if (source_n != NULL)
		*source_n = n;
	return value;
}

static const char *
skip_space(const char *p)
{
	return p + strspn(p, " \t\r\n");
}

/* ---- walking over text that json_parse() accepted: what it opens, it closes ---- */

/* p on the opening quote; returns what follows the closing one. */
static const char *
skip_string(const char *p)
{
	for (p++; *p != '"'; p++) {
		p += *p == '\\';
		assert(*p != '\0');
	}
	return p + 1;
}

/* Over one value without recursion: what is nested needs counting only. */
static const char *
skip_value(const char *p)
{
	size_t depth = 0;

	do {
		p = skip_space(p);
		assert(*p != '\0');
		switch (*p) {
		case '{': case '[':
			depth++;
			p++;
			break;
		case '}': case ']':
			depth--;
			p++;
			break;
		case ',': case ':':
			p++;
			break;
		case '"':
			p = skip_string(p);
			break;
		default:
			p += strcspn(p, ",:]}{[\" \t\r\n");
		}
	} while (depth > 0);
	return p;
}

static unsigned
hex4(const char *p)
{
	unsigned v = 0;

	for (int i = 0; i < 4; i++) {
		char c = p[i];

		v = v * 16 + (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return v;
}

/* One code point of a JSON string at *p, escapes resolved. */
static uint32_t
string_next(const char **p)
{
	static const char from[] = "bfnrt\"\\/", to[] = "\b\f\n\r\t\"\\/";
	const char *s = *p, *k;
	uint32_t c;
	size_t len;

	if (*s != '\\') {
		c = utf8_next(s, strlen(s), &len);
		*p = s + len;
		return c;
	}
	if (s[1] != 'u') {
		k = strchr(from, s[1]);
		assert(k != NULL);
		*p = s + 2;
		return (unsigned char)to[k - from];
	}
	c = hex4(s + 2);
	*p = s + 6;
	if (c >= 0xd800 && c <= 0xdbff) {
		c = 0x10000 + ((c - 0xd800) << 10) + (hex4(s + 8) - 0xdc00);
		*p = s + 12;
	}
	return c;
}

/* Does the JSON string at its opening quote equal the pointer's token, ~1 and ~0 resolved? */
static bool
key_is(const char *key, const char *token, size_t n)
{
	const char *end = token + n;
	size_t len;

	for (key++; *key != '"' && token < end;) {
		uint32_t want;

		if (*token == '~' && token + 1 < end) {
			want = token[1] == '1' ? '/' : '~';
			len = 2;
		} else {
			want = utf8_next(token, (size_t)(end - token), &len);
		}
		token += len;
		if (string_next(&key) != want)
			return false;
	}
	return *key == '"' && token == end;
}

/* The member or element of the value at p that the token names, or NULL. */
static const char *
step(const char *p, const char *token, size_t n)
{
	char close = *p == '{' ? '}' : ']';
	bool object = *p == '{';
	size_t want = 0;

	if (*p != '{' && *p != '[')
		return NULL;
	for (size_t i = 0; !object && i < n; i++) {
		if (token[i] < '0' || token[i] > '9' || want > SIZE_MAX / 20)
			return NULL;
		want = want * 10 + (size_t)(token[i] - '0');
	}
	p = skip_space(p + 1);
	for (size_t i = 0; *p != close; i++) {
		bool here = object ? key_is(p, token, n) : i == want && n > 0;

		if (object) {
			p = skip_space(skip_string(p));
			p = skip_space(p + (*p == ':'));
		}
		if (here)
			return p;
		p = skip_space(skip_value(p));
		p = skip_space(p + (*p == ','));
	}
	return NULL;
}

void
json_where(const char *source, const char *pointer, size_t *line, size_t *column)
{
	size_t skip = bom(source, strlen(source)), n;
	const char *start = source + skip, *p = skip_space(start), *next;

	while (*pointer == '/') {
		n = strcspn(pointer + 1, "/");
		next = step(p, pointer + 1, n);
		if (next == NULL)
			break;
		p = next;
		pointer += 1 + n;
	}
	place(start, p, line, column);
}

bool
json_mentions(const json_t *value, const char *text)
{
	const char *key;
	json_t *part;
	size_t i;

	if (json_is_string(value))
		return strcmp(json_string_value(value), text) == 0;
	json_array_foreach((json_t *)value, i, part)
		if (json_mentions(part, text))
			return true;
	json_object_foreach((json_t *)value, key, part)
		if (strcmp(key, text) == 0 || json_mentions(part, text))
			return true;
	return false;
}

const char *
json_text_at(const json_t *object, const char *name)
{
	const char *s = json_string_value(json_object_get(object, name));

	return s != NULL ? s : "";
}

double
json_number_at(const json_t *object, const char *name)
{
	const json_t *x = json_object_get(object, name);

	return json_is_number(x) ? json_number_value(x) : NAN;
}

json_t *
json_number(double x)
{
	return isfinite(x) ? json_real(x) : json_null();
}

json_t *
json_count(double n)
{
	if (isfinite(n) && n == floor(n) && fabs(n) < 9007199254740992.0)
		return json_integer((json_int_t)n);
	return json_number(n);
}

static int
add_bytes(const char *bytes, size_t n, void *out)
{
	text_add(out, bytes, n);
	return 0;
}

void
json_put(struct text *out, const json_t *value, int indent)
{
	size_t flags = JSON_ENCODE_ANY | JSON_REAL_PRECISION(17);

	flags |= indent > 0 ? JSON_INDENT((size_t)indent & 31) : JSON_COMPACT;
	if (json_dump_callback(value, add_bytes, out, flags) != 0)
		err_die("json_put: not JSON");
	text_putc(out, '\n');
}
