/* Signed heads: who holds a head can prove later that no answer under it was changed. */
#ifndef LEDGER_HEAD_H
#define LEDGER_HEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* Ed25519 key pair.  secret is wiped by head_key_clear(). */
struct head_key {
	unsigned char public[32];
	unsigned char secret[64];
};

/* Make a pair: secret seed to path (mode 0600, hex), public half to path.pub (0644).
 * ERR_CONFLICT if path exists. */
int head_key_make(const char *path, struct err *err);
/* Fails when the file is missing, malformed or readable by others. */
int head_key_load(struct head_key *key, const char *path, struct err *err);
void head_key_clear(struct head_key *key);

/* One tree at one time. */
struct head {
	uint64_t size;
	unsigned char root[32];
	int64_t minute;
	unsigned char signature[64];	/* over "manyi-head-1", size, root and minute */
};

void head_sign(struct head *head, const struct head_key *key);
bool head_verify(const struct head *head, const unsigned char public[32]);

/* 64 hex digits and a NUL; and back (0 or -1). */
void head_hex(char out[65], const unsigned char bytes[32]);
int head_unhex(unsigned char bytes[32], const char *hex);

#endif
