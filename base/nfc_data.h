/* The tables behind base/nfc.h; by code point. */
#ifndef BASE_NFC_DATA_H
#define BASE_NFC_DATA_H

#include <stdint.h>

enum { NFC_PAIRS = 2061, NFC_CLASSES = 382 };

/* c is a followed by b (0: by nothing); composes: and they make c again. */
extern const struct nfc_pair {
	uint32_t c, a, b;
	uint32_t composes;
} nfc_pair[NFC_PAIRS];

/* Marks first..last are sorted by this class behind the letter they belong to. */
extern const struct nfc_class {
	uint32_t first, last;
	unsigned int class;
} nfc_class[NFC_CLASSES];

#endif
