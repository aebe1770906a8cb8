/* Passwords, tokens and randomness. */
#ifndef LEDGER_SECRET_H
#define LEDGER_SECRET_H

#include <stdbool.h>
#include <stddef.h>

/* Ready the library; safe to call often and from any thread; dies if it cannot. */
void secret_init(void);

/* n bytes nobody can guess. */
void secret_random(void *bytes, size_t n);

enum { SECRET_TOKEN_N = 43, SECRET_KEY_N = 22, SECRET_PASSWORD_N = 14, SECRET_HASH_N = 128 };
/* 256 random bits in URL-safe base64: a session cookie, a CSRF token. */
void secret_token(char token[SECRET_TOKEN_N + 1]);
/* 128 random bits in URL-safe base64: a submission key. */
void secret_key(char key[SECRET_KEY_N + 1]);
/* A one-time password, "k7mx-29fd-wq3t": 59 bits, no characters that look alike. */
void secret_password(char password[SECRET_PASSWORD_N + 1]);

/* SHA-256 of a token: what the database keeps. */
void secret_token_hash(unsigned char hash[32], const char *token);

/*
 * argon2id at libsodium's "interactive" limits (64 MiB, two passes): about a tenth
 * of a second.  The caller bounds how many run at once.  Returns 0, or -1 out of memory.
 */
int secret_password_hash(char hash[SECRET_HASH_N], const char *password);
/* hash NULL: an unknown user; takes as long as a known one and is false. */
bool secret_password_right(const char *hash, const char *password);
/* Equal strings, in time that tells nothing. */
bool secret_same(const char *a, const char *b);

#endif
