/* Runs a fuzz target over files, for builds without a fuzzer: every seed and every crash
 * once found is a test. */
#include "fuzz/fuzz.h"

#include <stdio.h>

int
main(int argc, char **argv)
{
	static unsigned char bytes[1 << 20];
	size_t n;
	FILE *f;

	for (int i = 1; i < argc; i++) {
		f = fopen(argv[i], "rb");
		if (f == NULL) {
			perror(argv[i]);
			return 3;
		}
		/* Exactly as long as the file, so that a read past the end is seen. */
		n = fread(bytes, 1, sizeof(bytes), f);
		fclose(f);
		unsigned char *copy = malloc(n > 0 ? n : 1);
		if (copy == NULL)
			return 3;
		for (size_t k = 0; k < n; k++)
			copy[k] = bytes[k];
		LLVMFuzzerTestOneInput(copy, n);
		free(copy);
	}
	return 0;
}
