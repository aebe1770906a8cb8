/* Codes people read and type: Crockford's base 32 with a check character. */
#ifndef BASE_CODE_H
#define BASE_CODE_H

#include <stddef.h>
#include <stdint.h>

/*
 * The alphabet is 0-9 A-Z without I L O U: upper-case alphanumeric in a QR
 * symbol, no two characters alike in print.  The check character (Luhn mod 32,
 * ISO/IEC 7812's sum on 32 symbols) is inside the same alphabet; it finds
 * every single wrong character and nearly every neighbouring swap.
 */

/* n - 1 characters of the low bits of value, most significant first, then the
 * check character; out[n] = NUL, so out has room n + 1.  Domain: 2 <= n <= 13. */
void code_make(char *out, size_t n, uint64_t value);

/*
 * Bring what a person typed into form: upper case, I and L to 1, O to 0, spaces, hyphens and what
 * is not seen dropped, full-width letters made narrow; out has room n + 1.  Returns 0 if exactly n
 * characters of the alphabet remain and the check character fits, else -1.
 */
int code_normal(char *out, size_t n, const char *typed);

/*
 * The same where more than the code may have come along: brackets, punctuation, a slash,
 * "&from=groupmessage", the words of the message it stood in, the whole address.  The first run of
 * exactly n symbols whose check character fits, behind the last "/Q/" if there is one.  Whether
 * there is such a code is the caller's to know.
 */
int code_find(char *out, size_t n, const char *typed);

/* A long random code: 5 bits a character from bytes (n - 1 <= bits available). */
void code_from_bytes(char *out, size_t n, const unsigned char *bytes, size_t bytes_n);

/* A submission's key, made by whoever sends it: 1 to KEY_MAX characters of A-Z a-z 0-9 _ . : -
 * Its length, or 0 if it is none. */
enum { KEY_MAX = 64 };
size_t code_key(const char *key);

#endif
