/* What a fuzz target is, with libFuzzer or without. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* Take bytes from a stranger; returns 0.  Whatever breaks a promise of a header calls FUZZ_TRUE. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* A promise; abort() is what a fuzzer looks for. */
#define FUZZ_TRUE(promise) do {		\
	if (!(promise))			\
		abort();		\
} while (0)

#endif
