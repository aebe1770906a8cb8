/* SHA-256 (FIPS 180-4): names a form's bytes, so that a frozen version can be told from another. */
#ifndef FORMS_SHA256_H
#define FORMS_SHA256_H

#include <stddef.h>

/* The digest of n bytes as 64 hex digits and a NUL. */
void sha256_hex(char hex[65], const void *bytes, size_t n);

#endif
