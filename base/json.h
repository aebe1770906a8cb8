/* JSON through jansson, plus where in the file a value stands. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/pool.h"
#include "base/text.h"

/*
 * Read a whole file ("-": standard input), refusing duplicate keys, NUL and
 * bytes that are not UTF-8; the error names file, line and column.
 * Returns a new reference (json_decref), or NULL.  *source, if not NULL, gets
 * the file's text in the pool for json_where() and hashing.
 */
json_t *json_load_path(const char *path, struct pool *pool, const char **source,
	size_t *source_n, struct err *err);

/*
 * The same of text in memory, a byte order mark before it allowed; *e says what is wrong.  jansson
 * alone would take a NUL byte after a number for a blank.
 */
json_t *json_parse(const char *bytes, size_t n, json_error_t *e);
/* What is wrong, in the process's language. */
const char *json_said(const json_error_t *e);

/*
 * Line and column (both from 1, column in characters) of the value at a
 * JSON Pointer (RFC 6901, "/survey/3/type") in text that json_parse() accepted;
 * of the nearest enclosing value that exists when the pointer leads nowhere.
 */
void json_where(const char *source, const char *pointer, size_t *line, size_t *column);

/* A member's text, "" where there is none; a member's number, NAN where there is none. */
const char *json_text_at(const json_t *object, const char *name);
double json_number_at(const json_t *object, const char *name);
/* Does this text, or a member of this name, stand anywhere in it? */
bool json_mentions(const json_t *value, const char *text);

/* ---- json_make.c ---- */
/* Text of whatever bytes: what is not UTF-8 stands as utf8_repair() writes it, NULL is
 * null.  Never NULL itself. */
json_t *json_text(const char *s);

/* ---- json_make.c ---- */
json_t *json_text_n(const char *s, size_t n);
json_t *json_text_fmt(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/*
 * What jansson's json_pack() makes of "{s:s, s:[i, I], s:b, s:f, s:o, s:O, s:n, s:s?}", but never
 * NULL: its texts are json_text(), a number that is not finite and a value that is NULL are null.
 * Keys are ours and UTF-8.
 */
json_t *json_make(const char *format, ...);
/*
 * jansson's own refuse a text that is not UTF-8 with NULL, and the whole answer is gone.  Nobody
 * calls them by accident: these are the ones below, the others do not compile, and build-aux/layers
 * keeps <jansson.h> in this folder.
 */
#define json_string(s) json_text(s)
#define json_stringn(s, n) json_text_n(s, n)
#define json_sprintf(...) json_text_fmt(__VA_ARGS__)
#define json_pack(...) json_make(__VA_ARGS__)
#pragma GCC poison json_string_nocheck json_stringn_nocheck json_vsprintf json_pack_ex json_vpack_ex
#pragma GCC poison json_string_set json_string_setn json_string_set_nocheck json_string_setn_nocheck

/* ---- json.c ---- */
/* A real that is null when not finite: undefined is null, never 0. */
json_t *json_number(double x);
/* Whole numbers print without a fraction. */
json_t *json_count(double n);
/* Compact, keys in the order set, reals with 17 digits; with final newline. */
void json_put(struct text *out, const json_t *value, int indent);

#endif
