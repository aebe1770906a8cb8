/* Growing text. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stddef.h>

/* Always NUL-terminated once anything was added; s may be NULL while n is 0. */
struct text {
	char *s;	/* bytes, owned; freed by text_clear() */
	size_t n;	/* bytes in use, without the NUL */
	size_t room;	/* bytes allocated */
};

#define TEXT_INIT { NULL, 0, 0 }

void text_add(struct text *t, const void *bytes, size_t n);
void text_puts(struct text *t, const char *s);		/* s NULL adds nothing */
void text_putc(struct text *t, char c);
void text_fmt(struct text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void text_vfmt(struct text *t, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));

/* A whole number in decimal, as "%lld" writes it and several times as fast. */
void text_number(struct text *t, long long number);

/* The same into out, with its NUL; returns the length. */
enum { DECIMAL_MAX = 21 };
size_t text_decimal(char out[DECIMAL_MAX], long long number);

/* The text so far as a C string, "" when empty.  Valid until the next call. */
const char *text_str(const struct text *t);

/* Forget the bytes but keep the room; text_clear() gives the room back. */
void text_reset(struct text *t);
void text_clear(struct text *t);
/* For what waits, perhaps long and in numbers: forget the bytes, keep no more
 * than TEXT_KEEP of room. */
enum { TEXT_KEEP = 4096 };
void text_rest(struct text *t);

#endif
