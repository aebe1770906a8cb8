/* Files this folder carries inside the program (build-aux/embed). */
#ifndef SEAL_EMBED_H
#define SEAL_EMBED_H

#include <stddef.h>

/* seal/recompute.R, a NUL after its last byte. */
extern const unsigned char embed_recompute_R[];
extern const size_t embed_recompute_R_n;

#endif
