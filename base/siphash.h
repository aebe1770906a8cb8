/* SipHash-2-4: a short keyed hash, for tables that strangers fill. */
#ifndef BASE_SIPHASH_H
#define BASE_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

/*
 * 64 bits of n bytes under a secret key; who does not know it can neither choose inputs that fall
 * together nor tell an input from its hash by trying (as long as the key is short-lived: it has 128
 * bits, an address 32).
 * Source: Aumasson and Bernstein (2012), SipHash: a fast short-input PRF;
 * libsodium's crypto_shorthash.
 */
uint64_t siphash(const unsigned char key[16], const void *bytes, size_t n);

#endif
