/* Files this folder carries inside the program (build-aux/embed). */
#ifndef TRACK_EMBED_H
#define TRACK_EMBED_H

#include <stddef.h>

/* data/indicators.tsv, a NUL after its last byte. */
extern const unsigned char embed_indicators_tsv[];
extern const size_t embed_indicators_tsv_n;
/* data/indicators.en.tsv and seal/recompute.R, the same way. */
extern const unsigned char embed_indicators_en_tsv[];
extern const size_t embed_indicators_en_tsv_n;
extern const unsigned char embed_recompute_R[];
extern const size_t embed_recompute_R_n;

#endif
