/* SHA-256 (FIPS 180-4), for layers below the crypto library. */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

/*
 * forms/ and view/ name files by their digest and may not see libsodium
 * (fenced into ledger/), hence these plain lines.  For digests of public bytes;
 * secrets are ledger/'s business.
 */
struct sha256 {
	uint32_t state[8];
	uint64_t n;			/* bytes added so far */
	unsigned char block[64];	/* the n % 64 bytes not yet folded in */
};

void sha256_init(struct sha256 *s);
void sha256_add(struct sha256 *s, const void *p, size_t n);
/* The digest; *s must be initialised again before it is reused. */
void sha256_end(unsigned char out[32], struct sha256 *s);

/* Of n bytes at once; the second as 64 lower-case hex digits and a NUL. */
void sha256(unsigned char out[32], const void *p, size_t n);
void sha256_hex(char out[65], const void *p, size_t n);

#endif
